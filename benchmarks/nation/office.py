"""執務: The open days of an office, and the moments at which acts are entered.

Moments are microseconds since 1970. Every case has its own place in each span of as many
microseconds as there are cases, so that no two events of the nation share a moment and each
municipality can be made without knowing of the others.
"""

from datetime import date, timedelta

from benchmarks.nation.chance import Dice
from domain.periods import Calendar

FIRST_DAY = date(2024, 9, 26)
"""令和6年9月26日: The article comes into force, and the nation begins."""
LAST_DAY = date(2029, 3, 30)
"""The last day on which anything is entered."""
OPENS, CLOSES = 8.5 * 3600, 17.25 * 3600
"""Seconds of the day."""
_KNOWN_UNTIL = date(2030, 3, 31)
_DAY = timedelta(days=1)
_EPOCH = date(1970, 1, 1).toordinal()
_SECOND = 1_000_000
_JST = 9 * 3600
_OUT_OF_HOURS = 0.03


class OpenDays:
    """開庁日: The days on which one calendar's office is open."""

    def __init__(self, calendar: Calendar) -> None:
        self._open: list[date] = []
        self._place: list[int] = []
        day = FIRST_DAY
        while day <= _KNOWN_UNTIL:
            self._place.append(len(self._open))
            if calendar.closure(day) is None:
                self._open.append(day)
            day += _DAY

    def from_(self, day: date) -> date:
        """The day, or the first open one after it."""
        return self._open[self._at(day)]

    def after(self, day: date, count: int) -> date:
        """The open day so many open days after `day`, with 0 the first from it.

        Where it lies beyond what is known, the last one known.
        """
        at = self._at(day)
        ahead = count if self._open[at] == day else max(0, count - 1)
        return self._open[min(at + ahead, len(self._open) - 1)]

    def is_open(self, day: date) -> bool:
        """Whether the office is open."""
        return self.from_(day) == day

    def _at(self, day: date) -> int:
        place = min((day - FIRST_DAY).days, len(self._place) - 1)
        return min(self._place[place], len(self._open) - 1)


_known: dict[object, OpenDays] = {}


def open_days(calendar: Calendar) -> OpenDays:
    """The open days of a calendar, shared by all municipalities with the same closed days."""
    key = tuple((one.first, one.last) for one in calendar.yearly)
    if key not in _known:
        _known[key] = OpenDays(calendar)
    return _known[key]


def midnight(day: date) -> int:
    """The moment the day begins in Japan."""
    return ((day.toordinal() - _EPOCH) * 86_400 - _JST) * _SECOND


def day_and_second(moment: int) -> tuple[date, int]:
    """The day of the moment in Japan, and the second of that day."""
    days, second = divmod(moment // _SECOND + _JST, 86_400)
    return date.fromordinal(days + _EPOCH), second


class Clock:
    """The moments of one case, ever later; it is number `index` of `cases` cases."""

    def __init__(self, index: int, cases: int, dice: Dice) -> None:
        self._index, self._cases, self._dice = index, cases, dice
        self._last = 0

    def enter(self, day: date) -> int:
        """A moment at which somebody enters an act on the day, after the act entered before."""
        moment = midnight(day) + int(self._second() * _SECOND)
        if moment <= self._last:
            moment = self._last + int((20 + self._dice.expovariate(1 / 150)) * _SECOND)
        return self._take(moment)

    def note(self, day: date) -> int:
        """A moment at which the calendar makes a note: as the day begins, or once it is quiet."""
        moment = midnight(day) + int(self._dice.random() * 20 * _SECOND)
        return self._take(max(moment, self._last + 3 * _SECOND))

    def next(self) -> int:
        """A moment for the next event of the same command."""
        return self._take(self._last + self._dice.between(200, 900))

    def _second(self) -> float:
        """A second of the day, in office hours as a rule."""
        if self._dice.happens(_OUT_OF_HOURS):
            return CLOSES + self._dice.random() * 5 * 3600
        return OPENS + self._dice.random() * (CLOSES - OPENS)

    def _take(self, moment: int) -> int:
        """The case's own place in this span, or in the next one."""
        after = max(moment, self._last + 1)
        self._last = after + (self._index - after) % self._cases
        return self._last
