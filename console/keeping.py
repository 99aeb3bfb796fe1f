"""記録係: Keeps the global order, signs its heads, has them witnessed, and makes what auditors ask of.

It runs beside the workers in a process of its own, so that neither waits for the other; several may
run, and one of them is at work. What it signs with is `KYODO_LOG_KEY`, and beside the key it keeps the
last head it signed. Where the log no longer follows from that, it ends with 5 and signs nothing.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import structlog

from activities.rulebook import Rulebook
from console.answers import ALTERED, OUT_OF_REACH
from console.settings import Settings
from console.stack import die_with_parent
from store.audit.projector import Projector
from store.database import Pool, open_pool, place
from store.errors import LogAltered, RecordError
from store.proof.log import Signing
from store.proof.notes import NoteError, Signer, Verifier
from store.proof.witnessing import ask
from store.sequencer import Sequencer
from workflows import logs

PAUSE = 0.01
"""Seconds between two looks for events that have no place in the global order yet."""
WITNESS_EVERY = 600.0
AGAIN_AFTER = 5.0
"""Seconds until a keeper that ended by accident is started again."""
NICENESS = 5
log = structlog.stdlib.get_logger("kyodo.keeper")


def signing_with(key: Path | None) -> Signing | None:
    """How heads are signed; None without a key. NoteError if the file holds none."""
    if key is None:
        return None
    return Signing(Signer.load(key), key.with_name(f"{key.name}.seen"))


async def keep(settings: Settings, database_url: str) -> None:
    """Keep the record's order and indexes until cancelled; LogAltered where nothing may be signed."""
    signing = signing_with(settings.log_key)
    if signing is None:
        log.warning("no key: heads of the log are not signed", set="KYODO_LOG_KEY")
    rules = Rulebook(settings.profiles).rules
    async with (
        open_pool(database_url, "kyodo_sequencer", size=2) as sequencing,
        open_pool(database_url, "kyodo_projector", size=1) as projecting,
    ):
        log.info("ready", database=place(database_url), signing=signing is not None)
        sequencer = Sequencer(sequencing, pause=PAUSE, signing=signing)
        await _together(
            sequencer.run(),
            Projector(projecting, rules).run(),
            *(_witnessed(sequencing, key, url) for key, url in settings.witness_list),
        )


async def _together(*work: Coroutine[Any, Any, None]) -> None:
    """All of it until one fails; the first failure is raised as it is."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _witnessed(pool: Pool, key: Verifier, url: str) -> None:
    """Have a witness cosign the newest head, now and then."""
    while True:
        try:
            if at := await ask(pool, key, url):
                log.info("witnessed", witness=key.name, at=at.isoformat())
        except LogAltered:
            raise
        except RecordError as cause:
            log.warning("not witnessed", witness=key.name, cause=str(cause))
        await asyncio.sleep(WITNESS_EVERY)


@asynccontextmanager
async def kept(settings: Settings, database_url: str) -> AsyncGenerator[None, None]:
    """A keeper in a process of its own for as long as the block runs."""
    watching = asyncio.create_task(_watch(settings, database_url))
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.wait([watching])


async def _watch(settings: Settings, database_url: str) -> None:
    """Start the keeper, and again should it end by accident."""
    environment = {**os.environ, **settings.environment(), "KYODO_DATABASE_URL": database_url}
    while True:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "console.keeping"),
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
        )
        try:
            code = await process.wait()
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()
        if code == ALTERED:
            log.error("the keeper signs nothing more; see what it said, and verify the record")
            return
        log.warning("the keeper ended", code=code)
        await asyncio.sleep(AGAIN_AFTER)


def main() -> int:
    """`python -m console.keeping`: keep the record the environment names."""
    settings = Settings()
    logs.configure("json" if settings.log == "json" or not sys.stderr.isatty() else "console")
    os.nice(NICENESS)
    try:
        asyncio.run(_until_told(settings))
    except (LogAltered, NoteError) as fault:
        log.critical("the log cannot be signed", fault=str(fault))
        return ALTERED
    except RecordError as fault:
        log.critical("the record cannot be kept", fault=str(fault))
        return OUT_OF_REACH
    return 0


async def _until_told(settings: Settings) -> None:
    keeping = asyncio.create_task(keep(settings, settings.database_url or ""))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, keeping.cancel)
    with suppress(asyncio.CancelledError):
        await keeping


if __name__ == "__main__":
    sys.exit(main())
