"""監査の問い: The usual questions, each a query that an auditor can read and run.

A question is a file of SQL in `questions/`. Its first three lines are its title, what it shows, and
under which provision it is asked; its parameters are $1 a 団体コード or null, $2 and $3 the legal days
from and to, and $4 the day on which it is asked. It is run as an auditor, so row-level security
bounds what it finds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import asyncpg

from store.audit.desk import Desk, Viewer

EARLIEST, LATEST = date(1, 1, 1), date(9999, 12, 31)
_HEAD = 3


@dataclass(frozen=True)
class Question:
    """One question: its name for the command line, its words, and its query."""

    name: str
    title: str
    shows: str
    basis: str
    query: str


@dataclass(frozen=True)
class Answer:
    """What was found: the headings, and the rows under them."""

    question: Question
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@cache
def questions() -> tuple[Question, ...]:
    """All of them, by name."""
    folder = files("store.audit") / "questions"
    found = [each for each in folder.iterdir() if each.name.endswith(".sql")]
    return tuple(
        _read(each.name.removesuffix(".sql"), each.read_text("utf-8"))
        for each in sorted(found, key=lambda each: each.name)
    )


def _read(name: str, text: str) -> Question:
    head = [line.removeprefix("-- ") for line in text.splitlines()[:_HEAD]]
    return Question(name, *head, query=text)


def question(name: str) -> Question:
    """The question of that name; LookupError (Japanese) where there is none."""
    for one in questions():
        if one.name == name.replace("-", "_"):
            return one
    known = "、".join(one.name for one in questions())
    raise LookupError(f"「{name}」という問いはありません（{known}）")


async def ask(
    desk: Desk,
    viewer: Viewer,
    one: Question,
    today: date,
    *,
    municipality: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Answer:
    """What is found between two legal days, in one municipality or in all the viewer may see."""
    detail = {"since": since, "until": until}
    async with desk.look(
        viewer, f"監査の問い「{one.title}」", municipality=municipality, detail=detail
    ) as connection:
        statement = await connection.prepare(one.query)
        columns = tuple(attribute.name for attribute in statement.get_attributes())
        rows = await statement.fetch(municipality, since or EARLIEST, until or LATEST, today)
    await desk.saw(viewer, one.title, _cases(columns, rows))
    return Answer(one, columns, tuple(tuple(row) for row in rows))


def _cases(columns: Sequence[str], rows: Sequence[asyncpg.Record]) -> list[str]:
    at = columns.index("事案")
    return [str(row[at]) for row in rows]
