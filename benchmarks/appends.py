"""Appends a second: the record beside a bare INSERT and beside another event store.

    python -m benchmarks.appends [--rounds 5] [--seconds 1.5] [--json]

Every contender stores the same improvement order (about 600 bytes of Japanese JSON) on the
same server, one event a commit, with the server's durable defaults. Rounds are interleaved,
so that a slow moment of the machine falls on all alike; figures are medians over the rounds.

- `kyodo`: `Records.append`, callers sharing one pool. Each event is chained, sealed, dated by
  the database and guarded by the schema's rules.
- `insert`: a bare INSERT into a table with the same two unique indexes, a connection a caller.
- `recorder`: the PostgreSQL recorder of the `eventsourcing` library, a thread a caller.
"""

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import TypeAlias
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import asyncpg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from domain.record import Append
from store.database import open_pool
from store.migrate import migrate
from store.records import Records
from tests.embedded import Embedded, embedded

EVENTS_PER_CASE = 20
CALLERS = (1, 32)
OF_INSERT_ALONE, OF_RECORDER, P99_MS = 0.60, 10, 5
BODY = (Path(__file__).parent / "improvement_order.json").read_text(encoding="utf-8").strip()

Once: TypeAlias = Callable[[], Awaitable[object]]
Start: TypeAlias = Callable[[int], Awaitable[Once]]
"""Makes caller number n ready; what it returns appends one event."""


@dataclass(frozen=True)
class Sample:
    """One contender in one round: appends a second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


@dataclass(frozen=True)
class Bar:
    """A figure to hold: a ratio of two rates, or a latency."""

    name: str
    measured: float
    wanted: str
    met: bool


def numbered() -> Callable[[], tuple[str, int]]:
    """Gives (case, number) one after the other, a new case every `EVENTS_PER_CASE`."""
    serial = uuid4().hex[:16]
    turn = count()

    def step() -> tuple[str, int]:
        case, number = divmod(next(turn), EVENTS_PER_CASE)
        return f"指定-341002-{serial}{case}", number

    return step


async def start_kyodo(records: Records, _: int) -> Once:
    """Our own append, through the public door."""
    step = numbered()

    async def once() -> object:
        case, number = step()
        return await records.append(
            Append(
                case=case,
                expected=number,
                command_id=f"command-{number}",
                command_digest="ab" * 32,
                events=[BODY],
                open=True,
            )
        )

    return once


INSERT = "insert into bare (case_id, number, command_id, body) values ($1, $2, $3, $4)"
BARE = """
create table bare (
  case_id text not null, number integer not null, command_id text not null, body text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (case_id, number), unique (case_id, command_id)
)
"""


async def start_insert(connections: list[asyncpg.Connection], caller: int) -> Once:
    """A prepared INSERT on a connection of its own."""
    step = numbered()
    statement = await connections[caller].prepare(INSERT)

    async def once() -> object:
        case, number = step()
        return await statement.fetch(case, number, f"command-{number}", BODY)

    return once


class Recorder:
    """The other store: its recorder in its default mode, called from threads."""

    def __init__(self, server: Embedded, database: str) -> None:
        url = urlsplit(server.url_of(database))
        self._datastore = PostgresDatastore(
            dbname=database,
            host=parse_qs(url.query)["host"][0],
            port="5432",
            user="postgres",
            password="",
            pool_size=max(CALLERS),
        )
        self._recorder = PostgresApplicationRecorder(self._datastore)
        self._recorder.create_table()
        self._state = BODY.encode()

    def measure(self, callers: int, seconds: float) -> Sample:
        """Append from `callers` threads for so many seconds."""
        until = time.perf_counter() + seconds
        with ThreadPoolExecutor(callers) as threads:
            runs = [threads.submit(self._caller, until) for _ in range(callers)]
            return sample([taken for run in runs for taken in run.result()], seconds)

    def close(self) -> None:
        """Close its connections."""
        self._datastore.close()

    def _caller(self, until: float) -> list[float]:
        stream, taken, begun = uuid4(), list[float](), time.perf_counter()
        while begun < until:
            if len(taken) % EVENTS_PER_CASE == 0:
                stream = uuid4()
            self._append(stream, len(taken) % EVENTS_PER_CASE)
            ended = time.perf_counter()
            taken.append(ended - begun)
            begun = ended
        return taken

    def _append(self, stream: UUID, number: int) -> None:
        event = StoredEvent(stream, number, "ImprovementOrdered", self._state)
        self._recorder.insert_events([event])


async def measure(start: Start, callers: int, seconds: float) -> Sample:
    """Append from `callers` coroutines for so many seconds."""
    ready = [await start(caller) for caller in range(callers)]
    until = time.perf_counter() + seconds
    taken = await asyncio.gather(*(_caller(once, until) for once in ready))
    return sample([each for run in taken for each in run], seconds)


async def _caller(once: Once, until: float) -> list[float]:
    taken, begun = list[float](), time.perf_counter()
    while begun < until:
        await once()
        ended = time.perf_counter()
        taken.append(ended - begun)
        begun = ended
    return taken


def sample(taken: list[float], seconds: float) -> Sample:
    """Rate and latencies of the appends of one run."""
    ordered = sorted(taken)
    p50, p99 = (ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.99))
    return Sample(len(ordered) / seconds, p50, p99)


def middle(samples: list[Sample]) -> Sample:
    """The median of each figure."""
    return Sample(
        *(
            statistics.median(getattr(each, name) for each in samples)
            for name in ("rate", "p50", "p99")
        )
    )


async def contest(rounds: int, seconds: float) -> dict[str, Sample]:
    """All contenders with 1 and with 32 callers, in interleaved rounds."""
    async with AsyncExitStack() as stack:
        server = stack.enter_context(embedded())
        contenders = await _contenders(server, stack, seconds)
        samples: dict[str, list[Sample]] = {name: [] for name in contenders}
        for turn in range(rounds + 1):
            for name, run in contenders.items():
                found = await run()
                if turn:  # the first round warms caches and plans
                    samples[name].append(found)
        return {name: middle(each) for name, each in samples.items()}


async def _contenders(
    server: Embedded, stack: AsyncExitStack, seconds: float
) -> dict[str, Callable[[], Awaitable[Sample]]]:
    await migrate(server.url)
    pool = await stack.enter_async_context(open_pool(server.url, "kyodo_writer"))
    records = Records(pool)
    connections = [await asyncpg.connect(server.url) for _ in range(max(CALLERS))]
    for connection in connections:
        stack.push_async_callback(connection.close)
    await connections[0].execute(BARE)
    recorder = Recorder(server, "postgres")
    stack.callback(recorder.close)
    runs: dict[str, Callable[[], Awaitable[Sample]]] = {}
    for callers in CALLERS:
        runs[f"kyodo {callers}"] = lambda callers=callers: measure(
            lambda caller: start_kyodo(records, caller), callers, seconds
        )
        runs[f"insert {callers}"] = lambda callers=callers: measure(
            lambda caller: start_insert(connections, caller), callers, seconds
        )
        runs[f"recorder {callers}"] = lambda callers=callers: asyncio.to_thread(
            recorder.measure, callers, seconds
        )
    return runs


def bars(found: dict[str, Sample]) -> list[Bar]:
    """The figures to hold, as ratios within this run, so that the machine does not matter."""
    one = found["kyodo 1"].rate / found["insert 1"].rate
    many = found["kyodo 32"].rate / found["insert 32"].rate
    other = found["kyodo 32"].rate / found["recorder 32"].rate
    p99 = found["kyodo 32"].p99
    return [
        Bar("1 caller, of a bare INSERT", one, "≥ 0.60", one >= OF_INSERT_ALONE),
        Bar("32 callers, of bare INSERTs on 32 connections", many, "≥ 1.00", many >= 1),
        Bar("32 callers, of the recorder with 32 threads", other, "≥ 10", other >= OF_RECORDER),
        Bar("32 callers, p99 in ms", p99, "≤ 5", p99 <= P99_MS),
    ]


def report(found: dict[str, Sample]) -> None:
    """Print the table and the bars."""
    print(f"{'':14}{'appends/s':>12}{'p50 ms':>10}{'p99 ms':>10}")
    for name, each in found.items():
        print(f"{name:14}{each.rate:>12,.0f}{each.p50:>10.2f}{each.p99:>10.2f}")
    for bar in bars(found):
        print(f"{bar.measured:8.2f}  {bar.wanted:8}{'met   ' if bar.met else 'missed'}  {bar.name}")


def main() -> None:
    """Run the contest and print it, or its JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = asyncio.run(contest(asked.rounds, asked.seconds))
    if asked.json:
        figures = {name: asdict(each) for name, each in found.items()}
        print(json.dumps({"figures": figures, "bars": [asdict(bar) for bar in bars(found)]}))
    else:
        report(found)


if __name__ == "__main__":
    main()
