"""調停への付託（法第251条の2第1項、令第174条の6）: On application or ex officio; here the authority may say no.

申請 → 付託（委員の任命を伴う） / 不付託（当事者への通知）
職権 → 付託
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from domain.acts import Finding
from domain.bodies import OfficeCode, office_name
from domain.decider import Refused
from domain.dispute.appointing import Appointing, CommissionersAppointed, appointment
from domain.dispute.filing import (
    AgreementCase,
    How,
    Organs,
    may_be_determined,
    organs_of_the_parties,
    procedure_by_law,
)
from domain.dispute.parties import (
    Disputants,
    OfficeDecision,
    OfficeEvent,
    Sharing,
    authority_name,
    competent,
    each_once,
    names,
    sharing,
)
from domain.dispute.status import Opened, Owed, Panel, at, by_authority
from domain.law import ART_251_2, ART_252_2, ART_253, ORDER_174_6, Citation
from domain.ordinance import Rules
from domain.people import Actor
from domain.procedure import not_before, refuse_unless, stated
from domain.text import Line, Text

PARA_1 = ART_251_2.para(1)


# --- 事実 -----------------------------------------------------------------------------------------


class MediationReferred(OfficeEvent):
    """調停への付託（法第251条の2第1項）: On an application, by the authority's finding."""

    title: ClassVar[str] = "調停への付託"
    kind: Literal["MediationReferred"] = "MediationReferred"
    basis: Citation = PARA_1
    drafted_by: Actor
    finding: Finding


class MediationStarted(OfficeEvent):
    """職権による調停への付託（法第251条の2第1項）: Without an application; it cannot be withdrawn."""

    title: ClassVar[str] = "職権による調停への付託"
    kind: Literal["MediationStarted"] = "MediationStarted"
    basis: Citation = PARA_1
    drafted_by: Actor
    name: Line
    disputants: Disputants
    organs: Organs
    parties: Sharing
    authority: OfficeCode
    determined: How | None
    agreement: Line | None
    agreement_case: AgreementCase | None
    course: Text
    finding: Finding


class MediationNotReferred(OfficeEvent):
    """調停に付さない旨の決定（令第174条の6第2項）: Why the authority finds a mediation unsuitable."""

    title: ClassVar[str] = "調停に付さない旨の決定"
    kind: Literal["MediationNotReferred"] = "MediationNotReferred"
    basis: Citation = ORDER_174_6.para(2)
    drafted_by: Actor
    finding: Finding


ReferringEvent = MediationReferred | MediationStarted | MediationNotReferred


# --- 命令書 ---------------------------------------------------------------------------------------


class ReferToMediation(Appointing):
    """調停に付する（法第251条の2第1項）: With the appointment of the commissioners."""

    title: ClassVar[str] = "調停に付する"
    cites: ClassVar[Citation] = PARA_1
    kind: Literal["ReferToMediation"] = "ReferToMediation"
    finding: Finding


class StartMediation(Appointing):
    """職権により調停に付する（法第251条の2第1項）: The first paper of a case; `determined` as 法253条 needs it."""

    title: ClassVar[str] = "職権により調停に付する"
    cites: ClassVar[Citation] = PARA_1
    kind: Literal["StartMediation"] = "StartMediation"
    name: Line
    disputants: Disputants
    organs: Organs = ()
    determined: How | None = None
    agreement: Line | None = None
    agreement_case: AgreementCase | None = None
    course: Text
    finding: Finding


class DeclineReferral(OfficeDecision):
    """調停に付さない（令第174条の6第2項）: On the finding that it is unsuitable."""

    title: ClassVar[str] = "調停に付さない"
    cites: ClassVar[Citation] = ORDER_174_6.para(2)
    kind: Literal["DeclineReferral"] = "DeclineReferral"
    finding: Finding


ReferringCommand = ReferToMediation | StartMediation | DeclineReferral


# --- 決定 -----------------------------------------------------------------------------------------


def start(command: StartMediation, rules: Rules) -> list[MediationStarted | CommissionersAppointed]:
    """Ex officio: the dispute is referred and the commissioners appointed by one decision."""
    each_once(command.disputants, PARA_1)
    organs_of_the_parties(command.organs, command.disputants, PARA_1)
    _competent(command)
    if command.agreement is not None:
        _agreements_too(command, rules)
    begun = stated(
        MediationStarted,
        command,
        rules,
        authority=command.party,
        parties=sharing(command.disputants, command.party),
    )
    return [begun, appointment(command, command.party, rules)]


def _competent(command: StartMediation) -> None:
    right = competent(command.disputants)
    if command.determined is not None:
        may_be_determined(command.determined, command.party, command.disputants)
        return
    if right is None:
        raise Refused(
            ART_253.para(1),
            f"当事者（{names(command.disputants)}）が二以上の都道府県にわたり、管轄が定まっていません",
            "determined に定めを記してください",
        )
    refuse_unless(
        command.party == right,
        PARA_1,
        f"この紛争を調停に付することができるのは{authority_name(right)}です",
    )


def _agreements_too(command: OfficeDecision, rules: Rules) -> None:
    """連携協約に係る紛争: Whether mediation is open to it besides 処理方策 is the authority's reading."""
    refuse_unless(
        rules.ordinance.mediation_of_agreements.on(command.on).value,
        PARA_1,
        "連携協約に係る紛争は、調停に付さないこととする定めがあります",
        f"処理方策の提示の申請（{ART_252_2.para(7)}）によってください",
    )


def decide(
    command: ReferToMediation | DeclineReferral, now: Opened, rules: Rules
) -> Sequence[ReferringEvent | CommissionersAppointed]:
    """What the authority makes of an application: referred, or not."""
    by_authority(command, now)
    match command:
        case ReferToMediation():
            if now.path == "調停" and now.panel.serving:
                return []
            at(now, command, "付託の判断待ち")
            not_before(command, now.since, "申請")
            if now.of_agreement:
                _agreements_too(command, rules)
            referred = stated(MediationReferred, command, rules)
            return [referred, appointment(command, now.authority, rules)]
        case DeclineReferral():
            if now.stage == "不付託":
                return []
            at(now, command, "付託の判断待ち")
            not_before(command, now.since, "申請")
            return [stated(MediationNotReferred, command, rules)]


# --- 経過 -----------------------------------------------------------------------------------------


def opened(event: MediationStarted) -> Opened:
    """The case that a mediation ex officio opens; the appointment follows at once."""
    return Opened(
        path="調停",
        name=event.name,
        disputants=event.disputants,
        applicant=None,
        authority=event.authority,
        since=event.on,
        stage="付託の判断待ち",
        links=frozenset([event.agreement_case] if event.agreement_case else []),
        of_agreement=event.agreement is not None,
        panel=Panel(procedure=procedure_by_law(event.authority)),
    )


def evolve(now: Opened, event: MediationReferred | MediationNotReferred) -> Opened:
    """The case after the authority's decision on an application."""
    match event:
        case MediationReferred():
            return now
        case MediationNotReferred():
            return _not_referred(now, event)


def _not_referred(now: Opened, event: MediationNotReferred) -> Opened:
    who, basis = authority_name(event.party), ORDER_174_6.para(2)
    told = [
        Owed(
            "不付託",
            event.party,
            f"{who}: 調停に付さない旨を{office_name(code)}に通知する",
            basis,
            event.on,
            code,
        )
        for code in now.disputants
    ]
    return replace(now, stage="不付託", withdrawal=None, owed=()).owing(*told)
