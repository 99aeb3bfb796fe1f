"""提出口: How a command reaches its case, and how every case is started from the record alone.

NotTaken
├── RefusedByLaw  the law says no: `citation`, `reason`, `remedy`
├── Invalid       the command is at fault: what to mend
├── Halted        the engine will not go on by itself: an operator must look
└── OutOfReach    no answer in time: the same command may be sent again
    └── Busy      the case has too much to do: the same command may be sent again
"""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any, Protocol

from pydantic import ValidationError
from temporalio.client import (
    Client,
    RPCError,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import (
    Priority,
    RetryPolicy,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCStatusCode

from domain.acts import Command
from domain.bodies import office_name
from domain.institution import Institution
from domain.record import Receipt, Submission, institution_of, municipality_of
from domain.registry import institution_for
from workflows.board import fixed_attributes
from workflows.door import BUSY, INVALID, REFUSED

TASK_QUEUE = "kyodo"
TASK_TIMEOUT = timedelta(seconds=3)
"""What a command in flight waits for when its worker is killed."""
PATIENCE = timedelta(seconds=60)
_AFRESH = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1))
"""A case whose history no longer fits the code fails and starts afresh from the record: the
history is only a cache, and a change of the law must not strand the cases under way."""
_AT_FAULT = (INVALID, "CommandReused", "RecordRefused", "NoRules")
_RUN_ENDED = "AcceptedUpdateCompletedWorkflow"
_FAILURES = (
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
    RPCError,
    TimeoutError,
)
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)


class NotTaken(Exception):
    """A command was not taken; the text is Japanese, for officials."""


class RefusedByLaw(NotTaken):
    """The law refuses the command; nothing was recorded."""

    def __init__(self, citation: str, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}（{citation}）{remedy}")
        self.citation, self.reason, self.remedy = citation, reason, remedy


class Invalid(NotTaken):
    """The command is not well made, or its id belongs to another; nothing was recorded."""


class Halted(NotTaken):
    """The engine found something wrong with itself or the record; `kind` is the error's name."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class OutOfReach(NotTaken):
    """No answer came; the command may or may not be recorded: send it again under its id."""


class Busy(OutOfReach):
    """The case took no further command; this one was not recorded."""


async def send(
    client: Client,
    submission: Submission,
    *,
    institution: Institution[Any, Any, Any] | None = None,
    task_queue: str = TASK_QUEUE,
    patience: timedelta = PATIENCE,
) -> Receipt:
    """Hand a command in and give its receipt; the case is started, or revived, if need be.

    Sending the same submission again gives a receipt for the same events. Tries until
    `patience` is over; raises a `NotTaken`.
    """
    command = _command(submission, institution)
    # Tells this hand-in from others; it need not be secret. See `door.command_id_of`.
    update_id = f"{submission.id}#{random.getrandbits(32):08x}"
    loop = asyncio.get_running_loop()
    end = loop.time() + patience.total_seconds()
    attempt = 0
    while True:
        try:
            async with asyncio.timeout_at(end):
                return await _hand_in(client, submission, command, update_id, task_queue)
        except _FAILURES as failure:
            _raise_if_cancelled()
            reason = _reason(failure)
        pause = _PAUSES[min(attempt, len(_PAUSES) - 1)]
        if not isinstance(reason, OutOfReach) or loop.time() + pause > end:
            raise reason
        attempt += 1
        await asyncio.sleep(pause)


def _command(submission: Submission, institution: Institution[Any, Any, Any] | None) -> Command:
    try:
        carried = institution or institution_for(submission.case)
        return carried.command.validate_json(json.dumps(submission.command))
    except LookupError as error:
        raise Invalid(str(error)) from None
    except ValidationError as error:
        faults = (
            "/".join(map(str, fault["loc"])) + ": " + fault["msg"] for fault in error.errors()
        )
        raise Invalid("、".join(faults)) from None


async def _hand_in(
    client: Client, submission: Submission, command: Command, update_id: str, task_queue: str
) -> Receipt:
    """To the running case; where none runs, starting it with the command in one call."""
    try:
        handle = client.get_workflow_handle(submission.case)
        return await handle.execute_update(  # pyright: ignore[reportUnknownMemberType]
            command.title, command, id=update_id, result_type=Receipt
        )
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise
    return await client.execute_update_with_start_workflow(  # pyright: ignore[reportUnknownMemberType]
        command.title,
        command,
        id=update_id,
        result_type=Receipt,
        start_workflow_operation=WithStartWorkflowOperation(
            institution_of(submission.case),
            submission.case,
            id=submission.case,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            **_start(submission.case, task_queue),
        ),
    )


def _start(case: str, task_queue: str) -> dict[str, Any]:
    """How every case is started, by its first command or by `resume`."""
    code = municipality_of(case)
    return {
        "task_queue": task_queue,
        "id_reuse_policy": WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        "task_timeout": TASK_TIMEOUT,
        "retry_policy": _AFRESH,
        "search_attributes": fixed_attributes(case),
        "static_summary": f"{institution_of(case)} {office_name(code)}",
        "static_details": (
            f"{office_name(code)}（{code}）の事案です。記録から組み立て直せるため、終了させても"
            "次の命令か `kyodo resume` で続きから始まります。"
        ),
        "priority": Priority(fairness_key=code),
    }


def _raise_if_cancelled() -> None:
    """The client answers a cancelled caller with an error of its own."""
    task = asyncio.current_task()
    if task and task.cancelling():
        raise asyncio.CancelledError


def _reason(failure: Exception) -> NotTaken:
    if isinstance(failure, WorkflowUpdateFailedError):
        return _answer(failure.cause)
    if isinstance(failure, TimeoutError | WorkflowUpdateRPCTimeoutOrCancelledError):
        return OutOfReach(
            "時間内に応答がありませんでした。ワーカー（python worker.py）が動いているか確かめ、"
            "同じ番号でもう一度出してください"
        )
    return OutOfReach(f"Temporal に届きません（{failure}）。起動しているか確かめてください")


def _answer(cause: BaseException) -> NotTaken:
    if not isinstance(cause, ApplicationError):
        return OutOfReach(f"処理が中断されました（{cause}）。同じ番号でもう一度出してください")
    if cause.type == REFUSED:
        return RefusedByLaw(*(str(detail) for detail in cause.details[:3]))
    if cause.type == BUSY:
        return Busy(cause.message)
    if cause.type == _RUN_ENDED:
        return OutOfReach("事案の処理が中断されました。同じ番号でもう一度出してください")
    if cause.type in _AT_FAULT:
        return Invalid(cause.message)
    return Halted(cause.type or "", cause.message)


async def renew_case(client: Client, case: str, *, task_queue: str = TASK_QUEUE) -> None:
    """End the case's run and start it afresh from the record; a closed case ends by itself again."""
    await client.start_workflow(
        institution_of(case),
        case,
        id=case,
        id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
        **_start(case, task_queue),
    )


class OpenCase(Protocol):
    """The end of a running case in the record."""

    @property
    def case(self) -> str:
        """Its number."""
        ...


class ListsOpenCases(Protocol):
    """The record as far as `resume` needs it."""

    def open_cases(self) -> AsyncIterator[OpenCase]:
        """Every running case."""
        ...


async def resume(
    client: Client,
    records: ListsOpenCases,
    *,
    renew: bool = False,
    task_queue: str = TASK_QUEUE,
    progress: Callable[[int], None] = lambda _: None,
    at_once: int = 20,
) -> int:
    """Start the workflow of every open case from the record alone; gives their number.

    Cases that run already are left alone, or started afresh with `renew`.
    """
    policy = (
        WorkflowIDConflictPolicy.TERMINATE_EXISTING
        if renew
        else WorkflowIDConflictPolicy.USE_EXISTING
    )
    started = 0

    async def start_all(cases: AsyncIterator[str]) -> None:
        nonlocal started
        async for case in cases:
            await client.start_workflow(
                institution_of(case),
                case,
                id=case,
                id_conflict_policy=policy,
                **_start(case, task_queue),
            )
            started += 1
            progress(started)

    queue: asyncio.Queue[str | None] = asyncio.Queue(maxsize=at_once)
    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(start_all(_drawn(queue)))
        async for head in records.open_cases():
            await queue.put(head.case)
        for _ in range(at_once):
            await queue.put(None)
    return started


async def _drawn(queue: asyncio.Queue[str | None]) -> AsyncIterator[str]:
    while (case := await queue.get()) is not None:
        yield case
