"""約定（法第234条第5項ほか）: What a contract and a lease have in common."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.acts import Command
from domain.decider import Refused
from domain.designation.dealings.gates import Of, fail
from domain.designation.parts import Circumstances
from domain.ordinance import Rules
from domain.procedure import refuse_unless
from domain.text import Line, Personal

Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z_.-]{0,23}$")]
"""契約番号・貸付番号: Short enough to stand in the keys of its deadlines."""
Yen = Annotated[int, Field(ge=0, le=1_000_000_000_000)]
"""円: Whole yen, tax included."""
Day = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(3000, 1, 1))]
"""日: Within reach of reckoning, though perhaps past every calendar."""
EndGround = Literal["指定の効力の喪失による約定", "債務不履行", "合意"]
"""契約を終わらせる事由: By its clause on loss of status, for breach, or by agreement."""
LOSS_CLAUSE = "指定の効力の喪失による約定"


class Term(BaseModel):
    """契約の期間: First and last day. A lease may run past every calendar this program knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    starts: Day
    ends: Day


class Signed(BaseModel):
    """契約の確定（法第234条第5項）: By what means and on which day each side signed.

    A day is absent while that side has not signed. 「契約書の省略」 needs the provision of the
    municipality's rule under which no contract document is made.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    means: Literal["記名押印", "電子署名", "契約書の省略"]
    municipality_on: date | None = None
    body_on: date | None = None
    body_signatory: Personal | None = None
    omitted_under: Line | None = None


def final(of: Of, signed: Signed, command: Command) -> None:
    """契約の確定（法第234条第5項）: Both sides have signed by the day of the contract."""
    if signed.means == "契約書の省略":
        if signed.omitted_under is None:
            fail(of, "signature", "契約書を省略できるとする規則の定めが示されていません")
        return
    if signed.municipality_on is None or signed.body_on is None or signed.body_signatory is None:
        fail(of, "signature", "双方が記名押印又は電子署名をするまで、契約は確定しません")
    if command.on < max(signed.municipality_on, signed.body_on):
        fail(of, "signature", f"{command.on} には、まだ双方の記名押印又は電子署名がありません")


def clause_agreed(of: Of, clause: str | None, command: Command, rules: Rules) -> None:
    """指定を失ったときの約定: Refuse a contract without it where the municipality wants one."""
    if clause is None and rules.ordinance.termination_clause.on(command.on).value:
        fail(
            of,
            "clause",
            "指定の効力を失ったときに契約を解除できる約定がありません",
            "termination_clause に契約の条を記してください",
        )


def in_the_ordinance(activity: str, command: Command, rules: Rules) -> None:
    """特定地域共同活動（法第260条の49第2項第1号）: The activity is one of the ordinance's."""
    known = [item.id for item in rules.ordinance.activities.on(command.on).value]
    refuse_unless(
        activity in known,
        command.cites,
        f"「{activity}」は、{command.on} の条例で定める特定地域共同活動ではありません",
        f"activity は次のどれかです: {'、'.join(known)}",
    )


def in_sequence(first: date, last: date, command: Command, what: str) -> None:
    """Refuse a time that ends before it begins."""
    refuse_unless(
        first <= last, command.cites, f"{what}の終わり {last} が始まり {first} より前です"
    )


def loss(now: Circumstances) -> date | None:
    """指定の効力の喪失: The day the designation ended, while it has no effect."""
    return None if now.active else now.ended


def by_its_clause(ground: EndGround, clause: str | None, lost: bool, command: Command) -> None:
    """約定による解除: Only where the designation has no effect and the contract has the clause."""
    if ground != LOSS_CLAUSE:
        return
    if not lost:
        raise Refused(command.cites, "指定の効力は失われていません")
    if clause is None:
        raise Refused(
            command.cites,
            "契約に、指定の効力を失ったときの解除の約定がありません",
            "合意その他の事由によるか、継続することとしてください",
        )
