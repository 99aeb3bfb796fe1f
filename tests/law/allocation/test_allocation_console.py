"""`kyodo allocation`: the sheet for people, spreadsheets and machines, and faults for clerks."""

import csv
import io
import json
from pathlib import Path

import pytest

from console.allocating import allocation_app
from console.answers import Ended
from tests.law.allocation.claims import claim_of


@pytest.fixture
def example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    return written(tmp_path, capsys, "--example")


def written(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Path:
    file = folder / "申告.toml"
    file.write_text(said(capsys, "new", *words), "utf-8")
    return file


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command printed."""
    capsys.readouterr()
    allocation_app([*words], exit_on_error=False, result_action="return_value")
    return capsys.readouterr().out


def refused(*words: str) -> str:
    """What a command ended with, as the input's fault."""
    with pytest.raises(Ended) as ended:
        allocation_app([*words], exit_on_error=False, result_action="return_value")
    assert ended.value.code == 2
    return f"{ended.value}"


def test_the_sheet_shows_amount_trace_conditions_readings_and_cautions(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(capsys, "compute", f"{example}", "--fiscal-year", "令和7年度")
    assert "広島県　令和7年度（三月分）　算定額 3,547,000円" in out
    for words in (
        "特別交付税に関する省令第4条第1項第1号の表第99号",
        "確定、2026-03-16（令和8年3月16日）の条文",
        "max(7,200,000 − 500,000, 0)",
        "min(6,700,000, 6,372,000)",
        "7,094,500 × 0.5",
        "D11",
        "3,711,000円",
        "交付額ではない",
    ):
        assert words in out


def test_machines_get_the_whole_sheet_with_exact_amounts(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = json.loads(said(capsys, "compute", f"{example}", "--json"))
    assert sheet["item_amount"] == 3_547_000
    assert sheet["item"]["citation"]["article"] == "4"
    assert sheet["readings"]["order"] == "deduct-then-cap"
    assert [one["after"] for one in sheet["trace"]][-2:] == [3_547_250, 3_547_000]
    assert {one["row"] for one in sheet["conditions"][0]["decisions"]} >= {"D1", "D11"}
    assert sheet["conditions"][0]["evidence"] == ["派遣決定書 市政第31号"]
    assert all(one["rule"]["printed"] for one in sheet["trace"])


def test_spreadsheets_get_the_trace(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "算定.csv"
    said(capsys, "compute", f"{example}", "--out", f"{out}")
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
    assert rows[-1]["額"] == "3,547,000円"
    assert rows[0]["資料"] == "支出命令書第1204号"


def test_order_and_readings_are_options(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = f"{example}"
    by_order = said(capsys, "compute", file, "--order", "cap-then-deduct", "--json")
    by_reading = said(capsys, "compute", file, "--reading", "cap_on=grant", "--json")
    assert json.loads(by_order)["item_amount"] == 3_297_000
    assert json.loads(by_reading)["item_amount"] == 3_711_000


def test_json_is_read_where_the_file_is_named_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "申告.json"
    claim = claim_of("広島県", 2024, [{"to": "世羅町", "cost": 7_200_000}])
    file.write_text(claim.model_dump_json(), "utf-8")
    sheet = json.loads(said(capsys, "compute", f"{file}", "--json"))
    assert (sheet["fiscal_year"], sheet["item_amount"]) == (2024, 3_112_000)


def test_a_year_not_yet_fixed_needs_the_provisional_set_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "申告.json"
    claim = claim_of("広島県", 2026, [{"to": "世羅町", "cost": 5_000_000}])
    file.write_text(claim.model_dump_json(), "utf-8")
    assert "まだ定められていません" in refused("compute", f"{file}")
    assert "規則: 暫定" in said(capsys, "compute", f"{file}", "--provisional")


def test_an_empty_form_is_told_field_by_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = refused("compute", f"{written(tmp_path, capsys)}")
    lines = words.splitlines()
    assert f"{tmp_path / '申告.toml'} dispatches 1件目 personnel_cost amount: 空です。" in words
    assert all("空です" in line for line in lines[:-1])
    assert lines[-1] == f"誤りが {len(lines) - 1} 件あるため、算定していません"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "4_100_000",
            "4_100_000.5",
            "dispatches 1件目 personnel_cost amount: 整数で書いてください",
        ),
        (
            'person = "P-02"',
            'person = "P-02"\nname = "例示"',
            "dispatches 3件目 name: 知らない項目です",
        ),
        ('agreement = "R7-1"', 'agreement = "R7-9"', "dispatches D-01 agreement: 協約 R7-9 が"),
        ('evidence = ["収入調定書第88号"]', "evidence = []", "evidence: 1 件以上を書いてください"),
        ('claimant = "340006"', 'claimant = "340007"', "検査数字"),
        ("[[recruitment]]", "[[recruitment", "TOML として読めません"),
    ],
)
def test_a_clerk_is_told_which_field_what_is_wrong_and_what_to_do(
    example: Path, old: str, new: str, words: str
) -> None:
    example.write_text(example.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert words in refused("compute", f"{example}")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--fiscal-year", "令和6年度"], "令和6年度が求められましたが"),
        (["--fiscal-year", "来年度"], "--fiscal-year:"),
        (["--provisional"], "規則は確定しています"),
        (["--reading", "order"], "問い=答え の形で"),
        (["--reading", "order=neither"], "次のどれかです"),
    ],
)
def test_an_option_at_fault_is_told(example: Path, options: list[str], words: str) -> None:
    assert words in refused("compute", f"{example}", *options)


def test_the_related_item_is_computed_from_its_own_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, capsys, "--support", "--example")
    assert "算定額 1,500,000円" in said(capsys, "support", f"{file}")
    file.write_text(file.read_text("utf-8").replace("令和7年度", "令和6年度"), "utf-8")
    assert "支援の項目がありません" in refused("support", f"{file}")
    assert "空です" in refused("support", f"{written(tmp_path, capsys, '--support')}")


def test_rules_and_readings_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    rules = said(capsys, "rules")
    assert "令和8年度（暫定）" in rules
    assert "6,372,000" in rules
    sets = [json.loads(line) for line in said(capsys, "rules", "--json").splitlines()]
    assert [one["status"] for one in sets] == ["final", "final", "provisional"]
    assert [one["rate"] for one in sets] == ["1/2"] * 3
    readings = said(capsys, "readings", "--csv")
    assert "order,deduct-then-cap,控除してから上限,令和6年度、令和7年度" in readings
