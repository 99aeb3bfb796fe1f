"""審査請求期間と出訴期間（行審法第18条、行訴法第14条）: Until when an adverse act can be contested.

Four ledgers an act: three months and a year for 審査請求, six months and a year for 取消訴訟.
Of each pair the one that ends first governs. When it ends, that is noted: a late 審査請求 is
still judged by a person (正当な理由), and a late suit by the court.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar, Literal

from domain.acts import Event
from domain.designation.remedies.acts import Acts, Adverse, Contested, Number
from domain.law import ACL_14, ARA_18, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.periods import Calendar, CalendarEnds, Deadline, Period, Yearly, reckon
from domain.procedure import Entry, has_passed, stated

_COURT_RULE = "行訴法第7条、民訴法第95条第3項"
_APPEAL = "審査請求期間の末日"
_SUIT = "出訴期間の末日"
A_DAY = timedelta(days=1)


# --- 期間 -------------------------------------------------------------------------------------


def appeal_windows(adverse: Adverse, rules: Rules) -> Iterator[Deadline]:
    """審査請求期間（行審法第18条第1項・第2項）: From the arrival of the notice, and from the act."""
    arrived = adverse.delivery.arrived
    if arrived is not None:
        yield _window(
            adverse, "appeal", origin=arrived, length=(3, "月"), basis=ARA_18.para(1), rules=rules
        )
    yield _window(
        adverse,
        "appeal",
        origin=adverse.act.on,
        length=(1, "年"),
        basis=ARA_18.para(2),
        rules=rules,
    )


def suit_windows(adverse: Adverse, rules: Rules) -> Iterator[Deadline]:
    """出訴期間（行訴法第14条）: The same of the act, or of the 裁決 on it once that has arrived."""
    known = adverse.ruling_arrived or adverse.delivery.arrived
    ruled = adverse.ruling_arrived is not None
    if known is not None:
        basis = ACL_14.para(3 if ruled else 1)
        yield _window(adverse, "suit", origin=known, length=(6, "月"), basis=basis, rules=rules)
    made = (adverse.ruled if ruled else None) or adverse.act.on
    yield _window(
        adverse,
        "suit",
        origin=made,
        length=(1, "年"),
        basis=ACL_14.para(3 if ruled else 2),
        rules=rules,
    )


def governing(windows: Iterator[Deadline]) -> Deadline:
    """The window that ends first."""
    return min(windows, key=lambda window: window.day or date.max)


def _window(
    adverse: Adverse,
    way: Literal["appeal", "suit"],
    *,
    origin: date,
    length: tuple[int, Literal["月", "年"]],
    basis: Citation,
    rules: Rules,
) -> Deadline:
    name = _APPEAL if way == "appeal" else _SUIT
    calendar = rules.calendar if way == "appeal" else _of_the_court(rules.calendar)

    def counted(*, moved: bool) -> Deadline:
        return reckon(
            key=f"{way}-{adverse.act.number}",
            title=f"{adverse.act.name}の{name}",
            basis=basis,
            origin=origin,
            origin_title=_origin_title(adverse, origin),
            period=Period(length=length[0], unit=length[1], source="法令", basis=f"{basis}"),
            calendar=calendar,
            to_municipality=moved,
        )

    try:
        return counted(moved=True)
    except CalendarEnds:  # whether the last day is closed cannot be said yet
        return counted(moved=False)


def _origin_title(adverse: Adverse, origin: date) -> str:
    if origin == adverse.act.on:
        return adverse.act.name
    if origin == adverse.ruling_arrived:
        return "裁決の到達"
    return "裁決" if origin == adverse.ruled else "通知の到達"


def _of_the_court(calendar: Calendar) -> Calendar:
    """The closed days of the procedure before a court, which knows no municipal holidays."""
    turn = Yearly(first="12-29", last="01-03", reason="年末年始", rule=_COURT_RULE)
    return calendar.model_copy(update={"yearly": (turn,), "rolls": {"法令": _COURT_RULE}})


# --- 事実 -------------------------------------------------------------------------------------


class AppealPeriodPassed(Event):
    """審査請求期間の経過（行審法第18条）: Noted; a late one needs 正当な理由, found by a person."""

    title: ClassVar[str] = "審査請求期間の経過"
    kind: Literal["AppealPeriodPassed"] = "AppealPeriodPassed"
    basis: Citation = ARA_18
    act: Contested
    due: Deadline


class SuitPeriodPassed(Event):
    """出訴期間の経過（行訴法第14条）: Noted; whether a suit is still in time is for the court."""

    title: ClassVar[str] = "出訴期間の経過"
    kind: Literal["SuitPeriodPassed"] = "SuitPeriodPassed"
    basis: Citation = ACL_14
    act: Contested
    due: Deadline


WindowEvent = AppealPeriodPassed | SuitPeriodPassed


# --- 命令書 -----------------------------------------------------------------------------------


class NoteAppealPeriodPassed(Entry):
    """審査請求期間の経過を記録する（行審法第18条）."""

    title: ClassVar[str] = "審査請求期間の経過を記録する"
    cites: ClassVar[Citation] = ARA_18
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteAppealPeriodPassed"] = "NoteAppealPeriodPassed"
    act: Number


class NoteSuitPeriodPassed(Entry):
    """出訴期間の経過を記録する（行訴法第14条）."""

    title: ClassVar[str] = "出訴期間の経過を記録する"
    cites: ClassVar[Citation] = ACL_14
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteSuitPeriodPassed"] = "NoteSuitPeriodPassed"
    act: Number


WindowCommand = NoteAppealPeriodPassed | NoteSuitPeriodPassed


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: WindowCommand, acts: Acts, running: Sequence[int], rules: Rules
) -> Sequence[WindowEvent]:
    """The fact that a window has passed, once; `running` are the acts whose window runs."""
    adverse = next((one for one in acts.done if one.act.number == command.act), None)
    if adverse is None or command.act not in running:
        return []
    match command:
        case NoteAppealPeriodPassed():
            due = governing(appeal_windows(adverse, rules))
            noted = stated(AppealPeriodPassed, command, rules, act=adverse.act, due=due)
        case NoteSuitPeriodPassed():
            due = governing(suit_windows(adverse, rules))
            noted = stated(SuitPeriodPassed, command, rules, act=adverse.act, due=due)
    return [noted] if has_passed(due, command.on) else []


# --- 経過 -------------------------------------------------------------------------------------


def evolve(acts: Acts, event: WindowEvent) -> Acts:
    """The acts after a window of one of them has passed."""
    adverse = acts.find(event.act.number, event.basis)
    match event:
        case AppealPeriodPassed():
            return acts.at(replace(adverse, appeal_over=True))
        case SuitPeriodPassed():
            return acts.at(replace(adverse, suit_over=True))
