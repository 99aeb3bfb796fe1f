"""法第251条の2、令第174条の6: 「…自治紛争処理委員を任命し、その調停に付することができる。」"""

from datetime import date

import pytest

from domain.bodies import MINISTER
from domain.dispute import DISPUTE
from domain.dispute.appointing import CommissionersAppointed, CommissionersLeftOffice
from domain.dispute.filing import MediationApplied
from domain.dispute.mediating import (
    AcceptanceArrived,
    CommissionersTold,
    EstablishmentPublished,
    MediationEstablished,
    MediationReported,
    ProposalAccepted,
    ProposalGistPublished,
    ProposalPresented,
)
from domain.dispute.referring import (
    MediationNotReferred,
    MediationReferred,
    MediationStarted,
)
from domain.dispute.replacing import CommissionerReplaced
from domain.dispute.telling import PartiesTold
from domain.dispute.terminating import (
    MediationTerminated,
    TerminationConsented,
    TerminationProposed,
    TerminationTold,
)
from domain.dispute.withdrawing import WithdrawalConsented
from domain.law import ART_96, ART_251, ART_251_2, DCO_5, ORDER_174_6
from tests.law.league import FUCHU, KEN, KURE, SHI, but
from tests.law.quarrel import (
    APPOINTED,
    DONE,
    HEARD,
    THREE,
    TWO,
    acceptance,
    accepted,
    after_establishment,
    arrival,
    decided,
    established,
    given,
    mediating,
    mediation_applied,
    proposal,
    proposed,
    referred,
    ruled,
    together,
)
from tests.law.quarrel_acts import (
    AGREED,
    CONSENT,
    DISMISS,
    FILL,
    GIST,
    NO_PROSPECT,
    NOT_REFERRED,
    START,
    TELL_NOT_REFERRED,
    TELL_TERMINATION,
    TERMINATE,
    WITHDRAW,
)

APPLY = mediation_applied(*THREE)[0]
REFER = referred(*THREE)[-1]
OF_AN_AGREEMENT = but(APPLY, agreement="専門人材の確保に関する連携協約")
BY_GOVERNOR = decided(KEN, HEARD)


# --- 申請と付託 -----------------------------------------------------------------------------------


def test_d10_an_application_may_come_from_any_party_and_the_others_are_told_at_once() -> None:
    event = given().when(APPLY).then_the(MediationApplied)
    assert (event.basis, event.authority) == (ART_251_2.para(1), KEN)
    assert given(APPLY).owed() == [
        "調停に付するかどうかを決める（法第251条の2第1項）",
        "呉市: 広島市に申請書の写しを添えて直ちに通知する（令第174条の6第1項）",
        "呉市: 府中町に申請書の写しを添えて直ちに通知する（令第174条の6第1項）",
    ]
    to_minister = but(mediation_applied(*TWO)[0], course=None)
    given().when(to_minister).then_refused(DCO_5)


def test_d10_e31_the_authority_may_refer_and_then_appoints_three() -> None:
    referred_to, appointed = (
        given(*mediation_applied(*THREE))
        .when(REFER)
        .then(MediationReferred, CommissionersAppointed)
    )
    assert referred_to.basis == ART_251_2.para(1)
    assert appointed.basis == ART_251.para(2)
    owed = given(*referred(*THREE)).owed()
    assert owed[0] == "広島県知事: 任命の旨と委員の氏名を直ちに告示する（令第174条の6第3項）"
    assert len(owed) == 1 + len(THREE)
    assert given(*mediating(*THREE)).owed() == []


def test_d10_e31_or_find_it_unsuitable_and_tell_the_parties() -> None:
    event = given(*mediation_applied(*THREE)).when(NOT_REFERRED).then_the(MediationNotReferred)
    assert event.basis == ORDER_174_6.para(2)
    case = given(*mediation_applied(*THREE), NOT_REFERRED)
    assert len(case.owed()) == len(THREE)
    assert case.when(TELL_NOT_REFERRED).then_the(PartiesTold).basis == ORDER_174_6.para(2)
    ended = given(*mediation_applied(*THREE), NOT_REFERRED, TELL_NOT_REFERRED)
    assert not DISPUTE.is_open(ended.state)
    ended.when(REFER).then_refused(ART_251_2.para(1))


def test_d10_it_may_be_begun_without_an_application_and_is_then_not_to_be_withdrawn() -> None:
    started, _ = given().when(START).then(MediationStarted, CommissionersAppointed)
    assert started.model_dump()["parties"] == (*THREE, KEN)
    assert given(START).state.title == "調停中"
    given(START).when(WITHDRAW).then_refused(ART_251_2.para(2))


def test_d10_whether_a_dispute_over_an_agreement_may_be_mediated_is_the_authoritys_rule() -> None:
    story = [OF_AN_AGREEMENT, *mediation_applied(*THREE)[1:]]
    assert given(*story).when(REFER).events
    closed = ruled(KEN, mediation_of_agreements=False)
    given(*story).when(REFER, closed).then_refused(ART_251_2.para(1))
    given(*mediation_applied(*THREE)).when(REFER, closed).then(
        MediationReferred, CommissionersAppointed
    )
    given().when(but(START, agreement="連携協約"), closed).then_refused(ART_251_2.para(1))


def test_d10_a_council_resolves_on_the_application_where_its_government_holds_so() -> None:
    without = but(APPLY, resolution=None)
    given().when(without).then_refused(ART_96.para(1, 12))
    needs_none = ruled(KURE, mediation_resolution=False)
    given().when(without, needs_none).then(MediationApplied)


def test_d08_e32_one_that_was_applied_for_is_withdrawn_with_consent() -> None:
    consent = but(CONSENT, **decided(KEN, CONSENT.on))
    consented, left = (
        given(*mediating(*THREE), WITHDRAW)
        .when(consent)
        .then(WithdrawalConsented, CommissionersLeftOffice)
    )
    assert consented.basis == ART_251_2.para(2)
    assert left.basis == ART_251.para(4, 1)
    assert given(*mediating(*THREE), WITHDRAW, consent).owed() == [
        "広島県知事: 取下げを広島市に通知する（令第174条の6第4項）",
        "広島県知事: 取下げを府中町に通知する（令第174条の6第4項）",
    ]
    early = but(WITHDRAW, on=APPOINTED)
    answer = but(consent, on=APPOINTED)
    given(*mediation_applied(*THREE), early).when(answer).then(WithdrawalConsented)


# --- 調停案 ---------------------------------------------------------------------------------------


def test_d11_a_proposal_is_decided_together_shown_to_all_and_reported_at_once() -> None:
    show, report = proposed(*THREE)[-2:]
    event = given(*mediating(*THREE)).when(show).then_the(ProposalPresented)
    assert (event.proposal, event.presented_to) == (1, THREE)
    case = given(*mediating(*THREE), show)
    assert case.owed() == [
        "自治紛争処理委員: 調停案の写しを添えて、調停の経過を直ちに報告する（法第251条の2第4項）"
    ]
    assert case.when(report).then_the(MediationReported).proposal == 1
    alone = but(proposal(*THREE), collegial=together("C-1"))
    given(*mediating(*THREE)).when(alone).then_refused(ART_251_2.para(10))


def test_d11_its_gist_may_be_published_with_reasons_and_need_not() -> None:
    event = given(*proposed(*THREE)).when(GIST).then_the(ProposalGistPublished)
    assert event.reasons
    given(*mediating(*THREE)).when(GIST).then_refused(ART_251_2.para(3))
    assert given(*established(*THREE)).state.title == "調停成立"


def test_d11_before_a_proposal_there_is_nothing_to_accept() -> None:
    given(*mediating(*THREE)).when(acceptance(KURE)).then_refused(ART_251_2.para(7))


# --- 受諾と成立 -----------------------------------------------------------------------------------


def test_d12_e31_i9_it_is_established_when_the_last_written_acceptance_has_come() -> None:
    story = [*proposed(*THREE), *accepted(*THREE)]
    case = given(*story[:-1])
    arrived, done = case.when(story[-1]).then(AcceptanceArrived, MediationEstablished)
    assert arrived.basis == ART_251_2.para(7)
    assert done.model_dump()["accepted"] == THREE


@pytest.mark.parametrize("missing", THREE)
def test_d12_e31_i9_with_one_acceptance_missing_it_never_is(missing: str) -> None:
    others = [code for code in THREE if code != missing]
    acts = [act for code in others for act in (acceptance(code), arrival(THREE, code))]
    case = given(*proposed(*THREE), *acts)
    assert case.state.title == "調停中"
    signed_only = given(*proposed(*THREE), *acts, acceptance(missing))
    assert signed_only.state.title == "調停中"
    signed_only.when(arrival(THREE, missing)).then(AcceptanceArrived, MediationEstablished)


def test_d12_what_has_not_been_accepted_cannot_arrive_and_a_stranger_does_not_accept() -> None:
    case = given(*proposed(*THREE))
    case.when(arrival(THREE, KURE)).then_refused(ART_251_2.para(7))
    stranger = but(acceptance(KURE), **decided(KEN, DONE))
    case.when(stranger).then_refused(ART_251_2.para(7))
    early = arrival(THREE, KURE, date(2026, 12, 2))
    given(*proposed(*THREE), acceptance(KURE)).when(early).then_refused(ART_251_2.para(7))


def test_d12_a_party_accepts_the_very_text_that_was_shown() -> None:
    case = given(*proposed(*THREE))
    case.when(but(acceptance(KURE), sha256="0" * 64)).then_refused(ART_251_2.para(7))
    case.when(but(acceptance(KURE), proposal=2)).then_refused(ART_251_2.para(7))
    case.when(acceptance(KURE)).then(ProposalAccepted)


def test_d12_another_proposal_asks_all_anew() -> None:
    acts = [acceptance(KURE), arrival(THREE, KURE), acceptance(SHI), arrival(THREE, SHI)]
    second = proposal(*THREE, on=DONE, text="均等に負担する。")
    case = given(*proposed(*THREE), *acts, second)
    case.when(acceptance(FUCHU)).then_refused(ART_251_2.para(7))
    anew = but(acceptance(FUCHU), proposal=2, sha256=second.sha256)
    come = but(arrival(THREE, FUCHU), proposal=2)
    given(*proposed(*THREE), *acts, second, anew).when(come).then(AcceptanceArrived)


def test_d12_a_council_resolves_on_the_acceptance_where_its_government_holds_so() -> None:
    without = but(acceptance(KURE), resolution=None)
    given(*proposed(*THREE)).when(without).then_refused(ART_96.para(1, 12))
    needs_none = ruled(KURE, mediation_resolution=False)
    given(*proposed(*THREE)).when(without, needs_none).then(ProposalAccepted)


def test_d12_then_it_is_published_and_told_at_once_and_the_commissioners_leave() -> None:
    publish, tell_commissioners, tell = after_establishment(*THREE)
    case = given(*established(*THREE))
    assert "広島県知事: 調停の成立の旨と要旨を直ちに公表する（法第251条の2第7項）" in case.owed()
    assert case.when(publish).then_the(EstablishmentPublished).gist
    assert case.when(tell_commissioners).then_the(CommissionersTold).filed == THREE
    case.when(but(tell, told=(KURE,))).then(PartiesTold)
    _, left = case.when(tell).then(PartiesTold, CommissionersLeftOffice)
    assert left.basis == ART_251.para(4, 3)
    done = given(*established(*THREE), publish, tell_commissioners, tell)
    assert (done.owed(), DISPUTE.is_open(done.state)) == ([], False)


# --- 打切り ---------------------------------------------------------------------------------------


def test_d13_it_is_ended_only_with_the_authoritys_consent() -> None:
    case = given(*mediating(*THREE))
    case.when(TERMINATE).then_refused(ART_251_2.para(5))
    case.when(NO_PROSPECT).then(TerminationProposed)
    asked = given(*mediating(*THREE), NO_PROSPECT)
    asked.when(TERMINATE).then_refused(ART_251_2.para(5))
    asked.when(AGREED).then(TerminationConsented)
    case.when(AGREED).then_nothing()
    agreed = given(*mediating(*THREE), NO_PROSPECT, AGREED)
    agreed.when(TERMINATE).then(MediationTerminated)
    bare = but(TERMINATE, gist=None, course=None, published_in=None)
    agreed.when(bare).then(MediationTerminated)


def test_d13_the_commissioners_tell_the_parties_and_leave_office() -> None:
    story = [*mediating(*THREE), NO_PROSPECT, AGREED, TERMINATE]
    some = but(TELL_TERMINATION, told=(KURE, SHI))
    given(*story).when(some).then(TerminationTold)
    told, left = (
        given(*story, some).when(TELL_TERMINATION).then(TerminationTold, CommissionersLeftOffice)
    )
    assert told.model_dump()["told"] == (FUCHU,)
    assert left.basis == ART_251.para(4, 2)
    ended = given(*story, TELL_TERMINATION)
    assert (ended.state.title, DISPUTE.is_open(ended.state)) == ("調停打切り", False)


def test_d09_a_vacancy_can_be_filled_until_the_office_ends_by_law() -> None:
    dismiss = but(DISMISS, **decided(KEN, date(2026, 12, 11)))
    fill = but(FILL, **decided(KEN, date(2026, 12, 12)))
    story = [*mediating(*THREE), NO_PROSPECT, AGREED, TERMINATE, dismiss]
    given(*story).when(fill).then(CommissionerReplaced)
    tell = but(TELL_TERMINATION, on=date(2026, 12, 12))
    given(*story, tell).when(fill).then_refused(ART_251.para(2))


def test_d13_with_another_proposal_the_consent_is_of_no_account_any_more() -> None:
    again = proposal(*THREE, on=date(2026, 12, 4))
    story = [*mediating(*THREE), NO_PROSPECT, AGREED, again]
    given(*story).when(TERMINATE).then_refused(ART_251_2.para(5))


def test_d13_before_the_end_the_parties_can_still_all_accept() -> None:
    story = [*proposed(*THREE), NO_PROSPECT, AGREED]
    assert given(*story, *accepted(*THREE)).state.title == "調停成立"
    given(*story, *accepted(*THREE)).when(TERMINATE).then_refused(ART_251_2.para(5))


def test_the_minister_mediates_under_the_same_paragraphs() -> None:
    done = given(*established(*TWO), *after_establishment(*TWO))
    assert (done.case.authority, done.state.title) == (MINISTER, "調停成立")
