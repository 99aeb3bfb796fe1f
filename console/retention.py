"""保存と廃棄: `kyodo retention`, what goes after its time, and the erasure of a person's information.

Both are decided in the case itself and recorded there first; only then are bodies disposed of and
keys destroyed. What went leaves the pages of the tables with a VACUUM; backups made before hold it
still, and are the operator's to let go.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from cyclopts import App, Parameter
from rich.text import Text
from temporalio.client import Client

from console import answers, tables
from console.answers import INVALID, REFUSED, end, machine, show
from console.delivery import hand_in
from console.listing import Listing, hand_out
from console.options import Csv, Json, Out, Place, Why, code, viewer
from console.reconcile.comparing import Sources
from console.reconcile.forgetting import forget_histories, note_interventions
from console.services import auditing, disposing, projecting, reading, rulebook, temporal
from console.settings import Settings
from console.submissions import read
from domain.docket import Docket, retention
from domain.record import Receipt, Submission, municipality_of
from store.audit.standing import closed_cases
from store.disposal import dispose, erase, holders, scrub
from workflows.client import send

retention_app = App(name="retention", help="保存期間と廃棄、個人情報の消去")
File = Annotated[str, Parameter(help="決裁の命令書（JSON、- は標準入力）")]


@retention_app.command(name="list")
async def retention_list(
    *,
    municipality: Place = None,
    why: Why = "",
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """終結した事案の保存期間: いつまで保存するか."""
    settings = Settings()
    looking = viewer(settings, why, needs_why=False)
    rules = rulebook(settings)
    async with auditing(settings) as audit:
        closed = await closed_cases(
            audit.desk, looking, code(municipality) if municipality else None
        )
    rows: list[tuple[object, ...]] = []
    for one in closed:
        due = retention(Docket(latest=one.latest), rules.rules(municipality_of(one.case)))
        rows.append((one.case, one.latest, due.day, "、".join(due.explain())))
    rows.sort(key=lambda row: (f"{row[2]}", f"{row[0]}"))
    hand_out(Listing(("事案", "完結", "保存期間の満了", "根拠"), rows), json=json, csv=csv, out=out)


@retention_app.command(name="dispose")
async def retention_dispose(file: File, *, json: Json = False) -> int | None:
    """保存期間の満了した事案の記録を廃棄する. FILE は DisposeRecord の命令書."""
    settings, submission = Settings(), _decision(file, "DisposeRecord")
    case = submission.case
    async with _sources(settings) as sources, disposing(settings) as pool:
        await note_interventions(sources, case, task_queue=settings.task_queue)
        if (refused := await _record(settings, sources.client, submission)) is not None:
            return refused
        gone = await dispose(pool, case)
        runs = await forget_histories(sources, [case], task_queue=settings.task_queue)
    words = f"事案 {case} の本文 {gone} 件を廃棄し、Temporal の履歴 {runs} 件を消しました"
    _tell({"case": case, "bodies": gone, "histories": runs}, words, json=json)
    return None


@retention_app.command(name="erase")
async def retention_erase(file: File, *, json: Json = False) -> int | None:
    """人の情報を、その人を含むすべての事案で消去する. FILE は ErasePerson の命令書."""
    settings, asked = Settings(), _decision(file, "ErasePerson")
    municipality, person = municipality_of(asked.case), str(asked.command["subject"])
    async with _sources(settings) as sources, disposing(settings) as pool:
        cases = await holders(pool, municipality, person)
        if not cases:
            end(INVALID, f"{municipality} に {person} の情報を含む事案はありません")
        for case in cases:
            await note_interventions(sources, case, task_queue=settings.task_queue)
            each = asked.model_copy(update={"case": case})
            if (refused := await _record(settings, sources.client, each)) is not None:
                return refused
        gone = await erase(pool, municipality, person)
        runs = await forget_histories(sources, cases, task_queue=settings.task_queue)
    words = (
        f"{person} に関する本文 {gone} 件（事案 {len(cases)} 件）は、記録からはもうだれにも読めません。"
        f"Temporal の履歴 {runs} 件を消しました"
    )
    _tell({"person": person, "cases": cases, "texts": gone, "histories": runs}, words, json=json)
    return None


@retention_app.command(name="scrub")
async def retention_scrub(*, json: Json = False) -> None:
    """廃棄・消去したものを、表のファイルからも除く. 表を書き直す間、記録への読み書きは待つ."""
    settings, done = Settings(), list[str]()
    async with disposing(settings) as pool:
        await scrub(pool, done.append)
    _tell({"rewritten": done}, f"表 {'、'.join(done)} を書き直しました", json=json)


def _decision(file: str, kind: str) -> Submission:
    """The one submission of the file, of the kind that was expected; ends the command (2) if not."""
    submissions, faults = read((file,), answers.stdin())
    for fault in faults:
        answers.ERR.print(f"{fault}", markup=False, soft_wrap=True)
    if faults or len(submissions) != 1 or submissions[0].command.get("kind") != kind:
        end(INVALID, f"{file}: {kind} の命令書を一つだけ渡してください")
    return submissions[0]


@asynccontextmanager
async def _sources(settings: Settings) -> AsyncGenerator[Sources, None]:
    async with reading(settings) as records, projecting(settings) as projections:
        yield Sources(await temporal(settings), records, projections, rulebook(settings))


async def _record(settings: Settings, client: Client, submission: Submission) -> int | None:
    """Have the decision recorded in its case; the exit code where the law or the input is against it."""

    async def send_one(one: Submission) -> Receipt:
        return await send(client, one, task_queue=settings.task_queue)

    result = await hand_in(send_one, submission)
    if result.outcome in ("recorded", "already", "nothing"):
        return None
    show(tables.results([result]))
    return REFUSED if result.outcome == "refused" else INVALID


def _tell(record: object, words: str, *, json: bool) -> None:
    if json:
        machine(record)
    else:
        show(Text(words))
