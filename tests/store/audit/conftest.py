"""A record of three municipalities, sequenced and projected."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest

from domain.ordinance import Rules
from store.audit.desk import Desk
from store.audit.projector import Projector
from store.database import open_pool
from store.records import Records
from store.sequencer import Sequencer
from tests.law import cast
from tests.law.example import RULES
from tests.store.audit.office import Office

HERE, THERE, BEYOND = "341002", "342025", "342076"
ORDERED, VIOLATED, APPLYING, ELSEWHERE = (
    f"指定-{place}-{serial}"
    for place, serial in ((HERE, "01"), (HERE, "02"), (THERE, "01"), (BEYOND, "01"))
)


def rules_of(_: str) -> Rules:
    """Every municipality of the tests has the rules of 例示市."""
    return RULES


@pytest.fixture(scope="module")
async def projector_pool(url: str) -> AsyncGenerator[asyncpg.Pool]:
    async with open_pool(url, "kyodo_projector") as pool:
        yield pool


@pytest.fixture(scope="module")
async def office(
    records: Records, sequencer_pool: asyncpg.Pool, projector_pool: asyncpg.Pool
) -> Office:
    """Four cases: under order, with a violated order, applying, and one elsewhere."""
    office = Office(records)
    await office.enter(ORDERED, *cast.under_order())
    await office.enter(APPLYING, *cast.correcting())
    await office.enter(VIOLATED, *cast.violated())
    await office.enter(ELSEWHERE, *cast.designated())
    await Sequencer(sequencer_pool).catch_up()
    await Projector(projector_pool, rules_of).catch_up()
    return office


@pytest.fixture(scope="module")
def desk(auditor: asyncpg.Pool) -> Desk:
    return Desk(auditor)
