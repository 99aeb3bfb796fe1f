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
from store.errors import KeyDestroyed, OutOfReach, RecordRefused

APPEND = "select * from kyodo.append($1,$2,$3,$4,$5,$6,$7,$8,$9)"
APPEND_ONE = "select * from kyodo.append_one($1,$2,$3,$4,$5,$6,$7)"
APPEND_PERSONAL = "select * from kyodo.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)"
OVERTAKEN = (asyncpg.UniqueViolationError, asyncpg.TransactionRollbackError)
"""Another worker recorded the same command while we waited for its case: ask again."""
KEY_DESTROYED = "KY001"
"""The SQLSTATE by which the append function says that a person's key is gone."""
SMALLEST_BATCH, LARGEST_BATCH = 16, 128
LINGER = 0.05
"""Seconds, once or twice, for which the connection is kept with nothing to do."""


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
    """Combines the appends of one event loop over one pool, on one connection at a time.

    A caller who finds the connection idle uses it himself; those who come meanwhile are served
    by a task, so that no caller's cancellation reaches another.
    """

    def __init__(self, pool: asyncpg.Pool, largest: int = LARGEST_BATCH) -> None:
        self._pool, self._largest = pool, largest
        self._waiting: deque[Waiting] = deque()
        self._connection: PoolConnectionProxy | None = None
        self._busy, self._used, self._watched = False, False, False
        self._told = 0
        self._task: asyncio.Task[None] | None = None
        self._releasing: asyncio.Task[None] | None = None

    async def append(self, entry: Entry) -> Outcome:
        """Write one request, together with others if there are; cancelling disturbs no other."""
        if not self._busy and self._connection and not self._connection.is_closed():
            return await self._alone(entry, self._connection)
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, future))
        if not self._busy:
            self._serve()
        return await future

    async def _alone(self, entry: Entry, connection: PoolConnectionProxy) -> Outcome:
        self._busy = self._used = True
        try:
            return (await write([entry], connection))[entry.request.case]
        except UNREACHABLE as cause:
            raise OutOfReach(f"appending to {entry.request.case}", cause) from cause
        finally:
            self._busy = False
            if self._waiting:
                self._serve()

    def _serve(self) -> None:
        self._busy = True
        self._task = asyncio.create_task(self._serve_all())

    async def _serve_all(self) -> None:
        """Send batch after batch until nobody waits."""
        try:
            while batch := self._next_batch():
                await self._send(batch)
                self._told = len(batch)
                if self._told > 1 and not self._waiting:  # they may come back together
                    await asyncio.sleep(0)
        finally:
            self._busy = False

    def _next_batch(self) -> list[Waiting]:
        """Half of those about, one per case; the others stay in line.

        While the database works for one half, the other reads its answers and comes back.
        """
        batch: dict[str, Waiting] = {}
        later: list[Waiting] = []
        share = max(SMALLEST_BATCH, -(-(len(self._waiting) + self._told) // 2))
        while self._waiting and len(batch) < min(share, self._largest):
            waiting = self._waiting.popleft()
            case = waiting[0].request.case
            if waiting[1].done():
                continue
            if case in batch:
                later.append(waiting)
            else:
                batch[case] = waiting
        self._waiting.extendleft(reversed(later))
        return list(batch.values())

    async def _send(self, batch: list[Waiting]) -> None:
        """Send a batch and tell its callers."""
        self._used = True
        try:
            await self._settle(batch, await self._connected())
        except Exception as cause:  # noqa: BLE001 — every caller must hear of it, whatever it is
            _tell_all(batch, cause)

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

    async def _connected(self) -> PoolConnectionProxy:
        """The connection kept from before, or another one from the pool."""
        if self._connection and self._connection.is_closed():
            closed, self._connection = self._connection, None
            await self._give_back(closed)
        if self._connection is None:
            self._connection = await self._pool.acquire()
        if not self._watched:
            self._watched = True
            asyncio.get_running_loop().call_later(LINGER, self._watch)
        return self._connection

    def _watch(self) -> None:
        """Give the connection back if it was not used since the last look."""
        if self._busy or self._used:
            self._used = False
            asyncio.get_running_loop().call_later(LINGER, self._watch)
        else:
            self._watched = False
            connection, self._connection = self._connection, None  # at once: nobody may use it now
            self._releasing = asyncio.create_task(self._give_back(connection))

    async def _give_back(self, connection: PoolConnectionProxy | None) -> None:
        if connection is not None:
            await self._pool.release(connection)


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
        refusal = KeyDestroyed if cause.sqlstate == KEY_DESTROYED else RecordRefused
        raise refusal(entries[0].request.case, explain(cause)) from cause
    return {row[0]: Outcome(row[1], row[2], row[3] or b"") for row in found}


def _statement(entries: Sequence[Entry]) -> tuple[str, Sequence[object]]:
    """The call for these requests, and what it takes: for several, parallel arrays."""
    personal = list(chain.from_iterable(entry.personal for entry in entries))
    if len(entries) == 1 and not personal:
        return APPEND_ONE, _alone(entries[0])
    rows = chain.from_iterable(entry.rows for entry in entries)
    columns: list[Sequence[object]] = [*zip(*rows, strict=True)]
    if not personal:
        return APPEND, columns
    return APPEND_PERSONAL, [*columns, *zip(*personal, strict=True)]


def _alone(entry: Entry) -> Sequence[object]:
    request, rows = entry.request, entry.rows
    salts, bodies = [row.salt for row in rows], [row.body for row in rows]
    named = (request.case, request.expected, request.open, request.command_id)
    return (*named, rows[0].command_digest, salts, bodies)


def explain(cause: asyncpg.PostgresError) -> str:
    """Why the database refused, in Japanese, with its own words behind."""
    constraint = cast("str | None", getattr(cause, "constraint_name", None))
    rule = _RULES.get(constraint or "", "記録の形式に合いません")
    return f"{rule}（{cause.args[0]}）"  # without its detail, which quotes the row


_RULES = {
    "adverse_act_is_complete": "不利益な処分に理由・根拠条項・教示・期限のいずれかが欠けています",
    "renewal_refused_is_complete": "不利益な処分に理由・根拠条項・教示のいずれかが欠けています",
    "ruling_is_complete": "却下・棄却の裁決に理由・根拠条項・教示のいずれかが欠けています",
}
