"""派遣初年度（D6・D7）: Whether a dispatch falls in the first year of its post, not of its person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.allocation.claim import Claim, Dispatch
from domain.allocation.readings import Readings
from domain.era import fiscal_name, fiscal_year

_LEAP_DAY = (2, 29)


@dataclass(frozen=True)
class FirstYear:
    """初年度の判定: Whether it is, and why."""

    met: bool
    reason: str


def first_year(
    claim: Claim, dispatch: Dispatch, days: tuple[date, date], readings: Readings
) -> FirstYear:
    """Whether the dispatch's `days` in the fiscal year are of the post's first year."""
    start = min(_starts(claim, dispatch, readings))
    post = claim.post(dispatch.post)
    told = f"職「{post.title if post else dispatch.post}」への派遣は {start} に始まった"
    if readings.first_year == "twelve-months":
        return _within_twelve_months(told, start, days[1])
    return _in_the_year_of_start(told, start, claim.fiscal_year)


def _starts(claim: Claim, dispatch: Dispatch, readings: Readings) -> Iterator[date]:
    """The first days of all dispatches to the post that count, its own among them."""
    yield dispatch.since
    every = readings.history == "every-dispatch"
    post = claim.post(dispatch.post)
    for earlier in post.earlier if post else ():
        if every or (earlier.under_agreement and earlier.form == "自治法派遣"):
            yield earlier.since
    for other in claim.dispatches:
        if other.post == dispatch.post and (every or _same_kind(claim, other)):
            yield other.since


def _same_kind(claim: Claim, other: Dispatch) -> bool:
    agreement = claim.agreement(other.agreement)
    under_agreement = agreement is not None and agreement.kind == "連携協約"
    return under_agreement and other.form == "自治法派遣"


def _in_the_year_of_start(told: str, start: date, year: int) -> FirstYear:
    first = fiscal_year(start)
    if first == year:
        return FirstYear(True, f"{told}。{fiscal_name(year)}が派遣初年度である")
    return FirstYear(
        False, f"{told}。派遣初年度は{fiscal_name(first)}であり、{fiscal_name(year)}ではない"
    )


def _within_twelve_months(told: str, start: date, last: date) -> FirstYear:
    anniversary = _year_after(start)
    if last < anniversary:
        return FirstYear(True, f"{told}。{last} までは始まりから1年の間にある")
    return FirstYear(
        False,
        f"{told}。{last} は始まりから1年（{anniversary} の前日まで）を過ぎている。"
        "1年の内と外で派遣を分けて書けば、分けて判定する",
    )


def _year_after(day: date) -> date:
    """応当日: The same day of the next year; 1 March where it has none."""
    if (day.month, day.day) == _LEAP_DAY:
        return date(day.year + 1, 3, 1)
    return day.replace(year=day.year + 1)
