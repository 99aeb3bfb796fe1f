"""法第251条の3の2: 「…自治紛争処理委員を任命し、処理方策を定めさせなければならない。」 (令第174条の8)"""

from datetime import date
from itertools import permutations

import pytest

from domain.bodies import MINISTER
from domain.dispute import DISPUTE
from domain.dispute.appointing import (
    AppointmentNotified,
    CommissionersAppointed,
    CommissionersLeftOffice,
)
from domain.dispute.filing import MeasuresApplied, OtherPartiesTold
from domain.dispute.lifecycle import Command
from domain.dispute.parties import OfficeDecision
from domain.dispute.settling import (
    MeasuresDetermined,
    MeasureTaken,
    ProcessingMeasureCompleted,
    TakeMeasure,
)
from domain.dispute.telling import PartiesTold
from domain.dispute.withdrawing import (
    WithdrawalConsented,
    WithdrawalDeclined,
    WithdrawalRequested,
)
from domain.law import ART_251, ART_251_3_2, ART_252_2, DCO_42, ORDER_174_8
from tests.law.league import FUCHU, KEN, KURE, SHI, but
from tests.law.quarrel import (
    APPLIED,
    APPOINTED,
    DONE,
    THREE,
    TWO,
    applied,
    appointed,
    completed,
    decided,
    entered,
    given,
    known,
    respected,
    settled,
    sitting,
    three_acts,
    told,
)
from tests.law.quarrel_acts import (
    COMMAND_KINDS,
    CONSENT,
    NO_CONSENT,
    NOT_REFERRED,
    SITS,
    WITHDRAW,
)

APPLY = applied(*TWO)[0]
PRESENT, TELL, PUBLISH = three_acts(*TWO)
ORDERS = list(permutations([PRESENT, TELL, PUBLISH]))


# --- 申請 -----------------------------------------------------------------------------------------


def test_d01_an_application_says_what_is_in_dispute_with_whom_and_what_is_sought() -> None:
    event = given().when(APPLY).then_the(MeasuresApplied)
    assert event.disputants == TWO
    assert event.parties == (*TWO, MINISTER)
    assert (event.basis, event.on) == (ART_252_2.para(7), APPLIED)


def test_d01_e34_an_application_to_the_minister_tells_the_course_one_to_a_governor_need_not() -> (
    None
):
    given().when(but(APPLY, course=None)).then_refused(DCO_42)
    to_governor = but(applied(*THREE)[0], course=None)
    given().when(to_governor).then(MeasuresApplied)


def test_d02_the_applicant_tells_every_other_party_at_once_and_it_stays_open_until_then() -> None:
    case = given(*applied(*THREE))
    assert case.owed()[1:] == [
        "呉市: 広島市に申請書の写しを添えて直ちに通知する（令第174条の8第1項）",
        "呉市: 府中町に申請書の写しを添えて直ちに通知する（令第174条の8第1項）",
    ]
    since = {one.since for one in DISPUTE.view(case.state).obligations}
    assert since == {APPLIED}
    tell = told(*THREE)[1]
    one = but(tell, told=(SHI,), on=date(2026, 10, 9))
    assert case.when(one).then_the(OtherPartiesTold).told == (SHI,)
    both = given(*applied(*THREE), one).when(tell).then_the(OtherPartiesTold)
    assert both.told == (FUCHU,)


def test_d02_nobody_but_the_applicant_tells_and_nobody_but_the_parties_is_told() -> None:
    tell = told(*THREE)[1]
    case = given(*applied(*THREE))
    case.when(but(tell, **entered(SHI, APPLIED))).then_refused(ORDER_174_8.para(1))
    case.when(but(tell, told=(KEN,))).then_refused(ORDER_174_8.para(1))
    case.when(but(tell, told=(SHI, SHI))).then_refused(ORDER_174_8.para(1))
    case.when(but(tell, on=date(2026, 9, 30))).then_refused(tell.cites)


def test_a_stranger_has_no_act_in_the_case() -> None:
    take = but(respected(*THREE)[0], **decided(KEN, date(2027, 1, 20)))
    given(*completed(*THREE)).when(take).then_refused(ART_251_3_2.para(6))


# --- 任命 -----------------------------------------------------------------------------------------


def test_d03_the_authority_appoints_gives_public_notice_and_tells_the_parties_at_once() -> None:
    appoint = appointed(*TWO)[-1]
    assert given(*told(*TWO)).owed() == [
        "自治紛争処理委員を任命し、処理方策を定めさせる（法第251条の3の2第1項）"
    ]
    event = given(*told(*TWO)).when(appoint).then_the(CommissionersAppointed)
    assert (event.procedure, event.basis) == ("総務省令", ART_251.para(2))
    notice, tell = known(*TWO)
    noticed = given(*appointed(*TWO)).when(notice).then_the(AppointmentNotified)
    assert noticed.names == ("例示 C-1", "例示 C-2", "例示 C-3")
    assert noticed.basis == ORDER_174_8.para(2)
    assert given(*appointed(*TWO)).when(tell).then_the(PartiesTold).told == TWO
    assert given(*sitting(*TWO)).owed() == []


def test_d03_the_notices_stay_open_from_the_day_of_the_appointment() -> None:
    view = DISPUTE.view(given(*appointed(*TWO)).state)
    assert [one.since for one in view.obligations] == [APPOINTED] * 3
    assert {one.age(date(2026, 10, 30)) for one in view.obligations} == {10}
    assert {one.age(APPOINTED) for one in view.obligations} == {0}
    notice, _ = known(*TWO)
    given(*appointed(*TWO)).when(but(notice, on=date(2026, 10, 19))).then_refused(notice.cites)


def test_e31_nothing_lets_the_authority_refuse_an_application_for_measures() -> None:
    declined = but(NOT_REFERRED, **decided(MINISTER, APPOINTED))
    given(*told(*TWO)).when(declined).then_refused(NOT_REFERRED.cites)
    by_authority = {
        kind.__name__
        for kind in COMMAND_KINDS
        if issubclass(kind, OfficeDecision)
        and ("Refuse" in kind.__name__ or "Decline" in kind.__name__)
    }
    assert by_authority == {"DeclineReferral"}
    possible = DISPUTE.view(given(*told(*TWO)).state).possible
    assert "調停に付さない" not in possible
    assert "自治紛争処理委員を任命する" in possible


# --- 決定から完了まで -----------------------------------------------------------------------------


@pytest.mark.parametrize("order", ORDERS)
def test_d06_i8_in_any_order_only_the_third_of_the_three_acts_completes(
    order: tuple[Command, ...],
) -> None:
    first, second, third = order
    given(*settled(*TWO)).when(first).then(type_of(first))
    given(*settled(*TWO), first).when(second).then(type_of(second))
    done = given(*settled(*TWO), first, second).when(third)
    _, _, left = done.then(type_of(third), ProcessingMeasureCompleted, CommissionersLeftOffice)
    assert left.basis == ART_251.para(4, 7)
    assert left.model_dump()["commissioners"] == ("C-1", "C-2", "C-3")


def type_of(command: Command) -> type:
    """The fact that an act brings about when it stands alone."""
    (event,) = given(*settled(*TWO)).when(command).events
    return type(event)


def test_d05_measures_are_decided_once_and_by_commissioners() -> None:
    decide = settled(*TWO)[-1]
    event = given(*SITS).when(decide).then_the(MeasuresDetermined)
    assert (event.basis, event.collegial.decided) == (ART_251_3_2.para(5), "全員一致")
    other = but(decide, sha256="0" * 64)
    given(*settled(*TWO)).when(other).then_refused(ART_251_3_2.para(5))


def test_d06_what_is_presented_is_what_was_decided_and_to_all() -> None:
    case = given(*settled(*TWO))
    for act in (PRESENT, TELL, PUBLISH):
        case.when(but(act, sha256="0" * 64)).then_refused(ART_251_3_2.para(3))
        given(*SITS).when(act).then_refused(ART_251_3_2.para(3))
    case.when(but(PRESENT, presented_to=(KURE, SHI))).then_refused(ART_251_3_2.para(3))
    three = given(*settled(*THREE))
    some = but(three_acts(*THREE)[0], presented_to=THREE[:2])
    three.when(some).then_refused(ART_251_3_2.para(3))


def test_d06_the_three_are_open_duties_since_the_decision() -> None:
    assert given(*settled(*TWO)).owed() == [
        "自治紛争処理委員: 処理方策を全ての当事者に提示する（法第251条の3の2第3項）",
        "自治紛争処理委員: 処理方策を総務大臣に通知する（法第251条の3の2第3項）",
        "自治紛争処理委員: 処理方策を公表する（法第251条の3の2第3項）",
    ]


# --- 尊重義務 -------------------------------------------------------------------------------------


def test_d07_e31_each_party_must_respect_them_and_nobody_is_asked_to_accept() -> None:
    case = given(*completed(*THREE))
    assert case.owed() == [
        f"{name}: 処理方策を尊重して必要な措置を執る（法第251条の3の2第6項）"
        for name in ("呉市", "広島市", "府中町")
    ]
    assert not any("受諾" in title for title in DISPUTE.view(case.state).possible)
    first, *others = respected(*THREE)
    assert DISPUTE.is_open(given(*completed(*THREE), first).state)
    done = given(*completed(*THREE), first, *others)
    assert (done.state.title, DISPUTE.is_open(done.state)) == ("措置済み", False)


def test_d07_a_measure_that_does_not_settle_it_leaves_the_duty_open() -> None:
    take = TakeMeasure.model_validate(
        {
            **decided(KURE, date(2027, 1, 20)),
            "measure": "連携協約の変更の協議",
            "what": "変更の協議を申し入れた。",
        }
    )
    case = given(*completed(*TWO))
    case.when(take).then(MeasureTaken)
    assert given(*completed(*TWO), take).owed() == case.owed()
    case.when(but(take, on=date(2026, 12, 2))).then_refused(ART_251_3_2.para(6))


def test_nothing_here_has_a_day_by_which_it_must_be_done() -> None:
    for story in (applied(*TWO), appointed(*TWO), settled(*TWO), completed(*TWO)):
        assert DISPUTE.dues(given(*story).state, None) == ()  # type: ignore[arg-type]


# --- 取下げ ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("story", [told(*TWO), SITS], ids=["任命の前", "審理中"])
def test_d08_e32_an_application_is_withdrawn_only_with_consent(story: list[Command]) -> None:
    event = given(*story).when(WITHDRAW).then_the(WithdrawalRequested)
    assert event.basis == ART_251_3_2.para(2)
    asked = given(*story, WITHDRAW)
    assert DISPUTE.is_open(asked.state)
    assert asked.state.title.endswith("取下げの同意待ち")
    assert not given(*story, WITHDRAW, NO_CONSENT).state.title.endswith("取下げの同意待ち")
    ended = given(*story, WITHDRAW, CONSENT)
    assert ended.owed() == ["総務大臣: 取下げを広島県に通知する（令第174条の8第3項）"]


def test_d08_e32_with_the_consent_the_commissioners_lose_office_and_the_others_are_told() -> None:
    consented, left = (
        given(*SITS, WITHDRAW).when(CONSENT).then(WithdrawalConsented, CommissionersLeftOffice)
    )
    assert (consented.basis, left.basis) == (ART_251_3_2.para(2), ART_251.para(4, 6))
    tell = but(known(*TWO)[1], matter="取下げ", told=(KEN,), on=date(2026, 11, 6))
    told_of = given(*SITS, WITHDRAW, CONSENT).when(tell).then_the(PartiesTold)
    assert told_of.basis == ORDER_174_8.para(3)
    assert not DISPUTE.is_open(given(*SITS, WITHDRAW, CONSENT, tell).state)


def test_d08_without_the_consent_the_case_goes_on() -> None:
    given(*SITS, WITHDRAW).when(NO_CONSENT).then(WithdrawalDeclined)
    again = given(*SITS, WITHDRAW, NO_CONSENT)
    assert again.case.panel == given(*SITS).case.panel
    assert again.when(but(WITHDRAW, on=date(2026, 11, 20))).events


def test_d08_only_the_applicant_withdraws_and_not_after_the_decision() -> None:
    other = but(WITHDRAW, **decided(KEN, WITHDRAW.on))
    given(*SITS).when(other).then_refused(ART_251_3_2.para(2))
    late = but(WITHDRAW, on=DONE)
    given(*settled(*TWO)).when(late).then_refused(ART_251_3_2.para(2))


def test_d08_a_decision_overtakes_a_request_that_was_not_answered() -> None:
    case = given(*SITS, WITHDRAW, settled(*TWO)[-1])
    assert case.state.title == "処理方策の提示待ち"
    case.when(but(CONSENT, on=DONE)).then_nothing()


def test_e32_nobody_but_the_authority_consents() -> None:
    own = but(CONSENT, **decided(KEN, CONSENT.on))
    given(*SITS, WITHDRAW).when(own).then_refused(ART_251_3_2.para(2))
