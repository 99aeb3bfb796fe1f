"""検認: A signed head of the tree over all events, and the cosignatures of witnesses.

The text of a checkpoint (C2SP tlog-checkpoint) has three lines: the name of the log, the number
of events, and the root over them. A witness (立会人) adds a line that says when it saw this head
and that it follows from every head it saw before (C2SP tlog-cosignature).
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from store.proof.merkle import HASH_BYTES
from store.proof.notes import COSIGNATURE, Note, NoteError, Signer, Verifier, unbase64

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_TIME_BYTES = 8
_LATEST = 253_402_300_799
"""The last second of the year 9999, in seconds since 1970."""


@dataclass(frozen=True)
class Checkpoint:
    """検認の本文: That the log `origin` holds `size` events, over which the root is `root`."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """From the text of a note; NoteError if it is none."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):  # noqa: PLR2004 — three and the end
            raise NoteError("検認の形ではありません（名前・件数・根の3行です）")
        if not _NUMBER.fullmatch(lines[1]):
            raise NoteError(f"検認の件数が数ではありません: {lines[1]}")
        root = unbase64(lines[2])
        if len(root) != HASH_BYTES:
            raise NoteError(f"検認の根が {HASH_BYTES} バイトではありません")
        return cls(lines[0], int(lines[1]), root)

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    def signed(self, signer: Signer) -> Note:
        """The checkpoint with the signature of the log."""
        return Note(self.text, ()).with_lines([signer.line(self.text.encode())])


@dataclass(frozen=True)
class Cosignature:
    """立会署名: The witness and the moment it signed, verified."""

    witness: str
    at: datetime


def cosign(note: Note, signer: Signer, at: datetime) -> str:
    """A witness's line for a checkpoint; the witness must have checked it before."""
    if signer.kind != COSIGNATURE:
        raise NoteError(f"鍵「{signer.name}」は立会人の鍵ではありません")
    seconds = int(at.timestamp())
    return signer.line(_cosigned(note.text, seconds), seconds.to_bytes(_TIME_BYTES, "big"))


def cosignatures(note: Note, witnesses: Iterable[Verifier]) -> list[Cosignature]:
    """The cosignatures of known witnesses; NoteError where a line of theirs is wrong."""
    found: list[Cosignature] = []
    for witness in witnesses:
        for signature in note.signatures:
            if signature.by(witness):
                seconds = int.from_bytes(signature.content[:_TIME_BYTES], "big")
                if seconds > _LATEST:
                    raise NoteError(f"立会人 {witness.name} の署名の時刻が正しくありません")
                signed = signature.content[_TIME_BYTES:]
                if not witness.accepts(_cosigned(note.text, seconds), signed):
                    raise NoteError(f"立会人 {witness.name} の署名が検認に合いません")
                found.append(Cosignature(witness.name, datetime.fromtimestamp(seconds, UTC)))
    return found


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
