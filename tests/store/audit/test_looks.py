"""Every look leaves an entry that nobody takes away or changes unseen."""

import asyncio
from dataclasses import replace

import asyncpg
import pytest

from store.audit.cases import cases, history
from store.audit.desk import Desk, Viewer
from store.audit.looks import looks
from store.records import Records
from store.verify import verify
from tests.store.connections import OnlyConnection
from tests.store.examples import VIEWER, append, new_case

INSPECTOR = Viewer("K-0007", "住民監査請求に係る監査")


@pytest.fixture(scope="module")
async def case(records: Records) -> str:
    case = new_case()
    await records.append(append(case))
    await records.append(append(new_case("342025")))
    return case


@pytest.fixture(scope="module")
def desk(auditor: asyncpg.Pool) -> Desk:
    return Desk(auditor)


async def test_an_entry_says_who_looked_at_what_when_and_why(desk: Desk, case: str) -> None:
    await history(desk, INSPECTOR, case)
    newest, *_ = await looks(desk, VIEWER, person="K-0007")
    assert (newest.viewer, newest.why, newest.what) == ("K-0007", INSPECTOR.why, "事案の履歴")
    assert (newest.case, newest.municipality, newest.login) == (case, "341002", "postgres")


async def test_a_case_shown_by_a_list_was_looked_at_too(desk: Desk, case: str) -> None:
    await cases(desk, INSPECTOR)
    shown = await looks(desk, VIEWER, case=case, person="K-0007")
    assert "事案の一覧で示した事案" in {look.what for look in shown}


async def test_what_was_noted_in_sql_in_free_words_hides_no_look(
    desk: Desk, auditor: asyncpg.Pool, case: str
) -> None:
    note = "select kyodo.note_access('K-0007', '定期監査', 'SQL での閲覧', '341002', null, '台帳を一覧')"
    await auditor.execute(note)
    await history(desk, INSPECTOR, case)
    assert [look.what for look in await looks(desk, VIEWER, case=case, person="K-0007")]
    noted = await looks(desk, VIEWER, person="K-0007")
    assert "SQL での閲覧" in {look.what for look in noted}


async def test_who_looks_into_the_looks_is_noted_as_well(desk: Desk) -> None:
    await looks(desk, INSPECTOR)
    newest, *_ = await looks(desk, VIEWER, person="K-0007")
    assert newest.what == "閲覧の記録"


async def test_entries_of_many_at_once_follow_one_another(
    desk: Desk, auditor: asyncpg.Pool, case: str
) -> None:
    await asyncio.gather(*(history(desk, INSPECTOR, case) for _ in range(30)))
    assert (await verify(auditor)).sound


@pytest.mark.parametrize(
    ("attack", "told"),
    [
        (
            "update kyodo.access set why = '私用' where number = 2",
            "閲覧の記録の第2号が書き換えられて",
        ),
        ("delete from kyodo.access where number = 2", "閲覧の記録の第2号が抜けているか"),
        ("delete from kyodo.access where number = 1", "閲覧の記録の第1号が抜けているか"),
        (
            "delete from kyodo.access where number = (select max(number) from kyodo.access)",
            "号以後が失われています",
        ),
    ],
)
@pytest.mark.usefixtures("case")
async def test_an_entry_that_was_changed_or_taken_away_is_noticed(
    desk: Desk, owner: asyncpg.Connection, attack: str, told: str
) -> None:
    await cases(desk, INSPECTOR)
    work = owner.transaction(isolation="repeatable_read")
    await work.start()
    await owner.execute("alter table kyodo.access disable trigger all")
    await owner.execute(attack)
    found = await verify(OnlyConnection.of(owner))
    await work.rollback()
    assert found.fault is not None
    assert found.fault.field == "access"
    assert told in found.fault.what


async def test_a_municipality_sees_who_looked_at_its_cases_and_no_others(
    desk: Desk, case: str
) -> None:
    await history(desk, INSPECTOR, case)
    elsewhere = replace(VIEWER, municipalities=frozenset({"342025"}))
    assert await looks(desk, elsewhere, case=case) == []
    here = replace(VIEWER, municipalities=frozenset({"341002"}))
    assert await looks(desk, here, case=case)
