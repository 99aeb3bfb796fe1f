"""The usual audit questions find what they say, and nothing where there is nothing to find."""

from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from domain.designation.improvement import ExtendOrderDeadline
from store.audit.desk import Desk
from store.audit.projector import Projector
from store.audit.questions import Answer, ask, question, questions
from store.database import open_pool
from store.records import Records
from store.sequencer import Sequencer
from tests.law import cast
from tests.law.docket import AMENDED, APPLY_RULES, ASKED_CASE, INTERVENTION
from tests.law.everything import ACTS, URGENT
from tests.store.audit.conftest import rules_of
from tests.store.audit.office import Office
from tests.store.examples import VIEWER, append, event

TODAY = date(2027, 1, 10)
HERE, THERE = "341002", "342025"
NAMES = [one.name for one in questions()]


EXTENSION = next(act.command for act in ACTS if isinstance(act.command, ExtendOrderDeadline))


def numbered(document: str, **more: Any) -> str:
    return event(kind="ReportRequested", document=document, due=None, remedy_notice=None, **more)


def by(person: str, drafter: str) -> dict[str, Any]:
    office = {"office": "市長", "name": "例示", "role": "mayor", "acting": None}
    return {"by": {**office, "person": person}, "drafted_by": {**office, "person": drafter}}


@pytest.fixture(scope="module")
async def asking(
    url: str, records: Records, sequencer_pool: asyncpg.Pool, auditor: asyncpg.Pool
) -> Desk:
    """Cases as the law brings them about, and others as no law would, entered past it."""
    office = Office(records)
    cases = {
        name: f"指定-{HERE}-{name}" for name in ("ordered", "violated", "urgent", "moved", "seen")
    }
    await office.enter(f"指定-{HERE}-amended", *ASKED_CASE, APPLY_RULES, rules=AMENDED)
    await office.enter(cases["ordered"], *cast.under_order())
    await office.enter(cases["violated"], *cast.violated())
    await office.enter(cases["moved"], *cast.under_order(), EXTENSION)
    await office.enter(cases["urgent"], *cast.designated(), cast.REQUEST_REPORT, URGENT)
    await office.enter(cases["seen"], *cast.designated(), cast.REQUEST_REPORT, INTERVENTION)
    for place, serial in ((HERE, "odd"), (THERE, "odd")):
        notice = {
            "arrives": "2026-06-03",
            "day": {"day": "2026-06-10", "key": "hearing-1", "title": "聴聞の期日"},
        }
        passed = {"due": {"day": "2026-06-01", "key": "standard", "title": "標準処理期間の末日"}}
        await records.append(
            append(
                f"指定-{place}-{serial}",
                0,
                event(kind="StandardPeriodPassed", remedy_notice=None, **passed),
                event(kind="HearingNotified", remedy_notice=None, due=None, **notice),
                numbered("例活第7号"),
                numbered("例活第8号"),
                numbered("例活第12号"),
                event(**by("S-1", "S-1")),
            )
        )
    await Sequencer(sequencer_pool).catch_up()
    async with open_pool(url, "kyodo_projector") as pool:
        await Projector(pool, rules_of).catch_up()
    return Desk(auditor)


async def answer(desk: Desk, name: str, place: str | None = HERE, **more: Any) -> Answer:
    return await ask(desk, VIEWER, question(name), TODAY, municipality=place, **more)


def rows(found: Answer, *columns: str) -> list[tuple[object, ...]]:
    places = [found.columns.index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in found.rows]


@pytest.mark.parametrize("name", NAMES)
async def test_a_question_says_what_it_shows_and_under_which_provision(name: str) -> None:
    asked = question(name)
    assert len(asked.title) > 3
    assert asked.shows.endswith("。")
    assert asked.basis
    assert question(name.replace("_", "-")) == asked


@pytest.mark.parametrize("name", NAMES)
async def test_a_question_finds_nothing_before_there_was_anything(asking: Desk, name: str) -> None:
    found = await answer(asking, name, None, until=date(2024, 1, 1))
    assert found.rows == ()
    assert {"団体", "事案"} <= set(found.columns)


@pytest.mark.parametrize("name", NAMES)
async def test_a_question_about_one_municipality_finds_no_other(asking: Desk, name: str) -> None:
    everywhere = rows(await answer(asking, name, None), "団体")
    here = rows(await answer(asking, name, HERE), "団体")
    assert here == [row for row in everywhere if row == (HERE,)]


async def test_orders_that_nobody_confirmed(asking: Desk) -> None:
    found = rows(await answer(asking, "orders_without_fulfilment"), "事案", "期限", "違反の認定")
    told = {str(case).rsplit("-", 1)[1]: (due, violated) for case, due, violated in found}
    assert told["ordered"] == (cast.ORDER.comply_by, None)
    assert told["violated"] == (cast.ORDER.comply_by, cast.FIND_VIOLATED.on)


async def test_applications_beyond_the_standard_period(asking: Desk) -> None:
    found = rows(
        await answer(asking, "decisions_past_the_standard_period"), "事案", "超過日数", "決定"
    )
    assert (f"指定-{HERE}-odd", (TODAY - date(2026, 6, 1)).days, None) in found


async def test_hearings_too_soon_after_their_notice(asking: Desk) -> None:
    found = rows(await answer(asking, "hearings_with_short_notice"), "事案", "日数")
    assert found == [(f"指定-{HERE}-odd", 7)]


async def test_whoever_drafted_what_they_decided(asking: Desk) -> None:
    found = rows(await answer(asking, "four_eyes_conflicts"), "事案", "決裁した者", "起案した者")
    assert found == [(f"指定-{HERE}-odd", "S-1", "S-1")]


async def test_deadlines_that_moved(asking: Desk) -> None:
    found = rows(
        await answer(asking, "deadlines_moved"), "事案", "期限", "前の日", "新しい日", "理由"
    )
    moved = [row[1:] for row in found if str(row[0]).endswith("moved")]
    before, after = cast.ORDER.comply_by, EXTENSION.comply_by
    assert moved == [("改善命令（第1号）の期限", before, after, EXTENSION.reasons)]
    ((title, *days, why),) = [row[1:] for row in found if str(row[0]).endswith("amended")]
    assert (title, *days) == ("報告（第1回）の期限", date(2026, 5, 11), date(2026, 5, 25))
    assert "附則第2項" in str(why)


async def test_acts_entered_weeks_later(asking: Desk) -> None:
    found = rows(await answer(asking, "acts_entered_late"), "記録した日", "法律上の日", "日数")
    assert found
    assert all((recorded - on).days == days > 14 for recorded, on, days in found)  # type: ignore[operator]


async def test_reports_nobody_sent(asking: Desk) -> None:
    found = rows(await answer(asking, "reports_not_received"), "事案", "超過日数")
    asked = {str(case).rsplit("-", 1)[1] for case, _ in found}
    assert "seen" in asked
    assert "urgent" not in asked  # revoked since


async def test_revocations_without_a_hearing(asking: Desk) -> None:
    found = rows(await answer(asking, "urgent_revocations"), "事案", "緊急の事情", "理由を示した日")
    assert found == [(f"指定-{HERE}-urgent", URGENT.urgency.reasons, None)]


async def test_decisions_in_the_mayors_name(asking: Desk) -> None:
    found = rows(await answer(asking, "decisions_by_delegates"), "名義の職", "別")
    assert all(row == ("広島市長", "専決") for row in found)


async def test_what_operators_did(asking: Desk) -> None:
    found = rows(await answer(asking, "operators_interventions"), "事案", "操作", "操作した者")
    assert found == [(f"指定-{HERE}-seen", "強制終了", "operator@ui")]


async def test_the_exceptions_stand_in_one_table(asking: Desk) -> None:
    found = rows(await answer(asking, "exceptions"), "例外", "事案", "詳細")
    odd = {(what, detail) for what, case, detail in found if str(case).endswith("odd")}
    assert ("起案と決裁が同じ者", "S-1") in odd
    assert ("文書番号の欠番", "9〜11（例活第12号 の前）") in odd
    assert ("理由又は教示のない処分", "") not in odd
    kinds = {what for what, _, _ in found}
    assert kinds <= {"起案と決裁が同じ者", "遅れた記録", "執務時間外の記録", "文書番号の欠番"}


async def test_a_question_nobody_has_thought_of_is_told(asking: Desk) -> None:
    assert asking
    with pytest.raises(LookupError, match="という問いはありません（acts_entered_late"):
        question("nothing")


async def test_the_days_bound_what_is_found(asking: Desk) -> None:
    order = await answer(
        asking, "orders_without_fulfilment", since=cast.ORDER.on, until=cast.ORDER.on
    )
    assert len(order.rows) == 3
    day = cast.ORDER.on + timedelta(days=1)
    after = await answer(asking, "orders_without_fulfilment", since=day, until=day)
    assert after.rows == ()
