"""証明と嵩: Proofs that an event is in the log, and what an event takes up on disk."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.audit.asking import demand, timed
from benchmarks.audit.figures import Bar, Figure, spread
from benchmarks.audit.ground import VIEWER, Ground
from store.database import connect
from store.proof.merkle import leaf, root_from_inclusion
from store.proof.tiles import Proofs
from store.proof.trust import newest_head

PROOF_BYTES, PROOF_MS = 1_000, 2
_PROOFS = 500
_ENTRIES = "select position, hash from kyodo.log where position = any ($1)"
_SIZES = """
select c.relname as name, pg_table_size(c.oid) as rows, pg_indexes_size(c.oid) as indexes
from pg_class c where c.relnamespace = 'kyodo'::regnamespace and c.relkind = 'r'
order by pg_total_relation_size(c.oid) desc
"""
_PHRASES = "select pg_relation_size('kyodo.act_by_phrase'::regclass)"
_WHOLE = "select pg_database_size(current_database())"
_TOLD = 1
"""Bytes an event from which a table is worth a line."""


@dataclass(frozen=True)
class _Entry:
    """An event's place in the log (from 1), and its hash."""

    position: int
    hash: bytes


async def proofs(ground: Ground) -> list[Figure]:
    """Proofs of inclusion for events drawn by chance, each from nothing kept before."""
    dice = ground.dice("proofs")
    drawn = await _entries(ground, dice.sample(range(1, ground.events + 1), _PROOFS))
    sizes: list[float] = []
    texts: list[float] = []
    async with ground.desk() as desk, desk.look(VIEWER, "証明") as connection:
        head = await newest_head(connection)
        size, root = head.head.size, head.head.root

        async def ask(entry: _Entry) -> list[bytes]:
            return await Proofs(connection).inclusion(entry.position - 1, size)

        def check(entry: _Entry, path: list[bytes]) -> None:
            found = root_from_inclusion(leaf(entry.hash), entry.position - 1, size, path)
            demand(found == root, f"the proof of event {entry.position} does not lead to the root")
            sizes.append(sum(map(len, path)))

        taken = await timed("proofs", drawn, ask, check)
        for entry in drawn:
            text = await Proofs(connection).text(entry.position - 1, head)
            texts.append(len(text.encode()))
    note = f"in a tree of {size:,}"
    return [
        spread("proof of inclusion", "ms", taken, Bar(PROOF_MS), note),
        spread("proof of inclusion, its hashes", "bytes", sizes, Bar(PROOF_BYTES, "p99"), note),
        spread("· as a text with the signed head (tlog-proof)", "bytes", texts),
    ]


async def _entries(ground: Ground, positions: Sequence[int]) -> list[_Entry]:
    async with connect(ground.url) as owner:
        rows = await owner.fetch(_ENTRIES, [*positions])
    hashes = {row["position"]: row["hash"] for row in rows}
    return [_Entry(position, hashes[position]) for position in positions]


async def sizes(ground: Ground) -> list[Figure]:
    """What each table and its indexes take up, by the number of events."""
    async with connect(ground.url) as owner:
        tables = await owner.fetch(_SIZES)
        phrases, whole = await owner.fetchval(_PHRASES), await owner.fetchval(_WHOLE)

    def line(name: str, size: int) -> Figure:
        return Figure(name, "bytes/event", ground.events, value=size / ground.events)

    parts = [
        line(f"kyodo.{table['name']}{what}", size - (phrases if act else 0))
        for table in tables
        for what, size in ((", rows", table["rows"]), (", indexes", table["indexes"]))
        for act in (table["name"] == "act" and what == ", indexes",)
    ]
    told = [part for part in parts if (part.value or 0) >= _TOLD]
    return [*told, line("kyodo.act, index of phrases", phrases), line("the whole database", whole)]
