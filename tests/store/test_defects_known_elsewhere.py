"""Three defects that were found in another event store, and may not be in this one."""

import asyncio

import asyncpg

from store.database import open_pool
from store.records import Records
from store.sequencer import Sequencer
from tests.store.examples import append, event, new_case, report


async def test_a_reader_who_follows_the_log_misses_nothing_while_many_write(
    url: str, auditor: asyncpg.Pool, sequencer_pool: asyncpg.Pool
) -> None:
    """There, readers behind a sequence lost two events in a hundred."""
    seen: list[tuple[str, int]] = []
    sequencing = asyncio.create_task(Sequencer(sequencer_pool, pause=0.001).run())

    async def follow() -> None:
        position = 0
        while len(seen) < 8 * 100:
            rows = await auditor.fetch(
                "select * from kyodo.log where position > $1 order by position", position
            )
            seen.extend((row["case_id"], row["number"]) for row in rows)
            position = rows[-1]["position"] if rows else position

    async def write() -> None:
        async with open_pool(url, "kyodo_writer", size=1) as pool:
            records = Records(pool)
            case = new_case()
            for number in range(100):
                await records.append(append(case, number))

    async with asyncio.timeout(60):
        await asyncio.gather(follow(), *(write() for _ in range(8)))
    sequencing.cancel()
    await asyncio.gather(sequencing, return_exceptions=True)
    assert len(set(seen)) == len(seen) == 8 * 100


async def test_another_schema_of_the_same_shape_receives_nothing(
    url: str, owner: asyncpg.Connection
) -> None:
    """There, one recorder's events went to the table of another in the same database."""
    await owner.execute("create schema shadow")
    for table in ("event", "head"):
        await owner.execute(f"create table shadow.{table} (like kyodo.{table} including all)")
    await owner.execute("grant all on schema shadow to kyodo_writer")
    await owner.execute("grant all on all tables in schema shadow to kyodo_writer")
    async with open_pool(url, "kyodo_writer") as pool:
        await pool.execute("set search_path = shadow, kyodo")
        case = new_case()
        await Records(pool).append(append(case))
        assert len((await Records(pool).load(case)).events) == 1
    assert await owner.fetchval("select count(*) from shadow.event") == 0


async def test_a_thousand_events_at_once_are_stored(records: Records) -> None:
    """There, from seven hundred on, the call hung for ever."""
    case = new_case()
    async with asyncio.timeout(30):
        done = await records.append(append(case, 0, *[event(), report()] * 500))
    assert (done.first, done.last) == (1, 1000)
