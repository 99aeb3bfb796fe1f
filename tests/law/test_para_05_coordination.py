"""法第260条の49第5項: 「…調整を求めることができる。…必要な措置を講じなければならない。」"""

from datetime import date

import pytest

from domain.designation import DESIGNATION, Command
from domain.designation.cooperation.coordinating import (
    CoordinationClosed,
    CoordinationDeclined,
    CoordinationFoundNecessary,
    CoordinationMeasureTaken,
    CoordinationNoLongerNecessary,
    CoordinationRequested,
    CoordinationWithdrawn,
)
from domain.law import ART_260_49
from domain.people import CALENDAR
from tests.law.cast import (
    MAYOR,
    OFFICER,
    OTHER_BODY,
    Story,
    applied,
    but,
    decision_pending,
    designated,
    finding,
    revoked,
)
from tests.law.contest import uncontested
from tests.law.cooperation import (
    ASK,
    DECLINE,
    END,
    FIND,
    MEASURE,
    NO_NEED,
    TAKE_BACK,
    asked,
    necessary,
)
from tests.law.specification import Given, given

PARA_5 = ART_260_49.para(5)
LOST = revoked()[len(designated()) :]
"""What leads from a designation to its revocation on 20 October 2026."""
AFTER_REVOCATION = date(2026, 12, 1)
OTHER = but(ASK, on=date(2025, 9, 10), counterpart="別例防犯組合", counterpart_number=None)


def duties(case: Given) -> list[tuple[str, date]]:
    """What is open under ⑤."""
    found = DESIGNATION.view(case.state).obligations
    return [(one.title, one.since) for one in found if one.basis == PARA_5]


# --- 求め -------------------------------------------------------------------------------------


def test_the_body_asks_with_whom_and_why_the_activities_are_related() -> None:
    event = given(*designated()).when(ASK).then_the(CoordinationRequested)
    assert (event.coordination, event.by, event.counterpart) == (1, ASK.by, ASK.counterpart)
    assert (event.relation, event.asked) == (ASK.relation, ASK.asked)
    assert duties(given(*asked())) == [("調整（第1号）の要否を判断する", ASK.on)]


def test_a_designation_alone_is_no_request() -> None:
    assert duties(given(*designated())) == []


@pytest.mark.parametrize("story", [[], applied(), decision_pending(), revoked()])
def test_only_a_designated_body_may_ask(story: Story) -> None:
    given(*story).when(but(ASK, on=AFTER_REVOCATION)).then_refused(PARA_5)


def test_nobody_asks_before_the_designation_has_effect() -> None:
    given(*designated()).when(but(ASK, on=date(2025, 6, 19))).then_refused(PARA_5)


@pytest.mark.parametrize("by", [OTHER_BODY, OFFICER, MAYOR])
def test_nobody_else_asks_for_the_body(by: object) -> None:
    given(*designated()).when(but(ASK, by=by)).then_refused(PARA_5)
    given(*asked()).when(but(TAKE_BACK, by=by)).then_refused(PARA_5)


def test_the_counterpart_is_another_body() -> None:
    given(*designated()).when(but(ASK, counterpart="例示学区協議会")).then_refused(PARA_5)
    given(*designated()).when(but(ASK, counterpart_number="B-0001")).then_refused(PARA_5)


def test_the_bodys_side_is_an_activity_of_the_ordinance() -> None:
    given(*designated()).when(but(ASK, activities=("unknown",))).then_refused(PARA_5)


def test_requests_run_side_by_side_and_the_same_request_is_one() -> None:
    both = given(*asked(), OTHER)
    assert [title for title, _ in duties(both)] == [
        "調整（第1号）の要否を判断する",
        "調整（第2号）の要否を判断する",
    ]
    both.when(ASK).then_nothing()
    given(*necessary()).when(ASK).then_nothing()
    given(*necessary(), MEASURE, END).when(ASK).then(CoordinationRequested)


def test_a_request_may_be_taken_back_until_something_is_found() -> None:
    given(*asked()).when(TAKE_BACK).then(CoordinationWithdrawn)
    given(*asked(), TAKE_BACK).when(FIND).then_refused(PARA_5)
    given(*necessary()).when(but(TAKE_BACK, on=date(2025, 9, 25))).then_refused(PARA_5)
    given(*asked()).when(but(TAKE_BACK, on=date(2025, 9, 7))).then_refused(PARA_5)


# --- 要否の認定 -------------------------------------------------------------------------------


def test_e12_the_need_is_found_by_the_mayor_with_reasons_and_evidence() -> None:
    event = given(*asked()).when(FIND).then_the(CoordinationFoundNecessary)
    assert (event.necessity, event.drafted_by) == (FIND.necessity, FIND.drafted_by)
    given(*asked()).when(but(FIND, by=OFFICER)).then_refused(PARA_5)
    given(*asked()).when(but(FIND, drafted_by=but(OFFICER, person=MAYOR.person))).then_refused(
        PARA_5
    )


def test_e12_once_found_necessary_measures_are_a_duty_until_they_are_recorded() -> None:
    assert duties(given(*necessary())) == [("調整（第1号）のため必要な措置を講ずる", FIND.on)]
    given(*necessary()).when(but(END, on=AFTER_REVOCATION)).then_refused(PARA_5)
    after = given(*necessary(), MEASURE)
    assert duties(after) == [("調整（第1号）の措置を終え、結果を認定する", FIND.on)]
    assert after.when(END).then_the(CoordinationClosed).measures_taken == 1


def test_e12_what_was_found_necessary_is_no_longer_declined() -> None:
    given(*necessary()).when(but(DECLINE, on=date(2025, 10, 1))).then_refused(PARA_5)
    given(*necessary()).when(but(FIND, on=date(2025, 10, 1))).then_refused(PARA_5)


def test_e12_not_necessary_is_a_finding_with_reasons_of_which_the_body_is_told() -> None:
    event = given(*asked()).when(DECLINE).then_the(CoordinationDeclined)
    assert (event.finding, event.notified) == (DECLINE.finding, DECLINE.notified)
    assert "remedy_notice" not in CoordinationDeclined.model_fields, "it is no disposition"
    assert duties(given(*asked(), DECLINE)) == []
    given(*asked()).when(but(DECLINE, notified=date(2025, 9, 21))).then_refused(PARA_5)


@pytest.mark.parametrize("answer", [FIND, DECLINE])
def test_no_answer_comes_before_its_request_or_without_one(answer: Command) -> None:
    given(*asked()).when(but(answer, on=date(2025, 9, 7))).then_refused(PARA_5)
    given(*designated()).when(answer).then_refused(PARA_5)
    given(*asked()).when(but(answer, coordination=2)).then_refused(PARA_5)


def test_no_day_and_no_calendar_answers_a_request() -> None:
    keys = [due.deadline.key for due in DESIGNATION.dues(given(*asked()).state, given().rules)]
    assert keys == ["publication-2025"]
    given(*asked()).when(but(DECLINE, by=CALENDAR)).then_refused(PARA_5)


# --- 措置 -------------------------------------------------------------------------------------


def test_measures_are_recorded_each_once_with_what_was_done() -> None:
    event = given(*necessary()).when(MEASURE).then_the(CoordinationMeasureTaken)
    assert (event.measure, event.content) == (1, MEASURE.content)
    second = but(MEASURE, on=date(2025, 10, 17), content="担当の表を両者に送った。")
    assert given(*necessary(), MEASURE).when(second).then_the(CoordinationMeasureTaken).measure == 2
    given(*necessary(), MEASURE).when(MEASURE).then_nothing()


def test_no_measure_comes_before_the_finding() -> None:
    given(*asked()).when(MEASURE).then_refused(PARA_5)
    given(*necessary()).when(but(MEASURE, on=date(2025, 9, 21))).then_refused(PARA_5)


def test_a_coordination_ends_after_its_last_measure_and_only_once() -> None:
    given(*necessary(), MEASURE).when(but(END, on=date(2025, 10, 2))).then_refused(PARA_5)
    given(*necessary(), MEASURE).when(but(END, by=OFFICER)).then_refused(PARA_5)
    told_before = but(END, notified=date(2025, 11, 3))
    given(*necessary(), MEASURE).when(told_before).then_refused(PARA_5)
    given(*necessary(), MEASURE, END).when(END).then_refused(PARA_5)
    given(*necessary(), MEASURE, END).when(but(MEASURE, on=date(2025, 12, 1))).then_refused(PARA_5)


def test_e12_the_duty_ends_without_measures_only_where_the_need_is_found_to_be_gone() -> None:
    event = given(*necessary()).when(NO_NEED).then_the(CoordinationNoLongerNecessary)
    assert (event.measures_taken, event.finding) == (0, NO_NEED.finding)
    assert duties(given(*necessary(), NO_NEED)) == []
    given(*asked()).when(NO_NEED).then_refused(PARA_5)
    given(*necessary(), MEASURE).when(but(NO_NEED, on=date(2025, 10, 2))).then_refused(PARA_5)


# --- 指定を失ったとき -------------------------------------------------------------------------


def test_the_loss_of_the_status_answers_no_request() -> None:
    case = given(*asked(), *LOST)
    assert duties(case) == [("調整（第1号）の要否を判断する", ASK.on)]
    assert DESIGNATION.is_open(case.state)
    late = {"on": AFTER_REVOCATION, "notified": AFTER_REVOCATION}
    case.when(but(FIND, **late)).then_refused(PARA_5)
    case.when(but(DECLINE, **late)).then(CoordinationDeclined)
    case.when(but(TAKE_BACK, on=AFTER_REVOCATION)).then(CoordinationWithdrawn)


def test_the_loss_of_the_status_ends_no_duty_that_was_found() -> None:
    case = given(*necessary(), *LOST)
    assert duties(case) == [("調整（第1号）のため必要な措置を講ずる", FIND.on)]
    case.when(but(MEASURE, on=AFTER_REVOCATION)).then(CoordinationMeasureTaken)
    gone = but(
        NO_NEED, on=AFTER_REVOCATION, notified=AFTER_REVOCATION, finding=finding("指定の取消し。")
    )
    case.when(gone).then(CoordinationNoLongerNecessary)
    assert DESIGNATION.is_open(given(*uncontested(*necessary(), *LOST)).state)
    assert not DESIGNATION.is_open(given(*uncontested(*necessary(), *LOST, gone)).state)
