"""The tree grows with the log, its heads are signed, and no head is signed that does not follow."""

from collections.abc import AsyncGenerator
from pathlib import Path

import asyncpg
import pytest

from store.database import connect, open_pool
from store.errors import LogAltered
from store.proof.checkpoints import Checkpoint
from store.proof.log import Signing
from store.proof.merkle import leaf, root_from_inclusion, roots_from_consistency
from store.proof.notes import Note, Signer
from store.proof.tiles import Proofs, root_of
from store.records import Records
from store.sequencer import Sequencer
from tests.store.examples import append, new_case, report
from tests.store.proof.test_merkle import mth

KEY = Signer.make("city.example/kyodo")
SIZES = (1, 2, 255, 256, 257, 700)


@pytest.fixture
async def writing(fresh_url: str) -> AsyncGenerator[Records]:
    async with open_pool(fresh_url, "kyodo_writer") as pool:
        yield Records(pool)


async def add(records: Records, events: int) -> None:
    await records.append(append(new_case(), 0, *[report()] * events))


async def entries(pool: asyncpg.Pool) -> list[bytes]:
    return [row[0] for row in await pool.fetch("select hash from kyodo.log order by position")]


async def newest(pool: asyncpg.Pool) -> Note:
    return Note.read(await pool.fetchval("select note from kyodo.checkpoint order by size desc"))


async def test_every_head_is_signed_and_is_that_of_the_definition(
    writing: Records, fresh: asyncpg.Pool
) -> None:
    at = 0
    for size in SIZES:
        await add(writing, size - at)
        at = size
        await Sequencer(fresh, signing=Signing(KEY)).catch_up()  # each time from the tables alone
    leaves = [leaf(each) for each in await entries(fresh)]
    rows = await fresh.fetch("select size, root, note from kyodo.checkpoint order by size")
    assert [row["size"] for row in rows] == [*SIZES]
    for row in rows:
        note = Note.read(row["note"])
        assert note.signed_by(KEY.verifier)
        assert Checkpoint.read(note.text) == Checkpoint(KEY.name, row["size"], row["root"])
        assert row["root"] == mth(leaves[: row["size"]])


async def test_one_sequencer_grows_the_same_tree_as_many(
    writing: Records, fresh: asyncpg.Pool
) -> None:
    await add(writing, 300)
    await Sequencer(fresh, batch=7, signing=Signing(KEY)).catch_up()
    head = Checkpoint.read((await newest(fresh)).text)
    assert head.root == mth([leaf(each) for each in await entries(fresh)])
    assert await fresh.fetchval("select count(*) from kyodo.tile") == 1


async def test_a_log_from_before_the_tree_is_caught_up(
    writing: Records, fresh: asyncpg.Pool, fresh_url: str
) -> None:
    await add(writing, 600)
    await Sequencer(fresh).catch_up()
    async with connect(fresh_url) as owner:
        await owner.execute("alter table kyodo.tile disable trigger all; delete from kyodo.tile")
    await Sequencer(fresh, signing=Signing(KEY)).catch_up()
    await add(writing, 1)
    await Sequencer(fresh, signing=Signing(KEY)).catch_up()
    head = Checkpoint.read((await newest(fresh)).text)
    assert head.size == 601
    assert head.root == mth([leaf(each) for each in await entries(fresh)])


async def test_proofs_of_any_event_and_any_size_hold(writing: Records, fresh: asyncpg.Pool) -> None:
    await add(writing, 600)
    await Sequencer(fresh).catch_up()
    leaves = [leaf(each) for each in await entries(fresh)]
    async with fresh.acquire() as connection:
        for size in (1, 3, 256, 300, 512, 600):
            root = await root_of(connection, size)
            assert root == mth(leaves[:size])
            for index in {0, size // 2, size - 1}:
                proof = await Proofs(connection).inclusion(index, size)
                assert root_from_inclusion(leaves[index], index, size, proof) == root
            proof = await Proofs(connection).consistency(size, 600)
            roots = roots_from_consistency(size, 600, root, proof)
            assert roots == (root, mth(leaves))
        with pytest.raises(LookupError, match="足りません"):
            await root_of(connection, 601)


async def set_back(owner: asyncpg.Connection, size: int) -> None:
    """What a restored backup looks like, but for its triggers."""
    for table in ("event", "head", "log", "checkpoint", "tile", "progress"):
        await owner.execute(f"alter table kyodo.{table} disable trigger all")
    await owner.execute("delete from kyodo.checkpoint where size > $1", size)
    await owner.execute("delete from kyodo.event where seq > $1", size)
    await owner.execute("delete from kyodo.log where position > $1", size)
    await owner.execute("update kyodo.progress set settled = $1", size)


async def test_nothing_is_signed_where_the_database_was_set_back(
    writing: Records, fresh: asyncpg.Pool, fresh_url: str, tmp_path: Path
) -> None:
    memory = tmp_path / "log.seen"
    await add(writing, 3)
    await Sequencer(fresh, signing=Signing(KEY, memory)).catch_up()
    await add(writing, 2)
    await Sequencer(fresh, signing=Signing(KEY, memory)).catch_up()
    async with connect(fresh_url) as owner:
        await set_back(owner, 3)
    with pytest.raises(LogAltered, match="控えの検認は 5 件、台帳は 3 件"):
        await Sequencer(fresh, signing=Signing(KEY, memory)).catch_up()
    await add(writing, 4)  # as many events again, but others
    with pytest.raises(LogAltered, match="控えの検認は 5 件、台帳は 3 件"):
        await Sequencer(fresh, signing=Signing(KEY, memory)).catch_up()


async def test_nothing_is_signed_where_the_log_was_changed(
    writing: Records, fresh: asyncpg.Pool, fresh_url: str
) -> None:
    await add(writing, 3)
    await Sequencer(fresh, signing=Signing(KEY)).catch_up()
    async with connect(fresh_url) as owner:
        await owner.execute("alter table kyodo.log disable trigger all")
        await owner.execute("update kyodo.log set hash = sha256('x') where position = 2")
    with pytest.raises(LogAltered, match="初めの 3 件が記録の検認と違います"):
        await Sequencer(fresh, signing=Signing(KEY)).catch_up()


async def test_nothing_is_signed_on_top_of_a_head_of_another_key(
    writing: Records, fresh: asyncpg.Pool
) -> None:
    await add(writing, 3)
    await Sequencer(fresh, signing=Signing(KEY)).catch_up()
    with pytest.raises(LogAltered, match="この鍵の署名がありません"):
        await Sequencer(fresh, signing=Signing(Signer.make(KEY.name))).catch_up()
    with pytest.raises(LogAltered, match="別の台帳"):
        await Sequencer(fresh, signing=Signing(Signer.make("other.example/kyodo"))).catch_up()


async def test_a_head_is_remembered_only_once_it_is_committed(
    writing: Records, fresh: asyncpg.Pool, fresh_url: str, tmp_path: Path
) -> None:
    memory = tmp_path / "log.seen"
    await add(writing, 3)
    async with connect(fresh_url) as owner:
        await owner.execute("alter table kyodo.progress rename to elsewhere")
        with pytest.raises(asyncpg.UndefinedTableError):
            await Sequencer(fresh, signing=Signing(KEY, memory)).catch_up()
        await owner.execute("alter table kyodo.elsewhere rename to progress")
    assert not memory.exists()
    await Sequencer(fresh, signing=Signing(KEY, memory)).catch_up()
    assert Checkpoint.read(Note.read(memory.read_text()).text).size == 3
