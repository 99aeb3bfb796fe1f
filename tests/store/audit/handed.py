"""A record with real stories in two municipalities, and the files that are made of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import asyncpg

from domain.designation.improvement import ExtendOrderDeadline, NoteOrderDeadlinePassed
from domain.designation.reporting import SubmitReport
from domain.people import CALENDAR
from domain.text import Personal
from store.audit.desk import Desk, Viewer
from store.audit.exports.ocel import write_ocel
from store.audit.exports.rows import Acts, acts
from store.audit.exports.sqlite import write_sqlite
from store.audit.exports.tables import Sink as SinkOf
from store.audit.exports.tables import write_csv, write_jsonl
from store.records import Records
from store.sequencer import Sequencer
from tests.law import cast, docket
from tests.law.cast import BODY, DRAFTER, MAYOR, but
from tests.law.everything import URGENT
from tests.store.audit.office import Office
from tests.store.examples import append, event, report

HIROSHIMA, KURE = "341002", "342025"
REVOKED, REPORTED, URGENTLY = (f"指定-{HIROSHIMA}-H00{number}" for number in (1, 2, 3))
DISPOSED, HOSTILE = f"指定-{HIROSHIMA}-H004", f"指定-{HIROSHIMA}-H005"
ELSEWHERE = f"指定-{KURE}-K001"
RESIDENTS = ("例示 七葉", "七葉", "別例 八葉", "八葉")
"""Names of residents in these stories, whole and in part."""
THEIRS = (KURE, "呉市", "別例学区協議会", "別例小学校区")
"""What is found in the other municipality only."""
FORMULA = '=HYPERLINK("http://example.test","開く")'
QUOTED = '+理由「"引用"」、\n=2行目,カンマ\tタブ'

EXTEND = ExtendOrderDeadline(
    on=date(2026, 8, 24),
    by=MAYOR,
    drafted_by=DRAFTER,
    improvement=1,
    comply_by=date(2026, 9, 4),
    reasons="申出に相当の理由がある。",
)
PASSED = NoteOrderDeadlinePassed(on=date(2026, 9, 5), by=CALENDAR, improvement=1)
SUBMIT = SubmitReport(on=date(2026, 5, 1), by=BODY, report=1, content="行いました。")
OTHER = but(
    cast.FILE,
    by=cast.OTHER_BODY,
    body_name="別例学区協議会",
    area="別例小学校区",
    representative=Personal(of="P-0002", text="別例 八葉"),
)


class Writer(Protocol):
    """How the forms that go into one file are written."""

    async def __call__(
        self, acts: Acts, file: SinkOf, *, done: Callable[[int], None] | None = None
    ) -> int: ...


WRITERS: dict[str, Writer] = {"csv": write_csv, "jsonl": write_jsonl, "ocel": write_ocel}


@dataclass
class Sink:
    """A file in memory, or one that only counts."""

    keeps: bool = True
    size: int = 0
    parts: list[bytes] = field(default_factory=list[bytes])

    def write(self, data: bytes) -> None:
        self.size += len(data)
        if self.keeps:
            self.parts.append(data)


async def record_all(
    records: Records, sequencer_pool: asyncpg.Pool, owner: asyncpg.Connection
) -> None:
    """The stories in the log, one case disposed of, one with texts that Excel would act upon."""
    await _enter(records)
    await Sequencer(sequencer_pool).catch_up()
    assert await owner.fetchval("select kyodo.dispose($1)", DISPOSED) == 2


async def _enter(records: Records) -> None:
    office = Office(records)
    ordered = cast.under_order()
    await office.enter(REVOKED, *ordered, EXTEND, PASSED, *cast.revoked()[len(ordered) :])
    await office.enter(ELSEWHERE, *cast.decision_pending(filed=OTHER), cast.DESIGNATE)
    await office.enter(REPORTED, *cast.designated(), cast.REQUEST_REPORT, SUBMIT, docket.ERASURE)
    await office.enter(URGENTLY, *cast.designated(), URGENT)
    await office.enter(DISPOSED, *docket.CLOSED_CASE)
    (disposal,) = docket.Filed(*docket.CLOSED_CASE).when(docket.DISPOSAL).events
    await records.append(append(DISPOSED, 2, disposal.model_dump_json(), open=False))
    texts = report(document=FORMULA, need={"reasons": QUOTED, "evidence": []})
    await records.append(append(HOSTILE, 0, texts, event(kind="SomethingNew")))


async def files(desk: Desk, viewer: Viewer, folder: Path, **asked: Any) -> dict[str, bytes]:
    """Every form of the acts a viewer may see."""
    made: dict[str, bytes] = {}
    for form, write in WRITERS.items():
        sink = Sink()
        await write(acts(desk, viewer, **asked), sink)
        made[form] = b"".join(sink.parts)
    await write_sqlite(acts(desk, viewer, **asked), folder / "record.sqlite")
    return made | _in(folder)


def _in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
