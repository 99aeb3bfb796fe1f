"""手続への参加（行手法第16条–第18条・第21条・第31条）: The named updates of a case for who takes part in a procedure."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.designation import Command, Event, State
    from domain.designation.participation.agents import AppointAgent, EndAgency
    from domain.designation.participation.inspection import (
        GrantInspection,
        RecordInspectionRequest,
        RefuseInspection,
        RequestInspection,
    )
    from domain.designation.participation.interested import (
        AllowParticipation,
        AskToParticipate,
        DenyParticipation,
        RecordParticipationRequest,
    )
    from domain.designation.participation.statements import (
        RecordWrittenStatement,
        SubmitWrittenStatement,
    )
    from domain.record import Receipt
    from workflows.door import takes
    from workflows.filed import FiledCaseWorkflow


class ParticipationUpdates(FiledCaseWorkflow[Command, State, Event]):
    """What those who are heard, and those who have an interest, may do in a procedure."""

    @takes("代理人を選任する")
    async def appoint_agent(self, command: AppointAgent) -> Receipt:
        """代理人を選任する（行手法第16条）."""
        return await self.take(command)

    @takes("代理人の資格の喪失を届け出る")
    async def end_agency(self, command: EndAgency) -> Receipt:
        """代理人の資格の喪失を届け出る（行手法第16条）."""
        return await self.take(command)

    @takes("関係人の参加の申出を受ける")
    async def record_participation_request(self, command: RecordParticipationRequest) -> Receipt:
        """関係人の参加の申出を受ける（行手法第17条）."""
        return await self.take(command)

    @takes("関係人の参加を許可する")
    async def allow_participation(self, command: AllowParticipation) -> Receipt:
        """関係人の参加を許可する（行手法第17条）."""
        return await self.take(command)

    @takes("関係人の参加を許可しない")
    async def deny_participation(self, command: DenyParticipation) -> Receipt:
        """関係人の参加を許可しない（行手法第17条）."""
        return await self.take(command)

    @takes("関係人に参加を求める")
    async def ask_to_participate(self, command: AskToParticipate) -> Receipt:
        """関係人に参加を求める（行手法第17条）."""
        return await self.take(command)

    @takes("文書等の閲覧を求める")
    async def request_inspection(self, command: RequestInspection) -> Receipt:
        """文書等の閲覧を求める（行手法第18条）."""
        return await self.take(command)

    @takes("参加人の閲覧の求めを受ける")
    async def record_inspection_request(self, command: RecordInspectionRequest) -> Receipt:
        """参加人の閲覧の求めを受ける（行手法第18条）."""
        return await self.take(command)

    @takes("文書等を閲覧させる")
    async def grant_inspection(self, command: GrantInspection) -> Receipt:
        """文書等を閲覧させる（行手法第18条）."""
        return await self.take(command)

    @takes("文書等の閲覧を拒む")
    async def refuse_inspection(self, command: RefuseInspection) -> Receipt:
        """文書等の閲覧を拒む（行手法第18条）."""
        return await self.take(command)

    @takes("陳述書を提出する")
    async def submit_written_statement(self, command: SubmitWrittenStatement) -> Receipt:
        """陳述書を提出する（行手法第21条）."""
        return await self.take(command)

    @takes("参加人の陳述書を受ける")
    async def record_written_statement(self, command: RecordWrittenStatement) -> Receipt:
        """参加人の陳述書を受ける（行手法第21条）."""
        return await self.take(command)
