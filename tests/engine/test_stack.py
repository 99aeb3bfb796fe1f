"""The embedded stack: its servers end with their keeper and come back after any end."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.stack import Stack, embedded_stack, running_stack
from store.database import connect
from tests.embedded import open_folder
from worker import NotReady, check_search_attributes, search_attributes
from worker import connect as connect_to_temporal

KEEPER = """
import asyncio, sys
from pathlib import Path
from console.stack import embedded_stack

async def keep():
    async with embedded_stack(Path(sys.argv[1]), search_attributes={}):
        await asyncio.sleep(600)

asyncio.run(keep())
"""


@pytest.fixture
def home() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder / "home"


async def test_servers_end_with_their_keeper_and_start_again(home: Path) -> None:
    keeper = _keeper(home)
    stack = await asyncio.to_thread(_announced, home)
    postmaster = int((home / "postgres" / "postmaster.pid").read_text("utf-8").split()[0])
    keeper.kill()
    keeper.wait()
    assert running_stack(home) is None
    await asyncio.to_thread(_gone, postmaster)
    async with embedded_stack(home, search_attributes=search_attributes()) as again:
        assert again.pid != stack.pid
        assert running_stack(home) == again
        async with connect(again.database_url) as connection:
            assert await connection.fetchval("select 1") == 1
        await check_search_attributes(await connect_to_temporal(again))
    assert running_stack(home) is None


async def test_a_killed_servers_pid_may_be_another_programs(home: Path) -> None:
    async with embedded_stack(home, search_attributes={}) as stack:
        pid_file = (home / "postgres" / "postmaster.pid").read_text("utf-8")
        stale = stack.model_copy(update={"temporal": "127.0.0.1:1"})
    lines = pid_file.splitlines()
    (home / "postgres" / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    (home / "stack.json").write_text(stale.model_dump_json(), "utf-8")
    async with embedded_stack(home, search_attributes={}) as again:
        async with connect(again.database_url) as connection:
            assert await connection.fetchval("select 1") == 1
        with pytest.raises(NotReady, match="search-attribute create"):
            await check_search_attributes(await connect_to_temporal(again))


def _keeper(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", KEEPER, str(home)], stderr=subprocess.DEVNULL)


def _announced(home: Path) -> Stack:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if stack := running_stack(home):
            return stack
        time.sleep(0.1)
    raise TimeoutError


def _gone(pid: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    raise TimeoutError
