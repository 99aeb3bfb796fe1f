"""辞退・解散（法第14条第1項、第260条の49第2項）: How a designation ends from the side of the body.

A relinquishment needs the ordinance, and takes effect when it arrives. A dissolution needs
nothing: without the body there is no designation, and an officer notes what happened and on
what evidence. Neither is a disposition of the mayor.
"""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.designation.parts import Circumstances, while_designated
from domain.designation.tenure.conditions import BY_ORDINANCE, must_have, notice_due
from domain.designation.tenure.standing import Tenure
from domain.law import ART_260_49, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.procedure import Entry, by_the_body, refuse_unless, stated
from domain.text import Line, Text

PARA_2 = ART_260_49.para(2)


# --- 事実 -------------------------------------------------------------------------------------


class DesignationRelinquished(Event):
    """指定の辞退（法第14条第1項）: The body gives its designation up, under the ordinance."""

    title: ClassVar[str] = "指定の辞退"
    kind: Literal["DesignationRelinquished"] = "DesignationRelinquished"
    basis: Citation = BY_ORDINANCE
    reasons: Text
    resolution: Line | None
    provision: Line
    public_notice: Line | None


class BodyDissolved(Event):
    """団体の解散（法第260条の49第2項）: The body is no more; `dissolved` is the day it ended."""

    title: ClassVar[str] = "団体の解散"
    kind: Literal["BodyDissolved"] = "BodyDissolved"
    basis: Citation = PARA_2
    dissolved: date
    cause: Text
    finding: Finding
    public_notice: Line | None


LeavingEvent = DesignationRelinquished | BodyDissolved


# --- 命令書 -----------------------------------------------------------------------------------


class Relinquish(Entry):
    """指定を辞退する（法第14条第1項）: `resolution` is the body's own (総会の議決), if it has one."""

    title: ClassVar[str] = "指定を辞退する"
    cites: ClassVar[Citation] = BY_ORDINANCE
    done_by: ClassVar[Role] = "body"
    kind: Literal["Relinquish"] = "Relinquish"
    reasons: Text
    resolution: Line | None = None


class RecordDissolution(Entry):
    """解散を記録する（法第260条の49第2項）: What an officer found, with its evidence."""

    title: ClassVar[str] = "解散を記録する"
    cites: ClassVar[Citation] = PARA_2
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordDissolution"] = "RecordDissolution"
    dissolved: date
    cause: Text
    finding: Finding


LeavingCommand = Relinquish | RecordDissolution


# --- 決定 -------------------------------------------------------------------------------------


def decide(command: LeavingCommand, now: Circumstances, rules: Rules) -> Sequence[LeavingEvent]:
    """The fact by which the designation ends."""
    since = while_designated(command, now)
    notice = notice_due(command.on, rules)
    match command:
        case Relinquish():
            return [_relinquished(command, now, notice, rules)]
        case RecordDissolution():
            _dissolved_between(command, since)
            return [stated(BodyDissolved, command, rules, public_notice=notice)]


def _relinquished(
    command: Relinquish, now: Circumstances, notice: str | None, rules: Rules
) -> DesignationRelinquished:
    by_the_body(command, now.body)
    found = must_have(rules.ordinance.relinquishment, command.on, rules, "指定の辞退")
    return stated(
        DesignationRelinquished, command, rules, provision=found.basis, public_notice=notice
    )


def _dissolved_between(command: RecordDissolution, since: date) -> None:
    refuse_unless(
        since <= command.dissolved <= command.on,
        PARA_2,
        f"解散の日 {command.dissolved} は、指定の効力の発生（{since}）から記録の日（{command.on}）までの日とします",
        "dissolved の日付を確かめてください",
    )
    refuse_unless(
        bool(command.finding.evidence),
        PARA_2,
        "解散の事実に証拠がありません",
        "finding.evidence に証拠（総会の議決の写し、閉鎖登記など）を記してください",
    )


# --- 経過 -------------------------------------------------------------------------------------


def evolve(state: Tenure, event: LeavingEvent) -> Tenure:
    """What is left to do after the end."""
    return state.owing(_WORD[type(event)], event.on, event.public_notice)


_WORD: dict[type[LeavingEvent], Literal["指定の辞退", "団体の解散"]] = {
    DesignationRelinquished: "指定の辞退",
    BodyDissolved: "団体の解散",
}
