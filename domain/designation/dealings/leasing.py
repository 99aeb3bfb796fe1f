"""貸付けの決定（法第260条の49第7項・第8項）: Which gate is looked at when, and when a lease stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from domain.decider import Refused
from domain.designation.dealings.gates import (
    Passed,
    Passes,
    all_met,
    answered_by_hand,
    fail,
    in_turn,
)
from domain.designation.dealings.lease import (
    NOT_APPLIED,
    PARA_9,
    AnswerLeaseGate,
    Arranging,
    ConcludeLease,
    ConsiderationSettled,
    ConsultMayor,
    DesignatedUse,
    DropLease,
    LeaseConcluded,
    Leased,
    LeaseDropped,
    LeaseGateAnswered,
    LeaseGateCommand,
    LeaseGateEvent,
    LeasePlanned,
    Leases,
    LeasingCommand,
    LeasingEvent,
    MayorConsulted,
    PlanLease,
    SettleConsideration,
)
from domain.designation.dealings.terms import clause_agreed, final, in_sequence, in_the_ordinance
from domain.designation.parts import Circumstances, while_designated
from domain.law import LEASE_38, Citation
from domain.ordinance import Rules
from domain.periods import Deadline, Period, fixed, reckon
from domain.procedure import four_eyes, not_before, refuse_unless, stated

OF = "貸付け"
A_YEAR = Period(length=1, unit="年", source="法令", basis=f"{LEASE_38.para(6)}")
SIX_MONTHS = Period(length=6, unit="月", source="法令", basis=f"{LEASE_38.para(6)}")
_A_DAY = timedelta(days=1)
_NO_MONTHS_LONGER = 190
"""Days that no six months exceed."""


def decide(
    command: LeasingCommand, leases: Leases, now: Circumstances, rules: Rules
) -> Sequence[LeasingEvent]:
    """The facts that a command on the way to a lease brings about."""
    match command:
        case PlanLease():
            return _planned(command, leases, now, rules)
        case AnswerLeaseGate() | ConsultMayor() | SettleConsideration():
            plan = leases.find(command.lease, Arranging, command)
            not_before(command, plan.since, plan.title)
            fact = _looked_at(command, plan, rules)
            return [] if _after(plan, fact) == plan else [fact]
        case ConcludeLease():
            return [_concluded(command, leases, now, rules)]
        case DropLease():
            plan = leases.find(command.lease, Arranging, command)
            not_before(command, plan.since, plan.title)
            return [stated(LeaseDropped, command, rules)]


def _planned(
    command: PlanLease, leases: Leases, now: Circumstances, rules: Rules
) -> list[LeasePlanned]:
    while_designated(command, now)
    found = leases.open.get(command.lease)
    if isinstance(found, Arranging) and (found.since, found.property) == (
        command.on,
        command.property,
    ):
        return []
    if found is not None or command.lease in leases.over:
        raise Refused(command.cites, f"貸付番号 {command.lease} は、すでに使われています")
    in_the_ordinance(command.activity, command, rules)
    needed = _consultation_needed(command, rules)
    return [stated(LeasePlanned, command, rules, consultation_needed=needed)]


def _consultation_needed(command: PlanLease, rules: Rules) -> bool:
    """長の指定する財産（法第238条の2第2項）: Managed by a committee, and on the mayor's list."""
    listed = rules.ordinance.consulted_property.on(command.on).value
    asked = command.property
    return asked.by_committee and not {asked.number, asked.name, asked.category}.isdisjoint(listed)


# --- 要件 -------------------------------------------------------------------------------------


def _looked_at(command: LeaseGateCommand, plan: Arranging, rules: Rules) -> LeaseGateEvent:
    match command:
        case AnswerLeaseGate():
            return _answered(command, plan, rules)
        case ConsultMayor():
            in_turn(OF, "consultation", plan.passes)
            return _consulted(command, plan, rules)
        case SettleConsideration():
            in_turn(OF, "consideration", plan.passes)
            return _consideration(command, rules)


def _answered(command: AnswerLeaseGate, plan: Arranging, rules: Rules) -> LeaseGateAnswered:
    gate = answered_by_hand(OF, command.gate, command.finding, command)
    in_turn(OF, command.gate, plan.passes)
    return stated(
        LeaseGateAnswered,
        command,
        rules,
        gate_title=gate.title,
        question=gate.question,
        provision=gate.provision,
    )


def _consulted(command: ConsultMayor, plan: Arranging, rules: Rules) -> MayorConsulted:
    refuse_unless(
        plan.property.by_committee,
        command.cites,
        f"財産（{plan.property.name}）は委員会等の管理する財産ではなく、協議を要しません",
    )
    refuse_unless(
        command.replied_on <= command.on,
        command.cites,
        f"回答の日 {command.replied_on} が {command.on} より後です",
    )
    return stated(MayorConsulted, command, rules, committee=plan.property.managed_by)


def _consideration(command: SettleConsideration, rules: Rules) -> ConsiderationSettled:
    """適正な対価（法第237条第2項）: Otherwise an ordinance or a resolution (法第96条第1項第6号)."""
    reduced = command.rent < command.fair_rent
    provision = rules.ordinance.reduced_lease.on(command.on).value
    by_ordinance = reduced and command.by_ordinance
    if by_ordinance and provision is None:
        fail(OF, "consideration", "適正な対価によらない貸付けを認める条例がありません", _ASK)
    if reduced and not by_ordinance and command.resolution is None:
        fail(OF, "consideration", "適正な対価によらない貸付けは、条例又は議決によります", _ASK)
    if command.resolution is not None and command.resolution.passed_on > command.on:
        fail(
            OF,
            "consideration",
            f"{command.on} には、議決（{command.resolution.number}）がありません",
        )
    return stated(
        ConsiderationSettled,
        command,
        rules,
        reduced=reduced,
        ordinance_provision=provision if by_ordinance else None,
    )


_ASK = "議決を得て resolution に記すか、適正な対価によってください"


# --- 契約 -------------------------------------------------------------------------------------


def _concluded(
    command: ConcludeLease, leases: Leases, now: Circumstances, rules: Rules
) -> LeaseConcluded:
    plan = leases.find(command.lease, Arranging, command)
    while_designated(command, now)
    four_eyes(command, plan.planner)
    _a_lease(command, plan)
    all_met(OF, plan.passes, command)
    if command.rent < plan.rent:
        fail(
            OF, "consideration", f"契約の対価が、定められた対価（年{plan.rent:,}円）より低い額です"
        )
    in_sequence(command.term.starts, command.term.ends, command, "貸付けの期間")
    _explained(command)
    clause_agreed(OF, command.termination_clause, command, rules)
    final(OF, command.signed, command)
    return stated(
        LeaseConcluded,
        command,
        rules,
        property=plan.property,
        not_applied=NOT_APPLIED,
        **_days(command, rules),
    )


def _a_lease(command: ConcludeLease, plan: Arranging) -> None:
    """貸付契約によること: A permission is no lease (法第238条の4第7項–第9項), a building no land."""
    instrument = command.instrument
    if instrument == "使用許可":
        fail(
            OF,
            "instrument",
            "使用許可は別の手続で、第7項の貸付けではありません",
            "定期建物賃貸借など、貸付けの契約によってください",
        )
    of_building = instrument in ("定期建物賃貸借", "建物賃貸借")
    of_land = instrument in ("土地賃貸借", "建物所有を目的とする土地賃貸借")
    if (plan.property.kind == "土地" and of_building) or (plan.property.kind == "建物" and of_land):
        fail(
            OF, "instrument", f"{plan.property.kind}を{instrument}により貸し付けることはできません"
        )


def _explained(command: ConcludeLease) -> None:
    """更新の定め（法第260条の49第8項）: It is not set aside, so it is excluded by form or accepted."""
    if command.instrument == "定期建物賃貸借" and (
        command.explained_on is None or command.explained_on > command.on
    ):
        fail(
            OF,
            "explanation",
            "契約の更新がない旨を、契約に先立ち書面を交付して説明していません",
            "説明した日を explained_on に記してください",
        )
    renewable = command.instrument in ("建物賃貸借", "建物所有を目的とする土地賃貸借")
    if renewable and command.renewal is None:
        fail(
            OF,
            "renewal",
            f"{command.instrument}には更新の定めが適用されます。これを踏まえた認定がありません",
            "定期建物賃貸借によるか、renewal に認定を記してください",
        )


def _days(command: ConcludeLease, rules: Rules) -> dict[str, Deadline | None]:
    use = command.designated_use
    if use is not None:
        _use_within_term(command, use)
    return {
        "due": _day(command, "end", "期間の満了", command.cites, command.term.ends),
        "use_begins": use and _day(command, "use", "用途に供する期日", PARA_9, use.begins),
        "use_ends": use and _day(command, "use-end", "用途に供する期間", PARA_9, _until(use)),
        "notice": _notice(command, rules),
    }


def _use_within_term(command: ConcludeLease, use: DesignatedUse) -> None:
    """用途の指定（法第238条の5第6項）: Its day and its period lie within the lease."""
    in_sequence(command.term.starts, use.begins, command, "用途に供する期日まで")
    in_sequence(use.begins, use.period.ends, command, "用途に供する期間")
    in_sequence(use.period.starts, use.period.ends, command, "用途に供する期間")
    in_sequence(use.period.ends, command.term.ends, command, "貸付けの期間")


def _until(use: DesignatedUse) -> date:
    return use.period.ends


def _notice(command: ConcludeLease, rules: Rules) -> Deadline | None:
    """期間満了の通知（借地借家法第38条第6項）: Six months before the end of a year or more."""
    starts, ends = command.term.starts, command.term.ends
    whole_year = after(starts - _A_DAY, A_YEAR, rules) <= ends
    if command.instrument != "定期建物賃貸借" or not whole_year:
        return None
    latest = next(
        day
        for day in (ends - n * _A_DAY for n in range(_NO_MONTHS_LONGER))
        if after(day, SIX_MONTHS, rules) <= ends
    )
    return _day(command, "notice", "期間満了の通知の期限", LEASE_38.para(6), latest)


def after(day: date, period: Period, rules: Rules) -> date:
    """The last day of a period that begins with `day` (初日不算入); never moved by holidays."""
    counted = reckon(
        key="counted",
        title="",
        basis=LEASE_38.para(6),
        origin=day,
        origin_title="",
        period=period,
        calendar=rules.calendar,
        to_municipality=False,
    )
    return counted.day or day


def _day(command: ConcludeLease, key: str, title: str, basis: Citation, day: date) -> Deadline:
    return fixed(
        key=f"lease-{command.lease}-{key}",
        title=f"貸付け（{command.lease}）の{title}",
        basis=basis,
        origin=command.on,
        origin_title=LeaseConcluded.title,
        day=day,
    )


# --- 経過 -------------------------------------------------------------------------------------


def evolve(leases: Leases, event: LeasingEvent) -> Leases:
    """The leases after a fact on the way to one of them."""
    match event:
        case LeasePlanned():
            stage = Arranging(
                event.lease, event.on, event.by.person, event.property, _at_once(event)
            )
        case LeaseConcluded():
            stage = Leased(
                event.lease,
                event.on,
                event.termination_clause,
                event.due,
                event.use_begins,
                event.use_ends,
                event.notice,
            )
        case LeaseDropped():
            return over(leases, event.lease)
        case _:
            stage = _after(leases.followed(event.lease, Arranging, event), event)
    return replace(leases, open={**leases.open, event.lease: stage})


def _at_once(event: LeasePlanned) -> Passes:
    passed = Passed(event.on, met=True)
    met = {"designation": passed}
    return met if event.consultation_needed else {**met, "consultation": passed}


def _after(plan: Arranging, event: LeaseGateEvent) -> Arranging:
    match event:
        case LeaseGateAnswered():
            name, met, reasons = event.gate, event.met, event.finding.reasons
        case MayorConsulted():
            name, met, reasons = "consultation", event.reply == "異議なし", event.reply_document
        case ConsiderationSettled():
            name, met, reasons = "consideration", True, event.finding.reasons
            plan = replace(plan, rent=event.rent)
    return replace(plan, passes={**plan.passes, name: Passed(event.on, met, reasons)})


def over(leases: Leases, lease: str) -> Leases:
    """One lease is over; its number is not used again."""
    still = {key: stage for key, stage in leases.open.items() if key != lease}
    return replace(leases, open=still, over=leases.over | {lease})
