"""What the law lets go goes once an event says so, nothing else does, and every proof still holds."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from store.audit.cases import history
from store.audit.desk import Desk
from store.database import RoleName, open_pool
from store.disposal import dispose, erase, holders, scrub
from store.errors import RecordRefused
from store.examine import Fault
from store.proof.log import Signing
from store.proof.notes import Note, Signer
from store.proof.trust import Trust
from store.records import Records
from store.sequencer import Sequencer
from store.verify import verify
from tests.embedded import Embedded
from tests.store.connections import OnlyConnection
from tests.store.examples import VIEWER, append, event, new_case, personal, report

KEY = Signer.make("city.example/kyodo")
HERE, ELSEWHERE = "341002", "342076"
WROTE = "この語句だけが消える"


def disposed_of() -> str:
    return event(kind="RecordDisposed", due=None, remedy_notice=None)


def erased(person: str) -> str:
    return event(kind="PersonErased", due=None, remedy_notice=None, subject=person)


@pytest.fixture(scope="module")
async def disposal(url: str) -> AsyncGenerator[asyncpg.Pool]:
    async with open_pool(url, "kyodo_disposal", size=1) as pool:
        yield pool


async def closed(records: Records, person: str = "P-1", place: str = HERE) -> str:
    """A closed case of two events, the first of which holds a text about a person."""
    case = new_case(place)
    told = report(content=WROTE, who=personal("例示 桜", of=person))
    await records.append(append(case, 0, told, event(), open=False))
    return case


async def going(records: Records, person: str = "P-1", place: str = HERE) -> str:
    """A closed case whose last event records that its file goes."""
    case = await closed(records, person, place)
    await records.append(append(case, 2, disposed_of(), open=False))
    return case


async def left(owner: asyncpg.Connection, case: str) -> list[tuple[bool, bool]]:
    """By event, whether it still has its body and its salt."""
    rows = await owner.fetch(
        "select body is not null, salt is not null from kyodo.event where case_id = $1 "
        "order by number",
        case,
    )
    return [(row[0], row[1]) for row in rows]


async def texts(owner: asyncpg.Connection, case: str) -> int:
    return await owner.fetchval("select count(*) from kyodo.personal where case_id = $1", case)


async def signed(pool: asyncpg.Pool, owner: asyncpg.Connection) -> Note:
    """The newest head, after everything has its place in the log."""
    await Sequencer(pool, signing=Signing(KEY)).catch_up()
    note = "select note from kyodo.checkpoint order by size desc limit 1"
    return Note.read(await owner.fetchval(note))


# --- 廃棄 -------------------------------------------------------------------------------------


async def test_what_no_event_disposes_of_stays(
    records: Records, disposal: asyncpg.Pool, owner: asyncpg.Connection
) -> None:
    plain, running, reopened = await closed(records), await closed(records), await going(records)
    await records.append(append(running, 2, disposed_of(), open=True))
    await records.append(append(reopened, 3, report(), open=False))  # something came after it
    for case in (plain, running, reopened, "指定-341002-NONE"):
        with pytest.raises(RecordRefused, match="終結の後に廃棄を記録した事実がありません"):
            await dispose(disposal, case)
    for case in (plain, running, reopened):
        assert {*await left(owner, case)} == {(True, True)}
        assert await texts(owner, case) == 1


async def test_what_an_event_disposes_of_goes_whole_and_the_event_stays(
    records: Records, disposal: asyncpg.Pool, owner: asyncpg.Connection, auditor: asyncpg.Pool
) -> None:
    case, other = await going(records), await going(records)
    assert await dispose(disposal, case) == 2
    assert await left(owner, case) == [(False, False), (False, False), (True, True)]
    assert await texts(owner, case) == 0
    assert {*await left(owner, other)} == {(True, True)}
    assert await texts(owner, other) == 1
    told = await history(Desk(auditor), VIEWER, case)
    assert [line.recorded.event == "" for line in told] == [True, True, False]
    assert [(line.kind, line.office, str(line.basis)) for line in told[:2]] == [
        ("ReportReceived", "地域振興課長", "法第260条の49第11項"),
        ("ImprovementOrdered", "地域振興課長", "法第260条の49第11項"),
    ]
    assert await dispose(disposal, case) == 0


async def test_after_a_disposal_chain_tree_and_kept_heads_hold(
    records: Records,
    disposal: asyncpg.Pool,
    owner: asyncpg.Connection,
    auditor: asyncpg.Pool,
    sequencer_pool: asyncpg.Pool,
) -> None:
    case = await closed(records)
    kept = await signed(sequencer_pool, owner)
    await records.append(append(case, 2, disposed_of(), open=False))
    await signed(sequencer_pool, owner)
    await dispose(disposal, case)
    trust = Trust(log=KEY.verifier, kept=(kept,))
    whole, alone = await verify(auditor, trust=trust), await verify(auditor, case, trust=trust)
    assert whole.sound, whole.fault
    assert alone.sound, alone.fault
    assert alone.events == 3
    assert [one.number for one in (await records.load(case)).events] == [3]


GOING, KEPT, DISPOSED = "of a case that goes", "of a case that stays", "of a case that went"
CHANGES = {
    "a body emptied": (KEPT, "update kyodo.event set body = null, salt = null where {}"),
    "a personal text taken away": (KEPT, "delete from kyodo.personal where {}"),
    "another body": (
        GOING,
        "update kyodo.event set body = replace(body, '語句', '文') where {} and number = 1",
    ),
    "a column beside it": (
        GOING,
        "update kyodo.event set body = null, salt = null, office = 'x' where {} and number = 1",
    ),
    "the number beside it": (
        GOING,
        "update kyodo.event set body = null, salt = null, seq = 0 where {} and number = 1",
    ),
    "the disposal itself": (
        GOING,
        "update kyodo.event set body = null, salt = null where {} and number = 3",
    ),
    "an event": (GOING, "delete from kyodo.event where {}"),
    "another personal text": (GOING, "update kyodo.personal set of = 'P-2' where {}"),
    "a body put back": (
        DISPOSED,
        "update kyodo.event set body = '{{}}', salt = 'x' where {} and number = 1",
    ),
}


@pytest.mark.parametrize("replica", [False, True], ids=["", "as a replica"])
@pytest.mark.parametrize("what", CHANGES)
async def test_the_triggers_refuse_any_other_change_of_anybody(
    records: Records, disposal: asyncpg.Pool, owner: asyncpg.Connection, what: str, *, replica: bool
) -> None:
    of, statement = CHANGES[what]
    case = await (closed(records) if of == KEPT else going(records))
    if of == DISPOSED:
        await dispose(disposal, case)
    async with owner.transaction():
        await owner.execute(
            f"set local session_replication_role = {'replica' if replica else 'origin'}"
        )
        with pytest.raises(asyncpg.RestrictViolationError, match="追記のみ"):
            async with owner.transaction():
                await owner.execute(statement.format(f"case_id = '{case}'"))


async def test_a_body_without_its_salt_or_a_salt_alone_is_no_disposal(
    records: Records, owner: asyncpg.Connection
) -> None:
    case = await going(records)
    with pytest.raises(asyncpg.CheckViolationError):
        async with owner.transaction():
            await owner.execute("update kyodo.event set body = null where case_id = $1", case)


HALF = {
    "a body without a disposal": (
        closed,
        "update kyodo.event set body = null, salt = null where case_id = '{}' and number = 1",
        ("body", "本文がありません（廃棄の記録もありません）"),
    ),
    "a text of a case that stays": (
        closed,
        "delete from kyodo.personal where case_id = '{}'",
        ("personal", "封印と対応しません"),
    ),
    "only the texts of a case that goes": (
        going,
        "delete from kyodo.personal where case_id = '{}'",
        ("personal", "封印と対応しません"),
    ),
    "only the bodies of a case that goes": (
        going,
        "update kyodo.event set body = null, salt = null where case_id = '{}' and number < 3",
        ("personal", "に当たる事実がありません"),
    ),
    "only one body of a case that goes": (
        going,
        "update kyodo.event set body = null, salt = null where case_id = '{}' and number = 2",
        ("body", "廃棄"),
    ),
    "and its disposal": (
        going,
        "update kyodo.event set body = null, salt = null where case_id = '{}'",
        ("body", "本文がありません（廃棄の記録もありません）"),
    ),
}


@pytest.mark.parametrize("what", HALF)
async def test_a_disposal_of_a_part_or_without_an_event_is_found(
    records: Records, owner: asyncpg.Connection, what: str
) -> None:
    begun, statement, (field, words) = HALF[what]
    case = await begun(records)
    fault = await found_after(owner, case, statement.format(case))
    assert (fault.case, fault.field) == (case, field)
    assert words in fault.what


async def found_after(owner: asyncpg.Connection, case: str, statement: str) -> Fault:
    """What the verifier finds once the owner has switched the guards off for a change."""
    work = owner.transaction(isolation="repeatable_read")
    await work.start()
    for table in ("event", "personal"):
        await owner.execute(f"alter table kyodo.{table} disable trigger all")
    await owner.execute(statement)
    found = await verify(OnlyConnection.of(owner), case)
    await work.rollback()
    assert found.fault is not None
    return found.fault


# --- 消去 -------------------------------------------------------------------------------------


async def test_a_key_stays_until_every_case_records_the_erasure(
    records: Records, disposal: asyncpg.Pool, owner: asyncpg.Connection
) -> None:
    one, other = await closed(records, "P-11"), await closed(records, "P-11")
    await closed(records, "P-12")
    for case in (one, other):
        with pytest.raises(RecordRefused, match=f"事案 {case} に、P-11 の情報の消去を記録した"):
            await erase(disposal, HERE, "P-11")
        assert await keys(owner, "P-11") == 1
        await records.append(append(case, 2, erased("P-11"), open=False))
    assert await holders(disposal, HERE, "P-11") == [one, other]
    assert await erase(disposal, HERE, "P-11") == 2
    assert (await keys(owner, "P-11"), await keys(owner, "P-12")) == (0, 1)


async def keys(owner: asyncpg.Connection, person: str) -> int:
    return await owner.fetchval("select count(*) from kyodo.person_key where of = $1", person)


async def test_an_erasure_of_another_person_or_before_the_text_is_none(
    records: Records, disposal: asyncpg.Pool
) -> None:
    case = await closed(records, "P-21")
    await records.append(append(case, 2, erased("P-22"), open=False))
    with pytest.raises(RecordRefused, match=f"事案 {case} に、P-21 の情報の消去を記録した"):
        await erase(disposal, HERE, "P-21")
    await records.append(append(case, 3, erased("P-21"), open=False))
    await records.append(append(case, 4, report(who=personal("例示 桜", of="P-21"))))
    with pytest.raises(RecordRefused, match="P-21"):
        await erase(disposal, HERE, "P-21")


async def test_after_an_erasure_chain_tree_and_kept_heads_hold(
    records: Records,
    disposal: asyncpg.Pool,
    owner: asyncpg.Connection,
    auditor: asyncpg.Pool,
    sequencer_pool: asyncpg.Pool,
) -> None:
    case = await closed(records, "P-31")
    kept = await signed(sequencer_pool, owner)
    await records.append(append(case, 2, erased("P-31"), open=False))
    await signed(sequencer_pool, owner)
    await erase(disposal, HERE, "P-31")
    trust = Trust(log=KEY.verifier, kept=(kept,))
    for report_ in (await verify(auditor, trust=trust), await verify(auditor, case, trust=trust)):
        assert report_.sound, report_.fault
    told = await history(Desk(auditor), VIEWER, case)
    assert "例示 桜" not in told[0].recorded.event
    assert '"text":null' in told[0].recorded.event


async def test_a_key_destroyed_without_an_event_is_found(
    records: Records, owner: asyncpg.Connection
) -> None:
    case = await closed(records, "P-41")
    fault = await found_after(owner, case, "delete from kyodo.person_key where of = 'P-41'")
    assert (fault.case, fault.number, fault.field) == (case, 1, "personal")
    assert "P-41 の鍵がありません（消去の記録もありません）" in fault.what


async def test_a_destroyed_key_is_nowhere_in_the_files_of_its_table(
    records: Records, disposal: asyncpg.Pool, owner: asyncpg.Connection
) -> None:
    case = await closed(records, "P-51")
    await records.append(append(case, 2, erased("P-51"), open=False))
    key = await owner.fetchval("select key from kyodo.person_key where of = 'P-51'")
    await owner.execute("checkpoint")
    assert key in await pages(owner, "person_key")
    await erase(disposal, HERE, "P-51")
    await owner.execute("checkpoint")
    assert key not in await pages(owner, "person_key")


async def test_a_disposed_body_is_nowhere_in_the_file_of_its_table_once_it_is_scrubbed(
    records: Records, disposal: asyncpg.Pool, owner: asyncpg.Connection
) -> None:
    words = [f"この事案だけの語句{number:02}" for number in range(1, 21)]
    for number, word in enumerate(words, 1):  # of many lengths: what follows may lie over them
        case = new_case()
        await records.append(append(case, 0, report(content=word * number), open=False))
        await records.append(append(case, 1, disposed_of(), open=False))
        await dispose(disposal, case)
    await scrub(disposal)
    await owner.execute("checkpoint")
    held = await pages(owner, "event")
    assert [word for word in words if word.encode() in held] == []


async def pages(owner: asyncpg.Connection, table: str) -> bytes:
    """The file in which the database keeps a table."""
    query = "select current_setting('data_directory'), pg_relation_filepath($1::regclass)"
    row = await owner.fetchrow(query, f"kyodo.{table}")
    assert row is not None
    return (Path(row[0]) / row[1]).read_bytes()


# --- だれが -----------------------------------------------------------------------------------

CALLS = (
    "select kyodo.dispose('指定-341002-1')",
    "select kyodo.erase_person('341002', 'P-1')",
    "select * from kyodo.cases_of_person('341002', 'P-1')",
)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "role", ["kyodo_writer", "kyodo_auditor", "kyodo_sequencer", "kyodo_projector"]
)
async def test_no_other_role_lets_anything_go(url: str, role: RoleName, call: str) -> None:
    async with open_pool(url, role, size=1) as pool:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute(call)


@pytest.mark.parametrize(
    "statement",
    [
        "select body from kyodo.event",
        "select cipher from kyodo.personal",
        "select key from kyodo.person_key",
        "delete from kyodo.person_key",
        "update kyodo.event set body = null, salt = null",
        "delete from kyodo.personal",
    ],
)
async def test_who_lets_go_reads_and_changes_nothing_by_hand(
    disposal: asyncpg.Pool, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await disposal.execute(statement)


@pytest.fixture
async def elsewhere(server: Embedded, owner: asyncpg.Connection) -> AsyncGenerator[asyncpg.Pool]:
    """A login that lets go in another municipality."""
    await owner.execute("drop role if exists fukuyama_disposal")
    await owner.execute("create role fukuyama_disposal login in role kyodo_disposal")
    reach = "insert into kyodo.reach values ('fukuyama_disposal', $1) on conflict do nothing"
    await owner.execute(reach, ELSEWHERE)
    database: Any = await owner.fetchval("select current_database()")
    url = server.url_of(database, "fukuyama_disposal")
    async with open_pool(url, "kyodo_disposal", size=1) as pool:
        yield pool
    await owner.execute("drop role fukuyama_disposal")


async def test_a_login_of_another_municipality_lets_nothing_go_here(
    records: Records, owner: asyncpg.Connection, elsewhere: asyncpg.Pool
) -> None:
    here, there = await going(records), await going(records, place=ELSEWHERE)
    person = await closed(records, "P-61")
    await records.append(append(person, 2, erased("P-61"), open=False))
    with pytest.raises(RecordRefused, match="扱える範囲にありません"):
        await dispose(elsewhere, here)
    with pytest.raises(RecordRefused, match="扱える範囲にありません"):
        await erase(elsewhere, HERE, "P-61")
    assert await holders(elsewhere, HERE, "P-61") == []
    assert {*await left(owner, here)} == {(True, True)}
    assert await keys(owner, "P-61") == 1
    assert await dispose(elsewhere, there) == 2
