"""`kyodo law preview` and `kyodo case whatif`: what an amendment would mean, before anything does."""

from pathlib import Path

import pytest

from activities.rulebook import Rulebook
from tests.console.conftest import Record

HIROSHIMA = Rulebook().profile("341002")
REPORT_PERIOD = """
[[parameters.report_period.values]]
since = {since}
applies = "{applies}"
value = {{ length = 45, unit = "日", source = "条例等", basis = "条例第9条（架空の改正）" }}
basis = "架空の改正附則第2項"
"""


def _amended(folder: Path, since: str, applies: str) -> Path:
    file = folder / "341002.toml"
    file.write_text(HIROSHIMA + REPORT_PERIOD.format(since=since, applies=applies), "utf-8")
    return file


def test_a_preview_names_the_running_cases_that_are_touched_and_no_others(
    record: Record, tmp_path: Path
) -> None:
    file = _amended(tmp_path, "2026-04-01", "進行中の事案にも")
    answer = record.console.run("law", "preview", f"{file}", "--json")
    assert answer.code == 0, answer.err
    rows = {row["case"]: row for row in answer.rows}
    assert record.ordered in rows
    assert not {record.life, record.kure} & set(rows)
    (gate,) = rows[record.ordered]["gates"]
    assert gate["command"] == "RequestReport"
    assert (gate["before"]["value"]["length"], gate["after"]["value"]["length"]) == (30, 45)
    sheet = record.console.run("law", "preview", f"{file}", "--csv").table
    assert {row["扱い"] for row in sheet} == {"これからの決定に及ぶ"}
    people = record.console.run("law", "preview", f"{file}")
    assert "件に影響があります" in people.out


@pytest.mark.parametrize(
    ("since", "applies", "on"),
    [
        ("2026-04-01", "新規の事案から", "2026-12-01"),
        ("2028-04-01", "施行日から", "2027-03-31"),
    ],
)
def test_an_amendment_for_others_or_of_later_touches_nothing(
    record: Record, tmp_path: Path, since: str, applies: str, on: str
) -> None:
    file = _amended(tmp_path, since, applies)
    answer = record.console.run("law", "preview", f"{file}", "--on", on, "--json")
    assert (answer.code, answer.rows) == (0, [])


def test_an_ill_made_profile_is_told_before_anything_is_read(
    record: Record, tmp_path: Path
) -> None:
    file = _amended(tmp_path, "2026-04-01", "来年から")
    answer = record.console.run("law", "preview", f"{file}")
    assert answer.code == 2
    assert "新規の事案から" in answer.err


def test_what_if_shows_the_first_difference_with_both_ledgers(
    record: Record, tmp_path: Path
) -> None:
    file = _amended(tmp_path, "2025-07-01", "施行日から")
    words = ("case", "whatif", record.life, "--profile", f"{file}")
    (row,) = record.console.run(*words, "--json").rows
    assert (row["differs"], row["kind"]) == (True, "ReportRequested")
    (deadline,) = row["deadlines"]
    assert deadline["before"]["day"] < deadline["after"]["day"]
    said = record.console.run(*words).out
    assert "最初に異なるのは" in said
    assert "45日" in said


def test_what_if_says_where_nothing_differs(record: Record, tmp_path: Path) -> None:
    same = tmp_path / "341002.toml"
    same.write_text(HIROSHIMA, "utf-8")
    answer = record.console.run("case", "whatif", record.life, "--profile", f"{same}")
    assert answer.code == 0
    assert "異なるところはありません" in answer.out
    (row,) = record.console.run("case", "whatif", record.life, "--on", "2026-06-01", "--json").rows
    assert not row["differs"]


def test_what_if_wants_one_supposition(record: Record) -> None:
    for words in ((), ("--on", "2026-06-01", "--profile", "x.toml")):
        answer = record.console.run("case", "whatif", record.life, *words)
        assert answer.code == 2
