"""閲覧の記録: Who looked at what, when and why, and that nothing was taken out of it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import asyncpg

from store.audit.desk import Desk, Viewer
from store.canonical import microseconds
from store.database import Connection

_LOOKS = """
select number, at, login, viewer, why, what, municipality, case_id, detail from kyodo.access
where ($1::text is null or case_id = $1
       or case when detail is json object then detail::jsonb -> 'cases' ? $1 end)
  and ($2::text is null or viewer = $2)
  and ($3::text is null or municipality = $3)
order by number desc limit $4
"""
_CHAIN = "select * from kyodo.access order by number"
_HEAD = "select number, hash from kyodo.access_head"
_BATCH = 1_000


@dataclass(frozen=True)
class Look:
    """閲覧: One entry; `login` is the login of the database, `viewer` who was named."""

    number: int
    at: datetime
    login: str
    viewer: str
    why: str
    what: str
    municipality: str | None
    case: str | None
    detail: str


async def looks(
    desk: Desk,
    viewer: Viewer,
    *,
    case: str | None = None,
    person: str | None = None,
    municipality: str | None = None,
    limit: int = 200,
) -> list[Look]:
    """The newest looks first: at one case (also where a search showed it), of one viewer, in one place."""
    async with desk.look(viewer, "閲覧の記録", case=case, municipality=municipality) as connection:
        rows = await connection.fetch(_LOOKS, case, person, municipality, limit)
    return [Look(*row) for row in rows]


async def verify_looks(connection: Connection) -> tuple[int, str | None]:
    """How many entries follow one another, and what is wrong with the first that does not.

    Needs a viewer of everything: who sees a part of the entries cannot tell whether one is missing.
    """
    number, before = 0, b""
    async for row in _entries(connection):
        if row["number"] != number + 1 or row["previous"] != before:
            return number, f"閲覧の記録の第{number + 1}号が抜けているか、前とつながりません"
        if _seal(row) != row["hash"]:
            return number, f"閲覧の記録の第{row['number']}号が書き換えられています"
        number, before = row["number"], row["hash"]
    head = await connection.fetchrow(_HEAD)
    if head is None or (head["number"], head["hash"]) != (number, before):
        return number, f"閲覧の記録の第{number + 1}号以後が失われています"
    return number, None


async def _entries(connection: Connection) -> AsyncIterator[asyncpg.Record]:
    cursor = await connection.cursor(_CHAIN)
    while rows := await cursor.fetch(_BATCH):
        for row in rows:
            yield row


def _seal(row: asyncpg.Record) -> bytes:
    parts = ["kyodo.access.v1", row["number"], microseconds(row["at"])]
    parts += [row[name] for name in ("login", "viewer", "why", "what", "municipality", "case_id")]
    parts += [row["detail"], row["previous"].hex()]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).digest()
