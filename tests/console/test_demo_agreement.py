"""`kyodo demo agreement`: The model agreement is lived on the real stack, and can be read by an official."""

from pathlib import Path

import psutil
import pytest

from console.story import read_story
from domain.agreement.wording import digest
from tests.console.conftest import Answer, Console


@pytest.fixture(scope="module")
def before() -> set[int]:
    """The processes there were before the demo."""
    return _own_processes()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, before: set[int]) -> Answer:  # noqa: ARG001
    return Console(tmp_path_factory.mktemp("demo") / "agreement").run("demo", "agreement")


def test_it_ends_with_0_and_leaves_nothing_running(before: set[int], told: Answer) -> None:
    assert told.code == 0, told.err
    assert _own_processes() <= before


@pytest.mark.parametrize(
    "words",
    [
        *("団体・人物・事実はすべて架空", "協議の申入れ", "締結", "総務大臣", "専門人材の派遣"),
        *("役割の期日の経過", "変更", "（専決 Ａ県地域政策局長 例示 岳）", "http://"),
        "異常はありません",
    ],
)
def test_the_whole_life_is_told(told: Answer, words: str) -> None:
    assert words in told.out, told.err


def test_both_councils_vote_on_the_shipped_texts(told: Answer) -> None:
    for no, text in enumerate(read_story("agreement").texts.values(), start=1):
        assert f"第{no}版（{digest(text.read())[:8]}…）" in told.out


@pytest.mark.parametrize(
    "reason",
    [
        "ではありません（法第252条の2第3項）",
        "の議会が、第1版",
        "届出の相手は総務大臣で、広島県知事ではありません",
        "だけで連携協約を終えることはできません",
    ],
)
def test_what_the_law_refuses_is_refused_by_citation(told: Answer, reason: str) -> None:
    refusals = [line for line in told.out.splitlines() if "✗ 拒否" in line]
    assert any(reason in line for line in refusals)


def test_the_two_versions_stand_side_by_side(told: Answer) -> None:
    for words in ("［二人］", "［一人］", "［（連絡会議）］", "番号を改める"):
        assert words in told.out


def test_the_claims_of_both_sides_are_told_with_their_amounts(told: Answer) -> None:
    """(800,000 + 1,375,000 − 687,500) × 0.5; (1,000,000 + 2,750,000) × 0.5; the cap 6,372,000 × 0.5."""
    summary = told.out.partition("算定額の一覧")[2].partition("検証")[0].split()
    for row in (
        ["令和6年度", "Ａ県", "744,000円"],
        ["令和6年度", "Ｂ町", "0円"],
        ["令和7年度", "Ａ県", "1,875,000円"],
        ["令和7年度", "Ｂ町", "3,186,000円"],
    ):
        assert any(summary[at : at + 3] == row for at in range(len(summary)))


def test_a_year_whose_rules_are_not_fixed_gives_no_amount(told: Answer) -> None:
    assert "令和8年度分の上限はまだ定められていません" in told.out


def test_neither_side_sees_the_others_internal_acts(told: Answer) -> None:
    table = told.out.partition("文案の確定から議決まで（第1版）")[2].partition("全 ")[0]
    rows = [line.split() for line in table.splitlines() if "2024-" in line]
    marks = {(row[2], row[3][:2]): row[-2:] for row in rows}
    for act in ("議案の起案", "議案の決裁"):
        assert marks[act, "Ａ県"] == ["見える", "－"]
        assert marks[act, "Ｂ町"] == ["－", "見える"]
    assert marks["議決", "Ａ県"] == marks["議決", "Ｂ町"] == ["見える", "見える"]


def test_a_running_case_is_left_for_the_ui(told: Answer) -> None:
    running = told.out.partition("進行中の事案")[2]
    assert "締結済み" in running
    assert "広島県: 役割（第五条）を果たす" in running
    assert running.rstrip().endswith("/workflows/協約-340006-0001")


def test_a_story_that_there_is_not_is_told(tmp_path: Path) -> None:
    answer = Console(tmp_path / "none").run("demo", "nothing")
    assert answer.code == 2
    assert "agreement" in answer.err


def _own_processes() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}
