"""様式の読取り: A file an official wrote (TOML or JSON), and everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from console.answers import INVALID, end
from console.faults import problem
from console.options import text_of
from domain.allocation.claim import UnreadableFile, parse

M = TypeVar("M", bound=BaseModel)
_EMPTY = "空です。書き入れてください（要らない行や表なら消してください）"


def read_form(file: Path, kind: type[M], undone: str, words: Mapping[str, str] | None = None) -> M:
    """What a file holds, JSON where it is named so; ends the command (2) with every fault.

    `undone` says what is not done for the faults; `words` words some of them for this form.
    """
    try:
        return kind.model_validate(parse(text_of(file), as_json=file.suffix == ".json"))
    except UnreadableFile as fault:
        end(INVALID, f"{file}: {fault}")
    except ValidationError as error:
        details = error.errors(include_url=False)
        found = (one for one in details if _own(one, details))
        faulty((f"{file} {_place(one)}: {_problem(one, words or {})}" for one in found), undone)


def faulty(faults: Iterator[str], undone: str) -> NoReturn:
    """End the command (2) with the faults and their number."""
    found = list(faults)
    end(INVALID, "\n".join([*found, f"誤りが {len(found)} 件あるため、{undone}"]))


def _place(detail: ErrorDetails) -> str:
    """「dispatches 2件目 personnel_cost amount」."""
    steps = (f"{step + 1}件目" if isinstance(step, int) else step for step in detail["loc"])
    return " ".join(steps)


def _problem(detail: ErrorDetails, words: Mapping[str, str]) -> str:
    if detail["input"] == "":
        return _EMPTY
    return words.get(detail["type"]) or problem(detail)


def _own(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether a list is short by itself, and not only for the faults inside it."""
    if detail["type"] != "too_short":
        return True
    place = detail["loc"]
    return not any(one is not detail and one["loc"][: len(place)] == place for one in details)
