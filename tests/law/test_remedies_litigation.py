"""行訴法第8条・第14条・第25条・第26条・第32条・第33条: A suit against an adverse act, as recorded."""

from datetime import date

from domain.designation import DESIGNATION
from domain.designation.designated import Designated, Revoked
from domain.designation.intake import UnderReview
from domain.designation.remedies.litigation import (
    CourtStayed,
    JudgmentFinal,
    JudgmentGiven,
    SuitFiled,
    SuitWithdrawn,
)
from domain.designation.remedies.ruling import ActAnnulled
from domain.designation.remedies.stay import StayEnded
from domain.law import ACL_8, ACL_25, ACL_26, ACL_32, ACL_33
from tests.law.cast import BODY, DESIGNATE, MAYOR, REFUSE, but, decision_pending, designated
from tests.law.contest import (
    COURT_STAY,
    COURT_STAY_ENDS,
    FINAL,
    JUDGMENT,
    REVOCATION_APPEAL,
    REVOKED,
    STAY,
    SUE,
    SUIT_WITHDRAWN,
    revocation_served,
    sued,
)
from tests.law.example import RULES
from tests.law.specification import given


def test_a_suit_is_recorded_with_the_window_as_it_is_known_here() -> None:
    event = given(*revocation_served()).when(SUE).then_the(SuitFiled)
    assert (event.act.number, event.act.kind) == (REVOKED, "DesignationRevoked")
    assert (event.due.day, event.in_time) == (date(2027, 4, 22), True)
    assert "取消訴訟中" in DESIGNATION.view(given(*sued()).state).stage


def test_no_prior_appeal_is_needed_and_one_may_run_beside_the_suit() -> None:
    given(*revocation_served()).when(SUE).then(SuitFiled)
    both = given(*revocation_served(), REVOCATION_APPEAL).when(SUE)
    both.then(SuitFiled)


def test_whether_a_suit_is_late_is_for_the_court_so_it_is_recorded_all_the_same() -> None:
    late = but(SUE, on=date(2027, 5, 10), filed=date(2027, 4, 23))
    assert not given(*revocation_served()).when(late).then_the(SuitFiled).in_time


def test_a_suit_is_an_officers_entry_about_an_act_that_was_done() -> None:
    given(*revocation_served()).when(but(SUE, by=BODY)).then_refused(ACL_8)
    given(*revocation_served()).when(but(SUE, by=MAYOR)).then_refused(ACL_8)
    given(*designated()).when(but(SUE, act=1)).then_refused(ACL_8)
    early = but(SUE, filed=date(2026, 10, 19))
    given(*revocation_served()).when(early).then_refused(ACL_8.para(1))
    given(*sued()).when(but(SUE, on=date(2026, 11, 20))).then_nothing()


def test_t32_a_stay_by_the_court_lets_the_designation_count_until_it_ends() -> None:
    event = given(*sued()).when(COURT_STAY).then_the(CourtStayed)
    assert event.order == COURT_STAY.order
    stayed = given(*sued(), COURT_STAY)
    assert stayed.state.now.active
    stayed.when(but(COURT_STAY, on=date(2026, 12, 2))).then_refused(ACL_25)
    ended = stayed.when(COURT_STAY_ENDS).then_the(StayEnded)
    assert ended.basis == ACL_26
    after = given(*sued(), COURT_STAY, COURT_STAY_ENDS)
    assert not after.state.now.active
    after.when(but(COURT_STAY_ENDS, on=date(2027, 2, 2))).then_refused(ACL_26)


def test_t32_an_act_stayed_twice_counts_only_when_both_stays_have_ended() -> None:
    stay = but(STAY, on=date(2026, 11, 20))
    story = [*revocation_served(), REVOCATION_APPEAL, SUE, stay, COURT_STAY]
    ended = given(*story).when(COURT_STAY_ENDS).then_the(StayEnded)
    assert ended.remains
    assert given(*story, COURT_STAY_ENDS).state.now.active


def test_a_judgment_changes_nothing_before_it_is_final() -> None:
    given(*sued()).when(FINAL).then_refused(ACL_32)
    given(*sued()).when(JUDGMENT).then(JudgmentGiven)
    judged = given(*sued(), JUDGMENT)
    assert isinstance(judged.state.status, Revoked)
    judged.when(but(JUDGMENT, on=date(2027, 9, 11))).then_refused(ACL_32)


def test_t33_a_final_annulment_gives_the_designation_back() -> None:
    final, gone = given(*sued(), JUDGMENT).when(FINAL).then(JudgmentFinal, ActAnnulled)
    assert isinstance(final, JudgmentFinal)
    assert isinstance(gone, ActAnnulled)
    assert (final.judgment, gone.basis) == ("取消し", ACL_32.para(1))
    status = given(*sued(), JUDGMENT, FINAL).state.status
    assert isinstance(status, Designated)
    assert status.since == DESIGNATE.arrives


def test_t33_the_last_judgment_is_the_one_that_becomes_final() -> None:
    above = but(
        JUDGMENT,
        on=date(2028, 5, 10),
        court="例示高等裁判所",
        court_case="令和9年（行コ）第1号",
        judgment="棄却",
    )
    later = but(FINAL, on=date(2028, 6, 1))
    given(*sued(), JUDGMENT, above).when(later).then(JudgmentFinal)
    assert isinstance(given(*sued(), JUDGMENT, above, later).state.status, Revoked)


def test_t33_a_stay_is_over_with_the_final_judgment_or_the_withdrawal() -> None:
    rejected = but(JUDGMENT, judgment="棄却")
    given(*sued(), COURT_STAY, rejected).when(FINAL).then(JudgmentFinal, StayEnded)
    given(*sued(), COURT_STAY).when(SUIT_WITHDRAWN).then(SuitWithdrawn, StayEnded)
    after = given(*sued(), COURT_STAY, SUIT_WITHDRAWN)
    assert not after.state.now.active
    after.when(but(JUDGMENT, on=date(2027, 9, 10))).then_refused(ACL_32)


def test_t33_an_application_whose_refusal_was_annulled_is_decided_on_again() -> None:
    sue = but(SUE, on=date(2025, 8, 1), filed=date(2025, 7, 28), act=1)
    story = [*decision_pending(), REFUSE, sue, JUDGMENT, FINAL]
    state = given(*story).state
    assert isinstance(state.status, UnderReview)
    assert ACL_33.para(2) in [duty.basis for duty in DESIGNATION.view(state).obligations]


def test_a_case_stays_open_while_a_suit_runs_and_closes_after_it() -> None:
    rejected = but(JUDGMENT, judgment="棄却")
    running = given(*sued(), rejected)
    assert DESIGNATION.is_open(running.state)
    keys = {due.deadline.key for due in DESIGNATION.dues(running.state, RULES)}
    assert f"suit-{REVOKED}" not in keys


def test_no_entry_is_dated_before_the_one_it_follows() -> None:
    given(*sued()).when(but(COURT_STAY, on=date(2026, 11, 15))).then_refused(ACL_25)
    given(*sued()).when(but(COURT_STAY, suit=2)).then_refused(ACL_25)
