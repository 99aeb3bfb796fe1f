"""予定: Which note of the calendar comes next in a case, and when it is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from domain.acts import Command
from domain.institution import Due
from domain.periods import Deadline
from workflows import days
from workflows.door import CALENDAR_PREFIX

C = TypeVar("C", bound=Command)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Alarm(Generic[C]):
    """The calendar's note once a deadline has passed; `id` is its command id."""

    id: str
    deadline: Deadline
    note: C
    at: datetime


class Agenda(Generic[C]):
    """The deadlines of a case and what moves their notes."""

    def __init__(self, now: datetime) -> None:
        self.dues: Sequence[Due[C]] = ()
        self._last_command = now
        self._hushed: dict[str, datetime] = {}

    def command_taken(self, now: datetime) -> None:
        """A command has come: notes of days already past wait until it is quiet again."""
        self._last_command = now

    def hush(self, alarm: Alarm[C], now: datetime) -> None:
        """The note was of no use: not again within a day, unless something happens."""
        self._hushed[alarm.id] = now + A_DAY

    def something_happened(self) -> None:
        """A note that was of no use may be of use now."""
        self._hushed.clear()

    def days(self) -> dict[str, date]:
        """The day of every open deadline that has one, by its key."""
        dated = ((due.deadline.key, due.deadline.day) for due in self.dues)
        return {key: day for key, day in dated if day is not None}

    def next(self) -> Alarm[C] | None:
        """The soonest note, None where none is to be made."""
        return min(self._alarms(), key=lambda alarm: alarm.at, default=None)

    def _alarms(self) -> Iterator[Alarm[C]]:
        for due in self.dues:
            if due.note is not None and (day := due.deadline.day) is not None:
                command_id = f"{CALENDAR_PREFIX}{due.deadline.key}:{day}"
                at = days.note_at(day, self._last_command)
                at = max(at, self._hushed.get(command_id, at))
                yield Alarm(command_id, due.deadline, due.note, at)


def same(one: Alarm[Any] | None, other: Alarm[Any] | None) -> bool:
    """Whether both are the same note; when it is made may have moved."""
    return (one and one.id) == (other and other.id)
