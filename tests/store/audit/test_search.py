"""Acts are found by any combination of who, when, where, under what and in which words."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.law import APA_30, ART_260_49
from domain.registry import DESIGNATION_FILES
from store.audit.cases import cases, history
from store.audit.desk import Desk, Viewer
from store.audit.narrative import grams, holds, written
from store.audit.projector import Projector
from store.audit.search import Filter, Found, TooShort, count, find
from store.audit.standing import standings
from store.database import open_pool
from tests.embedded import Embedded
from tests.law import cast
from tests.law.cast import DRAFTER, MAYOR
from tests.law.specification import history as events_of
from tests.store.audit.conftest import (
    APPLYING,
    BEYOND,
    ELSEWHERE,
    HERE,
    ORDERED,
    THERE,
    VIOLATED,
    rules_of,
)
from tests.store.examples import VIEWER

pytestmark = pytest.mark.usefixtures("office")


def expected(acts: list[Found]) -> list[tuple[str, int]]:
    return [(act.case, act.number) for act in acts]


async def every_act(desk: Desk) -> list[Found]:
    return await find(desk, VIEWER, Filter(), limit=10_000)


def body(act: Found) -> Any:
    return json.loads(act.body or "{}")


def drafter(act: Found) -> str | None:
    hand: dict[str, str] | None = body(act).get("drafted_by")
    return hand["person"] if hand else None


async def test_all_acts_are_found_in_the_order_of_their_recording(desk: Desk) -> None:
    acts = await every_act(desk)
    told = (cast.under_order, cast.correcting, cast.violated, cast.designated)
    assert len(acts) == sum(len(events_of(story())) for story in told)
    assert [act.position for act in acts] == [*range(1, len(acts) + 1)]
    for act in acts:
        event = DESIGNATION_FILES.event.validate_json(act.body or "")
        assert (event.tag, event.on, event.basis, event.by.person) == (
            *(act.kind, act.on, act.basis),
            act.person,
        )


FILTERED: list[tuple[Filter, Callable[[Found], bool]]] = [
    (Filter(municipalities=(HERE,)), lambda act: act.municipality == HERE),
    (Filter(cases=(ORDERED, ELSEWHERE)), lambda act: act.case in (ORDERED, ELSEWHERE)),
    (Filter(kinds=("ImprovementOrdered",)), lambda act: act.kind == "ImprovementOrdered"),
    (Filter(since=date(2026, 1, 1)), lambda act: act.on >= date(2026, 1, 1)),
    (Filter(until=date(2025, 6, 30)), lambda act: act.on <= date(2025, 6, 30)),
    (Filter(late_days=100), lambda act: (act.recorded_at.date() - act.on).days >= 100),
    (
        Filter(persons=(DRAFTER.person,)),
        lambda act: DRAFTER.person in (act.person, drafter(act)),
    ),
    (Filter(after=40), lambda act: act.position > 40),
    (
        Filter(
            municipalities=(HERE,),
            persons=(MAYOR.person,),
            kinds=("ImprovementOrdered",),
            since=date(2026, 1, 1),
        ),
        lambda act: (
            (act.municipality, act.kind, act.person) == (HERE, "ImprovementOrdered", MAYOR.person)
        ),
    ),
]
"""What is asked for, and of which acts it holds."""


@pytest.mark.parametrize(("asked", "holds_of"), FILTERED)
async def test_a_filter_finds_what_it_says_and_nothing_else(
    desk: Desk, asked: Filter, holds_of: Callable[[Found], bool]
) -> None:
    wanted = [act for act in await every_act(desk) if holds_of(act)]
    found = await find(desk, VIEWER, asked)
    assert found == wanted
    assert 0 < len(found) < len(await every_act(desk))
    (counted,) = await count(desk, VIEWER, asked)
    assert (counted.acts, counted.cases) == (len(wanted), len({act.case for act in wanted}))


async def test_everything_under_a_paragraph_is_found_with_what_led_to_it(desk: Desk) -> None:
    acts = await find(desk, VIEWER, Filter(provision=ART_260_49.para(11)))
    bases = {str(act.basis) for act in acts}
    assert {"法第260条の49第11項", str(APA_30)} <= bases
    for act in acts:
        planned = body(act).get("provision")
        assert act.basis == ART_260_49.para(11) or planned == ART_260_49.para(11).model_dump()
    whole = await find(desk, VIEWER, Filter(provision=ART_260_49))
    assert {act.basis.paragraph for act in whole if act.basis.article == "260_49"} >= {2, 11}


async def test_a_phrase_is_found_where_somebody_wrote_it(desk: Desk) -> None:
    acts = await find(desk, VIEWER, Filter(phrase="会計"))
    assert acts
    assert expected(acts) == expected(
        [act for act in await every_act(desk) if holds(act.body or "", "会計")]
    )
    assert await find(desk, VIEWER, Filter(phrase="談合の疑い")) == []
    assert await find(desk, VIEWER, Filter(phrase="審査請求")) == []  # the wording of a form


@given(st.data())
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_every_written_phrase_is_found(desk: Desk, data: st.DataObject) -> None:
    act = data.draw(st.sampled_from(await every_act(desk)))
    texts = [text for text in written(body(act)) if len(text) > 1]
    if texts:
        text = data.draw(st.sampled_from(texts))
        start = data.draw(st.integers(0, len(text) - 2))
        phrase = text[start : data.draw(st.integers(start + 2, len(text)))]
        assert (act.case, act.number) in expected(await find(desk, VIEWER, Filter(phrase=phrase)))


@pytest.mark.parametrize("phrase", ["会", " ", "𠮷"])
async def test_a_phrase_of_one_character_is_turned_away(desk: Desk, phrase: str) -> None:
    with pytest.raises(TooShort, match="2 文字以上"):
        await find(desk, VIEWER, Filter(phrase=phrase))


@given(st.text(min_size=2, max_size=40), st.text(max_size=40))
def test_the_pairs_of_a_phrase_are_among_those_of_any_text_that_holds_it(
    phrase: str, rest: str
) -> None:
    assert set(grams([phrase])) <= set(grams([rest + phrase + rest]))
    assert all(-(2**31) <= each < 2**31 for each in grams([phrase]))


@pytest.mark.parametrize("phrase", ["'; drop table kyodo.event; --", "%_\\", '""', "改行\nの先"])
async def test_a_phrase_is_only_ever_a_phrase(desk: Desk, phrase: str) -> None:
    assert await find(desk, VIEWER, Filter(phrase=phrase)) == []


async def test_cases_are_told_apart_by_how_they_stand_now(desk: Desk) -> None:
    stood = await find(desk, VIEWER, Filter(stage="改善命令違反"))
    assert {act.case for act in stood} == {VIOLATED}
    overdue = await find(desk, VIEWER, Filter(overdue_on=date(2026, 1, 1)))
    assert {act.case for act in overdue} == {APPLYING}
    overdue = await find(desk, VIEWER, Filter(overdue_on=date(2035, 1, 1)))
    assert {act.case for act in overdue} == {ORDERED, APPLYING, VIOLATED, ELSEWHERE}
    assert {act.case for act in await find(desk, VIEWER, Filter(open=False))} == set()


async def test_acts_are_counted_in_groups(desk: Desk) -> None:
    acts = await every_act(desk)
    counted = await count(desk, VIEWER, Filter(), by=("municipality", "kind"))
    told = {one.keys: one.acts for one in counted}
    assert told[HERE, "ImprovementOrdered"] == 2
    assert sum(told.values()) == len(acts)
    years = await count(desk, VIEWER, Filter(), by=("fiscal_year",))
    assert {one.keys[0] for one in years} == {"2025", "2026"}
    assert [*await count(desk, VIEWER, Filter(phrase="会計"), by=("kind",))]


async def test_pages_follow_one_another(desk: Desk) -> None:
    acts, after = list[Found](), 0
    while page := await find(desk, VIEWER, Filter(after=after), limit=7):
        acts += page
        after = page[-1].position
    assert acts == await every_act(desk)


async def test_a_search_notes_what_was_asked_and_which_cases_were_shown(
    desk: Desk, owner: asyncpg.Connection
) -> None:
    await find(desk, VIEWER, Filter(kinds=("ImprovementOrdered",)))
    rows = await owner.fetch("select * from kyodo.access order by number desc limit 2")
    shown, asked = rows
    assert json.loads(asked["detail"]) == {"kinds": ["ImprovementOrdered"]}
    assert json.loads(shown["detail"])["cases"] == [ORDERED, VIOLATED]
    assert {row["why"] for row in rows} == {"定期監査"}


PERSONAL = ("例示 七葉",)


# --- 閲覧の範囲 -------------------------------------------------------------------------------

PLACES = (HERE, THERE, BEYOND, "131016")
VIEWERS = st.builds(
    Viewer,
    person=st.just("K-0002"),
    why=st.just("範囲の確認"),
    municipalities=st.none() | st.frozensets(st.sampled_from(PLACES)),
    personal=st.booleans(),
)
FILTERS = st.builds(
    Filter,
    municipalities=st.just(()) | st.sampled_from(PLACES).map(lambda place: (place,)),
    cases=st.sampled_from(((), (ORDERED, ELSEWHERE), (APPLYING,))),
    phrase=st.sampled_from(("", "会計", "規約")),
    since=st.none() | st.dates(date(2025, 4, 1), date(2026, 12, 31)),
    open=st.none() | st.booleans(),
)


@given(VIEWERS, FILTERS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_a_viewer_sees_no_more_than_they_may_on_any_path(
    desk: Desk, viewer: Viewer, asked: Filter
) -> None:
    may = set(PLACES) if viewer.municipalities is None else viewer.municipalities
    seen = {act.municipality for act in await find(desk, viewer, asked)}
    seen |= {one.keys[0] for one in await count(desk, viewer, asked, by=("municipality",))}
    seen |= {line.municipality for line in await cases(desk, viewer)}
    seen |= {one.municipality for one in await standings(desk, viewer, rules_of)}
    for case in (ORDERED, APPLYING, ELSEWHERE):
        lines = await history(desk, viewer, case)
        seen |= {case.split("-")[1] for _ in lines}
        if not viewer.personal:
            told = "".join(line.recorded.event for line in lines)
            assert [text for text in PERSONAL if text in told] == []
    assert seen <= may
    everything = await find(desk, VIEWER, asked, limit=10_000)
    wanted = [act for act in everything if act.municipality in may]
    assert await find(desk, viewer, asked, limit=10_000) == wanted


async def test_a_login_of_one_municipality_cannot_ask_for_another(
    server: Embedded, owner: asyncpg.Connection
) -> None:
    database = await owner.fetchval("select current_database()")
    await owner.execute("create role there login; grant kyodo_auditor to there")
    await owner.execute("insert into kyodo.reach values ('there', $1)", THERE)
    async with open_pool(server.url_of(database, "there"), "kyodo_auditor") as pool:
        own = Desk(pool)
        everywhere = replace(VIEWER, municipalities=frozenset(PLACES))
        assert {act.municipality for act in await find(own, everywhere, Filter())} == {THERE}
        lines = await history(own, VIEWER, APPLYING)
        assert lines
        personal = json.loads(lines[0].recorded.event)["representative"]
        assert personal["text"] is None  # the login may not see personal texts
        assert await history(own, VIEWER, ORDERED) == []
        looks = await pool.fetch("select login, municipality from kyodo.access")
        assert {row["municipality"] for row in looks if row["login"] != "there"} <= {THERE}


async def test_the_record_is_projected_once_and_the_same_again(
    projector_pool: asyncpg.Pool, owner: asyncpg.Connection
) -> None:
    before = await owner.fetch("select * from kyodo.standing order by case_id, number")
    assert await Projector(projector_pool, rules_of).rebuild() == []
    assert await Projector(projector_pool, rules_of, batch=3).rebuild() == []
    after = await owner.fetch("select * from kyodo.standing order by case_id, number")
    assert after == before
    await owner.execute("update kyodo.standing set stage = 'x' where case_id = $1", ORDERED)
    assert await Projector(projector_pool, rules_of).rebuild() == [ORDERED]


async def test_days_before_and_moments_before_are_asked_for(desk: Desk) -> None:
    (now,) = await standings(desk, VIEWER, rules_of, THERE)
    assert now.case == APPLYING
    assert now.telling.stage == "補正待ち"
    assert now.overdue(date(2035, 1, 1))
    (then,) = await standings(desk, VIEWER, rules_of, THERE, on=cast.FILE.on)
    assert then.telling.stage == "形式審査中"
    assert await standings(desk, VIEWER, rules_of, THERE, on=cast.FILE.on - timedelta(days=1)) == []
    first = (await history(desk, VIEWER, APPLYING))[0].recorded.recorded_at
    assert await standings(desk, VIEWER, rules_of, THERE, known=first - timedelta(seconds=1)) == []
    (known,) = await standings(desk, VIEWER, rules_of, THERE, known=first)
    assert known.telling.stage == "形式審査中"
