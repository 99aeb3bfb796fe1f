"""`kyodo batch` and `kyodo calendar`: a city of a dozen bodies, all of them at once, nothing twice."""

import asyncio
import csv
import json
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowExecutionDescription

from console.options import JST
from console.stack import running_stack
from domain.era import fiscal_name
from tests.console.commands import MAYOR, OFFICER, story_until
from tests.console.conftest import KYODO, Answer, Console
from workflows.board import NEXT_DEADLINE

CASES = [f"指定-341002-{number}" for number in range(7001, 7013)]
TODAY = datetime.now(JST).date()
A_DAY = timedelta(days=1)
REPORT_1 = "報告（第1回）の期限"
YEARS = (2025, 2026, 2027, 2028)
PERIOD = """
[[parameters.report_period.values]]
since = 2025-07-01
value = { length = 30, unit = "日", source = "条例等", basis = "条例第9条（架空）" }
basis = "条例第9条（架空）"
"""


@dataclass
class City(Console):
    """A console beside a stack of its own, under a profile that the tests may change."""

    @property
    def profile(self) -> Path:
        return self.home.with_name("city-profiles") / "341002.toml"

    def environment(self, **more: str) -> dict[str, str]:
        return super().environment(**{"KYODO_PROFILES": str(self.profile.parent), **more})

    def batch(self, *words: str) -> Answer:
        return self.run("batch", *words)

    def recorded(self, kind: str) -> Counter[str]:
        """How many events of a kind every case holds."""
        query = "select case_id, count(*) as n from kyodo.event where kind = $1 group by case_id"
        return Counter({row["case_id"]: row["n"] for row in self.fetch(query, kind)})

    def next_deadline(self, case: str) -> date:
        """The day that the search attributes of the case's workflow give."""

        async def described() -> WorkflowExecutionDescription:
            stack = running_stack(self.home)
            assert stack
            client = await Client.connect(stack.temporal, namespace=stack.namespace)
            return await client.get_workflow_handle(case).describe()

        shown = asyncio.run(described()).typed_search_attributes[NEXT_DEADLINE]
        return shown.astimezone(JST).date()

    def due(self, case: str) -> dict[str, date]:
        """The open deadlines of a case by key."""
        shown = self.run("case", "show", case, "--json").rows[0]
        return {one["key"]: date.fromisoformat(one["day"]) for one in shown["deadlines"]}


@pytest.fixture(scope="module")
def city(home: Path) -> Iterator[City]:
    """A dozen designated bodies, each of which owes a report."""
    city = City(home.with_name("city"))
    city.profile.parent.mkdir()
    packaged = files("domain").joinpath("ordinances/341002.toml").read_text("utf-8")
    city.profile.write_text(packaged + PERIOD, "utf-8")
    city.up()
    told = [(*story_until(case, "Designate"), _asked(case)) for case in CASES]
    answer = city.submit(*(one for each in told for one in each))
    assert answer.code == 0, answer.err
    yield city
    assert city.down() == 0


def _asked(case: str) -> dict[str, object]:
    command = {
        "kind": "RequestReport",
        "on": f"{TODAY}",
        "by": MAYOR,
        "drafted_by": OFFICER,
        "matters": "総会の開催の状況",
        "need": {"reasons": "確かめる必要がある。"},
    }
    return {"id": "asked", "case": case, "command": command}


@pytest.fixture
def template(city: City, tmp_path: Path) -> dict[str, Path]:
    """The packaged templates, as somebody has copied them."""
    found = {name: tmp_path / f"{name}.toml" for name in ("reports", "publications", "close")}
    for name, path in found.items():
        path.write_text(city.batch("examples", name).out, "utf-8")
    return found


def make(city: City, template: Path, out: Path, year: int, *words: str) -> Answer:
    """A file of commands dated today."""
    named = ("--fiscal-year", fiscal_name(year), "--on", f"{TODAY}")
    return city.batch("make", str(template), "--out", str(out), *named, *words, "--json")


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]


def with_columns(path: Path, **columns: str) -> None:
    """A table as a clerk fills it in."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [{**row, **columns} for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)


# --- 一斉の提出 -------------------------------------------------------------------------------


def test_a_file_of_commands_is_made_first_and_nothing_is_recorded(
    city: City, template: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "reports.jsonl"
    made = make(city, template["reports"], out, 2024)
    assert made.code == 0, made.err
    assert [row["事案"] for row in made.rows] == CASES
    assert {row["見込み"] for row in made.rows} == {"記録する"}
    commands = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert {one["id"] for one in commands} == {"report-2024"}
    assert {one["command"]["matters"] for one in commands} == {"令和6年度の活動の状況と収支"}
    assert "例示学区ひろしまLMOの報告" in commands[0]["command"]["need"]["reasons"]
    assert city.recorded("ReportRequested") == dict.fromkeys(CASES, 1)
    again = make(city, template["reports"], out, 2024)
    assert again.code == 2
    assert "はすでにあります" in again.err


def test_a_batch_killed_half_way_is_continued_and_nothing_happens_twice(
    city: City, template: dict[str, Path], tmp_path: Path
) -> None:
    parts = [tmp_path / f"{year}.jsonl" for year in YEARS]
    for year, part in zip(YEARS, parts, strict=True):
        assert make(city, template["reports"], part, year).code == 0
    whole = tmp_path / "reports.jsonl"
    whole.write_text("".join(part.read_text("utf-8") for part in parts), "utf-8")
    total = len(CASES) * len(YEARS)
    killed = _killed_half_way(city, whole)
    assert 0 < killed < total
    answer = city.batch("submit", str(whole), "--json")
    assert answer.code == 0, answer.err
    outcomes = Counter(row["outcome"] for row in answer.rows)
    assert sum(outcomes.values()) == total
    assert outcomes["already"] >= killed
    assert set(outcomes) == {"recorded", "already"}
    assert city.recorded("ReportRequested") == dict.fromkeys(CASES, 1 + len(YEARS))
    once_more = city.batch("submit", str(whole), "--json")
    assert {row["outcome"] for row in once_more.rows} == {"already"}
    assert city.recorded("ReportRequested") == dict.fromkeys(CASES, 1 + len(YEARS))


def _killed_half_way(city: City, file: Path) -> int:
    """Kill the submitting process as soon as something is recorded; how much was, by then."""
    process = subprocess.Popen(
        [KYODO, "batch", "submit", str(file), "--json"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=city.environment(),
    )
    end = time.monotonic() + 60
    while city.recorded("ReportRequested").total() == len(CASES):
        assert time.monotonic() < end
    process.kill()
    assert process.wait(10) == -signal.SIGKILL
    return city.recorded("ReportRequested").total() - len(CASES)


def test_the_state_of_a_year_is_published_with_the_words_of_a_table(
    city: City, template: dict[str, Path], tmp_path: Path
) -> None:
    rows, out = tmp_path / "rows.csv", tmp_path / "publications.jsonl"
    year = ("--fiscal-year", "令和7年度")
    assert city.batch("select", str(template["publications"]), *year, "--out", str(rows)).code == 0
    empty = make(city, template["publications"], out, 2025, "--rows", str(rows))
    assert empty.code == 2
    assert "{活動の状況} は埋められません" in empty.err.replace("\n", "")
    assert not out.exists()
    with_columns(rows, 活動の状況="見守りと交流を行った。", 支援の状況="助言を行った。")
    made = make(city, template["publications"], out, 2025, "--rows", str(rows))
    assert made.code == 0, made.err
    assert set(ids(out)) == {"publication:2025"}
    answer = city.batch("submit", str(out), "--json")
    assert answer.code == 0, answer.err
    assert city.recorded("PublicationMade") == dict.fromkeys(CASES, 1)
    nothing = make(city, template["publications"], tmp_path / "next", 2025, "--rows", str(rows))
    assert nothing.code == 2  # every body has published its year


def test_the_close_of_a_year_ends_each_measure_and_says_what_the_law_refuses(
    city: City, template: dict[str, Path], tmp_path: Path
) -> None:
    assert city.submit(*(_plan(case, form) for case in CASES[:3] for form in PLANNED)).code == 0
    rows, out = tmp_path / "rows.csv", tmp_path / "close.jsonl"
    year = ("--fiscal-year", "令和8年度")
    assert city.batch("select", str(template["close"]), *year, "--out", str(rows)).code == 0
    with_columns(rows, 確定額="", 認定="実績報告書により確認した。")
    made = make(city, template["close"], out, 2026, "--rows", str(rows))
    assert made.code == 0, made.err
    assert [row["見込み"] for row in made.rows] == ["記録する", "拒否"] * 3
    assert ids(out) == ["close-2026:1", "close-2026:2"] * 3
    answer = city.batch("submit", str(out), "--json")
    assert answer.code == 3
    assert [row["outcome"] for row in answer.rows] == ["recorded", "refused"] * 3
    assert {row["citation"] for row in answer.rows} == {"", "法第260条の49第3項"}
    assert "額の確定" in answer.rows[1]["reason"]


PLANNED = {
    "助言": {},
    "補助金": {
        "limit": 100_000,
        "public_interest": {"reasons": "公益上必要と認める。"},
        "budget": "令和8年度一般会計",
    },
}


def _plan(case: str, form: str) -> dict[str, object]:
    command = {
        "kind": "PlanSupport",
        "on": "2026-04-15",
        "by": MAYOR,
        "drafted_by": OFFICER,
        "form": form,
        "content": f"{form}による支援",
        "activities": ["3-1-1"],
        **PLANNED[form],
    }
    return {
        "id": f"plan-{'grant' if PLANNED[form] else 'advice'}",
        "case": case,
        "command": command,
    }


def test_what_is_wrong_with_a_template_is_said_and_nothing_is_written(
    city: City, template: dict[str, Path], tmp_path: Path
) -> None:
    text = template["reports"].read_text("utf-8")
    out = tmp_path / "out.jsonl"
    wrong = {
        "選ばれるものがありません": text.replace('stage = "指定中"', 'stage = "指定済"'),
        "{だれか} は埋められません": text.replace("{body_name}", "{だれか}"),
        "Abolish": text.replace("RequestReport", "Abolish"),
        "TOML として読めません": text.replace("[select]", "[select"),
        "select.stag": text.replace("stage =", "stag ="),
        "検査数字": text.replace("341002", "341003", 2),
    }
    for told, changed in wrong.items():
        template["reports"].write_text(changed, "utf-8")
        answer = make(city, template["reports"], out, 2025)
        assert answer.code == 2, told
        assert told in answer.err.replace("\n", ""), answer.err
        assert "Traceback" not in answer.err
    assert not out.exists()
    rows = tmp_path / "rows.csv"
    template["reports"].write_text(text, "utf-8")
    for table in ("case\n指定-341002-9999\n", "x\n1\n", f"case\n{CASES[0]}\n{CASES[0]}\n"):
        rows.write_text(table, "utf-8")
        answer = make(city, template["reports"], out, 2025, "--rows", str(rows))
        assert answer.code == 2
    assert not out.exists()
    year = city.batch("select", str(template["reports"]), "--fiscal-year", "2026-04-01..2026-05-01")
    assert year.code == 2


# --- 暦の変更 ---------------------------------------------------------------------------------

HEAD = f"""
municipality = "341002"
change = "{{name}}"
on = {TODAY}
provision = "広島市告示第999号（架空）"
reasons = "台風の被害による。"
by = {{{{ person = "H-2041", office = "主査", name = "例示 葵", role = "officer" }}}}
"""


def _change(path: Path, name: str, rest: str, head: str = "") -> str:
    path.write_text(head + HEAD.format(name=name) + rest, "utf-8")
    return str(path)


def _extension(due: date, until: date, periods: str = "report") -> str:
    return f"""
[[prolonged]]
periods = ["{periods}"]
first = {due}
last = {due}
until = {until}
scope = "市内の団体の報告の期限"
reason = "台風の被害"
rule = "広島市告示第999号（架空）"
"""


def test_a_group_of_deadlines_is_extended_case_by_case_and_once(city: City, tmp_path: Path) -> None:
    due = city.due(CASES[0])["report-1"]
    until = due + 60 * A_DAY
    some = f"cases = {json.dumps(CASES[:2], ensure_ascii=False)}\n"
    file = _change(tmp_path / "some.toml", "typhoon-1", _extension(due, until), some)
    seen = city.run("calendar", "preview", file, "--json")
    assert seen.code == 0, seen.err
    assert {row["case"] for row in seen.rows} == {*CASES[:2]}
    assert {(row["before"]["day"], row["after"]["day"]) for row in seen.rows} == {
        (f"{due}", f"{until}")
    }
    assert not city.recorded("CalendarChangeApplied")
    for outcome in ("recorded", "already"):
        answer = city.run("calendar", "apply", file, "--json")
        assert answer.code == 0, answer.err
        assert [row["outcome"] for row in answer.rows] == [outcome] * 2
    assert city.recorded("CalendarChangeApplied") == dict.fromkeys(CASES[:2], 1)
    assert city.due(CASES[0])["report-1"] == until
    assert city.due(CASES[2])["report-1"] == due
    for case in (CASES[0], CASES[2]):
        ahead = [day for day in city.due(case).values() if day >= TODAY]
        assert city.next_deadline(case) == min(ahead)
    assert city.run("calendar", "preview", file, "--json").rows == []
    city.settle()
    told = city.fetch(
        "select 期限, 説明 from audit.期限 where 事案 = $1 and 期限の名 = $2", CASES[0], REPORT_1
    )
    assert [(row["期限"], "延長: " in row["説明"]) for row in told] == [(until, True)]
    asked = ("ask", "deadlines_moved", "--municipality", "341002", "--json")
    moved = [row for row in city.done(*asked).rows if row["期限"] == REPORT_1]
    assert {(row["事案"], row["前の日"], row["新しい日"]) for row in moved} == {
        (case, f"{due}", f"{until}") for case in CASES[:2]
    }


def test_a_holiday_announced_late_moves_what_runs_once_the_calendar_has_it(
    city: City, tmp_path: Path
) -> None:
    due = city.due(CASES[2])["report-1"]
    closed = (
        f'first = {due}\nlast = {due}\nreason = "臨時の休日"\nrule = "広島市告示第998号（架空）"\n'
    )
    file = _change(tmp_path / "closed.toml", "closed-1", f"\n[[closed]]\n{closed}")
    seen = city.run("calendar", "preview", file, "--json")
    moved = {row["after"]["day"] for row in seen.rows}
    assert len({row["case"] for row in seen.rows}) == len(CASES) - 2
    assert min(moved) > f"{due}"
    assert "[[calendar.once]]" in seen.err
    early = city.run("calendar", "apply", file)
    assert early.code == 2
    assert "worker を動かし直してください" in early.err.replace("\n", "")
    assert city.down() == 0
    city.profile.write_text(
        f"{city.profile.read_text('utf-8')}\n[[calendar.once]]\n{closed}", "utf-8"
    )
    city.up()
    answer = city.run("calendar", "apply", file, "--json")
    assert answer.code == 0, answer.err
    assert [row["outcome"] for row in answer.rows] == ["recorded"] * (len(CASES) - 2)
    assert {f"{city.due(case)['report-1']}" for case in CASES[2:4]} == moved
    again = city.run("calendar", "apply", file, "--json")
    assert {row["outcome"] for row in again.rows} == {"already"}
    city.settle()
    reconciled = city.run("reconcile", "--dry-run", "--json").rows[0]
    assert reconciled["findings"] == []  # the timers and the record agree
    shown = city.run("calendar", "show", "341002", "--period", f"{due}", "--json").rows
    assert [(row["休日"], row["区分"]) for row in shown] == [("臨時の休日", "一度限り")]


def test_what_is_wrong_with_a_change_is_said_and_nothing_is_recorded(
    city: City, tmp_path: Path
) -> None:
    before = city.recorded("CalendarChangeApplied")
    order = _change(tmp_path / "a", "order", _extension(TODAY, TODAY + A_DAY, "order"))
    backwards = _change(tmp_path / "b", "back", _extension(TODAY, TODAY))
    wrong = {
        order: (3, "告示で延長する期限ではありません"),
        backwards: (2, "並んでいません"),
        _change(tmp_path / "c", "none", ""): (2, "ありません"),
        _change(tmp_path / "d", "x" * 41, _extension(TODAY, TODAY + A_DAY)): (2, "40 文字まで"),
        _change(tmp_path / "e", "bad", "[[closed"): (2, "TOML"),
        str(tmp_path / "none"): (2, "読めません"),
    }
    for file, (code, told) in wrong.items():
        answer = city.run("calendar", "apply", file)
        assert answer.code == code, told
        assert told in answer.err.replace("\n", ""), answer.err
        assert "Traceback" not in answer.err
    assert city.recorded("CalendarChangeApplied") == before
