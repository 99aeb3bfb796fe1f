"""貸付けの解除と補償（法第260条の49第9項、第238条の5第4項–第6項）.

    公用・公共用の必要（④）→ 解除 → 損失の補償（⑤）
    用途の違反（⑥）→ 解除
    約定・債務不履行・合意 → 解除

Public need carries compensation; a breach of the use that was fixed does not. Both say 「できる」.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.designation.dealings.lease import PARA_7, Leased, Leases, Vacating
from domain.designation.dealings.leasing import over
from domain.designation.dealings.terms import EndGround, Number, Yen, by_its_clause
from domain.designation.parts import Circumstances
from domain.law import ART_238_5, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import (
    Decision,
    Entry,
    by_the_body,
    has_passed,
    not_before,
    refuse_unless,
    stated,
)
from domain.text import Line, Text

PUBLIC_NEED, COMPENSATION, BREACH = (ART_238_5.para(number) for number in (4, 5, 6))
Breach = Literal["期日までに用途に供しない", "用途に供することをやめた"]


# --- 事実 -------------------------------------------------------------------------------------


class LeaseCancelledForNeed(Event):
    """公用・公共用のための貸付けの解除（法第260条の49第9項・第238条の5第4項）: With compensation."""

    title: ClassVar[str] = "公用・公共用のための貸付けの解除"
    kind: Literal["LeaseCancelledForNeed"] = "LeaseCancelledForNeed"
    basis: Citation = PUBLIC_NEED
    drafted_by: Actor
    lease: Number
    needed_by: Line
    need: Literal["公用", "公共用"]
    finding: Finding


class LeaseCancelledForBreach(Event):
    """用途違反による貸付けの解除（法第260条の49第9項・第238条の5第6項）: Without compensation."""

    title: ClassVar[str] = "用途違反による貸付けの解除"
    kind: Literal["LeaseCancelledForBreach"] = "LeaseCancelledForBreach"
    basis: Citation = BREACH
    drafted_by: Actor
    lease: Number
    breach: Breach
    finding: Finding


class LeaseTerminated(Event):
    """貸付契約の解除（法第260条の49第7項）: By its clause on loss of status, for breach, by agreement."""

    title: ClassVar[str] = "貸付契約の解除"
    kind: Literal["LeaseTerminated"] = "LeaseTerminated"
    basis: Citation = PARA_7
    drafted_by: Actor
    lease: Number
    ground: EndGround
    clause: Line | None
    finding: Finding


class CompensationClaimed(Event):
    """損失の補償の求め（法第260条の49第9項・第238条の5第5項）: By the body whose lease was cancelled."""

    title: ClassVar[str] = "損失の補償の求め"
    kind: Literal["CompensationClaimed"] = "CompensationClaimed"
    basis: Citation = COMPENSATION
    lease: Number
    amount: Yen
    losses: Text
    attachments: tuple[Line, ...]


class CompensationDecided(Event):
    """損失の補償の決定（法第260条の49第9項・第238条の5第5項）: The amount, with its reckoning."""

    title: ClassVar[str] = "損失の補償の決定"
    kind: Literal["CompensationDecided"] = "CompensationDecided"
    basis: Citation = COMPENSATION
    drafted_by: Actor
    lease: Number
    amount: Yen
    finding: Finding


class CompensationClosed(Event):
    """損失の補償の求めがないことの確認（法第260条の49第9項・第238条の5第5項）: By an officer."""

    title: ClassVar[str] = "損失の補償の求めがないことの確認"
    kind: Literal["CompensationClosed"] = "CompensationClosed"
    basis: Citation = COMPENSATION
    lease: Number
    finding: Finding


EndEvent = LeaseCancelledForNeed | LeaseCancelledForBreach | LeaseTerminated
CompensationEvent = CompensationClaimed | CompensationDecided | CompensationClosed
CancellationEvent = EndEvent | CompensationEvent


# --- 命令書 -----------------------------------------------------------------------------------


class CancelLeaseForNeed(Decision):
    """公用・公共用のために貸付けを解除する（法第260条の49第9項・第238条の5第4項）: Whose need, and which."""

    title: ClassVar[str] = "公用・公共用のために貸付けを解除する"
    cites: ClassVar[Citation] = PUBLIC_NEED
    kind: Literal["CancelLeaseForNeed"] = "CancelLeaseForNeed"
    lease: Number
    needed_by: Line
    need: Literal["公用", "公共用"]
    finding: Finding


class CancelLeaseForBreach(Decision):
    """用途違反により貸付けを解除する（法第260条の49第9項・第238条の5第6項）: Of a use that was fixed."""

    title: ClassVar[str] = "用途違反により貸付けを解除する"
    cites: ClassVar[Citation] = BREACH
    kind: Literal["CancelLeaseForBreach"] = "CancelLeaseForBreach"
    lease: Number
    breach: Breach
    finding: Finding


class TerminateLease(Decision):
    """貸付契約を解除する（法第260条の49第7項）: Under the contract itself, for stated reasons."""

    title: ClassVar[str] = "貸付契約を解除する"
    cites: ClassVar[Citation] = PARA_7
    kind: Literal["TerminateLease"] = "TerminateLease"
    lease: Number
    ground: EndGround
    finding: Finding


class ClaimCompensation(Entry):
    """損失の補償を求める（法第260条の49第9項・第238条の5第5項）: `on` is the day of arrival."""

    title: ClassVar[str] = "損失の補償を求める"
    cites: ClassVar[Citation] = COMPENSATION
    done_by: ClassVar[Role] = "body"
    kind: Literal["ClaimCompensation"] = "ClaimCompensation"
    lease: Number
    amount: Yen
    losses: Text
    attachments: tuple[Line, ...] = ()


class DecideCompensation(Decision):
    """損失の補償を決定する（法第260条の49第9項・第238条の5第5項）: On what the body claimed."""

    title: ClassVar[str] = "損失の補償を決定する"
    cites: ClassVar[Citation] = COMPENSATION
    kind: Literal["DecideCompensation"] = "DecideCompensation"
    lease: Number
    amount: Yen
    finding: Finding


class CloseCompensation(Entry):
    """損失の補償の求めがないことを確かめる（法第260条の49第9項・第238条の5第5項）: On evidence."""

    title: ClassVar[str] = "損失の補償の求めがないことを確かめる"
    cites: ClassVar[Citation] = COMPENSATION
    done_by: ClassVar[Role] = "officer"
    kind: Literal["CloseCompensation"] = "CloseCompensation"
    lease: Number
    finding: Finding


EndCommand = CancelLeaseForNeed | CancelLeaseForBreach | TerminateLease
CompensationCommand = ClaimCompensation | DecideCompensation | CloseCompensation
CancellationCommand = EndCommand | CompensationCommand


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: CancellationCommand, leases: Leases, now: Circumstances, rules: Rules
) -> Sequence[CancellationEvent]:
    """The facts that a command ending a lease, or settling its loss, brings about."""
    match command:
        case CancelLeaseForNeed() | CancelLeaseForBreach() | TerminateLease():
            return [_ended(command, leases, rules)]
        case ClaimCompensation() | DecideCompensation() | CloseCompensation():
            stage = leases.find(command.lease, Vacating, command)
            not_before(command, stage.claimed or stage.since, "貸付けの解除又は補償の求め")
            refuse_unless(
                stage.compensable,
                command.cites,
                "公用・公共用のために解除された貸付けではないか、補償はすでに定まっています",
            )
            return _compensated(command, stage, now, rules)


def _ended(command: EndCommand, leases: Leases, rules: Rules) -> EndEvent:
    stage = leases.find(command.lease, Leased, command)
    not_before(command, stage.since, "貸付契約の締結")
    match command:
        case CancelLeaseForNeed():
            return stated(LeaseCancelledForNeed, command, rules)
        case CancelLeaseForBreach():
            _in_breach(command, stage)
            return stated(LeaseCancelledForBreach, command, rules)
        case TerminateLease():
            by_its_clause(command.ground, stage.clause, leases.lost is not None, command)
            return stated(LeaseTerminated, command, rules, clause=stage.clause)


def _in_breach(command: CancelLeaseForBreach, stage: Leased) -> None:
    """用途の違反（法第238条の5第6項）: Not begun by the day, or left off within the period."""
    begins, ends = stage.use_begins, stage.use_ends
    if begins is None or ends is None or ends.day is None:
        refuse_unless(False, BREACH, "用途、期日及び期間を指定した貸付けではありません")
    elif command.breach == "期日までに用途に供しない":
        refuse_unless(
            stage.used_since is None and has_passed(begins, command.on),
            BREACH,
            f"用途に供する期日（{begins.day}）を過ぎていないか、すでに用途に供されています",
        )
    else:
        refuse_unless(
            stage.stopped is not None and stage.stopped <= ends.day,
            BREACH,
            f"指定した期間（{ends.day} まで）内に用途に供することをやめた事実が確かめられていません",
            "先に「用途に供することをやめたことを確かめる」を記録してください",
        )


def _compensated(
    command: CompensationCommand, stage: Vacating, now: Circumstances, rules: Rules
) -> list[CompensationEvent]:
    match command:
        case ClaimCompensation():
            by_the_body(command, now.body)
            if stage.claimed is not None:
                return []
            return [stated(CompensationClaimed, command, rules)]
        case DecideCompensation():
            refuse_unless(stage.claimed is not None, COMPENSATION, "損失の補償は求められていません")
            return [stated(CompensationDecided, command, rules)]
        case CloseCompensation():
            refuse_unless(
                stage.claimed is None,
                COMPENSATION,
                "損失の補償が求められています",
                "補償の額を決定してください",
            )
            return [stated(CompensationClosed, command, rules)]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(leases: Leases, event: CancellationEvent) -> Leases:
    """The leases after one was ended, or its loss settled."""
    match event:
        case LeaseCancelledForNeed() | LeaseCancelledForBreach() | LeaseTerminated():
            leases.followed(event.lease, Leased, event)
            needed = isinstance(event, LeaseCancelledForNeed)
            moved = Vacating(event.lease, event.on, compensable=needed)
        case CompensationClaimed():
            moved = replace(leases.followed(event.lease, Vacating, event), claimed=event.on)
        case CompensationDecided() | CompensationClosed():
            stage = leases.followed(event.lease, Vacating, event)
            if stage.returned:
                return over(leases, event.lease)
            moved = replace(stage, compensable=False)
    return replace(leases, open={**leases.open, event.lease: moved})
