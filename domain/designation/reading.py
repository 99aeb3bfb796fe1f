"""状態の現況: What the status of a body has open, which days matter, and what may come next."""

from collections.abc import Iterator

from domain.acts import Command as AnyCommand
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
from domain.designation.designated import Designated, Ended, Revoked
from domain.designation.explanation import (
    Explaining,
    ImprovementStage,
    OrderInForce,
    Proposed,
    Violated,
)
from domain.designation.hearing import Hearing, HearingEnded, Planned, Reported, Unthreatened
from domain.designation.intake import (
    Arrived,
    Correcting,
    DecisionPending,
    Unapplied,
    UnderReview,
    Undesignated,
)
from domain.designation.parts import Circumstances
from domain.designation.status import Status, StatusCommand
from domain.institution import Due, Obligation
from domain.law import APA_7, APA_14, APA_24, ART_260_49
from domain.ordinance import Rules
from domain.people import CALENDAR


def is_open(state: Status) -> bool:
    """Whether anything can still happen to the case."""
    match state:
        case Undesignated() | Ended():
            return False
        case Revoked():
            return state.reasons_due or state.stayed
        case Unapplied() | Arrived() | Correcting() | UnderReview() | DecisionPending():
            return True
        case Designated():
            return True


def circumstances(state: Status) -> Circumstances:
    """What the other parts of the case may know of the status."""
    match state:
        case Unapplied():
            return Circumstances("", "")
        case Designated():
            return Circumstances(state.body, state.body_name, state.since, active=True)
        case Revoked(before=before):
            return Circumstances(
                before.body, before.body_name, before.since, state.since, active=state.stayed
            )
        case Ended(before=before):
            return Circumstances(before.body, before.body_name, before.since, state.since)
        case _:
            application = state.application
            return Circumstances(application.body, application.body_name)


def headline(state: Status) -> str:
    """The body a case is about; no resident is named."""
    match state:
        case Unapplied():
            return "指定の申請"
        case Designated():
            return state.body_name
        case Revoked() | Ended():
            return state.before.body_name
        case _:
            return state.application.body_name


# --- 期限 -------------------------------------------------------------------------------------


def dues(state: Status, rules: Rules) -> Iterator[Due[StatusCommand]]:
    """The deadlines that are open, each with what the calendar notes after it."""
    match state:
        case Arrived() | UnderReview() | DecisionPending():
            yield _standard(state.application, rules)
        case Correcting():
            yield _standard(state.application, rules)
            yield _correction(state)
        case Revoked(before=before, stayed=True):
            yield from _oversight_dues(before)
        case Designated():
            yield from _oversight_dues(state)
            if isinstance(state.revocation, Hearing) and not state.revocation.over:
                yield Due(state.revocation.day)
        case Unapplied() | Undesignated() | Revoked() | Ended():
            return


def _oversight_dues(state: Designated) -> Iterator[Due[StatusCommand]]:
    yield from _reports(state)
    for no, stage in state.improvements.open:
        yield from _improvement(no, stage)


def _standard(application: intake.Application, rules: Rules) -> Due[StatusCommand]:
    deadline = examination.standard_period(application, rules)
    if application.overrun or deadline.day is None:
        return Due(deadline)
    on = deadline.day_after
    return Due(deadline, examination.NoteStandardPeriodPassed(on=on, by=CALENDAR))


def _correction(state: Correcting) -> Due[StatusCommand]:
    if state.lapsed:
        return Due(state.due)
    note = correction.NoteCorrectionLapsed(on=state.due.day_after, by=CALENDAR)
    return Due(state.due, note)


def _reports(state: Designated) -> Iterator[Due[StatusCommand]]:
    for request in state.reports.awaited:
        on = request.due.day_after
        note = reporting.NoteReportOverdue(on=on, by=CALENDAR, report=request.no)
        yield Due(request.due, None if request.overdue else note)


def _improvement(no: int, stage: ImprovementStage) -> Iterator[Due[StatusCommand]]:
    match stage:
        case Explaining(due=due, explained=None):
            lapse = explanation.NoteExplanationLapsed(on=due.day_after, by=CALENDAR, improvement=no)
            yield Due(due, None if stage.lapsed else lapse)
        case OrderInForce(due=due):
            passed = improvement.NoteOrderDeadlinePassed(
                on=due.day_after, by=CALENDAR, improvement=no
            )
            yield Due(due, None if stage.passed or stage.stayed else passed)
        case Proposed() | Violated() | Explaining():
            return


# --- 現況 -------------------------------------------------------------------------------------


def stage(state: Status) -> str:
    """The stage in official words, with the procedures that are under way."""
    if isinstance(state, Ended):
        return f"{state.title}（{state.how}）"
    if not isinstance(state, Designated):
        return state.title
    parts = [stage.title for _, stage in state.improvements.open]
    if not isinstance(state.revocation, Unthreatened):
        parts.append(state.revocation.title)
    if state.reports.awaited:
        parts.append("報告待ち")
    return "・".join(["指定中", *dict.fromkeys(parts)])


def obligations(state: Status) -> Iterator[Obligation]:
    """What somebody must still do."""
    match state:
        case Arrived():
            yield Obligation("遅滞なく形式審査を行う", APA_7, state.application.latest)
        case Correcting(lapsed=True):
            yield Obligation("補正がないため、決定をする", APA_7, state.due.day_after)
        case Designated():
            yield from _oversight_obligations(state)
        case Revoked():
            if state.reasons_due:
                yield Obligation("取消しの理由を示す", APA_14.para(2), state.since)
            if state.stayed:
                yield from _overdue_orders(state.before)
        case _:
            return


def _overdue_orders(state: Designated) -> Iterator[Obligation]:
    for no, stage in state.improvements.open:
        if isinstance(stage, OrderInForce) and stage.passed:
            title = f"改善命令（第{no}号）の履行又は違反を確かめる"
            yield Obligation(title, ART_260_49.para(11), stage.due.day_after)


def _oversight_obligations(state: Designated) -> Iterator[Obligation]:
    yield from _overdue_orders(state)
    match state.revocation:
        case Hearing(over=True, since=since):
            yield Obligation("聴聞を終結する", APA_24, since)
        case HearingEnded(since=since):
            yield Obligation("聴聞の報告書を速やかに作成する", APA_24.para(3), since)
        case Reported(since=since):
            yield Obligation("取り消すかどうかを決定する", ART_260_49.para(12), since)
        case _:
            return


def possible(state: Status) -> Iterator[type[AnyCommand]]:
    """The commands that may come next."""
    match state:
        case Unapplied():
            yield intake.FileApplication
        case Arrived():
            yield from (intake.PassFormalCheck, correction.RequestCorrection)
            yield from (intake.RefuseFormally, intake.WithdrawApplication)
        case Correcting():
            yield from (correction.SubmitCorrection, intake.RefuseFormally)
            yield intake.WithdrawApplication
        case UnderReview():
            yield from (examination.ExamineMechanically, examination.ExamineRequirement)
            yield from (examination.CompleteReview, correction.RequestCorrection)
            yield intake.WithdrawApplication
        case DecisionPending():
            yield from (examination.Designate, examination.RefuseDesignation)
            yield from (examination.ExamineMechanically, examination.ExamineRequirement)
            yield intake.WithdrawApplication
        case Designated():
            yield from _possible_oversight(state)
        case Revoked():
            if state.reasons_due:
                yield revocation.GiveDeferredReasons
            if state.stayed:
                yield from _possible_short_of_revocation(state.before)
        case Undesignated() | Ended():
            return


def _possible_oversight(state: Designated) -> Iterator[type[AnyCommand]]:
    yield from _possible_short_of_revocation(state)
    yield from _after_revocation(state)
    yield revocation.RevokeUrgently


def _possible_short_of_revocation(state: Designated) -> Iterator[type[AnyCommand]]:
    for _, stage in state.improvements.open:
        yield from _after_improvement(stage)
    if state.reports.awaited:
        yield from (reporting.SubmitReport, reporting.CloseReportRequest)
    yield from (reporting.RequestReport, explanation.ProposeImprovementOrder)


def _after_improvement(stage: ImprovementStage) -> Iterator[type[AnyCommand]]:
    match stage:
        case Proposed():
            yield from (explanation.InviteExplanation, improvement.DropImprovementOrder)
        case Explaining(explained=None):
            yield from (explanation.SubmitExplanation, improvement.OrderImprovement)
            yield improvement.DropImprovementOrder
        case Explaining():
            yield from (improvement.OrderImprovement, improvement.DropImprovementOrder)
        case OrderInForce():
            yield from (improvement.ConfirmFulfilment, improvement.ExtendOrderDeadline)
            yield improvement.FindOrderViolated
        case Violated():
            yield from (improvement.ConfirmFulfilment, improvement.ExtendOrderDeadline)


def _after_revocation(state: Designated) -> Iterator[type[AnyCommand]]:
    match state.revocation:
        case Unthreatened():
            yield hearing.ProposeRevocation
        case Planned():
            yield from (hearing.NotifyHearing, revocation.DeclineRevocation)
        case Hearing(over=True):
            yield from (hearing.CloseHearing, revocation.DeclineRevocation)
        case Hearing():
            yield from (hearing.HoldHearingSession, hearing.NotifyHearing)
            yield revocation.DeclineRevocation
        case HearingEnded():
            yield from (hearing.SubmitHearingReport, hearing.ReopenHearing)
            yield revocation.DeclineRevocation
        case Reported():
            yield from (revocation.RevokeDesignation, revocation.DeclineRevocation)
            yield hearing.ReopenHearing
