"""法第251条: 「…事件ごとに、…三人を任命する」, prior consultation, dismissal, and the end of office."""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.bodies import MINISTER
from domain.dispute.appointing import AppointCommissioners, CommissionersAppointed
from domain.dispute.inquiring import EvidenceDemanded
from domain.dispute.replacing import CommissionerDismissed, CommissionerReplaced
from domain.dispute.settling import MeasuresDetermined
from domain.law import ART_251, ART_251_3_2, DCO_3, DCO_4
from domain.people import Actor
from tests.law.league import KEN, but
from tests.law.quarrel import (
    CONSULTED,
    DECIDED,
    HEARD,
    PANEL,
    THREE,
    TWO,
    appointed,
    appointing,
    commissioner,
    completed,
    finding,
    given,
    ruled,
    sat,
    settled,
    sitting,
    three,
    together,
    told,
)
from tests.law.quarrel_acts import DEMAND, DISMISS, ELECT, FILL, SITS, VACANCY

APPOINT = AppointCommissioners.model_validate(appointing(TWO))
DETERMINE = settled(*TWO)[-1]


@pytest.mark.parametrize("persons", [PANEL[:2], (*PANEL, "C-4")])
def test_d03_e33_three_are_appointed_for_a_case_no_fewer_and_no_more(
    persons: tuple[str, ...],
) -> None:
    with pytest.raises(ValidationError):
        but(APPOINT, commissioners=three(*persons))


def test_d03_three_are_three_persons() -> None:
    twice = but(APPOINT, commissioners=three("C-1", "C-2", "C-2"))
    given(*told(*TWO)).when(twice).then_refused(ART_251.para(2))


def test_d03_those_in_charge_of_related_affairs_are_consulted_before_or_nobody_is_concerned() -> (
    None
):
    without = but(APPOINT, consulted=())
    given(*told(*TWO)).when(without).then_refused(ART_251.para(2))
    nobody = but(without, nobody_concerned=finding("関係する大臣はない。"))
    event = given(*told(*TWO)).when(nobody).then_the(CommissionersAppointed)
    assert event.nobody_concerned is not None
    both = but(nobody, consulted=CONSULTED)
    given(*told(*TWO)).when(both).then_refused(ART_251.para(2))


def test_d03_a_person_finds_that_they_are_eligible_and_no_political_party_is_recorded() -> None:
    event = given(*told(*TWO)).when(APPOINT).then_the(CommissionersAppointed)
    assert "政党" in event.eligibility.reasons
    assert set(type(event.commissioners[0]).model_fields) == {"person", "name", "occupation"}


def test_e33_commissioners_are_of_this_case_alone() -> None:
    stranger = but(DEMAND, by=commissioner("C-9"))
    given(*SITS).when(stranger).then_refused(ART_251.para(2))


def test_nobody_else_acts_in_the_place_of_a_commissioner() -> None:
    official = Actor(person="C-1", office="行政課主査", name="例示 一葉", role="officer")
    given(*SITS).when(but(DEMAND, by=official)).then_refused(DEMAND.cites)


@pytest.mark.parametrize(
    ("ground", "paragraph"),
    [
        ("事件に直接利害関係を有することとなった", 5),
        ("破産手続開始の決定又は拘禁刑以上の刑", 6),
        ("心身の故障のため職務の執行ができない", 6),
        ("職務上の義務違反その他委員たるに適しない非行", 6),
    ],
)
def test_d09_a_dismissal_rests_on_a_ground_that_a_person_has_found(
    ground: str, paragraph: int
) -> None:
    dismissal = but(DISMISS, ground=ground)
    event = given(*SITS).when(dismissal).then_the(CommissionerDismissed)
    assert (event.basis, event.commissioner) == (ART_251.para(paragraph), "C-3")


def test_d09_a_vacancy_is_open_until_it_is_filled_and_the_new_name_becomes_known() -> None:
    vacant = given(*SITS, VACANCY)
    assert vacant.owed() == ["総務大臣: 自治紛争処理委員の欠員を補充する（法第251条第2項）"]
    filled = given(*SITS, VACANCY, FILL)
    assert filled.owed() == [
        "総務大臣: 任命の旨と委員の氏名を直ちに告示する（令第174条の8第2項）",
        "総務大臣: 任命を呉市に直ちに通知する（令第174条の8第2項）",
        "総務大臣: 任命を広島県に直ちに通知する（令第174条の8第2項）",
    ]
    assert filled.case.panel.persons == {"C-1", "C-2", "C-4"}


def test_d09_nobody_is_appointed_beyond_three() -> None:
    given(*SITS).when(FILL).then_refused(ART_251.para(2))


def test_d09_e33_what_was_done_before_stays_and_a_ministers_case_says_under_what() -> None:
    before = given(*SITS, DEMAND).case.evidence
    after = given(*SITS, DEMAND, DISMISS, FILL)
    assert after.case.evidence == before
    event = given(*SITS, DEMAND, DISMISS).when(FILL).then_the(CommissionerReplaced)
    assert event.earlier_steps == DCO_4.para(2)


def test_d09_e33_e34_a_governors_case_has_no_such_rule_unless_he_laid_it_down() -> None:
    vacancy, fill = but(VACANCY, party=KEN), but(FILL, party=KEN)
    fill = but(fill, by=appointing(THREE)["by"])
    case = given(*sitting(*THREE), vacancy)
    assert case.when(fill).then_the(CommissionerReplaced).earlier_steps is None
    rules = ruled(KEN, ministerial_procedure=True)
    follows = given(*sitting(*THREE), vacancy, rules=rules)
    replaced = follows.when(fill, rules).then_the(CommissionerReplaced)
    assert replaced.earlier_steps == DCO_4.para(2)


def test_d05_collegially_means_all_three_unless_the_authority_laid_down_another_number() -> None:
    given(*SITS).when(but(DETERMINE, collegial=together("C-1", "C-2"))).then_refused(
        ART_251_3_2.para(5)
    )
    two = ruled(MINISTER, commissioners_deciding=2)
    pair = but(DETERMINE, collegial=together("C-1", "C-2"))
    event = given(*SITS).when(pair, two).then_the(MeasuresDetermined)
    assert event.collegial.took_part == ("C-1", "C-2")


@pytest.mark.parametrize("persons", [("C-1", "C-2", "C-9"), ("C-1", "C-1", "C-2"), ("C-2", "C-3")])
def test_d05_those_who_took_part_are_in_office_and_named_once_and_the_reporter_is_among_them(
    persons: tuple[str, ...],
) -> None:
    two = ruled(MINISTER, commissioners_deciding=2)
    strange = but(DETERMINE, collegial=together(*persons))
    given(*SITS).when(strange, two).then_refused(ART_251_3_2.para(5))


def test_d09_a_vacancy_stops_what_needs_three() -> None:
    given(*SITS, DISMISS).when(DETERMINE).then_refused(ART_251_3_2.para(5))
    again = but(
        DEMAND,
        on=date(2026, 11, 11),
        by=commissioner("C-4"),
        collegial=together("C-1", "C-2", "C-4"),
    )
    given(*SITS, DISMISS, FILL).when(again).then(EvidenceDemanded)


def test_e34_a_representative_is_elected_under_the_ministerial_ordinance_only() -> None:
    assert given(*SITS, ELECT).case.panel.representative == "C-2"
    stranger = but(ELECT, representative="C-9")
    given(*SITS).when(stranger).then_refused(DCO_3)
    elect = but(ELECT, **sat(THREE, HEARD))
    given(*sitting(*THREE)).when(elect).then_refused(DCO_3)
    rules = ruled(KEN, ministerial_procedure=True)
    case = given(*sitting(*THREE), elect, rules=rules).case
    assert (case.panel.procedure, case.panel.representative) == ("総務省令の例による", "C-2")


def test_a_representative_who_goes_represents_no_longer() -> None:
    gone = but(DISMISS, commissioner="C-2")
    assert given(*SITS, ELECT, gone).case.panel.representative is None


def test_before_the_appointment_nobody_sits_and_after_the_end_nobody_is_left() -> None:
    given(*told(*TWO)).when(DEMAND).then_refused(ART_251.para(2))
    assert given(*appointed(*TWO)).case.panel.persons == set(PANEL)
    assert given(*completed(*TWO)).case.panel.persons == frozenset()
    late = but(DISMISS, on=DECIDED)
    given(*completed(*TWO)).when(late).then_nothing()
