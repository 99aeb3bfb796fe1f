"""法第260条の49第7項・第8項: 行政財産の貸付け「第238条の4第1項の規定にかかわらず…貸し付けることができる。」"""

from datetime import date

import pytest

from domain.designation import DESIGNATION
from domain.designation.dealings.lease import (
    NOT_APPLIED,
    ConcludeLease,
    ConsiderationSettled,
    DropLease,
    LeaseConcluded,
    LeaseDropped,
    LeaseGateAnswered,
    LeasePlanned,
    Property,
    Resolution,
)
from domain.designation.dealings.tenancy import (
    ConfirmReturn,
    LeaseTermPassed,
    NoteLeaseTermPassed,
    PropertyReturned,
)
from domain.designation.dealings.terms import Term
from domain.law import (
    ART_234,
    ART_237,
    ART_238_4,
    ART_260_49,
    CIVIL_604,
    LEASE_3,
    LEASE_4,
    LEASE_38,
)
from domain.people import CALENDAR, Actor
from tests.law.cast import MAYOR, OFFICER, but, decision_pending, designated, finding
from tests.law.deals import (
    CONCLUDE_LEASE,
    CONSIDER,
    CONSULT,
    PLAN_LEASE,
    ROOM,
    lease_answer,
    lease_answered,
    lease_planned,
    lease_ready,
    leased,
    lost,
)
from tests.law.example import rules_with
from tests.law.specification import Given, given

PARA_7, PARA_8 = ART_260_49.para(7), ART_260_49.para(8)
CONSIDERATION = ART_237.para(2)
ORDINANCE = "財産の交換、譲与、無償貸付等に関する条例第4条"
RESOLUTION = Resolution(number="議案第12号", passed_on=date(2026, 1, 23))
DROP = DropLease(on=date(2026, 2, 9), by=OFFICER, lease="L-1", finding=finding())
FREE = but(CONSIDER, rent=0)
LAND = Property.model_validate(
    {
        **dict(ROOM),
        "number": "台帳第8号",
        "name": "例示公園の一部",
        "category": "公園",
        "kind": "土地",
        "managed_by": "例示市長",
        "by_committee": False,
    }
)


def of_land() -> Given:
    """A lease of land, managed by the mayor, is ready to be concluded."""
    return given(*lease_answered(but(PLAN_LEASE, property=LAND)), CONSIDER)


def on_land(**fields: object) -> ConcludeLease:
    """The contract of that lease."""
    told = {"instrument": "土地賃貸借", "explained_on": None, "designated_use": None, **fields}
    return but(CONCLUDE_LEASE, **told)


# --- 予定と要件 -------------------------------------------------------------------------------


def test_i6_a_lease_needs_a_designation_in_effect_when_planned_and_when_concluded() -> None:
    given(*decision_pending()).when(PLAN_LEASE).then_refused(PARA_7)
    given(*lost()).when(but(PLAN_LEASE, lease="L-2", on=date(2026, 10, 26))).then_refused(PARA_7)
    before = [but(step, lease="L-2") for step in lease_ready()[len(designated()) :]]
    late = but(CONCLUDE_LEASE, lease="L-2", on=date(2026, 10, 26))
    given(*lost()[:-1], *before).when(but(late, on=date(2026, 10, 19))).then(LeaseConcluded)
    given(*lost()[:-1], *before, lost()[-1]).when(late).then_refused(PARA_7)


def test_a_number_stands_for_one_lease_for_ever() -> None:
    given(*lease_planned()).when(PLAN_LEASE).then_nothing()
    given(*lease_planned()).when(but(PLAN_LEASE, property=LAND)).then_refused(PARA_7)
    given(*lease_planned(), DROP).when(PLAN_LEASE).then_refused(PARA_7)
    given(*lease_planned()).when(but(PLAN_LEASE, lease="L-2")).then(LeasePlanned)


def test_the_use_is_one_of_the_ordinances_activities() -> None:
    given(*designated()).when(but(PLAN_LEASE, activity="safety")).then_refused(PARA_7)


def test_q18_each_answer_is_recorded_with_the_question_its_provision_and_who_found_it() -> None:
    event = given(*lease_planned()).when(lease_answer("ownership")).then_the(LeaseGateAnswered)
    assert (event.by, event.provision, event.gate_title) == (
        OFFICER,
        PARA_7,
        "市町村の所有する行政財産",
    )


def test_q18_ownership_is_shown_by_the_ledger_and_not_by_word() -> None:
    word = but(lease_answer("ownership"), finding={"reasons": "市の財産である。"})
    given(*lease_planned()).when(word).then_refused(PARA_7)


def test_q18_the_gates_are_looked_at_in_order_and_an_unmet_one_stands_in_the_way() -> None:
    given(*lease_planned()).when(lease_answer("no_hindrance")).then_refused(PARA_7)
    hindered = [*lease_answered()[:-1], lease_answer("no_hindrance", met=False)]
    given(*hindered).when(CONSULT).then_refused(PARA_7)
    given(*lease_answered(), CONSULT).when(CONCLUDE_LEASE).then_refused(CONSIDERATION)


def test_a_plan_may_be_given_up_and_is_then_over() -> None:
    given(*lease_planned()).when(DROP).then(LeaseDropped)
    given(*lease_planned(), DROP).when(lease_answer("ownership")).then_refused(PARA_7)


# --- 対価（法第237条第2項・第96条第1項第6号）---------------------------------------------------


def test_e15_a_free_lease_needs_an_ordinance_or_a_resolution() -> None:
    consulted = given(*lease_answered(), CONSULT)
    consulted.when(FREE).then_refused(CONSIDERATION)
    consulted.when(but(CONSIDER, rent=239_999)).then_refused(CONSIDERATION)
    voted = consulted.when(but(FREE, resolution=RESOLUTION)).then_the(ConsiderationSettled)
    assert (voted.reduced, voted.resolution, voted.ordinance_provision) == (True, RESOLUTION, None)


def test_e15_q18_the_ordinance_that_allows_a_free_lease_is_named_in_the_record() -> None:
    by_ordinance = but(FREE, by_ordinance=True)
    given(*lease_answered(), CONSULT).when(by_ordinance).then_refused(CONSIDERATION)
    allowed = given(*lease_answered(), CONSULT, rules=rules_with(reduced_lease=ORDINANCE))
    event = allowed.when(by_ordinance).then_the(ConsiderationSettled)
    assert (event.reduced, event.ordinance_provision) == (True, ORDINANCE)


def test_e15_a_resolution_comes_before_the_rent_that_rests_on_it() -> None:
    later = Resolution(number="議案第12号", passed_on=date(2026, 1, 27))
    consulted = given(*lease_answered(), CONSULT)
    consulted.when(but(FREE, resolution=later)).then_refused(CONSIDERATION)


def test_e15_a_fair_rent_needs_neither_and_the_contract_keeps_to_it() -> None:
    event = given(*lease_answered(), CONSULT).when(CONSIDER).then_the(ConsiderationSettled)
    assert not event.reduced
    cheaper = but(CONCLUDE_LEASE, rent=239_999)
    given(*lease_ready()).when(cheaper).then_refused(CONSIDERATION)


# --- 契約の方式と期間 -------------------------------------------------------------------------


def test_e14_a_permission_of_use_is_no_lease() -> None:
    permission = but(CONCLUDE_LEASE, instrument="使用許可")
    given(*lease_ready()).when(permission).then_refused(ART_238_4.para(7))


def test_e14_the_three_articles_that_do_not_apply_are_recorded_and_no_others() -> None:
    event = given(*lease_ready()).when(CONCLUDE_LEASE).then_the(LeaseConcluded)
    assert event.not_applied == NOT_APPLIED == (CIVIL_604, LEASE_3, LEASE_4)


@pytest.mark.parametrize(
    ("instrument", "ends"),
    [
        pytest.param("土地賃貸借", date(2086, 3, 31), id="民法604条: 50年を超える60年"),
        pytest.param(
            "建物所有を目的とする土地賃貸借",
            date(2031, 3, 31),
            id="借地借家法3条: 30年に満たない5年",
        ),
    ],
)
def test_e14_the_term_may_be_longer_than_fifty_years_or_shorter_than_thirty(
    instrument: str, ends: date
) -> None:
    term = Term(starts=date(2026, 4, 1), ends=ends)
    told = on_land(instrument=instrument, term=term, renewal=finding())
    assert of_land().when(told).then_the(LeaseConcluded).due.day == ends


@pytest.mark.parametrize("instrument", ["建物賃貸借", "建物所有を目的とする土地賃貸借"])
def test_e14_renewal_is_not_set_aside_and_must_be_accepted_knowingly(instrument: str) -> None:
    case = given(*lease_ready()) if instrument == "建物賃貸借" else of_land()
    told = but(CONCLUDE_LEASE, instrument=instrument, explained_on=None)
    case.when(told).then_refused(PARA_8)
    knowing = but(told, renewal=finding("更新があっても支障がない。"))
    event = case.when(knowing).then_the(LeaseConcluded)
    assert event.notice is None, "a lease that is renewed has no notice of its end"


def test_e14_a_fixed_term_lease_of_a_building_is_explained_in_writing_beforehand() -> None:
    silent = but(CONCLUDE_LEASE, explained_on=None)
    given(*lease_ready()).when(silent).then_refused(LEASE_38.para(3))
    after = but(CONCLUDE_LEASE, explained_on=date(2026, 3, 17))
    given(*lease_ready()).when(after).then_refused(LEASE_38.para(3))


def test_e14_a_building_is_not_leased_as_land_nor_land_as_a_building() -> None:
    wrong = but(CONCLUDE_LEASE, instrument="土地賃貸借")
    given(*lease_ready()).when(wrong).then_refused(ART_238_4.para(7))
    of_land().when(on_land(instrument="定期建物賃貸借")).then_refused(ART_238_4.para(7))


def test_a_lease_does_not_end_before_it_begins() -> None:
    backwards = Term(starts=date(2026, 4, 1), ends=date(2026, 3, 31))
    of_land().when(on_land(term=backwards)).then_refused(PARA_7)


def test_q18_a_lease_is_final_only_when_both_sides_have_signed() -> None:
    half = but(CONCLUDE_LEASE, signed={"means": "記名押印", "municipality_on": date(2026, 3, 16)})
    given(*lease_ready()).when(half).then_refused(ART_234.para(5))


def test_e18_a_lease_says_what_happens_when_the_designation_ends() -> None:
    silent = but(CONCLUDE_LEASE, termination_clause=None)
    given(*lease_ready()).when(silent).then_refused(PARA_7)
    free = given(*lease_ready(), rules=rules_with(termination_clause=False))
    free.when(silent).then(LeaseConcluded)


@pytest.mark.parametrize("by", [OFFICER, but(MAYOR, person=OFFICER.person)])
def test_whoever_planned_a_lease_does_not_conclude_it(by: Actor) -> None:
    given(*lease_ready()).when(but(CONCLUDE_LEASE, by=by)).then_refused(PARA_7)


# --- 期間の満了 -------------------------------------------------------------------------------


def test_the_end_of_the_term_is_noted_and_an_officer_takes_the_property_back() -> None:
    passed = NoteLeaseTermPassed(on=date(2029, 4, 1), by=CALENDAR, lease="L-1")
    back = ConfirmReturn(on=date(2029, 4, 2), by=OFFICER, lease="L-1", finding=finding())
    given(*leased()).when(but(passed, on=date(2029, 3, 31))).then_nothing()
    given(*leased()).when(passed).then(LeaseTermPassed)
    after = given(*leased(), passed)
    after.when(passed).then_nothing()
    assert "貸付け（L-1）の財産の返還を受ける" in {
        one.title for one in DESIGNATION.view(after.state).obligations
    }
    after.when(back).then(PropertyReturned)
    over = given(*leased(), passed, back)
    assert "貸付" not in DESIGNATION.view(over.state).stage
    over.when(back).then_refused(PARA_7)


def test_a_property_is_not_returned_while_its_lease_runs() -> None:
    early = ConfirmReturn(on=date(2029, 3, 31), by=OFFICER, lease="L-1", finding=finding())
    given(*leased()).when(early).then_refused(PARA_7)
