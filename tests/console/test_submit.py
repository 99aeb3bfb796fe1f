"""`kyodo submit`: what is done, what is refused, and what is sent back to be mended."""

import json
from collections import defaultdict

import pytest

from tests.console.commands import MAYOR, OFFICER, passing, story
from tests.console.conftest import Console


def test_a_whole_life_is_submitted_once_however_often_it_is_handed_in(console: Console) -> None:
    life = story("指定-341002-1001")
    first, again = console.submit(*life), console.submit(*life)
    assert (first.code, again.code) == (0, 0)
    assert {row["outcome"] for row in first.rows} == {"recorded"}
    assert {row["outcome"] for row in again.rows} == {"already"}
    shown = console.run("case", "show", "指定-341002-1001", "--json").rows[0]
    heads = [[row["receipt"]["head"] for row in answer.rows] for answer in (first, again)]  # type: ignore[index]
    assert heads[0] == heads[1]
    assert shown["number"] == len(console.run("case", "history", "指定-341002-1001", "--json").rows)
    assert shown["stage"] == "指定取消し"
    assert shown["open"], "its revocation may still be contested"


def test_what_the_law_refuses_ends_with_3_and_says_which_provision(console: Console) -> None:
    case = "指定-341002-1002"
    opened, checked, *_ = story(case)
    refused = {
        "id": "early",
        "case": case,
        "command": {
            "kind": "RequestReport",
            "on": "2025-07-08",
            "by": MAYOR,
            "drafted_by": OFFICER,
            "matters": "活動の状況",
            "need": {"reasons": "確かめる"},
        },
    }
    answer = console.submit(opened, refused, checked)
    assert answer.code == 3
    _, row, held = answer.rows
    assert row["outcome"] == "refused"
    assert row["citation"] == "法第260条の49第10項"
    assert "形式審査中" in str(row["reason"])
    assert held["outcome"] == "held"


def test_a_case_nobody_opened_leaves_nothing_behind(console: Console) -> None:
    answer = console.submit(passing("指定-341002-1003"))
    assert answer.code == 3
    assert console.run("case", "show", "指定-341002-1003").code == 2


POISON: list[tuple[str, bytes | dict[str, object], str]] = [
    ("broken JSON", b'{"id": ', "JSON"),
    ("not an object", b"[1]", "{ }"),
    ("unknown kind", passing("指定-341002-1004", kind="Abolish"), "Abolish"),
    ("no kind", {"id": "p-1", "case": "指定-341002-1004", "command": {}}, "kind"),
    ("wrong type", passing("指定-341002-1004", checked="申請書"), "command.checked"),
    ("wrong day", passing("指定-341002-1004", on="2025-02-30"), "command.on"),
    ("a moment for a day", passing("指定-341002-1004", on="2025-07-22T10:00:00"), "command.on"),
    ("unknown field", passing("指定-341002-1004", number=7), "command.number"),
    ("missing field", {"id": "p-1", "case": "指定-341002-1004"}, "command"),
    ("wrong check digit", passing("指定-341003-1004"), "検査数字"),
    ("no such municipality", passing("指定-999997-1004"), "999997"),
    ("a ward of a designated city", passing("指定-341011-1004"), "341011"),
    ("unknown institution", passing("婚姻-341002-1004"), "事案番号"),
    ("an act of another institution", passing("紛争-341002-1004"), "PassFormalCheck"),
    ("control characters", passing("指定-341002-1004", checked=["申請\u0007書"]), "U+0007"),
    ("line break in a line", passing("指定-341002-1004", checked=["申請\n書"]), "改行"),
    ("empty text", passing("指定-341002-1004", checked=["  "]), "command.checked"),
    ("id with spaces", passing("指定-341002-1004", id="a b"), "id"),
    ("id too long", passing("指定-341002-1004", id="a" * 65), "id"),
    ("10 MB of text", passing("指定-341002-1004", checked=["字" * 3_500_000]), "上限"),
    ("not UTF-8", b'{"id":"\xff"}', "JSON"),
    ("a lone surrogate", b'{"id":"\\ud800","case":"x","command":{}}', "JSON"),
]


def test_bad_input_ends_with_2_says_what_to_mend_in_each_line_and_sends_nothing(
    console: Console,
) -> None:
    good: dict[str, object] = story("指定-341002-1004")[0]
    lines = [_line(what) for what in (good, *(what for _, what, _ in POISON))]
    answer = console.run("submit", "-", stdin=b"\n".join(lines))
    assert answer.code == 2
    told: dict[str, str] = defaultdict(str)
    for line in answer.err.splitlines()[:-1]:
        told[line.split()[1].rstrip(":")] += line
    for number, (name, _, expected) in enumerate(POISON, start=2):
        assert expected in told[f"{number}行目"], name
    assert "1行目" not in told
    assert "何も提出していません" in answer.err
    assert console.run("case", "show", "指定-341002-1004").code == 2


def _line(what: bytes | dict[str, object]) -> bytes:
    return what if isinstance(what, bytes) else json.dumps(what, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [({"on": "2999-01-01"}, "今日"), ({"by": {**OFFICER, "role": "calendar"}}, "暦")],
)
def test_a_future_day_and_a_forged_calendar_are_sent_back(
    console: Console, changed: dict[str, object], expected: str
) -> None:
    case = "指定-341002-1005"
    console.submit(story(case)[0])
    answer = console.submit(passing(case, "forged", **changed))
    assert answer.code == 2
    assert expected in str(answer.rows[0]["reason"])


def test_one_id_for_two_commands_is_sent_back(console: Console) -> None:
    case = "指定-341002-1006"
    opened = story(case)[0]
    assert console.submit(opened, passing(case, "twice")).code == 0
    other = console.submit(passing(case, "twice", checked=["添付書類"]))
    assert other.code == 2
    assert "twice" in str(other.rows[0]["reason"])
    titles = [row["title"] for row in console.run("case", "history", case, "--json").rows]
    assert titles[:2] == ["申請の到達", "形式審査の終了"]
    assert "形式審査の終了" not in titles[2:], "only the calendar may have noted something since"


def test_an_unreadable_file_ends_with_2(console: Console) -> None:
    answer = console.run("submit", "/nowhere/commands.jsonl")
    assert answer.code == 2
    assert "/nowhere/commands.jsonl" in answer.err


def test_a_service_out_of_reach_ends_with_4_and_says_what_to_start(console: Console) -> None:
    answer = console.run("submit", "-", stdin=b"", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert answer.code == 4
    assert "127.0.0.1:1" in answer.err
    assert "kyodo up" in answer.err
    away = "postgresql://nobody@127.0.0.1:1/nothing"
    answer = console.run("case", "list", KYODO_DATABASE_URL=away)
    assert answer.code == 4
    assert "127.0.0.1:1" in answer.err
