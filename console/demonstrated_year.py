"""一年の実演: A body lives a year with its town; an order is made and annulled; the case goes on."""

from datetime import date

from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from console import tables
from console.answers import show
from console.casefile import CaseFile, open_case
from console.demonstration import Stage
from console.story import read_story
from domain.bodies import body_name
from domain.record import municipality_of

_TURNS = ("ImprovementOrderProposed", "ImprovementOrdered", "StayGranted", "ActAnnulled")
"""The facts after which the order stands differently."""


async def show_year(stage: Stage) -> None:
    """Play the story, then show its deadlines, its history, and what became of the order."""
    story = read_story("year")
    show(Rule(story.title, align="left"))
    show(_borrowed(municipality_of(story.case)))
    file = await stage.play(story)
    show(Rule("期限", align="left"))
    show(tables.ledger(file.ledger, file.pending))
    show(Rule(f"監査の履歴 {file.case}", align="left"))
    show(tables.acts(file.entries))
    show(Rule("改善命令のあった日と、なかったことになった日", align="left"))
    show(await _order_by_day(stage, file))
    show(Text("命令は初めからなかったことになるが、命令・執行停止・取消しの記録は消えない。"))
    show(Rule("検証", align="left"))
    await stage.show_verification()
    show(Rule("進行中の事案（運用者の見るもの）", align="left"))
    show(tables.case_sheet(file))
    stage.show_address(file.case)


def _borrowed(code: str) -> Text:
    """Whose code is borrowed, and that nothing else is."""
    return Text(
        f"町・団体・人物・事実はすべて架空で、団体コードだけを{body_name(code)}（{code}）から"
        "借りています。\n",
        style="italic",
    )


async def _order_by_day(stage: Stage, file: CaseFile) -> Table:
    """The stage of the case as of each day on which the order came to stand differently."""
    table = tables.plain("法律上の日", "その日の行為", "その日の段階")
    for on, act in _turns(file):
        seen = await open_case(stage.reader, file.case, on=on)
        table.add_row(f"{on}", act, seen.view.stage)
    return table


def _turns(file: CaseFile) -> list[tuple[date, str]]:
    return [
        (entry.line.on, tables.act_title(entry))
        for entry in file.entries
        if entry.line.kind in _TURNS
    ]
