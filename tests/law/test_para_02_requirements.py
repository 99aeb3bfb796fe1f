"""法第260条の49第2項各号: 要件の審査. The cases are a table: `art_260_49/para_02_cases.toml`.

施行規則第22条の5の2: 「一 目的 二 名称 三 主としてその活動を行う区域 四 主たる事務所の所在地
五 構成員の資格に関する事項 六 代表者に関する事項 七 会議に関する事項 八 会計に関する事項」
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from pydantic import BaseModel, ConfigDict

from domain.acts import Finding
from domain.designation.correction import RequestCorrection
from domain.designation.examination import (
    CompleteReview,
    ExamineMechanically,
    ExamineRequirement,
    RequirementExamined,
    ReviewCompleted,
)
from domain.designation.intake import FileApplication
from domain.designation.requirements import MATTERS, GoverningRules, checklist
from domain.law import APA_7, ART_260_49, RULE_22_5_2
from domain.ordinance import Rules
from tests.law.cast import (
    BYLAWS,
    COMPLETE,
    COMPUTE,
    CORRECT,
    FILE,
    OFFICER,
    PASS,
    REQUEST_CORRECTION,
    SAID,
    but,
    decision_pending,
    examined,
    finding,
    under_review,
)
from tests.law.example import RULES, rules_with
from tests.law.specification import given

PARA_2 = ART_260_49.para(2)
TABLE = Path(__file__).parent / "art_260_49" / "para_02_cases.toml"
ITEMS = {item.id: item for item in checklist(SAID, RULES.ordinance, date(2025, 6, 10))}
EXAMINE = ExamineRequirement(
    on=date(2025, 6, 11), by=OFFICER, requirement="Q05", met=True, finding=finding()
)


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    name: str
    facts: dict[str, object] = {}
    absent: tuple[str, ...] = ()
    without: str = ""
    rules: dict[str, object] = {}
    found_unmet: tuple[str, ...] = ()
    unmet: tuple[str, ...]

    def filed(self) -> FileApplication:
        said: dict[str, object] = {**dict(FILE), **self.facts}
        if self.without:
            clauses = [one for one in BYLAWS.clauses if one.matter != self.without]
            said["governing_rules"] = GoverningRules(document="規約", clauses=tuple(clauses))
        return FileApplication.model_validate(
            {name: value for name, value in said.items() if name not in self.absent}
        )

    def in_force(self) -> Rules:
        return rules_with(**{name: _value(value) for name, value in self.rules.items()})


def _value(value: object) -> object:
    """As the ordinance holds it: 「なし」 is None, a list a tuple."""
    if isinstance(value, list):
        return tuple(cast("list[object]", value))
    return None if value == "なし" else value


CASES = [Case.model_validate(case) for case in tomllib.loads(TABLE.read_text("utf-8"))["case"]]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.code} {case.name}" for case in CASES])
def test_what_the_application_says_and_the_examiner_finds_decides_what_is_unmet(
    case: Case,
) -> None:
    rules = case.in_force()
    story = decision_pending(case.found_unmet, case.filed(), rules)
    event = given(*story[:-1], rules=rules).when(COMPLETE).then_the(ReviewCompleted)
    assert event.unmet == case.unmet


def test_t03_t08_a_review_ends_when_every_item_has_a_result() -> None:
    given(*under_review()).when(COMPLETE).then_refused(PARA_2)
    given(*under_review(), COMPUTE).when(COMPLETE).then_refused(PARA_2)
    given(*examined()[:-1]).when(COMPLETE).then_refused(PARA_2)
    given(*examined()).when(COMPLETE).then(ReviewCompleted)


def test_t08_every_result_names_item_provision_proof_and_examiner() -> None:
    for event in given(*under_review()).when(COMPUTE).events:
        assert isinstance(event, RequirementExamined)
        item = ITEMS[event.requirement]
        assert (event.basis, event.text, event.proof) == (item.basis, item.text, item.proof)
        assert event.by == OFFICER
        assert event.finding.evidence


def test_t08_what_the_statute_asks_and_what_the_ordinance_asks_are_kept_apart() -> None:
    basis = {item.id.split("-")[0]: item.basis for item in ITEMS.values()}
    items = {number: ART_260_49.para(2, number) for number in (1, 2, 4)}
    assert (basis["Q05"], basis["Q06"], basis["Q08"]) == (items[1], items[2], items[4])
    assert str(basis["Q07"]) == f"{RULE_22_5_2}第8号"
    assert basis["Q10"] == APA_7


def test_q07_the_eight_matters_are_those_of_the_rule_in_its_order() -> None:
    assert [str(ITEMS[f"Q07-{number}"].basis) for number in range(1, 9)] == [
        f"規則第22条の5の2第{number}号" for number in range(1, 9)
    ]
    assert MATTERS[7] == "会計に関する事項"


def test_a_computed_item_cannot_be_found_by_a_person() -> None:
    by_hand = but(EXAMINE, requirement="Q03-1")
    given(*under_review()).when(by_hand).then_refused(PARA_2)


def test_q06_an_item_that_a_document_proves_names_the_document() -> None:
    unproved = but(EXAMINE, requirement="Q06-audit", finding=Finding(reasons="聞いた"))
    given(*under_review()).when(unproved).then_refused(ART_260_49.para(2, 2))


def test_an_item_nobody_asks_for_is_no_requirement() -> None:
    given(*under_review()).when(but(EXAMINE, requirement="Q99")).then_refused(PARA_2)


def test_an_examination_is_not_dated_before_the_formal_check() -> None:
    early = but(COMPUTE, on=date(2025, 6, 3))
    given(*under_review()).when(early).then_refused(PARA_2)


def test_a_review_is_not_completed_before_the_last_examination() -> None:
    early = but(COMPLETE, on=date(2025, 6, 9))
    given(*examined()).when(early).then_refused(PARA_2)


def test_the_same_finding_twice_is_recorded_once_and_another_one_again() -> None:
    asked = given(*under_review(), EXAMINE)
    asked.when(EXAMINE).then_nothing()
    asked.when(but(EXAMINE, met=False)).then(RequirementExamined)


def test_what_was_examined_on_earlier_papers_is_examined_again_after_a_correction() -> None:
    ask: RequestCorrection = but(REQUEST_CORRECTION, on=date(2025, 6, 11))
    story = [*examined(), ask, but(CORRECT, on=date(2025, 6, 12))]
    again = but(PASS, on=date(2025, 6, 13))
    given(*story, again).when(COMPLETE).then_refused(PARA_2)


def test_an_examination_that_was_wrong_is_done_again_before_the_decision() -> None:
    corrected = but(EXAMINE, met=False, on=date(2025, 6, 17))
    story = [*decision_pending(), corrected]
    completed: CompleteReview = but(COMPLETE, on=date(2025, 6, 17))
    event = given(*story).when(completed).then_the(ReviewCompleted)
    assert event.unmet == ("Q05",)


def test_e24_a_review_ends_under_the_ordinance_of_its_own_day() -> None:
    filed = but(FILE, on=date(2027, 3, 1), activities=("living", "safety"))
    checked = but(PASS, on=date(2027, 3, 1))
    old, new = date(2027, 3, 31), date(2027, 4, 1)
    compute: ExamineMechanically = but(COMPUTE, on=old)
    by_hand = [
        but(EXAMINE, requirement=item.id, on=old)
        for item in ITEMS.values()
        if item.proof != "machine"
    ]
    story = [filed, checked, compute, *by_hand]
    given(*story).when(but(COMPLETE, on=new)).then_refused(PARA_2)
    again = but(COMPUTE, on=new)
    given(*story, again).when(but(COMPLETE, on=new)).then(ReviewCompleted)
