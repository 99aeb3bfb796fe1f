"""検証の拠り所: What an auditor brings along, and whether a signed head can be believed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from store.database import Connection
from store.proof.checkpoints import Checkpoint, cosignatures
from store.proof.notes import Note, NoteError, Verifier

STORED, KEPT = "記録の検認", "手元の検認"
_NOTE = """
select note, (select array_agg(line order by witness) from kyodo.cosignature k where k.size = c.size)
  as lines
from kyodo.checkpoint c where size = $1
"""


@dataclass(frozen=True)
class Trust:
    """Keys and heads that the auditor has from elsewhere than the database.

    `log` is the key of the log, `witnesses` those of whoever must have seen its heads, `kept`
    heads that were kept from before, and `since` one before which nothing is verified again.
    """

    log: Verifier | None = None
    witnesses: tuple[Verifier, ...] = ()
    kept: tuple[Note, ...] = ()
    since: Note | None = None

    def believe(self, signed: "SignedHead") -> "Head":
        """The head, if the log's key signed it (where it is at hand); NoteError if not."""
        head, note = signed.head, signed.note
        if self.log and not (head.origin == self.log.name and note.signed_by(self.log)):
            raise NoteError(f"台帳の鍵（{self.log.name}）の署名がありません")
        seen = cosignatures(note, self.witnesses)
        return Head(
            size=head.size,
            root=head.root.hex(),
            note=str(note),
            signed=self.log is not None,
            witnessed={one.witness: one.at for one in seen},
        )

    def satisfied_by(self, head: "Head") -> bool:
        """Whether every witness that must have seen it has cosigned the head."""
        return head.witnessed.keys() >= {one.name for one in self.witnesses}


class Head(BaseModel):
    """検認: A head of the log that the recomputed tree agrees with."""

    model_config = ConfigDict(frozen=True)

    size: int
    root: str
    note: str
    signed: bool
    """Whether the key of the log was at hand and had signed it."""
    witnessed: dict[str, datetime]
    """By witness, the moment of its cosignature."""


@dataclass(frozen=True)
class SignedHead:
    """A head with its note, not yet believed; `where` tells in Japanese where it comes from."""

    head: Checkpoint
    note: Note
    where: str

    @classmethod
    def kept(cls, note: Note) -> "SignedHead":
        """One that an auditor kept."""
        return cls(Checkpoint.read(note.text), note, KEPT)


async def newest_head(connection: Connection) -> SignedHead:
    """The newest head in the database, with its cosignatures; NoteError where there is none."""
    size = await connection.fetchval("select max(size) from kyodo.checkpoint")
    if size is None:
        raise NoteError(
            "署名された検認がまだありません。台帳の鍵（KYODO_LOG_KEY）を設定して記録係を動かしてください"
        )
    return await stored_head(connection, size)


async def stored_head(connection: Connection, size: int) -> SignedHead:
    """The head of that size in the database, with its cosignatures; NoteError if it is none."""
    row = await connection.fetchrow(_NOTE, size)
    if row is None:
        raise NoteError(f"{size} 件の検認がありません")
    lines: Sequence[str] = row["lines"] or ()
    note = Note.read(row["note"]).with_lines(lines)
    head = Checkpoint.read(note.text)
    if head.size != size:
        raise NoteError(f"検認の件数が本文（{head.size} 件）と違います")
    return SignedHead(head, note, STORED)
