"""辞退（条例）と解散（法第260条の49第2項）: The ends that come from the body."""

from datetime import date

import pytest

from domain.designation import DESIGNATION
from domain.designation.designated import Ended
from domain.designation.tenure.leaving import BodyDissolved, DesignationRelinquished
from domain.law import ART_14, ART_260_49
from tests.law import cast, tenure
from tests.law.cast import MAYOR, OTHER_BODY, Story, but
from tests.law.specification import given

BY_ORDINANCE, PARA_2 = ART_14.para(1), ART_260_49.para(2)
EARLY = but(tenure.RELINQUISH, on=date(2026, 3, 31))


def test_t29_e23_without_the_ordinance_a_designation_cannot_be_relinquished() -> None:
    refused = given(*cast.designated()).when(EARLY).then_refused(BY_ORDINANCE)
    assert "指定の辞退の定めがありません" in refused.reason
    assert "指定を辞退する" not in DESIGNATION.view(given(*cast.designated()).state).possible


def test_t29_a_body_relinquishes_under_the_ordinance_and_says_why() -> None:
    event = given(*tenure.designated()).when(tenure.RELINQUISH).then_the(DesignationRelinquished)
    assert event.provision.endswith("条例第8条")
    assert event.resolution == tenure.RELINQUISH.resolution
    after = given(*tenure.designated(), tenure.RELINQUISH)
    assert isinstance(after.state.status, Ended)
    assert after.state.status.how == "辞退"
    assert after.state.now.ended == tenure.RELINQUISH.on
    assert not after.state.now.active


def test_t29_the_ordinance_of_the_day_counts_also_for_a_designation_from_before_it() -> None:
    given(*cast.designated()).when(tenure.RELINQUISH).then_the(DesignationRelinquished)


def test_t29_only_the_designated_body_relinquishes_and_only_once() -> None:
    other = but(tenure.RELINQUISH, by=OTHER_BODY)
    given(*tenure.designated()).when(other).then_refused(BY_ORDINANCE)
    again = but(tenure.RELINQUISH, on=date(2028, 4, 1))
    given(*tenure.designated(), tenure.RELINQUISH).when(again).then_refused(BY_ORDINANCE)
    given(*cast.applied()).when(tenure.RELINQUISH).then_refused(BY_ORDINANCE)


def test_t29_what_was_under_way_ends_with_it_and_the_report_is_no_longer_awaited() -> None:
    asked = but(cast.REQUEST_REPORT, on=date(2028, 3, 1))
    story = [*tenure.designated(), asked, tenure.RELINQUISH]
    assert DESIGNATION.dues(given(*story).state, given().rules) == ()


def test_t30_a_dissolution_needs_no_ordinance() -> None:
    early = but(tenure.DISSOLVE, on=date(2026, 4, 10), dissolved=date(2026, 3, 31))
    event = given(*cast.designated()).when(early).then_the(BodyDissolved)
    assert (event.dissolved, event.public_notice) == (early.dissolved, None)
    state = given(*cast.designated(), early).state
    assert isinstance(state.status, Ended)
    assert not DESIGNATION.is_open(state)
    assert DESIGNATION.view(state).stage == "指定終了（解散）"


@pytest.mark.parametrize(
    "change",
    [
        {"dissolved": date(2027, 6, 17)},
        {"dissolved": date(2028, 4, 11)},
        {"finding": {"reasons": "うわさを聞いた。"}},
    ],
    ids=["指定の前", "記録の後", "証拠がない"],
)
def test_t30_a_dissolution_lies_within_the_designation_and_has_evidence(
    change: dict[str, object],
) -> None:
    given(*tenure.designated()).when(but(tenure.DISSOLVE, **change)).then_refused(PARA_2)


def test_t30_an_officer_notes_it_and_nobody_decides_it() -> None:
    given(*tenure.designated()).when(but(tenure.DISSOLVE, by=MAYOR)).then_refused(PARA_2)


@pytest.mark.parametrize(
    "story", [[], cast.applied(), cast.decision_pending(), cast.revoked()], ids=len
)
def test_t30_there_is_a_designation_to_end(story: Story) -> None:
    given(*story).when(tenure.DISSOLVE).then_refused(PARA_2)
