"""指定の事案（法第260条の49）: The named updates of one body's case, from application to revocation.

Those for what runs beside the status are in `cooperation.py`, `dealings.py` and
`remedies.py`.

Each is a command under its official word, a wire contract: never renamed, only aliased.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.designation.correction import (
        RequestCorrection,
        SubmitCorrection,
    )
    from domain.designation.examination import (
        CompleteReview,
        Designate,
        ExamineMechanically,
        ExamineRequirement,
        RefuseDesignation,
    )
    from domain.designation.explanation import (
        InviteExplanation,
        ProposeImprovementOrder,
        SubmitExplanation,
    )
    from domain.designation.hearing import (
        CloseHearing,
        HoldHearingSession,
        NotifyHearing,
        ProposeRevocation,
        ReopenHearing,
        SubmitHearingReport,
    )
    from domain.designation.improvement import (
        ConfirmFulfilment,
        DropImprovementOrder,
        ExtendOrderDeadline,
        FindOrderViolated,
        OrderImprovement,
    )
    from domain.designation.intake import (
        FileApplication,
        PassFormalCheck,
        RefuseFormally,
        WithdrawApplication,
    )
    from domain.designation.reporting import (
        CloseReportRequest,
        RequestReport,
        SubmitReport,
    )
    from domain.designation.revocation import (
        DeclineRevocation,
        GiveDeferredReasons,
        RevokeDesignation,
        RevokeUrgently,
    )
    from domain.designation.tenure.changes import NotifyChange
    from domain.designation.tenure.leaving import RecordDissolution, Relinquish
    from domain.designation.tenure.notices import RecordPublicNotice
    from domain.designation.tenure.renewal import (
        ApplyForRenewal,
        RefuseRenewal,
        RenewDesignation,
        WithdrawRenewal,
    )
    from domain.record import Receipt
    from domain.registry import DESIGNATION_FILES
    from workflows.cooperation import CooperationUpdates
    from workflows.dealings import DealingUpdates
    from workflows.door import takes
    from workflows.remedies import RemedyUpdates


@workflow.defn(name="指定")
class DesignationWorkflow(CooperationUpdates, DealingUpdates, RemedyUpdates):
    """指定から取消しまで（法第260条の49）: One body's case."""

    @workflow.init
    def __init__(self, case: str) -> None:
        super().__init__(DESIGNATION_FILES, case)

    @workflow.run
    async def run(self, case: str) -> None:  # noqa: ARG002 — as `__init__` takes it
        """Carry the case until nothing more can happen to it."""
        await self.follow()

    @takes("申請する")
    async def file_application(self, command: FileApplication) -> Receipt:
        """申請する（法第260条の49第2項）."""
        return await self.take(command)

    @takes("形式審査を終える")
    async def pass_formal_check(self, command: PassFormalCheck) -> Receipt:
        """形式審査を終える（行手法第7条）."""
        return await self.take(command)

    @takes("形式上の不備により拒否する")
    async def refuse_formally(self, command: RefuseFormally) -> Receipt:
        """形式上の不備により拒否する（行手法第7条）."""
        return await self.take(command)

    @takes("申請を取り下げる")
    async def withdraw_application(self, command: WithdrawApplication) -> Receipt:
        """申請を取り下げる（法第260条の49第2項）."""
        return await self.take(command)

    @takes("補正を求める")
    async def request_correction(self, command: RequestCorrection) -> Receipt:
        """補正を求める（行手法第7条）."""
        return await self.take(command)

    @takes("補正する")
    async def submit_correction(self, command: SubmitCorrection) -> Receipt:
        """補正する（行手法第7条）."""
        return await self.take(command)

    @takes("機械審査を行う")
    async def examine_mechanically(self, command: ExamineMechanically) -> Receipt:
        """機械審査を行う（法第260条の49第2項）."""
        return await self.take(command)

    @takes("要件を審査する")
    async def examine_requirement(self, command: ExamineRequirement) -> Receipt:
        """要件を審査する（法第260条の49第2項）."""
        return await self.take(command)

    @takes("審査を終える")
    async def complete_review(self, command: CompleteReview) -> Receipt:
        """審査を終える（法第260条の49第2項）."""
        return await self.take(command)

    @takes("指定する")
    async def designate(self, command: Designate) -> Receipt:
        """指定する（法第260条の49第2項）."""
        return await self.take(command)

    @takes("指定を拒否する")
    async def refuse_designation(self, command: RefuseDesignation) -> Receipt:
        """指定を拒否する（法第260条の49第2項）."""
        return await self.take(command)

    @takes("報告を求める")
    async def request_report(self, command: RequestReport) -> Receipt:
        """報告を求める（法第260条の49第10項）."""
        return await self.take(command)

    @takes("報告する")
    async def submit_report(self, command: SubmitReport) -> Receipt:
        """報告する（法第260条の49第10項）."""
        return await self.take(command)

    @takes("報告の求めを終える")
    async def close_report_request(self, command: CloseReportRequest) -> Receipt:
        """報告の求めを終える（法第260条の49第10項）."""
        return await self.take(command)

    @takes("改善命令を予定する")
    async def propose_improvement_order(self, command: ProposeImprovementOrder) -> Receipt:
        """改善命令を予定する（法第260条の49第11項）."""
        return await self.take(command)

    @takes("弁明の機会を付与する")
    async def invite_explanation(self, command: InviteExplanation) -> Receipt:
        """弁明の機会を付与する（行手法第30条）."""
        return await self.take(command)

    @takes("弁明する")
    async def submit_explanation(self, command: SubmitExplanation) -> Receipt:
        """弁明する（行手法第29条）."""
        return await self.take(command)

    @takes("改善を命ずる")
    async def order_improvement(self, command: OrderImprovement) -> Receipt:
        """改善を命ずる（法第260条の49第11項）."""
        return await self.take(command)

    @takes("改善命令をしないこととする")
    async def drop_improvement_order(self, command: DropImprovementOrder) -> Receipt:
        """改善命令をしないこととする（法第260条の49第11項）."""
        return await self.take(command)

    @takes("改善命令の期限を延長する")
    async def extend_order_deadline(self, command: ExtendOrderDeadline) -> Receipt:
        """改善命令の期限を延長する（法第260条の49第11項）."""
        return await self.take(command)

    @takes("改善命令の履行を確認する")
    async def confirm_fulfilment(self, command: ConfirmFulfilment) -> Receipt:
        """改善命令の履行を確認する（法第260条の49第11項）."""
        return await self.take(command)

    @takes("改善命令違反を認定する")
    async def find_order_violated(self, command: FindOrderViolated) -> Receipt:
        """改善命令違反を認定する（法第260条の49第11項）."""
        return await self.take(command)

    @takes("取消しを予定する")
    async def propose_revocation(self, command: ProposeRevocation) -> Receipt:
        """取消しを予定する（法第260条の49第12項）."""
        return await self.take(command)

    @takes("聴聞を通知する")
    async def notify_hearing(self, command: NotifyHearing) -> Receipt:
        """聴聞を通知する（行手法第15条）."""
        return await self.take(command)

    @takes("聴聞の期日を開く")
    async def hold_hearing_session(self, command: HoldHearingSession) -> Receipt:
        """聴聞の期日を開く（行手法第20条）."""
        return await self.take(command)

    @takes("聴聞を終結する")
    async def close_hearing(self, command: CloseHearing) -> Receipt:
        """聴聞を終結する（行手法第23条）."""
        return await self.take(command)

    @takes("聴聞の報告書を提出する")
    async def submit_hearing_report(self, command: SubmitHearingReport) -> Receipt:
        """聴聞の報告書を提出する（行手法第24条）."""
        return await self.take(command)

    @takes("聴聞を再開する")
    async def reopen_hearing(self, command: ReopenHearing) -> Receipt:
        """聴聞を再開する（行手法第25条）."""
        return await self.take(command)

    @takes("指定を取り消す")
    async def revoke_designation(self, command: RevokeDesignation) -> Receipt:
        """指定を取り消す（法第260条の49第12項）."""
        return await self.take(command)

    @takes("取り消さないこととする")
    async def decline_revocation(self, command: DeclineRevocation) -> Receipt:
        """取り消さないこととする（法第260条の49第12項）."""
        return await self.take(command)

    @takes("緊急に指定を取り消す")
    async def revoke_urgently(self, command: RevokeUrgently) -> Receipt:
        """緊急に指定を取り消す（法第260条の49第12項）."""
        return await self.take(command)

    @takes("理由を追完する")
    async def give_deferred_reasons(self, command: GiveDeferredReasons) -> Receipt:
        """理由を追完する（行手法第14条）."""
        return await self.take(command)

    @takes("更新を申請する")
    async def apply_for_renewal(self, command: ApplyForRenewal) -> Receipt:
        """更新を申請する（法第14条第1項）."""
        return await self.take(command)

    @takes("指定を更新する")
    async def renew_designation(self, command: RenewDesignation) -> Receipt:
        """指定を更新する（法第14条第1項）."""
        return await self.take(command)

    @takes("更新を拒否する")
    async def refuse_renewal(self, command: RefuseRenewal) -> Receipt:
        """更新を拒否する（法第14条第1項）."""
        return await self.take(command)

    @takes("更新の申請を取り下げる")
    async def withdraw_renewal(self, command: WithdrawRenewal) -> Receipt:
        """更新の申請を取り下げる（法第14条第1項）."""
        return await self.take(command)

    @takes("変更を届け出る")
    async def notify_change(self, command: NotifyChange) -> Receipt:
        """変更を届け出る（法第14条第1項）."""
        return await self.take(command)

    @takes("指定を辞退する")
    async def relinquish(self, command: Relinquish) -> Receipt:
        """指定を辞退する（法第14条第1項）."""
        return await self.take(command)

    @takes("解散を記録する")
    async def record_dissolution(self, command: RecordDissolution) -> Receipt:
        """解散を記録する（法第260条の49第2項）."""
        return await self.take(command)

    @takes("告示を記録する")
    async def record_public_notice(self, command: RecordPublicNotice) -> Receipt:
        """告示を記録する（法第14条第1項）."""
        return await self.take(command)
