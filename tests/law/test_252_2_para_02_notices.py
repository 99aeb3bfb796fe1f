"""法第252条の2第2項: 「…その旨及び当該連携協約を告示するとともに、…届け出なければならない。」"""

from datetime import date

import pytest

from domain.agreement import AGREEMENT
from domain.agreement.notifying import AgreementNotified, GovernorDetermined, NotificationFiled
from domain.agreement.parties import PARA_2, addressee
from domain.law import ART_253
from tests.law.league import (
    KEN,
    KURE,
    OKAYAMA,
    SHI,
    V1,
    Story,
    all_approved,
    but,
    concluded,
    duties_of,
    given,
    notified,
)
from tests.law.league_acts import DETERMINE

ON = date(2026, 1, 20)
THREE = (KEN, SHI, KURE)


def _open(*story: object) -> list[str]:
    state = given(*story).state  # type: ignore[arg-type]
    return [f"{one.title}（{one.basis}）" for one in AGREEMENT.view(state).obligations]


def test_a07_a08_q21_each_party_owes_a_notice_and_a_filing_apart_from_each_other() -> None:
    notice, filing = duties_of(SHI, ON, "締結", "総務大臣")
    event = given(*concluded(*THREE)).when(notice).then_the(AgreementNotified)
    assert (event.party, event.version, event.published_in) == (SHI, V1, "公報第1号")
    told = given(*concluded(*THREE), notice).when(filing).then_the(NotificationFiled)
    assert told.addressee == "総務大臣"
    left = _open(*concluded(*THREE), notice, filing)
    assert left == [
        "広島県: 締結の告示をする（法第252条の2第2項）",
        "広島県: 締結の届出をする（法第252条の2第2項）",
        "呉市: 締結の告示をする（法第252条の2第2項）",
        "呉市: 締結の届出をする（法第252条の2第2項）",
    ]
    assert _open(*concluded(*THREE), *notified(*THREE)) == []


def test_a08_the_filing_may_come_first() -> None:
    _, filing = duties_of(KURE, ON, "締結", "総務大臣")
    given(*concluded(*THREE)).when(filing).then(NotificationFiled)


def test_e27_notice_and_filing_come_after_the_conclusion_and_are_no_condition_of_it() -> None:
    notice, filing = duties_of(KEN, ON, "締結", "総務大臣")
    given(*all_approved(*THREE)).when(notice).then_nothing()
    given(*all_approved(*THREE)).when(filing).then_nothing()
    assert given(*concluded(*THREE)).state.title == "締結済み"
    given(*concluded(*THREE)).when(but(notice, on=date(2026, 1, 12))).then_refused(PARA_2)


@pytest.mark.parametrize("code", THREE)
def test_e28_with_a_prefecture_among_them_all_tell_the_minister(code: str) -> None:
    _, right = duties_of(code, ON, "締結", "総務大臣")
    given(*concluded(*THREE)).when(right).then(NotificationFiled)
    _, wrong = duties_of(code, ON, "締結", "広島県知事")
    given(*concluded(*THREE)).when(wrong).then_refused(PARA_2)


def test_e28_municipalities_of_one_prefecture_tell_its_governor() -> None:
    _, right = duties_of(KURE, ON, "締結", "広島県知事")
    _, wrong = duties_of(KURE, ON, "締結", "総務大臣")
    given(*concluded(SHI, KURE)).when(right).then(NotificationFiled)
    given(*concluded(SHI, KURE)).when(wrong).then_refused(PARA_2)


def test_a14_e30_across_prefectures_a_determination_comes_first() -> None:
    story: Story = concluded(KURE, OKAYAMA)
    _, filing = duties_of(OKAYAMA, ON, "締結", "広島県知事")
    given(*story).when(filing).then_refused(ART_253.para(1))
    event = given(*story).when(DETERMINE).then_the(GovernorDetermined)
    assert (event.authority, event.basis) == ("広島県知事", ART_253.para(1))
    given(*story, DETERMINE).when(filing).then(NotificationFiled)
    other = but(filing, addressee="岡山県知事")
    given(*story, DETERMINE).when(other).then_refused(PARA_2)


def test_a14_failing_an_agreement_of_the_governors_the_minister_decides_or_acts() -> None:
    story: Story = concluded(KURE, OKAYAMA)
    named = but(DETERMINE, how="総務大臣による決定")
    event = given(*story).when(named).then_the(GovernorDetermined)
    assert event.basis == ART_253.para(2)
    himself = but(DETERMINE, how="総務大臣による権限の代行", prefecture=None)
    assert given(*story).when(himself).then_the(GovernorDetermined).authority == "総務大臣"
    given(*story).when(but(himself, prefecture=KEN)).then_refused(ART_253.para(2))
    given(*story).when(but(named, prefecture=None)).then_refused(ART_253.para(2))


def test_a14_there_is_nothing_to_determine_within_one_prefecture_or_with_one_as_party() -> None:
    given(*concluded(SHI, KURE)).when(DETERMINE).then_refused(ART_253.para(1))
    given(*concluded(*THREE)).when(DETERMINE).then_refused(ART_253.para(1))
    tokyo = but(DETERMINE, prefecture="130001")
    given(*concluded(KURE, OKAYAMA)).when(tokyo).then_refused(ART_253.para(1))


@pytest.mark.parametrize(
    ("parties", "told"),
    [
        ((KEN, SHI), "総務大臣"),
        ((KURE, OKAYAMA, KEN), "総務大臣"),
        ((SHI, KURE), "広島県知事"),
        ((KURE, OKAYAMA), None),
        (("131016", "131024"), "東京都知事"),
    ],
)
def test_e28_e30_the_addressee_follows_from_the_parties(
    parties: tuple[str, ...], told: str | None
) -> None:
    assert addressee(parties, None) == told
