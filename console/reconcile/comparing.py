"""突合せ: All cases compared, and what operators did to their workflows past the record.

A case under way changes while it is looked at, so what does not agree is looked at once more a few
seconds later, and only what still does not agree is a finding.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from temporalio.client import Client

from activities.rulebook import Rulebook
from console.reconcile.findings import Finding, findings
from console.reconcile.record import Expected, expected
from store.audit.shown import Shown, lag, shown, shown_of
from store.database import Pool
from store.records import Records
from workflows.watching import Raw, Run, held, interventions, runs

AT_ONCE = 16
A_MOMENT = 2.0
"""Seconds after which what did not agree is looked at again."""
Progress = Callable[[int], None]
Seen = dict[str, frozenset[tuple[str, datetime]]]
T = TypeVar("T")


@dataclass(frozen=True)
class Sources:
    """The three sides, and the rules by which the record is folded."""

    client: Client
    records: Records
    projections: Pool
    rulebook: Rulebook


@dataclass
class Reconciled:
    """What a comparison found.

    `cases` were compared, of which `running` had a workflow; `interventions` are new to the record;
    `lag` is how many events the projections had not followed at the end.
    """

    cases: int = 0
    running: int = 0
    findings: list[Finding] = field(default_factory=list[Finding])
    interventions: list[Raw] = field(default_factory=list[Raw])
    lag: int = 0


async def reconcile(sources: Sources, progress: Progress = lambda _: None) -> Reconciled:
    """Compare every case; `progress` hears how many are done."""
    known = [run async for run in runs(sources.client)]
    running = {run.case: run for run in known if run.running}
    told, seen, suspects = Reconciled(running=len(running)), Seen(), list[str]()

    async def one(row: Shown) -> None:
        ought, found = await _compared(sources, row, running.get(row.case))
        seen[row.case] = ought.seen
        suspects.extend(finding.case for finding in found[:1])
        told.cases += 1
        progress(told.cases)

    await _each(one, shown(sources.projections))
    suspects.extend(running.keys() - seen.keys())
    if suspects:
        told.findings = await again(sources, sorted(suspects))
    told.interventions = await unrecorded(sources.client, known, seen)
    told.lag = await lag(sources.projections)
    return told


async def _compared(
    sources: Sources, row: Shown, run: Run | None
) -> tuple[Expected, list[Finding]]:
    ought = await expected(sources.records, sources.rulebook, row.case)
    carried = await held(sources.client, row.case) if ought.open or run else None
    return ought, findings(row, ought, carried, run, datetime.now(UTC))


async def again(sources: Sources, cases: Sequence[str]) -> list[Finding]:
    """Compare some cases a moment later."""
    await asyncio.sleep(A_MOMENT)
    rows = await shown_of(sources.projections, cases)
    running = {run.case: run async for run in runs(sources.client) if run.running}
    found: list[Finding] = []
    for row in rows:
        found += (await _compared(sources, row, running.get(row.case)))[1]
    for case in sorted(set(cases) - {row.case for row in rows}):
        if await held(sources.client, case):
            found.append(Finding(case, "stray", "記録のない事案のワークフローが動いています"))
    return found


async def unrecorded(client: Client, known: Sequence[Run], seen: Seen) -> list[Raw]:
    """What was done to the runs of recorded cases and is not recorded; each once, in its order.

    A run that a reset has made begins with a copy of the history it goes back into.
    """
    found: dict[tuple[str, str, datetime], Raw] = {}

    async def one(run: Run) -> None:
        for raw in await interventions(client, run):
            key = (raw.case, raw.action, raw.at)
            if (raw.action, raw.at) not in seen[raw.case] and (
                key not in found or run.started < started[found[key].run]
            ):
                found[key] = raw

    started = {run.run: run.started for run in known}
    await _each(one, _of(run for run in known if run.case in seen))
    return sorted(found.values(), key=lambda raw: (raw.case, raw.at))


async def _of(values: Iterable[T]) -> AsyncIterator[T]:
    for value in values:
        yield value


async def _each(work: Callable[[T], Awaitable[None]], on: AsyncIterator[T]) -> None:
    """Do the work on every item, some at once."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(item: T) -> None:
        try:
            await work(item)
        finally:
            room.release()

    try:
        async with asyncio.TaskGroup() as group:
            async for item in on:
                await room.acquire()
                group.create_task(one(item))
    except ExceptionGroup as several:
        raise several.exceptions[0] from None
