"""調停（法第251条の2第3項・第4項・第7項・第8項）: From the proposal to its acceptance by every party.

    調停案の提示・受諾の勧告（合議） → 要旨の公表（任意）
                                    → 報告（直ちに、写しを添えて）
    受諾（当事者ごと、文書） → 受諾書の到達（任命した者に）
    全ての当事者の受諾書の到達 → 調停の成立 → 公表・通知（直ちに） → 失職（法251条④三）

Silence is no acceptance, and there is no day by which to accept. Another proposal asks all anew.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.bodies import BodyCode, office_name
from domain.decider import Refused, UnreadableFact
from domain.dispute.filing import Resolution, resolved
from domain.dispute.parties import (
    CollegialDecision,
    Disputants,
    Number,
    OfficeDecision,
    OfficeEntry,
    OfficeEvent,
    Sha256,
    Told,
    authority_name,
)
from domain.dispute.status import (
    COMMISSIONERS,
    Opened,
    Owed,
    Proposal,
    at,
    by_authority,
    by_commissioner,
    collegially,
    duty_of,
    of_the_parties,
)
from domain.law import ART_251_2, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import not_before, refuse_unless, stated
from domain.text import Line, Text

PARA_3, PARA_4 = ART_251_2.para(3), ART_251_2.para(4)
PARA_7, PARA_8 = ART_251_2.para(7), ART_251_2.para(8)


class Acceptance(BaseModel):
    """受諾書: Of one party, as its document came to the authority."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    party: BodyCode
    paper: Line


# --- 事実 -----------------------------------------------------------------------------------------


class ProposalPresented(OfficeEvent):
    """調停案の提示（法第251条の2第3項）: By 合議, shown to the parties with the advice to accept it."""

    title: ClassVar[str] = "調停案の提示"
    kind: Literal["ProposalPresented"] = "ProposalPresented"
    basis: Citation = PARA_3
    proposal: Number
    content: Text
    sha256: Sha256
    presented_to: Disputants
    collegial: CollegialDecision


class ProposalGistPublished(OfficeEvent):
    """調停案の要旨の公表（法第251条の2第3項）: With the reasons; the commissioners may."""

    title: ClassVar[str] = "調停案の要旨の公表"
    kind: Literal["ProposalGistPublished"] = "ProposalGistPublished"
    basis: Citation = PARA_3
    proposal: Number
    gist: Text
    reasons: Text
    published_in: Line


class MediationReported(OfficeEvent):
    """調停の経過の報告（法第251条の2第4項）: With a copy of the proposal, to the authority."""

    title: ClassVar[str] = "調停の経過の報告"
    kind: Literal["MediationReported"] = "MediationReported"
    basis: Citation = PARA_4
    proposal: Number
    course: Text
    copy_attached: Line


class ProposalAccepted(OfficeEvent):
    """調停案の受諾（法第251条の2第7項）: A party signs its acceptance of this very text."""

    title: ClassVar[str] = "調停案の受諾"
    kind: Literal["ProposalAccepted"] = "ProposalAccepted"
    basis: Citation = PARA_7
    drafted_by: Actor
    proposal: Number
    sha256: Sha256
    resolution: Resolution | None


class AcceptanceArrived(OfficeEvent):
    """受諾書の到達（法第251条の2第7項）: A party's written acceptance has reached the authority."""

    title: ClassVar[str] = "受諾書の到達"
    kind: Literal["AcceptanceArrived"] = "AcceptanceArrived"
    basis: Citation = PARA_7
    proposal: Number
    acceptance: Acceptance


class MediationEstablished(OfficeEvent):
    """調停の成立（法第251条の2第7項）: By the arrival of the last acceptance; nobody decides it."""

    title: ClassVar[str] = "調停の成立"
    kind: Literal["MediationEstablished"] = "MediationEstablished"
    basis: Citation = PARA_7
    proposal: Number
    sha256: Sha256
    disputants: Disputants
    accepted: tuple[BodyCode, ...]


class EstablishmentPublished(OfficeEvent):
    """調停の成立の公表（法第251条の2第7項）: The fact and the gist."""

    title: ClassVar[str] = "調停の成立の公表"
    kind: Literal["EstablishmentPublished"] = "EstablishmentPublished"
    basis: Citation = PARA_7
    drafted_by: Actor
    gist: Text
    published_in: Line


class CommissionersTold(OfficeEvent):
    """委員への通知（法第251条の2第8項）: That the acceptances of these parties were filed."""

    title: ClassVar[str] = "委員への通知"
    kind: Literal["CommissionersTold"] = "CommissionersTold"
    basis: Citation = PARA_8
    filed: Told


MediatingEvent = (
    ProposalPresented
    | ProposalGistPublished
    | MediationReported
    | ProposalAccepted
    | AcceptanceArrived
    | MediationEstablished
    | EstablishmentPublished
    | CommissionersTold
)


# --- 命令書 ---------------------------------------------------------------------------------------


class PresentProposal(OfficeEntry):
    """調停案を提示し受諾を勧告する（法第251条の2第3項）."""

    title: ClassVar[str] = "調停案を提示し受諾を勧告する"
    cites: ClassVar[Citation] = PARA_3
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["PresentProposal"] = "PresentProposal"
    content: Text
    sha256: Sha256
    collegial: CollegialDecision


class PublishProposalGist(OfficeEntry):
    """調停案の要旨を公表する（法第251条の2第3項）."""

    title: ClassVar[str] = "調停案の要旨を公表する"
    cites: ClassVar[Citation] = PARA_3
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["PublishProposalGist"] = "PublishProposalGist"
    gist: Text
    reasons: Text
    published_in: Line


class ReportMediation(OfficeEntry):
    """調停の経過を報告する（法第251条の2第4項）: 直ちに."""

    title: ClassVar[str] = "調停の経過を報告する"
    cites: ClassVar[Citation] = PARA_4
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["ReportMediation"] = "ReportMediation"
    course: Text
    copy_attached: Line


class AcceptProposal(OfficeDecision):
    """調停案を受諾する（法第251条の2第7項）: In writing, this very text."""

    title: ClassVar[str] = "調停案を受諾する"
    cites: ClassVar[Citation] = PARA_7
    kind: Literal["AcceptProposal"] = "AcceptProposal"
    proposal: Number
    sha256: Sha256
    resolution: Resolution | None = None


class ReceiveAcceptance(OfficeEntry):
    """受諾書の到達を記録する（法第251条の2第7項）: `on` is the day it reached the authority."""

    title: ClassVar[str] = "受諾書の到達を記録する"
    cites: ClassVar[Citation] = PARA_7
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ReceiveAcceptance"] = "ReceiveAcceptance"
    proposal: Number
    acceptance: Acceptance


class PublishEstablishment(OfficeDecision):
    """調停の成立を公表する（法第251条の2第7項）: 直ちに."""

    title: ClassVar[str] = "調停の成立を公表する"
    cites: ClassVar[Citation] = PARA_7
    kind: Literal["PublishEstablishment"] = "PublishEstablishment"
    gist: Text
    published_in: Line


class TellCommissioners(OfficeEntry):
    """受諾書の提出を委員に通知する（法第251条の2第8項）."""

    title: ClassVar[str] = "受諾書の提出を委員に通知する"
    cites: ClassVar[Citation] = PARA_8
    done_by: ClassVar[Role] = "officer"
    kind: Literal["TellCommissioners"] = "TellCommissioners"
    filed: Annotated[tuple[BodyCode, ...], Field(min_length=1, max_length=100)]


ByCommissioners = PresentProposal | PublishProposalGist | ReportMediation
ByAuthority = ReceiveAcceptance | PublishEstablishment | TellCommissioners
MediatingCommand = ByCommissioners | AcceptProposal | ByAuthority


# --- 決定 -----------------------------------------------------------------------------------------


def decide(command: MediatingCommand, now: Opened, rules: Rules) -> Sequence[MediatingEvent]:
    """What comes of a proposal, of an acceptance, or of what the authority owes after it."""
    match command:
        case PresentProposal():
            return _presented(command, now, rules)
        case PublishProposalGist():
            return _gist(command, now, rules)
        case ReportMediation():
            by_commissioner(command, now)
            if duty_of(command, now, "調停の報告") is None:
                return []
            return [stated(MediationReported, command, rules, proposal=now.proposals)]
        case AcceptProposal():
            return _accepted(command, now, rules)
        case ReceiveAcceptance():
            return _arrived(command, now, rules)
        case PublishEstablishment():
            by_authority(command, now)
            if duty_of(command, now, "成立の公表") is None:
                return []
            return [stated(EstablishmentPublished, command, rules)]
        case TellCommissioners():
            by_authority(command, now)
            fresh = tuple(one for one in command.filed if duty_of(command, now, "受諾書", one))
            return [stated(CommissionersTold, command, rules, filed=fresh)] if fresh else []


def _presented(command: PresentProposal, now: Opened, rules: Rules) -> list[MediatingEvent]:
    by_commissioner(command, now)
    at(now, command, "調停中")
    if now.proposal and now.proposal.sha256 == command.sha256:
        return []
    collegially(command, command.collegial, now, rules)
    more = {"proposal": now.proposals + 1, "presented_to": now.disputants}
    return [stated(ProposalPresented, command, rules, **more)]


def _gist(command: PublishProposalGist, now: Opened, rules: Rules) -> list[MediatingEvent]:
    by_commissioner(command, now)
    at(now, command, "調停中")
    proposal = _proposal(command, now)
    not_before(command, proposal.on, "調停案の提示")
    if proposal.gist_published:
        return []
    return [stated(ProposalGistPublished, command, rules, proposal=proposal.no)]


def _proposal(command: OfficeEntry | OfficeDecision, now: Opened) -> Proposal:
    if now.proposal is None:
        raise Refused(command.cites, "調停案がまだ示されていません")
    return now.proposal


def _accepted(command: AcceptProposal, now: Opened, rules: Rules) -> list[MediatingEvent]:
    of_the_parties(command, now)
    if now.proposal and command.party in dict(now.proposal.accepted):
        return []
    at(now, command, "調停中")
    proposal = _proposal(command, now)
    refuse_unless(
        (command.proposal, command.sha256) == (proposal.no, proposal.sha256),
        PARA_7,
        f"示されている調停案は第{proposal.no}案（{proposal.sha256[:8]}…）です",
        "その調停案を受諾してください",
    )
    not_before(command, proposal.on, "調停案の提示")
    resolved(command, command.resolution, rules)
    return [stated(ProposalAccepted, command, rules)]


def _arrived(command: ReceiveAcceptance, now: Opened, rules: Rules) -> list[MediatingEvent]:
    """成立（第7項）: With the last party's acceptance; one that is missing, and there is no mediation."""
    by_authority(command, now)
    who = command.acceptance.party
    if now.proposal and who in now.proposal.arrived:
        return []
    at(now, command, "調停中")
    proposal = _proposal(command, now)
    signed = dict(proposal.accepted)
    refuse_unless(
        command.proposal == proposal.no and who in signed,
        PARA_7,
        f"{office_name(who)}は、調停案（第{command.proposal}案）を受諾していません",
        f"示されている調停案は第{proposal.no}案です",
    )
    not_before(command, signed[who], "受諾")
    arrived = stated(AcceptanceArrived, command, rules)
    if {*now.disputants} - {*proposal.arrived, who}:
        return [arrived]
    more = {"sha256": proposal.sha256, "disputants": now.disputants, "accepted": now.disputants}
    return [arrived, stated(MediationEstablished, command, rules, **more)]


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(now: Opened, event: MediatingEvent) -> Opened:
    """The case after a fact of its mediation."""
    match event:
        case ProposalPresented():
            return _under_proposal(now, event)
        case MediationReported():
            return now.free_of("調停の報告")
        case EstablishmentPublished():
            return now.free_of("成立の公表")
        case CommissionersTold():
            return now.free_of("受諾書", event.filed)
        case MediationEstablished():
            return _established(now, event)
        case ProposalGistPublished() | ProposalAccepted() | AcceptanceArrived():
            return _of_the_proposal(now, event)


def _under_proposal(now: Opened, event: ProposalPresented) -> Opened:
    title = f"{COMMISSIONERS}: 調停案の写しを添えて、調停の経過を直ちに報告する"
    due = Owed("調停の報告", event.party, title, PARA_4, event.on)
    proposal = Proposal(event.proposal, event.sha256, event.on)
    after = replace(now, proposal=proposal, proposals=event.proposal, termination=None)
    return after.owing(due)


def _of_the_proposal(
    now: Opened, event: ProposalGistPublished | ProposalAccepted | AcceptanceArrived
) -> Opened:
    known = now.proposal
    if known is None:
        raise UnreadableFact(f"{event.tag} cannot come before a proposal")
    match event:
        case ProposalGistPublished():
            return replace(now, proposal=replace(known, gist_published=True))
        case ProposalAccepted():
            accepted = (*known.accepted, (event.party, event.on))
            return replace(now, proposal=replace(known, accepted=accepted))
        case AcceptanceArrived():
            who = event.acceptance.party
            arrived = replace(now, proposal=replace(known, arrived=known.arrived | {who}))
            title = (
                f"{authority_name(event.party)}: {office_name(who)}の受諾書の提出を委員に通知する"
            )
            return arrived.owing(Owed("受諾書", event.party, title, PARA_8, event.on, who))


def _established(now: Opened, event: MediationEstablished) -> Opened:
    who = authority_name(event.party)
    public = f"{who}: 調停の成立の旨と要旨を直ちに公表する"
    told = [
        Owed(
            "成立",
            event.party,
            f"{who}: 調停の成立を{office_name(code)}に直ちに通知する",
            PARA_7,
            event.on,
            code,
        )
        for code in now.disputants
    ]
    kept = tuple(one for one in now.owed if one.key != "取下げの求め")
    after = replace(now, stage="調停成立", withdrawal=None, termination=None, owed=kept)
    return after.owing(Owed("成立の公表", event.party, public, PARA_7, event.on), *told)
