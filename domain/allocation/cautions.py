"""注意: What the reader of a sheet must know besides the amount."""

from collections.abc import Iterator, Sequence

from domain.allocation.claim import Amount, Claim
from domain.allocation.conditions import ClassesOn, Judgement, classes_in
from domain.allocation.provisions import DISPATCH_COSTS, WARDS
from domain.allocation.readings import Readings, answer, questions
from domain.allocation.rules import RuleSet
from domain.allocation.tracing import yen
from domain.bodies import TOKYO, body_name, is_ward
from domain.era import fiscal_name
from domain.municipalities import CHECKED_ON

NOT_A_PAYMENT = (
    "これは一つの項目の算定額であり、交付額ではない。三月分の算定に用いられ、総務大臣の調査、"
    "他の項目、財源超過などの減額を経て交付額が定まる"
)
FALSE_DATA = (
    "算定資料に作為を加え、又は虚偽の記載をして過大に交付を受けたときは、超過額に年10.95％の加算金を"
    "付けて返還させられる（地方交付税法第19条第4項・第5項）。入力の一つ一つに資料を残すこと"
)


def always(rules: RuleSet) -> Iterator[str]:
    """What stands on every sheet."""
    yield NOT_A_PAYMENT
    yield FALSE_DATA
    if rules.status == "provisional":
        yield f"{fiscal_name(rules.fiscal_year)}分の規則は暫定である。{rules.note}"


def cautions(
    claim: Claim,
    rules: RuleSet,
    readings: Readings,
    judgements: Sequence[Judgement],
    classes_on: ClassesOn,
) -> Iterator[str]:
    """Everything to be cautioned of, the general first."""
    yield from always(rules)
    yield from _not_the_default(rules, readings)
    yield from _tokyo(claim)
    for one in judgements:
        yield from _of_dispatch(one, classes_on)


def _not_the_default(rules: RuleSet, readings: Readings) -> Iterator[str]:
    for key, question in questions().items():
        if (chosen := answer(readings, key)) != answer(rules.readings, key):
            yield f"既定でない読み方による: {question.title}「{question.choices[chosen].title}」"


def _tokyo(claim: Claim) -> Iterator[str]:
    if claim.claimant == TOKYO:
        yield f"東京都には特例（{WARDS}ほか）がある。この額は道府県の例による参考であり、手で確かめること"


def _of_dispatch(judged: Judgement, classes_on: ClassesOn) -> Iterator[str]:
    if judged.manual:
        yield f"派遣 {judged.dispatch.id} は特別区に係る。額に含めていない。手で算定すること"
    yield from _changed_class(judged, classes_on)
    yield from _who_bears_what(judged)
    yield from _too_much_burden(judged)


def _changed_class(judged: Judgement, classes_on: ClassesOn) -> Iterator[str]:
    recipient, first, last = judged.dispatch.recipient, judged.first, judged.last
    if is_ward(recipient):
        return
    name = body_name(recipient)
    began, ended = classes_on(recipient, first), classes_on(recipient, last)
    ever = frozenset(kind for kind, _ in classes_in(classes_on, recipient, first, last))
    if not began == ended == ever:
        yield (
            f"派遣 {judged.dispatch.id}: {name}の都市の区分が派遣の期間の途中で変わる。"
            "変わる日で派遣と費用を分けて書けば、それぞれに判定する"
        )
    if last > CHECKED_ON:
        yield (
            f"派遣 {judged.dispatch.id}: {name}の都市の区分は {CHECKED_ON} までの政令で確かめた。"
            f"{last} までの変更がないかを確かめること"
        )


def _who_bears_what(judged: Judgement) -> Iterator[str]:
    """法第252条の17第2項: who bears the salary follows from the form, and checks it."""
    dispatch = judged.dispatch
    seconded = dispatch.form == "自治法派遣"
    if seconded and judged.side == "派遣側" and _positive(dispatch.personnel_cost):
        yield (
            f"派遣 {dispatch.id}: 自治法派遣の給料・手当（退職手当を除く）・旅費は受入れ側が負担する"
            f"（{DISPATCH_COSTS}）。派遣側に人件費があるなら、派遣の形を確かめること"
        )
    if not seconded and judged.side == "受入れ側" and _positive(dispatch.cost_borne):
        yield (
            f"派遣 {dispatch.id}: 自治法派遣でないのに受入れ側が人件費を負担している。"
            f"派遣の形を確かめること（{DISPATCH_COSTS}）"
        )


def _too_much_burden(judged: Judgement) -> Iterator[str]:
    dispatch = judged.dispatch
    cost, charge = dispatch.personnel_cost, dispatch.burden_charge
    if "B" in judged.counted and cost and charge and charge.amount > cost.amount:
        yield (
            f"派遣 {dispatch.id}: 負担金 {yen(charge.amount)}が人件費 {yen(cost.amount)}を超える。"
            "額を確かめること"
        )


def _positive(cost: Amount | None) -> bool:
    return cost is not None and cost.amount > 0
