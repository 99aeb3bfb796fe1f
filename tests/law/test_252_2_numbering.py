"""条・項・号の番号."""

from datetime import date

import pytest

from domain.agreement.wording.numbering import (
    MOST_DIVISIONS,
    MOST_ITEMS,
    Style,
    article_label,
    day_words,
    figures,
    item_label,
    kanji,
    paragraph_label,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (67, "六十七"),
        (100, "百"),
        (101, "百一"),
        (110, "百十"),
        (252, "二百五十二"),
        (1000, "千"),
        (1947, "千九百四十七"),
        (9999, "九千九百九十九"),
    ],
)
def test_numbers_are_written_as_in_statutes(number: int, words: str) -> None:
    assert kanji(number) == words


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numbers_beyond_the_bounds_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="漢数字"):
        kanji(number)


def test_every_number_has_a_writing_of_its_own() -> None:
    assert len({kanji(number) for number in range(1, 10_000)}) == 9_999


def test_articles_and_branches() -> None:
    assert article_label(3, 0, "縦書き") == "第三条"
    assert article_label(3, 2, "縦書き") == "第三条の二"
    assert article_label(12, 0, "横書き") == "第１２条"
    assert article_label(12, 3, "横書き") == "第１２条の３"


def test_the_first_paragraph_bears_no_number() -> None:
    assert [paragraph_label(number) for number in (1, 2, 10)] == ["", "２", "１０"]


@pytest.mark.parametrize(
    ("style", "labels"),
    [("縦書き", ["二", "ロ", "（２）"]), ("横書き", ["（２）", "イ", "（イ）"])],
)
def test_items_and_their_divisions(style: Style, labels: list[str]) -> None:
    assert [item_label(2, depth, style) for depth in (1, 2, 3)] == labels


@pytest.mark.parametrize("style", ["縦書き", "横書き"])
@pytest.mark.parametrize(
    ("depth", "most"), [(1, MOST_ITEMS), (2, MOST_DIVISIONS), (3, MOST_DIVISIONS)]
)
def test_every_item_up_to_the_bound_has_a_label_of_its_own(
    style: Style, depth: int, most: int
) -> None:
    labels = [item_label(number, depth, style) for number in range(1, most + 1)]
    assert len(set(labels)) == most
    assert all(labels)


def test_days_and_figures_follow_the_style() -> None:
    assert day_words(date(2019, 5, 1), "縦書き") == "令和元年五月一日"
    assert day_words(date(2026, 12, 31), "縦書き") == "令和八年十二月三十一日"
    assert day_words(date(2026, 12, 31), "横書き") == "令和８年１２月３１日"
    assert figures("昭和22年法律第67号", "縦書き") == "昭和二十二年法律第六十七号"
