"""事実の調査（法第251条の3の2第4項・第251条の2第9項）: What the commissioners ask for, hear and receive.

    求め（合議） → 期日 / 受領          代理人の届出（処理委員省令44条）
    経過の報告の求め → 報告（令174条の8④）

参考人, 鑑定, inquiry outside a session, video and agents are of the ministerial ordinance (43–49条):
they are open to a governor's commissioners only where his own rules follow it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from domain.acts import Finding
from domain.bodies import office_name
from domain.decider import Refused
from domain.dispute.parties import (
    INQUIRING,
    CollegialDecision,
    Number,
    OfficeDecision,
    OfficeEntry,
    OfficeEvent,
)
from domain.dispute.status import (
    COMMISSIONERS,
    SITTING,
    Opened,
    Owed,
    at,
    by_authority,
    by_commissioner,
    collegially,
    duty_of,
    of_the_parties,
    under_ministerial,
)
from domain.law import (
    ART_251_3_2,
    DCO_43,
    DCO_44,
    DCO_45,
    DCO_47,
    DCO_48,
    DCO_49,
    ORDER_174_8,
    Citation,
)
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import not_before, refuse_unless, stated
from domain.text import Line, Personal, Text

Means = Literal["出頭・陳述", "記録の提出", "参考人の陳述", "鑑定", "期日外の事実の調査"]
Target = Literal["当事者", "関係人", "紛争に係る事件に関係のある者"]
ADDED: dict[Means, Citation] = {
    "参考人の陳述": DCO_47,
    "鑑定": DCO_47,
    "期日外の事実の調査": DCO_48,
}
"""Means that the ministerial ordinance adds to those of the law; by 合議 too (49条)."""


# --- 事実 -----------------------------------------------------------------------------------------


class EvidenceDemanded(OfficeEvent):
    """事実の調査の求め（法第251条の3の2第4項・第251条の2第9項）: By 合議; `number` counts them in the case."""

    title: ClassVar[str] = "事実の調査の求め"
    kind: Literal["EvidenceDemanded"] = "EvidenceDemanded"
    basis: Citation = ART_251_3_2.para(4)
    number: Number
    means: Means
    target: Target
    whom: Line
    what: Text
    collegial: CollegialDecision


class DisputeSessionHeld(OfficeEvent):
    """審理の期日（法第251条の3の2第4項・第251条の2第9項）: Who was there, and what was said.

    Sessions with parties are closed; `opened` is why the commissioners thought it fit to open this
    one (処理委員省令第45条). `by_video` are those who attended by video (第43条).
    """

    title: ClassVar[str] = "審理の期日"
    kind: Literal["DisputeSessionHeld"] = "DisputeSessionHeld"
    basis: Citation = ART_251_3_2.para(4)
    place: Line
    attending: tuple[Line, ...]
    by_video: tuple[Line, ...]
    opened: Finding | None
    statements: Text


class EvidenceReceived(OfficeEvent):
    """陳述・記録の受領（法第251条の3の2第4項・第251条の2第9項）: What came of a demand."""

    title: ClassVar[str] = "陳述・記録の受領"
    kind: Literal["EvidenceReceived"] = "EvidenceReceived"
    basis: Citation = ART_251_3_2.para(4)
    number: Number
    content: Text
    spoken_by: Personal | None
    documents: tuple[Line, ...]


class AgentReported(OfficeEvent):
    """代理人の届出（処理委員省令第44条）: In writing, by the party, with name and occupation."""

    title: ClassVar[str] = "代理人の届出"
    kind: Literal["AgentReported"] = "AgentReported"
    basis: Citation = DCO_44
    agent: Personal
    occupation: Line


class ProgressRequested(OfficeEvent):
    """経過の報告の求め（令第174条の8第4項）: The authority asks the commissioners."""

    title: ClassVar[str] = "経過の報告の求め"
    kind: Literal["ProgressRequested"] = "ProgressRequested"
    basis: Citation = ORDER_174_8.para(4)
    drafted_by: Actor
    number: Number
    what: Text


class ProgressReported(OfficeEvent):
    """経過の報告（令第174条の8第4項）: The commissioners answer."""

    title: ClassVar[str] = "経過の報告"
    kind: Literal["ProgressReported"] = "ProgressReported"
    basis: Citation = ORDER_174_8.para(4)
    number: Number
    content: Text


InquiringEvent = (
    EvidenceDemanded
    | DisputeSessionHeld
    | EvidenceReceived
    | AgentReported
    | ProgressRequested
    | ProgressReported
)


# --- 命令書 ---------------------------------------------------------------------------------------


class DemandEvidence(OfficeEntry):
    """事実の調査を求める（法第251条の3の2第4項・第251条の2第9項）."""

    title: ClassVar[str] = "事実の調査を求める"
    cites: ClassVar[Citation] = ART_251_3_2.para(4)
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["DemandEvidence"] = "DemandEvidence"
    means: Means
    target: Target
    whom: Line
    what: Text
    collegial: CollegialDecision


class HoldDisputeSession(OfficeEntry):
    """審理の期日を記録する（法第251条の3の2第4項・第251条の2第9項）: `on` is the day of the session."""

    title: ClassVar[str] = "審理の期日を記録する"
    cites: ClassVar[Citation] = ART_251_3_2.para(4)
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["HoldDisputeSession"] = "HoldDisputeSession"
    place: Line
    attending: tuple[Line, ...]
    by_video: tuple[Line, ...] = ()
    opened: Finding | None = None
    statements: Text


class ReceiveEvidence(OfficeEntry):
    """陳述・記録を受領する（法第251条の3の2第4項・第251条の2第9項）."""

    title: ClassVar[str] = "陳述・記録を受領する"
    cites: ClassVar[Citation] = ART_251_3_2.para(4)
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["ReceiveEvidence"] = "ReceiveEvidence"
    number: Number
    content: Text
    spoken_by: Personal | None = None
    documents: tuple[Line, ...] = ()


class ReportAgent(OfficeEntry):
    """代理人を届け出る（処理委員省令第44条）."""

    title: ClassVar[str] = "代理人を届け出る"
    cites: ClassVar[Citation] = DCO_44
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ReportAgent"] = "ReportAgent"
    agent: Personal
    occupation: Line


class RequestProgress(OfficeDecision):
    """経過の報告を求める（令第174条の8第4項）."""

    title: ClassVar[str] = "経過の報告を求める"
    cites: ClassVar[Citation] = ORDER_174_8.para(4)
    kind: Literal["RequestProgress"] = "RequestProgress"
    what: Text


class ReportProgress(OfficeEntry):
    """経過を報告する（令第174条の8第4項）."""

    title: ClassVar[str] = "経過を報告する"
    cites: ClassVar[Citation] = ORDER_174_8.para(4)
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["ReportProgress"] = "ReportProgress"
    number: Number
    content: Text


InquiringCommand = (
    DemandEvidence
    | HoldDisputeSession
    | ReceiveEvidence
    | ReportAgent
    | RequestProgress
    | ReportProgress
)


# --- 決定 -----------------------------------------------------------------------------------------


def decide(command: InquiringCommand, now: Opened, rules: Rules) -> Sequence[InquiringEvent]:
    """What comes of a demand, a session, what was received, an agent, or a report on progress."""
    match command:
        case DemandEvidence():
            return _demanded(command, now, rules)
        case HoldDisputeSession():
            return _held(command, now, rules)
        case ReceiveEvidence():
            return _received(command, now, rules)
        case ReportAgent():
            return _agent(command, now, rules)
        case RequestProgress():
            return _asked(command, now, rules)
        case ReportProgress():
            by_commissioner(command, now)
            owed = duty_of(command, now, "経過", f"{command.number}")
            return [] if owed is None else [stated(ProgressReported, command, rules)]


def _demanded(command: DemandEvidence, now: Opened, rules: Rules) -> list[InquiringEvent]:
    by_commissioner(command, now)
    at(now, command, *SITTING)
    basis = INQUIRING[now.path]
    if added := ADDED.get(command.means):
        under_ministerial(command, now, added)
        basis = added
    refuse_unless(
        command.means != "出頭・陳述" or command.target != "紛争に係る事件に関係のある者",
        basis,
        "出頭及び陳述を求めることができるのは、当事者及び関係人です",
        "事件に関係のある者には、記録の提出を求めることができます",
    )
    if (command.means, command.whom, command.what) in now.evidence.demanded:
        return []
    collegially(command, command.collegial, now, rules, DCO_49 if added else None)
    number = len(now.evidence.demanded) + 1
    return [stated(EvidenceDemanded, command, rules, basis=basis, number=number)]


def _held(command: HoldDisputeSession, now: Opened, rules: Rules) -> list[InquiringEvent]:
    by_commissioner(command, now)
    at(now, command, *SITTING)
    if command.by_video:
        under_ministerial(command, now, DCO_43)
    if command.opened:
        under_ministerial(command, now, DCO_45)
    if (command.on, command.place) in now.evidence.sessions:
        return []
    return [stated(DisputeSessionHeld, command, rules, basis=INQUIRING[now.path])]


def _received(command: ReceiveEvidence, now: Opened, rules: Rules) -> list[InquiringEvent]:
    by_commissioner(command, now)
    at(now, command, *SITTING)
    if command.number in now.evidence.received:
        return []
    basis = INQUIRING[now.path]
    if command.number > len(now.evidence.demanded):
        raise Refused(basis, f"事実の調査の求め（第{command.number}号）はありません")
    return [stated(EvidenceReceived, command, rules, basis=basis)]


def _agent(command: ReportAgent, now: Opened, rules: Rules) -> list[InquiringEvent]:
    of_the_parties(command, now)
    at(now, command, "委員の任命待ち", "付託の判断待ち", *SITTING)
    under_ministerial(command, now, DCO_44)
    if (command.party, command.agent.of) in now.evidence.agents:
        return []
    return [stated(AgentReported, command, rules)]


def _asked(command: RequestProgress, now: Opened, rules: Rules) -> list[InquiringEvent]:
    by_authority(command, now)
    at(now, command, "処理方策の審理中")
    not_before(command, now.panel.since, "自治紛争処理委員の任命")
    if any(one.key == "経過" for one in now.owed):
        return []
    return [stated(ProgressRequested, command, rules, number=now.evidence.progress + 1)]


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(now: Opened, event: InquiringEvent) -> Opened:
    """The case after a fact of its inquiry."""
    known = now.evidence
    match event:
        case EvidenceDemanded():
            asked = (*known.demanded, (event.means, event.whom, event.what))
            return replace(now, evidence=replace(known, demanded=asked))
        case DisputeSessionHeld():
            held = known.sessions | {(event.on, event.place)}
            return replace(now, evidence=replace(known, sessions=held))
        case EvidenceReceived():
            received = known.received | {event.number}
            return replace(now, evidence=replace(known, received=received))
        case AgentReported():
            agents = known.agents | {(event.party, event.agent.of)}
            return replace(now, evidence=replace(known, agents=agents))
        case ProgressRequested():
            asked_for = replace(now, evidence=replace(known, progress=event.number))
            title = f"{COMMISSIONERS}: 経過を報告する（{office_name(event.party)}の求め）"
            due = Owed("経過", event.party, title, event.basis, event.on, f"{event.number}")
            return asked_for.owing(due)
        case ProgressReported():
            return now.free_of("経過", [f"{event.number}"])
