"""契約と貸付けの行為（法第260条の49第6項–第9項）: The named updates of a case for what is agreed with the body."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.designation import Command, Event, State
    from domain.designation.dealings.cancellation import (
        CancelLeaseForBreach,
        CancelLeaseForNeed,
        ClaimCompensation,
        CloseCompensation,
        DecideCompensation,
        TerminateLease,
    )
    from domain.designation.dealings.contract import (
        AnswerContractGate,
        ConcludeContract,
        DeclareInterests,
        DropContract,
        JudgeProcurement,
        PlanContract,
        TakeEstimates,
    )
    from domain.designation.dealings.lease import (
        AnswerLeaseGate,
        ConcludeLease,
        ConsultMayor,
        DropLease,
        PlanLease,
        SettleConsideration,
    )
    from domain.designation.dealings.performance import (
        AmendContract,
        CheckPerformance,
        PayContract,
        TerminateContract,
    )
    from domain.designation.dealings.review import (
        ContinueContract,
        ContinueLease,
    )
    from domain.designation.dealings.tenancy import (
        ConfirmReturn,
        ConfirmUse,
        NotifyTermEnd,
        RecordUseStopped,
    )
    from domain.record import Receipt
    from workflows.door import takes
    from workflows.filed import FiledCaseWorkflow


class DealingUpdates(FiledCaseWorkflow[Command, State, Event]):
    """随意契約と行政財産の貸付け（法第260条の49第6項–第9項）: Mixed into a body's case."""

    @takes("随意契約を予定する")
    async def plan_contract(self, command: PlanContract) -> Receipt:
        """随意契約を予定する（法第260条の49第6項）."""
        return await self.take(command)

    @takes("随意契約の要件を確かめる")
    async def answer_contract_gate(self, command: AnswerContractGate) -> Receipt:
        """随意契約の要件を確かめる（法第260条の49第6項）."""
        return await self.take(command)

    @takes("特定調達契約に当たるかを確かめる")
    async def judge_procurement(self, command: JudgeProcurement) -> Receipt:
        """特定調達契約に当たるかを確かめる（令第179条の2）."""
        return await self.take(command)

    @takes("兼業を確かめる")
    async def declare_interests(self, command: DeclareInterests) -> Receipt:
        """兼業を確かめる（法第92条の2）."""
        return await self.take(command)

    @takes("見積書を徴する")
    async def take_estimates(self, command: TakeEstimates) -> Receipt:
        """見積書を徴する（法第260条の49第6項）."""
        return await self.take(command)

    @takes("随意契約を締結する")
    async def conclude_contract(self, command: ConcludeContract) -> Receipt:
        """随意契約を締結する（法第260条の49第6項）."""
        return await self.take(command)

    @takes("随意契約を見送る")
    async def drop_contract(self, command: DropContract) -> Receipt:
        """随意契約を見送る（法第260条の49第6項）."""
        return await self.take(command)

    @takes("随意契約を変更する")
    async def amend_contract(self, command: AmendContract) -> Receipt:
        """随意契約を変更する（法第260条の49第6項）."""
        return await self.take(command)

    @takes("履行を監督・検査する")
    async def check_performance(self, command: CheckPerformance) -> Receipt:
        """履行を監督・検査する（法第234条の2第1項）."""
        return await self.take(command)

    @takes("契約の代金を支払う")
    async def pay_contract(self, command: PayContract) -> Receipt:
        """契約の代金を支払う（法第234条の2第1項）."""
        return await self.take(command)

    @takes("随意契約を解除する")
    async def terminate_contract(self, command: TerminateContract) -> Receipt:
        """随意契約を解除する（法第260条の49第6項）."""
        return await self.take(command)

    @takes("貸付けを予定する")
    async def plan_lease(self, command: PlanLease) -> Receipt:
        """貸付けを予定する（法第260条の49第7項）."""
        return await self.take(command)

    @takes("貸付けの要件を確かめる")
    async def answer_lease_gate(self, command: AnswerLeaseGate) -> Receipt:
        """貸付けの要件を確かめる（法第260条の49第7項）."""
        return await self.take(command)

    @takes("長に協議する")
    async def consult_mayor(self, command: ConsultMayor) -> Receipt:
        """長に協議する（法第238条の2第2項）."""
        return await self.take(command)

    @takes("対価を定める")
    async def settle_consideration(self, command: SettleConsideration) -> Receipt:
        """対価を定める（法第237条第2項）."""
        return await self.take(command)

    @takes("貸付契約を締結する")
    async def conclude_lease(self, command: ConcludeLease) -> Receipt:
        """貸付契約を締結する（法第260条の49第7項）."""
        return await self.take(command)

    @takes("貸付けを見送る")
    async def drop_lease(self, command: DropLease) -> Receipt:
        """貸付けを見送る（法第260条の49第7項）."""
        return await self.take(command)

    @takes("用途に供していることを確かめる")
    async def confirm_use(self, command: ConfirmUse) -> Receipt:
        """用途に供していることを確かめる（法第260条の49第9項）."""
        return await self.take(command)

    @takes("用途に供することをやめたことを確かめる")
    async def record_use_stopped(self, command: RecordUseStopped) -> Receipt:
        """用途に供することをやめたことを確かめる（法第260条の49第9項）."""
        return await self.take(command)

    @takes("期間満了を通知する")
    async def notify_term_end(self, command: NotifyTermEnd) -> Receipt:
        """期間満了を通知する（借地借家法第38条第6項）."""
        return await self.take(command)

    @takes("貸付財産の返還を確かめる")
    async def confirm_return(self, command: ConfirmReturn) -> Receipt:
        """貸付財産の返還を確かめる（法第260条の49第7項）."""
        return await self.take(command)

    @takes("公用・公共用のために貸付けを解除する")
    async def cancel_lease_for_need(self, command: CancelLeaseForNeed) -> Receipt:
        """公用・公共用のために貸付けを解除する（法第238条の5第4項）."""
        return await self.take(command)

    @takes("用途違反により貸付けを解除する")
    async def cancel_lease_for_breach(self, command: CancelLeaseForBreach) -> Receipt:
        """用途違反により貸付けを解除する（法第238条の5第6項）."""
        return await self.take(command)

    @takes("貸付契約を解除する")
    async def terminate_lease(self, command: TerminateLease) -> Receipt:
        """貸付契約を解除する（法第260条の49第7項）."""
        return await self.take(command)

    @takes("損失の補償を求める")
    async def claim_compensation(self, command: ClaimCompensation) -> Receipt:
        """損失の補償を求める（法第238条の5第5項）."""
        return await self.take(command)

    @takes("損失の補償を決定する")
    async def decide_compensation(self, command: DecideCompensation) -> Receipt:
        """損失の補償を決定する（法第238条の5第5項）."""
        return await self.take(command)

    @takes("損失の補償の求めがないことを確かめる")
    async def close_compensation(self, command: CloseCompensation) -> Receipt:
        """損失の補償の求めがないことを確かめる（法第238条の5第5項）."""
        return await self.take(command)

    @takes("随意契約を継続することとする")
    async def continue_contract(self, command: ContinueContract) -> Receipt:
        """随意契約を継続することとする（法第260条の49第6項）."""
        return await self.take(command)

    @takes("貸付けを継続することとする")
    async def continue_lease(self, command: ContinueLease) -> Receipt:
        """貸付けを継続することとする（法第260条の49第7項）."""
        return await self.take(command)
