"""表: The acts as CSV, to be opened in Excel, and as JSON Lines, to be read by programs.

Both are written as bytes, so that encoding and line ends are the same wherever they are written.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from orjson import OPT_APPEND_NEWLINE, OPT_UTC_Z, Fragment, dumps

from domain.era import wareki
from domain.people import ROLE_NAMES
from store.audit.exports.rows import JST, Acts, ExportedAct, hand_over

Cell = Callable[[ExportedAct], object]

_BOM = "\ufeff"
_LINE = OPT_APPEND_NEWLINE | OPT_UTC_Z
_FIELDS = ExportedAct._fields
_ROLES = {str(role): name for role, name in ROLE_NAMES.items()}
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_CHANGED = re.compile(r"0[0-9]+|[0-9]{16,}|[0-9]+[eE][0-9]+|[0-9]+(?:[-/.:][0-9]+)+")
_COLUMNS: tuple[tuple[str, Cell], ...] = (
    ("通し番号", lambda act: act.position),
    ("団体コード", lambda act: harmless(act.municipality)),
    ("団体名", lambda act: act.municipality_name),
    ("事案番号", lambda act: harmless(act.case)),
    ("版", lambda act: act.number),
    ("行為", lambda act: harmless(act.title)),
    ("種別", lambda act: harmless(act.kind)),
    ("法律上の日", lambda act: act.on),
    ("法律上の日（和暦）", lambda act: act.on_wareki),
    (
        "記録した時刻（日本時間）",
        lambda act: f"{act.recorded_at.astimezone(JST):%Y-%m-%d %H:%M:%S}",
    ),
    ("記録した日（和暦）", lambda act: wareki(act.recorded_at.astimezone(JST).date())),
    ("行為者の番号", lambda act: harmless(act.person)),
    ("行為者の職", lambda act: harmless(act.office)),
    ("行為者の別", lambda act: harmless(_ROLES.get(act.role, act.role))),
    ("専決・代決の名義", lambda act: harmless(act.acting_for)),
    ("起案者の番号", lambda act: harmless(act.drafter)),
    ("根拠条項", lambda act: harmless(act.basis)),
    ("法令番号", lambda act: harmless(act.law)),
    ("条", lambda act: harmless(act.article)),
    ("項", lambda act: act.paragraph),
    ("号", lambda act: harmless(act.item)),
    ("条例等の版", lambda act: harmless(act.ordinance)),
    ("受付番号", lambda act: harmless(act.command_id)),
    ("文書番号", lambda act: harmless(act.document)),
    ("理由", lambda act: harmless(act.reasons)),
    ("本文", lambda act: "あり" if act.body is not None else "廃棄済み"),
    ("ハッシュ値", lambda act: harmless(act.hash)),
)


class Sink(Protocol):
    """A file open for bytes."""

    def write(self, data: bytes, /) -> object:
        """Take some more."""
        ...


async def write_csv(acts: Acts, file: Sink, *, done: Callable[[int], None] | None = None) -> int:
    """Write the acts as CSV (RFC 4180, UTF-8 with BOM) and close them; the number written.

    The body is not in it, only whether it is there (Excel cuts a cell at 32,767 characters): JSON
    Lines hold it. A text that Excel would run as a formula (it begins with = + - @, one of these in
    full width, a tab or a line break) or turn into another number or a day (00123, 1-2, a number of
    16 digits) has an apostrophe before it. `done` is told now and then how many have been written.
    """
    file.write(_rows_of([[heading for heading, _ in _COLUMNS]], before=_BOM))
    cells = [cell for _, cell in _COLUMNS]

    def write(some: Sequence[ExportedAct]) -> None:
        file.write(_rows_of([cell(act) for cell in cells] for act in some))

    return await hand_over(acts, write, done)


async def write_jsonl(acts: Acts, file: Sink, *, done: Callable[[int], None] | None = None) -> int:
    """Write one JSON object a line with the fields of `ExportedAct`, and close the acts.

    Times are in UTC (RFC 3339). `body` is an object, byte for byte as it was sealed, or null.
    `done` is told now and then how many have been written; the number written.
    """

    def write(some: Sequence[ExportedAct]) -> None:
        file.write(b"".join(map(_line, some)))

    return await hand_over(acts, write, done)


def harmless(text: str | None) -> str:
    """A text as a cell that Excel shows as it is: an apostrophe before what it would act upon."""
    if not text:
        return ""
    return f"'{text}" if _FORMULA.match(text) or _CHANGED.fullmatch(text) else text


def _rows_of(rows: Iterable[Iterable[object]], before: str = "") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return (before + text.getvalue()).encode()


def _line(act: ExportedAct) -> bytes:
    fields: dict[str, object] = dict(zip(_FIELDS, act, strict=True))
    if act.body is not None:
        fields["body"] = Fragment(act.body)
    return dumps(fields, option=_LINE)
