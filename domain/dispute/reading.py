"""現況: What a dispute has open, and what may come next. The law sets it no deadline of days."""

from collections.abc import Iterator

from domain.acts import Command as AnyCommand
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
from domain.dispute.lifecycle import Command
from domain.dispute.parties import competent
from domain.dispute.status import BEFORE, OPEN, SITTING, Opened, State, Unopened
from domain.institution import Due, Obligation, View
from domain.law import ART_251_2, ART_251_3_2
from domain.ordinance import Rules


def is_open(state: State) -> bool:
    """Whether anything is still owed or to come."""
    return isinstance(state, Unopened) or state.stage in OPEN or bool(state.owed)


def headline(state: State) -> str:
    """The dispute a case is about, and the agreement's case it is tied to."""
    if isinstance(state, Unopened):
        return "紛争"
    ties = f"（{'、'.join(sorted(state.links))}）" if state.links else ""
    return f"{state.name}（{state.path}）{ties}"


def dues(state: State, rules: Rules) -> tuple[Due[Command], ...]:  # noqa: ARG001 — none is of days
    """None: 「直ちに」 is an open duty, not a day."""
    return ()


def view(state: State) -> View:
    """Stage, open obligations and what may come next, as an operator reads them."""
    titles = tuple(dict.fromkeys(command.title for command in _possible(state)))
    return View(state.title, tuple(_obligations(state)), titles)


def _obligations(state: State) -> Iterator[Obligation]:
    if isinstance(state, Unopened):
        return
    if state.stage == "委員の任命待ち":
        title = "自治紛争処理委員を任命し、処理方策を定めさせる"
        yield Obligation(title, ART_251_3_2.para(1), state.since)
    if state.stage == "付託の判断待ち":
        yield Obligation("調停に付するかどうかを決める", ART_251_2.para(1), state.since)
    for owed in state.owed:
        yield Obligation(owed.title, owed.basis, owed.since)


def _possible(state: State) -> Iterator[type[AnyCommand]]:
    if isinstance(state, Unopened):
        yield from (filing.ApplyForMeasures, filing.ApplyForMediation, referring.StartMediation)
        return
    yield from _owed(state)
    if state.stage in BEFORE:
        yield from _before(state)
    if state.stage in SITTING:
        yield from _sitting(state)
    if state.panel.serving:
        yield from (replacing.DismissCommissioner, replacing.RecordVacancy)
    if state.stage == "措置待ち":
        yield settling.TakeMeasure
    yield linking.LinkAgreement
    if state.links:
        yield linking.UnlinkAgreement


BY_DUTY: dict[str, type[AnyCommand]] = {
    "申請": filing.TellOtherParties,
    "告示": appointing.NotifyAppointment,
    "補充": replacing.FillVacancy,
    "任命": telling.TellParties,
    "取下げ": telling.TellParties,
    "不付託": telling.TellParties,
    "成立": telling.TellParties,
    "経過": inquiring.ReportProgress,
    "取下げの求め": withdrawing.AnswerWithdrawal,
    "MeasuresPresented": settling.PresentMeasures,
    "MeasuresTold": settling.TellMeasures,
    "MeasuresPublished": settling.PublishMeasures,
    "措置": settling.TakeMeasure,
    "調停の報告": mediating.ReportMediation,
    "成立の公表": mediating.PublishEstablishment,
    "受諾書": mediating.TellCommissioners,
    "打切りの求め": terminating.ConsentToTermination,
    "打切り": terminating.TellTermination,
}
"""Which command does a duty."""


def _owed(state: Opened) -> Iterator[type[AnyCommand]]:
    for owed in state.owed:
        yield BY_DUTY[owed.key]


def _before(state: Opened) -> Iterator[type[AnyCommand]]:
    if competent(state.disputants) is None:
        yield filing.DetermineAuthority
    if state.path == "処理方策":
        yield appointing.AppointCommissioners
    else:
        yield from (referring.ReferToMediation, referring.DeclineReferral)
    yield from _while_undecided(state)


def _while_undecided(state: Opened) -> Iterator[type[AnyCommand]]:
    if state.applicant and state.withdrawal is None:
        yield withdrawing.RequestWithdrawal
    if state.panel.procedure != "定めなし":
        yield inquiring.ReportAgent


def _sitting(state: Opened) -> Iterator[type[AnyCommand]]:
    yield from _while_undecided(state)
    yield from (inquiring.DemandEvidence, inquiring.HoldDisputeSession)
    if state.evidence.demanded:
        yield inquiring.ReceiveEvidence
    if state.panel.procedure != "定めなし":
        yield appointing.ElectRepresentative
    if state.path == "処理方策":
        yield from (inquiring.RequestProgress, settling.DetermineMeasures)
    else:
        yield from _mediating(state)


def _mediating(state: Opened) -> Iterator[type[AnyCommand]]:
    yield mediating.PresentProposal
    if state.proposal:
        yield from (mediating.PublishProposalGist, mediating.AcceptProposal)
        if state.proposal.accepted:
            yield mediating.ReceiveAcceptance
    if state.termination is None:
        yield terminating.ProposeTermination
    if state.termination == "同意済み":
        yield terminating.TerminateMediation
