"""行審法第31条: 「…申立てがあった場合には、審理員は、…口頭で…意見を述べる機会を与えなければならない。」"""

from datetime import date, timedelta

import pytest

from domain.designation import DESIGNATION, Command
from domain.designation.remedies.oral import (
    OralStatementArranged,
    OralStatementDenied,
    OralStatementHeld,
    OralStatementSought,
)
from domain.designation.remedies.review import ReviewOpinionSubmitted
from domain.law import ARA_9, ARA_31
from tests.law import contest
from tests.law.cast import OFFICER, OTHER_BODY, but
from tests.law.participation import ARRANGE, HEAR, NO_WORD, SPEAK, STEPS, reviewing, speaking
from tests.law.specification import Given, given

COUNTER, OPINION = STEPS[4:]
PARA_1, PARA_2, PARA_3 = ARA_31.para(1), ARA_31.para(2), ARA_31.para(3)


def owed(case: Given) -> list[tuple[str, date]]:
    """What is open under 第31条."""
    found = DESIGNATION.view(case.state).obligations
    return [(one.title, one.since) for one in found if one.basis == PARA_1]


def answered_on_paper() -> list[Command]:
    """The application stands when the 反論書 is there."""
    return [*reviewing(), but(SPEAK, on=STEPS[3].on), COUNTER]


def test_the_body_asks_to_speak_and_the_review_officer_owes_it_the_chance() -> None:
    event = given(*reviewing()).when(SPEAK).then_the(OralStatementSought)
    assert (event.appeal, event.about, event.assistants) == (1, SPEAK.about, SPEAK.assistants)
    assert owed(given(*reviewing())) == []
    title = "審査請求（第1号）の口頭意見陳述の申立てに答え、その機会を与える"
    assert owed(given(*speaking())) == [(title, SPEAK.on)]
    given(*speaking()).when(SPEAK).then_nothing()
    given(*reviewing()).when(but(SPEAK, by=OTHER_BODY)).then_refused(ARA_31)


def test_it_may_be_asked_for_before_a_review_officer_is_named() -> None:
    early = but(SPEAK, on=date(2026, 7, 2))
    given(*contest.appealed()).when(early).then(OralStatementSought)
    unnamed = given(*contest.appealed(), early)
    unnamed.when(but(ARRANGE, on=date(2026, 7, 3))).then_refused(ARA_9.para(1))


def test_the_review_officer_names_day_and_place_and_calls_everybody() -> None:
    event = given(*speaking()).when(ARRANGE).then_the(OralStatementArranged)
    assert (event.day.day, event.place) == (ARRANGE.held_on, ARRANGE.place)
    assert event.convened == ARRANGE.convened
    arranged = given(*speaking(), ARRANGE)
    assert [due.day for due in arranged.awaited("oral")] == [ARRANGE.held_on]
    arranged.when(ARRANGE).then_nothing()
    another = but(ARRANGE, held_on=ARRANGE.held_on + timedelta(days=1))
    arranged.when(another).then(OralStatementArranged)
    given(*speaking()).when(but(ARRANGE, by=OFFICER)).then_refused(ARA_9.para(1))
    given(*speaking()).when(but(ARRANGE, held_on=ARRANGE.on)).then_refused(PARA_2)


def test_assistants_are_allowed_only_where_the_body_named_some() -> None:
    alone = [*reviewing(), but(SPEAK, assistants=())]
    given(*alone).when(ARRANGE).then_refused(PARA_3)
    given(*alone).when(but(ARRANGE, assistants_allowed=False)).then(OralStatementArranged)


def test_it_is_held_on_the_day_that_was_named_and_leaves_a_record() -> None:
    event = given(*speaking(), ARRANGE).when(HEAR).then_the(OralStatementHeld)
    assert (event.attended, event.statements, event.record) == (
        True,
        HEAR.statements,
        HEAR.record,
    )
    given(*speaking()).when(HEAR).then_refused(PARA_2)
    late = but(HEAR, on=HEAR.on + timedelta(days=1))
    given(*speaking(), ARRANGE).when(late).then_refused(PARA_2)
    heard = given(*speaking(), ARRANGE, HEAR)
    assert (owed(heard), heard.awaited("oral")) == ([], [])
    heard.when(HEAR).then_refused(PARA_1)
    heard.when(but(SPEAK, on=HEAR.on)).then_refused(PARA_1)


def test_the_chance_is_denied_only_on_a_finding_and_may_then_be_asked_for_again() -> None:
    event = given(*speaking()).when(NO_WORD).then_the(OralStatementDenied)
    assert event.finding == NO_WORD.finding
    denied = given(*speaking(), NO_WORD)
    assert owed(denied) == []
    denied.when(but(SPEAK, on=NO_WORD.on)).then(OralStatementSought)
    given(*speaking()).when(but(NO_WORD, by=OFFICER)).then_refused(ARA_9.para(1))


@pytest.mark.parametrize("command", [ARRANGE, NO_WORD, HEAR], ids=lambda one: one.tag)
def test_nothing_is_arranged_that_nobody_asked_for(command: Command) -> None:
    given(*reviewing()).when(command).then_refused(PARA_1)


def test_there_is_no_opinion_while_the_body_waits_to_speak() -> None:
    given(*answered_on_paper()).when(OPINION).then_refused(PARA_1)
    denied = but(NO_WORD, on=OPINION.on)
    given(*answered_on_paper(), denied).when(OPINION).then(ReviewOpinionSubmitted)
    spoken = [*reviewing(), SPEAK, ARRANGE, COUNTER, HEAR]
    given(*spoken).when(OPINION).then(ReviewOpinionSubmitted)


def test_after_the_opinion_or_the_withdrawal_nobody_speaks() -> None:
    late = but(SPEAK, on=OPINION.on)
    given(*contest.reviewed()).when(late).then_refused(ARA_31)
    withdrawn = [*contest.appealed(), contest.WITHDRAW]
    given(*withdrawn).when(but(SPEAK, on=date(2026, 8, 4))).then_refused(ARA_31)
