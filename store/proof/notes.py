"""署名文: Texts with signatures and the keys for them (C2SP signed-note, Ed25519).

A secret key is kept as one line, `PRIVATE+KEY+<name>+<id>+<key>`; a public one is handed out as
`<name>+<id>+<key>` (a vkey). Both forms are those of Go's sumdb/note, so that other tools read
them.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from store.proof.standalone.heads import COSIGNATURE, PLAIN, unbase64
from store.proof.standalone.tree import Wrong as NoteError

__all__ = [
    "COSIGNATURE",
    "PLAIN",
    "Note",
    "NoteError",
    "Signature",
    "Signer",
    "Verifier",
    "unbase64",
]

MOST_SIGNATURES = 64
_KEY_BYTES = 32
_NAME = re.compile(r"[^\s+\x00-\x1f]{1,200}")
_SECRET = "PRIVATE+KEY+"  # noqa: S105 — the form of the line, no secret
_LINE = re.compile(r"— (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/]+={0,2})")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True)
class Verifier:
    """検証鍵: A public key with the name of its holder, and what kind of signature it checks."""

    name: str
    key: bytes
    kind: int = PLAIN

    @classmethod
    def read(cls, vkey: str) -> "Verifier":
        """From `<name>+<id>+<key>`; NoteError if it is none."""
        name, _, rest = vkey.strip().partition("+")
        id_hex, _, encoded = rest.partition("+")
        material = unbase64(encoded)
        if not _NAME.fullmatch(name) or len(material) != _KEY_BYTES + 1:
            raise NoteError(f"検証鍵の形ではありません: {vkey}")
        if material[0] not in (PLAIN, COSIGNATURE):
            raise NoteError(f"検証鍵の種類（{material[0]}）を扱えません: {vkey}")
        found = cls(name, material[1:], material[0])
        if found.id.hex() != id_hex:
            raise NoteError(f"検証鍵の番号が名前と鍵に合いません: {vkey}")
        return found

    @property
    def id(self) -> bytes:
        """The four bytes that stand for name and key in a signature line."""
        material = f"{self.name}\n".encode() + bytes([self.kind]) + self.key
        return hashlib.sha256(material).digest()[:4]

    @property
    def vkey(self) -> str:
        """`<name>+<id>+<key>`."""
        return f"{self.name}+{self.id.hex()}+{_base64(bytes([self.kind]) + self.key)}"

    def accepts(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature (64 bytes) is this key's over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """署名鍵: A secret key; it signs what it is given, so whoever holds it decides what that is."""

    name: str
    seed: bytes
    kind: int = PLAIN

    @classmethod
    def make(cls, name: str, kind: int = PLAIN) -> "Signer":
        """A new key; the name is best that of a place on the web (`city.example.lg.jp/kyodo`)."""
        if not _NAME.fullmatch(name):
            raise NoteError(f"鍵の名前に空白と + は使えません: 「{name}」")
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw(), kind)

    @classmethod
    def read(cls, text: str) -> "Signer":
        """From the line of a key file; NoteError if it is none."""
        head, _, rest = text.strip().partition(_SECRET)
        name, _, rest = rest.partition("+")
        id_hex, _, encoded = rest.partition("+")
        material = unbase64(encoded)
        if head or len(material) != _KEY_BYTES + 1 or material[0] not in (PLAIN, COSIGNATURE):
            raise NoteError("署名鍵の形ではありません（PRIVATE+KEY+名前+番号+鍵 の1行です）")
        found = cls(name, material[1:], material[0])
        if found.verifier.id.hex() != id_hex:
            raise NoteError(f"署名鍵「{name}」の番号が鍵に合いません")
        return found

    @classmethod
    def load(cls, path: Path) -> "Signer":
        """From a key file; NoteError if it cannot be read or is none."""
        try:
            return cls.read(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as cause:
            raise NoteError(f"署名鍵 {path} を読めません（{cause}）") from cause

    def store(self, path: Path) -> None:
        """Into a new key file that only its owner may read."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        material = _base64(bytes([self.kind]) + self.seed)
        path.write_text(f"{_SECRET}{self.name}+{self.verifier.id.hex()}+{material}\n", "utf-8")

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return Verifier(self.name, public, self.kind)

    def line(self, message: bytes, head: bytes = b"") -> str:
        """A signature line over the message; `head` goes before the signature."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)
        return f"— {self.name} {_base64(self.verifier.id + head + signature)}"


@dataclass(frozen=True)
class Signature:
    """One signature line, not yet believed."""

    name: str
    id: bytes
    content: bytes
    line: str

    def by(self, verifier: Verifier) -> bool:
        """Whether it claims to be of this key."""
        return (self.name, self.id) == (verifier.name, verifier.id)


@dataclass(frozen=True)
class Note:
    """署名文: The text that is signed (it ends in a newline) and its signature lines."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def read(cls, note: str) -> "Note":
        """Text and lines of a note; NoteError if it is none. Nothing is believed yet."""
        if _CONTROL.search(note):
            raise NoteError("署名文に制御文字があります")
        text, blank, lines = note.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise NoteError(
                "署名文の形ではありません（本文・空行・署名行の順で、改行で終わります）"
            )
        found = lines[:-1].split("\n")
        if len(found) > MOST_SIGNATURES:
            raise NoteError(f"署名が {MOST_SIGNATURES} を超えています")
        return cls(f"{text}\n", tuple(_signature(line) for line in found))

    def __str__(self) -> str:
        """The note as it is handed on."""
        return self.text + "\n" + "".join(f"{each.line}\n" for each in self.signatures)

    def with_lines(self, lines: Iterable[str]) -> "Note":
        """The same note with more signature lines, each once."""
        more = tuple(_signature(line) for line in dict.fromkeys(lines))
        held = {each.line for each in self.signatures}
        return Note(
            self.text, (*self.signatures, *(each for each in more if each.line not in held))
        )

    def signed_by(self, verifier: Verifier) -> bool:
        """Whether the key signed the text itself; NoteError where a line of its is wrong."""
        message, signed = self.text.encode(), False
        for signature in self.signatures:
            if signature.by(verifier):
                if not verifier.accepts(message, signature.content):
                    raise NoteError(f"{verifier.name} の署名が本文に合いません")
                signed = True
        return signed


def _signature(line: str) -> Signature:
    found = _LINE.fullmatch(line)
    if found is None:
        raise NoteError(f"署名行の形ではありません: {line}")
    content = unbase64(found["signature"])
    return Signature(found["name"], content[:4], content[4:], line)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
