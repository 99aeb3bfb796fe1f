"""証明の台帳: Grows the tree over the events of the log, and signs its heads.

The tree is kept as C2SP tlog-tiles lays it out: tiles of 256 hashes, of the leaves at level 0,
of the roots of the tiles below at every level above. Only full tiles are stored, and they never
change; what is not yet a full tile is the `Edge`, read from the log and from the roots of the
tiles when a sequencer starts.

A log must never sign two heads of which the one does not follow from the other. The database
may be set back by its owner or by a backup, so the last head signed is also remembered beside
the key (`Memory`), and nothing is signed that does not follow from it.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.database import Connection
from store.errors import LogAltered
from store.proof.checkpoints import Checkpoint
from store.proof.merkle import Frontier, leaf, perfect
from store.proof.notes import Note, NoteError, Signer
from store.proof.tiles import root_of

WIDTH = 256
_COUNTS = "select level, count(*) as tiles from kyodo.tile group by level order by level"
_ROOTS = "select root from kyodo.tile where level = $1 and index >= $2 order by index"
_LEAVES = "select hash from kyodo.log where position > $1 order by position limit $2"
_SAVE = """
insert into kyodo.tile (level, index, hashes, root)
select * from unnest($1::smallint[], $2::bigint[], $3::bytea[], $4::bytea[])
"""
_SIGN = "insert into kyodo.checkpoint (size, root, note) values ($1, $2, $3)"
_LAST = "select note from kyodo.checkpoint order by size desc limit 1"
_AT_ONCE = 100 * WIDTH


@dataclass(frozen=True)
class Tile:
    """256 hashes of one level, and the root over them."""

    level: int
    index: int
    hashes: bytes
    root: bytes


class Edge:
    """The right edge of the tree: at every level the hashes that do not yet fill a tile."""

    def __init__(
        self,
        counts: Sequence[int] = (),
        levels: Iterable[Sequence[bytes]] = (),
        tree: Frontier | None = None,
    ) -> None:
        self._counts = [*counts]
        self._levels = [[*level] for level in levels]
        size = sum(len(level) * WIDTH**height for height, level in enumerate(self._levels))
        self.tree = tree or Frontier(size, self._peaks())

    def copy(self) -> "Edge":
        """The same edge, to be grown apart."""
        return Edge(self._counts, self._levels, self.tree.copy())

    def grow(self, leaves: Sequence[bytes]) -> list[Tile]:
        """Add leaves; the tiles that are full now."""
        self.tree.extend(leaves)
        return [*self._filled(0, leaves)]

    def _filled(self, level: int, hashes: Sequence[bytes]) -> Iterable[Tile]:
        while level >= len(self._levels):
            self._levels.append([])
            self._counts.append(0)
        waiting = [*self._levels[level], *hashes]
        full = len(waiting) - len(waiting) % WIDTH
        self._levels[level] = waiting[full:]
        roots: list[bytes] = []
        for start in range(0, full, WIDTH):
            tile = waiting[start : start + WIDTH]
            roots.append(perfect(tile))
            yield Tile(level, self._counts[level], b"".join(tile), roots[-1])
            self._counts[level] += 1
        if roots:
            yield from self._filled(level + 1, roots)

    def _peaks(self) -> Iterable[bytes]:
        """The roots of the complete subtrees, the largest first."""
        for level in reversed(self._levels):
            start = 0
            for bit in range(WIDTH.bit_length() - 2, -1, -1):
                if len(level) & 1 << bit:
                    yield perfect(level[start : start + (1 << bit)])
                    start += 1 << bit


async def load_edge(connection: Connection) -> Edge:
    """The edge of the tree over the tiles that are stored; it may be behind the log."""
    counts = [row["tiles"] for row in await connection.fetch(_COUNTS)]
    levels: list[list[bytes]] = [[]]
    for level, count in enumerate(counts):
        above = counts[level + 1] if level + 1 < len(counts) else 0
        rows = await connection.fetch(_ROOTS, level, above * WIDTH)
        if len(rows) != count - above * WIDTH:
            raise LogAltered(f"台帳の束（第{level}段）の数が合いません")
        levels.append([row["root"] for row in rows])
    return Edge([*counts, 0], levels)


async def catch_up(connection: Connection, edge: Edge, position: int) -> None:
    """Bring the edge up to `position`, saving the tiles that were missing."""
    while edge.tree.size < position:
        share = min(_AT_ONCE, position - edge.tree.size)
        rows = await connection.fetch(_LEAVES, edge.tree.size, share)
        if not rows:
            raise LogAltered(f"通し番号 {edge.tree.size + 1} がありません")
        await save(connection, edge.grow([leaf(row["hash"]) for row in rows]))


async def save(connection: Connection, tiles: Sequence[Tile]) -> None:
    """Store full tiles."""
    if tiles:
        rows = ((tile.level, tile.index, tile.hashes, tile.root) for tile in tiles)
        await connection.execute(_SAVE, *zip(*rows, strict=True))


class Memory:
    """控え: The last head a key has signed, kept beside the key and not in the database."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def last(self) -> Note | None:
        """The last head signed, None where nothing was or nothing is kept."""
        if self._path is None or not self._path.exists():
            return None
        return Note.read(self._path.read_text("utf-8"))

    def keep(self, note: Note) -> None:
        """Remember a head; the file is replaced as a whole."""
        if self._path is not None:
            fresh = self._path.with_name(f"{self._path.name}.new")
            fresh.write_text(str(note), "utf-8")
            os.replace(fresh, self._path)  # noqa: PTH105 — the name says what it does


class Signing:
    """検認: Signs heads of the tree with one key, each following from those before."""

    def __init__(self, signer: Signer, memory: Path | None = None) -> None:
        self._signer, self._memory = signer, Memory(memory)
        self._unsaved: Note | None = None

    async def check(self, connection: Connection, tree: Frontier) -> None:
        """LogAltered unless the tree follows from the last head stored and the last remembered."""
        stored = await connection.fetchval(_LAST)
        for note, where in ((stored and Note.read(stored), "記録"), (self._memory.last(), "控え")):
            if note:
                await self._follows(connection, tree, note, where)

    async def _follows(
        self, connection: Connection, tree: Frontier, note: Note, where: str
    ) -> None:
        before = Checkpoint.read(note.text)
        if before.origin != self._signer.name:
            raise LogAltered(f"{where}の検認は別の台帳（{before.origin}）のものです")
        try:
            if not note.signed_by(self._signer.verifier):
                raise LogAltered(f"{where}の検認（{before.size} 件）にこの鍵の署名がありません")
        except NoteError as fault:
            raise LogAltered(f"{where}の検認（{before.size} 件）: {fault}") from fault
        if before.size > tree.size:
            raise LogAltered(
                f"{where}の検認は {before.size} 件、台帳は {tree.size} 件です。後の事実が失われています"
            )
        if before.size and await root_of(connection, before.size) != before.root:
            raise LogAltered(f"台帳の初めの {before.size} 件が{where}の検認と違います")

    async def sign(self, connection: Connection, tree: Frontier) -> None:
        """Store a signed head, within the transaction that grew the tree."""
        head = Checkpoint(self._signer.name, tree.size, tree.root())
        self._unsaved = head.signed(self._signer)
        await connection.execute(_SIGN, head.size, head.root, str(self._unsaved))

    def committed(self) -> None:
        """The transaction was committed: remember what was signed in it."""
        if self._unsaved:
            self._memory.keep(self._unsaved)
            self._unsaved = None
