"""`kyodo hand-over`: the record in other people's forms, as far as whoever asks may see it."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import FormatChecker, validate

from tests.console.commands import EVIL
from tests.console.conftest import AUDITOR, Answer, Record

SCHEMA = Path(__file__).parents[1] / "store" / "audit" / "ocel20-schema.json"
FORMS = {"ocel": "record.json", "sqlite": "record.db", "csv": "record.csv", "jsonl": "record.jsonl"}


@dataclass(frozen=True)
class Handed:
    """The files of one viewer, and what the commands said."""

    folder: Path
    answers: list[Answer]

    def bytes_of(self, form: str) -> bytes:
        return (self.folder / FORMS[form]).read_bytes()

    @property
    def ocel(self) -> dict[str, Any]:
        return json.loads(self.bytes_of("ocel"))

    @property
    def table(self) -> list[dict[str, str]]:
        text = self.bytes_of("csv").decode("utf-8-sig")
        return [*csv.DictReader(io.StringIO(text, newline=""))]

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.bytes_of("jsonl").splitlines()]

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / FORMS["sqlite"])) as database:
            return database.execute(query).fetchall()


def hand_over(record: Record, folder: Path, *words: str, **more: str) -> Handed:
    """Every form of what a viewer asks for."""
    commands = [("hand-over", form, str(folder / name), *words) for form, name in FORMS.items()]
    answers = record.console.runs(commands, **{**AUDITOR, **more})
    assert [answer.code for answer in answers] == [0] * len(FORMS), [one.err for one in answers]
    return Handed(folder, answers)


@pytest.fixture(scope="module")
def life(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """The case that was told to its end."""
    return hand_over(record, tmp_path_factory.mktemp("life"), "--case", record.life)


@pytest.fixture(scope="module")
def narrow(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """All that the auditor of Kure may see."""
    return hand_over(record, tmp_path_factory.mktemp("narrow"), **record.narrow())


def test_every_form_holds_every_act_of_the_case(record: Record, life: Handed) -> None:
    titles = [
        row["title"] for row in record.console.run("case", "history", record.life, "--json").rows
    ]
    assert all(f"行為 {len(titles)} 件" in answer.out for answer in life.answers)
    assert [act["title"] for act in life.lines] == titles
    assert [row["行為"] for row in life.table] == titles
    assert life.sql("select title from acts order by position") == [(title,) for title in titles]
    events = [event["attributes"] for event in life.ocel["events"]]
    told = [{one["name"]: one["value"] for one in each}["title"] for each in events]
    assert told == titles


def test_the_process_log_is_valid_ocel(life: Handed, narrow: Handed) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for handed in (life, narrow):
        validate(handed.ocel, schema, format_checker=FormatChecker())
    types = {one["type"] for one in life.ocel["objects"]}
    assert {"事案", "団体", "職員", "条項", "改善命令"} <= types


def test_the_table_opens_in_excel_with_days_in_both_calendars(life: Handed) -> None:
    assert life.bytes_of("csv").startswith("\ufeff通し番号,".encode())
    (order,) = [row for row in life.table if row["行為"] == "改善命令"]
    assert (order["法律上の日"], order["法律上の日（和暦）"]) == ("2026-06-22", "令和8年6月22日")
    assert (order["行為者の職"], order["根拠条項"]) == ("広島市長", "法第260条の49第11項")
    assert order["理由"].startswith("令和7年度の総会を開かず")


def test_the_database_is_described_and_searched(life: Handed) -> None:
    described = json.loads((life.folder / "metadata.json").read_text("utf-8"))
    assert described["databases"]["record"]["tables"]["acts"]["title"] == "行為"
    found = life.sql("select rowid from acts_fts where acts_fts match '臨時総会'")
    assert len(found) > 2


def test_the_body_is_as_it_was_sealed(record: Record, life: Handed) -> None:
    bodies = record.console.fetch(
        "select body from kyodo.event where case_id = $1 order by number", record.life
    )
    lines = life.bytes_of("jsonl").decode().splitlines()
    for line, row in zip(lines, bodies, strict=True):
        assert f'"body":{row["body"]}' in line


def test_no_name_of_a_resident_is_in_any_form(life: Handed, narrow: Handed) -> None:
    for handed in (life, narrow):
        for form in FORMS:
            held = handed.bytes_of(form).decode(errors="ignore")
            assert "例示 桜" not in held, form
            assert "呉野" not in held, form


def test_what_a_viewer_may_not_see_is_in_no_form(record: Record, narrow: Handed) -> None:
    assert {act["municipality"] for act in narrow.lines} == {"342025"}
    assert record.kure in {act["case"] for act in narrow.lines}
    for form in FORMS:
        held = narrow.bytes_of(form).decode(errors="ignore")
        assert "341002" not in held, form
        assert "広島市" not in held, form


def test_part_of_the_record_is_handed_over_by_city_and_fiscal_year(
    record: Record, tmp_path: Path
) -> None:
    file = tmp_path / "part.jsonl"
    words = ("--municipality", "341002", "--period", "令和7年度", "--why", "住民監査請求")
    done = record.console.run("hand-over", "jsonl", str(file), *words)
    assert done.code == 0, done.err
    lines = [json.loads(line) for line in file.read_bytes().splitlines()]
    assert {line["municipality"] for line in lines} == {"341002"}
    assert {record.life, record.ordered} <= {line["case"] for line in lines}
    assert all("2025-04-01" <= line["on"] <= "2026-03-31" for line in lines)
    looks = record.console.done("looks", "--municipality", "341002", "--limit", "5", "--json").rows
    assert ("記録の引渡し", "住民監査請求") in {(one["what"], one["why"]) for one in looks}


def test_what_a_spreadsheet_would_run_stays_a_text(record: Record, narrow: Handed) -> None:
    arrived = next(act for act in narrow.lines if act["case"] == record.kure)
    assert arrived["body"]["body_name"] == EVIL
    for row in narrow.table:
        assert not any(str(value).startswith(("=", "+", "@")) for value in row.values())


def test_what_cannot_be_handed_over_is_said_and_nothing_is_left_behind(
    record: Record, life: Handed, tmp_path: Path
) -> None:
    new = str(tmp_path / "new")
    bad = {
        "FILE: フォルダ": ("csv", str(tmp_path / "none" / "x.csv")),
        "--case: 事案番号は": ("jsonl", new, "--case", "4001"),
        "--period: ": ("sqlite", new, "--period", "x"),
        "はすでにあります": ("sqlite", str(life.folder / FORMS["sqlite"])),
    }
    commands = [("hand-over", *words) for words in bad.values()]
    for told, answer in zip(bad, record.console.runs(commands, **AUDITOR), strict=True):
        assert answer.code == 2, told
        assert told in answer.err.replace("\n", "")
        assert "Traceback" not in answer.err
    assert not [*tmp_path.iterdir()]
    assert record.console.run("hand-over", "csv", new).code == 2  # no reason given
