"""改善命令（法第260条の49第11項、行手法第14条）.

    改善命令 → 履行 / 期限の延長 / 期限の経過 → 違反の認定

Every order carries a deadline. When it passes, that is noted; whether the order was violated
is found by a person, and only that finding opens the way to a revocation on this ground. An
order found violated still stands: it may be fulfilled late, or be given a new deadline.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.decider import Refused
from domain.designation.explanation import (
    Explaining,
    Improvements,
    ImprovementStage,
    Number,
    OrderInForce,
    Proposed,
    Violated,
)
from domain.law import APA_13, ARA_25, ART_260_49, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline, fixed
from domain.procedure import (
    Decision,
    Disposition,
    Entry,
    RemedyNotice,
    expect,
    four_eyes,
    has_passed,
    not_before,
    refuse_unless,
    stated,
)
from domain.text import Text

PARA_11 = ART_260_49.para(11)


# --- 事実 -----------------------------------------------------------------------------------------


class ImprovementOrdered(Event):
    """改善命令（法第260条の49第11項）: The mayor orders measures by a deadline."""

    title: ClassVar[str] = "改善命令"
    kind: Literal["ImprovementOrdered"] = "ImprovementOrdered"
    basis: Citation = PARA_11
    drafted_by: Actor
    improvement: Number
    measures: Text
    within_need: Finding
    due: Deadline
    urgency: Finding | None
    reasons: Text
    remedy_notice: RemedyNotice


class ImprovementOrderNotMade(Event):
    """改善命令をしない決定（法第260条の49第11項）: The mayor makes no order, for stated reasons."""

    title: ClassVar[str] = "改善命令をしない決定"
    kind: Literal["ImprovementOrderNotMade"] = "ImprovementOrderNotMade"
    basis: Citation = PARA_11
    drafted_by: Actor
    improvement: Number
    finding: Finding


class OrderDeadlineExtended(Event):
    """改善命令の期限の延長（法第260条の49第11項）: A later day, with reasons and remedy notice."""

    title: ClassVar[str] = "改善命令の期限の延長"
    kind: Literal["OrderDeadlineExtended"] = "OrderDeadlineExtended"
    basis: Citation = PARA_11
    drafted_by: Actor
    improvement: Number
    due: Deadline
    reasons: Text
    remedy_notice: RemedyNotice


class ImprovementOrderFulfilled(Event):
    """改善命令の履行（法第260条の49第11項）: An officer verified the measures."""

    title: ClassVar[str] = "改善命令の履行"
    kind: Literal["ImprovementOrderFulfilled"] = "ImprovementOrderFulfilled"
    basis: Citation = PARA_11
    improvement: Number
    finding: Finding


class OrderDeadlinePassed(Event):
    """改善命令の期限の経過（法第260条の49第11項）: Noted; a person must look at what was done."""

    title: ClassVar[str] = "改善命令の期限の経過"
    kind: Literal["OrderDeadlinePassed"] = "OrderDeadlinePassed"
    basis: Citation = PARA_11
    improvement: Number
    due: Deadline


class OrderViolationFound(Event):
    """改善命令違反の認定（法第260条の49第11項）: A person finds that the order was violated."""

    title: ClassVar[str] = "改善命令違反の認定"
    kind: Literal["OrderViolationFound"] = "OrderViolationFound"
    basis: Citation = PARA_11
    drafted_by: Actor
    improvement: Number
    finding: Finding


ImprovementEvent = (
    ImprovementOrdered
    | ImprovementOrderNotMade
    | OrderDeadlineExtended
    | ImprovementOrderFulfilled
    | OrderDeadlinePassed
    | OrderViolationFound
)


# --- 命令書 ---------------------------------------------------------------------------------------


class OrderImprovement(Disposition):
    """改善を命ずる（法第260条の49第11項）: `urgency` only where 行手法第13条第2項第1号 applies."""

    title: ClassVar[str] = "改善を命ずる"
    cites: ClassVar[Citation] = PARA_11
    kind: Literal["OrderImprovement"] = "OrderImprovement"
    improvement: Number
    measures: Text
    comply_by: date
    within_need: Finding
    urgency: Finding | None = None


class DropImprovementOrder(Decision):
    """改善命令をしないこととする（法第260条の49第11項）: The paragraph says 「できる」."""

    title: ClassVar[str] = "改善命令をしないこととする"
    cites: ClassVar[Citation] = PARA_11
    kind: Literal["DropImprovementOrder"] = "DropImprovementOrder"
    improvement: Number
    finding: Finding


class ExtendOrderDeadline(Disposition):
    """改善命令の期限を延長する（法第260条の49第11項）."""

    title: ClassVar[str] = "改善命令の期限を延長する"
    cites: ClassVar[Citation] = PARA_11
    kind: Literal["ExtendOrderDeadline"] = "ExtendOrderDeadline"
    improvement: Number
    comply_by: date


class ConfirmFulfilment(Entry):
    """改善命令の履行を確認する（法第260条の49第11項）."""

    title: ClassVar[str] = "改善命令の履行を確認する"
    cites: ClassVar[Citation] = PARA_11
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ConfirmFulfilment"] = "ConfirmFulfilment"
    improvement: Number
    finding: Finding


class NoteOrderDeadlinePassed(Entry):
    """改善命令の期限の経過を記録する（法第260条の49第11項）."""

    title: ClassVar[str] = "改善命令の期限の経過を記録する"
    cites: ClassVar[Citation] = PARA_11
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteOrderDeadlinePassed"] = "NoteOrderDeadlinePassed"
    improvement: Number


class FindOrderViolated(Decision):
    """改善命令違反を認定する（法第260条の49第11項）: After the deadline, on evidence, by a person."""

    title: ClassVar[str] = "改善命令違反を認定する"
    cites: ClassVar[Citation] = PARA_11
    kind: Literal["FindOrderViolated"] = "FindOrderViolated"
    improvement: Number
    finding: Finding


ImprovementCommand = (
    OrderImprovement
    | DropImprovementOrder
    | ExtendOrderDeadline
    | ConfirmFulfilment
    | NoteOrderDeadlinePassed
    | FindOrderViolated
)


# --- 決定 -----------------------------------------------------------------------------------------


def decide(
    command: ImprovementCommand, procedures: Improvements, rules: Rules
) -> Sequence[ImprovementEvent]:
    """The facts that a command about an order brings about."""
    if isinstance(command, NoteOrderDeadlinePassed):
        return _passed(command, dict(procedures.open).get(command.improvement), rules)
    stage = procedures.find(command.improvement)
    match command:
        case OrderImprovement():
            return [_ordered(command, stage, rules)]
        case DropImprovementOrder():
            _proposed(command, stage)
            return [stated(ImprovementOrderNotMade, command, rules)]
        case ExtendOrderDeadline():
            return [_extended(command, expect(stage, (OrderInForce, Violated), command), rules)]
        case ConfirmFulfilment():
            _standing(command, expect(stage, (OrderInForce, Violated), command))
            return [stated(ImprovementOrderFulfilled, command, rules)]
        case FindOrderViolated():
            return [_violation(command, expect(stage, (OrderInForce,), command), rules)]


def _ordered(
    command: OrderImprovement, stage: ImprovementStage, rules: Rules
) -> ImprovementOrdered:
    _heard(command, _proposed(command, stage))
    due = _order_due(
        command.improvement, 0, command.on, ImprovementOrdered.title, command.comply_by
    )
    return stated(ImprovementOrdered, command, rules, due=due)


def _proposed(
    command: OrderImprovement | DropImprovementOrder, stage: ImprovementStage
) -> Proposed | Explaining:
    """The proposal to be decided on, by another than its drafter, after what has been said to it."""
    before = expect(stage, (Proposed, Explaining), command)
    not_before(command, before.since, before.title)
    if isinstance(before, Explaining) and before.explained:
        not_before(command, before.explained, "弁明")
    four_eyes(command, before.drafter)
    return before


def _heard(command: OrderImprovement, stage: Proposed | Explaining) -> None:
    """弁明の機会（行手法第13条第1項第2号）: Given and used up, or dispensed with for urgency."""
    if command.urgency is not None:
        return
    explaining = _invited(stage)
    refuse_unless(
        explaining.explained is not None or has_passed(explaining.due, command.on),
        APA_13.para(1, 2),
        f"弁明書の提出期限（{explaining.due.day}）までは改善を命ずることができません",
        "弁明書が届くか、期限が過ぎてから命じてください",
    )


def _invited(stage: Proposed | Explaining) -> Explaining:
    """The chance to explain that was given, or a refusal where there was none."""
    if isinstance(stage, Explaining):
        return stage
    raise Refused(
        APA_13.para(1, 2),
        "弁明の機会を付与していないため、改善を命ずることができません",
        "「弁明の機会を付与する」を先に行うか、緊急のときは urgency に理由を記してください",
    )


def _order_due(no: int, extended: int, origin: date, origin_title: str, day: date) -> Deadline:
    refuse_unless(
        day > origin,
        PARA_11,
        f"改善命令の期限 {day} は、{origin_title}の日（{origin}）より後の日とします（期限を定めて命ずる）",
        "comply_by を後の日にしてください",
    )
    return fixed(
        key=f"order-{no}-{extended}",
        title=f"改善命令（第{no}号）の期限",
        basis=PARA_11,
        origin=origin,
        origin_title=origin_title,
        day=day,
    )


def _standing(
    command: ConfirmFulfilment | ExtendOrderDeadline, stage: OrderInForce | Violated
) -> OrderInForce:
    """The order that stands, violated or not, on a day after the last act about it."""
    if isinstance(stage, Violated):
        not_before(command, stage.since, stage.title)
        return stage.order
    not_before(command, stage.due.origin, stage.due.origin_title)
    return stage


def _extended(
    command: ExtendOrderDeadline, stage: OrderInForce | Violated, rules: Rules
) -> OrderDeadlineExtended:
    order = _standing(command, stage)
    refuse_unless(
        order.due.day is None or command.comply_by > order.due.day,
        PARA_11,
        f"延長後の期限 {command.comply_by} は、今の期限（{order.due.day}）より後の日とします",
    )
    no, times = command.improvement, order.extended + 1
    due = _order_due(no, times, command.on, OrderDeadlineExtended.title, command.comply_by)
    return stated(OrderDeadlineExtended, command, rules, due=due)


def _passed(
    command: NoteOrderDeadlinePassed, stage: ImprovementStage | None, rules: Rules
) -> list[OrderDeadlinePassed]:
    if not isinstance(stage, OrderInForce) or stage.passed or stage.stayed:
        return []
    if not has_passed(stage.due, command.on):
        return []
    return [stated(OrderDeadlinePassed, command, rules, due=stage.due)]


def _violation(
    command: FindOrderViolated, order: OrderInForce, rules: Rules
) -> OrderViolationFound:
    refuse_unless(
        has_passed(order.due, command.on),
        PARA_11,
        f"改善命令の期限（{order.due.day}）が過ぎるまでは、違反を認定できません",
    )
    refuse_unless(
        not order.stayed,
        ARA_25,
        "改善命令の執行が停止されている間は、違反を認定できません",
        "執行停止が終わってから認定してください",
    )
    return stated(OrderViolationFound, command, rules)


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(procedures: Improvements, event: ImprovementEvent) -> Improvements:
    """The procedures after a fact about an order."""
    no = event.improvement
    match event:
        case ImprovementOrdered():
            return procedures.at(no, OrderInForce(event.on, event.due))
        case OrderDeadlineExtended():
            return _after_extension(procedures, event)
        case OrderDeadlinePassed():
            return procedures.at(no, replace(procedures.of(no, OrderInForce), passed=True))
        case OrderViolationFound():
            violated = Violated(procedures.of(no, OrderInForce), event.on)
            found = {**procedures.violated, no: event.on}
            return replace(procedures.at(no, violated), violated=found)
        case ImprovementOrderNotMade() | ImprovementOrderFulfilled():
            return procedures.at(no, None)


def _after_extension(procedures: Improvements, event: OrderDeadlineExtended) -> Improvements:
    no = event.improvement
    stage = dict(procedures.open).get(no)
    order = stage.order if isinstance(stage, Violated) else procedures.of(no, OrderInForce)
    left = {other: day for other, day in procedures.violated.items() if other != no}
    again = replace(
        order,
        due=event.due,
        extended=order.extended + 1,
        passed=False,
        earlier=(*order.earlier, order.due),
    )
    return replace(procedures.at(no, again), violated=left)
