"""連携協約との連結（法第252条の2第7項）: The tie to the case of the agreement that is in dispute.

    連結 → 連結の解除

The agreement's own case holds its side of the tie, and is neither changed nor closed by this one.
"""

from typing import ClassVar, Literal

from domain.dispute.filing import AgreementCase
from domain.dispute.parties import OfficeEntry, OfficeEvent
from domain.dispute.status import Opened, by_authority
from domain.law import ART_252_2, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.procedure import stated
from domain.text import Text

PARA_7 = ART_252_2.para(7)


class AgreementLinked(OfficeEvent):
    """連携協約との連結（法第252条の2第7項）: This dispute is about that agreement's case."""

    title: ClassVar[str] = "連携協約との連結"
    kind: Literal["AgreementLinked"] = "AgreementLinked"
    basis: Citation = PARA_7
    case: AgreementCase
    reasons: Text


class AgreementUnlinked(OfficeEvent):
    """連携協約との連結の解除（法第252条の2第7項）: The tie was wrong, or is of no account any more."""

    title: ClassVar[str] = "連携協約との連結の解除"
    kind: Literal["AgreementUnlinked"] = "AgreementUnlinked"
    basis: Citation = PARA_7
    case: AgreementCase
    reasons: Text


LinkingEvent = AgreementLinked | AgreementUnlinked


class LinkAgreement(OfficeEntry):
    """連携協約の事案と結ぶ（法第252条の2第7項）."""

    title: ClassVar[str] = "連携協約の事案と結ぶ"
    cites: ClassVar[Citation] = PARA_7
    done_by: ClassVar[Role] = "officer"
    kind: Literal["LinkAgreement"] = "LinkAgreement"
    case: AgreementCase
    reasons: Text


class UnlinkAgreement(OfficeEntry):
    """連携協約の事案との連結を解く（法第252条の2第7項）."""

    title: ClassVar[str] = "連携協約の事案との連結を解く"
    cites: ClassVar[Citation] = PARA_7
    done_by: ClassVar[Role] = "officer"
    kind: Literal["UnlinkAgreement"] = "UnlinkAgreement"
    case: AgreementCase
    reasons: Text


LinkingCommand = LinkAgreement | UnlinkAgreement


def decide(command: LinkingCommand, now: Opened, rules: Rules) -> list[LinkingEvent]:
    """A tie that is there is not tied again, nor one untied that is not there."""
    if command.party not in now.disputants:
        by_authority(command, now)
    match command:
        case LinkAgreement():
            return [] if command.case in now.links else [stated(AgreementLinked, command, rules)]
        case UnlinkAgreement():
            return [stated(AgreementUnlinked, command, rules)] if command.case in now.links else []


def links_after(links: frozenset[str], event: LinkingEvent) -> frozenset[str]:
    """The ties after a fact."""
    match event:
        case AgreementLinked():
            return links | {event.case}
        case AgreementUnlinked():
            return links - {event.case}
