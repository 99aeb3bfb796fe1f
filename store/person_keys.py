"""人ごとの鍵: Every text about a person is encrypted under that person's own key (AES-256-GCM).

The keys lie in a table of their own. Whoever destroys a key erases all texts about the person;
the salted digests in the events stay, so every proof stays valid. A text is bound to its digest,
so that no text can be put in another's place.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from store.canonical import Malformed
from store.database import Connection
from store.personal import SALT_BYTES, Secret

KEY_BYTES, NONCE_BYTES = 32, 12
_KEYS = "select of, id, key from kyodo.person_keys($1, $2, $3)"
_PLAIN = """
select case_id, number, of, salt, text from kyodo.personal_plain order by case_id, number
"""
_ADD = """
insert into kyodo.personal (case_id, number, sealed, of, key_id, cipher) values ($1,$2,$3,$4,$5,$6)
"""


@dataclass(frozen=True, slots=True)
class PersonKey:
    """The key of one person in one municipality."""

    id: UUID
    key: bytes

    def encrypt(self, secret: Secret) -> bytes:
        """Nonce and ciphertext of salt and text."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        plain = secret.salt + secret.text.encode()
        return nonce + AESGCM(self.key).encrypt(nonce, plain, bytes.fromhex(secret.sealed))


def decrypt(key: bytes, of: str, sealed: bytes, cipher: bytes) -> Secret:
    """The text that was encrypted; Malformed where it is not the one under this digest."""
    try:
        plain = AESGCM(key).decrypt(cipher[:NONCE_BYTES], cipher[NONCE_BYTES:], sealed)
    except (InvalidTag, ValueError) as cause:
        raise Malformed("個人に関する情報の暗号が記録時と違います") from cause
    return Secret(of, plain[:SALT_BYTES], plain[SALT_BYTES:].decode())


async def person_keys(
    connection: Connection | asyncpg.Pool, municipality: str, persons: Iterable[str]
) -> dict[str, PersonKey]:
    """The keys of persons by their number, made where there are none yet."""
    asked = sorted(set(persons))
    fresh = [secrets.token_bytes(KEY_BYTES) for _ in asked]
    rows = await connection.fetch(_KEYS, municipality, asked, fresh)
    return {row["of"]: PersonKey(row["id"], row["key"]) for row in rows}


async def encrypt_plain_texts(connection: Connection) -> None:
    """Move the texts of a record from before the keys under keys, within its migration."""
    for row in await connection.fetch(_PLAIN):
        municipality = row["case_id"].split("-")[1]
        key = (await person_keys(connection, municipality, [row["of"]]))[row["of"]]
        secret = Secret(row["of"], row["salt"], row["text"])
        sealed, cipher = bytes.fromhex(secret.sealed), key.encrypt(secret)
        await connection.execute(
            _ADD, row["case_id"], row["number"], sealed, secret.of, key.id, cipher
        )
    await connection.execute("drop table kyodo.personal_plain")
