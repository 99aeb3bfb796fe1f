"""取下げ（法第251条の3の2第2項・第251条の2第2項）: By the applicant, and only with the authority's consent.

取下げの同意の求め → 同意 → 失職（法251条④）・ほかの当事者への通知
                  → 不同意（the case goes on）
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from domain.acts import Finding
from domain.bodies import office_name
from domain.decider import Refused
from domain.dispute.appointing import CommissionersLeftOffice, Loss, left_office
from domain.dispute.parties import (
    WITHDRAWING,
    WITHDRAWN,
    OfficeDecision,
    OfficeEvent,
    authority_name,
)
from domain.dispute.status import (
    BEFORE,
    SITTING,
    Opened,
    Owed,
    at,
    by_authority,
    duty_of,
    of_the_parties,
)
from domain.law import ART_251_3_2, Citation
from domain.ordinance import Rules
from domain.people import Actor
from domain.procedure import not_before, refuse_unless, stated
from domain.text import Text

Answer = Literal["同意する", "同意しない"]
PARA_2 = ART_251_3_2.para(2)


class WithdrawalRequested(OfficeEvent):
    """取下げの同意の求め（法第251条の3の2第2項・第251条の2第2項）: By the applicant."""

    title: ClassVar[str] = "取下げの同意の求め"
    kind: Literal["WithdrawalRequested"] = "WithdrawalRequested"
    basis: Citation = PARA_2
    drafted_by: Actor
    reasons: Text


class WithdrawalConsented(OfficeEvent):
    """取下げへの同意（法第251条の3の2第2項・第251条の2第2項）: The application is withdrawn by it."""

    title: ClassVar[str] = "取下げへの同意"
    kind: Literal["WithdrawalConsented"] = "WithdrawalConsented"
    basis: Citation = PARA_2
    drafted_by: Actor
    finding: Finding


class WithdrawalDeclined(OfficeEvent):
    """取下げへの不同意（法第251条の3の2第2項・第251条の2第2項）: The case goes on."""

    title: ClassVar[str] = "取下げへの不同意"
    kind: Literal["WithdrawalDeclined"] = "WithdrawalDeclined"
    basis: Citation = PARA_2
    drafted_by: Actor
    finding: Finding


WithdrawingEvent = WithdrawalRequested | WithdrawalConsented | WithdrawalDeclined


class RequestWithdrawal(OfficeDecision):
    """取下げの同意を求める（法第251条の3の2第2項・第251条の2第2項）."""

    title: ClassVar[str] = "取下げの同意を求める"
    cites: ClassVar[Citation] = PARA_2
    kind: Literal["RequestWithdrawal"] = "RequestWithdrawal"
    reasons: Text


class AnswerWithdrawal(OfficeDecision):
    """取下げに同意するかどうかを決める（法第251条の3の2第2項・第251条の2第2項）."""

    title: ClassVar[str] = "取下げに同意するかどうかを決める"
    cites: ClassVar[Citation] = PARA_2
    kind: Literal["AnswerWithdrawal"] = "AnswerWithdrawal"
    answer: Answer
    finding: Finding


WithdrawingCommand = RequestWithdrawal | AnswerWithdrawal


def decide(
    command: WithdrawingCommand, now: Opened, rules: Rules
) -> Sequence[WithdrawingEvent | CommissionersLeftOffice]:
    """What comes of the request, or of the authority's answer."""
    match command:
        case RequestWithdrawal():
            return _requested(command, now, rules)
        case AnswerWithdrawal():
            return _answered(command, now, rules)


def _requested(command: RequestWithdrawal, now: Opened, rules: Rules) -> list[WithdrawingEvent]:
    of_the_parties(command, now)
    basis = WITHDRAWING[now.path]
    if now.applicant is None:
        raise Refused(basis, "職権により付された調停は、取り下げることができません")
    refuse_unless(
        command.party == now.applicant,
        basis,
        f"申請したのは{office_name(now.applicant)}で、{office_name(command.party)}ではありません",
    )
    if now.withdrawal:
        return []
    at(now, command, *BEFORE, *SITTING)
    not_before(command, now.since, "申請")
    return [stated(WithdrawalRequested, command, rules, basis=basis)]


def _answered(
    command: AnswerWithdrawal, now: Opened, rules: Rules
) -> Sequence[WithdrawingEvent | CommissionersLeftOffice]:
    by_authority(command, now)
    if duty_of(command, now, "取下げの求め") is None:
        return []
    basis = WITHDRAWING[now.path]
    if command.answer == "同意しない":
        return [stated(WithdrawalDeclined, command, rules, basis=basis)]
    ground: Loss = "処理方策の申請の取下げ" if now.path == "処理方策" else "調停の申請の取下げ"
    consented = stated(WithdrawalConsented, command, rules, basis=basis)
    return [consented, *left_office(command, now, ground, rules)]


def evolve(now: Opened, event: WithdrawingEvent) -> Opened:
    """The case after a request, a consent or its refusal."""
    match event:
        case WithdrawalRequested():
            who = authority_name(now.authority) if now.authority else "管轄する者"
            title = f"{who}: 取下げに同意するかどうかを決める"
            due = Owed("取下げの求め", now.authority or "", title, event.basis, event.on)
            return replace(now, withdrawal=event.on).owing(due)
        case WithdrawalDeclined():
            return replace(now, withdrawal=None).free_of("取下げの求め")
        case WithdrawalConsented():
            return _withdrawn(now, event)


def _withdrawn(now: Opened, event: WithdrawalConsented) -> Opened:
    """What was open is open no longer, but the notice to the other parties."""
    who = authority_name(event.party)
    told = [
        Owed(
            "取下げ",
            event.party,
            f"{who}: 取下げを{office_name(code)}に通知する",
            WITHDRAWN[now.path],
            event.on,
            code,
        )
        for code in now.disputants
        if code != now.applicant
    ]
    return replace(now, stage="取下げ済み", withdrawal=None, owed=()).owing(*told)
