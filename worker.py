"""配線: Puts settings, logs, the record, Temporal and the workflows together; knows everything.

`python worker.py` runs one worker against the services the environment names (see
`console.settings`); several may run at once. Where it names none, the stack that runs on
KYODO_HOME is used, and where none runs, one is started with the worker.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import timedelta
from typing import Any

import structlog
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.client import Client, GrpcCompression
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError
from temporalio.worker import (
    PollerBehaviorAutoscaling,
    UnsandboxedWorkflowRunner,
    Worker,
    WorkflowRunner,
)
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import NondeterminismError

from activities.records import RecordActivities
from activities.rulebook import Rulebook
from console.keeping import kept
from console.settings import Settings
from console.stack import Stack, StackFailed, embedded_stack, running_stack
from store.database import open_pool, place
from store.errors import RecordError
from store.guards import check_guards
from store.migrate import migrate
from store.records import Records
from workflows import logs
from workflows.agreement import AgreementWorkflow
from workflows.board import SEARCH_ATTRIBUTES
from workflows.case import CaseWorkflow
from workflows.designation import DesignationWorkflow
from workflows.dispute import DisputeWorkflow

WORKFLOWS: list[type[CaseWorkflow[Any, Any, Any]]] = [
    DesignationWorkflow,
    AgreementWorkflow,
    DisputeWorkflow,
]
PASSED_THROUGH = (
    *("domain", "activities", "structlog"),
    *("workflows.agenda", "workflows.board", "workflows.case", "workflows.days"),
    *("workflows.door", "workflows.filed", "workflows.reach"),
)
"""Modules the sandbox does not load anew for every case: they are pure by contract."""
CACHED_CASES = 1_000
"""Cases a worker keeps in memory; others are replayed when a command comes."""
UNCOMPRESSED = GrpcCompression.NONE
"""Messages of a few kilobytes cost more to compress than to send."""
STICKY = timedelta(seconds=2)
"""What the next command of a case waits for when the worker that held it is gone."""
GRACE = timedelta(seconds=10)
POOL = 8
PATIENCE_WITH_DATABASE = 5.0
"""Seconds for one statement, well above any append and below an activity's first time-out."""

log = structlog.stdlib.get_logger("kyodo.worker")


class NotReady(RuntimeError):
    """A service is not what the worker needs; the text says what to do, in Japanese."""


def search_attributes() -> dict[str, str]:
    """Names and types of the search attributes the server must know."""
    return {key.name: kind for key, kind in SEARCH_ATTRIBUTES.items()}


async def check_search_attributes(client: Client) -> None:
    """Raise `NotReady` where one is missing: a case that sets an unknown one hangs."""
    request = ListSearchAttributesRequest(namespace=client.namespace)
    known = (await client.operator_service.list_search_attributes(request)).custom_attributes
    missing = {name: kind for name, kind in search_attributes().items() if name not in known}
    if missing:
        options = " ".join(f"--name {name} --type {kind}" for name, kind in missing.items())
        raise NotReady(
            f"Temporal の名前空間 {client.namespace} に検索属性がありません。次で登録してください\n"
            f"  temporal operator search-attribute create --namespace {client.namespace} {options}"
        )


def build(
    client: Client,
    activities: RecordActivities,
    *,
    task_queue: str = "kyodo",
    sandbox: bool = False,
    workflows: Sequence[type] = WORKFLOWS,
    more_activities: Sequence[Callable[..., Any]] = (),
    cached: int = CACHED_CASES,
) -> Worker:
    """The worker with the settings that proved themselves."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=workflows,
        activities=[activities.append, activities.read, activities.rules, *more_activities],
        workflow_runner=sandboxed() if sandbox else UnsandboxedWorkflowRunner(),
        workflow_task_poller_behavior=PollerBehaviorAutoscaling(),
        activity_task_poller_behavior=PollerBehaviorAutoscaling(),
        sticky_queue_schedule_to_start_timeout=STICKY,
        graceful_shutdown_timeout=GRACE,
        max_cached_workflows=cached,
        max_workflow_task_external_storage_concurrency=1,  # nothing is stored outside: no tasks for it
        # With the retry policy of every case: it is started afresh from the record.
        workflow_failure_exception_types=[NondeterminismError],
    )


def sandboxed() -> WorkflowRunner:
    """The SDK's sandbox around the workflow classes; what is pure by contract passes through."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    return SandboxedWorkflowRunner(restrictions=restrictions)


@asynccontextmanager
async def working(
    client: Client, database_url: str, settings: Settings
) -> AsyncGenerator[Worker, None]:
    """A worker for as long as the block runs, over a pool of its own, and a keeper beside it."""
    await check_search_attributes(client)
    async with (
        open_pool(
            database_url, "kyodo_writer", size=POOL, command_timeout=PATIENCE_WITH_DATABASE
        ) as pool,
        kept(settings, database_url) if settings.keeper else nullcontext(),
    ):
        await check_guards(pool)
        activities = RecordActivities(Records(pool), Rulebook(settings.profiles))
        worker = build(client, activities, task_queue=settings.task_queue, sandbox=settings.sandbox)
        async with worker:
            log.info("ready", database=place(database_url), task_queue=settings.task_queue)
            yield worker


async def connect(stack: Stack | None) -> Client:
    """A client of the server the environment names, or else of the stack."""
    config = ClientConfig.load_client_connect_config()
    if stack and "TEMPORAL_ADDRESS" not in os.environ:
        config["target_host"] = stack.temporal
    target = config.setdefault("target_host", "localhost:7233")
    try:
        return await Client.connect(
            **config, data_converter=pydantic_data_converter, grpc_compression=UNCOMPRESSED
        )
    except (RPCError, RuntimeError) as cause:
        raise NotReady(f"Temporal（{target}）に届きません: {cause}") from cause


async def work(settings: Settings, stack: Stack | None = None) -> None:
    """Work until SIGTERM or SIGINT, on the named services or on `stack`."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    url = settings.database_url or (stack.database_url if stack else "")
    async with working(await connect(stack), url, settings):
        await stop.wait()
        log.info("stopping", grace_seconds=GRACE.total_seconds())


async def _main(settings: Settings) -> None:
    stack = running_stack(settings.home)
    if settings.database_url or stack:
        await work(settings, stack)
        return
    _say("KYODO_DATABASE_URL がなく、動いている一式もないため、PostgreSQL と Temporal を起動します")
    async with embedded_stack(
        settings.home, search_attributes=search_attributes(), port=7233, ui_port=8233, say=_say
    ) as stack:
        await migrate(stack.database_url)
        _say(f"Temporal の画面: {stack.ui}")
        await work(settings, stack)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def run(main: Callable[[], Awaitable[None]]) -> int:
    """Run to the end; the exit code, with what went wrong on standard error."""

    async def body() -> None:
        await main()

    try:
        asyncio.run(body())
    except (NotReady, StackFailed, RecordError) as fault:
        _say(str(fault))
        return 4
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    settings = Settings()
    logs.configure("json" if settings.log == "json" or not sys.stderr.isatty() else "console")
    code = run(lambda: _main(settings))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the SDK can crash while the interpreter shuts down
