"""`kyodo ordinance`: profiles a clerk can start, check, read and compare."""

import json
import tomllib
from pathlib import Path
from typing import Any, cast

import jsonschema
import pytest

from activities.rulebook import Rulebook, examples
from console.answers import Ended
from console.ordinances import ordinance_app
from domain.profile_forms import NAMES
from tests.law.example import CODE, PROFILES

GOOD = (PROFILES / f"{CODE}.toml").read_text("utf-8")
MOUNTAIN, HARBOUR = "999989", "999971"


class Said:
    """What a command printed, and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: str) -> None:
        capsys.readouterr()
        self.code, self.fault = 0, ""
        try:
            ended = ordinance_app([*words], exit_on_error=False, result_action="return_value")
            self.code = ended or 0
        except Ended as fault:
            self.code, self.fault = fault.code, f"{fault}"
        self.out = capsys.readouterr().out

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "profile.toml"
    file.write_text(GOOD, "utf-8")
    return file


def told(capsys: pytest.CaptureFixture[str], profile: Path, old: str, new: str) -> Said:
    """The check of a profile with a slip of the pen."""
    assert old in GOOD
    profile.write_text(GOOD.replace(old, new, 1), "utf-8")
    return Said(capsys, "check", f"{profile}")


# --- check ------------------------------------------------------------------------------------


def test_a_sound_profile_ends_well_and_says_what_rests_on_defaults(
    profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = Said(capsys, "check", f"{profile}")
    assert said.code == 0
    assert "誤りはありません（例示市" in said.out
    assert "既定値のままの項目" in said.out
    assert "estimates" in said.out


def test_a_fault_says_key_what_is_wrong_what_may_stand_there_and_an_example(
    profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(capsys, profile, "value = 50", 'value = "半数"')
    assert said.code == 2
    assert "[parameters.principal_member_percent] values.0.value は整数で書いてください" in said.out
    assert "書けるもの: 整数、又は「なし」" in said.out
    assert "例: 50" in said.out


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("area_unit", "area_unti", "area_unit ではありませんか"),
        ('unit = "日"', 'unit = "週"', "日・月・年・開庁日"),
        ("since = 2025-04-01", 'since = "令和7年4月1日"', "since = 2025-07-01"),
        ('mode = "専決"', 'mode = "委任"', "mode = 専決・代決"),
        ('basis = "条例第2条"\n', "", '例: basis = "条例第9条第1項"'),
        ('value = "小学校区"', "value = true", '例: "小学校区"'),
        ("since = 2027-04-01", 'applies = "来年から"\nsince = 2027-04-01', "新規の事案から"),
    ],
)
def test_every_fault_shows_what_is_allowed(
    profile: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, words: str
) -> None:
    said = told(capsys, profile, old, new)
    assert said.code == 2
    assert words in said.out


def test_machines_get_the_faults_in_parts(
    profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile.write_text(GOOD.replace("value = 50", "value = []"), "utf-8")
    said = Said(capsys, "check", f"{profile}", "--json")
    (row,) = said.rows
    assert (said.code, row["sound"]) == (2, False)
    (fault,) = row["faults"]
    assert set(fault) == {"key", "wrong", "allowed", "example"}
    profile.write_text(GOOD, "utf-8")
    (row,) = Said(capsys, "check", f"{profile}", "--json").rows
    assert row["sound"]
    assert row["version"].startswith(CODE)


def test_a_profile_is_named_as_its_code_or_is_a_draft(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, code in (("341002.toml", 2), (f"{CODE}.toml", 0), ("案.toml", 0)):
        (tmp_path / name).write_text(GOOD, "utf-8")
        assert Said(capsys, "check", f"{tmp_path / name}").code == code


def test_a_file_that_is_not_there_is_the_inputs_fault(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "check", "nowhere.toml")
    assert said.code == 2
    assert "読めません" in said.fault


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('command = "RequestCorrection"', 'command = "RequestCorection"', "という決裁はありません"),
        ('{ id = "exchange"', '{ id = "living"', "号の記号 living が2回あります"),
        (
            'number = "令和7年例示市条例第1号"',
            'number = "令和〇年条例第〇号"',
            "「〇」が残っています",
        ),
        ("[[parameters.term.values]]", "[[parameters.consulted_property.values]]", "value"),
    ],
)
def test_what_is_well_made_but_hardly_meant_is_remarked(
    profile: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, words: str
) -> None:
    assert words in told(capsys, profile, old, new).out


# --- new --------------------------------------------------------------------------------------


def test_a_new_profile_has_every_parameter_with_meaning_form_and_default(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = Said(capsys, "new", "472018").out
    assert 'name = "那覇市"' in text
    for name in NAMES:
        assert f"[parameters.{name}" in text, name
    assert text.count("# 書けるもの: ") == len(NAMES) - 1
    assert "既定値" in text


def test_a_new_profile_is_sound_as_it_stands_and_with_every_default_laid_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "472018.toml"
    assert Said(capsys, "new", "472018", "--out", f"{file}").code == 0
    assert Said(capsys, "check", f"{file}").code == 0
    assert "472018" in Said(capsys, "new", "472018", "--out", f"{file}").fault
    opened = _opened(file.read_text("utf-8"))
    assert set(tomllib.loads(opened)["parameters"]) == set(NAMES)
    file.write_text(opened.replace("2024-09-26", "2026-04-01"), "utf-8")
    said = Said(capsys, "check", f"{file}")
    assert said.code == 0, said.out
    assert "既定値のままの項目 0 件" in said.out


def _opened(text: str) -> str:
    """The profile with the marks of comment taken from everything that is TOML."""
    lines = [line.removeprefix("# ") for line in text.splitlines()]
    start = next(at for at, line in enumerate(lines) if line.startswith("code ="))
    toml = [line for line in lines[start:] if not line.startswith(("──", "書けるもの", "例:"))]
    return "\n".join(
        line for line in toml if not line.startswith(("休日:", "特定地域", "一度限りの休日"))
    )


def test_a_code_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert Said(capsys, "new", "341003").code == 2


# --- show, compare ----------------------------------------------------------------------------


def test_a_profile_is_shown_as_in_force_on_a_day_with_its_provisions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = {
        row["項目"]: row
        for row in Said(capsys, "show", MOUNTAIN, "--on", "2027-04-01", "--json").rows
    }
    assert set(rows) == set(NAMES)
    assert rows["term"]["値"].startswith("5年")
    assert rows["term"]["経過措置"] == "次の更新から"
    assert "附則第3項" in rows["term"]["根拠"]
    before = Said(capsys, "show", MOUNTAIN, "--on", "令和9年3月31日", "--json").rows
    assert {row["項目"]: row for row in before}["term"]["値"].startswith("3年")


def test_defaults_are_marked_and_files_are_shown_as_codes_are(
    profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = Said(capsys, "show", f"{profile}", "--on", "2026-06-01", "--json").rows
    marks = {row["項目"]: row["既定値"] for row in rows}
    assert marks["estimates"] == "既定値"
    assert marks["area_unit"] == ""
    early = Said(capsys, "show", "341002", "--on", "2025-06-30", "--json").rows
    assert early[0]["値"] == "定めなし"


def test_two_ordinances_are_compared_by_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "compare", "341002", HARBOUR, "--on", "2026-06-01", "--json")
    rows = {row["項目"]: row for row in said.rows}
    assert rows["estimates"] == {
        "項目": "estimates",
        "意味": "随意契約に先立って徴する見積書の数",
        "広島市": "1（既定値）",
        "例示浦市": "3",
    }
    same = Said(capsys, "compare", "341002", "341002", "--on", "2026-06-01", "--json")
    assert same.rows == []
    whole = Said(capsys, "compare", "341002", "341002", "--on", "2026-06-01", "--all", "--json")
    assert len(whole.rows) == len(NAMES)


def test_people_get_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    out = Said(capsys, "compare", MOUNTAIN, HARBOUR, "--on", "2026-06-01").out
    for words in ("例示山町", "例示浦市", "大字", "中学校区", "更新の申請"):
        assert words in out


def test_a_municipality_without_a_profile_is_told_why(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "show", "472018")
    assert said.code == 2
    assert "那覇市" in said.fault


def test_an_ill_made_file_cannot_be_shown(
    profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile.write_text(GOOD.replace("value = 50", "value = []"), "utf-8")
    said = Said(capsys, "show", f"{profile}")
    assert said.code == 2
    assert "principal_member_percent" in said.fault


# --- schema, examples -------------------------------------------------------------------------


def _instance(text: str) -> object:
    return json.loads(json.dumps(tomllib.loads(text), default=str))


@pytest.mark.parametrize("code", ["341002", MOUNTAIN, HARBOUR, CODE])
def test_the_schema_accepts_what_the_check_accepts(
    code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (schema,) = Said(capsys, "schema").rows
    texts = {**examples(), CODE: GOOD}
    text = texts.get(code) or Rulebook().profile(code)
    jsonschema.validate(_instance(text), schema)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value = 50", 'value = "半数"'),
        ("area_unit", "area_unti"),
        ('unit = "日"', 'unit = "週"'),
        ('mayor = "例示市長"\n', ""),
        ("value = 50", "value = 50\ndefault = true"),
    ],
)
def test_the_schema_refuses_what_the_check_refuses(
    old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (schema,) = Said(capsys, "schema").rows
    assert old in GOOD
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(_instance(GOOD.replace(old, new, 1)), schema)


def test_every_parameter_of_the_schema_says_what_it_means(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (schema,) = Said(capsys, "schema").rows
    parameters = cast("dict[str, dict[str, str]]", schema["properties"]["parameters"]["properties"])
    assert set(parameters) == set(NAMES)
    assert all(one["description"] for one in parameters.values())


def test_the_worked_examples_are_listed_and_given_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "例示山町" in Said(capsys, "examples").out
    assert Said(capsys, "examples", MOUNTAIN).out == examples()[MOUNTAIN]
    assert Said(capsys, "examples", "341002").code == 2
