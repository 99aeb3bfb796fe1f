"""What the database itself keeps: complete acts, append-only tables, roles, its own history."""

import asyncio
import shutil
from pathlib import Path

import asyncpg
import pytest

from store.database import RoleName, open_pool
from store.errors import GuardsDrifted, MigrationRefused, RecordRefused
from store.guards import GUARDED, KEPT, PROJECTIONS, check_guards
from store.migrate import FOLDER, migrate, migrations
from store.records import Records
from tests.embedded import Embedded
from tests.store.connections import OnlyConnection
from tests.store.examples import ORDER, append, event, new_case, personal, report

ADVERSE = (
    "ApplicationRefused",
    "DesignationRefused",
    "ImprovementOrdered",
    "OrderDeadlineExtended",
    "DesignationRevoked",
    "RenewalRefused",
    "AppealDismissed",
    "AppealRejected",
)
NOTICE = ORDER["remedy_notice"]


@pytest.mark.parametrize("kind", ADVERSE)
@pytest.mark.parametrize(
    "lack",
    [
        {"reasons": None},
        {"reasons": ""},
        {"reasons": " \n　"},
        {"remedy_notice": None},
        {"remedy_notice": {"appeal": NOTICE["appeal"], "lawsuit": ""}},
        {"remedy_notice": {"appeal": "　", "lawsuit": NOTICE["lawsuit"]}},
        {"basis": {"law": "", "article": "260_49", "paragraph": 11, "item": None}},
    ],
    ids=[
        "理由なし",
        "理由が空",
        "理由が空白",
        "教示なし",
        "出訴の教示なし",
        "不服の教示なし",
        "根拠なし",
    ],
)
async def test_an_adverse_act_without_reasons_basis_or_remedy_notice_is_refused(
    records: Records, kind: str, lack: dict[str, object]
) -> None:
    with pytest.raises(RecordRefused, match="理由・根拠条項・教示"):
        await records.append(append(new_case(), 0, event(kind=kind, **lack)))


@pytest.mark.parametrize("due", [None, {}, {"day": "2026-06-01"}, {"day": "2026-05-31"}])
async def test_an_order_without_a_deadline_after_its_day_is_refused(
    records: Records, due: dict[str, str] | None
) -> None:
    with pytest.raises(RecordRefused, match="期限"):
        await records.append(append(new_case(), 0, event(due=due)))


async def test_a_revocation_may_give_its_reasons_later_if_it_says_why(records: Records) -> None:
    hurried = event(
        kind="DesignationRevoked", reasons=None, reasons_deferred="差し迫った必要があるため"
    )
    assert (await records.append(append(new_case(), 0, hurried))).last == 1
    with pytest.raises(RecordRefused):
        await records.append(append(new_case(), 0, hurried.replace("Revoked", "Refused")))


async def test_an_act_that_burdens_nobody_needs_no_remedy_notice(records: Records) -> None:
    assert (await records.append(append(new_case(), 0, report()))).last == 1


@pytest.fixture(scope="module")
async def something(records: Records) -> None:
    """An event with a personal text, so that there is something to change."""
    await records.append(append(new_case(), 0, report(who=personal("例示太郎"))))


@pytest.mark.usefixtures("something")
@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("change", ["update {} set {}", "delete from {}", "truncate {} cascade"])
@pytest.mark.parametrize("replica", [False, True], ids=["", "as a replica"])
async def test_nobody_changes_what_is_kept_not_even_the_owner(
    owner: asyncpg.Connection, table: str, change: str, *, replica: bool
) -> None:
    column = {"tile": "root = root", "checkpoint": "root = root", "stamp": "size = size"}.get(
        table, "size = size" if table == "cosignature" else "case_id = case_id"
    )
    async with owner.transaction():
        await owner.execute(
            f"set local session_replication_role = {'replica' if replica else 'origin'}"
        )
        with pytest.raises(asyncpg.RestrictViolationError, match="追記のみ"):
            async with owner.transaction():
                await owner.execute(change.format(f"kyodo.{table}", column))


@pytest.mark.parametrize(
    "statement",
    [
        "insert into kyodo.log values (1, 1, 'x', 1, '')",
        "insert into kyodo.head values ('x', 'y', 1, '', true)",
        "update kyodo.head set number = 9",
        "delete from kyodo.event",
        "select nextval('kyodo.event_seq')",
        "alter table kyodo.event disable trigger all",
        "insert into kyodo.reach values ('x', '*')",
    ],
)
@pytest.mark.parametrize("role", ["kyodo_writer", "kyodo_auditor"])
async def test_writers_only_append_and_auditors_only_read(
    url: str, role: RoleName, statement: str
) -> None:
    async with open_pool(url, role) as pool:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute(statement)


async def test_an_auditor_cannot_append(auditor: asyncpg.Pool) -> None:
    with pytest.raises(RecordRefused, match="permission denied"):
        await Records(auditor).append(append(new_case()))


async def test_an_auditor_sees_his_municipality_and_cannot_widen_his_view(
    server: Embedded, owner: asyncpg.Connection, records: Records
) -> None:
    hiroshima, fukuyama = new_case("341002"), new_case("342076")
    await asyncio.gather(*(records.append(append(case)) for case in (hiroshima, fukuyama)))
    database = await owner.fetchval("select current_database()")
    await owner.execute("create role fukuyama_auditor login")
    await owner.execute("grant kyodo_auditor to fukuyama_auditor")
    await owner.execute("insert into kyodo.reach values ('fukuyama_auditor', '342076')")
    login = server.url_of(database, "fukuyama_auditor")
    async with open_pool(login, "kyodo_auditor", municipality="*") as pool:
        seen = await pool.fetch("select distinct municipality from kyodo.event")
        assert [row[0] for row in seen] == ["342076"]
        assert (
            await pool.fetchval("select count(*) from kyodo.head where case_id = $1", hiroshima)
            == 0
        )
        assert not (await Records(pool).load(hiroshima)).events


async def test_a_session_may_narrow_what_it_sees(url: str, records: Records) -> None:
    await asyncio.gather(*(records.append(append(new_case(code))) for code in ("341002", "342025")))
    async with open_pool(url, "kyodo_auditor", municipality="342025,342076") as pool:
        seen = await pool.fetch("select distinct municipality from kyodo.event")
    assert "342025" in {row[0] for row in seen}
    assert {row[0] for row in seen} <= {"342025", "342076"}


async def test_untouched_guards_pass_the_check(writer: asyncpg.Pool) -> None:
    await check_guards(writer)


@pytest.mark.parametrize(
    ("drift", "named"),
    [
        ("alter table kyodo.event disable trigger nothing_changes", "event"),
        ("alter table kyodo.log enable trigger nothing_changes", "log"),
        ("drop trigger nothing_changes on kyodo.personal", "personal"),
        ("drop trigger only_disposal on kyodo.event", "event"),
        ("grant update on kyodo.event to kyodo_writer", "UPDATE"),
        ("grant select on kyodo.event to public", "public"),
        ("revoke select on kyodo.event from kyodo_auditor", "missing"),
        ("grant execute on function kyodo.append to kyodo_auditor", "append"),
        ("alter table kyodo.head disable row level security", "head"),
        ("drop policy auditor on kyodo.event", "policy"),
        ("alter table kyodo.event disable trigger note_parties", "note_parties"),
        ("alter function kyodo.append reset search_path", "search_path"),
        ("alter function kyodo.append_one reset all", "search_path"),
        (
            (
                "create or replace function kyodo.refuse_change() returns trigger language plpgsql "
                "as 'begin return null; end'"
            ),
            "refuses nothing",
        ),
    ],
)
async def test_drifted_guards_are_named(owner: asyncpg.Connection, drift: str, named: str) -> None:
    work = owner.transaction()
    await work.start()
    await owner.execute(drift)
    with pytest.raises(GuardsDrifted, match=named):
        await check_guards(OnlyConnection.of(owner))
    await work.rollback()
    await check_guards(OnlyConnection.of(owner))


async def test_every_table_is_guarded(owner: asyncpg.Connection) -> None:
    tables = await owner.fetch(
        "select relname from pg_class where relnamespace = 'kyodo'::regnamespace and relkind = 'r'"
    )
    assert {row[0] for row in tables} == {*GUARDED, *PROJECTIONS, "migration", "reach", "word"}


async def test_migrating_twice_changes_nothing(url: str) -> None:
    assert await migrate(url) == []


async def test_two_migrations_at_once_take_turns(
    server: Embedded, owner: asyncpg.Connection
) -> None:
    await owner.execute("create database at_once")
    found = await asyncio.gather(*(migrate(server.url_of("at_once")) for _ in range(3)))
    assert sorted(map(len, found)) == [0, 0, len(migrations())]


def _copied_migrations(parent: Path) -> Path:
    return Path(shutil.copytree(FOLDER, parent / "migrations"))


async def test_an_applied_migration_that_was_changed_is_refused(url: str, tmp_path: Path) -> None:
    folder = _copied_migrations(tmp_path)
    first = folder / migrations()[0].name
    first.write_text(first.read_text("utf-8") + "-- more\n", "utf-8")
    with pytest.raises(MigrationRefused, match=f"{first.name} has been applied and was changed"):
        await migrate(url, folder)


async def test_a_failing_migration_leaves_nothing_behind(
    url: str, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    folder = _copied_migrations(tmp_path)
    number = len(migrations()) + 1
    (folder / f"{number:04}_wrong.sql").write_text(
        "create table kyodo.half (); select 1/0;", "utf-8"
    )
    with pytest.raises(MigrationRefused, match="division by zero"):
        await migrate(url, folder)
    assert await owner.fetchval("select to_regclass('kyodo.half')") is None


async def test_the_owner_of_a_database_needs_no_superuser(
    server: Embedded, owner: asyncpg.Connection
) -> None:
    await owner.execute("create role plain login createrole")
    await owner.execute(
        "grant kyodo_writer, kyodo_auditor, kyodo_sequencer, kyodo_projector, kyodo_disposal "
        "to plain with admin option"
    )
    await owner.execute("create database plain_one owner plain")
    url = server.url_of("plain_one", "plain")
    await migrate(url)
    async with open_pool(url, "kyodo_writer") as pool:
        await check_guards(pool)
        case = new_case()
        await Records(pool).append(append(case))
        assert len((await Records(pool).load(case)).events) == 1
