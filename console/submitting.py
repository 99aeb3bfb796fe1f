"""提出: `kyodo submit` and `kyodo resume`."""

import sys
from collections.abc import Sequence
from dataclasses import asdict

from rich.text import Text

from console import answers, tables
from console.answers import INVALID, lines, machine, show
from console.delivery import deliver, exit_code
from console.faults import Fault
from console.options import Json
from console.services import reading, temporal
from console.settings import Settings
from console.submissions import STDIN, read
from domain.record import Receipt, Submission
from workflows.client import resume, send

MOST_FAULTS_SHOWN = 50


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


async def resume_all(*, renew: bool = False, json: Json = False) -> None:
    """記録だけをもとに、進行中の事案をすべて動かし直す. --renew は動いているものも."""
    settings = Settings()
    client = await temporal(settings)
    async with reading(settings) as records:
        total = await records.count_open()
        with answers.progress(total, "再開") as advance:
            started = await resume(
                client,
                records,
                renew=renew,
                task_queue=settings.task_queue,
                progress=lambda _: advance(),
            )
    if json:
        machine({"resumed": started})
    else:
        show(Text(f"進行中の事案 {started} 件を動かしました"))
