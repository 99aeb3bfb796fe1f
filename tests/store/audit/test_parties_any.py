"""Whatever events name parties and reserve acts: each viewer sees exactly what the rule says."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import asyncpg
import pytest

from domain.record import municipality_of
from store.audit.desk import Desk, Viewer
from store.database import open_pool
from store.proof.log import Signing
from store.proof.notes import Signer
from store.records import Records
from store.sequencer import Sequencer
from store.verify import verify
from tests.store.examples import append, report

KEY = Signer.make("city.example/kyodo")
PLACES = ("340006", "341002", "342025", "342076", "331007")
SEEDS = range(8)
SEEN = "select case_id, number from kyodo.{} where case_id = any ($1)"


@dataclass(frozen=True)
class Written:
    """An event as it was handed in: what it reserves, and whom it names."""

    case: str
    number: int
    reserved_to: str | None
    parties: tuple[str, ...]


async def _write(records: Records, seed: int) -> list[Written]:
    """Random events in random cases of random keepers, some of one government as before."""
    chance, written = Random(seed), list[Written]()  # noqa: S311 — tells no secret
    for serial in range(chance.randint(2, 5)):
        head = chance.choice(("協約", "協約", "紛争", "指定"))
        case = f"{head}-{chance.choice(PLACES[1:])}-{seed:03}{serial}"
        for number in range(1, chance.randint(2, 7)):
            one = _any_event(chance, case, number)
            more = {"reserved_to": one.reserved_to, "parties": [*one.parties] or None}
            await records.append(append(case, number - 1, report(**more)))
            written.append(one)
    return written


def _any_event(chance: Random, case: str, number: int) -> Written:
    if case.startswith("指定"):
        return Written(case, number, None, ())
    reserved = chance.choice((None, None, *PLACES))
    parties = tuple(chance.sample(PLACES, chance.randint(0, 3)))
    return Written(case, number, reserved, parties)


def _visible(written: Sequence[Written], places: frozenset[str]) -> set[tuple[str, int]]:
    """The rule: a case of mine, by its file or by a shared event; and nothing that is another's own."""
    mine = {one.case for one in written if municipality_of(one.case) in places}
    mine |= {one.case for one in written if one.reserved_to is None and places & set(one.parties)}
    return {
        (one.case, one.number)
        for one in written
        if one.case in mine and (one.reserved_to is None or one.reserved_to in places)
    }


@pytest.mark.parametrize("seed", SEEDS)
async def test_each_viewer_sees_what_the_rule_says_and_verifies_it(
    seed: int, records: Records, auditor: asyncpg.Pool, sequencer_pool: asyncpg.Pool
) -> None:
    written = await _write(records, seed)
    names = sorted({one.case for one in written})
    await Sequencer(sequencer_pool, signing=Signing(KEY)).catch_up()
    chance = Random(1_000 + seed)  # noqa: S311 — likewise
    for size in (1, 1, 2, 3, 5):
        places = frozenset(chance.sample(PLACES, size))
        wanted = _visible(written, places)
        viewer = Viewer("K-1", "定期監査", places)
        async with Desk(auditor).look(viewer, "照合") as connection:
            for table in ("event", "log"):
                rows = await connection.fetch(SEEN.format(table), names)
                assert {(row[0], row[1]) for row in rows} == wanted, (table, places)
            heads = await connection.fetch(
                "select case_id from kyodo.head where case_id = any ($1)", names
            )
            withheld = await connection.fetch(
                "select case_id, number from kyodo.withheld() where case_id = any ($1)", names
            )
        mine = {row[0] for row in heads}
        assert {case for case, _ in wanted} <= mine
        assert {(row[0], row[1]) for row in withheld} == {
            (one.case, one.number) for one in written if one.case in mine
        } - wanted
    assert (await verify(auditor)).sound


@pytest.mark.parametrize("place", PLACES)
async def test_each_government_verifies_its_part_past_what_it_may_not_see(
    place: str, url: str, records: Records, sequencer_pool: asyncpg.Pool
) -> None:
    await _write(records, 100 + PLACES.index(place))
    await Sequencer(sequencer_pool, signing=Signing(KEY)).catch_up()
    async with open_pool(url, "kyodo_auditor", municipality=place) as pool:
        told = await verify(pool)
    assert told.sound, f"{told}"
