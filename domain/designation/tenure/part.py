"""指定の存続の部分: The acts of this package as one part beside the status."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.acts import Event
from domain.designation.examination import DesignationGranted
from domain.designation.intake import ApplicationArrived
from domain.designation.parts import Circumstances, Part
from domain.designation.remedies.litigation import CourtStayed
from domain.designation.remedies.ruling import ActAnnulled
from domain.designation.remedies.stay import StayEnded, StayGranted
from domain.designation.revocation import DesignationRevoked
from domain.designation.tenure import changes, leaving, notices, refused, renewal
from domain.designation.tenure.changes import ChangeNotified, NotifyChange
from domain.designation.tenure.conditions import BY_ORDINANCE, Conditions
from domain.designation.tenure.leaving import (
    BodyDissolved,
    DesignationRelinquished,
    LeavingCommand,
    LeavingEvent,
    RecordDissolution,
    Relinquish,
)
from domain.designation.tenure.notices import PublicNoticeGiven, RecordPublicNotice
from domain.designation.tenure.renewal import (
    ApplyForRenewal,
    NoteTermExpired,
    RefuseRenewal,
    RenewalApplied,
    RenewalCommand,
    RenewalEvent,
    RenewalGranted,
    RenewalRefused,
    RenewalWithdrawn,
    RenewDesignation,
    TermExpired,
    WithdrawRenewal,
)
from domain.designation.tenure.standing import Renewal, Tenure
from domain.institution import Due, Obligation
from domain.ordinance import Rules
from domain.people import CALENDAR

TenureCommand = RenewalCommand | LeavingCommand | NotifyChange | RecordPublicNotice
TenureEvent = RenewalEvent | LeavingEvent | ChangeNotified | PublicNoticeGiven


def decide(
    command: TenureCommand, state: Tenure, now: Circumstances, rules: Rules
) -> Sequence[TenureEvent]:
    """The facts that a command brings about."""
    match command:
        case (
            ApplyForRenewal()
            | RenewDesignation()
            | RefuseRenewal()
            | WithdrawRenewal()
            | NoteTermExpired()
        ):
            return renewal.decide(command, state, now, rules)
        case Relinquish() | RecordDissolution():
            return leaving.decide(command, now, rules)
        case NotifyChange():
            return changes.decide(command, state, now, rules)
        case RecordPublicNotice():
            return notices.decide(command, state, rules)


def evolve(state: Tenure, event: TenureEvent) -> Tenure:
    """What stands after a fact."""
    match event:
        case (
            RenewalApplied()
            | RenewalGranted()
            | RenewalRefused()
            | RenewalWithdrawn()
            | TermExpired()
        ):
            return renewal.evolve(state, event)
        case DesignationRelinquished() | BodyDissolved():
            return replace(leaving.evolve(state, event), pending=None, refusals=())
        case ChangeNotified():
            return changes.evolve(state, event)
        case PublicNoticeGiven():
            return notices.evolve(state, event)


def observe(state: Tenure, event: Event, now: Circumstances) -> Tenure:  # noqa: ARG001
    """What an application, a designation, its revocation and the contest of an act mean here."""
    match event:
        case ApplicationArrived():
            return replace(state, applied=event.on)
        case DesignationGranted():
            laid = event.conditions or Conditions()
            granted = replace(state, conditions=laid)
            return granted.owing("指定", event.on, laid.public_notice)
        case DesignationRevoked():
            return state.owing("指定の取消し", event.on, event.public_notice)
        case ActAnnulled() if event.act.kind == "DesignationRevoked":
            return state.owing_no_more("指定の取消し")
        case ActAnnulled() | StayGranted() | CourtStayed() | StayEnded():
            return refused.contested(state, event)
        case _:
            return state


# --- 現況 -------------------------------------------------------------------------------------


def dues(state: Tenure, now: Circumstances, rules: Rules) -> Iterator[Due[TenureCommand]]:  # noqa: ARG001
    """The end of the term, noted the day after unless an application keeps the designation."""
    if not now.active or state.expires is None:
        return
    if state.held:
        yield Due(state.expires)
        return
    note = NoteTermExpired(on=renewal.ends_on(state), by=CALENDAR, term=state.term)
    yield Due(state.expires, note)


def obligations(state: Tenure, now: Circumstances) -> Iterator[Obligation]:
    """A decision on a renewal, and every 告示 that is outstanding."""
    if pending := _undecided(state, now):
        yield _decision(pending)
    for duty in state.notices:
        yield Obligation(f"{duty.of}を告示する（{duty.provision}）", BY_ORDINANCE, duty.since)


def _undecided(state: Tenure, now: Circumstances) -> Renewal | None:
    return state.pending if now.active else state.overdue


def _decision(pending: Renewal) -> Obligation:
    if pending.bound is None or pending.bound_by is None:
        return Obligation("更新の申請に対する決定をする", BY_ORDINANCE, pending.arrived)
    title = "取消しの趣旨に従い、更新の申請に対する決定を改めてする"
    return Obligation(title, pending.bound_by, pending.bound)


def possible(state: Tenure, now: Circumstances) -> Iterator[type[TenureCommand]]:
    """What may come next, by the conditions the designation was given."""
    laid = state.conditions
    if now.active:
        yield RecordDissolution
        if laid.renewable_from and not state.pending:
            yield ApplyForRenewal
        if laid.change_notice:
            yield NotifyChange
        if laid.relinquishment:
            yield Relinquish
    if _undecided(state, now):
        yield from (RenewDesignation, RefuseRenewal, WithdrawRenewal)
    if state.notices:
        yield RecordPublicNotice


def titles(state: Tenure, now: Circumstances) -> Iterator[str]:
    """A renewal that is under way."""
    if _undecided(state, now):
        yield "更新の申請中"


TENURE: Part[TenureCommand, Tenure, TenureEvent] = Part(
    name="存続",
    initial=Tenure(),
    commands=(
        ApplyForRenewal,
        RenewDesignation,
        RefuseRenewal,
        WithdrawRenewal,
        NoteTermExpired,
        NotifyChange,
        Relinquish,
        RecordDissolution,
        RecordPublicNotice,
    ),
    events=(
        RenewalApplied,
        RenewalGranted,
        RenewalRefused,
        RenewalWithdrawn,
        TermExpired,
        ChangeNotified,
        DesignationRelinquished,
        BodyDissolved,
        PublicNoticeGiven,
    ),
    decide=decide,
    evolve=evolve,
    observe=observe,
    dues=dues,
    obligations=obligations,
    possible=possible,
    titles=titles,
    keeps_open=lambda state: bool(state.notices or state.overdue),
)
