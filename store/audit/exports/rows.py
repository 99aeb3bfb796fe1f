"""行為の並び: Every act a viewer may see, one after another in the order of the log.

The server keeps a cursor, and while some acts are worked on it makes the next ones, so memory does
not grow with the record. Bodies are read but not validated: what the database holds is handed over
as it is. Acts that the sequencer has not yet put into the log come with a later export.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple, cast

import asyncpg
from orjson import loads

from domain.bodies import office_name
from domain.era import GREGORIAN, wareki
from domain.law import Citation
from store.audit.desk import Desk, Viewer
from store.audit.exports.kinds import title_of
from store.canonical import Json
from store.database import Connection

JST = timezone(timedelta(hours=9), "JST")
BATCH = 250
"""Acts handed to a writer at once."""
_ROWS = 500
"""Rows asked of the server at once: about what waits in a socket while others are worked on."""
_REASONS = '"reasons":'
_ACTS = """
select l.position, e.municipality, e.case_id, e.number, e.kind, e.on_day, e.recorded_at, e.person,
       e.office, e.role, e.acting_for, e.law, e.article, e.paragraph, e.item, e.ordinance,
       e.command_id, e.hash, e.body
from kyodo.log l join kyodo.event e on e.seq = l.seq
where ($1::text is null or e.municipality = $1) and ($2::text is null or e.case_id = $2)
  and ($3::date is null or e.on_day >= $3) and ($4::date is null or e.on_day <= $4)
order by l.position
"""
_ROW_BY_ROW = """
set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_memoize = off;
set local max_parallel_workers_per_gather = 0
"""
"""From the first row on: a join over everything would wait and fill the memory."""


class ExportedAct(NamedTuple):
    """行為: One event as it is handed over.

    `position` is its place in the log of all events, `number` that in its case. `on` is the legal
    day, `on_wareki` the same (「令和8年4月1日」); `recorded_at` is in UTC. `person` and `drafter` are
    numbers (職員番号, or that of a body); `acting_for` is the office on whose behalf the person
    decided. `basis` prints the provision (「法第260条の49第11項」). `reasons` are those of the act,
    or else of the findings it rests on. `hash` (hex) seals the event and all before it in its case.
    `body` is the stored canonical JSON, None once it was disposed of; drafter, document and reasons
    have then gone with it.
    """

    position: int
    municipality: str
    municipality_name: str
    case: str
    number: int
    kind: str
    title: str
    on: date
    on_wareki: str
    recorded_at: datetime
    person: str
    office: str
    role: str
    acting_for: str | None
    drafter: str | None
    basis: str
    law: str
    article: str
    paragraph: int | None
    item: str | None
    ordinance: str
    command_id: str
    document: str | None
    reasons: str | None
    hash: str
    body: str | None


Acts = AsyncGenerator[ExportedAct, None]
"""Acts on their way; a writer takes them all and closes them, whatever happens."""


async def acts(
    desk: Desk,
    viewer: Viewer,
    *,
    municipality: str | None = None,
    case: str | None = None,
    since: date | None = None,
    until: date | None = None,
    what: str = "記録の引渡し",
) -> Acts:
    """The acts of a municipality or a case, from legal day `since` to `until` inclusive, or all.

    The look is noted, as `what` and with the viewer's bounds, when the first act is asked for. Who
    does not take all of them closes the generator (`contextlib.aclosing`), which gives the
    connection back.
    """
    asked = {"case": case, "municipality": municipality, "since": since, "until": until}
    detail = {name: value for name, value in asked.items() if value is not None}
    detail["within"] = viewer.places
    look = desk.look(viewer, what, case=case, municipality=municipality, detail=detail)
    async with look as connection:
        rows = _rows(connection, municipality, case, since, until)
        async with aclosing(rows):
            async for some in rows:
                for row in some:
                    yield _act(row)


async def hand_over(
    acts: Acts,
    into: Callable[[Sequence[ExportedAct]], None],
    done: Callable[[int], None] | None = None,
) -> int:
    """Hand all acts to `into`, `BATCH` at a time, and close them; how many there were.

    `done` is told after each batch how many have been handed over so far.
    """
    total, batch = 0, list[ExportedAct]()
    async with aclosing(acts):
        async for act in acts:
            batch.append(act)
            if len(batch) == BATCH:
                total += _handed(batch, into)
                if done:
                    done(total)
        total += _handed(batch, into)
    if done:
        done(total)
    return total


def _handed(batch: list[ExportedAct], into: Callable[[Sequence[ExportedAct]], None]) -> int:
    into(batch)
    size = len(batch)
    batch.clear()
    return size


async def _rows(
    connection: Connection, *asked: object
) -> AsyncGenerator[list[asyncpg.Record], None]:
    await connection.execute(_ROW_BY_ROW)
    cursor = await connection.cursor(_ACTS, *asked)
    ahead = asyncio.ensure_future(cursor.fetch(_ROWS))
    try:
        while rows := await ahead:
            ahead = asyncio.create_task(cursor.fetch(_ROWS))
            await asyncio.sleep(0)  # so that the server hears of it now
            yield rows
    finally:
        # The connection is busy until then; what went wrong was raised where it was awaited.
        await asyncio.gather(ahead, return_exceptions=True)


def _act(row: asyncpg.Record) -> ExportedAct:
    (
        position,
        municipality,
        case,
        number,
        kind,
        on,
        recorded_at,
        person,
        office,
        role,
        acting_for,
        law,
        article,
        paragraph,
        item,
        ordinance,
        command_id,
        hash_,
        body,
    ) = row
    drafter, document, reasons = _said(body) if body else (None, None, None)
    return ExportedAct(
        position,
        municipality,
        _name(municipality),
        case,
        number,
        kind,
        _title(kind),
        on,
        _wareki(on),
        recorded_at,
        person,
        office,
        role,
        acting_for,
        drafter,
        _citation(law, article, paragraph, item),
        law,
        article,
        paragraph,
        item,
        ordinance,
        command_id,
        document,
        reasons,
        hash_.hex(),
        body,
    )


def _said(text: str) -> tuple[str | None, str | None, str | None]:
    """Drafter, document number and reasons of a body."""
    body = cast("dict[str, Json]", loads(text))
    drafted = body.get("drafted_by")
    drafter = drafted.get("person") if isinstance(drafted, dict) else None
    document = body.get("document")
    return (
        drafter if isinstance(drafter, str) else None,
        document if isinstance(document, str) else None,
        _reasons(body) if _REASONS in text else None,
    )


def _reasons(body: dict[str, Json]) -> str | None:
    """The reasons of the act itself, or else those of its findings, each on lines of its own."""
    own = body.get("reasons")
    return own if isinstance(own, str) else "\n".join(_findings(body.values())) or None


def _findings(parts: Iterable[Json]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, list):
            yield from _findings(part)
        elif isinstance(part, dict):
            if isinstance(reasons := part.get("reasons"), str):
                yield reasons
            else:
                yield from _findings(part.values())


_title = lru_cache(maxsize=None)(title_of)


@lru_cache(maxsize=4_096)
def _wareki(day: date) -> str:
    return wareki(day) if day >= GREGORIAN else ""


@lru_cache(maxsize=4_096)
def _name(municipality: str) -> str:
    try:
        return office_name(municipality)
    except KeyError:  # a municipality merged away since, or one that is made up for a test
        return municipality


@lru_cache(maxsize=4_096)
def _citation(law: str, article: str, paragraph: int | None, item: str | None) -> str:
    return str(Citation(law=law, article=article, paragraph=paragraph, item=item))
