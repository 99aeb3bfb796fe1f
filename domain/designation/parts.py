"""部分: What runs beside the status of a body, each with a state of its own.

Support, publication, contracts, leases and remedies do not move the status, and most of them
outlive it: a revocation ends no contract. Each is a `Part`: it decides and follows its own acts,
hears of all others through `observe`, and says what it has open. `lifecycle` puts them together.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from domain.acts import Command, Event
from domain.decider import Refused
from domain.institution import Due, Obligation
from domain.ordinance import Rules
from domain.procedure import not_before

C = TypeVar("C", bound=Command)
S = TypeVar("S")
E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Circumstances:
    """事情: What a part may know of the rest of the case.

    `body` is the person number of the body; `since` the day the designation took effect, `ended`
    the day it ended; `active` tells that it has effect now, also where its revocation is stayed.
    """

    body: str
    body_name: str
    since: date | None = None
    ended: date | None = None
    active: bool = False


@dataclass(frozen=True)
class Part(Generic[C, S, E]):
    """部分: One part of the lifecycle. `name` is its key in the state and never shown.

    `observe` follows what other acts mean to it, after they took place; `dues`, `obligations`,
    `possible` and `titles` read its state, `keeps_open` whether it keeps the case open when the
    status has come to its end.
    """

    name: str
    initial: S
    commands: tuple[type[C], ...]
    events: tuple[type[E], ...]
    decide: Callable[[C, S, Circumstances, Rules], Sequence[E]]
    evolve: Callable[[S, E], S]
    observe: Callable[[S, Event, Circumstances], S]
    dues: Callable[[S, Circumstances, Rules], Iterable[Due[C]]]
    obligations: Callable[[S, Circumstances], Iterable[Obligation]]
    possible: Callable[[S, Circumstances], Iterable[type[C]]]
    titles: Callable[[S, Circumstances], Iterable[str]]
    keeps_open: Callable[[S], bool]


def unmoved(state: S, event: Event, now: Circumstances) -> S:  # noqa: ARG001 — as `Part.observe`
    """A part to which no other act means anything."""
    return state


def nothing(*_: object) -> tuple[()]:
    """No deadlines, obligations or titles."""
    return ()


def while_designated(command: Command, now: Circumstances) -> date:
    """The day the designation took effect; refuses an act that needs a designation in effect."""
    if now.since is None or not now.active:
        raise Refused(
            command.cites,
            f"「{command.title}」ことができるのは、指定の効力がある間です",
            "指定の状態を確かめてください",
        )
    not_before(command, now.since, "指定の効力の発生")
    return now.since
