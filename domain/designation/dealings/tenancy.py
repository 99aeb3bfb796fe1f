"""貸付けの期間（法第260条の49第9項、借地借家法第38条第6項）: Use, the notice of the end, the return.

    用途に供する（供しない・やめた）→ 期間満了の通知 → 期間の満了 → 返還

The calendar notes the days that matter (the use must begin, its period ends, the notice of the
end is due, the term ends); nothing ends by itself, and a property is back when an officer says so.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.decider import Refused
from domain.designation.dealings.lease import PARA_7, PARA_9, Leased, Leases, Vacating
from domain.designation.dealings.leasing import A_YEAR, SIX_MONTHS, after, over
from domain.designation.dealings.terms import Number
from domain.law import LEASE_38, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.periods import Deadline, fixed
from domain.procedure import Entry, has_passed, not_before, refuse_unless, stated

NOTICE = LEASE_38.para(6)


# --- 事実 -------------------------------------------------------------------------------------


class UseConfirmed(Event):
    """用途に供した事実の確認（法第260条の49第9項）: The property serves the use that was fixed."""

    title: ClassVar[str] = "用途に供した事実の確認"
    kind: Literal["UseConfirmed"] = "UseConfirmed"
    basis: Citation = PARA_9
    lease: Number
    finding: Finding


class UseStopped(Event):
    """用途に供することをやめた事実の確認（法第260条の49第9項）: From which day, on what evidence."""

    title: ClassVar[str] = "用途に供することをやめた事実の確認"
    kind: Literal["UseStopped"] = "UseStopped"
    basis: Citation = PARA_9
    lease: Number
    stopped_on: date
    finding: Finding


class UseDayPassed(Event):
    """用途に供する期日の経過（法第260条の49第9項）: Noted where the use was not seen to have begun."""

    title: ClassVar[str] = "用途に供する期日の経過"
    kind: Literal["UseDayPassed"] = "UseDayPassed"
    basis: Citation = PARA_9
    lease: Number
    due: Deadline


class UsePeriodPassed(Event):
    """用途に供する期間の満了（法第260条の49第9項）: After it, leaving off is no breach any more."""

    title: ClassVar[str] = "用途に供する期間の満了"
    kind: Literal["UsePeriodPassed"] = "UsePeriodPassed"
    basis: Citation = PARA_9
    lease: Number
    due: Deadline


class TermEndNotified(Event):
    """期間満了の通知（借地借家法第38条第6項）: `due` is the day from which the end can be held."""

    title: ClassVar[str] = "期間満了の通知"
    kind: Literal["TermEndNotified"] = "TermEndNotified"
    basis: Citation = NOTICE
    lease: Number
    arrives: date
    in_time: bool
    due: Deadline


class TermNoticeMissed(Event):
    """期間満了の通知の期限の経過（借地借家法第38条第6項）: The end can be held six months after a notice."""

    title: ClassVar[str] = "期間満了の通知の期限の経過"
    kind: Literal["TermNoticeMissed"] = "TermNoticeMissed"
    basis: Citation = NOTICE
    lease: Number
    due: Deadline


class LeaseTermPassed(Event):
    """貸付けの期間の満了（法第260条の49第7項）: Noted; the property is to be taken back, or leased anew."""

    title: ClassVar[str] = "貸付けの期間の満了"
    kind: Literal["LeaseTermPassed"] = "LeaseTermPassed"
    basis: Citation = PARA_7
    lease: Number
    due: Deadline


class PropertyReturned(Event):
    """貸付財産の返還（法第260条の49第7項）: An officer has taken the property back."""

    title: ClassVar[str] = "貸付財産の返還"
    kind: Literal["PropertyReturned"] = "PropertyReturned"
    basis: Citation = PARA_7
    lease: Number
    finding: Finding


TenancyEvent = (
    UseConfirmed
    | UseStopped
    | UseDayPassed
    | UsePeriodPassed
    | TermEndNotified
    | TermNoticeMissed
    | LeaseTermPassed
    | PropertyReturned
)
TermNote = UseDayPassed | UsePeriodPassed | TermNoticeMissed | LeaseTermPassed


# --- 命令書 -----------------------------------------------------------------------------------


class ConfirmUse(Entry):
    """用途に供していることを確かめる（法第260条の49第9項）: By an officer, also after it was left off."""

    title: ClassVar[str] = "用途に供していることを確かめる"
    cites: ClassVar[Citation] = PARA_9
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ConfirmUse"] = "ConfirmUse"
    lease: Number
    finding: Finding


class RecordUseStopped(Entry):
    """用途に供することをやめたことを確かめる（法第260条の49第9項）: Nothing follows by itself."""

    title: ClassVar[str] = "用途に供することをやめたことを確かめる"
    cites: ClassVar[Citation] = PARA_9
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordUseStopped"] = "RecordUseStopped"
    lease: Number
    stopped_on: date
    finding: Finding


class NotifyTermEnd(Entry):
    """期間満了を通知する（借地借家法第38条第6項）: `arrives` is the day it reaches the body."""

    title: ClassVar[str] = "期間満了を通知する"
    cites: ClassVar[Citation] = NOTICE
    done_by: ClassVar[Role] = "officer"
    kind: Literal["NotifyTermEnd"] = "NotifyTermEnd"
    lease: Number
    arrives: date


class ConfirmReturn(Entry):
    """貸付財産の返還を確かめる（法第260条の49第7項）: After the term, or after the lease was ended."""

    title: ClassVar[str] = "貸付財産の返還を確かめる"
    cites: ClassVar[Citation] = PARA_7
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ConfirmReturn"] = "ConfirmReturn"
    lease: Number
    finding: Finding


class NoteUseDayPassed(Entry):
    """用途に供する期日の経過を記録する（法第260条の49第9項）."""

    title: ClassVar[str] = "用途に供する期日の経過を記録する"
    cites: ClassVar[Citation] = PARA_9
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteUseDayPassed"] = "NoteUseDayPassed"
    lease: Number


class NoteUsePeriodPassed(Entry):
    """用途に供する期間の満了を記録する（法第260条の49第9項）."""

    title: ClassVar[str] = "用途に供する期間の満了を記録する"
    cites: ClassVar[Citation] = PARA_9
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteUsePeriodPassed"] = "NoteUsePeriodPassed"
    lease: Number


class NoteTermNoticeMissed(Entry):
    """期間満了の通知の期限の経過を記録する（借地借家法第38条第6項）."""

    title: ClassVar[str] = "期間満了の通知の期限の経過を記録する"
    cites: ClassVar[Citation] = NOTICE
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteTermNoticeMissed"] = "NoteTermNoticeMissed"
    lease: Number


class NoteLeaseTermPassed(Entry):
    """貸付けの期間の満了を記録する（法第260条の49第7項）."""

    title: ClassVar[str] = "貸付けの期間の満了を記録する"
    cites: ClassVar[Citation] = PARA_7
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteLeaseTermPassed"] = "NoteLeaseTermPassed"
    lease: Number


TermNoteCommand = (
    NoteUseDayPassed | NoteUsePeriodPassed | NoteTermNoticeMissed | NoteLeaseTermPassed
)
TenancyCommand = ConfirmUse | RecordUseStopped | NotifyTermEnd | ConfirmReturn | TermNoteCommand


# --- 決定 -------------------------------------------------------------------------------------


def decide(command: TenancyCommand, leases: Leases, rules: Rules) -> Sequence[TenancyEvent]:
    """The facts that a command about a lease that runs, or has ended, brings about."""
    match command:
        case ConfirmUse():
            stage = leases.find(command.lease, Leased, command)
            not_before(command, stage.since, "貸付契約の締結")
            seen = stage.used_since is not None and stage.stopped is None
            return [] if seen else [stated(UseConfirmed, command, rules)]
        case RecordUseStopped():
            return _stopped(command, leases.find(command.lease, Leased, command), rules)
        case NotifyTermEnd():
            return _notified(command, leases.find(command.lease, Leased, command), rules)
        case ConfirmReturn():
            return _returned(command, leases, rules)
        case _:
            return _noted(command, leases.open.get(command.lease), rules)


def _stopped(command: RecordUseStopped, stage: Leased, rules: Rules) -> list[UseStopped]:
    not_before(command, stage.since, "貸付契約の締結")
    if stage.stopped == command.stopped_on:
        return []
    used_since = stage.used_since
    refuse_unless(
        used_since is not None and used_since <= command.stopped_on <= command.on,
        command.cites,
        "やめた日は、用途に供した事実を確かめた日から今回の確認の日までの日です",
        "用途に供したことがないときは、期日の経過によってください",
    )
    return [stated(UseStopped, command, rules)]


def _notified(command: NotifyTermEnd, stage: Leased, rules: Rules) -> list[TermEndNotified]:
    """期間満了の通知（借地借家法第38条第6項）: Between one year and six months before the end."""
    if stage.notified:
        return []
    latest, ends = stage.notice, stage.end.day
    if latest is None or latest.day is None or ends is None:
        raise Refused(NOTICE, "期間が1年以上の定期建物賃貸借ではないため、通知を要しません")
    not_before(command, stage.since, "貸付契約の締結")
    refuse_unless(
        command.arrives >= command.on,
        NOTICE,
        f"到達の日 {command.arrives} が、通知の日 {command.on} より前です",
    )
    refuse_unless(
        after(command.arrives, A_YEAR, rules) >= ends,
        NOTICE,
        f"期間の満了（{ends}）の1年前より前に到達する通知では足りません",
    )
    held = max(ends, after(command.arrives, SIX_MONTHS, rules))
    in_time = not has_passed(latest, command.arrives)
    return [stated(TermEndNotified, command, rules, in_time=in_time, due=_end(stage, held))]


def _end(stage: Leased, day: date) -> Deadline:
    return fixed(
        key=stage.end.key,
        title=stage.end.title,
        basis=stage.end.basis,
        origin=stage.end.origin,
        origin_title=stage.end.origin_title,
        day=day,
    )


def _returned(command: ConfirmReturn, leases: Leases, rules: Rules) -> list[PropertyReturned]:
    stage = leases.open.get(command.lease)
    if isinstance(stage, Leased):
        refuse_unless(
            has_passed(stage.end, command.on),
            command.cites,
            f"貸付け（{command.lease}）の期間は満了しておらず、契約も解除されていません",
            "期間の途中で終わらせるときは、先に契約を解除してください",
        )
        return [stated(PropertyReturned, command, rules)]
    vacating = leases.find(command.lease, Vacating, command)
    not_before(command, vacating.since, "貸付けの解除")
    return [] if vacating.returned else [stated(PropertyReturned, command, rules)]


def watched(stage: Leased) -> list[tuple[Deadline, type[TermNoteCommand], type[TermNote]]]:
    """The days that still matter, each with what the calendar notes after it.

    A day that has passed matters until what was due by it is done; the end of the period of use
    only until it is noted.
    """
    found: list[tuple[Deadline | None, type[TermNoteCommand], type[TermNote]]] = [
        (None if stage.used_since else stage.use_begins, NoteUseDayPassed, UseDayPassed),
        (_to_come(stage, stage.use_ends), NoteUsePeriodPassed, UsePeriodPassed),
        (None if stage.notified else stage.notice, NoteTermNoticeMissed, TermNoticeMissed),
        (stage.end, NoteLeaseTermPassed, LeaseTermPassed),
    ]
    return [(due, note, fact) for due, note, fact in found if due]


def _to_come(stage: Leased, due: Deadline | None) -> Deadline | None:
    return None if due is None or due.key in stage.noted else due


def _noted(command: TermNoteCommand, stage: object, rules: Rules) -> list[TenancyEvent]:
    if not isinstance(stage, Leased):
        return []
    return [
        stated(fact, command, rules, due=due)
        for due, kind, fact in watched(stage)
        if isinstance(command, kind) and due.key not in stage.noted and has_passed(due, command.on)
    ]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(leases: Leases, event: TenancyEvent) -> Leases:
    """The leases after a fact about one that runs or has ended."""
    if isinstance(event, PropertyReturned):
        return _back(leases, event)
    moved = _moved(leases.followed(event.lease, Leased, event), event)
    return replace(leases, open={**leases.open, event.lease: moved})


def _back(leases: Leases, event: PropertyReturned) -> Leases:
    stage = leases.open.get(event.lease)
    if isinstance(stage, Vacating) and stage.compensable:
        open_still = replace(stage, returned=True)
        return replace(leases, open={**leases.open, event.lease: open_still})
    return over(leases, event.lease)


def _moved(stage: Leased, event: TenancyEvent) -> Leased:
    match event:
        case UseConfirmed():
            return replace(stage, used_since=stage.used_since or event.on, stopped=None)
        case UseStopped():
            return replace(stage, stopped=event.stopped_on)
        case TermEndNotified():
            noted = stage.noted if event.due == stage.end else stage.noted - {stage.end.key}
            return replace(stage, notified=True, end=event.due, noted=noted)
        case PropertyReturned():
            return stage
        case UseDayPassed() | UsePeriodPassed() | TermNoticeMissed() | LeaseTermPassed():
            return replace(stage, noted=stage.noted | {event.due.key})
