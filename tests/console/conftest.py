"""A stack of the tests' own, started by the command its users start it with."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

KYODO = Path(sys.executable).with_name("kyodo")
STARTUP_SECONDS = 90


@dataclass(frozen=True)
class Answer:
    """How a command of the console ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, object]]:
        """The JSON Lines it printed."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Console:
    """The `kyodo` command in an environment of its own."""

    home: Path
    keeper: "subprocess.Popen[bytes] | None" = None

    def environment(self, **more: str) -> dict[str, str]:
        kept = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("KYODO_", "TEMPORAL_"))
        }
        return {**kept, "KYODO_HOME": str(self.home), "COLUMNS": "200", **more}

    def run(self, *words: str, stdin: bytes = b"", **more: str) -> Answer:
        done = subprocess.run(
            [KYODO, *words],
            input=stdin,
            capture_output=True,
            env=self.environment(**more),
            timeout=120,
            check=False,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def submit(self, *submissions: object) -> Answer:
        """Hand submissions in through standard input, as JSON Lines."""
        lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in submissions)
        return self.run("submit", "-", "--json", stdin=lines.encode())

    @property
    def log(self) -> Path:
        """What the stack says."""
        return self.home.with_suffix(".log")

    def up(self) -> None:
        """Start the stack and wait until it answers."""
        with self.log.open("wb") as log:
            self.keeper = subprocess.Popen(
                [KYODO, "up", "--port", "0", "--ui-port", "0"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment(),
                start_new_session=True,
            )
        end = time.monotonic() + STARTUP_SECONDS
        while "再開した事案" not in self.log.read_text("utf-8"):
            assert self.keeper.poll() is None, self.log.read_text("utf-8")
            assert time.monotonic() < end, "the stack did not come up"
            time.sleep(0.2)

    def down(self) -> int:
        """Stop the stack as Ctrl-C would."""
        assert self.keeper is not None
        self.keeper.send_signal(signal.SIGINT)
        return self.keeper.wait(60)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kyodo")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)  # the database server may run under a user of its own
    return folder / "home"


@pytest.fixture(scope="session")
def console(home: Path) -> Iterator[Console]:
    """A console beside a running stack."""
    console = Console(home)
    console.up()
    yield console
    assert console.down() == 0
