"""権限（法第153条、各市町村の事務決裁規程）: Who may act, who decides, and never on his own draft."""

from datetime import date

import pytest

from domain.designation.correction import CorrectionRequested
from domain.designation.examination import DesignationGranted
from domain.law import APA_26, ART_153, ART_260_49
from domain.ordinance import Delegation, Parameter, Value
from domain.people import CALENDAR, REGISTRAR, ROLE_NAMES, Acting, Actor, Role
from domain.procedure import Decision, Entry
from tests.law.cast import (
    BODY,
    CHIEF,
    CHIEF_FOR_THE_MAYOR,
    DESIGNATE,
    DRAFTER,
    MAYOR,
    OFFICER,
    ORDER,
    PASS,
    PRESIDER,
    REQUEST_CORRECTION,
    REVOKE,
    applied,
    but,
    decision_pending,
    explaining,
    hearing_reported,
)
from tests.law.everything import ACTS, Act
from tests.law.example import RULES, rules_with
from tests.law.specification import given

BY_ROLE: dict[Role, Actor] = {
    "registrar": REGISTRAR,
    "body": BODY,
    "officer": OFFICER,
    "presider": PRESIDER,
    "mayor": MAYOR,
    "calendar": CALENDAR,
    "commissioner": but(PRESIDER, role="commissioner"),
}
ENTRIES = [act for act in ACTS if isinstance(act.command, Entry)]
DECISIONS = [act for act in ACTS if isinstance(act.command, Decision)]
DEPUTY = Acting(mode="代決", office="例示市長", name="例示 六葉")
BY_THE_CHIEF = but(REQUEST_CORRECTION, by=CHIEF_FOR_THE_MAYOR)


def _tag(act: Act) -> str:
    return act.command.tag


@pytest.mark.parametrize("act", ENTRIES, ids=_tag)
@pytest.mark.parametrize("role", ROLE_NAMES)
def test_an_entry_is_made_in_one_role_only(act: Act, role: Role) -> None:
    assert isinstance(act.command, Entry)
    if role != act.command.done_by:
        other = but(act.command, by=BY_ROLE[role])
        given(*act.story).when(other).then_refused(act.command.cites)


@pytest.mark.parametrize("act", DECISIONS, ids=_tag)
@pytest.mark.parametrize("role", [role for role in ROLE_NAMES if role != "mayor"])
def test_e03_nobody_but_the_mayor_decides_in_his_own_name(act: Act, role: Role) -> None:
    other = but(act.command, by=BY_ROLE[role])
    given(*act.story).when(other).then_refused(act.command.cites)


@pytest.mark.parametrize("act", DECISIONS, ids=_tag)
def test_the_drafter_never_decides(act: Act) -> None:
    own = but(act.command, by=MAYOR, drafted_by=but(MAYOR, role="officer"))
    given(*act.story).when(own).then_refused(act.command.cites)


@pytest.mark.parametrize("act", DECISIONS, ids=_tag)
@pytest.mark.parametrize("role", ["body", "presider", "mayor", "calendar"])
def test_a_draft_is_made_by_staff(act: Act, role: Role) -> None:
    strange = but(act.command, drafted_by=but(BY_ROLE[role], person="S-0999"))
    given(*act.story).when(strange).then_refused(act.command.cites)


@pytest.mark.parametrize("act", DECISIONS, ids=_tag)
def test_the_mayor_of_another_municipality_does_not_decide(act: Act) -> None:
    other = but(act.command, by=but(MAYOR, office="別例市長"))
    given(*act.story).when(other).then_refused(act.command.cites)


def test_whoever_drafted_an_earlier_step_does_not_decide_the_case() -> None:
    completed = but(DESIGNATE, by=but(MAYOR, person=OFFICER.person))
    given(*decision_pending()).when(completed).then_refused(ART_260_49.para(2))
    proposed = but(ORDER, by=but(MAYOR, person=OFFICER.person), on=date(2026, 6, 15))
    given(*explaining()).when(proposed).then_refused(ART_260_49.para(11))
    threatened = but(REVOKE, by=but(MAYOR, person=OFFICER.person))
    given(*hearing_reported()).when(threatened).then_refused(ART_260_49.para(12))


def test_whoever_presided_at_the_hearing_neither_decides_nor_drafts_the_revocation() -> None:
    decider = but(REVOKE, by=but(MAYOR, person=PRESIDER.person))
    given(*hearing_reported()).when(decider).then_refused(APA_26)
    drafter = but(REVOKE, drafted_by=but(PRESIDER, role="officer"))
    assert given(*hearing_reported()).when(drafter).refusal is not None


def test_by_standing_authority_an_officer_decides_and_both_persons_are_named() -> None:
    event = given(*applied()).when(BY_THE_CHIEF).then_the(CorrectionRequested)
    assert event.by.person == CHIEF.person
    assert event.by.acting == CHIEF_FOR_THE_MAYOR.acting
    assert str(event.by) == "例示市長 例示 六葉（専決 協働推進課長 例示 三葉）"


def test_an_officer_decides_nothing_the_table_does_not_name() -> None:
    designate = but(DESIGNATE, by=CHIEF_FOR_THE_MAYOR)
    given(*decision_pending()).when(designate).then_refused(ART_153.para(1))
    other_office = but(BY_THE_CHIEF, by=but(CHIEF_FOR_THE_MAYOR, office="総務課長"))
    given(*applied()).when(other_office).then_refused(ART_153.para(1))
    other_mode = but(BY_THE_CHIEF, by=but(CHIEF, acting=DEPUTY))
    given(*applied()).when(other_mode).then_refused(ART_153.para(1))


def test_an_officer_acts_for_this_mayor_only() -> None:
    stranger = Acting(mode="専決", office="別例市長", name="別例 一郎")
    other = but(BY_THE_CHIEF, by=but(CHIEF, acting=stranger))
    given(*applied()).when(other).then_refused(REQUEST_CORRECTION.cites)


def test_in_absence_a_deputy_decides_where_the_table_says_so() -> None:
    table = (Delegation(command="Designate", office=CHIEF.office, mode="代決"),)
    rules = rules_with(delegations=table)
    designate = but(DESIGNATE, by=but(CHIEF, acting=DEPUTY))
    event = given(*decision_pending(), rules=rules).when(designate).then_the(DesignationGranted)
    assert "代決" in str(event.by)


def test_e24_a_delegation_holds_from_its_first_day_to_its_last() -> None:
    entry = Delegation(command="RequestCorrection", office=CHIEF.office, mode="専決")
    dated = Parameter[tuple[Delegation, ...]](
        meaning="専決・代決の定め",
        values=(
            Value(since=date(2025, 4, 1), value=(), basis="当初の定め"),
            Value(since=date(2025, 6, 4), until=date(2025, 6, 30), value=(entry,), basis="改正"),
        ),
    )
    ordinance = RULES.ordinance.model_copy(update={"delegations": dated})
    case = given(*applied(), rules=RULES.model_copy(update={"ordinance": ordinance}))
    case.when(BY_THE_CHIEF).then_refused(ART_153.para(1))
    case.when(but(BY_THE_CHIEF, on=date(2025, 6, 4))).then(CorrectionRequested)
    case.when(but(BY_THE_CHIEF, on=date(2025, 7, 1))).then_refused(ART_153.para(1))


def test_with_a_delegation_too_the_drafter_does_not_decide() -> None:
    own = but(BY_THE_CHIEF, drafted_by=CHIEF)
    given(*applied()).when(own).then_refused(REQUEST_CORRECTION.cites)


def test_the_mayor_acts_for_nobody_and_an_entry_is_made_for_nobody() -> None:
    for_himself = but(REQUEST_CORRECTION, by=but(MAYOR, acting=DEPUTY))
    given(*applied()).when(for_himself).then_refused(REQUEST_CORRECTION.cites)
    checked = but(PASS, by=but(OFFICER, acting=DEPUTY))
    given(*applied()).when(checked).then_refused(PASS.cites)
    drafted = but(REQUEST_CORRECTION, drafted_by=but(DRAFTER, acting=DEPUTY))
    given(*applied()).when(drafted).then_refused(REQUEST_CORRECTION.cites)
