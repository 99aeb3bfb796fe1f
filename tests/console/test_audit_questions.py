"""`kyodo audit`: what an auditor asks of the record, and how it is answered and noted."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.console.commands import EVIL, WHY
from tests.console.conftest import Answer, Record

Act = dict[str, Any]
ORDERED, MOVED = "2026-06-22", "2026-09-14"
UNDER_11 = {
    *("ImprovementOrderProposed", "ExplanationInvited", "ImprovementOrdered"),
    *("OrderDeadlineExtended", "OrderViolationFound"),
}
"""What stands in the story under 法260条の49⑪, the procedure that leads to the order included."""


@pytest.fixture(scope="module")
def life(record: Record) -> list[Act]:
    """Every act of the case that was told to its end."""
    return record.console.done("acts", "--case", record.life, "--json").rows


def numbers(acts: list[Act]) -> list[int]:
    return [act["number"] for act in acts]


# --- 一つの事案 -------------------------------------------------------------------------------


def test_a_case_is_told_as_it_stood_on_a_legal_day(record: Record) -> None:
    words = ("show", record.life, "--on", "令和8年5月31日")
    table, machine = record.console.audits([words, (*words, "--json")])
    assert "法律上の日 2026-05-31（令和8年5月31日）、今 に知られていたところ" in table.out
    assert "指定中・改善命令の予定" in table.out
    assert machine.rows[0]["stage"] == "指定中・改善命令の予定"


def test_what_was_not_yet_known_is_left_out(record: Record) -> None:
    on, known = ("--on", "2026-10-01"), ("--known", record.known)
    as_known, both_open, only_known = record.console.audits(
        [
            ("show", record.ordered, *on, *known, "--json"),
            ("show", record.ordered, *on, "--json"),
            ("show", record.ordered, *known, "--json"),
        ]
    )
    assert "違反" not in as_known.rows[0]["stage"]
    assert "違反" in both_open.rows[0]["stage"]
    assert only_known.rows[0]["stage"] == as_known.rows[0]["stage"]


def test_on_a_day_before_the_first_act_nothing_had_happened(record: Record) -> None:
    words = ("show", record.life, "--on", "2025-01-01")
    told = record.console.done(*words, "--json").rows[0]
    assert (told["stage"], told["number"], told["deadlines"]) == ("申請前", 0, [])


def test_the_difference_between_two_days_is_told_in_words(record: Record) -> None:
    days = ("diff", record.life, "--on", "2026-08-01", "--to-on", "2026-09-01")
    table, machine = record.console.audits([days, (*days, "--json")])
    moved = f"期限「改善命令（第1号）の期限」が 2026-08-31 から {MOVED} に動いた"
    assert moved in table.out.replace("\n", "")
    told = machine.rows[0]
    assert (told["before"]["on"], told["after"]["on"]) == ("2026-08-01", "2026-09-01")
    assert [words for words in told["differences"] if words.startswith(moved)]
    assert any("改善命令の期限の延長（2026-08-24" in words for words in told["differences"])


def test_the_difference_between_two_moments_is_what_became_known(record: Record) -> None:
    words = ("diff", record.ordered, "--known", record.known, "--json")
    told = record.console.done(*words).rows[0]["differences"]
    assert any(one.startswith("加わった行為") and "改善命令違反の認定" in one for one in told)
    assert not any("報告" in one for one in told)
    same = record.console.done("diff", record.ordered, "--on", ORDERED, "--to-on", ORDERED)
    assert "違いはありません" in same.out


# --- 行為を探す -------------------------------------------------------------------------------


def test_a_table_for_people_speaks_their_language_and_calendar(record: Record) -> None:
    words = ("acts", "--case", record.life, "--kind", "ImprovementOrdered")
    table = record.console.done(*words).out
    for told in ("広島市", "改善命令", "広島市長", "法第260条の49第11項", "2026-06-22 R8.6.22"):
        assert told in table
    assert "1 件" in table


def test_csv_opens_in_excel_with_days_in_both_calendars(record: Record, tmp_path: Path) -> None:
    words = ("acts", "--case", record.life, "--kind", "改善命令")
    named, other = tmp_path / "acts.csv", tmp_path / "acts.jsonl"
    printed, *_ = record.console.audits(
        [(*words, "--csv"), (*words, "--out", str(named)), (*words, "--out", str(other))]
    )
    (row,) = printed.table
    assert (row["法律上の日"], row["法律上の日（和暦）"]) == (ORDERED, "令和8年6月22日")
    assert (row["行為"], row["条項"]) == ("改善命令", "法第260条の49第11項")
    assert named.read_bytes().startswith("\ufeff通し番号,".encode())
    with named.open(encoding="utf-8-sig", newline="") as file:
        assert [*csv.DictReader(file)] == [row]
    assert json.loads(other.read_text("utf-8"))["kind"] == "ImprovementOrdered"


def test_every_spelling_of_a_provision_finds_the_same_acts(record: Record, life: list[Act]) -> None:
    spellings = (*("⑪", "法260の49⑪", "法第260条の49第11項", "260条の49⑪"),)
    found = record.console.audits(
        [("acts", "--case", record.life, "--provision", one, "--json") for one in spellings]
    )
    wanted = numbers([act for act in life if act["kind"] in UNDER_11])
    assert len(wanted) == len(UNDER_11)
    assert [numbers(answer.rows) for answer in found] == [wanted] * len(spellings)


def test_a_provision_is_taken_as_far_as_it_goes(record: Record, life: list[Act]) -> None:
    asked = ("行手法第３０条", "法260の49のすべて")
    found = record.console.audits(
        [("acts", "--case", record.life, "--provision", one, "--json") for one in asked]
    )
    invited = numbers([act for act in life if act["kind"] == "ExplanationInvited"])
    assert numbers(found[0].rows) == invited
    kinds = {act["kind"] for act in found[1].rows}
    assert UNDER_11 | {"DesignationGranted", "DesignationRevoked", "HearingNotified"} <= kinds
    assert "CorrectionRequested" not in kinds


def test_every_spelling_of_a_fiscal_year_finds_the_same_acts(
    record: Record, life: list[Act]
) -> None:
    spellings = ("令和8年度", "FY2026")
    found = record.console.audits(
        [("acts", "--case", record.life, "--period", one, "--json") for one in spellings]
    )
    wanted = numbers([act for act in life if act["on"] >= "2026-04-01"])
    assert 0 < len(wanted) < len(life)
    assert [numbers(answer.rows) for answer in found] == [wanted] * len(spellings)


def drafted_or_decided(act: Act, person: str) -> bool:
    drafter = act["event"].get("drafted_by")
    return person in (act["person"], drafter and drafter["person"])


NARROWED: list[tuple[list[str], Callable[[Act], bool]]] = [
    (["--kind", "改善命令", "--kind", "DesignationRevoked"], lambda act: act["kind"] in _ORDERS),
    (["--person", "H-1108"], lambda act: drafted_or_decided(act, "H-1108")),
    (["--phrase", "総会"], lambda act: "総会" in json.dumps(act["event"], ensure_ascii=False)),
    (["--period", "令和7年8月"], lambda act: act["on"].startswith("2025-08")),
    (["--late", "365"], lambda act: act["recorded_at"] >= f"{int(act['on'][:4]) + 1}{act['on'][4:]}"),
    (["--stage", "指定取消し"], lambda _: True),
    (
        [*("--provision", "⑪", "--period", "令和8年度", "--phrase", "収支", "--open")],
        lambda act: act["kind"] in UNDER_11
        and "収支" in json.dumps(act["event"], ensure_ascii=False),
    ),
]  # fmt: skip
_ORDERS = ("ImprovementOrdered", "DesignationRevoked")


def test_acts_are_narrowed_by_anything_and_by_anything_together(
    record: Record, life: list[Act]
) -> None:
    found = record.console.audits(
        [("acts", "--case", record.life, "--json", *words) for words, _ in NARROWED]
    )
    for (words, holds), answer in zip(NARROWED, found, strict=True):
        assert numbers(answer.rows) == numbers([act for act in life if holds(act)]), words


def test_what_is_overdue_is_found_in_the_case_as_it_stands(record: Record) -> None:
    found = record.console.done("acts", "--municipality", "341002", "--overdue", "--json").rows
    cases = {act["case"] for act in found}
    assert record.life not in cases
    overdue = record.console.done("cases", "--overdue", "--json").rows
    assert {one["case"] for one in overdue if one["municipality"] == "341002"} == cases


def test_acts_are_counted_in_words_for_people_and_in_values_for_machines(
    record: Record, life: list[Act]
) -> None:
    words = ("acts", "--case", record.life, "--count-by", "kind,fiscal_year,municipality,provision")
    table, machine = record.console.audits([words, (*words, "--json")])
    for told in ("広島市", "要件の審査", "令和7年度", "法第260条の49第2項", "行為の数"):
        assert told in table.out
    counted = Counter[tuple[str, str]]()
    for one in machine.rows:
        counted[one["kind"], one["fiscal_year"]] += one["acts"]
    assert counted == Counter(
        (act["kind"], "2025" if act["on"] < "2026-04-01" else "2026") for act in life
    )
    assert {one["cases"] for one in machine.rows} == {1}


# --- 現況の一覧 -------------------------------------------------------------------------------


def test_every_case_is_told_as_of_a_day_and_a_moment(record: Record) -> None:
    hiroshima = ("cases", "--municipality", "341002", "--json")
    ordered, later, known = record.console.audits(
        [
            (*hiroshima, "--on", "令和8年6月30日", "--stage", "改善命令中"),
            (*hiroshima, "--on", "2026-10-01", "--stage", "違反"),
            (*hiroshima, "--on", "2026-10-01", "--stage", "違反", "--known", record.known),
        ]
    )
    assert {record.life, record.ordered} <= {one["case"] for one in ordered.rows}
    (stood,) = [one for one in ordered.rows if one["case"] == record.life]
    assert (stood["next_due"], stood["open"]) == ("2026-06-30", True)  # 公表の期限
    assert {record.life, record.ordered} <= {one["case"] for one in later.rows}
    assert record.ordered not in {one["case"] for one in known.rows}


def test_a_cell_that_a_spreadsheet_would_run_is_only_shown(record: Record) -> None:
    words = ("cases", "--municipality", "342025", "--no-open")
    table, printed = record.console.audits([words, (*words, "--csv")])
    assert EVIL in table.out
    (row,) = [row for row in printed.table if row["事案"] == record.kure]
    assert (row["名"], row["進行"]) == (f"'{EVIL}", "終結")
    assert {row["団体"] for row in printed.table} == {"呉市"}
    assert EVIL in record.console.run("case", "history", record.kure).out


# --- 監査の問い -------------------------------------------------------------------------------


def test_the_usual_questions_are_listed_and_asked_by_name(record: Record) -> None:
    listed, orders, moved = record.console.audits(
        [
            ("questions", "--json"),
            ("ask", "orders_without_fulfilment", "--municipality", "341002", "--json"),
            ("ask", "deadlines-moved", "--period", "令和8年度", "--json"),
        ]
    )
    assert "orders_without_fulfilment" in {one["name"] for one in listed.rows}
    assert all(one["title"] and one["shows"] and one["basis"] for one in listed.rows)
    (order,) = [one for one in orders.rows if one["事案"] == record.ordered]
    assert (order["命令の日"], order["違反の認定"]) == (ORDERED, "2026-09-24")
    assert record.life not in {one["事案"] for one in orders.rows}
    (extended,) = [
        row
        for row in moved.rows
        if (row["事案"], row["行為"]) == (record.life, "改善命令の期限の延長")
    ]
    assert (extended["前の日"], extended["新しい日"]) == ("2026-08-31", MOVED)
    assert "会場の都合" in extended["理由"]


def test_the_exceptions_have_a_command_of_their_own(record: Record) -> None:
    told = record.console.done("exceptions", "--municipality", "342025", "--json").rows
    assert ("遅れた記録", record.kure, 1) in {(one["例外"], one["事案"], one["版"]) for one in told}


# --- 試査 -------------------------------------------------------------------------------------


def test_a_sample_can_be_drawn_again_by_anyone(record: Record) -> None:
    head = record.console.done("checkpoint", "--json").rows[0]
    words = ("sample", "-n", "5", "--head", str(head["size"]), "--kind", "要件の審査", "--word")
    first, again, other = record.console.audits(
        [(*words, "七", "--json"), (*words, "七", "--json"), (*words, "八", "--json")]
    )
    assert first.rows == again.rows != other.rows
    assert len(first.rows) == 5
    for act in first.rows:
        drawn = f"{head['root']}\n七\n{act['case']}\n{act['number']}\n"
        assert act["rank"] == sha256(drawn.encode()).hexdigest()
        assert act["kind"] == "RequirementExamined"


# --- 閲覧の記録 -------------------------------------------------------------------------------


def test_every_look_says_who_looked_at_what_and_why(record: Record) -> None:
    who = {"KYODO_VIEWER": "K-7777", "KYODO_WHY": "住民監査請求 [/x]"}
    found = record.console.audit("acts", "--case", record.life, "--limit", "1", "--json", **who)
    assert numbers(found.rows) == [1]
    record.console.audit("show", "指定-341002-4999", **who)
    by_person = record.console.done("looks", "--person", "K-7777", "--json").rows
    assert [(one["viewer"], one["why"]) for one in by_person] == [
        ("K-7777", "住民監査請求 [/x]")
    ] * len(by_person)
    assert [one["what"] for one in by_person] == [
        "ある日の事案",  # there is no such case, and it was looked for
        "行為の検索で示した事案",
        "行為の検索",
    ]
    at_case = record.console.done("looks", "--case", record.life, "--limit", "500", "--json").rows
    assert by_person[1] in at_case
    assert "住民監査請求 [/x]" in record.console.done("looks", "--person", "K-7777").out


def test_nobody_takes_a_look_away_and_looking_at_the_looks_is_one(record: Record) -> None:
    words = ("looks", "--json", "--limit", "1")
    before = record.console.done(*words).rows[0]
    for statement in ("delete from kyodo.access", "update kyodo.access set why = '私用'"):
        with pytest.raises(asyncpg.RestrictViolationError, match="追記のみ"):
            record.console.fetch(statement)
    after = record.console.done(*words).rows[0]
    assert after["number"] == before["number"] + 1
    assert (after["what"], after["viewer"], after["why"]) == ("閲覧の記録", "K-7001", WHY)


# --- 誤った求め -------------------------------------------------------------------------------

CASE, NOWHERE = "指定-341002-4001", "/nowhere/file"
BAD: list[tuple[list[str], str]] = [
    (["show", CASE, "--on", "令和8年13月1日"], "--on: 「令和8年13月1日」"),
    (["show", CASE, "--on", "令和8年度"], "--on: 「令和8年度」は一日ではありません"),
    (["show", CASE, "--known", "きのう"], "--known: 「きのう」"),
    (["show", CASE, "--known", "2020-01-01"], f"事案 {CASE} の記録は、2020-01-01"),
    (["show", "指定-341002-4999"], "事案 指定-341002-4999 の記録はありません"),
    (["acts", "--municipality", "341003"], "--municipality: 団体コード 341003"),
    (["acts", "--period", "2026-09..2026-04"], "--period: "),
    (["acts", "--provision", "行手法⑪"], "--provision: 「行手法⑪」"),
    (["acts", "--phrase", "総"], "--phrase: 語句「総」が短すぎます"),
    (["acts", "--kind", "Abolished"], "--kind: 「Abolished」という事実はありません"),
    (["acts", "--count-by", "colour"], "--count-by: 「colour」では数えられません"),
    (["acts", "--limit", "0"], "--limit: 1 以上"),
    (["acts", "--why", "監査\n2行目"], "--why: 改行"),
    (["acts", "--out", NOWHERE], "--out: フォルダ /nowhere がありません"),
    (["ask", "everything"], "「everything」という問いはありません"),
    (["sample", "--head", "1000000"], "1000000 件の検認"),
]


@pytest.fixture(scope="module")
def refused(record: Record) -> list[Answer]:
    return record.console.audits([words for words, _ in BAD])


def test_bad_input_ends_with_2_and_names_the_field(refused: list[Answer]) -> None:
    for (words, told), answer in zip(BAD, refused, strict=True):
        assert answer.code == 2, words
        assert told in answer.err.replace("\n", ""), words
        assert not answer.out, words


def test_nothing_ends_in_a_traceback(refused: list[Answer]) -> None:
    assert not [answer.err for answer in refused if "Traceback" in answer.err]


def test_without_a_reason_nothing_is_shown(record: Record) -> None:
    answer = record.console.audit("acts", KYODO_WHY="")
    assert (answer.code, answer.out) == (2, "")
    assert "--why" in answer.err
    assert "KYODO_WHY" in answer.err
