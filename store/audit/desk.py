"""閲覧席: Every look at the record is somebody's, for a reason, as far as they may see.

What a login of the database may see is laid down in `kyodo.reach`, and row-level security holds
to it whatever is asked. A viewer may look through that login at less, never at more. A look is
noted before it is taken, in a log that only grows and whose entries form a chain.
"""

import json
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

from domain.record import municipality_of
from store.database import UNREACHABLE, Connection
from store.errors import OutOfReach

_NOTE = "select kyodo.note_access($1, $2, $3, $4, $5, $6)"
MOST_NAMED = 1_000
"""Cases that the note of a look across cases names."""
_NARROW = """
select set_config('kyodo.municipality', $1, true), set_config('kyodo.personal', $2, true)
"""


@dataclass(frozen=True)
class Viewer:
    """閲覧者: Who looks (職員番号 or 氏名) and why; `municipalities` None is all the login may see.

    `personal` False gives up the sight of personal texts, which the login may not have anyway.
    """

    person: str
    why: str
    municipalities: frozenset[str] | None = None
    personal: bool = True

    @property
    def places(self) -> str:
        """The setting that narrows a session to the viewer's municipalities."""
        return "*" if self.municipalities is None else ",".join(sorted(self.municipalities)) or "-"


class Desk:
    """The record as one pool of auditors' connections reaches it."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    @asynccontextmanager
    async def look(
        self,
        viewer: Viewer,
        what: str,
        *,
        case: str | None = None,
        municipality: str | None = None,
        detail: Mapping[str, object] | None = None,
    ) -> AsyncGenerator[Connection, None]:
        """A connection in one snapshot, narrowed to the viewer, once the look has been noted.

        `what` says in Japanese what is looked at, `detail` what exactly was asked for.
        """
        place = municipality_of(case) if case else municipality
        told = json.dumps(detail or {}, ensure_ascii=False, sort_keys=True, default=str)
        note = (viewer.person, viewer.why, what, place, case, told)
        looking = False
        try:
            async with self._pool.acquire() as connection:
                await connection.execute(_NOTE, *note)
                async with connection.transaction(isolation="repeatable_read"):
                    sight = "" if viewer.personal else "withheld"
                    await connection.execute(_NARROW, viewer.places, sight)
                    looking = True
                    yield connection
        except UNREACHABLE as cause:
            if looking and _of_a_file(cause):
                raise
            raise OutOfReach(what, cause) from cause

    async def saw(self, viewer: Viewer, what: str, cases: Iterable[str]) -> None:
        """Note which cases a look across cases is about to show."""
        shown = [*dict.fromkeys(cases)]
        told = {"cases": shown[:MOST_NAMED], "more": max(0, len(shown) - MOST_NAMED)}
        detail = json.dumps(told, ensure_ascii=False)
        note = (viewer.person, viewer.why, f"{what}で示した事案", None, None, detail)
        try:
            await self._pool.execute(_NOTE, *note)
        except UNREACHABLE as cause:
            raise OutOfReach(what, cause) from cause


def _of_a_file(cause: BaseException) -> bool:
    """Whether what went wrong was what the look is written to, not the server."""
    return isinstance(cause, OSError) and not isinstance(cause, ConnectionError | TimeoutError)
