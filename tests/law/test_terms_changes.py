"""変更の届出（条例、法第14条第1項）: Told within the period of the ordinance, or late."""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.designation import DESIGNATION
from domain.designation.tenure.changes import Change, ChangeNotified
from domain.law import ART_14
from domain.text import Personal
from tests.law import cast, tenure
from tests.law.cast import OTHER_BODY, but
from tests.law.specification import given

BY_ORDINANCE = ART_14.para(1)


def test_t29_e23_without_the_ordinance_there_is_no_duty_to_tell() -> None:
    early = but(tenure.CHANGE, on=date(2026, 9, 10), changed=date(2026, 9, 1))
    refused = given(*cast.designated()).when(early).then_refused(BY_ORDINANCE)
    assert "変更の届出の定めがありません" in refused.reason
    assert "変更を届け出る" not in DESIGNATION.view(given(*cast.designated()).state).possible


def test_t29_e23_a_change_from_before_the_duty_is_none_that_must_be_told() -> None:
    before = but(tenure.CHANGE, on=date(2027, 4, 5), changed=date(2027, 3, 31))
    given(*cast.designated()).when(before).then_refused(BY_ORDINANCE)


@pytest.mark.parametrize(("on", "in_time"), [(date(2027, 9, 15), True), (date(2027, 9, 16), False)])
def test_t29_a_change_is_told_within_its_period_or_recorded_as_late(
    on: date, *, in_time: bool
) -> None:
    event = given(*tenure.designated()).when(but(tenure.CHANGE, on=on)).then_the(ChangeNotified)
    assert event.due.day == date(2027, 9, 15)
    assert event.in_time == in_time
    assert event.provision.endswith("条例第7条")


def test_t29_the_same_change_is_told_once_and_another_again() -> None:
    told = given(*tenure.designated(), tenure.CHANGE)
    told.when(but(tenure.CHANGE, on=date(2027, 9, 12))).then_nothing()
    other = but(tenure.CHANGE, changes=(Change(matter="会議", after="総会を年2回とする"),))
    told.when(other).then_the(ChangeNotified)


def test_t29_a_change_lies_within_the_designation_and_is_the_bodys_own() -> None:
    early = but(tenure.CHANGE, changed=date(2027, 6, 17))
    given(*tenure.designated()).when(early).then_refused(BY_ORDINANCE)
    ahead = but(tenure.CHANGE, changed=date(2027, 9, 11))
    given(*tenure.designated()).when(ahead).then_refused(BY_ORDINANCE)
    other = but(tenure.CHANGE, by=OTHER_BODY)
    given(*tenure.designated()).when(other).then_refused(BY_ORDINANCE)


def test_t29_a_new_name_of_the_body_is_its_name_from_then_on() -> None:
    renamed = but(tenure.CHANGE, body_name="例示学区まちづくり協議会")
    state = given(*tenure.designated(), renamed).state
    assert DESIGNATION.headline(state) == renamed.body_name
    assert state.now.body_name == renamed.body_name


def test_t29_a_new_representative_is_named_as_a_person_only() -> None:
    change = but(
        tenure.CHANGE,
        changes=(Change(matter="代表者"),),
        representative=Personal(of="P-0002", text="例示 八葉"),
    )
    event = given(*tenure.designated()).when(change).then_the(ChangeNotified)
    assert event.representative == change.representative
    with pytest.raises(ValidationError):
        but(tenure.CHANGE, changes=())
