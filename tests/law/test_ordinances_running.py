"""進行中の事案への改正の適用: Running periods are moved by a recorded act, and by nothing else."""

from datetime import date

import pytest

from domain.amendment import RulesChanged
from domain.designation.reporting import NoteReportOverdue, ReportOverdue
from domain.law import ART_14
from domain.ordinance import Anchor, Rules, Transition, Value
from domain.people import CALENDAR
from domain.periods import Deadline
from domain.registry import DESIGNATION_FILES
from domain.transition import differences, first_day, governed, moved_by, replaced, shifts
from tests.law import cast
from tests.law.cast import MAYOR, but
from tests.law.docket import AMENDED, APPLY_RULES, ASKED_CASE, CLOSED_CASE, RULES, Filed, amended

BY_ORDINANCE = ART_14.para(1)
OLD = Anchor(applied=date(2025, 6, 2))


def _due(filed: Filed, key: str) -> Deadline:
    dues = DESIGNATION_FILES.dues(filed.file, filed.rules)
    return next(due.deadline for due in dues if due.deadline.key == key)


def test_e24_a_running_period_is_moved_and_the_event_says_by_what() -> None:
    event = Filed(*ASKED_CASE, rules=AMENDED).when(APPLY_RULES).then_the(RulesChanged)
    (moved,) = event.moved
    assert (moved.before.day, moved.after.day) == (date(2026, 5, 11), date(2026, 5, 25))
    assert (moved.parameter, moved.applies) == ("report_period", "進行中の事案にも")
    assert moved.since == date(2026, 4, 15)
    assert "附則第2項" in moved.provision
    assert "45日" in "".join(moved.after.explain())


def test_e24_the_versions_before_and_after_are_named() -> None:
    asked = Filed(*ASKED_CASE)
    asked.rules = AMENDED
    event = asked.when(APPLY_RULES).then_the(RulesChanged)
    assert event.before == RULES.version
    assert event.ordinance == AMENDED.version


def test_e24_from_then_on_the_case_is_judged_by_the_moved_day() -> None:
    after = Filed(*ASKED_CASE, APPLY_RULES, rules=AMENDED)
    assert _due(after, "report-1").day == date(2026, 5, 25)
    note = NoteReportOverdue(on=date(2026, 5, 12), by=CALENDAR, report=1)
    after.when(note).then_nothing()
    after.when(but(note, on=date(2026, 5, 26))).then_the(ReportOverdue)
    after.when(but(APPLY_RULES, on=date(2026, 4, 21))).then_nothing()


def test_e24_before_it_is_recorded_nothing_moves() -> None:
    asked = Filed(*ASKED_CASE, rules=AMENDED)
    assert _due(asked, "report-1").day == date(2026, 5, 11)
    early = but(APPLY_RULES, on=date(2026, 4, 14))
    asked.when(early).then_nothing()


@pytest.mark.parametrize("applies", ["施行日から", "新規の事案から", "次の更新から"])
def test_e24_another_transitional_rule_moves_no_running_period(applies: Transition) -> None:
    Filed(*ASKED_CASE, rules=amended(45, applies)).when(APPLY_RULES).then_nothing()


def test_e24_a_period_is_not_shortened_so_far_that_it_would_have_passed() -> None:
    shorter = amended(7, "進行中の事案にも")
    Filed(*ASKED_CASE, rules=shorter).when(APPLY_RULES).then_nothing()
    still = but(APPLY_RULES, on=date(2026, 4, 17))
    Filed(*ASKED_CASE, rules=shorter).when(still).then_the(RulesChanged)


def test_e24_a_day_that_the_mayor_named_stays() -> None:
    named = [*ASKED_CASE[:-1], but(cast.REQUEST_REPORT, by_day=date(2026, 5, 8))]
    Filed(*named, rules=AMENDED).when(APPLY_RULES).then_nothing()


def test_an_officer_applies_it_to_a_case_that_runs() -> None:
    Filed(*ASKED_CASE, rules=AMENDED).when(but(APPLY_RULES, by=MAYOR)).then_refused(BY_ORDINANCE)
    Filed(*CLOSED_CASE, rules=AMENDED).when(APPLY_RULES).then_refused(BY_ORDINANCE)


def test_the_standard_period_of_an_application_moves_too() -> None:
    longer = RULES.ordinance.standard_period.values[-1]
    value = longer.value.model_copy(
        update={"period": longer.value.period.model_copy(update={"length": 60})}
    )
    amended = Value[object](
        since=date(2025, 6, 10), value=value, basis="改正後の審査基準", applies="進行中の事案にも"
    )
    known = RULES.ordinance.standard_period
    history = known.model_copy(update={"values": (*known.values, amended)})
    ordinance = RULES.ordinance.model_copy(update={"standard_period": history})
    rules = Rules(ordinance=ordinance, calendar=RULES.calendar)
    filed = Filed(*cast.under_review(), rules=rules)
    applied = but(APPLY_RULES, on=date(2025, 6, 12))
    assert _due(filed, "standard").day == date(2025, 7, 2)
    (moved,) = filed.when(applied).then_the(RulesChanged).moved
    assert moved.after.day == date(2025, 8, 1)
    assert _due(Filed(*cast.under_review(), applied, rules=rules), "standard") == moved.after


# --- 及ぶ先の計算 -----------------------------------------------------------------------------


def _deadline(key: str, day: date) -> Deadline:
    return Deadline(
        key=key,
        title="期限",
        basis=BY_ORDINANCE,
        origin=date(2026, 4, 10),
        origin_title="求め",
        day=day,
    )


def test_a_deadline_is_found_wherever_it_stands_in_a_state() -> None:
    file = Filed(*cast.explaining(), cast.EXPLAIN, cast.ORDER, rules=RULES).file
    key = next(
        due.deadline.key
        for due in DESIGNATION_FILES.dues(file, RULES)
        if due.deadline.key.startswith("order-")
    )
    moved = _deadline(key, date(2027, 1, 29))
    now = DESIGNATION_FILES.redrawn(file, {key: moved})
    assert moved in [due.deadline for due in DESIGNATION_FILES.dues(now, RULES)]
    assert replaced(file, {}) is file


def test_only_running_periods_of_a_parameter_that_moves_are_moved() -> None:
    asked = Filed(*ASKED_CASE, rules=AMENDED)
    running = [due.deadline for due in DESIGNATION_FILES.dues(asked.file, AMENDED)]
    day = date(2026, 4, 20)
    assert [shift.before.key for shift in moved_by(running, AMENDED, OLD, day)] == ["report-1"]
    other = running[0].model_copy(update={"key": "order-1-0"})
    assert list(shifts([other], AMENDED, OLD, day)) == []
    assert governed("order-1-0") is None


def test_the_preview_knows_new_from_old_cases() -> None:
    asked = Filed(*ASKED_CASE, rules=RULES)
    running = [due.deadline for due in DESIGNATION_FILES.dues(asked.file, RULES)]
    since = amended(45, "新規の事案から", date(2026, 4, 1))
    day = date(2026, 4, 20)
    assert list(shifts(running, since, OLD, day)) == []
    (shift,) = shifts(running, since, Anchor(applied=date(2026, 4, 1)), day)
    assert shift.after.day == date(2026, 5, 25)


def test_differences_name_what_two_ordinances_say_otherwise() -> None:
    names, days = ("report_period", "term"), (date(2026, 4, 20), date(2026, 4, 20))
    (found,) = differences(names, RULES.ordinance, AMENDED.ordinance, days)
    assert found.parameter == "report_period"
    assert found.before is not None
    assert found.after is not None
    lengths = [value.value.length for value in (found.before, found.after)]
    assert lengths == [30, 45]
    assert first_day(RULES.ordinance, AMENDED.ordinance) == date(2026, 4, 15)
    assert first_day(RULES.ordinance, RULES.ordinance) is None
