"""What may go wrong around a case: processes killed, servers away, workflows ended by hand."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecutionStatus

from activities.rulebook import Rulebook
from console.stack import embedded_stack
from domain.ordinance import Rules
from store.database import open_pool
from store.migrate import migrate
from store.records import Records
from tests.embedded import Embedded, embedded
from tests.engine.desk import TODAY, Desk, build, desk_with_worker, eventually, new_queue
from tests.engine.lending import CLERK, ONLY_AMENDED, Apply, Return
from worker import check_search_attributes, connect, search_attributes
from workflows.case import LONG_HISTORY
from workflows.client import Busy, OutOfReach, RefusedByLaw, resume


@contextmanager
def separate_worker(client: Client, url: str, queue: str, *how: str) -> Generator[int]:
    """A worker in a process of its own; its pid."""
    address = client.service_client.config.target_host
    with subprocess.Popen(
        [sys.executable, "-m", "tests.engine.separate_worker", address, url, queue, *how],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        yield process.pid
        process.kill()


@asynccontextmanager
async def desk_on_a_server_of_its_own(temporal: Client) -> AsyncGenerator[tuple[Desk, Embedded]]:
    """A desk over a PostgreSQL that the test may kill."""
    with embedded() as server:
        await migrate(server.url)
        async with (
            open_pool(server.url, "kyodo_writer", command_timeout=5) as pool,
            desk_with_worker(temporal, Records(pool)) as desk,
        ):
            yield desk, server


async def test_a_worker_killed_between_commit_and_answer_records_once(
    temporal: Client, records: Records, database: str
) -> None:
    desk = Desk(temporal, records, new_queue())
    with separate_worker(temporal, database, desk.queue, "die-after-commit"):
        await desk.lend()
        waiting = asyncio.create_task(desk.remark("一度だけ", id="once"))
        await desk.until("Remarked")
        async with build(temporal, records, desk.queue):
            began = time.monotonic()
            receipt = await waiting
            assert time.monotonic() - began < 6
            assert (receipt.first, receipt.last) == (3, 3)
            assert (await desk.remark("つぎ")).first == 4
    assert (await desk.kinds()).count("Remarked") == 2


async def test_two_workers_and_many_callers_leave_no_gap(
    temporal: Client, records: Records, database: str
) -> None:
    queue = new_queue()
    desks = [Desk(temporal, records, queue) for _ in range(6)]
    with separate_worker(temporal, database, queue):
        async with build(temporal, records, queue):
            await asyncio.gather(*(desk.lend() for desk in desks))
            await asyncio.gather(
                *(desk.remark(f"{n}") for desk in desks for n in range(12) for _ in "ab")
            )
    for desk in desks:
        assert len(await desk.kinds()) == 26


async def test_a_command_waits_for_the_database_and_nothing_is_lost(temporal: Client) -> None:
    async with desk_on_a_server_of_its_own(temporal) as (desk, server):
        await desk.lend()
        server.kill()
        waiting = [asyncio.create_task(desk.remark(f"{n}", id=f"w{n}")) for n in range(10)]

        async def visible() -> bool:
            pending = (await desk.handle.describe()).raw_description.pending_activities
            return any(one.activity_type.name == "監査記録に追記" for one in pending)

        await eventually(visible)
        with pytest.raises(Busy, match="もう一度"):
            await asyncio.gather(*(desk.remark("多すぎる", patience=1) for _ in range(4)))
        server.restart()
        receipts = await asyncio.gather(*waiting)
        assert sorted(one.first for one in receipts) == list(range(3, 13))
        assert (await desk.remark("あと")).first == 13


async def test_a_terminated_case_is_revived_by_its_next_command(desk: Desk) -> None:
    await desk.lend()
    await desk.handle.terminate()
    assert (await desk.remark("生き返る")).first == 3
    assert "貸出し中" in await desk.details()


async def test_a_reset_case_keeps_what_was_recorded(desk: Desk) -> None:
    await desk.lend()
    for number in range(3):
        await desk.remark(f"{number}")
    await desk.client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace="default",
            workflow_execution=WorkflowExecution(workflow_id=desk.case),
            reason="test",
            workflow_task_finish_event_id=4,
            request_id="reset",
        )
    )
    assert (await desk.remark("やり直しのあと")).first == 6
    assert len(await desk.kinds()) == 6


async def test_a_cancelled_case_finishes_what_it_has_accepted(temporal: Client) -> None:
    async with desk_on_a_server_of_its_own(temporal) as (desk, server):
        await desk.lend()
        server.kill()
        waiting = asyncio.create_task(desk.remark("受け付けた"))

        async def accepted() -> bool:
            return bool((await desk.handle.describe()).raw_description.pending_activities)

        await eventually(accepted)
        await desk.handle.cancel()
        server.restart()
        assert (await waiting).first == 3

        async def cancelled() -> bool:
            return (await desk.handle.describe()).status == WorkflowExecutionStatus.CANCELED

        await eventually(cancelled)


async def test_a_case_continues_as_new_under_load_without_loss(desk: Desk) -> None:
    await desk.lend()
    numbers = iter(range(240))

    async def caller() -> None:
        for number in numbers:
            await desk.remark(f"{number}")

    await asyncio.gather(*(caller() for _ in range(12)))
    assert len(await desk.kinds()) == 242
    described = await desk.handle.describe()
    assert described.raw_info.first_run_id != described.run_id
    assert described.history_length < 2 * LONG_HISTORY


class Amended(Rulebook):
    """A rulebook whose profile is amended while the case runs."""

    amended = False

    def rules(self, code: str) -> Rules:
        rules = super().rules(code)
        if not self.amended:
            return rules
        ordinance = rules.ordinance.model_copy(update={"version": f"{code}-amended"})
        return rules.model_copy(update={"ordinance": ordinance})


async def test_nothing_is_refused_by_rules_that_are_out_of_force(
    temporal: Client, records: Records
) -> None:
    rulebook = Amended()
    async with desk_with_worker(temporal, records, rulebook=rulebook) as desk:
        await desk.lend()
        with pytest.raises(RefusedByLaw, match="改正前"):
            await desk.remark(ONLY_AMENDED)
        rulebook.amended = True
        assert (await desk.remark(ONLY_AMENDED)).first == 3
        with pytest.raises(RefusedByLaw):
            await desk.submit(Apply(on=TODAY, by=CLERK, purpose="二度目"))


async def test_rules_that_changed_meanwhile_are_read_again(
    temporal: Client, records: Records
) -> None:
    rulebook = Amended()
    async with desk_with_worker(temporal, records, rulebook=rulebook) as desk:
        await desk.lend()
        rulebook.amended = True
        await desk.remark("改正後")
        versions = ['"ordinance":"341002-amended"' in one.event for one in await desk.events()]
        assert versions == [False, False, True]


async def test_no_worker_means_out_of_reach_and_the_command_may_come_again(
    temporal: Client, records: Records
) -> None:
    desk = Desk(temporal, records, new_queue())
    with pytest.raises(OutOfReach, match="ワーカー"):
        await desk.remark("だれもいない", patience=1)


async def test_every_open_case_is_resumed_from_the_record_alone(
    temporal: Client, records: Records
) -> None:
    async with desk_with_worker(temporal, records) as desk:
        await desk.lend()
        closed = Desk(temporal, records, desk.queue)
        await closed.lend()
        await closed.submit(Return(on=TODAY, by=CLERK))
        await desk.handle.terminate()
        seen: list[int] = []
        number = await resume(temporal, records, task_queue=desk.queue, progress=seen.append)
        assert number == len(seen) > 0
        await eventually(_running(desk))
        assert not await _running(closed)()
        before = (await desk.handle.describe()).run_id
        await resume(temporal, records, task_queue=desk.queue, renew=True)
        assert (await desk.handle.describe()).run_id != before
        assert (await desk.remark("あと")).first == 3
        assert "貸出し中" in await desk.details()


def _running(desk: Desk) -> Callable[[], Awaitable[bool]]:
    async def running() -> bool:
        return (await desk.handle.describe()).status == WorkflowExecutionStatus.RUNNING

    return running


@asynccontextmanager
async def stack_on(home: Path) -> AsyncGenerator[tuple[Client, Records]]:
    """The embedded stack on a folder, with a client and the record."""
    async with embedded_stack(home, search_attributes=search_attributes()) as stack:
        await migrate(stack.database_url)
        client = await connect(stack)
        await check_search_attributes(client)
        async with open_pool(stack.database_url, "kyodo_writer") as pool:
            yield client, Records(pool)


async def test_a_case_outlives_a_restart_of_every_server(tmp_path: Path) -> None:
    async with (
        stack_on(tmp_path) as (client, records),
        desk_with_worker(client, records) as desk,
    ):
        await desk.lend()
    async with stack_on(tmp_path) as (client, records):
        again = Desk(client, records, desk.queue, desk.case)
        async with build(client, records, desk.queue):
            assert (await again.remark("翌日")).first == 3
            assert again.case == desk.case
