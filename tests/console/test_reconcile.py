"""`kyodo reconcile`: what operators do past the record is found, told and recorded."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.rulebook import Rulebook
from console.reconcile.mending import record_directly
from domain.docket import RecordIntervention
from domain.people import REGISTRAR
from store.database import open_pool
from store.records import Records
from tests.console.commands import story
from tests.console.conftest import Console

CALM, TOLD, ENDED, BEHIND = (f"指定-341002-41{serial:02}" for serial in range(1, 5))
Operation = Callable[[WorkflowHandle[Any, Any]], Awaitable[object]]


@pytest.fixture(scope="module", autouse=True)
def running(console: Console) -> None:
    """Four cases under examination."""
    acts = [act for case in (CALM, TOLD, ENDED, BEHIND) for act in story(case)[:8]]
    assert console.submit(*acts).code == 0


def operate(console: Console, case: str, *operations: Operation) -> None:
    """What an operator does in the UI: the UI calls the same service."""
    stack = json.loads((console.home / "stack.json").read_text("utf-8"))

    async def all_of_them() -> None:
        client = await Client.connect(stack["temporal"], data_converter=pydantic_data_converter)
        for operation in operations:
            await operation(client.get_workflow_handle(case))

    asyncio.run(all_of_them())


def reconcile(console: Console, case: str, *words: str) -> dict[str, list[Any]]:
    """What a comparison says of one case."""
    told: Any = console.run("reconcile", "--json", *words).rows[0]
    return {
        what: [one for one in told[what] if one["case"] == case]
        for what in ("findings", "interventions")
    }


def events(console: Console, case: str) -> list[Any]:
    return [row["event"] for row in console.run("case", "history", case, "--json").rows]


def kinds(console: Console, case: str) -> list[str]:
    return [event["kind"] for event in events(console, case)]


def test_a_case_that_nobody_touched_agrees(console: Console) -> None:
    assert reconcile(console, CALM) == {"findings": [], "interventions": []}


def test_a_signal_is_told_of_and_recorded_once_while_the_case_goes_on(console: Console) -> None:
    operate(console, TOLD, lambda handle: handle.signal("みなし承認", {"for": "me"}))
    looked = reconcile(console, TOLD, "--dry-run")
    assert [(one["action"], one["recorded"]) for one in looked["interventions"]] == [
        ("シグナル", False)
    ]
    assert "OperatorIntervened" not in kinds(console, TOLD)
    found = reconcile(console, TOLD)
    assert [one["said"] for one in found["interventions"]] == ["みなし承認"]
    assert found["interventions"][0]["recorded"]
    assert reconcile(console, TOLD) == {"findings": [], "interventions": []}
    noted = [one for one in events(console, TOLD) if one["kind"] == "OperatorIntervened"]
    assert [one["said"] for one in noted] == ["みなし承認"]
    assert console.run("audit", "verify", TOLD).code == 0


def test_a_terminated_case_stays_ended_until_it_is_mended(console: Console) -> None:
    operate(console, ENDED, lambda handle: handle.terminate(reason="暴走のため"))
    answer = console.run("reconcile")
    assert answer.code == 6
    assert "動いていない" in answer.out
    assert "暴走のため" in answer.out
    still = reconcile(console, ENDED)
    assert [one["kind"] for one in still["findings"]] == ["missing"]
    assert not still["interventions"], "recorded once, also where no workflow runs"
    assert kinds(console, ENDED).count("OperatorIntervened") == 1
    mended = reconcile(console, ENDED, "--mend")
    assert [(one["kind"], one["mended"]) for one in mended["findings"]] == [("missing", True)]
    assert reconcile(console, ENDED) == {"findings": [], "interventions": []}
    assert console.submit(*story(ENDED)[8:9]).rows[0]["outcome"] == "recorded"


def test_a_restart_by_our_own_command_is_no_intervention(console: Console) -> None:
    assert console.run("resume", "--renew").code == 0
    assert reconcile(console, CALM) == {"findings": [], "interventions": []}


def test_a_cancellation_is_told_of(console: Console) -> None:
    operate(console, CALM, lambda handle: handle.cancel())
    found = reconcile(console, CALM, "--mend")
    assert [one["action"] for one in found["interventions"]] == ["取消しの要求"]
    assert [(one["kind"], one["mended"]) for one in found["findings"]] == [("missing", True)]


def test_a_workflow_that_the_record_has_left_behind_is_started_afresh(console: Console) -> None:
    """As after an append by other means than the case's own workflow."""
    asyncio.run(append_past_the_workflow(console, BEHIND))
    found = reconcile(console, BEHIND)
    assert [one["kind"] for one in found["findings"]] == ["behind"]
    mended = reconcile(console, BEHIND, "--mend")
    assert [(one["kind"], one["mended"]) for one in mended["findings"]] == [("behind", True)]
    assert reconcile(console, BEHIND) == {"findings": [], "interventions": []}


async def append_past_the_workflow(console: Console, case: str) -> None:
    stack = json.loads((console.home / "stack.json").read_text("utf-8"))
    raw = RecordIntervention(
        on=date(2026, 1, 5),
        by=REGISTRAR,
        action="シグナル",
        at=datetime(2026, 1, 5, tzinfo=UTC),
        run="elsewhere",
    )
    async with open_pool(stack["database_url"], "kyodo_writer", size=1) as pool:
        await record_directly(Records(pool), Rulebook(), case, "elsewhere:1", raw)


def test_services_out_of_reach_end_with_4(console: Console, tmp_path: Path) -> None:
    answer = console.run("reconcile", KYODO_HOME=str(tmp_path))
    assert answer.code == 4
    assert "kyodo up" in answer.err
