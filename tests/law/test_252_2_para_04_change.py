"""法第252条の2第4項: 「…連携協約を変更し、又は…廃止しようとするときは、前三項の例によりこれを行わなければならない。」"""

from datetime import date

from domain.agreement import AGREEMENT
from domain.agreement.concluding import (
    AgreementAbolished,
    AgreementChanged,
    AgreementSigned,
    LeaveAlone,
)
from domain.agreement.consulting import (
    AbolitionProposed,
    ChangeProposed,
    ConsultationAbandoned,
    ProposeAbolition,
    ProposeChange,
    TextFixed,
)
from domain.agreement.notifying import NotificationFiled
from domain.agreement.parties import PARA_4
from tests.law.league import (
    CHANGE,
    KEN,
    KURE,
    V1,
    V2,
    V3,
    abolishing,
    again_signed,
    but,
    changing,
    concluded,
    consulting,
    decided,
    duties_of,
    finding,
    fixed,
    given,
    notified,
    signed,
)
from tests.law.league_acts import ABANDON, LEAVE

TWO = (KEN, KURE)
ASK_CHANGE = ProposeChange.model_validate({**decided(KURE, CHANGE), "finding": finding()})
ASK_ABOLITION = ProposeAbolition.model_validate({**decided(KURE, CHANGE), "finding": finding()})


def test_a10_e29_a_change_takes_the_whole_road_again() -> None:
    given(*concluded(*TWO)).when(ASK_CHANGE).then(ChangeProposed)
    *votes, first, last = again_signed(*TWO)
    given(*changing(*TWO)).when(last).then_refused(PARA_4)
    story = [*changing(*TWO), *votes, first]
    events = given(*story).when(last).events
    assert [type(event) for event in events] == [AgreementSigned, AgreementChanged]
    changed = events[-1]
    assert isinstance(changed, AgreementChanged)
    assert (changed.replaces, changed.version) == (V1, V2)
    assert {one.sha256 for one in changed.approvals} == {V2.sha256}
    assert [event.basis for event in events] == [PARA_4, PARA_4]


def test_a10_e29_every_party_makes_the_change_public_and_files_it_anew() -> None:
    story = [*changing(*TWO), *again_signed(*TWO)]
    owed = AGREEMENT.view(given(*story).state).obligations
    assert [one.title.partition(": ")[2] for one in owed] == [
        *["締結の告示をする", "締結の届出をする"] * 2,
        *["変更の告示をする", "変更の届出をする"] * 2,
    ]
    _, filing = duties_of(KURE, date(2026, 9, 8), "変更", "総務大臣")
    assert given(*story).when(filing).then_the(NotificationFiled).basis == PARA_4
    done = given(*story, *notified(*TWO), *notified(*TWO, matter="変更"))
    assert AGREEMENT.view(done.state).obligations == ()


def test_a10_the_version_in_force_stands_until_the_change_is_signed_by_all() -> None:
    state = given(*changing(*TWO)).state
    assert state.title == "締結済み・変更の協議中"
    assert given(*changing(*TWO), ABANDON).state == given(*concluded(*TWO)).state
    given(*changing(*TWO)).when(ABANDON).then(ConsultationAbandoned)


def test_a10_a_changed_text_is_another_text_than_any_agreed_before() -> None:
    asked = changing(*TWO)[:-1]
    given(*asked).when(fixed(KEN, V1, CHANGE)).then_refused(PARA_4)
    given(*asked).when(fixed(KEN, V2, CHANGE)).then(TextFixed)
    no_policy = but(fixed(KEN, V2, CHANGE), basic_policy=())
    given(*asked).when(no_policy).then_refused(PARA_4)


def test_a11_e29_abolition_takes_the_whole_road_again() -> None:
    given(*concluded(*TWO)).when(ASK_ABOLITION).then(AbolitionProposed)
    *votes, first, last = again_signed(*TWO)
    given(*abolishing(*TWO)).when(first).then_refused(PARA_4)
    events = given(*abolishing(*TWO), *votes, first).when(last).events
    abolished = events[-1]
    assert isinstance(abolished, AgreementAbolished)
    assert (abolished.abolishes, abolished.effective) == (V1, date(2026, 10, 1))
    ended = given(*abolishing(*TWO), *again_signed(*TWO))
    assert ended.state.title == "廃止済み"
    assert AGREEMENT.is_open(ended.state), "notices and filings are still owed"
    both = [*notified(*TWO), *notified(*TWO, matter="廃止")]
    assert not AGREEMENT.is_open(given(*abolishing(*TWO), *again_signed(*TWO), *both).state)


def test_a11_the_text_of_an_abolition_need_not_lay_down_roles() -> None:
    asked = abolishing(*TWO)[:-1]
    bare = but(fixed(KEN, V2, CHANGE), basic_policy=(), roles=(), expertise=())
    given(*asked).when(bare).then(TextFixed)


def test_a11_e29_nobody_leaves_alone() -> None:
    given(*concluded(*TWO)).when(LEAVE).then_refused(PARA_4)
    lonely = signed(KURE, V1, CHANGE, CHANGE)
    given(*concluded(*TWO)).when(lonely).then_refused(PARA_4)
    given(*concluded(*TWO)).when(but(ABANDON, on=CHANGE)).then_refused(PARA_4)
    given(*consulting(*TWO)).when(LEAVE).then_refused(LeaveAlone.cites)


def test_a10_a11_one_consultation_at_a_time() -> None:
    given(*changing(*TWO)).when(but(ASK_ABOLITION, on=CHANGE)).then_refused(PARA_4)
    given(*abolishing(*TWO)).when(ASK_CHANGE).then_refused(PARA_4)
    given(*consulting(*TWO)).when(ASK_CHANGE).then_refused(PARA_4)


def test_a10_a_second_change_follows_the_first() -> None:
    first = [*changing(*TWO), *again_signed(*TWO)]
    on = date(2026, 12, 1)
    ask = but(ASK_CHANGE, on=on)
    ask = but(ask, **decided(KEN, on))
    accept = but(changing(*TWO)[-2], on=on)
    given(*first, ask, accept).when(fixed(KEN, V2, on)).then_refused(PARA_4)
    given(*first, ask, accept).when(fixed(KEN, V3, on)).then(TextFixed)
