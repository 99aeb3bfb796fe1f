"""The global order: nothing missed, doubled or reordered, whatever happens to the writers."""

import asyncio
from contextlib import AsyncExitStack, suppress
from random import Random

import asyncpg
import pytest

from store.database import UNREACHABLE, Connection, connect
from store.records import Records
from store.sequencer import Fence, Sequencer, Sequencing, own_xid
from tests.store.examples import append, new_case, report

BATCH = """
with asked as (
  select format('指定-341002-%s%s', $1::text, lpad(c::text, 4, '0')) as case_id, o as ordinal
  from generate_series(1, 200) c, generate_series(1, 5) o
  order by c, o
), arrays as (
  select array_agg(case_id) as cases, array_agg(ordinal) as ordinals from asked
)
select count(*) from arrays, kyodo.append(
  cases, ordinals, array_fill(5, array[1000]), array_fill($2::integer, array[1000]),
  array_fill(true, array[1000]), array_fill('from ' || $2::integer, array[1000]),
  array_fill(sha256('command'), array[1000]), array_fill('\\x00112233445566778899aabbccddeeff'::bytea,
  array[1000]), array_fill($3::text, array[1000]), '{}', '{}', '{}', '{}', '{}')
"""
BODY = (
    '{"basis":{"article":"260_49","law":"322AC0000000067","paragraph":10},'
    '"by":{"office":"市長","person":"1","role":"mayor"},'
    '"kind":"ReportDemanded","on":"2026-06-01","ordinance":"1"}'
)
MISSED = "select count(*) from kyodo.event e left join kyodo.log l using (seq) where l.seq is null"
REORDERED = """
select count(*) from (
  select number, lag(number, 1, 0) over (partition by case_id order by position) as before
  from kyodo.log
) l where number <> before + 1
"""
LOST_PLACES = "select max(position) - count(*) from kyodo.log"


async def snapshot_xmax(connection: Connection) -> int:
    """The fence that looks right and is not: running writers may be beyond it."""
    return await connection.fetchval("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")


async def test_events_are_logged_densely_in_the_order_of_each_case(
    records: Records, sequencer_pool: asyncpg.Pool, owner: asyncpg.Connection
) -> None:
    for case in [new_case() for _ in range(20)]:
        await records.append(append(case, 0, report(), report()))
        await records.append(append(case, 2))
    assert await Sequencer(sequencer_pool).catch_up() == 60
    assert await Sequencer(sequencer_pool).catch_up() == 0
    assert await owner.fetchval("select array_agg(position order by position) from kyodo.log") == [
        *range(1, 61)
    ]
    assert await owner.fetchval(REORDERED) == 0


async def _append_in(connection: asyncpg.Connection, name: str) -> None:
    await connection.fetchval(BATCH, name, 0, BODY)


@pytest.mark.parametrize(
    ("fence", "missed"), [(own_xid, 0), (snapshot_xmax, 1000)], ids=["own xid", "snapshot xmax"]
)
async def test_a_gap_whose_writer_is_beyond_the_snapshot_is_not_given_up(
    url: str, sequencer_pool: asyncpg.Pool, owner: asyncpg.Connection, fence: Fence, missed: int
) -> None:
    """Early takes its id first, late draws its numbers first, and early commits first."""
    name = fence.__name__.replace("_", "")
    async with connect(url) as early, connect(url) as late, sequencer_pool.acquire() as own:
        sequencing = Sequencing(own, fence=fence)
        await sequencing.catch_up()
        early_work, late_work = early.transaction(), late.transaction()
        await early_work.start()
        await early.execute("select pg_current_xact_id()")
        await late_work.start()
        await _append_in(late, f"{name}late")
        await _append_in(early, f"{name}early")
        await early_work.commit()
        assert await sequencing.step() == 1000  # sees a gap: the late writer's numbers
        await sequencing.step()  # may it give them up?
        await late_work.commit()
        await sequencing.catch_up()
    assert await owner.fetchval(MISSED) == missed
    if missed:  # started anew it would miss them for ever: the mark has moved past them
        assert await Sequencer(sequencer_pool).catch_up() == 0


async def test_an_aborted_writers_gap_is_settled_and_an_open_one_holds_nobody_up(
    fresh_url: str, fresh: asyncpg.Pool
) -> None:
    async with connect(fresh_url) as held, connect(fresh_url) as other:
        work = held.transaction()
        await work.start()
        await _append_in(held, "held")
        await _append_in(other, "other")
        assert await Sequencer(fresh).catch_up() == 1000
        assert await fresh.fetchval("select settled from kyodo.progress") == 0
        await work.rollback()
        async with fresh.acquire() as own:
            sequencing = Sequencing(own)
            await sequencing.catch_up()
            await sequencing.step()
        assert await fresh.fetchval("select settled from kyodo.progress") == 2000
        assert await other.fetchval(LOST_PLACES) == 0


async def test_a_second_sequencer_takes_over_when_the_first_ends(
    fresh_url: str, fresh: asyncpg.Pool
) -> None:
    async with AsyncExitStack() as stack:
        other = await stack.enter_async_context(connect(fresh_url))
        before = await other.fetchval("select count(*) from kyodo.log")
        first = asyncio.create_task(Sequencer(fresh).run())
        second = asyncio.create_task(Sequencer(fresh).run())
        await asyncio.sleep(0.3)
        first.cancel()
        with suppress(asyncio.CancelledError):
            await first
        await _append_in(other, "takeover")
        await _until(other, before + 1000)
        second.cancel()
        with suppress(asyncio.CancelledError):
            await second


@pytest.mark.slow
async def test_half_a_million_events_under_aborts_slow_writers_and_kills(
    fresh_url: str, fresh: asyncpg.Pool
) -> None:
    chance = _seeded(260_49)
    async with connect(fresh_url) as judge:
        sequencers = [asyncio.create_task(Sequencer(fresh, batch=20_000).run()) for _ in range(2)]
        writers = [
            asyncio.create_task(_write(fresh_url, f"w{name}x", 132, _seeded(name)))
            for name in range(4)
        ]
        while not all(writer.done() for writer in writers):
            await asyncio.sleep(0.4)
            await _kill_one(judge, chance)
        await asyncio.gather(*writers)
        await _until(judge, await judge.fetchval("select count(*) from kyodo.event"))
        for sequencer in sequencers:
            sequencer.cancel()
        await asyncio.gather(*sequencers, return_exceptions=True)
        assert await judge.fetchval("select count(*) from kyodo.event") >= 500_000
        assert await judge.fetchval(MISSED) == 0
        assert await judge.fetchval(REORDERED) == 0
        assert await judge.fetchval(LOST_PLACES) == 0
        assert await judge.fetchval("select max(seq) - count(*) from kyodo.event") > 0  # real gaps


def _seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 — a seed makes a failure repeatable


async def _write(url: str, name: str, batches: int, chance: Random) -> None:
    """Append batches; some are rolled back, some slow, some die with their connection."""
    while True:
        with suppress(*UNREACHABLE):
            async with connect(url) as connection:
                await connection.execute("set application_name = 'killable'")
                await connection.execute("set synchronous_commit = off")
                return await _write_all(connection, name, batches, chance)


async def _write_all(
    connection: asyncpg.Connection, name: str, batches: int, chance: Random
) -> None:
    head = "select coalesce(max(number), 0) from kyodo.event where case_id = $1"
    written = await connection.fetchval(head, f"指定-341002-{name}0001")
    while written < batches * 5:
        work = connection.transaction()
        await work.start()
        await connection.fetchval(BATCH, name, written, BODY)
        await asyncio.sleep(chance.uniform(0.05, 0.3) if chance.random() < 0.05 else 0)
        if chance.random() < 0.03:
            await work.rollback()
        else:
            await work.commit()
            written += 5


async def _kill_one(judge: asyncpg.Connection, chance: Random) -> None:
    """Terminate a writer's connection, or the sequencers'."""
    name = "killable" if chance.random() < 0.5 else "kyodo"
    await judge.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where datname = current_database() and application_name = $1 order by random() limit 1",
        name,
    )


async def _until(judge: asyncpg.Connection, logged: int) -> None:
    async with asyncio.timeout(30):
        while await judge.fetchval("select count(*) from kyodo.log") < logged:  # noqa: ASYNC110 — the other process tells nobody
            await asyncio.sleep(0.05)
