"""決定: A command is answered with facts, with nothing, or with a refusal by citation.

    Refused          the law says no: `citation` and `reason`, nothing is recorded
    UnreadableFact   the record holds a fact that cannot follow what came before it

`decide` and `evolve` are pure and total: no clock, no chance, no I/O. The day is
`command.on`; the rules in force are an argument.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

from domain.law import Citation
from domain.ordinance import Rules

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


class Refused(Exception):
    """The law refuses the command: `reason` is Japanese, for officials; `remedy` says what to do."""

    def __init__(self, citation: Citation, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}（{citation}）{remedy}")
        self.citation = citation
        self.reason = reason
        self.remedy = remedy


class UnreadableFact(Exception):
    """A stored fact that no version of the lifecycle can follow: the record is not what it was."""


@dataclass(frozen=True)
class Decider(Generic[C, S, E]):
    """A lifecycle: `decide(command, state, rules)` gives events, `evolve(state, event)` a state."""

    decide: Callable[[C, S, Rules], Sequence[E]]
    evolve: Callable[[S, E], S]
    initial: S

    def fold(self, events: Iterable[E], state: S | None = None) -> S:
        """The state after `events`, from `state` or from the beginning."""
        return reduce(self.evolve, events, self.initial if state is None else state)
