"""法第252条の2第7項・第253条: Who has authority over a dispute follows from who is in dispute."""

from datetime import date

import pytest

from domain.agreement.parties import addressee
from domain.bodies import MINISTER, check_body, check_code, check_office
from domain.dispute import DISPUTE
from domain.dispute.appointing import AppointCommissioners
from domain.dispute.filing import DisputeAuthorityDetermined
from domain.dispute.parties import competent
from domain.dispute.withdrawing import WithdrawalRequested
from domain.law import ART_251_2, ART_252_2, ART_253
from tests.law.league import FUCHU, KEN, KURE, OKAYAMA, RULEBOOK, SHI, but
from tests.law.quarrel import (
    ACROSS,
    THREE,
    TWO,
    applied,
    appointing,
    decided,
    entered,
    given,
    history,
    told,
)
from tests.law.quarrel_acts import NOT_REFERRED, START, WITHDRAW

OKAYAMA_KEN = "330001"
DETERMINE = told(*ACROSS)[-1]


@pytest.mark.parametrize(
    ("disputants", "who"),
    [
        ((KURE, KEN), MINISTER),
        ((KURE, OKAYAMA, KEN), MINISTER),
        ((KURE, SHI), KEN),
        ((KURE, SHI, FUCHU), KEN),
        ((KURE, OKAYAMA), None),
        (("131016", "131024"), "130001"),
    ],
)
def test_d01_the_authority_follows_from_the_parties_to_the_dispute(
    disputants: tuple[str, ...], who: str | None
) -> None:
    assert competent(disputants) == who
    if disputants[0] == KURE:
        assert given(*applied(*disputants)).case.authority == who


def test_d01_it_may_differ_from_whom_the_agreement_was_filed_with() -> None:
    """広島県 is a party of the agreement (届出 to the Minister) and not of this dispute about it."""
    assert addressee((KEN, *THREE), None) == "総務大臣"
    event = history(applied(*THREE))[0]
    assert event.model_dump()["authority"] == KEN
    assert event.model_dump()["parties"] == (*THREE, KEN)


def test_the_minister_is_no_municipality_and_no_government_of_a_case_number_but_a_disputes() -> (
    None
):
    assert check_code(MINISTER)
    assert check_body(MINISTER)
    assert check_office(MINISTER) is None
    assert RULEBOOK.rules(MINISTER).ordinance.mayor == "総務大臣"


def test_e30_across_prefectures_nobody_can_appoint_until_it_is_determined() -> None:
    appoint = AppointCommissioners.model_validate(appointing(ACROSS))
    given(*told(*ACROSS)[:-1]).when(appoint).then_refused(ART_253.para(1))
    event = given(*told(*ACROSS)[:-1]).when(DETERMINE).then_the(DisputeAuthorityDetermined)
    assert (event.authority, event.basis) == (KEN, ART_253.para(1))
    assert event.parties == (*ACROSS, KEN)
    assert given(*told(*ACROSS)).when(appoint).events


def test_e30_failing_the_governors_the_minister_decides_or_acts_himself() -> None:
    case = given(*told(*ACROSS)[:-1])
    named = but(DETERMINE, how="総務大臣による決定")
    assert case.when(named).then_the(DisputeAuthorityDetermined).basis == ART_253.para(2)
    himself = but(DETERMINE, how="総務大臣による権限の代行", authority=MINISTER)
    assert case.when(himself).then_the(DisputeAuthorityDetermined).authority == MINISTER
    case.when(but(named, authority=MINISTER)).then_refused(ART_253.para(2))
    case.when(but(himself, authority=KEN)).then_refused(ART_253.para(2))
    case.when(but(named, authority="130001")).then_refused(ART_253.para(1))
    case.when(but(named, authority=KURE)).then_refused(ART_253.para(1))


def test_e30_there_is_nothing_to_determine_where_the_law_has_told() -> None:
    said = {"how": "関係都道府県知事の協議", "authority": OKAYAMA_KEN}
    for disputants in (TWO, THREE):
        other = but(DETERMINE, **entered(KURE, date(2026, 10, 1)), **said)
        given(*told(*disputants)).when(other).then_refused(ART_253.para(1))


def test_a_withdrawal_may_be_asked_for_before_it_is_known_of_whom() -> None:
    given(*told(*ACROSS)[:-1]).when(WITHDRAW).then(WithdrawalRequested)


def test_only_who_has_authority_appoints_and_only_in_its_own_name() -> None:
    governor = AppointCommissioners.model_validate({**appointing(TWO), **decided(KEN, START.on)})
    given(*told(*TWO)).when(governor).then_refused(governor.cites)
    minister = AppointCommissioners.model_validate(
        {**appointing(THREE), **decided(MINISTER, START.on)}
    )
    given(*told(*THREE)).when(minister).then_refused(minister.cites)
    borrowed = but(governor, party=MINISTER)
    given(*told(*TWO)).when(borrowed).then_refused(borrowed.cites)


def test_d10_mediation_is_the_ministers_where_an_organ_of_a_prefecture_is_in_dispute() -> None:
    organs = ({"of": KEN, "name": "広島県教育委員会"}, {"of": KURE, "name": "呉市教育委員会"})
    begun = but(START, **decided(MINISTER, START.on), disputants=(KURE, KEN), organs=organs)
    assert given(begun).case.authority == MINISTER
    governor = but(START, disputants=(KURE, KEN), organs=organs)
    given().when(governor).then_refused(ART_251_2.para(1))
    given().when(but(START, organs=organs)).then_refused(ART_251_2.para(1))


def test_d10_e30_ex_officio_across_prefectures_needs_its_determination_too() -> None:
    across = but(START, disputants=ACROSS)
    given().when(across).then_refused(ART_253.para(1))
    known = but(across, determined="関係都道府県知事の協議")
    assert given(known).case.authority == KEN
    given().when(but(START, determined="関係都道府県知事の協議")).then_refused(ART_253.para(1))


def test_a_case_is_kept_by_a_party_or_by_whoever_may_have_authority() -> None:
    first = applied(*THREE)[0]
    assert DISPUTE.misplaced(first, KURE) is None
    assert DISPUTE.misplaced(first, KEN) is None
    assert DISPUTE.misplaced(first, MINISTER) is None
    assert "当事者でも" in (DISPUTE.misplaced(first, OKAYAMA) or "")
    assert DISPUTE.misplaced(NOT_REFERRED, OKAYAMA) is None


def test_d01_who_applies_is_in_dispute_and_each_is_named_once() -> None:
    first = applied(*THREE)[0]
    given().when(but(first, disputants=(SHI, FUCHU))).then_refused(ART_252_2.para(7))
    given().when(but(first, disputants=(KURE, KURE))).then_refused(ART_252_2.para(7))
