"""`kyodo demo dispute`: Disputes on both paths come to four ends on the real stack, for an official to read."""

import pytest

from tests.console.conftest import Answer, Console


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    return Console(tmp_path_factory.mktemp("demo") / "dispute").run("demo", "dispute")


def test_it_ends_with_0_and_the_record_is_sound(told: Answer) -> None:
    assert told.code == 0, told.err
    assert "異常はありません（事案 4 件、" in told.out


@pytest.mark.parametrize(
    ("case", "stage", "facts"),
    [
        ("紛争-345458-0001", "措置済み", "20件"),
        ("紛争-345458-0002", "調停成立", "22件"),
        ("紛争-345458-0003", "調停打切り", "13件"),
        ("紛争-345458-0004", "不付託", "4件"),
    ],
)
def test_parties_and_minister_see_the_whole_case_and_nobody_else_any(
    told: Answer, case: str, stage: str, facts: str
) -> None:
    table = told.out.partition("四つの終わり方")[2].partition("検証")[0]
    assert "Ａ県 Ｂ町 総務大臣 呉市" in " ".join(table.split())
    row = next(line.split() for line in table.splitlines() if line.strip().startswith(case))
    assert row[-6:] == [stage, facts, facts, facts, facts, "－"]


@pytest.mark.parametrize(
    ("provision", "times"),
    [
        ("法第251条の3の2第1項", 1),
        ("法第251条の3の2第5項", 1),
        ("法第96条第1項第12号", 2),
        ("法第251条の2第5項", 1),
        ("法第251条の2第7項", 2),
        ("法第251条の2第10項", 1),
        ("令第174条の6第2項", 1),
    ],
)
def test_what_the_law_refuses_is_refused_by_citation(
    told: Answer, provision: str, times: int
) -> None:
    refusals = [line for line in told.out.splitlines() if "✗ 拒否" in line]
    assert sum(line.endswith(f"（{provision}）") for line in refusals) == times


@pytest.mark.parametrize(
    ("duty", "arose", "done", "age"),
    [
        ("処理方策を公表する", "2026-08-10", "2026-08-13", "3日"),
        ("調停の成立を神石高原町に直ちに通知する", "2026-03-25", "2026-03-27", "2日"),
        ("調停の打切りに同意するかどうかを決める", "2026-01-19", "2026-02-02", "14日"),
        ("申請書の写しを添えて直ちに通知する", "2026-05-11", "2026-05-11", "0日"),
    ],
)
def test_each_duty_is_told_with_its_age(
    told: Answer, duty: str, arose: str, done: str, age: str
) -> None:
    table = told.out.partition("その経過 ─")[2].partition("四つの終わり方")[0]
    rows = [line.split() for line in table.splitlines() if duty in line]
    assert [arose, done, age] in [row[-3:] for row in rows]


def test_a_running_case_is_left_for_the_ui_with_its_duties_open(told: Answer) -> None:
    running = told.out.partition("進行中の事案")[2]
    assert "処理方策の提示待ち" in running
    open_for = [line.split()[-1] for line in running.splitlines() if "法第251条の3の2第3項" in line]
    assert open_for == ["3日"] * 3
    assert running.rstrip().endswith("/workflows/紛争-345458-0005")
