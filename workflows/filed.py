"""事案簿の行為: The named updates that every institution's case has, for acts on its file."""

from typing import Generic, TypeVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.acts import Command, Event
    from domain.amendment import ApplyRules
    from domain.calendar_change import ApplyCalendarChange
    from domain.docket import (
        DisposeRecord,
        DocketCommand,
        DocketEvent,
        ErasePerson,
        File,
        RecordIntervention,
    )
    from domain.record import Receipt
    from workflows.case import CaseWorkflow
    from workflows.door import takes

C = TypeVar("C", bound=Command)
S = TypeVar("S")
E = TypeVar("E", bound=Event)


class FiledCaseWorkflow(
    CaseWorkflow[C | DocketCommand, File[S], E | DocketEvent], Generic[C, S, E]
):
    """One case of an institution, kept in a file."""

    @takes("運用者の介入を記録する")
    async def record_intervention(self, command: RecordIntervention) -> Receipt:
        """運用者の介入を記録する（公文書管理法第34条）."""
        return await self.take(command)

    @takes("個人情報を消去する")
    async def erase_person(self, command: ErasePerson) -> Receipt:
        """個人情報を消去する（個人情報保護法第100条）."""
        return await self.take(command)

    @takes("記録を廃棄する")
    async def dispose_record(self, command: DisposeRecord) -> Receipt:
        """記録を廃棄する（公文書管理法第34条）."""
        return await self.take(command)

    @takes("規律の改定を適用する")
    async def apply_rules(self, command: ApplyRules) -> Receipt:
        """規律の改定を適用する（法第14条第1項）."""
        return await self.take(command)

    @takes("暦の変更を適用する")
    async def apply_calendar_change(self, command: ApplyCalendarChange) -> Receipt:
        """暦の変更を適用する（法第4条の2第4項）."""
        return await self.take(command)
