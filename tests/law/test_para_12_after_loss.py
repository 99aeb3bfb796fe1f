"""法第260条の49第12項の後: 指定の効力を失っても、随意契約（第6項）と貸付け（第7項）は当然には終わらない."""

from dataclasses import replace
from datetime import date

from domain.designation import DESIGNATION, Command, State
from domain.designation.dealings.cancellation import LeaseCancelledForNeed, LeaseTerminated
from domain.designation.dealings.contract import Performing
from domain.designation.dealings.lease import Leased
from domain.designation.dealings.performance import ContractPaid, ContractTerminated
from domain.designation.dealings.review import ContractContinued, LeaseContinued
from domain.designation.dealings.standing import CONTRACTS, LEASES, REVIEWS
from domain.designation.dealings.tenancy import NoteLeaseTermPassed
from domain.designation.parts import Circumstances
from domain.law import ART_260_49
from domain.people import CALENDAR
from tests.law.cast import OFFICER, REVOKE, but, designated, revoked
from tests.law.contest import uncontested
from tests.law.deals import (
    CANCEL_FOR_NEED,
    CHECK,
    CONCLUDE_CONTRACT,
    contract_ready,
    contracted,
    leased,
    lost,
)
from tests.law.everything_deals import (
    CONTINUE_CONTRACT,
    CONTINUE_LEASE,
    PAY,
    RETURN,
    TERMINATE_CONTRACT,
    TERMINATE_LEASE,
)
from tests.law.example import RULES, rules_with
from tests.law.specification import Given, given

PARA_6, PARA_7 = ART_260_49.para(6), ART_260_49.para(7)
OF_CONTRACT = "指定の効力を失ったため、随意契約（C-1）を継続するか解除するかを決める"
OF_LEASE = "指定の効力を失ったため、貸付け（L-1）を継続するか解除するかを決める"
LOST_ON = REVOKE.on


def reviews(case: Given) -> set[str]:
    """The reviews that are open."""
    view = DESIGNATION.view(case.state)
    return {one.title for one in view.obligations} & {OF_CONTRACT, OF_LEASE}


def is_open(*story: Command) -> bool:
    """Whether the case is still open."""
    return DESIGNATION.is_open(given(*story).state)


def told(state: State, now: Circumstances) -> State:
    """The state once its parts have heard how the status stands, by an act that is none of theirs."""
    event = DESIGNATION.decider.decide(REVOKE, given(*lost()[:-1]).state, RULES)[0]
    heard: dict[str, object] = {
        CONTRACTS.name: CONTRACTS.observe(state.of(CONTRACTS), event, now),
        LEASES.name: LEASES.observe(state.of(LEASES), event, now),
        REVIEWS.name: REVIEWS.observe(state.of(REVIEWS), event, now),
    }
    return replace(state, beside={**state.beside, **heard})


def stands(*, ended: date | None, active: bool) -> Circumstances:
    """How the designation stands."""
    return Circumstances("B-0001", "例示学区協議会", date(2025, 6, 20), ended, active)


# --- 効力を失ったとき -------------------------------------------------------------------------


def test_e18_a_revocation_ends_no_contract_and_no_lease_and_opens_a_review_of_each() -> None:
    case = given(*lost())
    assert isinstance(case.state.of(CONTRACTS).open["C-1"], Performing)
    assert isinstance(case.state.of(LEASES).open["L-1"], Leased)
    assert reviews(case) == {OF_CONTRACT, OF_LEASE}
    since = {one.since for one in DESIGNATION.view(case.state).obligations if "失った" in one.title}
    assert since == {LOST_ON}
    assert DESIGNATION.is_open(case.state)
    assert "契約・貸付けの見直し" in DESIGNATION.view(case.state).stage


def test_e18_no_review_is_open_while_the_designation_stands() -> None:
    before = given(*lost()[:-1])
    assert reviews(before) == set()
    before.when(but(CONTINUE_CONTRACT, on=date(2026, 10, 19))).then_refused(PARA_6)


def test_e18_a_body_without_contract_or_lease_leaves_nothing_to_review() -> None:
    assert reviews(given(*revoked())) == set()
    assert not is_open(*uncontested(*revoked()))


# --- 継続・解除 -------------------------------------------------------------------------------


def test_e18_a_person_lets_a_contract_run_on_with_reasons() -> None:
    event = given(*lost()).when(CONTINUE_CONTRACT).then_the(ContractContinued)
    assert (event.lost_on, event.finding) == (LOST_ON, CONTINUE_CONTRACT.finding)
    after = given(*lost(), CONTINUE_CONTRACT)
    assert reviews(after) == {OF_LEASE}
    after.when(CONTINUE_CONTRACT).then_nothing()
    after.when(but(CHECK, on=date(2026, 11, 2))).then(
        type(given(*contracted()).when(CHECK).events[0])
    )


def test_e18_what_runs_on_keeps_the_case_open_until_it_is_over() -> None:
    both = [*lost(), CONTINUE_CONTRACT, CONTINUE_LEASE]
    assert reviews(given(*both)) == set()
    assert is_open(*both)
    passed = NoteLeaseTermPassed(on=date(2029, 4, 1), by=CALENDAR, lease="L-1")
    checked = but(CHECK, on=date(2027, 3, 31), accepted=1_150_000)
    paid = but(PAY, on=date(2027, 4, 9), amount=1_150_000, last=True)
    almost = [*both, checked, paid, passed]
    assert is_open(*uncontested(*almost))
    assert not is_open(*uncontested(*almost, but(RETURN, on=date(2029, 4, 2))))


def test_e18_a_contract_is_ended_by_its_clause_and_what_was_done_is_paid() -> None:
    event = given(*lost()).when(TERMINATE_CONTRACT).then_the(ContractTerminated)
    assert (event.clause, event.settlement) == ("契約書第15条", 100_000)
    ended = given(*lost(), TERMINATE_CONTRACT)
    assert reviews(ended) == {OF_LEASE}
    pay = but(PAY, on=date(2026, 11, 2), amount=100_000)
    ended.when(pay).then(ContractPaid)
    assert "C-1" in given(*lost(), TERMINATE_CONTRACT, pay).state.of(CONTRACTS).over


def test_e18_a_contract_without_the_clause_is_not_ended_by_it() -> None:
    silent = but(CONCLUDE_CONTRACT, termination_clause=None)
    rules = rules_with(termination_clause=False)
    story = [*contract_ready(), silent, *lost()[len(contracted()) + _of_lease() :]]
    case = given(*story, rules=rules)
    case.when(TERMINATE_CONTRACT).then_refused(PARA_6)
    case.when(but(TERMINATE_CONTRACT, ground="合意")).then(ContractTerminated)
    case.when(CONTINUE_CONTRACT).then(ContractContinued)


def _of_lease() -> int:
    """How many acts of `lost` are about the lease."""
    return len(leased()) - len(designated())


def test_e18_a_lease_is_ended_by_its_clause_or_cancelled_for_public_need_or_runs_on() -> None:
    given(*lost()).when(CONTINUE_LEASE).then(LeaseContinued)
    assert given(*lost()).when(TERMINATE_LEASE).then_the(LeaseTerminated).clause == "契約書第12条"
    needed = but(CANCEL_FOR_NEED, on=date(2026, 10, 26))
    given(*lost()).when(needed).then(LeaseCancelledForNeed)
    assert reviews(given(*lost(), TERMINATE_LEASE)) == {OF_CONTRACT}
    assert reviews(given(*lost(), needed)) == {OF_CONTRACT}


def test_e18_the_passing_of_a_term_closes_no_review_only_the_return_does() -> None:
    passed = NoteLeaseTermPassed(on=date(2029, 4, 1), by=CALENDAR, lease="L-1")
    assert reviews(given(*lost(), passed)) == {OF_CONTRACT, OF_LEASE}
    back = but(RETURN, on=date(2029, 4, 2))
    assert reviews(given(*lost(), passed, back)) == {OF_CONTRACT}


def test_e18_only_a_decision_of_the_mayor_closes_a_review() -> None:
    given(*lost()).when(but(CONTINUE_CONTRACT, by=OFFICER)).then_refused(PARA_6)
    given(*lost()).when(but(CONTINUE_LEASE, by=OFFICER)).then_refused(PARA_7)
    given(*lost()).when(but(CONTINUE_LEASE, on=date(2026, 10, 19))).then_refused(PARA_7)


def test_e18_what_does_not_run_is_not_reviewed() -> None:
    given(*lost()).when(but(CONTINUE_CONTRACT, contract="C-9")).then_refused(PARA_6)
    given(*lost(), TERMINATE_LEASE).when(CONTINUE_LEASE).then_refused(PARA_7)


# --- 執行停止・取消しの取消し（行審法第25条・第46条）--------------------------------------------


def test_e18_a_stay_suspends_the_reviews_and_lets_nothing_be_ended_for_the_loss() -> None:
    stayed = Given(told(given(*lost()).state, stands(ended=LOST_ON, active=True)), RULES)
    assert stayed.state.of(REVIEWS).pending == []
    for command in (TERMINATE_CONTRACT, CONTINUE_CONTRACT):
        stayed.when(command).then_refused(PARA_6)
    for command in (TERMINATE_LEASE, CONTINUE_LEASE):
        stayed.when(command).then_refused(PARA_7)


def test_e18_when_a_stay_ends_the_reviews_are_open_again_but_for_those_decided() -> None:
    decided = given(*lost(), CONTINUE_CONTRACT).state
    stayed = told(decided, stands(ended=LOST_ON, active=True))
    again = told(stayed, stands(ended=LOST_ON, active=False))
    assert again.of(REVIEWS).pending == [("貸付け", "L-1")]


def test_e18_an_annulled_revocation_undoes_the_reviews_and_what_was_decided_in_them() -> None:
    decided = given(*lost(), CONTINUE_CONTRACT).state
    annulled = told(decided, stands(ended=None, active=True))
    assert annulled.of(REVIEWS).pending == []
    assert annulled.of(CONTRACTS).lost is None
    anew = told(annulled, stands(ended=date(2027, 1, 12), active=False))
    assert anew.of(REVIEWS).pending == [("貸付け", "L-1"), ("随意契約", "C-1")]


def test_e18_what_was_ended_before_an_annulment_stays_ended() -> None:
    ended = given(*lost(), TERMINATE_LEASE).state
    annulled = told(ended, stands(ended=None, active=True))
    assert not isinstance(annulled.of(LEASES).open["L-1"], Leased)
    assert annulled.of(REVIEWS).running == {("随意契約", "C-1")}
