"""紛争（法第251条の3の2、第251条の2）: The whole lifecycle, composed of its parts.

    parties.py      関係する者、権限を有する者（総務大臣・知事）   status.py 段階と直ちにすべき義務
    filing.py       申請（法252条の2⑦・251条の2①）、他の当事者への通知、管轄の定め（法253条）
    appointing.py   自治紛争処理委員の任命・告示・失職（法251条）  replacing.py 罷免・補充
    telling.py      当事者への通知
    inquiring.py    事実の調査、代理人、経過の報告
    settling.py     処理方策の決定・提示・通知・公表、尊重義務（法251条の3の2）
    withdrawing.py  取下げ
    referring.py    調停への付託・不付託    mediating.py 調停案・受諾・成立    terminating.py 打切り
    linking.py      連携協約の事案との連結

A dispute is a case of its own. The applicant and the other parties act under their own rules, the
Minister or governor and the commissioners under those of the authority.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import Field, TypeAdapter

from domain.decider import Decider, Refused, UnreadableFact
from domain.dispute import (
    appointing,
    filing,
    inquiring,
    linking,
    mediating,
    referring,
    replacing,
    settling,
    telling,
    terminating,
    withdrawing,
)
from domain.dispute.appointing import AppointingCommand, AppointingEvent
from domain.dispute.filing import FilingCommand, FilingEvent
from domain.dispute.inquiring import InquiringCommand, InquiringEvent
from domain.dispute.linking import LinkingCommand, LinkingEvent
from domain.dispute.mediating import MediatingCommand, MediatingEvent
from domain.dispute.referring import ReferringCommand, ReferringEvent
from domain.dispute.replacing import ReplacingCommand, ReplacingEvent
from domain.dispute.settling import SettlingCommand, SettlingEvent
from domain.dispute.status import Opened, State, Unopened
from domain.dispute.telling import PartiesTold, TellParties
from domain.dispute.terminating import TerminatingCommand, TerminatingEvent
from domain.dispute.withdrawing import WithdrawingCommand, WithdrawingEvent
from domain.ordinance import NotInForce, Rules
from domain.periods import CalendarEnds
from domain.procedure import authorised, expect, not_before, within_reach

Command = (
    FilingCommand
    | AppointingCommand
    | ReplacingCommand
    | TellParties
    | InquiringCommand
    | SettlingCommand
    | WithdrawingCommand
    | ReferringCommand
    | MediatingCommand
    | TerminatingCommand
    | LinkingCommand
)
Event = (
    FilingEvent
    | AppointingEvent
    | ReplacingEvent
    | PartiesTold
    | InquiringEvent
    | SettlingEvent
    | WithdrawingEvent
    | ReferringEvent
    | MediatingEvent
    | TerminatingEvent
    | LinkingEvent
)
COMMAND: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="kind")])
EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


# --- 決定 -----------------------------------------------------------------------------------------


def decide(command: Command, state: State, rules: Rules) -> Sequence[Event]:
    """The facts a command brings about, none if it is already so, or `Refused`."""
    if rules.ordinance.code != command.party:
        raise ValueError(f"{command.tag} of {command.party} under rules of {rules.ordinance.code}")
    try:
        authorised(command, rules)
        within_reach(command, rules)
        return _decide(command, state, rules)
    except (NotInForce, CalendarEnds) as unknown:
        raise Refused(
            command.cites, str(unknown), "その日に効力のある定めを登録してください"
        ) from None


def _decide(command: Command, state: State, rules: Rules) -> Sequence[Event]:
    match command:
        case filing.ApplyForMeasures() | filing.ApplyForMediation():
            expect(state, (Unopened,), command)
            return filing.apply(command, rules)
        case referring.StartMediation():
            expect(state, (Unopened,), command)
            return referring.start(command, rules)
        case _:
            now = expect(state, (Opened,), command)
            not_before(command, now.since, "事案の係属した日")
            return _opened(command, now, rules)


Afterwards = (
    filing.TellOtherParties
    | filing.DetermineAuthority
    | AppointingCommand
    | ReplacingCommand
    | TellParties
    | InquiringCommand
    | SettlingCommand
    | WithdrawingCommand
    | referring.ReferToMediation
    | referring.DeclineReferral
    | MediatingCommand
    | TerminatingCommand
    | LinkingCommand
)


def _opened(command: Afterwards, now: Opened, rules: Rules) -> Sequence[Event]:
    match command:
        case filing.TellOtherParties() | filing.DetermineAuthority():
            return filing.decide(command, now, rules)
        case TellParties():
            return telling.decide(command, now, rules)
        case withdrawing.RequestWithdrawal() | withdrawing.AnswerWithdrawal():
            return withdrawing.decide(command, now, rules)
        case linking.LinkAgreement() | linking.UnlinkAgreement():
            return linking.decide(command, now, rules)
        case referring.ReferToMediation() | referring.DeclineReferral():
            return referring.decide(command, now, rules)
        case (
            appointing.AppointCommissioners()
            | appointing.NotifyAppointment()
            | appointing.ElectRepresentative()
        ):
            return appointing.decide(command, now, rules)
        case replacing.DismissCommissioner() | replacing.RecordVacancy() | replacing.FillVacancy():
            return replacing.decide(command, now, rules)
        case _:
            return _heard(command, now, rules)


def _heard(
    command: InquiringCommand | SettlingCommand | MediatingCommand | TerminatingCommand,
    now: Opened,
    rules: Rules,
) -> Sequence[Event]:
    match command:
        case (
            inquiring.DemandEvidence()
            | inquiring.HoldDisputeSession()
            | inquiring.ReceiveEvidence()
            | inquiring.ReportAgent()
            | inquiring.RequestProgress()
            | inquiring.ReportProgress()
        ):
            return inquiring.decide(command, now, rules)
        case (
            settling.DetermineMeasures()
            | settling.PresentMeasures()
            | settling.TellMeasures()
            | settling.PublishMeasures()
            | settling.TakeMeasure()
        ):
            return settling.decide(command, now, rules)
        case (
            terminating.ProposeTermination()
            | terminating.ConsentToTermination()
            | terminating.TerminateMediation()
            | terminating.TellTermination()
        ):
            return terminating.decide(command, now, rules)
        case _:
            return mediating.decide(command, now, rules)


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(state: State, event: Event) -> State:
    """The state after a fact; `UnreadableFact` where the record cannot have come about."""
    match event:
        case filing.MeasuresApplied() | filing.MediationApplied() | referring.MediationStarted():
            if not isinstance(state, Unopened):
                raise UnreadableFact(f"{event.tag} cannot follow {state.title}")
            if isinstance(event, referring.MediationStarted):
                return referring.opened(event)
            return filing.opened(event)
        case _:
            if isinstance(state, Unopened):
                raise UnreadableFact(f"{event.tag} cannot follow {state.title}")
            return _evolve_opened(state, event)


Later = (
    filing.OtherPartiesTold
    | filing.DisputeAuthorityDetermined
    | AppointingEvent
    | ReplacingEvent
    | PartiesTold
    | InquiringEvent
    | SettlingEvent
    | WithdrawingEvent
    | referring.MediationReferred
    | referring.MediationNotReferred
    | MediatingEvent
    | TerminatingEvent
    | LinkingEvent
)


def _evolve_opened(now: Opened, event: Later) -> Opened:
    match event:
        case filing.OtherPartiesTold() | filing.DisputeAuthorityDetermined():
            return filing.evolve(now, event)
        case PartiesTold():
            return telling.evolve(now, event)
        case linking.AgreementLinked() | linking.AgreementUnlinked():
            return replace(now, links=linking.links_after(now.links, event))
        case referring.MediationReferred() | referring.MediationNotReferred():
            return referring.evolve(now, event)
        case (
            withdrawing.WithdrawalRequested()
            | withdrawing.WithdrawalConsented()
            | withdrawing.WithdrawalDeclined()
        ):
            return withdrawing.evolve(now, event)
        case (
            appointing.CommissionersAppointed()
            | appointing.AppointmentNotified()
            | appointing.RepresentativeElected()
            | appointing.CommissionersLeftOffice()
        ):
            return appointing.evolve(now, event)
        case (
            replacing.CommissionerReplaced()
            | replacing.CommissionerDismissed()
            | replacing.CommissionerMissing()
        ):
            return replacing.evolve(now, event)
        case _:
            return _evolve_heard(now, event)


def _evolve_heard(
    now: Opened, event: InquiringEvent | SettlingEvent | MediatingEvent | TerminatingEvent
) -> Opened:
    match event:
        case (
            inquiring.EvidenceDemanded()
            | inquiring.DisputeSessionHeld()
            | inquiring.EvidenceReceived()
            | inquiring.AgentReported()
            | inquiring.ProgressRequested()
            | inquiring.ProgressReported()
        ):
            return inquiring.evolve(now, event)
        case (
            settling.MeasuresDetermined()
            | settling.MeasuresPresented()
            | settling.MeasuresTold()
            | settling.MeasuresPublished()
            | settling.ProcessingMeasureCompleted()
            | settling.MeasureTaken()
        ):
            return settling.evolve(now, event)
        case (
            terminating.TerminationProposed()
            | terminating.TerminationConsented()
            | terminating.MediationTerminated()
            | terminating.TerminationTold()
        ):
            return terminating.evolve(now, event)
        case _:
            return mediating.evolve(now, event)


DECIDER: Decider[Command, State, Event] = Decider(decide, evolve, Unopened())
