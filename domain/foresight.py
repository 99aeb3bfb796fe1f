"""改正の先読み: What another ordinance would mean to a case, told from its history alone.

Nothing is decided and nothing recorded: the facts stand as they are, and what the rules determine
of them, deadlines and the values that were or will be consulted, is compared under both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, cast

from pydantic import BaseModel

from domain.acts import Command as AnyCommand
from domain.acts import Event, concrete, tag
from domain.institution import Institution
from domain.ordinance import Anchor, Rules
from domain.periods import Deadline
from domain.transition import (
    Difference,
    Shift,
    consulted,
    differences,
    moved_by,
    shifts,
)


@dataclass(frozen=True)
class Gate:
    """関門: A decision that may come next, and what it will be judged by otherwise than before."""

    command: str
    title: str
    difference: Difference


@dataclass(frozen=True)
class Foreseen:
    """事案への影響: What changes for one running case from `day`.

    `shifts` are the running periods that the new ordinance reckons otherwise, `moving` those of them
    that 規律の改定の適用 would move.
    """

    day: date
    shifts: tuple[Shift, ...]
    moving: tuple[Shift, ...]
    gates: tuple[Gate, ...]

    @property
    def touched(self) -> bool:
        """Whether anything changes at all."""
        return bool(self.shifts or self.gates)


@dataclass(frozen=True)
class Parting:
    """分かれ目: The first fact of a history that other rules would have determined otherwise."""

    number: int
    event: Event
    differences: tuple[Difference, ...]
    shifts: tuple[Shift, ...]


def foresee(
    institution: Institution[Any, Any, Any], state: object, old: Rules, new: Rules, day: date
) -> Foreseen:
    """What `new` in place of `old` changes for a case from `day` on."""
    anchor = institution.anchor(state)
    running = [due.deadline for due in institution.dues(state, old)]
    before = [shift.after for shift in shifts(running, old, anchor, day)]
    changed = [shift for shift in shifts(running, new, anchor, day) if shift.after not in before]
    return Foreseen(
        day=day,
        shifts=tuple(changed),
        moving=tuple(
            shift for shift in moved_by(running, new, anchor, day) if shift.after not in before
        ),
        gates=tuple(_gates(institution, state, old, new, day)),
    )


def _gates(
    institution: Institution[Any, Any, Any], state: object, old: Rules, new: Rules, day: date
) -> Iterator[Gate]:
    anchor = institution.anchor(state)
    seen = [rules.ordinance.seen_by(anchor) for rules in (old, new)]
    possible = institution.view(state).possible
    for command in concrete(AnyCommand):
        if command.title not in possible:
            continue
        names = consulted(tag(command))
        for found in differences(names, seen[0], seen[1], (day, day)):
            yield Gate(tag(command), command.title, found)


def first_parting(
    institution: Institution[Any, Any, Any],
    history: Sequence[Event],
    old: Rules,
    new: Rules,
    on: date | None = None,
) -> Parting | None:
    """The first fact that `new` would have determined otherwise than `old`, None where there is none.

    With `on`, `new` is asked for what is in force on that day, whatever the day of the fact.
    """
    state = institution.decider.initial
    for number, event in enumerate(history, 1):
        state = institution.decider.evolve(state, event)
        anchor = institution.anchor(state)
        told = tuple(_told(event, anchor, old, new, on))
        moved = tuple(_moved(event, anchor, old, new, on))
        if told or moved:
            return Parting(number, event, told, moved)
    return None


def _told(
    event: Event, anchor: Anchor, old: Rules, new: Rules, on: date | None
) -> Iterator[Difference]:
    names = [*consulted(event.tag), *(["delegations"] if event.by.acting else [])]
    theirs = new.ordinance if on else new.ordinance.seen_by(anchor)
    yield from differences(names, old.ordinance.seen_by(anchor), theirs, (event.on, on or event.on))


def _moved(
    event: Event, anchor: Anchor, old: Rules, new: Rules, on: date | None
) -> Iterator[Shift]:
    """The deadlines stated in a fact that end otherwise; those of the calendar's notes are repeats."""
    if event.by.role == "calendar":
        return
    stated = list(deadlines_in(event))
    known = {shift.after.key: shift.after for shift in shifts(stated, old, anchor, event.on)}
    for shift in shifts(stated, _as_of(new, on), Anchor() if on else anchor, event.on):
        if known.get(shift.after.key) != shift.after:
            yield shift


def _as_of(rules: Rules, on: date | None) -> Rules:
    """The rules as they stand on a day, as if they had never been otherwise."""
    if on is None:
        return rules
    ordinance = rules.ordinance.standing_on(on)
    return rules.model_copy(update={"ordinance": ordinance})


def deadlines_in(one: object) -> Iterator[Deadline]:
    """Every deadline that stands in a value, wherever."""
    match one:
        case Deadline():
            yield one
        case BaseModel():
            for _, value in one:
                yield from deadlines_in(value)
        case tuple():
            for value in cast("tuple[object, ...]", one):
                yield from deadlines_in(value)
        case _ if is_dataclass(one) and not isinstance(one, type):
            for field in fields(one):
                yield from deadlines_in(getattr(one, field.name))
        case _:
            return
