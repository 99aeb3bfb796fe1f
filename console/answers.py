"""終了コードと答え方: How a command of the console ends, and in which form it answers.

0  DONE           done
2  INVALID        the input is at fault: which field, which rule, which line
3  REFUSED        the law refuses it: citation and reason
4  OUT_OF_REACH   a service did not answer: what was tried, what to start
5  ALTERED        the record is not what was recorded
6  DIFFERS        what was compared does not agree: which case, in what
"""

import json
import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import Any, BinaryIO, NoReturn

from pydantic import TypeAdapter
from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

DONE, INVALID, REFUSED, OUT_OF_REACH, ALTERED, DIFFERS = 0, 2, 3, 4, 5, 6

OUT = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
ERR = Console(stderr=True, highlight=False)
LONG = 20
"""Items from which on a progress bar is worth its place."""
_ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)


class Ended(Exception):
    """The command ends here with `code`; the message is for people."""

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(message)
        self.code = code


def end(code: int, message: str) -> NoReturn:
    """End the command with a message on standard error."""
    raise Ended(code, message)


def show(renderable: RenderableType) -> None:
    """Show something to people."""
    OUT.print(renderable)


def stdin() -> BinaryIO:
    """Standard input, as bytes."""
    return sys.stdin.buffer


def write(text: str) -> None:
    """A text as it is on standard output."""
    sys.stdout.write(text)


def json_line(value: object) -> str:
    """One JSON document on one line."""
    dumped = _ANYTHING.dump_python(value, mode="json")
    return json.dumps(dumped, ensure_ascii=False) + "\n"


def machine(value: object) -> None:
    """One JSON document on one line of standard output."""
    write(json_line(value))


def lines(values: Iterable[object]) -> None:
    """JSON Lines on standard output."""
    for value in values:
        machine(value)


@contextmanager
def progress(total: int, words: str) -> Generator[Callable[[], None], None, None]:
    """A bar on standard error for long work; the yielded function moves it by one."""
    columns = (TextColumn(words), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=ERR, transient=True, disable=total < LONG) as bar:
        task = bar.add_task(words, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def counting(words: str) -> Generator[Callable[[int], None], None, None]:
    """A count on standard error for work whose length is not known; told how far it has come."""
    columns = (SpinnerColumn(), TextColumn(words), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done: bar.update(task, completed=done)
