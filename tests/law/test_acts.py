"""What holds of every command and every event: names, citations, docstrings, and doing it twice."""

import re
from typing import cast

import pytest

from domain.acts import Command as AnyCommand
from domain.acts import Event as AnyEvent
from domain.decider import Refused
from domain.designation import DESIGNATION, Command, Event
from domain.law import Citation
from domain.procedure import Decision, Entry
from tests.law.everything import ACTS, COMMAND_KINDS, EVENT_KINDS, Act
from tests.law.example import RULES
from tests.law.specification import given

HEAD = re.compile(r"^(?P<title>[^（]+)（(?P<cited>[^）]+)）[:.]")


def head(act: type[AnyCommand] | type[AnyEvent]) -> tuple[str, list[str]]:
    """The title and the provisions in the first line; a law is named once for what follows it."""
    found = HEAD.match(act.__doc__ or "")
    assert found, f"{act.__name__}: 「日本語（条項）: English.」 でない"
    law, cited = "", list[str]()
    for provision in re.split("[、・]", found["cited"]):
        named = re.match(r"[^第]+", provision)
        law = named.group() if named else law
        cited.append(provision if named else law + provision)
    return found["title"], cited


def names(cited: list[str], citation: Citation) -> bool:
    whole = re.compile(rf"{re.escape(str(citation))}(?!の?\d)")
    return any(whole.match(provision) for provision in cited)


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


@pytest.mark.parametrize("kinds", [COMMAND_KINDS, EVENT_KINDS])
def test_titles_and_tags_are_unique(kinds: tuple[type[Command] | type[Event], ...]) -> None:
    assert len({kind.title for kind in kinds}) == len(kinds)
    assert [kind.model_fields["kind"].default for kind in kinds] == [
        kind.__name__ for kind in kinds
    ]


@pytest.mark.parametrize("command", COMMAND_KINDS, ids=lambda kind: kind.__name__)
def test_every_command_says_whose_act_it_is(command: type[Command]) -> None:
    assert issubclass(command, Decision) != issubclass(command, Entry)
    assert not issubclass(command, Entry) or command.done_by


def test_what_the_calendar_does_is_to_note_and_nothing_else_notes() -> None:
    notes = {kind for kind in COMMAND_KINDS if kind.__name__.startswith("Note")}
    by_calendar = {
        kind for kind in COMMAND_KINDS if issubclass(kind, Entry) and kind.done_by == "calendar"
    }
    assert notes == by_calendar


def test_a_fact_and_a_state_never_share_a_name() -> None:
    facts = {kind.title for kind in EVENT_KINDS}
    assert facts & {given(*act.story).state.status.title for act in ACTS} == set()


def test_every_command_and_every_event_has_an_example() -> None:
    assert {type(act.command) for act in ACTS} == set(COMMAND_KINDS)
    brought = {type(event) for act in ACTS for event in given(*act.story).when(act.command).events}
    assert brought == set(EVENT_KINDS)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_a_command_decided_twice_brings_nothing_about_the_second_time(act: Act) -> None:
    once = given(*act.story).when(act.command)
    assert once.events
    twice = given(*act.story, act.command).when(act.command)
    assert twice.events == ()


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_a_command_survives_the_wire(act: Act) -> None:
    again = DESIGNATION.command.validate_json(act.command.model_dump_json())
    assert again == act.command


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_what_can_be_done_is_told_among_what_is_possible(act: Act) -> None:
    state = given(*act.story).state
    told = DESIGNATION.view(state).possible
    noted = [due.note for due in DESIGNATION.dues(state, RULES)]
    assert act.command.title in told or act.command in noted


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_before_the_first_paper_nothing_can_be_done(act: Act) -> None:
    if act.story:
        assert given().when(act.command).events == ()


def test_a_refusal_reads_as_a_sentence_with_its_provision() -> None:
    refused = given().when(ACTS[1].command).refusal
    assert isinstance(refused, Refused)
    assert f"（{refused.citation}）" in str(refused)


def test_every_event_names_basis_rules_day_and_actor() -> None:
    for kind in EVENT_KINDS:
        assert issubclass(kind, AnyEvent)
        assert {"on", "by", "basis", "ordinance", "kind"} <= set(kind.model_fields)
