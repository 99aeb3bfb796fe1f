"""法第252条の2第5項・第6項: 「…勧告することができる。」「…役割を果たすために必要な措置を執るようにしなければならない。」"""

from datetime import date

from domain.agreement import AGREEMENT
from domain.agreement.linking import CaseLinked, CaseUnlinked
from domain.agreement.parties import PARA_5, PARA_6
from domain.agreement.performing import RoleFulfilled, RoleLaidDown, RoleOverdue, SchemeAdopted
from domain.agreement.recommending import ConclusionRecommended, RecommendationAnswered
from tests.law.league import (
    KEN,
    KURE,
    OKAYAMA,
    RULEBOOK,
    SHI,
    but,
    concluded,
    consulting,
    entered,
    given,
    proposed,
)
from tests.law.league_acts import (
    FULFIL,
    LINK,
    OVERDUE,
    RECOMMENDED,
    RESPOND,
    ROLE,
    SCHEME,
    UNLINK,
)

TWO = (KEN, KURE)
IN_FORCE = concluded(*TWO)


def test_a12_a_recommendation_may_open_a_case_and_is_answered_by_each() -> None:
    event = given().when(RECOMMENDED).then_the(ConclusionRecommended)
    assert (event.recommendation, event.authority) == (1, "総務大臣")
    given(RECOMMENDED).when(RESPOND).then(RecommendationAnswered)
    owed = [one.title for one in AGREEMENT.view(given(RECOMMENDED, RESPOND).state).obligations]
    assert owed == ["広島県: 勧告への対応を決める"]


def test_a12_nobody_is_bound_to_conclude() -> None:
    no = but(RESPOND, response="従わない", reasons="単独で確保できる。")
    assert given(RECOMMENDED).when(no).then_the(RecommendationAnswered).response == "従わない"
    assert given(RECOMMENDED, no, *proposed(*TWO)).state.title == "締結の応諾待ち"


def test_a12_it_comes_from_the_minister_or_from_the_governor() -> None:
    given().when(but(RECOMMENDED, authority="広島県知事")).then_refused(PARA_5)
    among_cities = but(RECOMMENDED, parties=(KURE, SHI))
    given().when(among_cities).then_refused(PARA_5)
    given().when(but(among_cities, authority="広島県知事")).then(ConclusionRecommended)


def test_a12_only_those_to_whom_it_was_addressed_answer() -> None:
    given(RECOMMENDED).when(but(RESPOND, recommendation=2)).then_refused(PARA_5)
    given(RECOMMENDED).when(but(RESPOND, on=date(2025, 8, 31))).then_refused(PARA_5)
    given(*consulting(*TWO)).when(but(RESPOND, on=date(2026, 1, 5))).then_refused(PARA_5)
    given(*IN_FORCE).when(RECOMMENDED).then_refused(PARA_5)


def test_a09_a_role_is_owed_by_its_day() -> None:
    event = given(*IN_FORCE).when(ROLE).then_the(RoleLaidDown)
    assert (event.party, event.role, event.due.day) == (KEN, 1, date(2026, 6, 30))
    due = AGREEMENT.dues(given(*IN_FORCE, ROLE).state, RULEBOOK.rules(KEN))
    assert [one.note for one in due] == [OVERDUE]
    given(*IN_FORCE).when(but(ROLE, by_day=ROLE.on)).then_refused(PARA_6)


def test_a09_its_fulfilment_is_recorded_in_time_or_late() -> None:
    assert given(*IN_FORCE, ROLE).when(FULFIL).then_the(RoleFulfilled).in_time
    late = but(FULFIL, on=date(2026, 7, 2))
    assert not given(*IN_FORCE, ROLE, OVERDUE).when(late).then_the(RoleFulfilled).in_time
    given(*IN_FORCE, ROLE, FULFIL).when(late).then_refused(PARA_6)
    others = but(FULFIL, **entered(KURE, FULFIL.on))
    given(*IN_FORCE, ROLE).when(others).then_refused(PARA_6)


def test_a09_a_day_gone_by_is_noted_once_and_nothing_follows() -> None:
    given(*IN_FORCE, ROLE).when(but(OVERDUE, on=date(2026, 6, 30))).then_nothing()
    given(*IN_FORCE, ROLE).when(OVERDUE).then(RoleOverdue)
    after = given(*IN_FORCE, ROLE, OVERDUE)
    after.when(OVERDUE).then_nothing()
    assert after.state.title == "締結済み"


def test_a09_there_are_no_roles_before_a_conclusion() -> None:
    given(*consulting(*TWO)).when(ROLE).then_refused(PARA_6)


def test_a09_an_agreement_delegates_nothing_a_scheme_has_a_covenant_of_its_own() -> None:
    event = given(*IN_FORCE).when(SCHEME).then_the(SchemeAdopted)
    assert (event.scheme, event.covenant_parties) == ("事務の委託", TWO)
    given(*IN_FORCE).when(but(SCHEME, covenant_parties=(KURE,))).then_refused(PARA_6)
    given(*IN_FORCE).when(but(SCHEME, covenant_parties=(KURE, OKAYAMA))).then_refused(PARA_6)


def test_a_dispute_is_tied_to_the_case_and_untied() -> None:
    given(*IN_FORCE).when(LINK).then(CaseLinked)
    given(*IN_FORCE, LINK).when(UNLINK).then(CaseUnlinked)
    given(*IN_FORCE).when(UNLINK).then_nothing()
