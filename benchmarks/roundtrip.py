"""A command's round trip beside a bare update on the same server in the same run.

    python -m benchmarks.roundtrip [--quick] [--json]

The cases are applications under review, with some fifteen events each; the command is the most
frequent one, the examination of a requirement. It is judged, recorded durably, sealed and shown
before it is answered. The contenders:

- `kyodo`: the whole way, `workflows.client.send` to a worker process of kyodo
- `kyodo, deadline moves`: the same with the dearest command, a report asked for and closed again
  by turns, so that each time a timer is set or cancelled and the search attributes change
- `bare`: an update with an empty handler in the same worker process
- `bare, local activity`: an update whose local activity does nothing, in the same process
- `bare, SDK defaults`: an update with an empty handler in a worker process with the SDK's default settings

Temporal keeps its data in memory, PostgreSQL on disk with fsync. Rounds are interleaved, so
that a slow moment falls on all alike; figures are medians over the rounds.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TypeAlias

from pydantic import JsonValue
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from activities.rulebook import Rulebook
from benchmarks.bare import DEFAULT, OURS
from console.story import read_story, scenes, until
from domain.designation import DESIGNATION
from domain.record import Append, Submission
from store.database import open_pool
from store.migrate import migrate
from store.records import Records
from tests.embedded import embedded
from workflows.board import SEARCH_ATTRIBUTES
from workflows.client import resume, send
from workflows.days import today

CODE = "341002"
LONG = 480
"""History events of a case that is soon to continue as new."""
Ask: TypeAlias = Callable[[str], Awaitable[object]]
_serial = count(1)


@dataclass(frozen=True)
class Figure:
    """One line of the result; `bar` is what it has to stay under (or over)."""

    name: str
    value: float
    unit: str
    bar: str = ""


@dataclass(frozen=True)
class Opening:
    """The events with which a case begins, and the command it is given."""

    events: list[str]
    command: dict[str, JsonValue]


@dataclass
class Bench:
    """The servers, and the command that everybody is asked for."""

    client: Client
    records: Records
    address: str
    url: str
    review: Opening
    designation: Opening
    turns: Counter[str] = field(default_factory=Counter[str])
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list[subprocess.Popen[bytes]])

    @property
    def command(self) -> dict[str, JsonValue]:
        """What everybody is asked for."""
        return self.review.command

    async def kyodo(self, case: str) -> object:
        """One requirement examined, all the way."""
        finding: JsonValue = {
            "reasons": f"第{next(_serial)}号の記録で確かめた",
            "evidence": ["記録"],
        }
        return await self._recorded(case, {**self.command, "finding": finding})

    async def moving(self, case: str) -> object:
        """A report asked for, or the last one closed, all the way."""
        case = _beside(case)
        asked, closing = divmod(self.turns[case], 2)
        self.turns[case] += 1
        command = self.designation.command
        if not closing:
            return await self._recorded(case, {**command, "matters": f"第{asked}回の事項"})
        kept = {key: command[key] for key in ("on", "by")}
        officer = {**kept, "by": command["drafted_by"], "kind": "CloseReportRequest"}
        reasons: JsonValue = {"reasons": "報告を要しなくなった"}
        return await self._recorded(case, {**officer, "report": asked + 1, "finding": reasons})

    async def _recorded(self, case: str, command: dict[str, JsonValue]) -> object:
        submission = Submission(id=f"b-{next(_serial)}", case=case, command=command)
        receipt = await send(self.client, submission)
        if not receipt.events:
            raise RuntimeError(f"{case}: nothing was recorded")
        return receipt

    async def bare(self, case: str) -> object:
        """One empty update in kyodo's worker."""
        return await self._update(f"{OURS}-{case}", "要件を審査する")

    async def activity(self, case: str) -> object:
        """One update with a local activity that does nothing, in kyodo's worker."""
        return await self._update(f"{OURS}-{case}", "何もしない")

    async def default(self, case: str) -> object:
        """One empty update in a worker with the SDK's defaults."""
        return await self._update(f"{DEFAULT}-{case}", "要件を審査する")

    async def _update(self, id: str, name: str) -> object:
        handle = self.client.get_workflow_handle(id)
        return await handle.execute_update(  # pyright: ignore[reportUnknownMemberType]
            name, self.command, id=f"b-{next(_serial)}"
        )

    def contenders(self) -> dict[str, Ask]:
        """Everybody who is asked."""
        return {
            "kyodo": self.kyodo,
            "kyodo, deadline moves": self.moving,
            "bare": self.bare,
            "bare, local activity": self.activity,
            "bare, SDK defaults": self.default,
        }

    async def open_cases(self, number: int) -> list[str]:
        """So many applications under review and as many designations, in the record only."""
        cases = [f"指定-{CODE}-b{next(_serial):06}" for _ in range(number)]
        for start in range(0, number, 100):
            some = cases[start : start + 100]
            await asyncio.gather(
                *(self._open(case, self.review.events) for case in some),
                *(self._open(_beside(case), self.designation.events) for case in some),
            )
        return cases

    async def _open(self, case: str, events: list[str]) -> None:
        await self.records.append(
            Append(
                case=case,
                expected=0,
                command_id="opening",
                command_digest="00" * 32,
                events=events,
                open=True,
            )
        )

    async def start_bare(self, cases: list[str]) -> None:
        """The empty workflows beside the cases."""
        for queue in (OURS, DEFAULT):
            for case in cases:
                await self.client.start_workflow("bare", id=f"{queue}-{case}", task_queue=queue)

    def worker(self, *, ours: bool = True) -> subprocess.Popen[bytes]:
        """A worker process that is ready."""
        arguments = [self.address, *([self.url] if ours else [])]
        process = subprocess.Popen(  # noqa: S603 — our own module
            [sys.executable, "-m", "benchmarks.bare", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.workers.append(process)
        if process.stdout:
            process.stdout.readline()
        return process


def _beside(case: str) -> str:
    """The designation that belongs to an application under review."""
    return case.replace("-b", "-d")


def opening(until_kind: str, command_kind: str, today: date) -> Opening:
    """A case up to an act done five days ago, and a command for it done today."""
    rulebook = Rulebook()
    story = read_story("hiroshima")
    before = until(story, until_kind, story.case, today - timedelta(days=5))
    rules, decider = rulebook.rules(CODE), DESIGNATION.decider
    state = decider.initial
    events: list[str] = []
    for scene in scenes(before, rulebook):
        if scene.submission:
            command = DESIGNATION.command.validate_json(json.dumps(scene.submission.command))
            new = decider.decide(command, state, rules)
            state = decider.fold(new, state)
            events += [event.model_dump_json() for event in new]
    asked = until(story, command_kind, story.case, today)
    last = [scene.submission for scene in scenes(asked, rulebook) if scene.submission][-1]
    return Opening(events, last.command)


# --- measures -------------------------------------------------------------------------------


async def one_by_one(ask: Ask, case: str, times: int) -> list[float]:
    """Milliseconds of each of so many commands of one caller, one after another."""
    took: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        await ask(case)
        took.append((time.perf_counter() - began) * 1_000)
    return took


async def under_load(
    ask: Ask, cases: list[str], times: int, callers: int = 50
) -> tuple[float, list[float]]:
    """Commands a second of many callers over many cases, and the milliseconds of each."""
    turns = iter(range(times))
    took: list[float] = []

    async def caller() -> None:
        for turn in turns:
            took.extend(await one_by_one(ask, cases[turn % len(cases)], 1))

    began = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(callers)))
    return times / (time.perf_counter() - began), took


def p99(took: list[float]) -> float:
    """The 99th percentile."""
    return sorted(took)[int(len(took) * 0.99)]


async def round_trips(bench: Bench, rounds: int, times: int) -> list[Figure]:
    """One caller."""
    asks = bench.contenders()
    took: dict[str, list[float]] = {name: [] for name in asks}
    for _ in range(rounds):
        cases = await bench.open_cases(1)
        await bench.start_bare(cases)
        for name, ask in asks.items():
            await one_by_one(ask, cases[0], 5)
            took[name] += await one_by_one(ask, cases[0], times)
    middle = {name: statistics.median(each) for name, each in took.items()}
    return [
        *(Figure(f"one caller, {name}: p50", value, "ms") for name, value in middle.items()),
        Figure("one caller, kyodo: p99", p99(took["kyodo"]), "ms"),
        Figure("one caller: kyodo / bare", middle["kyodo"] / middle["bare"], "", "≤ 2.2"),
        Figure(
            "one caller: deadline moves / bare",
            middle["kyodo, deadline moves"] / middle["bare"],
            "",
        ),
    ]


async def loads(bench: Bench, rounds: int, times: int, number: int = 200) -> list[Figure]:
    """Fifty callers over two hundred cases."""
    asks = bench.contenders()
    rates: dict[str, list[float]] = {name: [] for name in asks}
    tails: dict[str, list[float]] = {name: [] for name in asks}
    cases = await bench.open_cases(number)
    await bench.start_bare(cases)
    for ask in asks.values():
        await under_load(ask, cases, number)
    for _ in range(rounds):
        for name, ask in asks.items():
            rate, took = await under_load(ask, cases, times)
            rates[name].append(rate)
            tails[name].append(p99(took))
    rate = {name: statistics.median(each) for name, each in rates.items()}
    tail = {name: statistics.median(each) for name, each in tails.items()}
    ours = rate["kyodo"]
    return [
        *(Figure(f"50 callers, {name}", value, "/s") for name, value in rate.items()),
        *(Figure(f"50 callers, {name}: p99", value, "ms") for name, value in tail.items()),
        Figure("50 callers: kyodo / bare", ours / rate["bare"], "", "≥ 0.6"),
        Figure(
            "50 callers: deadline moves / bare", rate["kyodo, deadline moves"] / rate["bare"], ""
        ),
        Figure(
            "50 callers: local activity / bare", rate["bare, local activity"] / rate["bare"], ""
        ),
        Figure("50 callers: p99 kyodo / bare", tail["kyodo"] / tail["bare"], "", "≤ 2"),
    ]


async def cold_and_killed(bench: Bench, worker: subprocess.Popen[bytes]) -> list[Figure]:
    """The first command to a worker that has to replay, and the one after a kill."""
    cases = await bench.open_cases(3)
    for case in cases:
        while await _history(bench, case) < LONG:
            await one_by_one(bench.kyodo, case, 10)
    (warm,) = await bench.open_cases(1)
    await bench.kyodo(warm)
    worker.send_signal(signal.SIGTERM)
    worker.wait()
    second = bench.worker()
    await bench.kyodo(warm)
    cold = [(await one_by_one(bench.kyodo, case, 1))[0] for case in cases]
    third = bench.worker()
    second.kill()
    second.wait()
    killed = await asyncio.gather(*(one_by_one(bench.kyodo, case, 1) for case in cases))
    third.send_signal(signal.SIGTERM)
    third.wait()
    return [
        Figure(
            f"first command after {LONG} history events", statistics.median(cold), "ms", "≤ 300"
        ),
        Figure("after kill -9 of the worker", max(each[0] for each in killed) / 1e3, "s", "≤ 4"),
    ]


async def _history(bench: Bench, case: str) -> int:
    await bench.kyodo(case)
    return (await bench.client.get_workflow_handle(case).describe()).history_length


async def resuming(bench: Bench, number: int) -> list[Figure]:
    """A worker that has to hold so many open cases, started from the record alone."""
    worker = bench.worker()
    empty = _resident(worker.pid)
    await bench.open_cases(number)
    began = time.perf_counter()
    cases = await resume(bench.client, bench.records)
    while await _shown(bench) < cases:  # noqa: ASYNC110 — the server tells nobody
        await asyncio.sleep(0.1)
    took = time.perf_counter() - began
    held = _resident(worker.pid)
    worker.kill()
    worker.wait()
    return [
        Figure(f"resuming {cases} cases from the record", took, "s"),
        Figure(f"worker without a case / holding {cases}: {empty:.0f} →", held, "MB"),
    ]


async def _shown(bench: Bench) -> int:
    """Cases that have read their record: they show a stage."""
    found = await bench.client.count_workflows("Stage IS NOT NULL AND ExecutionStatus = 'Running'")
    return found.count


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1_024


# --- the run ----------------------------------------------------------------------------------


@asynccontextmanager
async def servers() -> AsyncGenerator[Bench]:
    """PostgreSQL on disk, Temporal in memory."""
    binary = shutil.which("temporal", path=str(Path(sys.executable).parent))
    with embedded() as postgres:
        await migrate(postgres.url)
        async with (
            await WorkflowEnvironment.start_local(  # pyright: ignore[reportUnknownMemberType]
                dev_server_existing_path=binary,
                dev_server_log_level="error",
                dev_server_extra_args=[
                    *("--dynamic-config-value", "history.maxInFlightUpdates=100")
                ],
                search_attributes=list(SEARCH_ATTRIBUTES),
                data_converter=pydantic_data_converter,
            ) as environment,
            open_pool(postgres.url, "kyodo_writer") as pool,
        ):
            client = environment.client
            day = today(datetime.now(UTC))
            address = client.service_client.config.target_host
            bench = Bench(
                client,
                Records(pool),
                address,
                postgres.url,
                opening("ExamineMechanically", "ExamineRequirement", day),
                opening("Designate", "RequestReport", day),
            )
            try:
                yield bench
            finally:
                for worker in bench.workers:
                    worker.kill()


async def measure(*, quick: bool) -> list[Figure]:
    """Every figure, in two to three minutes, or roughly in half of one."""
    async with servers() as bench:
        default, ours = bench.worker(ours=False), bench.worker()
        figures = [
            *await round_trips(bench, *((1, 20) if quick else (3, 60))),
            *await loads(bench, *((1, 200) if quick else (3, 800))),
        ]
        default.kill()
        figures += await cold_and_killed(bench, ours)
        figures += await resuming(bench, 100 if quick else 800)
        return figures


def _print(figures: list[Figure]) -> None:
    for figure in figures:
        print(f"{figure.name:<55} {figure.value:>10.2f} {figure.unit:<3} {figure.bar}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A command's round trip.")
    parser.add_argument("--quick", action="store_true", help="few rounds, to see that it runs")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    figures = asyncio.run(measure(quick=options.quick))
    if options.json:
        print(json.dumps([asdict(figure) for figure in figures], ensure_ascii=False))
    else:
        _print(figures)
    sys.stdout.flush()
    os._exit(0)  # the SDK can crash while the interpreter shuts down


if __name__ == "__main__":
    main()
