"""The combining appender: Many callers' appends travel as one statement on one connection.

While one batch is being committed, the requests that arrive wait and form the next one, so
that a commit to disk is shared by all who wait for it. A batch holds at most one request a
case. Where a batch is refused as a whole its requests are sent one by one, so that a bad
request fails alone.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias, cast

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from store.database import UNREACHABLE
from store.entry import Entry
from store.errors import OutOfReach, RecordRefused

APPEND = "select * from kyodo.append($1,$2,$3,$4,$5,$6,$7,$8,$9)"
APPEND_PERSONAL = "select * from kyodo.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)"
OVERTAKEN = (asyncpg.UniqueViolationError, asyncpg.TransactionRollbackError)
"""Another worker recorded the same command while we waited for its case: ask again."""
SMALLEST_BATCH, LARGEST_BATCH = 16, 128
LANES = 2
LINGER = 0.05
"""Seconds a lane keeps its connection with nothing to do."""


@dataclass(slots=True)
class Outcome:
    """What became of one request: the last event written, or why none was.

    `name` is written, known, reused, conflict or behind; `number` and `hash` belong to the last
    event written or known, or `number` is the head of the case and `hash` is empty.
    """

    name: str
    number: int
    hash: bytes


Waiting: TypeAlias = "tuple[Entry, asyncio.Future[Outcome]]"


class Appender:
    """Combines the appends of one event loop over one pool.

    `lanes` batches may be under way at once, each on a connection of its own, so that the next
    one is written down while the database works; a case is never in two of them.
    """

    def __init__(
        self, pool: asyncpg.Pool, largest: int = LARGEST_BATCH, lanes: int = LANES
    ) -> None:
        self._pool, self._largest, self._lanes = pool, largest, lanes
        self._waiting: deque[Waiting] = deque()
        self._running: set[asyncio.Task[None]] = set()
        self._idle: list[asyncio.Future[bool]] = []
        self._busy: set[str] = set()

    async def append(self, entry: Entry) -> Outcome:
        """Write one request together with others; a cancelled caller disturbs no other."""
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, future))
        if self._idle:
            self._idle.pop().set_result(True)
        elif len(self._running) < self._lanes:
            self._running.add(asyncio.create_task(self._run_lane()))
        return await future

    async def _run_lane(self) -> None:
        """Send batch after batch, keeping the connection until no work has come for a while."""
        connection: PoolConnectionProxy | None = None
        try:
            while batch := self._next_batch() or await self._linger():
                connection = await self._send(batch, connection)
        finally:  # at once, so that the next request finds the lane free
            self._running.discard(cast("asyncio.Task[None]", asyncio.current_task()))
            if connection is not None:
                await self._pool.release(connection)

    async def _linger(self) -> list[Waiting]:
        """The next batch, if a request comes soon; none otherwise."""
        loop = asyncio.get_running_loop()
        while True:
            call: asyncio.Future[bool] = loop.create_future()
            self._idle.append(call)
            timer = loop.call_later(LINGER, self._give_up, call)
            came = await call
            timer.cancel()
            batch = self._next_batch()
            if batch or not came:
                return batch

    def _give_up(self, call: asyncio.Future[bool]) -> None:
        if not call.done():
            self._idle.remove(call)
            call.set_result(False)

    def _next_batch(self) -> list[Waiting]:
        """A lane's share of those that wait longest, one per case; the others stay in line."""
        batch: list[Waiting] = []
        later: list[Waiting] = []
        cases = set(self._busy)
        share = max(SMALLEST_BATCH, -(-len(self._waiting) // self._lanes))
        while self._waiting and len(batch) < min(share, self._largest):
            waiting = self._waiting.popleft()
            case = waiting[0].request.case
            if waiting[1].done():
                continue
            if case in cases:
                later.append(waiting)
            else:
                cases.add(case)
                batch.append(waiting)
        self._waiting.extendleft(reversed(later))
        return batch

    async def _send(
        self, batch: list[Waiting], connection: PoolConnectionProxy | None
    ) -> PoolConnectionProxy | None:
        """Send a batch and tell its callers; returns the connection if it can be used again."""
        cases = {entry.request.case for entry, _ in batch}
        self._busy |= cases
        try:
            connection = connection or await self._pool.acquire()
            await self._settle(batch, connection)
        except Exception as cause:  # noqa: BLE001 — every caller must hear of it, whatever it is
            _tell_all(batch, cause)
        finally:
            self._busy -= cases
        if connection is None or not connection.is_closed():
            return connection
        await self._pool.release(connection)
        return None

    async def _settle(self, batch: list[Waiting], connection: PoolConnectionProxy) -> None:
        try:
            outcomes = await write([entry for entry, _ in batch], connection)
        except RecordRefused as refused:
            if len(batch) == 1:
                _tell_all(batch, refused)
            else:  # one of them is to blame: each alone
                for waiting in batch:
                    await self._settle([waiting], connection)
            return
        for entry, future in batch:
            if not future.done():
                future.set_result(outcomes[entry.request.case])


def _tell_all(batch: list[Waiting], cause: Exception) -> None:
    told = OutOfReach(f"appending to {len(batch)} cases", cause)
    for _, future in batch:
        if not future.done():
            future.set_exception(told if isinstance(cause, UNREACHABLE) else cause)


async def write(
    entries: Sequence[Entry], connection: PoolConnectionProxy, tries: int = 3
) -> dict[str, Outcome]:
    """Write requests of different cases in one transaction; outcomes by case."""
    query, columns = _statement(entries)
    try:
        found = await connection.fetch(query, *columns)
    except OVERTAKEN as cause:
        if tries == 1:
            raise RecordRefused(entries[0].request.case, explain(cause)) from cause
        return await write(entries, connection, tries - 1)
    except UNREACHABLE:
        raise
    except asyncpg.PostgresError as cause:
        raise RecordRefused(entries[0].request.case, explain(cause)) from cause
    return {row[0]: Outcome(row[1], row[2], row[3] or b"") for row in found}


def _statement(entries: Sequence[Entry]) -> tuple[str, list[Sequence[object]]]:
    """The call for these requests, and the parallel arrays it takes."""
    rows = chain.from_iterable(entry.rows for entry in entries)
    personal = list(chain.from_iterable(entry.personal for entry in entries))
    columns: list[Sequence[object]] = [*zip(*rows, strict=True)]
    if not personal:
        return APPEND, columns
    return APPEND_PERSONAL, [*columns, *zip(*personal, strict=True)]


def explain(cause: asyncpg.PostgresError) -> str:
    """Why the database refused, in Japanese, with its own words behind."""
    constraint = cast("str | None", getattr(cause, "constraint_name", None))
    rule = _RULES.get(constraint or "", "記録の形式に合いません")
    return f"{rule}（{cause.args[0]}）"  # without its detail, which quotes the row


_RULES = {
    "adverse_act_is_complete": "不利益な処分に理由・根拠条項・教示・期限のいずれかが欠けています",
}
