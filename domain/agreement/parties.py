"""当事者: Two or more governments own one case, and each acts under its own rules.

Every command and event names the party whose act it is. An act inside one government (起案・決裁)
is `reserved_to` it: the others do not see it.
"""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from domain.acts import Command, Event
from domain.bodies import MINISTER_NAME, BodyCode, body_name, is_prefecture, prefecture_code
from domain.law import ART_252_2, Citation
from domain.procedure import Decision, Entry, refuse_unless
from domain.text import Line

PARA_1, PARA_2, PARA_3 = ART_252_2.para(1), ART_252_2.para(2), ART_252_2.para(3)
PARA_4, PARA_5, PARA_6 = ART_252_2.para(4), ART_252_2.para(5), ART_252_2.para(6)
Number = Annotated[int, Field(ge=1)]
Matter = Literal["締結", "変更", "廃止"]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Parties = Annotated[tuple[BodyCode, ...], Field(min_length=2, max_length=100)]
"""当事者: Two or more governments, each once."""


class PartyEntry(Entry):
    """当事者の届け・記録: An entry of one party, judged by that party's rules."""

    party: BodyCode


class PartyDecision(Decision):
    """当事者の決裁: A decision of the head of one party, by its office and its delegation."""

    party: BodyCode


class PartyEvent(Event):
    """当事者の行為: A fact of one party that every party sees."""

    party: BodyCode


class ReservedEvent(PartyEvent):
    """当事者の内部の行為: Seen by the party `reserved_to` alone; nothing of it binds the others."""

    reserved_to: BodyCode

    @model_validator(mode="after")
    def _own(self) -> "ReservedEvent":
        if self.reserved_to != self.party:
            raise ValueError("reserved_to は当事者自身とします")
        return self


class Version(BaseModel):
    """文案の版: The text agreed upon, fixed by its number and the SHA-256 (hex) of its canonical form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    no: Number
    sha256: Sha256
    title: Line

    def __str__(self) -> str:
        """「第2版（1a2b3c4d…）」."""
        return f"第{self.no}版（{self.sha256[:8]}…）"


def party_of(command: Command) -> str | None:
    """Whose rules judge the command; None for those of whoever keeps the file."""
    match command:
        case PartyEntry() | PartyDecision():
            return command.party
        case _:
            return None


def of_the_parties(command: PartyEntry | PartyDecision, parties: Sequence[str]) -> None:
    """Refuse an act of a government that is no party of the case."""
    refuse_unless(
        command.party in parties,
        command.cites,
        f"{body_name(command.party)}は、この連携協約の当事者（{names(parties)}）ではありません",
    )


def names(codes: Sequence[str]) -> str:
    """「広島県、広島市」."""
    return "、".join(map(body_name, codes))


def by_matter(conclusion: Citation, matter: Matter) -> Citation:
    """The provision as it stands for the conclusion, and ④ for change and abolition."""
    return conclusion if matter == "締結" else PARA_4


def addressee(parties: Sequence[str], determined: str | None) -> str | None:
    """届出・勧告の相手（法第252条の2第2項・第5項）: Minister or governor; None where 法253条 must tell.

    Any prefecture among the parties makes it the Minister for all of them; municipalities of
    several prefectures need a determination, recorded beforehand.
    """
    if any(map(is_prefecture, parties)):
        return MINISTER_NAME
    prefectures = {prefecture_code(code) for code in parties}
    if len(prefectures) == 1:
        return governor_of(prefectures.pop())
    return determined


def governor_of(prefecture: str) -> str:
    """「広島県知事」."""
    return f"{body_name(prefecture)}知事"
