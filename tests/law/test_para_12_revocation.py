"""法第260条の49第12項: 「…次の各号のいずれかに該当すると認めるときは、その指定を取り消すことができる。」

The four grounds: 要件を欠き改善命令によっては改善を期待できないことが明らか (G1), 改善命令の違反 (G2),
不正な手段による指定 (G3), 条例で定める場合 (G4).
"""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.acts import Finding
from domain.designation import DESIGNATION, State
from domain.designation.grounds import (
    BeyondImprovement,
    ByOrdinance,
    Ground,
    ImproperMeans,
    OrderViolated,
)
from domain.designation.hearing import RevocationProposed
from domain.designation.improvement import ConfirmFulfilment, ExtendOrderDeadline
from domain.designation.remedies.standing import REMEDIES
from domain.designation.revocation import (
    DeclineRevocation,
    DeferredReasonsGiven,
    DesignationRevoked,
    GiveDeferredReasons,
    RevocationDeclined,
    RevokeUrgently,
)
from domain.law import APA_13, APA_14, ART_260_49
from tests.law.cast import (
    DRAFTER,
    MAYOR,
    NOTIFY,
    OFFICER,
    PROPOSE_ORDER,
    PROPOSE_REVOCATION,
    REQUEST_REPORT,
    REVOKE,
    Story,
    but,
    designated,
    finding,
    hearing_closed,
    hearing_open,
    hearing_reported,
    revoked,
    threatened,
    under_order,
    violated,
)
from tests.law.example import rules_with
from tests.law.specification import Given, given

PARA_12 = ART_260_49.para(12)
HEARING_FIRST = APA_13.para(1, "1_イ")
G1 = BeyondImprovement(
    lacking=finding("区域の住民がいない。"), hopeless=finding("転出が完了した。")
)
G2 = OrderViolated(improvement=1)
G3 = ImproperMeans(finding=finding("構成員名簿が偽造されていた。"))
G4 = ByOrdinance(item="dormant", finding=finding("2年にわたり活動がない。"))
DECLINE = DeclineRevocation(
    on=date(2026, 10, 20), by=MAYOR, drafted_by=DRAFTER, finding=finding("改善の見込みがある。")
)
URGENT = RevokeUrgently(
    on=date(2026, 9, 20),
    by=MAYOR,
    drafted_by=DRAFTER,
    grounds=(G3,),
    urgency=finding("住民から現に金銭を集めている。"),
    reasons="偽造の名簿により指定を受けた。",
)
DEFERRED = but(URGENT, reasons=None, reasons_deferred="文書を作る間に被害が広がる。")
REASONS = GiveDeferredReasons(
    on=date(2026, 9, 24), by=MAYOR, drafted_by=DRAFTER, reasons="偽造の名簿により指定を受けた。"
)


@pytest.mark.parametrize("ground", [G1, G3, G4], ids=["G1", "G3", "G4"])
def test_t20_t21_t22_e05_three_grounds_need_no_order_before(ground: Ground) -> None:
    propose = but(PROPOSE_REVOCATION, grounds=(ground,))
    event = given(*designated()).when(propose).then_the(RevocationProposed)
    assert event.grounds == (ground,)


def test_t19_e04_g2_stands_on_an_order_that_was_found_violated() -> None:
    for story in (designated(), under_order()):
        given(*story).when(PROPOSE_REVOCATION).then_refused(PARA_12)
    given(*violated()).when(PROPOSE_REVOCATION).then(RevocationProposed)
    other = but(PROPOSE_REVOCATION, grounds=(OrderViolated(improvement=2),))
    given(*violated()).when(other).then_refused(PARA_12)


def test_t19_g2_does_not_stand_on_a_day_before_the_violation_was_found() -> None:
    early = but(PROPOSE_REVOCATION, on=date(2026, 9, 6))
    given(*violated()).when(early).then_refused(PARA_12)


@pytest.mark.parametrize("lacking", ["lacking", "hopeless"])
def test_t20_e05_g1_needs_two_findings(lacking: str) -> None:
    said = {name: value for name, value in dict(G1).items() if name != lacking}
    with pytest.raises(ValidationError, match=lacking):
        BeyondImprovement.model_validate(said)


@pytest.mark.parametrize("bare", ["lacking", "hopeless"])
def test_t20_each_finding_of_g1_rests_on_evidence(bare: str) -> None:
    ground = G1.model_copy(update={bare: Finding(reasons="明らかである。")})
    propose = but(PROPOSE_REVOCATION, grounds=(ground,))
    given(*designated()).when(propose).then_refused(PARA_12)


def test_t22_g4_is_an_item_of_the_ordinance_in_force() -> None:
    unknown = G4.model_copy(update={"item": "noisy"})
    strange = but(PROPOSE_REVOCATION, grounds=(unknown,))
    given(*designated()).when(strange).then_refused(PARA_12)
    silent = rules_with(revocation_grounds=())
    propose = but(PROPOSE_REVOCATION, grounds=(G4,))
    given(*designated(), rules=silent).when(propose).then_refused(PARA_12)


def test_e04_what_is_a_ground_of_an_order_is_no_ground_of_revocation() -> None:
    with pytest.raises(ValidationError):
        but(PROPOSE_REVOCATION, grounds=({"ground": "著しく不適正な運営"},))
    with pytest.raises(ValidationError):
        but(PROPOSE_REVOCATION, grounds=())
    urgent = but(URGENT, grounds=(G2,))
    given(*designated(), PROPOSE_ORDER).when(urgent).then_refused(PARA_12)


@pytest.mark.parametrize(
    "story", [designated(), violated(), threatened(), hearing_open(), hearing_closed()]
)
def test_e07_q16_without_hearing_record_and_report_nothing_is_revoked(story: Story) -> None:
    given(*story).when(REVOKE).then_refused(HEARING_FIRST)


@pytest.mark.parametrize("ground", [G1, G2, G3, G4], ids=["G1", "G2", "G3", "G4"])
def test_t26_q12_q13_q16_the_mayor_revokes_having_considered_record_and_report(
    ground: Ground,
) -> None:
    story = hearing_reported() if ground == G2 else hearing_reported(ground)
    event = given(*story).when(REVOKE).then_the(DesignationRevoked)
    assert event.grounds == (ground,)
    assert (event.consideration, event.reasons) == (REVOKE.consideration, REVOKE.reasons)
    assert (event.urgency, event.reasons_deferred) == (None, None)
    assert "審査請求" in event.remedy_notice.appeal


def test_t26_a_revocation_is_not_dated_before_the_report() -> None:
    given(*hearing_reported()).when(but(REVOKE, on=date(2026, 10, 8))).then_refused(PARA_12)


def test_t26_a_ground_must_still_stand_on_the_day_of_the_decision() -> None:
    extend = ExtendOrderDeadline(
        on=date(2026, 10, 12),
        by=MAYOR,
        drafted_by=DRAFTER,
        improvement=1,
        comply_by=date(2026, 12, 28),
        reasons="改めて期限を定める。",
    )
    given(*hearing_reported(), extend).when(REVOKE).then_refused(PARA_12)
    repealed = rules_with(revocation_grounds=())
    state = given(*hearing_reported(G4)).state
    Given(state, repealed).when(REVOKE).then_refused(PARA_12)


def test_t26_a_violation_stays_one_when_the_measures_come_too_late() -> None:
    late = ConfirmFulfilment(on=date(2026, 10, 12), by=OFFICER, improvement=1, finding=finding())
    given(*hearing_reported(), late).when(REVOKE).then(DesignationRevoked)


def test_e03_e23_nothing_leads_out_of_a_revocation_but_its_remedies() -> None:
    after = given(*revoked())
    remedies = {command.title for command in REMEDIES.commands}
    assert set(DESIGNATION.view(after.state).possible) <= remedies
    later = date(2026, 12, 1)
    for command in (REVOKE, NOTIFY, PROPOSE_REVOCATION, DECLINE, URGENT, REQUEST_REPORT):
        refused = after.when(but(command, on=later, **_no_arrival(command))).refusal
        assert refused is not None


def _no_arrival(command: object) -> dict[str, object]:
    return {"arrives": None, "held_on": date(2026, 12, 28)} if command is NOTIFY else {}


@pytest.mark.parametrize("story", [threatened(), hearing_open(), hearing_closed()])
def test_t27_e03_a_revocation_may_be_given_up_at_any_stage(story: Story) -> None:
    given(*story).when(DECLINE).then(RevocationDeclined)


def test_t27_e03_the_mayor_may_decline_to_revoke_and_the_designation_stands() -> None:
    event = given(*hearing_reported()).when(DECLINE).then_the(RevocationDeclined)
    assert event.finding == DECLINE.finding
    assert DESIGNATION.view(given(*hearing_reported(G3), DECLINE).state).stage == "指定中"
    given(*hearing_reported(), DECLINE).when(DECLINE).then_refused(PARA_12)


def test_t27_an_order_outlives_the_revocation_that_was_declined() -> None:
    state = given(*hearing_reported(), DECLINE).state
    assert DESIGNATION.view(state).stage == "指定中・改善命令違反"
    possible = DESIGNATION.view(state).possible
    assert "改善命令の履行を確認する" in possible
    assert "改善命令の期限を延長する" in possible


def test_t27_a_decision_not_to_revoke_is_not_dated_before_what_it_rests_on() -> None:
    for story, day in (
        (threatened(), date(2026, 9, 13)),
        (hearing_open(), date(2026, 9, 15)),
        (hearing_reported(), date(2026, 10, 8)),
    ):
        given(*story).when(but(DECLINE, on=day)).then_refused(PARA_12)


@pytest.mark.parametrize("story", [designated(), under_order(), threatened(G3), hearing_open(G3)])
def test_t28_in_an_emergency_a_designation_is_revoked_without_a_hearing(story: Story) -> None:
    event = given(*story).when(URGENT).then_the(DesignationRevoked)
    assert (event.urgency, event.consideration) == (URGENT.urgency, None)


def test_t28_an_emergency_is_recorded_or_there_is_none() -> None:
    said = {name: value for name, value in dict(URGENT).items() if name != "urgency"}
    with pytest.raises(ValidationError, match="urgency"):
        RevokeUrgently.model_validate(said)


def test_t28_q12_the_reasons_may_follow_where_it_is_said_what_pressed() -> None:
    event = given(*designated()).when(DEFERRED).then_the(DesignationRevoked)
    assert (event.reasons, event.reasons_deferred) == (None, DEFERRED.reasons_deferred)
    pressed = given(*designated(), DEFERRED)
    assert DESIGNATION.is_open(pressed.state)
    assert _owes_reasons(pressed.state)
    assert pressed.when(REASONS).then_the(DeferredReasonsGiven).reasons == REASONS.reasons
    assert not _owes_reasons(given(*designated(), DEFERRED, REASONS).state)


def _owes_reasons(state: State) -> bool:
    return APA_14.para(2) in [duty.basis for duty in DESIGNATION.view(state).obligations]


def test_t28_q12_without_reasons_and_without_saying_why_nothing_is_revoked() -> None:
    given(*designated()).when(but(URGENT, reasons=None)).then_refused(APA_14.para(1))
    both = but(URGENT, reasons_deferred="急ぐ。")
    given(*designated()).when(both).then_refused(APA_14.para(1))


def test_t28_reasons_follow_once_and_not_before_the_revocation() -> None:
    pressed = [*designated(), DEFERRED]
    given(*pressed).when(but(REASONS, on=date(2026, 9, 19))).then_refused(APA_14)
    given(*pressed, REASONS).when(REASONS).then_refused(APA_14.para(2))
    given(*designated(), URGENT).when(REASONS).then_refused(APA_14.para(2))
    given(*designated()).when(REASONS).then_refused(APA_14)


def test_a_revocation_may_go_forward_while_another_order_is_in_force() -> None:
    given(*under_order()).when(but(PROPOSE_REVOCATION, grounds=(G4,))).then(RevocationProposed)
