"""行審法第18条・第51条、行訴法第14条、民法第98条: From the notice of an act to the end of its windows."""

from collections.abc import Sequence
from datetime import date

import pytest

from domain.acts import Finding
from domain.designation import DESIGNATION, Command, State
from domain.designation.remedies.publication import ONLINE_SINCE, Measure
from domain.designation.remedies.service import (
    NoticeArrived,
    NoticePublished,
    NoticeReturned,
    NoticeSent,
)
from domain.designation.remedies.windows import (
    AppealPeriodPassed,
    NoteAppealPeriodPassed,
    NoteSuitPeriodPassed,
    SuitPeriodPassed,
)
from domain.institution import Due
from domain.law import ACL_14, ARA_18, CIVIL_98
from domain.people import CALENDAR
from tests.law.cast import (
    FILE,
    MAYOR,
    OFFICER,
    REFUSE,
    REVOKE,
    Story,
    but,
    decision_pending,
    revoked,
    under_order,
)
from tests.law.contest import (
    APPEAL,
    ARRIVE,
    DEEMED,
    ORDERED,
    PUBLISH,
    RETURN,
    REVOKED,
    SEND,
    published,
    served,
)
from tests.law.everything import ACTS
from tests.law.example import RULES
from tests.law.specification import given

APPEALS_END, SUITS_END = date(2026, 9, 15), date(2026, 12, 15)
APPEALS_OVER = NoteAppealPeriodPassed(on=date(2026, 9, 16), by=CALENDAR, act=ORDERED)
SUITS_OVER = NoteSuitPeriodPassed(on=date(2026, 12, 16), by=CALENDAR, act=ORDERED)


def _due(state: State, key: str) -> Due[Command]:
    return next(due for due in DESIGNATION.dues(state, RULES) if due.deadline.key == key)


def _day(story: Sequence[Command], key: str) -> date | None:
    return _due(given(*story).state, key).deadline.day


# --- 送付と到達 -------------------------------------------------------------------------------


def test_a_notice_is_sent_and_its_arrival_tells_all_four_windows() -> None:
    sent = given(*under_order()).when(SEND).then_the(NoticeSent)
    assert (sent.dispatch, sent.act and sent.act.name) == (1, "改善命令")
    arrived = given(*under_order(), SEND).when(ARRIVE).then_the(NoticeArrived)
    assert [(one.basis, one.day) for one in arrived.windows] == [
        (ARA_18.para(1), APPEALS_END),
        (ARA_18.para(2), date(2027, 6, 14)),
        (ACL_14.para(1), SUITS_END),
        (ACL_14.para(2), date(2027, 6, 14)),
    ]
    assert not arrived.deemed


def test_the_year_from_the_act_ends_on_the_next_open_day() -> None:
    arrived = given(*under_order(), SEND).when(ARRIVE).then_the(NoticeArrived)
    roll = arrived.windows[1].roll
    assert roll is not None
    assert (roll.since, roll.rule) == (date(2027, 6, 12), "法第4条の2第4項")


def test_a_suits_window_moves_by_the_procedure_of_the_court_and_not_by_the_towns_holidays() -> None:
    arrived = given(*under_order(), SEND).when(ARRIVE).then_the(NoticeArrived)
    roll = arrived.windows[3].roll
    assert roll is not None
    assert "民訴法第95条第3項" in roll.rule
    turn = but(ARRIVE, on=date(2026, 6, 30))
    late = given(*under_order(), SEND).when(turn).then_the(NoticeArrived)
    assert late.windows[2].day == date(2027, 1, 4), "30 December to 3 January count as holidays"


def test_an_arrival_needs_a_paper_on_its_way() -> None:
    given(*under_order()).when(ARRIVE).then_refused(ARA_18)
    given(*under_order(), SEND, RETURN).when(but(ARRIVE, on=date(2026, 6, 19))).then_refused(ARA_18)
    given(*served()).when(but(ARRIVE, on=date(2026, 6, 16))).then_refused(ARA_18)
    given(*served()).when(but(SEND, on=date(2026, 6, 16))).then_refused(ARA_18)


def test_no_notice_is_dated_before_the_act_or_the_paper_it_follows() -> None:
    given(*under_order()).when(but(SEND, on=date(2026, 6, 11))).then_refused(ARA_18)
    given(*under_order(), SEND).when(but(ARRIVE, on=date(2026, 6, 11))).then_refused(ARA_18)


def test_there_is_no_notice_of_an_act_nobody_did() -> None:
    given(*under_order()).when(but(SEND, number=2)).then_refused(ARA_18)
    given(*served(), APPEAL).when(
        but(SEND, on=date(2026, 7, 2), paper="裁決", number=1)
    ).then_refused(ARA_18)


def test_a_returned_notice_is_sent_again_or_published() -> None:
    returned = given(*under_order(), SEND).when(RETURN).then_the(NoticeReturned)
    assert returned.why == RETURN.why
    after = given(*under_order(), SEND, RETURN)
    duties = [duty.title for duty in DESIGNATION.view(after.state).obligations]
    assert any("送り直し、又は公示する" in title for title in duties)
    again = after.when(but(SEND, on=date(2026, 6, 22))).then_the(NoticeSent)
    assert again.dispatch == 2


def test_the_acts_are_numbered_in_their_order_and_served_each_by_itself() -> None:
    sent = given(*revoked()).when(but(SEND, on=REVOKE.on, number=REVOKED)).then_the(NoticeSent)
    assert sent.act is not None
    assert (sent.act.kind, sent.act.on) == ("DesignationRevoked", REVOKE.on)
    refused = given(*decision_pending(), REFUSE).when(but(SEND, on=REFUSE.on)).then_the(NoticeSent)
    assert refused.act is not None
    assert refused.act.kind == "DesignationRefused"


# --- 公示 -------------------------------------------------------------------------------------


def test_e24_a_publication_counts_as_received_after_two_weeks() -> None:
    event = given(*under_order(), SEND, RETURN).when(PUBLISH).then_the(NoticePublished)
    assert (event.basis, event.due.day) == (CIVIL_98, date(2026, 7, 15))
    given(*published()).when(but(DEEMED, on=date(2026, 7, 15))).then_nothing()
    arrived = given(*published()).when(DEEMED).then_the(NoticeArrived)
    assert arrived.deemed
    assert arrived.windows[0].day == date(2026, 10, 16)
    given(*published(), DEEMED).when(DEEMED).then_nothing()


@pytest.mark.parametrize(
    ("on", "measures", "in_form"),
    [
        (date(2026, 5, 20), ("掲示場への掲示",), True),
        (date(2026, 5, 20), ("インターネットの利用",), False),
        (ONLINE_SINCE, ("掲示場への掲示",), False),
        (ONLINE_SINCE, ("インターネットの利用",), False),
        (ONLINE_SINCE, ("インターネットの利用", "掲示場への掲示"), True),
        (ONLINE_SINCE, ("インターネットの利用", "映像面への表示"), True),
    ],
)
def test_e24_the_form_of_a_publication_is_that_of_its_day(
    on: date, measures: tuple[Measure, ...], *, in_form: bool
) -> None:
    filed = but(FILE, on=date(2026, 4, 1))
    story: Story = [filed, *_refused_formally()]
    publish = but(PUBLISH, on=on, number=1, measures=measures)
    outcome = given(*story).when(publish)
    if in_form:
        outcome.then(NoticePublished)
    else:
        outcome.then_refused(CIVIL_98)


def _refused_formally() -> Story:
    (refuse,) = [act.command for act in ACTS if act.command.tag == "RefuseFormally"]
    return [but(refuse, on=date(2026, 4, 6))]


def test_e24_only_who_cannot_be_found_on_evidence_is_notified_by_publication() -> None:
    guess = Finding(reasons="留守である。")
    story = [*under_order(), SEND, RETURN]
    given(*story).when(but(PUBLISH, whereabouts=guess)).then_refused(CIVIL_98)
    given(*story).when(but(PUBLISH, by=OFFICER)).then_refused(CIVIL_98)
    again = but(PUBLISH, on=date(2026, 7, 2))
    given(*published()).when(again).then_refused(CIVIL_98)
    given(*served()).when(PUBLISH).then_refused(CIVIL_98)


def test_a_paper_found_after_all_may_arrive_before_the_two_weeks_are_over() -> None:
    send, arrive = but(SEND, on=date(2026, 7, 3)), but(ARRIVE, on=date(2026, 7, 6))
    found = given(*published(), send)
    assert not found.when(arrive).then_the(NoticeArrived).deemed
    given(*published(), send, arrive).when(DEEMED).then_nothing()


# --- 期間 -------------------------------------------------------------------------------------


def test_without_an_arrival_only_the_year_from_the_act_runs() -> None:
    assert _day(under_order(), "appeal-1") == date(2027, 6, 14)
    assert _day(under_order(), "suit-1") == date(2027, 6, 14)


def test_from_the_arrival_the_shorter_windows_govern() -> None:
    assert _day(served(), "appeal-1") == APPEALS_END
    assert _day(served(), "suit-1") == SUITS_END


def test_the_passing_of_a_window_is_noted_once_and_not_before() -> None:
    on_the_day = but(APPEALS_OVER, on=APPEALS_END)
    given(*served()).when(on_the_day).then_nothing()
    noted = given(*served()).when(APPEALS_OVER).then_the(AppealPeriodPassed)
    assert noted.due.day == APPEALS_END
    given(*served(), APPEALS_OVER).when(APPEALS_OVER).then_nothing()
    given(*served()).when(SUITS_OVER).then(SuitPeriodPassed)


def test_an_appeal_stops_both_windows() -> None:
    keys = {due.deadline.key for due in DESIGNATION.dues(given(*served(), APPEAL).state, RULES)}
    assert not keys & {"appeal-1", "suit-1"}
    given(*served(), APPEAL).when(APPEALS_OVER).then_nothing()


def test_a_refused_case_stays_open_until_its_windows_have_passed() -> None:
    on = REFUSE.on
    story = [*decision_pending(), REFUSE, but(SEND, on=on), but(ARRIVE, on=date(2025, 6, 20))]
    assert DESIGNATION.is_open(given(*story).state)
    appeals = but(APPEALS_OVER, on=date(2025, 9, 23))
    suits = but(SUITS_OVER, on=date(2025, 12, 23))
    assert DESIGNATION.is_open(given(*story, appeals).state)
    closed = given(*story, appeals, suits).state
    assert not DESIGNATION.is_open(closed)
    assert DESIGNATION.view(closed).possible == ()
    assert DESIGNATION.dues(closed, RULES) == ()


def test_an_act_that_never_arrived_is_owed_to_the_body_until_nobody_can_contest_it() -> None:
    duties = [duty.title for duty in DESIGNATION.view(given(*under_order()).state).obligations]
    assert "改善命令（2026-06-12）の通知を送る" in duties
    year = date(2027, 6, 15)
    later = given(*under_order(), but(APPEALS_OVER, on=year), but(SUITS_OVER, on=year))
    titles = [duty.title for duty in DESIGNATION.view(later.state).obligations]
    assert not [title for title in titles if "通知" in title]


def test_only_an_officer_serves_and_only_the_calendar_deems() -> None:
    given(*under_order()).when(but(SEND, by=MAYOR)).then_refused(ARA_18)
    given(*published()).when(but(DEEMED, by=OFFICER)).then_refused(CIVIL_98)
