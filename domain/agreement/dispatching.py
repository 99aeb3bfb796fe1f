"""専門人材の派遣（法第252条の2第6項）: Persons sent to posts under the agreement.

    職の登録 → 派遣 → 派遣の変更 → 派遣の終了

A post is one post for ever, whoever fills it: the year in which it was first filled decides on the
特別交付税 of the receiving body. The form (法252条の17 or not) is stated, never inferred.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from domain.agreement.parties import PARA_6, PartyDecision, PartyEntry, PartyEvent
from domain.allocation.claim import (
    Dispatch,
    EarlierDispatch,
    Evidence,
    Form,
    Post,
    Staff,
)
from domain.bodies import BodyCode, body_name
from domain.decider import Refused
from domain.law import ART_252_17, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import refuse_unless, stated
from domain.text import Key, Line, Personal, Text

# --- 段階 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dispatches:
    """派遣の全体: Posts with their recipients, and dispatches."""

    posts: tuple[tuple[str, Post], ...] = ()
    dispatches: tuple[Dispatch, ...] = ()

    def post(self, id: str) -> tuple[str, Post] | None:
        """The post and its recipient."""
        return next((one for one in self.posts if one[1].id == id), None)

    def find(self, id: str) -> Dispatch:
        """The dispatch of that id, or a refusal."""
        for one in self.dispatches:
            if one.id == id:
                return one
        raise Refused(PARA_6, f"派遣 {id} はこの連携協約にありません")


# --- 事実 -----------------------------------------------------------------------------------------


class PostRegistered(PartyEvent):
    """派遣先の職（法第252条の2第6項）: A post of the receiving party, and every earlier dispatch to it."""

    title: ClassVar[str] = "派遣先の職"
    kind: Literal["PostRegistered"] = "PostRegistered"
    basis: Citation = PARA_6
    post: Key
    name: Line
    earlier: tuple[EarlierDispatch, ...]
    evidence: Evidence


class SpecialistDispatched(PartyEvent):
    """専門人材の派遣（法第252条の2第6項、第252条の17第1項）: `party` sends a person to a post.

    `until` is None while no end is laid down; `article` is that of the agreement it rests on.
    """

    title: ClassVar[str] = "専門人材の派遣"
    kind: Literal["SpecialistDispatched"] = "SpecialistDispatched"
    basis: Citation = PARA_6
    drafted_by: Actor
    dispatch: Key
    post: Key
    recipient: BodyCode
    person: Key
    name: Personal
    expertise: Line
    article: Line
    form: Form
    staff: Staff
    since: date
    until: date | None
    evidence: Evidence


class DispatchChanged(PartyEvent):
    """派遣の変更（法第252条の2第6項）: Another end, or another category of the person."""

    title: ClassVar[str] = "派遣の変更"
    kind: Literal["DispatchChanged"] = "DispatchChanged"
    basis: Citation = PARA_6
    drafted_by: Actor
    dispatch: Key
    staff: Staff
    until: date | None
    reasons: Text
    evidence: Evidence


class DispatchEnded(PartyEvent):
    """派遣の終了（法第252条の2第6項）: The last day, and why."""

    title: ClassVar[str] = "派遣の終了"
    kind: Literal["DispatchEnded"] = "DispatchEnded"
    basis: Citation = PARA_6
    dispatch: Key
    last_day: date
    reasons: Text


DispatchingEvent = PostRegistered | SpecialistDispatched | DispatchChanged | DispatchEnded


# --- 命令書 ---------------------------------------------------------------------------------------


class RegisterPost(PartyEntry):
    """派遣先の職を登録する（法第252条の2第6項）: By the receiving party."""

    title: ClassVar[str] = "派遣先の職を登録する"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RegisterPost"] = "RegisterPost"
    post: Key
    name: Line
    earlier: tuple[EarlierDispatch, ...] = ()
    evidence: Evidence


class DispatchSpecialist(PartyDecision):
    """専門人材を派遣する（法第252条の2第6項）: By the sending party."""

    title: ClassVar[str] = "専門人材を派遣する"
    cites: ClassVar[Citation] = PARA_6
    kind: Literal["DispatchSpecialist"] = "DispatchSpecialist"
    dispatch: Key
    post: Key
    person: Key
    name: Personal
    expertise: Line
    article: Line
    form: Form
    staff: Staff
    since: date
    until: date | None = None
    evidence: Evidence


class ChangeDispatch(PartyDecision):
    """派遣を変更する（法第252条の2第6項）: What is not named stays as it is, but for `until`."""

    title: ClassVar[str] = "派遣を変更する"
    cites: ClassVar[Citation] = PARA_6
    kind: Literal["ChangeDispatch"] = "ChangeDispatch"
    dispatch: Key
    until: date | None
    staff: Staff | None = None
    reasons: Text
    evidence: Evidence


class EndDispatch(PartyEntry):
    """派遣を終える（法第252条の2第6項）."""

    title: ClassVar[str] = "派遣を終える"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "officer"
    kind: Literal["EndDispatch"] = "EndDispatch"
    dispatch: Key
    last_day: date
    reasons: Text


DispatchingCommand = RegisterPost | DispatchSpecialist | ChangeDispatch | EndDispatch


# --- 決定 -----------------------------------------------------------------------------------------


def decide(
    command: DispatchingCommand,
    now: Dispatches,
    parties: Sequence[str],
    in_force: date,
    rules: Rules,
) -> Sequence[DispatchingEvent]:
    """What comes of a command about a post or a person; `in_force` is the agreement's first day."""
    match command:
        case RegisterPost():
            return _registered(command, now, rules)
        case DispatchSpecialist():
            return _dispatched(command, now, parties, in_force, rules)
        case ChangeDispatch():
            return _changed(command, now, rules)
        case EndDispatch():
            return _ended(command, now, rules)


def _registered(command: RegisterPost, now: Dispatches, rules: Rules) -> list[DispatchingEvent]:
    if now.post(command.post) is None:
        return [stated(PostRegistered, command, rules)]
    known = now.post(command.post)
    said = Post(
        id=command.post, title=command.name, earlier=command.earlier, evidence=command.evidence
    )
    refuse_unless(
        known == (command.party, said),
        PARA_6,
        f"職 {command.post} はすでに登録されています",
        "別の職には別の番号を付けてください",
    )
    return []


def _dispatched(
    command: DispatchSpecialist,
    now: Dispatches,
    parties: Sequence[str],
    in_force: date,
    rules: Rules,
) -> list[DispatchingEvent]:
    post = now.post(command.post)
    if post is None or post[0] not in parties:
        raise Refused(
            PARA_6,
            f"派遣先の職 {command.post} が登録されていません",
            "派遣を受ける団体が、先に職を登録してください",
        )
    recipient = post[0]
    refuse_unless(
        recipient != command.party,
        PARA_6,
        f"職 {command.post} は{body_name(recipient)}自身の職です。派遣は他の団体に対して行います",
    )
    if command.dispatch in [one.id for one in now.dispatches]:
        refuse_unless(
            _same(command, now.find(command.dispatch), recipient),
            PARA_6,
            f"派遣 {command.dispatch} はすでにあります",
            "別の派遣には別の番号を付けてください",
        )
        return []
    _period(command, in_force)
    basis = ART_252_17.para(1) if command.form == "自治法派遣" else PARA_6
    return [stated(SpecialistDispatched, command, rules, basis=basis, recipient=recipient)]


def _same(command: DispatchSpecialist, there: Dispatch, recipient: str) -> bool:
    said = (command.party, recipient, command.post, command.person, command.since, command.form)
    held = (there.sender, there.recipient, there.post, there.person, there.since, there.form)
    return said == held


def _period(command: DispatchSpecialist, in_force: date) -> None:
    refuse_unless(
        command.since >= in_force,
        PARA_6,
        f"派遣の初日 {command.since} には、連携協約の効力がまだありません（{in_force} から）",
    )
    refuse_unless(
        command.until is None or command.until >= command.since,
        PARA_6,
        f"派遣の終わり {command.until} が初日 {command.since} より前です",
    )


def _changed(command: ChangeDispatch, now: Dispatches, rules: Rules) -> list[DispatchingEvent]:
    there = _own(command, now)
    staff = command.staff or there.staff
    if (staff, command.until) == (there.staff, there.until):
        return []
    _ends_after(there, command.until)
    return [stated(DispatchChanged, command, rules, staff=staff)]


def _own(command: ChangeDispatch | EndDispatch, now: Dispatches) -> Dispatch:
    """The sender's own dispatch, after its first day was laid down."""
    there = now.find(command.dispatch)
    refuse_unless(
        there.sender == command.party,
        PARA_6,
        f"派遣 {there.id} をしたのは{body_name(there.sender)}で、{body_name(command.party)}ではありません",
    )
    return there


def _ends_after(there: Dispatch, last: date | None) -> None:
    refuse_unless(
        last is None or last >= there.since,
        PARA_6,
        f"派遣の終わり {last} が初日 {there.since} より前です",
    )


def _ended(command: EndDispatch, now: Dispatches, rules: Rules) -> list[DispatchingEvent]:
    there = _own(command, now)
    if there.until == command.last_day:
        return []
    _ends_after(there, command.last_day)
    return [stated(DispatchEnded, command, rules)]


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(now: Dispatches, event: DispatchingEvent) -> Dispatches:
    """Posts, dispatches and amounts after a fact."""
    match event:
        case PostRegistered():
            post = Post(
                id=event.post, title=event.name, earlier=event.earlier, evidence=event.evidence
            )
            return replace(now, posts=(*now.posts, (event.party, post)))
        case SpecialistDispatched():
            return replace(now, dispatches=(*now.dispatches, _dispatch_of(event)))
        case DispatchChanged():
            return _with(now, event.dispatch, staff=event.staff, until=event.until)
        case DispatchEnded():
            return _with(now, event.dispatch, until=event.last_day)


def _dispatch_of(event: SpecialistDispatched) -> Dispatch:
    return Dispatch(
        id=event.dispatch,
        agreement=None,
        post=event.post,
        person=event.person,
        sender=event.party,
        recipient=event.recipient,
        form=event.form,
        staff=event.staff,
        since=event.since,
        until=event.until,
        evidence=event.evidence,
    )


def _with(now: Dispatches, id: str, **fields: object) -> Dispatches:
    changed = tuple(
        one.model_copy(update=fields) if one.id == id else one for one in now.dispatches
    )
    return replace(now, dispatches=changed)
