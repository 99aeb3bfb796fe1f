"""改善命令の予定と弁明の機会の付与（法第260条の49第11項、行手法第13条第1項第2号・第29条–第31条）.

    命令の予定 → 弁明の機会の付与 → 弁明 / 期限の経過 → (improvement.py) 改善命令 / 命令しない

No order without the chance to explain, except where 行手法第13条第2項第1号 applies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import Field

from domain.acts import Event
from domain.decider import Refused, UnreadableFact
from domain.law import APA_29, APA_30, ART_260_49, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline, reckon
from domain.procedure import (
    Decision,
    Entry,
    at_least,
    by_the_body,
    expect,
    four_eyes,
    has_passed,
    not_before,
    refuse_unless,
    stated,
)
from domain.text import Line, Text

PARA_11 = ART_260_49.para(11)
T = TypeVar("T")
Number = Annotated[int, Field(ge=1)]
OrderGround = Literal["要件の欠如", "法令の違反", "処分の違反", "条例の違反", "著しく不適正な運営"]
"""第11項の五つの場合: The last four are no grounds for revocation by themselves."""


# --- 段階 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposed:
    """改善命令を予定: Drafted by `drafter`; the body has not been heard."""

    title: ClassVar[str] = "改善命令の予定"
    drafter: str
    since: date
    facts: str


@dataclass(frozen=True)
class Explaining:
    """弁明の機会: Open until `due`, or until a statement has come: the last one, on `explained`."""

    title: ClassVar[str] = "弁明の機会"
    drafter: str
    since: date
    due: Deadline
    explained: date | None = None
    statement: str = ""
    lapsed: bool = False


@dataclass(frozen=True)
class OrderInForce:
    """改善命令中: To be complied with by `due`; `extended` times; `passed` once that was noted.

    `earlier` are the deadlines before the extensions; `stayed` while its effect is suspended.
    """

    title: ClassVar[str] = "改善命令中"
    since: date
    due: Deadline
    extended: int = 0
    passed: bool = False
    earlier: tuple[Deadline, ...] = ()
    stayed: bool = False


@dataclass(frozen=True)
class Violated:
    """改善命令違反: Found by a person on `since`; the order still stands."""

    title: ClassVar[str] = "改善命令違反"
    order: OrderInForce
    since: date


ImprovementStage = Proposed | Explaining | OrderInForce | Violated


@dataclass(frozen=True)
class Improvements:
    """改善手続の全体: How many were begun, and the stage of each that is not closed, by number.

    `violated` holds the orders found violated, each with the day of the finding. A violation
    stays one when the measures are taken too late; a new deadline set by the mayor undoes it.
    """

    begun: int = 0
    open: tuple[tuple[int, ImprovementStage], ...] = ()
    violated: Mapping[int, date] = field(default_factory=dict[int, date])

    def find(self, no: int) -> ImprovementStage:
        """The stage of procedure `no`, or a refusal."""
        for number, stage in self.open:
            if number == no:
                return stage
        raise Refused(PARA_11, f"改善手続（第{no}号）は始まっていないか、すでに終わっています")

    def of(self, no: int, kind: type[T]) -> T:
        """The stage of procedure `no`, which the record says is a `kind`."""
        stage = dict(self.open).get(no)
        if not isinstance(stage, kind):
            raise UnreadableFact(f"improvement {no} is no {kind.__name__}")
        return stage

    def at(self, no: int, stage: ImprovementStage | None) -> "Improvements":
        """The same with procedure `no` at `stage`, or closed where that is None."""
        others = tuple(entry for entry in self.open if entry[0] != no)
        now = () if stage is None else ((no, stage),)
        return replace(self, begun=max(self.begun, no), open=(*others, *now))


# --- 事実 -----------------------------------------------------------------------------------------


class ImprovementOrderProposed(Event):
    """改善命令の予定（法第260条の49第11項）: An officer drafts an order on a ground and facts."""

    title: ClassVar[str] = "改善命令の予定"
    kind: Literal["ImprovementOrderProposed"] = "ImprovementOrderProposed"
    basis: Citation = PARA_11
    improvement: Number
    grounds: tuple[OrderGround, ...]
    facts: Text
    evidence: tuple[Line, ...]
    measures: Text


class ExplanationInvited(Event):
    """弁明の機会の付与（行手法第30条）: Planned order and provision, facts, where and by when."""

    title: ClassVar[str] = "弁明の機会の付与"
    kind: Literal["ExplanationInvited"] = "ExplanationInvited"
    basis: Citation = APA_30
    drafted_by: Actor
    improvement: Number
    planned: Text
    provision: Citation
    facts: Text
    submit_to: Line
    arrives: date
    due: Deadline


class ExplanationSubmitted(Event):
    """弁明（行手法第29条）: The body's statement reaches the office."""

    title: ClassVar[str] = "弁明"
    kind: Literal["ExplanationSubmitted"] = "ExplanationSubmitted"
    basis: Citation = APA_29
    improvement: Number
    statement: Text
    evidence: tuple[Line, ...]
    in_time: bool = True


class ExplanationLapsed(Event):
    """弁明期限の経過（行手法第30条）: No statement came by the day."""

    title: ClassVar[str] = "弁明期限の経過"
    kind: Literal["ExplanationLapsed"] = "ExplanationLapsed"
    basis: Citation = APA_30
    improvement: Number
    due: Deadline


ExplanationEvent = (
    ImprovementOrderProposed | ExplanationInvited | ExplanationSubmitted | ExplanationLapsed
)


# --- 命令書 ---------------------------------------------------------------------------------------


class ProposeImprovementOrder(Entry):
    """改善命令を予定する（法第260条の49第11項）: On one of the five grounds, with the facts."""

    title: ClassVar[str] = "改善命令を予定する"
    cites: ClassVar[Citation] = PARA_11
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ProposeImprovementOrder"] = "ProposeImprovementOrder"
    grounds: Annotated[tuple[OrderGround, ...], Field(min_length=1)]
    facts: Text
    evidence: tuple[Line, ...] = ()
    measures: Text


class InviteExplanation(Decision):
    """弁明の機会を付与する（行手法第13条第1項第2号、第30条）: `arrives` is the day of the notice."""

    title: ClassVar[str] = "弁明の機会を付与する"
    cites: ClassVar[Citation] = APA_30
    kind: Literal["InviteExplanation"] = "InviteExplanation"
    improvement: Number
    planned: Text
    facts: Text
    submit_to: Line
    arrives: date | None = None
    by_day: date | None = None


class SubmitExplanation(Entry):
    """弁明する（行手法第29条）: `on` is the day of arrival; what comes late is recorded as late."""

    title: ClassVar[str] = "弁明する"
    cites: ClassVar[Citation] = APA_29
    done_by: ClassVar[Role] = "body"
    kind: Literal["SubmitExplanation"] = "SubmitExplanation"
    improvement: Number
    statement: Text
    evidence: tuple[Line, ...] = ()


class NoteExplanationLapsed(Entry):
    """弁明期限の経過を記録する（行手法第30条）."""

    title: ClassVar[str] = "弁明期限の経過を記録する"
    cites: ClassVar[Citation] = APA_30
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteExplanationLapsed"] = "NoteExplanationLapsed"
    improvement: Number


ExplanationCommand = (
    ProposeImprovementOrder | InviteExplanation | SubmitExplanation | NoteExplanationLapsed
)


# --- 決定 -----------------------------------------------------------------------------------------


def decide(
    command: ExplanationCommand, procedures: Improvements, body: str, rules: Rules
) -> Sequence[ExplanationEvent]:
    """The facts that a command brings about before an order, for the designated body `body`."""
    match command:
        case ProposeImprovementOrder():
            return _proposed(command, procedures, rules)
        case InviteExplanation():
            return [_invited(command, procedures.find(command.improvement), rules)]
        case SubmitExplanation():
            by_the_body(command, body)
            return _explained(command, procedures.find(command.improvement), rules)
        case NoteExplanationLapsed():
            return _lapsed(command, procedures, rules)


def _proposed(
    command: ProposeImprovementOrder, procedures: Improvements, rules: Rules
) -> list[ImprovementOrderProposed]:
    again = Proposed(command.by.person, command.on, command.facts)
    if any(stage == again for _, stage in procedures.open):
        return []
    return [stated(ImprovementOrderProposed, command, rules, improvement=procedures.begun + 1)]


def _invited(
    command: InviteExplanation, stage: ImprovementStage, rules: Rules
) -> ExplanationInvited:
    proposed = expect(stage, (Proposed,), command)
    not_before(command, proposed.since, "改善命令の予定")
    four_eyes(command, proposed.drafter)
    arrives = command.arrives or command.on
    refuse_unless(arrives >= command.on, APA_30, f"通知の到達 {arrives} が通知の日より前です")
    due = at_least(_explanation_due(command, arrives, rules), command.by_day)
    return stated(ExplanationInvited, command, rules, provision=PARA_11, arrives=arrives, due=due)


def _explanation_due(command: InviteExplanation, arrives: date, rules: Rules) -> Deadline:
    return reckon(
        key=f"explanation-{command.improvement}",
        title=f"弁明書の提出期限（第{command.improvement}号）",
        basis=APA_30,
        origin=arrives,
        origin_title="弁明の通知の到達",
        period=rules.ordinance.explanation_period.on(command.on).value,
        calendar=rules.calendar,
    )


def _explained(
    command: SubmitExplanation, stage: ImprovementStage, rules: Rules
) -> list[ExplanationSubmitted]:
    explaining = expect(stage, (Explaining,), command)
    not_before(command, explaining.since, "弁明の機会の付与")
    if command.statement == explaining.statement:
        return []
    in_time = not has_passed(explaining.due, command.on)
    return [stated(ExplanationSubmitted, command, rules, in_time=in_time)]


def _lapsed(
    command: NoteExplanationLapsed, procedures: Improvements, rules: Rules
) -> list[ExplanationLapsed]:
    return [
        stated(ExplanationLapsed, command, rules, due=stage.due)
        for no, stage in procedures.open
        if no == command.improvement
        and isinstance(stage, Explaining)
        and stage.explained is None
        and not stage.lapsed
        and has_passed(stage.due, command.on)
    ]


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(procedures: Improvements, event: ExplanationEvent) -> Improvements:
    """The procedures after a fact before an order."""
    match event:
        case ImprovementOrderProposed():
            stage = Proposed(event.by.person, event.on, event.facts)
        case ExplanationInvited():
            drafter = procedures.of(event.improvement, Proposed).drafter
            stage = Explaining(drafter, event.on, event.due)
        case ExplanationSubmitted():
            now = procedures.of(event.improvement, Explaining)
            latest = max(event.on, now.explained or event.on)
            stage = replace(now, explained=latest, statement=event.statement)
        case ExplanationLapsed():
            stage = replace(procedures.of(event.improvement, Explaining), lapsed=True)
    return procedures.at(event.improvement, stage)
