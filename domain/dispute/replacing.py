"""欠員と補充（法第251条第5項・第6項、処理委員省令第4条）: A commissioner goes, and another comes.

    罷免（⑤⑥）・欠員 → 補充

What was done before stays in the record and counts: nothing is heard again because one left.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from domain.acts import Finding
from domain.dispute.appointing import (
    Commissioner,
    Consultations,
    Naming,
    prior_consultation,
    to_be_known,
)
from domain.dispute.parties import OfficeDecision, OfficeEntry, OfficeEvent, authority_name
from domain.dispute.status import COMMISSIONERS, SITTING, Opened, Owed, at, by_authority
from domain.law import ART_251, DCO_4, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import not_before, refuse_unless, stated
from domain.text import Key, Line

Ground = Literal[
    "事件に直接利害関係を有することとなった",
    "破産手続開始の決定又は拘禁刑以上の刑",
    "心身の故障のため職務の執行ができない",
    "職務上の義務違反その他委員たるに適しない非行",
]
"""罷免の事由: The first (⑤) and the second bind the authority; the others are for it to find (⑥)."""


# --- 事実 -----------------------------------------------------------------------------------------


class CommissionerReplaced(OfficeEvent):
    """自治紛争処理委員の補充（法第251条第2項）: For one who is missing.

    `earlier_steps` cites what keeps the steps done before valid (処理委員省令第4条第2項), if it applies.
    """

    title: ClassVar[str] = "自治紛争処理委員の補充"
    kind: Literal["CommissionerReplaced"] = "CommissionerReplaced"
    basis: Citation = ART_251.para(2)
    drafted_by: Actor
    commissioner: Commissioner
    eligibility: Finding
    consulted: Consultations
    nobody_concerned: Finding | None
    earlier_steps: Citation | None


class CommissionerDismissed(OfficeEvent):
    """自治紛争処理委員の罷免（法第251条第5項・第6項）: On the finding of a ground."""

    title: ClassVar[str] = "自治紛争処理委員の罷免"
    kind: Literal["CommissionerDismissed"] = "CommissionerDismissed"
    basis: Citation = ART_251.para(5)
    drafted_by: Actor
    commissioner: Key
    ground: Ground
    finding: Finding


class CommissionerMissing(OfficeEvent):
    """自治紛争処理委員の欠員（法第251条第2項）: By death or resignation."""

    title: ClassVar[str] = "自治紛争処理委員の欠員"
    kind: Literal["CommissionerMissing"] = "CommissionerMissing"
    basis: Citation = ART_251.para(2)
    commissioner: Key
    reason: Line


ReplacingEvent = CommissionerReplaced | CommissionerDismissed | CommissionerMissing


# --- 命令書 ---------------------------------------------------------------------------------------


class DismissCommissioner(OfficeDecision):
    """自治紛争処理委員を罷免する（法第251条第5項・第6項）."""

    title: ClassVar[str] = "自治紛争処理委員を罷免する"
    cites: ClassVar[Citation] = ART_251.para(5)
    kind: Literal["DismissCommissioner"] = "DismissCommissioner"
    commissioner: Key
    ground: Ground
    finding: Finding


class RecordVacancy(OfficeEntry):
    """自治紛争処理委員の欠員を記録する（法第251条第2項）."""

    title: ClassVar[str] = "自治紛争処理委員の欠員を記録する"
    cites: ClassVar[Citation] = ART_251.para(2)
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordVacancy"] = "RecordVacancy"
    commissioner: Key
    reason: Line


class FillVacancy(Naming):
    """自治紛争処理委員を補充する（法第251条第2項）."""

    title: ClassVar[str] = "自治紛争処理委員を補充する"
    cites: ClassVar[Citation] = ART_251.para(2)
    kind: Literal["FillVacancy"] = "FillVacancy"
    commissioner: Commissioner


ReplacingCommand = DismissCommissioner | RecordVacancy | FillVacancy


# --- 決定 -----------------------------------------------------------------------------------------


def decide(command: ReplacingCommand, now: Opened, rules: Rules) -> Sequence[ReplacingEvent]:
    """What comes of a dismissal, a vacancy or a new commissioner."""
    by_authority(command, now)
    match command:
        case DismissCommissioner() | RecordVacancy():
            return _missing(command, now, rules)
        case FillVacancy():
            return _filled(command, now, rules)


def _missing(
    command: DismissCommissioner | RecordVacancy, now: Opened, rules: Rules
) -> list[ReplacingEvent]:
    if command.commissioner not in now.panel.persons:
        return []
    not_before(command, now.panel.since, "自治紛争処理委員の任命")
    match command:
        case RecordVacancy():
            return [stated(CommissionerMissing, command, rules)]
        case DismissCommissioner():
            own_interest = command.ground == "事件に直接利害関係を有することとなった"
            basis = ART_251.para(5 if own_interest else 6)
            return [stated(CommissionerDismissed, command, rules, basis=basis)]


def _filled(command: FillVacancy, now: Opened, rules: Rules) -> list[ReplacingEvent]:
    if command.commissioner.person in now.panel.persons:
        return []
    at(now, command, *SITTING, "処理方策の提示待ち", "調停成立", "調停打切り")
    refuse_unless(now.panel.vacancies > 0, command.cites, "自治紛争処理委員に欠員はありません")
    not_before(command, now.panel.since, "自治紛争処理委員の任命")
    prior_consultation(command)
    valid = None if now.panel.procedure == "定めなし" else DCO_4.para(2)
    return [stated(CommissionerReplaced, command, rules, earlier_steps=valid)]


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(now: Opened, event: ReplacingEvent) -> Opened:
    """The case after a change among its commissioners."""
    match event:
        case CommissionerReplaced():
            new = (event.commissioner.person, event.commissioner.name)
            panel = replace(
                now.panel,
                serving=(*now.panel.serving, new),
                vacancies=now.panel.vacancies - 1,
            )
            filled = replace(now, panel=panel)
            return to_be_known(filled if panel.vacancies else filled.free_of("補充"), event)
        case CommissionerDismissed() | CommissionerMissing():
            return _one_less(now, event)


def _one_less(now: Opened, event: CommissionerDismissed | CommissionerMissing) -> Opened:
    gone = replace(now, panel=now.panel.without(event.commissioner))
    title = f"{authority_name(event.party)}: {COMMISSIONERS}の欠員を補充する"
    return gone.owing(Owed("補充", event.party, title, ART_251.para(2), event.on))
