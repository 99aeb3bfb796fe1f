"""引渡し: `kyodo hand-over`, the record in the forms that other people's tools read."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.text import Text

from console import answers
from console.answers import INVALID, end, show
from console.options import NewFile, Place, Why, code, numbered, span, viewer
from console.services import auditing
from console.settings import Settings
from store.audit.exports.ocel import write_ocel
from store.audit.exports.rows import Acts, acts
from store.audit.exports.sqlite import write_sqlite
from store.audit.exports.tables import Sink, write_csv, write_jsonl

hand_over_app = App(name="hand-over", help="記録を、ほかの道具で読める形にして引き渡す")
Told = Callable[[int], None]


@Parameter(name="*")
@dataclass(frozen=True)
class Part:
    """What is handed over, and why."""

    municipality: Place = None
    case: Annotated[str | None, Parameter(help="この事案だけ")] = None
    period: Annotated[str | None, Parameter(help="法律上の日の期間（令和8年度）")] = None
    why: Why = ""


WHOLE = Part()


@hand_over_app.command(name="csv")
async def hand_over_csv(file: NewFile, *, part: Part = WHOLE) -> None:
    """CSV（BOM 付き UTF-8、和暦付き）. Excel で開ける."""
    await _to_file(file, part, lambda found, sink, told: write_csv(found, sink, done=told))


@hand_over_app.command(name="jsonl")
async def hand_over_jsonl(file: NewFile, *, part: Part = WHOLE) -> None:
    """JSON Lines. 一行に一つの行為で、本文は封印したとおりの文字列."""
    await _to_file(file, part, lambda found, sink, told: write_jsonl(found, sink, done=told))


@hand_over_app.command(name="ocel")
async def hand_over_ocel(file: NewFile, *, part: Part = WHOLE) -> None:
    """OCEL 2.0（JSON）. プロセスマイニングの道具で読める."""
    await _to_file(file, part, lambda found, sink, told: write_ocel(found, sink, done=told))


@hand_over_app.command(name="sqlite")
async def hand_over_sqlite(file: NewFile, *, part: Part = WHOLE) -> None:
    """SQLite と metadata.json. Datasette でそのまま開ける."""
    async with _part(part) as found:
        with answers.counting("引き渡した行為") as told:
            try:
                written = await write_sqlite(found, file, done=told)
            except FileExistsError as fault:
                end(INVALID, f"FILE: {fault}")
    show(Text(f"{file}: 行為 {written:,} 件"))


async def _to_file(
    file: Path, part: Part, write: Callable[[Acts, Sink, Told], Awaitable[int]]
) -> None:
    draft = file.with_name(f"{file.name}.part")
    try:
        async with _part(part) as found:
            with answers.counting("引き渡した行為") as told, draft.open("wb") as sink:
                written = await write(found, sink, told)
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)
    show(Text(f"{file}: 行為 {written:,} 件"))


@asynccontextmanager
async def _part(part: Part) -> AsyncGenerator[Acts, None]:
    settings = Settings()
    looking = viewer(settings, part.why)
    since, until = span(part.period, "--period")
    place, case = code(part.municipality) if part.municipality else None, numbered(part.case)
    async with auditing(settings) as audit:
        yield acts(audit.desk, looking, municipality=place, case=case, since=since, until=until)
