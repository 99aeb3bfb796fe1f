"""新旧対照表: A comparison as a page fit for printing, in the manner of an office.

Two columns, the new version first, the changed parts underlined in both; an article that is the
same in both is 「（略）」 unless the whole is asked for.
"""

from collections.abc import Iterator, Sequence
from html import escape

from domain.agreement.wording.comparison import Comparison, Marked, Pair, Row, Side
from domain.agreement.wording.outline import EXAMPLE
from domain.agreement.wording.phrases import GAP
from domain.agreement.wording.printing import page_of

OMITTED, NEW, GONE = "（略）", "（新設）", "（削る）"
NOTE = "備考　変更部分は、下線の部分である。"
NO_CHANGE = "二つの版の文は、同じである。"


def table_page(
    title: str, comparison: Comparison, *, whole: bool = False, example: bool = False
) -> str:
    """The page, always across, as tables of this kind are."""
    found = comparison.pairs if whole or comparison.changes else ()
    parts = "\n".join(_part(pair, whole=whole) for pair in found)
    table = (
        "<table>\n<thead><tr><th>変更後</th><th>変更前</th></tr></thead>\n"
        f"{parts}\n</table>\n<p>{NOTE}</p>"
    )
    mark = f'<p class="example">{EXAMPLE}</p>\n' if example else ""
    heading = escape(f"{title}{GAP}新旧対照表")
    body = table if found else f'<p class="first">{NO_CHANGE}</p>'
    return page_of(
        f"{title} 新旧対照表",
        f'<main class="table">\n{mark}<h1 class="title">{heading}</h1>\n{body}\n</main>',
        "横書き",
    )


def omitted(pair: Pair) -> str:
    """「第三条　（略）」, 「前文　（略）」."""
    return f"{pair.name}{GAP}{OMITTED}"


def absences(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    """Each row, with 「（新設）」 or 「（削る）」 once beside what was added or deleted in one go."""
    before = ""
    for row in rows:
        absent = GONE if row.new is None else NEW if row.old is None else ""
        yield row, absent if absent != before else ""
        before = absent


def _part(pair: Pair, *, whole: bool) -> str:
    if pair.change == "同じ" and not whole:
        rows = [_cells(*[f'<p class="hanging">{escape(omitted(pair))}</p>'] * 2)]
    else:
        rows = list(_rows(pair.rows))
    return "<tbody>\n" + "\n".join(rows) + "\n</tbody>"


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    for row, absent in absences(rows):
        yield _cells(_side(row.new, absent), _side(row.old, absent))


def _cells(new: str, old: str) -> str:
    return f"<tr><td>{new}</td><td>{old}</td></tr>"


def _side(side: Side | None, absent: str) -> str:
    if side is None:
        return f'<p class="none">{absent}</p>' if absent else ""
    label = _marked_up(side.label) + (GAP if side.label else "")
    depth = f' style="--depth:{side.depth}"' if side.depth else ""
    return f'<p class="hanging"{depth}>{label}{_marked_up(side.words)}</p>'


def _marked_up(pieces: Sequence[Marked]) -> str:
    return "".join(
        f"<u>{escape(one.words)}</u>" if one.changed else escape(one.words) for one in pieces
    )
