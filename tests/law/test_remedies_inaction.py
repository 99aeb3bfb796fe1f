"""行審法第3条・第49条: 「法令に基づき…申請をした者は、…不作為…について…審査請求をすることができる。」"""

from datetime import date

from domain.designation import DESIGNATION
from domain.designation.remedies.inaction import InactionAppealFiled
from domain.designation.remedies.ruling import (
    AppealDismissed,
    AppealRejected,
    InactionDeclared,
)
from domain.designation.remedies.service import NoticeArrived
from domain.law import ARA_3, ARA_9, ARA_25, ARA_45, ARA_49, ARA_52
from tests.law.cast import (
    OFFICER,
    OTHER_BODY,
    REFUSE,
    but,
    decision_pending,
    designated,
    finding,
    under_review,
)
from tests.law.contest import (
    DECLARE,
    DISMISS,
    INACTION,
    REJECT,
    RULING_ARRIVES,
    SEND_RULING,
    STAY,
    UPHOLD,
    inaction_ripe,
    naming,
    unanswered,
)
from tests.law.specification import given


def test_an_applicant_without_an_answer_may_appeal_against_the_inaction() -> None:
    event = given(*unanswered()).when(INACTION).then_the(InactionAppealFiled)
    assert (event.appeal, event.applied) == (1, date(2025, 6, 2))
    given(*unanswered(), INACTION).when(INACTION).then_nothing()


def test_whether_long_enough_was_waited_is_found_in_the_ruling_not_at_the_door() -> None:
    early = but(INACTION, on=date(2025, 6, 5))
    given(*under_review()).when(early).then(InactionAppealFiled)
    assert INACTION.title not in DESIGNATION.view(given(*under_review()).state).possible
    assert INACTION.title in DESIGNATION.view(given(*unanswered()).state).possible


def test_there_must_be_an_application_without_an_answer_and_it_must_be_the_bodys() -> None:
    given(*designated()).when(INACTION).then_refused(ARA_3)
    given(*decision_pending(), REFUSE).when(INACTION).then_refused(ARA_3)
    given(*unanswered()).when(but(INACTION, by=OTHER_BODY)).then_refused(ARA_3)
    given(*unanswered()).when(but(INACTION, on=date(2025, 6, 1))).then_refused(ARA_3)


def test_who_deals_with_the_application_does_not_review() -> None:
    name = but(naming(date(2025, 9, 8)), reviewer=OFFICER)
    given(*unanswered(), INACTION).when(name).then_refused(ARA_9.para(2, 1))


def test_there_is_nothing_to_stay_and_nothing_to_annul() -> None:
    given(*unanswered(), INACTION).when(but(STAY, on=date(2025, 9, 2))).then_refused(ARA_25)
    given(*inaction_ripe()).when(but(UPHOLD, on=DECLARE.on)).then_refused(ARA_49.para(3))


def test_t33_the_declared_inaction_obliges_the_mayor_to_decide() -> None:
    event = given(*inaction_ripe()).when(DECLARE).then_the(InactionDeclared)
    assert event.basis == ARA_49.para(3)
    state = given(*inaction_ripe(), DECLARE).state
    duties = {str(duty.basis): duty.since for duty in DESIGNATION.view(state).obligations}
    assert duties[str(ARA_52.para(2))] == DECLARE.on


def test_t33_the_ruling_cites_the_article_on_inaction() -> None:
    reject = but(REJECT, on=DECLARE.on)
    event = given(*inaction_ripe()).when(reject).then_the(AppealRejected)
    assert event.basis == ARA_49.para(2)
    dismiss = but(DISMISS, on=date(2025, 9, 2), because="相当の期間の未経過")
    gone = given(*unanswered(), INACTION).when(dismiss).then_the(AppealDismissed)
    assert gone.basis == ARA_49.para(1)
    unlawful = but(reject, though_unlawful=finding())
    given(*inaction_ripe()).when(unlawful).then_refused(ARA_45.para(3))


def test_a_ruling_on_an_inaction_arrives_without_windows_of_an_act() -> None:
    sent = but(SEND_RULING, on=date(2026, 1, 21))
    arrives = but(RULING_ARRIVES, on=date(2026, 1, 23))
    event = given(*inaction_ripe(), DECLARE, sent).when(arrives).then_the(NoticeArrived)
    assert (event.act, event.windows) == (None, ())
