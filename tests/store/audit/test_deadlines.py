"""The open deadlines of every case are kept as the domain tells them, however the log was followed."""

import shutil
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import asyncpg
import pytest

from domain.designation import Command
from domain.designation.examination import NoteStandardPeriodPassed
from domain.designation.intake import WithdrawApplication
from domain.designation.reporting import NoteReportOverdue, SubmitReport
from domain.docket import DocketCommand
from domain.ordinance import Rules
from domain.people import CALENDAR
from domain.periods import Deadline
from domain.record import Append
from domain.registry import DESIGNATION_FILES
from store.audit import projector
from store.audit.deadlines import Since, Step, followed
from store.audit.projector import Projecting, Projector
from store.database import connect, open_pool
from store.disposal import dispose
from store.migrate import FOLDER, migrate
from store.records import Records
from store.sequencer import Sequencer
from tests.embedded import Embedded
from tests.law import cast, contest
from tests.law.cast import but
from tests.law.docket import CLOSED_CASE, DISPOSAL, RULES, Filed
from tests.store.examples import append, digest_of, report

CASES = [f"指定-341002-{serial:04}" for serial in range(1, 6)]
CASE = CASES[0]
OVERDUE = NoteReportOverdue(on=date(2026, 5, 12), by=CALENDAR, report=1)
LATE_REPORT = SubmitReport(on=date(2026, 5, 8), by=cast.BODY, report=1, content="報告します。")
STORIES: list[list[Command]] = [
    [*cast.designated(), cast.REQUEST_REPORT, cast.PROPOSE_ORDER, cast.INVITE],
    [*cast.correcting(), cast.CORRECT],
    [*cast.violated(), cast.PROPOSE_REVOCATION, cast.NOTIFY],
    [*cast.correcting()],
    contest.uncontested(*cast.revoked()),
]
BEFORE_DEADLINES = 11
"""Migrations of the release that worked them out in SQL."""
Story = Sequence[Command | DocketCommand]
Rows = dict[str, dict[str, tuple[int, int, date | None]]]
"""By case and key: the event, the place in the order and the day."""


def rules_of(_: str) -> Rules:
    return RULES


@dataclass
class Log:
    """A record of the test's own, the commands in it, and who follows it."""

    writer: asyncpg.Pool
    sequencer: asyncpg.Pool
    projecting: asyncpg.Pool
    disposal: asyncpg.Pool

    def __post_init__(self) -> None:
        self._stories: dict[str, list[Command | DocketCommand]] = {}
        self._numbers: dict[str, int] = {}

    async def enter(self, case: str, *commands: Command | DocketCommand) -> None:
        """Hand in the commands one by one."""
        for command in commands:
            await self.enter_as_one(case, command)

    async def enter_as_one(self, case: str, *commands: Command | DocketCommand) -> None:
        """Record what the commands bring about as if one had brought it all about."""
        story, events = self._stories.setdefault(case, []), list[str]()
        for command in commands:
            brought = Filed(*story).when(command).events
            assert brought, command
            events += [event.model_dump_json() for event in brought]
            story.append(command)
        open_ = DESIGNATION_FILES.is_open(Filed(*story).file)
        await self.append(case, events, open=open_)

    async def append(self, case: str, events: list[str], *, open: bool = True) -> None:
        number = self._numbers.get(case, 0)
        request = Append(
            case=case,
            expected=number,
            command_id=f"c-{number + 1}",
            command_digest=digest_of("".join(events)),
            events=events,
            open=open,
        )
        await Records(self.writer).append(request)
        self._numbers[case] = number + len(events)
        await Sequencer(self.sequencer).catch_up()

    async def follow(self, batch: int = 2_000) -> Rows:
        """What is kept once the log has been followed to its end."""
        await Projector(self.projecting, rules_of, batch=batch).catch_up()
        return await self.kept()

    async def kept(self) -> Rows:
        found: Rows = {}
        for row in await self.projecting.fetch(
            "select * from kyodo.deadline order by case_id, ord"
        ):
            told = (row["number"], row["ord"], row["day"])
            found.setdefault(row["case_id"], {})[row["key"]] = told
        return found

    def wanted(self) -> Rows:
        """What the domain says of every case, soonest first."""
        told = {case: _told(story) for case, story in self._stories.items()}
        return {case: deadlines for case, deadlines in told.items() if deadlines}


def _told(story: Story) -> dict[str, tuple[int, int, date | None]]:
    events = [
        event
        for at, command in enumerate(story)
        for event in Filed(*story[:at]).when(command).events
    ]
    file, then = DESIGNATION_FILES.decider.initial, [dict[str, Deadline]()]
    for event in events:
        file = DESIGNATION_FILES.decider.evolve(file, event)
        dues = DESIGNATION_FILES.dues(file, RULES)
        then.append({due.deadline.key: due.deadline for due in dues})
    last = sorted(then[-1].values(), key=lambda one: (one.day or date.max, one.title))
    return {
        one.key: (
            max(n for n, told in enumerate(then) if told.get(one.key) != one) + 1,
            at,
            one.day,
        )
        for at, one in enumerate(last, 1)
    }


@pytest.fixture
async def log(fresh_url: str) -> AsyncGenerator[Log]:
    async with (
        open_pool(fresh_url, "kyodo_writer") as writer,
        open_pool(fresh_url, "kyodo_sequencer") as sequencer,
        open_pool(fresh_url, "kyodo_projector") as projecting,
        open_pool(fresh_url, "kyodo_disposal") as disposal,
    ):
        yield Log(writer, sequencer, projecting, disposal)


async def _enter_in_turns(log: Log) -> None:
    """The cases side by side, a command of each after another."""
    for at in range(max(map(len, STORIES))):
        for case, story in zip(CASES, STORIES, strict=True):
            await log.enter(case, *story[at : at + 1])


@pytest.mark.parametrize("batch", [1, 3, 2_000])
@pytest.mark.parametrize("most", [1, 2, 100_000])
async def test_deadlines_are_kept_as_the_domain_tells_them_however_few_cases_are_remembered(
    log: Log, monkeypatch: pytest.MonkeyPatch, batch: int, most: int
) -> None:
    monkeypatch.setattr(projector, "MOST_CASES", most)
    await _enter_in_turns(log)
    found = await log.follow(batch)
    assert found == log.wanted()
    assert len({key for case in found.values() for key in case}) > 3
    assert CASES[-1] not in found  # it is closed


async def test_they_follow_every_act_as_it_comes(log: Log) -> None:
    story = [*cast.designated(), cast.REQUEST_REPORT, cast.PROPOSE_ORDER, cast.INVITE, cast.EXPLAIN]
    for command in story:
        await log.enter(CASE, command)
        assert await log.follow() == log.wanted()


async def test_each_deadline_goes_back_to_the_act_that_brought_it_about(log: Log) -> None:
    await log.enter_as_one(CASE, *cast.designated(), cast.REQUEST_REPORT, cast.PROPOSE_ORDER)
    await log.enter_as_one(CASE, cast.INVITE, but(cast.REQUEST_REPORT, on=cast.INVITE.on))
    for batch in (2, 2_000):  # which also cuts a command in two
        found = await log.follow(batch)
        assert found == log.wanted()
        await log.projecting.execute("update kyodo.projected set position = 0")
        await log.projecting.execute("truncate kyodo.act, kyodo.standing, kyodo.deadline")


def test_a_deadline_that_one_government_opened_for_itself_stays_its_own() -> None:
    (first,) = [due.deadline for due in DESIGNATION_FILES.dues(Filed(cast.FILE).file, RULES)]
    moved = first.model_copy(update={"day": date(2025, 8, 1)})
    opened = followed({}, [Step(4, [first], "341002")], [first], list)
    assert opened == {"standard": Since(4, first, "341002")}
    assert followed(opened, [Step(5, [first], None)], [first], list) is opened
    later = followed(opened, [Step(6, [moved], None)], [moved], list)
    assert later == {"standard": Since(6, moved, "341002")}
    others = followed({}, [Step(4, [], "341002"), Step(5, [first], None)], [first], list)
    assert others == {"standard": Since(5, first, None)}


async def test_a_suspended_period_is_kept_without_a_day_and_comes_last(log: Log) -> None:
    await log.enter(CASE, *cast.correcting())
    (awaited, stopped) = (await log.follow())[CASE].values()
    assert (awaited[0], awaited[1]) == (2, 1)
    assert stopped == (2, 2, None)  # the request for a correction has stopped it
    await log.enter(CASE, cast.CORRECT)
    assert (await log.follow())[CASE] == {"standard": (3, 1, date(2025, 7, 9))}


async def test_what_the_calendar_notes_leaves_a_deadline_as_it_was(log: Log) -> None:
    await log.enter(CASE, cast.FILE)
    before = await log.follow()
    await log.enter(CASE, NoteStandardPeriodPassed(on=date(2025, 7, 3), by=CALENDAR))
    assert await log.follow() == before == {CASE: {"standard": (1, 1, date(2025, 7, 2))}}


async def test_an_act_entered_late_ends_a_deadline_all_the_same(log: Log) -> None:
    await log.enter(CASE, *cast.designated(), cast.REQUEST_REPORT, OVERDUE)
    assert "report-1" in (await log.follow())[CASE]
    await log.enter(CASE, LATE_REPORT)
    assert LATE_REPORT.on < OVERDUE.on
    assert "report-1" not in (await log.follow())[CASE]


@pytest.mark.parametrize("batch", [1, 2_000])
async def test_a_closed_case_has_none(log: Log, batch: int) -> None:
    await log.enter(CASE, *cast.correcting())
    assert await log.follow()
    await log.enter(CASE, WithdrawApplication(on=date(2025, 6, 20), by=cast.BODY))
    assert await log.follow(batch) == {}


async def test_a_case_that_cannot_be_read_has_none(log: Log) -> None:
    await log.enter(CASE, *cast.applied())
    assert await log.follow()
    await log.append(CASE, [report()])
    assert await log.follow() == {}


@pytest.mark.parametrize("seen", [1, 2, 3])
async def test_a_case_disposed_of_has_none_whenever_that_is_followed(log: Log, seen: int) -> None:
    await log.enter(CASE, *CLOSED_CASE, DISPOSAL)
    async with log.projecting.acquire() as connection:
        await Projecting(connection, rules_of).step(upto=seen)
    assert bool(await log.kept()) == (seen == 1)
    await dispose(log.disposal, CASE)
    assert await log.follow() == {}
    assert await Projector(log.projecting, rules_of).rebuild() == []
    assert await log.kept() == {}


async def test_made_anew_they_are_the_same_and_what_was_changed_by_hand_is_named(log: Log) -> None:
    await _enter_in_turns(log)
    found = await log.follow()
    assert await Projector(log.projecting, rules_of, batch=3).rebuild() == []
    assert await log.kept() == found
    await log.projecting.execute(
        "update kyodo.deadline set day = day + 1 where case_id = $1", CASES[1]
    )
    await log.projecting.execute("delete from kyodo.deadline where case_id = $1", CASES[2])
    assert await Projector(log.projecting, rules_of).rebuild() == [CASES[1], CASES[2]]
    assert await log.kept() == found


async def test_a_case_is_followed_on_from_what_was_kept_by_another_projector(log: Log) -> None:
    await log.enter(CASE, *cast.designated(), cast.REQUEST_REPORT)
    async with log.projecting.acquire() as one:
        behind = Projecting(one, rules_of)
        await behind.step()
        await log.enter(CASE, cast.PROPOSE_ORDER, cast.INVITE)
        assert await log.follow() == log.wanted()
        await log.enter(CASE, cast.EXPLAIN)
        await behind.step()
    assert await log.kept() == log.wanted()


@pytest.fixture
async def earlier(server: Embedded, template: str, tmp_path: Path) -> str:
    """The owner's URL of a record under the release before, whose projector was up to date."""
    assert template  # the roles belong to the cluster
    async with connect(server.url) as connection:
        await connection.execute("create database before_deadlines")
    url = server.url_of("before_deadlines")
    for file in sorted(FOLDER.glob("*.sql"))[:BEFORE_DEADLINES]:
        shutil.copy(file, tmp_path)
    assert len(await migrate(url, tmp_path)) == BEFORE_DEADLINES
    async with open_pool(url, "kyodo_writer") as writer:
        events = [event.model_dump_json() for event in Filed().when(cast.FILE).events]
        await Records(writer).append(append(CASE, 0, *events))
    async with open_pool(url, "kyodo_sequencer") as sequencer:
        await Sequencer(sequencer).catch_up()
    async with connect(url) as owner:
        await owner.execute(
            """insert into kyodo.act (position, municipality, case_id, number, kind, on_day,
                                      recorded_at, person, law, article)
               select 1, municipality, case_id, number, kind, on_day, recorded_at, person, law, article
               from kyodo.event"""
        )
        await owner.execute("update kyodo.projected set position = 1")
    return url


async def test_a_record_begun_under_an_earlier_release_gets_its_deadlines(earlier: str) -> None:
    assert (await migrate(earlier))[0] == "0012_deadlines.sql"
    async with open_pool(earlier, "kyodo_projector") as pool:
        assert await Projector(pool, rules_of).catch_up() == 1
        assert await pool.fetchval("select key from kyodo.deadline") == "standard"
