"""A large export holds no more of the record at once than a small one, and leaves out nothing."""

import asyncio
import tracemalloc
from pathlib import Path

import asyncpg
import pytest

from store.audit.desk import Desk
from store.audit.exports.rows import Acts, acts
from store.audit.exports.sqlite import write_sqlite
from store.records import Records
from store.sequencer import Sequencer
from tests.store.audit.handed import WRITERS, Sink
from tests.store.examples import VIEWER, append, event, new_case

CASES, EACH = 1_000, 20
PEAK = 10 * 2**20
"""Bytes an export may hold at once."""
ACT = event(measures="収支決算書を公開すること。" * 50)


@pytest.fixture(scope="module", autouse=True)
async def _recorded(records: Records, sequencer_pool: asyncpg.Pool) -> None:
    """20,000 events."""
    await asyncio.gather(
        *(records.append(append(new_case(), 0, *[ACT] * EACH)) for _ in range(CASES))
    )
    await Sequencer(sequencer_pool).catch_up()


@pytest.mark.parametrize("form", [*WRITERS, "sqlite"])
async def test_memory_does_not_grow_with_the_record(desk: Desk, form: str, tmp_path: Path) -> None:
    sink = Sink(keeps=False)
    tracemalloc.start()
    try:
        written = await _write(acts(desk, VIEWER), form, sink, tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert written == CASES * EACH
    assert peak < PEAK < CASES * EACH * len(ACT.encode()) / 3


async def _write(some: Acts, form: str, sink: Sink, folder: Path) -> int:
    if form == "sqlite":
        return await write_sqlite(some, folder / "large.sqlite")
    return await WRITERS[form](some, sink)
