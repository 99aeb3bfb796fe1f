"""経過措置の及ぶ先: Which periods and decisions of a case a change of the ordinance reaches.

`governed.toml` says by key which parameter a deadline rests on, and by kind which parameters an act
consults. Everything here compares rules with rules; nothing is decided.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar, cast

from pydantic import BaseModel

from domain.ordinance import Anchor, Ordinance, Rules, StandardPeriod, Value
from domain.periods import Calendar, Deadline, Period, reckon

T = TypeVar("T")


@dataclass(frozen=True)
class Governed:
    """期限の定め: The parameter a deadline rests on.

    `follows` tells how it follows an amendment for running cases: by a recorded act, by itself where
    it is reckoned anew each time, or not at all, as a day that was appointed (聴聞の期日) or stated
    with a designation (有効期間). `extends` tells that the mayor may extend it by 告示: what others
    must do within it, not what the municipality itself must.
    """

    key: str
    parameter: str
    to_municipality: bool
    follows: Literal["適用", "おのずから", "しない"]
    extends: bool = False


@dataclass(frozen=True)
class Shift:
    """期限の動き: A deadline under two ordinances, with the value that makes the difference."""

    parameter: str
    before: Deadline
    after: Deadline
    value: Value[Any]


@dataclass(frozen=True)
class Difference:
    """定めの違い: What two ordinances say of a parameter where an act consults it."""

    parameter: str
    meaning: str
    before: Value[Any] | None
    after: Value[Any] | None


@dataclass(frozen=True)
class _Table:
    deadlines: Mapping[str, Governed]
    acts: Mapping[str, tuple[str, ...]]


@cache
def _table() -> _Table:
    read = tomllib.loads(files("domain").joinpath("governed.toml").read_text("utf-8"))
    governed = [Governed(**one) for one in read["deadline"]]
    acts: dict[str, tuple[str, ...]] = {}
    for one in read["act"]:
        for kind in (one["command"], *one["events"]):
            acts[kind] = tuple(dict.fromkeys((*acts.get(kind, ()), *one["parameters"])))
    return _Table({one.key: one for one in governed}, acts)


def governed(key: str) -> Governed | None:
    """What the deadline `key` rests on; None where an act named its day."""
    return _table().deadlines.get(key.split("-", maxsplit=1)[0])


def extendable() -> tuple[str, ...]:
    """The keys of the deadlines that may be extended by 告示."""
    return tuple(key for key, one in _table().deadlines.items() if one.extends)


def consulted(kind: str) -> tuple[str, ...]:
    """The parameters that are consulted where an act of this kind is decided."""
    return _table().acts.get(kind, ())


# --- 期限 -------------------------------------------------------------------------------------


def shifts(running: Iterable[Deadline], rules: Rules, anchor: Anchor, day: date) -> Iterator[Shift]:
    """How the periods that run on `day` end under `rules`, where they end otherwise."""
    ordinance = rules.ordinance.seen_by(anchor).reaching_back(day)
    for deadline in running:
        rule = governed(deadline.key)
        value = rule and _known(ordinance, rule.parameter, deadline.origin)
        if rule is None or value is None or deadline.period is None:
            continue
        after = redrawn(deadline, value, rules, to_municipality=rule.to_municipality)
        if after is not None and after.day != deadline.day:
            yield Shift(rule.parameter, deadline, after, value)


def redrawn(
    deadline: Deadline, value: Value[Any], rules: Rules, *, to_municipality: bool
) -> Deadline | None:
    """The same deadline reckoned by another value; None where that value is no period."""
    period = _period(value.value)
    if period is None:
        return None
    return reckoned_again(deadline, period, rules.calendar, to_municipality=to_municipality)


def reckoned_again(
    deadline: Deadline, period: Period, calendar: Calendar, *, to_municipality: bool
) -> Deadline:
    """The deadline that `period` gives by `calendar`; no earlier than what it was extended to."""
    again = reckon(
        key=deadline.key,
        title=deadline.title,
        basis=deadline.basis,
        origin=deadline.origin,
        origin_title=deadline.origin_title,
        period=period,
        calendar=calendar,
        to_municipality=to_municipality,
        suspensions=deadline.suspensions,
    )
    extension = deadline.extension
    if extension is None or again.day is None or again.day >= extension.until:
        return again
    return again.extended(extension.model_copy(update={"since": again.day}))


def _period(value: object) -> Period | None:
    match value:
        case StandardPeriod():
            return value.period
        case Period():
            return value
        case _:
            return None


def moved_by(
    running: Iterable[Deadline], rules: Rules, anchor: Anchor, day: date
) -> Iterator[Shift]:
    """The deadlines that an amendment for running cases moves, once that is recorded on `day`.

    A period is not shortened so far that it would have passed already.
    """
    for shift in shifts(running, rules, anchor, day):
        rule = governed(shift.before.key)
        if rule is None or rule.follows != "適用" or shift.value.applies != "進行中の事案にも":
            continue
        if shift.after.day is None or shift.after.day >= day:
            yield shift


def replaced(state: T, moved: Mapping[str, Deadline]) -> T:
    """The same state with its deadlines as `moved` has them, wherever they stand in it."""
    return cast("T", _replaced(state, moved))


def _replaced(one: object, moved: Mapping[str, Deadline]) -> object:
    match one:
        case Deadline():
            return moved.get(one.key, one)
        case BaseModel():
            now = {name: _replaced(value, moved) for name, value in one}
            changed = {
                name: value for name, value in now.items() if value is not getattr(one, name)
            }
            return one.model_copy(update=changed) if changed else one
        case tuple():
            several = cast("tuple[object, ...]", one)
            each = tuple(_replaced(value, moved) for value in several)
            return each if any(a is not b for a, b in zip(each, several, strict=True)) else several
        case dict():
            table = cast("dict[object, object]", one)
            values = {key: _replaced(value, moved) for key, value in table.items()}
            return values if any(values[key] is not table[key] for key in table) else table
        case _ if is_dataclass(one) and not isinstance(one, type):
            now = {field.name: _replaced(getattr(one, field.name), moved) for field in fields(one)}
            changed = {
                name: value for name, value in now.items() if value is not getattr(one, name)
            }
            return replace(one, **changed) if changed else one
        case _:
            return one


# --- 定め -------------------------------------------------------------------------------------


def differences(
    names: Iterable[str], before: Ordinance, after: Ordinance, days: tuple[date, date]
) -> Iterator[Difference]:
    """What `before` on the one day and `after` on the other say otherwise of the parameters."""
    for name in dict.fromkeys(names):
        old, new = (_known(one, name, day) for one, day in zip((before, after), days, strict=True))
        if (old and old.value) != (new and new.value):
            yield Difference(name, getattr(after, name).meaning, old, new)


def first_day(before: Ordinance, after: Ordinance) -> date | None:
    """The first day from which `after` says something that `before` does not."""
    found = [
        value.since
        for name, parameter in after
        if hasattr(parameter, "values")
        for value in parameter.values
        if value not in getattr(before, name).values
    ]
    return min(found, default=None)


def _known(ordinance: Ordinance, name: str, day: date) -> Value[Any] | None:
    values: Sequence[Value[Any]] = getattr(ordinance, name).values
    return next((value for value in reversed(values) if value.covers(day)), None)
