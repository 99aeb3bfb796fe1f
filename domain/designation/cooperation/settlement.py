"""支援の終了・精算・返還（法第260条の49第3項）.

    (giving.py) 実施 … → 終了 → （補助金の返還 …）

A measure ends with a finding, whatever has become of the status of the body. Of a grant the amount
is settled; what was given beyond it is to be returned, and awaited until it is.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.decider import Refused
from domain.designation.cooperation.measures import (
    PARA_3,
    Form,
    Measure,
    Returning,
    Supports,
    mark_of,
)
from domain.designation.cooperation.terms import Number, Paid, Yen, yen
from domain.law import Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import Decision, Entry, not_before, refuse_unless, stated
from domain.text import Line

# --- 事実 -------------------------------------------------------------------------------------


class SupportClosed(Event):
    """支援の終了（法第260条の49第3項）: Found to be done; a grant is settled, the rest returned."""

    title: ClassVar[str] = "支援の終了"
    kind: Literal["SupportClosed"] = "SupportClosed"
    basis: Citation = PARA_3
    drafted_by: Actor
    support: Number
    form: Form
    finding: Finding
    limit: Yen | None
    given: Yen
    settled: Yen
    to_return: Yen | None


class SubsidyReturned(Event):
    """補助金の返還（法第260条の49第3項）: An amount comes back; `left` is still awaited."""

    title: ClassVar[str] = "補助金の返還"
    kind: Literal["SubsidyReturned"] = "SubsidyReturned"
    basis: Citation = PARA_3
    support: Number
    amount: Yen
    left: Yen


class ReturnForgone(Event):
    """補助金の返還の打切り（法第260条の49第3項）: What is `left` is awaited here no longer.

    `authority` is the 議決, the provision or the ledger that lets it go or takes it over (法第96条
    第1項第10号の権利の放棄, 令第171条の7の免除, 債権管理への引継ぎ).
    """

    title: ClassVar[str] = "補助金の返還の打切り"
    kind: Literal["ReturnForgone"] = "ReturnForgone"
    basis: Citation = PARA_3
    drafted_by: Actor
    support: Number
    left: Yen
    authority: Line
    finding: Finding


SettlementEvent = SupportClosed | SubsidyReturned | ReturnForgone


# --- 命令書 -----------------------------------------------------------------------------------


class CloseSupport(Decision):
    """支援を終える（法第260条の49第3項）: A grant is `settled`; what was given beyond is returned."""

    title: ClassVar[str] = "支援を終える"
    cites: ClassVar[Citation] = PARA_3
    kind: Literal["CloseSupport"] = "CloseSupport"
    support: Number
    finding: Finding
    settled: Yen | None = None


class RecordReturn(Entry):
    """補助金の返還を記録する（法第260条の49第3項）: `on` is the day on which it was received."""

    title: ClassVar[str] = "補助金の返還を記録する"
    cites: ClassVar[Citation] = PARA_3
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordReturn"] = "RecordReturn"
    support: Number
    amount: Paid


class ForgoReturn(Decision):
    """補助金の返還を打ち切る（法第260条の49第3項）: Under what 議決 or provision, and why."""

    title: ClassVar[str] = "補助金の返還を打ち切る"
    cites: ClassVar[Citation] = PARA_3
    kind: Literal["ForgoReturn"] = "ForgoReturn"
    support: Number
    authority: Line
    finding: Finding


SettlementCommand = CloseSupport | RecordReturn | ForgoReturn


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: SettlementCommand, supports: Supports, rules: Rules
) -> Sequence[SettlementEvent]:
    """The facts that a command about the end of a measure brings about."""
    match command:
        case CloseSupport():
            return [_closed(command, supports.find(command.support), rules)]
        case RecordReturn():
            return _returned(command, supports.to_return(command.support), rules)
        case ForgoReturn():
            return [_forgone(command, supports.to_return(command.support), rules)]


def _closed(command: CloseSupport, measure: Measure, rules: Rules) -> SupportClosed:
    not_before(command, max(measure.decided, measure.latest), "支援の計画又は実施")
    settled = measure.given if command.settled is None else command.settled
    if measure.is_grant:
        _settled(command, measure)
    return stated(
        SupportClosed,
        command,
        rules,
        form=measure.form,
        limit=measure.limit,
        given=measure.given,
        settled=settled,
        to_return=measure.given - settled if measure.is_grant else None,
    )


def _settled(command: CloseSupport, measure: Measure) -> None:
    """額の確定: A person says the amount; what was found due beyond what was paid is paid first."""
    if command.settled is None:
        raise Refused(
            PARA_3,
            "補助金を終えるには、額の確定が要ります",
            "settled に確定した額（円）を記してください",
        )
    refuse_unless(
        command.settled <= measure.given,
        PARA_3,
        f"確定した額 {yen(command.settled)} が、交付した額（{yen(measure.given)}）を超えます",
        "残りの交付を「支援の実施を記録する」で先に記録してください",
    )


def _returned(command: RecordReturn, returning: Returning, rules: Rules) -> list[SubsidyReturned]:
    not_before(command, returning.since, "支援の終了")
    if mark_of(command, "", command.amount) in returning.returns:
        return []
    left = returning.left - command.amount
    refuse_unless(
        left >= 0,
        PARA_3,
        f"返還 {yen(command.amount)} が、返還を要する額の残り（{yen(returning.left)}）を超えます",
    )
    return [stated(SubsidyReturned, command, rules, left=left)]


def _forgone(command: ForgoReturn, returning: Returning, rules: Rules) -> ReturnForgone:
    not_before(command, returning.latest, "支援の終了又は補助金の返還")
    return stated(ReturnForgone, command, rules, left=returning.left)


# --- 経過 -------------------------------------------------------------------------------------


def evolve(supports: Supports, event: SettlementEvent) -> Supports:
    """The measures after one was closed, or something of it returned."""
    match event:
        case SupportClosed():
            return _after_closing(supports, event)
        case SubsidyReturned():
            return _after_return(supports, event)
        case ReturnForgone():
            return supports.awaiting(event.support, None)


def _after_closing(supports: Supports, event: SupportClosed) -> Supports:
    left = tuple(one for one in supports.under_way if one.no != event.support)
    closed = replace(supports, under_way=left, idle_since=event.on)
    if not event.to_return:
        return closed
    awaited = Returning(event.support, event.on, event.on, event.to_return)
    return closed.awaiting(event.support, awaited)


def _after_return(supports: Supports, event: SubsidyReturned) -> Supports:
    before = supports.returning_of(event.support)
    mark = (event.on, "", event.amount, event.document)
    after = replace(
        before,
        left=before.left - event.amount,
        latest=max(before.latest, event.on),
        returns=before.returns | {mark},
    )
    return supports.awaiting(event.support, after if after.left else None)
