"""契約と貸付けの現況（法第260条の49第6項–第9項）: Days, duties, what may come next; the three parts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast, get_args

from domain.acts import Event
from domain.designation.dealings import (
    cancellation,
    contract,
    contracting,
    lease,
    leasing,
    performance,
    review,
    tenancy,
)
from domain.designation.dealings.contract import Contracts, Negotiating, Performing
from domain.designation.dealings.lease import PARA_7, PARA_9, Arranging, Leased, Leases, Vacating
from domain.designation.dealings.review import ReviewCommand, ReviewEvent, Reviews
from domain.designation.dealings.terms import loss
from domain.designation.parts import Circumstances, Part, nothing
from domain.institution import Due, Obligation
from domain.law import LEASE_38, Citation
from domain.ordinance import Rules
from domain.people import CALENDAR
from domain.periods import Deadline

ContractCommand = contract.ContractingCommand | performance.PerformanceCommand
ContractEvent = contract.ContractingEvent | performance.PerformanceEvent
LeaseCommand = lease.LeasingCommand | tenancy.TenancyCommand | cancellation.CancellationCommand
LeaseEvent = lease.LeasingEvent | tenancy.TenancyEvent | cancellation.CancellationEvent
DealingCommand = ContractCommand | LeaseCommand | ReviewCommand
DealingEvent = ContractEvent | LeaseEvent | ReviewEvent

_PERFORMANCE = get_args(performance.PerformanceCommand)
_PERFORMED = get_args(performance.PerformanceEvent)
_TENANCY, _TENANTED = get_args(tenancy.TenancyCommand), get_args(tenancy.TenancyEvent)
_ENDING, _ENDED = (
    get_args(cancellation.CancellationCommand),
    get_args(cancellation.CancellationEvent),
)


# --- 随意契約 ---------------------------------------------------------------------------------


def _decide_contract(
    command: ContractCommand, contracts: Contracts, now: Circumstances, rules: Rules
) -> Sequence[ContractEvent]:
    if isinstance(command, _PERFORMANCE):
        asked = cast("performance.PerformanceCommand", command)
        return performance.decide(asked, contracts, now, rules)
    return contracting.decide(cast("contract.ContractingCommand", command), contracts, now, rules)


def _evolve_contract(contracts: Contracts, event: ContractEvent) -> Contracts:
    if isinstance(event, _PERFORMED):
        return performance.evolve(contracts, cast("performance.PerformanceEvent", event))
    return contracting.evolve(contracts, cast("contract.ContractingEvent", event))


def _hear_contract(contracts: Contracts, event: Event, now: Circumstances) -> Contracts:  # noqa: ARG001 — as `Part.observe`
    return replace(contracts, lost=loss(now))


def _contract_dues(
    contracts: Contracts,
    now: Circumstances,  # noqa: ARG001 — as `Part.dues`
    rules: Rules,  # noqa: ARG001 — as `Part.dues`
) -> Iterator[Due[ContractCommand]]:
    for key, stage in contracts.open.items():
        if isinstance(stage, Performing) and not stage.terminated:
            note = performance.NoteContractTermPassed(
                on=stage.due.day_after, by=CALENDAR, contract=key
            )
            yield Due(stage.due, None if stage.due_passed else note)


def _contract_duties(contracts: Contracts, now: Circumstances) -> Iterator[Obligation]:
    lost = loss(now)
    for key, stage in contracts.open.items():
        match stage:
            case Negotiating() if lost is not None:
                title = f"指定の効力を失ったため、随意契約（{key}）を見送る"
                yield Obligation(title, contract.PARA_6, lost)
            case Negotiating():
                continue
            case Performing():
                yield from _performance_duties(key, stage)


def _performance_duties(key: str, stage: Performing) -> Iterator[Obligation]:
    basis = performance.INSPECTION
    if stage.accepted < stage.amount:
        since = stage.due.day_after if stage.due_passed else stage.since
        yield Obligation(f"随意契約（{key}）の監督又は検査を行う", basis, since)
    if stage.paid < stage.accepted:
        since = stage.accepted_on or stage.since
        yield Obligation(f"随意契約（{key}）の代金を支払う", basis, since)


def _contract_possible(contracts: Contracts, now: Circumstances) -> Iterator[type[ContractCommand]]:
    if now.active:
        yield contract.PlanContract
    for stage in contracts.open.values():
        match stage:
            case Negotiating():
                yield from get_args(contract.GateCommand)
                yield contract.DropContract
                if now.active:
                    yield contract.ConcludeContract
            case Performing(terminated=True):
                yield performance.PayContract
            case Performing():
                yield from (performance.CheckPerformance, performance.PayContract)
                yield performance.TerminateContract
                if now.active:
                    yield performance.AmendContract


def _titles(deals: Contracts | Leases, now: Circumstances) -> Iterator[str]:  # noqa: ARG001 — as `Part.titles`
    for stage in deals.open.values():
        yield stage.title


CONTRACTS: Part[ContractCommand, Contracts, ContractEvent] = Part(
    name="contracts",
    initial=Contracts(),
    commands=(*get_args(contract.ContractingCommand), *_PERFORMANCE),
    events=(*get_args(contract.ContractingEvent), *_PERFORMED),
    decide=_decide_contract,
    evolve=_evolve_contract,
    observe=_hear_contract,
    dues=_contract_dues,
    obligations=_contract_duties,
    possible=_contract_possible,
    titles=_titles,
    keeps_open=lambda contracts: bool(contracts.open),
)


# --- 貸付け -----------------------------------------------------------------------------------


def _decide_lease(
    command: LeaseCommand, leases: Leases, now: Circumstances, rules: Rules
) -> Sequence[LeaseEvent]:
    if isinstance(command, _TENANCY):
        return tenancy.decide(cast("tenancy.TenancyCommand", command), leases, rules)
    if isinstance(command, _ENDING):
        ending = cast("cancellation.CancellationCommand", command)
        return cancellation.decide(ending, leases, now, rules)
    return leasing.decide(cast("lease.LeasingCommand", command), leases, now, rules)


def _evolve_lease(leases: Leases, event: LeaseEvent) -> Leases:
    if isinstance(event, _TENANTED):
        return tenancy.evolve(leases, cast("tenancy.TenancyEvent", event))
    if isinstance(event, _ENDED):
        return cancellation.evolve(leases, cast("cancellation.CancellationEvent", event))
    return leasing.evolve(leases, cast("lease.LeasingEvent", event))


def _hear_lease(leases: Leases, event: Event, now: Circumstances) -> Leases:  # noqa: ARG001 — as `Part.observe`
    return replace(leases, lost=loss(now))


def _lease_dues(
    leases: Leases,
    now: Circumstances,  # noqa: ARG001 — as `Part.dues`
    rules: Rules,  # noqa: ARG001 — as `Part.dues`
) -> Iterator[Due[LeaseCommand]]:
    for key, stage in leases.open.items():
        if isinstance(stage, Leased):
            for due, kind, _ in tenancy.watched(stage):
                note = kind(on=due.day_after, by=CALENDAR, lease=key)
                yield Due(due, None if due.key in stage.noted else note)


def _lease_duties(leases: Leases, now: Circumstances) -> Iterator[Obligation]:
    lost = loss(now)
    for key, stage in leases.open.items():
        match stage:
            case Arranging() if lost is not None:
                title = f"指定の効力を失ったため、貸付け（{key}）を見送る"
                yield Obligation(title, PARA_7, lost)
            case Arranging():
                continue
            case Leased():
                yield from _leased_duties(key, stage)
            case Vacating():
                yield from _vacating_duties(key, stage)


def _leased_duties(key: str, stage: Leased) -> Iterator[Obligation]:
    found: list[tuple[Deadline | None, bool, str, Citation]] = [
        (stage.use_begins, stage.used_since is None, "が用途に供されているかを確かめる", PARA_9),
        (stage.notice, not stage.notified, "の期間満了を通知する", LEASE_38.para(6)),
        (stage.end, True, "の財産の返還を受ける", PARA_7),
    ]
    for due, still, what, basis in found:
        if due and still and due.key in stage.noted:
            yield Obligation(f"貸付け（{key}）{what}", basis, due.day_after)


def _vacating_duties(key: str, stage: Vacating) -> Iterator[Obligation]:
    if not stage.returned:
        yield Obligation(f"貸付け（{key}）の財産の返還を受ける", PARA_7, stage.since)
    if stage.compensable and stage.claimed is not None:
        basis = cancellation.COMPENSATION
        yield Obligation(f"貸付け（{key}）の損失の補償を決定する", basis, stage.claimed)


def _lease_possible(leases: Leases, now: Circumstances) -> Iterator[type[LeaseCommand]]:
    if now.active:
        yield lease.PlanLease
    for stage in leases.open.values():
        match stage:
            case Arranging():
                yield from get_args(lease.LeaseGateCommand)
                yield lease.DropLease
                if now.active:
                    yield lease.ConcludeLease
            case Leased():
                yield from _leased_possible(stage)
            case Vacating():
                yield from _vacating_possible(stage)


def _leased_possible(stage: Leased) -> Iterator[type[LeaseCommand]]:
    if stage.used_since is None or stage.stopped is not None:
        yield tenancy.ConfirmUse
    else:
        yield tenancy.RecordUseStopped
    if stage.notice is not None and not stage.notified:
        yield tenancy.NotifyTermEnd
    if stage.end.key in stage.noted:
        yield tenancy.ConfirmReturn
    yield from get_args(cancellation.EndCommand)


def _vacating_possible(stage: Vacating) -> Iterator[type[LeaseCommand]]:
    if not stage.returned:
        yield tenancy.ConfirmReturn
    if not stage.compensable:
        return
    if stage.claimed is None:
        yield from (cancellation.ClaimCompensation, cancellation.CloseCompensation)
    else:
        yield cancellation.DecideCompensation


LEASES: Part[LeaseCommand, Leases, LeaseEvent] = Part(
    name="leases",
    initial=Leases(),
    commands=(*get_args(lease.LeasingCommand), *_TENANCY, *_ENDING),
    events=(*get_args(lease.LeasingEvent), *_TENANTED, *_ENDED),
    decide=_decide_lease,
    evolve=_evolve_lease,
    observe=_hear_lease,
    dues=_lease_dues,
    obligations=_lease_duties,
    possible=_lease_possible,
    titles=_titles,
    keeps_open=lambda leases: bool(leases.open),
)


# --- 見直し -----------------------------------------------------------------------------------


REVIEWS: Part[ReviewCommand, Reviews, ReviewEvent] = Part(
    name="reviews",
    initial=Reviews(),
    commands=get_args(ReviewCommand),
    events=get_args(ReviewEvent),
    decide=review.decide,
    evolve=review.evolve,
    observe=review.observe,
    dues=nothing,
    obligations=review.obligations,
    possible=review.possible,
    titles=review.titles,
    keeps_open=review.keeps_open,
)
DEALINGS = (CONTRACTS, LEASES, REVIEWS)
