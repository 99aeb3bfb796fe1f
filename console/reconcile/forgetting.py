"""履歴の消去: What was let go from the record leaves Temporal's histories, too.

A history holds the commands as they were handed in. What operators did past the record is told only
there, so it is recorded before a history goes.
"""

import asyncio
from collections.abc import Sequence

from temporalio.client import Client

from console.reconcile.comparing import Sources, unrecorded
from console.reconcile.mending import record
from console.reconcile.record import expected
from workflows.client import renew_case
from workflows.watching import Run, forget, forgotten, latest, runs

FORGOTTEN_WITHIN = 120
"""Seconds within which the server has deleted what it was told to delete."""
SHOWN_WITHIN = 30
"""Seconds within which the server lists a run that has just ended as ended."""


async def note_interventions(sources: Sources, case: str, *, task_queue: str) -> None:
    """Record what operators did to the case's runs and is not in its record yet."""
    ought = await expected(sources.records, sources.rulebook, case)
    known = [run async for run in runs(sources.client, case)]
    found = await unrecorded(sources.client, known, {case: ought.seen})
    await record(sources, found, task_queue=task_queue)


async def forget_histories(sources: Sources, cases: Sequence[str], *, task_queue: str) -> int:
    """Delete every history of these cases up to now; an open one starts afresh from its record.

    Raises `TimeoutError` where the server lists or deletes too slowly; it can be done again.
    """
    ended: list[Run] = []
    for case in cases:
        last = await latest(sources.client, case)
        if last and last[1]:
            await renew_case(sources.client, case, task_queue=task_queue)
        ended += await _ended(sources.client, case, last[0] if last else None)
    for run in ended:
        await forget(sources.client, run)
    async with asyncio.timeout(FORGOTTEN_WITHIN):
        for run in ended:
            await forgotten(sources.client, run)
    return len(ended)


async def _ended(client: Client, case: str, last: str | None) -> list[Run]:
    """The runs that have ended, once the run that was `last` is listed among them."""
    async with asyncio.timeout(SHOWN_WITHIN):
        while True:
            ended = [run async for run in runs(client, case) if not run.running]
            if last is None or any(run.run == last for run in ended):
                return ended
            await asyncio.sleep(0.2)
