"""`kyodo demo year`: A year with one body is lived on the real stack, and can be read by an official."""

import pytest

from tests.console.conftest import Answer, Console


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    return Console(tmp_path_factory.mktemp("demo") / "year").run("demo", "year")


def test_it_ends_with_0_and_the_record_is_sound(told: Answer) -> None:
    assert told.code == 0, told.err
    assert "異常はありません（事案 1 件、" in told.out


@pytest.mark.parametrize(
    "words",
    [
        *("町・団体・人物・事実はすべて架空", "神石高原町（345458）", "支援の計画", "調整の終了"),
        *("随意契約の締結", "業務委託契約書（令和7年9月24日）", "契約の代金の支払", "575,000円"),
        *("用途に供した事実の確認", "公表の訂正", "審理員の指名", "答申", "処分の取消し"),
        "（専決 Ｂ町協働推進課長 例示 芙蓉）",
    ],
)
def test_the_whole_year_is_told(told: Answer, words: str) -> None:
    assert words in told.out, told.err


@pytest.mark.parametrize(
    "provision",
    [
        *("法第232条の2", "法第260条の49第5項", "法第92条の2", "法第238条の2第2項"),
        *("借地借家法第38条第3項", "法第234条の2第1項", "法第260条の49第4項"),
        *("行審法第9条第2項第1号", "行審法第43条第1項"),
    ],
)
def test_what_the_law_refuses_is_refused_by_citation(told: Answer, provision: str) -> None:
    refusals = [line for line in told.out.splitlines() if "✗ 拒否" in line]
    assert sum(line.endswith(f"（{provision}）") for line in refusals) == 1


def test_an_act_is_told_in_words_and_never_as_data(told: Answer) -> None:
    assert "key=" not in told.out


def test_a_deadline_that_stood_only_within_one_act_is_not_told(told: Answer) -> None:
    """The arrival of the ruling opens a court window that the annulment closes in the same act."""
    ledger = told.out.partition("期限の台帳")[2].partition("監査の履歴")[0]
    assert "改善命令の審査請求期間の末日" in ledger
    assert "行訴法第14条第1項" in ledger
    assert "行訴法第14条第3項" not in ledger


def test_the_order_stands_on_its_day_and_is_gone_after_the_ruling(told: Answer) -> None:
    table = told.out.partition("なかったことになった日")[2].partition("検証")[0]
    stages = {row[0]: row[-1] for line in table.splitlines() if len(row := line.split()) == 3}
    assert "改善命令中" in stages["2026-06-29"]
    assert "執行停止中" in stages["2026-07-10"]
    assert "改善命令" not in stages["2026-10-28"]


def test_a_running_case_is_left_for_the_ui(told: Answer) -> None:
    running = told.out.partition("進行中の事案")[2]
    for words in ("貸付中", "未了の義務", "調整（第2号）の要否を判断する", "指定の有効期間の満了"):
        assert words in running
    assert running.rstrip().endswith("/workflows/指定-345458-0001")
