"""自治紛争処理委員（法第251条）: Three for each case, from their appointment to the end of their office.

任命（三人、事前の協議） → 告示・当事者への通知（直ちに）      代表の互選（処理委員省令3条）
失職（④）   by law, when the case has run its course; nobody decides it

Who is dismissed or missing, and replaced, is in `replacing.py`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.acts import Finding
from domain.bodies import MINISTER, office_name
from domain.dispute.parties import (
    APPOINTING,
    LEFT_OFFICE,
    CollegialDecision,
    OfficeDecision,
    OfficeEntry,
    OfficeEvent,
    Procedure,
    authority_name,
    each_once,
)
from domain.dispute.status import (
    Opened,
    Owed,
    Panel,
    at,
    by_authority,
    by_commissioner,
    collegially,
    duty_of,
    under_ministerial,
)
from domain.law import ART_251, ART_251_3_2, DCO_3, ORDER_174_8, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import not_before, refuse_unless, stated
from domain.text import Key, Line, Text

Loss = Literal[
    "調停の申請の取下げ",
    "調停の打切りの通知",
    "調停の成立の通知",
    "処理方策の申請の取下げ",
    "処理方策の提示の完了",
]
NUMBER = 3
"""法第251条第2項: 三人."""


class Commissioner(BaseModel):
    """自治紛争処理委員: A person of excellent insight; the name is made public (告示)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: Key
    name: Line
    occupation: Line


class Consultation(BaseModel):
    """事前の協議（法第251条第2項）: With a Minister or a prefectural committee whose affairs are touched."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    whom: Line
    result: Text
    document: Line


Three = Annotated[tuple[Commissioner, ...], Field(min_length=NUMBER, max_length=NUMBER)]
Consultations = Annotated[tuple[Consultation, ...], Field(max_length=50)]


# --- 事実 -----------------------------------------------------------------------------------------


class CommissionersAppointed(OfficeEvent):
    """自治紛争処理委員の任命（法第251条第2項）: Three for this case.

    `eligibility` is the finding on their insight, and that no two belong to one political party;
    `nobody_concerned` the finding that there was nobody to consult. `procedure` binds them from here.
    """

    title: ClassVar[str] = "自治紛争処理委員の任命"
    kind: Literal["CommissionersAppointed"] = "CommissionersAppointed"
    basis: Citation = ART_251.para(2)
    drafted_by: Actor
    commissioners: Three
    eligibility: Finding
    consulted: Consultations
    nobody_concerned: Finding | None
    procedure: Procedure


class AppointmentNotified(OfficeEvent):
    """任命の告示（令第174条の8第2項・第174条の6第3項）: The fact and the names of those in office."""

    title: ClassVar[str] = "任命の告示"
    kind: Literal["AppointmentNotified"] = "AppointmentNotified"
    basis: Citation = ORDER_174_8.para(2)
    drafted_by: Actor
    names: tuple[Line, ...]
    notice: Line
    published_in: Line


class RepresentativeElected(OfficeEvent):
    """代表自治紛争処理委員の互選（処理委員省令第3条）: By the commissioners, from among them."""

    title: ClassVar[str] = "代表自治紛争処理委員の互選"
    kind: Literal["RepresentativeElected"] = "RepresentativeElected"
    basis: Citation = DCO_3
    representative: Key
    collegial: CollegialDecision


class CommissionersLeftOffice(OfficeEvent):
    """自治紛争処理委員の失職（法第251条第4項）: By law; `basis` names the item."""

    title: ClassVar[str] = "自治紛争処理委員の失職"
    kind: Literal["CommissionersLeftOffice"] = "CommissionersLeftOffice"
    basis: Citation = ART_251.para(4)
    commissioners: tuple[Key, ...]
    ground: Loss


AppointingEvent = (
    CommissionersAppointed | AppointmentNotified | RepresentativeElected | CommissionersLeftOffice
)


# --- 命令書 ---------------------------------------------------------------------------------------


class Naming(OfficeDecision):
    """任命: What every appointment says, of three or of one."""

    eligibility: Finding
    consulted: Consultations = ()
    nobody_concerned: Finding | None = None


class Appointing(Naming):
    """三人の任命: What every appointment of three says."""

    commissioners: Three


class AppointCommissioners(Appointing):
    """自治紛争処理委員を任命する（法第251条の3の2第1項）: The authority must; it cannot refuse."""

    title: ClassVar[str] = "自治紛争処理委員を任命する"
    cites: ClassVar[Citation] = ART_251_3_2.para(1)
    kind: Literal["AppointCommissioners"] = "AppointCommissioners"


class NotifyAppointment(OfficeDecision):
    """任命を告示する（令第174条の8第2項・第174条の6第3項）: 直ちに."""

    title: ClassVar[str] = "任命を告示する"
    cites: ClassVar[Citation] = ORDER_174_8.para(2)
    kind: Literal["NotifyAppointment"] = "NotifyAppointment"
    notice: Line
    published_in: Line


class ElectRepresentative(OfficeEntry):
    """代表自治紛争処理委員を互選する（処理委員省令第3条）."""

    title: ClassVar[str] = "代表自治紛争処理委員を互選する"
    cites: ClassVar[Citation] = DCO_3
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["ElectRepresentative"] = "ElectRepresentative"
    representative: Key
    collegial: CollegialDecision


AppointingCommand = AppointCommissioners | NotifyAppointment | ElectRepresentative


# --- 決定 -----------------------------------------------------------------------------------------


def decide(command: AppointingCommand, now: Opened, rules: Rules) -> Sequence[AppointingEvent]:
    """What comes of an appointment, its public notice, or the choice of a representative."""
    match command:
        case ElectRepresentative():
            return _elected(command, now, rules)
        case AppointCommissioners():
            by_authority(command, now)
            if now.panel.serving and now.path == "処理方策":
                return []
            at(now, command, "委員の任命待ち")
            not_before(command, now.since, "申請")
            return [appointment(command, now.authority, rules)]
        case NotifyAppointment():
            by_authority(command, now)
            return _notified(command, now, rules)


def appointment(command: Appointing, authority: str | None, rules: Rules) -> CommissionersAppointed:
    """The appointment that a decision brings about: three persons, after consultation."""
    each_once([one.person for one in command.commissioners], ART_251.para(2))
    prior_consultation(command)
    if authority == MINISTER:
        procedure: Procedure = "総務省令"
    else:
        follows = rules.ordinance.ministerial_procedure.on(command.on).value
        procedure = "総務省令の例による" if follows else "定めなし"
    basis = ART_251.para(2)
    return stated(CommissionersAppointed, command, rules, basis=basis, procedure=procedure)


def prior_consultation(command: Naming) -> None:
    """事前の協議（法第251条第2項）: With those concerned, or a finding that nobody is."""
    refuse_unless(
        bool(command.consulted) != (command.nobody_concerned is not None),
        ART_251.para(2),
        "関係のある事務を担任する大臣又は都道府県の委員会・委員との事前の協議が記されていません",
        "consulted に協議を、相手がないときは nobody_concerned にその認定を記してください",
    )


def _notified(command: NotifyAppointment, now: Opened, rules: Rules) -> list[AppointingEvent]:
    if duty_of(command, now, "告示") is None:
        return []
    in_office = tuple(name for _, name in now.panel.serving)
    basis = APPOINTING[now.path]
    return [stated(AppointmentNotified, command, rules, basis=basis, names=in_office)]


def _elected(command: ElectRepresentative, now: Opened, rules: Rules) -> list[AppointingEvent]:
    by_commissioner(command, now)
    under_ministerial(command, now, DCO_3)
    if command.representative == now.panel.representative:
        return []
    collegially(command, command.collegial, now, rules)
    refuse_unless(
        command.representative in now.panel.persons, DCO_3, "代表は在任する委員から互選します"
    )
    return [stated(RepresentativeElected, command, rules)]


def left_office(
    command: OfficeEntry | OfficeDecision, now: Opened, ground: Loss, rules: Rules
) -> list[CommissionersLeftOffice]:
    """失職（法第251条第4項）: Of whoever is in office; nothing where nobody is."""
    serving = tuple(person for person, _ in now.panel.serving)
    if not serving:
        return []
    return [
        stated(
            CommissionersLeftOffice,
            command,
            rules,
            basis=LEFT_OFFICE[ground],
            commissioners=serving,
            ground=ground,
        )
    ]


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(now: Opened, event: AppointingEvent) -> Opened:
    """The case after a fact about its commissioners."""
    match event:
        case CommissionersAppointed():
            return _sitting(now, event)
        case AppointmentNotified():
            return now.free_of("告示")
        case RepresentativeElected():
            return replace(now, panel=replace(now.panel, representative=event.representative))
        case CommissionersLeftOffice():
            return replace(now, panel=Panel(procedure=now.panel.procedure)).free_of("補充")


def _sitting(now: Opened, event: CommissionersAppointed) -> Opened:
    panel = Panel(
        serving=tuple((one.person, one.name) for one in event.commissioners),
        since=event.on,
        procedure=event.procedure,
    )
    stage = "処理方策の審理中" if now.path == "処理方策" else "調停中"
    return to_be_known(replace(now, panel=panel, stage=stage).free_of("任命"), event)


def to_be_known(now: Opened, event: OfficeEvent) -> Opened:
    """直ちに: The public notice, and a notice to each party."""
    basis, who, on = APPOINTING[now.path], event.party, event.on
    told = [
        Owed(
            "任命",
            who,
            f"{authority_name(who)}: 任命を{office_name(one)}に直ちに通知する",
            basis,
            on,
            one,
        )
        for one in now.disputants
    ]
    public = f"{authority_name(who)}: 任命の旨と委員の氏名を直ちに告示する"
    return now.owing(Owed("告示", who, public, basis, on), *told)
