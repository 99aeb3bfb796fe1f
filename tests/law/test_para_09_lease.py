"""法第260条の49第9項: 貸付けへの第238条の2第2項（協議）・第238条の5第4項–第6項（解除・補償）の準用."""

from datetime import date

import pytest

from domain.designation import DESIGNATION, Command
from domain.designation.dealings.cancellation import (
    CompensationClaimed,
    CompensationClosed,
    CompensationDecided,
    LeaseCancelledForBreach,
    LeaseCancelledForNeed,
    LeaseTerminated,
)
from domain.designation.dealings.lease import (
    ConsiderationSettled,
    LeasePlanned,
    MayorConsulted,
)
from domain.designation.dealings.tenancy import (
    NoteTermNoticeMissed,
    NoteUseDayPassed,
    NoteUsePeriodPassed,
    PropertyReturned,
    TermEndNotified,
    TermNoticeMissed,
    UseConfirmed,
    UseDayPassed,
    UsePeriodPassed,
    UseStopped,
)
from domain.designation.dealings.terms import Term
from domain.law import ART_238_2, ART_238_5, ART_260_49, LEASE_38
from domain.people import CALENDAR
from tests.law.cast import OFFICER, OTHER_BODY, but, designated
from tests.law.deals import (
    CANCEL_FOR_NEED,
    CONCLUDE_LEASE,
    CONSIDER,
    CONSULT,
    PLAN_LEASE,
    ROOM,
    USE,
    cancelled_for_need,
    lease_answered,
    lease_planned,
    lease_ready,
    leased,
)
from tests.law.everything_deals import (
    CANCEL_FOR_BREACH,
    CLAIM,
    COMPENSATE,
    CONFIRM_USE,
    NO_CLAIM,
    NOTIFY_END,
    RETURN,
    STOP_USE,
    TERMINATE_LEASE,
    USED,
)
from tests.law.example import rules_with
from tests.law.specification import given

PARA_9, CONSULTATION = ART_260_49.para(9), ART_238_2.para(2)
NEED, COMPENSATION, BREACH = (ART_238_5.para(number) for number in (4, 5, 6))
NOTICE = LEASE_38.para(6)
USE_DAY = NoteUseDayPassed(on=date(2026, 6, 2), by=CALENDAR, lease="L-1")
USE_PERIOD = NoteUsePeriodPassed(on=date(2028, 6, 1), by=CALENDAR, lease="L-1")
MISSED = NoteTermNoticeMissed(on=date(2028, 10, 1), by=CALENDAR, lease="L-1")
NOT_BEGUN = but(CANCEL_FOR_BREACH, breach="期日までに用途に供しない", on=date(2026, 6, 8))


def duties(*story: Command) -> set[str]:
    """What is to be done after the story."""
    return {one.title for one in DESIGNATION.view(given(*story).state).obligations}


def days(*story: Command) -> dict[str, date | None]:
    """The days that matter after the story."""
    awaited = given(*story).awaited("lease-L-1-")
    return {due.key.removeprefix("lease-L-1-"): due.day for due in awaited}


# --- 長への協議（法第238条の2第2項）------------------------------------------------------------


def test_e16_property_of_a_committee_on_the_mayors_list_needs_prior_consultation() -> None:
    assert given(*designated()).when(PLAN_LEASE).then_the(LeasePlanned).consultation_needed
    given(*lease_answered()).when(CONSIDER).then_refused(CONSULTATION)
    event = given(*lease_answered()).when(CONSULT).then_the(MayorConsulted)
    assert (event.committee, event.reply) == ("例示市教育委員会", "異議なし")
    given(*lease_answered(), CONSULT).when(CONSIDER).then(ConsiderationSettled)


@pytest.mark.parametrize(
    "listed", [(ROOM.number,), (ROOM.name,), (ROOM.category,)], ids=["番号", "名称", "種類"]
)
def test_e16_the_list_names_property_by_number_name_or_kind(listed: tuple[str, ...]) -> None:
    case = given(*designated(), rules=rules_with(consulted_property=listed))
    assert case.when(PLAN_LEASE).then_the(LeasePlanned).consultation_needed


def test_e16_property_off_the_list_or_of_the_mayor_needs_none() -> None:
    free = rules_with(consulted_property=())
    assert (
        not given(*designated(), rules=free)
        .when(PLAN_LEASE)
        .then_the(LeasePlanned)
        .consultation_needed
    )
    given(*lease_answered(), rules=free).when(CONSIDER).then(ConsiderationSettled)
    mayors = but(PLAN_LEASE, property={**dict(ROOM), "by_committee": False})
    assert not given(*designated()).when(mayors).then_the(LeasePlanned).consultation_needed
    given(*lease_answered(mayors)).when(CONSULT).then_refused(CONSULTATION)


def test_e16_an_objection_stands_in_the_way_until_it_is_taken_back() -> None:
    objection = but(CONSULT, reply="異議あり", opinion="通学路に当たる。")
    given(*lease_answered(), objection).when(CONSIDER).then_refused(CONSULTATION)
    settled = but(CONSULT, on=date(2026, 1, 26), replied_on=date(2026, 1, 26))
    given(*lease_answered(), objection, settled).when(CONSIDER).then(ConsiderationSettled)


def test_e16_a_reply_is_entered_once_it_has_come() -> None:
    given(*lease_answered()).when(but(CONSULT, replied_on=date(2026, 1, 21))).then_refused(
        CONSULTATION
    )
    given(*lease_planned()).when(CONSULT).then_refused(ART_260_49.para(7))


# --- 用途に供する期日と期間（法第238条の5第6項）------------------------------------------------


def test_the_days_that_the_lease_fixed_are_watched() -> None:
    assert days(*leased()) == {
        "use": date(2026, 6, 1),
        "use-end": date(2028, 5, 31),
        "notice": date(2028, 9, 30),
        "end": date(2029, 3, 31),
    }
    assert "use" not in days(*USED)


def test_a_lease_without_a_fixed_use_watches_none_and_knows_no_breach_of_it() -> None:
    free = but(CONCLUDE_LEASE, designated_use=None)
    assert set(days(*lease_ready(), free)) == {"notice", "end"}
    given(*lease_ready(), free).when(NOT_BEGUN).then_refused(BREACH)


@pytest.mark.parametrize(
    "use",
    [
        pytest.param({"begins": date(2026, 3, 31)}, id="期日が貸付けの前"),
        pytest.param({"begins": date(2028, 6, 1)}, id="期日が期間の後"),
        pytest.param(
            {"period": Term(starts=date(2026, 6, 1), ends=date(2029, 4, 1))},
            id="期間が貸付けの後まで",
        ),
        pytest.param(
            {"period": Term(starts=date(2028, 6, 1), ends=date(2028, 5, 31))}, id="期間が逆"
        ),
    ],
)
def test_the_use_that_is_fixed_lies_within_the_lease(use: dict[str, object]) -> None:
    told = but(CONCLUDE_LEASE, designated_use={**dict(USE), **use})
    given(*lease_ready()).when(told).then_refused(ART_260_49.para(7))


def test_the_day_by_which_the_use_must_begin_is_noted_and_nothing_follows_by_itself() -> None:
    given(*leased()).when(but(USE_DAY, on=date(2026, 6, 1))).then_nothing()
    given(*leased()).when(USE_DAY).then(UseDayPassed)
    given(*leased(), USE_DAY).when(USE_DAY).then_nothing()
    given(*USED).when(USE_DAY).then_nothing()
    assert "貸付け（L-1）が用途に供されているかを確かめる" in duties(*leased(), USE_DAY)


def test_a_use_that_began_late_is_confirmed_and_is_no_breach_any_more() -> None:
    late = but(CONFIRM_USE, on=date(2026, 6, 15))
    given(*leased(), USE_DAY).when(late).then(UseConfirmed)
    given(*leased(), USE_DAY, late).when(but(NOT_BEGUN, on=date(2026, 6, 22))).then_refused(BREACH)
    given(*leased(), late).when(late).then_nothing()


def test_e17_a_use_not_begun_by_its_day_lets_the_mayor_cancel_without_compensation() -> None:
    given(*leased()).when(but(NOT_BEGUN, on=date(2026, 6, 1))).then_refused(BREACH)
    given(*leased()).when(NOT_BEGUN).then(LeaseCancelledForBreach)
    given(*leased(), NOT_BEGUN).when(but(CLAIM, on=date(2026, 6, 15))).then_refused(COMPENSATION)


def test_e17_a_use_left_off_within_its_period_lets_the_mayor_cancel() -> None:
    given(*USED).when(CANCEL_FOR_BREACH).then_refused(BREACH)
    given(*USED).when(STOP_USE).then(UseStopped)
    given(*USED, STOP_USE).when(STOP_USE).then_nothing()
    given(*USED, STOP_USE).when(CANCEL_FOR_BREACH).then(LeaseCancelledForBreach)


def test_e17_a_use_left_off_after_its_period_or_taken_up_again_is_no_breach() -> None:
    after = but(STOP_USE, on=date(2028, 6, 8), stopped_on=date(2028, 6, 1))
    cancel = but(CANCEL_FOR_BREACH, on=date(2028, 6, 15))
    given(*USED, after).when(cancel).then_refused(BREACH)
    last_day = but(after, stopped_on=date(2028, 5, 31))
    given(*USED, last_day).when(cancel).then(LeaseCancelledForBreach)
    again = but(CONFIRM_USE, on=date(2026, 9, 10))
    given(*USED, STOP_USE, again).when(CANCEL_FOR_BREACH).then_refused(BREACH)


def test_the_day_on_which_a_use_was_left_off_lies_between_its_beginning_and_the_finding() -> None:
    given(*USED).when(but(STOP_USE, stopped_on=date(2026, 5, 10))).then_refused(PARA_9)
    given(*USED).when(but(STOP_USE, stopped_on=date(2026, 9, 8))).then_refused(PARA_9)
    given(*leased()).when(STOP_USE).then_refused(PARA_9)


def test_the_end_of_the_period_of_use_is_noted() -> None:
    given(*leased()).when(USE_PERIOD).then(UsePeriodPassed)
    given(*leased(), USE_PERIOD).when(USE_PERIOD).then_nothing()


# --- 公用・公共用のための解除と補償（法第238条の5第4項・第5項）----------------------------------


def test_e17_public_need_carries_compensation_and_breach_of_use_does_not() -> None:
    event = given(*leased()).when(CANCEL_FOR_NEED).then_the(LeaseCancelledForNeed)
    assert (event.basis, event.needed_by, event.need) == (NEED, "例示市", "公共用")
    given(*cancelled_for_need()).when(CLAIM).then(CompensationClaimed)
    given(*USED, STOP_USE, CANCEL_FOR_BREACH).when(CLAIM).then_refused(COMPENSATION)


def test_e17_a_claim_is_decided_by_the_mayor_and_is_a_duty_until_then() -> None:
    given(*cancelled_for_need()).when(COMPENSATE).then_refused(COMPENSATION)
    claimed = [*cancelled_for_need(), CLAIM]
    assert "貸付け（L-1）の損失の補償を決定する" in duties(*claimed)
    event = given(*claimed).when(COMPENSATE).then_the(CompensationDecided)
    assert event.amount == 250_000
    given(*claimed, COMPENSATE).when(COMPENSATE).then_refused(COMPENSATION)
    given(*claimed).when(CLAIM).then_nothing()
    given(*claimed).when(NO_CLAIM).then_refused(COMPENSATION)
    given(*claimed).when(but(COMPENSATE, on=date(2026, 9, 23))).then_refused(COMPENSATION)


def test_e17_only_the_lessee_claims() -> None:
    given(*cancelled_for_need()).when(but(CLAIM, by=OTHER_BODY)).then_refused(COMPENSATION)
    given(*cancelled_for_need()).when(but(CLAIM, on=date(2026, 8, 31))).then_refused(COMPENSATION)


def test_e17_the_lease_stays_in_the_case_until_return_and_compensation_are_settled() -> None:
    returned = [*cancelled_for_need(), RETURN]
    assert "返還待ち" in DESIGNATION.view(given(*returned).state).stage
    given(*returned).when(NO_CLAIM).then(CompensationClosed)
    assert "返還待ち" not in DESIGNATION.view(given(*returned, NO_CLAIM).state).stage
    first = [*cancelled_for_need(), CLAIM, COMPENSATE]
    back = but(RETURN, on=date(2026, 11, 9))
    given(*first).when(back).then(PropertyReturned)
    assert "返還待ち" not in DESIGNATION.view(given(*first, back).state).stage
    given(*returned).when(RETURN).then_nothing()


def test_a_breach_of_contract_or_an_agreement_ends_a_lease_under_the_contract_itself() -> None:
    agreed = but(TERMINATE_LEASE, on=date(2026, 9, 1), ground="合意")
    given(*leased()).when(agreed).then(LeaseTerminated)
    given(*leased(), agreed).when(agreed).then_refused(ART_260_49.para(7))
    given(*leased(), agreed).when(CLAIM).then_refused(COMPENSATION)
    given(*leased()).when(but(agreed, ground="指定の効力の喪失による約定")).then_refused(
        ART_260_49.para(7)
    )


# --- 期間満了の通知（借地借家法第38条第6項）----------------------------------------------------


def test_the_end_of_a_fixed_term_of_a_year_or_more_is_notified_six_months_before() -> None:
    event = given(*leased()).when(NOTIFY_END).then_the(TermEndNotified)
    assert (event.in_time, event.due.day) == (True, date(2029, 3, 31))
    given(*leased(), NOTIFY_END).when(NOTIFY_END).then_nothing()
    assert "notice" not in days(*leased(), NOTIFY_END)
    on_the_last_day = but(NOTIFY_END, arrives=date(2028, 9, 30))
    assert given(*leased()).when(on_the_last_day).then_the(TermEndNotified).in_time


def test_a_late_notice_lets_the_end_be_held_six_months_after_it() -> None:
    given(*leased()).when(MISSED).then(TermNoticeMissed)
    assert "貸付け（L-1）の期間満了を通知する" in duties(*leased(), MISSED)
    late = but(NOTIFY_END, on=date(2028, 12, 1), arrives=date(2028, 12, 4))
    event = given(*leased(), MISSED).when(late).then_the(TermEndNotified)
    assert (event.in_time, event.due.day) == (False, date(2029, 6, 4))
    assert days(*leased(), MISSED, late)["end"] == date(2029, 6, 4)
    assert "貸付け（L-1）の期間満了を通知する" not in duties(*leased(), MISSED, late)


def test_a_notice_more_than_a_year_ahead_is_none() -> None:
    early = but(NOTIFY_END, on=date(2028, 3, 1), arrives=date(2028, 3, 30))
    given(*leased()).when(early).then_refused(NOTICE)
    in_the_year = but(early, arrives=date(2028, 3, 31))
    given(*leased()).when(in_the_year).then(TermEndNotified)
    given(*leased()).when(but(NOTIFY_END, arrives=date(2028, 8, 31))).then_refused(NOTICE)


@pytest.mark.parametrize(
    ("ends", "needed"), [(date(2027, 3, 30), False), (date(2027, 3, 31), True)]
)
def test_a_term_of_less_than_a_year_needs_no_notice(ends: date, needed: bool) -> None:
    short = but(
        CONCLUDE_LEASE,
        term=Term(starts=date(2026, 4, 1), ends=ends),
        designated_use=None,
    )
    assert ("notice" in days(*lease_ready(), short)) is needed
    notify = but(NOTIFY_END, on=date(2026, 9, 1), arrives=date(2026, 9, 2))
    outcome = given(*lease_ready(), short).when(notify)
    if needed:
        outcome.then(TermEndNotified)
    else:
        outcome.then_refused(NOTICE)


def test_the_notice_is_no_act_of_the_body() -> None:
    given(*leased()).when(but(NOTIFY_END, by=OTHER_BODY)).then_refused(NOTICE)
    given(*leased()).when(but(CONFIRM_USE, by=OFFICER, on=date(2026, 3, 15))).then_refused(PARA_9)
