"""提出: Hands submissions in, case by case in their order, many cases at once.

After a refusal or a fault the rest of that case is held back, because later commands rest on
earlier ones; other cases go on. A submission sent again is answered with its old receipt, so
a file may simply be handed in once more.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from console.answers import DONE, INVALID, OUT_OF_REACH, REFUSED
from domain.record import Receipt, Submission
from workflows.client import Halted, Invalid, NotTaken, RefusedByLaw

AT_ONCE = 16
Outcome = Literal[
    "recorded", "already", "nothing", "refused", "invalid", "halted", "unknown", "held"
]

OUTCOMES: dict[Outcome, str] = {
    "recorded": "記録した",
    "already": "記録済み",
    "nothing": "変わりなし",
    "refused": "拒否",
    "invalid": "入力の誤り",
    "halted": "中断",
    "unknown": "応答なし",
    "held": "送っていない",
}
_CODES: dict[Outcome, int] = {
    "refused": REFUSED,
    "invalid": INVALID,
    "halted": OUT_OF_REACH,
    "unknown": OUT_OF_REACH,
}

Send = Callable[[Submission], Awaitable[Receipt]]


class Result(BaseModel):
    """What became of one submission; `citation`, `reason` and `remedy` tell why it was refused."""

    model_config = ConfigDict(frozen=True)

    id: str
    case: str
    kind: str
    outcome: Outcome
    receipt: Receipt | None = None
    citation: str = ""
    reason: str = ""
    remedy: str = ""


async def deliver(
    send: Send, submissions: Sequence[Submission], done: Callable[[Result], None]
) -> list[Result]:
    """Hand all in; `done` hears of each. The results are in the order of `submissions`."""
    by_case: dict[str, list[Submission]] = defaultdict(list)
    for submission in submissions:
        by_case[submission.case].append(submission)
    room = asyncio.Semaphore(AT_ONCE)
    results: dict[int, Result] = {}

    async def one_case(queue: Iterable[Submission]) -> None:
        async with room:
            stopped = False
            for submission in queue:
                result = _held(submission) if stopped else await hand_in(send, submission)
                stopped = stopped or result.outcome in _CODES
                results[id(submission)] = result
                done(result)

    async with asyncio.TaskGroup() as group:
        for queue in by_case.values():
            group.create_task(one_case(queue))
    return [results[id(submission)] for submission in submissions]


async def hand_in(send: Send, submission: Submission) -> Result:
    """Send one submission and say what became of it."""
    try:
        receipt = await send(submission)
    except RefusedByLaw as refused:
        return _result(
            submission,
            "refused",
            citation=refused.citation,
            reason=refused.reason,
            remedy=refused.remedy,
        )
    except Invalid as fault:
        return _result(submission, "invalid", reason=str(fault))
    except Halted as halted:
        return _result(submission, "halted", reason=str(halted))
    except NotTaken as unknown:
        return _result(submission, "unknown", reason=str(unknown))
    outcome: Outcome = (
        "already" if receipt.duplicate else "recorded" if receipt.events else "nothing"
    )
    return _result(submission, outcome, receipt=receipt)


def _held(submission: Submission) -> Result:
    return _result(submission, "held", reason="同じ事案の先の行為が受け付けられなかったため")


def _result(
    submission: Submission,
    outcome: Outcome,
    *,
    receipt: Receipt | None = None,
    citation: str = "",
    reason: str = "",
    remedy: str = "",
) -> Result:
    return Result(
        id=submission.id,
        case=submission.case,
        kind=str(submission.command.get("kind", "")),
        outcome=outcome,
        receipt=receipt,
        citation=citation,
        reason=reason,
        remedy=remedy,
    )


def exit_code(results: Iterable[Result]) -> int:
    """The code for a whole file: out of reach over invalid over refused over done."""
    codes = {_CODES.get(result.outcome, DONE) for result in results}
    return next((code for code in (OUT_OF_REACH, INVALID, REFUSED) if code in codes), DONE)
