"""民法第138条から第143条まで、法第4条の2第4項: how a period becomes a day."""

from datetime import date

import pytest

from domain.law import ART_260_49
from domain.periods import (
    Calendar,
    CalendarEnds,
    Deadline,
    Period,
    Source,
    Suspension,
    Unit,
    Yearly,
    fixed,
    reckon,
)

YEAR_END = Yearly(first="12-29", last="01-03", reason="年末年始の休日", rule="休日条例第1条")
CALENDAR = Calendar(
    since=date(2024, 1, 1),
    until=date(2030, 12, 31),
    national={date(2026, 2, 23): "天皇誕生日"},
    yearly=(YEAR_END,),
    rolls={"法令": "法第4条の2第4項", "条例等": "休日条例第2条"},
)


def period(length: int, unit: Unit = "日", source: Source = "法令") -> Period:
    return Period(length=length, unit=unit, source=source, basis="条例第9条第1項")


def due(
    origin: date,
    of: Period,
    *suspensions: Suspension,
    to_municipality: bool = True,
    calendar: Calendar = CALENDAR,
) -> Deadline:
    return reckon(
        key="report",
        title="報告の期限",
        basis=ART_260_49.para(10),
        origin=origin,
        origin_title="報告の求め",
        period=of,
        calendar=calendar,
        to_municipality=to_municipality,
        suspensions=suspensions,
    )


def stop(since: date, until: date | None) -> Suspension:
    return Suspension(since=since, until=until, reason="補正")


def test_the_first_day_is_not_counted() -> None:
    assert due(date(2026, 6, 1), period(1)).day == date(2026, 6, 2)


@pytest.mark.parametrize(
    ("origin", "length", "unit", "last"),
    [
        (date(2025, 1, 15), 1, "月", date(2025, 2, 15)),
        (date(2025, 1, 30), 1, "月", date(2025, 2, 28)),  # 応当日 2月31日 がない
        (date(2025, 1, 31), 1, "月", date(2025, 2, 28)),  # 2月1日から起算し、3月1日の前日
        (date(2024, 1, 30), 1, "月", date(2024, 2, 29)),  # うるう年
        (date(2025, 2, 28), 3, "月", date(2025, 5, 31)),  # 月の初めから起算すれば月の末日
        (date(2025, 11, 30), 3, "月", date(2026, 2, 28)),
        (date(2024, 2, 28), 1, "年", date(2025, 2, 28)),  # 応当日 2月29日 がない
        (date(2024, 2, 29), 1, "年", date(2025, 2, 28)),
        (date(2023, 2, 28), 1, "年", date(2024, 2, 29)),  # 3月1日の前日
    ],
)
def test_months_and_years_follow_the_calendar(
    origin: date, length: int, unit: Unit, last: date
) -> None:
    assert due(origin, period(length, unit, "命令")).day == last


def test_open_days_leave_out_weekends_holidays_and_the_turn_of_the_year() -> None:
    assert due(date(2025, 12, 26), period(2, "開庁日")).day == date(2026, 1, 6)


def test_a_period_fixed_by_law_rolls_from_saturday_over_a_holiday_to_tuesday() -> None:
    deadline = due(date(2026, 2, 7), period(14))
    assert deadline.day == date(2026, 2, 24)
    assert deadline.roll is not None
    assert (deadline.roll.since, deadline.roll.reason) == (date(2026, 2, 21), "土曜日")
    assert deadline.roll.rule == "法第4条の2第4項"


def test_a_period_fixed_by_ordinance_rolls_by_the_citys_own_holiday_ordinance() -> None:
    deadline = due(date(2026, 2, 7), period(14, source="条例等"))
    assert deadline.roll is not None
    assert deadline.roll.rule == "休日条例第2条"


@pytest.mark.parametrize("source", ["命令", "長の定め"])
def test_a_period_fixed_in_an_order_or_by_the_mayor_stands(source: Source) -> None:
    assert due(date(2026, 2, 7), period(14, source=source)).day == date(2026, 2, 21)


def test_a_duty_of_the_municipality_itself_is_not_moved() -> None:
    deadline = due(date(2026, 2, 7), period(14), to_municipality=False)
    assert (deadline.day, deadline.roll) == (date(2026, 2, 21), None)


def test_which_source_rolls_is_data_of_the_municipality() -> None:
    calendar = CALENDAR.model_copy(update={"rolls": {"長の定め": "要綱第3条"}})
    assert due(date(2026, 2, 7), period(14), calendar=calendar).roll is None
    rolled = due(date(2026, 2, 7), period(14, source="長の定め"), calendar=calendar).roll
    assert rolled is not None
    assert rolled.rule == "要綱第3条"


def test_a_suspension_moves_the_last_day_by_the_days_it_covers() -> None:
    halt = stop(date(2026, 6, 3), date(2026, 6, 5))
    assert due(date(2026, 6, 1), period(10, source="命令"), halt).day == date(2026, 6, 14)


def test_days_of_a_suspension_before_the_period_do_not_count() -> None:
    halt = stop(date(2026, 5, 20), date(2026, 6, 2))
    assert due(date(2026, 6, 1), period(10, source="命令"), halt).day == date(2026, 6, 12)


def test_a_day_suspended_twice_is_left_out_once() -> None:
    halts = (stop(date(2026, 6, 3), date(2026, 6, 5)), stop(date(2026, 6, 5), date(2026, 6, 6)))
    assert due(date(2026, 6, 1), period(10, source="命令"), *halts).day == date(2026, 6, 15)


def test_a_suspension_can_be_reached_only_because_an_earlier_one_moved_the_last_day() -> None:
    halts = (stop(date(2026, 6, 3), date(2026, 6, 5)), stop(date(2026, 6, 13), date(2026, 6, 13)))
    assert due(date(2026, 6, 1), period(10, source="命令"), *halts).day == date(2026, 6, 15)


def test_a_suspension_without_end_leaves_no_day() -> None:
    deadline = due(date(2026, 6, 1), period(10), stop(date(2026, 6, 3), None))
    assert deadline.day is None
    assert deadline.explain()[-1] == "期限: 停止中のため定まらない"


def test_a_suspension_that_begins_after_the_last_day_changes_nothing() -> None:
    deadline = due(date(2026, 6, 1), period(10), stop(date(2026, 7, 1), None))
    assert deadline.day == date(2026, 6, 11)
    assert deadline.suspensions == ()


def test_a_suspension_suspends_open_days_only_where_they_are_open() -> None:
    halt = stop(date(2026, 6, 6), date(2026, 6, 8))  # 土・日・月
    assert due(date(2026, 6, 4), period(2, "開庁日"), halt).day == date(2026, 6, 9)


def test_a_suspension_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="始まり"):
        stop(date(2026, 6, 5), date(2026, 6, 3))


def test_the_ledger_says_why_the_date_is_that_date() -> None:
    halt = stop(date(2026, 2, 5), date(2026, 2, 9))
    assert due(date(2026, 2, 2), period(14), halt).explain() == [
        "起算: 2026-02-02 報告の求め（初日不算入、民法第140条）により 2026-02-03 から数える",
        "期間: 14日（条例第9条第1項）",
        "停止: 2026-02-05 から 2026-02-09 まで5日（補正）",
        "末日 2026-02-21 は土曜日のため 2026-02-24 に繰り下げる（法第4条の2第4項）",
        "期限: 2026-02-24（火）",
    ]


def test_a_day_named_by_an_act_stands_even_on_a_sunday() -> None:
    deadline = fixed(
        key="order",
        title="改善命令の期限",
        basis=ART_260_49.para(11),
        origin=date(2026, 6, 1),
        origin_title="改善命令",
        day=date(2026, 6, 28),
    )
    assert deadline.explain() == [
        "指定: 2026-06-01 改善命令で定めた日（法第260条の49第11項）",
        "期限: 2026-06-28（日）",
    ]


def test_the_calendar_says_where_its_knowledge_ends() -> None:
    with pytest.raises(CalendarEnds, match="2030-12-31 まで"):
        CALENDAR.closed(date(2031, 1, 1))


def test_a_closed_day_names_its_reason_and_its_rule() -> None:
    closure = CALENDAR.closure(date(2026, 1, 2))
    assert closure is not None
    assert (closure.reason, closure.rule) == ("年末年始の休日", "休日条例第1条")
    assert CALENDAR.closed(date(2026, 2, 23)) == "天皇誕生日"
    assert CALENDAR.closed(date(2026, 2, 22)) == "日曜日"
    assert CALENDAR.closed(date(2026, 2, 24)) is None


def test_a_yearly_holiday_holds_only_while_its_rule_is_in_force() -> None:
    day = Yearly(
        first="08-06", last="08-06", reason="記念日", rule="条例", since=date(2026, 1, 1),
        until=date(2027, 12, 31),
    )  # fmt: skip
    calendar = CALENDAR.model_copy(update={"yearly": (day,)})
    years = [year for year in range(2024, 2031) if calendar.closed(date(year, 8, 6)) == "記念日"]
    assert years == [2026, 2027]


def test_calendar_and_deadline_survive_the_wire() -> None:
    deadline = due(date(2026, 2, 7), period(14), stop(date(2026, 2, 9), date(2026, 2, 9)))
    assert Deadline.model_validate_json(deadline.model_dump_json()) == deadline
    assert Calendar.model_validate_json(CALENDAR.model_dump_json()) == CALENDAR
