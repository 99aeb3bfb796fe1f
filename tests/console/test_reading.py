"""`kyodo case`, `schema` and `audit verify`: what people and machines read."""

import json
from typing import cast

import pytest

from tests.console.commands import of_story, story
from tests.console.conftest import Console

CASE = "指定-341002-2001"
ENDED = "指定-341002-2002"


@pytest.fixture(scope="module")
def told(console: Console) -> Console:
    """A console beside a record that holds one whole life."""
    assert console.submit(*story(CASE)).code == 0
    return console


def test_the_list_can_be_narrowed_to_what_is_running(told: Console) -> None:
    filed = of_story(ENDED, "FileApplication")
    said = cast("dict[str, object]", filed["command"])
    taken_back = {"kind": "WithdrawApplication", "on": said["on"], "by": said["by"]}
    ended = {"id": "ended", "case": ENDED, "command": taken_back}
    assert told.submit(filed, ended).code == 0
    closed = told.run("case", "list", "--no-open", "--json").rows
    running = told.run("case", "list", "--open", "--json").rows
    assert {row["case"] for row in closed} == {ENDED}
    assert CASE in {row["case"] for row in running}, "its revocation may still be contested"
    assert not told.run("case", "list", "--municipality", "131016", "--json").rows


def test_the_history_tells_who_when_and_under_which_provision(told: Console) -> None:
    table = told.run("case", "history", CASE).out
    assert "指定の取消し" in table
    assert "法第260条の49第12項" in table
    assert "広島市長" in table
    rows = told.run("case", "history", CASE, "--json").rows
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))


def test_personal_data_stays_out_of_the_stored_event_but_is_read_with_it(told: Console) -> None:
    first = told.run("case", "history", CASE, "--json").rows[0]
    assert first["event"]["representative"]["text"] == "例示 桜"  # type: ignore[index]


def test_every_deadline_says_why_it_is_that_day(told: Console) -> None:
    rows = told.run("case", "deadlines", CASE, "--json").rows
    standard = next(row for row in rows if row["key"] == "standard")
    assert standard["day"] == "2025-08-15"
    assert any("補正" in line for line in standard["why"])  # type: ignore[attr-defined]


def test_schemas_are_given_whole_and_one_by_one(told: Console) -> None:
    everything = json.loads(told.run("schema").out)
    assert "指定" in everything["institutions"]
    one = json.loads(told.run("schema", "OrderImprovement").out)
    assert "comply_by" in one["required"]
    assert told.run("schema", "Nothing").code == 2
    assert "改善を命ずる" in told.run("schema", "--list").out


def test_an_untouched_record_verifies(told: Console) -> None:
    answer = told.run("audit", "verify", "--json")
    assert answer.code == 0
    assert answer.rows[0]["fault"] is None
    assert told.run("audit", "verify", CASE).code == 0


def test_unknown_cases_and_words_end_with_2(told: Console) -> None:
    assert told.run("case", "show", "指定-341002-0000").code == 2
    assert told.run("nothing").code == 2
    assert told.run("case", "list", "--nothing").code == 2
