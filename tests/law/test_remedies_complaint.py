"""行手法第36条の3: 「何人も、…処分…がされていないと思料するときは、…当該処分…をすることを求めることができる。」"""

from datetime import date

from domain.acts import Finding
from domain.designation import DESIGNATION, State
from domain.designation.remedies.complaint import (
    ComplaintInvestigated,
    ComplaintSettled,
    DispositionSought,
)
from domain.institution import Obligation
from domain.law import APA_36_3, ART_260_49
from domain.text import Personal
from tests.law.cast import (
    BODY,
    DRAFTER,
    EXPLAIN,
    INVITE,
    OFFICER,
    ORDER,
    PROPOSE_ORDER,
    but,
    decision_pending,
    designated,
    revoked,
)
from tests.law.contest import (
    COMPLAIN,
    COURT_STAY,
    INVESTIGATE,
    RESIDENT,
    SETTLE,
    complained,
    sued,
)
from tests.law.specification import given

PARA_3 = APA_36_3.para(3)


def _duty(state: State) -> Obligation | None:
    owed = DESIGNATION.view(state).obligations
    return next((duty for duty in owed if duty.basis == PARA_3), None)


def test_e26_anybody_may_ask_for_a_disposition_and_is_named_apart_from_the_record() -> None:
    event = given(*designated()).when(COMPLAIN).then_the(DispositionSought)
    assert (event.complaint, event.complainant) == (1, RESIDENT)
    assert event.provision == ART_260_49.para(11)
    revocation = given(*designated()).when(but(COMPLAIN, sought="指定の取消し"))
    assert revocation.then_the(DispositionSought).provision == ART_260_49.para(12)


def test_e26_from_then_on_the_mayor_must_investigate_until_the_result_is_recorded() -> None:
    state = given(*complained()).state
    duty = _duty(state)
    assert duty is not None
    assert (duty.since, "調査" in duty.title) == (COMPLAIN.on, True)
    investigated = _duty(given(*complained(), INVESTIGATE).state)
    assert investigated is not None
    assert "処分をするかどうか" in investigated.title
    assert _duty(given(*complained(), INVESTIGATE, SETTLE).state) is None


def test_e26_no_result_without_an_investigation_on_evidence() -> None:
    given(*complained()).when(SETTLE).then_refused(PARA_3)
    guess = but(INVESTIGATE, finding=Finding(reasons="見たところ問題はない。"))
    given(*complained()).when(guess).then_refused(PARA_3)
    given(*complained()).when(INVESTIGATE).then(ComplaintInvestigated)
    settled = given(*complained(), INVESTIGATE).when(SETTLE).then_the(ComplaintSettled)
    assert settled.told_complainant


def test_e26_a_disposition_is_reported_only_where_one_was_made_since() -> None:
    done = but(SETTLE, on=date(2026, 6, 15), result="処分をした")
    looked = [*complained(), INVESTIGATE]
    given(*looked).when(done).then_refused(PARA_3)
    acted = [*looked, PROPOSE_ORDER, INVITE, EXPLAIN, ORDER]
    given(*acted).when(done).then(ComplaintSettled)
    given(*acted).when(but(done, on=date(2026, 6, 11))).then_refused(PARA_3)


def test_e26_a_body_that_is_not_designated_cannot_be_ordered_to_do_anything() -> None:
    given(*decision_pending()).when(COMPLAIN).then_refused(APA_36_3)
    given(*revoked()).when(but(COMPLAIN, on=date(2026, 12, 10))).then_refused(APA_36_3)
    stayed = given(*sued(), COURT_STAY)
    stayed.when(but(COMPLAIN, on=date(2026, 12, 10))).then(DispositionSought)


def test_the_same_request_on_the_same_day_is_one_and_another_persons_another() -> None:
    given(*complained()).when(COMPLAIN).then_nothing()
    other = but(COMPLAIN, complainant=Personal(of="P-0010", text="例示 十一葉"))
    assert given(*complained()).when(other).then_the(DispositionSought).complaint == 2


def test_who_may_receive_investigate_and_settle() -> None:
    given(*designated()).when(but(COMPLAIN, by=BODY)).then_refused(APA_36_3)
    given(*complained(), INVESTIGATE).when(but(SETTLE, by=OFFICER)).then_refused(APA_36_3)
    given(*complained(), INVESTIGATE).when(but(SETTLE, by=DRAFTER)).then_refused(APA_36_3)
    given(*complained(), INVESTIGATE).when(but(SETTLE, complaint=2)).then_refused(APA_36_3)


def test_a_settled_request_is_over_and_another_may_follow() -> None:
    over = given(*complained(), INVESTIGATE, SETTLE)
    over.when(SETTLE).then_refused(APA_36_3)
    again = but(COMPLAIN, on=date(2026, 8, 3))
    assert over.when(again).then_the(DispositionSought).complaint == 2
