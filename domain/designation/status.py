"""指定の状態（法第260条の49②⑩⑪⑫）: From the arrival of an application to a revocation.

    intake.py       申請の到達・形式審査・取下げ（②、行手法7条）
    correction.py   補正（行手法7条）
    examination.py  要件の審査と指定（②）          requirements.py 要件の一覧
    reporting.py    報告の求め（⑩）
    explanation.py  弁明の機会（行手法29–31条）     improvement.py  改善命令（⑪）
    hearing.py      聴聞（行手法15–26条）          revocation.py   取消し（⑫）

While a body is designated, reports, improvement procedures and one revocation procedure run
side by side, each with a state of its own.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.acts import Event as AnyEvent
from domain.decider import UnreadableFact
from domain.designation import (
    correction,
    examination,
    explanation,
    hearing,
    improvement,
    intake,
    reporting,
    revocation,
)
from domain.designation.correction import CorrectionCommand, CorrectionEvent
from domain.designation.designated import Designated, Ended, Revoked, in_effect
from domain.designation.examination import (
    DesignationGranted,
    DesignationRefused,
    ExaminationCommand,
    ExaminationEvent,
    RequirementExamined,
    ReviewCompleted,
    StandardPeriodPassed,
)
from domain.designation.explanation import ExplanationCommand, ExplanationEvent
from domain.designation.hearing import (
    HearingCommand,
    HearingEvent,
    Unthreatened,
)
from domain.designation.improvement import ImprovementCommand, ImprovementEvent
from domain.designation.intake import (
    Arrived,
    Correcting,
    DecisionPending,
    IntakeCommand,
    IntakeEvent,
    Unapplied,
    UnderReview,
    Undesignated,
)
from domain.designation.remedies import effects
from domain.designation.remedies.litigation import CourtStayed
from domain.designation.remedies.ruling import ActAnnulled, ActVaried
from domain.designation.remedies.stay import StayEnded, StayGranted
from domain.designation.reporting import ReportingCommand, ReportingEvent
from domain.designation.revocation import (
    DeferredReasonsGiven,
    DesignationRevoked,
    GiveDeferredReasons,
    RevocationCommand,
    RevocationDeclined,
    RevocationEvent,
)
from domain.designation.tenure.changes import ChangeNotified
from domain.designation.tenure.leaving import BodyDissolved, DesignationRelinquished
from domain.designation.tenure.renewal import RenewalApplied, RenewalGranted, TermExpired
from domain.ordinance import Rules
from domain.procedure import expect, not_before

StatusCommand = (
    IntakeCommand
    | CorrectionCommand
    | ExaminationCommand
    | ReportingCommand
    | ExplanationCommand
    | ImprovementCommand
    | HearingCommand
    | RevocationCommand
    | GiveDeferredReasons
)
StatusEvent = (
    IntakeEvent
    | CorrectionEvent
    | ExaminationEvent
    | ReportingEvent
    | ExplanationEvent
    | ImprovementEvent
    | HearingEvent
    | RevocationEvent
)
Status = (
    Unapplied
    | Arrived
    | Correcting
    | UnderReview
    | DecisionPending
    | Undesignated
    | Designated
    | Revoked
    | Ended
)


def decide(command: StatusCommand, state: Status, rules: Rules) -> Sequence[StatusEvent]:
    """The facts a command about the status brings about, none if it is already so, or `Refused`."""
    match command:
        case (
            intake.FileApplication()
            | intake.PassFormalCheck()
            | intake.RefuseFormally()
            | intake.WithdrawApplication()
        ):
            return intake.decide(command, state, rules)
        case (
            correction.RequestCorrection()
            | correction.SubmitCorrection()
            | correction.NoteCorrectionLapsed()
        ):
            return correction.decide(command, state, rules)
        case (
            examination.ExamineMechanically()
            | examination.ExamineRequirement()
            | examination.CompleteReview()
            | examination.NoteStandardPeriodPassed()
            | examination.Designate()
            | examination.RefuseDesignation()
        ):
            return examination.decide(command, state, rules)
        case GiveDeferredReasons():
            return revocation.give_reasons(command, state, rules)
        case _:
            return _oversee(command, state, rules)


Oversight = (
    ReportingCommand | ExplanationCommand | ImprovementCommand | HearingCommand | RevocationCommand
)


def _overseeable(state: Status, command: Oversight) -> Status:
    """What oversight is about: also a body whose revocation is stayed, but no second revocation."""
    if isinstance(command, HearingCommand | RevocationCommand):
        return state
    return in_effect(state) or state


def _oversee(command: Oversight, state: Status, rules: Rules) -> Sequence[StatusEvent]:
    now = expect(_overseeable(state, command), (Designated,), command)
    not_before(command, now.since, "指定の効力の発生")
    match command:
        case (
            reporting.RequestReport()
            | reporting.SubmitReport()
            | reporting.NoteReportOverdue()
            | reporting.CloseReportRequest()
        ):
            return reporting.decide(command, now.reports, now.body, rules)
        case (
            explanation.ProposeImprovementOrder()
            | explanation.InviteExplanation()
            | explanation.SubmitExplanation()
            | explanation.NoteExplanationLapsed()
        ):
            return explanation.decide(command, now.improvements, now.body, rules)
        case (
            improvement.OrderImprovement()
            | improvement.DropImprovementOrder()
            | improvement.ExtendOrderDeadline()
            | improvement.ConfirmFulfilment()
            | improvement.NoteOrderDeadlinePassed()
            | improvement.FindOrderViolated()
        ):
            return improvement.decide(command, now.improvements, rules)
        case (
            hearing.ProposeRevocation()
            | hearing.NotifyHearing()
            | hearing.HoldHearingSession()
            | hearing.CloseHearing()
            | hearing.SubmitHearingReport()
            | hearing.ReopenHearing()
        ):
            return hearing.decide(command, now.revocation, now.improvements.violated, rules)
        case (
            revocation.RevokeDesignation()
            | revocation.DeclineRevocation()
            | revocation.RevokeUrgently()
        ):
            return revocation.decide(command, now.revocation, now.improvements.violated, rules)


def evolve(state: Status, event: StatusEvent) -> Status:
    """The state after a fact; `UnreadableFact` where the record cannot have come about."""
    match event:
        case (
            intake.ApplicationArrived()
            | intake.FormalCheckPassed()
            | intake.ApplicationRefused()
            | intake.ApplicationWithdrawn()
        ):
            return intake.evolve(state, event)
        case (
            correction.CorrectionRequested()
            | correction.CorrectionSubmitted()
            | correction.CorrectionLapsed()
        ):
            return correction.evolve(state, event)
        case RequirementExamined() | ReviewCompleted() | StandardPeriodPassed():
            return examination.evolve(state, event)
        case DesignationGranted():
            return _designated(state, event)
        case DesignationRefused():
            return Undesignated(intake.application_of(state), event.title)
        case DeferredReasonsGiven():
            return _reasoned(state)
        case _:
            return _overseen(state, event)


def _designated(state: Status, event: DesignationGranted) -> Designated:
    application = intake.application_of(state)
    return Designated(application.body, application.body_name, event.effective)


def _reasoned(state: Status) -> Revoked:
    if not isinstance(state, Revoked):
        raise UnreadableFact(f"reasons cannot follow {state.title}")
    return replace(state, reasons_due=False)


def _overseen(
    state: Status,
    event: ReportingEvent
    | ExplanationEvent
    | ImprovementEvent
    | HearingEvent
    | DesignationRevoked
    | RevocationDeclined,
) -> Status:
    if isinstance(state, Revoked) and state.stayed:
        before = _overseen(state.before, event)
        if isinstance(before, Designated):
            return replace(state, before=before)
    if not isinstance(state, Designated):
        raise UnreadableFact(f"{event.tag} cannot follow {state.title}")
    match event:
        case DesignationRevoked():
            return Revoked(state, event.on, reasons_due=event.reasons is None)
        case RevocationDeclined():
            return replace(state, revocation=Unthreatened())
        case (
            hearing.RevocationProposed()
            | hearing.HearingNotified()
            | hearing.HearingSessionHeld()
            | hearing.HearingClosed()
            | hearing.HearingReportSubmitted()
            | hearing.HearingReopened()
        ):
            return replace(state, revocation=hearing.evolve(state.revocation, event))
        case (
            reporting.ReportRequested()
            | reporting.ReportReceived()
            | reporting.ReportOverdue()
            | reporting.ReportRequestClosed()
        ):
            return replace(state, reports=reporting.evolve(state.reports, event))
        case (
            explanation.ImprovementOrderProposed()
            | explanation.ExplanationInvited()
            | explanation.ExplanationSubmitted()
            | explanation.ExplanationLapsed()
        ):
            return replace(state, improvements=explanation.evolve(state.improvements, event))
        case _:
            return replace(state, improvements=improvement.evolve(state.improvements, event))


def affected(state: Status, event: AnyEvent, *, kept: bool) -> Status:
    """What an act beside the status means to it.

    `kept` tells that the renewal which a contested refusal is about keeps the designation.
    """
    match event:
        case ActAnnulled() | StayGranted() | CourtStayed() if event.act.kind == "RenewalRefused":
            return _stands_again(state) if kept else state
        case ActAnnulled():
            return effects.after_annulment(state, event.act, event.on)
        case ActVaried():
            return effects.after_variation(state, event.act, event.due)
        case StayGranted() | CourtStayed():
            return effects.while_stayed(state, event.act, stayed=True)
        case StayEnded():
            return effects.while_stayed(state, event.act, stayed=event.remains)
        case TermExpired():
            return Ended(_last(state, event), event.on, "有効期間の満了")
        case DesignationRelinquished():
            return Ended(_last(state, event), event.on, "辞退")
        case BodyDissolved():
            return Ended(_last(state, event), event.on, "解散")
        case RenewalApplied() | RenewalGranted():
            return _stands_again(state)
        case ChangeNotified(body_name=str() as name) if isinstance(state, Designated):
            return replace(state, body_name=name)
        case _:  # no other act beside the status changes it
            return state


def _stands_again(state: Status) -> Status:
    """更新: A term that turns out not to have been the last has ended nothing."""
    if isinstance(state, Ended) and state.how == "有効期間の満了":
        return state.stood
    return state


def _last(state: Status, event: AnyEvent) -> Designated | Revoked:
    """The designation that an event ends; one whose revocation is stayed stands until then."""
    match state:
        case Designated() | Revoked(stayed=True):
            return state
        case _:
            raise UnreadableFact(f"{event.tag} cannot follow {state.title}")
