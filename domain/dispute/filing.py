"""申請（法第252条の2第7項、第251条の2第1項）: A party's written application, and who is to hear of it.

    申請（文書） → 他の当事者への通知（直ちに、写しを添えて）
                → 管轄する知事の定め（法253条、数都道府県にわたるとき）

An application that has come is heard: nothing here lets anybody refuse that of 処理方策の提示.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from domain.bodies import (
    MINISTER,
    BodyCode,
    OfficeCode,
    is_prefecture,
    office_name,
    prefecture_code,
)
from domain.dispute.parties import (
    TELLING,
    Disputants,
    OfficeDecision,
    OfficeEntry,
    OfficeEvent,
    Organ,
    Path,
    Procedure,
    Sharing,
    Told,
    authority_name,
    competent,
    each_once,
    names,
    sharing,
)
from domain.dispute.status import Opened, Owed, Panel, at, duty_of, of_the_parties
from domain.law import ART_96, ART_251_2, ART_252_2, ART_253, DCO_5, DCO_42, ORDER_174_8, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import refuse_unless, stated
from domain.record import CaseId, institution_of
from domain.text import Line, Text

How = Literal["関係都道府県知事の協議", "総務大臣による決定", "総務大臣による権限の代行"]
Organs = Annotated[tuple[Organ, ...], Field(max_length=100)]


def _agreement(case: str) -> str:
    if institution_of(case) != "協約":
        raise ValueError("連携協約の事案番号（協約-…）を書いてください")
    return case


AgreementCase = Annotated[CaseId, AfterValidator(_agreement)]


class Resolution(BaseModel):
    """議決（法第96条第1項第12号）: The council's resolution on a mediation its body is party to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    session: Line
    bill: Line
    document: Line


# --- 事実 -----------------------------------------------------------------------------------------


class MeasuresApplied(OfficeEvent):
    """処理方策の提示の申請（法第252条の2第7項）: In writing, by a party to a dispute over an agreement.

    `sought` holds the matter asked for with the main points of the claim, `course` how the dispute
    went; `authority` is None until 法253条 has told.
    """

    title: ClassVar[str] = "処理方策の提示の申請"
    kind: Literal["MeasuresApplied"] = "MeasuresApplied"
    basis: Citation = ART_252_2.para(7)
    drafted_by: Actor
    name: Line
    disputants: Disputants
    parties: Sharing
    authority: OfficeCode | None
    agreement: Line
    agreement_case: AgreementCase | None
    sought: Text
    course: Text | None
    reference: Text | None


class MediationApplied(OfficeEvent):
    """調停の申請（法第251条の2第1項）: In writing, by a party; `agreement` where it is about one."""

    title: ClassVar[str] = "調停の申請"
    kind: Literal["MediationApplied"] = "MediationApplied"
    basis: Citation = ART_251_2.para(1)
    drafted_by: Actor
    name: Line
    disputants: Disputants
    organs: Organs
    parties: Sharing
    authority: OfficeCode | None
    agreement: Line | None
    agreement_case: AgreementCase | None
    sought: Text
    course: Text | None
    reference: Text | None
    resolution: Resolution | None


class OtherPartiesTold(OfficeEvent):
    """他の当事者への通知（令第174条の8第1項・第174条の6第1項）: With a copy of the application."""

    title: ClassVar[str] = "他の当事者への通知"
    kind: Literal["OtherPartiesTold"] = "OtherPartiesTold"
    basis: Citation = ORDER_174_8.para(1)
    told: Told
    copy_attached: Line


class DisputeAuthorityDetermined(OfficeEvent):
    """紛争を管轄する者の定め（法第253条第1項・第2項）: For municipalities of several prefectures."""

    title: ClassVar[str] = "紛争を管轄する者の定め"
    kind: Literal["DisputeAuthorityDetermined"] = "DisputeAuthorityDetermined"
    basis: Citation = ART_253.para(1)
    how: How
    authority: OfficeCode
    parties: Sharing


Applied = MeasuresApplied | MediationApplied
FilingEvent = Applied | OtherPartiesTold | DisputeAuthorityDetermined


# --- 命令書 ---------------------------------------------------------------------------------------


class ApplyForMeasures(OfficeDecision):
    """処理方策の提示を申請する（法第252条の2第7項）: The first paper of a case."""

    title: ClassVar[str] = "処理方策の提示を申請する"
    cites: ClassVar[Citation] = ART_252_2.para(7)
    kind: Literal["ApplyForMeasures"] = "ApplyForMeasures"
    name: Line
    disputants: Disputants
    agreement: Line
    agreement_case: AgreementCase | None = None
    sought: Text
    course: Text | None = None
    reference: Text | None = None


class ApplyForMediation(OfficeDecision):
    """調停を申請する（法第251条の2第1項）: The first paper of a case."""

    title: ClassVar[str] = "調停を申請する"
    cites: ClassVar[Citation] = ART_251_2.para(1)
    kind: Literal["ApplyForMediation"] = "ApplyForMediation"
    name: Line
    disputants: Disputants
    organs: Organs = ()
    agreement: Line | None = None
    agreement_case: AgreementCase | None = None
    sought: Text
    course: Text | None = None
    reference: Text | None = None
    resolution: Resolution | None = None


class TellOtherParties(OfficeEntry):
    """他の当事者に通知する（令第174条の8第1項・第174条の6第1項）: 直ちに, by the applicant, with a copy."""

    title: ClassVar[str] = "他の当事者に通知する"
    cites: ClassVar[Citation] = ORDER_174_8.para(1)
    done_by: ClassVar[Role] = "officer"
    kind: Literal["TellOtherParties"] = "TellOtherParties"
    told: Told
    copy_attached: Line


class DetermineAuthority(OfficeEntry):
    """紛争を管轄する者の定めを記録する（法第253条第1項）: By a party, or by whoever was determined."""

    title: ClassVar[str] = "紛争を管轄する者の定めを記録する"
    cites: ClassVar[Citation] = ART_253.para(1)
    done_by: ClassVar[Role] = "officer"
    kind: Literal["DetermineAuthority"] = "DetermineAuthority"
    how: How
    authority: OfficeCode


Apply = ApplyForMeasures | ApplyForMediation
FilingCommand = Apply | TellOtherParties | DetermineAuthority


# --- 決定 -----------------------------------------------------------------------------------------


def apply(command: Apply, rules: Rules) -> list[FilingEvent]:
    """The first paper: it is an application once its contents are there."""
    among_them(command.party, command.disputants, command.cites)
    authority = competent(command.disputants)
    more = {"parties": sharing(command.disputants, authority), "authority": authority}
    match command:
        case ApplyForMeasures():
            _contents(command, authority, DCO_42)
            return [stated(MeasuresApplied, command, rules, **more)]
        case ApplyForMediation():
            organs_of_the_parties(command.organs, command.disputants, command.cites)
            _contents(command, authority, DCO_5)
            resolved(command, command.resolution, rules)
            return [stated(MediationApplied, command, rules, **more)]


def among_them(party: str, disputants: Sequence[str], citation: Citation) -> None:
    """Refuse an application that does not name the parties once each, the applicant with them."""
    each_once(disputants, citation)
    refuse_unless(
        party in disputants,
        citation,
        f"申請する{office_name(party)}が、紛争の当事者（{names(disputants)}）に含まれていません",
    )


def organs_of_the_parties(
    organs: Sequence[Organ], disputants: Sequence[str], citation: Citation
) -> None:
    """Refuse an organ of a government that is not named among the parties."""
    strange = [one.name for one in organs if one.of not in disputants]
    refuse_unless(not strange, citation, f"{'、'.join(strange)}の団体が当事者に含まれていません")


def _contents(command: Apply, authority: str | None, citation: Citation) -> None:
    """記載事項（処理委員省令第42条・第5条）: Those of applications to the Minister."""
    refuse_unless(
        authority != MINISTER or command.course is not None,
        citation,
        "総務大臣に対する申請書には、紛争の経過を記載します",
        "course に紛争の経過を記してください",
    )


def resolved(command: OfficeDecision, resolution: Resolution | None, rules: Rules) -> None:
    """議決（法第96条第1項第12号）: Where the party's own rules hold that a mediation needs it."""
    refuse_unless(
        resolution is not None or not rules.ordinance.mediation_resolution.on(command.on).value,
        ART_96.para(1, 12),
        f"{office_name(command.party)}の議会が、調停に関することを議決していません",
        "resolution に議決を記すか、議決を要しないとする定めを mediation_resolution に記してください",
    )


def decide(
    command: TellOtherParties | DetermineAuthority, now: Opened, rules: Rules
) -> Sequence[FilingEvent]:
    """What comes of a notice to the other parties, or of a determination."""
    match command:
        case TellOtherParties():
            return _told(command, now, rules)
        case DetermineAuthority():
            return _determined(command, now, rules)


def _told(command: TellOtherParties, now: Opened, rules: Rules) -> list[FilingEvent]:
    of_the_parties(command, now)
    basis = TELLING[now.path]
    refuse_unless(
        command.party == now.applicant,
        basis,
        f"他の当事者に通知するのは申請した者で、{office_name(command.party)}ではありません",
    )
    each_once(command.told, basis)
    refuse_unless(
        set(command.told) <= {*now.disputants} - {command.party},
        basis,
        f"通知の相手は、ほかの当事者（{names(now.disputants)}）です",
    )
    fresh = tuple(code for code in command.told if duty_of(command, now, "申請", code))
    return [stated(OtherPartiesTold, command, rules, basis=basis, told=fresh)] if fresh else []


def _determined(command: DetermineAuthority, now: Opened, rules: Rules) -> list[FilingEvent]:
    if command.authority == now.authority:
        return []
    at(now, command, "委員の任命待ち", "付託の判断待ち")
    may_be_determined(command.how, command.authority, now.disputants)
    refuse_unless(
        command.party in (*now.disputants, command.authority),
        command.cites,
        f"{office_name(command.party)}は、この紛争の当事者でも管轄する者でもありません",
    )
    basis = ART_253.para(1 if command.how == "関係都道府県知事の協議" else 2)
    parties = sharing(now.disputants, command.authority)
    return [stated(DisputeAuthorityDetermined, command, rules, basis=basis, parties=parties)]


def may_be_determined(how: How, authority: str, disputants: Sequence[str]) -> None:
    """管轄知事の定め（法第253条）: Only for municipalities of several prefectures, to one of them."""
    if settled := competent(disputants):
        refuse_unless(
            not settled,
            ART_253.para(1),
            f"この紛争を扱うのは{authority_name(settled)}で、定めを要しません",
        )
    refuse_unless(
        (how == "総務大臣による権限の代行") == (authority == MINISTER),
        ART_253.para(2),
        "総務大臣が権限を代わって行うときは authority を総務大臣に、ほかのときは都道府県とします",
    )
    prefectures = {prefecture_code(code) for code in disputants}
    refuse_unless(
        authority == MINISTER or (is_prefecture(authority) and authority in prefectures),
        ART_253.para(1),
        f"{office_name(authority)}は、当事者の属する都道府県ではありません",
    )


# --- 経過 -----------------------------------------------------------------------------------------


def opened(event: Applied) -> Opened:
    """The case that an application opens; the other parties are to be told at once."""
    path: Path = "処理方策" if isinstance(event, MeasuresApplied) else "調停"
    case = Opened(
        path=path,
        name=event.name,
        disputants=event.disputants,
        applicant=event.party,
        authority=event.authority,
        since=event.on,
        stage="委員の任命待ち" if path == "処理方策" else "付託の判断待ち",
        links=frozenset([event.agreement_case] if event.agreement_case else []),
        of_agreement=event.agreement is not None,
        panel=Panel(procedure=procedure_by_law(event.authority)),
    )
    others = [code for code in event.disputants if code != event.party]
    return case.owing(*(_to_tell(event, path, code) for code in others))


def _to_tell(event: Applied, path: Path, other: BodyCode) -> Owed:
    title = f"{office_name(event.party)}: {office_name(other)}に申請書の写しを添えて直ちに通知する"
    return Owed("申請", event.party, title, TELLING[path], event.on, other)


def procedure_by_law(authority: str | None) -> Procedure:
    """What the ministerial ordinance itself says of whom it binds."""
    return "総務省令" if authority == MINISTER else "定めなし"


def evolve(now: Opened, event: OtherPartiesTold | DisputeAuthorityDetermined) -> Opened:
    """The case after a fact of its filing."""
    match event:
        case OtherPartiesTold():
            return now.free_of("申請", event.told)
        case DisputeAuthorityDetermined():
            panel = replace(now.panel, procedure=procedure_by_law(event.authority))
            return replace(now, authority=event.authority, panel=panel)
