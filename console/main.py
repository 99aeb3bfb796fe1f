"""窓口: The `kyodo` command line, for automation and people alike.

Tables in Japanese for people, `--json` for machines; exit codes in `console.answers`.
"""

import os
import sys
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter
from rich.text import Text

from activities.rulebook import NoRules
from console import answers, tables
from console.answers import INVALID, Ended, lines, machine, show
from console.casefile import CaseFile, NoSuchCase, open_case
from console.schema import kinds
from console.schema import schema as schema_of
from console.services import reading, rulebook
from console.settings import Settings

app = App(
    name="kyodo",
    help="共同: 地方自治法に基づく事案を進め、記録し、確かめる",
    help_format="plaintext",
)
case_app = App(name="case", help="事案を見る")
audit_app = App(name="audit", help="記録を確かめる")
app.command(case_app)
app.command(audit_app)

Json = Annotated[bool, Parameter(name="--json", negative="", help="機械のための JSON で答える")]


# --- 事案 -------------------------------------------------------------------------------------


@case_app.command(name="list")
async def case_list(
    *, municipality: str | None = None, open: bool | None = None, json: Json = False
) -> None:
    """事案の一覧. --open は進行中、--no-open は終結したものだけ."""
    async with reading(Settings()) as records:
        found = await records.cases(municipality, open=open, limit=10_000)
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
    file = await _file(case)
    if json:
        machine(tables.case_summary(file))
    else:
        show(tables.case_sheet(file))


@case_app.command(name="history")
async def case_history(case: str, *, json: Json = False) -> None:
    """事案の履歴: だれが、いつ、どの条項で、何をしたか."""
    file = await _file(case)
    if json:
        lines(tables.entry_record(entry) for entry in file.entries)
    else:
        show(tables.acts(file.entries))


@case_app.command(name="deadlines")
async def case_deadlines(case: str, *, json: Json = False) -> None:
    """期限の台帳: すべての期限と、なぜその日か."""
    file = await _file(case)
    if json:
        lines(tables.deadline_record(deadline) for deadline in file.ledger())
    else:
        show(tables.ledger(file.ledger(), file.pending))


async def _file(case: str) -> CaseFile:
    settings = Settings()
    async with reading(settings) as records:
        return await open_case(records, rulebook(settings), case)


# --- 様式 -------------------------------------------------------------------------------------


@app.command(name="schema")
def schema(kind: str | None = None, *, list: bool = False) -> None:
    """行為と事実の様式（JSON Schema）. KIND で一つだけ、--list で行為の一覧."""
    if not list:
        machine(schema_of(kind))
        return
    table = tables.plain("kind", "行為", "条項")
    for row in kinds():
        table.add_row(*row)
    show(table)


# --- 終わり方 -----------------------------------------------------------------------------------


def run() -> None:
    """The console's entry point."""
    code = _run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # The SDK may crash while the interpreter is torn down; there is nothing left to do here.
    os._exit(code)


def _run(words: list[str]) -> int:
    try:
        app(words, exit_on_error=False, print_error=True)
    except Ended as ended:
        if str(ended):
            answers.ERR.print(str(ended), markup=False)
        return ended.code
    except CycloptsError:
        return INVALID
    except (NoSuchCase, NoRules, LookupError) as error:
        answers.ERR.print(str(error.args[0] if error.args else error), markup=False)
        return INVALID
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    return 0
