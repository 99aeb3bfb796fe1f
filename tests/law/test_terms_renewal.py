"""有効期間と更新（条例、法第14条第1項）: 第260条の49に有効期間の定めはない; only the ordinance has one."""

from datetime import date

import pytest

from domain.designation import DESIGNATION, Command, State
from domain.designation.designated import Designated, Ended
from domain.designation.examination import DesignationGranted
from domain.designation.tenure.conditions import conditions
from domain.designation.tenure.part import TENURE
from domain.designation.tenure.renewal import (
    RenewalApplied,
    RenewalGranted,
    RenewalRefused,
    RenewalWithdrawn,
    TermExpired,
)
from domain.institution import Due
from domain.law import ART_14
from domain.ordinance import Parameter
from domain.periods import Period
from tests.law import cast, tenure
from tests.law.cast import DRAFTER, OTHER_BODY, but
from tests.law.example import RULES, rules_with
from tests.law.specification import given

BY_ORDINANCE = ART_14.para(1)
YEARS = Period(length=3, unit="年", source="条例等", basis="条例第5条第1項")


def _terms(state: State) -> list[Due[Command]]:
    """The ends of a term that are open."""
    dues = DESIGNATION.dues(state, RULES)
    return [due for due in dues if due.deadline.key.startswith("term-")]


def test_t29_e23_without_the_ordinance_a_designation_has_no_term() -> None:
    state = given(*cast.designated()).state
    assert state.of(TENURE).expires is None
    assert _terms(state) == []
    assert "更新を申請する" not in DESIGNATION.view(state).possible


def test_t29_e23_without_the_ordinance_a_renewal_is_refused_as_unknown_to_it() -> None:
    early = but(tenure.APPLY, on=date(2026, 5, 7))
    refused = given(*cast.designated()).when(early).then_refused(BY_ORDINANCE)
    assert "定めがありません" in refused.reason
    assert RULES.ordinance.title in refused.reason


def test_t29_e23_a_designation_from_before_the_term_has_nothing_to_renew() -> None:
    given(*cast.designated()).when(tenure.APPLY).then_refused(BY_ORDINANCE)
    given(*cast.designated()).when(tenure.EXPIRE).then_nothing()


def test_t29_the_term_is_stated_with_the_designation_and_counted_from_its_effect() -> None:
    *story, grant = tenure.designated()
    event = given(*story).when(grant).then_the(DesignationGranted)
    assert event.conditions is not None
    assert event.conditions.expires is not None
    assert event.conditions.expires.day == date(2030, 6, 18)
    assert "条例第5条第1項" in "".join(event.conditions.expires.explain())
    assert event.conditions.renewable_from == date(2030, 3, 18)


def test_t29_e24_facts_from_before_conditions_were_recorded_have_none() -> None:
    *story, grant = tenure.designated()
    event = given(*story).when(grant).then_the(DesignationGranted)
    old = event.model_copy(update={"conditions": None})
    assert given(*story, old).state.of(TENURE).expires is None


@pytest.mark.parametrize(
    ("on", "open"),
    [
        (date(2030, 3, 17), False),
        (date(2030, 3, 18), True),
        (date(2030, 6, 18), True),
        (date(2030, 6, 19), False),
    ],
)
def test_t29_a_renewal_is_applied_for_within_the_window(on: date, *, open: bool) -> None:
    outcome = given(*tenure.designated()).when(but(tenure.APPLY, on=on))
    if open:
        assert outcome.then_the(RenewalApplied).window_from == date(2030, 3, 18)
    else:
        outcome.then_refused(BY_ORDINANCE)


def test_t29_only_the_body_itself_applies() -> None:
    given(*tenure.designated()).when(but(tenure.APPLY, by=OTHER_BODY)).then_refused(BY_ORDINANCE)


def test_t29_a_renewal_follows_an_application_and_a_decider_who_did_not_draft() -> None:
    given(*tenure.designated()).when(tenure.RENEW).then_refused(BY_ORDINANCE)
    given(*tenure.designated()).when(tenure.REFUSE).then_refused(BY_ORDINANCE)
    own = but(tenure.RENEW, by=but(tenure.RENEW.by, person=DRAFTER.person))
    given(*tenure.renewing()).when(own).then_refused(BY_ORDINANCE)
    given(*tenure.renewing()).when(but(tenure.RENEW, on=date(2030, 5, 6))).then_refused(
        BY_ORDINANCE
    )


def test_t29_the_renewed_term_is_counted_from_the_end_of_the_former() -> None:
    event = given(*tenure.renewing()).when(tenure.RENEW).then_the(RenewalGranted)
    assert event.term == 2
    assert event.conditions.expires is not None
    assert event.conditions.expires.key == "term-2"
    assert event.conditions.expires.day == date(2033, 6, 18)
    state = given(*tenure.renewing(), tenure.RENEW).state
    assert state.of(TENURE).renewed == tenure.RENEW.on
    given(*tenure.renewing(), tenure.RENEW).when(tenure.EXPIRE).then_nothing()


def test_t29_a_renewal_applied_for_in_time_keeps_the_designation_until_it_is_decided() -> None:
    given(*tenure.renewing()).when(tenure.EXPIRE).then_nothing()
    (due,) = _terms(given(*tenure.renewing()).state)
    assert due.note is None
    late = but(tenure.RENEW, on=date(2030, 7, 1))
    given(*tenure.renewing()).when(late).then_the(RenewalGranted)


def test_t29_a_late_refusal_ends_the_designation_on_its_own_day() -> None:
    late = but(tenure.REFUSE, on=date(2030, 7, 1))
    after = given(*tenure.renewing(), late)
    (due,) = _terms(after.state)
    assert due.note is not None
    assert due.note.on == late.on
    after.when(tenure.EXPIRE).then_nothing()
    assert after.when(due.note).then_the(TermExpired).on == late.on


def test_t29_the_body_may_withdraw_its_application_and_apply_again_in_the_window() -> None:
    event = given(*tenure.renewing()).when(tenure.WITHDRAW).then_the(RenewalWithdrawn)
    assert (event.term, event.why) == (1, tenure.WITHDRAW.why)
    given(*tenure.renewing()).when(but(tenure.WITHDRAW, by=OTHER_BODY)).then_refused(BY_ORDINANCE)
    given(*tenure.designated()).when(tenure.WITHDRAW).then_refused(BY_ORDINANCE)
    after = given(*tenure.renewing(), tenure.WITHDRAW)
    after.when(but(tenure.APPLY, on=date(2030, 6, 1))).then_the(RenewalApplied)
    after.when(tenure.EXPIRE).then_the(TermExpired)


def test_t29_where_the_ordinance_does_not_keep_it_the_term_ends_all_the_same() -> None:
    rules = rules_with(
        term=YEARS,
        renewal_window=YEARS.model_copy(update={"length": 3, "unit": "月"}),
        holds_while_renewal_pending=False,
    )
    story = given(*tenure.renewing(), rules=rules)
    assert story.when(tenure.EXPIRE).then_the(TermExpired).term == 1
    story.when(but(tenure.RENEW, on=date(2030, 6, 19))).then_refused(BY_ORDINANCE)


def test_t29_q12_a_refusal_has_reasons_and_both_remedies_and_the_term_runs_on() -> None:
    event = given(*tenure.renewing()).when(tenure.REFUSE).then_the(RenewalRefused)
    assert event.reasons == tenure.REFUSE.reasons
    assert event.remedy_notice.appeal
    assert event.remedy_notice.lawsuit
    state = given(*tenure.renewing(), tenure.REFUSE).state
    assert isinstance(state.status, Designated)
    assert "更新の申請に対する決定をする" not in [
        duty.title for duty in DESIGNATION.view(state).obligations
    ]


def test_t29_the_calendar_notes_the_end_the_day_after_and_the_designation_is_over() -> None:
    before = given(*tenure.designated())
    (due,) = _terms(before.state)
    assert due.note == tenure.EXPIRE
    before.when(but(tenure.EXPIRE, on=date(2030, 6, 18))).then_nothing()
    after = given(*tenure.designated(), tenure.EXPIRE)
    assert isinstance(after.state.status, Ended)
    assert after.state.status.how == "有効期間の満了"
    assert (after.state.now.ended, after.state.now.active) == (date(2030, 6, 19), False)
    assert DESIGNATION.view(after.state).stage == "指定終了（有効期間の満了）"
    later = but(cast.REQUEST_REPORT, on=date(2030, 7, 1))
    after.when(later).then_refused(later.cites)


def test_t29_an_application_in_time_but_entered_later_undoes_the_note_of_the_end() -> None:
    ended = given(*tenure.designated(), tenure.NOTICE, tenure.EXPIRE)
    ended.when(tenure.APPLY).then_the(RenewalApplied)
    again = given(*tenure.designated(), tenure.NOTICE, tenure.EXPIRE, tenure.APPLY)
    assert isinstance(again.state.status, Designated)
    assert again.state.now.active
    assert again.state.of(TENURE).notices == ()
    again.when(tenure.RENEW).then_the(RenewalGranted)
    ended.when(but(tenure.APPLY, on=date(2030, 6, 19))).then_refused(BY_ORDINANCE)


def test_t29_where_the_ordinance_keeps_nothing_the_noted_end_stands() -> None:
    rules = rules_with(
        term=YEARS,
        renewal_window=YEARS.model_copy(update={"length": 3, "unit": "月"}),
        holds_while_renewal_pending=False,
    )
    ended = given(*tenure.designated(), tenure.EXPIRE, rules=rules)
    ended.when(tenure.APPLY).then_refused(BY_ORDINANCE)


def test_t29_a_revocation_leaves_no_term_to_end() -> None:
    revoked = [tenure.later(command) for command in cast.revoked()]
    state = given(*revoked).state
    assert _terms(state) == []


@pytest.mark.parametrize(
    ("length", "unit", "opens"),
    [(90, "日", date(2030, 3, 20)), (1, "年", date(2029, 6, 18)), (3, "開庁日", date(2030, 6, 13))],
)
def test_t29_a_window_is_counted_back_in_any_unit(length: int, unit: str, opens: date) -> None:
    window = Period.model_validate(
        {"length": length, "unit": unit, "source": "条例等", "basis": "条例第5条第2項"}
    )
    rules = rules_with(term=YEARS, renewal_window=window)
    assert conditions(date(2027, 6, 18), "指定", 1, rules).renewable_from == opens


def test_t29_rules_of_older_histories_know_no_term_at_all() -> None:
    bare = {
        name: Parameter[object](meaning=name, values=())
        for name in ("term", "renewal_window", "change_notice", "relinquishment", "public_notice")
    }
    ordinance = RULES.ordinance.model_copy(update=bare)
    rules = RULES.model_copy(update={"ordinance": ordinance})
    laid = conditions(date(2027, 6, 18), "指定", 1, rules)
    assert set(laid.model_dump().values()) == {None}
