"""行手法第6条: 「行政庁は、申請がその事務所に到達してから当該申請に対する処分をするまでに通常要すべき

標準的な期間…を定めるよう努める…」 It is a target: its end is noted, and decides nothing.
"""

from datetime import date

import pytest

from domain.designation import DESIGNATION
from domain.designation.examination import NoteStandardPeriodPassed, StandardPeriodPassed
from domain.ordinance import StandardPeriod
from domain.people import CALENDAR
from domain.periods import Period
from tests.law.cast import (
    CORRECT,
    FILE,
    Story,
    applied,
    correcting,
    decision_pending,
    designated,
    under_review,
)
from tests.law.example import RULES, rules_with
from tests.law.specification import given

NOTE = NoteStandardPeriodPassed(on=date(2025, 7, 3), by=CALENDAR)
THIRTY_DAYS = Period(length=30, unit="日", source="長の定め", basis="試験のための値")


def test_e09_the_period_runs_from_the_day_of_arrival() -> None:
    (due,) = DESIGNATION.dues(given(*applied()).state, RULES)
    assert (due.deadline.origin, due.deadline.day) == (FILE.on, date(2025, 7, 2))
    assert due.note == NOTE


@pytest.mark.parametrize("story", [applied(), under_review(), decision_pending()])
def test_its_end_is_noted_in_every_stage_before_the_decision(story: Story) -> None:
    event = given(*story).when(NOTE).then_the(StandardPeriodPassed)
    assert event.due.day == date(2025, 7, 2)


def test_its_end_is_noted_once_and_not_before_it_has_come() -> None:
    early = NOTE.model_copy(update={"on": date(2025, 7, 2)})
    given(*applied()).when(early).then_nothing()
    given(*applied(), NOTE).when(NOTE).then_nothing()
    given(*designated()).when(NOTE).then_nothing()


def test_its_end_decides_nothing() -> None:
    before, after = given(*decision_pending()), given(*decision_pending(), NOTE)
    told, now = DESIGNATION.view(before.state), DESIGNATION.view(after.state)
    assert (now.stage, now.obligations) == (told.stage, told.obligations)
    assert set(now.possible) - set(told.possible) == {"不作為について審査請求をする"}


def test_t04_while_a_correction_is_awaited_the_period_stands_still() -> None:
    awaited, stopped = DESIGNATION.dues(given(*correcting()).state, RULES)
    assert awaited.deadline.key == "correction-1"
    assert (stopped.deadline.key, stopped.deadline.day, stopped.note) == ("standard", None, None)
    assert [stop.until for stop in stopped.deadline.suspensions] == [None]
    late = NOTE.model_copy(update={"on": date(2025, 12, 1)})
    given(*correcting()).when(late).then_nothing()


def test_t05_the_days_of_the_correction_are_left_out() -> None:
    (due,) = DESIGNATION.dues(given(*correcting(), CORRECT).state, RULES)
    (suspension,) = due.deadline.suspensions
    assert (suspension.since, suspension.until) == (date(2025, 6, 3), date(2025, 6, 9))
    assert due.deadline.day == date(2025, 7, 9)


def test_t04_they_are_counted_where_the_municipality_has_not_said_otherwise() -> None:
    running = rules_with(
        standard_period=StandardPeriod(period=THIRTY_DAYS, excludes_correction=False)
    )
    state = given(*correcting(), rules=running).state
    days = {due.deadline.key: due.deadline.day for due in DESIGNATION.dues(state, running)}
    assert days["standard"] == date(2025, 7, 2)


def test_e24_the_period_in_force_on_the_day_of_arrival_stays_the_cases_own() -> None:
    shorter = rules_with(
        standard_period=StandardPeriod(
            period=THIRTY_DAYS.model_copy(update={"length": 10}), excludes_correction=True
        )
    )
    (due,) = DESIGNATION.dues(given(*applied()).state, shorter)
    assert due.deadline.day == date(2025, 7, 2)
