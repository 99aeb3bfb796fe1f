"""照合の材料: The end of every case in the record beside what the projections show of it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import asyncpg

from store.audit.telling import Telling
from store.database import UNREACHABLE
from store.errors import OutOfReach

_PAGE = 1_000
_SHOWN = """
select h.case_id, h.municipality, h.number, h.open as running, s.case_id is not null as shown,
       s.open, s.stage, s.headline, s.next_due, s.next_due_title, s.obligations,
       s.obligations_since
from kyodo.head h
left join lateral (
  select * from kyodo.standing s where s.case_id = h.case_id order by s.number desc limit 1
) s on true
where h.case_id > $1 order by h.case_id limit $2
"""
_SOME = _SHOWN.replace("h.case_id > $1", "h.case_id = any($1)").replace("limit $2", "")
_LAG = """
select (select coalesce(max(position), 0) from kyodo.log) - (select position from kyodo.projected)
"""
_COUNT = "select count(*) from kyodo.head"


@dataclass(frozen=True)
class Shown:
    """A case: the number of its last event, whether it runs, and its newest row of `kyodo.standing`."""

    case: str
    municipality: str
    number: int
    open: bool
    telling: Telling | None


async def shown(pool: asyncpg.Pool) -> AsyncIterator[Shown]:
    """Every case, in the order of the numbers; the pool's role is the projector's."""
    after, rows = "", [asyncpg.Record]
    while rows:
        rows = await _fetch(pool, _SHOWN, after, _PAGE)
        for row in rows:
            yield _read(row)
            after = row["case_id"]


async def shown_of(pool: asyncpg.Pool, cases: Sequence[str]) -> list[Shown]:
    """The same of some cases."""
    return [_read(row) for row in await _fetch(pool, _SOME, list(cases))]


async def count_cases(pool: asyncpg.Pool) -> int:
    """How many cases the record has."""
    return (await _fetch(pool, _COUNT))[0]["count"]


async def lag(pool: asyncpg.Pool) -> int:
    """How many events of the log the projections have not followed yet."""
    return (await _fetch(pool, _LAG))[0][0]


def _read(row: asyncpg.Record) -> Shown:
    telling = Telling(*(row[name] for name in Telling._fields)) if row["shown"] else None
    return Shown(row["case_id"], row["municipality"], row["number"], row["running"], telling)


async def _fetch(pool: asyncpg.Pool, query: str, *arguments: object) -> list[asyncpg.Record]:
    try:
        return await pool.fetch(query, *arguments)
    except UNREACHABLE as cause:
        raise OutOfReach("comparing the record with its projections", cause) from cause
