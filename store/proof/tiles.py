"""証明の読み取り: Roots and proofs at any size, from the tiles and the log.

Hashes are those of C2SP tlog-tiles, proofs those of RFC 6962; a full tile is one row, a partial
one is put together from the rows below it. An auditor of one municipality sees the hashes of
all events, which say nothing of what they stand for.
"""

from base64 import b64encode
from collections import OrderedDict

from store.database import Connection
from store.proof.merkle import (
    Frontier,
    Range,
    complete,
    consistency,
    inclusion,
    joined,
    leaf,
    perfect,
)
from store.proof.trust import SignedHead

WIDTH, HEIGHT, HASH = 256, 8, 32
TLOG_PROOF = "c2sp.org/tlog-proof@v1"
MOST_KEPT = 1_000
"""Tiles of 8 kB each that are kept while proofs are made."""
_TILE = "select hashes from kyodo.tile where level = $1 and index = $2"
_ROOTS = """
select root from kyodo.tile where level = $1 and index >= $2 and index < $3 order by index
"""
_LEAVES = "select hash from kyodo.hashes($1, $2) as hash"


async def root_of(connection: Connection, size: int) -> bytes:
    """The root over the first `size` events (at least one)."""
    return await Proofs(connection).hash_of((0, size))


async def frontier_of(connection: Connection, size: int) -> Frontier:
    """The tree over the first `size` events, ready to grow; LookupError where the log is shorter."""
    proofs = Proofs(connection)
    return Frontier(size, [await proofs.complete(*each) for each in complete(0, size)])


class Proofs:
    """Proofs over one snapshot of the log; the tiles read last are kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tiles: OrderedDict[tuple[int, int], bytes] = OrderedDict()

    async def inclusion(self, index: int, size: int) -> list[bytes]:
        """The hashes that prove the event at `index` (from 0) in a tree of `size`."""
        return [await self.hash_of(each) for each in inclusion(index, size)]

    async def consistency(self, old: int, new: int) -> list[bytes]:
        """The hashes that prove that a tree of `new` begins with the tree of `old`."""
        return [await self.hash_of(each) for each in consistency(old, new)]

    async def text(self, index: int, head: SignedHead) -> str:
        """The proof of the event at `index` under a head, as C2SP tlog-proof writes it."""
        path = await self.inclusion(index, head.head.size)
        encoded = [b64encode(each).decode() for each in path]
        return "\n".join([TLOG_PROOF, f"index {index}", *encoded, "", f"{head.note}"])

    async def hash_of(self, range_: Range) -> bytes:
        """The root of the subtree over a range of a proof; LookupError where the log is shorter."""
        return joined([await self.complete(*each) for each in complete(*range_)])

    async def complete(self, height: int, number: int) -> bytes:
        """The root of the complete subtree `number` (from 0) among those of its height."""
        level, above = divmod(height, HEIGHT)
        width = 1 << above
        first = number << above
        tile = await self._tile(level, first // WIDTH)
        start = first % WIDTH * HASH
        found = tile[start : start + width * HASH]
        if len(found) != width * HASH:
            raise LookupError(f"台帳の束（第{level}段 {first // WIDTH}）が足りません")
        return perfect([found[i : i + HASH] for i in range(0, len(found), HASH)])

    async def _tile(self, level: int, index: int) -> bytes:
        if (level, index) not in self._tiles:
            full = await self._connection.fetchval(_TILE, level, index)
            self._tiles[level, index] = full or await self._partial(level, index * WIDTH)
            if len(self._tiles) > MOST_KEPT:
                self._tiles.popitem(last=False)
        self._tiles.move_to_end((level, index))
        return self._tiles[level, index]

    async def _partial(self, level: int, first: int) -> bytes:
        if level:
            rows = await self._connection.fetch(_ROOTS, level - 1, first, first + WIDTH)
            return b"".join(row["root"] for row in rows)
        rows = await self._connection.fetch(_LEAVES, first + 1, first + WIDTH)
        return b"".join(leaf(row["hash"]) for row in rows)
