"""A worker in a process of its own, which can die at the worst moment.

python -m tests.engine.separate_worker ADDRESS DATABASE_URL QUEUE [die-after-commit]
"""

import asyncio
import ctypes
import os
import signal
import sys

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from domain.record import Append, Appended
from store.database import open_pool
from store.records import Records
from tests.engine.desk import build


class Dying(Records):
    """The record of a worker that is killed between the commit of a remark and its answer."""

    async def append(self, request: Append) -> Appended:
        """Commit, and die."""
        appended = await super().append(request)
        if "Remarked" in request.events[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return appended


async def main(address: str, url: str, queue: str, *how: str) -> None:
    """Work until killed."""
    client = await Client.connect(address, data_converter=pydantic_data_converter)
    async with open_pool(url, "kyodo_writer", command_timeout=5) as pool:
        worker = build(client, Dying(pool) if how else Records(pool), queue)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await worker.run()


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # never outlives the tests
    asyncio.run(main(*sys.argv[1:]))
