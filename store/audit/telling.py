"""現況の一行: How a case stands, in the few words that lists and comparisons need."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from domain.institution import Institution
from domain.ordinance import Rules
from domain.periods import CalendarEnds

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


def tell(
    institution: Institution[Any, Any, Any], state: object, rules: RulesOf, municipality: str
) -> Telling:
    """How the case in this state stands under the rules of its municipality."""
    view = institution.view(state)
    due, title = _next_due(institution, state, rules, municipality)
    return Telling(
        open=institution.is_open(state),
        stage=view.stage,
        headline=institution.headline(state),
        next_due=due,
        next_due_title=title,
        obligations=len(view.obligations),
        obligations_since=min((one.since for one in view.obligations), default=None),
    )


def _next_due(
    institution: Institution[Any, Any, Any], state: object, rules: RulesOf, municipality: str
) -> tuple[date | None, str | None]:
    try:
        dues = institution.dues(state, rules(municipality))
    except (LookupError, CalendarEnds):  # the rules have changed, or there are none
        return None, None
    days = [(due.deadline.day, due.deadline.title) for due in dues if due.deadline.day]
    return min(days, default=(None, None))
