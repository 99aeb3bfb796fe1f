"""個人に関する情報: Kept beside the body, which holds only a salted digest of it.

Any object with exactly the keys `of`, `text` and `sealed` is one such text, wherever it
stands in an event.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from store.canonical import Json, Malformed, parse, write

SALT_BYTES = 16
_SHAPE = {"of", "text", "sealed"}
MARK = '"sealed"'
"""Stands in every canonical body with a personal text; its absence spares the walk."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One personal text with the salt of its commitment."""

    of: str
    salt: bytes
    text: str

    @property
    def sealed(self) -> str:
        """SHA-256 (hex) of salt and text: what the body holds instead of the text."""
        return hashlib.sha256(self.salt + self.text.encode()).hexdigest()


def take_out(body: str) -> tuple[str, list[Secret]]:
    """A canonical body without its personal texts, and these texts.

    ValueError where a digest is handed in without its text, or with one.
    """
    if MARK not in body:
        return body, []
    secrets_: list[Secret] = []
    return write(_seal(parse(body), secrets_)), secrets_


def put_back(body: str, texts: Mapping[str, str]) -> str:
    """The body with the personal texts found in `texts` (by digest in hex) in their places."""
    if not texts or MARK not in body:
        return body
    return write(_restore(parse(body), texts))


def commitments(body: str) -> list[tuple[str, str]]:
    """(of, sealed) of every personal text a stored body commits to."""
    found: list[tuple[str, str]] = []
    if MARK in body:
        _collect(parse(body), found)
    return found


def _seal(value: Json, taken: list[Secret]) -> Json:
    if isinstance(value, list):
        return [_seal(part, taken) for part in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == _SHAPE:
        return _commit(value, taken)
    return {key: _seal(part, taken) for key, part in value.items()}


def _commit(value: dict[str, Json], taken: list[Secret]) -> Json:
    of, text = value["of"], value["text"]
    if value["sealed"] is not None:
        raise Malformed("個人に関する情報は本文（text）で渡します。封印値（sealed）は渡せません")
    if not isinstance(of, str) or not isinstance(text, str):
        raise Malformed("個人に関する情報には of と text が要ります")
    secret = Secret(of, secrets.token_bytes(SALT_BYTES), text)
    taken.append(secret)
    return {"of": of, "text": None, "sealed": secret.sealed}


def _restore(value: Json, texts: Mapping[str, str]) -> Json:
    if isinstance(value, list):
        return [_restore(part, texts) for part in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == _SHAPE:
        return _reopen(value, texts)
    return {key: _restore(part, texts) for key, part in value.items()}


def _reopen(value: dict[str, Json], texts: Mapping[str, str]) -> Json:
    sealed = value["sealed"]
    if not isinstance(sealed, str) or sealed not in texts:
        return dict(value)
    return {"of": value["of"], "text": texts[sealed], "sealed": None}


def _collect(value: Json, found: list[tuple[str, str]]) -> None:
    if isinstance(value, list):
        for part in value:
            _collect(part, found)
    elif isinstance(value, dict):
        if value.keys() == _SHAPE:
            found.append((str(value["of"]), str(value["sealed"])))
        for part in value.values():
            _collect(part, found)
