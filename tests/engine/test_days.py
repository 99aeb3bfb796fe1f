"""The calendar notes that a day has passed, at the start of the next day in Japan, once."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from store.records import Records
from tests.engine.desk import A_DAY, TODAY, Desk, desk_with_worker, eventually
from tests.engine.lending import CLERK, LENDING, Apply, Grant, Return
from workflows.board import LONGEST_VALUE, NEXT_DEADLINE, STAGE
from workflows.days import JST, QUIET, after, last_second, note_at, today

LONG_AGO = date(2026, 3, 2)


def test_a_day_is_over_when_the_next_begins_in_japan() -> None:
    assert after(date(2026, 3, 2)) == datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert last_second(date(2026, 3, 2)) == datetime(2026, 3, 2, 23, 59, 59, tzinfo=JST)
    assert today(datetime(2026, 3, 2, 15, tzinfo=UTC)) == date(2026, 3, 3)


def test_a_coming_day_is_noted_when_it_is_over_and_a_past_one_when_it_is_quiet() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=JST)
    assert note_at(date(2026, 3, 2), noon) == after(date(2026, 3, 2))
    assert note_at(date(2026, 3, 1), noon) == noon + QUIET


async def test_a_deadline_in_400_days_is_noted_the_day_after(
    temporal: Client, records: Records
) -> None:
    skipper = TimeSkipper(temporal, config=TimeSkippingConfig(enabled=False))
    async with desk_with_worker(temporal, records) as desk:
        traveller = Desk(skipper.client, records, desk.queue)
        until = TODAY + 400 * A_DAY
        await traveller.lend(until)
        assert await skipper.fast_forward(traveller.handle, timedelta(days=399))
        assert await traveller.kinds() == ["Applied", "Granted"]
        assert await skipper.fast_forward(traveller.handle, timedelta(days=3))
        await traveller.until("Overdue")
        overdue = LENDING.event.validate_json((await traveller.events())[-1].event)
        assert overdue.on == until + A_DAY
        assert overdue.by.role == "calendar"
        assert (await traveller.events())[-1].command_id == f"calendar:return:{until}"
        assert (await traveller.submit(Return(on=TODAY, by=CLERK))).first == 4


async def test_the_timer_says_what_it_waits_for_under_which_provision(desk: Desk) -> None:
    await desk.lend(date(2027, 3, 2))
    summaries = [
        event.user_metadata.summary.data.decode()
        async for event in desk.handle.fetch_history_events()
        if event.event_type == EventType.EVENT_TYPE_TIMER_STARTED
    ]
    assert summaries == ['"返却の期限 2027-03-02（法第260条の49第10項）"']


async def test_a_day_long_past_is_noted_once_it_is_quiet(desk: Desk) -> None:
    await desk.submit(Apply(on=LONG_AGO, by=CLERK, purpose="夏祭り"))
    await desk.submit(Grant(on=LONG_AGO, by=CLERK, until=LONG_AGO))
    for number in range(5):
        await desk.remark(f"{number}")
    assert "Overdue" not in await desk.kinds()
    await desk.until("Overdue")
    assert (await desk.kinds())[-1] == "Overdue"
    assert "返却を促す" in await desk.details()


async def test_a_backlog_entered_late_is_not_interrupted_by_notes(desk: Desk) -> None:
    await desk.submit(Apply(on=LONG_AGO, by=CLERK, purpose="夏祭り"))
    await desk.submit(Grant(on=LONG_AGO, by=CLERK, until=LONG_AGO))
    await desk.submit(Return(on=LONG_AGO, by=CLERK))
    assert await desk.kinds() == ["Applied", "Granted", "Returned"]


async def test_a_note_that_is_refused_is_not_made_again_and_again(desk: Desk) -> None:
    await desk.submit(Apply(on=LONG_AGO, by=CLERK, purpose="夏祭り"))
    await desk.submit(Grant(on=LONG_AGO, by=CLERK, until=LONG_AGO))
    await desk.remark("refuse the note")

    async def warned() -> bool:
        return "記録しない" in await desk.details()

    await eventually(warned)
    length = (await desk.handle.describe()).history_length
    assert (await desk.remark("つづき")).first == 4
    assert (await desk.handle.describe()).history_length < length + 15


async def test_the_case_list_shows_stage_and_next_deadline(desk: Desk) -> None:
    await desk.lend(date(2027, 3, 2))
    attributes = (await desk.handle.describe()).typed_search_attributes
    assert attributes.get(STAGE) == "貸出し中"
    assert attributes.get(NEXT_DEADLINE) == last_second(date(2027, 3, 2))
    await desk.submit(Return(on=TODAY, by=CLERK))
    assert (await desk.handle.describe()).typed_search_attributes.get(NEXT_DEADLINE) is None


async def test_an_operator_reads_the_deadline_with_its_reason_and_the_latest_acts(
    desk: Desk,
) -> None:
    await desk.lend(date(2027, 3, 2))
    shown = await desk.details()
    for part in ("### 夏祭り", "**貸出し中**", "期限: 2027-03-02（火）", "版2", "集会所係", "返す"):
        assert part in shown
    assert CLERK.name not in shown
    assert (await (await desk.handle.describe()).static_summary()) == "協約 広島市"


@pytest.mark.parametrize("stage", ["段" * 400, "a" * 3_000, "🏘" * 400])
async def test_a_search_attribute_never_outgrows_what_the_server_bears(stage: str) -> None:
    assert len(json.dumps(stage[:LONGEST_VALUE])) <= 2_048
