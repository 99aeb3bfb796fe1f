"""手続への参加の部分: One part of the lifecycle for agents, participants, inspections and statements.

What belongs to a hearing goes with it: after the decision on the revocation nobody waits for an
answer any more. What belongs to a designation waits while that has no effect.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast, get_args

from domain.acts import Event
from domain.designation.participation import agents, inspection, interested, statements
from domain.designation.participation.agents import Agents
from domain.designation.participation.inspection import Inspections
from domain.designation.participation.interested import Interested
from domain.designation.participation.proceedings import Heard, Proceedings
from domain.designation.participation.statements import Statements
from domain.designation.parts import Circumstances, Part, nothing
from domain.institution import Obligation
from domain.law import APA_17, APA_18
from domain.ordinance import Rules

ParticipationCommand = (
    agents.AgentCommand
    | interested.InterestedCommand
    | inspection.InspectionCommand
    | statements.StatementCommand
)
ParticipationEvent = (
    agents.AgentEvent
    | interested.InterestedEvent
    | inspection.InspectionEvent
    | statements.StatementEvent
)


@dataclass(frozen=True)
class Participation:
    """手続への参加の状況: The procedures under way, and who does what in them."""

    proceedings: Proceedings = field(default_factory=Proceedings)
    agents: Agents = field(default_factory=Agents)
    interested: Interested = field(default_factory=Interested)
    inspections: Inspections = field(default_factory=Inspections)
    statements: Statements = field(default_factory=Statements)


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: ParticipationCommand, state: Participation, now: Circumstances, rules: Rules
) -> Sequence[ParticipationEvent]:
    """The facts a command about taking part brings about."""
    known = state.proceedings
    match command:
        case agents.AppointAgent() | agents.EndAgency():
            return agents.decide(command, state.agents, known, now, rules)
        case (
            interested.RecordParticipationRequest()
            | interested.AllowParticipation()
            | interested.DenyParticipation()
            | interested.AskToParticipate()
        ):
            return interested.decide(command, state.interested, known, now, rules)
        case (
            inspection.RequestInspection()
            | inspection.RecordInspectionRequest()
            | inspection.GrantInspection()
            | inspection.RefuseInspection()
        ):
            asked, people = state.inspections, state.interested
            return inspection.decide(command, asked, known, now, rules, people=people)
        case statements.SubmitWrittenStatement() | statements.RecordWrittenStatement():
            filed, people = state.statements, state.interested
            return statements.decide(command, filed, known, now, rules, people=people)


# --- 経過 -------------------------------------------------------------------------------------


def evolve(state: Participation, event: ParticipationEvent) -> Participation:
    """Who takes part how, after a fact about one of them."""
    match event:
        case agents.AgentAppointed() | agents.AgencyEnded():
            return replace(state, agents=agents.evolve(state.agents, event))
        case (
            interested.ParticipationSought()
            | interested.ParticipationAllowed()
            | interested.ParticipationDenied()
            | interested.ParticipationAsked()
        ):
            return replace(state, interested=interested.evolve(state.interested, event))
        case (
            inspection.InspectionRequested()
            | inspection.InspectionGranted()
            | inspection.InspectionRefused()
        ):
            return replace(state, inspections=inspection.evolve(state.inspections, event))
        case statements.WrittenStatementSubmitted():
            return replace(state, statements=statements.evolve(state.statements, event))


def observe(state: Participation, event: Event, now: Circumstances) -> Participation:  # noqa: ARG001 — as `Part.observe`
    """The procedures as their own acts move them; what belongs to one ends with it."""
    known = state.proceedings.after(event)
    if known == state.proceedings:
        return state
    acting = state.agents.within(known.under_way())
    if known.hearing is None and state.proceedings.hearing:
        return Participation(
            known,
            acting,
            Interested(state.interested.made),
            Inspections(state.inspections.made),
        )
    return replace(state, proceedings=known, agents=acting)


# --- 現況 -------------------------------------------------------------------------------------


def _hearing(state: Participation, now: Circumstances) -> Heard | None:
    return state.proceedings.hearing if now.active else None


def obligations(state: Participation, now: Circumstances) -> Iterator[Obligation]:
    """The answers still owed: those of the presider, until the close, and those of the mayor."""
    hearing = _hearing(state, now)
    if hearing is None:
        return
    if hearing.closed is None:
        for one in state.interested.waiting:
            title = f"関係人の参加の申出（第{one.no}号）に答える"
            yield Obligation(title, APA_17.para(1), one.since)
    for asked in state.inspections.awaited:
        title = f"文書等の閲覧の求め（第{asked.no}号）に答える"
        yield Obligation(title, APA_18.para(1), asked.since)


def possible(state: Participation, now: Circumstances) -> Iterator[type[ParticipationCommand]]:
    """The commands that may come next."""
    if any(state.proceedings.standing(now)):
        yield agents.AppointAgent
        if state.agents.acting:
            yield agents.EndAgency
    hearing = _hearing(state, now)
    if hearing and state.inspections.awaited:
        yield from (inspection.GrantInspection, inspection.RefuseInspection)
    if hearing and hearing.closed is None:
        yield from _possible_until_the_close(state, hearing)


def _possible_until_the_close(
    state: Participation, hearing: Heard
) -> Iterator[type[ParticipationCommand]]:
    yield from (interested.RecordParticipationRequest, interested.AskToParticipate)
    if state.interested.waiting:
        yield from (interested.AllowParticipation, interested.DenyParticipation)
    yield inspection.RequestInspection
    if any(one.harmed for one in state.interested.taking_part):
        yield inspection.RecordInspectionRequest
    if hearing.day:
        yield statements.SubmitWrittenStatement
        if state.interested.taking_part:
            yield statements.RecordWrittenStatement


PARTICIPATION: Part[ParticipationCommand, Participation, ParticipationEvent] = Part(
    name="participation",
    initial=Participation(),
    commands=cast("tuple[type[ParticipationCommand], ...]", get_args(ParticipationCommand)),
    events=cast("tuple[type[ParticipationEvent], ...]", get_args(ParticipationEvent)),
    decide=decide,
    evolve=evolve,
    observe=observe,
    dues=nothing,
    obligations=obligations,
    possible=possible,
    titles=nothing,
    keeps_open=lambda _: False,
)
