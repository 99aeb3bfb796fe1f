"""Record the histories that every later version must replay.

    python -m tests.engine.record_histories

Plays a lending with a past deadline and one that continued as new. Histories of the
institutions are not kept: where the law changes, a case starts afresh from the record.
"""

import asyncio
import os
import sys
from datetime import date
from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from store.database import open_pool
from store.migrate import migrate
from store.records import Records
from tests.conftest import FLAGS, temporal_binary
from tests.embedded import embedded
from tests.engine.desk import Desk, desk_with_worker
from tests.engine.lending import CLERK, Apply, Grant, Return
from workflows.board import SEARCH_ATTRIBUTES

STORED = Path(__file__).parent / "histories"
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
            await _lendings(environment.client, Records(pool))


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


async def _store(client: Client, case: str, name: str, run: str | None = None) -> None:
    history = await client.get_workflow_handle(case, run_id=run).fetch_history()
    STORED.mkdir(exist_ok=True)
    (STORED / f"{name}.json").write_text(history.to_json(), "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
    sys.stdout.flush()
    os._exit(0)
