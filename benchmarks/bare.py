"""What a command is measured against: an update with an empty handler, and the workers.

python -m benchmarks.bare ADDRESS DATABASE_URL     kyodo's worker, with the bare workflow
python -m benchmarks.bare ADDRESS                  a worker with the SDK's defaults
"""

import asyncio
import signal
import sys
from datetime import timedelta

from temporalio import activity, workflow

with workflow.unsafe.imports_passed_through():
    from temporalio.client import Client
    from temporalio.contrib.pydantic import pydantic_data_converter
    from temporalio.worker import Worker

    import worker
    from activities.records import RecordActivities
    from activities.rulebook import Rulebook
    from console.settings import Settings
    from domain.designation.examination import ExamineRequirement
    from store.database import open_pool
    from store.records import Records

A_MOMENT = timedelta(seconds=3)
OURS, DEFAULT = "kyodo", "sdk-defaults"
"""The task queues."""


@activity.defn(name="無")
async def nothing(kind: str) -> str:
    """Nothing."""
    return kind


@workflow.defn(name="bare")
class BareWorkflow:
    """An update that does nothing."""

    @workflow.run
    async def run(self) -> None:
        """Wait for ever."""
        await workflow.wait_condition(lambda: False)

    @workflow.update(name="要件を審査する")
    async def request_report(self, command: ExamineRequirement) -> None:
        """Take the command and do nothing."""

    @workflow.update(name="何もしない")
    async def do_nothing(self, command: ExamineRequirement) -> str:
        """Take the command and have a local activity do nothing: what an append costs Temporal."""
        return await workflow.execute_local_activity(
            nothing, command.kind, start_to_close_timeout=A_MOMENT
        )


async def main(address: str, url: str | None = None) -> None:
    """Work until SIGTERM."""
    client = await Client.connect(address, data_converter=pydantic_data_converter)
    if url is None:
        await _until_told(Worker(client, task_queue=DEFAULT, workflows=[BareWorkflow]))
        return
    async with open_pool(url, "kyodo_writer", size=8, command_timeout=5) as pool:
        activities = RecordActivities(Records(pool), Rulebook())
        workflows = [*worker.WORKFLOWS, BareWorkflow]
        await _until_told(
            worker.build(
                client,
                activities,
                task_queue=OURS,
                workflows=workflows,
                more_activities=[nothing],
                cached=2_000,
                sandbox=Settings().sandbox,
            )
        )


async def _until_told(one: Worker) -> None:
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    async with one:
        print("ready", flush=True)
        await told.wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
