"""The record of all cases: append, load, look up."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime

import asyncpg
from pydantic import BaseModel, ConfigDict

from domain.law import Citation
from domain.record import Append, Appended, Page, Recorded
from store.appender import Appender, Outcome
from store.database import UNREACHABLE
from store.entry import prepare
from store.errors import Behind, CommandReused, Conflict, OutOfReach
from store.personal import put_back

PAGE_BYTES = 1_000_000
"""Upper bound of one page's texts: well under what Temporal carries in one payload (2 MiB)."""
_PAGE_ROWS = 500

_EVENTS = """
select e.number, e.recorded_at, e.command_id, e.hash, e.body, e.municipality, e.on_day, e.kind,
       e.person, e.office, e.acting_for, e.law, e.article, e.paragraph, e.item, e.ordinance,
       (select array_agg(encode(p.sealed, 'hex')) from kyodo.personal p
        where p.case_id = e.case_id and p.number = e.number) as sealed,
       (select array_agg(p.text) from kyodo.personal p
        where p.case_id = e.case_id and p.number = e.number) as texts
from kyodo.event e
where e.case_id = $1 and e.number > $2 and e.number <= $3
order by e.number
limit $4
"""
_COMMAND = """
select first, last, command_digest from kyodo.event where case_id = $1 and command_id = $2 and number = first
"""
_HEADS = """
select case_id, municipality, number, hash, open from kyodo.head
where open and case_id > $1 order by case_id limit $2
"""
_CASES = """
select h.case_id, h.municipality, h.number, h.open, e.kind, e.on_day, e.recorded_at
from kyodo.head h join kyodo.event e on e.case_id = h.case_id and e.number = h.number
where h.case_id > $1
  and ($2::text is null or h.municipality = $2)
  and ($3::boolean is null or h.open = $3)
order by h.case_id limit $4
"""
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


class CaseLine(_Frozen):
    """A case in a list: how many events it has and what the last one was."""

    case: str
    municipality: str
    number: int
    open: bool
    last_kind: str
    last_on: date
    last_recorded_at: datetime


class HistoryLine(_Frozen):
    """An event with what an auditor asks of it: who, when, under which provision.

    `acting_for` is the office on whose behalf the person decided (専決・代決).
    """

    recorded: Recorded
    kind: str
    on: date
    person: str
    office: str
    acting_for: str | None
    basis: Citation
    ordinance: str


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
        outcome = await self._appender.append(prepare(request))
        if outcome.name == "written":
            return _appended(outcome.number - len(request.events) + 1, outcome)
        if outcome.name == "known":
            return await self._known(request)
        raise _refusal(request, outcome)

    async def load(self, case: str, after: int = 0, max_bytes: int = PAGE_BYTES) -> Page:
        """Events of a case after number `after`, at least one if there is any."""
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
        stored = [_recorded(row) for row in rows]
        return Appended(first=first, last=last, head=stored[-1].hash, stored=stored)

    async def open_cases(self) -> AsyncIterator[Head]:
        """The heads of all running cases, in the order of their numbers."""
        after, rows = "", [asyncpg.Record]
        while rows:
            rows = await self._fetch("listing open cases", _HEADS, after, _PAGE_ROWS)
            for row in rows:
                yield _head(row)
                after = row["case_id"]

    async def cases(
        self,
        municipality: str | None = None,
        *,
        open: bool | None = None,
        after: str = "",
        limit: int = 100,
    ) -> list[CaseLine]:
        """Cases by number, after case `after`; of one municipality, open or closed, if asked."""
        rows = await self._fetch("listing cases", _CASES, after, municipality, open, limit)
        return [_case_line(row) for row in rows]

    async def history(self, case: str) -> list[HistoryLine]:
        """All events of a case with who, when and under which provision."""
        rows = await self._fetch(f"loading {case}", _EVENTS, case, 0, _LAST, _LAST)
        return [_history_line(row) for row in rows]

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
    texts: dict[str, str] = dict(zip(row["sealed"] or [], row["texts"] or [], strict=True))
    return Recorded(
        number=row["number"],
        recorded_at=row["recorded_at"],
        command_id=row["command_id"],
        hash=row["hash"].hex(),
        event=put_back(row["body"], texts),
    )


def _head(row: asyncpg.Record) -> Head:
    return Head(
        case=row["case_id"],
        municipality=row["municipality"],
        number=row["number"],
        hash=row["hash"].hex(),
        open=row["open"],
    )


def _case_line(row: asyncpg.Record) -> CaseLine:
    return CaseLine(
        case=row["case_id"],
        municipality=row["municipality"],
        number=row["number"],
        open=row["open"],
        last_kind=row["kind"],
        last_on=row["on_day"],
        last_recorded_at=row["recorded_at"],
    )


def _history_line(row: asyncpg.Record) -> HistoryLine:
    basis = {name: row[name] for name in ("law", "article", "paragraph", "item")}
    return HistoryLine(
        recorded=_recorded(row),
        kind=row["kind"],
        on=row["on_day"],
        person=row["person"],
        office=row["office"],
        acting_for=row["acting_for"],
        basis=Citation(**basis),
        ordinance=row["ordinance"],
    )
