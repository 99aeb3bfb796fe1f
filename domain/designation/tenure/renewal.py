"""有効期間・更新・満了（法第14条第1項、条例）.

    更新の申請 → 更新 / 更新の拒否 / 取下げ
    有効期間の満了 → 指定の終了

The calendar notes the end of a term, which the ordinance has already brought about. An
application that came in its window keeps the designation until it is decided, where the
ordinance says so. A refusal is a disposition: it has reasons and 教示.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.decider import Refused, UnreadableFact
from domain.designation.parts import Circumstances, while_designated
from domain.designation.tenure.conditions import (
    BY_ORDINANCE,
    Conditions,
    conditions,
    laid_down,
    must_have,
    notice_due,
)
from domain.designation.tenure.standing import Number, Refusal, Renewal, Tenure
from domain.law import Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline
from domain.procedure import (
    Decision,
    Disposition,
    Entry,
    RemedyNotice,
    by_the_body,
    has_passed,
    not_before,
    refuse_unless,
    stated,
)
from domain.text import Line, Text

# --- 事実 -------------------------------------------------------------------------------------


class RenewalApplied(Event):
    """更新の申請（法第14条第1項）: The body's application reaches the office within the window.

    `provision` has the window; `holds` is the provision that keeps the designation in effect until
    the application is decided, None where the term ends all the same.
    """

    title: ClassVar[str] = "更新の申請"
    kind: Literal["RenewalApplied"] = "RenewalApplied"
    basis: Citation = BY_ORDINANCE
    term: Number
    expires: Deadline
    window_from: date
    statement: Text
    attachments: tuple[Line, ...]
    provision: Line
    holds: Line | None


class RenewalGranted(Event):
    """指定の更新（法第14条第1項）: The mayor renews, under the conditions of the ordinance of that day."""

    title: ClassVar[str] = "指定の更新"
    kind: Literal["RenewalGranted"] = "RenewalGranted"
    basis: Citation = BY_ORDINANCE
    drafted_by: Actor
    term: Number
    requirements: Finding
    conditions: Conditions
    provision: Line


class RenewalRefused(Event):
    """更新の拒否（法第14条第1項）: The mayor refuses; the designation lasts to the end of its term."""

    title: ClassVar[str] = "更新の拒否"
    kind: Literal["RenewalRefused"] = "RenewalRefused"
    basis: Citation = BY_ORDINANCE
    drafted_by: Actor
    term: Number
    finding: Finding
    provision: Line
    reasons: Text
    remedy_notice: RemedyNotice


class RenewalWithdrawn(Event):
    """更新の申請の取下げ（法第14条第1項）: By the body, before the decision; the term runs on."""

    title: ClassVar[str] = "更新の申請の取下げ"
    kind: Literal["RenewalWithdrawn"] = "RenewalWithdrawn"
    basis: Citation = BY_ORDINANCE
    term: Number
    why: Text


class TermExpired(Event):
    """有効期間の満了（法第14条第1項）: The term has ended, and with it the designation."""

    title: ClassVar[str] = "有効期間の満了"
    kind: Literal["TermExpired"] = "TermExpired"
    basis: Citation = BY_ORDINANCE
    term: Number
    due: Deadline
    public_notice: Line | None


RenewalEvent = RenewalApplied | RenewalGranted | RenewalRefused | RenewalWithdrawn | TermExpired


# --- 命令書 -----------------------------------------------------------------------------------


class ApplyForRenewal(Entry):
    """更新を申請する（法第14条第1項）: `on` is the day of arrival; `statement` what it asks and why."""

    title: ClassVar[str] = "更新を申請する"
    cites: ClassVar[Citation] = BY_ORDINANCE
    done_by: ClassVar[Role] = "body"
    kind: Literal["ApplyForRenewal"] = "ApplyForRenewal"
    statement: Text
    attachments: tuple[Line, ...] = ()


class RenewDesignation(Decision):
    """指定を更新する（法第14条第1項）: `requirements` is the finding that they are still met."""

    title: ClassVar[str] = "指定を更新する"
    cites: ClassVar[Citation] = BY_ORDINANCE
    kind: Literal["RenewDesignation"] = "RenewDesignation"
    requirements: Finding


class RefuseRenewal(Disposition):
    """更新を拒否する（法第14条第1項）: With reasons and 教示."""

    title: ClassVar[str] = "更新を拒否する"
    cites: ClassVar[Citation] = BY_ORDINANCE
    kind: Literal["RefuseRenewal"] = "RefuseRenewal"
    finding: Finding


class WithdrawRenewal(Entry):
    """更新の申請を取り下げる（法第14条第1項）: Only the body may, and only before the decision."""

    title: ClassVar[str] = "更新の申請を取り下げる"
    cites: ClassVar[Citation] = BY_ORDINANCE
    done_by: ClassVar[Role] = "body"
    kind: Literal["WithdrawRenewal"] = "WithdrawRenewal"
    why: Text


class NoteTermExpired(Entry):
    """有効期間の満了を記録する（法第14条第1項）."""

    title: ClassVar[str] = "有効期間の満了を記録する"
    cites: ClassVar[Citation] = BY_ORDINANCE
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteTermExpired"] = "NoteTermExpired"
    term: Number


RenewalCommand = (
    ApplyForRenewal | RenewDesignation | RefuseRenewal | WithdrawRenewal | NoteTermExpired
)


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: RenewalCommand, state: Tenure, now: Circumstances, rules: Rules
) -> Sequence[RenewalEvent]:
    """The facts that a command about the term brings about."""
    match command:
        case ApplyForRenewal():
            return _applied(command, state, now, rules)
        case RenewDesignation():
            return [_granted(command, state, now, rules)]
        case RefuseRenewal():
            return [_refused(command, state, now, rules)]
        case WithdrawRenewal():
            by_the_body(command, now.body)
            _pending(command, state, now)
            return [stated(RenewalWithdrawn, command, rules, term=state.term)]
        case NoteTermExpired():
            return _expired(command, state, now, rules)


def _applied(
    command: ApplyForRenewal, state: Tenure, now: Circumstances, rules: Rules
) -> list[RenewalApplied]:
    holds = laid_down(rules.ordinance.holds_while_renewal_pending, command.on)
    _stands(command, state, now, holds=holds is not None)
    by_the_body(command, now.body)
    window = must_have(rules.ordinance.renewal_window, command.on, rules, "指定の更新")
    expires = _expires(state)
    if state.pending is not None:
        return []
    opens = state.conditions.renewable_from or date.min
    _within(command, opens, expires)
    event = stated(
        RenewalApplied,
        command,
        rules,
        term=state.term,
        expires=expires,
        window_from=opens,
        provision=window.basis,
        holds=holds.basis if holds else None,
    )
    return [event]


def _stands(command: ApplyForRenewal, state: Tenure, now: Circumstances, *, holds: bool) -> None:
    """An application that arrived in time but is entered after the end was noted undoes the note.

    It is judged by its legal day; only where the ordinance keeps the designation was there no end.
    """
    if not (holds and state.expired):
        while_designated(command, now)


def _expires(state: Tenure) -> Deadline:
    if state.expires is None:
        raise Refused(BY_ORDINANCE, "この指定には有効期間がなく、更新することがありません")
    return state.expires


def _within(command: ApplyForRenewal, opens: date, expires: Deadline) -> None:
    refuse_unless(
        opens <= command.on and not has_passed(expires, command.on),
        BY_ORDINANCE,
        f"更新を申請できるのは {opens} から {expires.day} までです",
        "期間内の日の到達であれば on の日付を確かめてください。期間の後は、新たに指定の申請を受けてください",
    )


def _pending(
    command: RenewDesignation | RefuseRenewal | WithdrawRenewal, state: Tenure, now: Circumstances
) -> Renewal:
    if state.overdue is None:
        while_designated(command, now)
    if state.pending is None:
        raise Refused(BY_ORDINANCE, "更新の申請が到達していません")
    not_before(command, state.pending.arrived, "更新の申請の到達")
    bound = state.pending.bound
    not_before(command, bound or state.pending.arrived, "更新の拒否の取消し")
    expires = _expires(state)
    refuse_unless(
        state.pending.holds or bound is not None or not has_passed(expires, command.on),
        BY_ORDINANCE,
        f"有効期間は {expires.day} に満了しており、更新の申請に対する決定はできません",
    )
    return state.pending


def _granted(
    command: RenewDesignation, state: Tenure, now: Circumstances, rules: Rules
) -> RenewalGranted:
    _pending(command, state, now)
    ended = _expires(state).day or command.on
    term = must_have(rules.ordinance.term, command.on, rules, "指定の有効期間")
    laid = conditions(ended, "従前の有効期間の満了", state.term + 1, rules, on=command.on)
    return stated(
        RenewalGranted, command, rules, term=state.term + 1, conditions=laid, provision=term.basis
    )


def _refused(
    command: RefuseRenewal, state: Tenure, now: Circumstances, rules: Rules
) -> RenewalRefused:
    _pending(command, state, now)
    window = must_have(rules.ordinance.renewal_window, command.on, rules, "指定の更新")
    return stated(RenewalRefused, command, rules, term=state.term, provision=window.basis)


def _expired(
    command: NoteTermExpired, state: Tenure, now: Circumstances, rules: Rules
) -> list[TermExpired]:
    expires = state.expires
    if not now.active or expires is None or command.term != state.term:
        return []
    if command.on < ends_on(state) or state.held:
        return []
    notice = notice_due(command.on, rules)
    return [stated(TermExpired, command, rules, due=expires, public_notice=notice)]


def ends_on(state: Tenure) -> date:
    """The first day without the designation: after the term, or when what kept it was over."""
    expires = state.expires
    if expires is None or expires.day is None:
        return date.max
    return max(date.fromordinal(expires.day.toordinal() + 1), state.earliest)


# --- 経過 -------------------------------------------------------------------------------------


def evolve(state: Tenure, event: RenewalEvent) -> Tenure:
    """What stands after a fact about the term."""
    match event:
        case RenewalApplied():
            pending = Renewal(event.term, event.on, event.holds is not None)
            return replace(state.not_expired(), pending=pending)
        case RenewalGranted():
            return replace(
                state.not_expired(),
                renewed=event.on,
                conditions=event.conditions,
                term=event.term,
                pending=None,
                refusals=(),
            )
        case RenewalRefused():
            return replace(_decided(state, event), pending=None, earliest=event.on)
        case RenewalWithdrawn():
            return replace(state, pending=None, earliest=event.on)
        case TermExpired():
            bound = state.pending if state.pending and state.pending.bound else None
            ended = replace(state, pending=bound, expired=True)
            return ended.owing("有効期間の満了", event.on, event.public_notice)


def _decided(state: Tenure, event: RenewalRefused) -> Tenure:
    """The refusal is kept with its application, which is undecided again if it is annulled."""
    if state.pending is None:
        raise UnreadableFact(f"{event.tag} cannot follow without an application")
    return replace(state, refusals=(*state.refusals, Refusal(event.on, state.pending)))
