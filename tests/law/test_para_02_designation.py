"""法第260条の49第2項: 「…必要があると認めるときは、…指定することができる。」 指定と拒否."""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.designation import DESIGNATION
from domain.designation.examination import (
    Designate,
    DesignationGranted,
    DesignationRefused,
)
from domain.law import APA_5, ART_260_49
from domain.ordinance import Published
from tests.law.cast import (
    DESIGNATE,
    OFFICER,
    REFUSE,
    REQUEST_REPORT,
    but,
    decision_pending,
    designated,
)
from tests.law.example import RULES, rules_with
from tests.law.specification import given

PARA_2 = ART_260_49.para(2)


def test_t09_q09_the_mayor_designates_having_found_it_necessary() -> None:
    event = given(*decision_pending()).when(DESIGNATE).then_the(DesignationGranted)
    assert event.necessity == DESIGNATE.necessity
    assert (event.by, event.drafted_by) == (DESIGNATE.by, DESIGNATE.drafted_by)


def test_t09_q09_no_designation_can_be_written_without_the_finding() -> None:
    without = {name: value for name, value in dict(DESIGNATE).items() if name != "necessity"}
    with pytest.raises(ValidationError, match="necessity"):
        Designate.model_validate(without)


def test_e01_all_requirements_met_is_not_yet_a_designation() -> None:
    pending = given(*decision_pending())
    assert DESIGNATION.view(pending.state).stage == "決定待ち"
    assert "指定する" in DESIGNATION.view(pending.state).possible


def test_t09_a_body_that_lacks_a_requirement_is_not_designated() -> None:
    given(*decision_pending(["Q05"])).when(DESIGNATE).then_refused(PARA_2)


def test_t10_e01_a_body_that_meets_everything_may_be_refused_under_a_criterion() -> None:
    event = given(*decision_pending()).when(REFUSE).then_the(DesignationRefused)
    assert (event.ground, event.unmet, event.criterion) == ("必要性", (), REFUSE.criterion)


def test_t10_a_lacking_requirement_is_named_in_the_refusal() -> None:
    refuse = but(REFUSE, ground="要件")
    event = given(*decision_pending(["Q05"])).when(refuse).then_the(DesignationRefused)
    assert event.unmet == ("Q05",)


def test_t10_no_requirement_is_lacking_where_all_are_met() -> None:
    given(*decision_pending()).when(but(REFUSE, ground="要件")).then_refused(PARA_2)


def test_q11_nothing_is_decided_under_criteria_that_were_not_made_public() -> None:
    secret = rules_with(published=Published())
    pending = given(*decision_pending(), rules=secret)
    pending.when(DESIGNATE).then_refused(APA_5.para(3))
    pending.when(REFUSE).then_refused(APA_5.para(3))


def test_q11_criteria_published_after_the_decision_came_too_late() -> None:
    late = rules_with(published=Published(review_criteria=date(2025, 6, 19)))
    given(*decision_pending(), rules=late).when(DESIGNATE).then_refused(APA_5.para(3))


def test_a_decision_is_not_dated_before_the_review_it_rests_on() -> None:
    given(*decision_pending()).when(but(DESIGNATE, on=date(2025, 6, 13))).then_refused(PARA_2)


def test_the_notice_does_not_arrive_before_the_designation() -> None:
    early = but(DESIGNATE, arrives=date(2025, 6, 17))
    given(*decision_pending()).when(early).then_refused(PARA_2)


def test_e23_the_designation_takes_effect_when_its_notice_arrives() -> None:
    event = given(*decision_pending()).when(DESIGNATE).then_the(DesignationGranted)
    assert event.effective == DESIGNATE.arrives


def test_e23_or_on_the_day_it_bears_where_the_ordinance_says_so() -> None:
    rules = rules_with(effect_of_designation="指定書の日")
    pending = given(*decision_pending(), rules=rules)
    assert pending.when(DESIGNATE).then_the(DesignationGranted).effective == DESIGNATE.on


def test_before_it_takes_effect_nothing_is_asked_of_the_body() -> None:
    early = but(REQUEST_REPORT, on=date(2025, 6, 19))
    given(*designated()).when(early).then_refused(ART_260_49.para(10))


def test_e01_neither_officer_nor_calendar_designates() -> None:
    given(*decision_pending()).when(but(DESIGNATE, by=OFFICER)).then_refused(PARA_2)


def test_t09_the_duties_to_support_and_to_publish_begin_with_the_designation() -> None:
    obligations = DESIGNATION.view(given(*designated()).state).obligations
    assert [duty.basis for duty in obligations] == [ART_260_49.para(3), ART_260_49.para(4)]
    assert {duty.since for duty in obligations} == {DESIGNATE.arrives}


def test_t10_after_a_refusal_nothing_is_left_but_its_remedies() -> None:
    state = given(*decision_pending(), REFUSE).state
    assert {due.deadline.key for due in DESIGNATION.dues(state, RULES)} == {"appeal-1", "suit-1"}
    given(*decision_pending(), REFUSE).when(DESIGNATE).then_refused(PARA_2)
