"""随意契約（法第260条の49第6項、令第179条の2）: From the plan to the conclusion.

    予定 → 要件の確認（gates.toml の順）→ 締結 / 見送り

The paragraph sets aside 法第234条第2項 and nothing else: the municipality's own rule must lay the
procedure down, in a 指定都市 特例政令 still binds, and what stands against a council member or the
mayor as contractor stands here too. Each contract has its own number and runs beside the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from domain.acts import Command, Event, Finding
from domain.decider import Refused, UnreadableFact
from domain.designation.dealings.gates import Passed, Passes
from domain.designation.dealings.terms import Number, Signed, Yen
from domain.law import ART_92_2, ART_260_49, ORDER_179_2, Citation
from domain.people import Actor, Role
from domain.periods import Deadline
from domain.procedure import Decision, Entry
from domain.text import Key, Line, Personal, Text

PARA_6 = ART_260_49.para(6)
T = TypeVar("T")


# --- 段階 -------------------------------------------------------------------------------------


class Estimate(BaseModel):
    """見積書: Who offers which amount; `from_body` marks the designated body's own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    submitted_by: Line
    from_body: bool
    amount: Yen
    paper: Line


@dataclass(frozen=True)
class Negotiating:
    """随意契約の手続中: What is planned, which gates were looked at, the estimates taken.

    `excepted` as in `Performing`.
    """

    title: ClassVar[str] = "随意契約の手続中"
    contract: str
    since: date
    planner: str
    affairs: str
    planned_price: int
    passes: Passes = field(default_factory=dict[str, Passed])
    estimates: tuple[Estimate, ...] = ()
    excepted: bool = False


@dataclass(frozen=True)
class Performing:
    """随意契約の履行中: What was agreed, accepted by inspection and paid so far.

    `excepted` tells that an item of 特例政令第11条第1項 was shown, should it be 特定調達契約.
    """

    title: ClassVar[str] = "随意契約の履行中"
    contract: str
    since: date
    amount: int
    due: Deadline
    clause: str | None
    accepted: int = 0
    paid: int = 0
    accepted_on: date | None = None
    checks: frozenset[tuple[date, str, str]] = frozenset()
    payments: frozenset[str] = frozenset()
    due_passed: bool = False
    terminated: bool = False
    excepted: bool = False


@dataclass(frozen=True)
class Contracts:
    """随意契約の全体: Those under way by their number, and the numbers of those that are over.

    `lost` is the day the designation ended, while it has no effect.
    """

    open: Mapping[str, Negotiating | Performing] = field(
        default_factory=dict[str, Negotiating | Performing]
    )
    over: frozenset[str] = frozenset()
    lost: date | None = None

    def find(self, contract: str, stage: type[T], command: Command) -> T:
        """The contract in that stage, or a refusal."""
        found = self.open.get(contract)
        if isinstance(found, stage):
            return found
        told = f"「{found.title}」です" if found else "ないか、すでに終わっています"
        raise Refused(
            command.cites, f"随意契約（{contract}）は{told}。「{command.title}」ことはできません"
        )

    def followed(self, contract: str, stage: type[T], event: Event) -> T:
        """The contract a stored fact is about; `UnreadableFact` where it is not in that stage."""
        found = self.open.get(contract)
        if isinstance(found, stage):
            return found
        raise UnreadableFact(f"{event.tag} cannot follow: contract {contract}")


# --- 事実 -------------------------------------------------------------------------------------


class ContractPlanned(Event):
    """随意契約の予定（法第260条の49第6項）: Which affairs are to be entrusted, under which rule."""

    title: ClassVar[str] = "随意契約の予定"
    kind: Literal["ContractPlanned"] = "ContractPlanned"
    basis: Citation = PARA_6
    contract: Number
    affairs: Text
    activity: Key
    planned_price: Yen
    starts: date
    ends: date
    rule: Line


class ContractGateAnswered(Event):
    """随意契約の要件の確認（法第260条の49第6項）: An officer's answer to one question of the table."""

    title: ClassVar[str] = "随意契約の要件の確認"
    kind: Literal["ContractGateAnswered"] = "ContractGateAnswered"
    basis: Citation = PARA_6
    contract: Number
    gate: Key
    gate_title: Line
    question: Line
    provision: Citation
    met: bool
    finding: Finding


class ProcurementJudged(Event):
    """特定調達契約の確認（令第179条の2）: Whether it is one, and if so under which item it may stand."""

    title: ClassVar[str] = "特定調達契約の確認"
    kind: Literal["ProcurementJudged"] = "ProcurementJudged"
    basis: Citation = ORDER_179_2
    contract: Number
    planned_price: Yen
    threshold: Yen
    designated_city: bool
    specified: bool
    exception_item: int | None
    finding: Finding


class Interest(BaseModel):
    """兼業（法第92条の2・第142条）: A council member or the mayor on the other side.

    `post` is how: as the contractor or its manager, or as an officer of the body as a corporation.
    `predominant` tells whether it is 主として同一の行為をする法人; `yearly` is all that he or she
    is paid under such contracts in a fiscal year, this contract included.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: Personal
    capacity: Literal["議員", "長"]
    post: Literal["請負人", "法人の役員等"]
    predominant: bool = False
    yearly: Yen = 0


class InterestsDeclared(Event):
    """兼業の確認（法第92条の2・第142条）: Who of council and mayor stands on the body's side."""

    title: ClassVar[str] = "兼業の確認"
    kind: Literal["InterestsDeclared"] = "InterestsDeclared"
    basis: Citation = ART_92_2
    contract: Number
    interests: tuple[Interest, ...]
    limit: Yen
    council_clear: bool
    mayor_clear: bool
    finding: Finding


class EstimatesTaken(Event):
    """見積書の徴取（法第260条の49第6項）: As many as the municipality's rule asks for."""

    title: ClassVar[str] = "見積書の徴取"
    kind: Literal["EstimatesTaken"] = "EstimatesTaken"
    basis: Citation = PARA_6
    contract: Number
    estimates: tuple[Estimate, ...]
    required: int


class ContractConcluded(Event):
    """随意契約の締結（法第260条の49第6項・第234条第5項）: Final once both sides have signed."""

    title: ClassVar[str] = "随意契約の締結"
    kind: Literal["ContractConcluded"] = "ContractConcluded"
    basis: Citation = PARA_6
    drafted_by: Actor
    contract: Number
    contract_document: Line
    amount: Yen
    starts: date
    signed: Signed
    termination_clause: Line | None
    due: Deadline


class ContractDropped(Event):
    """随意契約の見送り（法第260条の49第6項）: The plan is given up before a contract is made."""

    title: ClassVar[str] = "随意契約の見送り"
    kind: Literal["ContractDropped"] = "ContractDropped"
    basis: Citation = PARA_6
    contract: Number
    finding: Finding


ContractingEvent = (
    ContractPlanned
    | ContractGateAnswered
    | ProcurementJudged
    | InterestsDeclared
    | EstimatesTaken
    | ContractConcluded
    | ContractDropped
)


# --- 命令書 -----------------------------------------------------------------------------------


class PlanContract(Entry):
    """随意契約を予定する（法第260条の49第6項）: The way is closed without the municipality's rule."""

    title: ClassVar[str] = "随意契約を予定する"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "officer"
    kind: Literal["PlanContract"] = "PlanContract"
    contract: Number
    affairs: Text
    activity: Key
    planned_price: Yen
    starts: date
    ends: date


class AnswerContractGate(Entry):
    """随意契約の要件を確かめる（法第260条の49第6項）: One question of the table, in its turn."""

    title: ClassVar[str] = "随意契約の要件を確かめる"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "officer"
    kind: Literal["AnswerContractGate"] = "AnswerContractGate"
    contract: Number
    gate: Key
    met: bool
    finding: Finding


class JudgeProcurement(Entry):
    """特定調達契約に当たるかを確かめる（令第179条の2）: `exception_item` of 特例政令第11条第1項."""

    title: ClassVar[str] = "特定調達契約に当たるかを確かめる"
    cites: ClassVar[Citation] = ORDER_179_2
    done_by: ClassVar[Role] = "officer"
    kind: Literal["JudgeProcurement"] = "JudgeProcurement"
    contract: Number
    exception_item: Annotated[int, Field(ge=1)] | None = None
    finding: Finding


class DeclareInterests(Entry):
    """兼業を確かめる（法第92条の2・第142条）: Nobody, or who stands on the body's side and how."""

    title: ClassVar[str] = "兼業を確かめる"
    cites: ClassVar[Citation] = ART_92_2
    done_by: ClassVar[Role] = "officer"
    kind: Literal["DeclareInterests"] = "DeclareInterests"
    contract: Number
    interests: tuple[Interest, ...] = ()
    finding: Finding


class TakeEstimates(Entry):
    """見積書を徴する（法第260条の49第6項）: Those of the body and of whoever else was asked."""

    title: ClassVar[str] = "見積書を徴する"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "officer"
    kind: Literal["TakeEstimates"] = "TakeEstimates"
    contract: Number
    estimates: tuple[Estimate, ...]


class ConcludeContract(Decision):
    """随意契約を締結する（法第260条の49第6項・第234条第5項）: `on` is the day it becomes final."""

    title: ClassVar[str] = "随意契約を締結する"
    cites: ClassVar[Citation] = PARA_6
    kind: Literal["ConcludeContract"] = "ConcludeContract"
    contract: Number
    contract_document: Line
    amount: Yen
    starts: date
    ends: date
    signed: Signed
    termination_clause: Line | None = None


class DropContract(Entry):
    """随意契約を見送る（法第260条の49第6項）: Before it is made, for stated reasons."""

    title: ClassVar[str] = "随意契約を見送る"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "officer"
    kind: Literal["DropContract"] = "DropContract"
    contract: Number
    finding: Finding


ContractingCommand = (
    PlanContract
    | AnswerContractGate
    | JudgeProcurement
    | DeclareInterests
    | TakeEstimates
    | ConcludeContract
    | DropContract
)
GateCommand = AnswerContractGate | JudgeProcurement | DeclareInterests | TakeEstimates
GateEvent = ContractGateAnswered | ProcurementJudged | InterestsDeclared | EstimatesTaken


def unused(contracts: Contracts, command: PlanContract) -> bool:
    """Whether the number is free; refuses one that stands for something else already."""
    found = contracts.open.get(command.contract)
    if found is None and command.contract not in contracts.over:
        return True
    same = isinstance(found, Negotiating) and (found.since, found.affairs) == (
        command.on,
        command.affairs,
    )
    if same:
        return False
    raise Refused(
        command.cites,
        f"契約番号 {command.contract} は、すでに使われています",
        "別の番号を用いてください",
    )
