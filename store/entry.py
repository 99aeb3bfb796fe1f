"""What one request looks like by the time it goes to the database."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from domain.record import Append
from store.canonical import Malformed, canonical
from store.errors import RecordRefused
from store.person_keys import PersonKey
from store.personal import SALT_BYTES, Secret, take_out

LARGEST_BODY = 1_000_000
"""Bytes of one event: with its envelope it must fit into one payload of 2 MiB."""


class Row(NamedTuple):
    """One event as the append function takes it, in the order of its parameters."""

    case: str
    ordinal: int
    size: int
    expected: int
    open: bool
    command_id: str
    command_digest: bytes
    salt: bytes
    body: str


class PersonalRow(NamedTuple):
    """One personal text of the event at `ordinal` of its request."""

    case: str
    ordinal: int
    of: str
    sealed: bytes
    key: UUID
    cipher: bytes


@dataclass(slots=True)
class Entry:
    """One request: Its events in canonical form, the personal texts taken out of them."""

    request: Append
    rows: list[Row]
    secrets: list[tuple[int, Secret]]
    personal: list[PersonalRow] = field(default_factory=list[PersonalRow])

    @property
    def persons(self) -> set[str]:
        """The numbers of the persons whose keys `seal` needs."""
        return {secret.of for _, secret in self.secrets}

    def seal(self, keys: Mapping[str, PersonKey]) -> None:
        """Encrypt the personal texts, each under its person's key."""
        case = self.request.case
        self.personal = [
            PersonalRow(
                case,
                ordinal,
                secret.of,
                bytes.fromhex(secret.sealed),
                keys[secret.of].id,
                keys[secret.of].encrypt(secret),
            )
            for ordinal, secret in self.secrets
        ]


def prepare(request: Append) -> Entry:
    """Make a request ready to be written; RecordRefused says what is wrong with it."""
    try:
        return _prepared(request)
    except ValueError as cause:
        raise RecordRefused(request.case, str(cause)) from cause


def _prepared(request: Append) -> Entry:
    size = len(request.events)
    if not size:
        raise Malformed("記録する事実がありません")
    digest = bytes.fromhex(request.command_digest)
    rows: list[Row] = []
    taken: list[tuple[int, Secret]] = []
    for ordinal, event in enumerate(request.events, 1):
        body, texts = take_out(canonical(event))
        if len(body.encode()) > LARGEST_BODY:  # a lone surrogate is refused here, too
            raise Malformed(f"事実が大きすぎます（{LARGEST_BODY:,} バイトまで）")
        taken += [(ordinal, text) for text in texts]
        rows.append(
            Row(
                request.case,
                ordinal,
                size,
                request.expected,
                request.open,
                request.command_id,
                digest,
                secrets.token_bytes(SALT_BYTES),
                body,
            )
        )
    return Entry(request, rows, taken)
