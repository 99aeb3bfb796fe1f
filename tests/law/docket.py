"""A case in its file, and one act of every kind that can be done to a file."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import get_args

from domain.amendment import ApplyRules
from domain.calendar_change import ApplyCalendarChange, Prolonged
from domain.designation import Command, Event, State
from domain.designation.intake import WithdrawApplication
from domain.docket import (
    DisposeRecord,
    DocketCommand,
    DocketEvent,
    ErasePerson,
    File,
    RecordIntervention,
)
from domain.ordinance import Parameter, Rules, Transition, Value
from domain.people import REGISTRAR
from domain.periods import Closed, Period
from domain.registry import DESIGNATION_FILES
from tests.law import cast
from tests.law.cast import BODY, DRAFTER, MAYOR
from tests.law.example import rules_with
from tests.law.specification import Outcome, outcome_of

COMMAND_KINDS: tuple[type[DocketCommand], ...] = get_args(DocketCommand)
EVENT_KINDS: tuple[type[DocketEvent], ...] = get_args(DocketEvent)
RULES = rules_with(
    retention=Period(length=3, unit="年", source="条例等", basis="例示市文書管理規程別表")
)


def amended(length: int, applies: Transition, since: date = date(2026, 4, 15)) -> Rules:
    """The rules of 例示市 with a report period of `length` days from 15 April 2026."""
    known = RULES.ordinance.report_period
    first = known.values[1].value
    changed = Value[Period](
        since=since,
        value=first.model_copy(update={"length": length, "basis": "改正後の条例第9条第1項"}),
        basis="令和8年例示市条例第1号による改正後の条例第9条第1項、附則第2項",
        applies=applies,
    )
    history = Parameter[Period](meaning=known.meaning, values=(*known.values[:2], changed))
    ordinance = RULES.ordinance.model_copy(
        update={"report_period": history, "version": f"{RULES.ordinance.code}-amended"}
    )
    return Rules(ordinance=ordinance, calendar=RULES.calendar)


AMENDED = amended(45, "進行中の事案にも")
CLOSED = date(2025, 6, 20)
"""The day on which the application of `CLOSED_CASE` is withdrawn; kept until 2029-03-31."""

INTERVENTION = RecordIntervention(
    on=date(2026, 6, 1),
    by=REGISTRAR,
    action="強制終了",
    at=datetime(2026, 6, 1, 3, 0, tzinfo=UTC),
    run="01a2",
    identity="operator@ui",
    said="動かないため",
)
ERASURE = ErasePerson(
    on=date(2026, 6, 1),
    by=MAYOR,
    drafted_by=DRAFTER,
    subject="P-0001",
    ground="利用停止の請求",
    reasons="請求に理由があると認めるため。",
    request="例総第12号",
)
DISPOSAL = DisposeRecord(
    on=date(2029, 4, 1),
    by=MAYOR,
    drafted_by=DRAFTER,
    measure="廃棄",
    reasons="保存期間が満了したため。",
    decision="例総第34号",
)
APPLY_RULES = ApplyRules(on=date(2026, 4, 20), by=cast.OFFICER, reasons="改正条例附則第2項による。")
TYPHOON = Closed(
    first=date(2026, 5, 11),
    last=date(2026, 5, 12),
    reason="台風による臨時の休日",
    rule="例示市の休日を定める条例第1条第2項",
)
CLOSED_RULES = RULES.model_copy(update={"calendar": RULES.calendar.closing([TYPHOON])})
APPLY_CALENDAR = ApplyCalendarChange(
    on=date(2026, 5, 8),
    by=cast.OFFICER,
    change="R8-1",
    provision="令和8年例示市告示第12号",
    closed=(TYPHOON,),
    reasons="台風により市役所を閉じるため。",
)
PROLONG = Prolonged(
    periods=("report",),
    first=date(2026, 5, 1),
    last=date(2026, 5, 31),
    until=date(2026, 7, 31),
    scope="中央区の区域の団体の報告の期限",
    reason="台風の被害",
    rule="令和8年例示市告示第13号",
)
APPLY_EXTENSION = APPLY_CALENDAR.model_copy(
    update={"change": "R8-2", "closed": (), "prolonged": (PROLONG,)}
)
OPEN_CASE: list[Command | DocketCommand] = [*cast.applied()]
ASKED_CASE: list[Command | DocketCommand] = [*cast.designated(), cast.REQUEST_REPORT]
"""A report is awaited until 11 May 2026."""
CLOSED_CASE = [*OPEN_CASE, WithdrawApplication(on=CLOSED, by=BODY)]


class Filed:
    """A case in its file, as its story has left it."""

    def __init__(self, *story: Command | DocketCommand, rules: Rules = RULES) -> None:
        self.rules = rules
        self.file: File[State] = DESIGNATION_FILES.decider.initial
        for command in story:
            self.file = DESIGNATION_FILES.decider.fold(self.when(command).events, self.file)

    def when(self, command: Command | DocketCommand) -> Outcome[Event | DocketEvent]:
        """What comes of a command; each event must survive being stored."""
        return outcome_of(DESIGNATION_FILES, command, self.file, self.rules)


def events() -> Iterator[DocketEvent]:
    """One event of every kind."""
    for command in (INTERVENTION, ERASURE, DISPOSAL):
        for event in Filed(*CLOSED_CASE).when(command).events:
            assert isinstance(event, DocketEvent)
            yield event
    for command, rules in ((APPLY_RULES, AMENDED), (APPLY_CALENDAR, CLOSED_RULES)):
        asked = Filed(*ASKED_CASE)
        asked.rules = rules
        for event in asked.when(command).events:
            assert isinstance(event, DocketEvent)
            yield event
