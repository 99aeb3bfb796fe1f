"""和暦: Days and fiscal years as officials write them, and as auditors type them.

An era begins on its first day; the day itself belongs to the new era (JIS X 0301). Japan counts by
the Gregorian calendar since 1873-01-01 (明治6年1月1日), and days before it are refused.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

GREGORIAN = date(1873, 1, 1)
"""太陽暦の初日: The first day that has a date here."""
APRIL = 4
"""The month in which a fiscal year begins (法第208条第1項)."""

FORMS = (
    "読める形は、2026-04-01、2026/4/1、令和8年4月1日、R8.4.1（日）、2026-04、令和8年4月（月）、"
    "2026、令和8年（年）、2026年度、FY2026、令和8年度、R8年度（年度）と、"
    "「始め..終わり」「始めから終わりまで」「始め〜終わり」（一方は空けてよい）です"
)
"""What `read_span` reads, in Japanese."""

_DAY = timedelta(days=1)
_FIRST_OF_REIWA = date(2019, 5, 1)
_TERM = re.compile(
    r"(?:FY(?P<fy>[0-9]{4})"
    r"|(?:(?P<era>明治|大正|昭和|平成|令和|[MTSHR])(?P<count>元|[0-9]{1,2})|(?P<year>[0-9]{4}))"
    r"(?:(?P<fiscal>年度)|年?"
    r"|年(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?"
    r"|(?P<mark>[-/.])(?P<month_>[0-9]{1,2})(?:(?P=mark)(?P<day_>[0-9]{1,2}))?))"
)
_RANGE = re.compile(r"(?P<since>.*?)(?:\.\.|[〜~]|から)(?:(?P<until>.+?)(?:まで)?)?")
_UNTIL = re.compile(r"(?P<until>.+)まで")
_DASHES = dict.fromkeys(map(ord, "‐‑–−ー"), "-")
"""What Japanese keyboards give for a hyphen."""
_SPACES = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")


@dataclass(frozen=True)
class Era:
    """元号: Its name, its letter (令和 is R) and its first day."""

    name: str
    letter: str
    first: date

    def covers(self, first: date, last: date) -> bool:
        """Whether any of the days from `first` to `last` is one of the era."""
        return self.first <= last and first <= self.last

    @property
    def last(self) -> date:
        """The last day, or the last of all days while the era lasts."""
        later = [era.first for era in ERAS if era.first > self.first]
        return min(later) - _DAY if later else date.max


ERAS = (
    Era("明治", "M", date(1868, 1, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("令和", "R", _FIRST_OF_REIWA),
)
"""The eras in their order; the years of 明治 count from the lunar new year of 1868."""
_NAMED = {said: era for era in ERAS for said in (era.name, era.letter)}


class BeforeGregorian(ValueError):
    """A day before 1873-01-01, which has no 和暦 here."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{day} の和暦は分かりません（太陽暦の {GREGORIAN} 以後を扱います）")


class UnreadableDay(ValueError):
    """What was typed is no day and no period; the text says why, and what forms are read."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"「{text}」は日又は期間として読めません。{why}。{FORMS}")
        self.text, self.why = text, why


class _Fault(Exception):
    """Why a part of a text cannot be read."""


def era_of(day: date) -> Era:
    """The era of a day; raises `BeforeGregorian`."""
    if day < GREGORIAN:
        raise BeforeGregorian(day)
    return next(era for era in reversed(ERAS) if era.first <= day)


def wareki(day: date) -> str:
    """「令和8年4月1日」, 「令和元年5月1日」; raises `BeforeGregorian`."""
    return f"{_year_name(day)}{day.month}月{day.day}日"


def wareki_short(day: date) -> str:
    """「R8.4.1」, 「R1.5.1」; raises `BeforeGregorian`."""
    era = era_of(day)
    return f"{era.letter}{day.year - era.first.year + 1}.{day.month}.{day.day}"


def fiscal_year(day: date) -> int:
    """会計年度: The year in which the fiscal year of a day began (April to March)."""
    return day.year if day.month >= APRIL else day.year - 1


def fiscal_days(year: int) -> tuple[date, date]:
    """The first and the last day of a fiscal year; `ValueError` beyond the years of `date`."""
    return date(year, APRIL, 1), date(year + 1, APRIL, 1) - _DAY


def fiscal_name(year: int) -> str:
    """「令和8年度」: A fiscal year by the era of its first day; raises `BeforeGregorian`.

    Fiscal 2019 began in 平成31年 and is 令和元年度 throughout, as the national government has named
    it since 2019-05-01; `read_span` reads 平成31年度 as the same year.
    """
    first, last = fiscal_days(year)
    return f"{_year_name(_FIRST_OF_REIWA if first < _FIRST_OF_REIWA <= last else first)}度"


def read_span(text: str) -> tuple[date, date]:
    """The first and the last day of what an auditor typed: a day, month, year, fiscal year or range.

    A year or month in which an era changed is cut to the days of the era that is named. An open
    end is `date.min` or `date.max`. Raises `UnreadableDay`.
    """
    try:
        return _span(_plain(text))
    except _Fault as fault:
        raise UnreadableDay(text, str(fault)) from None


def _plain(text: str) -> str:
    """The text in half-width capitals, without spaces but those between two digits."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).translate(_DASHES)).upper()


def _span(said: str) -> tuple[date, date]:
    if not (found := _RANGE.fullmatch(said) or _UNTIL.fullmatch(said)):
        return _term(said)
    since, until = found.groupdict().get("since"), found["until"]
    if not (since or until):
        raise _Fault("期間の始めか終わりのどちらかは要ります")
    first = _term(since)[0] if since else date.min
    last = _term(until)[1] if until else date.max
    if last < first:
        raise _Fault(f"期間の終わり（{last}）が始め（{first}）より前です")
    return first, last


def _term(said: str) -> tuple[date, date]:
    found = _TERM.fullmatch(said)
    if found is None:
        raise _Fault(f"「{said}」が日・月・年・年度のどの形でもありません")
    era, year = _year(found)
    if not GREGORIAN.year <= year < date.max.year:
        raise _Fault(f"{GREGORIAN} より前の日と {date.max.year}年以後は扱いません")
    if found["fiscal"] or found["fy"]:
        return _within(era, *fiscal_days(year))
    first, last = _within(era, *_days(year, found))
    return (max(first, era.first), min(last, era.last)) if era else (first, last)


def _year(found: re.Match[str]) -> tuple[Era | None, int]:
    """The era that is named, if one is, and the year of the common era."""
    if not found["era"]:
        return None, int(found["fy"] or found["year"])
    era = _NAMED[found["era"]]
    count = 1 if found["count"] == "元" else int(found["count"])
    if not count:
        raise _Fault(f"{era.name}0年はありません")
    return era, era.first.year + count - 1


def _days(year: int, found: re.Match[str]) -> tuple[date, date]:
    """The first and last day of the year, or of the month or the day in it that is named."""
    if not (month_said := found["month"] or found["month_"]):
        return date(year, 1, 1), date(year, 12, 31)
    month = int(month_said)
    if not 1 <= month <= 12:  # noqa: PLR2004 — the months of a year
        raise _Fault(f"{month}月はありません")
    length = monthrange(year, month)[1]
    if not (day_said := found["day"] or found["day_"]):
        return date(year, month, 1), date(year, month, length)
    if not 1 <= int(day_said) <= length:
        raise _Fault(f"{year}年{month}月に{int(day_said)}日はありません")
    return date(year, month, int(day_said)), date(year, month, int(day_said))


def _within(era: Era | None, first: date, last: date) -> tuple[date, date]:
    """The same days, if any of them is one of the era."""
    if first < GREGORIAN:
        raise _Fault(f"{GREGORIAN} より前の日は扱いません")
    if era and not era.covers(first, last):
        bound = f"{wareki(era.first)}から" if first < era.first else f"{wareki(era.last)}まで"
        raise _Fault(f"{era.name}は{bound}です（{wareki(first)}に当たります）")
    return first, last


def _year_name(day: date) -> str:
    """「令和8年」, 「令和元年」."""
    era = era_of(day)
    count = day.year - era.first.year + 1
    return f"{era.name}{'元' if count == 1 else count}年"
