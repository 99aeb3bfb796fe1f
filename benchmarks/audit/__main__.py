"""The audit's figures on a nation.

    python -m benchmarks.audit [--events 1000000] [--seed 1] [--database URL] [--only NAME] [--json]

Without a URL an embedded server is filled with a nation of about so many events and removed at the
end. With one, what lies in that database is taken (and made, if it is empty); the seed must be the
one it was made by, and but for the notes of the looks it is left as it was found. `--only` may be
given several times; the projections are made anew only if asked for or if they were there before.

Ends with 1 if an answer is wrong; a figure that is short is only told.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from benchmarks.audit import asking, keeping, phrases, proving, rates
from benchmarks.audit.figures import Figure, machine, table
from benchmarks.audit.ground import Ground, WrongAnswer, prepare
from tests.embedded import embedded

Measure = Callable[[Ground], Awaitable[list[Figure]]]
MEASURES: Mapping[str, Measure] = {
    "history": asking.histories,
    "orders": asking.orders,
    "standings": asking.all_standings,
    "phrases": phrases.phrases,
    "proofs": proving.proofs,
    "bytes": proving.sizes,
    "verification": rates.verification,
    "exports": rates.exports,
    "packs": rates.packs,
    "projection": rates.projection,
    "appends": keeping.appending,
    "checkpoints": keeping.covering,
}
_SEEN_ON = Console(width=None if sys.stdout.isatty() else 170)


def arguments() -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.audit", description="The audit's figures on a nation."
    )
    parser.add_argument("--events", type=int, default=1_000_000, help="about so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="URL of its owner")
    parser.add_argument("--only", action="append", choices=[*MEASURES], help="only this")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args()


async def measured(asked: argparse.Namespace, url: str, work: Path) -> dict[str, list[Figure]]:
    """Every figure that is asked for, shown as soon as it is there."""
    ground, made = await prepare(Ground(url, asked.seed, work), asked.events)
    found = {"making": made}
    for name in asked.only or _all(made):
        found[name] = await MEASURES[name](ground)
        if not asked.json:
            _SEEN_ON.print(table(f"{name}, {ground.events:,} events", found[name]))
    return found


def _all(made: list[Figure]) -> list[str]:
    """Everything, but for the projections where they have just been made."""
    return [name for name in MEASURES if name != "projection" or not made]


@contextmanager
def _server(url: str | None) -> Generator[str]:
    if url:
        yield url
    else:
        with embedded() as server:
            yield server.url


def main() -> int:
    """Measure and print."""
    asked = arguments()
    with TemporaryDirectory(prefix="kyodo-audit-") as work, _server(asked.database) as url:
        try:
            found = asyncio.run(measured(asked, url, Path(work)))
        except WrongAnswer as wrong:
            _SEEN_ON.print(f"[bold red]wrong[/]: {wrong}")
            return 1
    if asked.json:
        print(json.dumps({name: [*map(machine, each)] for name, each in found.items()}))
    elif found["making"]:
        _SEEN_ON.print(table("making", found["making"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
