"""窓口: The `kyodo` command line, for automation and people alike.

Tables in Japanese for people, `--json` for machines; exit codes in `console.answers`.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter
from rich.text import Text

from console import answers, tables
from console.answers import ALTERED, DONE, INVALID, OUT_OF_REACH, Ended, lines, machine, show
from console.casefile import CaseFile, open_case
from console.delivery import deliver, exit_code
from console.demonstration import show_demo
from console.faults import Fault
from console.running import until_told, whole_stack
from console.schema import kinds
from console.schema import schema as schema_of
from console.services import auditing, database_url, rulebook, temporal
from console.settings import Settings
from console.stack import PORT, UI_PORT, StackFailed
from console.submissions import STDIN, read
from domain.record import Receipt, Submission
from store.errors import RecordError
from store.migrate import migrate
from workflows.client import resume, send

MOST_FAULTS_SHOWN = 50

app = App(
    name="kyodo",
    help="共同: 地方自治法に基づく事案を進め、記録し、確かめる",
    help_format="plaintext",
    result_action="return_value",
    version=version("kyodo"),
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
    async with auditing(Settings()) as audit:
        found = await audit.records.cases(municipality, open=open, limit=10_000)
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
        lines(tables.deadline_record(deadline) for deadline in file.ledger)
    else:
        show(tables.ledger(file.ledger, file.pending))


async def _file(case: str) -> CaseFile:
    settings = Settings()
    async with auditing(settings) as audit:
        return await open_case(audit.records, rulebook(settings), case)


# --- 提出 -------------------------------------------------------------------------------------


@app.command(name="submit")
async def submit(*files: str, json: Json = False) -> int:
    """命令書を提出する. FILE は JSON か JSON Lines、- は標準入力. 同じ id は一度だけ記録される."""
    submissions, faults = read(files or (STDIN,), sys.stdin.buffer)
    if faults:
        return _faulty(faults, json=json)
    settings = Settings()
    client = await temporal(settings)

    async def send_one(submission: Submission) -> Receipt:
        return await send(client, submission, task_queue=settings.task_queue)

    with answers.progress(len(submissions), "提出") as advance:
        results = await deliver(send_one, submissions, lambda _: advance())
    if json:
        lines(results)
    else:
        show(tables.results(results))
    return exit_code(results)


def _faulty(faults: Sequence[Fault], *, json: bool) -> int:
    if json:
        lines({"outcome": "invalid", **asdict(fault)} for fault in faults)
    for fault in faults[:MOST_FAULTS_SHOWN]:
        answers.ERR.print(f"{fault}", markup=False, soft_wrap=True)
    answers.ERR.print(f"誤りが {len(faults)} 件あるため、何も提出していません", markup=False)
    return INVALID


@app.command(name="resume")
async def resume_all(*, renew: bool = False, json: Json = False) -> None:
    """記録だけをもとに、進行中の事案をすべて動かし直す. --renew は動いているものも."""
    settings = Settings()
    client = await temporal(settings)
    async with auditing(settings) as audit:
        total = len(await audit.records.cases(open=True, limit=1_000_000))
        with answers.progress(total, "再開") as advance:
            started = await resume(
                client,
                audit.records,
                renew=renew,
                task_queue=settings.task_queue,
                progress=lambda _: advance(),
            )
    if json:
        machine({"resumed": started})
    else:
        show(Text(f"進行中の事案 {started} 件を動かしました"))


# --- 記録 -------------------------------------------------------------------------------------


@audit_app.command(name="verify")
async def audit_verify(case: str | None = None, *, json: Json = False) -> int:
    """記録が記録されたままであることを確かめる. CASE で一つの事案だけ."""
    async with auditing(Settings()) as audit:
        with answers.counting("確かめた事実") as told:
            report = await audit.verify(case, told)
    if json:
        machine(report)
    else:
        show(tables.verification(report))
    return DONE if report.sound else ALTERED


# --- 様式 -------------------------------------------------------------------------------------


@app.command(name="schema")
def schema(kind: str | None = None, *, list: bool = False, json: Json = False) -> None:
    """行為と事実の様式（JSON Schema）. KIND で一つだけ、--list で行為の一覧."""
    if not list:
        machine(schema_of(kind))
        return
    if json:
        lines({"kind": kind, "title": title, "basis": basis} for kind, title, basis in kinds())
        return
    table = tables.plain("kind", "行為", "条項")
    for row in kinds():
        table.add_row(*row)
    show(table)


@app.command(name="migrate")
async def migrate_schema(*, json: Json = False) -> None:
    """記録の表を最新にする（データベースの所有者で KYODO_DATABASE_URL に接続する）."""
    applied = await migrate(database_url(Settings()))
    if json:
        machine({"applied": applied})
    else:
        show(Text("、".join(applied) or "最新です"))


# --- 一式 -------------------------------------------------------------------------------------


@app.command(name="up")
async def up(*, port: int = PORT, ui_port: int = UI_PORT) -> None:
    """PostgreSQL・Temporal・ワーカーの一式を起動し、Ctrl-C まで動かす（データは KYODO_HOME に残る）.

    ポートが使われていれば空いているものを使う（0 は常に空いているもの）.
    """
    settings = Settings()
    async with whole_stack(settings.home, port=port, ui_port=ui_port, say=_step) as stack:
        client = await temporal(settings, stack)
        own = settings.model_copy(update={"database_url": stack.database_url})
        async with auditing(own) as audit:
            resumed = await resume(client, audit.records, task_queue=settings.task_queue)
        show(tables.welcome(stack, settings.home.resolve(), resumed))
        await until_told()
        _step("止めています")


@app.command(name="demo")
async def demo() -> None:
    """広島市の一つの指定を、申請から取消しまで本物の一式の上で動かして見せる."""
    home = _temporary_home()
    settings = Settings(home=home, database_url=None)
    try:
        async with whole_stack(home, say=_step) as stack:
            await show_demo(settings, stack)
            if sys.stdout.isatty():
                show(tables.stay(stack))
                await until_told()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _temporary_home() -> Path:
    """A folder that the database server can enter when it runs under a user of its own."""
    home = Path(tempfile.mkdtemp(prefix="kyodo-demo-"))
    home.chmod(0o755)
    return home


def _step(words: str) -> None:
    answers.ERR.print(f"… {words}", markup=False)


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
        # A lone hyphen would be taken for an option.
        words = [STDIN if word == "-" else word for word in words]
        return app(words, exit_on_error=False, print_error=True) or DONE
    except Ended as ended:
        if str(ended):
            answers.ERR.print(str(ended), markup=False)
        return ended.code
    except CycloptsError:
        return INVALID
    except LookupError as error:
        answers.ERR.print(f"{error.args[0]}", markup=False)
        return INVALID
    except (StackFailed, RecordError) as error:
        answers.ERR.print(f"{error}", markup=False)
        return OUT_OF_REACH
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return DONE
