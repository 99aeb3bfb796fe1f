"""Several governments and one case: each sees what is shared and its own, and nothing of the others'.

Three governments own a case that 広島県 keeps; 広島市 also keeps a case of its own with 呉市, and
there are the cases of one municipality as before. What a viewer may see is computed here from the
events themselves and compared on every path: tables, views, functions, the desk, search, proofs.
"""

from collections.abc import AsyncGenerator, Sequence
from datetime import date
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from domain.acts import Command
from domain.ordinance import Rules
from domain.record import Append, municipality_of
from domain.registry import institution_for
from store.audit.cases import cases, history
from store.audit.desk import Desk, Viewer
from store.audit.exports.rows import acts
from store.audit.projector import Projector
from store.audit.search import Filter, find
from store.audit.standing import standings
from store.database import connect, open_pool
from store.guards import check_guards
from store.proof.log import Signing
from store.proof.notes import Signer
from store.proof.pack import Order, PackError, write_pack
from store.records import Records
from store.sequencer import Sequencer
from store.verify import verify
from tests.embedded import Embedded
from tests.law import cast, league
from tests.law.example import RULES
from tests.law.league import FUCHU, KEN, KURE, OKAYAMA, SHI, Story, but, decided, entered
from tests.law.league_acts import DISPATCH, POST, ROLE, SUBSTITUTE
from tests.store.examples import digest_of
from tests.store.proof.moments import NOON

KEY = Signer.make("city.example/kyodo")
THREE = (KEN, SHI, FUCHU)
SHARED, OTHER = f"協約-{KEN}-0001", f"協約-{SHI}-0002"
HIROSHIMA, OKAYAMAS = f"指定-{SHI}-0001", f"指定-{OKAYAMA}-0001"
PLACES = (KEN, SHI, KURE, FUCHU, OKAYAMA)
SCOPES = [*chain.from_iterable(combinations(PLACES, size) for size in (1, 2, 3))]
"""Every login of one, two or three governments."""
AGREED: Story = [
    *league.concluded(*THREE),
    but(POST, **entered(FUCHU, POST.on)),
    DISPATCH,
    ROLE,
]
PENDING: Story = [
    *league.consulting(SHI, KURE),
    but(SUBSTITUTE, **decided(SHI, date(2025, 12, 1))),
    *league.before_council(KURE, league.V1)[:2],
]
"""Its last act is 呉市's own, in a file that 広島市 keeps."""
STORIES: dict[str, Sequence[Any]] = {
    SHARED: AGREED,
    OTHER: PENDING,
    HIROSHIMA: cast.under_order(),
    OKAYAMAS: cast.applied(),
}


def rules_of(code: str) -> Rules:
    """The packaged and the tests' own profiles."""
    return league.RULEBOOK.rules(code)


async def _enter(records: Records, case: str, commands: Sequence[Command]) -> None:
    institution = institution_for(case)
    file, number = institution.decider.initial, 0
    for command in commands:
        party = institution.judged_by(command)
        rules = league.RULEBOOK.rules(party) if party else RULES
        events = institution.decider.decide(command, file, rules)
        file = institution.decider.fold(events, file)
        await records.append(
            Append(
                case=case,
                expected=number,
                command_id=f"c-{number + 1}",
                command_digest=digest_of(command.model_dump_json()),
                events=[event.model_dump_json() for event in events],
                open=institution.is_open(file),
            )
        )
        number += len(events)


@pytest.fixture(scope="module")
async def whole(
    url: str, records: Records, sequencer_pool: asyncpg.Pool, owner: asyncpg.Connection
) -> list[asyncpg.Record]:
    """Everything the record holds, as its owner reads it."""
    for case, story in STORIES.items():
        await _enter(records, case, story)
    await Sequencer(sequencer_pool, signing=Signing(KEY)).catch_up()
    async with open_pool(url, "kyodo_projector") as pool:
        await Projector(pool, rules_of).catch_up()
    return await owner.fetch(
        "select case_id, number, body, reserved_to from kyodo.event order by case_id, number"
    )


@pytest.fixture(scope="module")
async def logins(
    whole: list[asyncpg.Record], server: Embedded, owner: asyncpg.Connection
) -> AsyncGenerator[dict[tuple[str, ...], asyncpg.Pool]]:
    """A pool of connections for each scope."""
    assert whole
    database = await owner.fetchval("select current_database()")
    pools: dict[tuple[str, ...], asyncpg.Pool] = {}
    for at, places in enumerate(SCOPES):
        login = f"parties_{at}"
        await owner.execute(f"create role {login} login in role kyodo_auditor")
        for place in places:
            await owner.execute("insert into kyodo.reach values ($1, $2, true)", login, place)
        pools[places] = await asyncpg.create_pool(
            server.url_of(database, login), min_size=0, max_size=1
        )
    yield pools
    for pool in pools.values():
        await pool.close()
    for at in range(len(SCOPES)):
        await owner.execute(f"drop role parties_{at}")


Key = tuple[str, int]


def owners_of(case: str) -> set[str]:
    """Who owns a case: whoever keeps its file, and its parties."""
    return {municipality_of(case)} | {SHARED: set(THREE), OTHER: {SHI, KURE}}.get(case, set())


def seen_by(places: Sequence[str], whole: Sequence[asyncpg.Record]) -> set[Key]:
    """What a viewer of these governments may see, by the events themselves."""
    return {
        (row["case_id"], row["number"])
        for row in whole
        if owners_of(row["case_id"]) & set(places) and row["reserved_to"] in (None, *places)
    }


def test_the_record_holds_acts_of_every_kind_of_sight(whole: list[asyncpg.Record]) -> None:
    reserved = {row["reserved_to"] for row in whole}
    assert reserved == {None, *THREE, KURE}
    assert {row["case_id"] for row in whole} == set(STORIES)


@pytest.mark.parametrize("places", SCOPES, ids="-".join)
async def test_every_table_and_view_shows_what_is_shared_and_its_own(
    places: tuple[str, ...],
    logins: dict[tuple[str, ...], asyncpg.Pool],
    whole: list[asyncpg.Record],
) -> None:
    wanted = seen_by(places, whole)
    mine = {case for case in STORIES if owners_of(case) & set(places)}
    async with logins[places].acquire() as connection:
        for table in ("event", "log", "act"):
            rows = await connection.fetch(f"select case_id, number from kyodo.{table}")
            assert {(row[0], row[1]) for row in rows} == wanted, table
        for table in ("standing", "deadline", "personal"):
            rows = await connection.fetch(f"select case_id, number from kyodo.{table}")
            assert {(row[0], row[1]) for row in rows} <= wanted, table
            assert {row[0] for row in rows} <= mine, table
        for table in ("head", "party"):
            rows = await connection.fetch(f"select case_id from kyodo.{table}")
            known = mine if table == "head" else {SHARED, OTHER} & mine
            assert {row[0] for row in rows} == known, table
        for view in ("行為", "理由"):
            rows = await connection.fetch(f"select distinct 事案, 版 from audit.{view}")
            assert {(row[0], row[1]) for row in rows} <= wanted, view
        rows = await connection.fetch("select 事案, 版 from audit.行為")
        assert {(row[0], row[1]) for row in rows} == wanted
        rows = await connection.fetch("select 事案 from audit.事案")
        assert {row[0] for row in rows} == mine
        rows = await connection.fetch("select 事案 from audit.事案_その日('2030-01-01')")
        assert {row[0] for row in rows} == mine
        found = await connection.fetch("select 事案, 版 from audit.行為_語句('議決を求める')")
        assert {(row[0], row[1]) for row in found} == wanted & _written(whole, "議決を求める")
        hidden = await connection.fetch("select case_id, number from kyodo.withheld()")
        all_of_mine = {(r["case_id"], r["number"]) for r in whole if r["case_id"] in mine}
        assert {(row[0], row[1]) for row in hidden} == all_of_mine - wanted
        counted = await connection.fetchval(
            "select acts from kyodo.count_acts('{}', array[]::text[])"
        )
        assert counted == len(wanted)


def _written(whole: Sequence[asyncpg.Record], phrase: str) -> set[Key]:
    return {(row["case_id"], row["number"]) for row in whole if phrase in row["body"]}


@pytest.mark.parametrize("places", SCOPES, ids="-".join)
async def test_persons_and_their_keys_are_seen_with_the_acts_that_name_them(
    places: tuple[str, ...],
    logins: dict[tuple[str, ...], asyncpg.Pool],
    owner: asyncpg.Connection,
) -> None:
    mine = {case for case in STORIES if owners_of(case) & set(places)}
    texts = await owner.fetch("select case_id, key_id from kyodo.personal")
    async with logins[places].acquire() as connection:
        seen = await connection.fetch("select case_id, key_id from kyodo.personal")
        keys = await connection.fetch("select id from kyodo.person_key")
    assert {row["case_id"] for row in seen} == {row["case_id"] for row in texts} & mine
    assert {row["key_id"] for row in seen} <= {row["id"] for row in keys}
    elsewhere = {row["key_id"] for row in texts if row["case_id"] not in mine}
    assert not elsewhere & {row["id"] for row in keys}


@pytest.mark.parametrize("places", [*combinations(PLACES, 1), (KEN, FUCHU), PLACES])
async def test_a_viewer_narrowed_to_governments_sees_as_a_login_for_them_does(
    places: tuple[str, ...], auditor: asyncpg.Pool, whole: list[asyncpg.Record]
) -> None:
    desk, viewer = Desk(auditor), Viewer("K-1", "定期監査", frozenset(places))
    wanted = seen_by(places, whole)
    mine = {case for case in STORIES if owners_of(case) & set(places)}
    assert {line.case for line in await cases(desk, viewer)} == mine
    for case in STORIES:
        lines = await history(desk, viewer, case)
        assert {(case, line.recorded.number) for line in lines} == {
            key for key in wanted if key[0] == case
        }
    found = await find(desk, viewer, Filter(), limit=10_000)
    assert {(act.case, act.number) for act in found} == wanted
    exported = {(act.case, act.number) async for act in acts(desk, viewer)}
    assert exported == wanted
    assert {one.case for one in await standings(desk, viewer, rules_of)} == mine


async def test_a_case_whose_last_act_is_anothers_own_is_listed_by_the_last_one_seen(
    auditor: asyncpg.Pool, whole: list[asyncpg.Record]
) -> None:
    assert whole
    desk = Desk(auditor)
    (shi,) = [c for c in await cases(desk, _one(SHI)) if c.case == OTHER]
    (kure,) = [c for c in await cases(desk, _one(KURE)) if c.case == OTHER]
    assert (shi.last_kind, kure.last_kind) == ("DecidedForCouncil", "BillApproved")
    assert [c.case for c in await cases(desk, _one(KURE), KURE)] == [OTHER]


def _one(place: str) -> Viewer:
    return Viewer("K-1", "定期監査", frozenset([place]))


@pytest.mark.parametrize("places", [(KEN,), (SHI,), (KURE,), (KEN, OKAYAMA), THREE])
async def test_a_party_verifies_what_it_sees_past_what_it_does_not(
    places: tuple[str, ...], logins: dict[tuple[str, ...], asyncpg.Pool]
) -> None:
    report = await verify(logins[places])
    assert report.sound, f"{report}"
    assert report.events > 0
    if SHARED in _files(places):
        one = await verify(logins[places], SHARED)
        assert one.sound, f"{one}"


def _files(places: Sequence[str]) -> set[str]:
    return {case for case in STORIES if owners_of(case) & set(places)}


async def test_the_whole_record_is_sound_and_its_guards_stand(auditor: asyncpg.Pool) -> None:
    report = await verify(auditor)
    assert report.sound, f"{report}"
    assert not [one for one in report.remarks if "内部" in one]
    await check_guards(auditor)


@pytest.mark.parametrize(
    ("attack", "field"),
    [
        ("update kyodo.event set reserved_to = null where kind = 'BillDrafted'", "reserved_to"),
        (
            "update kyodo.event set reserved_to = '342025' where kind = 'TextFixed'",
            "reserved_to",
        ),
        ("insert into kyodo.party values ('{case}', '331007')", "party"),
    ],
)
async def test_who_may_see_an_act_is_not_changed_unseen(
    attack: str, field: str, url: str, auditor: asyncpg.Pool, whole: list[asyncpg.Record]
) -> None:
    assert whole
    async with connect(url) as owner:
        await owner.execute("alter table kyodo.event disable trigger user")
        saved = await owner.fetch("select case_id, number, reserved_to from kyodo.event")
        try:
            await owner.execute(attack.replace("{case}", SHARED))
            report = await verify(auditor)
            assert report.fault is not None
            assert report.fault.field == field
        finally:
            await owner.executemany(
                "update kyodo.event set reserved_to = $3 where case_id = $1 and number = $2",
                [tuple(row) for row in saved],
            )
            await owner.execute("alter table kyodo.party disable trigger user")
            await owner.execute("delete from kyodo.party where municipality = '331007'")
            for table, name in (
                ("party", "nothing_changes"),
                ("event", "nothing_changes"),
                ("event", "only_disposal"),
                ("event", "note_parties"),
            ):
                await owner.execute(f"alter table kyodo.{table} enable always trigger {name}")
    assert (await verify(auditor)).sound


async def test_the_deadlines_of_agreements_are_told_with_their_reasons(
    owner: asyncpg.Connection, whole: list[asyncpg.Record]
) -> None:
    wanted: set[tuple[object, ...]] = set()
    for case in (SHARED, OTHER):
        institution = institution_for(case)
        bodies = [row["body"] for row in whole if row["case_id"] == case]
        events = [institution.event.validate_json(body) for body in bodies]
        dues = institution.dues(institution.decider.fold(events), rules_of(KEN))
        found = [due.deadline for due in dues]
        wanted |= {(case, one.title, one.day, "\n".join(one.explain())) for one in found}
    told = await owner.fetch(
        "select 事案, 期限の名, 期限, 説明 from audit.期限 where 事案 like '協約%'"
    )
    assert {tuple(row) for row in told} == wanted
    assert len(wanted) == 2


@pytest.mark.parametrize("reserved", [None, SHI, KURE])
async def test_a_deadline_is_seen_as_the_act_that_opened_it(
    logins: dict[tuple[str, ...], asyncpg.Pool],
    owner: asyncpg.Connection,
    whole: list[asyncpg.Record],
    reserved: str | None,
) -> None:
    assert whole
    reserve = "update kyodo.deadline set reserved_to = $1 where case_id = $2"
    everything = {row[0] for row in await owner.fetch("select 事案 from audit.期限")}
    assert everything == set(STORIES)
    await owner.execute(reserve, reserved, OTHER)
    try:
        for places, login in logins.items():
            wanted = {case for case in STORIES if owners_of(case) & set(places)}
            if reserved not in (None, *places):
                wanted -= {OTHER}
            seen = await login.fetch("select 事案, 定めた行為, 説明 from audit.期限")
            assert {row["事案"] for row in seen} == wanted
            assert all(row["定めた行為"] and row["説明"] for row in seen)
    finally:
        await owner.execute(reserve, None, OTHER)


async def test_parties_are_named_by_shared_acts_only(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch("select case_id, municipality from kyodo.party order by 1, 2")
    assert {(row[0], row[1]) for row in rows} == {
        *((SHARED, code) for code in THREE),
        (OTHER, SHI),
        (OTHER, KURE),
    }


async def test_a_pack_with_links_that_its_maker_may_not_see_is_not_made(
    auditor: asyncpg.Pool, whole: list[asyncpg.Record], tmp_path: Path
) -> None:
    assert whole
    desk, order = Desk(auditor), Order("case", OTHER, KEY.verifier, NOON, {})
    with pytest.raises(PackError, match="内部の行為"):
        await write_pack(desk, _one(SHI), order, tmp_path / "shi.zip")
    both = Viewer("K-1", "定期監査", frozenset([SHI, KURE]))
    made = await write_pack(desk, both, order, tmp_path / "both.zip")
    assert made.events == sum(row["case_id"] == OTHER for row in whole)
