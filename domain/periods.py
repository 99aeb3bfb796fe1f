"""期間: Deadlines as explained ledgers (民法138–143条, 法4条の2④)."""

import calendar as months
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from domain.law import ART_4_2, CIVIL_140, Citation
from domain.text import Line

Unit = Literal["日", "月", "年", "開庁日"]
Source = Literal["法令", "条例等", "命令", "長の定め"]
"""Who fixed the length of a period; the roll-forward rule follows from it."""
MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""月日: "08-06"."""

_DAY = timedelta(days=1)
_WEEKDAYS = "月火水木金土日"
_WEEKEND = {5: "土曜日", 6: "日曜日"}
_COUNTED_IN = {"日": "日", "月": "か月", "年": "年", "開庁日": "開庁日"}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Period(_Frozen):
    """期間: `length` units, fixed by `source` under `basis` (as printed: 「条例第9条第1項」)."""

    length: int = Field(ge=1)
    unit: Unit
    source: Source
    basis: str

    def __str__(self) -> str:
        """「14日（条例第9条第1項）」."""
        return f"{self.length}{_COUNTED_IN[self.unit]}（{self.basis}）"


class Suspension(_Frozen):
    """停止: Days not counted, `since` to `until` inclusive; `until` is None while it lasts."""

    since: date
    until: date | None
    reason: str

    @model_validator(mode="after")
    def _in_order(self) -> "Suspension":
        if self.until is not None and self.until < self.since:
            raise ValueError(f"停止の終わり {self.until} が始まり {self.since} より前です")
        return self

    def covers(self, day: date) -> bool:
        """Whether `day` is not counted."""
        return self.since <= day and (self.until is None or day <= self.until)


class Roll(_Frozen):
    """末日の繰下げ: From the closed day to the next open day, and the rule that moves it."""

    since: date
    until: date
    reason: str
    rule: str


class Extension(_Frozen):
    """期限の延長: From the day on which the period ended to a later one, and the rule that extends it."""

    since: date
    until: date
    reason: str
    rule: str


class Deadline(_Frozen):
    """期限: A day, and why it is that day.

    `key` tells the deadline apart inside its case and never changes; `day` is the last day
    on which the act is in time, None while the period is suspended without end.
    """

    key: str
    title: str
    basis: Citation
    origin: date
    origin_title: str
    period: Period | None = None
    suspensions: tuple[Suspension, ...] = ()
    roll: Roll | None = None
    extension: Extension | None = Field(default=None, exclude_if=lambda one: one is None)
    day: date | None

    @property
    def day_after(self) -> date:
        """The day on which it is past; the last day there is while it has no day."""
        return date.max if self.day is None else self.day + _DAY

    def extended(self, extension: Extension) -> "Deadline":
        """The same, ending on a later day than it would by itself."""
        return self.model_copy(update={"extension": extension, "day": extension.until})

    def explain(self) -> list[str]:
        """The ledger line by line, in Japanese."""
        return [
            *self._counted(),
            *map(self._stopped, self.suspensions),
            *self._rolled(),
            *self._extended(),
            self._end(),
        ]

    def _counted(self) -> list[str]:
        if self.period is None:
            return [f"指定: {self.origin} {self.origin_title}で定めた日（{self.basis}）"]
        start = f"（初日不算入、{CIVIL_140}）により {self.origin + _DAY} から数える"
        return [
            f"起算: {self.origin} {self.origin_title}{start}",
            f"期間: {self.period}",
        ]

    def _stopped(self, suspension: Suspension) -> str:
        if suspension.until is None:
            return f"停止: {suspension.since} から、終わりは未定（{suspension.reason}）"
        since = max(suspension.since, self.origin + _DAY)
        days = (suspension.until - since).days + 1
        return (
            f"停止: {suspension.since} から {suspension.until} まで{days}日（{suspension.reason}）"
        )

    def _rolled(self) -> list[str]:
        if (roll := self.roll) is None:
            return []
        return [f"末日 {roll.since} は{roll.reason}のため {roll.until} に繰り下げる（{roll.rule}）"]

    def _extended(self) -> list[str]:
        if (one := self.extension) is None:
            return []
        return [f"延長: {one.since} を、{one.reason}のため {one.until} に延長する（{one.rule}）"]

    def _end(self) -> str:
        if self.day is None:
            return "期限: 停止中のため定まらない"
        return f"期限: {self.day}（{_WEEKDAYS[self.day.weekday()]}）"


class Closure(_Frozen):
    """閉庁: Why a day is closed (「平和記念日」), and the provision that closes it."""

    reason: str
    rule: str


class Yearly(_Frozen):
    """毎年の休日: From `first` to `last` inclusive, over the turn of the year if `last` is earlier.

    In force from the day `since` to the day `until`; None leaves that side open.
    """

    first: MonthDay
    last: MonthDay
    reason: str
    rule: str
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether `day` is one of these days."""
        if (self.since and day < self.since) or (self.until and self.until < day):
            return False
        month_day = f"{day:%m-%d}"
        if self.first <= self.last:
            return self.first <= month_day <= self.last
        return month_day >= self.first or month_day <= self.last


class Closed(_Frozen):
    """臨時の休日: Closed once, from `first` to `last` inclusive (「台風第10号による臨時の休日」)."""

    first: date
    last: date
    reason: Line
    rule: Line

    @model_validator(mode="after")
    def _in_order(self) -> "Closed":
        if self.last < self.first:
            raise ValueError(f"休日の終わり {self.last} が始まり {self.first} より前です")
        return self

    def covers(self, day: date) -> bool:
        """Whether `day` is one of these days."""
        return self.first <= day <= self.last


class CalendarEnds(ValueError):
    """A day was asked about of which the calendar knows nothing."""


class Calendar(_Frozen):
    """休日: The closed days of one municipality, each with its reason and rule.

    Knows the days from `since` to `until`; asking about others raises `ValueError`.
    `national` are the 国民の祝日 by date, `rolls` says by which rule the last day of a period
    moves on from a closed day, by the source of the period; without an entry the day stands.
    """

    since: date
    until: date
    weekend_rule: str = f"{ART_4_2.para(2, 1)}"
    national_rule: str = f"{ART_4_2.para(2, 2)}"
    national: dict[date, str] = {}
    yearly: tuple[Yearly, ...] = ()
    once: tuple[Closed, ...] = ()
    rolls: dict[Source, str] = {"法令": f"{ART_4_2.para(4)}"}

    def closed(self, day: date) -> str | None:
        """Why the municipality is closed on `day` (「日曜日」, 「平和記念日」), or None."""
        closure = self.closure(day)
        return closure and closure.reason

    def closure(self, day: date) -> Closure | None:
        """The closure on `day` with its provision, or None on an open day."""
        self._must_know(day)
        if reason := self.national.get(day):
            return Closure(reason=reason, rule=self.national_rule)
        for one in (*self.yearly, *self.once):
            if one.covers(day):
                return Closure(reason=one.reason, rule=one.rule)
        if reason := _WEEKEND.get(day.weekday()):
            return Closure(reason=reason, rule=self.weekend_rule)
        return None

    def without(self, days: Sequence[Closed]) -> "Calendar":
        """The same, as it was before these days were closed."""
        return self.model_copy(update={"once": tuple(one for one in self.once if one not in days)})

    def closing(self, days: Sequence[Closed]) -> "Calendar":
        """The same, with these days closed, too."""
        return self.model_copy(update={"once": (*self.without(days).once, *days)})

    def next_open(self, day: date) -> date:
        """`day` itself, or the first open day after it."""
        while self.closure(day):
            day += _DAY
        return day

    def roll(self, day: date, source: Source) -> Roll | None:
        """How a period fixed by `source` moves on from its last day `day`, if it does."""
        rule = self.rolls.get(source)
        if rule is None or (reason := self.closed(day)) is None:
            return None
        return Roll(since=day, until=self.next_open(day), reason=reason, rule=rule)

    def _must_know(self, day: date) -> None:
        if not self.since <= day <= self.until:
            raise CalendarEnds(
                f"{day} が休日かどうか分かりません。この暦は {self.since} から {self.until} まで"
                "を収めています。暦の年を延ばした版に更新してください"
            )


def reckon(
    *,
    key: str,
    title: str,
    basis: Citation,
    origin: date,
    origin_title: str,
    period: Period,
    calendar: Calendar,
    to_municipality: bool = True,
    suspensions: Sequence[Suspension] = (),
) -> Deadline:
    """The deadline a period from `origin` gives (初日不算入; the roll rule follows its source).

    `to_municipality` tells whether the act that must be in time is addressed to the
    municipality, the only case in which 法4条の2④ moves the last day.
    """
    last = _last_day(origin, period, calendar, suspensions)
    roll = calendar.roll(last, period.source) if last and to_municipality else None
    return Deadline(
        key=key,
        title=title,
        basis=basis,
        origin=origin,
        origin_title=origin_title,
        period=period,
        suspensions=_within(suspensions, origin, last),
        roll=roll,
        day=roll.until if roll else last,
    )


def fixed(
    *, key: str, title: str, basis: Citation, origin: date, origin_title: str, day: date
) -> Deadline:
    """The deadline an act named as a day."""
    return Deadline(
        key=key,
        title=title,
        basis=basis,
        origin=origin,
        origin_title=origin_title,
        day=day,
    )


def _within(
    suspensions: Sequence[Suspension], origin: date, last: date | None
) -> tuple[Suspension, ...]:
    """The suspensions that touch the period; the others have no place in its ledger."""
    return tuple(
        one
        for one in suspensions
        if (one.until is None or one.until > origin) and (last is None or one.since <= last)
    )


def _last_day(
    origin: date, period: Period, calendar: Calendar, suspensions: Sequence[Suspension]
) -> date | None:
    """The last day before any roll, None where a suspension without end is reached first."""
    if period.unit == "開庁日":
        return _walk(origin, period.length, calendar, suspensions)
    last = _by_the_calendar(origin, period)
    return _walk(origin, (last - origin).days, None, suspensions) if suspensions else last


def _walk(
    origin: date,
    days: int,
    calendar: Calendar | None,
    suspensions: Sequence[Suspension],
) -> date | None:
    """The day on which `days` countable days have passed; with a `calendar`, open days only."""
    day = origin
    while days:
        day += _DAY
        covering = [one for one in suspensions if one.covers(day)]
        if any(one.until is None for one in covering):
            return None
        if not covering and not (calendar and calendar.closure(day)):
            days -= 1
    return day


def _by_the_calendar(origin: date, period: Period) -> date:
    """暦による計算（民法第143条）: The eve of the corresponding day, or the month's last day."""
    if period.unit == "日":
        return origin + period.length * _DAY
    first = origin + _DAY
    ahead = period.length * (12 if period.unit == "年" else 1)
    year, month = divmod(first.year * 12 + first.month - 1 + ahead, 12)
    days = months.monthrange(year, month + 1)[1]
    if first.day > days:
        return date(year, month + 1, days)
    return date(year, month + 1, first.day) - _DAY


def days_before(day: date, period: Period, calendar: Calendar) -> date:
    """遡る期間: The day that lies `period` before `day` (「満了の日の3月前」).

    For months and years the corresponding day, or the last day of a month that has none.
    """
    match period.unit:
        case "日":
            return day - period.length * _DAY
        case "開庁日":
            return _walk_back(day, period.length, calendar)
        case "月" | "年":
            back = period.length * (12 if period.unit == "年" else 1)
            year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
            return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _walk_back(day: date, open_days: int, calendar: Calendar) -> date:
    while open_days:
        day -= _DAY
        open_days -= calendar.closure(day) is None
    return day
