"""Histories recorded by this and by earlier versions replay without a difference.

`python -m tests.engine.record_histories` writes the stored ones anew; do so only when the
commands of the workflow itself were changed on purpose, behind `workflow.patched`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner, WorkflowRunner

from store.records import Records
from tests.engine.desk import TODAY, build, desk_with_worker
from tests.engine.lending import CLERK, LendingWorkflow, Return, UndatedWorkflow
from worker import WORKFLOWS, sandboxed
from workflows.case import CaseWorkflow

STORED = Path(__file__).parent / "histories"


@pytest.mark.parametrize("path", sorted(STORED.glob("*.json")), ids=lambda path: path.stem)
async def test_a_stored_history_replays(path: Path) -> None:
    events = _stored(path)
    case = events[0].workflow_execution_started_event_attributes.workflow_id
    # The lending borrows the head 協約 of agreements, so only its name tells its histories.
    carrying = [LendingWorkflow] if path.stem.startswith("lending-") else WORKFLOWS
    await _replay(WorkflowHistory(case, events), workflows=carrying)


def test_there_are_stored_histories() -> None:
    assert len(list(STORED.glob("*.json"))) >= 4


async def test_a_case_replays_from_its_history_sandboxed_or_not(
    temporal: Client, records: Records
) -> None:
    async with desk_with_worker(temporal, records) as desk:
        await desk.lend()
        await desk.remark("書き留め")
        history = await desk.handle.fetch_history()
        await _replay(history)
        await _replay(history, sandboxed())


async def test_a_case_whose_history_no_longer_fits_the_code_starts_afresh_from_the_record(
    temporal: Client, records: Records
) -> None:
    async with desk_with_worker(temporal, records) as desk:
        await desk.lend()
        await desk.remark("旧法")
        run = (await desk.handle.describe()).run_id
    async with build(temporal, records, desk.queue, workflow=UndatedWorkflow):
        assert (await desk.remark("新法")).first == 4
        assert (await desk.handle.describe()).run_id != run
    assert len(await desk.kinds()) == 4


async def test_a_case_is_carried_by_a_worker_that_forgets_it_after_every_task(
    temporal: Client, records: Records
) -> None:
    async with desk_with_worker(temporal, records, cached=0) as desk:
        await desk.lend()
        for number in range(5):
            await desk.remark(f"{number}")
        await desk.submit(Return(on=TODAY, by=CLERK))
        assert len(await desk.kinds()) == 8


async def test_the_sandbox_carries_a_case(temporal: Client, records: Records) -> None:
    async with desk_with_worker(temporal, records, sandbox=True) as desk:
        await desk.lend()
        assert (await desk.remark("砂場")).first == 3


def _stored(path: Path) -> Sequence[HistoryEvent]:
    return WorkflowHistory.from_json(path.stem, path.read_text("utf-8")).events


async def _replay(
    history: WorkflowHistory,
    runner: WorkflowRunner | None = None,
    workflows: Sequence[type[CaseWorkflow[Any, Any, Any]]] = (LendingWorkflow,),
) -> None:
    replayer = Replayer(
        workflows=workflows,
        data_converter=pydantic_data_converter,
        workflow_runner=runner or UnsandboxedWorkflowRunner(),
    )
    outcome = await replayer.replay_workflow(history, raise_on_replay_failure=False)
    assert outcome.replay_failure is None
