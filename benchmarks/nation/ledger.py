"""台帳の行: The events of one case as the rows of the record's tables.

Digests, seals and chains are reckoned as the appender and its function in the database do, and
written as COPY reads them (text form, an empty field for null). A line of an event begins with
its moment in sixteen digits, so that lines sorted as bytes are in the global order; `seq` and
`xid` are put before the rest when it is loaded.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.nation.chance import derived
from benchmarks.nation.figures import Figures
from benchmarks.nation.office import Clock
from domain.acts import Event
from store.canonical import Json, body_digest, preimage, seal, write
from store.person_keys import KEY_BYTES, NONCE_BYTES
from store.personal import MARK, SALT_BYTES, Secret

EVENT_COLUMNS = [
    *("municipality", "case_id", "number", "kind", "on_day", "recorded_at"),
    *("person", "office", "role", "acting_for", "law", "article"),
    *("paragraph", "item", "ordinance", "command_id", "command_digest", "first"),
    *("last", "salt", "body", "body_digest", "previous", "hash"),
]
"""What a line of an event holds after its moment."""
MOMENT_DIGITS = 16
_SHAPE = {"of", "text", "sealed"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_of(microseconds: int) -> datetime:
    """The moment so many microseconds after 1970."""
    return _EPOCH + timedelta(microseconds=microseconds)


class Ledger:
    """The rows of one case, as lines for each table."""

    def __init__(self, seed: int, municipality: str, case: str, figures: Figures) -> None:
        self._seed, self._municipality, self._case = seed, municipality, case
        self._figures = figures
        self._hash = b""
        self._keys: dict[str, tuple[str, AESGCM]] = {}
        self.number = 0
        self.events: list[bytes] = []
        self.personal: list[bytes] = []
        self.person_keys: list[bytes] = []

    def add(
        self, command_id: str, command_digest: str, events: tuple[Event, ...], clock: Clock, at: int
    ) -> None:
        """The events of one command, the first of them recorded at `at`."""
        first, last = self.number + 1, self.number + len(events)
        command = (command_id, bytes.fromhex(command_digest), first, last)
        for event in events:
            moment = at if self.number + 1 == first else clock.next()
            self._add(event, command, moment)

    def close(self, *, open: bool) -> bytes:
        """Count the case; gives the line of its head."""
        self._figures.count_case(self._municipality, self.number, open=open)
        return _line(self._case, self._municipality, self.number, _hex(self._hash), open)

    def _add(self, event: Event, command: tuple[str, bytes, int, int], at: int) -> None:
        self.number += 1
        body = self._body(event, at)
        self._figures.count(event, body, at)
        command_id, command_digest, first, last = command
        salt = derived(SALT_BYTES, self._seed, "salt", self._case, self.number)
        digest, previous, moment = body_digest(salt, body), self._hash, moment_of(at)
        self._hash = seal(
            preimage(
                municipality=self._municipality,
                case=self._case,
                number=self.number,
                command_id=command_id,
                command_digest=command_digest,
                recorded_at=moment,
                digest=digest,
                previous=previous,
            )
        )
        by, basis = event.by, event.basis
        self.events.append(
            _line(
                f"{at:0{MOMENT_DIGITS}}",
                self._municipality,
                self._case,
                self.number,
                event.tag,
                event.on,
                moment.isoformat(),
                by.person,
                by.office,
                by.role,
                by.acting and by.acting.office,
                basis.law,
                basis.article,
                basis.paragraph,
                basis.item,
                event.ordinance,
                command_id,
                _hex(command_digest),
                first,
                last,
                _hex(salt),
                body,
                _hex(digest),
                _hex(previous),
                _hex(self._hash),
            )
        )

    # --- 個人に関する情報 -------------------------------------------------------------------------

    def _body(self, event: Event, at: int) -> str:
        """The canonical body, its personal texts taken out."""
        said: Json = event.model_dump(mode="json")
        body = write(said)
        if MARK not in body:
            return body
        texts = iter(range(1, body.count(MARK) + 1))
        return write(self._sealed(said, texts, at))

    def _sealed(self, value: Json, texts: Iterator[int], at: int) -> Json:
        if isinstance(value, list):
            return [self._sealed(part, texts, at) for part in value]
        if not isinstance(value, dict):
            return value
        if value.keys() == _SHAPE:
            salt = derived(SALT_BYTES, self._seed, "text", self._case, self.number, next(texts))
            return self._kept(Secret(str(value["of"]), salt, str(value["text"])), at)
        return {key: self._sealed(part, texts, at) for key, part in value.items()}

    def _kept(self, secret: Secret, at: int) -> Json:
        """What the body holds instead of the text, which is kept under its person's key."""
        id, key = self._keys.get(secret.of) or self._key(secret.of, at)
        sealed = bytes.fromhex(secret.sealed)
        nonce = derived(NONCE_BYTES, self._seed, "nonce", self._case, self.number, secret.sealed)
        cipher = nonce + key.encrypt(nonce, secret.salt + secret.text.encode(), sealed)
        self.personal.append(
            _line(self._case, self.number, _hex(sealed), secret.of, id, _hex(cipher))
        )
        return {"of": secret.of, "text": None, "sealed": secret.sealed}

    def _key(self, of: str, at: int) -> tuple[str, AESGCM]:
        names = (self._seed, "key", self._municipality, of)
        id, key = str(UUID(bytes=derived(16, *names, "id"))), derived(KEY_BYTES, *names)
        made_at = moment_of(at).isoformat()
        self.person_keys.append(_line(id, self._municipality, of, _hex(key), made_at))
        self._keys[of] = (id, AESGCM(key))
        return self._keys[of]


def _hex(data: bytes) -> str:
    return f"\\x{data.hex()}"


def _line(*fields: object) -> bytes:
    """The fields as COPY reads them; no text of the record holds a tab or a line break as such."""
    text = "\t".join("" if field is None else str(field) for field in fields)
    return (text.replace("\\", "\\\\") + "\n").encode()
