"""改正の先読み: What a new ordinance would mean to a case, before anything does."""

from datetime import date

import pytest

from domain.designation import DESIGNATION
from domain.foresight import deadlines_in, first_parting, foresee
from domain.ordinance import Parameter, Transition, Value
from tests.law import cast, tenure
from tests.law.cast import CHIEF_FOR_THE_MAYOR, but
from tests.law.docket import ASKED_CASE, Filed, amended
from tests.law.docket import RULES as OLD
from tests.law.example import RULES, rules_with
from tests.law.specification import given, history

DAY = date(2026, 4, 20)


def _asked() -> object:
    return given(*cast.designated(), cast.REQUEST_REPORT).state


# --- preview ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("applies", "moving"), [("進行中の事案にも", ["report-1"]), ("施行日から", [])]
)
def test_the_running_deadlines_are_shown_old_and_new_with_their_ledgers(
    applies: Transition, moving: list[str]
) -> None:
    foreseen = foresee(DESIGNATION, _asked(), OLD, amended(45, applies), DAY)
    assert [shift.after.key for shift in foreseen.moving] == moving
    assert [shift.after.key for shift in foreseen.shifts] == moving
    for shift in foreseen.shifts:
        assert (shift.before.day, shift.after.day) == (date(2026, 5, 11), date(2026, 5, 25))
        assert "30日" in "".join(shift.before.explain())
        assert "45日" in "".join(shift.after.explain())


def test_a_value_changed_in_place_shows_the_deadline_but_moves_nothing() -> None:
    changed = amended(45, "施行日から", since=date(2026, 4, 10))
    foreseen = foresee(DESIGNATION, _asked(), OLD, changed, DAY)
    assert [shift.after.day for shift in foreseen.shifts] == [date(2026, 5, 25)]
    assert foreseen.moving == ()


def test_the_decisions_ahead_are_shown_with_what_they_will_be_judged_by() -> None:
    foreseen = foresee(DESIGNATION, _asked(), OLD, amended(45, "施行日から"), DAY)
    (gate,) = foreseen.gates
    assert gate.title == "報告を求める"
    assert gate.difference.parameter == "report_period"
    assert foreseen.touched


def test_a_case_that_the_amendment_is_not_for_is_not_touched() -> None:
    for applies in ("新規の事案から", "次の更新から"):
        new = amended(45, applies)
        assert not foresee(DESIGNATION, _asked(), OLD, new, DAY).touched


def test_before_its_first_day_an_amendment_touches_nothing() -> None:
    new = amended(45, "進行中の事案にも")
    assert not foresee(DESIGNATION, _asked(), OLD, new, date(2026, 4, 14)).touched


def test_the_same_ordinance_touches_nothing() -> None:
    for story in (cast.applied(), cast.decision_pending(), cast.under_order(), tenure.renewing()):
        state = given(*story).state
        assert not foresee(DESIGNATION, state, RULES, RULES, DAY).touched


def test_an_application_is_examined_by_the_requirements_of_the_day() -> None:
    state = given(*cast.under_review()).state
    new = rules_with(principal_member_percent=80)
    gates = foresee(DESIGNATION, state, RULES, new, date(2025, 6, 9)).gates
    assert {gate.command for gate in gates} == {
        "ExamineMechanically",
        "ExamineRequirement",
        "CompleteReview",
    }


def test_to_foresee_changes_nothing() -> None:
    filed = Filed(*ASKED_CASE, rules=OLD)
    before = filed.file
    foresee(DESIGNATION, before.matter, OLD, amended(45, "進行中の事案にも"), DAY)
    assert filed.file == before


# --- whatif -----------------------------------------------------------------------------------


def test_the_first_fact_that_would_have_been_otherwise_is_named() -> None:
    story = [*cast.designated(), cast.REQUEST_REPORT, cast.PROPOSE_ORDER, cast.INVITE]
    longer = amended(45, "施行日から", since=date(2026, 4, 1))
    found = first_parting(DESIGNATION, history(story, OLD), OLD, longer)
    assert found is not None
    assert found.event.tag == "ReportRequested"
    assert found.number == len(history(story, OLD)) - 2
    (shift,) = found.shifts
    assert (shift.before.day, shift.after.day) == (date(2026, 5, 11), date(2026, 5, 25))
    (told,) = found.differences
    assert told.parameter == "report_period"


def test_under_the_same_rules_nothing_parts() -> None:
    for story in (cast.revoked(), [*tenure.renewing(), tenure.RENEW]):
        assert first_parting(DESIGNATION, history(story), RULES, RULES) is None


def test_a_requirement_parts_where_it_was_examined() -> None:
    found = first_parting(
        DESIGNATION, history(cast.designated()), RULES, rules_with(principal_member_percent=80)
    )
    assert found is not None
    assert found.event.tag == "RequirementExamined"
    assert found.differences[0].parameter == "principal_member_percent"


def test_the_rules_of_another_day_may_be_supposed() -> None:
    asked = history([*cast.designated(), cast.REQUEST_REPORT])
    found = first_parting(DESIGNATION, asked, RULES, RULES, on=date(2027, 4, 1))
    assert found is not None
    assert found.event.tag == "RequirementExamined"
    assert found.differences[0].parameter == "activities"
    assert first_parting(DESIGNATION, asked, RULES, RULES, on=date(2026, 4, 10)) is None


def test_a_delegation_counts_only_where_somebody_decided_by_it() -> None:
    none = rules_with(delegations=())
    by_mayor = history(cast.correcting())
    assert first_parting(DESIGNATION, by_mayor, RULES, none) is None
    delegated = [cast.FILE, but(cast.REQUEST_CORRECTION, by=CHIEF_FOR_THE_MAYOR)]
    found = first_parting(DESIGNATION, history(delegated), RULES, none)
    assert found is not None
    assert found.differences[0].parameter == "delegations"


def test_an_amendment_that_is_not_for_the_case_parts_nothing() -> None:
    asked = history([*cast.designated(), cast.REQUEST_REPORT], OLD)
    new = amended(45, "新規の事案から", since=date(2026, 4, 1))
    assert first_parting(DESIGNATION, asked, OLD, new) is None


def test_deadlines_are_found_inside_what_was_stated() -> None:
    (grant,) = given(*tenure.designated()[:-1]).when(tenure.designated()[-1]).events
    assert [one.key for one in deadlines_in(grant)] == ["term-1"]
    known = Parameter[object](
        meaning="試験",
        values=(
            Value[object](since=date(2025, 4, 1), value=1, basis="一"),
            Value[object](since=date(2026, 4, 1), value=2, basis="二"),
        ),
    )
    assert known.standing_on(date(2026, 1, 1)).on(date(2030, 1, 1)).value == 1
    assert known.standing_on(date(2025, 1, 1)).known(date(2030, 1, 1)) is None
