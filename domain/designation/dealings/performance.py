"""随意契約の履行（法第234条の2）: Supervision and inspection, payment, termination.

    締結 →（変更）→ 監督・検査 → 支払 → 最後の支払で終わる
          → 解除（指定の効力の喪失による約定・債務不履行・合意）→ 出来高の支払

Nothing is paid beyond what an inspection accepted, unless the rule lets it be paid in advance.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.designation.dealings.contract import PARA_6, Contracts, Performing
from domain.designation.dealings.contracting import (
    OF,
    no_exception,
    over,
    performed_by,
    specified_procurement,
)
from domain.designation.dealings.gates import fail
from domain.designation.dealings.terms import EndGround, Number, Signed, Yen, by_its_clause, final
from domain.designation.parts import Circumstances, while_designated
from domain.law import ART_234_2, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline
from domain.procedure import Decision, Entry, has_passed, not_before, refuse_unless, stated
from domain.text import Key, Line

INSPECTION = ART_234_2.para(1)


# --- 事実 -------------------------------------------------------------------------------------


class ContractAmended(Event):
    """随意契約の変更（法第260条の49第6項・第234条第5項）: Another amount or another last day, signed by both."""

    title: ClassVar[str] = "随意契約の変更"
    kind: Literal["ContractAmended"] = "ContractAmended"
    basis: Citation = PARA_6
    drafted_by: Actor
    contract: Number
    contract_document: Line
    planned_price: Yen
    amount: Yen
    signed: Signed
    due: Deadline
    finding: Finding


class PerformanceChecked(Event):
    """履行の監督・検査（法第234条の2第1項）: What was looked at, and what amount of it is accepted."""

    title: ClassVar[str] = "履行の監督・検査"
    kind: Literal["PerformanceChecked"] = "PerformanceChecked"
    basis: Citation = INSPECTION
    contract: Number
    mode: Literal["監督", "検査"]
    portion: Line
    passed: bool
    accepted: Yen
    finding: Finding


class ContractPaid(Event):
    """契約の代金の支払（法第234条の2第1項）: After inspection, or in advance where a rule allows it."""

    title: ClassVar[str] = "契約の代金の支払"
    kind: Literal["ContractPaid"] = "ContractPaid"
    basis: Citation = INSPECTION
    contract: Number
    payment: Key
    amount: Yen
    advance_under: Line | None
    last: bool


class ContractTermPassed(Event):
    """随意契約の履行の期限の経過（法第234条の2第1項）: Noted; whether it was performed a person checks."""

    title: ClassVar[str] = "随意契約の履行の期限の経過"
    kind: Literal["ContractTermPassed"] = "ContractTermPassed"
    basis: Citation = INSPECTION
    contract: Number
    due: Deadline


class ContractTerminated(Event):
    """随意契約の解除（法第260条の49第6項）: Ended before its time; `settlement` is still to be paid."""

    title: ClassVar[str] = "随意契約の解除"
    kind: Literal["ContractTerminated"] = "ContractTerminated"
    basis: Citation = PARA_6
    drafted_by: Actor
    contract: Number
    ground: EndGround
    clause: Line | None
    settlement: Yen
    finding: Finding


PerformanceEvent = (
    ContractAmended | PerformanceChecked | ContractPaid | ContractTermPassed | ContractTerminated
)


# --- 命令書 -----------------------------------------------------------------------------------


class AmendContract(Decision):
    """随意契約を変更する（法第260条の49第6項・第234条第5項）: `planned_price` as reckoned anew."""

    title: ClassVar[str] = "随意契約を変更する"
    cites: ClassVar[Citation] = PARA_6
    kind: Literal["AmendContract"] = "AmendContract"
    contract: Number
    contract_document: Line
    planned_price: Yen
    amount: Yen
    ends: date
    signed: Signed
    finding: Finding


class CheckPerformance(Entry):
    """履行を監督・検査する（法第234条の2第1項）: By an officer, of a portion of the performance."""

    title: ClassVar[str] = "履行を監督・検査する"
    cites: ClassVar[Citation] = INSPECTION
    done_by: ClassVar[Role] = "officer"
    kind: Literal["CheckPerformance"] = "CheckPerformance"
    contract: Number
    mode: Literal["監督", "検査"]
    portion: Line
    passed: bool
    accepted: Yen = 0
    finding: Finding


class PayContract(Entry):
    """契約の代金を支払う（法第234条の2第1項）: `last` closes the contract; `payment` is its number."""

    title: ClassVar[str] = "契約の代金を支払う"
    cites: ClassVar[Citation] = INSPECTION
    done_by: ClassVar[Role] = "officer"
    kind: Literal["PayContract"] = "PayContract"
    contract: Number
    payment: Key
    amount: Yen
    advance_under: Line | None = None
    last: bool = False


class TerminateContract(Decision):
    """随意契約を解除する（法第260条の49第6項）: `settlement` pays for what was done so far."""

    title: ClassVar[str] = "随意契約を解除する"
    cites: ClassVar[Citation] = PARA_6
    kind: Literal["TerminateContract"] = "TerminateContract"
    contract: Number
    ground: EndGround
    settlement: Yen
    finding: Finding


class NoteContractTermPassed(Entry):
    """随意契約の履行の期限の経過を記録する（法第234条の2第1項）."""

    title: ClassVar[str] = "随意契約の履行の期限の経過を記録する"
    cites: ClassVar[Citation] = INSPECTION
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteContractTermPassed"] = "NoteContractTermPassed"
    contract: Number


PerformanceCommand = (
    AmendContract | CheckPerformance | PayContract | TerminateContract | NoteContractTermPassed
)


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: PerformanceCommand, contracts: Contracts, now: Circumstances, rules: Rules
) -> Sequence[PerformanceEvent]:
    """The facts that a command about a contract that stands brings about."""
    if isinstance(command, NoteContractTermPassed):
        return _passed(command, contracts, rules)
    stage = contracts.find(command.contract, Performing, command)
    not_before(command, stage.since, "随意契約の締結")
    match command:
        case AmendContract():
            while_designated(command, now)
            return _amended(command, stage, rules)
        case CheckPerformance():
            return _checked(command, stage, rules)
        case PayContract():
            return _paid(command, stage, rules)
        case TerminateContract():
            return _terminated(command, stage, contracts, rules)


def _passed(
    command: NoteContractTermPassed, contracts: Contracts, rules: Rules
) -> list[ContractTermPassed]:
    stage = contracts.open.get(command.contract)
    if not isinstance(stage, Performing) or stage.due_passed or stage.terminated:
        return []
    if not has_passed(stage.due, command.on):
        return []
    return [stated(ContractTermPassed, command, rules, due=stage.due)]


def _amended(command: AmendContract, stage: Performing, rules: Rules) -> list[ContractAmended]:
    """変更契約: It is bound as the contract was, and undoes nothing that was accepted or paid."""
    refuse_unless(not stage.terminated, PARA_6, "随意契約は、すでに解除されています")
    if (command.amount, command.ends) == (stage.amount, stage.due.day):
        return []
    refuse_unless(
        command.amount >= max(stage.accepted, stage.paid),
        PARA_6,
        f"検査で認めた額（{stage.accepted:,}円）又は支払った額（{stage.paid:,}円）に足りません",
    )
    if command.amount > command.planned_price:
        fail(OF, "price", f"変更後の額 {command.amount:,}円が、予定価格を超えます")
    _, threshold, specified = specified_procurement(command.planned_price, command.on, rules)
    if specified and not stage.excepted:
        no_exception(command.planned_price, threshold)
    final(OF, command.signed, command)
    due = performed_by(command.contract, command.on, ContractAmended.title, command.ends)
    return [stated(ContractAmended, command, rules, due=due)]


def _checked(
    command: CheckPerformance, stage: Performing, rules: Rules
) -> list[PerformanceChecked]:
    if (command.on, command.mode, command.portion) in stage.checks:
        return []
    refuse_unless(
        (command.passed and command.mode == "検査") or command.accepted == 0,
        INSPECTION,
        "監督のとき、又は検査に合格しないときに、履行として認める額はありません",
        "accepted を 0 としてください",
    )
    refuse_unless(
        stage.accepted + command.accepted <= stage.amount,
        INSPECTION,
        f"検査で認めた額の合計が、契約の額（{stage.amount:,}円）を超えます",
    )
    return [stated(PerformanceChecked, command, rules)]


def _paid(command: PayContract, stage: Performing, rules: Rules) -> list[ContractPaid]:
    if command.payment in stage.payments:
        return []
    total = stage.paid + command.amount
    if total > stage.amount:
        fail(OF, "inspection", f"支払の合計が、契約の額（{stage.amount:,}円）を超えます")
    beyond = total > stage.accepted
    if beyond and (command.last or command.advance_under is None):
        fail(
            OF,
            "inspection",
            f"検査で認めた額（{stage.accepted:,}円）を超えて支払うことはできません",
            "検査を終えるか、前金払等の根拠を advance_under に記してください",
        )
    return [stated(ContractPaid, command, rules)]


def _terminated(
    command: TerminateContract, stage: Performing, contracts: Contracts, rules: Rules
) -> list[ContractTerminated]:
    refuse_unless(not stage.terminated, PARA_6, "随意契約は、すでに解除されています")
    by_its_clause(command.ground, stage.clause, contracts.lost is not None, command)
    refuse_unless(
        stage.paid + command.settlement <= stage.amount,
        PARA_6,
        f"出来高の支払を合わせると、契約の額（{stage.amount:,}円）を超えます",
    )
    return [stated(ContractTerminated, command, rules, clause=stage.clause)]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(contracts: Contracts, event: PerformanceEvent) -> Contracts:
    """The contracts after a fact about one that stands."""
    moved = _moved(contracts.followed(event.contract, Performing, event), event)
    if (isinstance(event, ContractPaid) and event.last) or (
        moved.terminated and moved.paid >= moved.amount
    ):
        return over(contracts, event.contract)
    return replace(contracts, open={**contracts.open, event.contract: moved})


def _moved(stage: Performing, event: PerformanceEvent) -> Performing:
    match event:
        case ContractAmended():
            moved = event.due.day != stage.due.day
            passed = stage.due_passed and not moved
            return replace(stage, amount=event.amount, due=event.due, due_passed=passed)
        case PerformanceChecked():
            return replace(
                stage,
                accepted=stage.accepted + event.accepted,
                accepted_on=event.on if event.accepted else stage.accepted_on,
                checks=stage.checks | {(event.on, event.mode, event.portion)},
            )
        case ContractPaid():
            return replace(
                stage,
                paid=stage.paid + event.amount,
                payments=stage.payments | {event.payment},
            )
        case ContractTermPassed():
            return replace(stage, due_passed=True)
        case ContractTerminated():
            owed = stage.paid + event.settlement
            return replace(stage, amount=owed, accepted=owed, accepted_on=event.on, terminated=True)
