"""役割の履行（法第252条の2第6項）: What each party must do under the agreement in force.

役割の義務 → 役割の履行 / 期日の経過（記録のみ） → 役割の履行
用いる制度      an agreement delegates nothing: 事務の委託 and the like have a 規約 of their own
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Finding
from domain.agreement.parties import PARA_6, Number, PartyEntry, PartyEvent
from domain.bodies import BodyCode, body_name
from domain.decider import Refused
from domain.law import Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.periods import Deadline, fixed
from domain.procedure import has_passed, not_before, refuse_unless, stated
from domain.text import Line, Text

Scheme = Literal[
    "協議会の設置",
    "機関等の共同設置",
    "事務の委託",
    "事務の代替執行",
    "一部事務組合",
    "広域連合",
]

# --- 段階 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Charge:
    """果たすべき役割: One party's, by a day; `overdue` once the day was noted."""

    no: int
    party: str
    article: str
    what: str
    due: Deadline
    overdue: bool = False


@dataclass(frozen=True)
class Roles:
    """役割の全体: How many were laid down, those open, and the schemes in use by their 規約."""

    made: int = 0
    open: tuple[Charge, ...] = ()
    schemes: frozenset[str] = frozenset()

    def find(self, no: int, party: str) -> Charge:
        """The party's open role of that number, or a refusal."""
        for one in self.open:
            if (one.no, one.party) == (no, party):
                return one
        raise Refused(
            PARA_6, f"{body_name(party)}の役割（第{no}号）はないか、すでに果たされています"
        )


# --- 事実 -----------------------------------------------------------------------------------------


class RoleLaidDown(PartyEvent):
    """役割の義務（法第252条の2第6項）: What `party` must do under an article of the agreement, by a day."""

    title: ClassVar[str] = "役割の義務"
    kind: Literal["RoleLaidDown"] = "RoleLaidDown"
    basis: Citation = PARA_6
    role: Number
    article: Line
    what: Text
    due: Deadline


class RoleFulfilled(PartyEvent):
    """役割の履行（法第252条の2第6項）: The party took the measures its role needs."""

    title: ClassVar[str] = "役割の履行"
    kind: Literal["RoleFulfilled"] = "RoleFulfilled"
    basis: Citation = PARA_6
    role: Number
    finding: Finding
    in_time: bool


class RoleOverdue(PartyEvent):
    """役割の期日の経過（法第252条の2第6項）: Noted; nothing follows by itself."""

    title: ClassVar[str] = "役割の期日の経過"
    kind: Literal["RoleOverdue"] = "RoleOverdue"
    basis: Citation = PARA_6
    role: Number
    due: Deadline


class SchemeAdopted(PartyEvent):
    """用いる制度（法第252条の2第6項）: A joint scheme used beside the agreement, by its own 規約."""

    title: ClassVar[str] = "用いる制度"
    kind: Literal["SchemeAdopted"] = "SchemeAdopted"
    basis: Citation = PARA_6
    scheme: Scheme
    covenant: Line
    covenant_parties: tuple[BodyCode, ...]
    in_force_from: date
    article: Line


PerformingEvent = RoleLaidDown | RoleFulfilled | RoleOverdue | SchemeAdopted


# --- 命令書 ---------------------------------------------------------------------------------------


class LayDownRole(PartyEntry):
    """役割の期日を定める（法第252条の2第6項）: Of `party` itself, under an article of the agreement."""

    title: ClassVar[str] = "役割の期日を定める"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "officer"
    kind: Literal["LayDownRole"] = "LayDownRole"
    article: Line
    what: Text
    by_day: date


class FulfilRole(PartyEntry):
    """役割の履行を記録する（法第252条の2第6項）."""

    title: ClassVar[str] = "役割の履行を記録する"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "officer"
    kind: Literal["FulfilRole"] = "FulfilRole"
    role: Number
    finding: Finding


class NoteRoleOverdue(PartyEntry):
    """役割の期日の経過を記録する（法第252条の2第6項）."""

    title: ClassVar[str] = "役割の期日の経過を記録する"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteRoleOverdue"] = "NoteRoleOverdue"
    role: Number


class AdoptScheme(PartyEntry):
    """用いる制度の規約を記録する（法第252条の2第6項）: The 規約 is what entrusts; the agreement is not."""

    title: ClassVar[str] = "用いる制度の規約を記録する"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "officer"
    kind: Literal["AdoptScheme"] = "AdoptScheme"
    scheme: Scheme
    covenant: Line
    covenant_parties: tuple[BodyCode, ...]
    in_force_from: date
    article: Line


PerformingCommand = LayDownRole | FulfilRole | NoteRoleOverdue | AdoptScheme


# --- 決定 -----------------------------------------------------------------------------------------


def decide(
    command: PerformingCommand, roles: Roles, parties: Sequence[str], rules: Rules
) -> Sequence[PerformingEvent]:
    """What comes of a command about a party's role."""
    match command:
        case LayDownRole():
            return _laid_down(command, roles, rules)
        case FulfilRole():
            role = roles.find(command.role, command.party)
            not_before(command, role.due.origin, "役割の義務を定めた日")
            in_time = not has_passed(role.due, command.on)
            return [stated(RoleFulfilled, command, rules, in_time=in_time)]
        case NoteRoleOverdue():
            return [
                stated(RoleOverdue, command, rules, due=one.due)
                for one in roles.open
                if (one.no, one.party) == (command.role, command.party)
                and not one.overdue
                and has_passed(one.due, command.on)
            ]
        case AdoptScheme():
            return _adopted(command, roles, parties, rules)


def _laid_down(command: LayDownRole, roles: Roles, rules: Rules) -> list[PerformingEvent]:
    same = (command.party, command.article, command.what, command.by_day)
    if same in [(one.party, one.article, one.what, one.due.day) for one in roles.open]:
        return []
    refuse_unless(
        command.by_day > command.on,
        PARA_6,
        f"役割の期日 {command.by_day} は、定める日（{command.on}）より後の日とします",
    )
    number = roles.made + 1
    due = fixed(
        key=f"role-{number}",
        title=f"{body_name(command.party)}の役割（{command.article}）の期日",
        basis=PARA_6,
        origin=command.on,
        origin_title=RoleLaidDown.title,
        day=command.by_day,
    )
    return [stated(RoleLaidDown, command, rules, role=number, due=due)]


def _adopted(
    command: AdoptScheme, roles: Roles, parties: Sequence[str], rules: Rules
) -> list[PerformingEvent]:
    outside = [code for code in command.covenant_parties if code not in parties]
    refuse_unless(
        len(command.covenant_parties) > 1 and not outside,
        PARA_6,
        f"{command.covenant}の当事者は、連携協約の当事者のうちの二以上の団体とします",
    )
    if command.covenant in roles.schemes:
        return []
    return [stated(SchemeAdopted, command, rules)]


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(roles: Roles, event: PerformingEvent) -> Roles:
    """The roles after a fact."""
    match event:
        case RoleLaidDown():
            new = Charge(event.role, event.party, event.article, event.what, event.due)
            return replace(roles, made=event.role, open=(*roles.open, new))
        case RoleFulfilled():
            left = tuple(one for one in roles.open if one.no != event.role)
            return replace(roles, open=left)
        case RoleOverdue():
            noted = tuple(
                replace(one, overdue=True) if one.no == event.role else one for one in roles.open
            )
            return replace(roles, open=noted)
        case SchemeAdopted():
            return replace(roles, schemes=roles.schemes | {event.covenant})
