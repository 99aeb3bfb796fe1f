"""立会人: Cosigns the heads of logs it knows, each following from the one before (C2SP tlog-witness).

This is what runs elsewhere than the log: at the prefecture or in a neighbouring city. It needs no
database and sees no event; a head is a number and a hash. All it has lies in one folder:

witness.key         its key
logs                the keys of the logs it knows, one vkey a line; the name of a key is its origin
<origin hash>.head  the newest head of a log that it cosigned
refused/            signed heads that were not shown to follow (perhaps only the proof was wrong),
                    each with the head cosigned before it

The folder must never be set back to an earlier state: a witness that has forgotten a head would
cosign another in its place. Where it is reached over a network that others share, the HTTP server
belongs behind one that speaks TLS.
"""

import fcntl
import hashlib
import os
import re
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from socketserver import BaseServer
from threading import Thread

from store.proof.checkpoints import Checkpoint, cosign
from store.proof.merkle import HASH_BYTES, Frontier, roots_from_consistency
from store.proof.notes import COSIGNATURE, PLAIN, Note, NoteError, Signer, Verifier, unbase64

PLAIN_TEXT, TREE_SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"
"""Content types of the protocol."""
MALFORMED, UNSIGNED, UNKNOWN, CONFLICT, INCONSISTENT = 400, 403, 404, 409, 422
"""What the protocol answers to a head that is not cosigned, as HTTP statuses."""
MOST_BYTES = 1 << 19
"""Of a request: 63 hashes, and 64 signatures of any kind there is."""
_MOST_HASHES = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")
_ORIGIN_HASH = re.compile("[0-9a-f]{64}")
_MONITORING = re.compile("/([0-9a-f]{64})/checkpoint")
_EMPTY_ROOT = Frontier().root()
_LENGTH = re.compile("[0-9]{1,9}")
_IDLE_SECONDS, _GLANCE = 30, 0.1


class Refusal(Exception):
    """The witness does not cosign: the HTTP `status` and `body` to answer, and in Japanese why."""

    def __init__(self, status: int, body: str, why: str) -> None:
        super().__init__(why)
        self.status, self.body, self.why = status, body, why

    @classmethod
    def because(cls, status: int, why: str) -> "Refusal":
        """One whose body tells the reason."""
        return cls(status, f"{why}\n", why)

    @property
    def content_type(self) -> str:
        """What the body is; of a conflict the number of events the witness knows."""
        return TREE_SIZE if self.status == CONFLICT else PLAIN_TEXT


@dataclass(frozen=True)
class _Request:
    """A new head, not yet believed, and the proof that it follows from one of `old` events."""

    old: int
    proof: tuple[bytes, ...]
    note: Note
    head: Checkpoint

    @classmethod
    def read(cls, body: str) -> "_Request":
        """From the body of an add-checkpoint request; Refusal (MALFORMED) if it is none."""
        lines, blank, signed = body.partition("\n\n")
        old, *proof = lines.split("\n")
        found = _OLD.fullmatch(old)
        if not blank or found is None:
            raise Refusal.because(
                MALFORMED, "求めの形ではありません（old 件数・証明・空行・検認の順です）"
            )
        if len(proof) > _MOST_HASHES:
            raise Refusal.because(MALFORMED, f"証明が {_MOST_HASHES} 行を超えています")
        try:
            note = Note.read(signed)
            head = Checkpoint.read(note.text)
            return cls(int(found[1]), tuple(_hash(line) for line in proof), note, head)
        except NoteError as fault:
            raise Refusal.because(MALFORMED, f"求めを読めません: {fault}") from fault

    def judged_by(self, seen: Checkpoint) -> Refusal | None:
        """What the protocol answers where `seen` is the newest head cosigned; None if it follows."""
        if self.old > self.head.size:
            why = f"前の件数（{self.old}）が検認の件数（{self.head.size}）を超えています"
            return Refusal.because(MALFORMED, why)
        if self.old != seen.size:
            why = (
                f"立会人が最後に署名した検認は {seen.size} 件で、求めの {self.old} 件ではありません"
            )
            return Refusal(CONFLICT, f"{seen.size}\n", why)
        fault = self._fault(seen)
        return Refusal.because(INCONSISTENT, fault) if fault else None

    def forks(self, seen: Checkpoint) -> bool:
        """Whether the log signed two different heads of one size."""
        return self.head.size == seen.size and self.head.root != seen.root

    def _fault(self, seen: Checkpoint) -> str | None:
        """Why the head does not follow from the one seen, of the same size as the old one."""
        if self.head.size == 0 and self.head.root != _EMPTY_ROOT:
            return "0 件の検認の根は、空の木の根でなければなりません"
        if self.forks(seen):
            return f"前に署名した {seen.size} 件の検認と、同じ件数で根が違います"
        if seen.size == 0:
            return "前の検認が 0 件のときは、証明を付けません" if self.proof else None
        try:
            roots = roots_from_consistency(seen.size, self.head.size, seen.root, self.proof)
        except ValueError:
            return (
                f"証明の行数が {seen.size} 件から {self.head.size} 件への証明のものではありません"
            )
        if roots != (seen.root, self.head.root):
            return f"前に署名した {seen.size} 件の検認に続くものだと証明されていません"
        return None


class Witness:
    """立会人: The key and the memory of one witness, in a folder that threads and processes share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._signer = Signer.load(folder / "witness.key")
        if self._signer.kind != COSIGNATURE:
            raise NoteError(f"{folder / 'witness.key'} は立会人の鍵ではありません")

    @classmethod
    def establish(cls, folder: Path, name: str) -> "Witness":
        """A new witness with a key of its own; FileExistsError where the folder has one."""
        Signer.make(name, COSIGNATURE).store(folder / "witness.key")
        return cls(folder)

    @property
    def verifier(self) -> Verifier:
        """The public key, for whoever verifies the cosignatures."""
        return self._signer.verifier

    def trust(self, vkey: str) -> None:
        """Know one more log by its key, at once; NoteError if it is no key of a log."""
        added = Verifier.read(vkey)
        if added.kind != PLAIN:
            raise NoteError(f"台帳の検証鍵ではありません（立会人のものです）: {vkey}")
        with self._alone():
            known = self.logs()
            if added not in known:
                lines = "".join(f"{each.vkey}\n" for each in (*known, added))
                _persist(self._folder / "logs", lines)

    def logs(self) -> tuple[Verifier, ...]:
        """The keys of the logs it knows; a log whose key was renewed has several."""
        path = self._folder / "logs"
        lines = path.read_text("utf-8").splitlines() if path.exists() else ()
        return tuple(Verifier.read(line) for line in lines if line.strip())

    def answer(self, request: str, now: datetime) -> str:
        """The add-checkpoint call: the line with the cosignature, remembered before it is given.

        Raises Refusal where the protocol asks for it, NoteError where the folder is damaged.
        """
        asked = _Request.read(request)
        note = self._believed(asked)
        with self._alone():
            before = self._newest(asked.head.origin)
            seen = _head_of(before, asked.head.origin)
            refusal = asked.judged_by(seen)
            if refusal is None:
                line = cosign(note, self._signer, now)
                _persist(self._path(asked.head.origin), str(note.with_lines([line])))
                return f"{line}\n"
            if asked.forks(seen) or (before and refusal.status == INCONSISTENT):
                self._keep_evidence(asked.head, note, before)
            raise refusal

    def latest(self, origin_hash: str) -> str | None:
        """The newest head cosigned of the log with this SHA-256 (hex) of its origin, as a note."""
        if not _ORIGIN_HASH.fullmatch(origin_hash):
            return None
        path = self._folder / f"{origin_hash}.head"
        return path.read_text("utf-8") if path.exists() else None

    def _believed(self, asked: _Request) -> Note:
        """The note with the signatures of keys known for its origin, and no other lines."""
        keys = [each for each in self.logs() if each.name == asked.head.origin]
        if not keys:
            raise Refusal.because(UNKNOWN, f"台帳「{asked.head.origin}」を知りません")
        try:
            signed = [key for key in keys if asked.note.signed_by(key)]
        except NoteError as fault:
            raise Refusal.because(UNSIGNED, str(fault)) from fault
        if not signed:
            why = f"台帳「{asked.head.origin}」の知っている鍵による署名がありません"
            raise Refusal.because(UNSIGNED, why)
        lines = [each.line for key in signed for each in asked.note.signatures if each.by(key)]
        return Note(asked.note.text, ()).with_lines(dict.fromkeys(lines))

    @contextmanager
    def _alone(self) -> Generator[None]:
        """One at a time among all threads and processes: each opens the file for itself."""
        with (self._folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _path(self, origin: str) -> Path:
        return self._folder / f"{origin_hash_of(origin)}.head"

    def _newest(self, origin: str) -> Note | None:
        kept = self.latest(origin_hash_of(origin))
        return None if kept is None else Note.read(kept)

    def _keep_evidence(self, head: Checkpoint, note: Note, before: Note | None) -> None:
        """Keep a head that did not follow, once: anybody may send it again."""
        name = f"{origin_hash_of(head.origin)}-{head.size}-{head.root.hex()}"
        path = self._folder / "refused" / f"{name}.head"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            if before:
                _persist(path.with_suffix(".before"), str(before))
            _persist(path, str(note))


def origin_hash_of(origin: str) -> str:
    """The name under which monitors ask for a log: SHA-256 (hex) of its origin."""
    return hashlib.sha256(origin.encode()).hexdigest()


def _head_of(note: Note | None, origin: str) -> Checkpoint:
    """The head of a note; before there was one, that of the empty log."""
    return Checkpoint.read(note.text) if note else Checkpoint(origin, 0, _EMPTY_ROOT)


def _hash(line: str) -> bytes:
    found = unbase64(line)
    if len(found) != HASH_BYTES:
        raise NoteError(f"証明の行が {HASH_BYTES} バイトの値ではありません: {line}")
    return found


def _persist(path: Path, text: str) -> None:
    """Replace a file as a whole; it is on the disk when this returns."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


# --- HTTP -----------------------------------------------------------------------------------------


class WitnessServer(ThreadingHTTPServer):
    """A witness that answers over HTTP, in threads of its own, until `stop`."""

    def __init__(self, witness: Witness, host: str, port: int) -> None:
        super().__init__((host, port), partial(_Handler, witness))
        self._thread = Thread(target=self.serve_forever, args=(_GLANCE,), daemon=True)

    @property
    def url(self) -> str:
        """Where it is reached: what stands before the path of both calls."""
        host, port = self.server_address[:2]
        return f"http://{host}:{port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def wait(self) -> None:
        """Return once it has been stopped."""
        self._thread.join()

    def stop(self) -> None:
        """Answer no more, and give the port back."""
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(
        self, request: socket | tuple[bytes, socket], client_address: tuple[str, int]
    ) -> None:
        """Who hangs up in the middle is no fault of ours; anything else is told as usual."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


def serve(witness: Witness, host: str, port: int) -> WitnessServer:
    """Answer `POST /add-checkpoint` and `GET /<origin hash>/checkpoint` until it is stopped.

    Port 0 takes a free one. Raises OSError where the port cannot be had.
    """
    server = WitnessServer(witness, host, port)
    server.start()
    return server


class _Handler(BaseHTTPRequestHandler):
    """One connection; several requests may follow on it."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "kyodo", ""
    timeout = _IDLE_SECONDS
    wbufsize = -1  # head and body in one packet

    def __init__(
        self,
        witness: Witness,
        request: socket | tuple[bytes, socket],
        client_address: tuple[str, int],
        server: BaseServer,
    ) -> None:
        self._witness = witness
        super().__init__(request, client_address, server)

    def do_POST(self) -> None:
        """Take a new head."""
        try:
            self._answer(200, PLAIN_TEXT, self._cosignature(self._body()))
        except Refusal as refusal:
            self._answer(refusal.status, refusal.content_type, refusal.body)

    def do_GET(self) -> None:
        """Give the newest head cosigned."""
        asked = _MONITORING.fullmatch(self.path)
        note = self._witness.latest(asked[1]) if asked else None
        if note is None:
            self._answer(UNKNOWN, PLAIN_TEXT, "署名した検認がありません\n")
        else:
            self._answer(200, PLAIN_TEXT, note)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged here."""

    def _body(self) -> str:
        """The body of the request; Refusal if it is not one to this call, or too long."""
        kept, self.close_connection = self.close_connection, True  # what is not read is in the way
        length = self.headers.get("Content-Length", "")
        if self.path != "/add-checkpoint":
            raise Refusal.because(UNKNOWN, "立会いの求めは /add-checkpoint で受けます")
        if "Transfer-Encoding" in self.headers or not _LENGTH.fullmatch(length):
            raise Refusal.because(411, "求めの長さ（Content-Length）が要ります")
        if int(length) > MOST_BYTES:
            raise Refusal.because(413, f"求めが {MOST_BYTES} バイトを超えています")
        body = self.rfile.read(int(length))
        self.close_connection = kept
        try:
            return body.decode()
        except UnicodeDecodeError as fault:
            raise Refusal.because(MALFORMED, "求めを UTF-8 として読めません") from fault

    def _cosignature(self, request: str) -> str:
        try:
            return self._witness.answer(request, datetime.now(UTC))
        except (OSError, NoteError) as fault:
            raise Refusal.because(500, f"立会人の控えを扱えません（{fault}）") from fault

    def _answer(self, status: int, content_type: str, body: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)
