"""SQLite: The acts as one file that any tool opens and Datasette serves, searchable in full text.

`datasette serve .` in the folder shows it with the Japanese names of `metadata.json` beside it. The
index of texts is made of every three consecutive characters, as Japanese has no spaces; phrases of
two characters are found by reading through (the query 「語句」).

The file appears under its name only when it is whole, and no file is ever overwritten.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from orjson import loads

from domain.bodies import body_name, check_body, prefecture_code
from domain.era import wareki
from store.audit.exports.columns import COLUMNS, INDEXES, metadata
from store.audit.exports.objects import provision_of
from store.audit.exports.rows import JST, Acts, ExportedAct, hand_over
from store.audit.narrative import written

METADATA = "metadata.json"
"""The name under which Datasette looks for descriptions in a folder."""

_SEARCH = (
    """create virtual table acts_fts using fts5(
         reasons, texts, content="acts", content_rowid="position", tokenize="trigram")""",
    "insert into acts_fts (acts_fts) values ('rebuild')",
)
_CASES = """
insert into cases
select case_id, municipality, substr(case_id, 1, instr(case_id, '-') - 1), count(*),
       sum(body is null), min(on_day), max(on_day), max(number),
       (select last.title from acts last where last.case_id = a.case_id
        order by last.number desc limit 1)
from acts a group by case_id
"""


async def write_sqlite(acts: Acts, path: Path, *, done: Callable[[int], None] | None = None) -> int:
    """Write the acts into a new file at `path`, `metadata.json` beside it, and close them.

    Raises `FileExistsError` where one of the two is there already; nothing is left behind where
    something fails. `done` is told now and then how many acts have been written; the number
    written.
    """
    _must_be_new(path, path.with_name(METADATA))
    with TemporaryDirectory(prefix=".handing-over-", dir=path.parent) as name:
        draft = Path(name) / path.name
        with closing(sqlite3.connect(draft, isolation_level=None)) as database:
            total = await _fill(database, acts, done)
        _publish(draft, path)
    return total


def _must_be_new(*paths: Path) -> None:
    for path in paths:
        if path.exists():
            raise FileExistsError(
                f"{path} はすでにあります。上書きはしません。別のフォルダーを指定してください"
            )


def _publish(draft: Path, path: Path) -> None:
    """Give the whole file and its descriptions their names."""
    described, beside = draft.with_name(METADATA), path.with_name(METADATA)
    text = json.dumps(metadata(path.stem), ensure_ascii=False, indent=2)
    described.write_text(text + "\n", "utf-8")
    _must_be_new(path, beside)
    described.rename(beside)
    draft.rename(path)


async def _fill(
    database: sqlite3.Connection, acts: Acts, done: Callable[[int], None] | None
) -> int:
    """One transaction: the acts in batches, then what is made of them."""
    # The draft is thrown away when anything fails, so there is nothing to go back to.
    database.execute("pragma journal_mode = off")
    database.execute("begin")
    for table, columns in COLUMNS.items():
        listed = ", ".join(f"{name} {declared}" for name, (declared, _) in columns.items())
        database.execute(f"create table {table} ({listed})")
    tables = _Tables(database)
    total = await hand_over(acts, tables.add, done)
    tables.finish()
    database.execute("commit")
    return total


class _Tables:
    """The tables as they grow, with the few rows that many acts refer to."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._municipalities: dict[str, tuple[object, ...]] = {}
        self._provisions: dict[str, tuple[object, ...]] = {}

    def add(self, some: Sequence[ExportedAct]) -> None:
        """The next acts."""
        for act in some:
            self._municipalities.setdefault(act.municipality, _municipality(act))
            self._provisions.setdefault(provision_of(act), _provision(act))
        self._insert("acts", map(_row, some))

    def finish(self) -> None:
        """What the acts refer to, the indexes, and the search."""
        self._insert("municipalities", self._municipalities.values())
        self._insert("provisions", self._provisions.values())
        for name, columns in INDEXES.items():
            self._database.execute(f"create index {name} on {columns}")
        for statement in (_CASES, *_SEARCH):
            self._database.execute(statement)

    def _insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        places = ", ".join("?" * len(COLUMNS[table]))
        self._database.executemany(f"insert into {table} values ({places})", rows)  # noqa: S608 — names of ours


def _municipality(act: ExportedAct) -> tuple[object, ...]:
    known = not check_body(act.municipality)
    prefecture = body_name(prefecture_code(act.municipality)) if known else None
    return act.municipality, prefecture, act.municipality_name


def _provision(act: ExportedAct) -> tuple[object, ...]:
    return provision_of(act), act.basis, act.law, act.article, act.paragraph, act.item


def _row(act: ExportedAct) -> tuple[object, ...]:
    """An act in the order of `COLUMNS`."""
    recorded = act.recorded_at.astimezone(JST).date()
    return (
        act.position,
        act.municipality,
        act.case,
        act.number,
        act.kind,
        act.title,
        act.on.isoformat(),
        act.on_wareki,
        act.recorded_at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        wareki(recorded),
        (recorded - act.on).days,
        act.person,
        act.office,
        act.role,
        act.acting_for,
        act.drafter,
        provision_of(act),
        act.basis,
        act.ordinance,
        act.command_id,
        act.document,
        act.reasons,
        "\n".join(written(loads(act.body))) if act.body else None,
        act.hash,
        act.body,
    )
