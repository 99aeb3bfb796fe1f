"""支援・公表・調整の行為（法第260条の49第3項–第5項）: The named updates of a case for what is done with the body."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.designation import Command, Event, State
    from domain.designation.cooperation.coordinating import (
        CloseCoordination,
        DeclineCoordination,
        FindCoordinationNecessary,
        FindCoordinationUnnecessary,
        RecordCoordinationMeasure,
        RequestCoordination,
        WithdrawCoordination,
    )
    from domain.designation.cooperation.giving import (
        ChangeSupportPlan,
        GiveSupport,
        PlanSupport,
    )
    from domain.designation.cooperation.publishing import (
        CorrectPublication,
        Publish,
        WithdrawPublication,
    )
    from domain.designation.cooperation.settlement import (
        CloseSupport,
        ForgoReturn,
        RecordReturn,
    )
    from domain.record import Receipt
    from workflows.door import takes
    from workflows.filed import FiledCaseWorkflow


class CooperationUpdates(FiledCaseWorkflow[Command, State, Event]):
    """What is given, published and settled with the body while its designation runs."""

    @takes("支援を計画する")
    async def plan_support(self, command: PlanSupport) -> Receipt:
        """支援を計画する（法第260条の49第3項）."""
        return await self.take(command)

    @takes("支援の計画を変更する")
    async def change_support_plan(self, command: ChangeSupportPlan) -> Receipt:
        """支援の計画を変更する（法第260条の49第3項）."""
        return await self.take(command)

    @takes("支援の実施を記録する")
    async def give_support(self, command: GiveSupport) -> Receipt:
        """支援の実施を記録する（法第260条の49第3項）."""
        return await self.take(command)

    @takes("支援を終える")
    async def close_support(self, command: CloseSupport) -> Receipt:
        """支援を終える（法第260条の49第3項）."""
        return await self.take(command)

    @takes("補助金の返還を記録する")
    async def record_return(self, command: RecordReturn) -> Receipt:
        """補助金の返還を記録する（法第260条の49第3項）."""
        return await self.take(command)

    @takes("補助金の返還を打ち切る")
    async def forgo_return(self, command: ForgoReturn) -> Receipt:
        """補助金の返還を打ち切る（法第260条の49第3項）."""
        return await self.take(command)

    @takes("活動と支援の状況を公表する")
    async def publish(self, command: Publish) -> Receipt:
        """活動と支援の状況を公表する（法第260条の49第4項）."""
        return await self.take(command)

    @takes("公表を訂正する")
    async def correct_publication(self, command: CorrectPublication) -> Receipt:
        """公表を訂正する（法第260条の49第4項）."""
        return await self.take(command)

    @takes("公表を撤回する")
    async def withdraw_publication(self, command: WithdrawPublication) -> Receipt:
        """公表を撤回する（法第260条の49第4項）."""
        return await self.take(command)

    @takes("調整を求める")
    async def request_coordination(self, command: RequestCoordination) -> Receipt:
        """調整を求める（法第260条の49第5項）."""
        return await self.take(command)

    @takes("調整の求めを取り下げる")
    async def withdraw_coordination(self, command: WithdrawCoordination) -> Receipt:
        """調整の求めを取り下げる（法第260条の49第5項）."""
        return await self.take(command)

    @takes("調整の必要を認める")
    async def find_coordination_necessary(self, command: FindCoordinationNecessary) -> Receipt:
        """調整の必要を認める（法第260条の49第5項）."""
        return await self.take(command)

    @takes("調整の必要を認めない")
    async def decline_coordination(self, command: DeclineCoordination) -> Receipt:
        """調整の必要を認めない（法第260条の49第5項）."""
        return await self.take(command)

    @takes("調整の措置を記録する")
    async def record_coordination_measure(self, command: RecordCoordinationMeasure) -> Receipt:
        """調整の措置を記録する（法第260条の49第5項）."""
        return await self.take(command)

    @takes("調整の必要がなくなったと認める")
    async def find_coordination_unnecessary(self, command: FindCoordinationUnnecessary) -> Receipt:
        """調整の必要がなくなったと認める（法第260条の49第5項）."""
        return await self.take(command)

    @takes("調整を終える")
    async def close_coordination(self, command: CloseCoordination) -> Receipt:
        """調整を終える（法第260条の49第5項）."""
        return await self.take(command)
