"""支援の項目: The cost of supporting 地域運営組織 and 指定地域共同活動団体 (市町村), ×0.5 ×補正.

The item is in the list of 財政力補正; it first stands in the text of fiscal 2025.
"""

from domain.allocation.cautions import always
from domain.allocation.claim import SupportClaim
from domain.allocation.computing import WrongYear
from domain.allocation.provisions import ITEM_OF_MUNICIPALITIES, of_ordinance
from domain.allocation.rules import RuleSet, Support
from domain.allocation.sheet import Sheet
from domain.allocation.tracing import Trace, figure
from domain.bodies import is_prefecture, is_ward
from domain.era import fiscal_name


class NotClaimable(ValueError):
    """The body or the fiscal year has no such item; the text is Japanese, for officials."""


def compute_support(claim: SupportClaim, rules: RuleSet) -> Sheet:
    """The sheet of the related item. Raises `WrongYear` and `NotClaimable`."""
    if claim.fiscal_year != rules.fiscal_year:
        raise WrongYear(
            f"申告は{fiscal_name(claim.fiscal_year)}分、規則は{fiscal_name(rules.fiscal_year)}分です。"
            "申告の年度の規則で算定してください"
        )
    support = _item_for(claim, rules)
    return Sheet(
        claimant=claim.claimant,
        rules=rules,
        readings=None,
        item=of_ordinance(ITEM_OF_MUNICIPALITIES, support.table),
        judgements=(),
        traces=_traces(claim, rules, support),
        alternatives=(),
        cautions=tuple(always(rules)),
    )


def _item_for(claim: SupportClaim, rules: RuleSet) -> Support:
    if is_prefecture(claim.claimant):
        raise NotClaimable("支援の項目は市町村のものです。都道府県では算定しません")
    if is_ward(claim.claimant):
        raise NotClaimable("支援の項目は市町村のものです。特別区については手で確かめてください")
    if rules.support is None:
        raise NotClaimable(
            f"{fiscal_name(rules.fiscal_year)}分の省令には、支援の項目がありません"
            "（令和8年3月16日の改正で、令和7年度分から加わりました）"
        )
    return rules.support


def _traces(claim: SupportClaim, rules: RuleSet, support: Support) -> tuple[Trace, ...]:
    item = of_ordinance(ITEM_OF_MUNICIPALITIES, support.table)
    cost = Trace("支援", "支援に要する経費")
    for one in claim.costs:
        told = f"{one.body}（{one.kind}）の形成及び運営の支援"
        cost = cost.then("算入", one.cost.amount, told, item, one.cost.evidence)
    index = claim.strength_index
    coefficient = support.correction.coefficient(index.value)
    corrected = f"財政力補正: 財政力指数 {figure(index.value)} に応ずる率 {figure(coefficient)}"
    unit, rounding = rules.rounding_unit, of_ordinance(ITEM_OF_MUNICIPALITIES)
    total = (
        Trace("計", "算定額")
        .then("合算", cost.amount, "支援に要する経費", item)
        .then("乗率", support.rate, "合算額に率を乗じる", item)
        .then("乗率", coefficient, corrected, rounding, index.evidence)
        .then("端数", unit, f"表示単位（{unit:,}円）未満を四捨五入する", rounding)
    )
    return (cost, total)
