"""事案の読み取り: The events of one case as a viewer may see them, and lists of cases."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import asyncpg
from pydantic import BaseModel, ConfigDict

from domain.law import Citation
from domain.record import Recorded
from store.audit.desk import Desk, Viewer
from store.database import Connection
from store.person_keys import decrypt
from store.personal import MARK, put_back

_EVENTS = """
select e.number, e.recorded_at, e.command_id, e.hash, e.body, e.on_day, e.kind, e.person, e.office,
       e.acting_for, e.law, e.article, e.paragraph, e.item, e.ordinance
from kyodo.event e where e.case_id = $1 and e.recorded_at <= coalesce($2::timestamptz, 'infinity')
order by e.number
"""
_PERSONAL = """
select p.number, p.sealed, p.of, p.cipher, k.key
from kyodo.personal p join kyodo.person_key k on k.id = p.key_id
where p.case_id = $1
"""
_CASES = """
select h.case_id, h.municipality, h.number, h.open, e.kind, e.on_day, e.recorded_at
from kyodo.head h
cross join lateral (
  -- The last that the viewer sees: another government's own act may come after it.
  select kind, on_day, recorded_at from kyodo.event
  where case_id = h.case_id and number <= h.number order by number desc limit 1
) e
where h.case_id > $1
  and ($2::text is null or h.municipality = $2 or h.case_id in (
    select p.case_id from kyodo.party p where p.municipality = $2))
  and ($3::boolean is null or h.open = $3)
order by h.case_id limit $4
"""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseLine(_Frozen):
    """A case in a list: how many events it has and what the last one was."""

    case: str
    municipality: str
    number: int
    open: bool
    last_kind: str
    last_on: date
    last_recorded_at: datetime


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An event with what an auditor asks of it: who, when, under which provision.

    `acting_for` is the office on whose behalf the person decided (専決・代決). `recorded.event`
    is empty where the body was disposed of.
    """

    recorded: Recorded
    kind: str
    on: date
    person: str
    office: str
    acting_for: str | None
    basis: Citation
    ordinance: str


async def history(
    desk: Desk,
    viewer: Viewer,
    case: str,
    *,
    known: datetime | None = None,
    what: str = "事案の履歴",
) -> list[HistoryLine]:
    """All events of a case, or those recorded by the moment `known`, in their order."""
    detail = {"known": known} if known else None
    async with desk.look(viewer, what, case=case, detail=detail) as connection:
        rows = await connection.fetch(_EVENTS, case, known)
        texts = await _texts(connection, case) if any(_has_secrets(row) for row in rows) else {}
    return [_history_line(row, texts.get(row["number"], {})) for row in rows]


async def cases(
    desk: Desk,
    viewer: Viewer,
    municipality: str | None = None,
    *,
    open: bool | None = None,
    after: str = "",
    limit: int = 100,
) -> list[CaseLine]:
    """Cases by number, after case `after`; of one municipality, open or closed, if asked."""
    asked = {"municipality": municipality, "open": open, "after": after}
    async with desk.look(
        viewer, "事案の一覧", municipality=municipality, detail=asked
    ) as connection:
        rows = await connection.fetch(_CASES, after, municipality, open, limit)
    await desk.saw(viewer, "事案の一覧", [row["case_id"] for row in rows])
    return [_case_line(row) for row in rows]


def _has_secrets(row: asyncpg.Record) -> bool:
    return row["body"] is not None and MARK in row["body"]


async def _texts(connection: Connection, case: str) -> dict[int, dict[str, str]]:
    """The personal texts by event number and digest; none where the viewer may not see them."""
    found: dict[int, dict[str, str]] = {}
    for row in await connection.fetch(_PERSONAL, case):
        secret = decrypt(row["key"], row["of"], row["sealed"], row["cipher"])
        found.setdefault(row["number"], {})[row["sealed"].hex()] = secret.text
    return found


def _history_line(row: asyncpg.Record, texts: dict[str, str]) -> HistoryLine:
    number, recorded_at, command_id, hash_, body, on, kind, person, office, acting_for, *basis = row
    law, article, paragraph, item, ordinance = basis
    recorded = Recorded(
        number=number,
        recorded_at=recorded_at,
        command_id=command_id,
        hash=hash_.hex(),
        event=put_back(body or "", texts),
    )
    cited = _citation(law, article, paragraph, item)
    return HistoryLine(recorded, kind, on, person, office, acting_for, cited, ordinance)


@lru_cache(maxsize=4_096)
def _citation(law: str, article: str, paragraph: int | None, item: str | None) -> Citation:
    return Citation(law=law, article=article, paragraph=paragraph, item=item)


def _case_line(row: asyncpg.Record) -> CaseLine:
    return CaseLine(
        case=row["case_id"],
        municipality=row["municipality"],
        number=row["number"],
        open=row["open"],
        last_kind=row["kind"],
        last_on=row["on_day"],
        last_recorded_at=row["recorded_at"],
    )
