"""法第260条の49の一つの物語: One body from its application to its end, all parts of the case beside one another.

Contract and lease run, the designation is revoked, the revocation contested, stayed and annulled,
and in the end given up, or its term runs out. Every step is a command; after each the status, the
reviews of what was agreed, and what is owed are told together.
"""

from collections.abc import Iterator
from datetime import date

from domain.acts import Event
from domain.designation import DESIGNATION, Command
from domain.designation.cooperation.giving import SupportPlanned
from domain.designation.dealings.performance import ContractTerminated
from domain.designation.dealings.standing import REVIEWS
from domain.designation.dealings.tenancy import NoteLeaseTermPassed
from domain.designation.designated import Designated, Ended, Revoked
from domain.designation.remedies.ruling import ActAnnulled, AppealUpheld
from domain.designation.remedies.service import NoticeArrived
from domain.designation.remedies.stay import StayEnded, StayGranted
from domain.designation.reporting import ReportRequested
from domain.designation.revocation import DesignationRevoked
from domain.designation.tenure.leaving import DesignationRelinquished
from domain.designation.tenure.renewal import NoteTermExpired, TermExpired
from domain.law import ART_260_49
from domain.people import CALENDAR
from tests.law import cast, contest, cooperation, deals, tenure
from tests.law.cast import Story, but
from tests.law.everything_deals import (
    CONTINUE_CONTRACT,
    CONTINUE_LEASE,
    PAY,
    RETURN,
    TERMINATE_CONTRACT,
)
from tests.law.specification import Given, given

PARA_3, PARA_6 = ART_260_49.para(3), ART_260_49.para(6)
CONTRACT, LEASE = ("随意契約", "C-1"), ("貸付け", "L-1")
BOTH = [LEASE, CONTRACT]
RUN_ON, UNDER_REVIEW = ("随意契約の履行中", "貸付中"), "契約・貸付けの見直し"
CONTESTED = ("審査請求中", "執行停止中")

SERVED = contest.revocation_served()[len(cast.revoked()) :]
STAY = but(contest.STAY, on=date(2026, 11, 9))
REVIEW = contest.revocation_ripe()[len(contest.revocation_appealed()) :]
UPHOLD, SEND_RULING, RULING_ARRIVES = contest.restored()[-3:]
REPORT = but(cast.REQUEST_REPORT, on=date(2026, 11, 16))
RELINQUISH = but(tenure.RELINQUISH, on=date(2027, 5, 10))

RUNNING = deals.lost()[:-1]
REVOKED = [*RUNNING, cast.REVOKE]
APPEALED = [*REVOKED, *SERVED, contest.REVOCATION_APPEAL]
STAYED = [*APPEALED, STAY]
RULED = [*STAYED, *REVIEW, UPHOLD, SEND_RULING]
RESTORED = [*RULED, RULING_ARRIVES]
LEFT = [*RESTORED, RELINQUISH]


def stage(case: Given) -> str:
    """What an operator reads first, part by part."""
    return DESIGNATION.view(case.state).stage


def shown(case: Given, *titles: str) -> list[str]:
    """Those of the titles that an operator reads beside the status."""
    return [title for title in titles if title in stage(case)]


def reviews(case: Given) -> list[tuple[str, str]]:
    """What is under review because the designation has no effect."""
    return case.state.of(REVIEWS).pending


def owed(case: Given, *words: str) -> dict[str, date]:
    """What is owed, by the words that tell it, and since when."""
    open_ = DESIGNATION.view(case.state).obligations
    found = {word: [one.since for one in open_ if word in one.title] for word in words}
    return {word: days[0] for word, days in found.items() if days}


DUTIES = (
    "必要な支援を行う",
    "取り消すかどうか",
    "失ったため",
    "審理員を指名",
    "取消し（2026-10-20）の通知",
)


def plan(on: date) -> Command:
    """A measure of support, which only a designated body is given."""
    return but(cooperation.PLAN_GRANT, on=on)


# --- 取消しまで -------------------------------------------------------------------------------


def test_while_the_designation_stands_everything_runs_beside_the_hearing() -> None:
    case = given(*RUNNING)
    assert isinstance(case.state.status, Designated)
    assert stage(case).startswith("指定中")
    assert shown(case, "取消しの決定待ち", *RUN_ON) == ["取消しの決定待ち", *RUN_ON]
    assert reviews(case) == []
    assert owed(case, *DUTIES) == {
        "必要な支援を行う": date(2025, 6, 20),
        "取り消すかどうか": date(2026, 10, 9),
    }
    case.when(cast.REVOKE).then(DesignationRevoked)


def test_the_revocation_ends_nothing_that_was_agreed_but_puts_it_under_review() -> None:
    case = given(*REVOKED)
    assert isinstance(case.state.status, Revoked)
    assert shown(case, *RUN_ON, UNDER_REVIEW, *CONTESTED) == [*RUN_ON, UNDER_REVIEW]
    assert reviews(case) == BOTH
    assert owed(case, *DUTIES) == {
        "失ったため": cast.REVOKE.on,
        "取消し（2026-10-20）の通知": cast.REVOKE.on,
    }
    case.when(plan(date(2026, 11, 2))).then_refused(PARA_3)


def test_the_appeal_alone_changes_nothing_of_this() -> None:
    case = given(*APPEALED)
    assert isinstance(case.state.status, Revoked)
    assert not case.state.now.active
    assert reviews(case) == BOTH
    assert set(owed(case, *DUTIES)) == {"失ったため", "審理員を指名"}
    case.when(STAY).then(StayGranted)


# --- 執行停止から取消しの取消しまで -----------------------------------------------------------


def test_the_stay_suspends_the_reviews_and_the_body_is_again_supported_and_answers() -> None:
    case = given(*STAYED)
    assert isinstance(case.state.status, Revoked)
    assert case.state.now.active
    assert shown(case, *RUN_ON, UNDER_REVIEW, *CONTESTED) == [*RUN_ON, *CONTESTED]
    assert reviews(case) == []
    assert set(owed(case, *DUTIES)) == {"必要な支援を行う", "審理員を指名"}
    case.when(plan(date(2026, 11, 16))).then(SupportPlanned)
    case.when(REPORT).then(ReportRequested)
    late = {"on": date(2026, 11, 16)}
    case.when(but(TERMINATE_CONTRACT, **late)).then_refused(PARA_6)
    case.when(but(CONTINUE_CONTRACT, **late)).then_refused(PARA_6)


def test_where_the_stay_is_lifted_the_reviews_are_open_again_as_of_the_revocation() -> None:
    case = given(*STAYED, but(contest.LIFT, on=date(2026, 12, 1)))
    assert not case.state.now.active
    assert reviews(case) == BOTH
    assert owed(case, "失ったため") == {"失ったため": cast.REVOKE.on}
    ended = but(TERMINATE_CONTRACT, on=date(2026, 12, 7))
    case.when(ended).then(ContractTerminated)


def test_the_ruling_takes_effect_when_it_arrives_and_not_before() -> None:
    given(*RULED[:-2]).when(UPHOLD).then(AppealUpheld)
    waiting = given(*RULED)
    assert isinstance(waiting.state.status, Revoked)
    assert "裁決の送達待ち" in stage(waiting)
    waiting.when(RULING_ARRIVES).then(NoticeArrived, StayEnded, ActAnnulled)


def test_the_annulment_undoes_the_revocation_and_its_reviews() -> None:
    case = given(*RESTORED)
    assert isinstance(case.state.status, Designated)
    assert (case.state.now.since, case.state.now.ended) == (date(2025, 6, 20), None)
    assert shown(case, *RUN_ON, UNDER_REVIEW, *CONTESTED) == [*RUN_ON]
    assert reviews(case) == []
    assert set(owed(case, *DUTIES)) == {"必要な支援を行う"}
    case.when(but(CONTINUE_CONTRACT, on=date(2027, 3, 8))).then_refused(PARA_6)


def test_what_was_decided_in_a_review_before_the_annulment_is_undone_what_was_ended_is_not() -> (
    None
):
    rest = [*SERVED, contest.REVOCATION_APPEAL, *REVIEW, *contest.restored()[-3:]]
    both = given(*REVOKED, TERMINATE_CONTRACT, CONTINUE_LEASE, *rest, RELINQUISH)
    assert reviews(both) == [LEASE]


# --- その後の終わり ---------------------------------------------------------------------------


def test_a_later_end_opens_the_reviews_anew() -> None:
    given(*RESTORED).when(RELINQUISH).then(DesignationRelinquished)
    case = given(*LEFT)
    assert isinstance(case.state.status, Ended)
    assert stage(case).startswith("指定終了（辞退）")
    assert reviews(case) == BOTH
    assert owed(case, *DUTIES, "辞退を告示") == {
        "失ったため": RELINQUISH.on,
        "辞退を告示": RELINQUISH.on,
    }


def closing() -> Iterator[Command]:
    """What is left to do, one by one, after the designation was given up."""
    on = date(2027, 5, 17)
    yield but(CONTINUE_CONTRACT, on=on)
    yield but(CONTINUE_LEASE, on=on)
    yield but(tenure.NOTICE, on=on, of="指定の辞退")
    yield but(deals.CHECK, on=on, accepted=1_150_000)
    yield but(PAY, on=date(2027, 5, 24), amount=1_150_000, last=True)
    yield NoteLeaseTermPassed(on=date(2029, 4, 1), by=CALENDAR, lease="L-1")
    yield but(RETURN, on=date(2029, 4, 2))


def test_the_case_is_open_until_the_last_of_it_is_done_and_can_be_contested_no_more() -> None:
    done: Story = [*LEFT]
    for command in closing():
        assert DESIGNATION.is_open(given(*contest.uncontested(*done)).state)
        done.append(command)
    assert reviews(given(*done)) == []
    assert DESIGNATION.is_open(given(*done).state), "the order can still be contested"
    closed = given(*contest.uncontested(*done)).state
    assert not DESIGNATION.is_open(closed)
    assert DESIGNATION.view(closed).possible == ()
    assert [duty.title for duty in DESIGNATION.view(closed).obligations] == []


def test_where_it_has_a_term_a_restored_designation_ends_with_it() -> None:
    """The same two years later, under the ordinance that has a term of three years."""
    expire = NoteTermExpired(on=date(2030, 6, 19), by=CALENDAR, term=1)
    restored = [tenure.later(command) for command in RESTORED]
    before = given(*restored)
    assert isinstance(before.state.status, Designated)
    assert "term-1" in [deadline.key for deadline in before.awaited("term")]
    assert reviews(before) == []
    before.when(expire).then(TermExpired)
    case = given(*restored, expire)
    assert isinstance(case.state.status, Ended)
    assert stage(case).startswith("指定終了（有効期間の満了）")
    assert reviews(case) == BOTH
    assert owed(case, "失ったため", "満了を告示") == {
        "失ったため": expire.on,
        "満了を告示": expire.on,
    }


def test_each_step_of_the_story_is_stored_and_read_back_to_the_same_case() -> None:
    decider = DESIGNATION.decider
    events: list[Event] = []
    state = decider.initial
    for command in LEFT:
        brought = decider.decide(command, state, given().rules)
        events += brought
        state = decider.fold(brought, state)
    read = [DESIGNATION.event.validate_json(event.model_dump_json()) for event in events]
    assert decider.fold(read) == state
