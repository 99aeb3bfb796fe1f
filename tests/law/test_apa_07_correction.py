"""行手法第7条: 「行政庁は、申請がその事務所に到達したときは遅滞なく当該申請の審査を開始しなければならず、

かつ、…申請の形式上の要件に適合しない申請については、速やかに、…相当の期間を定めて当該申請の補正を
求め、又は当該申請により求められた許認可等を拒否しなければならない。」
"""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.designation import DESIGNATION
from domain.designation.correction import (
    Amendment,
    CorrectionLapsed,
    CorrectionRequested,
    CorrectionSubmitted,
    NoteCorrectionLapsed,
)
from domain.designation.intake import (
    ApplicationRefused,
    FileApplication,
    FormalCheckPassed,
    RefuseFormally,
)
from domain.law import APA_7
from domain.people import CALENDAR
from domain.text import Personal
from tests.law.cast import (
    BODY,
    COMPUTE,
    CORRECT,
    DEFECT,
    DRAFTER,
    FILE,
    MAYOR,
    OTHER_BODY,
    PASS,
    REQUEST_CORRECTION,
    applied,
    but,
    correcting,
    decision_pending,
    examined,
    under_review,
)
from tests.law.example import RULES
from tests.law.specification import given

LAST_DAY = date(2025, 6, 17)
LAPSE = NoteCorrectionLapsed(on=date(2025, 6, 18), by=CALENDAR)
REFUSE = RefuseFormally(
    on=date(2025, 6, 18), by=MAYOR, drafted_by=DRAFTER, defects=(DEFECT,), reasons="補正がない。"
)


def test_t03_the_formal_check_opens_the_examination() -> None:
    given(*applied()).when(COMPUTE).then_refused(COMPUTE.cites)
    given(*applied()).when(PASS).then(FormalCheckPassed)
    assert DESIGNATION.view(given(*under_review()).state).stage == "要件審査中"


def test_t03_a_formal_check_names_what_was_checked() -> None:
    with pytest.raises(ValidationError):
        but(PASS, checked=())


def test_t03_the_formal_check_is_not_dated_before_the_arrival() -> None:
    given(*applied()).when(but(PASS, on=date(2025, 6, 1))).then_refused(APA_7)


def test_t04_a_correction_is_asked_for_by_a_day_with_the_defects_named() -> None:
    event = given(*applied()).when(REQUEST_CORRECTION).then_the(CorrectionRequested)
    assert event.defects == (DEFECT,)
    assert event.due.day == LAST_DAY
    assert any("規則第3条" in line for line in event.due.explain())


def test_t04_a_defect_found_during_the_examination_may_still_be_corrected() -> None:
    ask = but(REQUEST_CORRECTION, on=date(2025, 6, 11))
    given(*examined()).when(ask).then(CorrectionRequested)


def test_t04_a_correction_of_an_examined_paper_is_not_asked_for_before_the_check() -> None:
    given(*under_review()).when(REQUEST_CORRECTION).then_refused(APA_7)


def test_t04_after_the_review_the_examination_is_taken_up_again_first() -> None:
    ask = but(REQUEST_CORRECTION, on=date(2025, 6, 17))
    given(*decision_pending()).when(ask).then_refused(APA_7)


def test_t04_the_day_may_be_later_than_the_period_but_not_earlier() -> None:
    later = but(REQUEST_CORRECTION, by_day=date(2025, 6, 30))
    assert given(*applied()).when(later).then_the(CorrectionRequested).due.day == later.by_day
    short = but(REQUEST_CORRECTION, by_day=date(2025, 6, 16))
    given(*applied()).when(short).then_refused(APA_7)


def test_t04_a_request_without_a_defect_cannot_be_written() -> None:
    with pytest.raises(ValidationError):
        but(REQUEST_CORRECTION, defects=())


def test_t05_a_correction_in_time_takes_the_paper_back_to_the_formal_check() -> None:
    event = given(*correcting()).when(CORRECT).then_the(CorrectionSubmitted)
    assert event.in_time
    assert DESIGNATION.view(given(*correcting(), CORRECT).state).stage == "形式審査中"


@pytest.mark.parametrize(("day", "in_time"), [(LAST_DAY, True), (date(2025, 6, 18), False)])
def test_t05_a_late_correction_is_recorded_as_late(day: date, *, in_time: bool) -> None:
    event = given(*correcting()).when(but(CORRECT, on=day)).then_the(CorrectionSubmitted)
    assert event.in_time == in_time


def test_t05_a_correction_may_come_after_the_lapse_until_it_is_decided() -> None:
    late = but(CORRECT, on=date(2025, 6, 20))
    event = given(*correcting(), LAPSE).when(late).then_the(CorrectionSubmitted)
    assert not event.in_time
    given(*correcting(), LAPSE, REFUSE).when(late).then_refused(APA_7)


def test_t05_only_the_body_corrects_and_only_when_asked() -> None:
    given(*correcting()).when(but(CORRECT, by=OTHER_BODY)).then_refused(APA_7)
    given(*applied()).when(CORRECT).then_refused(APA_7)


def test_t05_a_correction_is_not_dated_before_the_request() -> None:
    given(*correcting()).when(but(CORRECT, on=date(2025, 6, 2))).then_refused(APA_7)


def test_q10_what_was_left_out_can_be_supplied_by_a_correction() -> None:
    bare = FileApplication(on=FILE.on, by=BODY, body_name=FILE.body_name, received_at="窓口")
    amendment = Amendment(
        representative=Personal(of="P-0001", text="例示 七葉"),
        office_address="例示市（架空の学区）一丁目1番1号",
        composition=FILE.composition,
        area=FILE.area,
        activities=FILE.activities,
        governing_rules=FILE.governing_rules,
        attachments=FILE.attachments,
    )
    corrected = but(CORRECT, amendment=amendment)
    checked = but(PASS, on=date(2025, 6, 11))
    mended = given(bare, REQUEST_CORRECTION, corrected, checked)
    computed = mended.when(but(COMPUTE, on=date(2025, 6, 12))).events
    assert all(getattr(event, "met", False) for event in computed)


def test_t06_the_lapse_is_noted_and_decides_nothing() -> None:
    given(*correcting()).when(LAPSE).then(CorrectionLapsed)
    given(*correcting()).when(but(LAPSE, on=LAST_DAY)).then_nothing()
    lapsed = given(*correcting(), LAPSE)
    lapsed.when(LAPSE).then_nothing()
    assert DESIGNATION.is_open(lapsed.state)
    assert any(duty.basis == APA_7 for duty in DESIGNATION.view(lapsed.state).obligations)


def test_t06_e08_a_lapsed_correction_ends_in_a_formal_refusal_with_reasons() -> None:
    event = given(*correcting(), LAPSE).when(REFUSE).then_the(ApplicationRefused)
    assert event.reasons == "補正がない。"
    assert "審査請求" in event.remedy_notice.appeal
    after = given(*correcting(), REFUSE)
    assert DESIGNATION.view(after.state).stage == event.title


def test_t06_until_the_last_day_of_the_correction_nothing_is_refused_for_its_want() -> None:
    given(*correcting()).when(but(REFUSE, on=LAST_DAY)).then_refused(APA_7)


def test_a_defective_paper_may_also_be_refused_at_once() -> None:
    given(*applied()).when(but(REFUSE, on=date(2025, 6, 3))).then(ApplicationRefused)


def test_a_body_may_be_asked_again_and_each_request_has_a_deadline_of_its_own() -> None:
    again = but(REQUEST_CORRECTION, on=date(2025, 6, 11))
    state = given(*correcting(), CORRECT, again).state
    assert [one.deadline.key for one in DESIGNATION.dues(state, RULES) if one.deadline.day] == [
        "correction-2"
    ]
