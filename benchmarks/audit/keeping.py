"""記録係の負担: What a keeper costs those who append, and how soon a signed head covers an act.

The keeper is a process of its own, as `console.keeping` starts it: it orders, signs and projects.
What is appended is what cases of the nation hold, command for command, into cases of their own, in
a copy of the nation's database.
"""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.audit import town
from benchmarks.audit.asking import demand
from benchmarks.audit.figures import Bar, Figure, spread
from benchmarks.audit.ground import VIEWER, Ground, copied, shown
from console.stack import die_with_parent, stop
from domain.record import Append, Appended, municipality_of
from store.audit.cases import history
from store.database import Connection, connect, open_pool
from store.errors import OutOfReach
from store.records import Records

WITH_A_KEEPER = 0.9
"""The rate of appends beside a keeper, of that without one."""
COVERED_MS = 50
ROUNDS, SECONDS = 5, 3.0
CALLERS = (1, 32)
PER_SECOND, FOR_SECONDS = 50, 20
_SCRIPTS = 300
_LOOK_EVERY = 0.001
_LEVEL_WITHIN = 300.0
_LEVEL = """
select (select max(seq) from kyodo.event) = (select max(seq) from kyodo.log)
   and (select max(position) from kyodo.log) = (select position from kyodo.projected)
   and (select max(position) from kyodo.log) = (select max(size) from kyodo.checkpoint)
"""
_SIGNED = "select max(size) from kyodo.checkpoint"
_POSITIONS = "select case_id, number, position from kyodo.log where position > $1"
Commands = Sequence[Sequence[str]]
"""The events of one command after the other."""


@dataclass
class Scripts:
    """台本: What cases of the nation hold, to be entered again under numbers of their own."""

    commands: Sequence[tuple[str, Commands]]
    _serial: Iterator[int] = field(default_factory=count)

    def appends(self) -> Iterator[Append]:
        """The appends of one new case after the other, without end."""
        while True:
            serial = next(self._serial)
            municipality, commands = self.commands[serial % len(self.commands)]
            number = 0
            for at, events in enumerate(commands):
                yield Append(
                    case=f"指定-{municipality}-B{serial:09}",
                    expected=number,
                    command_id=f"command-{at}",
                    command_digest="ab" * 32,
                    events=[*events],
                    open=True,
                )
                number += len(events)


async def _scripts(ground: Ground) -> Scripts:
    """Cases drawn by chance, with the personal texts in their places."""
    ends = await town.ends(ground)
    drawn = ground.dice("scripts").sample(ends, min(_SCRIPTS, len(ends)))
    found: list[tuple[str, Commands]] = []
    async with ground.desk() as desk:
        for end in drawn:
            lines = [one.recorded for one in await history(desk, VIEWER, end.case)]
            commands = [
                [one.event for one in events]
                for _, events in groupby(lines, key=lambda one: one.command_id)
            ]
            found.append((municipality_of(end.case), commands))
    return Scripts(found)


@asynccontextmanager
async def _keeper(ground: Ground) -> AsyncGenerator[None]:
    """A keeper that has caught up, for as long as the block runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KYODO_")}
    with TemporaryDirectory(dir=ground.work) as folder:
        key = Path(folder) / "key"
        ground.key.store(key)
        told = {
            "DATABASE_URL": ground.url,
            "LOG_KEY": key,
            "PROFILES": ground.profiles,
            "LOG": "json",
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "console.keeping"),
            env=kept | {f"KYODO_{name}": str(value) for name, value in told.items()},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
        )
        try:
            async with connect(ground.url) as owner:
                await _level(owner, process)
            yield
        finally:
            await stop(process)


async def _level(owner: Connection, process: asyncio.subprocess.Process) -> None:
    """Until the keeper has nothing left to do."""
    until = time.monotonic() + _LEVEL_WITHIN
    while not await owner.fetchval(_LEVEL):
        if process.returncode is not None or time.monotonic() > until:
            raise OutOfReach("waiting for the keeper", TimeoutError())
        await asyncio.sleep(0.05)


# --- 追記 -------------------------------------------------------------------------------------


async def appending(ground: Ground) -> list[Figure]:
    """Appends with a keeper and without one, by turns."""
    scripts = await _scripts(ground)
    rates: dict[tuple[int, bool], list[float]] = {}
    async with copied(ground) as copy, open_pool(copy.url, "kyodo_writer") as pool:
        records = Records(pool)
        with shown("appending with a keeper and without", ROUNDS + 1) as told:
            for turn in range(ROUNDS + 1):
                for callers in CALLERS:
                    alone = await _rate(records, scripts, callers)
                    async with _keeper(copy):
                        kept = await _rate(records, scripts, callers)
                    if turn:  # the first round warms caches and plans
                        rates.setdefault((callers, False), []).append(alone)
                        rates.setdefault((callers, True), []).append(kept)
                told(turn + 1)
    return [figure for callers in CALLERS for figure in _compared(rates, callers)]


def _compared(rates: dict[tuple[int, bool], list[float]], callers: int) -> Iterator[Figure]:
    alone, kept = rates[callers, False], rates[callers, True]
    ratio = statistics.median(k / a for k, a in zip(kept, alone, strict=True))
    who = "1 caller" if callers == 1 else f"{callers} callers"
    note = f"{statistics.median(kept):,.0f} of {statistics.median(alone):,.0f} commands a second"
    bar = Bar(WITH_A_KEEPER, "value", least=True)
    name = f"appends beside a keeper, of those without, {who}"
    yield Figure(name, "ratio", len(kept), value=ratio, bar=bar, note=note)


async def _rate(records: Records, scripts: Scripts, callers: int) -> float:
    """Commands a second that so many callers record."""
    began = time.perf_counter()
    done = await asyncio.gather(
        *(_caller(records, scripts.appends(), began + SECONDS) for _ in range(callers))
    )
    return sum(done) / (time.perf_counter() - began)


async def _caller(records: Records, appends: Iterator[Append], until: float) -> int:
    done = 0
    while time.perf_counter() < until:
        await records.append(next(appends))
        done += 1
    return done


# --- 検認まで ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Recorded:
    """The last event of a command, and the moment its commit was known."""

    case: str
    number: int
    at: float


async def covering(ground: Ground) -> list[Figure]:
    """From the commit of an append to a signed head over it, at a steady rate of appends."""
    scripts = await _scripts(ground)
    async with (
        copied(ground) as copy,
        open_pool(copy.url, "kyodo_writer") as pool,
        _keeper(copy),
        connect(copy.url) as owner,
    ):
        before = await owner.fetchval(_SIGNED)
        records = Records(pool)
        with shown("acts on their way to a signed head", 0):
            sending = asyncio.create_task(_steadily(records, scripts.appends()))
            heads = await _heads(owner, before, sending)
        rows = await owner.fetch(_POSITIONS, before)
    positions = {(row["case_id"], row["number"]): row["position"] for row in rows}
    taken = [_covered(one, positions[one.case, one.number], heads) for one in await sending]
    bar, note = Bar(COVERED_MS, "p99"), f"{PER_SECOND} appends a second"
    return [spread("from a commit to a signed head over it", "ms", taken, bar, note)]


async def _steadily(records: Records, appends: Iterator[Append]) -> list[_Recorded]:
    """So many appends a second, each at its time, one after the other as in an office."""
    began, sent = time.perf_counter(), list[_Recorded]()
    for turn in range(PER_SECOND * FOR_SECONDS):
        await asyncio.sleep(began + turn / PER_SECOND - time.perf_counter())
        sent.append(await _record(records, next(appends)))
    return sent


async def _record(records: Records, append: Append) -> _Recorded:
    appended: Appended = await records.append(append)
    return _Recorded(append.case, appended.last, time.perf_counter())


async def _heads(
    owner: Connection, before: int, sending: "asyncio.Task[list[_Recorded]]"
) -> list[tuple[int, float]]:
    """Every signed head with the moment it was seen, until all that was sent is covered."""
    heads: list[tuple[int, float]] = []
    while True:
        ended = sending.done()
        size = await owner.fetchval(_SIGNED)
        if size > (heads[-1][0] if heads else before):
            heads.append((size, time.perf_counter()))
        elif ended and await owner.fetchval(_LEVEL):
            return heads
        await asyncio.sleep(_LOOK_EVERY)


def _covered(one: _Recorded, position: int, heads: Sequence[tuple[int, float]]) -> float:
    """Milliseconds until the first head that covers it; none where it was seen before the answer."""
    seen = next((at for size, at in heads if size >= position), None)
    demand(seen is not None, f"no signed head covers event {one.number} of {one.case}")
    return max(0.0, ((seen or one.at) - one.at) * 1000)
