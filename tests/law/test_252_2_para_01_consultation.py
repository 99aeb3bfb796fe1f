"""法第252条の2第1項: 「…協議により…連携して事務を処理するに当たつての基本的な方針及び役割分担を定める協約…」"""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.agreement import AGREEMENT
from domain.agreement.consulting import (
    ConsultationAbandoned,
    ConsultationAccepted,
    ConsultationProposed,
    TextFixed,
)
from domain.agreement.parties import PARA_1
from domain.law import ART_153
from domain.people import Acting
from tests.law.league import (
    KEN,
    KURE,
    SHI,
    V1,
    V2,
    accepted,
    all_approved,
    but,
    consulting,
    fixed,
    given,
    head,
    officer,
    proposed,
    signatures,
    voted,
)
from tests.law.league_acts import ABANDON

THREE = (KEN, SHI, KURE)
PROPOSE = proposed(*THREE)[0]
ACCEPT_SHI, ACCEPT_KURE = accepted(*THREE)


def test_a01_a_party_proposes_to_the_others_and_names_them_all() -> None:
    event = given().when(PROPOSE).then_the(ConsultationProposed)
    assert (event.party, event.parties) == (KEN, THREE)
    assert given(PROPOSE).state.title == "締結の応諾待ち"


@pytest.mark.parametrize("parties", [(KEN,), (KEN, KEN), (SHI, KURE), (KEN, "341011")])
def test_a01_two_or_more_known_governments_are_named_once_with_the_proposer(
    parties: tuple[str, ...],
) -> None:
    with pytest.raises(ValidationError):
        but(PROPOSE, parties=parties)


def test_a01_the_file_is_kept_by_one_of_the_parties() -> None:
    assert AGREEMENT.misplaced(PROPOSE, SHI) is None
    assert "広島市" in str(AGREEMENT.misplaced(but(PROPOSE, parties=(KEN, KURE)), SHI))
    assert AGREEMENT.misplaced(ACCEPT_SHI, "331007") is None


def test_a02_every_other_party_accepts_before_a_text_is_fixed() -> None:
    given(PROPOSE).when(ACCEPT_SHI).then(ConsultationAccepted)
    given(PROPOSE, ACCEPT_SHI).when(fixed(KEN, V1)).then_refused(PARA_1)
    text = given(PROPOSE, ACCEPT_SHI, ACCEPT_KURE).when(fixed(SHI, V1)).then_the(TextFixed)
    assert (text.version, text.replaces, text.voided) == (V1, None, ())
    assert given(*consulting(*THREE)).state.title == "締結の協議中"


@pytest.mark.parametrize("lacking", ["basic_policy", "roles"])
def test_a02_a_text_without_basic_policy_or_roles_is_no_agreement(lacking: str) -> None:
    without = but(fixed(KEN, V1), **{lacking: ()})
    given(PROPOSE, ACCEPT_SHI, ACCEPT_KURE).when(without).then_refused(PARA_1)


def test_a02_q22_whether_the_text_asks_for_expertise_is_recorded() -> None:
    without = but(fixed(KEN, V1), expertise=())
    both = given(PROPOSE, ACCEPT_SHI, ACCEPT_KURE)
    assert both.when(without).then_the(TextFixed).expertise == ()
    assert both.when(fixed(KEN, V1)).then_the(TextFixed).expertise == ("第二条",)


def test_a02_e27_a_new_version_sends_all_back() -> None:
    story = [*consulting(*THREE), *voted(KEN, V1), *voted(SHI, V1)]
    later = fixed(KURE, V2, date(2025, 12, 20))
    event = given(*story).when(later).then_the(TextFixed)
    assert event.replaces == V1
    assert [one.party for one in event.voided] == [KEN, SHI]
    assert given(*story, later).state.title == "締結の協議中"


def test_a02_a_version_follows_the_one_before_and_says_something_else() -> None:
    there = given(*consulting(*THREE))
    there.when(but(fixed(KEN, V1), version=V1.model_copy(update={"no": 2}))).then_refused(PARA_1)
    there.when(but(fixed(KEN, V1), version=V2.model_copy(update={"no": 1}))).then_refused(PARA_1)
    there.when(fixed(SHI, V1)).then_nothing()


def test_a02_once_signed_by_one_the_text_stands() -> None:
    signed = [*all_approved(*THREE), signatures(*THREE)[0]]
    given(*signed).when(fixed(KEN, V2, date(2026, 1, 14))).then_refused(PARA_1)


def test_a02_any_party_may_break_the_consultation_off() -> None:
    given(*consulting(*THREE)).when(ABANDON).then(ConsultationAbandoned)
    ended = given(*consulting(*THREE), ABANDON)
    assert ended.state.title == "不成立"
    assert not AGREEMENT.is_open(ended.state)
    ended.when(fixed(KEN, V2, date(2026, 6, 3))).then_refused(PARA_1)


def test_who_is_no_party_does_nothing_in_the_case() -> None:
    outsider = but(fixed(KEN, V1), party=KURE, by=officer(KURE))
    given(*consulting(KEN, SHI)).when(outsider).then_refused(PARA_1)


def test_each_party_decides_through_its_own_head() -> None:
    given(PROPOSE).when(but(ACCEPT_SHI, by=head(KURE))).then_refused(PARA_1)
    given(PROPOSE).when(but(ACCEPT_SHI, by=head(KEN))).then_refused(PARA_1)


def test_delegation_is_that_of_the_party_whose_act_it_is() -> None:
    """地域政策局長 may decide for the governor of 広島県, and nobody so for the mayor of 広島市."""
    story = proposed(KURE, KEN, SHI)
    for_ken, for_shi = accepted(KURE, KEN, SHI)
    chief = officer(KEN).model_copy(update={"person": "S-9", "office": "地域政策局長"})

    def acting(code: str) -> object:
        on_behalf = Acting(mode="専決", office=head(code).office, name="例示 一郎")
        return chief.model_copy(update={"acting": on_behalf})

    given(*story).when(but(for_ken, by=acting(KEN))).then(ConsultationAccepted)
    given(*story).when(but(for_shi, by=acting(SHI))).then_refused(ART_153.para(1))


def test_the_drafter_does_not_decide() -> None:
    same = but(ACCEPT_SHI, drafted_by=officer(SHI).model_copy(update={"person": f"H-{SHI}"}))
    given(PROPOSE).when(same).then_refused(PARA_1)
