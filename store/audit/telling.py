"""現況の一行: How a case stands, in the few words that lists and comparisons need."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from domain.institution import Institution
from domain.ordinance import Rules
from domain.periods import CalendarEnds, Deadline

RulesOf = Callable[[str], Rules]
"""The rules of a municipality; raises LookupError where there are none."""


class Telling(NamedTuple):
    """Whether it is open, its stage, what it is about, its next deadline and its open duties."""

    open: bool
    stage: str
    headline: str
    next_due: date | None
    next_due_title: str | None
    obligations: int
    obligations_since: date | None


UNREADABLE = Telling(True, "（読み取れない事案）", "", None, None, 0, None)


def open_deadlines(
    institution: Institution[Any, Any, Any], state: object, rules: RulesOf, municipality: str
) -> Sequence[Deadline]:
    """The deadlines of an open case under the rules of its municipality; a closed one has none."""
    if not institution.is_open(state):
        return ()
    try:
        return [due.deadline for due in institution.dues(state, rules(municipality))]
    except (LookupError, CalendarEnds):  # the rules have changed, or there are none
        return ()


def tell(
    institution: Institution[Any, Any, Any], state: object, rules: RulesOf, municipality: str
) -> Telling:
    """How the case in this state stands under the rules of its municipality."""
    deadlines = open_deadlines(institution, state, rules, municipality)
    return tell_with(institution, state, deadlines)


def tell_with(
    institution: Institution[Any, Any, Any], state: object, deadlines: Sequence[Deadline]
) -> Telling:
    """How the case stands in this state, with these deadlines open."""
    view = institution.view(state)
    due, title = _next(deadlines)
    return Telling(
        open=institution.is_open(state),
        stage=view.stage,
        headline=institution.headline(state),
        next_due=due,
        next_due_title=title,
        obligations=len(view.obligations),
        obligations_since=min((one.since for one in view.obligations), default=None),
    )


def _next(deadlines: Sequence[Deadline]) -> tuple[date | None, str | None]:
    days = [(one.day, one.title) for one in deadlines if one.day]
    return min(days, default=(None, None))
