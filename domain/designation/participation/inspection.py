"""文書等の閲覧（行手法第18条）: Between the notice of a hearing and its end, who is heard may read.

    求め → 閲覧させる（一部を除くことがある） / 拒む

Refused only where the interests of a third person may be harmed, or for another 正当な理由, which
the mayor finds. What was asked for in time is answered also after the hearing has ended. No appeal
lies against the answer (行手法第27条), so that it bears no 教示.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from domain.acts import Event, Finding
from domain.decider import Refused
from domain.designation.participation.interested import Interested
from domain.designation.participation.proceedings import (
    Heard,
    Number,
    Proceedings,
    hearing_of,
    running,
)
from domain.designation.parts import Circumstances
from domain.law import APA_18, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import Decision, Entry, by_the_body, not_before, refuse_unless, stated
from domain.text import Line, Text

PARA_1, PARA_3 = APA_18.para(1), APA_18.para(3)
Ground = Literal["第三者の利益を害するおそれ", "その他正当な理由"]
"""行手法第18条第1項後段: The grounds on which an inspection may be refused, and no others."""


class Withheld(BaseModel):
    """閲覧させない部分: Which of the materials, on which ground, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    materials: Text
    ground: Ground
    finding: Finding


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Awaited:
    """閲覧の求め: Waits for its answer; by the body, or by the participant of that number."""

    no: int
    participation: int | None
    materials: str
    since: date


@dataclass(frozen=True)
class Inspections:
    """閲覧の全体: How many were asked for, and those without an answer."""

    made: int = 0
    awaited: tuple[Awaited, ...] = ()

    def find(self, no: int) -> Awaited:
        """The request number `no` without an answer, or a refusal."""
        for one in self.awaited:
            if one.no == no:
                return one
        raise Refused(PARA_1, f"閲覧の求め（第{no}号）は出ていないか、すでに答えられています")


# --- 事実 -------------------------------------------------------------------------------------


class InspectionRequested(Event):
    """文書等の閲覧の求め（行手法第18条）: Which materials; `further` where a session made them needed.

    By the body, or by the participant number `participation`.
    """

    title: ClassVar[str] = "文書等の閲覧の求め"
    kind: Literal["InspectionRequested"] = "InspectionRequested"
    basis: Citation = APA_18
    hearing: Number
    inspection: Number
    participation: Number | None
    materials: Text
    further: bool


class InspectionGranted(Event):
    """文書等の閲覧の許諾（行手法第18条）: What may be read, when and where, and what is withheld."""

    title: ClassVar[str] = "文書等の閲覧の許諾"
    kind: Literal["InspectionGranted"] = "InspectionGranted"
    basis: Citation = APA_18
    drafted_by: Actor
    hearing: Number
    inspection: Number
    materials: Text
    day: date | None
    place: Line | None
    withheld: Withheld | None
    notified: date


class InspectionRefused(Event):
    """文書等の閲覧の拒否（行手法第18条第1項）: All of it, on a ground that the mayor finds."""

    title: ClassVar[str] = "文書等の閲覧の拒否"
    kind: Literal["InspectionRefused"] = "InspectionRefused"
    basis: Citation = PARA_1
    drafted_by: Actor
    hearing: Number
    inspection: Number
    materials: Text
    ground: Ground
    finding: Finding
    notified: date


InspectionEvent = InspectionRequested | InspectionGranted | InspectionRefused


# --- 命令書 -----------------------------------------------------------------------------------


class RequestInspection(Entry):
    """文書等の閲覧を求める（行手法第18条）: By the body, from the notice to the end of the hearing."""

    title: ClassVar[str] = "文書等の閲覧を求める"
    cites: ClassVar[Citation] = APA_18
    done_by: ClassVar[Role] = "body"
    kind: Literal["RequestInspection"] = "RequestInspection"
    materials: Text


class RecordInspectionRequest(Entry):
    """参加人の閲覧の求めを受ける（行手法第18条）: Of one whose own interests would be harmed."""

    title: ClassVar[str] = "参加人の閲覧の求めを受ける"
    cites: ClassVar[Citation] = APA_18
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordInspectionRequest"] = "RecordInspectionRequest"
    participation: Number
    materials: Text


class GrantInspection(Decision):
    """文書等を閲覧させる（行手法第18条）: `day` and `place` as the mayor names them (第3項).

    `materials` are all that was asked for, where nothing else is said; `withheld` what is left
    out, on which ground.
    """

    title: ClassVar[str] = "文書等を閲覧させる"
    cites: ClassVar[Citation] = APA_18
    kind: Literal["GrantInspection"] = "GrantInspection"
    inspection: Number
    materials: Text | None = None
    day: date | None = None
    place: Line | None = None
    withheld: Withheld | None = None
    notified: date


class RefuseInspection(Decision):
    """文書等の閲覧を拒む（行手法第18条第1項）: On one of the two grounds, with reasons."""

    title: ClassVar[str] = "文書等の閲覧を拒む"
    cites: ClassVar[Citation] = APA_18
    kind: Literal["RefuseInspection"] = "RefuseInspection"
    inspection: Number
    ground: Ground
    finding: Finding
    notified: date


InspectionCommand = RequestInspection | RecordInspectionRequest | GrantInspection | RefuseInspection


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: InspectionCommand,
    inspections: Inspections,
    proceedings: Proceedings,
    now: Circumstances,
    rules: Rules,
    *,
    people: Interested,
) -> Sequence[InspectionEvent]:
    """The facts a command about an inspection brings about."""
    match command:
        case RequestInspection():
            by_the_body(command, now.body)
            hearing = running(command, proceedings, now)
            return _requested(command, inspections, None, hearing, rules)
        case RecordInspectionRequest():
            hearing = running(command, proceedings, now)
            _harmed(command, people)
            return _requested(command, inspections, command.participation, hearing, rules)
        case GrantInspection() | RefuseInspection():
            hearing = hearing_of(command, proceedings, now)
            return [_answered(command, inspections.find(command.inspection), hearing, rules)]


def _harmed(command: RecordInspectionRequest, interested: Interested) -> None:
    participant = interested.participant(command.participation, PARA_1)
    not_before(command, participant.since, "関係人の参加")
    refuse_unless(
        participant.harmed,
        PARA_1,
        "閲覧を求めることができる参加人は、取消しによって自己の利益を害されることとなる者です",
    )


def _requested(
    command: RequestInspection | RecordInspectionRequest,
    inspections: Inspections,
    participation: int | None,
    hearing: Heard,
    rules: Rules,
) -> list[InspectionRequested]:
    same = (participation, command.materials)
    if any((one.participation, one.materials) == same for one in inspections.awaited):
        return []
    said: dict[str, object] = {"hearing": hearing.no, "participation": participation}
    further = hearing.sessions > 0
    no = inspections.made + 1
    return [stated(InspectionRequested, command, rules, **said, inspection=no, further=further)]


def _answered(
    command: GrantInspection | RefuseInspection, asked: Awaited, hearing: Heard, rules: Rules
) -> InspectionGranted | InspectionRefused:
    not_before(command, asked.since, InspectionRequested.title)
    refuse_unless(
        command.notified >= command.on,
        PARA_1,
        f"求めた者への通知 {command.notified} が、決定の日（{command.on}）より前です",
    )
    if isinstance(command, RefuseInspection):
        said: dict[str, object] = {"hearing": hearing.no, "materials": asked.materials}
        return stated(InspectionRefused, command, rules, **said)
    refuse_unless(
        command.day is None or command.day >= command.on,
        PARA_3,
        f"閲覧の日 {command.day} が、決定の日（{command.on}）より前です",
    )
    materials = command.materials or asked.materials
    return stated(InspectionGranted, command, rules, hearing=hearing.no, materials=materials)


# --- 経過 -------------------------------------------------------------------------------------


def evolve(inspections: Inspections, event: InspectionEvent) -> Inspections:
    """The requests after a fact about one of them."""
    others = tuple(one for one in inspections.awaited if one.no != event.inspection)
    match event:
        case InspectionRequested():
            new = Awaited(event.inspection, event.participation, event.materials, event.on)
            return Inspections(event.inspection, (*others, new))
        case InspectionGranted() | InspectionRefused():
            return replace(inspections, awaited=others)
