"""Appending: once for ever, on the expected number, each caller for himself."""

import asyncio
import json
from collections import Counter

import asyncpg
import pytest

from domain.record import Append
from store.audit.cases import cases, history
from store.audit.desk import Desk
from store.database import open_pool
from store.errors import (
    Behind,
    CommandReused,
    Conflict,
    OutOfReach,
    RecordRefused,
)
from store.records import Records
from tests.store.examples import VIEWER, append, digest_of, event, new_case, personal, report


async def test_what_was_appended_is_loaded_in_order_under_its_command(records: Records) -> None:
    case = new_case()
    one = await records.append(append(case, 0, report(), event(), command="first"))
    two = await records.append(
        append(case, 2, event(measures="帳簿を備えること"), command="second")
    )
    page = await records.load(case)
    assert (one.first, one.last, two.first, two.last) == (1, 2, 3, 3)
    assert [each.number for each in page.events] == [1, 2, 3]
    assert [each.command_id for each in page.events] == ["first", "first", "second"]
    assert [page.events[1].hash, page.events[2].hash] == [one.head, two.head]
    assert json.loads(page.events[2].event)["measures"] == "帳簿を備えること"
    assert not page.more


async def test_a_command_recorded_before_gives_its_stored_events_and_adds_nothing(
    records: Records,
) -> None:
    request = append(new_case(), 0, report(), event())
    first = await records.append(request)
    again = await records.append(request)
    assert first.stored is None
    assert (again.first, again.last, again.head) == (first.first, first.last, first.head)
    assert [each.number for each in again.stored or []] == [1, 2]
    assert len((await records.load(request.case)).events) == 2


async def test_a_command_is_known_even_when_it_comes_with_a_later_expectation(
    records: Records,
) -> None:
    case = new_case()
    await records.append(append(case, 0, command="twice"))
    again = await records.append(append(case, 1, command="twice"))
    assert (again.first, again.last) == (1, 1)
    assert again.stored is not None


async def test_the_same_command_id_with_another_content_is_refused(records: Records) -> None:
    case = new_case()
    await records.append(append(case, 0, command="id", content="命ずる"))
    with pytest.raises(CommandReused, match="別の内容"):
        await records.append(append(case, 1, command="id", content="取り消す"))


async def test_an_append_to_a_case_that_has_moved_on_conflicts(records: Records) -> None:
    case = new_case()
    await records.append(append(case, 0, report(), report()))
    with pytest.raises(Conflict) as raised:
        await records.append(append(case, 1))
    assert raised.value.number == 2


@pytest.mark.parametrize("written", [0, 2])
async def test_a_case_shorter_than_was_seen_raises_the_alarm_and_is_not_written(
    records: Records, written: int
) -> None:
    case = new_case()
    if written:
        await records.append(append(case, 0, *[report()] * written))
    with pytest.raises(Behind) as raised:
        await records.append(append(case, 5))
    assert raised.value.number == written
    assert len((await records.load(case)).events) == written


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([], "事実がありません"),
        (["[]"], "オブジェクト"),
        (["{"], "Expecting"),
        ([report(rate=0.5)], "小数"),
        ([report(count=2**53)], "整数"),
        ([report(項目="x")], "項目の名前"),
        (['{"kind":"A","kind":"B"}'], "二つ"),
        ([r'{"kind":"\ud800"}'], "surrogates"),
        ([report(on="2026-02-30")], "date"),
        ([report(on="20260201")], "null"),
        ([report(ordinance=None)], "null"),
        ([report(note="\x00")], "unsupported"),
        ([report(who={"of": "x", "text": None, "sealed": "ab"})], "sealed"),
        ([report(who={"of": "x", "text": None, "sealed": None})], "text"),
        ([report(note="あ" * 400_000)], "バイト"),
    ],
)
async def test_events_that_are_no_facts_are_refused(
    records: Records, events: list[str], reason: str
) -> None:
    request = Append(
        case=new_case(),
        expected=0,
        command_id="c",
        command_digest=digest_of(""),
        events=events,
        open=True,
    )
    with pytest.raises(RecordRefused, match=reason):
        await records.append(request)
    assert not (await records.load(request.case)).events


async def test_a_bad_request_fails_alone_among_its_neighbours(records: Records) -> None:
    bad = append(new_case(), 0, event(reasons=" "))
    good = [append(new_case()) for _ in range(20)]
    outcomes = await asyncio.gather(
        *(records.append(each) for each in [*good[:10], bad, *good[10:]]), return_exceptions=True
    )
    assert [type(each) for each in outcomes].count(RecordRefused) == 1
    assert isinstance(outcomes[10], RecordRefused)


async def test_a_cancelled_caller_disturbs_no_other(records: Records) -> None:
    tasks = [asyncio.create_task(records.append(append(new_case()))) for _ in range(20)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(each, asyncio.CancelledError) for each in outcomes[::2])
    assert [getattr(each, "last", None) for each in outcomes[1::2]] == [1] * 10


async def test_many_writers_on_one_case_lose_nothing_and_leave_no_gap(url: str) -> None:
    case, writers, acts = new_case(), 12, 8

    async def write(records: Records, name: int) -> None:
        number, done = 0, 0
        while done < acts:
            try:
                number = (await records.append(append(case, number, command=f"{name}-{done}"))).last
                done += 1
            except Conflict as moved_on:
                number = moved_on.number

    async with open_pool(url, "kyodo_writer") as one, open_pool(url, "kyodo_writer") as two:
        workers = [Records(one), Records(two)]
        await asyncio.gather(*(write(workers[name % 2], name) for name in range(writers)))
        page = await workers[0].load(case)
    assert [each.number for each in page.events] == list(range(1, writers * acts + 1))
    assert set(Counter(each.command_id for each in page.events).values()) == {1}


async def test_two_workers_with_the_same_cases_in_other_orders_do_not_block_each_other(
    url: str,
) -> None:
    cases = [new_case() for _ in range(30)]

    async def write(records: Records, order: list[str], name: str) -> int:
        requests = [append(case, 0, command=name) for case in order]
        found = await asyncio.gather(
            *(records.append(each) for each in requests), return_exceptions=True
        )
        assert all(
            not isinstance(each, BaseException | None) or isinstance(each, Conflict)
            for each in found
        )
        return sum(not isinstance(each, Conflict) for each in found)

    async with open_pool(url, "kyodo_writer") as one, open_pool(url, "kyodo_writer") as two:
        done = await asyncio.gather(
            write(Records(one), cases, "a"), write(Records(two), cases[::-1], "b")
        )
    assert sum(done) == len(cases)


async def test_one_command_handed_in_by_two_workers_is_recorded_once(url: str) -> None:
    async with open_pool(url, "kyodo_writer") as one, open_pool(url, "kyodo_writer") as two:
        workers = [Records(one), Records(two)]
        for _ in range(20):
            request = append(new_case(), 0, report(), event())
            found = await asyncio.gather(*(each.append(request) for each in workers * 3))
            assert {(each.first, each.last) for each in found} == {(1, 2)}
            assert [each.stored for each in found].count(None) == 1


async def test_personal_texts_are_kept_apart_and_put_back_for_who_may_see_them(
    records: Records, owner: asyncpg.Connection, auditor: asyncpg.Pool
) -> None:
    case = new_case()
    people = [personal("山田太郎"), {"deep": personal("広島市中区…", of="address")}]
    await records.append(append(case, 0, report(), report(people=people)))
    body = await owner.fetchval(
        "select body from kyodo.event where case_id = $1 and number = 2", case
    )
    assert "山田" not in body
    assert "広島市中区" not in body
    assert await owner.fetchval(
        "select bool_and(position('山田' in p::text) = 0) from kyodo.personal p"
    )
    withheld = json.loads((await records.load(case)).events[1].event)["people"]
    assert [withheld[0]["text"], withheld[1]["deep"]["text"]] == [None, None]
    lines = await history(Desk(auditor), VIEWER, case)
    assert json.loads(lines[1].recorded.event)["people"] == people


async def test_a_page_is_bounded_in_bytes_but_never_empty(records: Records) -> None:
    case = new_case()
    await records.append(append(case, 0, *[report(note="記" * 1000)] * 10))
    first = await records.load(case, max_bytes=10_000)
    rest = await records.load(case, after=first.events[-1].number)
    tiny = await records.load(case, after=9, max_bytes=1)
    assert 1 < len(first.events) < 10
    assert first.more
    assert len(first.events) + len(rest.events) == 10
    assert ([each.number for each in tiny.events], tiny.more) == ([10], False)


async def test_open_cases_are_those_whose_last_append_left_them_open(
    records: Records, auditor: asyncpg.Pool
) -> None:
    open_one, closed, reopened = new_case("342025"), new_case("342025"), new_case("342025")
    await records.append(append(open_one))
    await records.append(append(closed, 0, open=False))
    await records.append(append(reopened, 0, open=False))
    await records.append(append(reopened, 1))
    heads = {head.case: head async for head in records.open_cases()}
    assert {open_one, reopened} <= heads.keys()
    assert closed not in heads
    lines = await cases(Desk(auditor), VIEWER, "342025")
    assert [(line.case, line.open, line.last_kind) for line in lines] == [
        (open_one, True, "ReportReceived"),
        (closed, False, "ReportReceived"),
        (reopened, True, "ReportReceived"),
    ]


async def test_the_history_says_who_did_what_on_whose_behalf_under_which_provision(
    records: Records, auditor: asyncpg.Pool
) -> None:
    case = new_case()
    await records.append(append(case, 0, event()))
    (line,) = await history(Desk(auditor), VIEWER, case)
    assert (line.kind, line.person, line.office, line.acting_for) == (
        "ImprovementOrdered",
        "10023",
        "地域振興課長",
        "広島市長",
    )
    assert str(line.basis) == "法第260条の49第11項"


async def test_a_command_is_found_by_its_id(records: Records) -> None:
    case = new_case()
    await records.append(append(case, 0, report(), report(), command="known"))
    found = await records.find_command(case, "known")
    assert found is not None
    assert [each.number for each in found.stored or []] == [1, 2]
    assert await records.find_command(case, "unknown") is None


async def test_a_server_that_is_away_is_told_without_its_password(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    nowhere = tmp_path_factory.mktemp("none")
    with pytest.raises(OutOfReach) as raised:
        async with open_pool(f"postgresql://worker:secret@/db?host={nowhere}", "kyodo_writer"):
            pass
    assert "kyodo_writer" in str(raised.value)
    assert "secret" not in str(raised.value)
