"""処分等の求め（行手法第36条の3）: Anybody may ask for an order or a revocation.

    申出 → 調査 → 処分をした / 処分をしない

The mayor must investigate, and must act where that is found necessary (第3項). What is sought is
brought about by its own procedure; that something was done about a complaint is recorded only
after it was. 行政指導 of a municipality is outside this chapter (第3条第3項), so neither its
second limb nor 第36条の2 applies.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal, cast, get_args

from pydantic import Field

from domain.acts import Event, Finding
from domain.decider import Refused
from domain.designation.improvement import ImprovementOrdered
from domain.designation.parts import Circumstances, Part, nothing, while_designated
from domain.designation.revocation import DesignationRevoked
from domain.institution import Obligation
from domain.law import APA_36_3, ART_260_49, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import Decision, Entry, not_before, refuse_unless, stated
from domain.text import Line, Personal, Text

Number = Annotated[int, Field(ge=1)]
Sought = Literal["改善命令", "指定の取消し"]
Result = Literal["処分をした", "処分をしない"]
PROVISIONS: dict[Sought, Citation] = {
    "改善命令": ART_260_49.para(11),
    "指定の取消し": ART_260_49.para(12),
}
DONE = (ImprovementOrdered, DesignationRevoked)


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Complaint:
    """申出: One that has no result yet; `investigated` is the day of the last investigation."""

    no: int
    of: str
    facts: str
    filed: date
    investigated: date | None = None


@dataclass(frozen=True)
class Complaints:
    """申出の全体: How many there were, those open, and the dispositions made against the body."""

    made: int = 0
    open: tuple[Complaint, ...] = ()
    done: tuple[tuple[str, date], ...] = ()

    def find(self, no: int) -> Complaint:
        """The open complaint number `no`, or a refusal."""
        for complaint in self.open:
            if complaint.no == no:
                return complaint
        raise Refused(APA_36_3, f"処分等の求め（第{no}号）は出ていないか、すでに終わっています")


# --- 事実 -------------------------------------------------------------------------------------


class DispositionSought(Event):
    """処分等の求め（行手法第36条の3第1項）: A paper that names an unlawful fact and what is sought."""

    title: ClassVar[str] = "処分等の求め"
    kind: Literal["DispositionSought"] = "DispositionSought"
    basis: Citation = APA_36_3.para(1)
    complaint: Number
    complainant: Personal
    facts: Text
    sought: Sought
    provision: Citation
    grounds: Text
    evidence: tuple[Line, ...]


class ComplaintInvestigated(Event):
    """処分等の求めの調査（行手法第36条の3第3項）: What was looked into, and what was found."""

    title: ClassVar[str] = "処分等の求めの調査"
    kind: Literal["ComplaintInvestigated"] = "ComplaintInvestigated"
    basis: Citation = APA_36_3.para(3)
    complaint: Number
    method: Text
    finding: Finding


class ComplaintSettled(Event):
    """処分等の求めの終結（行手法第36条の3第3項）: A disposition was made, or is not needed, and why."""

    title: ClassVar[str] = "処分等の求めの終結"
    kind: Literal["ComplaintSettled"] = "ComplaintSettled"
    basis: Citation = APA_36_3.para(3)
    drafted_by: Actor
    complaint: Number
    result: Result
    finding: Finding
    told_complainant: bool


ComplaintEvent = DispositionSought | ComplaintInvestigated | ComplaintSettled


# --- 命令書 -----------------------------------------------------------------------------------


class RecordComplaint(Entry):
    """処分等の求めを受ける（行手法第36条の3第1項・第2項）: By whom it arrived at the office."""

    title: ClassVar[str] = "処分等の求めを受ける"
    cites: ClassVar[Citation] = APA_36_3
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordComplaint"] = "RecordComplaint"
    complainant: Personal
    facts: Text
    sought: Sought
    grounds: Text
    evidence: tuple[Line, ...] = ()


class RecordInvestigation(Entry):
    """処分等の求めについて調査する（行手法第36条の3第3項）: As far as it is necessary."""

    title: ClassVar[str] = "処分等の求めについて調査する"
    cites: ClassVar[Citation] = APA_36_3
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordInvestigation"] = "RecordInvestigation"
    complaint: Number
    method: Text
    finding: Finding


class SettleComplaint(Decision):
    """処分等の求めに結論を出す（行手法第36条の3第3項）: After the investigation, with reasons."""

    title: ClassVar[str] = "処分等の求めに結論を出す"
    cites: ClassVar[Citation] = APA_36_3
    kind: Literal["SettleComplaint"] = "SettleComplaint"
    complaint: Number
    result: Result
    finding: Finding
    told_complainant: bool = False


ComplaintCommand = RecordComplaint | RecordInvestigation | SettleComplaint


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: ComplaintCommand, state: Complaints, now: Circumstances, rules: Rules
) -> Sequence[ComplaintEvent]:
    """The facts a command about a complaint brings about."""
    match command:
        case RecordComplaint():
            return _sought(command, state, now, rules)
        case RecordInvestigation():
            return _investigated(command, state.find(command.complaint), rules)
        case SettleComplaint():
            return [_settled(command, state, rules)]


def _sought(
    command: RecordComplaint, state: Complaints, now: Circumstances, rules: Rules
) -> list[DispositionSought]:
    while_designated(command, now)
    said = (command.complainant.of, command.facts, command.on)
    if any((one.of, one.facts, one.filed) == said for one in state.open):
        return []
    provision = PROVISIONS[command.sought]
    no = state.made + 1
    return [stated(DispositionSought, command, rules, complaint=no, provision=provision)]


def _investigated(
    command: RecordInvestigation, complaint: Complaint, rules: Rules
) -> list[ComplaintInvestigated]:
    not_before(command, complaint.filed, "処分等の求め")
    refuse_unless(
        bool(command.finding.evidence),
        APA_36_3.para(3),
        "調査の結果を裏づける資料がありません",
        "finding.evidence に調べた資料を挙げてください",
    )
    if complaint.investigated == command.on:
        return []
    return [stated(ComplaintInvestigated, command, rules)]


def _settled(command: SettleComplaint, state: Complaints, rules: Rules) -> ComplaintSettled:
    complaint = state.find(command.complaint)
    if complaint.investigated is None:
        raise Refused(
            APA_36_3.para(3),
            "必要な調査をしていないため、結論を出せません",
            "「処分等の求めについて調査する」を先に行ってください",
        )
    not_before(command, complaint.investigated, "調査")
    made = any(complaint.filed <= on <= command.on for _, on in state.done)
    refuse_unless(
        command.result == "処分をしない" or made,
        APA_36_3.para(3),
        "求めの後に、この団体に対する改善命令も指定の取消しもされていません",
        "処分の手続を終えてから結論を出すか、処分をしない理由を示してください",
    )
    return stated(ComplaintSettled, command, rules)


# --- 経過 -------------------------------------------------------------------------------------


def evolve(state: Complaints, event: ComplaintEvent) -> Complaints:
    """The complaints after a fact about one of them."""
    others = tuple(one for one in state.open if one.no != event.complaint)
    match event:
        case DispositionSought():
            new = Complaint(event.complaint, event.complainant.of, event.facts, event.on)
            return replace(state, made=event.complaint, open=(*others, new))
        case ComplaintInvestigated():
            looked = replace(state.find(event.complaint), investigated=event.on)
            return replace(state, open=(*others, looked))
        case ComplaintSettled():
            return replace(state, open=others)


def observe(state: Complaints, event: Event, now: Circumstances) -> Complaints:  # noqa: ARG001 — as `Part.observe`
    """The dispositions that may answer a complaint."""
    if isinstance(event, DONE):
        return replace(state, done=(*state.done, (event.tag, event.on)))
    return state


# --- 現況 -------------------------------------------------------------------------------------


def obligations(state: Complaints, now: Circumstances) -> Iterator[Obligation]:  # noqa: ARG001 — as `Part.obligations`
    """The duty to investigate, and then to come to a result."""
    for one in state.open:
        name = f"処分等の求め（第{one.no}号）"
        if one.investigated is None:
            yield Obligation(f"{name}について必要な調査を行う", APA_36_3.para(3), one.filed)
        else:
            title = f"{name}について処分をするかどうかを決定する"
            yield Obligation(title, APA_36_3.para(3), one.investigated)


def possible(state: Complaints, now: Circumstances) -> Iterator[type[ComplaintCommand]]:
    """The commands that may come next."""
    if now.active:
        yield RecordComplaint
    if state.open:
        yield RecordInvestigation
    if any(one.investigated for one in state.open):
        yield SettleComplaint


def titles(state: Complaints, now: Circumstances) -> Iterator[str]:  # noqa: ARG001 — as `Part.titles`
    """What an operator sees beside the status."""
    if state.open:
        yield "処分等の求めの調査中"


COMPLAINTS: Part[ComplaintCommand, Complaints, ComplaintEvent] = Part(
    name="complaints",
    initial=Complaints(),
    commands=cast("tuple[type[ComplaintCommand], ...]", get_args(ComplaintCommand)),
    events=cast("tuple[type[ComplaintEvent], ...]", get_args(ComplaintEvent)),
    decide=decide,
    evolve=evolve,
    observe=observe,
    dues=nothing,
    obligations=obligations,
    possible=possible,
    titles=titles,
    keeps_open=lambda state: bool(state.open),
)
