"""The SQLite file is whole, searchable, described, and never takes another file's place."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from store.audit.desk import Desk
from store.audit.exports.rows import JST, Acts, ExportedAct, acts
from store.audit.exports.sqlite import write_sqlite
from store.records import Records
from tests.store.audit.handed import (
    DISPOSED,
    ELSEWHERE,
    FORMULA,
    HIROSHIMA,
    HOSTILE,
    KURE,
    QUOTED,
    REVOKED,
    record_all,
)
from tests.store.examples import VIEWER

TABLES = {"municipalities", "provisions", "cases", "acts"}


@pytest.fixture(scope="module", autouse=True)
async def made(
    records: Records,
    sequencer_pool: asyncpg.Pool,
    owner: asyncpg.Connection,
    desk: Desk,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The file, of everything."""
    await record_all(records, sequencer_pool, owner)
    path = tmp_path_factory.mktemp("handed") / "hiroshima.sqlite"
    await write_sqlite(acts(desk, VIEWER), path)
    return path


@pytest.fixture
def database(made: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{made}?mode=ro", uri=True)) as opened:
        opened.row_factory = sqlite3.Row
        yield opened


@pytest.fixture(scope="module")
def described(made: Path) -> dict[str, Any]:
    metadata = json.loads((made.parent / "metadata.json").read_text("utf-8"))
    return metadata["databases"]["hiroshima"]


async def every(desk: Desk) -> list[ExportedAct]:
    return [act async for act in acts(desk, VIEWER)]


def test_the_file_is_sound_and_every_reference_leads_somewhere(
    database: sqlite3.Connection,
) -> None:
    assert database.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert database.execute("pragma foreign_key_check").fetchall() == []
    references = {
        (table, row["from"], row["table"], row["to"])
        for table in TABLES
        for row in database.execute(f"pragma foreign_key_list({table})")
    }
    assert references == {
        ("acts", "municipality", "municipalities", "municipality"),
        ("acts", "case_id", "cases", "case_id"),
        ("acts", "provision", "provisions", "provision"),
        ("cases", "municipality", "municipalities", "municipality"),
    }


async def test_each_act_is_a_row_as_it_was_handed_over(
    desk: Desk, database: sqlite3.Connection
) -> None:
    rows = database.execute("select * from acts order by position").fetchall()
    for act, row in zip(await every(desk), rows, strict=True):
        for name in ("position", "number", "kind", "title", "person", "drafter", "hash", "body"):
            assert row[name] == getattr(act, name)
        assert (row["case_id"], row["on_day"]) == (act.case, act.on.isoformat())
        assert (row["reasons"], row["document"]) == (act.reasons, act.document)
        assert row["recorded_at"].endswith("Z")
        assert row["days_late"] == (act.recorded_at.astimezone(JST).date() - act.on).days


def test_cases_provisions_and_municipalities_are_summed_up(database: sqlite3.Connection) -> None:
    case = dict(database.execute("select * from cases where case_id = ?", [DISPOSED]).fetchone())
    assert case == {
        "case_id": DISPOSED,
        "municipality": HIROSHIMA,
        "institution": "指定",
        "acts": 3,
        "disposed": 2,
        "first_on": "2025-06-02",
        "last_on": "2029-04-01",
        "last_number": 3,
        "last_title": "記録の廃棄",
    }
    places = database.execute("select * from municipalities order by municipality").fetchall()
    assert [*map(tuple, places)] == [(HIROSHIMA, "広島県", "広島市"), (KURE, "広島県", "呉市")]
    (ordered,) = database.execute(
        "select p.citation from acts join provisions p using (provision) "
        "where kind = 'ImprovementOrdered' and p.article = '260_49' and p.paragraph = 11 "
        "and case_id = ?",
        [REVOKED],
    ).fetchall()
    assert ordered["citation"] == "法第260条の49第11項"


def found(database: sqlite3.Connection, phrase: str) -> set[tuple[str, str]]:
    rows = database.execute(
        "select case_id, kind from acts join acts_fts on acts_fts.rowid = acts.position "
        "where acts_fts match ?",
        [f'"{phrase}"'],
    )
    return {(row["case_id"], row["kind"]) for row in rows}


def test_a_phrase_is_found_in_reasons_and_texts(database: sqlite3.Connection) -> None:
    assert (REVOKED, "ExplanationSubmitted") in found(database, "役員の欠員による")
    assert found(database, "著しく適正を欠く") == {(REVOKED, "ImprovementOrdered")}
    assert {case for case, _ in found(database, "別例学区協議会")} == {ELSEWHERE}
    assert found(database, "談合の疑い") == set()


def test_a_phrase_of_two_characters_is_found_by_the_query(
    database: sqlite3.Connection, described: dict[str, Any]
) -> None:
    rows = database.execute(described["queries"]["phrase"]["sql"], {"phrase": "欠員"}).fetchall()
    assert {row["case_id"] for row in rows} == {REVOKED}
    assert len(rows) == 2


def test_hostile_texts_are_stored_as_they_are(database: sqlite3.Connection) -> None:
    row = database.execute("select * from acts where case_id = ?", [HOSTILE]).fetchone()
    assert (row["document"], row["reasons"]) == (FORMULA, QUOTED)


def test_every_table_and_column_is_described_in_japanese(
    database: sqlite3.Connection, described: dict[str, Any]
) -> None:
    shown = database.execute(
        "select name from sqlite_master where type = 'table' and name not like 'acts\\_fts%' escape '\\'"
    )
    assert {row["name"] for row in shown} == {*described["tables"]} == TABLES
    for table, told in described["tables"].items():
        columns = {row["name"] for row in database.execute(f"pragma table_info({table})")}
        assert {*told["columns"]} == columns
        for text in (told["title"], told["description"], *told["columns"].values()):
            assert not text.isascii()
    assert {*described["tables"]["acts"]["units"]} <= {*described["tables"]["acts"]["columns"]}


@pytest.mark.parametrize(
    "asked",
    [
        "case_id = ''",
        "on_day = ''",
        "kind = ''",
        "provision = ''",
        "person = ''",
        "drafter = ''",
        "municipality = ''",
    ],
)
def test_what_one_asks_of_is_looked_up_in_an_index(
    database: sqlite3.Connection, asked: str
) -> None:
    plan = database.execute(f"explain query plan select * from acts where {asked}").fetchall()
    assert all("USING INDEX" in row["detail"] for row in plan)


@pytest.mark.parametrize("there", ["record.sqlite", "metadata.json"])
async def test_no_file_is_overwritten(desk: Desk, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("大切なもの", "utf-8")
    with pytest.raises(FileExistsError, match="上書きはしません"):
        await write_sqlite(acts(desk, VIEWER), tmp_path / "record.sqlite")
    assert _contents(tmp_path) == {there: "大切なもの"}


async def test_an_export_that_fails_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    async def broken() -> Acts:
        for act in (await every(desk))[:3]:
            yield act
        raise ConnectionError("away")

    with pytest.raises(ConnectionError):
        await write_sqlite(broken(), tmp_path / "record.sqlite")
    assert _contents(tmp_path) == {}


async def test_nothing_to_hand_over_makes_an_empty_file(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite"
    assert await write_sqlite(acts(desk, VIEWER, case="指定-341002-NONE"), path) == 0
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("select count(*) from acts").fetchone() == (0,)


def _contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}
