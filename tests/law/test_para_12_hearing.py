"""行手法第13条第1項第1号イ・第15条–第26条: 聴聞 before a revocation under 法第260条の49第12項.

第24条第1項: 「主宰者は、聴聞の審理の経過を記載した調書を作成し…」
第24条第3項: 「主宰者は、聴聞の終結後速やかに、不利益処分の原因となる事実に対する当事者等の主張に
理由があるかどうかについての意見を記載した報告書を作成し、第一項の調書とともに行政庁に提出しなければ
ならない。」
"""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.designation import DESIGNATION
from domain.designation.hearing import (
    RIGHTS,
    HearingClosed,
    HearingNotified,
    HearingReopened,
    HearingReportSubmitted,
    HearingSessionHeld,
    NotifyHearing,
    ReopenHearing,
)
from domain.law import (
    APA_13,
    APA_15,
    APA_19,
    APA_20,
    APA_22,
    APA_23,
    APA_24,
    APA_25,
    ART_260_49,
)
from domain.people import Actor
from tests.law.cast import (
    CLOSE,
    DRAFTER,
    HOLD,
    MAYOR,
    NOTIFY,
    OFFICER,
    OTHER_PRESIDER,
    PROPOSE_REVOCATION,
    REPORT_HEARING,
    REVOKE,
    Story,
    but,
    hearing_closed,
    hearing_open,
    hearing_reported,
    threatened,
)
from tests.law.example import rules_with
from tests.law.specification import given

HEARING_FIRST = APA_13.para(1, "1_イ")
CONTINUE = but(HOLD, continued_on=date(2026, 10, 12))
SECOND = but(HOLD, on=date(2026, 10, 12), record="聴聞調書第2号")
POSTPONE = but(NOTIFY, on=date(2026, 9, 25), arrives=None, held_on=date(2026, 10, 19))
REOPEN = ReopenHearing(
    on=date(2026, 10, 12),
    by=MAYOR,
    drafted_by=DRAFTER,
    circumstances="聴聞の終結後に総会が開かれた。",
    held_on=date(2026, 10, 26),
    place="例示市役所 会議室",
)


def test_t19_e07_q15_the_notice_has_all_its_items_and_tells_the_bodys_rights() -> None:
    event = given(*threatened()).when(NOTIFY).then_the(HearingNotified)
    assert (event.planned, event.provision) == (NOTIFY.planned, ART_260_49.para(12))
    assert (event.facts, event.place, event.bureau) == (NOTIFY.facts, NOTIFY.place, NOTIFY.bureau)
    assert event.day.day == NOTIFY.held_on
    assert event.rights == RIGHTS


@pytest.mark.parametrize("item", ["planned", "facts", "held_on", "place", "bureau", "presider"])
def test_q15_a_notice_that_lacks_an_item_cannot_be_written(item: str) -> None:
    said = {name: value for name, value in dict(NOTIFY).items() if name != item}
    with pytest.raises(ValidationError, match=item):
        NotifyHearing.model_validate(said)


@pytest.mark.parametrize(("day", "enough"), [(date(2026, 10, 2), True), (date(2026, 10, 1), False)])
def test_q15_two_weeks_lie_between_the_arrival_and_the_hearing(day: date, *, enough: bool) -> None:
    outcome = given(*threatened()).when(but(NOTIFY, held_on=day))
    if enough:
        outcome.then(HearingNotified)
    else:
        outcome.then_refused(APA_15.para(1))


def test_q15_a_notice_arrives_after_it_was_sent_and_is_sent_after_the_draft() -> None:
    given(*threatened()).when(but(NOTIFY, arrives=date(2026, 9, 15))).then_refused(APA_15.para(1))
    given(*threatened()).when(but(NOTIFY, on=date(2026, 9, 13))).then_refused(APA_15)


@pytest.mark.parametrize("item", range(1, 7))
def test_nobody_disqualified_presides(item: int) -> None:
    named = but(NOTIFY, disqualified_under=(item,))
    given(*threatened()).when(named).then_refused(APA_19.para(2, item))


@pytest.mark.parametrize("drafter", [OFFICER, DRAFTER])
def test_whoever_drafted_the_revocation_does_not_preside(drafter: Actor) -> None:
    named = but(NOTIFY, presider=but(drafter, role="presider"))
    given(*threatened()).when(named).then_refused(APA_19.para(1))
    allowed = rules_with(presider_may_be_drafter=True)
    given(*threatened(), rules=allowed).when(named).then(HearingNotified)


def test_whoever_names_the_presider_does_not_preside() -> None:
    named = but(NOTIFY, presider=but(MAYOR, role="presider"))
    given(*threatened()).when(named).then_refused(APA_19.para(1))
    given(*threatened()).when(but(NOTIFY, presider=OFFICER)).then_refused(APA_19.para(1))


def test_before_a_session_the_day_may_be_changed_by_another_notice() -> None:
    given(*hearing_open()).when(NOTIFY).then_nothing()
    given(*hearing_open()).when(POSTPONE).then(HearingNotified)
    moved = given(*hearing_open(), POSTPONE)
    moved.when(HOLD).then_refused(APA_20)
    moved.when(but(HOLD, on=date(2026, 10, 19))).then(HearingSessionHeld)


def test_a_changed_day_leaves_the_same_time_to_prepare() -> None:
    soon = but(POSTPONE, held_on=date(2026, 10, 8))
    given(*hearing_open()).when(soon).then_refused(APA_15.para(1))


def test_another_presider_may_be_named_before_a_session() -> None:
    named = but(POSTPONE, presider=OTHER_PRESIDER)
    replaced = given(*hearing_open(), named)
    held = but(HOLD, on=date(2026, 10, 19))
    replaced.when(held).then_refused(APA_19.para(1))
    replaced.when(but(held, by=OTHER_PRESIDER)).then(HearingSessionHeld)


def test_when_the_hearing_is_over_there_is_no_day_to_change() -> None:
    late = but(POSTPONE, on=date(2026, 10, 6), held_on=date(2026, 11, 2))
    given(*hearing_open(), HOLD).when(late).then_refused(APA_15)


def test_t23_q16_each_session_leaves_a_record() -> None:
    event = given(*hearing_open()).when(HOLD).then_the(HearingSessionHeld)
    assert (event.session, event.record, event.opened_because) == (1, HOLD.record, None)
    with pytest.raises(ValidationError):
        but(HOLD, record="")


@pytest.mark.parametrize("day", [date(2026, 10, 4), date(2026, 10, 6)])
def test_t23_a_session_is_held_on_the_day_that_was_notified(day: date) -> None:
    given(*hearing_open()).when(but(HOLD, on=day)).then_refused(APA_20)


def test_t23_a_hearing_may_be_continued_on_a_later_day() -> None:
    given(*hearing_open()).when(but(HOLD, continued_on=HOLD.on)).then_refused(APA_22)
    continued = given(*hearing_open(), CONTINUE)
    assert [due.day for due in continued.awaited("hearing")] == [SECOND.on]
    assert continued.when(SECOND).then_the(HearingSessionHeld).session == 2


def test_t23_a_hearing_is_not_closed_over_a_session_that_was_announced() -> None:
    given(*hearing_open()).when(CLOSE).then_refused(APA_20)
    given(*hearing_open(), CONTINUE).when(CLOSE).then_refused(APA_20)
    closing = but(CLOSE, on=SECOND.on)
    given(*hearing_open(), CONTINUE, SECOND).when(closing).then(HearingClosed)


def test_t23_a_hearing_is_not_closed_before_its_last_session() -> None:
    given(*hearing_open(), HOLD).when(but(CLOSE, on=date(2026, 10, 4))).then_refused(APA_23)


def test_t23_absence_closes_a_hearing_only_where_the_body_was_absent() -> None:
    absent = but(HOLD, absent=True, present=(), statements="当事者は出頭しなかった。")
    for_absence = but(CLOSE, why="当事者の不出頭")
    given(*hearing_open(), absent).when(for_absence).then(HearingClosed)
    given(*hearing_open(), HOLD).when(for_absence).then_refused(APA_23.para(1))


def test_t23_after_the_last_session_no_other_is_held() -> None:
    given(*hearing_open(), HOLD).when(HOLD).then_refused(APA_20)


def test_only_the_presider_of_this_hearing_holds_closes_and_reports() -> None:
    for story, command in (
        (hearing_open(), HOLD),
        ([*hearing_open(), HOLD], CLOSE),
        (hearing_closed(), REPORT_HEARING),
    ):
        given(*story).when(but(command, by=OTHER_PRESIDER)).then_refused(APA_19.para(1))
        given(*story).when(but(command, by=OFFICER)).then_refused(command.cites)


def test_t25_q16_the_report_follows_the_close_and_opens_the_decision() -> None:
    given(*hearing_open()).when(REPORT_HEARING).then_refused(APA_24)
    given(*hearing_open(), HOLD).when(REPORT_HEARING).then_refused(APA_24)
    event = given(*hearing_closed()).when(REPORT_HEARING).then_the(HearingReportSubmitted)
    assert event.opinion == REPORT_HEARING.opinion
    early = but(REPORT_HEARING, on=date(2026, 10, 4))
    given(*hearing_closed()).when(early).then_refused(APA_24)
    assert "取消しの決定待ち" in DESIGNATION.view(given(*hearing_reported()).state).stage


@pytest.mark.parametrize("story", [hearing_closed(), hearing_reported()])
def test_t24_on_later_circumstances_the_mayor_reopens_the_hearing(story: Story) -> None:
    event = given(*story).when(REOPEN).then_the(HearingReopened)
    assert event.day.day == REOPEN.held_on
    reopened = given(*story, REOPEN)
    reopened.when(REVOKE).then_refused(HEARING_FIRST)
    reopened.when(but(CLOSE, on=REOPEN.on)).then_refused(APA_20)
    reopened.when(but(HOLD, on=REOPEN.held_on)).then(HearingSessionHeld)


def test_t24_an_open_hearing_is_not_reopened_and_the_day_comes_after_the_notice() -> None:
    given(*hearing_open()).when(REOPEN).then_refused(APA_25)
    same = but(REOPEN, held_on=REOPEN.on)
    given(*hearing_reported()).when(same).then_refused(APA_25)
    early = but(REOPEN, on=date(2026, 10, 8))
    given(*hearing_reported()).when(early).then_refused(APA_25)


def test_t24_after_a_reopening_another_report_is_made() -> None:
    held, closing = but(HOLD, on=REOPEN.held_on), but(CLOSE, on=REOPEN.held_on)
    again = given(*hearing_reported(), REOPEN, held, closing)
    again.when(but(REVOKE, on=date(2026, 11, 2))).then_refused(HEARING_FIRST)
    again.when(but(REPORT_HEARING, on=date(2026, 10, 30))).then(HearingReportSubmitted)


def test_one_revocation_procedure_runs_at_a_time() -> None:
    for story in (threatened(), hearing_open(), hearing_closed(), hearing_reported()):
        again = but(PROPOSE_REVOCATION, on=date(2026, 11, 1))
        given(*story).when(again).then_refused(ART_260_49.para(12))
