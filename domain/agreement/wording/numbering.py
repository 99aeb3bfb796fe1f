"""条・項・号の番号: How the parts of an agreement are numbered, written down or across.

    縦書き   第一条   ２   一     イ   （１）
    横書き   第１条   ２   （１）  ア   （ア）

The first paragraph of an article bears no number. Within a text that the system itself words,
`figures` sets every number in the same manner.
"""

import re
from datetime import date
from typing import Literal

from domain.era import wareki

Style = Literal["縦書き", "横書き"]
"""書字方向: Down the page with Chinese numerals, or across it with full-width ones."""

MOST_ARTICLES, MOST_PARAGRAPHS, MOST_ITEMS = 200, 50, 100
DEPTHS = 3
"""号、その細分、細分の細分: How deep an article may be divided below its paragraphs."""
_LARGEST = 9_999
_DIGITS = "〇一二三四五六七八九"
_PLACES = ((1_000, "千"), (100, "百"), (10, "十"))
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_GOJUON = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
MOST_DIVISIONS = min(len(_IROHA), len(_GOJUON))
"""How many divisions of an item there are signs for, written down as well as across."""


def kanji(number: int) -> str:
    """「二百五十二」; `ValueError` below 1 and above 9,999."""
    if not 1 <= number <= _LARGEST:
        raise ValueError(f"{number} は漢数字にできません（1 から {_LARGEST} まで）")
    words = ""
    for value, place in _PLACES:
        count, number = divmod(number, value)
        words += (_DIGITS[count] if count > 1 else "") + (place if count else "")
    return words + (_DIGITS[number] if number else "")


def wide(number: int) -> str:
    """「２５２」: in full-width figures."""
    return f"{number}".translate(_WIDE)


def figure(number: int, style: Style) -> str:
    """A number as it stands in a text of the style."""
    return kanji(number) if style == "縦書き" else wide(number)


def figures(words: str, style: Style) -> str:
    """A wording of the system with every half-width number set in the style."""
    return re.sub("[0-9]+", lambda found: figure(int(found.group()), style), words)


def day_words(day: date, style: Style) -> str:
    """「令和八年四月一日」 or 「令和８年４月１日」."""
    return figures(wareki(day), style)


def article_label(number: int, branch: int, style: Style) -> str:
    """「第三条」, 「第三条の二」; `branch` is 0 for an article that is none."""
    label = f"第{figure(number, style)}条"
    return f"{label}の{figure(branch, style)}" if branch else label


def paragraph_label(number: int) -> str:
    """「２」; nothing for the first."""
    return wide(number) if number > 1 else ""


def item_label(number: int, depth: int, style: Style) -> str:
    """号 at depth 1 (「一」), its divisions at 2 (「イ」) and 3 (「（１）」)."""
    down = style == "縦書き"
    if depth == 1:
        return kanji(number) if down else f"（{wide(number)}）"
    sign = (_IROHA if down else _GOJUON)[number - 1]
    if depth == DEPTHS:
        return f"（{wide(number)}）" if down else f"（{sign}）"
    return sign


def most_items(depth: int) -> int:
    """How many items there may be at a depth."""
    return MOST_ITEMS if depth == 1 else MOST_DIVISIONS
