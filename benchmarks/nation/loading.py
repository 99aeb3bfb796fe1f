"""積込み: A nation into a migrated and empty database, with the rights of its owner.

Rows are copied as they are, in one transaction, in the order of their moments: constraints and
triggers stay in force, and the sequencer and the projections find the record as if everybody had
appended to it. The log is theirs to write.
"""

from collections.abc import AsyncIterator
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from pathlib import Path

from benchmarks.nation.ledger import EVENT_COLUMNS, MOMENT_DIGITS
from benchmarks.nation.making import Heard, Nation, Table
from store.database import Connection, connect

_COLUMNS: dict[Table, list[str]] = {
    "event": ["seq", "xid", *EVENT_COLUMNS],
    "head": ["case_id", "municipality", "number", "hash", "open"],
    "person_key": ["id", "municipality", "of", "key", "made_at"],
    "personal": ["case_id", "number", "sealed", "of", "key_id", "cipher"],
}
_LINES = 1_000
_READ_AHEAD = 1 << 18


class NotEmpty(RuntimeError):
    """The database holds events already; a nation goes into an empty one."""


async def load(url: str, nation: Nation, heard: Heard = lambda _: None) -> None:
    """Copy a nation into the migrated database of this URL; raises `NotEmpty`.

    `heard` is told the number of events whenever some more are on their way.
    """
    async with connect(url) as connection:
        async with connection.transaction():
            if await connection.fetchval("select exists (select from kyodo.event)"):
                raise NotEmpty("the database holds events already")
            xid = await connection.fetchval("select pg_current_xact_id()::text")
            await _copy(connection, "event", _events(nation, xid, heard))
            for table in ("head", "person_key", "personal"):
                await _copy(connection, table, _rows(nation.files(table)))
            last = nation.figures.events
            await connection.execute("select setval('kyodo.event_seq', $1)", last)
        for table in _COLUMNS:
            await connection.execute(f"vacuum (analyze) kyodo.{table}")


async def _copy(connection: Connection, table: Table, source: AsyncIterator[bytes]) -> None:
    await connection.copy_to_table(
        table, schema_name="kyodo", source=source, columns=_COLUMNS[table], format="text", null=""
    )


async def _rows(files: list[Path]) -> AsyncIterator[bytes]:
    for file in files:
        yield file.read_bytes()


async def _events(nation: Nation, xid: str, heard: Heard) -> AsyncIterator[bytes]:
    """The lines of all runs in the order of their moments, numbered from 1."""
    before = f"\t{xid}\t".encode()
    with ExitStack() as stack:
        runs = [
            stack.enter_context(file.open("rb", buffering=_READ_AHEAD))
            for file in nation.files("event")
        ]
        numbered = enumerate(merge(*runs), 1)
        while lines := [
            b"%d%b%b" % (seq, before, line[MOMENT_DIGITS + 1 :])
            for seq, line in islice(numbered, _LINES)
        ]:
            yield b"".join(lines)
            heard(len(lines))
