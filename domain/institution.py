"""制度: What the engine needs to know of an institution in order to carry its cases.

The engine knows no law. An institution hands it a decider, the union of its commands and of
its events, and three readings of a state: whether the case is open, which days matter, and
what an operator should see.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from domain.acts import Command, Event
from domain.decider import Decider
from domain.law import Citation
from domain.ordinance import Anchor, Rules
from domain.periods import Deadline
from domain.transition import replaced

C = TypeVar("C", bound=Command)
S = TypeVar("S")
E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Due(Generic[C]):
    """来る期限: A deadline that is still open, and the calendar's command once it has passed.

    `note` is dated the day after the deadline; None where the passing was noted already, nothing
    is to be noted, or the deadline is suspended and has no day yet.
    """

    deadline: Deadline
    note: C | None = None


@dataclass(frozen=True)
class Obligation:
    """未了の義務: What somebody must still do, under which provision, since when."""

    title: str
    basis: Citation
    since: date

    def age(self, day: date) -> int:
        """How many days it has been open on `day`; the law may say 「直ちに」 and name no last day."""
        return max((day - self.since).days, 0)


@dataclass(frozen=True)
class View:
    """現況: A case as an operator should read it. `possible` are the titles of commands."""

    stage: str
    obligations: tuple[Obligation, ...] = ()
    possible: tuple[str, ...] = ()


def _unanchored(_: object) -> Anchor:
    """Every amendment counts as for a case that has not begun."""
    return Anchor()


def _whoever_keeps_the_file(_: object) -> None:
    return None


def _nowhere(_: object, __: str) -> None:
    return None


@dataclass(frozen=True)
class Institution(Generic[C, S, E]):
    """制度: One class of cases. `name` heads the case number (指定-341002-0001)."""

    name: str
    decider: Decider[C, S, E]
    command: TypeAdapter[C]
    event: TypeAdapter[E]
    is_open: Callable[[S], bool]
    dues: Callable[[S, Rules], Sequence[Due[C]]]
    """The deadlines that are open, soonest first; at the end those that have no day yet."""
    view: Callable[[S], View]
    headline: Callable[[S], str]
    """One line that says what the case is about, without personal data."""
    anchor: Callable[[S], Anchor] = _unanchored
    """The days by which a transitional rule tells the case from others."""
    redrawn: Callable[[S, Mapping[str, Deadline]], S] = replaced
    """The state with some of its deadlines moved, by key."""
    judged_by: Callable[[C], str | None] = _whoever_keeps_the_file
    """The 団体コード whose rules judge the command; None for those of whoever keeps the file."""
    misplaced: Callable[[C, str], str | None] = _nowhere
    """What is wrong with a command in a file that this 団体コード keeps, by the command alone."""
