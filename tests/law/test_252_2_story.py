"""物語（法第252条の2）: What `kyodo demo agreement` plays is accepted, and refused, as it is written."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from activities.rulebook import Rulebook
from console.story import Scene, read_story, scenes
from domain.agreement import AGREEMENT, Command, Event, State
from domain.agreement.claims import claim_of
from domain.agreement.concluding import AgreementChanged, AgreementConcluded
from domain.agreement.dispatching import SpecialistDispatched
from domain.agreement.notifying import AgreementNotified, NotificationFiled
from domain.agreement.status import InForce
from domain.agreement.wording import digest
from domain.agreement.wording.articles import Period
from domain.allocation import compute, rule_set
from domain.decider import Refused
from tests.law.wording.agreements import PREFECTURE, TOWN, example

E = TypeVar("E", bound=Event)
RULES = Path(__file__).parents[2] / "console" / "stories" / "rules"
RULEBOOK = Rulebook(extra=RULES)
STORY = read_story("agreement")
REFUSALS = ["法第252条の2第3項", "法第252条の2第3項", "法第252条の2第2項", "法第252条の2第4項"]


def told() -> tuple[list[Event], State, list[str]]:
    """The events of the story, how it ends, and the provisions under which it is refused."""
    state, events, refusals = AGREEMENT.decider.initial, list[Event](), list[str]()
    for scene in scenes(STORY, RULEBOOK):
        command = command_of(scene, state)
        try:
            brought = AGREEMENT.decider.decide(command, state, RULEBOOK.rules(command.party))
        except Refused as refused:
            if not scene.refused:
                raise
            refusals.append(f"{refused.citation}")
            continue
        assert brought, f"{command.tag} of {command.party} brings nothing about"
        assert not scene.refused, f"{command.tag} is not refused"
        state = AGREEMENT.decider.fold(brought, state)
        events += brought
    return events, state, refusals


def command_of(scene: Scene, state: State) -> Command:
    """What is handed in, or the calendar's note that the story waits for."""
    if scene.submission:
        return AGREEMENT.command.validate_python(scene.submission.command)
    dues = AGREEMENT.dues(state, RULEBOOK.rules(PREFECTURE))
    (note,) = (due.note for due in dues if due.note)
    assert note.tag == f"Note{scene.wait_for}"
    return note


def of_kind(kind: type[E]) -> Iterator[E]:
    return (event for event in told()[0] if isinstance(event, kind))


def test_every_step_is_accepted_or_refused_as_written() -> None:
    _, state, refusals = told()
    assert isinstance(state, InForce)
    assert refusals == REFUSALS


def test_the_texts_are_those_of_the_shipped_examples() -> None:
    """Concluded on the days, with the votes, and made public as the papers of the examples say."""
    (concluded,) = of_kind(AgreementConcluded)
    (changed,) = of_kind(AgreementChanged)
    for no, event in enumerate((concluded, changed), start=1):
        file = example(no)
        assert (event.version.no, event.version.sha256) == (no, digest(file))
        assert file.conclusion
        assert event.on == file.conclusion.on
        votes = {one.party: one.on for one in file.resolutions}
        assert {one.party: one.on for one in event.approvals} == votes


def test_the_conclusion_is_made_public_and_filed_as_the_papers_of_the_example_say() -> None:
    file = example(1)
    notices = [one for one in of_kind(AgreementNotified) if one.matter == "締結"]
    assert [(one.party, one.notice, one.on) for one in notices] == [
        (one.party, one.number, one.on) for one in file.notices
    ]
    filings = [one for one in of_kind(NotificationFiled) if one.matter == "締結"]
    assert {one.addressee for one in filings} == {"総務大臣"}
    assert filings[0].on == file.notifications[0].on


def test_dispatches_keep_to_the_periods_that_the_texts_name() -> None:
    """The first two to those of the agreement as concluded, the third to those of the change."""
    dispatched = [*of_kind(SpecialistDispatched)]
    assert len(dispatched) == 3
    for event, no in zip(dispatched, (1, 1, 2), strict=True):
        assert (event.party, event.recipient) == (PREFECTURE, TOWN)
        since, until = period(no, event.expertise.partition("（")[0])
        assert since <= event.since
        assert event.until == until


def period(no: int, title: str) -> tuple[date, date]:
    """For how long a text sends specialists of that title."""
    (article,) = (one for one in example(no).articles if isinstance(one, Period))
    (found,) = (one for one in article.dispatches if one.of == title)
    return found.since, found.until


@pytest.mark.parametrize(
    ("party", "year", "amount"),
    [
        (PREFECTURE, 2024, 744_000),  # (800,000 + 1,375,000 - 687,500) x 0.5, to the thousand
        (TOWN, 2024, 0),  # D8: not by 自治法派遣
        (PREFECTURE, 2025, 1_875_000),  # (1,000,000 + 5,500,000 - 2,750,000) x 0.5
        (TOWN, 2025, 3_186_000),  # D6: the cap 6,372,000 x 0.5
    ],
)
def test_each_side_claims_from_the_story(party: str, year: int, amount: int) -> None:
    _, state, _ = told()
    rules = rule_set(year)
    assert compute(claim_of(state, party, year), rules, rules.readings).amount == amount
