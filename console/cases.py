"""事案を見る: `kyodo case`, for operators and automation."""

from cyclopts import App
from rich.text import Text

from console import tables
from console.answers import lines, machine, show
from console.casefile import CaseFile, open_case
from console.options import Json, Place, code, viewer
from console.services import auditing
from console.settings import Settings
from store.audit.cases import cases

case_app = App(name="case", help="事案を見る")
MOST = 10_000


@case_app.command(name="list")
async def case_list(
    *, municipality: Place = None, open: bool | None = None, json: Json = False
) -> None:
    """事案の一覧. --open は進行中、--no-open は終結したものだけ."""
    settings = Settings()
    place = code(municipality) if municipality else None
    async with auditing(settings) as audit:
        looking = viewer(settings, needs_why=False)
        found = await cases(audit.desk, looking, place, open=open, limit=MOST)
    if json:
        lines(found)
        return
    table = tables.plain("事案", "団体", "進行", "版", "最後の行為", "その日")
    for line in found:
        table.add_row(*tables.case_row(line))
    show(table)
    show(Text(f"{len(found)} 件"))


@case_app.command(name="show")
async def case_show(case: str, *, json: Json = False) -> None:
    """事案の現況: 段階、次の期限、未了の義務、次にできること."""
    file = await _file(case, "事案の現況")
    if json:
        machine(tables.case_summary(file))
    else:
        show(tables.case_sheet(file))


@case_app.command(name="history")
async def case_history(case: str, *, json: Json = False) -> None:
    """事案の履歴: だれが、いつ、どの条項で、何をしたか."""
    file = await _file(case, "事案の履歴")
    if json:
        lines(tables.entry_record(entry) for entry in file.entries)
    else:
        show(tables.acts(file.entries))


@case_app.command(name="deadlines")
async def case_deadlines(case: str, *, json: Json = False) -> None:
    """期限の台帳: すべての期限と、なぜその日か."""
    file = await _file(case, "期限の台帳")
    if json:
        lines(tables.deadline_record(deadline) for deadline in file.ledger)
    else:
        show(tables.ledger(file.ledger, file.pending))


async def _file(case: str, what: str) -> CaseFile:
    settings = Settings()
    async with auditing(settings) as audit:
        return await open_case(audit.reader(viewer(settings, needs_why=False)), case, what=what)
