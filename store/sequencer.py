"""The sequencer: Gives the events of all cases one dense global order, after they are committed.

Events draw numbers (`seq`) from a sequence, but become visible when they are committed, so a
reader sees gaps: some fill later, some never (aborted). The sequencer follows the gaps. A gap
is dead once every transaction that may hold its number has ended:

- A writer takes its transaction id *before* it draws a number (the append function does).
- Having seen a gap, the sequencer takes a transaction id of its own: the fence. Whoever holds
  the missing number got his id earlier, so it is smaller than the fence.
- When a later snapshot shows no running transaction below the fence, and the number is still
  missing, it was never committed.

A snapshot's xmax is no fence: it is the last *completed* id plus one, and a running writer may
be beyond it. Nothing here waits for foreign transactions; only the held events are late.

The order is written to `kyodo.log`, and in the same transaction the tree over all events grows
and its new head is signed (`store.proof.log`), if there is a key to sign with. Several sequencers may run; an advisory lock lets one
work, on the same connection, so that it loses both together.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import asyncpg
import structlog

from store.database import UNREACHABLE, Connection
from store.proof.log import Edge, Signing, catch_up, load_edge, save
from store.proof.merkle import leaf

Fence: TypeAlias = "Callable[[Connection], Awaitable[int]]"

_LOCK = 0x6B796F_0001
_STATE = """
select settled, coalesce((select max(position) from kyodo.log), 0) as position,
       greatest(settled, (select max(seq) from kyodo.log)) as seen
from kyodo.progress
"""
_XMIN = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_NEXT = "select seq, case_id, number, hash from kyodo.event where seq > $1 order by seq limit $2"
_ANY = "select max(seq) > $1 from kyodo.event"
"""Not `exists`: a plan for any number takes the first row to be near and reads the whole table."""
_LATE = "select seq, case_id, number, hash from kyodo.event where seq = any ($1)"
_UNLOGGED = """
select seq from generate_series($1::bigint, $2::bigint) as seq
where not exists (select from kyodo.log l where l.seq = seq.seq)
"""
_LOG = """
insert into kyodo.log (position, seq, case_id, number, hash)
select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::integer[], $5::bytea[])
"""
_logger = structlog.get_logger()


async def own_xid(connection: Connection) -> int:
    """The id of the current transaction, drawn now if it has none yet."""
    return await connection.fetchval("select pg_current_xact_id()::text::bigint")


@dataclass
class _Order:
    """What one sequencer knows: all up to `seen` but the `gaps` (number → fence) is in the log."""

    seen: int
    edge: Edge
    gaps: dict[int, int] = field(default_factory=dict[int, int])

    @property
    def position(self) -> int:
        """The events in the log."""
        return self.edge.tree.size

    @property
    def settled(self) -> int:
        """Everything up to this number is in the log or was never committed."""
        return min(self.gaps, default=self.seen + 1) - 1


class Sequencer:
    """Moves committed events into the log; `fence` is replaced only to show why it must be so."""

    def __init__(
        self,
        pool: asyncpg.Pool,
        *,
        batch: int = 5_000,
        pause: float = 0.01,
        fence: Fence = own_xid,
        signing: Signing | None = None,
    ) -> None:
        self._pool, self._batch, self._pause = pool, batch, pause
        self._fence, self._signing = fence, signing

    async def run(self) -> None:
        """Work until cancelled, taking over when another sequencer ends; seconds of `pause`."""
        while True:
            try:
                await self._lead()
            except UNREACHABLE as cause:
                _logger.warning("sequencer lost the database", error=str(cause))
            await asyncio.sleep(max(self._pause, 0.1))

    async def catch_up(self) -> int:
        """Log what is committed now and end; the number of events logged."""
        async with self._pool.acquire() as connection:
            await connection.execute("select pg_advisory_lock($1)", _LOCK)
            try:
                return await self._sequencing(connection).catch_up()
            finally:
                await connection.execute("select pg_advisory_unlock($1)", _LOCK)

    def _sequencing(self, connection: Connection) -> "Sequencing":
        return Sequencing(connection, self._batch, self._fence, self._signing)

    async def _lead(self) -> None:
        async with self._pool.acquire() as connection:
            if not await connection.fetchval("select pg_try_advisory_lock($1)", _LOCK):
                return
            try:
                sequencing = self._sequencing(connection)
                while True:
                    if await sequencing.step() < self._batch:
                        await asyncio.sleep(self._pause)
            finally:
                if not connection.is_closed():
                    await connection.execute("select pg_advisory_unlock($1)", _LOCK)


class Sequencing:
    """The work of the one sequencer that holds the lock, on the connection that holds it."""

    def __init__(
        self,
        connection: Connection,
        batch: int = 5_000,
        fence: Fence = own_xid,
        signing: Signing | None = None,
    ) -> None:
        self._connection, self._batch = connection, batch
        self._fence, self._signing = fence, signing
        self._order: _Order | None = None

    async def catch_up(self) -> int:
        """Step until nothing more is visible; the number of events logged."""
        total = 0
        while logged := await self.step():
            total += logged
        return total

    async def step(self) -> int:
        """One transaction: log what is visible, note new gaps, drop dead ones; events logged."""
        order = self._order or await self._resume()
        if not order.gaps and not await self._connection.fetchval(_ANY, order.seen):
            self._order = order
            return 0
        self._order = None  # read anew should this transaction fail
        async with self._connection.transaction(isolation="repeatable_read"):
            oldest = await self._connection.fetchval(_XMIN)
            found = await self._visible(order)
            settled = order.settled
            if found:
                await self._log(order, found)
            await self._note_gaps(order, found, oldest)
            if order.settled != settled:
                await self._connection.execute(
                    "update kyodo.progress set settled = $1", order.settled
                )
        if self._signing:
            self._signing.committed()
        self._order = order
        return len(found)

    async def _resume(self) -> _Order:
        """Start from the tables; what lies unlogged below the last logged number is a gap."""
        async with self._connection.transaction():
            row = await self._connection.fetchrow(_STATE)
            if row is None:
                raise RuntimeError("kyodo.progress is empty: the migrations have not been applied")
            order = _Order(seen=row["seen"], edge=await load_edge(self._connection))
            await catch_up(self._connection, order.edge, row["position"])
            if self._signing:
                await self._signing.check(self._connection, order.edge.tree)
            missing = await self._connection.fetch(_UNLOGGED, row["settled"] + 1, row["seen"])
            await self._add_gaps(order, [each["seq"] for each in missing])
        return order

    async def _visible(self, order: _Order) -> list[asyncpg.Record]:
        late = await self._connection.fetch(_LATE, list(order.gaps)) if order.gaps else []
        return late + await self._connection.fetch(_NEXT, order.seen, self._batch)

    async def _log(self, order: _Order, found: list[asyncpg.Record]) -> None:
        ordered = sorted(found, key=lambda row: row["seq"])
        positions = range(order.position + 1, order.position + len(ordered) + 1)
        columns = ([row[name] for row in ordered] for name in ("seq", "case_id", "number", "hash"))
        await self._connection.execute(_LOG, positions, *columns)
        await save(self._connection, order.edge.grow([leaf(row["hash"]) for row in ordered]))
        if self._signing:
            await self._signing.sign(self._connection, order.edge.tree)

    async def _note_gaps(self, order: _Order, found: list[asyncpg.Record], oldest: int) -> None:
        """Fill gaps, bury those whose fence all running transactions have passed, add new ones."""
        filled = {row["seq"] for row in found}
        order.gaps = {
            seq: fence for seq, fence in order.gaps.items() if seq not in filled and oldest < fence
        }
        highest = max(filled, default=0)
        await self._add_gaps(
            order, [seq for seq in range(order.seen + 1, highest) if seq not in filled]
        )
        order.seen = max(order.seen, highest)

    async def _add_gaps(self, order: _Order, missing: list[int]) -> None:
        if missing:
            order.gaps |= dict.fromkeys(missing, await self._fence(self._connection))
