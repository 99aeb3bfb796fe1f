"""経過措置: An amendment is data with a transitional rule; the anchor of a case says what is for it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from domain.designation.examination import DesignationGranted
from domain.designation.reporting import ReportRequested
from domain.designation.tenure.renewal import RenewalGranted
from domain.ordinance import Anchor, NotInForce, Parameter, Rules, Transition, Value
from domain.periods import Period
from domain.profile import ProfileError, read_profile
from tests.law import cast, tenure
from tests.law.example import CODE, PROFILES, RULES
from tests.law.specification import given

FIRST, SINCE = date(2025, 4, 1), date(2026, 4, 1)
NEW, OLD = Anchor(applied=date(2026, 4, 1)), Anchor(applied=date(2026, 3, 31))
UNBEGUN = Anchor()
RENEWED = Anchor(applied=date(2025, 6, 2), renewed=date(2026, 4, 1))


def _length(value: int, unit: str) -> Period:
    return Period.model_validate(
        {"length": value, "unit": unit, "source": "長の定め", "basis": "条例第9条"}
    )


def _amended(applies: Transition, *values: object) -> Parameter[Any]:
    """A parameter with its first value from FIRST and the next from SINCE under the rule."""
    before, after = values or (30, 20)
    return Parameter[Any](
        meaning="試験のための定め",
        values=(
            Value[Any](since=FIRST, value=before, basis="改正前"),
            Value[Any](since=SINCE, value=after, basis="改正後", applies=applies),
        ),
    )


def _rules(**amended: Parameter[Any]) -> Rules:
    ordinance = RULES.ordinance.model_copy(update=amended)
    return Rules(
        ordinance=type(ordinance).model_validate_json(ordinance.model_dump_json()),
        calendar=RULES.calendar,
    )


@pytest.mark.parametrize(
    ("applies", "anchor", "expected"),
    [
        ("施行日から", OLD, 20),
        ("施行日から", NEW, 20),
        ("新規の事案から", OLD, 30),
        ("新規の事案から", NEW, 20),
        ("新規の事案から", RENEWED, 30),
        ("新規の事案から", UNBEGUN, 20),
        ("次の更新から", OLD, 30),
        ("次の更新から", NEW, 20),
        ("次の更新から", RENEWED, 20),
        ("進行中の事案にも", OLD, 20),
        ("進行中の事案にも", NEW, 20),
    ],
)
def test_e24_the_anchor_of_a_case_chooses_the_value_after_the_amendment(
    applies: Transition, anchor: Anchor, expected: int
) -> None:
    seen = _amended(applies).seen_by(anchor)
    assert seen.on(date(2026, 6, 1)).value == expected
    assert seen.on(date(2026, 3, 31)).value == 30


def test_e24_a_value_that_is_not_for_the_case_leaves_the_former_in_force() -> None:
    known = Parameter[int](
        meaning="試験のための定め",
        values=(
            Value[int](since=FIRST, until=date(2026, 3, 31), value=30, basis="改正前"),
            Value[int](since=SINCE, value=20, basis="改正後", applies="新規の事案から"),
        ),
    )
    assert known.seen_by(OLD).on(date(2030, 1, 1)).value == 30
    first = Parameter[int](meaning="試験", values=known.values[1:])
    with pytest.raises(NotInForce):
        first.seen_by(OLD).on(date(2030, 1, 1))


def test_e24_of_several_amendments_each_has_its_own_rule() -> None:
    known = _amended("新規の事案から")
    last = Value[Any](since=date(2028, 4, 1), value=10, basis="再改正後")
    again = known.model_copy(update={"values": (*known.values, last)})
    days: Sequence[date] = (date(2026, 6, 1), date(2028, 6, 1))
    assert [again.seen_by(OLD).on(one).value for one in days] == [30, 10]
    assert [again.seen_by(NEW).on(one).value for one in days] == [20, 10]


@pytest.mark.parametrize(
    ("applies", "days"),
    [("施行日から", 20), ("新規の事案から", 30), ("次の更新から", 30), ("進行中の事案にも", 20)],
)
def test_e24_t11_an_act_in_an_older_case_is_judged_by_the_rule(
    applies: Transition, days: int
) -> None:
    rules = _rules(report_period=_amended(applies, _length(30, "日"), _length(20, "日")))
    asked = given(*cast.designated(), rules=rules).when(cast.REQUEST_REPORT)
    due = asked.then_the(ReportRequested).due
    assert due.period is not None
    assert due.period.length == days


def test_e24_t29_a_longer_term_comes_with_the_next_renewal() -> None:
    three, five = _length(3, "年"), _length(5, "年")
    amended = Parameter[Any](
        meaning="有効期間",
        values=(
            Value[Any](since=FIRST, value=three, basis="条例第5条"),
            Value[Any](
                since=date(2028, 4, 1),
                value=five,
                basis="改正後の条例第5条",
                applies="次の更新から",
            ),
        ),
    )
    rules = _rules(term=amended)
    renewed = given(*tenure.renewing(), rules=rules).when(tenure.RENEW)
    period = renewed.then_the(RenewalGranted).conditions.expires
    assert period is not None
    assert period.day == date(2035, 6, 18)


def test_e24_t29_a_case_that_applied_before_is_still_designated_under_the_former_term() -> None:
    three, five = _length(3, "年"), _length(5, "年")
    for applies, years in (("新規の事案から", 3), ("施行日から", 5)):
        since = date(2027, 6, 10)
        amended = Parameter[Any](
            meaning="有効期間",
            values=(
                Value[Any](since=FIRST, value=three, basis="条例第5条"),
                Value[Any].model_validate(
                    {"since": since, "value": five, "basis": "改正後", "applies": applies}
                ),
            ),
        )
        *story, grant = tenure.designated()
        event = given(*story, rules=_rules(term=amended)).when(grant).then_the(DesignationGranted)
        assert event.conditions is not None
        assert event.conditions.expires is not None
        assert event.conditions.expires.period is not None
        assert event.conditions.expires.period.length == years


def test_e24_a_running_period_sees_a_value_for_running_cases_from_its_own_first_day() -> None:
    known = _amended("進行中の事案にも")
    assert known.reaching_back(date(2026, 3, 31)).on(date(2026, 3, 1)).value == 30
    assert known.reaching_back(date(2026, 4, 1)).on(date(2026, 3, 1)).value == 20
    assert _amended("施行日から").reaching_back(date(2026, 6, 1)).on(date(2026, 3, 1)).value == 30


def test_e24_each_event_names_the_version_it_was_judged_under() -> None:
    event = given(*cast.designated()).when(cast.REQUEST_REPORT).then_the(ReportRequested)
    assert event.ordinance == RULES.version


def test_a_profile_says_the_transitional_rule_with_the_value() -> None:
    defaults = (PROFILES.parents[1] / "domain/ordinances/defaults.toml").read_text("utf-8")
    text = (PROFILES / f"{CODE}.toml").read_text("utf-8")
    amended = text.replace(
        "since = 2027-04-01\nvalue = { length = 20",
        'since = 2027-04-01\napplies = "新規の事案から"\nvalue = { length = 20',
    )
    assert amended != text
    ordinance = read_profile(defaults, amended)
    assert ordinance.report_period.values[-1].applies == "新規の事案から"
    with pytest.raises(ProfileError, match="次の更新から"):
        read_profile(defaults, amended.replace('"新規の事案から"', '"来年から"'))
