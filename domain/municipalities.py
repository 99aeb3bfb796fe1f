"""団体コード: The municipalities of Japan, and the classes of cities as dated reference data.

`municipalities.csv` holds the 1,741 市町村 and 特別区 of the 全国地方公共団体コード; a ward of a
指定都市 is no municipality and is not among them. `city_classes.csv` holds 指定都市 (昭和31年政令
第254号), 中核市 (平成7年政令第408号) and 県庁所在地; an empty first day says that the city was
of the class before `KNOWN_FROM` and that its first day is not recorded here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Literal, cast

CityClass = Literal["指定都市", "中核市", "県庁所在地"]

KNOWN_FROM = date(2024, 4, 1)
"""The day from which the classes of cities are complete; earlier ones are not answered."""
CHECKED_ON = date(2026, 6, 14)
"""The day of the cabinet orders' text against which the classes were checked."""

_SIX_DIGITS = re.compile(r"[0-9]{6}")
_WEIGHTS = (6, 5, 4, 3, 2)


@dataclass(frozen=True)
class Municipality:
    """市町村・特別区: Its code with check digit, prefecture and name."""

    code: str
    prefecture: str
    name: str


@dataclass(frozen=True)
class Membership:
    """都市の区分: A city is of the class from `since` (None: before `KNOWN_FROM`) to `until`."""

    of: CityClass
    since: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether the city is of the class on `day`."""
        return (self.since or KNOWN_FROM) <= day and (self.until is None or day <= self.until)


def check_code(code: str) -> str | None:
    """What is wrong with a six-digit 団体コード, in Japanese, or None if it is a known municipality."""
    if not _SIX_DIGITS.fullmatch(code):
        return f"団体コード「{code}」が6桁の数字ではありません。検査数字を含む6桁で書いてください"
    if (digit := check_digit(code)) != code[5]:
        return (
            f"団体コード {code} の検査数字（末尾の1桁）が合いません。"
            f"{code[:5]} の検査数字は {digit} です。番号を確かめてください"
        )
    if code not in _MUNICIPALITIES:
        return (
            f"団体コード {code} の市町村・特別区はありません"
            "（都道府県と指定都市の区は市町村ではありません）。番号を確かめてください"
        )
    return None


def check_digit(code: str) -> str:
    """検査数字: The sixth digit that belongs to the first five of `code` (mod 11, weights 6 to 2)."""
    total = sum(int(digit) * weight for digit, weight in zip(code, _WEIGHTS, strict=False))
    return str((11 - total % 11) % 10)


def name_of(code: str) -> str:
    """「広島市」; raises `KeyError` for an unknown code."""
    return _MUNICIPALITIES[code].name


def prefecture_of(code: str) -> str:
    """「広島県」; raises `KeyError` for an unknown code."""
    return _MUNICIPALITIES[code].prefecture


def municipalities() -> tuple[Municipality, ...]:
    """All of them, in the order of their codes."""
    return tuple(_MUNICIPALITIES.values())


def classes_of(code: str, day: date) -> frozenset[CityClass]:
    """The classes the municipality is of on `day`.

    Raises `KeyError` for an unknown code and `ValueError` for a day before `KNOWN_FROM`.
    """
    name_of(code)
    if day < KNOWN_FROM:
        raise ValueError(f"{day} の都市の区分は分かりません（{KNOWN_FROM} 以後を収めています）")
    return frozenset(one.of for one in _CLASSES.get(code, ()) if one.covers(day))


def is_designated_city(code: str, day: date) -> bool:
    """指定都市（法第252条の19第1項）: Whether it is one on `day`."""
    return "指定都市" in classes_of(code, day)


def is_special_ward(code: str) -> bool:
    """特別区（法第281条第1項）: Whether it is one of the 23."""
    return prefecture_of(code) == "東京都" and name_of(code).endswith("区")


def _rows(name: str) -> Iterator[list[str]]:
    """The lines of a table without its heading; no cell holds a comma."""
    text = files("domain").joinpath(name).read_text("utf-8")
    return (line.split(",") for line in text.splitlines()[1:])


def _memberships() -> dict[str, list[Membership]]:
    found: dict[str, list[Membership]] = {}
    for code, _, kind, since, until in _rows("city_classes.csv"):
        membership = Membership(cast("CityClass", kind), _day(since), _day(until))
        found.setdefault(code, []).append(membership)
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_MUNICIPALITIES = {row[0]: Municipality(*row) for row in _rows("municipalities.csv")}
_CLASSES = _memberships()
