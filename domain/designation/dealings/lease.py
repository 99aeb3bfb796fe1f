"""行政財産の貸付け（法第260条の49第7項・第8項）: From the plan to the contract.

    予定 → 要件の確認（gates.toml の順）→ 契約 / 見送り

A lease under private law, which paragraph 7 allows in spite of 法第238条の4第1項; the permission of
第238条の4第7項 is another thing and is none of this. Paragraph 8 sets aside three articles
(民法第604条, 借地借家法第3条・第4条), so a term may be longer than fifty years and a lease of land
shorter than thirty. All else of 借地借家法 stays, renewal too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from domain.acts import Command, Event, Finding
from domain.decider import Refused, UnreadableFact
from domain.designation.dealings.gates import Passed, Passes
from domain.designation.dealings.terms import Day, Number, Signed, Term, Yen
from domain.law import (
    ART_237,
    ART_238_2,
    ART_260_49,
    CIVIL_604,
    LEASE_3,
    LEASE_4,
    Citation,
)
from domain.people import Actor, Role
from domain.periods import Deadline
from domain.procedure import Decision, Entry
from domain.text import Key, Line, Text

PARA_7, PARA_9 = ART_260_49.para(7), ART_260_49.para(9)
CONSULTATION, CONSIDERATION = ART_238_2.para(2), ART_237.para(2)
NOT_APPLIED = (CIVIL_604, LEASE_3, LEASE_4)
"""第8項により適用しない条: Nothing but these."""
Instrument = Literal[
    "定期建物賃貸借",
    "建物賃貸借",
    "一時使用の賃貸借",
    "土地賃貸借",
    "建物所有を目的とする土地賃貸借",
    "使用許可",
]
"""貸付けの方式; 「使用許可」 is listed in order to be refused under its own provision."""
T = TypeVar("T")


class Property(BaseModel):
    """財産: As the ledger has it, and who manages it (the mayor, or a committee)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Line
    name: Line
    category: Line
    kind: Literal["土地", "建物"]
    managed_by: Line
    by_committee: bool


class DesignatedUse(BaseModel):
    """用途の指定（法第238条の5第6項）: A use, the day by which it must begin, and its period."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    use: Text
    begins: Day
    period: Term


class Resolution(BaseModel):
    """議会の議決（法第96条第1項第6号）: The number of the bill and the day it was passed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Line
    passed_on: date


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Arranging:
    """貸付けの手続中: What is planned, and which gates were looked at."""

    title: ClassVar[str] = "貸付けの手続中"
    lease: str
    since: date
    planner: str
    property: Property
    passes: Passes = field(default_factory=dict[str, Passed])
    rent: int = 0


@dataclass(frozen=True)
class Leased:
    """貸付中: What was agreed, and how the property is used; `noted` are the keys of passed days."""

    title: ClassVar[str] = "貸付中"
    lease: str
    since: date
    clause: str | None
    end: Deadline
    use_begins: Deadline | None
    use_ends: Deadline | None
    notice: Deadline | None
    used_since: date | None = None
    stopped: date | None = None
    notified: bool = False
    noted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Vacating:
    """返還待ち: The lease has ended; `compensable` while 法第238条の5第5項 is not settled."""

    title: ClassVar[str] = "貸付財産の返還待ち"
    lease: str
    since: date
    compensable: bool = False
    claimed: date | None = None
    returned: bool = False


@dataclass(frozen=True)
class Leases:
    """貸付けの全体: Those under way by their number; `lost` as in `Contracts`."""

    open: Mapping[str, Arranging | Leased | Vacating] = field(
        default_factory=dict[str, Arranging | Leased | Vacating]
    )
    over: frozenset[str] = frozenset()
    lost: date | None = None

    def find(self, lease: str, stage: type[T], command: Command) -> T:
        """The lease in that stage, or a refusal."""
        found = self.open.get(lease)
        if isinstance(found, stage):
            return found
        told = f"「{found.title}」です" if found else "ないか、すでに終わっています"
        raise Refused(
            command.cites, f"貸付け（{lease}）は{told}。「{command.title}」ことはできません"
        )

    def followed(self, lease: str, stage: type[T], event: Event) -> T:
        """The lease a stored fact is about; `UnreadableFact` where it is not in that stage."""
        found = self.open.get(lease)
        if isinstance(found, stage):
            return found
        raise UnreadableFact(f"{event.tag} cannot follow: lease {lease}")


# --- 事実 -------------------------------------------------------------------------------------


class LeasePlanned(Event):
    """貸付けの予定（法第260条の49第7項）: Which property, for which of the ordinance's activities."""

    title: ClassVar[str] = "貸付けの予定"
    kind: Literal["LeasePlanned"] = "LeasePlanned"
    basis: Citation = PARA_7
    lease: Number
    property: Property
    activity: Key
    intended_use: Text
    consultation_needed: bool


class LeaseGateAnswered(Event):
    """貸付けの要件の確認（法第260条の49第7項）: An officer's answer to one question of the table."""

    title: ClassVar[str] = "貸付けの要件の確認"
    kind: Literal["LeaseGateAnswered"] = "LeaseGateAnswered"
    basis: Citation = PARA_7
    lease: Number
    gate: Key
    gate_title: Line
    question: Line
    provision: Citation
    met: bool
    finding: Finding


class MayorConsulted(Event):
    """長への協議（法第260条の49第9項・第238条の2第2項）: By the committee that manages the property."""

    title: ClassVar[str] = "長への協議"
    kind: Literal["MayorConsulted"] = "MayorConsulted"
    basis: Citation = CONSULTATION
    lease: Number
    committee: Line
    reply: Literal["異議なし", "異議あり"]
    replied_on: date
    reply_document: Line
    opinion: Text | None


class ConsiderationSettled(Event):
    """対価の決定（法第237条第2項・第96条第1項第6号）: The fair yearly rent, and what allows a lower one."""

    title: ClassVar[str] = "対価の決定"
    kind: Literal["ConsiderationSettled"] = "ConsiderationSettled"
    basis: Citation = CONSIDERATION
    lease: Number
    fair_rent: Yen
    rent: Yen
    reduced: bool
    ordinance_provision: Line | None
    resolution: Resolution | None
    finding: Finding


class LeaseConcluded(Event):
    """貸付契約の締結（法第260条の49第7項・第8項）: `not_applied` are the articles set aside."""

    title: ClassVar[str] = "貸付契約の締結"
    kind: Literal["LeaseConcluded"] = "LeaseConcluded"
    basis: Citation = PARA_7
    drafted_by: Actor
    lease: Number
    contract_document: Line
    property: Property
    instrument: Instrument
    term: Term
    rent: Yen
    designated_use: DesignatedUse | None
    explained_on: date | None
    renewal: Finding | None
    signed: Signed
    termination_clause: Line | None
    not_applied: tuple[Citation, ...]
    due: Deadline
    use_begins: Deadline | None
    use_ends: Deadline | None
    notice: Deadline | None


class LeaseDropped(Event):
    """貸付けの見送り（法第260条の49第7項）: The plan is given up before a contract is made."""

    title: ClassVar[str] = "貸付けの見送り"
    kind: Literal["LeaseDropped"] = "LeaseDropped"
    basis: Citation = PARA_7
    lease: Number
    finding: Finding


LeasingEvent = (
    LeasePlanned
    | LeaseGateAnswered
    | MayorConsulted
    | ConsiderationSettled
    | LeaseConcluded
    | LeaseDropped
)


# --- 命令書 -----------------------------------------------------------------------------------


class PlanLease(Entry):
    """貸付けを予定する（法第260条の49第7項）: Of a property to the designated body."""

    title: ClassVar[str] = "貸付けを予定する"
    cites: ClassVar[Citation] = PARA_7
    done_by: ClassVar[Role] = "officer"
    kind: Literal["PlanLease"] = "PlanLease"
    lease: Number
    property: Property
    activity: Key
    intended_use: Text


class AnswerLeaseGate(Entry):
    """貸付けの要件を確かめる（法第260条の49第7項）: One question of the table, in its turn."""

    title: ClassVar[str] = "貸付けの要件を確かめる"
    cites: ClassVar[Citation] = PARA_7
    done_by: ClassVar[Role] = "officer"
    kind: Literal["AnswerLeaseGate"] = "AnswerLeaseGate"
    lease: Number
    gate: Key
    met: bool
    finding: Finding


class ConsultMayor(Entry):
    """長に協議する（法第260条の49第9項・第238条の2第2項）: Entered once the mayor has replied."""

    title: ClassVar[str] = "長に協議する"
    cites: ClassVar[Citation] = CONSULTATION
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ConsultMayor"] = "ConsultMayor"
    lease: Number
    reply: Literal["異議なし", "異議あり"]
    replied_on: date
    reply_document: Line
    opinion: Text | None = None


class SettleConsideration(Entry):
    """対価を定める（法第237条第2項・第96条第1項第6号）: By ordinance or resolution where not fair."""

    title: ClassVar[str] = "対価を定める"
    cites: ClassVar[Citation] = CONSIDERATION
    done_by: ClassVar[Role] = "officer"
    kind: Literal["SettleConsideration"] = "SettleConsideration"
    lease: Number
    fair_rent: Yen
    rent: Yen
    by_ordinance: bool = False
    resolution: Resolution | None = None
    finding: Finding


class ConcludeLease(Decision):
    """貸付契約を締結する（法第260条の49第7項・第8項）: `on` is the day it becomes final."""

    title: ClassVar[str] = "貸付契約を締結する"
    cites: ClassVar[Citation] = PARA_7
    kind: Literal["ConcludeLease"] = "ConcludeLease"
    lease: Number
    contract_document: Line
    instrument: Instrument
    term: Term
    rent: Yen
    designated_use: DesignatedUse | None = None
    explained_on: date | None = None
    renewal: Finding | None = None
    signed: Signed
    termination_clause: Line | None = None


class DropLease(Entry):
    """貸付けを見送る（法第260条の49第7項）: Before the contract is made, for stated reasons."""

    title: ClassVar[str] = "貸付けを見送る"
    cites: ClassVar[Citation] = PARA_7
    done_by: ClassVar[Role] = "officer"
    kind: Literal["DropLease"] = "DropLease"
    lease: Number
    finding: Finding


LeasingCommand = (
    PlanLease | AnswerLeaseGate | ConsultMayor | SettleConsideration | ConcludeLease | DropLease
)
LeaseGateCommand = AnswerLeaseGate | ConsultMayor | SettleConsideration
LeaseGateEvent = LeaseGateAnswered | MayorConsulted | ConsiderationSettled
