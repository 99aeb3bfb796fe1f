"""The case of a dispute in SQL: seen by its parties and by whoever has authority, under Japanese words."""

import asyncpg
import pytest

from domain.bodies import MINISTER
from domain.record import Append
from store.audit.projector import Projector
from store.database import open_pool
from store.records import Records
from store.sequencer import Sequencer
from store.verify import verify
from tests.embedded import Embedded
from tests.law import quarrel
from tests.law.league import FUCHU, KEN, KURE, OKAYAMA, RULEBOOK, SHI
from tests.law.quarrel import Story
from tests.store.examples import digest_of

LOCAL, STATE = f"紛争-{KURE}-0007", f"紛争-{MINISTER}-0007"
STORIES: dict[str, Story] = {
    LOCAL: quarrel.completed(KURE, SHI),
    STATE: quarrel.established(*quarrel.TWO),
}


@pytest.fixture(scope="module")
async def entered(url: str, records: Records, sequencer_pool: asyncpg.Pool) -> None:
    """Both cases in the record and projected."""
    for case, story in STORIES.items():
        events = quarrel.history(story)
        await records.append(
            Append(
                case=case,
                expected=0,
                command_id="c-1",
                command_digest=digest_of(case),
                events=[event.model_dump_json() for event in events],
                open=True,
            )
        )
    await Sequencer(sequencer_pool).catch_up()
    async with open_pool(url, "kyodo_projector") as pool:
        await Projector(pool, RULEBOOK.rules).catch_up()


@pytest.mark.parametrize(
    ("place", "cases"),
    [
        (KURE, {LOCAL, STATE}),
        (SHI, {LOCAL}),
        (KEN, {LOCAL, STATE}),
        (MINISTER, {STATE}),
        (FUCHU, set[str]()),
        (OKAYAMA, set[str]()),
    ],
)
async def test_the_parties_and_whoever_has_authority_see_the_whole_case_and_nobody_else(
    place: str, cases: set[str], entered: None, server: Embedded, owner: asyncpg.Connection
) -> None:
    assert entered is None
    login, database = f"quarrel_{place}", await owner.fetchval("select current_database()")
    await owner.execute(f"create role {login} login in role kyodo_auditor")
    await owner.execute("insert into kyodo.reach values ($1, $2, true)", login, place)
    try:
        connection = await asyncpg.connect(server.url_of(database, login))
        rows = await connection.fetch("select 事案, 版 from audit.行為")
        await connection.close()
    finally:
        await owner.execute(f"drop role {login}")
    whole = {(case, at + 1) for case in cases for at in range(len(quarrel.history(STORIES[case])))}
    assert {(row[0], row[1]) for row in rows} == whole


async def test_commissioners_and_the_minister_are_named_in_japanese(
    entered: None, owner: asyncpg.Connection
) -> None:
    assert entered is None
    rows = await owner.fetch("select distinct 役割 from audit.行為")
    assert {row[0] for row in rows} == {"市町村長", "担当職員", "自治紛争処理委員"}
    names = await owner.fetch("select distinct 団体名 from audit.行為")
    assert {row[0] for row in names} == {"呉市", "総務大臣"}


async def test_the_record_of_a_dispute_verifies(entered: None, auditor: asyncpg.Pool) -> None:
    assert entered is None
    assert (await verify(auditor)).sound
