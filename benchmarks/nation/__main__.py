"""A nation into a database.

    python -m benchmarks.nation --events 1000000 --seed 1 --profiles DIR --database URL [--json]

The database is migrated if need be, and must hold no event. DIR receives the ordinances, for a
`Rulebook(extra=DIR)`; what is made on the way lies in a temporary folder.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from benchmarks.nation.figures import Counted
from benchmarks.nation.loading import load
from benchmarks.nation.making import Heard, Nation, make
from store.migrate import migrate

_HEARD_ON = Console(stderr=True)
_SEEN_ON = Console()


@contextmanager
def shown(what: str, events: int) -> Generator[Heard]:
    """A bar on standard error, moved by the number of events heard of."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:>10,.0f}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=_HEARD_ON) as progress:
        task = progress.add_task(what, total=events)
        yield lambda number: progress.advance(task, number)


def made(asked: argparse.Namespace, work: Path) -> tuple[Nation, dict[str, float]]:
    """The nation asked for, and how long it took."""
    asked.profiles.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    with shown("making", asked.events) as heard:
        nation = make(
            asked.seed,
            asked.events,
            profiles=asked.profiles,
            work=work,
            processes=asked.processes,
            heard=heard,
        )
    return nation, _pace(nation, began)


def loaded(url: str, nation: Nation) -> dict[str, float]:
    """How long it took to have the nation in the database."""
    began = time.perf_counter()
    with shown("loading", nation.figures.events) as heard:
        asyncio.run(load(url, nation, heard))
    return _pace(nation, began)


def _pace(nation: Nation, began: float) -> dict[str, float]:
    seconds = time.perf_counter() - began
    return {"seconds": round(seconds, 1), "events a second": round(nation.figures.events / seconds)}


def table(counted: Counted) -> Table:
    """The figures, one a line; those of a group are set in."""
    lines = Table(show_header=False, box=None)
    for name, figure in counted.items():
        if isinstance(figure, dict):
            lines.add_row(name, "")
            for inner, value in figure.items():
                lines.add_row(f"  {inner}", f"{value:,}")
        else:
            lines.add_row(name, f"{figure:,}")
    return lines


def arguments() -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.nation", description="A nation into a database."
    )
    parser.add_argument("--events", type=int, default=1_000_000, help="about so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profiles", type=Path, required=True, help="folder for the ordinances")
    parser.add_argument("--database", required=True, help="URL of its owner")
    parser.add_argument("--processes", type=int, help="as many as there are cores, unless said")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args()


def main() -> None:
    """Migrate, make, load, and print what there is."""
    asked = arguments()
    asyncio.run(migrate(asked.database))
    with TemporaryDirectory(prefix="kyodo-nation-") as work:
        nation, making = made(asked, Path(work))
        loading = loaded(asked.database, nation)
    counted: Counted = {**nation.figures.table(), "making": making, "loading": loading}
    if asked.json:
        print(json.dumps(counted, ensure_ascii=False))
    else:
        _SEEN_ON.print(table(counted))


if __name__ == "__main__":
    main()
