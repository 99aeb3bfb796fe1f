"""廃棄と消去: Lets go of bodies and keys once the record says that they go.

The database itself refuses where no event says so. What was let go can no longer be read at once, and
its room is free to be written over; `scrub` rewrites the tables without it. What backups and
write-ahead logs hold is beyond the reach of a database.
"""

from collections.abc import Callable

import asyncpg

from store.database import UNREACHABLE
from store.errors import OutOfReach, RecordRefused

_DISPOSE = "select kyodo.dispose($1)"
_ERASE = "select kyodo.erase_person($1, $2)"
_HOLDERS = "select case_id from kyodo.cases_of_person($1, $2)"
_AFTER_DISPOSAL = tuple(
    f"vacuum kyodo.{table}" for table in ("event", "personal", "act", "standing", "deadline")
)
_SCRUBBED = ("event", "personal", "person_key", "act", "standing", "deadline")
_HOURS = 6 * 3600.0
_AFTER_ERASURE = ("vacuum (full) kyodo.person_key",)


async def dispose(pool: asyncpg.Pool, case: str) -> int:
    """Let the bodies of a closed case go whose last event records it; how many went.

    Raises RecordRefused where there is no such event, OutOfReach.
    """
    return await _let_go(pool, case, _DISPOSE, (case,), _AFTER_DISPOSAL)


async def erase(pool: asyncpg.Pool, municipality: str, person: str) -> int:
    """Destroy a person's key; how many texts nobody can read any more.

    Raises RecordRefused where a case that holds a text about them does not record the erasure.
    """
    return await _let_go(pool, person, _ERASE, (municipality, person), _AFTER_ERASURE)


async def scrub(pool: asyncpg.Pool, progress: Callable[[str], None] = lambda _: None) -> None:
    """Rewrite the tables without what was let go; `progress` hears each table's name.

    Nobody reads or writes a table while it is rewritten, which takes about as long as copying it.
    """
    for table in _SCRUBBED:
        progress(table)
        try:
            await pool.execute(f"vacuum (full) kyodo.{table}", timeout=_HOURS)
        except UNREACHABLE as cause:
            raise OutOfReach(f"rewriting {table}", cause) from cause


async def holders(pool: asyncpg.Pool, municipality: str, person: str) -> list[str]:
    """The cases of a municipality that hold a text about a person."""
    try:
        rows = await pool.fetch(_HOLDERS, municipality, person)
    except UNREACHABLE as cause:
        raise OutOfReach(f"looking for {person}", cause) from cause
    return [row["case_id"] for row in rows]


async def _let_go(
    pool: asyncpg.Pool, what: str, query: str, arguments: tuple[str, ...], after: tuple[str, ...]
) -> int:
    try:
        gone = await pool.fetchval(query, *arguments)
        for statement in after:
            await pool.execute(statement)
    except UNREACHABLE as cause:
        raise OutOfReach(f"letting {what} go", cause) from cause
    except asyncpg.RestrictViolationError as cause:
        raise RecordRefused(what, str(cause)) from cause
    return gone
