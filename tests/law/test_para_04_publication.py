"""法第260条の49第4項: 「…活動の状況及び前項の規定による支援の状況を公表するものとする。」"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.designation import DESIGNATION
from domain.designation.cooperation.publishing import (
    PublicationCorrected,
    PublicationMade,
    PublicationOverdue,
    PublicationWithdrawn,
    Publish,
)
from domain.law import ART_260_49
from domain.ordinance import Rules
from domain.people import CALENDAR
from domain.periods import Period
from tests.law.cast import (
    MAYOR,
    OFFICER,
    Story,
    applied,
    but,
    decision_pending,
    designated,
    revoked,
)
from tests.law.contest import uncontested
from tests.law.cooperation import (
    BOARD,
    CORRECT,
    GIVE,
    GIVE_MORE,
    OVERDUE,
    PLAN_GRANT,
    PUBLISH,
    WEBSITE,
    WITHDRAW,
    given_in_full,
    published,
    supported,
)
from tests.law.example import RULES, rules_with
from tests.law.specification import Given, given

CASES = tomllib.loads(
    (Path(__file__).parent / "art_260_49" / "para_04_cases.toml").read_text("utf-8")
)["case"]
PARA_4 = ART_260_49.para(4)
LOST = revoked()[len(designated()) :]
"""What leads from a designation to its revocation on 20 October 2026."""
AGAIN = but(PUBLISH, on=date(2026, 6, 20))
NEXT_YEAR = but(PUBLISH, on=date(2027, 5, 28), fiscal_year=2026)


def duties(case: Given) -> list[tuple[str, date]]:
    """What is open under ④."""
    found = DESIGNATION.view(case.state).obligations
    return [(one.title, one.since) for one in found if one.basis == PARA_4]


def awaited(case: Given) -> dict[str, tuple[date | None, bool]]:
    """The days by which something is to be published, and whether their passing is to be noted."""
    return {
        due.deadline.key: (due.deadline.day, due.note is not None)
        for due in DESIGNATION.dues(case.state, case.rules)
        if due.deadline.basis == PARA_4
    }


# --- 公表 -------------------------------------------------------------------------------------


def test_t09_a_designation_opens_the_duty_to_publish_its_fiscal_year() -> None:
    case = given(*designated())
    assert duties(case) == [("令和7年度の活動と支援の状況を公表する", date(2025, 6, 20))]
    assert awaited(case) == {"publication-2025": (date(2026, 6, 30), True)}
    assert duties(given(*decision_pending())) == []


@pytest.mark.parametrize("missing", ["state_of_activities", "state_of_support"])
def test_e11_q19_a_publication_tells_of_activities_and_of_support(missing: str) -> None:
    said = PUBLISH.model_dump(exclude={missing})
    with pytest.raises(ValueError, match=missing):
        Publish.model_validate(said)
    with pytest.raises(ValueError, match=missing):
        Publish.model_validate({**said, missing: "　"})


def test_e11_q19_a_publication_holds_what_the_record_knows_of_the_support() -> None:
    event = given(*given_in_full()).when(PUBLISH).then_the(PublicationMade)
    assert (event.support_given, event.givings) == (1_200_000, 2)
    nothing = given(*designated()).when(PUBLISH).then_the(PublicationMade)
    assert (nothing.support_given, nothing.givings) == (0, 0)


def test_e11_only_the_years_own_support_is_told() -> None:
    next_year = but(GIVE_MORE, on=date(2026, 5, 1), fiscal_year=2026)
    late = but(GIVE_MORE, on=date(2026, 5, 1), fiscal_year=2025)
    with_next = given(*supported(), GIVE, next_year).when(PUBLISH).then_the(PublicationMade)
    assert with_next.support_given == 800_000
    with_late = given(*supported(), GIVE, late).when(PUBLISH).then_the(PublicationMade)
    assert with_late.support_given == 1_200_000


def test_a_publication_says_for_which_year_by_what_means_and_where() -> None:
    event = given(*designated()).when(PUBLISH).then_the(PublicationMade)
    assert (event.fiscal_year, event.year_name, event.version) == (2025, "令和7年度", 1)
    assert event.media == (WEBSITE, BOARD)
    with pytest.raises(ValueError, match="media"):
        but(PUBLISH, media=())


def test_a_publication_is_in_time_or_late() -> None:
    last = but(PUBLISH, on=date(2026, 6, 30))
    event = given(*designated()).when(last).then_the(PublicationMade)
    assert event.in_time
    assert event.due is not None
    assert event.due.origin == date(2026, 3, 31)
    late = but(PUBLISH, on=date(2026, 7, 1))
    assert given(*designated(), OVERDUE).when(late).then_the(PublicationMade).in_time is False


def test_the_state_of_a_year_is_published_when_the_year_is_over() -> None:
    given(*designated()).when(but(PUBLISH, on=date(2026, 3, 31))).then_refused(PARA_4)
    given(*designated()).when(but(PUBLISH, on=date(2026, 4, 1))).then(PublicationMade)


@pytest.mark.parametrize("year", [2024, 2026])
def test_a_year_without_a_designation_in_effect_is_not_published(year: int) -> None:
    of_another = but(PUBLISH, fiscal_year=year)
    given(*designated()).when(of_another).then_refused(PARA_4)


@pytest.mark.parametrize("story", [[], applied(), decision_pending()])
def test_nothing_is_published_of_a_body_that_is_not_designated(story: Story) -> None:
    given(*story).when(PUBLISH).then_refused(PARA_4)


def test_the_mayor_publishes() -> None:
    given(*designated()).when(but(PUBLISH, by=OFFICER)).then_refused(PARA_4)
    given(*designated()).when(but(OVERDUE, by=MAYOR)).then_refused(PARA_4)


def test_a_year_once_published_makes_way_for_the_next() -> None:
    case = given(*published())
    assert duties(case) == [("令和8年度の活動と支援の状況を公表する", date(2026, 4, 1))]
    assert awaited(case) == {"publication-2026": (date(2027, 6, 30), True)}


def test_what_is_published_is_published_once_and_never_replaced_in_silence() -> None:
    given(*published()).when(PUBLISH).then_nothing()
    other = but(PUBLISH, on=date(2026, 6, 1), state_of_activities="交流会を7回開いた。")
    given(*published()).when(other).then_refused(PARA_4)


# --- 訂正と撤回 -------------------------------------------------------------------------------


def test_a_correction_names_what_it_corrects_and_why_and_the_earlier_stays() -> None:
    event = given(*published()).when(CORRECT).then_the(PublicationCorrected)
    assert (event.version, event.corrects, event.reasons) == (2, 1, CORRECT.reasons)
    again = but(
        CORRECT, on=date(2026, 6, 11), corrects=2, state_of_activities="交流会を5回開いた。"
    )
    third = given(*published(), CORRECT).when(again).then_the(PublicationCorrected)
    assert (third.version, third.corrects) == (3, 2)


def test_a_correction_of_another_version_than_the_one_that_stands_is_refused() -> None:
    stale = but(CORRECT, on=date(2026, 6, 11), state_of_activities="交流会を5回開いた。")
    given(*published(), CORRECT).when(stale).then_refused(PARA_4)
    given(*published()).when(but(WITHDRAW, version=2)).then_refused(PARA_4)


def test_a_correction_that_changes_nothing_is_nothing() -> None:
    given(*published(), CORRECT).when(CORRECT).then_nothing()
    same = but(CORRECT, state_of_activities=PUBLISH.state_of_activities)
    given(*published()).when(same).then_nothing()


def test_a_correction_tells_of_support_entered_since() -> None:
    found = given(*supported(), GIVE, PUBLISH, GIVE_MORE).when(CORRECT)
    assert found.then_the(PublicationCorrected).support_given == 1_200_000


def test_nothing_is_corrected_or_withdrawn_that_cannot_be_read() -> None:
    given(*designated()).when(CORRECT).then_refused(PARA_4)
    given(*designated()).when(WITHDRAW).then_refused(PARA_4)
    given(*published()).when(but(CORRECT, on=date(2026, 5, 28))).then_refused(PARA_4)
    withdrawn = given(*published(), WITHDRAW)
    withdrawn.when(but(CORRECT, on=date(2026, 6, 16))).then_refused(PARA_4)
    withdrawn.when(WITHDRAW).then_refused(PARA_4)


def test_after_a_withdrawal_the_year_is_to_be_published_again() -> None:
    case = given(*published(), WITHDRAW)
    assert ("令和7年度の活動と支援の状況を改めて公表する", WITHDRAW.on) in duties(case)
    assert awaited(case) == {"publication-2025": (date(2026, 6, 30), True)}
    assert case.when(AGAIN).then_the(PublicationMade).version == 2
    case.when(but(AGAIN, on=date(2026, 6, 14))).then_refused(PARA_4)
    assert "令和7年度" not in duties(given(*published(), WITHDRAW, AGAIN))[0][0]


def test_both_a_correction_and_a_withdrawal_state_their_reasons() -> None:
    event = given(*published()).when(WITHDRAW).then_the(PublicationWithdrawn)
    assert (event.version, event.reasons) == (1, WITHDRAW.reasons)
    for act in (CORRECT, WITHDRAW):
        with pytest.raises(ValueError, match="reasons"):
            but(act, reasons=" ")


# --- 期限 -------------------------------------------------------------------------------------


def test_an_overdue_publication_is_noted_once_and_the_duty_stands() -> None:
    given(*designated()).when(but(OVERDUE, on=date(2026, 6, 30))).then_nothing()
    event = given(*designated()).when(OVERDUE).then_the(PublicationOverdue)
    assert event.due.day == date(2026, 6, 30)
    late = given(*designated(), OVERDUE)
    late.when(OVERDUE).then_nothing()
    assert ("令和7年度の活動と支援の状況を公表する", OVERDUE.on) in duties(late)
    assert "公表遅延" in DESIGNATION.view(late.state).stage
    late.when(but(PUBLISH, on=date(2026, 8, 3))).then(PublicationMade)


def test_years_are_owed_side_by_side() -> None:
    late = given(*designated(), OVERDUE)
    assert awaited(late) == {
        "publication-2025": (date(2026, 6, 30), False),
        "publication-2026": (date(2027, 6, 30), True),
    }
    note = but(OVERDUE, on=date(2027, 7, 1), fiscal_year=2026)
    later = given(*designated(), OVERDUE, note)
    assert [title[:5] for title, _ in duties(later)] == ["令和7年度", "令和8年度", "令和9年度"]
    done = given(*designated(), OVERDUE, note, NEXT_YEAR)
    assert [title[:5] for title, _ in duties(done)] == ["令和7年度", "令和9年度"]


def test_what_was_published_in_time_is_never_noted_as_overdue() -> None:
    given(*published()).when(OVERDUE).then_nothing()
    in_time = given(*published(), but(WITHDRAW, on=date(2026, 9, 1)))
    in_time.when(OVERDUE).then_nothing()
    assert "publication-2025" not in awaited(in_time)
    assert "改めて" in duties(in_time)[0][0]


def test_the_note_that_falls_due_is_the_calendars_own() -> None:
    (note,) = [due.note for due in DESIGNATION.dues(given(*designated()).state, RULES) if due.note]
    assert note == OVERDUE
    assert note.by == CALENDAR


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_ordinance_sets_the_day(case: dict[str, Any]) -> None:
    stated = None if case["period"] == "なし" else _period(case["period"])
    event = (
        given(*designated(), rules=rules_with(publication_period=stated))
        .when(but(PUBLISH, on=date(2031, 3, 31), fiscal_year=case["fiscal_year"]))
        .then_the(PublicationMade)
    )
    assert (event.due.day if event.due else "なし") == case["due"]


def _period(stated: dict[str, Any]) -> Period:
    return Period.model_validate({**stated, "source": "条例等", "basis": "規則第9条"})


def test_without_a_cycle_the_duty_has_no_day() -> None:
    rules: Rules = rules_with(publication_period=None)
    case = given(*designated(), rules=rules)
    assert awaited(case) == {}
    assert duties(case) == [("令和7年度の活動と支援の状況を公表する", date(2025, 6, 20))]
    case.when(but(OVERDUE, on=date(2030, 1, 1))).then_nothing()
    event = case.when(PUBLISH).then_the(PublicationMade)
    assert (event.due, event.in_time) == (None, None)


# --- 指定を失ったとき -------------------------------------------------------------------------


def test_a_designation_that_ends_leaves_its_support_to_be_published() -> None:
    case = given(*supported(), GIVE, *LOST)
    assert [title for title, _ in duties(case)] == ["令和7年度の活動と支援の状況を公表する"]
    assert DESIGNATION.is_open(case.state)
    case.when(but(PUBLISH, on=date(2026, 11, 2))).then(PublicationMade)
    done = given(*supported(), GIVE, *LOST, but(PUBLISH, on=date(2026, 11, 2)))
    assert duties(done) == []


def test_a_day_noted_as_passed_and_a_text_withdrawn_are_owed_after_the_end() -> None:
    overdue = given(*designated(), OVERDUE, *LOST)
    assert [title[:5] for title, _ in duties(overdue)] == ["令和7年度"]
    withdrawn = given(*published(), *LOST, but(WITHDRAW, on=date(2026, 11, 2)))
    assert "改めて" in duties(withdrawn)[0][0]
    assert DESIGNATION.is_open(withdrawn.state)


def test_a_designation_that_ends_and_left_nothing_is_awaited_no_longer() -> None:
    assert duties(given(*revoked())) == []
    assert awaited(given(*revoked())) == {}
    after = given(*uncontested(*published(), *LOST))
    assert duties(after) == []
    assert not DESIGNATION.is_open(after.state)


def test_the_last_year_may_be_published_once_the_designation_has_ended() -> None:
    last = but(PUBLISH, fiscal_year=2026, on=date(2026, 10, 19))
    given(*revoked()).when(last).then_refused(PARA_4)
    given(*revoked()).when(but(last, on=date(2026, 10, 20))).then(PublicationMade)
    given(*revoked()).when(but(last, fiscal_year=2027, on=date(2028, 5, 1))).then_refused(PARA_4)


def test_the_support_of_the_last_year_is_awaited_by_its_day() -> None:
    plan = but(PLAN_GRANT, on=date(2026, 5, 1))
    give = but(GIVE, on=date(2026, 5, 8))
    case = given(*published(), plan, give, *LOST)
    assert awaited(case) == {"publication-2026": (date(2027, 6, 30), True)}
    assert [title[:5] for title, _ in duties(case)] == ["令和8年度"]
