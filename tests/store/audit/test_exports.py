"""What is handed over is what the record holds, as far as the viewer may see, and no resident's name."""

import asyncio
import csv
import io
import json
from contextlib import aclosing
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from domain.registry import DESIGNATION_FILES
from store.audit.cases import history
from store.audit.desk import Desk, Viewer
from store.audit.exports.kinds import kinds, title_of
from store.audit.exports.rows import ExportedAct, acts
from store.audit.exports.sqlite import write_sqlite
from store.audit.exports.tables import harmless, write_csv, write_jsonl
from store.database import open_pool
from store.records import Records
from store.sequencer import Sequencer
from tests.law import docket, league_acts, quarrel_acts
from tests.law.everything import EVENT_KINDS
from tests.store.audit.handed import (
    DISPOSED,
    ELSEWHERE,
    FORMULA,
    HIROSHIMA,
    HOSTILE,
    KURE,
    QUOTED,
    REPORTED,
    RESIDENTS,
    REVOKED,
    THEIRS,
    URGENTLY,
    WRITERS,
    Sink,
    files,
    record_all,
)
from tests.store.examples import VIEWER, append

ONLY_HIROSHIMA = Viewer("K-0002", "定期監査", frozenset({HIROSHIMA}))


@pytest.fixture(scope="module", autouse=True)
async def _recorded(
    records: Records, sequencer_pool: asyncpg.Pool, owner: asyncpg.Connection
) -> None:
    await record_all(records, sequencer_pool, owner)


async def every(desk: Desk, viewer: Viewer = VIEWER, **asked: Any) -> list[ExportedAct]:
    return [act async for act in acts(desk, viewer, **asked)]


async def lines(desk: Desk, **asked: Any) -> list[dict[str, Any]]:
    sink = Sink()
    await write_jsonl(acts(desk, VIEWER, **asked), sink)
    return [json.loads(line) for line in b"".join(sink.parts).splitlines()]


async def table(desk: Desk, **asked: Any) -> list[dict[str, str]]:
    sink = Sink()
    await write_csv(acts(desk, VIEWER, **asked), sink)
    text = b"".join(sink.parts).decode("utf-8-sig")
    return [*csv.DictReader(io.StringIO(text, newline=""))]


# --- 行為の並び ---------------------------------------------------------------------------------


async def test_every_act_comes_once_in_the_order_of_the_log(
    desk: Desk, owner: asyncpg.Connection
) -> None:
    logged = await owner.fetch("select position, case_id, number from kyodo.log order by position")
    found = await every(desk)
    assert [(act.position, act.case, act.number) for act in found] == [*map(tuple, logged)]
    assert len(found) > 80


async def test_an_act_says_what_its_event_says(desk: Desk) -> None:
    for act in await every(desk, case=REVOKED):
        event = DESIGNATION_FILES.event.validate_json(act.body or "")
        drafted = getattr(event, "drafted_by", None)
        assert (act.kind, act.title, act.on) == (event.tag, event.title, event.on)
        assert (act.person, act.office, act.role) == (
            event.by.person,
            event.by.office,
            event.by.role,
        )
        assert (act.basis, act.law) == (str(event.basis), event.basis.law)
        assert act.drafter == (drafted and drafted.person)
        assert (act.document, act.ordinance) == (event.document, event.ordinance)


async def test_an_act_is_told_in_japanese(desk: Desk) -> None:
    (order,) = [act for act in await every(desk, case=REVOKED) if act.title == "改善命令"]
    assert (order.municipality_name, order.on_wareki) == ("広島市", "令和8年6月12日")
    assert (order.basis, order.article, order.paragraph) == ("法第260条の49第11項", "260_49", 11)
    assert (order.person, order.drafter, order.office) == ("S-0001", "S-0102", "例示市長")
    assert order.reasons == "運営が著しく適正を欠く。"


async def test_reasons_are_those_of_the_act_or_else_of_its_findings(desk: Desk) -> None:
    told = {act.kind: act.reasons for act in await every(desk, case=URGENTLY)}
    assert told["DesignationGranted"] == "担い手がほかになく、必要と認める。"
    assert set((told["DesignationRevoked"] or "").splitlines()) == {
        "区域に住民がいない。",
        "転出が完了した。",
        "構成員名簿が偽造されていた。",
        "2年にわたり活動がない。",
        "住民から現に金銭を集めている。",
    }
    assert told["ReviewCompleted"] is None


async def test_hash_command_and_moment_are_those_of_the_record(
    desk: Desk, owner: asyncpg.Connection
) -> None:
    stored = await owner.fetch(
        "select hash, command_id, recorded_at, body from kyodo.event where case_id = $1 "
        "order by number",
        REPORTED,
    )
    found = await every(desk, case=REPORTED)
    assert [
        (bytes.fromhex(act.hash), act.command_id, act.recorded_at, act.body) for act in found
    ] == [*map(tuple, stored)]


async def test_acts_are_narrowed_by_municipality_case_and_legal_days(desk: Desk) -> None:
    everything = await every(desk)
    june = (date(2025, 6, 10), date(2025, 6, 16))
    assert {act.case for act in await every(desk, municipality=KURE)} == {ELSEWHERE}
    assert {act.case for act in await every(desk, case=DISPOSED)} == {DISPOSED}
    assert await every(desk, since=june[0], until=june[1]) == [
        act for act in everything if june[0] <= act.on <= june[1]
    ]
    assert {act.on for act in await every(desk, since=june[0], until=june[1])} == {*june}
    assert await every(desk, case=REVOKED, until=date(1999, 1, 1)) == []


async def test_every_kind_of_every_institution_has_its_title() -> None:
    every_kind = (
        *EVENT_KINDS,
        *league_acts.EVENT_KINDS,
        *quarrel_acts.EVENT_KINDS,
        *docket.EVENT_KINDS,
    )
    for kind in every_kind:
        assert title_of(kind.__name__) == kind.title
    assert {*kinds()} == {kind.__name__ for kind in every_kind}


async def test_a_kind_that_is_no_longer_known_keeps_its_tag(desk: Desk) -> None:
    assert [act.title for act in await every(desk, case=HOSTILE)] == ["報告", "SomethingNew"]


async def test_acts_not_yet_in_the_log_are_not_handed_over(
    fresh_url: str, fresh: asyncpg.Pool
) -> None:
    async with (
        open_pool(fresh_url, "kyodo_writer") as writing,
        open_pool(fresh_url, "kyodo_auditor") as reading,
    ):
        await Records(writing).append(append(HOSTILE))
        assert await every(Desk(reading)) == []
        await Sequencer(fresh).catch_up()
        assert len(await every(Desk(reading))) == 1


async def test_an_export_is_noted_with_the_viewer_the_reason_and_the_scope(
    desk: Desk, owner: asyncpg.Connection
) -> None:
    await every(desk, ONLY_HIROSHIMA, case=REVOKED, since=date(2026, 4, 1))
    noted = await owner.fetchrow("select * from kyodo.access order by number desc limit 1")
    assert noted is not None
    assert (noted["viewer"], noted["why"], noted["what"], noted["case_id"]) == (
        "K-0002",
        "定期監査",
        "記録の引渡し",
        REVOKED,
    )
    assert json.loads(noted["detail"]) == {
        "case": REVOKED,
        "since": "2026-04-01",
        "within": HIROSHIMA,
    }


async def test_who_stops_early_gives_the_connection_back(url: str) -> None:
    async with open_pool(url, "kyodo_auditor", size=1) as pool:
        async with aclosing(acts(Desk(pool), VIEWER)) as some:
            first = await anext(some)
        async with asyncio.timeout(10):
            assert (await every(Desk(pool)))[0] == first


# --- どの形でも -----------------------------------------------------------------------------------


async def test_no_personal_text_is_in_any_file_though_the_record_has_it(
    desk: Desk, tmp_path: Path
) -> None:
    told = await history(desk, VIEWER, REVOKED)
    assert RESIDENTS[0] in "".join(line.recorded.event for line in told)
    for form, made in (await files(desk, VIEWER, tmp_path)).items():
        assert len(made) > 1_000, form
        for name in RESIDENTS:
            assert name.encode() not in made, form
            assert name.encode("unicode_escape") not in made, form


async def test_a_viewer_of_one_municipality_gets_nothing_of_another(
    desk: Desk, tmp_path: Path
) -> None:
    (everywhere := tmp_path / "all").mkdir()
    (here := tmp_path / "here").mkdir()
    everything = await files(desk, VIEWER, everywhere)
    for form, made in (await files(desk, ONLY_HIROSHIMA, here)).items():
        assert "広島市".encode() in made or form == "metadata.json"
        for word in THEIRS:
            assert word.encode() not in made, form
    assert all(word.encode() in everything["record.sqlite"] for word in THEIRS)
    assert await every(desk, ONLY_HIROSHIMA, municipality=KURE) == []
    assert await every(desk, ONLY_HIROSHIMA, case=ELSEWHERE) == []


async def test_progress_is_told_and_the_number_given(desk: Desk, tmp_path: Path) -> None:
    size = len(await every(desk))
    for write in WRITERS.values():
        told: list[int] = []
        assert await write(acts(desk, VIEWER), Sink(keeps=False), done=told.append) == size
        assert told[-1] == size
        assert told == sorted(told)
    told = []
    assert await write_sqlite(acts(desk, VIEWER), tmp_path / "x.db", done=told.append) == size
    assert told[-1] == size


class FullDisk:
    def write(self, data: bytes, /) -> None:
        raise OSError(28, "No space left on device", str(len(data)))


@pytest.mark.parametrize("form", WRITERS)
async def test_a_full_disk_is_told_as_such_and_gives_the_connection_back(
    url: str, form: str
) -> None:
    async with open_pool(url, "kyodo_auditor", size=1) as pool:
        with pytest.raises(OSError, match="No space left"):
            await WRITERS[form](acts(Desk(pool), VIEWER), FullDisk())
        async with asyncio.timeout(10):
            assert await every(Desk(pool))


# --- CSV と JSON Lines ----------------------------------------------------------------------------


async def test_the_csv_opens_in_excel(desk: Desk) -> None:
    sink = Sink()
    await write_csv(acts(desk, VIEWER), sink)
    made = b"".join(sink.parts)
    assert made.startswith("\ufeff通し番号,団体コード,".encode())
    rows = [*csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""))]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert made.count(b"\r\n") == len(rows)


async def test_the_csv_has_japanese_headings_and_wareki_beside_each_day(desk: Desk) -> None:
    (order,) = [
        row for row in await table(desk, case=REVOKED) if row["種別"] == "ImprovementOrdered"
    ]
    assert order["行為"] == "改善命令"
    assert (order["法律上の日"], order["法律上の日（和暦）"]) == ("2026-06-12", "令和8年6月12日")
    assert order["記録した日（和暦）"].startswith("令和")
    assert (order["行為者の番号"], order["行為者の別"]) == ("S-0001", "市町村長")
    assert (order["根拠条項"], order["項"], order["号"]) == ("法第260条の49第11項", "11", "")
    assert all(row["団体コード"] == HIROSHIMA for row in await table(desk, case=REVOKED))


async def test_what_was_disposed_of_is_marked_and_its_line_stays(desk: Desk) -> None:
    rows = await table(desk, case=DISPOSED)
    assert [row["本文"] for row in rows] == ["廃棄済み", "廃棄済み", "あり"]
    assert [row["行為"] for row in rows] == ["申請の到達", "申請の取下げ", "記録の廃棄"]
    assert all(len(row["ハッシュ値"]) == 64 for row in rows)
    told = await lines(desk, case=DISPOSED)
    assert [line["body"] is None for line in told] == [True, True, False]
    assert [line["reasons"] for line in told] == [None, None, "保存期間が満了したため。"]


async def test_texts_that_excel_would_run_are_shown_and_lose_nothing(desk: Desk) -> None:
    row = (await table(desk, case=HOSTILE))[0]
    assert row["文書番号"] == f"'{FORMULA}"
    assert row["理由"] == f"'{QUOTED}"
    line = (await lines(desk, case=HOSTILE))[0]
    assert (line["document"], line["reasons"]) == (FORMULA, QUOTED)


@pytest.mark.parametrize(
    "text", ["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "－1", "011002", "1-2", "9/30",
             "2026-06-01", "12:30", "1E5", "1234567890123456"],
)  # fmt: skip
def test_a_cell_excel_would_act_upon_has_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["341002", "S-0001", "改善命令", "260_49", "広地活第1-2号", "a=b"])
def test_another_cell_is_left_as_it_is(text: str) -> None:
    assert harmless(text) == text


async def test_a_line_of_json_holds_every_field_and_the_body_as_it_was_sealed(desk: Desk) -> None:
    found = await every(desk, case=REVOKED)
    sink = Sink()
    await write_jsonl(acts(desk, VIEWER, case=REVOKED), sink)
    made = b"".join(sink.parts).splitlines()
    for act, line in zip(found, made, strict=True):
        told = json.loads(line)
        assert f'"body":{act.body}'.encode() in line
        assert told | {"body": None} == act._asdict() | {
            "on": act.on.isoformat(),
            "recorded_at": told["recorded_at"],
            "body": None,
        }
        assert told["recorded_at"].endswith("Z")
    assert any('"sealed":"' in (act.body or "") for act in found)
