"""`kyodo up` and `kyodo demo`: the stack comes back after anything, the demo tells the story."""

import asyncio
import json
import signal
import time
from contextlib import suppress
from pathlib import Path

import asyncpg
import psutil

from tests.console.commands import story
from tests.console.conftest import Console
from workflows.days import QUIET


def test_after_kill_9_of_everything_running_cases_go_on(home: Path) -> None:
    console = Console(home.with_name("killed"))
    console.up()
    case = "指定-341002-3001"
    assert console.submit(*story(case)[:-1]).code == 0
    before = _once_the_calendar_is_done(console, case)
    _kill_all(console)
    console.up()
    assert console.run("case", "show", case, "--json").rows == before
    assert console.submit(story(case)[-1]).code == 0
    assert console.run("audit", "verify").code == 0
    assert console.down() == 0


def test_the_loss_of_temporals_database_loses_nothing(home: Path) -> None:
    console = Console(home.with_name("wiped"))
    console.up()
    case = "指定-341002-3002"
    life = story(case)
    assert console.submit(*life[:-1]).code == 0
    assert console.down() == 0
    for file in console.home.glob("temporal.db*"):
        file.unlink()
    console.up()
    assert "1 件" in console.log.read_text("utf-8")
    assert {row["outcome"] for row in console.submit(*life[:-1]).rows} == {"already"}
    assert console.submit(life[-1]).code == 0
    assert console.down() == 0


def test_the_demo_tells_the_story_stops_everything_and_ends_with_0(home: Path) -> None:
    before = _own_processes()
    answer = Console(home.with_name("demo")).run("demo")
    assert answer.code == 0, answer.err
    for words in (
        "申請の到達",
        "✗ 拒否",
        "行手法第13条",
        "指定の取消し",
        "異常はありません",
        "http://",
    ):
        assert words in answer.out
    assert _own_processes() <= before


def _once_the_calendar_is_done(console: Console, case: str) -> list[dict[str, object]]:
    """The case as it stands when nothing that is long past is left to note."""
    shown = console.run("case", "show", case, "--json").rows
    for _ in range(10):
        time.sleep(QUIET.total_seconds() + 1)
        shown, before = console.run("case", "show", case, "--json").rows, shown
        if shown == before:
            return shown
    raise TimeoutError(case)


def _kill_all(console: Console) -> None:
    assert console.keeper is not None
    keeper = psutil.Process(console.keeper.pid)
    family = [*keeper.children(recursive=True), *_servers_of(console.home)]
    for process in (keeper, *family):
        with suppress(psutil.NoSuchProcess):  # it ended with the one before
            process.send_signal(signal.SIGKILL)
    console.keeper.wait()
    psutil.wait_procs(family, timeout=10)


def _servers_of(home: Path) -> list[psutil.Process]:
    """The database server detaches itself; it is known by its folder."""
    postmaster = psutil.Process(int((home / "postgres" / "postmaster.pid").read_text().split()[0]))
    return [postmaster, *postmaster.children(recursive=True)]


def _own_processes() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def test_what_the_owner_of_the_database_changed_is_named_and_ends_with_5(home: Path) -> None:
    console = Console(home.with_name("altered"))
    console.up()
    case = "指定-341002-3003"
    assert console.submit(*story(case)[:5]).code == 0
    stack = json.loads((console.home / "stack.json").read_text("utf-8"))
    asyncio.run(_rewrite(stack["database_url"], case))
    answer = console.run("audit", "verify", case)
    assert answer.code == 5
    assert f"{case} 第2号" in answer.out
    assert console.down() == 0


async def _rewrite(url: str, case: str) -> None:
    """Change a word of the second event, as a superuser who switches the guards off."""
    owner = await asyncpg.connect(url)
    await owner.execute("alter table kyodo.event disable trigger all")
    await owner.execute(
        "update kyodo.event set body = replace(body, '規約', '定款')"
        " where case_id = $1 and number = 2",
        case,
    )
    await owner.execute("alter table kyodo.event enable trigger all")
    await owner.close()
