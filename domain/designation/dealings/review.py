"""指定の効力を失った後の見直し（法第260条の49第6項・第7項・第12項）.

    指定の効力の喪失 → 見直し → 継続の決定 / 解除 / 終了

No provision says that a revocation, an expiry or the end of a body ends what was agreed with it.
So nothing ends by itself: for every contract and lease that runs on the day a review opens, and it
stays open until a person decides to let the contract run on, ends it, or has it fulfilled. A stay
of the revocation suspends the reviews, its annulment undoes them; what was ended meanwhile stays
ended.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.decider import Refused
from domain.designation.dealings.cancellation import (
    LeaseCancelledForBreach,
    LeaseCancelledForNeed,
    LeaseTerminated,
)
from domain.designation.dealings.contract import PARA_6, ContractConcluded
from domain.designation.dealings.lease import PARA_7, LeaseConcluded
from domain.designation.dealings.performance import ContractPaid, ContractTerminated
from domain.designation.dealings.tenancy import PropertyReturned
from domain.designation.dealings.terms import Number
from domain.designation.parts import Circumstances
from domain.institution import Obligation
from domain.law import Citation
from domain.ordinance import Rules
from domain.people import Actor
from domain.procedure import Decision, not_before, stated

Running = tuple[str, str]
"""随意契約 or 貸付け, and its number."""
BASES: Mapping[str, Citation] = {"随意契約": PARA_6, "貸付け": PARA_7}


@dataclass(frozen=True)
class Reviews:
    """見直しの全体: What runs, whether the designation has ended, and what is to run on in spite of it."""

    running: frozenset[Running] = frozenset()
    ended: date | None = None
    active: bool = False
    continued: frozenset[Running] = frozenset()

    @property
    def lost(self) -> date | None:
        """The day the designation ended, while it has no effect."""
        return None if self.active else self.ended

    @property
    def pending(self) -> list[Running]:
        """What nobody has decided on since."""
        return sorted(self.running - self.continued) if self.lost else []


# --- 事実 -------------------------------------------------------------------------------------


class ContractContinued(Event):
    """随意契約の継続の決定（法第260条の49第6項）: It runs on although the designation has ended."""

    title: ClassVar[str] = "随意契約の継続の決定"
    kind: Literal["ContractContinued"] = "ContractContinued"
    basis: Citation = PARA_6
    drafted_by: Actor
    contract: Number
    lost_on: date
    finding: Finding


class LeaseContinued(Event):
    """貸付けの継続の決定（法第260条の49第7項）: It runs on although the designation has ended."""

    title: ClassVar[str] = "貸付けの継続の決定"
    kind: Literal["LeaseContinued"] = "LeaseContinued"
    basis: Citation = PARA_7
    drafted_by: Actor
    lease: Number
    lost_on: date
    finding: Finding


ReviewEvent = ContractContinued | LeaseContinued


# --- 命令書 -----------------------------------------------------------------------------------


class ContinueContract(Decision):
    """随意契約を継続することとする（法第260条の49第6項）: Closes the review of one contract."""

    title: ClassVar[str] = "随意契約を継続することとする"
    cites: ClassVar[Citation] = PARA_6
    kind: Literal["ContinueContract"] = "ContinueContract"
    contract: Number
    finding: Finding


class ContinueLease(Decision):
    """貸付けを継続することとする（法第260条の49第7項）: Closes the review of one lease."""

    title: ClassVar[str] = "貸付けを継続することとする"
    cites: ClassVar[Citation] = PARA_7
    kind: Literal["ContinueLease"] = "ContinueLease"
    lease: Number
    finding: Finding


ReviewCommand = ContinueContract | ContinueLease


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: ReviewCommand,
    reviews: Reviews,
    now: Circumstances,  # noqa: ARG001 — as `Part.decide`; `observe` has told it already
    rules: Rules,
) -> Sequence[ReviewEvent]:
    """The facts that a decision to let a contract run on brings about."""
    match command:
        case ContinueContract():
            lost = _under_review(command, ("随意契約", command.contract), reviews)
            return [stated(ContractContinued, command, rules, lost_on=lost)] if lost else []
        case ContinueLease():
            lost = _under_review(command, ("貸付け", command.lease), reviews)
            return [stated(LeaseContinued, command, rules, lost_on=lost)] if lost else []


def _under_review(command: ReviewCommand, asked: Running, reviews: Reviews) -> date | None:
    """The day of the loss that opened the review; None where it was decided already."""
    if asked not in reviews.running:
        raise Refused(
            command.cites, f"{asked[0]}（{asked[1]}）は、締結されていないか、終わっています"
        )
    if reviews.lost is None:
        raise Refused(command.cites, "指定の効力は失われておらず、見直しを要しません")
    not_before(command, reviews.lost, "指定の効力の喪失")
    return None if asked in reviews.continued else reviews.lost


# --- 経過 -------------------------------------------------------------------------------------


def evolve(reviews: Reviews, event: ReviewEvent) -> Reviews:
    """The reviews after a decision to let a contract run on."""
    match event:
        case ContractContinued():
            return replace(reviews, continued=reviews.continued | {("随意契約", event.contract)})
        case LeaseContinued():
            return replace(reviews, continued=reviews.continued | {("貸付け", event.lease)})


def observe(reviews: Reviews, event: Event, now: Circumstances) -> Reviews:
    """What another act means: a contract begins or is over, the designation ends or comes back."""
    told = replace(reviews, running=_running(reviews.running, event))
    if now.ended != reviews.ended:
        told = replace(told, continued=frozenset())
    return replace(told, ended=now.ended, active=now.active)


def _running(running: frozenset[Running], event: Event) -> frozenset[Running]:
    match event:
        case ContractConcluded():
            return running | {("随意契約", event.contract)}
        case ContractTerminated() | ContractPaid(last=True):
            return running - {("随意契約", event.contract)}
        case LeaseConcluded():
            return running | {("貸付け", event.lease)}
        case (
            LeaseCancelledForNeed()
            | LeaseCancelledForBreach()
            | LeaseTerminated()
            | PropertyReturned()
        ):
            return running - {("貸付け", event.lease)}
        case _:
            return running


# --- 現況 -------------------------------------------------------------------------------------


def obligations(reviews: Reviews, now: Circumstances) -> Iterator[Obligation]:  # noqa: ARG001 — as `Part.obligations`
    """見直し: One for each contract and lease nobody has decided on."""
    for of, number in reviews.pending:
        title = f"指定の効力を失ったため、{of}（{number}）を継続するか解除するかを決める"
        yield Obligation(title, BASES[of], reviews.lost or date.max)


def possible(reviews: Reviews, now: Circumstances) -> Iterator[type[ReviewCommand]]:  # noqa: ARG001 — as `Part.possible`
    """The decisions that close a review."""
    for of, _ in reviews.pending:
        yield ContinueContract if of == "随意契約" else ContinueLease


def titles(reviews: Reviews, now: Circumstances) -> Iterator[str]:  # noqa: ARG001 — as `Part.titles`
    """That something is under review."""
    if reviews.pending:
        yield "契約・貸付けの見直し"


def keeps_open(reviews: Reviews) -> bool:
    """Whether a review is open."""
    return bool(reviews.pending)
