"""What holds of every command and event of a dispute: names, citations, whose act it is, twice."""

from typing import cast

import pytest

from domain.dispute import DISPUTE, Command, Event
from domain.dispute.parties import OfficeDecision, OfficeEntry, OfficeEvent, party_of
from domain.law import Citation
from tests.law import everything, league_acts
from tests.law.league import KEN, KURE, RULEBOOK
from tests.law.quarrel import given
from tests.law.quarrel_acts import ACTS, COMMAND_KINDS, EVENT_KINDS, Act
from tests.law.test_acts import head, names


@pytest.mark.parametrize("event", EVENT_KINDS, ids=lambda kind: kind.__name__)
def test_an_event_is_introduced_by_its_title_and_its_basis(event: type[Event]) -> None:
    title, cited = head(event)
    basis = cast("Citation", event.model_fields["basis"].default)
    assert title == event.title
    assert str(basis) in cited


@pytest.mark.parametrize("command", COMMAND_KINDS, ids=lambda kind: kind.__name__)
def test_a_command_is_introduced_by_its_title_and_what_it_cites(command: type[Command]) -> None:
    title, cited = head(command)
    assert title == command.title
    assert names(cited, command.cites)


@pytest.mark.parametrize(
    "kinds",
    [
        (*COMMAND_KINDS, *league_acts.COMMAND_KINDS, *everything.COMMAND_KINDS),
        (*EVENT_KINDS, *league_acts.EVENT_KINDS, *everything.EVENT_KINDS),
    ],
)
def test_tags_are_unique_across_institutions(kinds: tuple[type[Command], ...]) -> None:
    tags = [kind.model_fields["kind"].default for kind in kinds]
    assert tags == [kind.__name__ for kind in kinds]
    assert len(set(tags)) == len(tags)


def test_titles_are_unique_within_the_institution() -> None:
    for kinds in (COMMAND_KINDS, EVENT_KINDS):
        assert len({kind.title for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("command", COMMAND_KINDS, ids=lambda kind: kind.__name__)
def test_every_command_says_whose_act_it_is_and_nothing_is_noted_by_the_calendar(
    command: type[Command],
) -> None:
    assert issubclass(command, OfficeDecision) != issubclass(command, OfficeEntry)
    if issubclass(command, OfficeEntry):
        assert command.done_by in {"officer", "commissioner"}


@pytest.mark.parametrize("event", EVENT_KINDS, ids=lambda kind: kind.__name__)
def test_every_event_says_under_whose_rules_it_was_done_and_is_seen_by_all(
    event: type[Event],
) -> None:
    assert issubclass(event, OfficeEvent)
    assert "reserved_to" not in event.model_fields


def test_a_fact_and_a_state_never_share_a_name() -> None:
    facts = {kind.title for kind in EVENT_KINDS}
    assert facts & {given(*act.story).state.title for act in ACTS} == set()


def test_every_command_and_every_event_has_an_example() -> None:
    assert {type(act.command) for act in ACTS} == set(COMMAND_KINDS)
    brought = {type(event) for act in ACTS for event in given(*act.story).when(act.command).events}
    assert brought == set(EVENT_KINDS)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_a_command_decided_twice_brings_nothing_about_the_second_time(act: Act) -> None:
    assert given(*act.story).when(act.command).events
    assert given(*act.story, act.command).when(act.command).events == ()


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_a_command_survives_the_wire(act: Act) -> None:
    assert DISPUTE.command.validate_json(act.command.model_dump_json()) == act.command


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_what_can_be_done_is_told_among_what_is_possible(act: Act) -> None:
    state = given(*act.story).state
    assert DISPUTE.dues(state, RULEBOOK.rules(KEN)) == ()
    assert act.command.title in DISPUTE.view(state).possible


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_before_the_first_paper_nothing_can_be_done(act: Act) -> None:
    if act.story:
        assert given().when(act.command).events == ()


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_a_command_is_judged_by_the_rules_of_whoever_acts_and_no_others(act: Act) -> None:
    assert party_of(act.command) == DISPUTE.judged_by(act.command) == act.command.party
    other = KURE if act.command.party == KEN else KEN
    with pytest.raises(ValueError, match="under rules of"):
        given(*act.story).when(act.command, RULEBOOK.rules(other))
