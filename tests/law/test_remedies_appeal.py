"""行審法第2条・第9条・第18条・第23条–第30条・第42条–第52条: 審査請求, from its filing to its effect."""

from datetime import date

import pytest

from domain.acts import Finding
from domain.designation import DESIGNATION, State
from domain.designation.designated import Designated, Revoked
from domain.designation.examination import Designate, DesignationGranted
from domain.designation.improvement import (
    ExtendOrderDeadline,
    NoteOrderDeadlinePassed,
    OrderDeadlinePassed,
    OrderViolationFound,
)
from domain.designation.intake import Arrived, UnderReview
from domain.designation.remedies.appeal import (
    AppealCorrected,
    AppealCorrectionLapsed,
    AppealCorrectionRequested,
    AppealFiled,
    AppealWithdrawn,
    LateFilingExcused,
)
from domain.designation.remedies.council import (
    AppealCouncilAnswered,
    ConsultationOmitted,
    CouncilConsulted,
)
from domain.designation.remedies.review import (
    CounterSubmitted,
    DefenceForwarded,
    DefenceRequested,
    DefenceSubmitted,
    ReviewOfficerNamed,
    ReviewOpinionSubmitted,
)
from domain.designation.remedies.ruling import (
    ActAnnulled,
    ActVaried,
    AppealDismissed,
    AppealRejected,
    AppealUpheld,
)
from domain.designation.remedies.service import NoticeArrived, NoticePublished
from domain.designation.remedies.stay import StayDenied, StayEnded, StayGranted, StaySought
from domain.designation.reporting import ReportRequested
from domain.law import (
    ACL_14,
    ARA_2,
    ARA_9,
    ARA_18,
    ARA_23,
    ARA_25,
    ARA_26,
    ARA_27,
    ARA_29,
    ARA_30,
    ARA_42,
    ARA_43,
    ARA_45,
    ARA_46,
    ARA_48,
    ARA_51,
    ARA_52,
    ARA_79,
    ARA_81,
    ART_260_49,
)
from domain.people import CALENDAR
from tests.law.cast import (
    BODY,
    COMPLETE,
    DESIGNATE,
    DRAFTER,
    FIND_VIOLATED,
    MAYOR,
    OFFICER,
    OTHER_BODY,
    PRESIDER,
    PROPOSE_REVOCATION,
    REFUSE,
    REQUEST_REPORT,
    Story,
    but,
    correcting,
    decision_pending,
    designated,
    finding,
    under_order,
    violated,
)
from tests.law.contest import (
    APPEAL,
    CLERK,
    DEEMED,
    DISMISS,
    EXCUSE,
    FIRST,
    LATE,
    LIFT,
    MEND,
    MENDED,
    NO_STAY,
    OMIT,
    PUBLISH,
    REJECT,
    REVIEWER,
    RULING_ARRIVES,
    SEEK,
    SEND,
    SEND_RULING,
    STAY,
    UNMENDED,
    UPHOLD,
    VARY,
    WITHDRAW,
    annulled,
    appealed,
    council,
    naming,
    restored,
    review,
    reviewed,
    revocation_appealed,
    revocation_ripe,
    revocation_served,
    ripe,
    served,
)
from tests.law.everything import ACTS
from tests.law.example import RULES, rules_with
from tests.law.specification import given

NAME, ASK, DEFEND, FORWARD, COUNTER, OPINE = review(FIRST)


def _duties(state: State) -> list[str]:
    return [duty.title for duty in DESIGNATION.view(state).obligations]


# --- 請求 -------------------------------------------------------------------------------------


def test_t31_the_body_appeals_to_the_mayor_in_time() -> None:
    event = given(*served()).when(APPEAL).then_the(AppealFiled)
    assert (event.appeal, event.act.name, event.in_time) == (1, "改善命令", True)
    assert event.due.day == date(2026, 9, 15)
    assert "審査請求中" in DESIGNATION.view(given(*appealed()).state).stage


def test_t31_the_act_may_be_contested_before_its_notice_is_recorded() -> None:
    given(*under_order()).when(APPEAL).then(AppealFiled)


def test_t31_only_the_body_and_only_about_an_act_that_was_done() -> None:
    given(*served()).when(but(APPEAL, by=OTHER_BODY)).then_refused(ARA_2)
    given(*served()).when(but(APPEAL, by=OFFICER)).then_refused(ARA_2)
    given(*served()).when(but(APPEAL, act=2)).then_refused(ARA_2)
    given(*served()).when(but(APPEAL, on=date(2026, 6, 11))).then_refused(ARA_2)


def test_t31_days_in_the_post_do_not_count() -> None:
    posted = but(APPEAL, on=date(2026, 9, 17), posted=date(2026, 9, 15))
    assert given(*served()).when(posted).then_the(AppealFiled).in_time
    given(*served()).when(but(posted, posted=date(2026, 9, 18))).then_refused(ARA_18.para(3))


def test_t31_a_late_appeal_is_taken_and_a_person_finds_whether_it_is_excused() -> None:
    assert not given(*served()).when(LATE).then_the(AppealFiled).in_time
    late = given(*served(), LATE)
    assert late.when(EXCUSE).then_the(LateFilingExcused).finding == EXCUSE.finding
    no_proof = but(EXCUSE, finding=Finding(reasons="気の毒である。"))
    late.when(no_proof).then_refused(ARA_18.para(1))
    given(*served(), LATE, EXCUSE).when(EXCUSE).then_refused(ARA_18.para(1))
    given(*appealed()).when(EXCUSE).then_refused(ARA_18.para(1))


def test_t33_a_late_appeal_without_an_excuse_is_dismissed_and_never_judged() -> None:
    first = date(2026, 9, 21)
    story = [*served(), LATE, *review(first), *council(date(2026, 11, 12))]
    on = date(2027, 1, 12)
    given(*story).when(but(UPHOLD, on=on)).then_refused(ARA_18.para(1))
    event = given(*story).when(but(DISMISS, on=on)).then_the(AppealDismissed)
    assert event.remedy_notice.lawsuit
    excused = [*served(), LATE, EXCUSE]
    given(*excused).when(DISMISS).then_refused(ARA_18.para(1))
    given(*excused, *review(first), *council(date(2026, 11, 12))).when(but(UPHOLD, on=on)).then(
        AppealUpheld
    )


def test_a_defect_is_mended_or_its_lapse_leads_to_a_decision() -> None:
    event = given(*appealed()).when(MEND).then_the(AppealCorrectionRequested)
    assert event.due.day == MEND.by_day
    waiting = given(*appealed(), MEND)
    waiting.when(naming(date(2026, 7, 6))).then_refused(ARA_23)
    assert waiting.when(MENDED).then_the(AppealCorrected).in_time
    waiting.when(but(UNMENDED, on=MEND.by_day)).then_nothing()
    waiting.when(UNMENDED).then(AppealCorrectionLapsed)
    lapsed = given(*appealed(), MEND, UNMENDED)
    assert any("却下するかどうか" in title for title in _duties(lapsed.state))
    unmended = but(DISMISS, on=date(2026, 7, 21), because="補正がない")
    assert lapsed.when(unmended).then_the(AppealDismissed).because == "補正がない"
    waiting.when(unmended).then_refused(ARA_23)
    given(*appealed()).when(MENDED).then_refused(ARA_23)


def test_the_body_may_take_its_appeal_back_and_file_another_in_time() -> None:
    given(*appealed()).when(WITHDRAW).then(AppealWithdrawn)
    given(*appealed()).when(but(WITHDRAW, by=OTHER_BODY)).then_refused(ARA_27)
    after = given(*appealed(), WITHDRAW)
    after.when(WITHDRAW).then_refused(ARA_27)
    again = after.when(but(APPEAL, on=date(2026, 9, 1))).then_the(AppealFiled)
    assert (again.appeal, again.in_time) == (2, True)


# --- 執行停止 ---------------------------------------------------------------------------------


def test_e25_filing_stops_nothing() -> None:
    contested = given(*appealed())
    passed = NoteOrderDeadlinePassed(on=date(2026, 9, 1), by=CALENDAR, improvement=1)
    contested.when(passed).then(OrderDeadlinePassed)
    contested.when(FIND_VIOLATED).then(OrderViolationFound)
    revoked_still = given(*revocation_appealed()).state.status
    assert isinstance(revoked_still, Revoked)
    assert not revoked_still.stayed


def test_t32_a_stayed_order_need_not_be_complied_with() -> None:
    event = given(*appealed()).when(STAY).then_the(StayGranted)
    assert (event.on_request, event.act.number) == (True, 1)
    stayed = given(*appealed(), STAY)
    assert "執行停止中" in DESIGNATION.view(stayed.state).stage
    passed = NoteOrderDeadlinePassed(on=date(2026, 9, 1), by=CALENDAR, improvement=1)
    stayed.when(passed).then_nothing()
    stayed.when(FIND_VIOLATED).then_refused(ARA_25)
    stayed.when(but(STAY, on=date(2026, 7, 7))).then_refused(ARA_25)


def test_t32_a_stay_is_lifted_and_the_order_counts_again() -> None:
    event = given(*appealed(), STAY).when(LIFT).then_the(StayEnded)
    assert (event.why, event.remains) == ("執行停止の取消し", False)
    lifted = given(*appealed(), STAY, LIFT)
    lifted.when(NoteOrderDeadlinePassed(on=date(2026, 9, 1), by=CALENDAR, improvement=1)).then(
        OrderDeadlinePassed
    )
    given(*appealed()).when(LIFT).then_refused(ARA_26)


def test_t32_a_stay_that_was_asked_for_is_answered_with_reasons() -> None:
    asked = given(*appealed())
    assert any("速やかに決定する" in title for title in _duties(asked.state))
    asked.when(NO_STAY).then(StayDenied)
    denied = given(*appealed(), NO_STAY)
    assert not any("速やかに決定する" in title for title in _duties(denied.state))
    denied.when(NO_STAY).then_refused(ARA_25)
    given(*served(), but(APPEAL, stay_sought=None)).when(NO_STAY).then_refused(ARA_25)


def test_t32_a_stay_may_be_asked_for_later_and_again() -> None:
    event = given(*appealed(), NO_STAY).when(SEEK).then_the(StaySought)
    assert event.grounds == SEEK.grounds
    again = but(NO_STAY, on=date(2026, 8, 7))
    given(*appealed(), NO_STAY, SEEK).when(again).then(StayDenied)
    given(*appealed(), NO_STAY).when(but(SEEK, by=OTHER_BODY)).then_refused(ARA_25)
    given(*appealed(), STAY).when(SEEK).then_refused(ARA_25)


def test_t32_a_body_whose_revocation_is_stayed_answers_to_the_mayor_as_before() -> None:
    stay = but(STAY, on=date(2026, 11, 9))
    ask = but(REQUEST_REPORT, on=date(2026, 11, 16))
    stayed = [*revocation_appealed(), stay]
    given(*stayed).when(ask).then(ReportRequested)
    asked = given(*stayed, ask)
    assert "報告する" in DESIGNATION.view(asked.state).possible
    assert "report-1" in [one.deadline.key for one in DESIGNATION.dues(asked.state, RULES)]
    given(*revocation_appealed()).when(ask).then_refused(ART_260_49.para(10))
    lifted = given(*stayed, but(LIFT, on=date(2026, 12, 1)))
    lifted.when(but(ask, on=date(2026, 12, 2))).then_refused(ART_260_49.para(10))


def test_t32_a_stayed_revocation_is_not_decided_a_second_time() -> None:
    stay = but(STAY, on=date(2026, 11, 9))
    again = but(PROPOSE_REVOCATION, on=date(2026, 11, 16))
    given(*revocation_appealed(), stay).when(again).then_refused(ART_260_49.para(12))


def test_t32_a_stayed_revocation_lets_the_designation_count() -> None:
    stay = but(STAY, on=date(2026, 11, 9))
    stayed = given(*revocation_appealed(), stay).state
    assert isinstance(stayed.status, Revoked)
    assert stayed.status.stayed
    assert stayed.now.active
    lifted = given(*revocation_appealed(), stay, but(LIFT, on=date(2026, 12, 1))).state
    assert not lifted.now.active


def test_t32_a_stay_ends_with_the_appeal_it_was_granted_in() -> None:
    withdrawn = given(*appealed(), STAY).when(WITHDRAW)
    _, ended = withdrawn.then(AppealWithdrawn, StayEnded)
    assert isinstance(ended, StayEnded)
    assert ended.why == "取下げ"
    story = [*appealed(), STAY, *review(FIRST), *council(date(2026, 8, 27)), REJECT, SEND_RULING]
    given(*story).when(RULING_ARRIVES).then(NoticeArrived, StayEnded)


# --- 審理 -------------------------------------------------------------------------------------


def test_e25_whoever_took_part_in_the_act_does_not_review_it() -> None:
    named = given(*appealed()).when(NAME).then_the(ReviewOfficerNamed)
    assert named.reviewer == REVIEWER
    for involved in (OFFICER, DRAFTER, CLERK):
        given(*appealed()).when(but(NAME, reviewer=involved)).then_refused(ARA_9.para(2, 1))
    given(*appealed()).when(but(NAME, reviewer=MAYOR)).then_refused(ARA_9.para(1))
    given(*appealed()).when(but(NAME, disqualified_under=(7,))).then_refused(ARA_9.para(2, 7))


def test_e25_who_presided_at_the_hearing_does_not_review_the_revocation() -> None:
    presider = PRESIDER.model_copy(update={"role": "officer"})
    name = but(NAME, on=date(2026, 11, 9), reviewer=presider)
    given(*revocation_appealed()).when(name).then_refused(ARA_9.para(2, 1))


def test_the_papers_follow_one_another() -> None:
    story: Story = [*appealed()]
    kinds = (
        ReviewOfficerNamed,
        DefenceRequested,
        DefenceSubmitted,
        DefenceForwarded,
        CounterSubmitted,
        ReviewOpinionSubmitted,
    )
    for step, kind in zip(review(FIRST), kinds, strict=True):
        given(*story).when(step).then(kind)
        story.append(step)


def test_the_review_is_the_review_officers() -> None:
    for at, step in ((1, ASK), (3, FORWARD), (5, OPINE)):
        story = [*appealed(), *review(FIRST)[:at]]
        given(*story).when(but(step, by=OFFICER)).then_refused(ARA_9.para(1))
    given(*appealed(), NAME, ASK).when(but(DEFEND, by=REVIEWER)).then_refused(ARA_9.para(2, 1))
    given(*appealed(), NAME, ASK, DEFEND, FORWARD).when(but(COUNTER, by=OTHER_BODY)).then_refused(
        ARA_30
    )
    given(*appealed()).when(ASK).then_refused(ARA_9.para(1))


def test_no_opinion_before_the_body_could_answer_the_defence() -> None:
    forwarded = [*appealed(), NAME, ASK, DEFEND, FORWARD]
    early = but(OPINE, on=date(2026, 8, 10))
    given(*forwarded).when(early).then_refused(ARA_30.para(1))
    given(*appealed(), NAME, ASK, DEFEND).when(OPINE).then_refused(ARA_30.para(1))
    silent = but(OPINE, on=date(2026, 8, 20))
    given(*forwarded).when(silent).then(ReviewOpinionSubmitted)


def test_every_step_the_municipality_owes_is_an_obligation() -> None:
    owed = (
        "審理員を指名する",
        "弁明書の提出を求める",
        "弁明書を提出する",
        "弁明書を送付する",
        "審理員意見書を遅滞なく作成する",
        "審理員意見書を遅滞なく作成する",
        "諮問をする",
        "答申を得る",
        "裁決を遅滞なくする",
    )
    steps = [*review(FIRST), *council(date(2026, 8, 27))]
    for at, title in enumerate(owed):
        state = given(*appealed(), *steps[:at]).state
        assert f"審査請求（第1号）の{title}" in _duties(state)


def test_papers_of_the_wrong_kind_or_order_are_refused() -> None:
    for step, cited in (
        (DEFEND, ARA_29.para(2)),
        (FORWARD, ARA_29.para(5)),
        (COUNTER, ARA_30.para(1)),
    ):
        given(*appealed(), NAME).when(step).then_refused(cited)
    given(*appealed(), NAME).when(but(ASK, by_day=ASK.on)).then_refused(ARA_29.para(2))
    late = but(DEFEND, on=date(2026, 7, 30))
    assert not given(*appealed(), NAME, ASK).when(late).then_the(DefenceSubmitted).in_time


# --- 諮問 -------------------------------------------------------------------------------------


def test_the_council_of_the_municipality_is_asked_and_answers() -> None:
    ask, answer = council(date(2026, 8, 27))
    event = given(*reviewed()).when(ask).then_the(CouncilConsulted)
    assert event.council == "行政不服審査会"
    given(*reviewed(), ask).when(answer).then(AppealCouncilAnswered)
    given(*reviewed()).when(answer).then_refused(ARA_79)
    none = rules_with(appeal_council=None)
    given(*reviewed(), rules=none).when(ask).then_refused(ARA_81.para(1))


def test_no_ruling_on_the_merits_without_opinion_and_council_or_the_reason_for_none() -> None:
    given(*appealed()).when(UPHOLD).then_refused(ARA_42.para(2))
    given(*reviewed()).when(UPHOLD).then_refused(ARA_43.para(1))
    given(*reviewed()).when(OMIT).then(ConsultationOmitted)
    given(*reviewed(), OMIT).when(UPHOLD).then(AppealUpheld)
    given(*appealed()).when(but(OMIT, on=date(2026, 7, 2))).then_refused(ARA_42.para(2))
    given(*reviewed(), OMIT).when(OMIT).then_refused(ARA_43.para(1))


# --- 裁決 -------------------------------------------------------------------------------------


def test_t33_a_rejection_says_how_to_sue_and_the_act_stands() -> None:
    event = given(*ripe()).when(REJECT).then_the(AppealRejected)
    assert "6か月以内" in event.remedy_notice.lawsuit
    assert event.basis == ARA_45.para(2)
    story = [*ripe(), REJECT, SEND_RULING]
    arrived = given(*story).when(RULING_ARRIVES).then_the(NoticeArrived)
    assert [(one.basis, one.day) for one in arrived.windows] == [
        (ACL_14.para(3), date(2027, 5, 6)),
        (ACL_14.para(3), date(2027, 11, 1)),
    ]
    assert arrived.basis == ARA_51.para(1)
    keys = [
        due.deadline.key for due in DESIGNATION.dues(given(*story, RULING_ARRIVES).state, RULES)
    ]
    assert "suit-1" in keys


def test_t33_an_unlawful_act_may_stand_for_the_publics_sake_but_not_in_silence() -> None:
    event = given(*ripe()).when(but(REJECT, though_unlawful=finding())).then_the(AppealRejected)
    assert event.basis == ARA_45.para(3)


def test_t33_a_dismissal_says_what_makes_the_appeal_inadmissible() -> None:
    on = date(2026, 7, 6)
    given(*appealed()).when(but(DISMISS, on=on)).then_refused(ARA_18.para(1))
    waited = but(DISMISS, on=on, because="相当の期間の未経過")
    given(*appealed()).when(waited).then_refused(ARA_45.para(1))
    other = but(DISMISS, on=on, because="その他の不適法")
    event = given(*appealed()).when(other).then_the(AppealDismissed)
    assert "重ねて審査請求" in event.remedy_notice.appeal


def test_t33_neither_reviewer_nor_drafter_rules() -> None:
    given(*ripe()).when(but(UPHOLD, drafted_by=REVIEWER)).then_refused(ARA_9.para(2, 1))
    given(*ripe()).when(but(UPHOLD, by=OFFICER)).then_refused(ARA_46)
    given(*ripe(), UPHOLD).when(REJECT).then_refused(ARA_45)
    given(*ripe()).when(but(UPHOLD, on=date(2026, 10, 1))).then_refused(ARA_46)


def test_t33_a_ruling_takes_effect_when_it_arrives_and_not_before() -> None:
    assert "改善命令中" in DESIGNATION.view(given(*ripe(), UPHOLD).state).stage
    outcome = given(*ripe(), UPHOLD, SEND_RULING).when(RULING_ARRIVES)
    _, gone = outcome.then(NoticeArrived, ActAnnulled)
    assert isinstance(gone, ActAnnulled)
    assert (gone.act.number, gone.basis) == (1, ARA_46.para(1))


def test_t33_an_annulled_order_was_never_made() -> None:
    state = given(*annulled()).state
    assert DESIGNATION.view(state).stage == "指定中"
    before = given(*designated()).state.status
    assert isinstance(state.status, Designated)
    assert isinstance(before, Designated)
    assert state.status.improvements.open == before.improvements.open
    fulfil = next(act.command for act in ACTS if act.command.tag == "ConfirmFulfilment")
    refused = given(*annulled()).when(but(fulfil, on=date(2026, 12, 1)))
    refused.then_refused(ART_260_49.para(11))


def test_t33_an_annulled_order_was_never_violated_and_is_no_ground_of_revocation() -> None:
    late_appeal = but(APPEAL, on=date(2026, 9, 10), stay_sought=None)
    first = date(2026, 9, 14)
    story = [
        *violated(),
        late_appeal,
        *review(first),
        *council(date(2026, 11, 5)),
        but(UPHOLD, on=date(2027, 1, 12)),
        but(SEND_RULING, on=date(2027, 1, 13)),
        but(RULING_ARRIVES, on=date(2027, 1, 15)),
    ]
    propose = but(PROPOSE_REVOCATION, on=date(2027, 2, 1))
    given(*story).when(propose).then_refused(ART_260_49.para(12))


def test_t33_an_annulled_revocation_never_ended_the_designation() -> None:
    state = given(*restored()).state
    assert isinstance(state.status, Designated)
    assert state.status.since == DESIGNATE.arrives
    assert state.now.ended is None
    assert "聴聞" not in DESIGNATION.view(state).stage
    report = but(REQUEST_REPORT, on=date(2027, 4, 1))
    assert given(*restored()).when(report).refusal is None


def test_t33_a_designation_comes_back_with_what_was_open_when_it_was_revoked() -> None:
    status = given(*restored()).state.status
    assert isinstance(status, Designated)
    assert 1 in status.improvements.violated


def _refusal_annulled(story: Story) -> Story:
    return [
        *story,
        but(APPEAL, on=date(2025, 7, 1), stay_sought=None),
        *review(date(2025, 7, 7)),
        *council(date(2025, 8, 28)),
        but(UPHOLD, on=date(2025, 10, 20)),
        but(SEND_RULING, on=date(2025, 10, 21)),
        but(RULING_ARRIVES, on=date(2025, 10, 23)),
    ]


def test_t33_an_annulled_refusal_opens_the_application_again_for_the_mayor_to_decide() -> None:
    story = _refusal_annulled([*decision_pending(), REFUSE])
    state = given(*story).state
    assert isinstance(state.status, UnderReview)
    duty = next(one for one in DESIGNATION.view(state).obligations if one.basis.law == ARA_2.law)
    assert (duty.basis, duty.since) == (ARA_52.para(2), date(2025, 10, 23))
    compute = next(act.command for act in ACTS if act.command.tag == "ExamineMechanically")
    given(*story).when(but(compute, on=date(2025, 10, 27))).then_nothing()
    complete = but(COMPLETE, on=date(2025, 10, 27))
    decide: Designate = but(DESIGNATE, on=date(2025, 11, 4), arrives=date(2025, 11, 5))
    given(*story, complete).when(decide).then(DesignationGranted)
    done = given(*story, complete, decide).state
    assert ARA_52.para(2) not in [one.basis for one in DESIGNATION.view(done).obligations]


def test_t33_an_annulled_formal_refusal_brings_the_application_back_to_the_formal_check() -> None:
    refuse = next(act.command for act in ACTS if act.command.tag == "RefuseFormally")
    state = given(*_refusal_annulled([*correcting(), refuse])).state
    assert isinstance(state.status, Arrived)
    assert state.status.application.suspensions[0].until is not None
    assert DESIGNATION.dues(state, RULES)


def test_t33_an_annulled_extension_gives_back_the_deadline_before_it() -> None:
    extend = next(act.command for act in ACTS if isinstance(act.command, ExtendOrderDeadline))
    first = date(2026, 9, 7)
    story = [
        *under_order(),
        extend,
        but(APPEAL, on=date(2026, 9, 1), act=2, stay_sought=None),
        *review(first),
        *council(date(2026, 10, 29)),
        but(UPHOLD, on=date(2027, 1, 12)),
        but(SEND_RULING, on=date(2027, 1, 13)),
    ]
    arrives = but(RULING_ARRIVES, on=date(2027, 1, 15))

    def last_day(told: Story) -> date | None:
        dues = DESIGNATION.dues(given(*told).state, RULES)
        return next(due.deadline.day for due in dues if due.deadline.key.startswith("order-"))

    assert last_day(story) == date(2026, 9, 30)
    assert last_day([*story, arrives]) == date(2026, 8, 31)


def test_t33_what_is_only_varied_stands_as_the_ruling_leaves_it() -> None:
    event = given(*ripe()).when(VARY).then_the(AppealUpheld)
    assert event.lawsuit_notice
    story = [*ripe(), VARY, SEND_RULING]
    _, varied = given(*story).when(RULING_ARRIVES).then(NoticeArrived, ActVaried)
    assert isinstance(varied, ActVaried)
    assert varied.varied == VARY.varied
    after = given(*story, RULING_ARRIVES)
    assert "改善命令中" in DESIGNATION.view(after.state).stage
    after.when(but(FIND_VIOLATED, on=date(2026, 12, 28))).then_refused(ART_260_49.para(11))
    after.when(but(FIND_VIOLATED, on=date(2026, 12, 29))).then(OrderViolationFound)
    given(*ripe()).when(but(VARY, varied=None)).then_refused(ARA_46.para(1))


def test_t33_a_ruling_gives_more_time_and_never_less() -> None:
    given(*ripe()).when(but(VARY, comply_by=date(2026, 8, 31))).then_refused(ARA_48)
    given(*ripe()).when(but(VARY, relief="一部取消し")).then_refused(ARA_46.para(1))
    words = but(VARY, relief="一部取消し", comply_by=None)
    story = [*ripe(), words, SEND_RULING]
    given(*story).when(RULING_ARRIVES).then(NoticeArrived, ActVaried)
    last = [
        due.deadline.day
        for due in DESIGNATION.dues(given(*story, RULING_ARRIVES).state, RULES)
        if due.deadline.key.startswith("order-")
    ]
    assert last == [date(2026, 8, 31)]


def test_t33_a_body_nobody_finds_is_served_the_ruling_by_publication() -> None:
    publish = but(PUBLISH, on=date(2026, 11, 2), paper="裁決", number=1)
    event = given(*ripe(), UPHOLD).when(publish).then_the(NoticePublished)
    assert (event.basis, event.due.day) == (ARA_51.para(3), date(2026, 11, 16))
    deemed = but(DEEMED, on=date(2026, 11, 17), paper="裁決", number=1)
    outcome = given(*ripe(), UPHOLD, publish).when(deemed)
    arrived, _ = outcome.then(NoticeArrived, ActAnnulled)
    assert isinstance(arrived, NoticeArrived)
    assert arrived.deemed


def test_t33_a_ruling_is_owed_to_the_body_until_it_arrives() -> None:
    state = given(*ripe(), UPHOLD).state
    assert "審査請求（第1号）の裁決書の謄本を送る" in _duties(state)
    assert "裁決の送達待ち" in DESIGNATION.view(state).stage


def test_an_annulled_act_is_contested_no_more() -> None:
    again = but(APPEAL, on=date(2026, 11, 9))
    given(*annulled()).when(again).then_refused(ARA_2)


@pytest.mark.parametrize("story", [appealed(), ripe(), revocation_ripe(), revocation_served()])
def test_whatever_is_possible_is_a_command_that_exists(story: Story) -> None:
    titles = {act.command.title for act in ACTS}
    assert set(DESIGNATION.view(given(*story).state).possible) <= titles


def test_a_body_may_send_its_appeal_only_about_its_own_case() -> None:
    given(*served()).when(but(SEND, by=BODY)).then_refused(ARA_18)
