"""食違い: What does not agree about one case, in words. Pure: everything was looked up before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from console.reconcile.record import Expected
from store.audit.shown import Shown
from workflows.days import JST
from workflows.watching import Held, Run

Kind = Literal["missing", "stray", "behind", "ahead", "deadline", "stuck", "projection"]
KINDS: dict[Kind, str] = {
    "missing": "動いていない",
    "stray": "動いているはずがない",
    "behind": "記録より遅れている",
    "ahead": "記録より進んでいる",
    "deadline": "期限が違う",
    "stuck": "止まっている",
    "projection": "索引が違う",
}
LATE = timedelta(hours=1)
"""How long the calendar may take over a note before the case counts as stuck."""
_COLUMNS = ("進行の別", "段階", "件名", "次の期限", "次の期限の名", "未了の義務", "義務の始まり")


@dataclass(frozen=True)
class Finding:
    """One thing that does not agree in a case."""

    case: str
    kind: Kind
    said: str


def findings(
    row: Shown, ought: Expected, held: Held | None, run: Run | None, now: datetime
) -> list[Finding]:
    """What does not agree between a case's record, its workflow (None: none runs) and its projection."""
    said = [*_of_temporal(ought, held, run, now), *_of_projection(row, ought)]
    return [Finding(row.case, kind, words) for kind, words in said]


def _of_temporal(
    ought: Expected, held: Held | None, run: Run | None, now: datetime
) -> Iterator[tuple[Kind, str]]:
    if held is None:
        if ought.open:
            yield "missing", "記録では進行中ですが、ワークフローが動いていません"
    elif not ought.open:
        yield "stray", "記録では終結していますが、ワークフローが動いています"
    else:
        yield from _of_workflow(ought, held, run, now)


def _of_workflow(
    ought: Expected, held: Held, run: Run | None, now: datetime
) -> Iterator[tuple[Kind, str]]:
    if held.trouble:
        yield "stuck", held.trouble
    if (carried := held.carried) is None:
        return
    if carried.number != ought.number:
        kind: Kind = "behind" if carried.number < ought.number else "ahead"
        yield kind, f"ワークフローは版{carried.number}、記録は版{ought.number}までです"
        return
    if not carried.ready:
        yield "stuck", "規律（条例の定め）を読めず、待っています"
    elif differing := _differing(ought.dues, carried.dues):
        yield "deadline", differing
    elif run and run.shown and _day(run.shown) not in carried.dues.values():
        yield "deadline", f"一覧に示す期限 {_day(run.shown)} は、今の期限のどれでもありません"
    if carried.note_at and carried.note_at + LATE < now:
        yield "stuck", f"{carried.note_at.astimezone(JST):%Y-%m-%d} に来た期日が記入されていません"
    if carried.warning:
        yield "stuck", carried.warning


def _of_projection(row: Shown, ought: Expected) -> Iterator[tuple[Kind, str]]:
    if row.telling is None:
        yield "projection", "現況の索引がありません"
        return
    for name, makes, shows in zip(_COLUMNS, ought.telling, row.telling, strict=True):
        if makes != shows:
            yield "projection", f"{name}: 索引は「{shows}」、記録からは「{makes}」です"


def _differing(ought: dict[str, date], has: dict[str, date]) -> str:
    keys = sorted(key for key in ought.keys() | has.keys() if ought.get(key) != has.get(key))
    return "、".join(
        f"{key}: ワークフローは {has.get(key, 'なし')}、記録からは {ought.get(key, 'なし')}"
        for key in keys
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(JST).date()
