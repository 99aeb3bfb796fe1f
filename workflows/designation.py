"""指定の事案（法第260条の49）: The named updates of one body's case, from application to revocation.

Each is a command under its official word, a wire contract: never renamed, only aliased.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.designation import Command, Event, State
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
    from domain.designation.remedies.appeal import (
        CorrectAppeal,
        ExcuseLateFiling,
        FileAppeal,
        RequestAppealCorrection,
        WithdrawAppeal,
    )
    from domain.designation.remedies.complaint import (
        RecordComplaint,
        RecordInvestigation,
        SettleComplaint,
    )
    from domain.designation.remedies.council import (
        ConsultCouncil,
        OmitConsultation,
        RecordAnswer,
    )
    from domain.designation.remedies.inaction import (
        FileInactionAppeal,
    )
    from domain.designation.remedies.litigation import (
        RecordCourtStay,
        RecordCourtStayEnd,
        RecordFinality,
        RecordJudgment,
        RecordSuit,
        RecordSuitWithdrawn,
    )
    from domain.designation.remedies.review import (
        ForwardDefence,
        NameReviewOfficer,
        RequestDefence,
        SubmitCounter,
        SubmitDefence,
        SubmitReviewOpinion,
    )
    from domain.designation.remedies.ruling import (
        DeclareInaction,
        DismissAppeal,
        RejectAppeal,
        UpholdAppeal,
    )
    from domain.designation.remedies.service import (
        PublishNotice,
        RecordArrival,
        RecordReturn,
        SendNotice,
    )
    from domain.designation.remedies.stay import (
        DenyStay,
        GrantStay,
        LiftStay,
        SeekStay,
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
    from domain.record import Receipt
    from domain.registry import DESIGNATION_FILES
    from workflows.door import takes
    from workflows.filed import FiledCaseWorkflow


@workflow.defn(name="指定")
class DesignationWorkflow(FiledCaseWorkflow[Command, State, Event]):
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

    @takes("通知を送付する")
    async def send_notice(self, command: SendNotice) -> Receipt:
        """通知を送付する（行審法第18条）."""
        return await self.take(command)

    @takes("通知の返戻を記録する")
    async def record_return(self, command: RecordReturn) -> Receipt:
        """通知の返戻を記録する（行審法第18条）."""
        return await self.take(command)

    @takes("通知の到達を記録する")
    async def record_arrival(self, command: RecordArrival) -> Receipt:
        """通知の到達を記録する（行審法第18条）."""
        return await self.take(command)

    @takes("公示により通知する")
    async def publish_notice(self, command: PublishNotice) -> Receipt:
        """公示により通知する（民法第98条）."""
        return await self.take(command)

    @takes("審査請求をする")
    async def file_appeal(self, command: FileAppeal) -> Receipt:
        """審査請求をする（行審法第2条）."""
        return await self.take(command)

    @takes("不作為について審査請求をする")
    async def file_inaction_appeal(self, command: FileInactionAppeal) -> Receipt:
        """不作為について審査請求をする（行審法第3条）."""
        return await self.take(command)

    @takes("期間経過の正当な理由を認める")
    async def excuse_late_filing(self, command: ExcuseLateFiling) -> Receipt:
        """期間経過の正当な理由を認める（行審法第18条）."""
        return await self.take(command)

    @takes("審査請求の補正を求める")
    async def request_appeal_correction(self, command: RequestAppealCorrection) -> Receipt:
        """審査請求の補正を求める（行審法第23条）."""
        return await self.take(command)

    @takes("審査請求を補正する")
    async def correct_appeal(self, command: CorrectAppeal) -> Receipt:
        """審査請求を補正する（行審法第23条）."""
        return await self.take(command)

    @takes("審査請求を取り下げる")
    async def withdraw_appeal(self, command: WithdrawAppeal) -> Receipt:
        """審査請求を取り下げる（行審法第27条）."""
        return await self.take(command)

    @takes("執行停止を申し立てる")
    async def seek_stay(self, command: SeekStay) -> Receipt:
        """執行停止を申し立てる（行審法第25条）."""
        return await self.take(command)

    @takes("執行を停止する")
    async def grant_stay(self, command: GrantStay) -> Receipt:
        """執行を停止する（行審法第25条）."""
        return await self.take(command)

    @takes("執行停止をしないこととする")
    async def deny_stay(self, command: DenyStay) -> Receipt:
        """執行停止をしないこととする（行審法第25条）."""
        return await self.take(command)

    @takes("執行停止を取り消す")
    async def lift_stay(self, command: LiftStay) -> Receipt:
        """執行停止を取り消す（行審法第26条）."""
        return await self.take(command)

    @takes("審理員を指名する")
    async def name_review_officer(self, command: NameReviewOfficer) -> Receipt:
        """審理員を指名する（行審法第9条）."""
        return await self.take(command)

    @takes("弁明書の提出を求める")
    async def request_defence(self, command: RequestDefence) -> Receipt:
        """弁明書の提出を求める（行審法第29条）."""
        return await self.take(command)

    @takes("弁明書を提出する")
    async def submit_defence(self, command: SubmitDefence) -> Receipt:
        """弁明書を提出する（行審法第29条）."""
        return await self.take(command)

    @takes("弁明書を送付する")
    async def forward_defence(self, command: ForwardDefence) -> Receipt:
        """弁明書を送付する（行審法第29条）."""
        return await self.take(command)

    @takes("反論書を提出する")
    async def submit_counter(self, command: SubmitCounter) -> Receipt:
        """反論書を提出する（行審法第30条）."""
        return await self.take(command)

    @takes("審理員意見書を提出する")
    async def submit_review_opinion(self, command: SubmitReviewOpinion) -> Receipt:
        """審理員意見書を提出する（行審法第42条）."""
        return await self.take(command)

    @takes("行政不服審査会に諮問する")
    async def consult_council(self, command: ConsultCouncil) -> Receipt:
        """行政不服審査会に諮問する（行審法第43条）."""
        return await self.take(command)

    @takes("諮問を要しないこととする")
    async def omit_consultation(self, command: OmitConsultation) -> Receipt:
        """諮問を要しないこととする（行審法第43条）."""
        return await self.take(command)

    @takes("答申を記録する")
    async def record_answer(self, command: RecordAnswer) -> Receipt:
        """答申を記録する（行審法第79条）."""
        return await self.take(command)

    @takes("審査請求を却下する")
    async def dismiss_appeal(self, command: DismissAppeal) -> Receipt:
        """審査請求を却下する（行審法第45条）."""
        return await self.take(command)

    @takes("審査請求を棄却する")
    async def reject_appeal(self, command: RejectAppeal) -> Receipt:
        """審査請求を棄却する（行審法第45条）."""
        return await self.take(command)

    @takes("審査請求を認容する")
    async def uphold_appeal(self, command: UpholdAppeal) -> Receipt:
        """審査請求を認容する（行審法第46条）."""
        return await self.take(command)

    @takes("不作為の違法を宣言する")
    async def declare_inaction(self, command: DeclareInaction) -> Receipt:
        """不作為の違法を宣言する（行審法第49条）."""
        return await self.take(command)

    @takes("取消訴訟の提起を記録する")
    async def record_suit(self, command: RecordSuit) -> Receipt:
        """取消訴訟の提起を記録する（行訴法第8条）."""
        return await self.take(command)

    @takes("裁判所の執行停止を記録する")
    async def record_court_stay(self, command: RecordCourtStay) -> Receipt:
        """裁判所の執行停止を記録する（行訴法第25条）."""
        return await self.take(command)

    @takes("裁判所の執行停止の取消しを記録する")
    async def record_court_stay_end(self, command: RecordCourtStayEnd) -> Receipt:
        """裁判所の執行停止の取消しを記録する（行訴法第26条）."""
        return await self.take(command)

    @takes("判決を記録する")
    async def record_judgment(self, command: RecordJudgment) -> Receipt:
        """判決を記録する（行訴法第32条）."""
        return await self.take(command)

    @takes("判決の確定を記録する")
    async def record_finality(self, command: RecordFinality) -> Receipt:
        """判決の確定を記録する（行訴法第32条）."""
        return await self.take(command)

    @takes("取消訴訟の取下げを記録する")
    async def record_suit_withdrawn(self, command: RecordSuitWithdrawn) -> Receipt:
        """取消訴訟の取下げを記録する（行訴法第8条）."""
        return await self.take(command)

    @takes("処分等の求めを受ける")
    async def record_complaint(self, command: RecordComplaint) -> Receipt:
        """処分等の求めを受ける（行手法第36条の3）."""
        return await self.take(command)

    @takes("処分等の求めについて調査する")
    async def record_investigation(self, command: RecordInvestigation) -> Receipt:
        """処分等の求めについて調査する（行手法第36条の3）."""
        return await self.take(command)

    @takes("処分等の求めに結論を出す")
    async def settle_complaint(self, command: SettleComplaint) -> Receipt:
        """処分等の求めに結論を出す（行手法第36条の3）."""
        return await self.take(command)
