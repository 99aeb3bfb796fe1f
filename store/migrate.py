"""Migrations: Plain numbered SQL, each file applied once, in order, and never changed after."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from store.database import Connection, connect
from store.errors import MigrationRefused
from store.person_keys import encrypt_plain_texts
from store.words import write_words

FOLDER = Path(__file__).parent / "migrations"
_NAME = re.compile(r"^(?P<number>\d{4})_[a-z0-9_]+\.sql$")
_LOCK = 0x6B796F646F  # "kyodo"
_HISTORY = """
create schema if not exists kyodo;
create table if not exists kyodo.migration (
  number integer primary key,
  name text not null,
  digest bytea not null,
  applied_at timestamptz not null default clock_timestamp()
)
"""


_AFTER: dict[str, Callable[[Connection], Awaitable[None]]] = {
    "0007_personal_keys.sql": encrypt_plain_texts,
}
"""What SQL cannot do of a migration, done after it in the same transaction."""


@dataclass(frozen=True)
class Migration:
    """One file of SQL."""

    number: int
    name: str
    sql: str

    @property
    def digest(self) -> bytes:
        """SHA-256 of the file's text."""
        return hashlib.sha256(self.sql.encode()).digest()


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """The files of a folder in their order; refused unless numbered 1, 2, 3, …"""
    found = [_read(path) for path in sorted(folder.glob("*.sql"))]
    if [each.number for each in found] != list(range(1, len(found) + 1)):
        raise MigrationRefused(f"the migrations in {folder} are not numbered 1, 2, 3, …")
    return found


async def migrate(url: str, folder: Path = FOLDER) -> list[str]:
    """Bring the schema up to date; returns the names of the files applied now.

    Needs a superuser, or the owner of the database with CREATEROLE.
    """
    async with connect(url) as connection:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        await connection.execute("set client_min_messages = warning")
        await connection.execute(_HISTORY)
        pending = await _pending(connection, migrations(folder))
        for migration in pending:
            await _apply(connection, migration)
        await write_words(connection)
        return [migration.name for migration in pending]


def _read(path: Path) -> Migration:
    named = _NAME.match(path.name)
    if named is None:
        raise MigrationRefused(f"{path.name}: a migration is named NNNN_words.sql")
    return Migration(int(named["number"]), path.name, path.read_text(encoding="utf-8"))


async def _pending(connection: asyncpg.Connection, known: list[Migration]) -> list[Migration]:
    rows = await connection.fetch(
        "select number, name, digest from kyodo.migration order by number"
    )
    for row, migration in zip(rows, known, strict=False):
        if row["digest"] != migration.digest:
            raise MigrationRefused(
                f"{row['name']} has been applied and was changed afterwards; "
                "put it back as it was and write a new migration"
            )
    if len(rows) > len(known):
        raise MigrationRefused(f"{rows[-1]['name']} has been applied but is not in this release")
    return known[len(rows) :]


async def _apply(connection: asyncpg.Connection, migration: Migration) -> None:
    try:
        async with connection.transaction():
            await connection.execute(migration.sql)
            if migration.name in _AFTER:
                await _AFTER[migration.name](connection)
            await connection.execute(
                "insert into kyodo.migration (number, name, digest) values ($1, $2, $3)",
                migration.number,
                migration.name,
                migration.digest,
            )
    except asyncpg.PostgresError as cause:
        raise MigrationRefused(f"{migration.name}: {cause}") from cause
