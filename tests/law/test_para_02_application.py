"""法第260条の49第2項: 「…その申請により、…指定することができる。」 申請の到達と取下げ."""

from datetime import date, timedelta

import pytest

from domain.designation import DESIGNATION
from domain.designation.intake import (
    FIRST_DAY,
    ApplicationArrived,
    ApplicationWithdrawn,
    FileApplication,
    WithdrawApplication,
)
from domain.law import ART_260_49
from domain.people import Actor
from tests.law.cast import (
    BODY,
    DESIGNATE,
    FILE,
    MAYOR,
    OFFICER,
    OTHER_BODY,
    Story,
    applied,
    but,
    correcting,
    decision_pending,
    designated,
    under_review,
)
from tests.law.example import RULES
from tests.law.specification import given

PARA_2 = ART_260_49.para(2)
WITHDRAW = WithdrawApplication(on=date(2025, 6, 17), by=BODY)


def test_t02_e09_arrival_at_the_office_starts_the_clock_whatever_the_paper_lacks() -> None:
    bare = FileApplication(on=FILE.on, by=BODY, body_name=FILE.body_name, received_at="窓口")
    event = given().when(bare).then_the(ApplicationArrived)
    assert event.on == FILE.on
    (due,) = DESIGNATION.dues(given(event).state, RULES)
    assert due.deadline.origin == FILE.on


def test_e09_no_command_returns_an_application_or_declines_to_receive_it() -> None:
    possible = DESIGNATION.view(given(*applied()).state).possible
    assert set(possible) == {
        "形式審査を終える",
        "補正を求める",
        "形式上の不備により拒否する",
        "申請を取り下げる",
    }


def test_q01_only_the_body_itself_applies() -> None:
    given().when(but(FILE, by=OFFICER)).then_refused(PARA_2)


def test_e02_nobody_is_designated_ex_officio() -> None:
    given().when(DESIGNATE).then_refused(PARA_2)
    assert DESIGNATION.view(given().state).possible == ("申請する",)


def test_e22_before_26_september_2024_nobody_can_apply() -> None:
    early = but(FILE, on=FIRST_DAY - timedelta(1))
    given().when(early).then_refused(PARA_2)


def test_e22_without_an_ordinance_in_force_there_is_nothing_to_be_designated_for() -> None:
    given().when(but(FILE, on=date(2025, 3, 31))).then_refused(ART_260_49.para(2, 1))
    given().when(but(FILE, on=date(2025, 4, 1))).then(ApplicationArrived)


def test_e24_each_event_names_the_rules_it_was_judged_under() -> None:
    event = given().when(FILE).then_the(ApplicationArrived)
    assert event.ordinance == RULES.version


def test_one_case_carries_one_application() -> None:
    given(*applied()).when(but(FILE, on=date(2025, 6, 3))).then_refused(PARA_2)


@pytest.mark.parametrize("story", [applied(), correcting(), under_review(), decision_pending()])
def test_t07_the_body_may_withdraw_until_the_decision(story: Story) -> None:
    event = given(*story).when(WITHDRAW)
    event.then(ApplicationWithdrawn)
    after = given(*story, WITHDRAW)
    assert not DESIGNATION.is_open(after.state)
    after.when(WITHDRAW).then_refused(PARA_2)


def test_t07_after_the_decision_nothing_is_left_to_withdraw() -> None:
    given(*designated()).when(but(WITHDRAW, on=date(2025, 7, 1))).then_refused(PARA_2)


@pytest.mark.parametrize("by", [OTHER_BODY, OFFICER, MAYOR])
def test_t07_nobody_but_the_applicant_withdraws(by: Actor) -> None:
    given(*applied()).when(but(WITHDRAW, by=by)).then_refused(PARA_2)


def test_a_withdrawal_is_not_dated_before_the_arrival() -> None:
    given(*applied()).when(but(WITHDRAW, on=date(2025, 6, 1))).then_refused(PARA_2)


def test_a_day_beyond_the_calendar_is_a_slip_of_the_pen() -> None:
    far = but(DESIGNATE, arrives=date(9999, 12, 31))
    given(*decision_pending()).when(far).then_refused(PARA_2)


def test_e23_a_designation_without_a_term_stays_open_and_only_duties_fall_due() -> None:
    case = given(*designated())
    assert DESIGNATION.is_open(case.state)
    assert [due.key for due in case.awaited()] == ["publication-2025"]
