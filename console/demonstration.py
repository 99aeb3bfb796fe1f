"""実演: One life of a designation on a stack that runs, then what operator and auditor see of it."""

from datetime import datetime, timedelta

from rich.rule import Rule
from rich.text import Text

from console import tables
from console.answers import show
from console.playing import Player
from console.services import auditing, rulebook, temporal
from console.settings import Settings
from console.stack import Stack
from console.story import read_story, until
from domain.record import Receipt, Submission
from workflows.client import send

SECOND_CASE = "指定-341002-0002"
ORDERED_DAYS_AGO = timedelta(days=20)
"""So long ago the second case was ordered; its deadline still lies ahead."""


async def show_demo(settings: Settings, stack: Stack) -> None:
    """Play the story, leave a second case under order, and print what the record says."""
    settings = settings.model_copy(update={"database_url": stack.database_url})
    client = await temporal(settings, stack)

    async def send_one(submission: Submission) -> Receipt:
        return await send(client, submission, task_queue=settings.task_queue)

    async with auditing(settings) as audit:
        records, rules = audit.records, rulebook(settings)
        story = read_story("hiroshima")
        show(Rule(story.title, align="left"))
        file = await Player(send_one, records, rules).play(story)
        show(tables.ledger(file.ledger, file.pending))
        show(Rule(f"監査の履歴 {file.case}", align="left"))
        show(tables.acts(file.entries))
        show(tables.verification(await audit.verify(None, lambda _: None)))
        show(Rule("進行中の事案（運用者の見るもの）", align="left"))
        ordered = datetime.now(tables.JST).date() - ORDERED_DAYS_AGO
        second = until(story, "OrderImprovement", SECOND_CASE, ordered)
        show(tables.case_sheet(await Player(send_one, records, rules, quiet=True).play(second)))
        show(Text(f"Temporal の画面: {stack.ui}/namespaces/{stack.namespace}/workflows"))
