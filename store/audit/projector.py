"""索引係: Makes from the record what auditors ask of: the index of acts, and how cases stood.

It follows the log, some thousands of events at a time, each batch in one transaction with the
position it has come to, so it can end at any moment and go on. `kyodo.act` has a row for each event;
`kyodo.standing` one for each command after which a case stood otherwise than before;
`kyodo.deadline` one for each deadline that is open now. All can be thrown away and made again
(`rebuild`), and are the same then.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import asyncpg
import structlog
from pydantic import ValidationError

from domain.decider import UnreadableFact
from domain.institution import Institution
from domain.periods import Deadline
from domain.registry import institution_for
from store.audit.deadlines import Open, Since, Step, followed, keep, kept
from store.audit.narrative import grams, written
from store.audit.telling import UNREADABLE, RulesOf, Telling, open_deadlines, tell_with
from store.canonical import Json, parse
from store.database import UNREACHABLE, Connection

_LOCK, _STEP = 0x6B796F_0002, 0x6B796F_0003
"""One projector at a time follows the log (the first); nobody else writes the indexes (the second)."""
MOST_CASES = 100_000
"""Cases whose state is kept in memory (some 8 kB each); the others are folded anew when an event of
theirs comes, which over a whole log would take many times as long as following it."""
_NEXT = """
select l.position, e.case_id, e.number, e.last, e.municipality, e.kind, e.on_day, e.recorded_at,
       e.person, e.law, e.article, e.paragraph, e.item, e.reserved_to, e.body
from kyodo.log l join kyodo.event e on e.seq = l.seq
where l.position > $1 order by l.position limit $2
"""
_EARLIER = """
select number, last, on_day, recorded_at, reserved_to, body from kyodo.event
where case_id = $1 and number < $2 order by number
"""
_ROW_BY_ROW = """
set local enable_hashjoin = off; set local enable_mergejoin = off;
set local max_parallel_workers_per_gather = 0
"""
"""Few events are followed at a time; a plan made for any number of them would read the whole record."""
_AT = "select position from kyodo.projected"
_MOVE = "update kyodo.projected set position = $1"
_MINE = "select pg_try_advisory_xact_lock($1)"
_TABLES = ("kyodo.act", "kyodo.standing", "kyodo.deadline")
_SUMS = """
select case_id, sum(hashtextextended(t::text, 0)::numeric)::text as sum from {} t group by case_id
"""
_REST = 2.0
"""A projector that has fallen behind rests so many times as long as it worked: who appends goes first."""
_AT_ONCE = 100
"""Events worked on before others in the same process have their turn."""
_logger = structlog.get_logger()


def _insert(table: str, columns: Sequence[str]) -> str:
    places = ", ".join(f"${number}" for number, _ in enumerate(columns, 1))
    return f"insert into kyodo.{table} ({', '.join(columns)}) values ({places})"  # noqa: S608


class ActRow(NamedTuple):
    """A row of `kyodo.act`."""

    position: int
    municipality: str
    case_id: str
    number: int
    kind: str
    on_day: date
    recorded_at: datetime
    person: str
    drafter: str | None
    document: str | None
    law: str
    article: str
    paragraph: int | None
    item: str | None
    planned_article: str | None
    planned_paragraph: int | None
    grams: list[int] | None
    reserved_to: str | None


_OF_THE_EVENT = ("case_id", "number", "municipality", "on_day", "recorded_at", "reserved_to")
STANDING = (*_OF_THE_EVENT, "in_order", "latest", "late_from", "late_until")
"""The columns of `kyodo.standing` besides those of `Telling`."""
Row = tuple[object, ...]
Days = tuple[date, date]
"""From the first day until before the second."""


@dataclass
class _Case:
    """A case as far as it has been followed."""

    institution: Institution[Any, Any, Any]
    state: Any
    latest: date = date.min
    in_order: bool = True
    readable: bool = True
    told: tuple[bool, Telling] | None = None
    """What its last row said, so that a row is written only where something has changed."""
    late: Days | None = None
    """The days on which an act counts that was entered, since the last row, after one of a later day."""
    deadlines: Open = field(default_factory=dict[str, Since])
    """Those that were open after the last command."""
    steps: list[Step] = field(default_factory=list[Step])
    """The events followed since the last command ended."""


class Projector:
    """Follows the log over one pool of projector's connections."""

    def __init__(
        self, pool: asyncpg.Pool, rules: RulesOf, *, batch: int = 2_000, pause: float = 0.2
    ) -> None:
        self._pool, self._rules = pool, rules
        self._batch, self._pause = batch, pause

    async def run(self) -> None:
        """Work until cancelled, taking over when another projector ends."""
        while True:
            try:
                async with self._pool.acquire() as connection:
                    if await connection.fetchval("select pg_try_advisory_lock($1)", _LOCK):
                        await self._follow(connection)
            except UNREACHABLE as cause:
                _logger.warning("projector lost the database", error=str(cause))
            await asyncio.sleep(max(self._pause, 1.0))

    async def catch_up(self, progress: Callable[[int], None] = lambda _: None) -> int:
        """Follow the log to its end; the number of events followed."""
        async with self._pool.acquire() as connection, _locked(connection):
            projecting, total = Projecting(connection, self._rules, self._batch), 0
            while done := await projecting.step():
                total += done
                progress(total)
        return total

    async def rebuild(self, progress: Callable[[int], None] = lambda _: None) -> list[str]:
        """Throw all tables away, make them anew, and give the cases that are not as before."""
        async with self._pool.acquire() as connection, _locked(connection):
            before = await _sums(connection)
            upto = await connection.fetchval(_AT)
            async with connection.transaction():
                await connection.execute(f"truncate {', '.join(_TABLES)}")
                await connection.execute(_MOVE, 0)
            projecting, total = Projecting(connection, self._rules, self._batch), 0
            while total < upto and (done := await projecting.step(upto)):
                total += done
                progress(total)
            after = await _sums(connection)
        return sorted(
            case for case in before.keys() | after.keys() if before.get(case) != after.get(case)
        )

    async def _follow(self, connection: Connection) -> None:
        try:
            projecting = Projecting(connection, self._rules, self._batch)
            while True:
                began = time.monotonic()
                done = await projecting.step()
                behind = done == self._batch
                await asyncio.sleep(_REST * (time.monotonic() - began) if behind else self._pause)
        finally:
            if not connection.is_closed():
                await connection.execute("select pg_advisory_unlock($1)", _LOCK)


class _locked:  # noqa: N801 — reads as a word at its use
    """Alone for as long as the block runs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def __aenter__(self) -> None:
        await self._connection.execute("select pg_advisory_lock($1)", _STEP)

    async def __aexit__(self, *_: object) -> None:
        if not self._connection.is_closed():
            await self._connection.execute("select pg_advisory_unlock($1)", _STEP)


async def _sums(connection: Connection) -> dict[str, dict[str, str]]:
    """By case, what its rows add up to in each table."""
    found: dict[str, dict[str, str]] = {}
    for table in _TABLES:
        for row in await connection.fetch(_SUMS.format(table)):
            found.setdefault(row["case_id"], {})[table] = row["sum"]
    return found


class Projecting:
    """Follows the log step by step; a step does nothing while somebody rebuilds the indexes."""

    def __init__(self, connection: Connection, rules: RulesOf, batch: int = 2_000) -> None:
        self._connection, self._rules, self._batch = connection, rules, batch
        self._cases: OrderedDict[str, _Case | None] = OrderedDict()
        self._changed: dict[str, tuple[str, Open]] = {}
        """The municipality and deadlines of cases in which they have changed in this step."""
        self._at = -1

    async def step(self, upto: int | None = None) -> int:
        """One transaction: follow the next events, no further than `upto`; how many there were."""
        try:
            async with self._connection.transaction():
                if not await self._connection.fetchval(_MINE, _STEP):
                    return 0
                await self._connection.execute(_ROW_BY_ROW)
                position = await self._connection.fetchval(_AT)
                if position != self._at:
                    self._cases.clear()  # somebody else has moved on since
                most = self._batch if upto is None else min(self._batch, upto - position)
                rows = await self._connection.fetch(_NEXT, position, most)
                if rows:
                    await self._project(rows)
                    position = rows[-1]["position"]
                    await self._connection.execute(_MOVE, position)
        except BaseException:
            self._cases.clear()  # they may be ahead of what was committed
            raise
        self._at = position
        return len(rows)

    async def _project(self, rows: Sequence[asyncpg.Record]) -> None:
        acts: list[ActRow] = []
        standings: list[Row] = []
        self._changed.clear()
        for at, row in enumerate(rows):
            acts.append(_act(row))
            if standing := await self._standing(row):
                standings.append(standing)
            if at % _AT_ONCE == 0:
                await asyncio.sleep(0)
        await self._connection.executemany(_insert("act", ActRow._fields), acts)
        columns = (*STANDING, *Telling._fields)
        await self._connection.executemany(_insert("standing", columns), standings)
        if self._changed:
            await keep(self._connection, self._changed)

    async def _standing(self, row: asyncpg.Record) -> Row | None:
        case = await self._case(row)
        if case is None:
            return None
        self._follow(case, row)
        return self._row(case, row) if row["number"] == row["last"] else None

    async def _case(self, row: asyncpg.Record) -> _Case | None:
        """The case of an event, as it stood before it; None for an institution not carried here."""
        name = row["case_id"]
        if name not in self._cases:
            self._cases[name] = await self._opened(row)
            if len(self._cases) > MOST_CASES:
                self._cases.popitem(last=False)
        self._cases.move_to_end(name)
        return self._cases[name]

    async def _opened(self, row: asyncpg.Record) -> _Case | None:
        try:
            institution = institution_for(row["case_id"])
        except LookupError:
            return None
        case = _Case(institution, institution.decider.initial)
        if row["number"] > 1:
            earlier = await self._connection.fetch(_EARLIER, row["case_id"], row["number"])
            self._reopen(case, earlier, row["municipality"])
            changed = self._changed.get(row["case_id"])  # not written yet
            case.deadlines = changed[1] if changed else await kept(self._connection, row["case_id"])
        return case

    def _reopen(self, case: _Case, earlier: Sequence[asyncpg.Record], municipality: str) -> None:
        """Follow what was followed before; the last row was written after the last whole command."""
        whole = [one["number"] for one in earlier if one["number"] == one["last"] and one["body"]]
        for one in earlier:
            self._follow(case, one)
            if one["number"] == one["last"]:
                case.steps.clear()
            if whole and one["number"] == whole[-1]:
                told = self._tell(case, self._deadlines(case, case.state, municipality))
                case.told, case.late = told, None

    def _follow(self, case: _Case, row: asyncpg.Record) -> None:
        on, body = row["on_day"], row["body"]
        if on < case.latest:
            case.in_order = False
            since, until = case.late or (on, case.latest)
            case.late = (min(since, on), max(until, case.latest))
        case.latest = max(case.latest, on)
        if body is None or not case.readable:
            return
        try:
            event = case.institution.event.validate_json(body)
            case.state = case.institution.decider.evolve(case.state, event)
            case.steps.append(Step(row["number"], case.state, row["reserved_to"]))
        except (ValidationError, UnreadableFact) as cause:
            case.readable = False
            _logger.warning("a case cannot be read", cause=type(cause).__name__)

    def _row(self, case: _Case, row: asyncpg.Record) -> Row | None:
        late, case.late = case.late, None
        steps, case.steps = case.steps, []
        if row["body"] is None:  # what was disposed of leaves no trace but its place
            return None
        deadlines = self._deadlines(case, case.state, row["municipality"])
        self._note_deadlines(case, row, steps, deadlines)
        told = self._tell(case, deadlines)
        if told == case.told and late is None:
            return None
        case.told = told
        in_order, telling = told
        since, until = late or (None, None)
        event = (row[name] for name in _OF_THE_EVENT)
        return (*event, in_order, case.latest, since, until, *telling)

    def _note_deadlines(
        self, case: _Case, row: asyncpg.Record, steps: Sequence[Step], now: Sequence[Deadline]
    ) -> None:
        municipality = row["municipality"]
        before = case.deadlines
        case.deadlines = followed(
            before, steps, now, lambda state: self._deadlines(case, state, municipality)
        )
        if case.deadlines is not before:
            self._changed[row["case_id"]] = (municipality, case.deadlines)

    def _deadlines(self, case: _Case, state: object, municipality: str) -> Sequence[Deadline]:
        if not case.readable:
            return ()
        return open_deadlines(case.institution, state, self._rules, municipality)

    def _tell(self, case: _Case, deadlines: Sequence[Deadline]) -> tuple[bool, Telling]:
        if not case.readable:
            return case.in_order, UNREADABLE
        return case.in_order, tell_with(case.institution, case.state, deadlines)


def _act(row: asyncpg.Record) -> ActRow:
    body = parse(row["body"]) if row["body"] is not None else None
    return ActRow(
        *(row["position"], row["municipality"], row["case_id"], row["number"], row["kind"]),
        *(row["on_day"], row["recorded_at"], row["person"], _drafter(body), _document(body)),
        *(row["law"], row["article"], row["paragraph"], row["item"], *_plan(body)),
        grams(written(body)) if body is not None else None,
        row["reserved_to"],
    )


def _drafter(body: Json) -> str | None:
    drafter = body.get("drafted_by") if isinstance(body, dict) else None
    return str(drafter["person"]) if isinstance(drafter, dict) else None


def _plan(body: Json) -> tuple[str | None, int | None]:
    """The provision of the disposition that a procedure leads to."""
    plan = body.get("provision") if isinstance(body, dict) else None
    if not isinstance(plan, dict):
        return None, None
    paragraph = plan["paragraph"]
    return str(plan["article"]), paragraph if isinstance(paragraph, int) else None


def _document(body: Json) -> str | None:
    found = body.get("document") if isinstance(body, dict) else None
    return found if isinstance(found, str) else None
