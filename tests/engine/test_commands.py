"""One door for every command: recorded once, refused by citation, never from a stale state."""

import asyncio
from datetime import timedelta

import pytest
from asyncpg import Pool
from pydantic import JsonValue
from temporalio.client import Client, WorkflowUpdateFailedError

from activities.rulebook import Rulebook
from domain.people import CALENDAR
from domain.record import Append, Appended, Submission
from store.records import Records
from tests.engine.desk import A_DAY, HIROSHIMA, TODAY, Desk, desk_with_worker
from tests.engine.lending import (
    CLERK,
    LENDING,
    Apply,
    Grant,
    Hall,
    Remark,
    Remarked,
    Return,
    Upset,
)
from workflows.client import Halted, Invalid, RefusedByLaw, send


async def test_a_command_is_answered_with_the_numbers_and_names_of_its_events(desk: Desk) -> None:
    receipt = await desk.submit(Apply(on=TODAY, by=CLERK, purpose="夏祭り"), id="first")
    assert (receipt.first, receipt.last, receipt.events) == (1, 1, ["申込み"])
    assert (receipt.stage, receipt.command_id, receipt.duplicate) == ("申込み", "first", False)
    assert receipt.head == (await desk.events())[-1].hash


async def test_several_events_of_one_command_are_recorded_together(desk: Desk) -> None:
    await desk.lend()
    receipt = await desk.submit(Remark(on=TODAY, by=CLERK, text="三度", times=3))
    assert (receipt.first, receipt.last) == (3, 5)


async def test_the_same_command_handed_in_twice_is_recorded_once(desk: Desk) -> None:
    await desk.lend()
    first = await desk.remark("一度だけ", id="once")
    second = await desk.remark("一度だけ", id="once")
    assert second == first.model_copy(update={"duplicate": True})
    assert (await desk.kinds()).count("Remarked") == 1


async def test_the_same_command_handed_in_many_times_at_once_is_recorded_once(desk: Desk) -> None:
    await desk.lend()
    receipts = await asyncio.gather(*(desk.remark("同時", id="at-once") for _ in range(8)))
    assert {receipt.first for receipt in receipts} == {3}
    assert sum(not receipt.duplicate for receipt in receipts) == 1
    assert (await desk.kinds()).count("Remarked") == 1


async def test_two_first_commands_at_once_open_one_case(desk: Desk) -> None:
    command = Apply(on=TODAY, by=CLERK, purpose="競合")
    outcomes = await asyncio.gather(
        desk.submit(command), desk.submit(command), return_exceptions=True
    )
    assert sum(isinstance(one, RefusedByLaw) for one in outcomes) == 1
    assert await desk.kinds() == ["Applied"]


async def test_an_id_used_for_another_command_is_turned_away(desk: Desk) -> None:
    await desk.lend()
    await desk.remark("こちら", id="mine")
    with pytest.raises(Invalid, match="別の内容で記録済み"):
        await desk.remark("あちら", id="mine")
    with pytest.raises(Invalid, match="別の内容で記録済み"):
        await desk.submit(Apply(on=TODAY, by=CLERK, purpose="拒否されるもの"), id="mine")


async def test_what_is_so_already_brings_nothing_about(desk: Desk) -> None:
    await desk.lend()
    receipt = await desk.submit(Grant(on=TODAY, by=CLERK, until=TODAY + 30 * A_DAY))
    assert (receipt.events, receipt.last, receipt.stage) == ([], 0, "貸出し中")


async def test_a_refusal_names_the_provision_the_reason_and_what_to_do(desk: Desk) -> None:
    await desk.lend()
    with pytest.raises(RefusedByLaw) as refused:
        await desk.submit(Apply(on=TODAY, by=CLERK, purpose="もう一度"))
    assert refused.value.citation == "法第260条の49第2項"
    assert refused.value.reason == "貸出し中のため「申し込む」はできません"
    assert refused.value.remedy == "待つ"


async def test_a_refused_command_is_judged_anew_when_it_comes_again(desk: Desk) -> None:
    await desk.submit(Apply(on=TODAY, by=CLERK, purpose="夏祭り"))
    with pytest.raises(RefusedByLaw):
        await desk.remark("早すぎる", id="early")
    await desk.submit(Grant(on=TODAY, by=CLERK, until=TODAY + A_DAY))
    assert (await desk.remark("早すぎる", id="early")).events == ["書き留め"]


async def test_a_case_whose_first_command_is_refused_ends_itself(desk: Desk) -> None:
    with pytest.raises(RefusedByLaw):
        await desk.remark("開いていない")
    await asyncio.wait_for(desk.handle.result(), 10)
    assert await desk.events() == []
    await desk.lend()
    assert await desk.kinds() == ["Applied", "Granted"]


async def test_a_case_that_is_closed_ends_and_still_answers(desk: Desk) -> None:
    await desk.lend()
    await desk.submit(Return(on=TODAY, by=CLERK), id="back")
    await asyncio.wait_for(desk.handle.result(), 10)
    with pytest.raises(RefusedByLaw, match="返却済み"):
        await desk.remark("遅い")
    assert (await desk.submit(Return(on=TODAY, by=CLERK), id="back")).duplicate


async def test_a_command_nobody_foresaw_leaves_the_case_as_it_was(desk: Desk) -> None:
    await desk.lend()
    with pytest.raises(Halted, match="何も記録していません"):
        await desk.submit(Upset(on=TODAY, by=CLERK))
    assert (await desk.remark("続ける")).first == 3


async def test_nothing_is_refused_from_a_stale_state(desk: Desk, records: Records) -> None:
    await desk.submit(Apply(on=TODAY, by=CLERK, purpose="夏祭り"))
    granted = LENDING.decider.decide(
        Grant(on=TODAY, by=CLERK, until=TODAY + A_DAY),
        Hall(stage="申込み"),
        Rulebook().rules(HIROSHIMA),
    )
    await records.append(_behind_its_back(desk.case, 1, [one.model_dump_json() for one in granted]))
    assert (await desk.remark("貸出しは済んでいる")).first == 3


async def test_a_conflict_is_decided_again_after_reading_on(desk: Desk, records: Records) -> None:
    await desk.lend()
    other = Remarked(on=TODAY, by=CLERK, ordinance="x", text="別の口から")
    await records.append(_behind_its_back(desk.case, 2, [other.model_dump_json()]))
    assert (await desk.remark("こちらから")).first == 4


async def test_a_record_shorter_than_the_case_stops_it(
    temporal: Client, records: Records, pool: Pool
) -> None:
    class Shortened(Records):
        """The record after a restore from an old backup."""

        async def append(self, request: Append) -> Appended:
            return await records.append(request.model_copy(update={"expected": 99}))

    async with desk_with_worker(temporal, records) as desk:
        await desk.lend()
        await desk.handle.terminate()
    async with desk_with_worker(temporal, Shortened(pool)) as other:
        other.case = desk.case
        with pytest.raises(Halted) as halted:
            await other.remark("失われた")
    assert halted.value.kind == "Behind"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (Apply(on=TODAY + 2 * A_DAY, by=CLERK, purpose="明後日"), "今日"),
        (Apply(on=TODAY, by=CALENDAR, purpose="暦"), "期日の到来"),
        (Apply(on=TODAY, by=CLERK, purpose="長" * 30_000), "上限"),
    ],
    ids=["後の日", "暦を名乗る", "大きすぎる"],
)
async def test_an_ill_made_command_is_turned_away_without_a_trace(
    desk: Desk, command: Apply, why: str
) -> None:
    await desk.lend()
    length = (await desk.handle.describe()).history_length
    with pytest.raises(Invalid, match=why):
        await desk.submit(command)
    assert (await desk.handle.describe()).history_length == length
    assert len(await desk.events()) == 2


async def test_poison_sent_past_the_client_does_no_harm(desk: Desk) -> None:
    await desk.lend()
    shapes: list[JsonValue] = [{}, {"kind": "Remark"}, [1], "x", None, {"on": "0000-00-00"}]
    for poison in shapes:
        await _fails(desk, "書き留める", poison, "poison")
    await _fails(desk, "ない命令", {}, "unknown")
    command = Remark(on=TODAY, by=CLERK, text="番号").model_dump(mode="json")
    await _fails(desk, "書き留める", command, "calendar:return:2026-01-01")
    await _fails(desk, "書き留める", command, "番号")
    with pytest.raises(Invalid):
        await desk.remark("\x00")
    assert (await desk.remark("無事")).first == 3


async def test_a_case_of_a_municipality_without_rules_is_turned_away(desk: Desk) -> None:
    desk.case = "協約-011002-0001"
    with pytest.raises(Invalid, match="条例の定めがありません"):
        await desk.submit(Apply(on=TODAY, by=CLERK, purpose="札幌"))


async def test_an_institution_not_carried_is_turned_away_by_the_client(desk: Desk) -> None:
    submission = Submission.model_construct(id="x", case="婚姻-341002-0001", command={})
    with pytest.raises(Invalid, match="扱っていません"):
        await send(desk.client, submission, patience=timedelta(seconds=1))


async def _fails(desk: Desk, update: str, command: JsonValue, id: str) -> None:
    with pytest.raises(WorkflowUpdateFailedError):
        await desk.handle.execute_update(  # pyright: ignore[reportUnknownMemberType]
            update, command, id=id
        )


def _behind_its_back(case: str, expected: int, events: list[str]) -> Append:
    return Append(
        case=case,
        expected=expected,
        command_id="behind-its-back",
        command_digest="00" * 32,
        events=events,
        open=True,
    )
