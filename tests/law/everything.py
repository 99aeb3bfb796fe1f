"""One act of every kind that can be done in a case, each with the story it follows."""

from datetime import date
from typing import get_args

from domain.designation import Command, Event
from domain.designation.correction import NoteCorrectionLapsed
from domain.designation.examination import ExamineRequirement, NoteStandardPeriodPassed
from domain.designation.explanation import NoteExplanationLapsed
from domain.designation.grounds import BeyondImprovement, ByOrdinance, ImproperMeans
from domain.designation.hearing import ReopenHearing
from domain.designation.improvement import (
    ConfirmFulfilment,
    DropImprovementOrder,
    ExtendOrderDeadline,
    NoteOrderDeadlinePassed,
)
from domain.designation.intake import RefuseFormally, WithdrawApplication
from domain.designation.reporting import CloseReportRequest, NoteReportOverdue, SubmitReport
from domain.designation.revocation import DeclineRevocation, GiveDeferredReasons, RevokeUrgently
from domain.people import CALENDAR
from tests.law import cast, contest, cooperation, tenure
from tests.law.act import Act
from tests.law.cast import BODY, DRAFTER, MAYOR, OFFICER, finding
from tests.law.everything_deals import DEALING_ACTS

__all__ = ["ACTS", "COMMAND_KINDS", "EVENT_KINDS", "G1", "G3", "G4", "Act"]
COMMAND_KINDS: tuple[type[Command], ...] = get_args(Command)
EVENT_KINDS: tuple[type[Event], ...] = get_args(Event)


G1 = BeyondImprovement(
    lacking=finding("区域に住民がいない。"), hopeless=finding("転出が完了した。")
)
G3 = ImproperMeans(finding=finding("構成員名簿が偽造されていた。"))
G4 = ByOrdinance(item="dormant", finding=finding("2年にわたり活動がない。"))
URGENT = RevokeUrgently(
    on=date(2026, 9, 20),
    by=MAYOR,
    drafted_by=DRAFTER,
    grounds=(G1, G3, G4),
    urgency=finding("住民から現に金銭を集めている。"),
    reasons_deferred="文書を作る間に被害が広がる。",
)
ASKED = [*cast.designated(), cast.REQUEST_REPORT]

ACTS: tuple[Act, ...] = (
    Act([], cast.FILE),
    Act(cast.applied(), cast.PASS),
    Act(cast.applied(), cast.REQUEST_CORRECTION),
    Act(cast.correcting(), cast.CORRECT),
    Act(cast.correcting(), NoteCorrectionLapsed(on=date(2025, 6, 18), by=CALENDAR)),
    Act(
        cast.correcting(),
        RefuseFormally(
            on=date(2025, 6, 18),
            by=MAYOR,
            drafted_by=DRAFTER,
            defects=(cast.DEFECT,),
            reasons="補正がない。",
        ),
    ),
    Act(cast.applied(), WithdrawApplication(on=date(2025, 6, 5), by=BODY, why="準備のため")),
    Act(cast.under_review(), cast.COMPUTE),
    Act(
        cast.under_review(),
        ExamineRequirement(
            on=date(2025, 6, 10), by=OFFICER, requirement="Q05", met=True, finding=finding()
        ),
    ),
    Act(cast.examined(), cast.COMPLETE),
    Act(cast.applied(), NoteStandardPeriodPassed(on=date(2025, 7, 3), by=CALENDAR)),
    Act(cast.decision_pending(), cast.DESIGNATE),
    Act(cast.decision_pending(), cast.REFUSE),
    Act(cast.designated(), cast.REQUEST_REPORT),
    Act(ASKED, SubmitReport(on=date(2026, 5, 1), by=BODY, report=1, content="行いました。")),
    Act(ASKED, NoteReportOverdue(on=date(2026, 5, 12), by=CALENDAR, report=1)),
    Act(ASKED, CloseReportRequest(on=date(2026, 6, 1), by=OFFICER, report=1, finding=finding())),
    Act(cast.designated(), cast.PROPOSE_ORDER),
    Act([*cast.designated(), cast.PROPOSE_ORDER], cast.INVITE),
    Act(cast.explaining(), cast.EXPLAIN),
    Act(
        cast.explaining(),
        NoteExplanationLapsed(on=date(2026, 6, 11), by=CALENDAR, improvement=1),
    ),
    Act([*cast.explaining(), cast.EXPLAIN], cast.ORDER),
    Act(
        cast.explaining(),
        DropImprovementOrder(
            on=date(2026, 6, 12), by=MAYOR, drafted_by=DRAFTER, improvement=1, finding=finding()
        ),
    ),
    Act(
        cast.under_order(),
        ExtendOrderDeadline(
            on=date(2026, 8, 24),
            by=MAYOR,
            drafted_by=DRAFTER,
            improvement=1,
            comply_by=date(2026, 9, 30),
            reasons="申出に相当の理由がある。",
        ),
    ),
    Act(
        cast.under_order(),
        ConfirmFulfilment(on=date(2026, 8, 20), by=OFFICER, improvement=1, finding=finding()),
    ),
    Act(
        cast.under_order(),
        NoteOrderDeadlinePassed(on=date(2026, 9, 1), by=CALENDAR, improvement=1),
    ),
    Act(cast.under_order(), cast.FIND_VIOLATED),
    Act(cast.violated(), cast.PROPOSE_REVOCATION),
    Act(cast.threatened(), cast.NOTIFY),
    Act(cast.hearing_open(), cast.HOLD),
    Act([*cast.hearing_open(), cast.HOLD], cast.CLOSE),
    Act(cast.hearing_closed(), cast.REPORT_HEARING),
    Act(
        cast.hearing_reported(),
        ReopenHearing(
            on=date(2026, 10, 12),
            by=MAYOR,
            drafted_by=DRAFTER,
            circumstances="聴聞の終結後に総会が開かれた。",
            held_on=date(2026, 10, 26),
            place="例示市役所 会議室",
        ),
    ),
    Act(cast.hearing_reported(), cast.REVOKE),
    Act(
        cast.hearing_reported(),
        DeclineRevocation(
            on=date(2026, 10, 20), by=MAYOR, drafted_by=DRAFTER, finding=finding("見込みがある。")
        ),
    ),
    Act(cast.designated(), URGENT),
    Act(
        [*cast.designated(), URGENT],
        GiveDeferredReasons(
            on=date(2026, 9, 24), by=MAYOR, drafted_by=DRAFTER, reasons="名簿が偽造されていた。"
        ),
    ),
    *(Act(*one) for one in cooperation.ACTS),
    *DEALING_ACTS,
    *(Act(story, command) for story, command in tenure.ACTS),
    *(Act(story, command) for story, command in contest.acts()),
)
