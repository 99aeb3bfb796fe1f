"""改善命令の一生（法第260条の49第11項）: From the draft of an order to its end."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from benchmarks.nation.case import Case, Events, Life, Step, the
from benchmarks.nation.revoking import revoked
from domain.acts import Finding
from domain.designation.explanation import (
    ExplanationInvited,
    ImprovementOrderProposed,
    InviteExplanation,
    OrderGround,
    ProposeImprovementOrder,
    SubmitExplanation,
)
from domain.designation.grounds import OrderViolated
from domain.designation.improvement import (
    ConfirmFulfilment,
    DropImprovementOrder,
    ExtendOrderDeadline,
    FindOrderViolated,
    ImprovementOrdered,
    OrderDeadlineExtended,
    OrderImprovement,
)

_DAY = timedelta(days=1)
_GROUNDS: tuple[OrderGround, ...] = (
    "著しく不適正な運営",
    "著しく不適正な運営",
    "条例の違反",
    "要件の欠如",
    "法令の違反",
)


@dataclass(frozen=True)
class _Matter:
    """改善手続: Its number in the case, the facts it rests on, and the measures it is about."""

    no: int
    facts: str
    measures: str


_Until: TypeAlias = Generator[Step, Events, date | None]
"""A part of the life; gives the new deadline, None where the procedure has come to its end."""


def improved(case: Case) -> Life:
    """One improvement procedure."""
    facts, measures = case.text("facts"), case.text("measures")
    proposed = yield case.by_an_officer(
        ProposeImprovementOrder,
        case.soon(3, 20),
        grounds=(case.dice.one_of(_GROUNDS),),
        facts=facts,
        evidence=(case.text("evidence"),),
        measures=measures,
    )
    if not proposed:  # the same officer drafted the same on the same day
        return
    matter = _Matter(the(ImprovementOrderProposed, proposed).improvement, facts, measures)
    due = yield from (_urged if case.dice.happens(0.03) else _heard)(case, matter)
    while due:
        due = yield from _awaited(case, matter.no, due)


# --- 弁明 -----------------------------------------------------------------------------------------


def _urged(case: Case, matter: _Matter) -> _Until:
    """Without a hearing, where there is no time for one."""
    return (yield from _ordered(case, matter, case.soon(1, 3), case.finding("urgency")))


def _heard(case: Case, matter: _Matter) -> _Until:
    """The body may explain itself; then there is an order, or none."""
    if case.dice.happens(0.06):
        return (yield from _dropped(case, matter.no, case.soon(2, 20)))
    on = case.soon(2, 7)
    invited = yield case.decided(
        InviteExplanation,
        on,
        improvement=matter.no,
        planned="法第260条の49第11項に基づく改善命令",
        facts=matter.facts,
        submit_to=case.town.place.bureau,
        arrives=on + case.dice.between(0, 3) * _DAY,
    )
    invitation = the(ExplanationInvited, invited)
    heard = yield from _explained(case, matter.no, invitation.arrives, invitation.due.day or on)
    day = case.soon(2, 15, after=heard)
    if case.dice.happens(0.2):
        return (yield from _dropped(case, matter.no, day))
    return (yield from _ordered(case, matter, day))


def _explained(case: Case, no: int, arrives: date, due: date) -> _Until:
    """The day after which may be decided: of the statement, or the last one for it."""
    span = max(1, (due - arrives).days)
    match case.dice.fate(silent=0.35, late=case.body.slack * 0.4):
        case "silent":
            return due
        case "late":
            day = case.soon(1, 8, after=due)
        case _:
            day = arrives + case.dice.between(1, span) * _DAY
    yield case.by_the_body(
        SubmitExplanation,
        day,
        late=0.03,
        improvement=no,
        statement=case.text("statement"),
        evidence=(case.text("paper"),),
    )
    return case.today


def _dropped(case: Case, no: int, on: date) -> _Until:
    finding = case.finding("dropped", evidence=False)
    yield case.decided(DropImprovementOrder, on, improvement=no, finding=finding)
    return None


# --- 命令 -----------------------------------------------------------------------------------------


def _ordered(case: Case, matter: _Matter, on: date, urgency: Finding | None = None) -> _Until:
    ordered = yield case.decided(
        OrderImprovement,
        on,
        improvement=matter.no,
        measures=matter.measures,
        comply_by=_later(case, on),
        within_need=case.finding("within_need", evidence=False),
        urgency=urgency,
        reasons=case.reasons("order_reasons", facts=matter.facts),
    )
    return the(ImprovementOrdered, ordered).due.day


def _later(case: Case, day: date) -> date:
    """A deadline some weeks or months after the day."""
    return case.town.days.from_(day + case.dice.between(25, 100) * _DAY)


def _awaited(case: Case, no: int, due: date) -> _Until:
    """The order is fulfilled in time or late, extended, violated, or left alone."""
    slack = case.body.slack
    days = max(1, (due - case.today).days)
    match case.dice.fate(
        fulfilled=0.55 - slack / 2, late=0.13, extended=0.14, violated=0.15 + slack * 0.4
    ):
        case "fulfilled":
            yield _confirmation(case, no, case.soon(days // 4, days // 2))
        case "late":
            yield _confirmation(case, no, case.soon(2, 20, after=due))
        case "extended":
            near = max(case.today, due - case.dice.between(-5, 15) * _DAY)
            return (yield from _extended(case, no, case.town.days.from_(near), due))
        case "violated":
            return (yield from _violated(case, no, due))
        case _:
            pass
    return None


def _confirmation(case: Case, no: int, on: date) -> Step:
    return case.by_an_officer(
        ConfirmFulfilment,
        on,
        paper=True,
        late=0.03,
        improvement=no,
        finding=case.finding("fulfilled"),
    )


def _extended(case: Case, no: int, on: date, due: date) -> _Until:
    extended = yield case.decided(
        ExtendOrderDeadline,
        on,
        improvement=no,
        comply_by=_later(case, max(on, due)),
        reasons=case.reasons("extension"),
    )
    return the(OrderDeadlineExtended, extended).due.day


def _violated(case: Case, no: int, due: date) -> _Until:
    """A person finds the order violated; late fulfilment, a new deadline or a revocation follows."""
    yield case.decided(
        FindOrderViolated,
        case.soon(3, 25, after=due),
        improvement=no,
        finding=case.finding("violation"),
    )
    match case.dice.fate(fulfilled=0.35, extended=0.15):
        case "fulfilled":
            yield _confirmation(case, no, case.soon(3, 40))
        case "extended":
            return (yield from _extended(case, no, case.soon(2, 10), due))
        case _:
            case.begin(revoked(case, OrderViolated(improvement=no)))
    return None
