"""The embedded PostgreSQL of the tests: a real server in a folder of its own."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from console.stack import EmbeddedServer


class Embedded:
    """A running server; `url` is its superuser's."""

    def __init__(self, folder: Path) -> None:
        self._server = EmbeddedServer(folder, cleanup_mode="delete")
        self._server.start()

    @property
    def url(self) -> str:
        """The superuser's URL of the database `postgres`."""
        return self._server.get_uri()

    def url_of(self, database: str, login: str = "postgres") -> str:
        """The URL of another database, perhaps for another login."""
        return self._server.get_uri(database=database).replace("//postgres:", f"//{login}:")

    def kill(self) -> None:
        """End the postmaster as a power cut would; its children follow when they notice."""
        postmaster = self._server.get_postmaster_info().process
        assert postmaster is not None
        for process in (postmaster, *postmaster.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):  # a child ends by itself, its parent gone
                process.kill()
                process.wait(5)

    def restart(self) -> None:
        """Start again on the same data, recovering from the write-ahead log."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Stop the server and remove its folder."""
        self._server.cleanup()


@contextmanager
def open_folder() -> Generator[Path]:
    """A fresh folder that a database server can reach, removed at the end.

    As root, the server runs as a user of its own. pytest's folders will not do: whenever another
    run of pytest begins, it closes them to everybody else.
    """
    folder = Path(tempfile.mkdtemp(prefix="kyodo-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def embedded() -> Generator[Embedded]:
    """A server in a fresh folder, removed at the end."""
    with open_folder() as parent:
        data = parent / "data"
        data.mkdir()
        server = Embedded(data)
        try:
            yield server
        finally:
            server.close()
