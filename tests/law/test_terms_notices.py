"""告示（条例・規則、法第14条第1項）: 第260条の49に告示の定めはない; a duty only where the ordinance has it."""

from datetime import date

import pytest

from domain.designation import DESIGNATION, Command
from domain.designation.tenure.notices import PublicNoticeGiven
from domain.designation.tenure.part import TENURE
from domain.law import ART_14
from tests.law import cast, contest, tenure
from tests.law.cast import Story, but
from tests.law.specification import given

BY_ORDINANCE = ART_14.para(1)


def _owed(*story: Command) -> list[str]:
    view = DESIGNATION.view(given(*story).state)
    return [duty.title for duty in view.obligations if "告示する" in duty.title]


def test_t29_e23_without_the_ordinance_nothing_is_to_be_put_up() -> None:
    assert _owed(*cast.designated()) == []
    assert _owed(*cast.revoked()) == []
    assert not DESIGNATION.is_open(given(*contest.uncontested(*cast.revoked())).state)
    early = but(tenure.NOTICE, on=date(2025, 6, 20))
    given(*cast.designated()).when(early).then_refused(BY_ORDINANCE)


def test_t29_a_designation_is_put_up_and_the_duty_is_done() -> None:
    (duty,) = _owed(*tenure.designated())
    assert "条例第4条第3項" in duty
    event = given(*tenure.designated()).when(tenure.NOTICE).then_the(PublicNoticeGiven)
    assert (event.of, event.number) == ("指定", "令和9年例示市告示第12号")
    assert _owed(*tenure.designated(), tenure.NOTICE) == []
    again = but(tenure.NOTICE, number="令和9年例示市告示第13号")
    given(*tenure.designated(), tenure.NOTICE).when(again).then_refused(BY_ORDINANCE)


def test_t29_nothing_is_put_up_before_it_was_done() -> None:
    early = but(tenure.NOTICE, on=date(2027, 6, 15))
    given(*tenure.designated()).when(early).then_refused(BY_ORDINANCE)


REVOKED = [tenure.later(command) for command in cast.revoked()]


@pytest.mark.parametrize(
    ("story", "of"),
    [
        (REVOKED, "指定の取消し"),
        ([*tenure.designated(), tenure.EXPIRE], "有効期間の満了"),
        ([*tenure.designated(), tenure.RELINQUISH], "指定の辞退"),
        ([*tenure.designated(), tenure.DISSOLVE], "団体の解散"),
    ],
    ids=["取消し", "満了", "辞退", "解散"],
)
def test_t29_t30_every_end_is_put_up_too_and_keeps_the_case_open_until_then(
    story: Story, of: str
) -> None:
    last = story[-1].on
    assert DESIGNATION.is_open(given(*contest.uncontested(*story)).state)
    put_up = but(tenure.NOTICE, on=last, of=of)
    first = but(tenure.NOTICE, on=last)
    given(*story).when(put_up).then_the(PublicNoticeGiven)
    assert not DESIGNATION.is_open(given(*contest.uncontested(*story, put_up, first)).state)


def test_t29_the_ordinance_of_the_day_of_the_end_says_whether_it_is_put_up() -> None:
    state = given(*cast.designated(), tenure.RELINQUISH).state
    (duty,) = state.of(TENURE).notices
    assert duty.of == "指定の辞退"
