"""期間: Deadlines as explained ledgers (民法138–143条, 法4条の2④)."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from domain.law import Citation

Unit = Literal["日", "月", "年", "開庁日"]
Source = Literal["法令", "条例等", "命令", "長の定め"]
"""Who fixed the length of a period; the roll-forward rule follows from it."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Period(_Frozen):
    """期間: `length` units, fixed by `source` under `basis` (as printed: 「条例第9条第1項」)."""

    length: int
    unit: Unit
    source: Source
    basis: str


class Suspension(_Frozen):
    """停止: Days not counted, `since` to `until` inclusive; `until` is None while it lasts."""

    since: date
    until: date | None
    reason: str


class Roll(_Frozen):
    """末日の繰下げ: From the closed day to the next open day, and the rule that moves it."""

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
    day: date | None

    def explain(self) -> list[str]:
        """The ledger line by line, in Japanese."""
        raise NotImplementedError


class Calendar(_Frozen):
    """休日: The closed days of one municipality, each with its reason and rule.

    Knows the days from `since` to `until`; asking about others raises `ValueError`.
    """

    since: date
    until: date

    def closed(self, day: date) -> str | None:
        """Why the municipality is closed on `day` (「日曜日」, 「平和記念日」), or None."""
        raise NotImplementedError


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
    raise NotImplementedError


def fixed(
    *, key: str, title: str, basis: Citation, origin: date, origin_title: str, day: date
) -> Deadline:
    """The deadline an act named as a day."""
    raise NotImplementedError
