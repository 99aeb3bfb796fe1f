"""実演: What the demonstrations share, and one life of a designation.

The life of an agreement is in `demonstrated_agreement`, a year with one body in `demonstrated_year`,
disputes over both paths are in `demonstrated_dispute`.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

from rich.rule import Rule
from rich.text import Text

from console import tables
from console.answers import show
from console.casefile import CaseFile, Reader
from console.delivery import Send
from console.playing import Player
from console.proving import verification
from console.running import log_key
from console.services import Audit, auditing, temporal
from console.settings import Settings
from console.stack import Stack
from console.story import Story, read_story, until
from domain.record import Receipt, Submission
from store.audit.desk import Viewer
from store.proof.trust import Trust
from store.verify import verify
from workflows.client import send

SECOND_CASE = "指定-341002-0002"
ORDERED_DAYS_AGO = timedelta(days=20)
"""So long ago the second case was ordered; its deadline still lies ahead."""


@dataclass(frozen=True)
class Stage:
    """舞台: A running stack to play on, and a seat from which the record is read."""

    send: Send
    audit: Audit
    reader: Reader
    stack: Stack

    async def play(self, story: Story, *, quiet: bool = False) -> CaseFile:
        """The whole story; gives its case."""
        return await Player(self.send, self.reader, quiet=quiet).play(story)

    def reader_of(self, code: str) -> Reader:
        """A seat of one government."""
        return self.audit.reader(Viewer(f"demo-{code}", "実演", frozenset({code})))

    async def show_verification(self) -> None:
        """Verify the whole record, and say what came of it."""
        trust = Trust(self.audit.settings.verifier)
        show(verification(await verify(self.audit.pool, trust=trust)))

    def show_address(self, case: str = "") -> None:
        """Where the running cases, or one, can be seen in Temporal's own pages."""
        cases = f"{self.stack.ui}/namespaces/{self.stack.namespace}/workflows"
        show(Text(f"Temporal の画面: {cases}{f'/{case}' if case else ''}"))


@asynccontextmanager
async def stage(settings: Settings, stack: Stack) -> AsyncGenerator[Stage, None]:
    """The stage on a stack that runs."""
    key = log_key(settings.home)
    settings = settings.model_copy(update={"database_url": stack.database_url, "log_key": key})
    client = await temporal(settings, stack)

    async def send_one(submission: Submission) -> Receipt:
        return await send(client, submission, task_queue=settings.task_queue)

    async with auditing(settings) as audit:
        yield Stage(send_one, audit, audit.reader(Viewer("demo", "実演")), stack)


def rules_of_the_stories(home: Path) -> Path:
    """A folder with the rules of the governments that exist in the stories only."""
    folder = home / "rules"
    folder.mkdir()
    for profile in files("console").joinpath("stories/rules").iterdir():
        (folder / profile.name).write_text(profile.read_text("utf-8"), "utf-8")
    folder.chmod(0o755)
    return folder


async def show_designation(stage: Stage) -> None:
    """Play the story, leave a second case under order, and print what the record says."""
    story = read_story("hiroshima")
    show(Rule(story.title, align="left"))
    file = await stage.play(story)
    show(tables.ledger(file.ledger, file.pending))
    show(Rule(f"監査の履歴 {file.case}", align="left"))
    show(tables.acts(file.entries))
    await stage.show_verification()
    show(Rule("進行中の事案（運用者の見るもの）", align="left"))
    ordered = datetime.now(tables.JST).date() - ORDERED_DAYS_AGO
    second = until(story, "OrderImprovement", SECOND_CASE, ordered)
    show(tables.case_sheet(await stage.play(second, quiet=True)))
    stage.show_address()
