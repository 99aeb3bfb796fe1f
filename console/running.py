"""起動: The embedded stack with a worker, for `up` and `demo`."""

import asyncio
import contextlib
import os
import secrets
import signal
import sys
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

from console.settings import Settings
from console.stack import Stack, StackFailed, die_with_parent, embedded_stack, stop
from store.migrate import migrate
from store.proof.notes import Signer
from workflows.board import SEARCH_ATTRIBUTES

READY = b'"event": "ready"'
"""What a worker logs once it takes tasks."""
WORKER_SECONDS = 60


@contextlib.asynccontextmanager
async def whole_stack(
    home: Path,
    *,
    port: int = 0,
    ui_port: int = 0,
    profiles: Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> AsyncGenerator[Stack, None]:
    """PostgreSQL with its schema, Temporal with its search attributes, and one worker.

    `profiles` is an absolute folder of the worker's own rules; None takes the environment's.
    """
    attributes = {key.name: kind for key, kind in SEARCH_ATTRIBUTES.items()}
    async with embedded_stack(
        home, search_attributes=attributes, port=port, ui_port=ui_port, say=say
    ) as stack:
        say("記録の表を整えています")
        await migrate(stack.database_url)
        say("ワーカーを起動しています")
        key = log_key(home)
        async with _worker(stack, home / "logs" / "worker.log", key, profiles):
            yield stack


def log_key(home: Path) -> Path:
    """The key that signs the log's heads: the environment's, or one made for this stack."""
    named = os.environ.get("KYODO_LOG_KEY")
    key = Path(named) if named else Settings(home=home).stack_key
    if not named and not key.exists():
        Signer.make(f"kyodo.localhost/{secrets.token_hex(4)}").store(key)
    return key.absolute()


@contextlib.asynccontextmanager
async def _worker(
    stack: Stack, log: Path, key: Path, profiles: Path | None
) -> AsyncGenerator[None, None]:
    ours = {"KYODO_PROFILES": str(profiles)} if profiles else {}
    environment = {
        **os.environ,
        "TEMPORAL_ADDRESS": stack.temporal,
        "KYODO_DATABASE_URL": stack.database_url,
        "KYODO_LOG": "json",
        "KYODO_LOG_KEY": str(key),
        **ours,
    }
    with log.open("ab") as output:
        start = output.tell()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "worker"),
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
        )
    try:
        await _ready(process, log, start)
        yield
    finally:
        await stop(process)


async def _ready(process: asyncio.subprocess.Process, log: Path, start: int) -> None:
    for _ in range(WORKER_SECONDS * 10):
        if READY in await asyncio.to_thread(_since, log, start):
            return
        if process.returncode is not None:
            break
        await asyncio.sleep(0.1)
    raise StackFailed(f"ワーカーが起動しません。記録: {log}")


def _since(log: Path, start: int) -> bytes:
    with log.open("rb") as said:
        said.seek(start)
        return said.read()


async def until_told() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    await told.wait()
