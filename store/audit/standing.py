"""ある日の現況: How every case of a municipality stood on a legal day, as known at a moment.

Where the acts that count on that day are the first ones of the case, the answer is a row of
`kyodo.standing`. Where an act was entered after one of a later day, what was known and what was so
lie apart on the days between, and on these the case is folded from the events that were recorded by
then and took effect by then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import asyncpg
from pydantic import ValidationError

from domain.decider import UnreadableFact
from domain.docket import ON_THE_FILE
from domain.registry import institution_for
from store.audit.desk import Desk, Viewer
from store.audit.telling import UNREADABLE, RulesOf, Telling, tell
from store.database import Connection

_STANDING = """
select h.case_id, h.municipality, s.open, s.stage, s.headline, s.next_due, s.next_due_title,
       s.obligations, s.obligations_since,
       exists (
         select from kyodo.standing w
         where w.case_id = h.case_id and w.late_from <= $2 and w.late_until > $2
           and w.recorded_at <= $3
       ) as late
from kyodo.head h
left join lateral (
  select * from kyodo.standing s
  where s.case_id = h.case_id and s.recorded_at <= $3 and s.latest <= $2
  order by s.number desc limit 1
) s on true
where $1::text is null or h.municipality = $1
order by h.case_id
"""
_AS_ASKED = "set local plan_cache_mode = force_custom_plan"
"""One plan for a municipality, another for all of them: a plan for both would read all of them."""
_EVENTS = """
select case_id, body from kyodo.event
where case_id = any ($1) and on_day <= $2 and recorded_at <= $3 and body is not null
order by case_id, number
"""
_CLOSED = """
select h.case_id, max(e.on_day) filter (where e.kind <> all ($2)) as latest
from kyodo.head h join kyodo.event e on e.case_id = h.case_id
where not h.open and ($1::text is null or h.municipality = $1)
group by h.case_id
having bool_and(e.kind <> 'RecordDisposed')
order by h.case_id
"""
_ALWAYS = datetime.max.replace(tzinfo=UTC)
_FOR_EVER = date.max
_AT_ONCE = 100
"""Cases whose events are held at once."""


@dataclass(frozen=True)
class Standing:
    """A case as it stood."""

    case: str
    municipality: str
    telling: Telling

    def overdue(self, on: date) -> bool:
        """Whether its next deadline has passed."""
        return self.telling.next_due is not None and self.telling.next_due < on


@dataclass(frozen=True)
class Closed:
    """A case that has come to its end, and the last legal day of its matter."""

    case: str
    latest: date


async def closed_cases(desk: Desk, viewer: Viewer, municipality: str | None = None) -> list[Closed]:
    """The cases that are closed and not disposed of, with the day they were completed."""
    async with desk.look(viewer, "保存期間の一覧", municipality=municipality) as connection:
        rows = await connection.fetch(_CLOSED, municipality, list(ON_THE_FILE))
    await desk.saw(viewer, "保存期間の一覧", [row["case_id"] for row in rows])
    return [Closed(row["case_id"], row["latest"]) for row in rows]


async def standings(
    desk: Desk,
    viewer: Viewer,
    rules: RulesOf,
    municipality: str | None = None,
    *,
    on: date | None = None,
    known: datetime | None = None,
) -> list[Standing]:
    """Every case that had begun on legal day `on`, as known at moment `known` (both default to now)."""
    asked = {"on": on, "known": known}
    async with desk.look(
        viewer, "現況の一覧", municipality=municipality, detail=asked
    ) as connection:
        day, moment = on or _FOR_EVER, known or _ALWAYS
        await connection.execute(_AS_ASKED)
        rows = await connection.fetch(_STANDING, municipality, day, moment)
        late = await _late(connection, rules, rows, day, moment)
    told = (_standing(row, late) for row in rows)
    found = [one for one in told if one is not None]
    await desk.saw(viewer, "現況の一覧", [one.case for one in found])
    return found


async def _late(
    connection: Connection,
    rules: RulesOf,
    rows: Sequence[asyncpg.Record],
    on: date,
    known: datetime,
) -> dict[str, Telling | None]:
    """How the cases stood in which an act that was entered late makes the difference."""
    places = {row["case_id"]: row["municipality"] for row in rows if row["late"]}
    found: dict[str, Telling | None] = {}
    cases = [*places]
    for some in (cases[at : at + _AT_ONCE] for at in range(0, len(cases), _AT_ONCE)):
        bodies: dict[str, list[str]] = {case: [] for case in some}
        for row in await connection.fetch(_EVENTS, some, on, known):
            bodies[row["case_id"]].append(row["body"])
        found |= {case: _folded(case, places[case], bodies[case], rules) for case in some}
    return found


def _standing(row: asyncpg.Record, late: Mapping[str, Telling | None]) -> Standing | None:
    case = row["case_id"]
    if case in late:
        telling = late[case]
    elif row["stage"] is None:
        telling = None
    else:
        telling = Telling(*(row[name] for name in Telling._fields))
    return Standing(case, row["municipality"], telling) if telling else None


def _folded(case: str, municipality: str, bodies: Sequence[str], rules: RulesOf) -> Telling | None:
    if not bodies:
        return None
    try:
        institution = institution_for(case)
        events = [institution.event.validate_json(body) for body in bodies]
        return tell(institution, institution.decider.fold(events), rules, municipality)
    except (LookupError, ValidationError, UnreadableFact):
        return UNREADABLE
