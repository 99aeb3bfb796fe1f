"""速さ: How many events a second are verified, handed over and projected, by one process."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from benchmarks.audit import town
from benchmarks.audit.asking import demand
from benchmarks.audit.figures import Bar, Figure, rate
from benchmarks.audit.ground import PATIENCE, VIEWER, Ground, shown
from console.schema import schema_of_events
from store.audit.exports.rows import Acts, acts
from store.audit.exports.tables import Sink, write_csv, write_jsonl
from store.audit.projector import Projector
from store.database import open_pool
from store.proof.pack import Order, write_pack
from store.proof.trust import Trust
from store.verify import verify

VERIFIED = 100_000
"""Events a second that one process verifies."""
_BYTES_IN_MB = 1_000_000
_Write = Callable[[Acts, Sink, Callable[[int], None]], Awaitable[int]]


class Counting:
    """A file that keeps nothing but the number of its bytes and of its lines."""

    def __init__(self) -> None:
        self.bytes = 0
        self.lines = 0

    def write(self, data: bytes, /) -> object:
        """Count some more."""
        self.bytes += len(data)
        self.lines += data.count(b"\n")
        return len(data)


async def verification(ground: Ground) -> list[Figure]:
    """Everything recomputed from what lies in the database, against its signed heads."""
    async with open_pool(ground.url, "kyodo_auditor", size=1, command_timeout=PATIENCE) as pool:
        with shown("verifying", ground.events) as told:
            began, used = time.perf_counter(), time.process_time()
            report = await verify(pool, None, told, Trust(log=ground.key.verifier))
            seconds, busy = time.perf_counter() - began, time.process_time() - used
    so = report.sound and report.events == ground.events
    demand(so and report.head is not None, f"the verification ended with: {report}")
    note = f"{busy / ground.events * 1e6:.1f} µs of its processor an event"
    name = "verification by one process"
    return [rate(name, ground.events, seconds, Bar(VERIFIED, "value", least=True), note)]


async def exports(ground: Ground) -> list[Figure]:
    """Everything as CSV and as JSON Lines."""
    return [
        await _export(ground, "CSV", lambda acts, into, told: write_csv(acts, into, done=told)),
        await _export(
            ground, "JSON Lines", lambda acts, into, told: write_jsonl(acts, into, done=told)
        ),
    ]


async def _export(ground: Ground, form: str, write: _Write) -> Figure:
    file = Counting()
    async with ground.desk() as desk:
        with shown(f"export as {form}", ground.events) as told:
            began = time.perf_counter()
            done = await write(acts(desk, VIEWER), file, told)
            seconds = time.perf_counter() - began
    # The text of a cell may hold line breaks of its own.
    so = done == ground.events and file.lines >= done
    demand(so, f"the export as {form} has {done} acts on {file.lines} lines")
    note = f"{file.bytes / seconds / _BYTES_IN_MB:.0f} MB/s"
    return rate(f"export as {form}", done, seconds, note=note)


async def packs(ground: Ground) -> list[Figure]:
    """The municipality with the most events as a pack, verified as its receiver will."""
    place = (await town.places(ground))[0]
    order = Order(
        scope="municipality",
        place=place.code,
        log=ground.key.verifier,
        made_at=datetime.now(UTC),
        schemas=schema_of_events(),
    )
    file = ground.work / "pack.zip"
    async with ground.desk() as desk:
        with shown("writing a pack", place.events) as told:
            began = time.perf_counter()
            made = await write_pack(desk, VIEWER, order, file, told)
            seconds = time.perf_counter() - began
    size = file.stat().st_size
    file.unlink()
    so = (made.events, made.cases) == (place.events, place.cases)
    demand(so, f"the pack of {place.code} holds {made.events} events of {made.cases} cases")
    note = f"{place.cases} cases, {size / made.events:.0f} bytes an event"
    return [rate("pack of a municipality, written and verified", made.events, seconds, note=note)]


async def projection(ground: Ground) -> list[Figure]:
    """The projections thrown away and made again, which must be as they were."""
    async with open_pool(ground.url, "kyodo_projector", command_timeout=PATIENCE) as pool:
        with shown("projecting anew", ground.events) as told:
            began = time.perf_counter()
            differing = await Projector(pool, ground.rules).rebuild(told)
            seconds = time.perf_counter() - began
    demand(not differing, f"{len(differing)} cases are projected otherwise than before")
    return [rate("the projections, made anew and compared", ground.events, seconds)]
