"""行審法第25条・第46条・第52条、行訴法第33条: A contest whose act met the end of a term, or the other way round."""

from dataclasses import replace
from datetime import date

import pytest

from domain.designation import DESIGNATION, Command, State
from domain.designation.designated import Designated, Ended, Revoked
from domain.designation.remedies.ruling import ActAnnulled
from domain.designation.remedies.stay import StayEnded, StayGranted
from domain.designation.tenure.part import TENURE
from domain.designation.tenure.renewal import (
    NoteTermExpired,
    RenewalGranted,
    RenewalRefused,
    RenewalWithdrawn,
    TermExpired,
)
from domain.law import ACL_25, ARA_25, ARA_52, ART_14
from domain.ordinance import Rules
from domain.people import CALENDAR
from tests.law import cast, contest, tenure
from tests.law.cast import Story, but
from tests.law.everything import URGENT
from tests.law.example import RULES, rules_with
from tests.law.interplay import (
    RENEWAL_SERVED,
    RENEWAL_STAY,
    renewal_appealed,
    renewal_lost,
    renewal_ripe,
)
from tests.law.specification import given

BY_ORDINANCE = ART_14.para(1)
UNHELD = rules_with(holds_while_renewal_pending=False)
ARRIVED = RENEWAL_SERVED[-1].on
ANEW = "取消しの趣旨に従い、更新の申請に対する決定を改めてする"
AGAIN = but(tenure.RENEW, on=date(2030, 10, 15))
REFUSE_AGAIN = but(tenure.REFUSE, on=date(2030, 10, 15))


def duties(state: State) -> dict[str, date]:
    """What the body is owed on its renewal and by 告示, and since when."""
    open_ = DESIGNATION.view(state).obligations
    told = {one.title.split("（")[0]: one.since for one in open_}
    return {title: day for title, day in told.items() if "更新" in title or "告示" in title}


def ends(state: State, rules: Rules = RULES) -> list[Command | None]:
    """What the calendar will note of the end of a term."""
    dues = DESIGNATION.dues(state, rules)
    return [due.note for due in dues if due.deadline.key.startswith("term-")]


def expired_meanwhile() -> Story:
    """The refusal was annulled on 4 October 2030, after the term had ended on 18 June."""
    review = renewal_ripe()[len(renewal_appealed()) :]
    return [*renewal_lost(), *review, *RENEWAL_SERVED]


# --- 更新の拒否の取消し -----------------------------------------------------------------------


def test_an_annulled_refusal_leaves_the_renewal_undecided_and_the_designation_kept() -> None:
    state = given(*expired_meanwhile()).state
    assert isinstance(state.status, Designated)
    assert duties(state)[ANEW] == ARRIVED
    assert duties(state).keys() == {ANEW, "指定を告示する"}
    assert ends(state) == [None]
    (duty,) = [one for one in DESIGNATION.view(state).obligations if one.title == ANEW]
    assert duty.basis == ARA_52.para(2)


def test_before_the_annulment_the_term_had_ended_and_was_to_be_put_up() -> None:
    state = given(*renewal_lost()).state
    assert isinstance(state.status, Ended)
    assert "有効期間の満了を告示する" in duties(state)


def test_the_renewal_is_decided_anew_by_a_renewal_of_the_former_term() -> None:
    case = given(*expired_meanwhile())
    granted = case.when(AGAIN).then_the(RenewalGranted)
    assert granted.conditions.expires is not None
    assert granted.conditions.expires.day == date(2033, 6, 18)
    state = given(*expired_meanwhile(), AGAIN).state
    assert isinstance(state.status, Designated)
    assert ANEW not in duties(state)


def test_or_by_another_refusal_upon_which_the_designation_ends() -> None:
    case = given(*expired_meanwhile())
    case.when(REFUSE_AGAIN).then(RenewalRefused)
    after = given(*expired_meanwhile(), REFUSE_AGAIN)
    (note,) = ends(after.state)
    assert isinstance(note, NoteTermExpired)
    assert note.on == REFUSE_AGAIN.on
    after.when(note).then(TermExpired)


def test_no_decision_anew_is_dated_before_the_annulment() -> None:
    early = date(2030, 10, 3)
    given(*expired_meanwhile()).when(but(AGAIN, on=early)).then_refused(BY_ORDINANCE)


def test_what_the_ordinance_does_not_keep_has_ended_but_is_still_to_be_decided() -> None:
    state = given(*expired_meanwhile(), rules=UNHELD).state
    assert isinstance(state.status, Ended)
    assert duties(state)[ANEW] == ARRIVED
    assert DESIGNATION.is_open(state)
    assert "指定を更新する" in DESIGNATION.view(state).possible


def test_where_it_is_renewed_anew_the_end_of_the_term_was_none() -> None:
    case = given(*expired_meanwhile(), rules=UNHELD)
    case.when(AGAIN).then(RenewalGranted)
    state = given(*expired_meanwhile(), AGAIN, rules=UNHELD).state
    assert isinstance(state.status, Designated)
    assert not any("満了" in title for title in duties(state))


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (REFUSE_AGAIN, RenewalRefused),
        (but(tenure.WITHDRAW, on=date(2030, 10, 15)), RenewalWithdrawn),
    ],
    ids=["拒否", "取下げ"],
)
def test_where_it_is_not_the_end_of_the_term_stands(command: Command, kind: type) -> None:
    case = given(*expired_meanwhile(), rules=UNHELD)
    case.when(command).then(kind)
    state = given(*expired_meanwhile(), command, rules=UNHELD).state
    assert isinstance(state.status, Ended)
    assert ANEW not in duties(state)


def test_without_an_annulment_nothing_is_decided_after_the_end() -> None:
    given(*renewal_lost()).when(AGAIN).then_refused(BY_ORDINANCE)
    given(*renewal_lost(), rules=UNHELD).when(AGAIN).then_refused(BY_ORDINANCE)


def test_a_body_that_left_has_no_renewal_to_be_decided() -> None:
    left = but(tenure.DISSOLVE, on=date(2030, 6, 12), dissolved=date(2030, 6, 11))
    story = [*renewal_ripe()[: len(renewal_appealed())], left]
    review = renewal_ripe()[len(renewal_appealed()) :]
    state = given(*story, *review, *RENEWAL_SERVED).state
    assert isinstance(state.status, Ended)
    assert state.status.how == "解散"
    assert state.of(TENURE).pending is None


# --- 更新の拒否の執行停止 ---------------------------------------------------------------------


def test_a_stay_of_the_refusal_keeps_the_designation_as_an_undecided_renewal_does() -> None:
    case = given(*renewal_appealed())
    case.when(RENEWAL_STAY).then(StayGranted)
    state = given(*renewal_appealed(), RENEWAL_STAY).state
    assert ends(state) == [None]
    assert isinstance(state.status, Designated)
    given(*renewal_appealed(), RENEWAL_STAY).when(tenure.EXPIRE).then_nothing()
    given(*renewal_appealed(), RENEWAL_STAY).when(AGAIN).then_refused(BY_ORDINANCE)


def test_a_stay_after_the_end_brings_the_designation_back_while_it_lasts() -> None:
    late = but(RENEWAL_STAY, on=date(2030, 7, 1))
    state = given(*renewal_lost(), late).state
    assert isinstance(state.status, Designated)
    lifted = but(contest.LIFT, on=date(2030, 8, 1))
    case = given(*renewal_lost(), late, lifted)
    (note,) = ends(case.state)
    assert note is not None
    assert note.on == lifted.on
    case.when(note).then(TermExpired)
    assert isinstance(given(*renewal_lost(), late, lifted, note).state.status, Ended)


def test_a_stay_gives_nothing_where_the_ordinance_keeps_nothing() -> None:
    late = but(RENEWAL_STAY, on=date(2030, 7, 1))
    state = given(*renewal_lost(), late, rules=UNHELD).state
    assert isinstance(state.status, Ended)


# --- 取消しと有効期間 -------------------------------------------------------------------------

REVOKED: Story = [tenure.later(command) for command in contest.revocation_appealed()]
STAYED = but(contest.STAY, on=date(2028, 11, 6))
ENDS = NoteTermExpired(on=date(2030, 6, 19), by=CALENDAR, term=1)


def upheld() -> Story:
    """The review of the revocation in 2028, and a ruling that annuls it, arriving in July 2030."""
    told = contest.review(date(2028, 11, 13)) + contest.council(date(2029, 1, 4))
    return [
        *told,
        but(contest.UPHOLD, on=date(2030, 7, 1)),
        but(contest.SEND_RULING, on=date(2030, 7, 2)),
        but(contest.RULING_ARRIVES, on=date(2030, 7, 4)),
    ]


def test_a_term_that_ran_out_while_a_revocation_stood_ends_the_designation_once_annulled() -> None:
    story = [*REVOKED, *upheld()]
    *before, arrives = story
    given(*before).when(arrives).then(type(given(*before).when(arrives).events[0]), ActAnnulled)
    state = given(*story).state
    assert isinstance(state.status, Designated)
    assert ends(state) == [ENDS]
    ended = given(*story, ENDS).state.status
    assert isinstance(ended, Ended)
    assert ended.since == ENDS.on


def test_a_term_ends_a_designation_whose_revocation_is_stayed_whatever_comes_of_the_contest() -> (
    None
):
    stayed = [*REVOKED, STAYED, ENDS]
    ended = given(*stayed).state.status
    assert isinstance(ended, Ended)
    assert isinstance(ended.stood, Revoked)
    *before, arrives = [*stayed, *upheld()]
    given(*before).when(arrives).then(
        type(given(*before).when(arrives).events[0]), StayEnded, ActAnnulled
    )
    after = given(*stayed, *upheld()).state.status
    assert isinstance(after, Ended)
    assert isinstance(after.stood, Designated)
    assert (after.since, after.how) == (ended.since, ended.how)


def test_an_application_that_undoes_the_note_of_an_end_does_not_undo_the_revocation() -> None:
    stayed = [*REVOKED, STAYED, ENDS, tenure.APPLY]
    status = given(*stayed).state.status
    assert isinstance(status, Revoked)
    assert status.stayed
    lifted = [*REVOKED, STAYED, ENDS, but(contest.LIFT, on=date(2030, 6, 24)), tenure.APPLY]
    refused = given(*lifted).state.status
    assert isinstance(refused, Revoked)
    assert not refused.stayed


def test_an_order_annulled_after_the_end_was_never_made() -> None:
    left = but(tenure.RELINQUISH, on=date(2026, 10, 1))
    story = [*contest.ripe(), but(tenure.DISSOLVE, on=left.on, dissolved=left.on)]
    ended = given(*story).state.status
    assert isinstance(ended, Ended)
    assert len(ended.before.improvements.open) == 1
    after = given(*story, contest.UPHOLD, *contest.SERVICE).state.status
    assert isinstance(after, Ended)
    assert after.before.improvements.open == ()
    assert replace(after, stood=ended.stood) == ended


# --- 二度の取消し -----------------------------------------------------------------------------


def revoked_again() -> Story:
    """The first revocation, stayed by the court, was annulled by a ruling; another is stayed too."""
    appealed, ruled = contest.revocation_appealed(), contest.restored()
    review = ruled[len(appealed) :]
    again = but(URGENT, on=date(2027, 4, 1))
    appeal = but(contest.REVOCATION_APPEAL, on=date(2027, 4, 5), act=3)
    stay = but(contest.STAY, on=date(2027, 4, 7), appeal=2)
    return [*appealed, contest.SUE, contest.COURT_STAY, *review, again, appeal, stay]


def test_the_end_of_a_stay_of_an_annulled_revocation_does_not_touch_a_later_one() -> None:
    ends = but(contest.COURT_STAY_ENDS, on=date(2027, 5, 10))
    given(*revoked_again()).when(ends).then(StayEnded)
    for story in (revoked_again(), [*revoked_again(), ends]):
        status = given(*story).state.status
        assert isinstance(status, Revoked)
        assert (status.since, status.stayed) == (date(2027, 4, 1), True)


def test_what_was_annulled_is_stayed_no_more() -> None:
    ended = [*revoked_again(), but(contest.COURT_STAY_ENDS, on=date(2027, 5, 10))]
    anew = but(contest.COURT_STAY, on=date(2027, 5, 17))
    given(*ended).when(anew).then_refused(ACL_25)
    restored = given(*revoked_again()[:-3])
    assert isinstance(restored.state.status, Designated)
    assert "執行停止中" not in DESIGNATION.view(restored.state).stage
    sued_first = [*contest.revocation_appealed(), contest.SUE, contest.JUDGMENT, contest.FINAL]
    late = but(contest.STAY, on=date(2027, 10, 4))
    given(*sued_first).when(late).then_refused(ARA_25)


# --- 告示・公示 -------------------------------------------------------------------------------


def test_a_revocation_that_was_annulled_is_not_put_up() -> None:
    before, after = given(*REVOKED).state, given(*REVOKED, *upheld()).state
    title = "指定の取消しを告示する"
    assert title in duties(before)
    assert title not in duties(after)


def test_a_published_ruling_and_a_published_act_are_told_apart() -> None:
    act = but(contest.PUBLISH, on=date(2026, 6, 20))
    ruled = [*contest.ripe(), contest.REJECT]
    ruling = but(contest.PUBLISH, on=date(2026, 11, 20), paper="裁決", number=1)
    orders = given(*cast.under_order(), contest.SEND, contest.RETURN, act)
    assert [one.key for one in orders.awaited("deemed")] == ["deemed-act-1"]
    assert [one.key for one in given(*ruled, ruling).awaited("deemed")] == ["deemed-ruling-1"]
