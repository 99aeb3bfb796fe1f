"""法第260条の49第6項・第7項の要件の表: what a legal officer may read, extend, and not undo.

`art_260_49/para_06_07_gates.toml` tells case by case what is refused, and under which provision.
"""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import pytest

from domain.decider import Refused
from domain.designation import Command, State
from domain.designation.dealings import gates
from domain.designation.dealings.contract import ContractGateAnswered
from domain.designation.dealings.gates import (
    COMPUTED,
    GATES,
    GateFault,
    Of,
    provision,
    read_gates,
)
from domain.designation.dealings.lease import LeaseConcluded
from domain.law import ART_260_49
from domain.ordinance import Rules
from tests.law.cast import Story, but, designated
from tests.law.deals import answer, contract_answered, contract_planned, contracted, leased
from tests.law.example import RULES, rules_with
from tests.law.specification import DECIDER, given, history

Table = dict[str, Any]
TABLE = files("domain.designation.dealings").joinpath("gates.toml").read_text("utf-8")
CASES = tomllib.loads((Path(__file__).parent / "art_260_49/para_06_07_gates.toml").read_text())
ROW = """
[[gate]]
of = "随意契約"
order = 30
id = "insured"
at = "準備"
title = "保険"
cites = "法第260条の49第6項"
question = "事故に備える保険に入っているか"
who = "担当職員"
needs = "書面"
"""
STORIES: Mapping[Of, Story] = {
    "随意契約": contracted()[len(designated()) :],
    "貸付け": leased()[len(designated()) :],
}


def _plain(value: object) -> object:
    """「なし」 stands for None, as in a profile."""
    if isinstance(value, list):
        return tuple(cast("list[object]", value))
    return None if value == "なし" else value


def _rules(case: Table) -> Rules:
    changed = {name: _plain(value) for name, value in case.get("rules", {}).items()}
    rules = rules_with(**changed)
    city = rules.ordinance.model_copy(update={"code": case.get("city", RULES.ordinance.code)})
    return Rules(ordinance=city, calendar=rules.calendar)


def _name(command: Command) -> str:
    return getattr(command, "gate", command.tag)


def _told(case: Table) -> Story:
    changes: Table = case.get("told", {})
    steps = [one for one in STORIES[case["of"]] if _name(one) not in case.get("skip", ())]
    return [
        but(one, **{key: _plain(value) for key, value in changes.get(_name(one), {}).items()})
        for one in steps
    ]


def _first_refusal(steps: Story, state: State, rules: Rules) -> tuple[str | None, str | None]:
    for step in steps:
        try:
            state = DECIDER.fold(DECIDER.decide(step, state, rules), state)
        except Refused as refused:
            return step.tag, str(refused.citation)
    return None, None


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: f"{case['code']} {case['name']}")
def test_the_first_refusal_names_the_provision_of_the_gate(case: Table) -> None:
    rules = _rules(case)
    state = given(*designated(), rules=rules).state
    assert _first_refusal(_told(case), state, rules) == (case.get("by"), case.get("refused"))


def test_every_gate_that_can_fail_before_the_contract_has_a_case() -> None:
    refused = {case["refused"] for case in CASES["case"] if "refused" in case}
    before = {gate.cites for gate in GATES if gate.at != "履行"}
    assert before == refused


# --- 表 ---------------------------------------------------------------------------------------


def test_each_provision_reads_back_as_it_is_written() -> None:
    for gate in GATES:
        assert str(gate.provision) == gate.cites
    assert provision("法第260条の49第6項") == ART_260_49.para(6)
    assert str(provision("法第96条第1項第6号")) == "法第96条第1項第6号"


def test_the_gates_of_each_kind_stand_in_an_unbroken_order() -> None:
    for of in COMPUTED:
        orders = [gate.order for gate in GATES if gate.of == of]
        assert orders == list(range(1, len(orders) + 1))


def test_a_question_is_added_by_a_row_and_asked_of_contracts_under_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    *ready, conclude = contracted()
    under_way = given(*ready)
    monkeypatch.setattr(gates, "GATES", read_gates(TABLE + ROW))
    refusal = under_way.when(conclude).then_refused(ART_260_49.para(6))
    assert "保険" in refusal.reason
    insured = under_way.when(but(answer("insured"), on=conclude.on)).then_the(ContractGateAnswered)
    assert given(*history(ready), insured).when(conclude).events


def test_a_row_moved_forward_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    first = re.sub(r'order = 3\nid = "related"', 'order = 31\nid = "related"', TABLE)
    given(*contract_planned()).when(answer("integrated")).then_refused(ART_260_49.para(6))
    monkeypatch.setattr(gates, "GATES", read_gates(first))
    given(*contract_planned()).when(answer("integrated")).then(ContractGateAnswered)
    given(*contract_planned()).when(answer("related")).then_refused(ART_260_49.para(6))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param((r"order = 4\n", "order = 3\n"), "order 3 が二つ", id="順が重なる"),
        pytest.param(('id = "related"', 'id = "welfare"'), "id welfare が二つ", id="番号が重なる"),
        pytest.param(('id = "estimates"', 'id = "bids"'), "bids", id="計算による要件を変える"),
        pytest.param(("令第179条の2", "令百七十九の二"), "条項として読めません", id="条項でない"),
        pytest.param(("令第179条の2", "憲法第1条"), "条項として読めません", id="知らない法律"),
        pytest.param(('needs = "書面"', 'needs = "事実"'), "認定か書面", id="職員の答えが事実"),
        pytest.param(('at = "準備"', 'at = "履行"'), "準備", id="職員の答えが準備でない"),
        pytest.param(('who = "計算"', 'who = "議会"'), "読めません", id="知らない者"),
        pytest.param(("title =", "titel ="), "読めません", id="つづりの誤り"),
        pytest.param((r"\[\[gate\]\]", "[[gate"), "読めません", id="TOML でない"),
    ],
)
def test_an_ill_made_table_says_what_is_wrong(change: tuple[str, str], fault: str) -> None:
    with pytest.raises(GateFault, match=fault):
        read_gates(re.sub(*change, TABLE))


def test_no_act_is_refused_under_a_gate_that_does_not_exist() -> None:
    with pytest.raises(LookupError):
        gates.fail("貸付け", "estimates", "見積書がありません")


def test_the_lease_records_its_own_gates_apart_from_those_of_a_contract() -> None:
    mixed = [*contract_answered(), *leased()[len(designated()) : -1]]
    given(*mixed).when(leased()[-1]).then(LeaseConcluded)
