"""A sample is drawn by a signed root and the auditor's word, the same by whoever draws it."""

from hashlib import sha256

import asyncpg
import pytest

from store.audit.desk import Desk
from store.audit.projector import Projector
from store.audit.sampling import NoSample, Sample, sample
from store.database import open_pool
from store.proof.log import Signing
from store.proof.notes import Signer
from store.records import Records
from store.sequencer import Sequencer
from tests.store.audit.conftest import rules_of
from tests.store.examples import VIEWER, append, event, new_case, report

KEY = Signer.make("city.example/kyodo")


@pytest.fixture(scope="module")
async def desk(
    url: str, records: Records, sequencer_pool: asyncpg.Pool, auditor: asyncpg.Pool
) -> Desk:
    for place in ("341002", "342025"):
        for _ in range(20):
            await records.append(append(new_case(place), 0, report(), event()))
    await Sequencer(sequencer_pool, signing=Signing(KEY)).catch_up()
    await records.append(append(new_case()))  # not under the head
    async with open_pool(url, "kyodo_projector") as pool:
        await Projector(pool, rules_of).catch_up()
    return Desk(auditor)


def places(drawn: Sample) -> list[tuple[str, int]]:
    return [(act.case, act.number) for act in drawn.acts]


async def test_anyone_draws_the_same_sample_again(desk: Desk, owner: asyncpg.Connection) -> None:
    drawn = await sample(desk, VIEWER, 7, word="さいころ 3 5 1")
    assert (drawn.size, drawn.population, len(drawn.acts)) == (80, 80, 7)
    root = await owner.fetchval("select root from kyodo.checkpoint where size = 80")
    rows = await owner.fetch("select case_id, number from kyodo.log where position <= 80")

    def by_hand(row: asyncpg.Record) -> str:
        text = f"{root.hex()}\nさいころ 3 5 1\n{row['case_id']}\n{row['number']}\n"
        return sha256(text.encode()).hexdigest()

    expected = sorted(rows, key=by_hand)[:7]
    assert places(drawn) == [(row["case_id"], row["number"]) for row in expected]
    assert await sample(desk, VIEWER, 7, word="さいころ 3 5 1", head=80) == drawn


async def test_another_word_draws_another_sample(desk: Desk) -> None:
    one, other = [await sample(desk, VIEWER, 10, word=word) for word in ("甲", "乙")]
    assert places(one) != places(other)


async def test_a_larger_sample_begins_with_the_smaller(desk: Desk) -> None:
    few, many = [await sample(desk, VIEWER, most) for most in (5, 20)]
    assert places(many)[:5] == places(few)


async def test_the_population_can_be_bounded(desk: Desk) -> None:
    drawn = await sample(desk, VIEWER, 100, municipality="342025", kinds=("ImprovementOrdered",))
    assert drawn.population == 20
    assert {(act.case.split("-")[1], act.kind) for act in drawn.acts} == {
        ("342025", "ImprovementOrdered")
    }


@pytest.mark.parametrize("asked", [{"kinds": ("Nothing",)}, {"head": 3}])
async def test_where_there_is_nothing_to_draw_it_is_said(
    desk: Desk, asked: dict[str, object]
) -> None:
    with pytest.raises(NoSample, match="ありません"):
        await sample(desk, VIEWER, 5, **asked)  # type: ignore[arg-type]
