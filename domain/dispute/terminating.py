"""調停の打切り（法第251条の2第5項・第6項）: Where there is no prospect, and with the authority's consent.

    打切りの同意の求め（合議） → 同意 → 打切り（要旨・経過の公表は任意） → 当事者への通知 → 失職（法251条④二）

Without the consent the mediation goes on; nothing is recorded for a consent that is not given.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from domain.acts import Finding
from domain.bodies import office_name
from domain.dispute.appointing import CommissionersLeftOffice, left_office
from domain.dispute.parties import (
    CollegialDecision,
    OfficeDecision,
    OfficeEntry,
    OfficeEvent,
    Told,
    authority_name,
    each_once,
)
from domain.dispute.status import (
    COMMISSIONERS,
    Opened,
    Owed,
    at,
    by_authority,
    by_commissioner,
    collegially,
    duty_of,
)
from domain.law import ART_251_2, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import refuse_unless, stated
from domain.text import Line, Text

PARA_5, PARA_6 = ART_251_2.para(5), ART_251_2.para(6)


class TerminationProposed(OfficeEvent):
    """打切りの同意の求め（法第251条の2第5項）: By 合議, as no settlement is in sight."""

    title: ClassVar[str] = "打切りの同意の求め"
    kind: Literal["TerminationProposed"] = "TerminationProposed"
    basis: Citation = PARA_5
    finding: Finding
    collegial: CollegialDecision


class TerminationConsented(OfficeEvent):
    """打切りへの同意（法第251条の2第5項）: Of the Minister or governor."""

    title: ClassVar[str] = "打切りへの同意"
    kind: Literal["TerminationConsented"] = "TerminationConsented"
    basis: Citation = PARA_5
    drafted_by: Actor
    finding: Finding


class MediationTerminated(OfficeEvent):
    """調停の打切り（法第251条の2第5項）: By 合議; `published_in` where gist and course were published."""

    title: ClassVar[str] = "調停の打切り"
    kind: Literal["MediationTerminated"] = "MediationTerminated"
    basis: Citation = PARA_5
    collegial: CollegialDecision
    gist: Text | None
    course: Text | None
    published_in: Line | None


class TerminationTold(OfficeEvent):
    """打切りの通知（法第251条の2第6項）: By the commissioners, to the parties."""

    title: ClassVar[str] = "打切りの通知"
    kind: Literal["TerminationTold"] = "TerminationTold"
    basis: Citation = PARA_6
    told: Told


TerminatingEvent = (
    TerminationProposed | TerminationConsented | MediationTerminated | TerminationTold
)


class ProposeTermination(OfficeEntry):
    """調停の打切りの同意を求める（法第251条の2第5項）."""

    title: ClassVar[str] = "調停の打切りの同意を求める"
    cites: ClassVar[Citation] = PARA_5
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["ProposeTermination"] = "ProposeTermination"
    finding: Finding
    collegial: CollegialDecision


class ConsentToTermination(OfficeDecision):
    """調停の打切りに同意する（法第251条の2第5項）."""

    title: ClassVar[str] = "調停の打切りに同意する"
    cites: ClassVar[Citation] = PARA_5
    kind: Literal["ConsentToTermination"] = "ConsentToTermination"
    finding: Finding


class TerminateMediation(OfficeEntry):
    """調停を打ち切る（法第251条の2第5項）."""

    title: ClassVar[str] = "調停を打ち切る"
    cites: ClassVar[Citation] = PARA_5
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["TerminateMediation"] = "TerminateMediation"
    collegial: CollegialDecision
    gist: Text | None = None
    course: Text | None = None
    published_in: Line | None = None


class TellTermination(OfficeEntry):
    """調停の打切りを通知する（法第251条の2第6項）."""

    title: ClassVar[str] = "調停の打切りを通知する"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["TellTermination"] = "TellTermination"
    told: Told


TerminatingCommand = (
    ProposeTermination | ConsentToTermination | TerminateMediation | TellTermination
)


def decide(
    command: TerminatingCommand, now: Opened, rules: Rules
) -> Sequence[TerminatingEvent | CommissionersLeftOffice]:
    """What comes of the way to a termination."""
    match command:
        case ProposeTermination():
            return _proposed(command, now, rules)
        case ConsentToTermination():
            by_authority(command, now)
            if duty_of(command, now, "打切りの求め") is None:
                return []
            return [stated(TerminationConsented, command, rules)]
        case TerminateMediation():
            return _terminated(command, now, rules)
        case TellTermination():
            return _told(command, now, rules)


def _proposed(command: ProposeTermination, now: Opened, rules: Rules) -> list[TerminatingEvent]:
    by_commissioner(command, now)
    at(now, command, "調停中")
    if now.termination:
        return []
    collegially(command, command.collegial, now, rules)
    return [stated(TerminationProposed, command, rules)]


def _terminated(command: TerminateMediation, now: Opened, rules: Rules) -> list[TerminatingEvent]:
    if now.stage == "調停打切り":
        return []
    by_commissioner(command, now)
    at(now, command, "調停中")
    refuse_unless(
        now.termination == "同意済み",
        PARA_5,
        f"{authority_name(command.party)}の同意がないため、調停を打ち切ることはできません",
        "先に同意を求めてください",
    )
    collegially(command, command.collegial, now, rules)
    return [stated(MediationTerminated, command, rules)]


def _told(
    command: TellTermination, now: Opened, rules: Rules
) -> Sequence[TerminatingEvent | CommissionersLeftOffice]:
    each_once(command.told, PARA_6)
    fresh = tuple(code for code in command.told if duty_of(command, now, "打切り", code))
    if not fresh:
        return []
    by_commissioner(command, now)
    told = stated(TerminationTold, command, rules, told=fresh)
    if any(one.key == "打切り" for one in now.free_of("打切り", fresh).owed):
        return [told]
    return [told, *left_office(command, now, "調停の打切りの通知", rules)]


def evolve(now: Opened, event: TerminatingEvent) -> Opened:
    """The case after a fact on the way to a termination."""
    match event:
        case TerminationProposed():
            title = f"{authority_name(event.party)}: 調停の打切りに同意するかどうかを決める"
            due = Owed("打切りの求め", event.party, title, PARA_5, event.on)
            return replace(now, termination="同意待ち").owing(due)
        case TerminationConsented():
            return replace(now, termination="同意済み").free_of("打切りの求め")
        case MediationTerminated():
            return _ended(now, event)
        case TerminationTold():
            return now.free_of("打切り", event.told)


def _ended(now: Opened, event: MediationTerminated) -> Opened:
    told = [
        Owed(
            "打切り",
            event.party,
            f"{COMMISSIONERS}: 調停の打切りを{office_name(code)}に通知する",
            PARA_6,
            event.on,
            code,
        )
        for code in now.disputants
    ]
    kept = tuple(one for one in now.owed if one.key != "取下げの求め")
    return replace(now, stage="調停打切り", withdrawal=None, owed=kept).owing(*told)
