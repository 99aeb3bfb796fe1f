"""Record the histories that every later version must replay.

    python -m tests.engine.record_histories

Plays a lending with a past deadline, one that continued as new, the packaged story of a
designation, three parties' agreement to its abolition, and a dispute on either path. A
designation's history tells when a change of the law in code reaches running cases: they then start
afresh from the record (`kyodo resume --renew`), and it is recorded anew.
"""

import asyncio
import os
import re
import sys
from datetime import date
from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

import worker
from activities.records import RecordActivities
from activities.rulebook import Rulebook
from domain.bodies import MINISTER
from store.database import open_pool
from store.migrate import migrate
from store.records import Records
from tests.conftest import FLAGS, temporal_binary
from tests.embedded import embedded
from tests.engine.desk import Desk, desk_with_worker, new_queue
from tests.engine.lending import CLERK, Apply, Grant, Return
from tests.engine.story import (
    agreement_end,
    agreement_story,
    dispute_story,
    hand_in_all,
    mediation_story,
    play,
)
from tests.law import league
from workflows.board import SEARCH_ATTRIBUTES

STORED = Path(__file__).parent / "histories"
_WORKER = re.compile(r"\d+@[\w.-]+")
"""A process on a host, as Temporal names who did a task."""
_TRACE = re.compile(r'("stackTrace": ")(?:[^"\\]|\\.)*"')
"""Where a refusal was raised: paths of the machine on which the history was recorded."""
LONG_AGO = date(2026, 3, 2)


async def main() -> None:
    """Play and store."""
    with embedded() as postgres:
        await migrate(postgres.url)
        async with (
            await WorkflowEnvironment.start_local(  # pyright: ignore[reportUnknownMemberType]
                dev_server_existing_path=temporal_binary(),
                dev_server_extra_args=[
                    word for flag in FLAGS for word in ("--dynamic-config-value", flag)
                ],
                search_attributes=list(SEARCH_ATTRIBUTES),
                data_converter=pydantic_data_converter,
            ) as environment,
            open_pool(postgres.url, "kyodo_writer") as pool,
        ):
            records = Records(pool)
            await _lendings(environment.client, records)
            await _designation(environment.client, records)
            await _agreement(environment.client, records)
            await _disputes(environment.client, records)


async def _lendings(client: Client, records: Records) -> None:
    async with desk_with_worker(client, records) as desk:
        await desk.submit(Apply(on=LONG_AGO, by=CLERK, purpose="夏祭り"))
        await desk.submit(Grant(on=LONG_AGO, by=CLERK, until=LONG_AGO))
        await desk.until("Overdue")
        await desk.submit(Return(on=LONG_AGO, by=CLERK))
        await _store(client, desk.case, "lending-overdue")
        other = Desk(client, records, desk.queue)
        await other.lend()
        for number in range(90):
            await other.remark(f"{number}")
        first = (await other.handle.describe()).raw_info.first_run_id
        await _store(client, other.case, "lending-continued", first)


async def _designation(client: Client, records: Records) -> None:
    queue = new_queue()
    activities = RecordActivities(records, Rulebook())
    async with worker.build(client, activities, task_queue=queue):
        case = await play(client, records, queue)
        await _store(client, case, "designation-story")


async def _agreement(client: Client, records: Records) -> None:
    queue = new_queue()
    activities = RecordActivities(records, league.RULEBOOK)
    async with worker.build(client, activities, task_queue=queue):
        case = f"協約-{league.KEN}-STORY"
        await hand_in_all(client, case, [*agreement_story(), *agreement_end()], queue)
        await _store(client, case, "agreement-story")


async def _disputes(client: Client, records: Records) -> None:
    queue = new_queue()
    activities = RecordActivities(records, league.RULEBOOK)
    async with worker.build(client, activities, task_queue=queue):
        for case, story, name in (
            (f"紛争-{league.KURE}-STORY", dispute_story(), "dispute-story"),
            (f"紛争-{MINISTER}-STORY", mediation_story(), "mediation-story"),
        ):
            await hand_in_all(client, case, story, queue)
            await _store(client, case, name)


async def _store(client: Client, case: str, name: str, run: str | None = None) -> None:
    history = await client.get_workflow_handle(case, run_id=run).fetch_history()
    STORED.mkdir(exist_ok=True)
    text = _TRACE.sub(r'\1"', _WORKER.sub("1@example", history.to_json()))
    (STORED / f"{name}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
    sys.stdout.flush()
    os._exit(0)
