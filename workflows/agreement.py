"""連携協約の事案（法第252条の2）: The named updates of one agreement's case, which all parties share.

Each is a command under its official word, a wire contract: never renamed, only aliased. Every
command names the party whose act it is; its rules are asked for, whoever keeps the file.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.agreement import Command, Event, State
    from domain.agreement.concluding import LeaveAlone, SignAgreement
    from domain.agreement.consulting import (
        AbandonConsultation,
        AcceptConsultation,
        FixText,
        ProposeAbolition,
        ProposeChange,
        ProposeConsultation,
    )
    from domain.agreement.costing import StateDispatchCost, StateRecruitmentCost
    from domain.agreement.dispatching import (
        ChangeDispatch,
        DispatchSpecialist,
        EndDispatch,
        RegisterPost,
    )
    from domain.agreement.linking import LinkCase, UnlinkCase
    from domain.agreement.notifying import FileNotification, NotifyPublic, RecordDetermination
    from domain.agreement.performing import AdoptScheme, FulfilRole, LayDownRole
    from domain.agreement.recommending import AnswerRecommendation, RecordRecommendation
    from domain.agreement.resolving import (
        ApproveBill,
        DraftBill,
        RecordRejection,
        RecordResolution,
        SubmitBill,
    )
    from domain.agreement.substituting import DecideForCouncil, InformCouncil, RecordCouncilAnswer
    from domain.record import Receipt
    from domain.registry import AGREEMENT_FILES
    from workflows.door import takes
    from workflows.filed import FiledCaseWorkflow


@workflow.defn(name="協約")
class AgreementWorkflow(FiledCaseWorkflow[Command, State, Event]):
    """協議から廃止まで（法第252条の2）: One agreement's case."""

    @workflow.init
    def __init__(self, case: str) -> None:
        super().__init__(AGREEMENT_FILES, case)

    @workflow.run
    async def run(self, case: str) -> None:  # noqa: ARG002 — as `__init__` takes it
        """Carry the case until nothing more can happen to it."""
        await self.follow()

    @takes("協議を申し入れる")
    async def propose_consultation(self, command: ProposeConsultation) -> Receipt:
        """協議を申し入れる（法第252条の2第1項）."""
        return await self.take(command)

    @takes("変更の協議を申し入れる")
    async def propose_change(self, command: ProposeChange) -> Receipt:
        """変更の協議を申し入れる（法第252条の2第4項）."""
        return await self.take(command)

    @takes("廃止の協議を申し入れる")
    async def propose_abolition(self, command: ProposeAbolition) -> Receipt:
        """廃止の協議を申し入れる（法第252条の2第4項）."""
        return await self.take(command)

    @takes("協議に応ずる")
    async def accept_consultation(self, command: AcceptConsultation) -> Receipt:
        """協議に応ずる（法第252条の2第1項）."""
        return await self.take(command)

    @takes("協議の文案を確定する")
    async def fix_text(self, command: FixText) -> Receipt:
        """協議の文案を確定する（法第252条の2第1項）."""
        return await self.take(command)

    @takes("協議を打ち切る")
    async def abandon_consultation(self, command: AbandonConsultation) -> Receipt:
        """協議を打ち切る（法第252条の2第1項）."""
        return await self.take(command)

    @takes("議案を起案する")
    async def draft_bill(self, command: DraftBill) -> Receipt:
        """議案を起案する（法第252条の2第3項）."""
        return await self.take(command)

    @takes("議案を決裁する")
    async def approve_bill(self, command: ApproveBill) -> Receipt:
        """議案を決裁する（法第252条の2第3項）."""
        return await self.take(command)

    @takes("議案を提出する")
    async def submit_bill(self, command: SubmitBill) -> Receipt:
        """議案を提出する（法第252条の2第3項）."""
        return await self.take(command)

    @takes("議決を記録する")
    async def record_resolution(self, command: RecordResolution) -> Receipt:
        """議決を記録する（法第252条の2第3項）."""
        return await self.take(command)

    @takes("否決を記録する")
    async def record_rejection(self, command: RecordRejection) -> Receipt:
        """否決を記録する（法第252条の2第3項）."""
        return await self.take(command)

    @takes("専決処分をする")
    async def decide_for_council(self, command: DecideForCouncil) -> Receipt:
        """専決処分をする（法第179条第1項）."""
        return await self.take(command)

    @takes("専決処分を議会に報告する")
    async def inform_council(self, command: InformCouncil) -> Receipt:
        """専決処分を議会に報告する（法第179条第3項）."""
        return await self.take(command)

    @takes("承認の可否を記録する")
    async def record_council_answer(self, command: RecordCouncilAnswer) -> Receipt:
        """承認の可否を記録する（法第179条第3項）."""
        return await self.take(command)

    @takes("署名する")
    async def sign_agreement(self, command: SignAgreement) -> Receipt:
        """署名する（法第252条の2第1項）."""
        return await self.take(command)

    @takes("単独で脱退する")
    async def leave_alone(self, command: LeaveAlone) -> Receipt:
        """単独で脱退する（法第252条の2第4項）."""
        return await self.take(command)

    @takes("告示する")
    async def notify_public(self, command: NotifyPublic) -> Receipt:
        """告示する（法第252条の2第2項）."""
        return await self.take(command)

    @takes("届け出る")
    async def file_notification(self, command: FileNotification) -> Receipt:
        """届け出る（法第252条の2第2項）."""
        return await self.take(command)

    @takes("管轄知事の定めを記録する")
    async def record_determination(self, command: RecordDetermination) -> Receipt:
        """管轄知事の定めを記録する（法第253条第1項）."""
        return await self.take(command)

    @takes("勧告を記録する")
    async def record_recommendation(self, command: RecordRecommendation) -> Receipt:
        """勧告を記録する（法第252条の2第5項）."""
        return await self.take(command)

    @takes("勧告への対応を決める")
    async def answer_recommendation(self, command: AnswerRecommendation) -> Receipt:
        """勧告への対応を決める（法第252条の2第5項）."""
        return await self.take(command)

    @takes("役割の期日を定める")
    async def lay_down_role(self, command: LayDownRole) -> Receipt:
        """役割の期日を定める（法第252条の2第6項）."""
        return await self.take(command)

    @takes("役割の履行を記録する")
    async def fulfil_role(self, command: FulfilRole) -> Receipt:
        """役割の履行を記録する（法第252条の2第6項）."""
        return await self.take(command)

    @takes("用いる制度の規約を記録する")
    async def adopt_scheme(self, command: AdoptScheme) -> Receipt:
        """用いる制度の規約を記録する（法第252条の2第6項）."""
        return await self.take(command)

    @takes("派遣先の職を登録する")
    async def register_post(self, command: RegisterPost) -> Receipt:
        """派遣先の職を登録する（法第252条の2第6項）."""
        return await self.take(command)

    @takes("専門人材を派遣する")
    async def dispatch_specialist(self, command: DispatchSpecialist) -> Receipt:
        """専門人材を派遣する（法第252条の2第6項）."""
        return await self.take(command)

    @takes("派遣を変更する")
    async def change_dispatch(self, command: ChangeDispatch) -> Receipt:
        """派遣を変更する（法第252条の2第6項）."""
        return await self.take(command)

    @takes("派遣を終える")
    async def end_dispatch(self, command: EndDispatch) -> Receipt:
        """派遣を終える（法第252条の2第6項）."""
        return await self.take(command)

    @takes("派遣の経費を記録する")
    async def state_dispatch_cost(self, command: StateDispatchCost) -> Receipt:
        """派遣の経費を記録する（法第252条の2第6項）."""
        return await self.take(command)

    @takes("募集経費を記録する")
    async def state_recruitment_cost(self, command: StateRecruitmentCost) -> Receipt:
        """募集経費を記録する（法第252条の2第6項）."""
        return await self.take(command)

    @takes("関係する事案を結ぶ")
    async def link_case(self, command: LinkCase) -> Receipt:
        """関係する事案を結ぶ（法第252条の2第7項）."""
        return await self.take(command)

    @takes("関係する事案の連結を解く")
    async def unlink_case(self, command: UnlinkCase) -> Receipt:
        """関係する事案の連結を解く（法第252条の2第7項）."""
        return await self.take(command)
