"""広島市's record as auditors would read it in SQL, amid others: what docs/sql.md asks of it is there.

A nation of some thousand events, a case for each act there is in 呉市, and six cases of 広島市 whose
acts were recorded on their legal days at ten, but for one. Moments are set by the owner before the
log is made, so the seals do not fit: verify something else.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import asyncpg

from activities.rulebook import Rulebook
from benchmarks.nation import load, make
from domain.designation.examination import NoteStandardPeriodPassed
from domain.designation.improvement import ExtendOrderDeadline
from domain.ordinance import Rules
from domain.people import CALENDAR
from domain.record import Append
from store.audit.cases import history
from store.audit.desk import Desk
from store.audit.projector import Projector
from store.database import connect, open_pool
from store.disposal import dispose
from store.proof.log import Signing
from store.records import Records
from store.sequencer import Sequencer
from tests.embedded import Embedded
from tests.law import cast
from tests.law.cast import but
from tests.law.docket import (
    AMENDED,
    APPLY_RULES,
    ASKED_CASE,
    CLOSED_CASE,
    DISPOSAL,
    ERASURE,
    INTERVENTION,
    Filed,
)
from tests.law.everything import ACTS
from tests.law.example import RULES
from tests.store.audit.office import Office
from tests.store.examples import VIEWER, digest_of
from tests.store.proof.heads import KEY

HERE, THERE = "341002", "342025"
EVENTS = 3_000
REVOKED, ORDERED, SLOW, GONE, LATE, CORRECTING = (f"指定-{HERE}-{n:04}" for n in range(1, 7))
AMENDED_CASE = f"指定-{THERE}-0901"
EXTENSION = next(act.command for act in ACTS if isinstance(act.command, ExtendOrderDeadline))
OVERRUN = NoteStandardPeriodPassed(on=date(2025, 7, 3), by=CALENDAR)
BY_THE_CHIEF = but(cast.REQUEST_CORRECTION, by=cast.CHIEF_FOR_THE_MAYOR)
_MOMENTS = """
update kyodo.event e set recorded_at = m.at from (
  select case_id, number, (max(on_day) over (partition by case_id order by number) + time '10:00'
           + number * interval '1 second'
           + case when case_id = $2 and kind = 'ReportRequested' then interval '31 days' else '0' end)
         at time zone 'Asia/Tokyo' as at
  from kyodo.event where municipality = $1
) m where e.case_id = m.case_id and e.number = m.number
"""


@dataclass(frozen=True)
class City:
    """What the record was made from: the rules of every municipality in it."""

    rulebook: Rulebook

    def rules(self, municipality: str) -> Rules:
        """Those of 例示市 where the cast acts."""
        return RULES if municipality in (HERE, THERE) else self.rulebook.rules(municipality)


async def build(url: str, folder: Path) -> City:
    """Make the record in an empty database, with its log, its head signed, its projections."""
    profiles, work = folder / "profiles", folder / "work"
    profiles.mkdir()
    work.mkdir()
    await load(url, make(1, EVENTS, profiles=profiles, work=work, processes=1))
    city = City(Rulebook(profiles))
    async with open_pool(url, "kyodo_writer") as writer:
        await _enter(Records(writer))
    async with connect(url) as owner:
        await _set_moments(owner)
    async with open_pool(url, "kyodo_sequencer") as pool:
        await Sequencer(pool, signing=Signing(KEY)).catch_up()
    async with open_pool(url, "kyodo_projector") as pool:
        await Projector(pool, city.rules).catch_up()
    await _let_go_look_and_witness(url)
    return city


async def _enter(records: Records) -> None:
    office = Office(records)
    await office.enter(REVOKED, *cast.revoked())
    await office.enter(
        *(ORDERED, *cast.designated(), cast.PROPOSE_ORDER, cast.INVITE, INTERVENTION, ERASURE),
        *(cast.EXPLAIN, cast.ORDER, EXTENSION),
    )
    decided = but(cast.DESIGNATE, on=date(2025, 7, 10), arrives=date(2025, 7, 11))
    await office.enter(SLOW, *cast.decision_pending(), OVERRUN, decided)
    await records.append(_disposed_of(GONE))
    await office.enter(LATE, *cast.designated(), cast.REQUEST_REPORT)
    await office.enter(CORRECTING, cast.FILE, BY_THE_CHIEF)
    await office.enter(AMENDED_CASE, *ASKED_CASE, APPLY_RULES, rules=AMENDED)
    for serial, act in enumerate(ACTS, 1):
        await office.enter(f"指定-{THERE}-{serial:04}", *act.story, act.command)


def _disposed_of(case: str) -> Append:
    """A case under rules that say how long it is kept, up to the decision that it goes."""
    story = [*CLOSED_CASE, DISPOSAL]
    events = [
        event.model_dump_json()
        for at, command in enumerate(story)
        for event in Filed(*story[:at]).when(command).events
    ]
    return Append(
        case=case,
        expected=0,
        command_id="c-1",
        command_digest=digest_of(case),
        events=events,
        open=False,
    )


async def _set_moments(owner: asyncpg.Connection) -> None:
    async with owner.transaction():
        await owner.execute("alter table kyodo.event disable trigger user")
        await owner.execute(_MOMENTS, HERE, LATE)
        await owner.execute("alter table kyodo.event enable always trigger nothing_changes")
        await owner.execute("alter table kyodo.event enable always trigger only_disposal")
        await owner.execute("alter table kyodo.event enable always trigger note_parties")


async def _let_go_look_and_witness(url: str) -> None:
    async with open_pool(url, "kyodo_disposal") as pool:
        await dispose(pool, GONE)
    async with open_pool(url, "kyodo_auditor") as pool:
        await history(Desk(pool), VIEWER, REVOKED)
    async with connect(url) as owner:
        for table, extra in (("cosignature", "'line'"), ("stamp", "'\\x00'")):
            await owner.execute(
                f"insert into kyodo.{table} select size, $1, signed_at, {extra} from kyodo.checkpoint",
                f"{table}.example",
            )
        await owner.execute("analyze")


@asynccontextmanager
async def reading(
    server: Embedded, owner: asyncpg.Connection, login: str, place: str
) -> AsyncGenerator[asyncpg.Connection]:
    """As a login that was granted the auditor's role, and may see one municipality."""
    await owner.execute(f"create role {login} login in role kyodo_auditor")
    await owner.execute("insert into kyodo.reach values ($1, $2)", login, place)
    database = await owner.fetchval("select current_database()")
    async with connect(server.url_of(database, login)) as connection:
        yield connection
