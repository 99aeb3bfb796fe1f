"""照合: `kyodo reconcile`: does what runs agree with what is recorded, and who reached past it?"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Annotated

from cyclopts import Parameter
from rich.console import Group, RenderableType
from rich.text import Text

from console import answers, tables
from console.answers import DIFFERS, DONE, machine, show
from console.options import Json
from console.reconcile.comparing import Reconciled, Sources, again
from console.reconcile.comparing import reconcile as compare
from console.reconcile.findings import KINDS, Finding
from console.reconcile.mending import mend as start_afresh
from console.reconcile.mending import record
from console.services import projecting, reading, rulebook, temporal
from console.settings import Settings
from store.audit.projector import Projector
from store.audit.shown import count_cases
from workflows.watching import Raw


async def reconcile(
    *,
    mend: Annotated[
        bool, Parameter(negative="", help="動くべき事案を記録から動かし直し、索引を作り直す")
    ] = False,
    dry_run: Annotated[bool, Parameter(negative="", help="調べるだけで、何も書かない")] = False,
    json: Json = False,
) -> int:
    """記録・Temporal・索引を事案ごとに突き合わせ、記録の外でされた操作を記録する."""
    settings = Settings()
    async with reading(settings) as records, projecting(settings) as projections:
        client = await temporal(settings)
        sources = Sources(client, records, projections, rulebook(settings))
        total = await count_cases(projections)
        with answers.progress(total, "照合") as advance:
            found = await compare(sources, lambda _: advance())
        outcome = Outcome(found, found.findings)
        if not dry_run:
            queue = settings.task_queue
            outcome.unrecorded = await record(sources, found.interventions, task_queue=queue)
            if mend and found.findings:
                outcome.left = await _mend(sources, found.findings, queue)
    if json:
        machine(outcome.plain(dry_run=dry_run))
    else:
        show(_sheet(outcome, dry_run=dry_run))
    return DIFFERS if outcome.left or outcome.unrecorded else DONE


@dataclass
class Outcome:
    """What was found; the findings that are left after mending; what could not be recorded."""

    found: Reconciled
    left: list[Finding]
    unrecorded: list[Raw] = field(default_factory=list[Raw])

    def mended(self, finding: Finding) -> bool:
        """Whether it no longer stands."""
        return (finding.case, finding.kind) not in {(one.case, one.kind) for one in self.left}

    def plain(self, *, dry_run: bool) -> dict[str, object]:
        """For machines."""
        return {
            "cases": self.found.cases,
            "running": self.found.running,
            "lag": self.found.lag,
            "findings": [
                {**asdict(one), "mended": self.mended(one)} for one in self.found.findings
            ],
            "interventions": [
                {**asdict(raw), "recorded": not dry_run and raw not in self.unrecorded}
                for raw in self.found.interventions
            ],
        }


async def _mend(sources: Sources, findings: Sequence[Finding], task_queue: str) -> list[Finding]:
    """Put right what can be; the findings that still stand."""
    await start_afresh(sources.client, findings, task_queue=task_queue)
    if any(one.kind == "projection" for one in findings):
        with answers.counting("作り直した事実") as told:
            await Projector(sources.projections, sources.rulebook.rules).rebuild(told)
    return await again(sources, sorted({one.case for one in findings}))


def _sheet(outcome: Outcome, *, dry_run: bool) -> RenderableType:
    found = outcome.found
    parts: list[RenderableType] = []
    if found.findings:
        table = tables.plain("事案", "食違い", "内容", "是正")
        for one in found.findings:
            mended = "直しました" if outcome.mended(one) else ""
            table.add_row(one.case, KINDS[one.kind], one.said, mended)
        parts.append(table)
    if found.interventions:
        table = tables.plain("事案", "記録の外の操作", "時刻", "だれが", "言い分", "記録")
        for raw in found.interventions:
            table.add_row(*_raw_row(raw, dry_run=dry_run, recorded=raw not in outcome.unrecorded))
        parts.append(table)
    said = f"事案 {found.cases:,} 件（動いているもの {found.running:,} 件）を突き合わせました。"
    said += f"食違い {len(found.findings)} 件、記録の外の操作 {len(found.interventions)} 件"
    parts.append(Text(said))
    if found.lag:
        parts.append(Text(f"索引は記録より {found.lag:,} 件遅れています", style="yellow"))
    if outcome.left and not dry_run:
        parts.append(Text("→ `kyodo reconcile --mend` で、記録から動かし直せます"))
    return Group(*parts)


def _raw_row(raw: Raw, *, dry_run: bool, recorded: bool) -> tuple[str, ...]:
    state = "していません" if dry_run else "しました" if recorded else "できません"
    who = raw.identity or "（名乗りなし）"
    return raw.case, raw.action, tables.moment(raw.at), who, raw.said or "", state
