"""開いている期限: The open deadlines of a case, each with the event from which on it has been so.

What is open, and until when, only the domain says (`Institution.dues`); here it is kept which event
has brought it about, and `kyodo.deadline` is written where something has changed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import asyncpg

from domain.periods import Deadline
from store.database import Connection

_OF_A_CASE = "select key, number, ledger, reserved_to from kyodo.deadline where case_id = $1"
_FORGET = "delete from kyodo.deadline where case_id = any ($1)"
_KEEP = """
insert into kyodo.deadline (case_id, key, municipality, number, ord, day, ledger, reserved_to)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


class Since(NamedTuple):
    """A deadline as it is, and the number of the event from which on it has been so.

    `reserved_to` is the government whose own act has opened it, where nobody else sees that act.
    """

    number: int
    deadline: Deadline
    reserved_to: str | None = None


Open = Mapping[str, Since]
"""The open deadlines of a case by key."""


class Step(NamedTuple):
    """An event of the command that is followed, and the state after it."""

    number: int
    state: Any
    reserved_to: str | None = None


Read = Callable[[Any], Sequence[Deadline]]
"""The open deadlines of a state."""


def followed(before: Open, steps: Sequence[Step], now: Sequence[Deadline], read: Read) -> Open:
    """The open deadlines after a command whose events were `steps`, which come to `now`."""
    found: dict[str, Since] = {}
    for deadline in now:
        known = before.get(deadline.key)
        if known is None or known.deadline != deadline:
            step = _brought_about(deadline, steps, read)
            reserved = known.reserved_to if known else None
            known = Since(step.number, deadline, reserved or step.reserved_to)
        found[deadline.key] = known
    return before if found == before else found


def _brought_about(deadline: Deadline, steps: Sequence[Step], read: Read) -> Step:
    """The first event of the command after which the deadline was so, and stayed so."""
    found = steps[-1]
    for step in reversed(steps[:-1]):
        if deadline not in read(step.state):
            break
        found = step
    return found


async def kept(connection: Connection, case: str) -> Open:
    """What was written of a case before."""
    rows = await connection.fetch(_OF_A_CASE, case)
    return {row["key"]: _read(row) for row in rows}


def _read(row: asyncpg.Record) -> Since:
    deadline = Deadline.model_validate_json(row["ledger"])
    return Since(row["number"], deadline, row["reserved_to"])


async def keep(connection: Connection, changed: Mapping[str, tuple[str, Open]]) -> None:
    """Write the open deadlines of cases, each with its municipality, in place of those before."""
    await connection.execute(_FORGET, [*changed])
    rows = [row for case, (place, found) in changed.items() for row in _rows(case, place, found)]
    await connection.executemany(_KEEP, rows)


def _rows(case: str, municipality: str, found: Open) -> Iterator[tuple[object, ...]]:
    for place, one in enumerate(sorted(found.values(), key=_soonest), 1):
        due = one.deadline
        ledger = due.model_dump_json()
        yield (
            *(case, due.key, municipality, one.number, place, due.day, ledger),
            one.reserved_to,
        )


def _soonest(one: Since) -> tuple[bool, date, str, str]:
    """As the next deadline of a case is chosen; one that has no day yet comes last."""
    due = one.deadline
    return (due.day is None, due.day or date.max, due.title, due.key)
