"""What auditors read in SQL in their own words is what the domain says, and what the record holds."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.acts import Event
from domain.bodies import MINISTER, MINISTER_NAME
from domain.docket import ON_THE_FILE
from domain.era import GREGORIAN, fiscal_name, fiscal_year, wareki
from domain.law import LAW_NAMES, Citation
from domain.municipalities import municipalities
from domain.ordinance import Rules
from domain.people import ROLE_NAMES
from domain.periods import Deadline, Period, Roll, Suspension
from domain.record import municipality_of
from domain.registry import INSTITUTIONS, institution_for
from store.audit.desk import Desk
from store.audit.narrative import grams, written
from store.audit.standing import standings
from store.canonical import Json, parse
from tests.store import city
from tests.store.city import HERE, THERE, City
from tests.store.examples import VIEWER

ROOT = Path(__file__).parents[2]
JAPAN = ZoneInfo("Asia/Tokyo")
slowly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Row = tuple[object, ...]


@pytest.fixture(scope="module")
async def record(url: str, tmp_path_factory: pytest.TempPathFactory) -> City:
    return await city.build(url, tmp_path_factory.mktemp("city"))


# --- what is told agrees with the domain ----------------------------------------------------------


async def test_every_day_has_the_name_and_the_fiscal_year_it_has_in_the_domain(
    owner: asyncpg.Connection,
) -> None:
    last = date(2100, 12, 31)
    days = [GREGORIAN + timedelta(n) for n in range((last - GREGORIAN).days + 1)]
    rows = await owner.fetch(
        "select audit.和暦(d), audit.年度(d), audit.年度名(audit.年度(d)) from unnest($1::date[]) d",
        days,
    )
    assert [row[0] for row in rows] == [wareki(day) for day in days]
    assert [row[1] for row in rows] == [fiscal_year(day) for day in days]
    later = len([day for day in days if day < date(1873, 4, 1)])
    names = [fiscal_name(fiscal_year(day)) for day in days[later:]]
    assert [row[2] for row in rows[later:]] == names


@pytest.mark.parametrize("day", ["1872-12-31", "0044-03-15 BC", "infinity", "-infinity"])
async def test_a_day_that_has_no_name_is_left_empty(owner: asyncpg.Connection, day: str) -> None:
    assert await owner.fetchval(f"select audit.和暦('{day}')") is None


laws = st.sampled_from([*LAW_NAMES, "999AC0000000001"])
parts = st.from_regex(r"\A[1-9][0-9]{0,2}(_[1-9][0-9]?){0,3}\Z")
citations = st.builds(
    Citation,
    law=laws,
    article=parts,
    paragraph=st.none() | st.integers(1, 20),
    item=st.none() | st.from_regex(r"\A[1-9][0-9]?(_[イロハ](_[(]1[)])?)?\Z"),
)


@given(cited=citations)
@slowly
async def test_a_provision_is_written_as_in_the_domain(
    owner: asyncpg.Connection, cited: Citation
) -> None:
    told = await owner.fetchval(
        "select audit.条項($1, $2, $3, $4)", cited.law, cited.article, cited.paragraph, cited.item
    )
    assert told == str(cited)
    assert await owner.fetchval("select audit.条項($1::jsonb)", cited.model_dump_json()) == told


async def test_every_kind_of_act_has_its_title(owner: asyncpg.Connection) -> None:
    def kinds(act: type[Event]) -> dict[str, str]:
        ours = "kind" in act.model_fields and act.__module__.startswith("domain.")
        own = {act.model_fields["kind"].default: act.title} if ours else {}
        return own | {k: v for sub in act.__subclasses__() for k, v in kinds(sub).items()}

    assert INSTITUTIONS  # which have brought all their acts with them
    told = await owner.fetch("select 種類, 行為 from audit.行為の種類")
    assert {row[0]: row[1] for row in told} == kinds(Event)
    assert len(told) == len(kinds(Event))


async def test_laws_and_municipalities_have_the_names_of_the_domain(
    owner: asyncpg.Connection,
) -> None:
    told = {row["法令"]: row for row in await owner.fetch("select * from audit.法令")}
    assert {law: row["略称"] for law, row in told.items()} == LAW_NAMES
    for path in (ROOT / "domain" / "statutes").glob("*.toml"):
        assert told[path.stem]["法令名"] == tomllib.loads(path.read_text("utf-8"))["title"]
    named = {one.code: one.name for one in municipalities()}
    rows = await owner.fetch("select c, audit.団体名(c) from unnest($1::text[]) c", [*named])
    assert {row[0]: row[1] for row in rows} == named
    assert await owner.fetchval("select audit.団体名($1)", MINISTER) == MINISTER_NAME
    assert await owner.fetchval("select audit.団体名('999999')") is None


@pytest.mark.usefixtures("record")
async def test_every_role_has_its_name(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        "select distinct 本文 #>> '{by,role}', 役割 from audit.行為 where 本文 is not null"
    )
    here = {role: name for role, name in ROLE_NAMES.items() if role != "commissioner"}
    assert {row[0]: row[1] for row in rows} == here  # test_disputes has acts of commissioners


texts = st.text("あア漢字条例-、（）", min_size=1, max_size=8)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
periods = st.builds(
    Period,
    length=st.integers(1, 400),
    unit=st.sampled_from(["日", "月", "年", "開庁日"]),
    source=st.just("法令"),
    basis=texts,
)


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    since = draw(st.lists(days, max_size=3))
    stops = [
        Suspension(
            since=day,
            until=draw(st.none() | st.dates(day, day + timedelta(90))),
            reason=draw(texts),
        )
        for day in since
    ]
    rolls = st.builds(Roll, since=days, until=days, reason=texts, rule=texts)
    return Deadline(
        key="key",
        title=draw(texts),
        basis=draw(citations),
        origin=draw(days),
        origin_title=draw(texts),
        period=draw(st.none() | periods),
        suspensions=tuple(stops),
        roll=draw(st.none() | rolls),
        day=draw(st.none() | days) if any(stop.until is None for stop in stops) else draw(days),
    )


@given(deadline=deadlines())
@slowly
async def test_a_deadline_explains_itself_as_in_the_domain(
    owner: asyncpg.Connection, deadline: Deadline
) -> None:
    told = await owner.fetchval("select audit.期限の説明($1::jsonb)", deadline.model_dump_json())
    assert told.split("\n") == deadline.explain()


async def test_every_open_deadline_is_told_with_its_reason(
    record: City, owner: asyncpg.Connection
) -> None:
    wanted = {
        (case, one.title, one.day, "\n".join(one.explain()), f"{one.basis}", one.origin, number)
        for case, bodies in (await _open_cases(owner)).items()
        for number, one in _open_deadlines(case, bodies, record.rules(municipality_of(case)))
    }
    told = await owner.fetch(
        "select 事案, 期限の名, 期限, 説明, 条項, 起算日, 定めた版 from audit.期限"
    )
    assert {tuple(row) for row in told} == wanted
    assert len(told) == len(wanted) > 50
    stopped = [row for row in told if row["期限"] is None]
    assert {row["期限の名"] for row in stopped} == {"標準処理期間の末日"}
    assert all("（補正の求め）" in row["説明"] for row in stopped)


def _open_deadlines(
    case: str, bodies: Sequence[str], rules: Rules
) -> Iterator[tuple[int, Deadline]]:
    """As the domain tells them after the last event, and the event from which on they were so."""
    institution = institution_for(case)
    state, told = institution.decider.initial, [dict[str, Deadline]()]
    for body in bodies:
        state = institution.decider.evolve(state, institution.event.validate_json(body))
        dues = [due.deadline for due in institution.dues(state, rules)]
        told.append({one.key: one for one in dues})
    for key, one in told[-1].items():
        yield max(n for n, then in enumerate(told) if then.get(key) != one) + 1, one


async def _open_cases(owner: asyncpg.Connection) -> dict[str, list[str]]:
    rows = await owner.fetch(
        """select h.case_id, array_agg(e.body order by e.number) from kyodo.head h
           join kyodo.event e on e.case_id = h.case_id where h.open group by 1"""
    )
    return {row[0]: row[1] for row in rows}


async def test_the_deadline_that_comes_next_and_what_was_noted_of_it_are_told(
    owner: asyncpg.Connection, record: City
) -> None:
    assert record
    next_ones = await owner.fetch(
        "select 事案, min(期限) filter (where 次に来る) from audit.期限 where 期限 is not null group by 1"
    )
    cases = await owner.fetch(
        "select 事案, 次の期限 from audit.事案 where 進行中 and 次の期限 is not null"
    )
    assert {tuple(row) for row in next_ones} == {tuple(row) for row in cases}
    noted = await owner.fetch(
        """select d.期限の名, p.日 as wanted, d.経過を記録した日
           from audit.行為 p join audit.期限 d on d.事案 = p.事案 and d.定めた版 < p.版
           where p.役割 = '暦' and d.期限の名 = p.本文 #>> '{due,title}'
             and d.期限::text = p.本文 #>> '{due,day}'"""
    )
    assert len({row["期限の名"] for row in noted}) > 2
    assert all(row["wanted"] == row["経過を記録した日"] for row in noted)
    others = await owner.fetchval(
        "select count(*) from audit.期限 where 経過を記録した日 is not null"
    )
    assert others == len(noted) > 5


@pytest.mark.parametrize(
    "known", [None, datetime(2027, 1, 5, 12, tzinfo=JAPAN), datetime(2028, 7, 1, tzinfo=JAPAN)]
)
@pytest.mark.parametrize("on", [date(2025, 12, 1), date(2027, 1, 1), date(2030, 1, 1)])
async def test_how_cases_stood_is_told_as_the_command_line_tells_it(
    auditor: asyncpg.Pool, record: City, on: date, known: datetime | None
) -> None:
    wanted = {
        one.case: tuple(one.telling)
        for one in await standings(Desk(auditor), VIEWER, record.rules, on=on, known=known)
    }
    rows = await auditor.fetch(
        """select 事案, 進行中, 段階, 件名, 次の期限, 次の期限の名, 未了の義務, 未了の始まり, 注
           from audit.事案_その日($1, coalesce($2::timestamp, 'infinity'))""",
        on,
        known and known.replace(tzinfo=None),
    )
    assert {row[0] for row in rows} == wanted.keys()
    told = {row[0]: tuple(row)[1:-1] for row in rows if row["注"] is None}
    assert told == {case: wanted[case] for case in told}
    assert 0 < len(told) <= len(rows)


async def test_some_cases_on_some_days_are_said_to_be_beyond_sql(
    auditor: asyncpg.Pool, record: City
) -> None:
    assert record
    rows = await auditor.fetch(
        """select distinct 注, 段階 from generate_series(timestamp '2025-01-01', '2029-01-01', '7 days') d
           cross join lateral audit.事案_その日(d::date) where 注 is not null"""
    )
    assert [row["段階"] for row in rows] == [None]
    assert "読み直さない" in rows[0]["注"]


async def test_every_case_stands_as_it_does_in_the_projection(
    owner: asyncpg.Connection, record: City, auditor: asyncpg.Pool
) -> None:
    now = {one.case: one.telling for one in await standings(Desk(auditor), VIEWER, record.rules)}
    rows = await owner.fetch(
        "select c.*, h.number from audit.事案 c join kyodo.head h on h.case_id = c.事案"
    )
    for row in rows:
        telling = now[row["事案"]]
        assert (row["段階"], row["次の期限"], row["進行中"]) == (
            *(telling.stage, telling.next_due),
            telling.open,
        )
        assert row["行為の数"] == row["number"]
        assert (row["終わった日"] is None) == row["進行中"]
    assert len(rows) == len(now)
    ended = await owner.fetch(
        """select distinct c.終わった日 = (select max(e.on_day) from kyodo.event e
             where e.case_id = c.事案 and e.kind <> all ($1)) from audit.事案 c where not 進行中""",
        [*ON_THE_FILE],
    )
    assert [row[0] for row in ended] == [True]


# --- words ------------------------------------------------------------------------------------------


def _reasons(value: Json) -> list[str]:
    if isinstance(value, list):
        return [found for part in value for found in _reasons(part)]
    if not isinstance(value, dict):
        return []
    own = [said for key, said in value.items() if key == "reasons" and isinstance(said, str)]
    return own + [found for part in value.values() for found in _reasons(part)]


async def test_every_reason_anybody_gave_is_told(owner: asyncpg.Connection, record: City) -> None:
    assert record
    rows = await owner.fetch(
        """select a.本文::text as body, a.理由 as main,
                  (select array_agg(r.理由 order by r.順) from audit.理由 r where r.事案 = a.事案 and r.版 = a.版) as told
           from audit.行為 a where a.本文 is not null and a.団体コード = any ($1)""",
        [HERE, THERE],
    )
    for row in rows:
        told: list[str] = row["told"] or []
        assert {*_reasons(parse(row["body"]))} <= {*told}
        assert row["main"] == (told[0] if told else None)


async def test_what_people_wrote_is_found_as_the_index_finds_it(
    owner: asyncpg.Connection, record: City
) -> None:
    assert record
    rows = await owner.fetch(
        """select distinct on (種類) 本文::text as body, array(select audit.書かれた文(本文)) as told
           from audit.行為 where 本文 is not null order by 種類, 版"""
    )
    assert len(rows) > 30
    for row in rows:
        assert sorted(row["told"]) == sorted(written(parse(row["body"])))


@given(phrase=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12))
@slowly
async def test_a_phrase_is_cut_as_the_index_cuts_it(owner: asyncpg.Connection, phrase: str) -> None:
    assert sorted(await owner.fetchval("select audit.二文字($1)", phrase)) == sorted(
        grams([phrase])
    )
