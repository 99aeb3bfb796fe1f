"""試査の抽出: A sample that neither side can steer and anyone can draw again.

The order in which acts are drawn is SHA-256 over the root of a signed head, a word of the auditor's
own and the act's place. The root depends on every event, salts included, and is signed before the
auditor names the word; so neither who keeps the record nor who audits it can choose what is drawn.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from heapq import nsmallest

from store.audit.desk import Desk, Viewer
from store.database import Connection
from store.errors import RecordError
from store.proof.notes import NoteError
from store.proof.trust import SignedHead, stored_head

_POPULATION = """
select case_id, number, kind, on_day, person from kyodo.act
where position <= $1
  and ($2::text is null or municipality = $2)
  and ($3::text[] is null or kind = any ($3))
  and on_day between coalesce($4::date, '-infinity') and coalesce($5::date, 'infinity')
"""


class NoSample(RecordError):
    """There is nothing to draw from, or no signed head to draw by; the text is Japanese."""


@dataclass(frozen=True)
class Drawn:
    """An act that was drawn, and its rank (hex): the smallest ranks are the sample."""

    case: str
    number: int
    kind: str
    on: date
    person: str
    rank: str


@dataclass(frozen=True)
class Sample:
    """What was drawn, from how many acts, by which head and word."""

    size: int
    root: str
    word: str
    population: int
    acts: tuple[Drawn, ...]


def rank(root: bytes, word: str, case: str, number: int) -> str:
    """The rank of an act: SHA-256 (hex) over root, word, case and number, each on a line of its own."""
    return sha256(f"{root.hex()}\n{word}\n{case}\n{number}\n".encode()).hexdigest()


async def sample(
    desk: Desk,
    viewer: Viewer,
    most: int,
    *,
    word: str = "",
    head: int | None = None,
    municipality: str | None = None,
    kinds: tuple[str, ...] = (),
    since: date | None = None,
    until: date | None = None,
) -> Sample:
    """Draw from the acts under the newest signed head, or under the head of `head` events."""
    detail = {"most": most, "word": word, "head": head, "kinds": kinds}
    async with desk.look(
        viewer, "試査の抽出", municipality=municipality, detail=detail
    ) as connection:
        size = head or await connection.fetchval("select max(size) from kyodo.checkpoint")
        signed = await _head(connection, size)
        root = signed.head.root
        rows = await connection.fetch(
            _POPULATION, signed.head.size, municipality, list(kinds) or None, since, until
        )
    population = [
        Drawn(
            case=row["case_id"],
            number=row["number"],
            kind=row["kind"],
            on=row["on_day"],
            person=row["person"],
            rank=rank(root, word, row["case_id"], row["number"]),
        )
        for row in rows
    ]
    drawn = nsmallest(most, population, key=lambda act: act.rank)
    if not drawn:
        raise NoSample(
            "抽出の対象となる行為がありません（期間・種別・閲覧の範囲を確かめてください）"
        )
    await desk.saw(viewer, "試査の抽出", [act.case for act in drawn])
    return Sample(signed.head.size, root.hex(), word, len(rows), tuple(drawn))


async def _head(connection: Connection, size: int | None) -> SignedHead:
    if size is None:
        raise NoSample("署名された検認がまだないため、抽出できません")
    try:
        return await stored_head(connection, size)
    except NoteError as wrong:
        raise NoSample(f"{size} 件の検認を使えません: {wrong}") from wrong
