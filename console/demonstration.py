"""実演: One life of a designation on a stack that runs, then what operator and auditor see of it."""

from datetime import datetime, timedelta

from rich.rule import Rule
from rich.text import Text

from console import tables
from console.answers import show
from console.playing import Player
from console.proving import verification
from console.running import log_key
from console.services import auditing, temporal
from console.settings import Settings
from console.stack import Stack
from console.story import read_story, until
from domain.record import Receipt, Submission
from store.audit.desk import Viewer
from store.proof.trust import Trust
from store.verify import verify
from workflows.client import send

SECOND_CASE = "指定-341002-0002"
ORDERED_DAYS_AGO = timedelta(days=20)
"""So long ago the second case was ordered; its deadline still lies ahead."""


async def show_demo(settings: Settings, stack: Stack) -> None:
    """Play the story, leave a second case under order, and print what the record says."""
    key = log_key(settings.home)
    settings = settings.model_copy(update={"database_url": stack.database_url, "log_key": key})
    client = await temporal(settings, stack)

    async def send_one(submission: Submission) -> Receipt:
        return await send(client, submission, task_queue=settings.task_queue)

    async with auditing(settings) as audit:
        reader = audit.reader(Viewer("demo", "実演"))
        story = read_story("hiroshima")
        show(Rule(story.title, align="left"))
        file = await Player(send_one, reader).play(story)
        show(tables.ledger(file.ledger, file.pending))
        show(Rule(f"監査の履歴 {file.case}", align="left"))
        show(tables.acts(file.entries))
        show(verification(await verify(audit.pool, trust=Trust(settings.verifier))))
        show(Rule("進行中の事案（運用者の見るもの）", align="left"))
        ordered = datetime.now(tables.JST).date() - ORDERED_DAYS_AGO
        second = until(story, "OrderImprovement", SECOND_CASE, ordered)
        show(tables.case_sheet(await Player(send_one, reader, quiet=True).play(second)))
        show(Text(f"Temporal の画面: {stack.ui}/namespaces/{stack.namespace}/workflows"))
