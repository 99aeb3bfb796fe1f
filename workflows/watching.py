"""見張り: What Temporal holds of the cases, and what was done to their workflows past the record.

A case's workflow is only ever driven by updates, started and renewed by `client`. Whatever else its
history tells of was done by somebody in the UI or with a tool: a termination, a cancellation, a
reset, a signal, a pause.

What the server writes by itself is told apart by who it says it was: a renewal terminates with the
reason below, a reset terminates the run that it copies, and signals that a reset applies again
follow it at once in the new run.
"""

import asyncio
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import (
    Client,
    RPCError,
    WorkflowExecutionDescription,
    WorkflowExecutionStatus,
    WorkflowQueryFailedError,
)
from temporalio.service import RPCStatusCode

from domain.docket import Intervention
from domain.registry import INSTITUTIONS
from workflows.board import NEXT_DEADLINE, STANDING, Carried

ANSWER_WITHIN = timedelta(seconds=10)
MANY_ATTEMPTS = 3
"""Attempts of a task or an activity from which on a case counts as stuck."""
_LONGEST = 120
_RENEWED = "TerminateIfRunning WorkflowIdReusePolicy"
_RESETTER = "history-resetter"
_SERVER = frozenset({"history-service", "frontend-service", "worker-service"})
"""What the server calls itself where nobody said who they were."""
_ACTIONS: dict["EventType.ValueType", Intervention] = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED: "強制終了",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED: "取消しの要求",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: "シグナル",
    EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED: "巻戻し",
}


@dataclass(frozen=True)
class Run:
    """One run of a case's workflow. `shown` is the deadline it shows in the UI's list."""

    case: str
    run: str
    started: datetime
    running: bool
    shown: datetime | None


@dataclass(frozen=True)
class Raw:
    """運用者の介入: One thing done to a run past the record; `number` is its event in the history."""

    case: str
    run: str
    number: int
    action: Intervention
    at: datetime
    identity: str | None
    said: str | None


@dataclass(frozen=True)
class Held:
    """What Temporal holds of a case now: what it carries, or why it does not say; None: not running."""

    carried: Carried | None
    trouble: str = ""


async def runs(client: Client, case: str | None = None) -> AsyncIterator[Run]:
    """Every run of every case, or of one, that the server still knows, the latest first."""
    kinds = ", ".join(f"'{institution.name}'" for institution in INSTITUTIONS)
    asked = f"WorkflowId = '{case}'" if case else f"WorkflowType in ({kinds})"
    async for found in client.list_workflows(asked, page_size=1_000):
        yield Run(
            case=found.id,
            run=found.run_id,
            started=found.start_time,
            running=found.status == WorkflowExecutionStatus.RUNNING,
            shown=found.typed_search_attributes.get(NEXT_DEADLINE),
        )


async def held(client: Client, case: str) -> Held | None:
    """What the case's workflow says of itself; None where none runs."""
    handle = client.get_workflow_handle(case)
    try:
        described = await handle.describe()
    except RPCError as error:
        if error.status == RPCStatusCode.NOT_FOUND:
            return None
        raise
    if described.status != WorkflowExecutionStatus.RUNNING:
        return None
    trouble = _trouble(described)
    try:
        answer = await handle.query(  # pyright: ignore[reportUnknownMemberType]
            STANDING, result_type=Carried, rpc_timeout=ANSWER_WITHIN
        )
    except (RPCError, WorkflowQueryFailedError) as fault:
        return Held(None, trouble or f"照会に答えません（{_short(str(fault))}）")
    return Held(answer, trouble)


def _trouble(described: WorkflowExecutionDescription) -> str:
    """What the server knows to be wrong with a run, in words; empty where nothing is."""
    raw = described.raw_description
    if raw.pending_workflow_task.attempt >= MANY_ATTEMPTS:
        return f"ワークフロータスクが {raw.pending_workflow_task.attempt} 回失敗しています"
    for activity in raw.pending_activities:
        name = activity.activity_type.name
        if activity.paused:
            return f"アクティビティ {name} が一時停止されています"
        if activity.attempt >= MANY_ATTEMPTS:
            why = _short(activity.last_failure.message)
            return f"アクティビティ {name} が {activity.attempt} 回目です（{why}）"
    return ""


async def interventions(client: Client, run: Run) -> list[Raw]:
    """What was done to a run past the record, as its history tells; empty where it is gone."""
    handle = client.get_workflow_handle(run.case, run_id=run.run)
    found: list[Raw] = []
    applied_again = False
    try:
        async for event in handle.fetch_history_events():
            action = _action(event)
            if action == "巻戻し":
                applied_again = True
            elif event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED:
                applied_again = False
            elif applied_again:
                continue
            if action:
                found.append(_raw(run, event, action))
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise
    return found


async def latest(client: Client, case: str) -> tuple[str, bool] | None:
    """The case's latest run and whether it runs, from the server's own state and not its list."""
    try:
        found = await client.get_workflow_handle(case).describe()
    except RPCError as error:
        if error.status == RPCStatusCode.NOT_FOUND:
            return None
        raise
    return found.run_id or "", found.status == WorkflowExecutionStatus.RUNNING


async def forget(client: Client, run: Run) -> None:
    """Tell the server to delete a run that has ended; nothing where it is gone already."""
    with _unless_gone():
        await client.workflow_service.delete_workflow_execution(
            DeleteWorkflowExecutionRequest(
                namespace=client.namespace,
                workflow_execution=WorkflowExecution(workflow_id=run.case, run_id=run.run),
            )
        )


async def forgotten(client: Client, run: Run) -> None:
    """Return once nothing of a run that was to be deleted can be read.

    A server deletes in its own time: up to half a minute after it was told to.
    """
    with _unless_gone():
        while True:
            await client.get_workflow_handle(run.case, run_id=run.run).describe()
            await asyncio.sleep(0.5)


@contextmanager
def _unless_gone() -> Generator[None]:
    try:
        yield
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise


def _action(event: HistoryEvent) -> Intervention | None:
    action = _ACTIONS.get(event.event_type)
    if action == "巻戻し":
        failed = event.workflow_task_failed_event_attributes
        reset = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW
        return action if failed.cause == reset else None
    if action == "強制終了":
        ended = event.workflow_execution_terminated_event_attributes
        own = ended.reason == _RENEWED or ended.identity == _RESETTER
        return None if own else action
    return action


def _raw(run: Run, event: HistoryEvent, action: Intervention) -> Raw:
    who, said = _who_and_why(event)
    return Raw(
        case=run.case,
        run=run.run,
        number=event.event_id,
        action=action,
        at=event.event_time.ToDatetime(UTC),
        identity=None if who in _SERVER else _short(who) or None,
        said=_short(said) or None,
    )


def _who_and_why(event: HistoryEvent) -> tuple[str, str]:
    match event.WhichOneof("attributes"):
        case "workflow_execution_terminated_event_attributes":
            ended = event.workflow_execution_terminated_event_attributes
            return ended.identity, ended.reason
        case "workflow_execution_cancel_requested_event_attributes":
            asked = event.workflow_execution_cancel_requested_event_attributes
            return asked.identity, asked.cause
        case "workflow_execution_signaled_event_attributes":
            sent = event.workflow_execution_signaled_event_attributes
            return sent.identity, sent.signal_name
        case _:
            failed = event.workflow_task_failed_event_attributes
            return failed.identity, failed.failure.message


def _short(words: str) -> str:
    """The first of what somebody outside wrote, in what a line of the record may hold."""
    return "".join(letter if letter.isprintable() else " " for letter in words)[:_LONGEST].strip()
