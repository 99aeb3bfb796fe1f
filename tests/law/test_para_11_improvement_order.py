"""法第260条の49第11項: 「…期限を定めて、…改善のために必要な措置を講ずべきことを命ずることができる。」"""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.designation import DESIGNATION
from domain.designation.improvement import (
    ConfirmFulfilment,
    ExtendOrderDeadline,
    ImprovementOrdered,
    ImprovementOrderFulfilled,
    NoteOrderDeadlinePassed,
    OrderDeadlineExtended,
    OrderDeadlinePassed,
    OrderImprovement,
    OrderViolationFound,
)
from domain.law import ART_260_49
from domain.people import CALENDAR
from tests.law.cast import (
    DRAFTER,
    EXPLAIN,
    FIND_VIOLATED,
    INVITE,
    MAYOR,
    OFFICER,
    ORDER,
    PROPOSE_ORDER,
    PROPOSE_REVOCATION,
    but,
    designated,
    explaining,
    finding,
    under_order,
    violated,
)
from tests.law.specification import given

PARA_11 = ART_260_49.para(11)
LAST_DAY = date(2026, 8, 31)
PASSED = NoteOrderDeadlinePassed(on=date(2026, 9, 1), by=CALENDAR, improvement=1)
EXTEND = ExtendOrderDeadline(
    on=date(2026, 8, 24),
    by=MAYOR,
    drafted_by=DRAFTER,
    improvement=1,
    comply_by=date(2026, 9, 30),
    reasons="会場の都合による申出に相当の理由がある。",
)
FULFIL = ConfirmFulfilment(on=date(2026, 8, 20), by=OFFICER, improvement=1, finding=finding())


def test_t14_q12_q13_q14_the_mayor_orders_by_a_deadline_with_reasons_and_remedies() -> None:
    event = given(*explaining(), EXPLAIN).when(ORDER).then_the(ImprovementOrdered)
    assert event.due.day == LAST_DAY
    assert event.within_need == ORDER.within_need
    assert event.reasons == ORDER.reasons
    assert "審査請求" in event.remedy_notice.appeal


def test_t14_after_silence_the_order_may_follow_on_the_day_after_the_last() -> None:
    next_day = but(ORDER, on=date(2026, 6, 11))
    given(*explaining()).when(next_day).then(ImprovementOrdered)


def test_t14_in_an_emergency_the_order_comes_without_explanation_and_says_why() -> None:
    urgent = but(ORDER, urgency=finding("児童の安全に関わり、猶予がない。"))
    event = given(*designated(), PROPOSE_ORDER).when(urgent).then_the(ImprovementOrdered)
    assert event.urgency == urgent.urgency
    given(*explaining()).when(but(urgent, on=date(2026, 5, 28))).then(ImprovementOrdered)


@pytest.mark.parametrize("day", [ORDER.on, date(2026, 6, 11)])
def test_e06_q14_an_order_without_a_future_deadline_is_refused(day: date) -> None:
    given(*explaining(), EXPLAIN).when(but(ORDER, comply_by=day)).then_refused(PARA_11)


@pytest.mark.parametrize("lacking", ["comply_by", "within_need", "reasons"])
def test_e06_q12_q14_an_order_that_lacks_an_element_cannot_be_written(lacking: str) -> None:
    said = {name: value for name, value in dict(ORDER).items() if name != lacking}
    with pytest.raises(ValidationError, match=lacking):
        OrderImprovement.model_validate(said)


def test_t16_measures_that_were_verified_end_the_order() -> None:
    given(*under_order()).when(FULFIL).then(ImprovementOrderFulfilled)
    assert DESIGNATION.view(given(*under_order(), FULFIL).state).stage == "指定中"
    given(*under_order(), FULFIL).when(FIND_VIOLATED).then_refused(PARA_11)


def test_t16_fulfilment_is_not_dated_before_the_order() -> None:
    given(*under_order()).when(but(FULFIL, on=date(2026, 6, 11))).then_refused(PARA_11)


def test_t17_e06_the_passing_of_the_deadline_is_noted_and_is_no_violation() -> None:
    given(*under_order()).when(PASSED).then(OrderDeadlinePassed)
    passed = given(*under_order(), PASSED)
    passed.when(PASSED).then_nothing()
    passed.when(PROPOSE_REVOCATION).then_refused(ART_260_49.para(12))
    duties = [duty.title for duty in DESIGNATION.view(passed.state).obligations]
    assert "改善命令（第1号）の履行又は違反を確かめる" in duties


def test_t17_the_deadline_is_not_noted_before_it_has_passed() -> None:
    given(*under_order()).when(but(PASSED, on=LAST_DAY)).then_nothing()


def test_t17_a_violation_is_found_by_the_mayor_after_the_deadline() -> None:
    event = given(*under_order()).when(FIND_VIOLATED).then_the(OrderViolationFound)
    assert event.finding == FIND_VIOLATED.finding
    given(*under_order()).when(but(FIND_VIOLATED, on=LAST_DAY)).then_refused(PARA_11)
    given(*under_order()).when(but(FIND_VIOLATED, by=OFFICER)).then_refused(PARA_11)
    given(*under_order()).when(but(FIND_VIOLATED, by=CALENDAR)).then_refused(PARA_11)


def test_t18_a_deadline_is_extended_with_reasons_and_remedies() -> None:
    event = given(*under_order()).when(EXTEND).then_the(OrderDeadlineExtended)
    assert (event.due.day, event.reasons) == (EXTEND.comply_by, EXTEND.reasons)
    assert "取消しの訴え" in event.remedy_notice.lawsuit
    extended = given(*under_order(), EXTEND)
    extended.when(FIND_VIOLATED).then_refused(PARA_11)
    extended.when(PASSED).then_nothing()
    assert [due.key for due in extended.awaited("order")] == ["order-1-1"]


@pytest.mark.parametrize("day", [LAST_DAY, date(2026, 8, 30), date(2026, 8, 1)])
def test_t18_an_extension_to_no_later_day_is_refused(day: date) -> None:
    given(*under_order()).when(but(EXTEND, comply_by=day)).then_refused(PARA_11)


def test_t18_a_deadline_that_has_passed_may_be_extended_to_a_day_still_to_come() -> None:
    late = but(EXTEND, on=date(2026, 9, 3))
    given(*under_order(), PASSED).when(late).then(OrderDeadlineExtended)
    past = but(late, on=date(2026, 10, 1))
    given(*under_order(), PASSED).when(past).then_refused(PARA_11)


def test_t18_an_extension_is_not_dated_before_the_one_it_extends() -> None:
    again = but(EXTEND, on=date(2026, 8, 20), comply_by=date(2026, 10, 31))
    given(*under_order(), EXTEND).when(again).then_refused(PARA_11)


def test_an_order_found_violated_still_stands_and_may_be_fulfilled_late() -> None:
    late = but(FULFIL, on=date(2026, 9, 20))
    given(*violated()).when(late).then(ImprovementOrderFulfilled)
    assert DESIGNATION.view(given(*violated(), late).state).stage == "指定中"


def test_a_violated_order_given_a_new_deadline_is_in_force_again() -> None:
    again = but(EXTEND, on=date(2026, 9, 10))
    renewed = given(*violated(), again)
    assert "改善命令中" in DESIGNATION.view(renewed.state).stage
    renewed.when(PROPOSE_REVOCATION).then_refused(ART_260_49.para(12))
    given(*violated()).when(but(again, on=date(2026, 9, 6))).then_refused(PARA_11)


def test_an_order_is_made_once_for_each_procedure() -> None:
    given(*under_order()).when(ORDER).then_refused(PARA_11)


def test_a_second_procedure_may_lead_to_an_order_of_its_own_beside_the_first() -> None:
    propose = but(PROPOSE_ORDER, on=date(2026, 7, 1), facts="会計が公開されていない。")
    invite = but(INVITE, on=date(2026, 7, 2), arrives=date(2026, 7, 3), improvement=2)
    explain = but(EXPLAIN, on=date(2026, 7, 10), improvement=2)
    order = but(ORDER, on=date(2026, 7, 13), improvement=2)
    both = given(*under_order(), propose, invite, explain, order)
    assert [due.key for due in both.awaited("order")] == ["order-1-0", "order-2-0"]


def test_an_order_nobody_made_is_not_extended_fulfilled_or_violated() -> None:
    for command in (EXTEND, FULFIL, FIND_VIOLATED, ORDER):
        given(*designated()).when(command).then_refused(PARA_11)
    given(*designated()).when(PASSED).then_nothing()
