"""行手法第13条第1項第2号・第29条・第30条: 弁明の機会の付与 before an order under 法第260条の49第11項.

第30条: 「行政庁は、弁明書の提出期限…までに相当な期間をおいて、不利益処分の名あて人となるべき者に対し、
次に掲げる事項を書面により通知しなければならない。」
"""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.designation import DESIGNATION
from domain.designation.explanation import (
    ExplanationInvited,
    ExplanationLapsed,
    ExplanationSubmitted,
    ImprovementOrderProposed,
    NoteExplanationLapsed,
    OrderGround,
)
from domain.designation.improvement import DropImprovementOrder, ImprovementOrderNotMade
from domain.law import APA_13, APA_29, APA_30, ART_260_49
from domain.people import CALENDAR
from tests.law.cast import (
    DRAFTER,
    EXPLAIN,
    INVITE,
    MAYOR,
    OFFICER,
    ORDER,
    OTHER_BODY,
    PROPOSE_ORDER,
    but,
    designated,
    explaining,
    finding,
)
from tests.law.specification import given

PARA_11 = ART_260_49.para(11)
LAST_DAY = date(2026, 6, 10)
LAPSE = NoteExplanationLapsed(on=date(2026, 6, 11), by=CALENDAR, improvement=1)
DROP = DropImprovementOrder(
    on=date(2026, 6, 12), by=MAYOR, drafted_by=DRAFTER, improvement=1, finding=finding()
)
PROPOSED = [*designated(), PROPOSE_ORDER]
GROUNDS: tuple[OrderGround, ...] = (
    "要件の欠如",
    "法令の違反",
    "処分の違反",
    "条例の違反",
    "著しく不適正な運営",
)


@pytest.mark.parametrize("ground", GROUNDS)
def test_t13_an_order_is_proposed_on_one_of_the_five_grounds(ground: OrderGround) -> None:
    propose = but(PROPOSE_ORDER, grounds=(ground,))
    event = given(*designated()).when(propose).then_the(ImprovementOrderProposed)
    assert event.grounds == (ground,)


def test_t13_without_a_ground_no_order_can_be_proposed() -> None:
    with pytest.raises(ValidationError):
        but(PROPOSE_ORDER, grounds=())


def test_t13_q15_the_notice_has_its_three_items_and_the_provision() -> None:
    event = given(*PROPOSED).when(INVITE).then_the(ExplanationInvited)
    assert (event.planned, event.facts, event.submit_to) == (
        INVITE.planned,
        INVITE.facts,
        INVITE.submit_to,
    )
    assert event.provision == PARA_11


@pytest.mark.parametrize("item", ["planned", "facts", "submit_to"])
def test_q15_a_notice_that_lacks_an_item_cannot_be_written(item: str) -> None:
    with pytest.raises(ValidationError):
        but(INVITE, **{item: ""})


def test_t13_q15_the_time_to_explain_runs_from_the_arrival_of_the_notice() -> None:
    event = given(*PROPOSED).when(INVITE).then_the(ExplanationInvited)
    assert (event.due.origin, event.due.day) == (INVITE.arrives, LAST_DAY)


def test_q15_the_time_may_be_longer_but_not_shorter_than_is_reasonable() -> None:
    longer = but(INVITE, by_day=date(2026, 6, 30))
    assert given(*PROPOSED).when(longer).then_the(ExplanationInvited).due.day == longer.by_day
    short = but(INVITE, by_day=date(2026, 6, 9))
    given(*PROPOSED).when(short).then_refused(APA_30)


def test_a_notice_does_not_arrive_before_it_is_sent() -> None:
    given(*PROPOSED).when(but(INVITE, arrives=date(2026, 5, 24))).then_refused(APA_30)


def test_a_notice_is_not_dated_before_the_proposal() -> None:
    given(*PROPOSED).when(but(INVITE, on=date(2026, 5, 19))).then_refused(APA_30)


def test_the_body_is_invited_once_for_each_proposal() -> None:
    given(*explaining()).when(INVITE).then_refused(APA_30)
    given(*designated()).when(INVITE).then_refused(PARA_11)


def test_only_the_body_explains_and_only_after_the_notice() -> None:
    given(*explaining()).when(but(EXPLAIN, by=OTHER_BODY)).then_refused(APA_29)
    given(*explaining()).when(but(EXPLAIN, on=date(2026, 5, 24))).then_refused(APA_29)
    given(*PROPOSED).when(EXPLAIN).then_refused(APA_29)


@pytest.mark.parametrize(("day", "in_time"), [(LAST_DAY, True), (date(2026, 6, 11), False)])
def test_a_statement_that_comes_late_is_recorded_as_late(day: date, *, in_time: bool) -> None:
    event = given(*explaining()).when(but(EXPLAIN, on=day)).then_the(ExplanationSubmitted)
    assert event.in_time == in_time


def test_a_statement_may_be_supplemented_but_is_not_recorded_twice() -> None:
    explained = given(*explaining(), EXPLAIN)
    explained.when(EXPLAIN).then_nothing()
    explained.when(but(EXPLAIN, statement="補足します。")).then(ExplanationSubmitted)


def test_silence_is_noted_once_after_the_last_day() -> None:
    given(*explaining()).when(but(LAPSE, on=LAST_DAY)).then_nothing()
    given(*explaining()).when(LAPSE).then(ExplanationLapsed)
    given(*explaining(), LAPSE).when(LAPSE).then_nothing()
    given(*explaining(), EXPLAIN).when(LAPSE).then_nothing()


def test_e07_without_the_chance_to_explain_nothing_is_ordered() -> None:
    given(*PROPOSED).when(ORDER).then_refused(APA_13.para(1, 2))


def test_e07_until_the_last_day_of_silence_nothing_is_ordered() -> None:
    early = but(ORDER, on=LAST_DAY)
    given(*explaining()).when(early).then_refused(APA_13.para(1, 2))


def test_an_order_is_not_dated_before_the_statement_it_answers() -> None:
    answered = but(ORDER, on=date(2026, 6, 4))
    given(*explaining(), EXPLAIN).when(answered).then_refused(PARA_11)
    dropped = but(DROP, on=date(2026, 6, 4))
    given(*explaining(), EXPLAIN).when(dropped).then_refused(PARA_11)


def test_t15_the_mayor_may_make_no_order_and_says_why() -> None:
    event = given(*explaining(), EXPLAIN).when(DROP).then_the(ImprovementOrderNotMade)
    assert event.finding == DROP.finding
    given(*PROPOSED).when(DROP).then(ImprovementOrderNotMade)
    assert DESIGNATION.view(given(*PROPOSED, DROP).state).stage == "指定中"


def test_t15_a_dropped_proposal_is_over() -> None:
    given(*explaining(), DROP).when(but(ORDER, on=date(2026, 7, 1))).then_refused(PARA_11)


def test_the_same_proposal_on_the_same_day_is_one_proposal() -> None:
    given(*PROPOSED).when(PROPOSE_ORDER).then_nothing()


def test_proposals_on_different_facts_are_numbered_apart() -> None:
    other = but(PROPOSE_ORDER, facts="会計が公開されていない。")
    event = given(*explaining()).when(other).then_the(ImprovementOrderProposed)
    assert event.improvement == 2


def test_the_deadline_to_explain_is_shown_until_a_statement_has_come() -> None:
    (waiting,) = given(*explaining()).awaited("explanation")
    assert waiting.key == "explanation-1"
    assert given(*explaining(), EXPLAIN).awaited("explanation") == []


def test_a_proposal_needs_an_officer() -> None:
    given(*designated()).when(but(PROPOSE_ORDER, by=MAYOR)).then_refused(PARA_11)
    given(*designated()).when(but(PROPOSE_ORDER, by=OFFICER)).then(ImprovementOrderProposed)
