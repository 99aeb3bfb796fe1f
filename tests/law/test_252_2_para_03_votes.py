"""法第252条の2第3項: 「第一項の協議については、関係普通地方公共団体の議会の議決を経なければならない。」"""

from datetime import date, timedelta

import pytest

from domain.agreement.concluding import AgreementConcluded, AgreementSigned
from domain.agreement.parties import PARA_1, PARA_3
from domain.agreement.resolving import (
    BillApproved,
    BillDrafted,
    BillSubmitted,
    CouncilRejected,
    CouncilResolved,
)
from tests.law.league import (
    EFFECTIVE,
    KEN,
    KURE,
    SHI,
    SIGNED_ON,
    V1,
    V2,
    Story,
    all_approved,
    before_council,
    but,
    consulting,
    decided,
    fixed,
    given,
    head,
    of,
    officer,
    proposed,
    resolved,
    signatures,
    signed,
    voted,
)
from tests.law.league_acts import REJECT

TWO = (KEN, KURE)
DRAFT, APPROVE, SUBMIT = before_council(KURE, V1)
PENDING = [*consulting(*TWO), DRAFT, APPROVE, SUBMIT]
RESOLVE = resolved(KURE, V1, date(2025, 12, 15))


def test_a03_a_bill_is_drafted_and_decided_inside_the_party_then_submitted() -> None:
    drafted = given(*consulting(*TWO)).when(DRAFT).then_the(BillDrafted)
    decided_on = given(*consulting(*TWO), DRAFT).when(APPROVE).then_the(BillApproved)
    assert drafted.reserved_to == decided_on.reserved_to == KURE
    shared = given(*consulting(*TWO), DRAFT, APPROVE).when(SUBMIT).then_the(BillSubmitted)
    assert (shared.version, shared.bill) == (V1, "議案第7号")
    assert given(*PENDING).state.title == "締結の議決待ち"


def test_a03_a_bill_is_not_submitted_without_its_draft_and_decision() -> None:
    given(*consulting(*TWO)).when(SUBMIT).then_refused(PARA_3)
    given(*consulting(*TWO), DRAFT).when(SUBMIT).then_refused(PARA_3)
    given(*consulting(*TWO)).when(APPROVE).then_refused(PARA_3)


def test_a03_whoever_drafted_the_bill_does_not_decide_on_it() -> None:
    by_drafter = but(APPROVE, by=head(KURE).model_copy(update={"person": officer(KURE).person}))
    given(*consulting(*TWO), DRAFT).when(by_drafter).then_refused(PARA_3)
    other = but(APPROVE, drafted_by=officer(KURE).model_copy(update={"person": "S-77"}))
    given(*consulting(*TWO), DRAFT).when(other).then_refused(PARA_3)


def test_a03_there_is_no_bill_before_there_is_a_text() -> None:
    given(*proposed(*TWO)).when(DRAFT).then_refused(PARA_3)


def test_a05_the_council_votes_on_the_bill_before_it() -> None:
    event = given(*PENDING).when(RESOLVE).then_the(CouncilResolved)
    assert (event.version, event.bill, event.ayes, event.noes) == (V1, "議案第7号", 30, 2)
    given(*consulting(*TWO)).when(RESOLVE).then_refused(PARA_3)
    given(*consulting(*TWO), DRAFT, APPROVE).when(RESOLVE).then_refused(PARA_3)
    given(*PENDING).when(but(RESOLVE, on=date(2025, 11, 30))).then_refused(PARA_3)


@pytest.mark.parametrize("wrong", [{"version": 2}, {"sha256": V2.sha256}, of(V2)])
def test_a05_q20_a_vote_on_another_text_does_not_count(wrong: dict[str, object]) -> None:
    given(*PENDING).when(but(RESOLVE, **wrong)).then_refused(PARA_3)


def test_a04_a_rejection_is_recorded_and_stops_the_way() -> None:
    given(*PENDING).when(REJECT).then(CouncilRejected)
    story = [*consulting(*TWO), *voted(KEN, V1), DRAFT, APPROVE, SUBMIT, REJECT]
    assert given(*story).state.title == "締結の否決後"
    given(*story).when(signatures(*TWO)[0]).then_refused(PARA_3)


def test_a04_a_session_that_ends_without_a_vote_approves_nothing() -> None:
    unfinished = but(REJECT, failure="審議未了")
    assert given(*PENDING, unfinished).state.title == "締結の否決後"


def test_a04_the_same_text_may_come_before_a_later_session() -> None:
    again = voted(KURE, V1, date(2026, 2, 2))
    story = [*consulting(*TWO), *voted(KEN, V1), DRAFT, APPROVE, SUBMIT, REJECT, *again]
    assert given(*story).state.title == "締結の議決済み"


def test_a04_e27_a_text_changed_after_a_rejection_needs_the_votes_of_all_anew() -> None:
    later = fixed(KEN, V2, date(2025, 12, 20))
    story: Story = [*consulting(*TWO), *voted(KEN, V1), DRAFT, APPROVE, SUBMIT, REJECT, later]
    story += voted(KURE, V2, date(2026, 2, 2))
    sign = signed(KURE, V2, date(2026, 3, 1), EFFECTIVE)
    given(*story).when(sign).then_refused(PARA_3)
    given(*story, *voted(KEN, V2, date(2026, 2, 2))).when(sign).then(AgreementSigned)


def test_a06_q20_the_last_signature_concludes_on_the_version_that_all_approved() -> None:
    first, last = signatures(*TWO)
    given(*all_approved(*TWO)).when(first).then(AgreementSigned)
    events = given(*all_approved(*TWO), first).when(last).events
    assert [type(event) for event in events] == [AgreementSigned, AgreementConcluded]
    concluded = events[-1]
    assert isinstance(concluded, AgreementConcluded)
    assert {one.party for one in concluded.approvals} == set(TWO)
    assert {one.sha256 for one in concluded.approvals} == {V1.sha256}
    assert (concluded.effective, concluded.expertise) == (EFFECTIVE, True)


@pytest.mark.parametrize("silent", [KEN, SHI, KURE])
def test_a06_e27_nobody_signs_before_every_council_has_voted(silent: str) -> None:
    parties = (KEN, SHI, KURE)
    votes = [act for code in parties if code != silent for act in voted(code, V1)]
    for signature in signatures(*parties):
        given(*consulting(*parties), *votes).when(signature).then_refused(PARA_3)


def test_a06_the_vote_comes_before_the_signature() -> None:
    early = signed(KEN, V1, date(2025, 12, 14), EFFECTIVE)
    given(*all_approved(*TWO)).when(early).then_refused(PARA_1)


def test_a06_all_sign_for_the_same_day_and_not_for_one_gone_by() -> None:
    first, last = signatures(*TWO)
    other_day = but(last, effective=EFFECTIVE + timedelta(days=1))
    given(*all_approved(*TWO), first).when(other_day).then_refused(PARA_1)
    past = but(first, effective=SIGNED_ON - timedelta(days=1))
    given(*all_approved(*TWO)).when(past).then_refused(PARA_1)


def test_a06_a_signature_on_another_text_is_refused() -> None:
    given(*all_approved(*TWO)).when(signed(KEN, V2, SIGNED_ON, EFFECTIVE)).then_refused(PARA_3)


def test_only_officers_record_what_the_council_did() -> None:
    given(*PENDING).when(but(RESOLVE, by=head(KURE))).then_refused(PARA_3)
    assert decided(KURE, SIGNED_ON)["by"] == head(KURE)
