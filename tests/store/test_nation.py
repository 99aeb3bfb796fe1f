"""The nation for benchmarks: made alike from one seed, lawful throughout, sound once loaded."""

import json
import subprocess
import sys
from collections.abc import Callable
from heapq import merge
from pathlib import Path

import asyncpg
import pytest

from activities.rulebook import Rulebook
from benchmarks.nation import Nation, NotEmpty, load, make
from benchmarks.nation.making import Table
from benchmarks.nation.words import ABSENT, PHRASE, SHORT
from domain.bodies import MINISTER
from domain.municipalities import municipalities
from domain.registry import DESIGNATION_FILES
from store.database import open_pool
from store.records import Records
from store.sequencer import Sequencer
from store.verify import verify
from tests.store.examples import append

EVENTS = 3_000
TABLES: tuple[Table, ...] = ("event", "head", "personal", "person_key")
Making = Callable[[int, int, int], Nation]

_LATE = "(recorded_at at time zone 'Asia/Tokyo')::date - on_day"
_LOST = """
select sum(most - number) from (
  select max(n) as most, count(*) as number from (
    select municipality, extract(year from on_day - interval '3 months') as year,
           substring(body::jsonb ->> 'document' from '第([0-9]+)号$')::integer as n
    from kyodo.event where body::jsonb ->> 'document' is not null) as numbered
  group by municipality, year) as series
"""
_TOO_SHORT = f"""
select count(*) from kyodo.event
where char_length(coalesce(body::jsonb ->> 'reasons', body::jsonb #>> '{{finding,reasons}}')) <= {SHORT}
"""


@pytest.fixture(scope="module")
def making(tmp_path_factory: pytest.TempPathFactory) -> Making:
    """Makes a nation of a seed in folders of its own, with so many processes and cases a run."""

    def made(seed: int, processes: int, cases: int) -> Nation:
        profiles, work = tmp_path_factory.mktemp("profiles"), tmp_path_factory.mktemp("work")
        return make(
            seed,
            EVENTS,
            profiles=profiles,
            work=work,
            processes=processes,
            cases_per_run=cases,
        )

    return made


@pytest.fixture(scope="module")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profiles")


@pytest.fixture(scope="module")
def nation(profiles: Path, tmp_path_factory: pytest.TempPathFactory) -> Nation:
    work = tmp_path_factory.mktemp("work")
    return make(1, EVENTS, profiles=profiles, work=work, processes=1)


@pytest.fixture(scope="module")
async def loaded(nation: Nation, url: str, sequencer_pool: asyncpg.Pool) -> Nation:
    """The nation, in the database of this file and in its log."""
    await load(url, nation)
    await Sequencer(sequencer_pool).catch_up()
    return nation


def rows(nation: Nation, table: Table) -> list[bytes]:
    """The rows of a table in the order in which they are loaded."""
    runs = [file.read_bytes().splitlines() for file in nation.files(table)]
    return [*merge(*runs)] if table == "event" else [row for run in runs for row in run]


# --- the same from the same seed ----------------------------------------------------------------


def test_one_seed_gives_one_nation_whoever_makes_which_part_of_it(
    nation: Nation, making: Making
) -> None:
    again = making(1, 2, 10)
    assert len(again.runs) > 1
    for table in TABLES:
        assert rows(again, table) == rows(nation, table)
    assert again.figures == nation.figures


def test_another_seed_gives_another_nation(nation: Nation, making: Making) -> None:
    other = making(2, 1, 100)
    assert not {*rows(other, "event")} & {*rows(nation, "event")}


def test_about_as_many_events_are_made_as_are_asked_for(nation: Nation) -> None:
    assert nation.figures.cases == EVENTS // 100
    assert nation.figures.events == pytest.approx(EVENTS, rel=0.25)


# --- the ordinances -----------------------------------------------------------------------------


def test_every_municipality_has_an_ordinance_that_a_rulebook_reads(
    nation: Nation, profiles: Path
) -> None:
    rulebook = Rulebook(profiles)
    codes = [one.code for one in municipalities()]
    assert len(codes) == 1_741
    assert rulebook.codes() == sorted([MINISTER, *codes])
    rules = [rulebook.rules(code) for code in codes]
    assert len({one.version for one in rules}) == len(codes)
    assert len({str(one.ordinance.report_period.values[-1].value) for one in rules}) > 5
    assert len({one.calendar.yearly for one in rules}) > 100
    assert nation.figures.municipalities.keys() <= {*codes}


@pytest.mark.usefixtures("loaded")
async def test_events_name_the_ordinance_they_were_judged_under(
    profiles: Path, owner: asyncpg.Connection
) -> None:
    rulebook = Rulebook(profiles)
    found = await owner.fetch("select distinct municipality, ordinance from kyodo.event")
    assert found
    for row in found:
        assert row["ordinance"] == rulebook.version(row["municipality"])


# --- the record ---------------------------------------------------------------------------------


async def test_the_loaded_record_is_sound(loaded: Nation, auditor: asyncpg.Pool) -> None:
    report = await verify(auditor)
    assert report.sound, report.fault
    assert (report.events, report.cases) == (loaded.figures.events, loaded.figures.cases)
    assert not report.remarks


async def test_every_case_folds_to_the_state_that_its_head_tells(
    loaded: Nation, owner: asyncpg.Connection
) -> None:
    heads = await owner.fetch("select case_id, number, open from kyodo.head")
    assert len(heads) == loaded.figures.cases
    assert sum(head["open"] for head in heads) == loaded.figures.open_cases
    assert {head["open"] for head in heads} == {True, False}
    for head in heads:
        bodies = await owner.fetch(
            "select body from kyodo.event where case_id = $1 order by number", head["case_id"]
        )
        events = [DESIGNATION_FILES.event.validate_json(row["body"]) for row in bodies]
        state = DESIGNATION_FILES.decider.fold(events)
        assert len(events) == head["number"]
        assert DESIGNATION_FILES.is_open(state) == head["open"]


async def test_moments_rise_with_the_global_order_and_follow_the_legal_days(
    loaded: Nation, owner: asyncpg.Connection
) -> None:
    found = await owner.fetchrow(
        f"""select count(*), min(seq), max(seq), count(distinct recorded_at) as moments,
                   bool_and(in_order) as in_order, min({_LATE}) as earliest
            from (select *, recorded_at > coalesce(lag(recorded_at) over (order by seq),
                                                   '-infinity') as in_order from kyodo.event) e"""
    )
    assert found
    events = loaded.figures.events
    assert (found["count"], found["min"], found["max"]) == (events, 1, events)
    assert found["moments"] == events
    assert found["in_order"]
    assert found["earliest"] == 0


async def test_a_loaded_case_can_be_appended_to(fresh_url: str, nation: Nation) -> None:
    await load(fresh_url, nation)
    async with open_pool(fresh_url, "kyodo_writer") as writer:
        head = await anext(Records(writer).open_cases())
        appended = await Records(writer).append(append(head.case, head.number))
        seq = await writer.fetchval("select max(seq) from kyodo.event")
    assert appended.first == head.number + 1
    assert seq == nation.figures.events + 1


async def test_a_nation_goes_into_an_empty_database_only(loaded: Nation, url: str) -> None:
    with pytest.raises(NotEmpty):
        await load(url, loaded)


# --- what auditors look for ---------------------------------------------------------------------


async def test_what_auditors_look_for_is_there(loaded: Nation, owner: asyncpg.Connection) -> None:
    async def count(condition: str) -> int:
        return await owner.fetchval(f"select count(*) from kyodo.event where {condition}")

    figures, all_of_them = loaded.figures, loaded.figures.events
    assert await count(f"{_LATE} >= 14") == figures.late
    assert 0.003 < figures.late / all_of_them < 0.04
    assert await count(f"position('{PHRASE}' in body) > 0") == figures.phrased
    assert 0.08 < figures.phrased / all_of_them < 0.16
    assert await count(f"position('{ABSENT}' in body) > 0") == 0
    assert 0.02 < figures.out_of_hours / all_of_them < 0.1
    assert await count("acting_for is not null") > 0
    assert await count("kind = 'OrderViolationFound'") > 0
    assert await owner.fetchval(_TOO_SHORT) > 0
    assert await owner.fetchval(_LOST) > 0


@pytest.mark.usefixtures("loaded")
async def test_no_document_number_is_given_twice(owner: asyncpg.Connection) -> None:
    doubled = await owner.fetchval(
        """select count(*) from (
             select 1 from kyodo.event where body::jsonb ->> 'document' is not null
             group by municipality, extract(year from on_day - interval '3 months'),
                      body::jsonb ->> 'document'
             having count(*) > 1) as twice"""
    )
    assert doubled == 0


# --- the command --------------------------------------------------------------------------------


def test_the_command_makes_loads_and_tells(fresh_url: str, tmp_path: Path) -> None:
    asked = ("--events", "500", "--seed", "3", "--database", fresh_url, "--json")
    command = [sys.executable, "-m", "benchmarks.nation", *asked, "--profiles", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
    told = json.loads(done.stdout)
    assert told["cases"] == 5
    assert told["events"] == sum(told["kinds"].values())
    assert len([*tmp_path.glob("*.toml")]) == 1_741
