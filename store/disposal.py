"""廃棄と消去: Lets go of bodies and keys once the record says that they go.

The database itself refuses where no event says so. What was let go is then taken out of the pages of
the tables, too; what backups and write-ahead logs hold is beyond the reach of a database.
"""

import asyncpg

from store.database import UNREACHABLE
from store.errors import OutOfReach, RecordRefused

_DISPOSE = "select kyodo.dispose($1)"
_ERASE = "select kyodo.erase_person($1, $2)"
_HOLDERS = "select case_id from kyodo.cases_of_person($1, $2)"
_AFTER_DISPOSAL = tuple(
    f"vacuum kyodo.{table}" for table in ("event", "personal", "act", "standing")
)
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
