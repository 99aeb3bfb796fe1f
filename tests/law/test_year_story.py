"""物語（法第260条の49）: What `kyodo demo year` plays is accepted, and refused, as it is written."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from activities.rulebook import Rulebook
from console.story import read_story, scenes
from domain.decider import Refused
from domain.designation import DESIGNATION, Event, State
from domain.designation.cooperation.publishing import PublicationCorrected, PublicationMade
from domain.designation.cooperation.settlement import SupportClosed
from domain.designation.dealings.contract import Performing
from domain.designation.dealings.lease import NOT_APPLIED, LeaseConcluded
from domain.designation.dealings.performance import ContractPaid, PerformanceChecked
from domain.designation.dealings.standing import CONTRACTS, LEASES
from domain.designation.designated import Designated
from domain.designation.remedies.ruling import ActAnnulled
from domain.designation.remedies.stay import StayEnded, StayGranted
from domain.record import municipality_of

E = TypeVar("E", bound=Event)
RULEBOOK = Rulebook(extra=Path(__file__).parents[2] / "console" / "stories" / "rules")
STORY = read_story("year")
RULES = RULEBOOK.rules(municipality_of(STORY.case))
REFUSALS = [
    "法第232条の2",
    "法第260条の49第5項",
    "法第92条の2",
    "法第238条の2第2項",
    "借地借家法第38条第3項",
    "法第234条の2第1項",
    "法第260条の49第4項",
    "行審法第9条第2項第1号",
    "行審法第43条第1項",
]
PARAGRAPHS = {*range(2, 8), 9, 10, 11}
"""The paragraphs of the article under which the story has facts; 8 is in the lease itself."""


@cache
def told() -> tuple[list[Event], State, list[str]]:
    """The events of the story, how it ends, and the provisions under which it is refused."""
    state, events, refusals = DESIGNATION.decider.initial, list[Event](), list[str]()
    for scene in scenes(STORY, RULEBOOK):
        assert scene.submission
        command = DESIGNATION.command.validate_python(scene.submission.command)
        try:
            brought = DESIGNATION.decider.decide(command, state, RULES)
        except Refused as refused:
            if not scene.refused:
                raise
            refusals.append(f"{refused.citation}")
            continue
        assert brought, f"{command.tag} brings nothing about"
        assert not scene.refused, f"{command.tag} is not refused"
        state = DESIGNATION.decider.fold(brought, state)
        events += brought
    return events, state, refusals


def of_kind(kind: type[E]) -> Iterator[E]:
    return (event for event in told()[0] if isinstance(event, kind))


def test_every_step_is_accepted_or_refused_as_written() -> None:
    _, _, refusals = told()
    assert refusals == REFUSALS


def test_every_paragraph_of_the_article_has_its_facts() -> None:
    bases = [event.basis for event in told()[0]]
    found = {basis.paragraph for basis in bases if f"{basis}".startswith("法第260条の49")}
    assert found == PARAGRAPHS
    (lease,) = of_kind(LeaseConcluded)
    assert lease.not_applied == NOT_APPLIED


def test_what_is_done_is_done_in_the_order_of_its_days() -> None:
    days = [step.on for step in STORY.step]
    assert days == sorted(day for day in days if day)


def test_the_grant_is_settled_to_the_yen() -> None:
    (closed,) = of_kind(SupportClosed)
    assert (closed.given, closed.settled, closed.to_return) == (1_200_000, 1_100_000, 100_000)


def test_the_contract_is_paid_as_it_was_inspected() -> None:
    accepted = sum(event.accepted for event in of_kind(PerformanceChecked))
    assert accepted == sum(event.amount for event in of_kind(ContractPaid)) == 1_150_000


def test_what_is_published_counts_the_support_of_the_record_and_is_corrected_once() -> None:
    (made,), (corrected,) = of_kind(PublicationMade), of_kind(PublicationCorrected)
    assert made.support_given == corrected.support_given == 1_200_000
    assert made.in_time
    assert (corrected.corrects, corrected.version) == (1, 2)


def test_the_annulled_order_never_was_and_its_stay_is_over() -> None:
    _, state, _ = told()
    assert len([*of_kind(StayGranted)]) == len([*of_kind(StayEnded)]) == 1
    (annulled,) = of_kind(ActAnnulled)
    assert annulled.act.kind == "ImprovementOrdered"
    assert isinstance(state.status, Designated)
    assert state.status.improvements.open == ()
    assert not state.status.improvements.violated


def test_the_case_goes_on_with_a_lease_and_a_duty_to_answer() -> None:
    _, state, _ = told()
    assert DESIGNATION.view(state).stage == "指定中・支援中・調整の要否の検討中・貸付中"
    assert DESIGNATION.is_open(state)
    assert state.of(LEASES).open.keys() == {"L-1"}
    assert not any(isinstance(one, Performing) for one in state.of(CONTRACTS).open.values())
    titles = [one.title for one in DESIGNATION.view(state).obligations]
    assert "調整（第2号）の要否を判断する" in titles


def test_nothing_is_left_for_the_calendar_to_note_of_the_year_that_was() -> None:
    """So the case stands after the story as it was told."""
    _, state, _ = told()
    last = max(step.on for step in STORY.step if step.on)
    noted = [due for due in DESIGNATION.dues(state, RULES) if due.note]
    assert noted
    assert all(due.deadline.day and due.deadline.day > last for due in noted)
