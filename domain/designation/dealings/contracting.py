"""随意契約の決定（法第260条の49第6項）: Which gate is looked at when, and when a contract stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NoReturn

from domain.designation.dealings.contract import (
    PARA_6,
    AnswerContractGate,
    ConcludeContract,
    ContractConcluded,
    ContractDropped,
    ContractGateAnswered,
    ContractingCommand,
    ContractingEvent,
    ContractPlanned,
    Contracts,
    DeclareInterests,
    DropContract,
    EstimatesTaken,
    GateCommand,
    GateEvent,
    Interest,
    InterestsDeclared,
    JudgeProcurement,
    Negotiating,
    Performing,
    PlanContract,
    ProcurementJudged,
    TakeEstimates,
    unused,
)
from domain.designation.dealings.gates import (
    Passed,
    Passes,
    all_met,
    answered_by_hand,
    fail,
    in_turn,
)
from domain.designation.dealings.terms import clause_agreed, final, in_sequence, in_the_ordinance
from domain.designation.parts import Circumstances, while_designated
from domain.law import PROCUREMENT_11
from domain.municipalities import check_code, is_designated_city
from domain.ordinance import Rules
from domain.periods import Deadline, fixed
from domain.procedure import four_eyes, not_before, stated

OF = "随意契約"


def decide(
    command: ContractingCommand, contracts: Contracts, now: Circumstances, rules: Rules
) -> Sequence[ContractingEvent]:
    """The facts that a command on the way to a contract brings about."""
    match command:
        case PlanContract():
            return _planned(command, contracts, now, rules)
        case AnswerContractGate() | JudgeProcurement() | DeclareInterests() | TakeEstimates():
            plan = contracts.find(command.contract, Negotiating, command)
            not_before(command, plan.since, plan.title)
            fact = _looked_at(command, plan, rules)
            return [] if passes(plan.passes, fact) == plan.passes else [fact]
        case ConcludeContract():
            return [_concluded(command, contracts, now, rules)]
        case DropContract():
            plan = contracts.find(command.contract, Negotiating, command)
            not_before(command, plan.since, plan.title)
            return [stated(ContractDropped, command, rules)]


def _planned(
    command: PlanContract, contracts: Contracts, now: Circumstances, rules: Rules
) -> list[ContractPlanned]:
    while_designated(command, now)
    if not unused(contracts, command):
        return []
    rule = rules.ordinance.contract_rule.on(command.on).value
    if rule is None:
        fail(
            OF,
            "rule",
            "この項の随意契約の手続を定める規則がないため、随意契約によることができません",
            "規則を定め、条例プロファイルの contract_rule に記してください",
        )
    in_the_ordinance(command.activity, command, rules)
    in_sequence(command.starts, command.ends, command, "契約の期間")
    return [stated(ContractPlanned, command, rules, rule=rule)]


# --- 要件 -------------------------------------------------------------------------------------


def _looked_at(command: GateCommand, plan: Negotiating, rules: Rules) -> GateEvent:
    match command:
        case AnswerContractGate():
            return _answered(command, plan, rules)
        case JudgeProcurement():
            in_turn(OF, "procurement", plan.passes)
            return _procurement(command, plan, rules)
        case DeclareInterests():
            in_turn(OF, "council_interest", plan.passes)
            return _interests(command, rules)
        case TakeEstimates():
            in_turn(OF, "estimates", plan.passes)
            return _estimates(command, rules)


def _answered(command: AnswerContractGate, plan: Negotiating, rules: Rules) -> ContractGateAnswered:
    gate = answered_by_hand(OF, command.gate, command.finding, command)
    in_turn(OF, command.gate, plan.passes)
    return stated(
        ContractGateAnswered,
        command,
        rules,
        gate_title=gate.title,
        question=gate.question,
        provision=gate.provision,
    )


def _procurement(command: JudgeProcurement, plan: Negotiating, rules: Rules) -> ProcurementJudged:
    """特定調達契約（令第179条の2）: Binds a 指定都市 only, from the price the minister set."""
    city, threshold, specified = specified_procurement(plan.planned_price, command.on, rules)
    if specified and command.exception_item is None:
        no_exception(plan.planned_price, threshold)
    return stated(
        ProcurementJudged,
        command,
        rules,
        planned_price=plan.planned_price,
        threshold=threshold,
        designated_city=city,
        specified=specified,
        exception_item=command.exception_item if specified else None,
    )


def specified_procurement(price: int, day: date, rules: Rules) -> tuple[bool, int, bool]:
    """特定調達契約（特例政令第3条第1項）: Whether it is a 指定都市, the amount, and whether it is reached.

    A code outside the table is an example's, of no class.
    """
    code = rules.ordinance.code
    city = check_code(code) is None and is_designated_city(code, day)
    threshold = rules.ordinance.procurement_threshold.on(day).value
    return city, threshold, city and price >= threshold


def no_exception(price: int, threshold: int) -> NoReturn:
    """Refuse 特定調達契約 for which no item of 特例政令第11条第1項 is shown."""
    fail(
        OF,
        "procurement",
        f"{price:,}円は特定調達契約の額（{threshold:,}円）以上で、"
        f"{PROCUREMENT_11.para(1)}各号のいずれに該当するかが示されていません",
        "該当する号を exception_item に記すか、競争入札によってください",
    )


def _interests(command: DeclareInterests, rules: Rules) -> InterestsDeclared:
    limit = rules.ordinance.officers_contract_limit.on(command.on).value
    against = {one.capacity for one in command.interests if barred(one, limit)}
    return stated(
        InterestsDeclared,
        command,
        rules,
        limit=limit,
        council_clear="議員" not in against,
        mayor_clear="長" not in against,
    )


def barred(interest: Interest, limit: int) -> bool:
    """兼業の禁止（法第92条の2、法第142条）: The amount of 令第121条の2 excuses a member as contractor only."""
    if interest.post == "法人の役員等":
        return interest.predominant
    return interest.capacity == "長" or interest.yearly > limit


def _estimates(command: TakeEstimates, rules: Rules) -> EstimatesTaken:
    required = rules.ordinance.estimates.on(command.on).value
    if len(command.estimates) < required:
        fail(OF, "estimates", f"見積書は{required}通を要しますが、{len(command.estimates)}通です")
    if command.estimates and not any(one.from_body for one in command.estimates):
        fail(OF, "estimates", "契約の相手方である団体の見積書がありません")
    return stated(EstimatesTaken, command, rules, required=required)


# --- 締結 -------------------------------------------------------------------------------------


def _concluded(
    command: ConcludeContract, contracts: Contracts, now: Circumstances, rules: Rules
) -> ContractConcluded:
    plan = contracts.find(command.contract, Negotiating, command)
    while_designated(command, now)
    four_eyes(command, plan.planner)
    all_met(OF, plan.passes, command)
    in_sequence(command.starts, command.ends, command, "契約の期間")
    _within_price(command, plan)
    clause_agreed(OF, command.termination_clause, command, rules)
    final(OF, command.signed, command)
    due = performed_by(command.contract, command.on, ContractConcluded.title, command.ends)
    return stated(ContractConcluded, command, rules, due=due)


def performed_by(contract: str, on: date, origin_title: str, day: date) -> Deadline:
    """履行の期限: The day that the contract, or its change, names."""
    return fixed(
        key=f"contract-{contract}-end",
        title=f"随意契約（{contract}）の履行の期限",
        basis=PARA_6,
        origin=on,
        origin_title=origin_title,
        day=day,
    )


def _within_price(command: ConcludeContract, plan: Negotiating) -> None:
    """予定価格: No more than planned, and no more than the body itself offered."""
    offered = [one.amount for one in plan.estimates if one.from_body]
    if command.amount > min([plan.planned_price, *offered]):
        fail(
            OF, "price", f"契約の額 {command.amount:,}円が、予定価格又は団体の見積書の額を超えます"
        )


# --- 経過 -------------------------------------------------------------------------------------


def evolve(contracts: Contracts, event: ContractingEvent) -> Contracts:
    """The contracts after a fact on the way to one of them."""
    match event:
        case ContractPlanned():
            at_once = {name: Passed(event.on, met=True) for name in ("designation", "rule")}
            stage = Negotiating(
                event.contract,
                event.on,
                event.by.person,
                event.affairs,
                event.planned_price,
                at_once,
            )
        case ContractConcluded():
            plan = contracts.followed(event.contract, Negotiating, event)
            stage = Performing(
                event.contract,
                event.on,
                event.amount,
                event.due,
                event.termination_clause,
                excepted=plan.excepted,
            )
        case ContractDropped():
            return over(contracts, event.contract)
        case _:
            stage = _passed(contracts.followed(event.contract, Negotiating, event), event)
    return replace(contracts, open={**contracts.open, event.contract: stage})


def _passed(stage: Negotiating, event: GateEvent) -> Negotiating:
    found = replace(stage, passes=passes(stage.passes, event))
    match event:
        case EstimatesTaken():
            return replace(found, estimates=event.estimates)
        case ProcurementJudged():
            return replace(found, excepted=event.exception_item is not None)
        case ContractGateAnswered() | InterestsDeclared():
            return found


def passes(before: Passes, event: GateEvent) -> Passes:
    """The gates after one was looked at."""
    match event:
        case ContractGateAnswered():
            met = {event.gate: (event.met, event.finding.reasons)}
        case ProcurementJudged():
            met = {"procurement": (True, event.finding.reasons)}
        case InterestsDeclared():
            reasons = event.finding.reasons
            met = {
                "council_interest": (event.council_clear, reasons),
                "mayor_interest": (event.mayor_clear, reasons),
            }
        case EstimatesTaken():
            met = {"estimates": (True, "、".join(one.paper for one in event.estimates))}
    return {**before, **{name: Passed(event.on, *told) for name, told in met.items()}}


def over(contracts: Contracts, contract: str) -> Contracts:
    """One contract is over; its number is not used again."""
    still = {key: stage for key, stage in contracts.open.items() if key != contract}
    return replace(contracts, open=still, over=contracts.over | {contract})
