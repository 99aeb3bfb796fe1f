"""当事者への通知: Notices that the authority owes the parties, each the same act on another occasion.

    任命（令174条の8②・174条の6③）  取下げ（174条の8③・174条の6④）
    不付託（174条の6②）             成立（法251条の2⑦）

The commissioners leave office once all parties to an established mediation have been told.
"""

from collections.abc import Sequence
from typing import ClassVar, Literal

from domain.dispute.appointing import CommissionersLeftOffice, left_office
from domain.dispute.parties import (
    APPOINTING,
    WITHDRAWN,
    OfficeEntry,
    OfficeEvent,
    Told,
    each_once,
)
from domain.dispute.status import Opened, by_authority, duty_of
from domain.law import ART_251_2, ORDER_174_6, ORDER_174_8, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.procedure import stated

Matter = Literal["任命", "取下げ", "不付託", "成立"]


class PartiesTold(OfficeEvent):
    """当事者への通知（令第174条の8第2項・第3項、第174条の6第2項・第3項・第4項、法第251条の2第7項）: Of `matter`."""

    title: ClassVar[str] = "当事者への通知"
    kind: Literal["PartiesTold"] = "PartiesTold"
    basis: Citation = ORDER_174_8.para(2)
    matter: Matter
    told: Told


class TellParties(OfficeEntry):
    """当事者に通知する（令第174条の8第2項・第3項、第174条の6第2項・第3項・第4項、法第251条の2第7項）."""

    title: ClassVar[str] = "当事者に通知する"
    cites: ClassVar[Citation] = ORDER_174_8.para(2)
    done_by: ClassVar[Role] = "officer"
    kind: Literal["TellParties"] = "TellParties"
    matter: Matter
    told: Told


TellingEvent = PartiesTold | CommissionersLeftOffice


def decide(command: TellParties, now: Opened, rules: Rules) -> Sequence[TellingEvent]:
    """The notice to those who had not been told; with the last one of 成立 the office ends."""
    by_authority(command, now)
    each_once(command.told, command.cites)
    fresh = tuple(code for code in command.told if duty_of(command, now, command.matter, code))
    if not fresh:
        return []
    told = stated(PartiesTold, command, rules, basis=_basis(command.matter, now), told=fresh)
    after = now.free_of(command.matter, fresh)
    if command.matter == "成立" and not any(one.key == "成立" for one in after.owed):
        return [told, *left_office(command, now, "調停の成立の通知", rules)]
    return [told]


def _basis(matter: Matter, now: Opened) -> Citation:
    match matter:
        case "任命":
            return APPOINTING[now.path]
        case "取下げ":
            return WITHDRAWN[now.path]
        case "不付託":
            return ORDER_174_6.para(2)
        case "成立":
            return ART_251_2.para(7)


def evolve(now: Opened, event: PartiesTold) -> Opened:
    """The case after a notice."""
    return now.free_of(event.matter, event.told)
