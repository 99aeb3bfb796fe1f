"""A key for every person: texts from before the keys come under them, and a key opens its own only."""

import asyncio
import json
import secrets
import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from domain.record import Append
from store.appender import Appender
from store.audit.cases import history
from store.audit.desk import Desk
from store.canonical import Malformed
from store.database import connect, open_pool
from store.disposal import erase
from store.entry import prepare
from store.errors import KeyDestroyed
from store.migrate import FOLDER, migrate
from store.person_keys import KEY_BYTES, PersonKey, decrypt, person_keys
from store.personal import Secret
from store.records import Records
from store.verify import verify
from tests.embedded import Embedded
from tests.store.connections import OnlyConnection
from tests.store.examples import VIEWER, append, event, new_case, personal, report

BEFORE_KEYS = 6
"""The last migration under which texts lay open in the table."""
HERE, ELSEWHERE = "341002", "342076"
NAMES = ("平野 文香", "平野 文香（代表）", "別府 言葉")
OLD_APPEND = "select * from kyodo.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)"


# --- 鍵より前の記録 ---------------------------------------------------------------------------


def older(folder: Path) -> Path:
    """The migrations of the release before the keys."""
    for path in FOLDER.glob("*.sql"):
        if int(path.name[:4]) <= BEFORE_KEYS:
            shutil.copy(path, folder)
    return folder


async def append_as_before(connection: asyncpg.Connection, request: Append) -> None:
    """Write a request as that release did: salt and text side by side, in the open."""
    entry = prepare(request)
    columns = [*zip(*entry.rows, strict=True)]
    texts = [
        (request.case, ordinal, secret.of, secret.salt, secret.text)
        for ordinal, secret in entry.secrets
    ]
    written = await connection.fetch(OLD_APPEND, *columns, *zip(*texts, strict=True))
    assert {row["outcome"] for row in written} == {"written"}


CASES = (f"指定-{HERE}-K01", f"指定-{HERE}-K02", f"指定-{ELSEWHERE}-K01")


def requests() -> list[Append]:
    """One person in two texts, another in one; who has the first one's number elsewhere is a third."""
    one, two, three = CASES
    both = report(who=personal(NAMES[0], of="P-1"), present=[personal(NAMES[1], of="P-1")])
    return [
        append(one, 0, both),
        append(two, 0, event(), report(who=personal(NAMES[2], of="P-2"))),
        append(three, 0, report(who=personal(NAMES[2], of="P-1"))),
    ]


@pytest.fixture(scope="module")
async def converted(
    server: Embedded, template: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The owner's URL of a record that was begun under the older release and migrated since."""
    assert template  # the roles belong to the cluster
    async with connect(server.url) as connection:
        await connection.execute("create database from_before_keys")
    url = server.url_of("from_before_keys")
    assert len(await migrate(url, older(tmp_path_factory.mktemp("older")))) == BEFORE_KEYS
    async with connect(url) as owner:
        for request in requests():
            await append_as_before(owner, request)
        plain = await owner.fetch("select text from kyodo.personal")
        assert {row["text"] for row in plain} == {*NAMES}
        await owner.execute("checkpoint")
        assert await files_with(owner, NAMES[0])
    assert (await migrate(url))[0] == "0007_personal_keys.sql"
    return url


async def files_with(owner: asyncpg.Connection, words: str) -> list[str]:
    """The files of the database's tables that hold the words."""
    folder = await owner.fetchval(
        "select current_setting('data_directory') || '/base/' || oid from pg_database "
        "where datname = current_database()"
    )
    return holding(Path(folder), words.encode())


def holding(folder: Path, words: bytes) -> list[str]:
    files = [path for path in folder.iterdir() if path.is_file()]
    return [path.name for path in files if words in path.read_bytes()]


async def told(pool: asyncpg.Pool, case: str) -> list[dict[str, Any]]:
    """The events of a case as a viewer of everything reads them."""
    lines = await history(Desk(pool), VIEWER, case)
    return [json.loads(line.recorded.event) for line in lines]


async def test_texts_from_before_the_keys_are_read_as_they_were(converted: str) -> None:
    async with open_pool(converted, "kyodo_auditor") as pool:
        (first,), (_, second), (third,) = [await told(pool, case) for case in CASES]
        assert (first["who"]["text"], first["present"][0]["text"]) == NAMES[:2]
        assert (second["who"]["text"], third["who"]["text"]) == (NAMES[2], NAMES[2])
        found = await verify(pool)
        assert found.sound, found.fault
        assert found.events == 4


async def test_every_person_of_every_municipality_has_a_key(converted: str) -> None:
    async with connect(converted) as owner:
        keys = await owner.fetch(
            "select municipality, of, key from kyodo.person_key order by municipality, of"
        )
        assert [(row["municipality"], row["of"]) for row in keys] == [
            (HERE, "P-1"),
            (HERE, "P-2"),
            (ELSEWHERE, "P-1"),
        ]
        assert len({row["key"] for row in keys}) == 3
        assert await owner.fetchval(
            "select bool_and(k.of = p.of and k.municipality = split_part(p.case_id, '-', 2))"
            " from kyodo.personal p join kyodo.person_key k on k.id = p.key_id"
        )


async def test_no_text_from_before_the_keys_is_left_in_the_open(converted: str) -> None:
    async with connect(converted) as owner:
        assert await owner.fetchval("select to_regclass('kyodo.personal_plain')") is None
        columns = await owner.fetch(
            "select attname from pg_attribute where attrelid = 'kyodo.personal'::regclass "
            "and attnum > 0 and not attisdropped"
        )
        assert {row["attname"] for row in columns}.isdisjoint({"text", "salt"})
        await owner.execute("checkpoint")
        for name in NAMES:
            assert await files_with(owner, name) == []


async def test_the_converted_record_goes_on_under_the_same_keys(converted: str) -> None:
    async with (
        open_pool(converted, "kyodo_writer") as writer,
        open_pool(converted, "kyodo_auditor") as auditor,
        open_pool(converted, "kyodo_disposal", size=1) as disposal,
    ):
        case, records = CASES[1], Records(writer)
        await records.append(append(case, 2, report(who=personal(NAMES[2], of="P-2"))))
        assert await auditor.fetchval("select count(*) from kyodo.person_key where of = 'P-2'") == 1
        gone = event(kind="PersonErased", due=None, remedy_notice=None, subject="P-2")
        await records.append(append(case, 3, gone))
        assert await erase(disposal, HERE, "P-2") == 2
        texts = [one["who"]["text"] for one in await told(auditor, case) if "who" in one]
        assert texts == [None, None]
        found = await verify(auditor)
        assert found.sound, found.fault


# --- 鍵 ---------------------------------------------------------------------------------------


@pytest.fixture
async def case(records: Records) -> str:
    """A case with two texts about one person and one about another."""
    case = new_case()
    told_ = report(
        who=personal("甲野 花", of=f"{case[-6:]}-A"),
        present=[personal("甲野 花（代表）", of=f"{case[-6:]}-A")],
        other=personal("乙野 月", of=f"{case[-6:]}-B"),
    )
    await records.append(append(case, 0, told_))
    return case


async def test_many_at_once_are_given_one_key(writer: asyncpg.Pool) -> None:
    given = await asyncio.gather(*(person_keys(writer, HERE, ["P-77", "P-78"]) for _ in range(8)))
    assert {(keys["P-77"], keys["P-78"]) for keys in given} == {
        (given[0]["P-77"], given[0]["P-78"])
    }
    elsewhere = await person_keys(writer, ELSEWHERE, ["P-77"])
    assert elsewhere["P-77"].key != given[0]["P-77"].key


async def test_a_text_without_its_key_is_unreadable(
    case: str, owner: asyncpg.Connection, auditor: asyncpg.Pool
) -> None:
    await owner.execute("delete from kyodo.person_key where of = $1", f"{case[-6:]}-A")
    (event_,) = await told(auditor, case)
    assert (event_["who"]["text"], event_["present"][0]["text"]) == (None, None)
    assert event_["who"]["sealed"]
    assert event_["other"]["text"] == "乙野 月"
    kept = await owner.fetch(
        "select of, sealed, cipher from kyodo.personal where case_id = $1", case
    )
    for row in kept:
        with pytest.raises(Malformed):
            decrypt(secrets.token_bytes(KEY_BYTES), row["of"], row["sealed"], row["cipher"])


async def test_a_key_opens_no_text_of_another_person(
    case: str, writer: asyncpg.Pool, owner: asyncpg.Connection
) -> None:
    one, other = f"{case[-6:]}-A", f"{case[-6:]}-B"
    keys = await person_keys(writer, HERE, [one, other])
    rows = await owner.fetch(
        "select of, sealed, cipher from kyodo.personal where case_id = $1", case
    )
    assert len(rows) == 3
    for row in rows:
        mine, strangers = (keys[row["of"]], keys[other if row["of"] == one else one])
        assert decrypt(mine.key, row["of"], row["sealed"], row["cipher"]).text.startswith(
            ("甲", "乙")
        )
        with pytest.raises(Malformed):
            decrypt(strangers.key, row["of"], row["sealed"], row["cipher"])


SWAPS = {
    "the key of another person": """
        update kyodo.personal p set key_id = k.id from kyodo.person_key k
        where p.case_id = $1 and p.of <> k.of and left(k.of, 6) = left(p.of, 6)""",
    "another text of the same person": """
        update kyodo.personal p set cipher = q.cipher from kyodo.personal q
        where p.case_id = $1 and q.case_id = $1 and p.of = q.of and p.sealed <> q.sealed""",
    "a byte of the text": """
        update kyodo.personal set cipher = set_byte(cipher, 20, get_byte(cipher, 20) # 1)
        where case_id = $1""",
}


@pytest.mark.parametrize("what", SWAPS)
async def test_nothing_is_put_in_the_place_of_a_text_unseen(
    case: str, owner: asyncpg.Connection, what: str
) -> None:
    work = owner.transaction(isolation="repeatable_read")
    await work.start()
    await owner.execute("alter table kyodo.personal disable trigger all")
    await owner.execute(SWAPS[what], case)
    found = await verify(OnlyConnection.of(owner), case)
    with pytest.raises(Malformed, match="暗号が記録時と違います"):
        await told(OnlyConnection.of(owner), case)
    await work.rollback()
    assert found.fault is not None
    assert (found.fault.field, found.fault.number) == ("personal", 1)


@pytest.mark.parametrize("replica", [False, True], ids=["", "as a replica"])
@pytest.mark.parametrize(
    "statement",
    [
        "update kyodo.person_key set key = sha256('mine')",
        "update kyodo.person_key set of = of",
        "truncate kyodo.person_key",
    ],
)
@pytest.mark.usefixtures("case")
async def test_a_key_is_never_changed_not_even_by_the_owner(
    owner: asyncpg.Connection, statement: str, *, replica: bool
) -> None:
    async with owner.transaction():
        await owner.execute(
            f"set local session_replication_role = {'replica' if replica else 'origin'}"
        )
        with pytest.raises(asyncpg.RestrictViolationError, match="追記のみ"):
            async with owner.transaction():
                await owner.execute(statement)


async def test_under_a_key_that_was_destroyed_nothing_is_written(
    writer: asyncpg.Pool, owner: asyncpg.Connection, records: Records, auditor: asyncpg.Pool
) -> None:
    case, person = new_case(), "P-88"
    request = append(case, 0, report(who=personal("丙野 星", of=person)))
    entry = prepare(request)
    entry.seal(await person_keys(writer, HERE, [person]))
    await owner.execute("delete from kyodo.person_key where of = $1", person)
    with pytest.raises(KeyDestroyed):
        await Appender(writer).append(entry)
    assert await owner.fetchval("select count(*) from kyodo.event where case_id = $1", case) == 0
    await records.append(request)  # which asks for a key of its own
    assert (await told(auditor, case))[0]["who"]["text"] == "丙野 星"


async def test_a_key_that_is_being_destroyed_is_waited_for(
    writer: asyncpg.Pool, owner: asyncpg.Connection
) -> None:
    case, person = new_case(), "P-89"
    entry = prepare(append(case, 0, report(who=personal("丁野 雪", of=person))))
    entry.seal(await person_keys(writer, HERE, [person]))
    async with owner.transaction():
        await owner.execute("delete from kyodo.person_key where of = $1", person)
        appending = asyncio.create_task(Appender(writer).append(entry))
        await asyncio.sleep(0.2)
        assert not appending.done()
    with pytest.raises(KeyDestroyed):
        await appending


def test_equal_texts_are_not_seen_to_be_equal() -> None:
    key = PersonKey(UUID(int=0), secrets.token_bytes(KEY_BYTES))
    text = Secret("P-1", bytes(16), "甲野 花")
    first, second = key.encrypt(text), key.encrypt(text)
    assert first[:12] != second[:12]
    assert first[12:] != second[12:]
    assert text.text.encode() not in first
    assert decrypt(key.key, "P-1", bytes.fromhex(text.sealed), first) == text
