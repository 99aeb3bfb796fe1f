"""日の境: When a day that matters is over, in Japan, and when the calendar notes it."""

from datetime import date, datetime, time, timedelta, timezone

JST = timezone(timedelta(hours=9), "JST")
QUIET = timedelta(seconds=3)
"""A deadline that is past already when it arises is noted only after no command has come for
this long: where a backlog is entered late, the next entry usually makes the note moot."""


def today(now: datetime) -> date:
    """The day in Japan at the moment `now`."""
    return now.astimezone(JST).date()


def after(day: date) -> datetime:
    """The moment the day is over: the start of the next one in Japan."""
    return datetime.combine(day + timedelta(days=1), time(), JST)


def last_second(day: date) -> datetime:
    """The end of the day as it is shown to people."""
    return after(day) - timedelta(seconds=1)


def note_at(day: date, last_command: datetime) -> datetime:
    """When the calendar notes that `day` has passed, given when the last command was taken."""
    over = after(day)
    return over if over > last_command else last_command + QUIET
