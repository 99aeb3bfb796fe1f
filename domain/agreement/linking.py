"""関係する事案（法第252条の2第7項）: Another case that bears on this one, such as a dispute over it.

    連結 → 連結の解除

Only the tie is recorded here; what happens in the other case is that case's.
"""

from typing import ClassVar, Literal

from domain.agreement.parties import PartyEntry, PartyEvent
from domain.law import ART_252_2, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.procedure import stated
from domain.record import CaseId
from domain.text import Text

PARA_7 = ART_252_2.para(7)
Relation = Literal["紛争", "前身の連携協約", "関連する連携協約"]
Links = frozenset[str]


class CaseLinked(PartyEvent):
    """事案の連結（法第252条の2第7項）: A party ties another case to this one."""

    title: ClassVar[str] = "事案の連結"
    kind: Literal["CaseLinked"] = "CaseLinked"
    basis: Citation = PARA_7
    case: CaseId
    relation: Relation
    reasons: Text


class CaseUnlinked(PartyEvent):
    """事案の連結の解除（法第252条の2第7項）: The other case bears on this one no longer."""

    title: ClassVar[str] = "事案の連結の解除"
    kind: Literal["CaseUnlinked"] = "CaseUnlinked"
    basis: Citation = PARA_7
    case: CaseId
    reasons: Text


LinkingEvent = CaseLinked | CaseUnlinked


class LinkCase(PartyEntry):
    """関係する事案を結ぶ（法第252条の2第7項）."""

    title: ClassVar[str] = "関係する事案を結ぶ"
    cites: ClassVar[Citation] = PARA_7
    done_by: ClassVar[Role] = "officer"
    kind: Literal["LinkCase"] = "LinkCase"
    case: CaseId
    relation: Relation
    reasons: Text


class UnlinkCase(PartyEntry):
    """関係する事案の連結を解く（法第252条の2第7項）."""

    title: ClassVar[str] = "関係する事案の連結を解く"
    cites: ClassVar[Citation] = PARA_7
    done_by: ClassVar[Role] = "officer"
    kind: Literal["UnlinkCase"] = "UnlinkCase"
    case: CaseId
    reasons: Text


LinkingCommand = LinkCase | UnlinkCase


def decide(command: LinkingCommand, links: Links, rules: Rules) -> list[LinkingEvent]:
    """A tie that is there is not tied again, nor one untied that is not there."""
    match command:
        case LinkCase():
            return [] if command.case in links else [stated(CaseLinked, command, rules)]
        case UnlinkCase():
            return [stated(CaseUnlinked, command, rules)] if command.case in links else []


def evolve(links: Links, event: LinkingEvent) -> Links:
    """The ties after a fact."""
    match event:
        case CaseLinked():
            return links | {event.case}
        case CaseUnlinked():
            return links - {event.case}
