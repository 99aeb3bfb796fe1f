"""作成: A nation from a seed, made by as many processes as there are cores.

Municipalities are made apart from each other, some at a time; what becomes of them is written as
sorted runs, which `loading` merges into the one global order. The same seed and size give the
same bytes, whoever makes which part of it.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, TypeAlias

from activities.rulebook import Rulebook
from benchmarks.nation.figures import Figures
from benchmarks.nation.places import Allotment, allot
from benchmarks.nation.profiles import write_profiles
from benchmarks.nation.town import Municipality

Heard: TypeAlias = Callable[[int], None]
Table: TypeAlias = Literal["event", "head", "personal", "person_key"]

EVENTS_PER_CASE = 100
"""What a case comes to, on average."""
CASES_PER_RUN = 250
"""What is held in memory at once by each process."""


@dataclass(frozen=True)
class Nation:
    """全国: Where its rows lie, run by run, and what they amount to."""

    runs: tuple[Path, ...]
    figures: Figures

    def files(self, table: Table) -> list[Path]:
        """The files with the rows of a table, in the order of the municipalities' codes."""
        return [run.with_suffix(f".{table}") for run in self.runs]


@dataclass(frozen=True)
class _Bundle:
    """Some municipalities, made by one process at a time into one run."""

    profiles: Path
    run: Path
    allotted: tuple[Allotment, ...]


def make(
    seed: int,
    events: int,
    *,
    profiles: Path,
    work: Path,
    processes: int | None = None,
    cases_per_run: int = CASES_PER_RUN,
    heard: Heard = lambda _: None,
) -> Nation:
    """Make a nation of about so many events.

    The ordinances go into the folder `profiles`, the rows into the folder `work`; both must be
    there. Each of the `processes` (one for each core unless said) makes one run after the other.
    `heard` is told the number of events whenever some more are made.
    """
    write_profiles(seed, profiles)
    shares = _shares(allot(seed, max(1, events // EVENTS_PER_CASE)), cases_per_run)
    bundles = [
        _Bundle(profiles, work / f"{number:04}", share) for number, share in enumerate(shares)
    ]
    figures = Figures()
    for part in _made(bundles, processes or os.cpu_count() or 1):
        figures.add(part)
        heard(part.events)
    return Nation(tuple(bundle.run for bundle in bundles), figures)


def _shares(allotted: Iterable[Allotment], cases: int) -> Iterator[tuple[Allotment, ...]]:
    """Municipalities that together have about so many cases."""
    share: list[Allotment] = []
    for one in allotted:
        share.append(one)
        if sum(each.number for each in share) >= cases:
            yield tuple(share)
            share = []
    if share:
        yield tuple(share)


def _made(bundles: list[_Bundle], processes: int) -> Iterator[Figures]:
    """Every bundle's figures, as they come."""
    if processes == 1 or len(bundles) == 1:
        yield from map(_make, bundles)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_make, bundles)


def _make(bundle: _Bundle) -> Figures:
    """Make a bundle and write its runs, the events in the order of their moments."""
    rulebook, figures = Rulebook(bundle.profiles), Figures()
    rows: dict[Table, list[bytes]] = {"event": [], "head": [], "personal": [], "person_key": []}
    for allotted in bundle.allotted:
        municipality = Municipality(allotted, rulebook.rules(allotted.place.code))
        for ledger, head in municipality.live():
            rows["event"] += ledger.events
            rows["head"].append(head)
            rows["personal"] += ledger.personal
            rows["person_key"] += ledger.person_keys
        figures.add(municipality.figures)
    rows["event"].sort()
    for table, lines in rows.items():
        bundle.run.with_suffix(f".{table}").write_bytes(b"".join(lines))
    return figures
