"""法第179条: 専決処分 in the place of a council's vote on an agreement, and the answer to it afterwards."""

from datetime import date

import pytest

from domain.agreement import AGREEMENT
from domain.agreement.concluding import AgreementConcluded, AgreementSigned
from domain.agreement.parties import PARA_3
from domain.agreement.substituting import (
    CouncilAnswered,
    CouncilInformed,
    CouncilInformedLate,
    DecidedForCouncil,
)
from domain.law import ART_179
from tests.law.league import (
    KEN,
    KURE,
    OKAYAMA,
    RULEBOOK,
    V1,
    V2,
    before_council,
    but,
    consulting,
    decided,
    entered,
    fixed,
    given,
    of,
    signatures,
    voted,
)
from tests.law.league_acts import ANSWER, INFORM, INFORMED_LATE, REJECT, SUBSTITUTE

TWO = (KEN, KURE)
PARA_1, PARA_3_OF_179 = ART_179.para(1), ART_179.para(3)
OPEN = consulting(*TWO)
DONE = [*OPEN, SUBSTITUTE]


def test_a13_it_stands_for_the_councils_vote_on_the_same_version() -> None:
    event = given(*OPEN).when(SUBSTITUTE).then_the(DecidedForCouncil)
    assert (event.version, event.basis) == (V1, PARA_1)
    first, last = signatures(*TWO)
    concluded = given(*DONE, *voted(KEN, V1), first).when(last).events[-1]
    assert isinstance(concluded, AgreementConcluded)
    assert {(one.party, one.means) for one in concluded.approvals} == {
        (KEN, "議決"),
        (KURE, "専決処分"),
    }


def test_a13_it_is_void_with_its_version() -> None:
    again = fixed(KEN, V2, date(2025, 12, 20))
    assert given(*DONE, again).state.title == "締結の協議中"


def test_a13_a_wrong_version_is_refused() -> None:
    given(*OPEN).when(but(SUBSTITUTE, **of(V2))).then_refused(PARA_3)


def test_a13_it_does_not_overrule_a_council_that_rejected_the_text() -> None:
    story = [*OPEN, *before_council(KURE, V1), REJECT]
    given(*story).when(SUBSTITUTE).then_refused(PARA_3)


def test_a13_a_party_may_have_shut_it_out_for_itself() -> None:
    cities = consulting(KURE, OKAYAMA)
    given(*cities).when(but(SUBSTITUTE, **decided(OKAYAMA, SUBSTITUTE.on))).then_refused(PARA_1)
    given(*cities).when(SUBSTITUTE).then(DecidedForCouncil)


def test_a13_the_report_is_owed_at_the_next_session() -> None:
    owed = AGREEMENT.view(given(*DONE).state).obligations
    assert ("呉市: 専決処分（第1号）を議会に報告し、承認を求める", PARA_3_OF_179) in [
        (one.title, one.basis) for one in owed
    ]
    due = AGREEMENT.dues(given(*DONE).state, RULEBOOK.rules(KEN))
    assert [(one.deadline.day, one.note) for one in due] == [(date(2026, 2, 20), INFORMED_LATE)]
    assert given(*DONE).when(INFORM).then_the(CouncilInformed).in_time is True


def test_a13_without_a_known_session_it_is_owed_without_a_day() -> None:
    unknown = but(SUBSTITUTE, next_session=None)
    state = given(*OPEN, unknown).state
    assert AGREEMENT.dues(state, RULEBOOK.rules(KEN)) == ()
    assert given(*OPEN, unknown).when(INFORM).then_the(CouncilInformed).in_time is None
    early = but(SUBSTITUTE, next_session=date(2025, 12, 14))
    given(*OPEN).when(early).then_refused(PARA_3_OF_179)


def test_a13_a_session_gone_by_is_noted_and_the_report_may_still_come() -> None:
    given(*DONE).when(but(INFORMED_LATE, on=date(2026, 2, 20))).then_nothing()
    given(*DONE).when(INFORMED_LATE).then(CouncilInformedLate)
    late = but(INFORM, on=date(2026, 3, 2))
    assert given(*DONE, INFORMED_LATE).when(late).then_the(CouncilInformed).in_time is False


@pytest.mark.parametrize("approved", [True, False])
def test_a13_approved_or_not_the_act_stands_as_it_is(approved: bool) -> None:
    answer = but(ANSWER, approved=approved)
    assert given(*DONE, INFORM).when(answer).then_the(CouncilAnswered).approved is approved
    first = signatures(*TWO)[0]
    story = [*DONE, *voted(KEN, V1), INFORM, answer]
    given(*story).when(but(first, on=date(2026, 3, 12))).then(AgreementSigned)


def test_a13_the_answer_follows_the_report_of_the_same_party() -> None:
    given(*DONE).when(ANSWER).then_refused(PARA_3_OF_179)
    given(*DONE, INFORM).when(but(ANSWER, on=date(2026, 2, 19))).then_refused(PARA_3_OF_179)
    given(*DONE).when(but(INFORM, **entered(KEN, INFORM.on))).then_refused(PARA_3_OF_179)
