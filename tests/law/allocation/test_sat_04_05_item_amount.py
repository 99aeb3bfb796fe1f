"""特別交付税に関する省令第4条第1項第1号・第5条第1項第3号イの表: 連携協約に基づく専門人材の確保に要する
経費があること. The cases are a table: `item_amount_cases.toml`.

都道府県は (A + B) × 0.5、市町村は (A + B + C) × 0.5。表示単位は千円、四捨五入。
"""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from domain.allocation import Claim, Sheet, compute, rule_set, with_readings
from domain.allocation.conditions import ROWS
from domain.allocation.readings import questions
from tests.law.allocation.claims import claim_of

TABLE = Path(__file__).parent / "item_amount_cases.toml"


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    name: str
    provision: str
    year: int = 2025
    claimant: str
    agreement: dict[str, object] = {}
    unlisted: bool = False
    readings: dict[str, str] = {}
    dispatches: tuple[dict[str, object], ...]
    recruitment: tuple[dict[str, object], ...] = ()
    earlier: dict[str, object] = {}
    rows: tuple[tuple[str, ...], ...]
    A: int = 0
    B: int = 0
    C: int = 0
    before: int | str
    amount: int
    others: dict[str, int] | None = None
    manual: bool = False

    def claim(self) -> Claim:
        claim = claim_of(
            self.claimant,
            self.year,
            self.dispatches,
            recruitment=self.recruitment,
            earlier=self.earlier,
            agreement_said=self.agreement,
        )
        return _without_agreement(claim) if self.unlisted else claim

    def sheet(self) -> Sheet:
        rules = rule_set(self.year)
        return compute(self.claim(), rules, with_readings(rules.readings, **self.readings))


def _without_agreement(claim: Claim) -> Claim:
    bare = [one.model_copy(update={"agreement": None}) for one in claim.dispatches]
    return claim.model_copy(update={"dispatches": tuple(bare), "agreements": ()})


CASES = [Case.model_validate(case) for case in tomllib.loads(TABLE.read_text("utf-8"))["case"]]
EVERY_CASE = pytest.mark.parametrize(
    "case", CASES, ids=[f"{case.code} {case.name}" for case in CASES]
)


def part(sheet: Sheet, name: str) -> Fraction:
    return sum((one.amount for one in sheet.traces if one.part == name), Fraction(0))


@EVERY_CASE
def test_the_facts_lead_to_the_amounts_of_the_table(case: Case) -> None:
    sheet = case.sheet()
    assert {name: part(sheet, name) for name in "ABC"} == {"A": case.A, "B": case.B, "C": case.C}
    assert sheet.traces[-1].steps[-1].before == Fraction(case.before)
    assert sheet.amount == case.amount
    assert sheet.manual == case.manual


@EVERY_CASE
def test_exactly_the_conditions_of_the_table_apply(case: Case) -> None:
    found = [
        tuple(sorted(decision.row for decision in judged.decisions if decision.applies))
        for judged in case.sheet().judgements
    ]
    assert found == [tuple(sorted(rows)) for rows in case.rows]


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.others is not None], ids=lambda case: case.name
)
def test_the_readings_that_give_another_amount_are_told_and_no_others(case: Case) -> None:
    told = case.sheet().alternatives
    single = {f"{one.question}={one.choice}": one.amount for one in told if "+" not in one.question}
    assert single == case.others
    assert all(one.difference == one.amount - case.amount for one in told)


@EVERY_CASE
def test_every_condition_is_decided_with_reason_and_rule(case: Case) -> None:
    for judged in case.sheet().judgements:
        assert [one.row for one in judged.decisions] == list(ROWS)
        assert all(one.reason and f"{one.rule}" for one in judged.decisions)
        main = [one.row for one in judged.decisions if one.applies and "D3" <= one.row <= "D8"]
        assert len(main) == 1


@EVERY_CASE
def test_every_step_takes_up_where_the_last_one_ended(case: Case) -> None:
    *parts, total = case.sheet().traces
    for trace in (*parts, total):
        amounts = [Fraction(0), *(step.after for step in trace.steps)]
        assert [step.before for step in trace.steps] == amounts[:-1]
        assert all(step.words and f"{step.rule}" for step in trace.steps)
    added = [step.operand for step in total.steps if step.operation == "合算"]
    assert added == [trace.amount for trace in parts]


@EVERY_CASE
def test_every_yen_that_was_stated_is_in_the_trace_with_its_papers(case: Case) -> None:
    claim, sheet = case.claim(), case.sheet()
    taken = sorted(
        step.operand
        for trace in sheet.traces
        for step in trace.steps
        if step.operation in ("算入", "不算入") and step.evidence
    )
    spent = [one.cost.amount for one in claim.recruitment]
    for one in claim.dispatches:
        sends = one.sender == claim.claimant
        by_burden = case.readings.get("received_base") == "burden-charge"
        received = one.burden_charge if by_burden else one.cost_borne
        stated = one.personnel_cost if sends else received
        spent += [stated.amount] if stated else []
    assert taken == sorted(spent)


def test_the_table_has_a_case_for_every_condition_year_and_answer() -> None:
    assert len(CASES) >= 60
    assert {row for case in CASES for rows in case.rows for row in rows} == set(ROWS)
    assert {case.year for case in CASES} == {2024, 2025}
    chosen = {f"{key}={id}" for case in CASES for key, id in case.readings.items()}
    defaults = rule_set(2025).readings.model_dump()
    others = {
        f"{key}={id}"
        for key, question in questions().items()
        for id in question.choices
        if id != defaults[key]
    }
    assert others - chosen == {"city_class=first-day"}, (
        "by dated classes: test_sat_04_05_conditions"
    )


def test_the_outline_read_by_its_letter_is_shown_beside_the_ordinance() -> None:
    case = next(one for one in CASES if one.code == "例2")
    outline = next(one for one in case.sheet().alternatives if "+" in one.question)
    assert (outline.amount, outline.difference) == (4_300_000, 614_000)
    assert "制度の概要" in outline.title


def test_the_item_is_cited_by_the_number_of_its_year() -> None:
    cited = {(case.year, case.claimant): f"{case.sheet().item}" for case in CASES}
    assert cited[2024, "広島県"] == "特別交付税に関する省令第4条第1項第1号の表第100号"
    assert cited[2025, "広島県"] == "特別交付税に関する省令第4条第1項第1号の表第99号"
    assert cited[2024, "世羅町"] == "特別交付税に関する省令第5条第1項第3号イの表第97号"
    assert cited[2025, "世羅町"] == "特別交付税に関する省令第5条第1項第3号イの表第96号"
