"""執行停止（行審法第25条・第26条）: Whether the effect of a contested act waits for the ruling.

    申立て又は職権 → 執行停止 → その取消し / 手続の終わりによる終了
                   → 執行停止をしない決定

Filing stops nothing. While an act is stayed it has no effect: a revoked designation counts
again, and an order need not be complied with. A stay by the court is in litigation.py.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.designation.remedies.acts import Acts, Adverse, Contested, Number
from domain.designation.remedies.appeals import Appeal, pending
from domain.law import ARA_25, ARA_26, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import Decision, Entry, by_the_body, refuse_unless, stated
from domain.text import Text

Scope = Literal["処分の効力", "処分の執行", "手続の続行"]
Ended = Literal["執行停止の取消し", "裁決", "取下げ", "判決"]


# --- 事実 -------------------------------------------------------------------------------------


class StaySought(Event):
    """執行停止の申立て（行審法第25条第2項）: The body asks for a stay after it has appealed."""

    title: ClassVar[str] = "執行停止の申立て"
    kind: Literal["StaySought"] = "StaySought"
    basis: Citation = ARA_25.para(2)
    appeal: Number
    act: Contested
    grounds: Text


class StayGranted(Event):
    """執行停止（行審法第25条）: The mayor, judging the appeal, suspends the contested act."""

    title: ClassVar[str] = "執行停止"
    kind: Literal["StayGranted"] = "StayGranted"
    basis: Citation = ARA_25
    drafted_by: Actor
    appeal: Number
    act: Contested
    on_request: bool
    scope: Scope
    necessity: Finding


class StayDenied(Event):
    """執行停止をしない決定（行審法第25条）: The stay that was asked for is not granted."""

    title: ClassVar[str] = "執行停止をしない決定"
    kind: Literal["StayDenied"] = "StayDenied"
    basis: Citation = ARA_25
    drafted_by: Actor
    appeal: Number
    act: Contested
    finding: Finding


class StayEnded(Event):
    """執行停止の終了（行審法第26条）: Lifted, or at an end with its procedure.

    `remains` tells that the act is still stayed in another procedure.
    """

    title: ClassVar[str] = "執行停止の終了"
    kind: Literal["StayEnded"] = "StayEnded"
    basis: Citation = ARA_26
    act: Contested
    source: Text
    why: Ended
    finding: Finding | None
    remains: bool


StayEvent = StaySought | StayGranted | StayDenied | StayEnded


# --- 命令書 -----------------------------------------------------------------------------------


class SeekStay(Entry):
    """執行停止を申し立てる（行審法第25条第2項）: Where the appeal itself did not ask for it."""

    title: ClassVar[str] = "執行停止を申し立てる"
    cites: ClassVar[Citation] = ARA_25
    done_by: ClassVar[Role] = "body"
    kind: Literal["SeekStay"] = "SeekStay"
    appeal: Number
    grounds: Text


class GrantStay(Decision):
    """執行を停止する（行審法第25条第2項・第4項）: On request, or ex officio."""

    title: ClassVar[str] = "執行を停止する"
    cites: ClassVar[Citation] = ARA_25
    kind: Literal["GrantStay"] = "GrantStay"
    appeal: Number
    scope: Scope
    necessity: Finding


class DenyStay(Decision):
    """執行停止をしないこととする（行審法第25条第4項・第7項）: Without delay, on stated reasons."""

    title: ClassVar[str] = "執行停止をしないこととする"
    cites: ClassVar[Citation] = ARA_25
    kind: Literal["DenyStay"] = "DenyStay"
    appeal: Number
    finding: Finding


class LiftStay(Decision):
    """執行停止を取り消す（行審法第26条）: Where public welfare is gravely affected, or things changed."""

    title: ClassVar[str] = "執行停止を取り消す"
    cites: ClassVar[Citation] = ARA_26
    kind: Literal["LiftStay"] = "LiftStay"
    appeal: Number
    finding: Finding


StayCommand = SeekStay | GrantStay | DenyStay | LiftStay


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: StayCommand, appeal: Appeal, acts: Acts, body: str, rules: Rules
) -> Sequence[StayEvent]:
    """The facts a command about a stay of the act that `appeal` contests brings about."""
    adverse = _contested(command, pending(command, appeal), acts)
    stayed = appeal.source in adverse.stays
    match command:
        case SeekStay():
            by_the_body(command, body)
            refuse_unless(not stayed, ARA_25, f"{adverse.act}の執行はすでに停止されています")
            sought = [stated(StaySought, command, rules, act=adverse.act)]
            return [] if appeal.stay_sought else sought
        case GrantStay():
            refuse_unless(not adverse.annulled, ARA_25, f"{adverse.act}はすでに取り消されています")
            refuse_unless(not stayed, ARA_25, f"{adverse.act}の執行はすでに停止されています")
            on_request = appeal.stay_sought
            return [stated(StayGranted, command, rules, act=adverse.act, on_request=on_request)]
        case DenyStay():
            refuse_unless(appeal.stay_sought, ARA_25, "執行停止の申立てがありません")
            return [stated(StayDenied, command, rules, act=adverse.act)]
        case LiftStay():
            refuse_unless(stayed, ARA_26, f"{adverse.act}の執行は停止されていません")
            why: Ended = "執行停止の取消し"
            return ended(command, adverse, appeal.source, why, rules, finding=command.finding)


def _contested(command: StayCommand, appeal: Appeal, acts: Acts) -> Adverse:
    refuse_unless(
        appeal.act is not None,
        command.cites,
        "不作為についての審査請求には、執行を停止する処分がありません",
    )
    return acts.find(appeal.act.number if appeal.act else 0, command.cites)


def ended(
    command: Decision | Entry,
    adverse: Adverse,
    source: str,
    why: Ended,
    rules: Rules,
    **more: object,
) -> list[StayEnded]:
    """The end of the stay that `source` brought on an act, if it did."""
    if source not in adverse.stays:
        return []
    remains = bool(adverse.stays - {source})
    said = {"act": adverse.act, "source": source, "why": why, "remains": remains}
    return [stated(StayEnded, command, rules, **{"finding": None, **said, **more})]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(acts: Acts, event: StayGranted | StayEnded) -> Acts:
    """The acts after a stay of one began or ended."""
    adverse = acts.find(event.act.number, event.basis)
    if isinstance(event, StayGranted):
        stays = adverse.stays | {f"appeal-{event.appeal}"}
    else:
        stays = adverse.stays - {event.source}
    return acts.at(replace(adverse, stays=stays))
