"""What holds of every period, whatever its day and length."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.law import ART_260_49
from domain.periods import Calendar, Deadline, Period, Source, Suspension, Unit, Yearly, reckon
from tests.law.example import RULES

CALENDAR = Calendar(
    since=date(2020, 1, 1),
    until=date(2060, 12, 31),
    national=RULES.calendar.national,
    yearly=(Yearly(first="12-29", last="01-03", reason="年末年始の休日", rule="休日条例"),),
    rolls={"法令": "法第4条の2第4項", "条例等": "休日条例第2条"},
)
DAYS = st.dates(date(2024, 1, 1), date(2034, 12, 31))
LENGTHS = st.integers(1, 60)
UNITS: st.SearchStrategy[Unit] = st.sampled_from(["日", "月", "年", "開庁日"])
SOURCES: st.SearchStrategy[Source] = st.sampled_from(["法令", "条例等", "命令", "長の定め"])


def due(
    origin: date, length: int, unit: Unit, source: Source = "命令", *halts: Suspension
) -> Deadline:
    return reckon(
        key="k",
        title="期限",
        basis=ART_260_49.para(10),
        origin=origin,
        origin_title="起算の事実",
        period=Period(length=min(length, 20) if unit == "年" else length, unit=unit,
                      source=source, basis="条例"),
        calendar=CALENDAR,
        suspensions=halts,
    )  # fmt: skip


def day(deadline: Deadline) -> date:
    assert deadline.day is not None
    return deadline.day


@given(DAYS, LENGTHS, UNITS, SOURCES)
def test_a_later_origin_never_gives_an_earlier_deadline(
    origin: date, length: int, unit: Unit, source: Source
) -> None:
    tomorrow = origin + timedelta(1)
    assert day(due(origin, length, unit, source)) <= day(due(tomorrow, length, unit, source))


@given(DAYS, LENGTHS, UNITS, SOURCES)
def test_a_longer_period_never_ends_earlier(
    origin: date, length: int, unit: Unit, source: Source
) -> None:
    assert day(due(origin, length, unit, source)) <= day(due(origin, length + 1, unit, source))


@given(DAYS, LENGTHS, UNITS, SOURCES)
def test_a_deadline_is_never_before_origin_and_length(
    origin: date, length: int, unit: Unit, source: Source
) -> None:
    assert day(due(origin, length, unit, source)) >= origin + timedelta(min(length, 20))


@given(DAYS, LENGTHS, UNITS)
def test_a_rolled_day_is_the_first_open_day_after_closed_ones(
    origin: date, length: int, unit: Unit
) -> None:
    deadline = due(origin, length, unit, "法令")
    assert CALENDAR.closed(day(deadline)) is None
    if deadline.roll is not None:
        between = (deadline.roll.until - deadline.roll.since).days
        assert all(CALENDAR.closed(deadline.roll.since + timedelta(n)) for n in range(between))


@given(DAYS, st.integers(1, 60), st.integers(1, 40), st.data())
def test_a_suspension_of_n_days_moves_the_last_day_by_exactly_n(
    origin: date, length: int, halted: int, data: st.DataObject
) -> None:
    after = data.draw(st.integers(1, length))
    since = origin + timedelta(after)
    halt = Suspension(since=since, until=since + timedelta(halted - 1), reason="補正")
    moved = day(due(origin, length, "日", "命令", halt)) - day(due(origin, length, "日"))
    assert moved == timedelta(halted)


@given(DAYS, st.integers(1, 36), st.integers(1, 40))
def test_months_too_are_moved_by_exactly_the_days_suspended(
    origin: date, length: int, halted: int
) -> None:
    since = origin + timedelta(1)
    halt = Suspension(since=since, until=since + timedelta(halted - 1), reason="補正")
    moved = day(due(origin, length, "月", "命令", halt)) - day(due(origin, length, "月"))
    assert moved == timedelta(halted)


@given(DAYS, st.integers(1, 120))
def test_a_period_of_months_ends_in_the_month_it_should(origin: date, length: int) -> None:
    """The day after the last day is the corresponding day, or the last day is a month's end."""
    first, last = origin + timedelta(1), day(due(origin, length, "月"))
    after = last + timedelta(1)
    months = (after.year - first.year) * 12 + after.month - first.month
    assert (after.day == first.day and months == length) or (after.day == 1 and first.day > 28)


@given(DAYS, LENGTHS)
def test_open_days_are_counted_one_by_one(origin: date, length: int) -> None:
    last = day(due(origin, length, "開庁日"))
    passed = (origin + timedelta(n) for n in range(1, (last - origin).days + 1))
    assert sum(CALENDAR.closed(one) is None for one in passed) == length


@given(DAYS, LENGTHS, UNITS, SOURCES)
def test_the_ledger_ends_with_the_day(
    origin: date, length: int, unit: Unit, source: Source
) -> None:
    deadline = due(origin, length, unit, source)
    assert deadline.explain()[-1].startswith(f"期限: {deadline.day}（")
    assert Deadline.model_validate_json(deadline.model_dump_json()) == deadline
