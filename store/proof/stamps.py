"""時刻認証: Time stamps of an authority over signed heads of the log (RFC 3161).

What is stamped is the text of a head: whoever has the text and the stamp knows that everything
up to there was recorded by that moment. Stamps are kept as the authority answered, so that any
tool that knows RFC 3161 verifies them, too. A certificate counts as of the moment of the stamp;
lists of revoked ones are not consulted.

    NotStamped          the head has no stamp that can be kept
    ├── NothingToStamp  there is no signed head, or none of that size
    ├── NotGranted      the authority refused
    ├── Unreadable      the answer is no time stamp
    ├── OfAnotherText   the stamp is over something else than this head
    └── Untrusted       the stamp does not lead to the root certificates
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg
from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    MessageImprint,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    Verifier,
    VerifierBuilder,
    decode_timestamp_response,
)

from store.database import UNREACHABLE, Connection
from store.errors import OutOfReach, RecordError
from store.proof.notes import NoteError
from store.proof.trust import stored_head
from store.proof.witnessing import in_a_line, post

QUERY = "application/timestamp-query"
_SUCCESS = 200
_DIGESTS = {
    "2.16.840.1.101.3.4.2.1": hashlib.sha256,
    "2.16.840.1.101.3.4.2.2": hashlib.sha384,
    "2.16.840.1.101.3.4.2.3": hashlib.sha512,
}
_NEWEST = """
select size, exists (
  select from kyodo.stamp s where s.size = c.size and s.authority = $1) as stamped
from kyodo.checkpoint c order by size desc limit 1
"""
_KEEP = """
insert into kyodo.stamp (size, authority, at, token) values ($1, $2, $3, $4)
on conflict do nothing
"""
_KEPT = "select at from kyodo.stamp where size = $1 and authority = $2"
_STORED = "select authority, at, token from kyodo.stamp where size = $1 order by authority"


class NotStamped(RecordError):
    """The head has no stamp that can be kept; the text is Japanese."""


class NothingToStamp(NotStamped):
    """There is no signed head, or none of that size."""


class NotGranted(NotStamped):
    """The authority refused to stamp."""


class Unreadable(NotStamped):
    """The answer is no time stamp, or one of a form that is not dealt with."""


class OfAnotherText(NotStamped):
    """The stamp is over something else than this head, or answers another question."""


class Untrusted(NotStamped):
    """The stamp does not lead to the root certificates."""


@dataclass(frozen=True)
class Stamp:
    """時刻認証: What an authority answered (DER), and the moment that it says.

    `authority` is what the operator calls it; who it is, its certificates tell.
    """

    authority: str
    at: datetime
    token: bytes


async def ask(
    pool: asyncpg.Pool, url: str, roots: Sequence[bytes], authority: str
) -> datetime | None:
    """Have the newest head stamped; the moment of it, None where it was stamped before.

    `roots` are the authority's root certificates (PEM). Raises NotStamped, Unanswered, OutOfReach.
    """
    try:
        async with pool.acquire() as connection:
            row = await connection.fetchrow(_NEWEST, authority)
            if row is None:
                raise NothingToStamp("署名した検認がまだありません")
            if row["stamped"]:
                return None
            asked = _request(await _text(connection, row["size"]))
        answer = await post(url, asked.as_bytes(), QUERY)
        if answer.status != _SUCCESS:
            raise NotGranted(f"{authority} が応じませんでした（{answer.status} {answer.words}）")
        async with pool.acquire() as connection:
            return await accept(
                connection, row["size"], answer.body, roots, authority, nonce=asked.nonce
            )
    except UNREACHABLE as cause:
        raise OutOfReach("asking for a time stamp", cause) from cause


def question(note_text: str) -> bytes:
    """A request (DER) for a stamp over the text of a head, with its certificate."""
    return _request(note_text).as_bytes()


async def accept(
    connection: Connection,
    size: int,
    token: bytes,
    roots: Sequence[bytes],
    authority: str,
    *,
    nonce: int | None = None,
) -> datetime:
    """Keep an authority's response over the head of that size; the moment of the one that is kept.

    `nonce` is that of the question, where it is at hand. Raises NotStamped.
    """
    at = check(await _text(connection, size), token, roots, nonce=nonce)
    await connection.execute(_KEEP, size, authority, at, token)
    return await connection.fetchval(_KEPT, size, authority)


async def stored(connection: Connection, size: int) -> list[Stamp]:
    """The stamps over the head of that size, by authority; to be verified with `check`."""
    return [Stamp(**row) for row in await connection.fetch(_STORED, size)]


def check(text: str, token: bytes, roots: Sequence[bytes], *, nonce: int | None = None) -> datetime:
    """The moment at which the text existed, says a response (DER) that leads to the roots (PEM).

    Raises NotGranted, Unreadable, OfAnotherText or Untrusted.
    """
    trusted = VerifierBuilder(roots=_certificates(roots)).build()
    response = _granted(token)
    try:
        return _moment(response, text, trusted, nonce)
    except VerificationError as fault:
        raise Untrusted(
            "時刻認証を根の証明書まで確かめられません。その局の根の証明書（PEM）かを確かめてください"
        ) from fault
    except ValueError as fault:
        raise Unreadable(f"時刻認証の応答を読めません（{fault}）") from fault


def _moment(
    response: TimeStampResponse, text: str, trusted: Verifier, nonce: int | None
) -> datetime:
    stamp = response.tst_info
    imprint = stamp.message_imprint.message
    if imprint != _digest(stamp.message_imprint, text):
        raise OfAnotherText("時刻認証が、この検認の本文に対するものではありません")
    trusted.verify(response, imprint)
    if nonce is not None and stamp.nonce != nonce:
        raise OfAnotherText("時刻認証の番号（nonce）が、求めの番号と違います")
    return stamp.gen_time


def _request(text: str) -> TimeStampRequest:
    return TimestampRequestBuilder(text.encode(), HashAlgorithm.SHA256).build()


async def _text(connection: Connection, size: int) -> str:
    try:
        return (await stored_head(connection, size)).note.text
    except NoteError as fault:
        raise NothingToStamp(str(fault)) from fault


def _certificates(roots: Sequence[bytes]) -> list[Certificate]:
    try:
        found = [each for pem in roots for each in load_pem_x509_certificates(pem)]
    except ValueError as fault:
        raise Untrusted("根の証明書を PEM として読めません") from fault
    if not found:
        raise Untrusted("根の証明書がありません。時刻認証局のもの（PEM）を渡してください")
    return found


def _granted(token: bytes) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(token)
    except ValueError as fault:
        raise Unreadable(f"時刻認証の応答を読めません（{fault}）") from fault
    if response.status != PKIStatus.GRANTED:
        words = in_a_line("、".join(response.status_string))
        raise NotGranted(f"時刻認証局が求めを退けました（{response.status} {words}）")
    return response


def _digest(imprint: MessageImprint, text: str) -> bytes:
    kind = imprint.hash_algorithm.dotted_string
    if kind not in _DIGESTS:
        raise Unreadable(f"時刻認証の要約の方式（{kind}）を扱えません")
    return _DIGESTS[kind](text.encode()).digest()
