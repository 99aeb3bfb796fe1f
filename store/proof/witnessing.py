"""立会い: Asks a witness to cosign the newest head of the log (C2SP tlog-witness, the log's side).

What a witness answers is never trusted: only a line that its key signed over the head stored here
is kept, and once. Needs the role of a sequencer.

    NotWitnessed        the head has no cosignature of this witness
    ├── NothingSigned   there is no signed head to cosign
    ├── Declined        the witness refused it
    └── Miswitnessed    what it answered is no cosignature of this head
    Unanswered          nobody answered; the same may be asked again
"""

import asyncio
import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import asyncpg

from store.database import UNREACHABLE, Connection
from store.errors import LogAltered, OutOfReach, RecordError
from store.proof.checkpoints import cosignatures
from store.proof.notes import Note, NoteError, Verifier
from store.proof.tiles import Proofs
from store.proof.trust import stored_head
from store.proof.witness import CONFLICT, INCONSISTENT, PLAIN_TEXT, TREE_SIZE

SECONDS = 10.0
"""How long an answer over HTTP may keep us waiting."""
_NEWEST = """
select size, note,
       coalesce((select max(size) from kyodo.cosignature where witness = $1), 0) as cosigned
from kyodo.checkpoint order by size desc limit 1
"""
_KEEP = """
insert into kyodo.cosignature (size, witness, at, line) values ($1, $2, $3, $4)
on conflict do nothing
"""
_KEPT = "select at from kyodo.cosignature where size = $1 and witness = $2"
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")
_CLOCKS_APART = timedelta(minutes=10)
_MOST_BYTES = 1 << 20
_MOST_WORDS = 200


class NotWitnessed(RecordError):
    """The head has no cosignature of this witness; the text is Japanese."""


class NothingSigned(NotWitnessed):
    """There is no signed head, or none of that size."""


class Declined(NotWitnessed):
    """The witness refused to cosign, with this HTTP status."""

    def __init__(self, witness: str, size: int, answer: "Answer") -> None:
        super().__init__(
            f"立会人 {witness} は {size} 件の検認に署名しませんでした（{answer.status} {answer.words}）"
        )
        self.status = answer.status


class Miswitnessed(NotWitnessed):
    """The witness answered something else than its cosignature of this head."""

    def __init__(self, witness: str, why: str) -> None:
        super().__init__(f"立会人 {witness} の応答を立会署名として受け取れません: {why}")


class Unanswered(RecordError):
    """A service over HTTP did not answer; the same may be asked again."""

    def __init__(self, url: str, cause: Exception) -> None:
        super().__init__(f"{url} から応答がありません（{cause}）。接続先を確かめてください")


async def ask(pool: asyncpg.Pool, witness: Verifier, url: str) -> datetime | None:
    """Have the newest head cosigned; the moment of it, None where it was cosigned before.

    `url` is the witness's submission prefix. Raises NotWitnessed, Unanswered, OutOfReach, or
    LogAltered where the log does not follow from what the witness saw.
    """
    try:
        async with pool.acquire() as connection:
            asked = await _asking(connection, witness)
        if asked.cosigned:
            return None
        answer = await _submit(url, asked)
        if (known := _size_known(answer)) is not None:
            async with pool.acquire() as connection:
                asked = await _asking(connection, witness, known)
            answer = await _submit(url, asked)
        lines = _lines(witness, asked, answer)
        async with pool.acquire() as connection:
            return await accept(connection, witness, asked.size, lines)
    except UNREACHABLE as cause:
        raise OutOfReach("asking a witness", cause) from cause


async def request_for(connection: Connection, witness: Verifier, old: int | None = None) -> str:
    """The body of an add-checkpoint request for the newest head.

    It proves that the head follows from the one of `old` events, by default the newest that this
    witness cosigned. Raises NothingSigned, or LogAltered where the log is shorter than that.
    """
    return (await _asking(connection, witness, old)).body


async def accept(connection: Connection, witness: Verifier, size: int, lines: str) -> datetime:
    """Keep a witness's cosignature of the head of that size; the moment of the one that is kept.

    `lines` is the body of its answer. Raises NothingSigned or Miswitnessed.
    """
    try:
        signed = await stored_head(connection, size)
    except NoteError as fault:
        raise NothingSigned(str(fault)) from fault
    line, at = _verified(signed.note.text, witness, lines)
    await connection.execute(_KEEP, size, witness.name, at, line)
    return await connection.fetchval(_KEPT, size, witness.name)


@dataclass(frozen=True)
class _Asking:
    """A request for the head of `size`; `cosigned` where the witness's line is stored already."""

    size: int
    body: str
    cosigned: bool


async def _asking(connection: Connection, witness: Verifier, old: int | None = None) -> _Asking:
    row = await connection.fetchrow(_NEWEST, witness.name)
    if row is None:
        raise NothingSigned(
            "署名した検認がまだありません。台帳の鍵のある順序付けを動かしてください"
        )
    size, cosigned = row["size"], row["cosigned"]
    known = cosigned if old is None else old
    if known > size:
        raise LogAltered(
            f"立会人 {witness.name} は {known} 件の検認に署名していますが、台帳の検認は {size} 件です。"
            "後の事実が失われています"
        )
    proof = await _proof(connection, known, size)
    lines = "".join(f"{b64encode(each).decode()}\n" for each in proof)
    return _Asking(size, f"old {known}\n{lines}\n{row['note']}", cosigned == size)


async def _proof(connection: Connection, old: int, size: int) -> list[bytes]:
    if old == 0:
        return []
    try:
        return await Proofs(connection).consistency(old, size)
    except LookupError as missing:
        raise LogAltered(f"{old} 件から {size} 件への証明を作れません: {missing}") from missing


def _size_known(answer: "Answer") -> int | None:
    """The number of events the witness knows, where it tells that we took it for another."""
    if answer.status != CONFLICT or answer.content_type != TREE_SIZE:
        return None
    found = _SIZE.fullmatch(answer.body)
    return int(found[1]) if found else None


def _lines(witness: Verifier, asked: _Asking, answer: "Answer") -> str:
    if answer.status == INCONSISTENT:
        raise LogAltered(
            f"{asked.size} 件の検認は、立会人 {witness.name} が前に署名した検認に続きません"
            f"（{answer.words}）"
        )
    if answer.status != 200:  # noqa: PLR2004 — the status of success
        raise Declined(witness.name, asked.size, answer)
    try:
        return answer.body.decode()
    except UnicodeDecodeError as fault:
        raise Miswitnessed(witness.name, "UTF-8 として読めません") from fault


def _verified(text: str, witness: Verifier, lines: str) -> tuple[str, datetime]:
    """The witness's line among the lines, and its moment; lines of other keys are ignored."""
    try:
        answered = Note(text, ()).with_lines(lines.removesuffix("\n").split("\n"))
        found = cosignatures(answered, [witness])
    except (ValueError, OverflowError) as fault:  # an ill line, or a moment beyond all calendars
        raise Miswitnessed(witness.name, str(fault)) from fault
    if not found:
        raise Miswitnessed(witness.name, "その鍵の署名がありません")
    at = found[0].at
    if not 0 < at.timestamp() < (datetime.now(UTC) + _CLOCKS_APART).timestamp():
        raise Miswitnessed(witness.name, f"署名の時刻（{at}）がありえません")
    return next(each.line for each in answered.signatures if each.by(witness)), at


# --- HTTP -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """応答: What a service answered over HTTP, whatever its status."""

    status: int
    content_type: str
    body: bytes

    @property
    def words(self) -> str:
        """The body as it may stand in a message."""
        return in_a_line(self.body.decode(errors="replace"))


def in_a_line(text: str) -> str:
    """What a stranger wrote, short and without anything that moves a terminal's cursor."""
    return "".join(each if each.isprintable() else " " for each in text[:_MOST_WORDS]).strip()


async def post(url: str, body: bytes, content_type: str) -> Answer:
    """The answer to a POST, in a thread; Unanswered where there is none within SECONDS."""
    return await asyncio.to_thread(_post, url, body, content_type)


def _post(url: str, body: bytes, content_type: str) -> Answer:
    try:
        request = Request(url, body, {"Content-Type": content_type})  # noqa: S310 — an operator's
        with urlopen(request, timeout=SECONDS) as response:  # noqa: S310 — as above
            return _answer(response.status, response)
    except HTTPError as refused:
        with refused:
            return _answer(refused.code, refused)
    except (OSError, HTTPException, ValueError) as cause:
        raise Unanswered(url, cause) from cause


def _answer(status: int, response: HTTPResponse | HTTPError) -> Answer:
    kind = response.headers.get("Content-Type", "")
    return Answer(status, kind, response.read(_MOST_BYTES))


async def _submit(url: str, asked: _Asking) -> Answer:
    return await post(f"{url.rstrip('/')}/add-checkpoint", asked.body.encode(), PLAIN_TEXT)
