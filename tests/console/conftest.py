"""A stack of the tests' own, started by the command its users start it with."""

import asyncio
import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from store.proof.notes import Signer
from tests.console.commands import EVIL, WHY, of_story, story, story_until, withdrawn
from tests.embedded import open_folder

KYODO = Path(sys.executable).with_name("kyodo")
PROFILES = Path(__file__).parent / "profiles"
"""Of a city with a short period of retention, so that there are cases whose time has passed."""
STARTUP_SECONDS = 90
AT_ONCE = 3
AUDITOR = {"KYODO_VIEWER": "K-7001", "KYODO_WHY": WHY}
KURE_AUDITOR = "kure_auditor"
"""A login that may see the cases of Kure only, and no personal text."""


@dataclass(frozen=True)
class Answer:
    """How a command of the console ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON Lines it printed."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def table(self) -> list[dict[str, str]]:
        """The CSV it printed, as Excel would take it."""
        assert self.out.startswith("\ufeff")
        return [*csv.DictReader(io.StringIO(self.out.removeprefix("\ufeff"), newline=""))]


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
        ours = {"KYODO_HOME": str(self.home), "KYODO_PROFILES": str(PROFILES)}
        return {**kept, **ours, "COLUMNS": "200", **more}

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

    def runs(self, commands: Sequence[Sequence[str]], **more: str) -> list[Answer]:
        """Several commands that do not mind one another, some at a time."""

        def one(words: Sequence[str]) -> Answer:
            return self.run(*words, stdin=b"", **more)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return [*pool.map(one, commands)]

    def audit(self, *words: str, **more: str) -> Answer:
        """A command of an auditor who says why, unless the environment says otherwise."""
        return self.run("audit", *words, stdin=b"", **{**AUDITOR, **more})

    def audits(self, commands: Sequence[Sequence[str]]) -> list[Answer]:
        """Several of them, some at a time."""
        return self.runs([("audit", *words) for words in commands], **AUDITOR)

    def done(self, *words: str, **more: str) -> Answer:
        """A command of an auditor that ends well."""
        answer = self.audit(*words, **more)
        assert answer.code == 0, answer.err
        return answer

    def submit(self, *submissions: object) -> Answer:
        """Hand submissions in through standard input, as JSON Lines."""
        lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in submissions)
        return self.run("submit", "-", "--json", stdin=lines.encode())

    @property
    def database_url(self) -> str:
        """The owner's URL of the stack's record."""
        return json.loads((self.home / "stack.json").read_text("utf-8"))["database_url"]

    @property
    def key(self) -> Path:
        """The key that the stack signs its heads with."""
        return self.home / "keys" / "log.key"

    @property
    def vkey(self) -> str:
        """The public half of it."""
        return Signer.load(self.key).verifier.vkey

    def fetch(self, query: str, *arguments: object) -> list[Any]:
        """What the owner of the database reads, or does."""

        async def fetch() -> list[Any]:
            owner = await asyncpg.connect(self.database_url)
            try:
                return await owner.fetch(query, *arguments)
            finally:
                await owner.close()

        return asyncio.run(fetch())

    @property
    def signed(self) -> int:
        """Events under the newest signed head."""
        return self.fetch("select max(size) from kyodo.checkpoint")[0][0]

    def settle(self) -> None:
        """Until every event has its place in the log, under a signed head, and in the index."""
        end = time.monotonic() + 30
        while not self.fetch(_SETTLED)[0][0]:
            assert time.monotonic() < end, "the keeper did not follow"
            time.sleep(0.05)

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


_SETTLED = """
select p.position = e.events and c.size = e.events
from kyodo.projected p, (select count(*) as events from kyodo.event) e,
     (select max(size) as size from kyodo.checkpoint) c
"""


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder / "home"


@pytest.fixture(scope="session")
def console(home: Path) -> Iterator[Console]:
    """A console beside a running stack."""
    console = Console(home)
    console.up()
    yield console
    assert console.down() == 0


@dataclass(frozen=True)
class Record:
    """A record with stories in two cities, which tests only look at.

    `life` was told to its end; `ordered` is under an order that was not followed, which was entered
    after the moment `known`; `kure` was withdrawn by a body with an evil name.
    """

    console: Console
    known: str
    life: str = "指定-341002-4001"
    ordered: str = "指定-341002-4002"
    kure: str = "指定-342025-4001"

    def narrow(self) -> dict[str, str]:
        """The environment of somebody who may see Kure only."""
        url = self.console.database_url.replace("//postgres:", f"//{KURE_AUDITOR}:")
        return {"KYODO_DATABASE_URL": url, "KYODO_LOG_VKEY": self.console.vkey}


@pytest.fixture(scope="session")
def record(console: Console) -> Record:
    record = Record(console, "")
    filed = [
        *story(record.life),
        *story_until(record.ordered, "OrderImprovement"),
        *withdrawn(record.kure, "P-4001", "呉野 花", EVIL),
    ]
    assert console.submit(*filed).code == 0
    known = datetime.now(UTC).isoformat()
    assert console.submit(of_story(record.ordered, "FindOrderViolated")).code == 0
    console.settle()
    console.fetch(f"create role {KURE_AUDITOR} login in role kyodo_auditor")
    console.fetch("insert into kyodo.reach values ($1, '342025')", KURE_AUDITOR)
    return Record(console, known)
