"""法第260条の49第10項: 「…特定地域共同活動の状況その他必要な事項に関し、報告を求めることができる。」"""

from datetime import date

import pytest

from domain.designation import DESIGNATION
from domain.designation.explanation import ImprovementOrderProposed
from domain.designation.reporting import (
    CloseReportRequest,
    NoteReportOverdue,
    ReportOverdue,
    ReportReceived,
    ReportRequestClosed,
    ReportRequested,
    SubmitReport,
)
from domain.law import ART_260_49
from domain.people import CALENDAR
from tests.law.cast import (
    BODY,
    OFFICER,
    OTHER_BODY,
    PROPOSE_ORDER,
    REQUEST_REPORT,
    Story,
    applied,
    but,
    decision_pending,
    designated,
    finding,
    revoked,
)
from tests.law.specification import given

PARA_10 = ART_260_49.para(10)
ASKED = [*designated(), REQUEST_REPORT]
REPORT = SubmitReport(on=date(2026, 5, 1), by=BODY, report=1, content="計画どおり行いました。")
OVERDUE = NoteReportOverdue(on=date(2026, 5, 12), by=CALENDAR, report=1)
END = CloseReportRequest(on=date(2026, 6, 1), by=OFFICER, report=1, finding=finding())


def test_t11_the_mayor_asks_for_a_report_by_the_ordinances_day() -> None:
    event = given(*designated()).when(REQUEST_REPORT).then_the(ReportRequested)
    assert (event.report, event.need) == (1, REQUEST_REPORT.need)
    assert event.due.roll is not None
    assert event.due.day == date(2026, 5, 11), "30 days end on a Sunday"


def test_t11_e10_no_explanation_comes_before_a_request() -> None:
    state = given(*designated()).state
    assert "報告を求める" in DESIGNATION.view(state).possible


@pytest.mark.parametrize("story", [applied(), decision_pending(), revoked()])
def test_t11_only_a_designated_body_is_asked(story: Story) -> None:
    given(*story).when(but(REQUEST_REPORT, on=date(2026, 12, 1))).then_refused(PARA_10)


def test_t11_the_mayor_may_name_a_day_after_the_request() -> None:
    named = but(REQUEST_REPORT, by_day=date(2026, 4, 11))
    assert given(*designated()).when(named).then_the(ReportRequested).due.day == named.by_day
    given(*designated()).when(but(named, by_day=named.on)).then_refused(PARA_10)


def test_t12_the_report_is_recorded_in_time_or_late() -> None:
    assert given(*ASKED).when(REPORT).then_the(ReportReceived).in_time
    late = but(REPORT, on=date(2026, 5, 12))
    assert not given(*ASKED).when(late).then_the(ReportReceived).in_time


def test_t12_a_report_still_counts_after_its_day_was_noted_as_passed() -> None:
    late = but(REPORT, on=date(2026, 5, 20))
    given(*ASKED, OVERDUE).when(late).then(ReportReceived)
    given(*ASKED, OVERDUE, late).when(late).then_refused(PARA_10)


def test_t12_a_request_may_be_closed_without_a_report() -> None:
    given(*ASKED).when(END).then(ReportRequestClosed)
    given(*ASKED, END).when(but(REPORT, on=date(2026, 6, 2))).then_refused(PARA_10)
    given(*ASKED).when(but(END, on=date(2026, 4, 9))).then_refused(PARA_10)


def test_t12_another_bodys_report_or_one_nobody_asked_for_is_not_taken() -> None:
    given(*ASKED).when(but(REPORT, by=OTHER_BODY)).then_refused(PARA_10)
    given(*ASKED).when(but(REPORT, report=2)).then_refused(PARA_10)
    given(*ASKED).when(but(REPORT, on=date(2026, 4, 9))).then_refused(PARA_10)


def test_e10_an_overdue_report_is_noted_once_and_nothing_follows_by_itself() -> None:
    given(*ASKED).when(but(OVERDUE, on=date(2026, 5, 11))).then_nothing()
    given(*ASKED).when(OVERDUE).then(ReportOverdue)
    late = given(*ASKED, OVERDUE)
    late.when(OVERDUE).then_nothing()
    assert DESIGNATION.view(late.state) == DESIGNATION.view(given(*ASKED).state)


def test_e10_silence_is_a_matter_for_an_order_and_no_ground_of_revocation() -> None:
    propose = but(PROPOSE_ORDER, facts="報告がない。")
    given(*ASKED, OVERDUE).when(propose).then(ImprovementOrderProposed)


def test_requests_about_different_matters_run_side_by_side() -> None:
    other = but(REQUEST_REPORT, matters="令和8年度の計画", on=date(2026, 4, 20))
    both = given(*ASKED, other)
    assert [due.key for due in both.awaited("report")] == ["report-1", "report-2"]
    after = given(*ASKED, other, OVERDUE, but(REPORT, report=2))
    assert [due.key for due in after.awaited("report")] == ["report-1"]


def test_the_same_request_on_the_same_day_is_one_request() -> None:
    given(*ASKED).when(REQUEST_REPORT).then_nothing()
