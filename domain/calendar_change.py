"""暦の変更（法第4条の2、告示）: A holiday announced late, or a group of deadlines extended by 告示.

    休日     a closed day of the profile's calendar, known only after periods had begun to run
    延長     deadlines whose last day falls into a span end on a later day, as a 告示 has it

Periods that begin later simply follow the calendar. Those that run are moved by a recorded act,
once for every change, so that everybody can see from when each ended otherwise, and by which rule.
What has passed already is not brought back to life: the act names it, and why it stands.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.acts import Event
from domain.amendment import BY_ORDINANCE
from domain.decider import Refused
from domain.institution import Due
from domain.law import ART_4_2, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.periods import Calendar, Closed, Deadline, Extension
from domain.procedure import Entry, stated
from domain.text import Key, Line, Text
from domain.transition import extendable, governed, reckoned_again

CLOSED_DAY = ART_4_2.para(4)
BY_STATUTE = "法令の定める期間は、告示によっては延長されない"
MOST = 40
"""Days and spans that one change may name."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Prolonged(_Frozen):
    """期限の延長の定め: Deadlines of these kinds that end from `first` to `last` end on `until`.

    `scope` says in the words of the 告示 whose deadlines they are, `rule` is its number.
    """

    periods: Annotated[tuple[Key, ...], Field(min_length=1, max_length=MOST)]
    first: date
    last: date
    until: date
    scope: Text
    reason: Line
    rule: Line

    @model_validator(mode="after")
    def _in_order(self) -> "Prolonged":
        if not self.first <= self.last < self.until:
            raise ValueError(
                f"延長の日 {self.first}・{self.last}・{self.until} が、この順に並んでいません"
            )
        return self

    def reaches(self, deadline: Deadline) -> bool:
        """Whether a deadline of its kinds ends within its span."""
        kind = deadline.key.split("-", maxsplit=1)[0]
        day = deadline.day
        return kind in self.periods and day is not None and self.first <= day <= self.last


class DeadlineMoved(_Frozen):
    """動いた期限: One deadline before and after, and the rule that moved it."""

    before: Deadline
    after: Deadline
    rule: Text


class DeadlineStood(_Frozen):
    """動かない期限: One that the change would reach, and why it stands."""

    deadline: Deadline
    why: Text


# --- 事実 -----------------------------------------------------------------------------------------


class CalendarChangeApplied(Event):
    """暦の変更の適用（法第4条の2第4項）: The running deadlines of a case end as the change has it.

    `change` tells one change from another, `provision` is the 条例 or 告示 that made it. `basis` is
    the authority for ordinances (法第14条第1項) where nothing but an extension moved a deadline.
    """

    title: ClassVar[str] = "暦の変更の適用"
    kind: Literal["CalendarChangeApplied"] = "CalendarChangeApplied"
    basis: Citation = CLOSED_DAY
    change: Key
    provision: Line
    source: Line | None
    closed: tuple[Closed, ...]
    prolonged: tuple[Prolonged, ...]
    moved: tuple[DeadlineMoved, ...]
    stood: tuple[DeadlineStood, ...]
    reasons: Text


# --- 行為 -----------------------------------------------------------------------------------------


class ApplyCalendarChange(Entry):
    """暦の変更を適用する（法第4条の2第4項）: `on` is the day on which the change was made public."""

    title: ClassVar[str] = "暦の変更を適用する"
    cites: ClassVar[Citation] = CLOSED_DAY
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ApplyCalendarChange"] = "ApplyCalendarChange"
    change: Key
    provision: Line
    source: Line | None = None
    closed: Annotated[tuple[Closed, ...], Field(max_length=MOST)] = ()
    prolonged: Annotated[tuple[Prolonged, ...], Field(max_length=MOST)] = ()
    reasons: Text

    @model_validator(mode="after")
    def _changes_something(self) -> "ApplyCalendarChange":
        if not self.closed and not self.prolonged:
            raise ValueError("休日（closed）も期限の延長（prolonged）もありません")
        return self


# --- 決定 -----------------------------------------------------------------------------------------


def before(command: ApplyCalendarChange, rules: Rules) -> Rules:
    """The rules as they were before the change: by them the running deadlines were reckoned."""
    return rules.model_copy(update={"calendar": rules.calendar.without(command.closed)})


def apply(
    command: ApplyCalendarChange, running: Sequence[Due[Any]], rules: Rules
) -> list[CalendarChangeApplied]:
    """The deadlines that move, nothing where none does; `running` are those `before` the change."""
    _in_the_calendar(command, rules.calendar)
    can_be_extended(command)
    found = outcomes(command, running, rules.calendar)
    moved = tuple(one for one in found if isinstance(one, DeadlineMoved))
    stood = tuple(one for one in found if isinstance(one, DeadlineStood))
    if not moved:
        return []
    by_a_closed_day = any(one.before.roll != one.after.roll for one in moved) or any(
        one.after.extension is None for one in moved
    )
    basis = CLOSED_DAY if by_a_closed_day else BY_ORDINANCE
    return [stated(CalendarChangeApplied, command, rules, basis=basis, moved=moved, stood=stood)]


def outcomes(
    command: ApplyCalendarChange, running: Sequence[Due[Any]], calendar: Calendar
) -> list[DeadlineMoved | DeadlineStood]:
    """What becomes of every deadline that the change reaches; `calendar` has its closed days."""
    found = (_outcome(command, due, calendar) for due in running)
    return [one for one in found if one is not None]


def _in_the_calendar(command: ApplyCalendarChange, calendar: Calendar) -> None:
    for one in command.closed:
        if one not in calendar.once:
            raise Refused(
                CLOSED_DAY,
                f"{one.first} から {one.last} までの休日（{one.reason}）が、この団体の暦にありません",
                "同じ内容を条例の定めの [[calendar.once]] に書き加え、worker を動かし直してから適用してください",
            )


def can_be_extended(command: ApplyCalendarChange) -> None:
    """期限の延長（法第14条第1項）: Refuse to extend what a 告示 cannot extend."""
    known = extendable()
    for one in command.prolonged:
        if unknown := [key for key in one.periods if key not in known]:
            raise Refused(
                BY_ORDINANCE,
                f"{'、'.join(unknown)} は、告示で延長する期限ではありません",
                f"延長できるのは {'、'.join(known)} です。改善命令の期限は「改善命令の期限を延長する」によります",
            )


def _outcome(
    command: ApplyCalendarChange, due: Due[Any], calendar: Calendar
) -> DeadlineMoved | DeadlineStood | None:
    """What the change does to a running deadline; None where it does not reach it."""
    old = due.deadline
    closing, rules = _past_closed_days(command, old, calendar)
    reaching = [one for one in command.prolonged if one.reaches(closing)]
    by_statute = old.period is not None and old.period.source == "法令"
    after = closing if by_statute else _prolonged(closing, reaching)
    if after.day == old.day:
        return DeadlineStood(deadline=old, why=BY_STATUTE) if reaching else None
    if why := _why_it_stands(command, due):
        return DeadlineStood(deadline=old, why=why)
    if after.extension is not None and after.extension != old.extension:
        rules = [*rules, after.extension.rule]
    return DeadlineMoved(before=old, after=after, rule="、".join(dict.fromkeys(rules)))


def _past_closed_days(
    command: ApplyCalendarChange, old: Deadline, calendar: Calendar
) -> tuple[Deadline, list[str]]:
    """The deadline reckoned with the closed days it meets, and the rules by which it moves."""
    rule, last = governed(old.key), old.day or date.min
    met = [one for one in command.closed if one.first <= last and old.origin < one.last]
    if rule is None or rule.follows != "適用" or old.period is None or not met:
        return old, []
    after = reckoned_again(old, old.period, calendar, to_municipality=rule.to_municipality)
    if after.day is None or after.day <= last:
        return old, []
    return after, [*(one.rule for one in met), *([after.roll.rule] if after.roll else [])]


def _prolonged(deadline: Deadline, reaching: Sequence[Prolonged]) -> Deadline:
    for one in reaching:
        if deadline.day is not None and deadline.day < one.until:
            by = Extension(since=deadline.day, until=one.until, reason=one.reason, rule=one.rule)
            deadline = deadline.extended(by)
    return deadline


def _why_it_stands(command: ApplyCalendarChange, due: Due[Any]) -> str:
    """Why a deadline that the change would move stands all the same, or nothing."""
    day = due.deadline.day
    if day is not None and day < command.on:
        return f"期限 {day} は、変更が公にされた日（{command.on}）より前に経過している"
    if due.note is None:
        return f"期限 {day} の経過を、すでに記録している"
    return ""
