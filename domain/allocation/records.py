"""機械のための形: A sheet as plain values; amounts are whole numbers or exact fractions."""

from collections.abc import Mapping

from domain.allocation.conditions import ROWS, Decision, Judgement
from domain.allocation.provisions import Provision
from domain.allocation.rules import RuleSet
from domain.allocation.sheet import Alternative, Sheet
from domain.allocation.tracing import Step, Trace, exact
from domain.bodies import body_name

Record = Mapping[str, object]


def sheet_record(sheet: Sheet) -> Record:
    """The whole sheet as one JSON object."""
    return {
        "claimant": sheet.claimant,
        "claimant_name": sheet.name,
        "fiscal_year": sheet.rules.fiscal_year,
        "item_amount": sheet.amount,
        "manual": sheet.manual,
        "item": _provision(sheet.item),
        "rules": _rules(sheet.rules),
        "readings": sheet.readings.model_dump() if sheet.readings else None,
        "trace": [line for trace in sheet.traces for line in trace_records(trace)],
        "conditions": [_judgement(one) for one in sheet.judgements],
        "alternatives": [_alternative(one) for one in sheet.alternatives],
        "cautions": list(sheet.cautions),
    }


def trace_records(trace: Trace) -> list[Record]:
    """One object a step."""
    return [_step(trace, one) for one in trace.steps]


def _rules(rules: RuleSet) -> Record:
    return {
        "name": rules.name,
        "status": rules.status,
        "text_date": f"{rules.text_date}",
        "version": rules.version,
        "source": rules.source,
    }


def _step(trace: Trace, step: Step) -> Record:
    return {
        "part": trace.part,
        "subject": trace.subject,
        "operation": step.operation,
        "before": exact(step.before),
        "operand": exact(step.operand),
        "after": exact(step.after),
        "words": step.words,
        "rule": _provision(step.rule),
        "evidence": list(step.evidence),
    }


def _judgement(judged: Judgement) -> Record:
    dispatch = judged.dispatch
    return {
        "dispatch": dispatch.id,
        "person": dispatch.person,
        "side": judged.side,
        "sender": body_name(dispatch.sender),
        "recipient": body_name(dispatch.recipient),
        "first": f"{judged.first}",
        "last": f"{judged.last}",
        "counted": sorted(judged.counted),
        "outcome": judged.outcome,
        "evidence": list(dispatch.evidence),
        "decisions": [_decision(one) for one in judged.decisions],
    }


def _decision(decision: Decision) -> Record:
    return {
        "row": decision.row,
        "title": ROWS[decision.row],
        "applies": decision.applies,
        "reason": decision.reason,
        "rule": _provision(decision.rule),
        "evidence": list(decision.evidence),
    }


def _provision(rule: Provision) -> Record:
    return {"printed": f"{rule}", "citation": rule.citation.model_dump() if rule.citation else None}


def _alternative(one: Alternative) -> Record:
    return {
        "question": one.question,
        "choice": one.choice,
        "title": one.title,
        "why": one.why,
        "item_amount": one.amount,
        "difference": one.difference,
    }
