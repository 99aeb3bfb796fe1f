"""法第260条の49第6項: 「…随意契約によることができる。」 ただし、規則の定めと令第179条の2による。"""

from datetime import date

import pytest

from domain.designation import DESIGNATION, Command
from domain.designation.dealings.contract import (
    ContractConcluded,
    ContractDropped,
    ContractGateAnswered,
    ContractPlanned,
    DropContract,
    EstimatesTaken,
    Interest,
    InterestsDeclared,
    ProcurementJudged,
)
from domain.designation.dealings.performance import (
    ContractAmended,
    ContractPaid,
    ContractTerminated,
    ContractTermPassed,
    NoteContractTermPassed,
    PerformanceChecked,
)
from domain.designation.dealings.terms import Signed
from domain.law import (
    ART_92_2,
    ART_142,
    ART_234,
    ART_234_2,
    ART_260_49,
    ORDER_179_2,
    Citation,
)
from domain.ordinance import Rules
from domain.people import CALENDAR, Actor
from tests.law.cast import MAYOR, OFFICER, REVOKE, Story, but, decision_pending, designated, finding
from tests.law.deals import (
    AMEND,
    CHECK,
    CONCLUDE_CONTRACT,
    DECLARE,
    ESTIMATE,
    JUDGE_PROCUREMENT,
    MEMBER,
    PLAN_CONTRACT,
    SIGNATORY,
    TAKE_ESTIMATES,
    answer,
    contract_answered,
    contract_planned,
    contract_ready,
    contracted,
    lost,
)
from tests.law.everything_deals import PAY, TERMINATE_CONTRACT
from tests.law.example import RULES, rules_with
from tests.law.specification import given

PARA_6 = ART_260_49.para(6)
INSPECTION = ART_234_2.para(1)
DROP = DropContract(on=date(2026, 2, 9), by=OFFICER, contract="C-1", finding=finding())
TERM_PASSED = NoteContractTermPassed(on=date(2027, 4, 1), by=CALENDAR, contract="C-1")


def in_hiroshima() -> Rules:
    """The rules of 例示市, as if it were a 指定都市."""
    city = RULES.ordinance.model_copy(update={"code": "341002"})
    return Rules(ordinance=city, calendar=RULES.calendar)


def titles(*story: Command) -> set[str]:
    """What is open after the story."""
    state = given(*story).state
    return {one.title for one in DESIGNATION.view(state).obligations}


# --- 予定 -------------------------------------------------------------------------------------


def test_e13_the_way_is_closed_without_the_municipalitys_own_rule() -> None:
    ruled = given(*designated()).when(PLAN_CONTRACT).then_the(ContractPlanned)
    assert ruled.rule.startswith("例示市指定地域共同活動団体との随意契約")
    without = given(*designated(), rules=rules_with(contract_rule=None))
    refusal = without.when(PLAN_CONTRACT).then_refused(PARA_6)
    assert "規則" in refusal.reason


def test_i6_nothing_is_planned_or_concluded_without_a_designation_in_effect() -> None:
    given(*decision_pending()).when(PLAN_CONTRACT).then_refused(PARA_6)
    given(*lost()).when(but(PLAN_CONTRACT, on=date(2026, 10, 26), contract="C-2")).then_refused(
        PARA_6
    )
    before = but(PLAN_CONTRACT, on=date(2025, 6, 19))
    given(*designated()).when(before).then_refused(PARA_6)


def test_i6_a_contract_that_was_ready_is_not_concluded_after_the_revocation() -> None:
    story = [*lost()[:-1], *_another("C-2")]
    conclude = but(CONCLUDE_CONTRACT, contract="C-2", on=date(2026, 10, 26))
    given(*story).when(but(conclude, on=date(2026, 10, 19))).then(ContractConcluded)
    given(*story, REVOKE).when(conclude).then_refused(PARA_6)
    assert "指定の効力を失ったため、随意契約（C-2）を見送る" in titles(*story, REVOKE)
    drop = but(DROP, contract="C-2", on=date(2026, 10, 26))
    given(*story, REVOKE).when(drop).then(ContractDropped)


def _another(number: str) -> Story:
    steps = contract_ready()[len(designated()) :]
    return [but(step, contract=number) for step in steps]


def test_the_activity_is_one_of_the_ordinances_of_that_day() -> None:
    safety = but(PLAN_CONTRACT, activity="safety")
    given(*designated()).when(safety).then_refused(PARA_6)
    later = but(safety, on=date(2027, 4, 1), ends=date(2028, 3, 31))
    given(*designated()).when(later).then(ContractPlanned)


def test_the_time_of_a_contract_does_not_end_before_it_begins() -> None:
    backwards = but(PLAN_CONTRACT, ends=date(2026, 3, 31))
    given(*designated()).when(backwards).then_refused(PARA_6)


def test_a_number_stands_for_one_contract_for_ever() -> None:
    given(*contract_planned()).when(PLAN_CONTRACT).then_nothing()
    other = but(PLAN_CONTRACT, affairs="公園の清掃に関する事務")
    given(*contract_planned()).when(other).then_refused(PARA_6)
    given(*contract_planned(), DROP).when(PLAN_CONTRACT).then_refused(PARA_6)
    beside = but(other, contract="C-2")
    given(*contract_planned()).when(beside).then(ContractPlanned)


# --- 要件 -------------------------------------------------------------------------------------


def test_q17_each_answer_is_recorded_with_the_question_its_provision_and_who_found_it() -> None:
    event = given(*contract_planned()).when(answer("related")).then_the(ContractGateAnswered)
    assert event.by == OFFICER
    assert event.provision == PARA_6
    assert event.question.endswith("か")
    assert event.finding == finding()


def test_q17_the_gates_are_looked_at_in_order() -> None:
    given(*contract_planned()).when(answer("welfare")).then_refused(PARA_6)
    given(*contract_planned()).when(JUDGE_PROCUREMENT).then_refused(PARA_6)
    given(*contract_answered()).when(DECLARE).then_refused(ORDER_179_2)
    given(*contract_answered(), JUDGE_PROCUREMENT).when(TAKE_ESTIMATES).then_refused(ART_92_2)


def test_q17_an_answer_may_be_given_anew_and_the_last_one_counts() -> None:
    unmet = answer("related", met=False)
    given(*contract_planned(), unmet).when(answer("integrated")).then_refused(PARA_6)
    mended = but(answer("related"), on=date(2026, 2, 10))
    given(*contract_planned(), unmet, mended).when(
        but(answer("integrated"), on=date(2026, 2, 10))
    ).then(ContractGateAnswered)
    given(*contract_planned(), unmet).when(unmet).then_nothing()


@pytest.mark.parametrize("gate", ["procurement", "rule", "nothing-known"])
def test_q17_what_is_computed_or_unknown_is_not_answered_by_hand(gate: str) -> None:
    given(*contract_planned()).when(answer(gate)).then_refused(PARA_6)


def test_q17_an_answer_is_not_dated_before_the_plan() -> None:
    early = answer("related", on=date(2026, 2, 1))
    given(*contract_planned()).when(early).then_refused(PARA_6)


# --- 特定調達契約（令第179条の2）---------------------------------------------------------------


def test_e13_only_a_designated_city_is_bound_by_the_limit_of_specified_procurement() -> None:
    large = but(PLAN_CONTRACT, planned_price=36_000_000)
    story = [*designated(), large, *contract_answered()[len(contract_planned()) :]]
    free = given(*story).when(JUDGE_PROCUREMENT).then_the(ProcurementJudged)
    assert (free.designated_city, free.specified) == (False, False)
    given(*story, rules=in_hiroshima()).when(JUDGE_PROCUREMENT).then_refused(ORDER_179_2)


def test_e13_below_the_ministers_amount_a_designated_city_is_free() -> None:
    below = but(PLAN_CONTRACT, planned_price=35_999_999)
    story = [*designated(), below, *contract_answered()[len(contract_planned()) :]]
    event = given(*story, rules=in_hiroshima()).when(JUDGE_PROCUREMENT).then_the(ProcurementJudged)
    assert (event.designated_city, event.specified, event.threshold) == (True, False, 36_000_000)


def test_q17_an_item_of_the_cabinet_order_opens_the_way_and_is_recorded() -> None:
    large = but(PLAN_CONTRACT, planned_price=36_000_000)
    story = [*designated(), large, *contract_answered()[len(contract_planned()) :]]
    under = but(JUDGE_PROCUREMENT, exception_item=2)
    event = given(*story, rules=in_hiroshima()).when(under).then_the(ProcurementJudged)
    assert (event.specified, event.exception_item) == (True, 2)


# --- 兼業（法第92条の2・第142条）---------------------------------------------------------------


def _told(**fields: object) -> Interest:
    return Interest.model_validate({**dict(MEMBER), **fields})


@pytest.mark.parametrize(
    ("interest", "council", "mayor"),
    [
        pytest.param(_told(), True, True, id="主として同一の行為をする法人でない"),
        pytest.param(_told(predominant=True), False, True, id="主として同一の行為をする法人の役員"),
        pytest.param(_told(predominant=True, yearly=1), False, True, id="役員に額による除外はない"),
        pytest.param(_told(post="請負人", yearly=3_000_000), True, True, id="ちょうど300万円"),
        pytest.param(_told(post="請負人", yearly=3_000_001), False, True, id="300万円を超える"),
        pytest.param(_told(capacity="長", post="請負人"), True, False, id="長に額の除外はない"),
        pytest.param(_told(capacity="長", predominant=True), True, False, id="長が役員"),
        pytest.param(_told(capacity="長"), True, True, id="長が役員、主として同一でない"),
    ],
)
def test_q17_who_may_not_stand_on_the_other_side(
    interest: Interest, council: bool, mayor: bool
) -> None:
    story = [*contract_answered(), JUDGE_PROCUREMENT]
    declared = but(DECLARE, interests=(interest,))
    event = given(*story).when(declared).then_the(InterestsDeclared)
    assert (event.council_clear, event.mayor_clear, event.limit) == (council, mayor, 3_000_000)
    going_on = given(*story, declared).when(TAKE_ESTIMATES)
    if council and mayor:
        going_on.then(EstimatesTaken)
    else:
        going_on.then_refused(ART_142 if council else ART_92_2)


def test_q17_a_member_who_left_the_board_stands_in_the_way_no_longer() -> None:
    barred = but(DECLARE, interests=(_told(predominant=True),))
    cleared = but(DECLARE, on=date(2026, 2, 10), interests=())
    story = [*contract_answered(), JUDGE_PROCUREMENT, barred]
    given(*story, cleared).when(TAKE_ESTIMATES).then(EstimatesTaken)


# --- 見積書 -----------------------------------------------------------------------------------


def test_q17_as_many_estimates_are_taken_as_the_rule_asks_for() -> None:
    two = rules_with(estimates=2)
    story = contract_ready()[:-1]
    given(*story, rules=two).when(TAKE_ESTIMATES).then_refused(PARA_6)
    other = ESTIMATE.model_copy(update={"from_body": False, "submitted_by": "別例株式会社"})
    both = but(TAKE_ESTIMATES, estimates=(ESTIMATE, other))
    assert given(*story, rules=two).when(both).then_the(EstimatesTaken).required == 2
    given(*story).when(but(TAKE_ESTIMATES, estimates=(other,))).then_refused(PARA_6)


# --- 締結 -------------------------------------------------------------------------------------


def test_q17_the_mayor_concludes_once_every_gate_is_met() -> None:
    event = given(*contract_ready()).when(CONCLUDE_CONTRACT).then_the(ContractConcluded)
    assert event.due.day == date(2027, 3, 31)
    assert event.by == MAYOR
    for left_out in range(len(designated()) + 1, len(contract_ready())):
        cut = contract_ready()[:left_out]
        given(*cut).when(CONCLUDE_CONTRACT).then_refused(_awaited(left_out))


def _awaited(steps: int) -> Citation:
    order = [PARA_6, PARA_6, PARA_6, ORDER_179_2, ART_92_2, PARA_6]
    return order[steps - len(designated()) - 1]


def test_a_contract_is_not_concluded_before_its_gates_were_met() -> None:
    early = but(CONCLUDE_CONTRACT, on=date(2026, 2, 10), signed=_signed(date(2026, 2, 10)))
    given(*contract_ready()).when(early).then_refused(PARA_6)


def _signed(day: date) -> Signed:
    return Signed(means="電子署名", municipality_on=day, body_on=day, body_signatory=SIGNATORY)


@pytest.mark.parametrize(
    "signed",
    [
        pytest.param({"means": "記名押印"}, id="だれも署名していない"),
        pytest.param(
            {"means": "記名押印", "municipality_on": date(2026, 3, 25)}, id="市だけが署名した"
        ),
        pytest.param(
            {
                "means": "電子署名",
                "municipality_on": date(2026, 3, 25),
                "body_on": date(2026, 3, 26),
                "body_signatory": SIGNATORY,
            },
            id="団体の署名が締結の日より後",
        ),
        pytest.param({"means": "契約書の省略"}, id="省略の定めがない"),
    ],
)
def test_q17_a_contract_is_final_only_when_both_sides_have_signed(
    signed: dict[str, object],
) -> None:
    half = but(CONCLUDE_CONTRACT, signed=signed)
    given(*contract_ready()).when(half).then_refused(ART_234.para(5))


def test_a_rule_may_let_the_contract_document_be_left_out() -> None:
    omitted = Signed(means="契約書の省略", omitted_under="契約規則第30条")
    given(*contract_ready()).when(but(CONCLUDE_CONTRACT, signed=omitted)).then(ContractConcluded)


@pytest.mark.parametrize("amount", [1_150_001, 1_200_001])
def test_a_contract_costs_no_more_than_was_planned_and_offered(amount: int) -> None:
    given(*contract_ready()).when(but(CONCLUDE_CONTRACT, amount=amount)).then_refused(PARA_6)


def test_e18_a_contract_says_what_happens_when_the_designation_ends() -> None:
    silent = but(CONCLUDE_CONTRACT, termination_clause=None)
    given(*contract_ready()).when(silent).then_refused(PARA_6)
    free = given(*contract_ready(), rules=rules_with(termination_clause=False))
    free.when(silent).then(ContractConcluded)


@pytest.mark.parametrize("by", [OFFICER, but(MAYOR, person=OFFICER.person)])
def test_whoever_planned_a_contract_does_not_conclude_it(by: Actor) -> None:
    given(*contract_ready()).when(but(CONCLUDE_CONTRACT, by=by)).then_refused(PARA_6)


def test_a_plan_may_be_given_up_and_is_then_over() -> None:
    given(*contract_planned()).when(DROP).then(ContractDropped)
    given(*contract_planned(), DROP).when(answer("related")).then_refused(PARA_6)
    given(*contracted()).when(but(DROP, on=date(2026, 4, 1))).then_refused(PARA_6)


# --- 変更 -------------------------------------------------------------------------------------


def test_a_contract_is_changed_only_as_it_could_have_been_made() -> None:
    event = given(*contracted()).when(AMEND).then_the(ContractAmended)
    assert (event.amount, event.due.day) == (1_380_000, date(2027, 3, 31))
    given(*contracted(), AMEND).when(AMEND).then_nothing()
    given(*contracted()).when(but(AMEND, amount=1_400_001)).then_refused(PARA_6)
    unsigned = but(AMEND, signed=_signed(date(2026, 9, 2)))
    given(*contracted()).when(unsigned).then_refused(ART_234.para(5))
    given(*lost()).when(but(AMEND, on=date(2026, 10, 26))).then_refused(PARA_6)


def test_e13_a_change_does_not_carry_a_contract_past_the_limit_of_specified_procurement() -> None:
    large = but(AMEND, planned_price=36_000_000)
    city = given(*contracted(), rules=in_hiroshima())
    city.when(large).then_refused(ORDER_179_2)
    city.when(but(large, planned_price=35_999_999)).then(ContractAmended)
    given(*contracted()).when(large).then(ContractAmended)
    shown = but(JUDGE_PROCUREMENT, exception_item=2)
    plan = but(PLAN_CONTRACT, planned_price=36_000_000)
    story = [but(step) for step in contracted() if step not in (PLAN_CONTRACT, JUDGE_PROCUREMENT)]
    gates = len(contract_answered()) - 1
    excepted = [*designated(), plan, *story[len(designated()) : gates], shown, *story[gates:]]
    given(*excepted, rules=in_hiroshima()).when(large).then(ContractAmended)


def test_a_change_undoes_nothing_that_was_accepted() -> None:
    given(*contracted(), CHECK).when(but(AMEND, amount=287_499)).then_refused(PARA_6)
    given(*contracted(), CHECK).when(but(AMEND, amount=287_500)).then(ContractAmended)


def test_a_later_last_day_is_watched_anew() -> None:
    later = but(
        AMEND, on=date(2027, 4, 5), signed=_signed(date(2027, 4, 5)), ends=date(2027, 4, 30)
    )
    longer = [*contracted(), TERM_PASSED, later]
    dues = DESIGNATION.dues(given(*longer).state, RULES)
    (due,) = [due for due in dues if due.deadline.key.startswith("contract")]
    assert due.deadline.day == date(2027, 4, 30)
    assert due.note is not None
    given(*longer).when(due.note).then(ContractTermPassed)


# --- 監督・検査と支払（法第234条の2）-----------------------------------------------------------


def test_performance_is_inspected_before_it_is_paid() -> None:
    given(*contracted()).when(PAY).then_refused(INSPECTION)
    given(*contracted(), CHECK).when(PAY).then(ContractPaid)
    given(*contracted(), CHECK).when(but(PAY, amount=287_501)).then_refused(INSPECTION)
    given(*contracted(), CHECK, PAY).when(PAY).then_nothing()


def test_what_does_not_pass_inspection_is_not_paid() -> None:
    failed = but(CHECK, passed=False, accepted=0)
    given(*contracted()).when(failed).then(PerformanceChecked)
    given(*contracted(), failed).when(PAY).then_refused(INSPECTION)
    given(*contracted()).when(but(CHECK, passed=False)).then_refused(INSPECTION)
    given(*contracted()).when(but(CHECK, mode="監督")).then_refused(INSPECTION)
    given(*contracted()).when(but(CHECK, mode="監督", accepted=0)).then(PerformanceChecked)


def test_a_rule_may_let_the_body_be_paid_in_advance_but_not_beyond_the_contract() -> None:
    advance = but(PAY, advance_under="契約規則第40条", amount=1_150_000)
    given(*contracted()).when(advance).then(ContractPaid)
    given(*contracted()).when(but(advance, amount=1_150_001)).then_refused(INSPECTION)
    given(*contracted()).when(but(advance, last=True)).then_refused(INSPECTION)


def test_supervision_or_inspection_and_payment_are_duties_until_they_are_done() -> None:
    inspect, pay = "随意契約（C-1）の監督又は検査を行う", "随意契約（C-1）の代金を支払う"
    assert titles(*contracted()) & {inspect, pay} == {inspect}
    whole = but(CHECK, accepted=1_150_000)
    assert titles(*contracted(), whole) & {inspect, pay} == {pay}
    last = but(PAY, amount=1_150_000, last=True)
    done = given(*contracted(), whole, last)
    assert "随意契約の履行中" not in DESIGNATION.view(done.state).stage
    done.when(but(CHECK, on=date(2027, 1, 4))).then_refused(INSPECTION)


def test_more_is_never_accepted_than_was_agreed() -> None:
    given(*contracted()).when(but(CHECK, accepted=1_150_001)).then_refused(INSPECTION)
    again = but(CHECK, portion="第2四半期分", accepted=862_501)
    given(*contracted(), CHECK).when(again).then_refused(INSPECTION)
    given(*contracted(), CHECK).when(CHECK).then_nothing()


def test_the_end_of_the_term_is_noted_once_and_nothing_follows_by_itself() -> None:
    given(*contracted()).when(but(TERM_PASSED, on=date(2027, 3, 31))).then_nothing()
    given(*contracted()).when(TERM_PASSED).then(ContractTermPassed)
    after = given(*contracted(), TERM_PASSED)
    after.when(TERM_PASSED).then_nothing()
    after.when(but(CHECK, on=date(2027, 4, 5))).then(PerformanceChecked)


def test_a_contract_may_end_early_by_agreement_and_what_was_done_is_paid() -> None:
    agreed = but(TERMINATE_CONTRACT, on=date(2026, 9, 1), ground="合意", settlement=50_000)
    given(*contracted()).when(agreed).then(ContractTerminated)
    ended = [*contracted(), agreed]
    given(*ended).when(agreed).then_refused(PARA_6)
    pay = but(PAY, on=date(2026, 9, 8), amount=50_000)
    given(*ended).when(but(pay, amount=50_001)).then_refused(INSPECTION)
    paid = given(*ended, pay)
    paid.when(but(pay, payment="K-1002", amount=1)).then_refused(INSPECTION)
    given(*contracted()).when(but(agreed, settlement=1_150_001)).then_refused(PARA_6)


def test_the_clause_on_loss_is_of_no_use_while_the_designation_stands() -> None:
    early = but(TERMINATE_CONTRACT, on=date(2026, 9, 1))
    given(*contracted()).when(early).then_refused(PARA_6)


def test_contracts_run_side_by_side_each_with_its_own_day() -> None:
    second = [but(step, contract="C-2") for step in contracted()[len(designated()) :]]
    both = given(*contracted(), *second)
    keys = {due.key for due in both.awaited("contract")}
    assert keys == {"contract-C-1-end", "contract-C-2-end"}
