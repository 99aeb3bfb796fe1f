"""紛争の事案（法第251条の3の2、第251条の2）: The named updates of one dispute's case, on either path.

Each is a command under its official word, a wire contract: never renamed, only aliased. Every
command names under whose rules it is done; the authority's own acts and those of its commissioners
are judged by the authority's, whoever keeps the file.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.dispute import Command, Event, State
    from domain.dispute.appointing import (
        AppointCommissioners,
        ElectRepresentative,
        NotifyAppointment,
    )
    from domain.dispute.filing import (
        ApplyForMeasures,
        ApplyForMediation,
        DetermineAuthority,
        TellOtherParties,
    )
    from domain.dispute.inquiring import (
        DemandEvidence,
        HoldDisputeSession,
        ReceiveEvidence,
        ReportAgent,
        ReportProgress,
        RequestProgress,
    )
    from domain.dispute.linking import LinkAgreement, UnlinkAgreement
    from domain.dispute.mediating import (
        AcceptProposal,
        PresentProposal,
        PublishEstablishment,
        PublishProposalGist,
        ReceiveAcceptance,
        ReportMediation,
        TellCommissioners,
    )
    from domain.dispute.referring import DeclineReferral, ReferToMediation, StartMediation
    from domain.dispute.replacing import DismissCommissioner, FillVacancy, RecordVacancy
    from domain.dispute.settling import (
        DetermineMeasures,
        PresentMeasures,
        PublishMeasures,
        TakeMeasure,
        TellMeasures,
    )
    from domain.dispute.telling import TellParties
    from domain.dispute.terminating import (
        ConsentToTermination,
        ProposeTermination,
        TellTermination,
        TerminateMediation,
    )
    from domain.dispute.withdrawing import AnswerWithdrawal, RequestWithdrawal
    from domain.record import Receipt
    from domain.registry import DISPUTE_FILES
    from workflows.door import takes
    from workflows.filed import FiledCaseWorkflow


@workflow.defn(name="紛争")
class DisputeWorkflow(FiledCaseWorkflow[Command, State, Event]):
    """申請から措置又は調停の成立まで（法第251条の3の2・第251条の2）: One dispute's case."""

    @workflow.init
    def __init__(self, case: str) -> None:
        super().__init__(DISPUTE_FILES, case)

    @workflow.run
    async def run(self, case: str) -> None:  # noqa: ARG002 — as `__init__` takes it
        """Carry the case until nothing more can happen to it."""
        await self.follow()

    @takes("処理方策の提示を申請する")
    async def apply_for_measures(self, command: ApplyForMeasures) -> Receipt:
        """処理方策の提示を申請する（法第252条の2第7項）."""
        return await self.take(command)

    @takes("調停を申請する")
    async def apply_for_mediation(self, command: ApplyForMediation) -> Receipt:
        """調停を申請する（法第251条の2第1項）."""
        return await self.take(command)

    @takes("他の当事者に通知する")
    async def tell_other_parties(self, command: TellOtherParties) -> Receipt:
        """他の当事者に通知する（令第174条の8第1項）."""
        return await self.take(command)

    @takes("紛争を管轄する者の定めを記録する")
    async def determine_authority(self, command: DetermineAuthority) -> Receipt:
        """紛争を管轄する者の定めを記録する（法第253条第1項）."""
        return await self.take(command)

    @takes("自治紛争処理委員を任命する")
    async def appoint_commissioners(self, command: AppointCommissioners) -> Receipt:
        """自治紛争処理委員を任命する（法第251条の3の2第1項）."""
        return await self.take(command)

    @takes("任命を告示する")
    async def notify_appointment(self, command: NotifyAppointment) -> Receipt:
        """任命を告示する（令第174条の8第2項）."""
        return await self.take(command)

    @takes("代表自治紛争処理委員を互選する")
    async def elect_representative(self, command: ElectRepresentative) -> Receipt:
        """代表自治紛争処理委員を互選する（処理委員省令第3条）."""
        return await self.take(command)

    @takes("自治紛争処理委員を罷免する")
    async def dismiss_commissioner(self, command: DismissCommissioner) -> Receipt:
        """自治紛争処理委員を罷免する（法第251条第5項）."""
        return await self.take(command)

    @takes("自治紛争処理委員の欠員を記録する")
    async def record_vacancy(self, command: RecordVacancy) -> Receipt:
        """自治紛争処理委員の欠員を記録する（法第251条第2項）."""
        return await self.take(command)

    @takes("自治紛争処理委員を補充する")
    async def fill_vacancy(self, command: FillVacancy) -> Receipt:
        """自治紛争処理委員を補充する（法第251条第2項）."""
        return await self.take(command)

    @takes("当事者に通知する")
    async def tell_parties(self, command: TellParties) -> Receipt:
        """当事者に通知する（令第174条の8第2項）."""
        return await self.take(command)

    @takes("事実の調査を求める")
    async def demand_evidence(self, command: DemandEvidence) -> Receipt:
        """事実の調査を求める（法第251条の3の2第4項）."""
        return await self.take(command)

    @takes("審理の期日を記録する")
    async def hold_dispute_session(self, command: HoldDisputeSession) -> Receipt:
        """審理の期日を記録する（法第251条の3の2第4項）."""
        return await self.take(command)

    @takes("陳述・記録を受領する")
    async def receive_evidence(self, command: ReceiveEvidence) -> Receipt:
        """陳述・記録を受領する（法第251条の3の2第4項）."""
        return await self.take(command)

    @takes("代理人を届け出る")
    async def report_agent(self, command: ReportAgent) -> Receipt:
        """代理人を届け出る（処理委員省令第44条）."""
        return await self.take(command)

    @takes("経過の報告を求める")
    async def request_progress(self, command: RequestProgress) -> Receipt:
        """経過の報告を求める（令第174条の8第4項）."""
        return await self.take(command)

    @takes("経過を報告する")
    async def report_progress(self, command: ReportProgress) -> Receipt:
        """経過を報告する（令第174条の8第4項）."""
        return await self.take(command)

    @takes("処理方策を定める")
    async def determine_measures(self, command: DetermineMeasures) -> Receipt:
        """処理方策を定める（法第251条の3の2第5項）."""
        return await self.take(command)

    @takes("処理方策を当事者に提示する")
    async def present_measures(self, command: PresentMeasures) -> Receipt:
        """処理方策を当事者に提示する（法第251条の3の2第3項）."""
        return await self.take(command)

    @takes("処理方策を任命した者に通知する")
    async def tell_measures(self, command: TellMeasures) -> Receipt:
        """処理方策を任命した者に通知する（法第251条の3の2第3項）."""
        return await self.take(command)

    @takes("処理方策を公表する")
    async def publish_measures(self, command: PublishMeasures) -> Receipt:
        """処理方策を公表する（法第251条の3の2第3項）."""
        return await self.take(command)

    @takes("処理方策を尊重して措置を執る")
    async def take_measure(self, command: TakeMeasure) -> Receipt:
        """処理方策を尊重して措置を執る（法第251条の3の2第6項）."""
        return await self.take(command)

    @takes("取下げの同意を求める")
    async def request_withdrawal(self, command: RequestWithdrawal) -> Receipt:
        """取下げの同意を求める（法第251条の3の2第2項）."""
        return await self.take(command)

    @takes("取下げに同意するかどうかを決める")
    async def answer_withdrawal(self, command: AnswerWithdrawal) -> Receipt:
        """取下げに同意するかどうかを決める（法第251条の3の2第2項）."""
        return await self.take(command)

    @takes("調停に付する")
    async def refer_to_mediation(self, command: ReferToMediation) -> Receipt:
        """調停に付する（法第251条の2第1項）."""
        return await self.take(command)

    @takes("職権により調停に付する")
    async def start_mediation(self, command: StartMediation) -> Receipt:
        """職権により調停に付する（法第251条の2第1項）."""
        return await self.take(command)

    @takes("調停に付さない")
    async def decline_referral(self, command: DeclineReferral) -> Receipt:
        """調停に付さない（令第174条の6第2項）."""
        return await self.take(command)

    @takes("調停案を提示し受諾を勧告する")
    async def present_proposal(self, command: PresentProposal) -> Receipt:
        """調停案を提示し受諾を勧告する（法第251条の2第3項）."""
        return await self.take(command)

    @takes("調停案の要旨を公表する")
    async def publish_proposal_gist(self, command: PublishProposalGist) -> Receipt:
        """調停案の要旨を公表する（法第251条の2第3項）."""
        return await self.take(command)

    @takes("調停の経過を報告する")
    async def report_mediation(self, command: ReportMediation) -> Receipt:
        """調停の経過を報告する（法第251条の2第4項）."""
        return await self.take(command)

    @takes("調停案を受諾する")
    async def accept_proposal(self, command: AcceptProposal) -> Receipt:
        """調停案を受諾する（法第251条の2第7項）."""
        return await self.take(command)

    @takes("受諾書の到達を記録する")
    async def receive_acceptance(self, command: ReceiveAcceptance) -> Receipt:
        """受諾書の到達を記録する（法第251条の2第7項）."""
        return await self.take(command)

    @takes("調停の成立を公表する")
    async def publish_establishment(self, command: PublishEstablishment) -> Receipt:
        """調停の成立を公表する（法第251条の2第7項）."""
        return await self.take(command)

    @takes("受諾書の提出を委員に通知する")
    async def tell_commissioners(self, command: TellCommissioners) -> Receipt:
        """受諾書の提出を委員に通知する（法第251条の2第8項）."""
        return await self.take(command)

    @takes("調停の打切りの同意を求める")
    async def propose_termination(self, command: ProposeTermination) -> Receipt:
        """調停の打切りの同意を求める（法第251条の2第5項）."""
        return await self.take(command)

    @takes("調停の打切りに同意する")
    async def consent_to_termination(self, command: ConsentToTermination) -> Receipt:
        """調停の打切りに同意する（法第251条の2第5項）."""
        return await self.take(command)

    @takes("調停を打ち切る")
    async def terminate_mediation(self, command: TerminateMediation) -> Receipt:
        """調停を打ち切る（法第251条の2第5項）."""
        return await self.take(command)

    @takes("調停の打切りを通知する")
    async def tell_termination(self, command: TellTermination) -> Receipt:
        """調停の打切りを通知する（法第251条の2第6項）."""
        return await self.take(command)

    @takes("連携協約の事案と結ぶ")
    async def link_agreement(self, command: LinkAgreement) -> Receipt:
        """連携協約の事案と結ぶ（法第252条の2第7項）."""
        return await self.take(command)

    @takes("連携協約の事案との連結を解く")
    async def unlink_agreement(self, command: UnlinkAgreement) -> Receipt:
        """連携協約の事案との連結を解く（法第252条の2第7項）."""
        return await self.take(command)
