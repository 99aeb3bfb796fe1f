"""What holds of every history of support, publication and coordination, whoever enters what.

a grant    never exceeds what was found in the public interest; each yen given is settled or returned
a year     has versions that follow one another, each correction naming the one before it
a day      of the past can be looked back to, also where something was entered late
a duty     that was found stays open until measures are recorded or the need is found to be gone
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.decider import Refused
from domain.designation import DESIGNATION, Command, Event, State
from domain.designation.cooperation.coordinating import (
    PARA_5,
    CoordinationClosed,
    CoordinationFoundNecessary,
    CoordinationMeasureTaken,
    CoordinationNoLongerNecessary,
)
from domain.designation.cooperation.giving import SupportGiven, SupportPlanChanged, SupportPlanned
from domain.designation.cooperation.publishing import (
    PublicationCorrected,
    PublicationMade,
    PublicationWithdrawn,
)
from domain.designation.cooperation.settlement import ReturnForgone, SubsidyReturned, SupportClosed
from domain.designation.cooperation.support import SUPPORT
from tests.law.cast import but, designated, revoked
from tests.law.cooperation import ACTS, GIVE, PUBLISH, RAISE, SETTLE
from tests.law.example import RULES
from tests.law.specification import history

E = TypeVar("E", bound=Event)
DECIDER = DESIGNATION.decider
FIRST = date(2026, 4, 1)
BEGUN = history(designated())
END = history(revoked())[len(BEGUN) :]
TEMPLATES = [command for _, command in ACTS] + 3 * [GIVE, RAISE, SETTLE, PUBLISH]
NUMBERED = ("support", "coordination", "version", "corrects")


@st.composite
def _entered(draw: st.DrawFn) -> list[Event]:
    """A history into which anything was entered in any order, perhaps past a revocation."""
    events, state, day = [*BEGUN], DECIDER.fold(BEGUN), FIRST
    ends = draw(st.integers(0, 60))
    for number in range(draw(st.integers(10, 40))):
        if number == ends:
            events, state = [*events, *END], DECIDER.fold(END, state)
        day += timedelta(days=draw(st.integers(0, 20)))
        try:
            late = draw(st.sampled_from((0, 0, 0, 15)))
            brought = DECIDER.decide(_varied(draw, day - timedelta(days=late)), state, RULES)
        except Refused:
            continue
        events, state = [*events, *brought], DECIDER.fold(brought, state)
    return events


def _varied(draw: st.DrawFn, day: date) -> Command:
    command = draw(st.sampled_from(TEMPLATES))
    fields: dict[str, object] = {"on": day, "document": draw(st.sampled_from(("甲", "乙")))}
    for name in type(command).model_fields:
        if name in NUMBERED:
            fields[name] = draw(st.integers(1, 3))
        if name in ("amount", "limit", "settled"):
            fields[name] = draw(st.sampled_from((1, 300_000, 500_000, 900_000, 1_200_000)))
        if name == "notified":
            fields[name] = day
        if name == "state_of_activities":
            fields[name] = draw(st.sampled_from(("見守り", "交流会")))
    return but(command, **fields)


def _of(kind: type[E], events: Sequence[Event]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


@settings(max_examples=150, deadline=None)
@given(_entered())
def test_a_grant_stays_within_what_was_found_and_every_yen_is_accounted_for(
    events: list[Event],
) -> None:
    planned: dict[int, int] = {}
    paid: dict[int, int] = {}
    to_return: dict[int, int] = {}
    for event in events:
        match event:
            case SupportPlanned() | SupportPlanChanged():
                planned[event.support] = event.limit or 0
                assert planned[event.support] >= paid.get(event.support, 0)
            case SupportGiven():
                paid[event.support] = paid.get(event.support, 0) + event.amount
                assert event.total == paid[event.support] <= planned[event.support]
            case SupportClosed():
                assert event.given == paid.get(event.support, 0)
                assert event.to_return is not None
                assert event.settled + event.to_return == event.given
                to_return[event.support] = event.to_return
            case SubsidyReturned():
                to_return[event.support] -= event.amount
                assert event.left == to_return[event.support] >= 0
            case ReturnForgone():
                assert event.left == to_return[event.support] > 0
            case _:
                pass


@settings(max_examples=150, deadline=None)
@given(_entered())
def test_versions_follow_one_another_and_tell_what_the_record_holds(events: list[Event]) -> None:
    last: dict[int, int] = {}
    stands: dict[int, bool] = {}
    for number, event in enumerate(events):
        match event:
            case PublicationMade() | PublicationCorrected():
                year = event.fiscal_year
                corrected = isinstance(event, PublicationCorrected)
                assert event.version == last.get(year, 0) + 1
                assert stands.get(year, False) == corrected
                assert not corrected or event.corrects == last[year]
                given_before = _of(SupportGiven, events[:number])
                amounts = [one.amount for one in given_before if one.fiscal_year == year]
                assert (event.support_given, event.givings) == (sum(amounts), len(amounts))
                last[year], stands[year] = event.version, True
            case PublicationWithdrawn():
                assert stands[event.fiscal_year]
                assert event.version == last[event.fiscal_year]
                stands[event.fiscal_year] = False
            case _:
                pass


@settings(max_examples=150, deadline=None)
@given(_entered())
def test_a_duty_to_coordinate_ends_by_measures_or_by_a_finding(events: list[Event]) -> None:
    found = {one.coordination for one in _of(CoordinationFoundNecessary, events)}
    gone = {one.coordination for one in _of(CoordinationNoLongerNecessary, events)}
    closed = {one.coordination for one in _of(CoordinationClosed, events)}
    measured = {one.coordination for one in _of(CoordinationMeasureTaken, events)}
    assert closed <= measured <= found
    assert not closed & gone
    open_ones = DESIGNATION.view(DECIDER.fold(events)).obligations
    duties = [one.title for one in open_ones if one.basis == PARA_5]
    for no in found:
        still = any(f"調整（第{no}号）" in title for title in duties)
        assert still == (no not in closed | gone)


@settings(max_examples=150, deadline=None)
@given(_entered())
def test_the_case_can_be_rebuilt_as_of_every_day_it_knows(events: list[Event]) -> None:
    for day in {event.on for event in events[len(BEGUN) :]}:
        state = DECIDER.fold([event for event in events if event.on <= day])
        paid = sum(one.amount for one in _of(SupportGiven, events) if one.on <= day)
        back = sum(one.amount for one in _of(SubsidyReturned, events) if one.on <= day)
        assert _balance(state) <= paid - back


def _balance(state: State) -> int:
    """What was paid under measures not yet closed, and what is still awaited back."""
    supports = state.of(SUPPORT)
    under_way = sum(one.given for one in supports.under_way)
    return under_way + sum(one.left for one in supports.returning)
