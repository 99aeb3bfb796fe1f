"""履歴の消去: What was let go from the record leaves Temporal's histories, too.

A history holds the commands as they were handed in. What operators did past the record is told only
there, so it is recorded before a history goes.
"""

import asyncio
from collections.abc import Sequence

from console.reconcile.comparing import Sources, unrecorded
from console.reconcile.mending import record
from console.reconcile.record import expected
from workflows.client import renew_case
from workflows.watching import Run, forget, runs

SHOWN_WITHIN = 30
"""Seconds within which the server lists a run that has just ended as ended."""


async def note_interventions(sources: Sources, case: str, *, task_queue: str) -> None:
    """Record what operators did to the case's runs and is not in its record yet."""
    ought = await expected(sources.records, sources.rulebook, case)
    known = [run async for run in runs(sources.client, case)]
    found = await unrecorded(sources.client, known, {case: ought.seen})
    await record(sources, found, task_queue=task_queue)


async def forget_histories(sources: Sources, cases: Sequence[str], *, task_queue: str) -> int:
    """Delete every history of these cases up to now; an open one starts afresh from its record."""
    forgotten = 0
    for case in cases:
        before = {run.run: run async for run in runs(sources.client, case)}
        if any(run.running for run in before.values()):
            await renew_case(sources.client, case, task_queue=task_queue)
        for run in await _ended(sources, case, before):
            await forget(sources.client, run)
            forgotten += 1
    return forgotten


async def _ended(sources: Sources, case: str, before: dict[str, Run]) -> list[Run]:
    """The runs that were there before, once all of them are listed as ended."""
    now = before
    for _ in range(SHOWN_WITHIN * 5):
        now = {run.run: run async for run in runs(sources.client, case)}
        if not any(run.running for run in now.values() if run.run in before):
            break
        await asyncio.sleep(0.2)
    return [run for run in before.values() if run.run in now]
