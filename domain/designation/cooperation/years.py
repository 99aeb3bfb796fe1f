"""公表の年度（法第260条の49第4項）: Which fiscal years are to be published, by when, and what was.

Every fiscal year in which the designation had effect is a duty of its own, so that several may be
open side by side.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count

from domain.designation.cooperation.publishing import PARA_4, Medium
from domain.designation.parts import Circumstances
from domain.era import fiscal_days, fiscal_name, fiscal_year
from domain.ordinance import NotInForce, Rules
from domain.periods import CalendarEnds, Deadline, reckon


@dataclass(frozen=True)
class Said:
    """公表の内容: What a version says of activities and support, and where it can be read."""

    activities: str
    support: str
    media: tuple[Medium, ...]


@dataclass(frozen=True)
class Edition:
    """公表の版: The last act about a year's publication; `said` is None once it was withdrawn."""

    version: int
    latest: date
    said: Said | None


@dataclass(frozen=True)
class Given:
    """年度の支援: What was given in a fiscal year, in yen and in number."""

    amount: int = 0
    times: int = 0


@dataclass(frozen=True)
class Publications:
    """公表の全体: By fiscal year what was given, published, and noted as overdue since a day.

    `since` and `ended` are the days between which the designation had effect; a revocation whose
    effect is stayed has ended nothing.
    """

    since: date | None = None
    ended: date | None = None
    given: Mapping[int, Given] = field(default_factory=dict[int, Given])
    editions: Mapping[int, Edition] = field(default_factory=dict[int, Edition])
    overdue: Mapping[int, date] = field(default_factory=dict[int, date])

    def heard(self, now: Circumstances) -> "Publications":
        """The same, knowing between which days the designation had effect."""
        ended = None if now.active else now.ended
        if (self.since, self.ended) == (now.since, ended):
            return self
        return replace(self, since=now.since, ended=ended)

    def giving(self, year: int, amount: int) -> "Publications":
        """The same, with another giving in a fiscal year."""
        before = self.given.get(year, Given())
        after = Given(before.amount + amount, before.times + 1)
        return replace(self, given={**self.given, year: after})

    def edited(self, year: int, edition: Edition) -> "Publications":
        """The same, with the last act about a year's publication."""
        return replace(self, editions={**self.editions, year: edition})

    def is_published(self, year: int) -> bool:
        """Whether a version for the year stands."""
        edition = self.editions.get(year)
        return edition is not None and edition.said is not None

    def years(self, until: date) -> range:
        """The fiscal years in which the designation had effect, up to that of `until`."""
        if self.since is None:
            return range(0)
        return range(fiscal_year(self.since), fiscal_year(self.ended or until) + 1)

    def unpublished(self, until: date) -> list[int]:
        """The years up to that of `until` that are to be published and are not.

        After the end of the designation, only those that left something behind.
        """
        left = {*self.given, *self.editions, *self.overdue}
        return [
            year
            for year in self.years(until)
            if not self.is_published(year) and (self.ended is None or year in left)
        ]

    def owed(self) -> list[int]:
        """The years that are to be published, as far as the case itself can tell without a clock.

        While the designation lasts, up to the first year of which nothing has been heard.
        """
        if self.since is None:
            return []
        known = {*self.editions, *self.overdue}
        first = next(year for year in count(fiscal_year(self.since)) if year not in known)
        return self.unpublished(fiscal_days(max({first, *known}))[1])

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be published, nor will be."""
        return self.since is None or (self.ended is not None and not self.owed())

    def owed_since(self, year: int) -> date:
        """From which day the publication of a year is owed."""
        if year in self.editions:
            return self.editions[year].latest
        opens = max(self.since or date.min, fiscal_days(year)[0])
        return self.overdue.get(year, opens)


def deadline(year: int, rules: Rules) -> Deadline | None:
    """公表の期限: From the end of the fiscal year; None where nobody has set a cycle.

    The municipality's own duty is not moved on from a closed day. Rules from before there was such
    a value, and days beyond the calendar, give no deadline; the duty stands all the same.
    """
    last = fiscal_days(year)[1]
    try:
        period = rules.ordinance.publication_period.on(last).value
        return period and reckon(
            key=f"publication-{year}",
            title=f"{fiscal_name(year)}の活動と支援の状況の公表の期限",
            basis=PARA_4,
            origin=last,
            origin_title=f"{fiscal_name(year)}の末日",
            period=period,
            calendar=rules.calendar,
            to_municipality=False,
        )
    except (NotInForce, CalendarEnds):
        return None
