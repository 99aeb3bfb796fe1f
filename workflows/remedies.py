"""送達・審査請求・取消訴訟・処分等の求め: The named updates of a case for how its acts are contested."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.designation import Command, Event, State
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
        RecordNoticeReturn,
        SendNotice,
    )
    from domain.designation.remedies.stay import (
        DenyStay,
        GrantStay,
        LiftStay,
        SeekStay,
    )
    from domain.record import Receipt
    from workflows.door import takes
    from workflows.filed import FiledCaseWorkflow


class RemedyUpdates(FiledCaseWorkflow[Command, State, Event]):
    """How adverse acts reach the body and are contested, and who asks for one."""

    @takes("通知を送付する")
    async def send_notice(self, command: SendNotice) -> Receipt:
        """通知を送付する（行審法第18条）."""
        return await self.take(command)

    @takes("通知の返戻を記録する")
    async def record_notice_return(self, command: RecordNoticeReturn) -> Receipt:
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
