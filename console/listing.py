"""一覧の出し方: One list, as a table to read, as JSON Lines for machines, or as CSV for Excel."""

import csv as csv_format
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rich.console import Group
from rich.text import Text

from console import answers, tables
from console.answers import INVALID, OUT, end, json_line, show
from domain.era import wareki
from store.audit.exports.tables import harmless

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own encoding."""


@dataclass(frozen=True)
class Listing:
    """Headings, the rows under them as plain values, and what a machine gets of each row instead."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    records: Sequence[object] | None = None
    title: str | None = None


def hand_out(
    listing: Listing, *, json: bool = False, csv: bool = False, out: Path | None = None
) -> None:
    """On standard output, or into a file as CSV (also where it is named so) or as JSON Lines."""
    if out is not None:
        as_csv = csv or out.suffix == ".csv"
        put(out, _csv(listing) if as_csv else _json(listing))
    elif json:
        answers.write(_json(listing))
    elif csv:
        answers.write(_csv(listing))
    else:
        _show(listing)


def put(out: Path, text: str, field: str = "--out") -> None:
    """A text into a file, its line ends as they are; ends the command (2) where it cannot be written."""
    try:
        out.write_text(text, "utf-8", newline="")
    except OSError as cause:
        end(INVALID, f"{field}: {out} に書き込めません（{cause.strerror}）")


def _show(listing: Listing) -> None:
    """A table; where it is longer than the screen, in the reader's pager."""
    table = tables.plain(*listing.columns, title=listing.title)
    for row in listing.rows:
        table.add_row(*(tables.cell(value) for value in row))
    whole = Group(table, Text(f"{len(listing.rows):,} 件"))
    if OUT.is_terminal and len(listing.rows) > OUT.height:
        with OUT.pager(styles=True):
            show(whole)
    else:
        show(whole)


def _json(listing: Listing) -> str:
    records = listing.records
    if records is None:
        records = [dict(zip(listing.columns, row, strict=True)) for row in listing.rows]
    return "".join(json_line(record) for record in records)


def _csv(listing: Listing) -> str:
    """With a column in 和暦 beside every column of days."""
    dated = [_is_dated(listing, at) for at, _ in enumerate(listing.columns)]
    file = io.StringIO(newline="")
    writer = csv_format.writer(file)
    writer.writerow(_widened(listing.columns, dated, lambda name: f"{name}（和暦）"))
    for row in listing.rows:
        writer.writerow(_widened(row, dated, _in_wareki))
    return BOM + file.getvalue()


def _is_dated(listing: Listing, at: int) -> bool:
    values = [row[at] for row in listing.rows if row[at] is not None]
    return bool(values) and all(
        isinstance(value, date) and not isinstance(value, datetime) for value in values
    )


def _widened(
    row: Sequence[object], dated: Sequence[bool], era: Callable[[object], str]
) -> Iterable[str]:
    """Only what somebody wrote may hold a formula; days and numbers stay what they are."""
    for value, is_dated in zip(row, dated, strict=True):
        yield harmless(value) if isinstance(value, str) else tables.plain_cell(value)
        if is_dated:
            yield era(value)


def _in_wareki(value: object) -> str:
    return wareki(value) if isinstance(value, date) else ""
