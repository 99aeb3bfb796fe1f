"""What holds of every command and event of an agreement: names, citations, parties, twice."""

from typing import cast

import pytest

from domain.agreement import AGREEMENT, Command, Event
from domain.agreement.parties import PartyDecision, PartyEntry, PartyEvent, ReservedEvent, party_of
from domain.law import Citation
from domain.procedure import Entry
from tests.law import everything
from tests.law.league import KEN, KURE, RULEBOOK, given, history
from tests.law.league_acts import ACTS, COMMAND_KINDS, EVENT_KINDS, LEAVE, REFUSED_ALWAYS, Act
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
        (*COMMAND_KINDS, *everything.COMMAND_KINDS),
        (*EVENT_KINDS, *everything.EVENT_KINDS),
    ],
)
def test_titles_and_tags_are_unique_across_institutions(kinds: tuple[type[Command], ...]) -> None:
    tags = [kind.model_fields["kind"].default for kind in kinds]
    assert tags == [kind.__name__ for kind in kinds]
    assert len(set(tags)) == len(tags)


def test_titles_are_unique_within_the_institution() -> None:
    for kinds in (COMMAND_KINDS, EVENT_KINDS):
        assert len({kind.title for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("command", COMMAND_KINDS, ids=lambda kind: kind.__name__)
def test_every_command_says_whose_act_it_is_and_of_which_party(command: type[Command]) -> None:
    assert issubclass(command, PartyDecision) != issubclass(command, PartyEntry)


@pytest.mark.parametrize("event", EVENT_KINDS, ids=lambda kind: kind.__name__)
def test_every_event_names_its_party_and_only_internal_ones_are_reserved(
    event: type[Event],
) -> None:
    assert issubclass(event, PartyEvent)
    internal = event.__name__ in {"BillDrafted", "BillApproved"}
    assert issubclass(event, ReservedEvent) == internal == ("reserved_to" in event.model_fields)


def test_what_the_calendar_does_is_to_note_and_nothing_else_notes() -> None:
    notes = {kind for kind in COMMAND_KINDS if kind.__name__.startswith("Note")}
    calendar = {k for k in COMMAND_KINDS if issubclass(k, Entry) and k.done_by == "calendar"}
    assert {kind for kind in notes if kind.__name__ != "NotifyPublic"} == calendar


def test_a_fact_and_a_state_never_share_a_name() -> None:
    facts = {kind.title for kind in EVENT_KINDS}
    assert facts & {given(*act.story).state.title for act in ACTS} == set()


def test_every_command_and_every_event_has_an_example() -> None:
    assert {type(act.command) for act in ACTS} == set(COMMAND_KINDS) - REFUSED_ALWAYS
    brought = {type(event) for act in ACTS for event in given(*act.story).when(act.command).events}
    assert brought == set(EVENT_KINDS)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_a_command_decided_twice_brings_nothing_about_the_second_time(act: Act) -> None:
    assert given(*act.story).when(act.command).events
    assert given(*act.story, act.command).when(act.command).events == ()


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_a_command_survives_the_wire(act: Act) -> None:
    assert AGREEMENT.command.validate_json(act.command.model_dump_json()) == act.command


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_what_can_be_done_is_told_among_what_is_possible(act: Act) -> None:
    state = given(*act.story).state
    noted = [due.note for due in AGREEMENT.dues(state, RULEBOOK.rules(KEN))]
    assert act.command.title in AGREEMENT.view(state).possible or act.command in noted


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_before_the_first_paper_nothing_can_be_done(act: Act) -> None:
    if act.story:
        assert given().when(act.command).events == ()


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_a_command_is_judged_by_its_own_partys_rules_and_no_others(act: Act) -> None:
    assert party_of(act.command) == AGREEMENT.judged_by(act.command) == act.command.party
    other = KURE if act.command.party == KEN else KEN
    with pytest.raises(ValueError, match="under rules of"):
        given(*act.story).when(act.command, RULEBOOK.rules(other))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_what_a_party_keeps_to_itself_changes_nothing_that_the_others_read(act: Act) -> None:
    before = given(*act.story)
    events = before.when(act.command).events
    if any(isinstance(event, ReservedEvent) for event in events):
        after = given(*act.story, act.command)
        assert AGREEMENT.view(after.state) == AGREEMENT.view(before.state)
        assert AGREEMENT.headline(after.state) == AGREEMENT.headline(before.state)


def test_what_no_provision_allows_is_refused_by_citation() -> None:
    given(*ACTS[4].story).when(LEAVE).then_refused(LEAVE.cites)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
@pytest.mark.parametrize("reader", [KEN, KURE])
def test_a_party_reads_the_case_the_same_without_what_the_others_keep_to_themselves(
    act: Act, reader: str
) -> None:
    events = history([*act.story, act.command])
    seen = [
        event
        for event in events
        if not isinstance(event, ReservedEvent) or event.reserved_to == reader
    ]
    whole, read = AGREEMENT.decider.fold(events), AGREEMENT.decider.fold(seen)
    rules = RULEBOOK.rules(KEN)
    assert AGREEMENT.view(read) == AGREEMENT.view(whole)
    assert AGREEMENT.dues(read, rules) == AGREEMENT.dues(whole, rules)
    assert AGREEMENT.is_open(read) == AGREEMENT.is_open(whole)
