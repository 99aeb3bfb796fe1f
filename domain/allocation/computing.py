"""算定額（特別交付税省令第4条第1項・第5条第1項）: From a claim and a year's rules to a sheet.

    都道府県  (A + B) × 0.5          A  募集経費、一団体ごとの上限
    市町村    (A + B + C) × 0.5      B  派遣した専門人材の人件費、一人ごとの上限
                                     C  自治法派遣を受けた専門人材の人件費、一人ごとの上限
The sum is rounded half up to thousand yen once. Pure: the classes of cities are an argument.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.allocation.cautions import cautions
from domain.allocation.claim import Amount, Claim, Recruitment
from domain.allocation.conditions import ClassesOn, Judgement, judge
from domain.allocation.consistency import UnsoundClaim, contradictions
from domain.allocation.provisions import OUTLINE_BURDEN, Provision
from domain.allocation.readings import (
    Readings,
    answer,
    combinations,
    others,
    questions,
    with_readings,
)
from domain.allocation.rules import RuleSet
from domain.allocation.sheet import Alternative, Sheet
from domain.allocation.tracing import Trace, yen
from domain.bodies import body_name, is_prefecture
from domain.era import fiscal_name
from domain.municipalities import classes_of

NOT_STATED = "記載なし"


class WrongYear(ValueError):
    """The claim is of another fiscal year than the rules."""


def compute(
    claim: Claim,
    rules: RuleSet,
    readings: Readings | None = None,
    classes_on: ClassesOn = classes_of,
) -> Sheet:
    """The sheet of a claim, by the rules' own readings unless others are given.

    Raises `WrongYear`, and `UnsoundClaim` where the claim contradicts itself.
    """
    if claim.fiscal_year != rules.fiscal_year:
        raise WrongYear(
            f"申告は{fiscal_name(claim.fiscal_year)}分、規則は{fiscal_name(rules.fiscal_year)}分です。"
            "申告の年度の規則で算定してください"
        )
    if faults := contradictions(claim):
        raise UnsoundClaim(faults)
    chosen = readings or rules.readings
    reckoned = _Reckoning(claim, rules, chosen, classes_on)
    alternatives = tuple(_alternatives(reckoned))
    return Sheet(
        claimant=claim.claimant,
        rules=rules,
        readings=chosen,
        item=reckoned.item,
        judgements=reckoned.judgements,
        traces=reckoned.traces,
        alternatives=alternatives,
        cautions=tuple(cautions(claim, rules, chosen, reckoned.judgements, classes_on)),
    )


@dataclass(frozen=True)
class _Reckoning:
    """One claim under one rule set and one set of readings."""

    claim: Claim
    rules: RuleSet
    readings: Readings
    classes_on: ClassesOn

    @property
    def item(self) -> Provision:
        return self.rules.item(prefecture=is_prefecture(self.claim.claimant))

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """By the dispatches' ids, so that the order of the claim says nothing."""
        listed = sorted(self.claim.dispatches, key=lambda one: one.id)
        return tuple(
            judge(self.claim, one, self.rules, self.readings, self.classes_on) for one in listed
        )

    @cached_property
    def traces(self) -> tuple[Trace, ...]:
        """A, each person's B and C, and the total."""
        parts = (*self._recruitment(), *self._sent(), *self._received())
        return (*parts, self._total(parts))

    @property
    def amount(self) -> int:
        return int(self.traces[-1].amount)

    def of_person(self, side: str) -> Iterator[tuple[str, Sequence[Judgement]]]:
        """The judgements of one side by person, in the order of the persons' numbers."""
        ours = [one for one in self.judgements if one.side == side]
        for person in sorted({one.dispatch.person for one in ours}):
            yield person, [one for one in ours if one.dispatch.person == person]

    def _recruitment(self) -> Iterator[Trace]:
        """A: what was spent to recruit persons who are all dispatched as the item asks."""
        if not self.claim.recruitment:
            return
        trace = Trace("A", "募集経費")
        for spent in sorted(self.claim.recruitment, key=_stable):
            trace = self._recruited(trace, spent)
        yield self._capped(trace, self.rules.caps.recruitment, "一団体の募集経費")

    def _recruited(self, trace: Trace, spent: Recruitment) -> Trace:
        sent = {one.dispatch.person for one in self.judgements if "A" in one.counted}
        outside = [person for person in sorted(spent.persons) if person not in sent]
        told = f"{'・'.join(sorted(spent.persons))} の募集経費"
        cost = spent.cost
        if outside:
            why = f"{told}: {'・'.join(outside)} に算入できる派遣がない"
            return trace.then("不算入", cost.amount, why, self.item, cost.evidence)
        return trace.then("算入", cost.amount, told, self.item, cost.evidence)

    def _sent(self) -> Iterator[Trace]:
        """B: per person, over all that person's dispatches of the year."""
        caps, prefecture = self.rules.caps, is_prefecture(self.claim.claimant)
        cap = caps.sent_by_prefecture if prefecture else caps.sent_by_municipality
        for person, judged in self.of_person("派遣側"):
            trace = Trace("B", person)
            for one in judged:
                trace = self._input(trace, one, one.dispatch.personnel_cost, "人件費")
            yield self._deducted_and_capped(trace, judged, cap)

    def _received(self) -> Iterator[Trace]:
        """C: per person, over the posts of which this is the first year."""
        caps = self.rules.caps
        for person, judged in self.of_person("受入れ側"):
            trace = Trace("C", person)
            for one in judged:
                trace = self._input(trace, one, *self._base_of(one))
            by_prefecture = is_prefecture(judged[0].dispatch.sender)
            cap = caps.received_from_prefecture if by_prefecture else caps.received_from_others
            yield self._capped(trace, cap, "派遣を受けた一人の人件費")

    def _base_of(self, judged: Judgement) -> tuple[Amount | None, str]:
        if self.readings.received_base == "burden-charge":
            return judged.dispatch.burden_charge, "支払った負担金"
        return judged.dispatch.cost_borne, "負担した人件費"

    def _input(self, trace: Trace, judged: Judgement, cost: Amount | None, what: str) -> Trace:
        """Count the amount in, or say why it is not."""
        part = trace.part
        told = f"{_told(judged)}の{what}"
        amount, papers = (cost.amount, cost.evidence) if cost else (0, ())
        stated = told if cost else f"{told}（{NOT_STATED}）"
        if part in judged.counted:
            return trace.then("算入", amount, stated, self.item, papers)
        decision = next(iter(judged.bars), None) or next(
            one for one in judged.decisions if one.applies
        )
        why = f"{stated}: {decision.row}（{decision.reason}）"
        return trace.then("不算入", amount, why, decision.rule, papers)

    def _deducted_and_capped(self, trace: Trace, judged: Sequence[Judgement], cap: int) -> Trace:
        if self.readings.order == "cap-then-deduct":
            return self._deducted(self._capped(trace, cap, _ONE_SENT), judged)
        return self._capped(self._deducted(trace, judged), cap, _ONE_SENT)

    def _deducted(self, trace: Trace, judged: Sequence[Judgement]) -> Trace:
        """The burden charges of the dispatches that count; none is said, too."""
        for one in judged:
            if "B" not in one.counted:
                continue
            charge, id = one.dispatch.burden_charge, one.dispatch.id
            told = f"派遣 {id} について受け入れた負担金" + ("" if charge else f"（{NOT_STATED}）")
            amount, papers = (charge.amount, charge.evidence) if charge else (0, ())
            trace = trace.then("控除", amount, told, OUTLINE_BURDEN, papers)
        return trace

    def _capped(self, trace: Trace, cap: int, what: str) -> Trace:
        """The cap on the cost; where it is read as one on the grant, ×0.5 goes before it."""
        if self.readings.cap_on == "grant":
            trace = self._halved(trace)
        over = "を超えるので、上限までとする" if trace.amount > cap else "を超えない"
        return trace.then("上限", cap, f"{what}が上限 {yen(cap)}{over}", self.item)

    def _halved(self, trace: Trace) -> Trace:
        return trace.then("乗率", self.rules.rate, f"{trace.part}に率を乗じる", self.item)

    def _total(self, parts: Sequence[Trace]) -> Trace:
        total = Trace("計", "算定額")
        for part in parts:
            total = total.then("合算", part.amount, _named(part), self.item)
        if self.readings.cap_on == "cost":
            total = total.then("乗率", self.rules.rate, "合算額に率を乗じる", self.item)
        rounding = self.rules.rounding(prefecture=is_prefecture(self.claim.claimant))
        unit = self.rules.rounding_unit
        return total.then("端数", unit, f"表示単位（{unit:,}円）未満を四捨五入する", rounding)


_ONE_SENT = "派遣した一人の人件費"


def _named(trace: Trace) -> str:
    """「A 募集経費」, 「B 人件費（P-01）」."""
    return f"A {trace.subject}" if trace.part == "A" else f"{trace.part} 人件費（{trace.subject}）"


def _told(judged: Judgement) -> str:
    """「派遣 D-01（世羅町へ、2025-04-01〜2026-03-31）」."""
    dispatch = judged.dispatch
    sent = f"{body_name(dispatch.recipient)}へ"
    other = sent if judged.side == "派遣側" else f"{body_name(dispatch.sender)}から"
    return f"派遣 {dispatch.id}（{other}、{judged.first}〜{judged.last}）"


def _stable(spent: Recruitment) -> tuple[object, ...]:
    return sorted(spent.persons), spent.cost.amount, spent.cost.evidence


def _alternatives(chosen: _Reckoning) -> Iterator[Alternative]:
    """Every reading not chosen that gives another amount, and the combinations of several."""
    for key, choice, readings in others(chosen.readings):
        question = questions()[key]
        title = f"{question.title}: {question.choices[choice].title}"
        yield from _if_other(chosen, readings, key, title, question.choices[choice].why)
    for one in combinations():
        readings = with_readings(chosen.readings, **one.readings)
        said = "、".join(questions()[key].choices[id].title for key, id in one.readings.items())
        yield from _if_other(chosen, readings, "+".join(one.readings), one.title, said)


def _if_other(
    chosen: _Reckoning, readings: Readings, key: str, title: str, why: str
) -> Iterator[Alternative]:
    amount = _Reckoning(chosen.claim, chosen.rules, readings, chosen.classes_on).amount
    if amount != chosen.amount:
        answers = "、".join(answer(readings, one) for one in key.split("+"))
        yield Alternative(key, answers, title, why, amount, amount - chosen.amount)
