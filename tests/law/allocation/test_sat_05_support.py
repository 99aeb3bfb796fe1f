"""特別交付税に関する省令第5条第1項第3号イの表第100号: 地域運営組織・指定地域共同活動団体の支援.

The item is corrected by 財政力指数: 1.0 below 0.5, 11/6 − 5/3 × index to two decimals below 0.8, else 0.5.
"""

from fractions import Fraction

import pytest

from domain.allocation import NotClaimable, SupportClaim, WrongYear, compute_support, rule_set
from domain.allocation.rules import Correction
from tests.law.allocation.claims import PAPERS, amount, code

RULES = rule_set(2025)


def correction() -> Correction:
    assert RULES.support is not None
    return RULES.support.correction


def claim(index: str, *costs: int, body: str = "神石高原町", year: int = 2025) -> SupportClaim:
    return SupportClaim.model_validate(
        {
            "claimant": code(body),
            "fiscal_year": year,
            "strength_index": {"value": index, "evidence": PAPERS},
            "costs": [
                {"body": "例示協議会", "kind": "地域運営組織", "cost": amount(cost)}
                for cost in costs
            ],
        }
    )


@pytest.mark.parametrize(
    ("index", "cost", "coefficient", "expected"),
    [
        ("0.45", 4_000_000, "1.00", 2_000_000),
        ("0.83", 4_000_000, "0.50", 1_000_000),
        ("0.49", 4_000_000, "1.00", 2_000_000),
        ("0.50", 4_000_000, "1.00", 2_000_000),
        ("0.51", 4_000_000, "0.98", 1_960_000),
        ("0.65", 4_000_000, "0.75", 1_500_000),
        ("0.79", 4_000_000, "0.52", 1_040_000),
        ("0.80", 4_000_000, "0.50", 1_000_000),
        ("1.20", 4_000_000, "0.50", 1_000_000),
        ("0", 4_000_000, "1.00", 2_000_000),
        ("0.51", 1_000_000, "0.98", 490_000),
        ("0.65", 1_234_000, "0.75", 463_000),
        ("0.45", 1_001, "1.00", 1_000),
        ("0.45", 999, "1.00", 0),
        ("0.45", 0, "1.00", 0),
    ],
)
def test_the_cost_is_halved_corrected_and_rounded_once(
    index: str, cost: int, coefficient: str, expected: int
) -> None:
    sheet = compute_support(claim(index, cost), RULES)
    assert sheet.traces[-1].steps[2].operand == Fraction(coefficient)
    assert sheet.amount == expected


def test_the_line_meets_both_steps() -> None:
    line = correction()
    assert line.intercept - line.slope * line.whole_below == line.whole
    assert line.intercept - line.slope * line.least_from == line.least


def test_a_stronger_body_never_gets_more() -> None:
    coefficients = [correction().coefficient(Fraction(n, 100)) for n in range(200)]
    assert coefficients == sorted(coefficients, reverse=True)


def test_several_bodies_are_added_before_the_rate() -> None:
    sheet = compute_support(claim("0.45", 500, 500), RULES)
    assert sheet.traces[0].amount == 1_000
    assert sheet.amount == 1_000


def test_the_item_is_cited_with_the_papers_of_the_index() -> None:
    sheet = compute_support(claim("0.65", 1), RULES)
    assert f"{sheet.item}" == "特別交付税に関する省令第5条第1項第3号イの表第100号"
    assert sheet.traces[-1].steps[2].evidence == tuple(PAPERS)
    assert "財政力指数 0.65 に応ずる率 0.75" in sheet.traces[-1].steps[2].words


@pytest.mark.parametrize(
    ("body", "year", "words"),
    [
        ("広島県", 2025, "都道府県では算定しません"),
        ("新宿区", 2025, "特別区については手で確かめて"),
        ("神石高原町", 2024, "令和6年度分の省令には、支援の項目がありません"),
    ],
)
def test_who_has_no_such_item_is_told_why(body: str, year: int, words: str) -> None:
    with pytest.raises(NotClaimable, match=words):
        compute_support(claim("0.45", 1, body=body, year=year), rule_set(year))


def test_a_claim_of_another_year_is_refused() -> None:
    with pytest.raises(WrongYear, match="申告は令和7年度分、規則は令和6年度分"):
        compute_support(claim("0.45", 1), rule_set(2024))


@pytest.mark.parametrize("index", [0.45, 1, "0.455", "-0.1", "1/2", "０.４５", ""])
def test_an_index_that_is_not_exact_to_two_decimals_is_refused(index: object) -> None:
    table = claim("0.45", 1).model_dump()
    table["strength_index"]["value"] = index
    with pytest.raises(ValueError, match="小数点以下2位までの 0 以上の数で書いてください"):
        SupportClaim.model_validate(table)
