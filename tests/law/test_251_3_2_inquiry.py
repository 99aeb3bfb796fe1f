"""法第251条の3の2第4項、令第174条の8第4項、処理委員省令第42条–第49条: Finding the facts."""

from datetime import date

import pytest

from domain.dispute.inquiring import (
    AgentReported,
    DisputeSessionHeld,
    EvidenceDemanded,
    EvidenceReceived,
    ProgressReported,
    ProgressRequested,
)
from domain.law import (
    ART_251_2,
    ART_251_3_2,
    DCO_43,
    DCO_44,
    DCO_45,
    DCO_47,
    DCO_48,
    DCO_49,
    ORDER_174_8,
    Citation,
)
from tests.law.league import KEN, KURE, but
from tests.law.quarrel import (
    HEARD,
    THREE,
    TWO,
    completed,
    entered,
    finding,
    given,
    mediating,
    ruled,
    sat,
    sitting,
    together,
    told,
)
from tests.law.quarrel_acts import (
    AGENT,
    ASK_PROGRESS,
    DEMAND,
    PROGRESS,
    RECEIVE,
    SESSION,
    SITS,
)

ADDED: list[tuple[str, Citation]] = [
    ("参考人の陳述", DCO_47),
    ("鑑定", DCO_47),
    ("期日外の事実の調査", DCO_48),
]
OF_A_GOVERNOR = sat(THREE, HEARD)


def test_d04_what_is_asked_for_is_decided_together_and_numbered() -> None:
    event = given(*SITS).when(DEMAND).then_the(EvidenceDemanded)
    assert (event.number, event.basis) == (1, ART_251_3_2.para(4))
    assert event.collegial.took_part == ("C-1", "C-2", "C-3")
    more = but(DEMAND, means="出頭・陳述", what="算定の経緯")
    assert given(*SITS, DEMAND).when(more).then_the(EvidenceDemanded).number == 2
    alone = but(DEMAND, collegial=together("C-1"))
    given(*SITS).when(alone).then_refused(ART_251_3_2.para(5))


def test_d04_records_may_be_demanded_of_others_too_appearance_only_of_those_concerned() -> None:
    others = but(DEMAND, target="紛争に係る事件に関係のある者", whom="中国地方整備局")
    given(*SITS).when(others).then(EvidenceDemanded)
    given(*SITS).when(but(others, means="出頭・陳述")).then_refused(ART_251_3_2.para(4))


def test_d04_what_came_of_it_is_recorded_under_its_number() -> None:
    assert given(*SITS, DEMAND).when(RECEIVE).then_the(EvidenceReceived).number == 1
    given(*SITS, DEMAND).when(but(RECEIVE, number=2)).then_refused(ART_251_3_2.para(4))


def test_d04_nothing_is_asked_for_after_the_end() -> None:
    late = but(DEMAND, on=date(2027, 1, 8))
    assert given(*completed(*TWO)).when(late).refusal


def test_d04_in_a_mediation_the_same_is_done_under_its_own_paragraphs() -> None:
    demand = but(DEMAND, **OF_A_GOVERNOR)
    event = given(*mediating(*THREE)).when(demand).then_the(EvidenceDemanded)
    assert event.basis == ART_251_2.para(9)
    alone = but(demand, collegial=together("C-1"))
    given(*mediating(*THREE)).when(alone).then_refused(ART_251_2.para(10))


@pytest.mark.parametrize(("means", "basis"), ADDED)
def test_e34_the_ministerial_ordinance_adds_means_of_its_own(means: str, basis: Citation) -> None:
    asked = but(DEMAND, means=means, target="関係人", whom="学識経験者")
    assert given(*SITS).when(asked).then_the(EvidenceDemanded).basis == basis
    given(*SITS).when(but(asked, collegial=together("C-1"))).then_refused(DCO_49)


@pytest.mark.parametrize(("means", "basis"), ADDED)
def test_e34_they_are_open_to_a_governors_commissioners_only_by_his_own_rules(
    means: str, basis: Citation
) -> None:
    asked = but(DEMAND, **OF_A_GOVERNOR, means=means, target="関係人", whom="学識経験者")
    given(*sitting(*THREE)).when(asked).then_refused(basis)
    rules = ruled(KEN, ministerial_procedure=True)
    given(*sitting(*THREE), rules=rules).when(asked, rules).then(EvidenceDemanded)


def test_d04_a_session_may_be_attended_by_video_and_is_closed_unless_found_fit_to_open() -> None:
    event = given(*SITS).when(SESSION).then_the(DisputeSessionHeld)
    assert (event.by_video, event.opened) == (("広島県",), None)
    opened = but(SESSION, opened=finding("住民の関心が高い。"))
    assert given(*SITS).when(opened).then_the(DisputeSessionHeld).opened


def test_e34_video_and_opening_are_of_the_ministerial_ordinance() -> None:
    plain = but(SESSION, **OF_A_GOVERNOR, by_video=())
    case = given(*sitting(*THREE))
    case.when(plain).then(DisputeSessionHeld)
    case.when(but(plain, by_video=("府中町",))).then_refused(DCO_43)
    case.when(but(plain, opened=finding())).then_refused(DCO_45)


def test_d04_an_agent_is_reported_in_writing_with_name_and_occupation() -> None:
    event = given(*SITS).when(AGENT).then_the(AgentReported)
    assert (event.party, event.occupation, event.agent.of) == (KURE, "弁護士", "L-1")
    given(*told(*TWO)).when(AGENT).then(AgentReported)


def test_e34_a_governors_case_knows_agents_only_by_his_own_rules() -> None:
    agent = but(AGENT, **entered(KURE, HEARD))
    given(*sitting(*THREE)).when(agent).then_refused(DCO_44)
    rules = ruled(KEN, ministerial_procedure=True)
    given(*sitting(*THREE), rules=rules).when(agent).then(AgentReported)


def test_d04_the_authority_may_ask_how_far_they_are_and_they_owe_an_answer() -> None:
    asked = given(*SITS).when(ASK_PROGRESS).then_the(ProgressRequested)
    assert (asked.number, asked.basis) == (1, ORDER_174_8.para(4))
    case = given(*SITS, ASK_PROGRESS)
    assert case.owed() == [
        "自治紛争処理委員: 経過を報告する（総務大臣の求め）（令第174条の8第4項）"
    ]
    case.when(PROGRESS).then(ProgressReported)
    assert given(*SITS, ASK_PROGRESS, PROGRESS).owed() == []
    given(*SITS).when(PROGRESS).then_nothing()


def test_d04_in_a_mediation_there_is_no_such_request() -> None:
    ask = but(ASK_PROGRESS, party=KEN, by=but(ASK_PROGRESS.by, office="広島県知事"))
    given(*mediating(*THREE)).when(ask).then_refused(ORDER_174_8.para(4))
