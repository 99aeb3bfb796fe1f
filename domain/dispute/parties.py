"""関係する者: The governments in dispute, the Minister or governor over it, and the commissioners.

Every command and event names under whose rules it is done (`party`): a government in dispute by its
own, everything of the authority and of its commissioners by the authority's.
"""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.acts import Command, Event
from domain.bodies import (
    MINISTER,
    BodyCode,
    OfficeCode,
    is_prefecture,
    office_name,
    prefecture_code,
)
from domain.law import (
    ART_251,
    ART_251_2,
    ART_251_3_2,
    ORDER_174_6,
    ORDER_174_8,
    Citation,
)
from domain.procedure import Decision, Entry, refuse_unless
from domain.text import Key, Line, Text

Path = Literal["処理方策", "調停"]
"""処理方策の提示（法第251条の3の2）, 調停（法第251条の2）."""
ByPath = dict[Path, Citation]
TELLING: ByPath = {"処理方策": ORDER_174_8.para(1), "調停": ORDER_174_6.para(1)}
APPOINTING: ByPath = {"処理方策": ORDER_174_8.para(2), "調停": ORDER_174_6.para(3)}
WITHDRAWING: ByPath = {"処理方策": ART_251_3_2.para(2), "調停": ART_251_2.para(2)}
WITHDRAWN: ByPath = {"処理方策": ORDER_174_8.para(3), "調停": ORDER_174_6.para(4)}
INQUIRING: ByPath = {"処理方策": ART_251_3_2.para(4), "調停": ART_251_2.para(9)}
COLLEGIAL: ByPath = {"処理方策": ART_251_3_2.para(5), "調停": ART_251_2.para(10)}

Number = Annotated[int, Field(ge=1)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Disputants = Annotated[tuple[BodyCode, ...], Field(min_length=2, max_length=100)]
"""紛争の当事者: Two or more governments, each once."""
Told = Annotated[tuple[BodyCode, ...], Field(min_length=1, max_length=100)]
Sharing = Annotated[tuple[OfficeCode, ...], Field(min_length=2, max_length=101)]
"""事案を共にする者: The parties and the authority once it is known; each sees the whole case."""
Procedure = Literal["総務省令", "総務省令の例による", "定めなし"]
"""委員の手続: 平成21年総務省令第14号 for the Minister's cases; a governor's only if so laid down."""


class OfficeEntry(Entry):
    """届け・記録: An entry under the rules of one party, or of the authority."""

    party: OfficeCode


class OfficeDecision(Decision):
    """決裁: A decision of the head of one party, or of the Minister or governor."""

    party: OfficeCode


class OfficeEvent(Event):
    """事実: Done under the rules of `party`; all who share the case see it."""

    party: OfficeCode


class Organ(BaseModel):
    """機関: An organ of a government (知事, 教育委員会 …) that is itself in dispute (法第251条の2第1項)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: BodyCode
    name: Line


class CollegialDecision(BaseModel):
    """合議: Which commissioners took part, and how they decided."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    took_part: Annotated[tuple[Key, ...], Field(min_length=1, max_length=10)]
    decided: Literal["全員一致", "多数決"]
    note: Text | None = None
    """少数意見 and whatever else is to be remembered of it."""


def party_of(command: Command) -> str | None:
    """Whose rules judge the command; None for those of whoever keeps the file."""
    match command:
        case OfficeEntry() | OfficeDecision():
            return command.party
        case _:
            return None


def competent(disputants: Sequence[str], determined: str | None = None) -> str | None:
    """権限を有する者（法第252条の2第7項、第251条の2第1項）: By who is *in dispute*, not by the agreement.

    A prefecture, or an organ of one, makes it the Minister; municipalities of one prefecture have
    its governor, those of several whoever is determined (法第253条), None until then.
    """
    if any(map(is_prefecture, disputants)):
        return MINISTER
    prefectures = {prefecture_code(code) for code in disputants}
    return prefectures.pop() if len(prefectures) == 1 else determined


def authority_name(code: str) -> str:
    """「総務大臣」, 「広島県知事」."""
    return office_name(code) if code == MINISTER else f"{office_name(code)}知事"


def sharing(disputants: Sequence[str], authority: str | None) -> tuple[str, ...]:
    """Who shares the case."""
    return (*disputants, *([authority] if authority else []))


def names(codes: Sequence[str]) -> str:
    """「広島県、広島市」."""
    return "、".join(map(office_name, codes))


def each_once(codes: Sequence[str], citation: Citation) -> None:
    """Refuse a list that names somebody twice."""
    refuse_unless(
        len(set(codes)) == len(codes),
        citation,
        "同じ者が二度記されています",
        "一度ずつ記してください",
    )


LEFT_OFFICE: dict[str, Citation] = {
    "調停の申請の取下げ": ART_251.para(4, 1),
    "調停の打切りの通知": ART_251.para(4, 2),
    "調停の成立の通知": ART_251.para(4, 3),
    "処理方策の申請の取下げ": ART_251.para(4, 6),
    "処理方策の提示の完了": ART_251.para(4, 7),
}
"""失職の事由（法第251条第4項）: What ends the office of every commissioner of a case."""
