"""A desk to hand commands in at: one case after another, on real servers."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import Worker

import worker
from activities.records import RecordActivities, Records, Rulebook
from activities.rulebook import Rulebook as PackagedRulebook
from domain.acts import Command
from domain.record import Receipt, Recorded, Submission
from store import records as store
from tests.engine.lending import CLERK, LENDING, Apply, Grant, LendingWorkflow, Remark
from workflows.case import CaseWorkflow
from workflows.client import send
from workflows.days import today

_serial = count(1)
A_DAY = timedelta(days=1)
TODAY = today(datetime.now(UTC))
HIROSHIMA = "341002"


def new_case() -> str:
    """A case number nobody has used."""
    return f"協約-{HIROSHIMA}-{next(_serial):04}"


def new_queue() -> str:
    """A task queue nobody polls yet."""
    return f"queue-{next(_serial)}"


@dataclass
class Desk:
    """Hands commands of one case in, as a caller would."""

    client: Client
    records: store.Records
    queue: str
    case: str = field(default_factory=new_case)

    async def submit(self, command: Command, id: str = "", patience: float = 30) -> Receipt:
        """Hand a command in under `id`, or under a new one."""
        submission = Submission(
            id=id or f"c-{next(_serial)}", case=self.case, command=command.model_dump(mode="json")
        )
        return await send(
            self.client,
            submission,
            institution=LENDING,
            task_queue=self.queue,
            patience=timedelta(seconds=patience),
        )

    async def lend(self, until: date | None = None) -> None:
        """Open the case: applied for and lent."""
        await self.submit(Apply(on=TODAY, by=CLERK, purpose="夏祭り"))
        await self.submit(Grant(on=TODAY, by=CLERK, until=until or TODAY + 30 * A_DAY))

    async def remark(self, text: str, id: str = "", patience: float = 30) -> Receipt:
        """Hand in one remark."""
        return await self.submit(Remark(on=TODAY, by=CLERK, text=text), id, patience)

    async def events(self) -> list[Recorded]:
        """What the record holds of the case."""
        return (await self.records.load(self.case)).events

    async def kinds(self) -> list[str]:
        """The names of the events in the record."""
        events = await self.events()
        assert [one.number for one in events] == list(range(1, len(events) + 1))
        return [LENDING.event.validate_json(one.event).tag for one in events]

    async def until(self, kind: str, seconds: float = 15) -> None:
        """Wait until the record holds an event of the kind."""

        async def there() -> bool:
            return kind in await self.kinds()

        await eventually(there, seconds)

    @property
    def handle(self) -> WorkflowHandle[Any, Any]:
        """The case's workflow."""
        return self.client.get_workflow_handle(self.case)

    async def details(self) -> str:
        """What an operator reads of the case."""
        metadata: WorkflowMetadata = await self.handle.query("__temporal_workflow_metadata")
        return metadata.current_details


def build(
    client: Client,
    records: Records,
    queue: str,
    *,
    rulebook: Rulebook | None = None,
    workflow: type[CaseWorkflow[Any, Any, Any]] = LendingWorkflow,
    **more: Any,
) -> Worker:
    """A worker of this process for the little institution."""
    activities = RecordActivities(records, rulebook or PackagedRulebook())
    return worker.build(client, activities, task_queue=queue, workflows=[workflow], **more)


@asynccontextmanager
async def desk_with_worker(
    client: Client, records: store.Records, **more: Any
) -> AsyncGenerator[Desk]:
    """A desk whose worker runs in this process."""
    queue = new_queue()
    async with build(client, records, queue, **more):
        yield Desk(client, records, queue)


async def eventually(holds: Callable[[], Awaitable[bool]], seconds: float = 15) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110 — what it waits for is in another process
            await asyncio.sleep(0.05)
