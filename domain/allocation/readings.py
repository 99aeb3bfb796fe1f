"""読み方: What the ordinance's words leave open, as options with a named default.

`readings.toml` says of every question why it is open and what each answer rests on; the rule
set of a fiscal year says which answer holds by default.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from domain.text import Line


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Readings(_Frozen):
    """読み方の組: One answer to every open question; the questions are in `readings.toml`."""

    order: Literal["deduct-then-cap", "cap-then-deduct"]
    cap_on: Literal["cost", "grant"]
    received_base: Literal["personnel-cost", "burden-charge"]
    first_year: Literal["fiscal-year-of-start", "twelve-months"]
    history: Literal["every-dispatch", "same-kind"]
    city_class: Literal["any-day", "first-day"]
    expertise_clause: Literal["required", "not-required"]
    received_staff: Literal["judged", "not-judged"]


class Choice(_Frozen):
    """答え: What it is called, and what it rests on."""

    title: Line
    why: Line


class Question(_Frozen):
    """問い: What is open, why, and the answers by their id."""

    title: Line
    why: Line
    choices: dict[str, Choice]


class Together(_Frozen):
    """組み合わせた読み方: Several answers that belong together, like those of the outline."""

    title: Line
    readings: dict[str, str]


class UnknownReading(ValueError):
    """There is no such question, or no such answer to it; the text says which there are."""


@cache
def questions() -> dict[str, Question]:
    """Every open question, by its key in `Readings`."""
    return {key: Question.model_validate(table) for key, table in _book().items()}


@cache
def combinations() -> tuple[Together, ...]:
    """The answers that are also tried together."""
    return tuple(Together.model_validate(one) for one in _together().values())


def answer(readings: Readings, key: str) -> str:
    """The id of the answer to one question."""
    return f"{getattr(readings, key)}"


def with_readings(readings: Readings, **changed: str) -> Readings:
    """The same answers but some; raises `UnknownReading`."""
    for key, choice in changed.items():
        _must_be_known(key, choice)
    return Readings.model_validate({**readings.model_dump(), **changed})


def others(readings: Readings) -> Iterator[tuple[str, str, Readings]]:
    """Every single answer that is not chosen: its question, its id, and the answers with it."""
    for key, question in questions().items():
        for choice in question.choices:
            if choice != answer(readings, key):
                yield key, choice, with_readings(readings, **{key: choice})


def _must_be_known(key: str, choice: str) -> None:
    if key not in questions():
        known = "、".join(questions())
        raise UnknownReading(f"「{key}」という問いはありません。次のどれかです: {known}")
    if choice not in questions()[key].choices:
        title = questions()[key].title
        known = "、".join(f"{id}（{one.title}）" for id, one in questions()[key].choices.items())
        raise UnknownReading(f"{key}（{title}）に「{choice}」はありません。次のどれかです: {known}")


@cache
def _text() -> dict[str, dict[str, object]]:
    return tomllib.loads((files("domain") / "allocation" / "readings.toml").read_text("utf-8"))


def _book() -> dict[str, dict[str, object]]:
    return {key: table for key, table in _text().items() if key != "together"}


def _together() -> dict[str, object]:
    return _text()["together"]
