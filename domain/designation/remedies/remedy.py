"""救済の部分: One part of the lifecycle for service, 審査請求 and 取消訴訟, which share the acts.

An arrival tells the windows of the act, and brings a ruling into effect: the act that was
annulled as a whole is annulled then, and the stay of the appeal is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast, get_args

from domain.acts import Event
from domain.decider import Refused
from domain.designation.parts import Circumstances
from domain.designation.remedies import (
    appeal,
    council,
    inaction,
    litigation,
    review,
    ruling,
    service,
    stay,
    windows,
)
from domain.designation.remedies.acts import Acts
from domain.designation.remedies.appeals import Appeal, Appeals, Ruling
from domain.designation.remedies.inaction import Answering, FileInactionAppeal, InactionAppealFiled
from domain.designation.remedies.litigation import Suits
from domain.designation.remedies.ruling import ActAnnulled, ActVaried, InactionDeclared
from domain.designation.remedies.service import Notice, NoticeArrived
from domain.law import ARA_9, Citation
from domain.ordinance import Rules
from domain.periods import Deadline

RemedyCommand = (
    service.ServiceCommand
    | windows.WindowCommand
    | appeal.FileAppeal
    | FileInactionAppeal
    | appeal.AppealCommand
    | stay.StayCommand
    | review.ReviewCommand
    | council.CouncilCommand
    | ruling.RulingCommand
    | litigation.SuitCommand
)
RemedyEvent = (
    service.ServiceEvent
    | windows.WindowEvent
    | appeal.AppealEvent
    | InactionAppealFiled
    | stay.StayEvent
    | review.ReviewEvent
    | council.CouncilEvent
    | ruling.RulingEvent
    | ActAnnulled
    | ActVaried
    | litigation.SuitEvent
)
_OneAppealsFact = (
    stay.StaySought
    | stay.StayDenied
    | review.ReviewEvent
    | council.CouncilEvent
    | ruling.RulingEvent
)
_AppealFact = appeal.AppealEvent | InactionAppealFiled | _OneAppealsFact
COMMANDS = cast("tuple[type[RemedyCommand], ...]", get_args(RemedyCommand))
EVENTS = cast("tuple[type[RemedyEvent], ...]", get_args(RemedyEvent))


@dataclass(frozen=True)
class Remedies:
    """救済の状況: The adverse acts, the appeals and suits about them, and the open application."""

    acts: Acts = field(default_factory=Acts)
    appeals: Appeals = field(default_factory=Appeals)
    suits: Suits = field(default_factory=Suits)
    answering: Answering = field(default_factory=Answering)


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: RemedyCommand, state: Remedies, now: Circumstances, rules: Rules
) -> Sequence[RemedyEvent]:
    """The facts a command about remedies brings about."""
    match command:
        case (
            service.SendNotice()
            | service.RecordNoticeReturn()
            | service.RecordArrival()
            | service.PublishNotice()
            | service.NoteDeemedArrival()
        ):
            return _serve(command, state, rules)
        case windows.NoteAppealPeriodPassed():
            return windows.decide(command, state.acts, appealable(state), rules)
        case windows.NoteSuitPeriodPassed():
            return windows.decide(command, state.acts, suable(state), rules)
        case appeal.FileAppeal():
            adverse = state.acts.find(command.act, command.cites)
            return appeal.file(command, adverse, state.appeals, now.body, rules)
        case FileInactionAppeal():
            return inaction.file(command, state.answering, state.appeals, now.body, rules)
        case (
            litigation.RecordSuit()
            | litigation.RecordCourtStay()
            | litigation.RecordCourtStayEnd()
            | litigation.RecordJudgment()
            | litigation.RecordFinality()
            | litigation.RecordSuitWithdrawn()
        ):
            return litigation.decide(command, state.suits, state.acts, rules)
        case _:
            return _on_appeal(command, state, now, rules)


_OnAppeal = (
    appeal.AppealCommand
    | stay.StayCommand
    | review.ReviewCommand
    | council.CouncilCommand
    | ruling.RulingCommand
)


def _on_appeal(
    command: _OnAppeal, state: Remedies, now: Circumstances, rules: Rules
) -> Sequence[RemedyEvent]:
    """The facts a command about one appeal brings about."""
    match command:
        case appeal.NoteAppealCorrectionLapsed():
            return appeal.decide(command, state.appeals, now.body, rules)
        case appeal.WithdrawAppeal():
            return _withdrawn(command, state, now, rules)
        case appeal.ExcuseLateFiling() | appeal.RequestAppealCorrection() | appeal.CorrectAppeal():
            return appeal.decide(command, state.appeals, now.body, rules)
        case _:
            found = state.appeals.find(command.appeal, command.cites)
            return _on_one(command, found, state, now, rules)


def _on_one(
    command: stay.StayCommand
    | review.ReviewCommand
    | council.CouncilCommand
    | ruling.RulingCommand,
    found: Appeal,
    state: Remedies,
    now: Circumstances,
    rules: Rules,
) -> Sequence[RemedyEvent]:
    match command:
        case stay.SeekStay() | stay.GrantStay() | stay.DenyStay() | stay.LiftStay():
            return stay.decide(command, found, state.acts, now.body, rules)
        case council.ConsultCouncil() | council.OmitConsultation() | council.RecordAnswer():
            return council.decide(command, found, rules)
        case (
            ruling.DismissAppeal()
            | ruling.RejectAppeal()
            | ruling.UpholdAppeal()
            | ruling.DeclareInaction()
        ):
            return ruling.decide(command, found, _due(state, found), rules)
        case _:
            return review.decide(command, found, involved(state, found), now.body, rules)


def _due(state: Remedies, found: Appeal) -> Deadline | None:
    return state.acts.find(found.act.number, ARA_9).due if found.act else None


def involved(state: Remedies, found: Appeal) -> frozenset[str]:
    """Who took part in the contested act, or deals with the application left unanswered."""
    if found.act is None:
        return dict(state.acts.parties).get("application", frozenset())
    return state.acts.find(found.act.number, ARA_9).involved


def _withdrawn(
    command: appeal.WithdrawAppeal, state: Remedies, now: Circumstances, rules: Rules
) -> list[RemedyEvent]:
    found = state.appeals.find(command.appeal, command.cites)
    brought: list[RemedyEvent] = [*appeal.decide(command, state.appeals, now.body, rules)]
    if found.act:
        adverse = state.acts.find(found.act.number, command.cites)
        brought += stay.ended(command, adverse, found.source, "取下げ", rules)
    return brought


def _serve(command: service.ServiceCommand, state: Remedies, rules: Rules) -> list[RemedyEvent]:
    """What comes of a command about a notice; the arrival of a ruling brings it into effect."""
    if command.paper == "処分":
        adverse = state.acts.find(command.number, command.cites)
        known = replace(adverse, delivery=replace(adverse.delivery, arrived=command.on))
        ends = (*windows.appeal_windows(known, rules), *windows.suit_windows(known, rules))
        notice = Notice(adverse.act, adverse.delivery, adverse.act.on, ends)
        return [*service.decide(command, notice, rules)]
    found = state.appeals.find(command.number, command.cites)
    ruled = _ruling(found, command.cites)
    notice = Notice(
        found.act, ruled.delivery, ruled.on, _after(found, ruled, command, state, rules)
    )
    facts = service.decide(command, notice, rules)
    arrived = any(isinstance(fact, NoticeArrived) for fact in facts)
    return [*facts, *(_into_effect(command, found, ruled, state, rules) if arrived else ())]


def _ruling(found: Appeal, cites: Citation) -> Ruling:
    if found.ruling is None:
        raise Refused(cites, f"審査請求（第{found.no}号）の裁決はまだされていません")
    return found.ruling


def _after(
    found: Appeal,
    ruled: Ruling,
    command: service.ServiceCommand,
    state: Remedies,
    rules: Rules,
) -> tuple[Deadline, ...]:
    """出訴期間（行訴法第14条第3項）: The windows of a suit after a ruling on an act that stands."""
    if found.act is None or ruled.annuls:
        return ()
    adverse = state.acts.find(found.act.number, command.cites)
    known = replace(adverse, ruled=ruled.on, ruling_arrived=command.on)
    return tuple(windows.suit_windows(known, rules))


def _into_effect(
    command: service.ServiceCommand,
    found: Appeal,
    ruled: Ruling,
    state: Remedies,
    rules: Rules,
) -> list[RemedyEvent]:
    """裁決の効力の発生（行審法第51条第1項）: The stay is over, and the act annulled, if it was."""
    if found.act is None:
        return []
    adverse = state.acts.find(found.act.number, command.cites)
    brought: list[RemedyEvent] = [*stay.ended(command, adverse, found.source, "裁決", rules)]
    if ruled.annuls and not adverse.annulled:
        source = f"審査請求第{found.no}号の裁決"
        brought += ruling.annulled(command, found.act, source, rules, by_court=False)
    elif not adverse.annulled:
        brought += ruling.varied(command, found, found.act, ruled, rules)
    return brought


# --- 期間の進行 -------------------------------------------------------------------------------


def appealable(state: Remedies) -> list[int]:
    """The acts whose 審査請求期間 runs: standing, and no appeal filed that was not taken back."""
    contested = {one.act.number for one in state.appeals.filed if one.act and not one.withdrawn}
    return [
        one.act.number
        for one in state.acts.done
        if not one.annulled and not one.appeal_over and one.act.number not in contested
    ]


def suable(state: Remedies) -> list[int]:
    """The acts whose 出訴期間 runs: standing, not before a court, and no ruling awaited."""
    sued = {one.act.number for one in state.suits.filed if not one.withdrawn}
    awaiting = {one.act.number for one in state.appeals.filed if one.act and not one.over}
    return [
        one.act.number
        for one in state.acts.done
        if not one.annulled and not one.suit_over and one.act.number not in sued | awaiting
    ]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(state: Remedies, event: RemedyEvent) -> Remedies:
    """The remedies after a fact about one of them."""
    match event:
        case (
            service.NoticeSent()
            | service.NoticeReturned()
            | service.NoticePublished()
            | service.NoticeArrived()
        ):
            return _served(state, event)
        case windows.AppealPeriodPassed() | windows.SuitPeriodPassed():
            return replace(state, acts=windows.evolve(state.acts, event))
        case (
            litigation.SuitFiled()
            | litigation.CourtStayed()
            | litigation.JudgmentGiven()
            | litigation.JudgmentFinal()
            | litigation.SuitWithdrawn()
        ):
            return _sued(state, event)
        case stay.StayGranted():
            found = state.appeals.find(event.appeal, event.basis)
            answered = replace(found, stay_sought=False, since=max(found.since, event.on))
            acts = stay.evolve(state.acts, event)
            return replace(state, acts=acts, appeals=state.appeals.at(answered))
        case stay.StayEnded():
            return replace(state, acts=stay.evolve(state.acts, event))
        case ActVaried():
            return state
        case ActAnnulled():
            adverse = state.acts.find(event.act.number, event.basis)
            acts = state.acts.at(replace(adverse, annulled=True))
            return replace(state, acts=acts, answering=state.answering.after(event))
        case _:
            return replace(state, **_appealed(state, event))


def _appealed(state: Remedies, event: _AppealFact) -> dict[str, object]:
    """The appeals, and the duty to answer, after a fact about an appeal."""
    match event:
        case InactionAppealFiled():
            return {"appeals": inaction.evolve(state.appeals, event)}
        case (
            appeal.AppealFiled()
            | appeal.LateFilingExcused()
            | appeal.AppealCorrectionRequested()
            | appeal.AppealCorrected()
            | appeal.AppealCorrectionLapsed()
            | appeal.AppealWithdrawn()
        ):
            return {"appeals": appeal.evolve(state.appeals, event)}
        case InactionDeclared():
            bound = inaction.bound(state.answering, event)
            return {"appeals": state.appeals.at(_after_fact(state, event)), "answering": bound}
        case _:
            return {"appeals": state.appeals.at(_after_fact(state, event))}


def _after_fact(state: Remedies, event: _OneAppealsFact) -> Appeal:
    found = state.appeals.find(event.appeal, event.basis)
    match event:
        case stay.StaySought():
            return replace(found, stay_sought=True, since=max(found.since, event.on))
        case stay.StayDenied():
            return replace(found, stay_sought=False, since=max(found.since, event.on))
        case (
            council.CouncilConsulted()
            | council.ConsultationOmitted()
            | council.AppealCouncilAnswered()
        ):
            return council.evolve(found, event)
        case (
            ruling.AppealDismissed()
            | ruling.AppealRejected()
            | ruling.AppealUpheld()
            | ruling.InactionDeclared()
        ):
            return ruling.evolve(found, event)
        case _:
            return review.evolve(found, event)


def _served(state: Remedies, event: service.ServiceEvent) -> Remedies:
    if event.paper == "処分":
        adverse = state.acts.find(event.number, event.basis)
        delivery = service.evolve(adverse.delivery, event)
        return replace(state, acts=state.acts.at(replace(adverse, delivery=delivery)))
    found = state.appeals.find(event.number, event.basis)
    ruled = _ruling(found, event.basis)
    ruled = replace(ruled, delivery=service.evolve(ruled.delivery, event))
    served = replace(state, appeals=state.appeals.at(replace(found, ruling=ruled)))
    if found.act is None or not isinstance(event, NoticeArrived):
        return served
    adverse = state.acts.find(found.act.number, event.basis)
    again = replace(adverse, ruled=ruled.on, ruling_arrived=event.on, suit_over=False)
    return replace(served, acts=state.acts.at(again))


def _sued(state: Remedies, event: litigation.SuitEvent) -> Remedies:
    suits = litigation.evolve(state.suits, event)
    if not isinstance(event, litigation.CourtStayed):
        return replace(state, suits=suits)
    adverse = state.acts.find(event.act.number, event.basis)
    stays = adverse.stays | {suits.find(event.suit, event.basis).source}
    return replace(state, suits=suits, acts=state.acts.at(replace(adverse, stays=stays)))


def observe(state: Remedies, event: Event, now: Circumstances) -> Remedies:  # noqa: ARG001 — as `Part.observe`
    """Every adverse act is noted as it is done, and every answer to the application."""
    acts, answering = state.acts.after(event), state.answering.after(event)
    return replace(state, acts=acts, answering=answering)
