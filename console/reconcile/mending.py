"""是正: Records what operators did past the record, and puts right what can be put right."""

from collections.abc import Sequence
from datetime import UTC, datetime

from temporalio.client import Client

from activities.rulebook import Rulebook
from console.reconcile.comparing import Sources
from console.reconcile.findings import Finding, Kind
from console.reconcile.record import fold
from domain.decider import Refused
from domain.docket import RecordIntervention
from domain.people import REGISTRAR
from domain.record import Append, Submission, municipality_of
from domain.registry import institution_for
from store.errors import Conflict
from store.records import Records
from workflows.client import NotTaken, renew_case, send
from workflows.days import today
from workflows.door import fingerprint
from workflows.watching import Raw, held

BY_A_FRESH_START = frozenset[Kind]({"missing", "stray", "behind", "ahead", "deadline", "stuck"})
"""What starting the case afresh from its record puts right; a closed case then ends by itself."""


async def record(sources: Sources, found: Sequence[Raw], *, task_queue: str) -> list[Raw]:
    """Enter interventions in the records of their cases; gives those that could not be entered.

    Where the case's workflow runs it is told; where none runs none is started, for somebody may have
    ended it on purpose.
    """
    return [raw for raw in found if not await _recorded(sources, raw, task_queue)]


async def _recorded(sources: Sources, raw: Raw, task_queue: str) -> bool:
    submission = Submission(
        id=f"reconcile:{raw.run}:{raw.number}",
        case=raw.case,
        command=_command(raw).model_dump(mode="json"),
    )
    try:
        if await held(sources.client, raw.case):
            await send(sources.client, submission, task_queue=task_queue)
        else:
            id, command = submission.id, _command(raw)
            await record_directly(sources.records, sources.rulebook, raw.case, id, command)
    except (NotTaken, Refused, LookupError):
        return False
    return True


def _command(raw: Raw) -> RecordIntervention:
    return RecordIntervention(
        on=today(datetime.now(UTC)),
        by=REGISTRAR,
        action=raw.action,
        at=raw.at,
        run=raw.run,
        identity=raw.identity,
        said=raw.said,
    )


async def record_directly(
    records: Records, rulebook: Rulebook, case: str, id: str, command: RecordIntervention
) -> None:
    """Decide and append as the case's workflow would; raises what either of them may raise."""
    institution = institution_for(case)
    rules = rulebook.rules(municipality_of(case))
    while True:
        state, number = await fold(records, institution, case)
        events = institution.decider.decide(command, state, rules)
        after = institution.decider.fold(events, state)
        request = Append(
            case=case,
            expected=number,
            command_id=id,
            command_digest=fingerprint(command),
            events=[event.model_dump_json() for event in events],
            open=institution.is_open(after),
        )
        try:
            if events:
                await records.append(request)
        except Conflict:
            continue
        return


async def mend(client: Client, findings: Sequence[Finding], *, task_queue: str) -> list[str]:
    """Start afresh, from its record, every case that this puts right; gives the cases."""
    cases = sorted({one.case for one in findings if one.kind in BY_A_FRESH_START})
    for case in cases:
        await renew_case(client, case, task_queue=task_queue)
    return cases
