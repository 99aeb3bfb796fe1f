"""行手法第16条–第18条・第21条・第31条: Agents, interested persons, inspection, statements in writing.

第16条第1項: 「…当事者…は、代理人を選任することができる。」
第17条第1項: 「…主宰者…は、必要があると認めるときは、…関係人…に対し、当該聴聞に関する手続に参加する
ことを求め、又は当該聴聞に関する手続に参加することを許可することができる。」
第18条第1項: 「…聴聞の通知があった時から聴聞が終結する時までの間、…資料の閲覧を求めることができる。…
行政庁は、第三者の利益を害するおそれがあるときその他正当な理由があるときでなければ、その閲覧を拒むことが
できない。」
第21条第1項: 「…聴聞の期日への出頭に代えて、主宰者に対し、聴聞の期日までに陳述書及び証拠書類等を提出
することができる。」
"""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.designation import DESIGNATION, Command
from domain.designation.hearing import HearingClosed, ReopenHearing
from domain.designation.participation.agents import AgencyEnded, AgentAppointed
from domain.designation.participation.inspection import (
    InspectionGranted,
    InspectionRefused,
    InspectionRequested,
    RefuseInspection,
)
from domain.designation.participation.interested import (
    ParticipationAllowed,
    ParticipationAsked,
    ParticipationDenied,
    ParticipationSought,
)
from domain.designation.participation.statements import WrittenStatementSubmitted
from domain.designation.revocation import DeclineRevocation
from domain.law import APA_16, APA_17, APA_18, APA_19, APA_21, APA_23, APA_31, ARA_12
from domain.people import CALENDAR
from domain.text import Personal
from tests.law import contest
from tests.law.cast import (
    BODY,
    CLOSE,
    DRAFTER,
    HOLD,
    MAYOR,
    NOTIFY,
    OFFICER,
    ORDER,
    OTHER_BODY,
    OTHER_PRESIDER,
    PROPOSE_REVOCATION,
    Story,
    but,
    designated,
    explaining,
    finding,
    hearing_closed,
    hearing_open,
    hearing_reported,
    revoked,
    threatened,
    violated,
)
from tests.law.participation import (
    ALLOW,
    APPOINT,
    ASK_IN,
    CALL_IN,
    DENY,
    END_AGENCY,
    HIDE,
    LOOK,
    LOOK_TOO,
    NEIGHBOUR,
    SHOW,
    WRITE,
    WRITE_TOO,
    looking,
    sought,
    taking_part,
)
from tests.law.specification import Given, given

NEXT = but(HOLD, continued_on=date(2026, 10, 12))
ABSENT = but(HOLD, absent=True, present=(), statements="当事者は出頭しなかった。")
FOR_ABSENCE = but(CLOSE, why="当事者の不出頭")
REOPEN = ReopenHearing(
    on=date(2026, 10, 12),
    by=MAYOR,
    drafted_by=DRAFTER,
    circumstances="聴聞の終結後に総会が開かれた。",
    held_on=date(2026, 10, 26),
    place="例示市役所 会議室",
)
DECLINE = DeclineRevocation(
    on=date(2026, 10, 20), by=MAYOR, drafted_by=DRAFTER, finding=finding("改善の見込みがある。")
)
OF_A_HEARING = (APPOINT, ASK_IN, CALL_IN, LOOK, WRITE)
"""What may be done as soon as a hearing is notified."""


def answers_owed(case: Given) -> list[tuple[str, date]]:
    """What is open under 第17条 and 第18条."""
    found = DESIGNATION.view(case.state).obligations
    under = (APA_17.para(1), APA_18.para(1))
    return [(one.title, one.since) for one in found if one.basis in under]


# --- どの聴聞でも -----------------------------------------------------------------------------


@pytest.mark.parametrize("command", OF_A_HEARING, ids=lambda one: one.tag)
@pytest.mark.parametrize("story", [designated(), threatened()], ids=["designated", "threatened"])
def test_nothing_of_a_hearing_is_done_before_its_notice(command: Command, story: Story) -> None:
    given(*story).when(command).then_refused(command.cites)


@pytest.mark.parametrize("command", OF_A_HEARING, ids=lambda one: one.tag)
def test_the_notice_counts_from_its_arrival(command: Command) -> None:
    given(*hearing_open()).when(but(command, on=date(2026, 9, 17))).then_refused(command.cites)
    assert given(*hearing_open()).when(but(command, on=date(2026, 9, 18))).events


@pytest.mark.parametrize("command", OF_A_HEARING, ids=lambda one: one.tag)
@pytest.mark.parametrize("ended", [[*hearing_reported(), DECLINE], revoked()], ids=["not", "done"])
def test_nothing_of_a_hearing_is_done_after_the_decision(command: Command, ended: Story) -> None:
    given(*ended).when(but(command, on=date(2026, 10, 21))).then_refused(command.cites)


@pytest.mark.parametrize("command", [APPOINT, LOOK, WRITE], ids=lambda one: one.tag)
def test_the_acts_of_the_party_are_those_of_this_body(command: Command) -> None:
    given(*hearing_open()).when(but(command, by=OTHER_BODY)).then_refused(command.cites)
    given(*hearing_open()).when(but(command, by=OFFICER)).then_refused(command.cites)


def test_another_hearing_begins_with_nobody_in_it_and_counts_on() -> None:
    again = [
        but(PROPOSE_REVOCATION, on=date(2026, 11, 2)),
        but(NOTIFY, on=date(2026, 11, 4), arrives=None, held_on=date(2026, 11, 30)),
    ]
    heard = [step for step in hearing_reported() if step not in threatened()]
    case = given(*violated(), PROPOSE_REVOCATION, heard[0], ASK_IN, LOOK, *heard[1:], DECLINE)
    assert answers_owed(case) == []
    second = given(
        *violated(), PROPOSE_REVOCATION, heard[0], ASK_IN, LOOK, *heard[1:], DECLINE, *again
    )
    event = second.when(but(LOOK, on=date(2026, 11, 5))).then_the(InspectionRequested)
    assert (event.hearing, event.inspection) == (2, 2)
    second.when(but(ALLOW, on=date(2026, 11, 5))).then_refused(APA_17.para(1))
    second.when(but(APPOINT, on=date(2026, 11, 5))).then_refused(APA_16)
    second.when(but(APPOINT, on=date(2026, 11, 5), number=2)).then(AgentAppointed)


# --- 代理人（第16条・第31条、行審法第12条） ---------------------------------------------------


def test_an_agent_is_appointed_with_the_paper_that_proves_it() -> None:
    event = given(*hearing_open()).when(APPOINT).then_the(AgentAppointed)
    assert (event.agency, event.basis) == (1, APA_16)
    assert (event.agent, event.proof) == (APPOINT.agent, APPOINT.proof)
    with pytest.raises(ValidationError, match="proof"):
        but(APPOINT, proof="")


def test_more_than_one_may_act_and_the_same_is_appointed_once() -> None:
    other = but(APPOINT, agent=Personal(of="P-0209", text="例示 十四葉"))
    given(*hearing_open(), APPOINT).when(APPOINT).then_nothing()
    assert given(*hearing_open(), APPOINT).when(other).then_the(AgentAppointed).agency == 2


def test_article_31_an_agent_may_act_for_the_explanation_until_it_is_decided() -> None:
    named = but(APPOINT, on=date(2026, 6, 1), proceeding="弁明")
    assert given(*explaining()).when(named).then_the(AgentAppointed).basis == APA_31
    given(*explaining()).when(but(named, number=2)).then_refused(APA_31)
    given(*designated()).when(named).then_refused(APA_31)
    given(*explaining()).when(but(named, on=date(2026, 5, 26))).then_refused(APA_16)
    ordered = given(*violated())
    ordered.when(but(named, on=date(2026, 9, 8))).then_refused(APA_31)
    ended = but(END_AGENCY, on=date(2026, 6, 5), lost_on=date(2026, 6, 4))
    assert given(*explaining(), named).when(ended).then_the(AgencyEnded).basis == APA_31
    given(*explaining(), named, ORDER).when(but(ended, on=ORDER.on)).then_refused(APA_16.para(4))


def test_appeal_act_article_12_an_agent_takes_an_appeal_back_only_with_special_authority() -> None:
    named = but(APPOINT, on=date(2026, 7, 2), proceeding="審査請求", may_withdraw=True)
    event = given(*contest.appealed()).when(named).then_the(AgentAppointed)
    assert (event.basis, event.may_withdraw) == (ARA_12, True)
    given(*contest.served()).when(named).then_refused(ARA_12)
    given(*contest.appealed(), contest.WITHDRAW).when(but(named, on=date(2026, 8, 4))).then_refused(
        ARA_12
    )
    of_a_hearing = but(APPOINT, may_withdraw=True)
    given(*hearing_open()).when(of_a_hearing).then_refused(ARA_12.para(2))


def test_the_loss_of_the_authority_is_told_in_writing_and_once() -> None:
    story = [*hearing_open(), APPOINT]
    event = given(*story).when(END_AGENCY).then_the(AgencyEnded)
    assert (event.basis, event.proceeding, event.lost_on) == (
        APA_16.para(4),
        "聴聞",
        END_AGENCY.lost_on,
    )
    given(*hearing_open()).when(END_AGENCY).then_refused(APA_16.para(4))
    given(*story, END_AGENCY).when(END_AGENCY).then_refused(APA_16.para(4))
    given(*story, END_AGENCY).when(but(APPOINT, on=date(2026, 9, 29))).then(AgentAppointed)


@pytest.mark.parametrize("lost_on", [date(2026, 9, 20), date(2026, 9, 29)])
def test_the_authority_is_lost_between_the_appointment_and_the_notice_of_it(lost_on: date) -> None:
    told = but(END_AGENCY, lost_on=lost_on)
    given(*hearing_open(), APPOINT).when(told).then_refused(APA_16.para(4))


# --- 関係人の参加（第17条） -------------------------------------------------------------------


def test_an_interested_person_asks_and_the_presider_owes_an_answer() -> None:
    event = given(*hearing_open()).when(ASK_IN).then_the(ParticipationSought)
    assert (event.hearing, event.participation, event.applicant) == (1, 1, NEIGHBOUR)
    assert answers_owed(given(*sought())) == [("関係人の参加の申出（第1号）に答える", ASK_IN.on)]
    given(*sought()).when(ASK_IN).then_nothing()


def test_the_party_is_no_interested_person() -> None:
    self = Personal(of=BODY.person, text="例示学区協議会")
    given(*hearing_open()).when(but(ASK_IN, applicant=self)).then_refused(APA_17.para(1))
    given(*hearing_open()).when(but(CALL_IN, person=self)).then_refused(APA_17.para(1))


def test_the_agent_of_an_interested_person_proves_the_authority_in_writing() -> None:
    by_an_agent = but(ASK_IN, agent=APPOINT.agent)
    given(*hearing_open()).when(by_an_agent).then_refused(APA_17.para(3))
    given(*hearing_open()).when(but(by_an_agent, proof="委任状")).then(ParticipationSought)


def test_the_presider_of_this_hearing_allows_or_denies_with_reasons() -> None:
    allowed = given(*sought()).when(ALLOW).then_the(ParticipationAllowed)
    assert (allowed.finding, allowed.harmed) == (ALLOW.finding, True)
    assert given(*sought()).when(DENY).then_the(ParticipationDenied).finding == DENY.finding
    for answer in (ALLOW, DENY):
        assert answers_owed(given(*sought(), answer)) == []
        given(*sought(), answer).when(answer).then_refused(APA_17.para(1))
        given(*sought()).when(but(answer, by=OTHER_PRESIDER)).then_refused(APA_19.para(1))
        given(*sought()).when(but(answer, by=MAYOR)).then_refused(APA_17)
        given(*sought()).when(but(answer, on=date(2026, 9, 21))).then_refused(APA_17)


def test_who_was_denied_may_ask_again_and_who_takes_part_need_not() -> None:
    later = but(ASK_IN, on=date(2026, 9, 28))
    given(*sought(), DENY).when(later).then(ParticipationSought)
    given(*taking_part()).when(later).then_nothing()


def test_the_presider_asks_somebody_who_did_not_ask() -> None:
    event = given(*hearing_open()).when(CALL_IN).then_the(ParticipationAsked)
    assert (event.participation, event.person) == (1, CALL_IN.person)
    given(*hearing_open(), CALL_IN).when(CALL_IN).then_nothing()
    given(*sought()).when(but(CALL_IN, person=NEIGHBOUR)).then_refused(APA_17.para(1))


def test_after_the_close_nobody_joins_and_no_answer_is_owed() -> None:
    late = but(ASK_IN, on=date(2026, 10, 6))
    given(*hearing_closed()).when(late).then_refused(APA_17)
    closed = given(*sought(), HOLD, CLOSE)
    assert answers_owed(closed) == []
    closed.when(but(ALLOW, on=date(2026, 10, 6))).then_refused(APA_17)


# --- 文書等の閲覧（第18条） -------------------------------------------------------------------


def test_the_body_asks_to_inspect_and_the_mayor_owes_an_answer() -> None:
    event = given(*hearing_open()).when(LOOK).then_the(InspectionRequested)
    assert (event.inspection, event.participation, event.further) == (1, None, False)
    assert event.materials == LOOK.materials
    assert answers_owed(given(*looking())) == [("文書等の閲覧の求め（第1号）に答える", LOOK.on)]
    given(*looking()).when(LOOK).then_nothing()


def test_in_the_course_of_the_hearing_more_may_be_asked_for() -> None:
    more = but(LOOK, on=date(2026, 10, 6), materials="続行の期日に示された帳簿")
    assert given(*hearing_open(), NEXT).when(more).then_the(InspectionRequested).further


def test_nothing_is_inspected_that_was_not_asked_for_before_the_hearing_ended() -> None:
    for day in (CLOSE.on, date(2026, 10, 6)):
        given(*hearing_closed()).when(but(LOOK, on=day)).then_refused(APA_18)
    given(*hearing_closed()).when(LOOK).then(InspectionRequested)
    reopened = given(*hearing_reported(), REOPEN)
    reopened.when(but(LOOK, on=date(2026, 10, 13))).then(InspectionRequested)


def test_what_was_asked_for_in_time_is_answered_after_the_close_too() -> None:
    closed = given(*looking(), HOLD, CLOSE)
    assert [title for title, _ in answers_owed(closed)] == ["文書等の閲覧の求め（第1号）に答える"]
    late = {"on": date(2026, 10, 7), "notified": date(2026, 10, 7)}
    closed.when(but(SHOW, **late, day=date(2026, 10, 8))).then(InspectionGranted)


def test_a_participant_inspects_only_whose_own_interests_would_be_harmed() -> None:
    event = given(*taking_part()).when(LOOK_TOO).then_the(InspectionRequested)
    assert event.participation == 1
    unharmed = given(*sought(), but(ALLOW, harmed=False))
    unharmed.when(LOOK_TOO).then_refused(APA_18.para(1))
    given(*sought()).when(LOOK_TOO).then_refused(APA_18.para(1))
    given(*taking_part()).when(but(LOOK_TOO, on=date(2026, 9, 23))).then_refused(APA_18)


def test_an_inspection_is_granted_with_day_and_place_and_what_is_withheld() -> None:
    event = given(*looking()).when(SHOW).then_the(InspectionGranted)
    assert (event.materials, event.day, event.place) == (LOOK.materials, SHOW.day, SHOW.place)
    assert event.withheld == SHOW.withheld
    assert answers_owed(given(*looking(), SHOW)) == []
    early = but(SHOW, day=date(2026, 9, 24))
    given(*looking()).when(early).then_refused(APA_18.para(3))


def test_an_inspection_is_refused_only_on_a_ground_of_the_law_and_with_reasons() -> None:
    event = given(*looking()).when(HIDE).then_the(InspectionRefused)
    assert (event.ground, event.finding, event.materials) == (
        "第三者の利益を害するおそれ",
        HIDE.finding,
        LOOK.materials,
    )
    for field in ("ground", "finding"):
        said = {name: value for name, value in dict(HIDE).items() if name != field}
        with pytest.raises(ValidationError, match=field):
            RefuseInspection.model_validate(said)
    with pytest.raises(ValidationError, match="ground"):
        but(HIDE, ground="事務の都合")


@pytest.mark.parametrize("answer", [SHOW, HIDE], ids=lambda one: one.tag)
def test_the_mayor_answers_once_after_the_request_and_tells_who_asked(answer: Command) -> None:
    given(*looking()).when(but(answer, by=OFFICER)).then_refused(APA_18)
    given(*looking()).when(but(answer, by=CALENDAR)).then_refused(APA_18)
    given(*hearing_open()).when(answer).then_refused(APA_18.para(1))
    given(*looking(), answer).when(answer).then_refused(APA_18.para(1))
    given(*looking()).when(but(answer, on=date(2026, 9, 22))).then_refused(APA_18)
    told_before = but(answer, notified=date(2026, 9, 24))
    given(*looking()).when(told_before).then_refused(APA_18.para(1))
    assert "remedy_notice" not in InspectionRefused.model_fields, "行手法第27条"


# --- 陳述書（第21条） -------------------------------------------------------------------------


def test_a_statement_in_writing_reaches_the_presider_before_the_session() -> None:
    event = given(*hearing_open()).when(WRITE).then_the(WrittenStatementSubmitted)
    assert (event.session, event.held_on, event.participation) == (1, HOLD.on, None)
    assert (event.statement, event.evidence) == (WRITE.statement, WRITE.evidence)
    given(*hearing_open(), WRITE).when(WRITE).then_nothing()
    given(*hearing_open()).when(but(WRITE, on=HOLD.on)).then(WrittenStatementSubmitted)
    given(*hearing_open()).when(but(WRITE, on=date(2026, 10, 6))).then_refused(APA_21.para(1))


def test_a_statement_may_be_sent_for_a_later_session_but_not_after_the_last() -> None:
    later = but(WRITE, on=date(2026, 10, 9))
    event = given(*hearing_open(), NEXT).when(later).then_the(WrittenStatementSubmitted)
    assert (event.session, event.held_on) == (2, date(2026, 10, 12))
    given(*hearing_open(), HOLD).when(later).then_refused(APA_21.para(1))
    given(*hearing_closed()).when(later).then_refused(APA_21)


def test_a_participant_may_send_a_statement_too() -> None:
    event = given(*taking_part()).when(WRITE_TOO).then_the(WrittenStatementSubmitted)
    assert event.participation == 1
    given(*sought()).when(WRITE_TOO).then_refused(APA_21.para(1))
    given(*taking_part()).when(but(WRITE_TOO, participation=2)).then_refused(APA_21.para(1))


def test_article_23_who_sent_a_statement_is_not_shut_out_for_staying_away() -> None:
    given(*hearing_open(), ABSENT).when(FOR_ABSENCE).then(HearingClosed)
    written = given(*hearing_open(), WRITE, ABSENT)
    written.when(FOR_ABSENCE).then_refused(APA_23.para(1))
    written.when(CLOSE).then(HearingClosed)
    by_another = given(*taking_part(), WRITE_TOO, ABSENT)
    by_another.when(FOR_ABSENCE).then(HearingClosed)


def test_article_23_a_statement_for_an_earlier_session_excuses_no_later_absence() -> None:
    missed = but(ABSENT, continued_on=date(2026, 10, 12))
    last = but(ABSENT, on=date(2026, 10, 12), record="聴聞調書第2号")
    closing = but(FOR_ABSENCE, on=date(2026, 10, 12))
    given(*hearing_open(), WRITE, missed, last).when(closing).then(HearingClosed)
