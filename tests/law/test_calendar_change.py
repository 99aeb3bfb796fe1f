"""暦の変更（法第4条の2、告示）: Running deadlines follow the calendar by a recorded act, once for each change."""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.amendment import BY_ORDINANCE
from domain.calendar_change import (
    CLOSED_DAY,
    ApplyCalendarChange,
    CalendarChangeApplied,
    Prolonged,
)
from domain.designation import Command
from domain.designation.reporting import NoteReportOverdue, ReportOverdue, SubmitReport
from domain.docket import DocketCommand
from domain.ordinance import Rules
from domain.people import CALENDAR
from domain.periods import Closed, Deadline
from domain.registry import DESIGNATION_FILES
from domain.transition import extendable
from tests.law import cast
from tests.law.cast import MAYOR, but
from tests.law.docket import (
    AMENDED,
    APPLY_CALENDAR,
    APPLY_EXTENSION,
    APPLY_RULES,
    ASKED_CASE,
    CLOSED_CASE,
    CLOSED_RULES,
    PROLONG,
    RULES,
    TYPHOON,
    Filed,
)
from tests.law.everything import ACTS, Act

OVERDUE = NoteReportOverdue(on=date(2026, 5, 12), by=CALENDAR, report=1)
ROLLED_BY = "例示市の休日を定める条例第2条"


def asked(*more: Command | DocketCommand, rules: Rules = RULES) -> Filed:
    """A case that awaits a report until 11 May 2026, by what its story was judged under."""
    return Filed(*ASKED_CASE, *more, rules=rules)


def under(filed: Filed, rules: Rules) -> Filed:
    """The same case, from now on under other rules."""
    filed.rules = rules
    return filed


def due(filed: Filed, key: str = "report-1") -> Deadline:
    dues = DESIGNATION_FILES.dues(filed.file, filed.rules)
    return next(one.deadline for one in dues if one.deadline.key == key)


# --- 遅れて知れた休日 -------------------------------------------------------------------------


def test_e19_a_holiday_announced_late_moves_the_last_day_of_a_running_period() -> None:
    event = under(asked(), CLOSED_RULES).when(APPLY_CALENDAR).then_the(CalendarChangeApplied)
    (moved,) = event.moved
    assert (moved.before.day, moved.after.day) == (date(2026, 5, 11), date(2026, 5, 13))
    assert moved.rule == f"{TYPHOON.rule}、{ROLLED_BY}"
    assert f"2026-05-13 に繰り下げる（{ROLLED_BY}）" in "".join(moved.after.explain())
    assert (event.basis, event.stood) == (CLOSED_DAY, ())
    assert event.provision == "令和8年例示市告示第12号"


def test_from_then_on_the_case_is_judged_by_the_moved_day() -> None:
    after = under(asked(), CLOSED_RULES)
    after.file = DESIGNATION_FILES.decider.fold(after.when(APPLY_CALENDAR).events, after.file)
    assert due(after).day == date(2026, 5, 13)
    after.when(OVERDUE).then_nothing()
    after.when(but(OVERDUE, on=date(2026, 5, 14))).then_the(ReportOverdue)


def test_before_it_is_recorded_nothing_moves() -> None:
    waiting = under(asked(), CLOSED_RULES)
    assert due(waiting).day == date(2026, 5, 11)
    waiting.when(OVERDUE).then_the(ReportOverdue)


def test_a_period_that_begins_later_follows_the_calendar_by_itself() -> None:
    later = Filed(*ASKED_CASE, rules=CLOSED_RULES)
    assert due(later).day == date(2026, 5, 13)
    later.when(APPLY_CALENDAR).then_nothing()


def test_a_change_is_applied_once_to_a_case() -> None:
    after = asked(APPLY_CALENDAR, rules=CLOSED_RULES)
    after.when(APPLY_CALENDAR).then_nothing()
    extended = asked(APPLY_EXTENSION)
    extended.when(but(APPLY_EXTENSION, on=date(2026, 5, 9))).then_nothing()


def test_a_day_that_is_not_in_the_calendar_of_the_municipality_is_refused() -> None:
    refused = asked().when(APPLY_CALENDAR).then_refused(CLOSED_DAY)
    assert "[[calendar.once]]" in refused.remedy
    other = but(APPLY_CALENDAR, closed=(TYPHOON.model_copy(update={"reason": "ほかの理由"}),))
    under(asked(), CLOSED_RULES).when(other).then_refused(CLOSED_DAY)


def test_a_closed_day_that_no_period_meets_moves_nothing() -> None:
    june = TYPHOON.model_copy(update={"first": date(2026, 6, 1), "last": date(2026, 6, 2)})
    rules = RULES.model_copy(update={"calendar": RULES.calendar.closing([june])})
    under(asked(), rules).when(but(APPLY_CALENDAR, closed=(june,))).then_nothing()


def test_a_day_that_the_mayor_named_stands_whatever_is_closed() -> None:
    story = [*ASKED_CASE[:-1], but(cast.REQUEST_REPORT, by_day=date(2026, 5, 12))]
    under(Filed(*story), CLOSED_RULES).when(APPLY_CALENDAR).then_nothing()


# --- 告示による延長 ---------------------------------------------------------------------------


def test_a_group_of_deadlines_is_extended_by_public_notice() -> None:
    event = asked().when(APPLY_EXTENSION).then_the(CalendarChangeApplied)
    (moved,) = event.moved
    assert (moved.before.day, moved.after.day) == (date(2026, 5, 11), date(2026, 7, 31))
    assert moved.rule == PROLONG.rule
    assert "延長: 2026-05-11 を、台風の被害のため 2026-07-31 に延長する" in "".join(
        moved.after.explain()
    )
    assert event.basis == BY_ORDINANCE
    assert event.prolonged[0].scope == "中央区の区域の団体の報告の期限"


def test_an_extended_day_is_the_one_that_is_judged_by_and_noted() -> None:
    after = asked(APPLY_EXTENSION)
    assert due(after).day == date(2026, 7, 31)
    after.when(but(OVERDUE, on=date(2026, 7, 31))).then_nothing()
    after.when(but(OVERDUE, on=date(2026, 8, 1))).then_the(ReportOverdue)
    submitted = SubmitReport(on=date(2026, 7, 31), by=cast.BODY, report=1, content="報告する。")
    assert (
        not asked(APPLY_EXTENSION, submitted).when(but(OVERDUE, on=date(2026, 8, 1))).then_nothing()
    )


def test_a_named_day_is_extended_too_and_another_span_or_kind_is_not() -> None:
    named = [*ASKED_CASE[:-1], but(cast.REQUEST_REPORT, by_day=date(2026, 5, 12))]
    event = Filed(*named).when(APPLY_EXTENSION).then_the(CalendarChangeApplied)
    assert event.moved[0].after.day == date(2026, 7, 31)
    for changed in (
        {"last": date(2026, 5, 10)},
        {"periods": ("correction",)},
    ):
        other = PROLONG.model_copy(update=changed)
        asked().when(but(APPLY_EXTENSION, prolonged=(other,))).then_nothing()


@pytest.mark.parametrize("key", ["standard", "hearing", "term", "order", "publication", "x"])
def test_what_binds_the_municipality_itself_is_not_extended(key: str) -> None:
    other = PROLONG.model_copy(update={"periods": (key,)})
    refused = asked().when(but(APPLY_EXTENSION, prolonged=(other,))).then_refused(BY_ORDINANCE)
    assert key in refused.reason


def test_a_closed_day_and_an_extension_may_come_together() -> None:
    both = but(APPLY_CALENDAR, prolonged=(PROLONG,))
    event = under(asked(), CLOSED_RULES).when(both).then_the(CalendarChangeApplied)
    (moved,) = event.moved
    assert moved.after.day == date(2026, 7, 31)
    assert moved.after.extension is not None
    assert moved.after.extension.since == date(2026, 5, 13)
    assert moved.rule == f"{TYPHOON.rule}、{ROLLED_BY}、{PROLONG.rule}"


def test_an_extension_outlives_an_amendment_that_comes_later() -> None:
    extended = under(asked(APPLY_EXTENSION), AMENDED)
    extended.when(but(APPLY_RULES, on=date(2026, 5, 20))).then_nothing()
    assert due(extended).day == date(2026, 7, 31)


def test_a_period_fixed_by_statute_is_not_extended_and_the_others_are() -> None:
    first = RULES.ordinance.report_period.values[1].value
    known = RULES.ordinance.report_period
    by_law = first.model_copy(update={"source": "法令", "basis": "法第1条"})
    values = tuple(
        one.model_copy(update={"value": by_law}) if one.value == first else one
        for one in known.values
    )
    ordinance = RULES.ordinance.model_copy(
        update={"report_period": known.model_copy(update={"values": values})}
    )
    rules = Rules(ordinance=ordinance, calendar=RULES.calendar)
    asked(rules=rules).when(APPLY_EXTENSION).then_nothing()
    two = asked(but(cast.REQUEST_REPORT, by_day=date(2026, 5, 20), matters="決算"), rules=rules)
    event = two.when(APPLY_EXTENSION).then_the(CalendarChangeApplied)
    assert [one.before.key for one in event.moved] == ["report-2"]
    assert [one.deadline.key for one in event.stood] == ["report-1"]
    assert "法令の定める期間" in event.stood[0].why


# --- 経過した期限 -----------------------------------------------------------------------------


def test_what_had_passed_before_the_change_stays_passed_and_the_act_says_so() -> None:
    late = but(APPLY_EXTENSION, on=date(2026, 5, 12))
    asked().when(late).then_nothing()
    two = asked(but(cast.REQUEST_REPORT, by_day=date(2026, 5, 20), matters="決算"))
    event = two.when(late).then_the(CalendarChangeApplied)
    assert [one.before.key for one in event.moved] == ["report-2"]
    (stood,) = event.stood
    assert stood.deadline.key == "report-1"
    assert "経過している" in stood.why


def test_what_was_noted_as_passed_stays_noted_although_the_change_was_earlier() -> None:
    noted = asked(OVERDUE)
    noted.when(APPLY_EXTENSION).then_nothing()
    two = asked(but(cast.REQUEST_REPORT, by_day=date(2026, 5, 20), matters="決算"), OVERDUE)
    event = two.when(APPLY_EXTENSION).then_the(CalendarChangeApplied)
    assert [one.deadline.key for one in event.stood] == ["report-1"]
    assert "すでに記録している" in event.stood[0].why


def test_an_officer_applies_it_to_a_case_that_runs() -> None:
    asked().when(but(APPLY_EXTENSION, by=MAYOR)).then_refused(CLOSED_DAY)
    Filed(*CLOSED_CASE).when(APPLY_EXTENSION).then_refused(CLOSED_DAY)


# --- どの段階でも -----------------------------------------------------------------------------


def _everything(filed: Filed) -> tuple[Rules, ApplyCalendarChange]:
    """Every day on which a deadline ends is closed, and whatever can be extended is extended."""
    days = {*_days(filed).values()}
    closed = tuple(TYPHOON.model_copy(update={"first": day, "last": day}) for day in days)
    span = {"first": date(2025, 1, 1), "last": date(2035, 1, 1), "until": date(2035, 2, 1)}
    whole = PROLONG.model_copy(update={"periods": extendable(), **span})
    day = min(days, default=APPLY_CALENDAR.on)
    rules = RULES.model_copy(update={"calendar": RULES.calendar.closing(closed)})
    return rules, but(APPLY_CALENDAR, on=day, closed=closed, prolonged=(whole,))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_whatever_runs_is_moved_later_once_and_nothing_else_changes(act: Act) -> None:
    filed = Filed(*act.story, act.command)
    days, status = _days(filed), filed.file.matter.status.title
    rules, change = _everything(filed)
    if not DESIGNATION_FILES.is_open(filed.file):
        under(filed, rules).when(change).then_refused(CLOSED_DAY)
        return
    events = under(filed, rules).when(change).events
    expected = {key for key in days if key.split("-")[0] in extendable()}
    for event in events:
        assert isinstance(event, CalendarChangeApplied)
        reached = {one.after.key for one in event.moved}
        assert reached | {one.deadline.key for one in event.stood} >= expected
        days |= {
            one.after.key: max(one.after.day or date.min, days[one.after.key])
            for one in event.moved
        }
    filed.file = DESIGNATION_FILES.decider.fold(events, filed.file)
    assert _days(filed) == days
    assert filed.file.matter.status.title == status
    filed.when(change).then_nothing()


def _days(filed: Filed) -> dict[str, date]:
    dues = DESIGNATION_FILES.dues(filed.file, RULES)
    return {one.deadline.key: one.deadline.day for one in dues if one.deadline.day is not None}


# --- 様式 -------------------------------------------------------------------------------------


def test_a_change_that_changes_nothing_or_runs_backwards_is_no_change() -> None:
    said = APPLY_EXTENSION.model_dump()
    with pytest.raises(ValidationError, match="ありません"):
        ApplyCalendarChange.model_validate({**said, "prolonged": ()})
    with pytest.raises(ValidationError, match="並んでいません"):
        Prolonged.model_validate({**PROLONG.model_dump(), "until": PROLONG.last})
    with pytest.raises(ValidationError, match="始まり"):
        Closed.model_validate({**TYPHOON.model_dump(), "last": date(2026, 5, 10)})


def test_the_calendar_knows_the_closed_day_with_its_rule() -> None:
    day = CLOSED_RULES.calendar.closure(date(2026, 5, 12))
    assert day is not None
    assert (day.reason, day.rule) == (TYPHOON.reason, TYPHOON.rule)
    assert RULES.calendar.closure(date(2026, 5, 12)) is None
    assert CLOSED_RULES.calendar.without([TYPHOON]) == RULES.calendar
