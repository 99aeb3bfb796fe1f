"""The record of all cases as the engine uses it: append, load, look up.

What the engine loads holds the digests of personal texts, not the texts: no decision rests on
them, and they would stay in Temporal's histories.
"""

from collections.abc import AsyncIterator, Sequence

import asyncpg
from pydantic import BaseModel, ConfigDict

from domain.record import Append, Appended, Page, Recorded, municipality_of
from store.appender import Appender, Outcome
from store.database import UNREACHABLE
from store.entry import Entry, prepare
from store.errors import Behind, CommandReused, Conflict, KeyDestroyed, OutOfReach
from store.person_keys import PersonKey, person_keys

PAGE_BYTES = 1_000_000
"""Upper bound of one page's texts: well under what Temporal carries in one payload (2 MiB)."""
_PAGE_ROWS = 500

_EVENTS = """
select number, recorded_at, command_id, hash, body from kyodo.event
where case_id = $1 and number > $2 and number <= $3 and body is not null
order by number
limit $4
"""
_COMMAND = """
select c.first, c.last, c.command_digest, l.hash
from kyodo.event c join kyodo.event l on l.case_id = c.case_id and l.number = c.last
where c.case_id = $1 and c.command_id = $2 and c.number = c.first
"""
_HEADS = """
select case_id, municipality, number, hash, open from kyodo.head
where open and case_id > $1 order by case_id limit $2
"""
_COUNT_OPEN = "select count(*) as open from kyodo.head where open"
_LAST = 2**31 - 1


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Head(_Frozen):
    """The end of a case: the number and hash (hex) of its last event."""

    case: str
    municipality: str
    number: int
    hash: str
    open: bool


class Records:
    """Every case's events over one pool; create it inside the event loop that uses it."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._appender = Appender(pool)

    async def append(self, request: Append) -> Appended:
        """Add a command's events to a case, once for ever under the command's id.

        A command recorded before under the same digest gives the stored events. Raises
        Conflict, Behind, CommandReused, RecordRefused or OutOfReach; after the last of these
        the same request may simply be made again.
        """
        outcome = await self._write(prepare(request))
        if outcome.name == "written":
            return _appended(outcome.number - len(request.events) + 1, outcome)
        if outcome.name == "known":
            return await self._known(request)
        raise _refusal(request, outcome)

    async def load(self, case: str, after: int = 0, max_bytes: int = PAGE_BYTES) -> Page:
        """Events of a case after number `after`, at least one if there is any.

        Events whose bodies were disposed of are left out.
        """
        rows = await self._fetch(f"loading {case}", _EVENTS, case, after, _LAST, _PAGE_ROWS + 1)
        events: list[Recorded] = []
        room = max_bytes
        for row in rows[:_PAGE_ROWS]:
            event = _recorded(row)
            room -= len(event.event.encode())
            if events and room < 0:
                break
            events.append(event)
        return Page(events=events, more=len(events) < len(rows))

    async def find_command(
        self, case: str, command_id: str, digest: str | None = None
    ) -> Appended | None:
        """What a command brought about, with its events, or None if it is not recorded.

        Raises CommandReused where the id was recorded under another digest (hex) than `digest`.
        """
        found = await self._fetch(f"looking up {command_id}", _COMMAND, case, command_id)
        if not found:
            return None
        if digest is not None and found[0]["command_digest"].hex() != digest:
            raise CommandReused(case, command_id)
        first, last = found[0]["first"], found[0]["last"]
        rows = await self._fetch(
            f"loading {case}", _EVENTS, case, first - 1, last, last - first + 1
        )
        head = found[0]["hash"].hex()
        return Appended(first=first, last=last, head=head, stored=[*map(_recorded, rows)])

    async def count_open(self) -> int:
        """How many cases are running."""
        rows = await self._fetch("counting open cases", _COUNT_OPEN)
        return rows[0]["open"]

    async def open_cases(self) -> AsyncIterator[Head]:
        """The heads of all running cases, in the order of their numbers."""
        after, rows = "", [asyncpg.Record]
        while rows:
            rows = await self._fetch("listing open cases", _HEADS, after, _PAGE_ROWS)
            for row in rows:
                yield _head(row)
                after = row["case_id"]

    async def _write(self, entry: Entry, tries: int = 3) -> Outcome:
        if entry.persons:
            entry.seal(await self._keys(municipality_of(entry.request.case), entry.persons))
        try:
            return await self._appender.append(entry)
        except KeyDestroyed:
            if tries == 1:
                raise
            return await self._write(entry, tries - 1)

    async def _keys(self, municipality: str, persons: set[str]) -> dict[str, PersonKey]:
        try:
            return await person_keys(self._pool, municipality, persons)
        except UNREACHABLE as cause:
            raise OutOfReach(f"asking for keys of {municipality}", cause) from cause

    async def _known(self, request: Append) -> Appended:
        found = await self.find_command(request.case, request.command_id)
        if found is None:
            raise Behind(request.case, request.expected, 0)  # it was there a moment ago
        return found

    async def _fetch(self, doing: str, query: str, *arguments: object) -> Sequence[asyncpg.Record]:
        try:
            return await self._pool.fetch(query, *arguments)
        except UNREACHABLE as cause:
            raise OutOfReach(doing, cause) from cause


def _appended(first: int, outcome: Outcome) -> Appended:
    return Appended(first=first, last=outcome.number, head=outcome.hash.hex())


def _refusal(request: Append, outcome: Outcome) -> Exception:
    if outcome.name == "conflict":
        return Conflict(request.case, request.expected, outcome.number)
    if outcome.name == "behind":
        return Behind(request.case, request.expected, outcome.number)
    return CommandReused(request.case, request.command_id)


def _recorded(row: asyncpg.Record) -> Recorded:
    return Recorded(
        number=row["number"],
        recorded_at=row["recorded_at"],
        command_id=row["command_id"],
        hash=row["hash"].hex(),
        event=row["body"],
    )


def _head(row: asyncpg.Record) -> Head:
    return Head(
        case=row["case_id"],
        municipality=row["municipality"],
        number=row["number"],
        hash=row["hash"].hex(),
        open=row["open"],
    )
