"""given / when / then over the pure decider: a story, a command, and what the law answers.

    given(*commands_or_facts).when(command).then(ApplicationArrived)
                                           .then_nothing()
                                           .then_refused(ART_260_49.para(11))

Commands of the story are decided and must bring something about; facts are taken as they are.
A refusal is asserted by its citation, never by its message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.acts import Command as AnyCommand
from domain.acts import Event as AnyEvent
from domain.decider import Refused
from domain.designation import DESIGNATION, Command, Event, State
from domain.institution import Institution
from domain.law import Citation
from domain.ordinance import Rules
from domain.periods import Deadline
from tests.law.example import RULES

C = TypeVar("C", bound=AnyCommand)
S = TypeVar("S")
E = TypeVar("E", bound=AnyEvent)
F = TypeVar("F", bound=AnyEvent)
DECIDER = DESIGNATION.decider


@dataclass(frozen=True)
class Outcome(Generic[F]):
    """What came of a command: events, or a refusal."""

    events: tuple[F, ...] = ()
    refusal: Refused | None = None

    def then(self, *kinds: type[AnyEvent]) -> tuple[F, ...]:
        """Exactly events of these kinds, in this order."""
        assert self.refusal is None, self.refusal
        assert [type(event) for event in self.events] == list(kinds)
        return self.events

    def then_the(self, kind: type[E]) -> E:
        """Exactly one event, of this kind."""
        (event,) = self.then(kind)
        assert isinstance(event, kind)
        return event

    def then_nothing(self) -> None:
        """It is so already: neither an event nor a refusal."""
        self.then()

    def then_refused(self, citation: Citation) -> Refused:
        """The law says no, under exactly this provision, in Japanese words."""
        assert self.refusal is not None, self.events
        assert self.refusal.citation == citation, self.refusal
        assert self.refusal.reason.strip()
        return self.refusal


@dataclass(frozen=True)
class Given:
    """A case as its story has left it."""

    state: State
    rules: Rules

    def when(self, command: Command) -> Outcome[Event]:
        """What comes of the command; each event must survive being stored."""
        return outcome_of(DESIGNATION, command, self.state, self.rules)

    def awaited(self, *matters: str) -> list[Deadline]:
        """The deadlines that are open, or those about `matters` alone, by how their keys begin."""
        found = [due.deadline for due in DESIGNATION.dues(self.state, self.rules)]
        return [due for due in found if not matters or due.key.startswith(matters)]


def outcome_of(institution: Institution[C, S, F], command: C, state: S, rules: Rules) -> Outcome[F]:
    """What an institution makes of a command; each event must survive being stored."""
    try:
        events = tuple(institution.decider.decide(command, state, rules))
    except Refused as refusal:
        return Outcome(refusal=refusal)
    for event in events:
        assert institution.event.validate_json(event.model_dump_json()) == event
    return Outcome(events)


def given(*story: Command | Event, rules: Rules = RULES) -> Given:
    """The case after `story`, under `rules`."""
    return Given(DECIDER.fold(history(story, rules)), rules)


def history(story: Sequence[Command | Event], rules: Rules = RULES) -> list[Event]:
    """The events of a story; a command of it that comes to nothing is a fault of the test."""
    state, events = DECIDER.initial, list[Event]()
    for step in story:
        brought = [step] if isinstance(step, Event) else DECIDER.decide(step, state, rules)
        assert brought, f"{step.tag} brings nothing about"
        state = DECIDER.fold(brought, state)
        events += brought
    return events
