"""土台: A nation in a database, in the global order, under signed heads, and projected.

Where the database of a URL holds a nation already, it is taken as it is; what is missing of its
order and its projections is made, and timed. Without a URL an embedded server of the benchmark's
own is filled, and removed at the end.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from activities.rulebook import Rulebook
from benchmarks.audit.figures import Figure, rate
from benchmarks.nation import load, make
from benchmarks.nation.chance import Dice, derived
from benchmarks.nation.profiles import write_profiles
from store.audit.desk import Desk, Viewer
from store.audit.projector import Projector
from store.audit.telling import RulesOf
from store.database import connect, open_pool
from store.migrate import migrate
from store.proof.log import Signing
from store.proof.notes import Signer
from store.sequencer import Sequencer

VIEWER = Viewer("benchmark", "速さを測るため")
PATIENCE = 3_600.0
"""Seconds for one statement."""
_HEARD_ON = Console(stderr=True)
_COUNTED = ("event", "head", "log", "act", "standing", "deadline", "checkpoint")


class WrongAnswer(RuntimeError):
    """What came back is not what is so, however quickly it came."""


@dataclass(frozen=True)
class Ground:
    """Where the nation is, by what seed it was made, and how many events it has.

    `work` is a folder for files of the benchmark; in `profiles` lie the ordinances.
    """

    url: str
    seed: int
    work: Path
    events: int = 0

    @property
    def profiles(self) -> Path:
        """The folder with the ordinances of all municipalities."""
        return self.work / "profiles"

    @property
    def rules(self) -> RulesOf:
        """The rules of a municipality, read when first asked for."""
        return Rulebook(self.profiles).rules

    @property
    def key(self) -> Signer:
        """What signs the log; the same for the same seed, so that a nation can be signed further."""
        return Signer("nation.example/kyodo", derived(32, self.seed, "log key"))

    def dice(self, what: str) -> Dice:
        """Chance for one question, the same in every run."""
        return Dice.of(self.seed, "audit", what)

    @asynccontextmanager
    async def desk(self) -> AsyncGenerator[Desk]:
        """The desk of auditors, on one connection."""
        async with open_pool(self.url, "kyodo_auditor", size=1, command_timeout=PATIENCE) as pool:
            yield Desk(pool)


@contextmanager
def shown(what: str, total: int) -> Generator[Callable[[int], None]]:
    """A bar on standard error; the yielded function is told how many are done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:>10,.0f}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=_HEARD_ON, transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.update(task, completed=done)


async def prepare(ground: Ground, events: int) -> tuple[Ground, list[Figure]]:
    """The nation with everything that auditors ask of it; the rates of what had to be made."""
    await migrate(ground.url)
    ground.profiles.mkdir(exist_ok=True)
    if not await count(ground, "event"):
        await _load(ground, events)
    else:
        write_profiles(ground.seed, ground.profiles)
    made = [*await _sequenced(ground), *await _projected(ground)]
    return Ground(ground.url, ground.seed, ground.work, await count(ground, "event")), made


async def count(ground: Ground, table: str) -> int:
    """The rows of a table."""
    if table not in _COUNTED:
        raise ValueError(f"{table} is no table of the record")
    async with connect(ground.url) as owner:
        return await owner.fetchval(f"select count(*) from kyodo.{table}")


async def _load(ground: Ground, events: int) -> None:
    done = 0

    def heard(more: int) -> None:
        nonlocal done
        done += more
        told(done)

    folder = ground.work / "rows"
    folder.mkdir()
    with shown("making", events) as told:
        nation = await asyncio.to_thread(
            make, ground.seed, events, profiles=ground.profiles, work=folder, heard=heard
        )
    done = 0
    with shown("loading", nation.figures.events) as told:
        await load(ground.url, nation, heard)
    for file in folder.iterdir():
        file.unlink()


async def _sequenced(ground: Ground) -> list[Figure]:
    missing = await count(ground, "event") - await count(ground, "log")
    if not missing:
        return []
    async with open_pool(ground.url, "kyodo_sequencer", command_timeout=PATIENCE) as pool:
        with shown("sequencing and signing", missing):
            began = time.perf_counter()
            done = await Sequencer(pool, signing=Signing(ground.key)).catch_up()
    await _vacuum(ground, "log")
    return [rate("the global order and its signed heads, catching up", done, _since(began))]


async def _projected(ground: Ground) -> list[Figure]:
    missing = await count(ground, "log") - await count(ground, "act")
    if not missing:
        return []
    async with open_pool(ground.url, "kyodo_projector", command_timeout=PATIENCE) as pool:
        with shown("projecting", missing) as told:
            began = time.perf_counter()
            done = await Projector(pool, ground.rules).catch_up(told)
    figure = rate("the projections, catching up", done, _since(began))
    await _vacuum(ground, "act", "standing", "deadline")
    return [figure]


async def _vacuum(ground: Ground, *tables: str) -> None:
    """What the server would do by itself before long."""
    async with connect(ground.url) as owner:
        for table in tables:
            await owner.execute(f"vacuum (analyze) kyodo.{table}")


def _since(began: float) -> float:
    return time.perf_counter() - began


@asynccontextmanager
async def copied(ground: Ground) -> AsyncGenerator[Ground]:
    """A copy of the nation to append to, dropped at the end; nobody may be connected to it."""
    name = f"kyodo_copy_{uuid4().hex[:8]}"
    parts = urlsplit(ground.url)
    async with connect(urlunsplit(parts._replace(path="/template1"))) as owner:
        with shown("copying the database", 1):
            # Not through the write-ahead log, which would hold all of it once more.
            command = f'create database {name} template "{parts.path[1:]}" strategy file_copy'
            await owner.execute(command, timeout=PATIENCE)
        try:
            copy = urlunsplit(parts._replace(path=f"/{name}"))
            yield Ground(copy, ground.seed, ground.work, ground.events)
        finally:
            await owner.execute(f"drop database {name} with (force)")
