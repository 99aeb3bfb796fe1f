"""記録から: A case as its record and the rules in force make it, by folding it from its first event."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from activities.rulebook import Rulebook
from domain.decider import UnreadableFact
from domain.docket import File
from domain.institution import Institution
from domain.periods import CalendarEnds
from domain.record import municipality_of
from domain.registry import institution_for
from store.audit.telling import UNREADABLE, Telling, tell
from store.records import Records


@dataclass(frozen=True)
class Expected:
    """How a case ought to stand; `seen` are the interventions that its record tells of."""

    number: int
    open: bool
    dues: dict[str, date]
    telling: Telling
    seen: frozenset[tuple[str, datetime]] = frozenset()


async def expected(records: Records, rulebook: Rulebook, case: str) -> Expected:
    """The case, folded; what cannot be read is told as the projections tell it."""
    institution = institution_for(case)
    try:
        state, number = await fold(records, institution, case)
    except (ValidationError, UnreadableFact):
        return Expected(0, UNREADABLE.open, {}, UNREADABLE)
    telling = tell(institution, state, rulebook.rules, municipality_of(case))
    return Expected(
        number=number,
        open=telling.open,
        dues=_dues(institution, state, rulebook, case),
        telling=telling,
        seen=_seen(state),
    )


async def fold(
    records: Records, institution: Institution[Any, Any, Any], case: str
) -> tuple[object, int]:
    """The state of a case and the number of its last event."""
    state, number, more = institution.decider.initial, 0, True
    while more:
        page = await records.load(case, number)
        for one in page.events:
            event = institution.event.validate_json(one.event)
            state, number = institution.decider.evolve(state, event), one.number
        more = page.more
    return state, number


def _dues(
    institution: Institution[Any, Any, Any], state: object, rulebook: Rulebook, case: str
) -> dict[str, date]:
    try:
        dues = institution.dues(state, rulebook.rules(municipality_of(case)))
    except (LookupError, CalendarEnds):
        return {}
    days = ((due.deadline.key, due.deadline.day) for due in dues)
    return {key: day for key, day in days if day is not None}


def _seen(state: object) -> frozenset[tuple[str, datetime]]:
    if not isinstance(state, File):
        return frozenset()
    return frozenset((action, at) for _, action, at in state.docket.interventions)
