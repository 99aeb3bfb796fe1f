"""Canonical bytes: How an event is written down so that its digest can be computed anywhere.

A body is JSON as RFC 8785 writes it, narrowed to what the record needs: objects, arrays,
texts, booleans, null and integers up to 2^53-1; ASCII keys; no fractions (money and counts
are integers, rates are texts). Within these bounds Python's own encoder gives the bytes of
RFC 8785. The hash of an event is taken over a JSON array which a reader can understand and
which the database and Python write byte for byte alike.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NoReturn, TypeAlias, cast

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"

FORM = "kyodo.v1"
LARGEST = 2**53 - 1
_DIGITS = len(str(-LARGEST))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_encode: Callable[[object], str] = json.JSONEncoder(
    check_circular=False, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


class Malformed(ValueError):
    """A text outside the subset; the message says in Japanese what is wrong with it."""


def _no_fractions(number: str) -> NoReturn:
    raise Malformed(f"{number}: 小数は記録できません。整数か文字で書きます")


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) <= _DIGITS else LARGEST + 1
    if abs(number) > LARGEST:
        raise Malformed(f"{digits}: 2の53乗以上の整数は記録できません。文字で書きます")
    return number


def _plain_object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Malformed("同じ名前の項目が二つあります")
    if not "".join(found).isascii():
        raise Malformed("項目の名前に英数字以外の文字があります")
    return found


_decode = json.JSONDecoder(
    parse_float=_no_fractions,
    parse_int=_whole,
    parse_constant=_no_fractions,
    object_pairs_hook=_plain_object,
).decode


def parse(text: str) -> Json:
    """The value of a JSON text in our subset; ValueError (in Japanese) for anything else."""
    return cast("Json", _decode(text))


def write(value: Json) -> str:
    """The canonical text of a value."""
    return _encode(value)


def canonical(text: str) -> str:
    """The canonical text of a JSON object; ValueError if it is none or leaves the subset."""
    value = parse(text)
    if not isinstance(value, dict):
        raise Malformed("事実は JSON のオブジェクトで書きます")
    return _encode(value)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970-01-01T00:00:00Z, exactly."""
    return (moment - _EPOCH) // _MICROSECOND


def body_digest(salt: bytes, body: str) -> bytes:
    """SHA-256 over the salt and the UTF-8 bytes of the body."""
    return hashlib.sha256(salt + body.encode()).digest()


def preimage(
    *,
    municipality: str,
    case: str,
    number: int,
    command_id: str,
    command_digest: bytes,
    recorded_at: datetime,
    digest: bytes,
    previous: bytes,
) -> str:
    """The text whose SHA-256 seals an event and, through `previous`, all before it.

    `previous` is the hash of the event before, empty for the first one.
    """
    parts = [FORM, municipality, case, number, command_id, command_digest.hex()]
    parts += [microseconds(recorded_at), digest.hex(), previous.hex()]
    return json.dumps(parts, ensure_ascii=False)


def seal(text: str) -> bytes:
    """SHA-256 of a pre-image."""
    return hashlib.sha256(text.encode()).digest()
