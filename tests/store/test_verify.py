"""The verifier finds what the owner of the server changed with the triggers switched off."""

import asyncpg
import pytest

from store.records import Records
from store.sequencer import Sequencer
from store.verify import verify
from tests.store.connections import OnlyConnection
from tests.store.examples import append, event, new_case, personal, report

SIX = "case_id = '{case}' and number = 2"
ATTACKS = {
    "body": "update kyodo.event set body = replace(body, '収支', '収攴') where " + SIX,
    "salt": "update kyodo.event set salt = sha256('x') where " + SIX,
    "body_digest": "update kyodo.event set body_digest = sha256('x') where " + SIX,
    "body and digest": """update kyodo.event set body = replace(body, '広島', '福山'), body_digest =
        sha256(salt || convert_to(replace(body, '広島', '福山'), 'UTF8')) where """
    + SIX,
    **{
        column: f"update kyodo.event set {column} = {value} where " + SIX
        for column, value in {
            "municipality": "'342025'",
            "kind": "'ReportReceived'",
            "on_day": "on_day - 1",
            "recorded_at": "recorded_at - interval '1 microsecond'",
            "person": "'1'",
            "office": "'x'",
            "role": "'mayor'",
            "acting_for": "null",
            "law": "'x'",
            "article": "'1'",
            "paragraph": "12",
            "item": "'1'",
            "ordinance": "'x'",
            "command_id": "'x'",
            "command_digest": "sha256('x')",
            "first": "3",
            "last": "2",
            "previous": "sha256('x')",
            "hash": "sha256('x')",
            "reserved_to": "'342025'",
            "seq": "seq + 1000000",
        }.items()
    },
}
FIELDS = {
    "salt": "body",
    "body_digest": "body",
    "body and digest": "hash",
    "municipality": "hash",
    "recorded_at": "hash",
    "seq": "event",
}
REMOVALS = {
    "in the middle": ("delete from kyodo.event where " + SIX, 2, "事実がありません"),
    "the first": (
        "delete from kyodo.event where case_id = '{case}' and number = 1",
        1,
        "事実がありません",
    ),
    "the newest": (
        "delete from kyodo.event where case_id = '{case}' and number = 5",
        5,
        "事実がありません",
    ),
    "the newest and the head": (
        (
            "delete from kyodo.event where case_id = '{case}' and number = 5; "
            "update kyodo.head h set number = 4, hash = e.hash from kyodo.event e "
            "where h.case_id = '{case}' and e.case_id = h.case_id and e.number = 4"
        ),
        5,
        "事実がありません",
    ),
    "the last of a command": (
        (
            "delete from kyodo.event where case_id = '{case}' and number >= 3; "
            "update kyodo.head h set number = 2, hash = e.hash from kyodo.event e "
            "where h.case_id = '{case}' and e.case_id = h.case_id and e.number = 2"
        ),
        3,
        "事実がありません",
    ),
    "the whole case": ("delete from kyodo.event where case_id = '{case}'", 1, "事実がありません"),
    "the case with its head": (
        (
            "delete from kyodo.event where case_id = '{case}'; "
            "delete from kyodo.head where case_id = '{case}'"
        ),
        1,
        "事実がありません",
    ),
    "the head": ("delete from kyodo.head where case_id = '{case}'", 1, "末尾の行がありません"),
    "where a command begins": (
        "update kyodo.event set first = 4 where case_id = '{case}' and number = 5",
        5,
        "最初の事実ではありません",
    ),
    "where the newest command ends": (
        "update kyodo.event set last = 6 where case_id = '{case}' and number = 5",
        5,
        "第6号まで",
    ),
    "a log row": ("delete from kyodo.log where case_id = '{case}' and number = 3", 3, "通し番号"),
    "the log's hash": (
        "update kyodo.log set hash = sha256('x') where case_id = '{case}' and number = 3",
        3,
        "封印",
    ),
    "a personal text": (
        "update kyodo.personal set cipher = set_byte(cipher, 20, 1) where case_id = '{case}'",
        3,
        "個人に関する情報",
    ),
    "a person's key": ("delete from kyodo.person_key", 3, "鍵がありません"),
    "a personal text removed": ("delete from kyodo.personal where case_id = '{case}'", 3, "個人"),
    "a body and all its digests": (
        """update kyodo.event set body = '{{', body_digest = sha256(salt || '{{'),
        hash = sha256(convert_to(json_build_array('kyodo.v1', municipality, case_id, number,
        command_id, encode(command_digest, 'hex'),
        (extract(epoch from recorded_at) * 1000000)::bigint,
        encode(sha256(salt || '{{'), 'hex'), '')::text, 'UTF8'))
        where case_id = '{case}' and number = 1""",
        1,
        "本文を読めません",
    ),
    "numbers swapped": (
        (
            "update kyodo.event set number = 100 where case_id = '{case}' and number = 2; "
            "update kyodo.event set number = 2 where case_id = '{case}' and number = 3; "
            "update kyodo.event set number = 3 where case_id = '{case}' and number = 100"
        ),
        3,
        "つながりません",
    ),
}


@pytest.fixture(scope="module")
async def case(records: Records, sequencer_pool: asyncpg.Pool) -> str:
    """A case of five events among others, all of them in the log."""
    for each in [new_case() for _ in range(3)]:
        await records.append(append(each, 0, report(), event()))
    case = new_case()
    await records.append(append(case, 0, report(), event(), report(who=personal("例示太郎"))))
    await records.append(append(case, 3))
    await records.append(append(case, 4))
    await records.append(append(new_case(), 0, report()))
    await Sequencer(sequencer_pool).catch_up()
    return case


async def _tampered(owner: asyncpg.Connection, case: str, attack: str) -> str:
    """Attack with every trigger off, verify, and take it all back."""
    work = owner.transaction(isolation="repeatable_read")
    await work.start()
    try:
        for table in ("event", "head", "personal", "log"):
            await owner.execute(f"alter table kyodo.{table} disable trigger all")
        await owner.execute(attack.format(case=case))
        return str((await verify(OnlyConnection.of(owner))).fault)
    finally:
        await work.rollback()


async def test_an_untouched_record_is_sound(auditor: asyncpg.Pool, case: str) -> None:
    heard: list[int] = []
    whole = await verify(auditor, progress=heard.append)
    one = await verify(auditor, case)
    assert (whole.sound, whole.events, whole.cases) == (True, 12, 5)
    assert (one.sound, one.events, one.cases) == (True, 5, 1)
    assert str(one) == "異常はありません（事案 1 件、事実 5 件）"


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_changed_column_is_named(owner: asyncpg.Connection, case: str, attack: str) -> None:
    found = await _tampered(owner, case, ATTACKS[attack])
    assert found.startswith(f"{case} 第2号 {FIELDS.get(attack, attack)}:"), found


@pytest.mark.parametrize("removal", REMOVALS)
async def test_what_was_removed_or_moved_is_noticed(
    owner: asyncpg.Connection, case: str, removal: str
) -> None:
    attack, number, words = REMOVALS[removal]
    found = await _tampered(owner, case, attack)
    assert found.startswith(f"{case} 第{number}号"), found
    assert words in found


async def test_every_column_of_an_event_is_attacked_here(owner: asyncpg.Connection) -> None:
    columns = await owner.fetch(
        "select attname from pg_attribute where attrelid = 'kyodo.event'::regclass and attnum > 0"
    )
    assert {row[0] for row in columns} - ATTACKS.keys() == {"case_id", "number", "xid"}


async def test_events_not_yet_in_the_log_are_no_fault(
    auditor: asyncpg.Pool, records: Records, case: str
) -> None:
    late = new_case()
    await records.append(append(late, 0, report(), report()))
    assert (await verify(auditor)).sound
    assert (await verify(auditor, case)).sound
