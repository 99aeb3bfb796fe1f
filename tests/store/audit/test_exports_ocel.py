"""The OCEL 2.0 export is valid, whole in itself, and says what process mining asks."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from jsonschema import FormatChecker, ValidationError, validate

from store.audit.desk import Desk
from store.audit.exports.ocel import write_ocel
from store.audit.exports.rows import acts
from store.records import Records
from tests.store.audit.handed import (
    DISPOSED,
    HIROSHIMA,
    HOSTILE,
    REPORTED,
    REVOKED,
    URGENTLY,
    Sink,
    record_all,
)
from tests.store.examples import VIEWER

SCHEMA = json.loads((Path(__file__).parent / "ocel20-schema.json").read_text("utf-8"))
MOMENTS = FormatChecker(formats=())
ORDER, BODY = f"改善命令:{REVOKED}:1", f"団体:{HIROSHIMA}:B-0001"
ORDERED_UNDER = "条項:322AC0000000067/260_49/11"


@MOMENTS.checks("date-time", raises=ValueError)
def in_utc(value: object) -> bool:
    return str(value).endswith("Z") and datetime.fromisoformat(str(value)).tzinfo == UTC


@pytest.fixture(scope="module", autouse=True)
async def _recorded(
    records: Records, sequencer_pool: asyncpg.Pool, owner: asyncpg.Connection
) -> None:
    await record_all(records, sequencer_pool, owner)


async def ocel(desk: Desk, **asked: Any) -> dict[str, Any]:
    sink = Sink()
    await write_ocel(acts(desk, VIEWER, **asked), sink)
    return json.loads(b"".join(sink.parts))


def of_type(log: dict[str, Any], type: str) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in log["objects"] if one["type"] == type}


def event(log: dict[str, Any], kind: str, case: str = REVOKED) -> dict[str, Any]:
    (found,) = (
        one for one in log["events"] if one["type"] == kind and one["id"].startswith(case + "/")
    )
    return found


def values(one: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["value"] for each in one["attributes"]}


def parts(one: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["qualifier"], each["objectId"]) for each in one["relationships"]}


async def test_the_log_is_valid_and_its_times_are_in_utc(desk: Desk) -> None:
    for log in (await ocel(desk), await ocel(desk, case="指定-341002-NONE")):
        validate(log, SCHEMA, format_checker=MOMENTS)


@pytest.mark.parametrize(
    "fault",
    [
        {"time": "2026-06-01T12:00:00+09:00"},
        {"time": "2026-06-01"},
        {"attributes": [{"name": "number", "value": 1}]},
        {"relationships": [{"objectId": "指定-341002-0001"}]},
    ],
)
async def test_the_schema_would_find_a_fault(desk: Desk, fault: dict[str, Any]) -> None:
    log = await ocel(desk)
    log["events"][0] |= fault
    with pytest.raises(ValidationError):
        validate(log, SCHEMA, format_checker=MOMENTS)


async def test_every_id_is_one_and_every_relationship_leads_to_an_object(desk: Desk) -> None:
    log = await ocel(desk)
    objects = [one["id"] for one in log["objects"]]
    events = [one["id"] for one in log["events"]]
    assert len(set(objects)) == len(objects)
    assert len(set(events)) == len(events)
    for one in (*log["objects"], *log["events"]):
        related = [(each["objectId"], each["qualifier"]) for each in one["relationships"]]
        assert {id for id, _ in related} <= set(objects)
        assert len(set(related)) == len(related)


async def test_every_type_and_attribute_that_is_used_is_declared_with_its_type(desk: Desk) -> None:
    log = await ocel(desk)
    readers = {
        "string": str,
        "integer": int,
        "time": datetime.fromisoformat,
        "boolean": {"true": True, "false": False}.__getitem__,
    }
    for types, items in (("eventTypes", "events"), ("objectTypes", "objects")):
        declared = {
            type["name"]: {each["name"]: each["type"] for each in type["attributes"]}
            for type in log[types]
        }
        for one in log[items]:
            for name, value in values(one).items():
                readers[declared[one["type"]][name]](value)
    assert {one["type"] for one in log["events"]} == {type["name"] for type in log["eventTypes"]}


async def test_ids_stay_the_same_in_every_export(desk: Desk) -> None:
    everything, one_case = await ocel(desk), await ocel(desk, case=REVOKED)
    assert await ocel(desk) == everything
    for part in ("events", "objects"):
        ids = {one["id"] for one in everything[part]}
        assert {one["id"] for one in one_case[part]} < ids
    assert event(everything, "ApplicationArrived")["id"] == f"{REVOKED}/1"


async def test_an_order_is_related_to_case_body_provision_officers_and_procedure(
    desk: Desk,
) -> None:
    log = await ocel(desk)
    ordered = event(log, "ImprovementOrdered")
    assert parts(ordered) == {
        ("事案", REVOKED),
        ("根拠", ORDERED_UNDER),
        ("行為者", f"職員:{HIROSHIMA}:S-0001"),
        ("起案者", f"職員:{HIROSHIMA}:S-0102"),
        ("当事者", BODY),
        ("対象", ORDER),
    }
    told = values(ordered)
    assert (told["title"], told["on"]) == ("改善命令", "2026-06-12T00:00:00Z")
    assert (told["due"], told["within_need"]) == ("2026-08-31T00:00:00Z", "総会の開催に限る。")
    assert values(of_type(log, "条項")[ORDERED_UNDER])["citation"] == "法第260条の49第11項"


async def test_the_values_of_an_object_change_over_time(desk: Desk) -> None:
    log = await ocel(desk)
    order = of_type(log, "改善命令")[ORDER]
    due = [(one["value"], one["time"]) for one in order["attributes"] if one["name"] == "due"]
    assert due == [
        ("2026-08-31T00:00:00Z", event(log, "ImprovementOrdered")["time"]),
        ("2026-09-04T00:00:00Z", event(log, "OrderDeadlineExtended")["time"]),
    ]
    measures = [one["value"] for one in order["attributes"] if one["name"] == "measures"]
    assert measures == ["臨時総会を開くこと。"]
    assert parts(order) == {("属する事案", REVOKED)}


async def test_the_body_is_known_by_its_number_and_named_by_its_application(desk: Desk) -> None:
    log = await ocel(desk)
    body = of_type(log, "団体")[BODY]
    assert values(body) == {"name": "例示学区協議会", "area": "例示小学校区"}
    assert ("当事者", BODY) in parts(of_type(log, "事案")[REVOKED])
    assert ("行為者", BODY) in parts(event(log, "ApplicationArrived"))


async def test_reports_sessions_and_grounds_lead_to_what_they_are_about(desk: Desk) -> None:
    log = await ocel(desk)
    asked = f"報告の求め:{REPORTED}:1"
    for kind in ("ReportRequested", "ReportReceived"):
        assert ("対象", asked) in parts(event(log, kind, REPORTED))
    assert values(of_type(log, "報告の求め")[asked])["matters"] == "令和7年度の活動の状況"
    session = f"聴聞の期日:{REVOKED}:2026-10-05"
    assert ("期日の指定", session) in parts(event(log, "HearingNotified"))
    assert ("期日", session) in parts(event(log, "HearingSessionHeld"))
    assert ("主宰者", f"職員:{HIROSHIMA}:S-0301") in parts(event(log, "HearingNotified"))
    assert ("事由", ORDER) in parts(event(log, "DesignationRevoked"))
    reported = parts(event(log, "HearingReportSubmitted"))
    assert not any(id.startswith("報告の求め") for _, id in reported)
    assert "session" in values(event(log, "HearingSessionHeld"))


async def test_residents_are_no_objects_and_their_numbers_no_values(desk: Desk) -> None:
    log = await ocel(desk)
    told = json.dumps(log, ensure_ascii=False)
    assert event(log, "PersonErased", REPORTED)
    assert "P-0001" not in told
    assert "一丁目" not in told


async def test_the_calendar_is_no_officer(desk: Desk) -> None:
    log = await ocel(desk)
    assert values(event(log, "OrderDeadlinePassed"))["role"] == "calendar"
    assert {part for part, _ in parts(event(log, "OrderDeadlinePassed"))} == {
        "事案",
        "根拠",
        "当事者",
        "対象",
    }


async def test_what_was_disposed_of_keeps_its_columns_and_an_unknown_kind_its_common_ones(
    desk: Desk,
) -> None:
    log = await ocel(desk)
    arrived = event(log, "ApplicationArrived", DISPOSED)
    assert values(arrived).keys() >= {"title", "on", "basis", "hash"}
    assert "area" not in values(arrived)
    assert ("行為者", BODY) in parts(arrived)
    unknown = event(log, "SomethingNew", HOSTILE)
    assert values(unknown)["reasons"].startswith("令和7年度")
    assert ("事案", HOSTILE) in parts(unknown)


async def test_an_urgent_revocation_tells_its_findings(desk: Desk) -> None:
    revoked = values(event(await ocel(desk), "DesignationRevoked", URGENTLY))
    assert revoked["urgency"] == "住民から現に金銭を集めている。"
    assert revoked["reasons_deferred"] == "文書を作る間に被害が広がる。"
