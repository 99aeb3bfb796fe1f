"""法第260条の49第3項: 「市町村は、指定地域共同活動団体に対し、…必要な支援を行うものとする。」"""

from datetime import date

import pytest

from domain.designation import DESIGNATION
from domain.designation.cooperation.giving import (
    SupportGiven,
    SupportPlanChanged,
    SupportPlanned,
)
from domain.designation.cooperation.measures import Form
from domain.designation.cooperation.settlement import (
    ReturnForgone,
    SubsidyReturned,
    SupportClosed,
)
from domain.law import ART_232_2, ART_235_5, ART_260_49
from tests.law.cast import (
    BODY,
    CHIEF,
    DRAFTER,
    MAYOR,
    OFFICER,
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
    FORGO,
    GIVE,
    GIVE_MORE,
    GO_BACK,
    PLAN_GRANT,
    PLAN_STAFF,
    PUBLISH,
    RAISE,
    SETTLE,
    given_in_full,
    settled,
    supported,
)
from tests.law.specification import Given, given

PARA_3 = ART_260_49.para(3)
AFTER_REVOCATION = date(2026, 12, 1)
LOST = revoked()[len(designated()) :]
"""What leads from a designation to its revocation on 20 October 2026."""


def open_duties(case: Given) -> list[tuple[str, date]]:
    """What is open under ③."""
    found = DESIGNATION.view(case.state).obligations
    return [(one.title, one.since) for one in found if one.basis == PARA_3]


# --- 計画 -------------------------------------------------------------------------------------


def test_t09_a_designation_opens_the_duty_to_support_until_something_is_planned() -> None:
    assert open_duties(given(*designated())) == [("必要な支援を行う", date(2025, 6, 20))]
    (duty,) = open_duties(given(*supported()))
    assert duty == ("支援（第1号・補助金）を行い、終える", PLAN_GRANT.on)
    closed = given(*settled())
    assert ("必要な支援を行う", SETTLE.on) in open_duties(closed), "it comes back"


def test_a_grant_is_planned_with_its_most_and_the_finding_of_public_interest() -> None:
    event = given(*designated()).when(PLAN_GRANT).then_the(SupportPlanned)
    assert (event.support, event.limit) == (1, 1_200_000)
    assert event.public_interest == PLAN_GRANT.public_interest
    assert (event.budget, event.document) == (PLAN_GRANT.budget, "例協第21号")
    assert event.drafted_by == DRAFTER


def test_a_grant_without_public_interest_or_without_an_amount_is_refused() -> None:
    unfounded = but(PLAN_GRANT, public_interest=None)
    given(*designated()).when(unfounded).then_refused(ART_232_2)
    given(*designated()).when(but(PLAN_GRANT, limit=None)).then_refused(PARA_3)
    given(*designated()).when(but(PLAN_GRANT, limit=0)).then_refused(PARA_3)


@pytest.mark.parametrize("form", ["情報の提供", "助言", "職員の派遣", "その他"])
def test_information_advice_and_staff_need_neither(form: Form) -> None:
    plan = but(PLAN_STAFF, form=form)
    event = given(*designated()).when(plan).then_the(SupportPlanned)
    assert (event.form, event.limit, event.public_interest) == (form, None, None)


@pytest.mark.parametrize("story", [[], applied(), decision_pending(), revoked()])
def test_only_a_designated_body_is_supported(story: Story) -> None:
    plan = but(PLAN_GRANT, on=AFTER_REVOCATION)
    given(*story).when(plan).then_refused(PARA_3)


def test_nothing_is_limit_before_the_designation_has_effect() -> None:
    given(*designated()).when(but(PLAN_GRANT, on=date(2025, 6, 19))).then_refused(PARA_3)
    given(*designated()).when(but(PLAN_GRANT, on=date(2025, 6, 20))).then(SupportPlanned)


def test_support_is_for_the_activities_of_the_ordinance() -> None:
    elsewhere = but(PLAN_GRANT, activities=("living", "unknown"))
    given(*designated()).when(elsewhere).then_refused(PARA_3)


def test_the_mayor_decides_on_support_and_not_upon_his_own_draft() -> None:
    given(*designated()).when(but(PLAN_GRANT, by=OFFICER)).then_refused(PARA_3)
    own = but(PLAN_GRANT, drafted_by=but(DRAFTER, person=MAYOR.person))
    given(*designated()).when(own).then_refused(PARA_3)


def test_support_planned_until_a_day_says_so_and_the_day_is_not_past() -> None:
    (duty,) = open_duties(given(*designated(), PLAN_STAFF))
    assert duty[0] == "支援（第1号・職員の派遣・2026-03-31まで）を行い、終える"
    given(*designated()).when(but(PLAN_STAFF, until=date(2025, 7, 31))).then_refused(PARA_3)


def test_measures_run_side_by_side_and_the_same_plan_is_one_measure() -> None:
    both = given(*supported(), PLAN_STAFF)
    assert [title for title, _ in open_duties(both)] == [
        "支援（第1号・補助金）を行い、終える",
        "支援（第2号・職員の派遣・2026-03-31まで）を行い、終える",
    ]
    both.when(PLAN_GRANT).then_nothing()
    given(*supported(), RAISE).when(PLAN_GRANT).then_nothing()


# --- 変更 -------------------------------------------------------------------------------------


def test_a_plan_is_changed_with_reasons_and_tells_what_it_was() -> None:
    event = given(*supported()).when(RAISE).then_the(SupportPlanChanged)
    assert (event.limit_before, event.limit) == (1_200_000, 1_500_000)
    assert event.content == PLAN_GRANT.content, "what is not named stays"
    given(*supported(), RAISE).when(RAISE).then_nothing()


def test_more_of_a_grant_needs_another_finding_and_less_does_not() -> None:
    given(*supported()).when(but(RAISE, public_interest=None)).then_refused(ART_232_2)
    less = but(RAISE, limit=900_000, public_interest=None)
    given(*supported(), GIVE).when(less).then(SupportPlanChanged)


def test_a_plan_never_falls_below_what_was_given() -> None:
    given(*supported(), GIVE).when(but(RAISE, limit=799_999)).then_refused(PARA_3)
    given(*supported(), GIVE).when(but(RAISE, limit=800_000)).then(SupportPlanChanged)


def test_an_end_is_put_off_by_a_change() -> None:
    later = but(RAISE, limit=None, until=date(2026, 9, 30), public_interest=None)
    event = given(*designated(), PLAN_STAFF).when(later).then_the(SupportPlanChanged)
    assert event.until == date(2026, 9, 30)
    past = but(later, until=date(2025, 8, 31))
    given(*designated(), PLAN_STAFF).when(past).then_refused(PARA_3)


# --- 実施 -------------------------------------------------------------------------------------


def test_what_is_given_is_recorded_with_amount_day_year_and_evidence() -> None:
    event = given(*supported()).when(GIVE).then_the(SupportGiven)
    assert (event.amount, event.total, event.fiscal_year) == (800_000, 800_000, 2025)
    assert event.evidence == GIVE.evidence
    assert given(*supported(), GIVE).when(GIVE_MORE).then_the(SupportGiven).total == 1_200_000


def test_no_more_is_given_than_was_found_to_be_in_the_public_interest() -> None:
    beyond = but(GIVE_MORE, amount=400_001)
    given(*supported(), GIVE).when(beyond).then_refused(ART_232_2)
    given(*supported(), GIVE, RAISE).when(beyond).then(SupportGiven)


def test_a_grant_is_given_in_yen_and_advice_need_not_cost_anything() -> None:
    given(*supported()).when(but(GIVE, amount=0)).then_refused(PARA_3)
    advice = [*designated(), but(PLAN_STAFF, form="助言", until=None)]
    event = given(*advice).when(but(GIVE, amount=0)).then_the(SupportGiven)
    assert (event.form, event.amount) == ("助言", 0)


def test_the_same_payment_is_recorded_once_and_another_paper_is_another_payment() -> None:
    given(*supported(), GIVE).when(GIVE).then_nothing()
    other = but(GIVE, document="支出命令第402号", amount=400_000)
    given(*supported(), GIVE).when(other).then(SupportGiven)


def test_nothing_is_given_before_the_plan_or_without_one() -> None:
    given(*supported()).when(but(GIVE, on=date(2025, 7, 9))).then_refused(PARA_3)
    given(*designated()).when(GIVE).then_refused(PARA_3)
    given(*supported()).when(but(GIVE, support=2)).then_refused(PARA_3)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), 2025), (date(2026, 5, 31), 2025), (date(2026, 5, 31), 2026)],
)
def test_until_the_books_close_a_payment_may_belong_to_the_year_before(
    day: date, year: int
) -> None:
    event = given(*supported()).when(but(GIVE, on=day, fiscal_year=year)).then_the(SupportGiven)
    assert event.fiscal_year == year


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 6, 1), 2025), (date(2026, 3, 31), 2026), (date(2025, 8, 5), 2024)],
)
def test_a_payment_belongs_to_no_other_year(day: date, year: int) -> None:
    given(*supported()).when(but(GIVE, on=day, fiscal_year=year)).then_refused(ART_235_5)


def test_a_measure_planned_after_the_year_is_no_support_of_that_year() -> None:
    late = but(PLAN_GRANT, on=date(2026, 4, 1))
    before = but(GIVE, on=date(2026, 5, 1), fiscal_year=2025)
    given(*designated(), late).when(before).then_refused(ART_235_5)


# --- 終了・精算・返還 -------------------------------------------------------------------------


def test_a_grant_is_settled_by_a_person_and_what_was_given_beyond_is_to_be_returned() -> None:
    event = given(*given_in_full()).when(SETTLE).then_the(SupportClosed)
    assert (event.limit, event.given) == (1_200_000, 1_200_000)
    assert (event.settled, event.to_return) == (1_100_000, 100_000)
    assert ("補助金（支援第1号）の返還 100,000円を受ける", SETTLE.on) in open_duties(
        given(*settled())
    )


def test_a_grant_is_not_closed_without_its_amount_nor_above_what_was_given() -> None:
    given(*given_in_full()).when(but(SETTLE, settled=None)).then_refused(PARA_3)
    given(*supported(), GIVE).when(but(SETTLE, settled=800_001)).then_refused(PARA_3)


def test_support_that_was_enough_leaves_nothing_to_return() -> None:
    exact = given(*given_in_full(), but(SETTLE, settled=1_200_000))
    assert open_duties(exact) == [("必要な支援を行う", SETTLE.on)]
    staff = but(SETTLE, settled=None)
    event = given(*designated(), PLAN_STAFF).when(staff).then_the(SupportClosed)
    assert event.to_return is None


def test_a_measure_is_closed_once_and_not_before_its_last_giving() -> None:
    given(*given_in_full()).when(but(SETTLE, on=date(2025, 11, 4))).then_refused(PARA_3)
    given(*settled()).when(SETTLE).then_refused(PARA_3)
    given(*settled()).when(but(GIVE, on=date(2026, 5, 1))).then_refused(PARA_3)


def test_a_return_is_counted_down_to_nothing() -> None:
    event = given(*settled()).when(GO_BACK).then_the(SubsidyReturned)
    assert (event.amount, event.left) == (60_000, 40_000)
    given(*settled(), GO_BACK).when(GO_BACK).then_nothing()
    rest = but(GO_BACK, on=date(2026, 6, 1), amount=40_000)
    done = given(*settled(), GO_BACK, rest)
    assert open_duties(done) == [("必要な支援を行う", SETTLE.on)]
    done.when(rest).then_refused(PARA_3)


def test_no_more_comes_back_than_is_to_be_returned_and_not_before_the_settlement() -> None:
    given(*settled()).when(but(GO_BACK, amount=100_001)).then_refused(PARA_3)
    given(*settled()).when(but(GO_BACK, on=date(2026, 4, 19))).then_refused(PARA_3)
    given(*given_in_full()).when(GO_BACK).then_refused(PARA_3)


def test_to_let_a_return_go_is_decided_under_a_provision_and_not_entered() -> None:
    event = given(*settled(), GO_BACK).when(FORGO).then_the(ReturnForgone)
    assert (event.left, event.authority) == (40_000, FORGO.authority)
    given(*settled()).when(but(FORGO, by=CHIEF)).then_refused(PARA_3)
    given(*settled(), FORGO).when(GO_BACK).then_refused(PARA_3)
    given(*settled(), GO_BACK).when(but(FORGO, on=date(2026, 5, 14))).then_refused(PARA_3)


# --- 指定を失ったとき -------------------------------------------------------------------------


def test_the_loss_of_the_status_ends_no_support_but_leaves_it_to_be_settled() -> None:
    case = given(*supported(), PLAN_STAFF, GIVE, *LOST)
    assert [title for title, _ in open_duties(case)] == [
        "支援（第1号・補助金）を精算し、終える",
        "支援（第2号・職員の派遣・2026-03-31まで）を精算し、終える",
    ]
    assert DESIGNATION.is_open(case.state)
    assert "支援の精算中" in DESIGNATION.view(case.state).stage


def test_after_the_loss_what_was_given_is_settled_and_returned() -> None:
    end = but(SETTLE, on=AFTER_REVOCATION, settled=500_000)
    case = given(*supported(), GIVE, *LOST, end)
    assert DESIGNATION.is_open(case.state)
    back = but(GO_BACK, on=date(2027, 1, 15), amount=300_000)
    case.when(back).then(SubsidyReturned)
    assert open_duties(given(*supported(), GIVE, *LOST, end, back)) == []


def test_a_return_alone_keeps_the_case_open_until_it_has_come_back() -> None:
    end = but(SETTLE, on=AFTER_REVOCATION, settled=500_000)
    back = but(GO_BACK, on=date(2027, 1, 15), amount=300_000)
    story = [*supported(), GIVE, PUBLISH, *LOST, end]
    assert DESIGNATION.is_open(given(*uncontested(*story)).state)
    assert not DESIGNATION.is_open(given(*uncontested(*story, back)).state)


def test_after_the_loss_nothing_new_is_given_or_planned_anew() -> None:
    case = given(*supported(), GIVE, *LOST)
    case.when(but(GIVE_MORE, on=AFTER_REVOCATION)).then_refused(PARA_3)
    case.when(but(GIVE_MORE, on=date(2026, 10, 20))).then_refused(PARA_3)
    case.when(but(RAISE, on=AFTER_REVOCATION)).then_refused(PARA_3)


def test_after_the_loss_what_was_given_or_fell_due_before_it_is_still_recorded() -> None:
    case = given(*supported(), GIVE, *LOST)
    case.when(but(GIVE_MORE, on=date(2026, 10, 19))).then(SupportGiven)
    due = but(GIVE_MORE, on=AFTER_REVOCATION, accrued=finding("9月までの実績に対する交付。"))
    assert case.when(due).then_the(SupportGiven).accrued == due.accrued
    case.when(but(due, amount=400_001)).then_refused(ART_232_2)


def test_the_body_itself_records_no_support() -> None:
    given(*supported()).when(but(GIVE, by=BODY)).then_refused(PARA_3)
