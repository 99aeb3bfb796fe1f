"""和暦: every day has one name, every name one day, and what cannot be read says what can."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.era import (
    ERAS,
    GREGORIAN,
    BeforeGregorian,
    UnreadableDay,
    era_of,
    fiscal_days,
    fiscal_name,
    fiscal_year,
    read_span,
    wareki,
    wareki_short,
)

DAY = timedelta(days=1)
LAST = date(2100, 12, 31)
EVERY_DAY = [GREGORIAN + DAY * number for number in range((LAST - GREGORIAN).days + 1)]
DAYS = st.dates(GREGORIAN, LAST)
FULL_WIDTH = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")


def days(first: str, last: str | None = None) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last or first)


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        ("1873-01-01", "明治6年1月1日", "M6.1.1"),
        ("1912-07-29", "明治45年7月29日", "M45.7.29"),
        ("1912-07-30", "大正元年7月30日", "T1.7.30"),
        ("1926-12-24", "大正15年12月24日", "T15.12.24"),
        ("1926-12-25", "昭和元年12月25日", "S1.12.25"),
        ("1989-01-07", "昭和64年1月7日", "S64.1.7"),
        ("1989-01-08", "平成元年1月8日", "H1.1.8"),
        ("2019-04-30", "平成31年4月30日", "H31.4.30"),
        ("2019-05-01", "令和元年5月1日", "R1.5.1"),
        ("2020-01-01", "令和2年1月1日", "R2.1.1"),
        ("2026-04-01", "令和8年4月1日", "R8.4.1"),
    ],
)
def test_a_day_is_named_by_its_era(day: str, long: str, short: str) -> None:
    assert wareki(date.fromisoformat(day)) == long
    assert wareki_short(date.fromisoformat(day)) == short


@pytest.mark.parametrize("name", [wareki, wareki_short], ids=["long", "short"])
def test_a_day_before_the_gregorian_calendar_has_no_name(name: Callable[[date], str]) -> None:
    with pytest.raises(BeforeGregorian, match="1872-12-31 の和暦は分かりません"):
        name(GREGORIAN - DAY)


def test_every_day_is_read_back_from_both_its_names_and_no_two_share_one() -> None:
    long, short = [*map(wareki, EVERY_DAY)], [*map(wareki_short, EVERY_DAY)]
    assert len(set(long)) == len(set(short)) == len(EVERY_DAY)
    for day, *names in zip(EVERY_DAY, long, short, strict=True):
        assert {read_span(name) for name in names} == {(day, day)}


def test_the_years_of_an_era_rise_with_the_days_and_begin_anew_only_on_its_first_day() -> None:
    for before, after in pairwise(EVERY_DAY):
        if after in {era.first for era in ERAS}:
            assert "元年" in wareki(after)
            assert era_of(before) != era_of(after)
        else:
            assert era_of(before) == era_of(after)
            assert _numbers(before) < _numbers(after)


def _numbers(day: date) -> list[int]:
    return [int(part) for part in wareki_short(day)[1:].split(".")]


@given(DAYS, st.sampled_from([date.isoformat, wareki, wareki_short]))
def test_a_day_is_read_in_every_form_also_with_full_width_digits_and_spaces(
    day: date, form: Callable[[date], str]
) -> None:
    said = form(day)
    spaced = said.replace("年", "年　").replace("月", "月 ")
    for typed in (said, said.lower(), said.translate(FULL_WIDTH), f" {spaced} "):
        assert read_span(typed) == (day, day)


@given(DAYS)
def test_a_day_lies_in_its_fiscal_year_and_the_year_is_read_by_its_name(day: date) -> None:
    year = fiscal_year(day)
    first, last = fiscal_days(year)
    assert first <= day <= last
    assert (first.month, first.day, last.month, last.day) == (4, 1, 3, 31)
    if year >= GREGORIAN.year:
        spans = {read_span(typed) for typed in (fiscal_name(year), f"{year}年度", f"FY{year}")}
        assert spans == {(first, last)}


@given(DAYS, DAYS, st.sampled_from(["{}..{}", "{}から{}まで", "{}から{}", "{}〜{}", "{}～{}"]))
def test_a_range_runs_from_the_first_day_to_the_last_and_never_backwards(
    one: date, other: date, form: str
) -> None:
    typed = form.format(wareki(one), other.isoformat())
    if one <= other:
        assert read_span(typed) == (one, other)
    else:
        with pytest.raises(UnreadableDay, match="より前です"):
            read_span(typed)


@given(st.text("0123456789年月日度元令和平成昭明治RHSfy.-/〜から まで", max_size=16) | st.text())
def test_whatever_is_typed_gives_days_in_order_or_says_what_is_read(typed: str) -> None:
    try:
        first, last = read_span(typed)
    except UnreadableDay as unread:
        text = str(unread)
    else:
        assert first <= last
        return
    assert typed in text
    assert "令和8年4月1日" in text


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026/4/1", "2026-04-01", None),
        ("2026年4月1日", "2026-04-01", None),
        ("２０２６ー０４ー０１", "2026-04-01", None),
        ("R元.5.1", "2019-05-01", None),
        ("㋿8年4月1日", "2026-04-01", None),
        ("令和8年4月", "2026-04-01", "2026-04-30"),
        ("2026-04", "2026-04-01", "2026-04-30"),
        ("R8.2", "2026-02-01", "2026-02-28"),
        ("2024/02", "2024-02-01", "2024-02-29"),
        ("令和元年5月", "2019-05-01", "2019-05-31"),
        ("昭和64年1月", "1989-01-01", "1989-01-07"),
        ("平成元年1月", "1989-01-08", "1989-01-31"),
        ("令和8年", "2026-01-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("令和元年", "2019-05-01", "2019-12-31"),
        ("平成31年", "2019-01-01", "2019-04-30"),
        ("明治6年", "1873-01-01", "1873-12-31"),
        ("令和8年度", "2026-04-01", "2027-03-31"),
        ("R8年度", "2026-04-01", "2027-03-31"),
        ("2026年度", "2026-04-01", "2027-03-31"),
        ("fy2026", "2026-04-01", "2027-03-31"),
        ("令和元年度", "2019-04-01", "2020-03-31"),
        ("平成31年度", "2019-04-01", "2020-03-31"),
        ("昭和63年度", "1988-04-01", "1989-03-31"),
        ("平成元年度", "1989-04-01", "1990-03-31"),
        ("2026-04-01..", "2026-04-01", "9999-12-31"),
        ("令和8年度から", "2026-04-01", "9999-12-31"),
        ("R8.4.1〜", "2026-04-01", "9999-12-31"),
        ("..令和8年度", "0001-01-01", "2027-03-31"),
        ("令和8年4月まで", "0001-01-01", "2026-04-30"),
        ("令和7年度から令和8年度まで", "2025-04-01", "2027-03-31"),
        ("2026-04..2026-06", "2026-04-01", "2026-06-30"),
        ("R8.4.1..R8.4.30", "2026-04-01", "2026-04-30"),
    ],
)
def test_days_months_years_and_ranges_are_read(typed: str, first: str, last: str | None) -> None:
    assert read_span(typed) == days(first, last)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("令和8年2月30日", "2月に30日はありません"),
        ("2026-13-01", "13月はありません"),
        ("2026-00", "0月はありません"),
        ("令和0年4月1日", "令和0年はありません"),
        ("昭和64年1月8日", "昭和64年1月7日までです（平成元年1月8日"),
        ("平成31年5月1日", "平成31年4月30日までです（令和元年5月1日"),
        ("平成31年5月", "平成31年4月30日まで"),
        ("令和元年4月30日", "令和元年5月1日からです（平成31年4月30日"),
        ("令和元年4月", "令和元年5月1日から"),
        ("大正15年12月25日", "昭和元年12月25日に当たります"),
        ("昭和65年", "平成2年1月1日に当たります"),
        ("昭和64年度", "平成元年4月1日に当たります"),
        ("明治5年12月2日", "1873-01-01 より前"),
        ("1872-12-31", "1873-01-01 より前"),
        ("1872年度", "1873-01-01 より前"),
        ("9999年度", "9999年以後は扱いません"),
        ("0000", "1873-01-01 より前"),
        ("8年4月1日", "どの形でもありません"),
        ("20260401", "どの形でもありません"),
        ("2026-04/01", "どの形でもありません"),
        ("R8.4.1 1", "どの形でもありません"),
        ("昨日", "どの形でもありません"),
        ("", "どの形でもありません"),
        ("..", "どちらかは要ります"),
        ("2026-04-01..2026-05-01..2026-06-01", "どの形でもありません"),
        ("2026-04-01からまで", "どの形でもありません"),
        ("R8.4.1..R8.3.31", "終わり（2026-03-31）が始め（2026-04-01）より前です"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason_and_the_forms(typed: str, why: str) -> None:
    with pytest.raises(UnreadableDay) as refused:
        read_span(typed)
    assert why in str(refused.value)
    assert "FY2026" in str(refused.value)


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (1988, "昭和63年度"),
        (1989, "平成元年度"),
        (2018, "平成30年度"),
        (2019, "令和元年度"),
        (2020, "令和2年度"),
        (2026, "令和8年度"),
    ],
)
def test_a_fiscal_year_has_the_name_the_national_government_gave_it(year: int, name: str) -> None:
    assert fiscal_name(year) == name


def test_a_fiscal_year_before_the_gregorian_calendar_has_no_name() -> None:
    with pytest.raises(BeforeGregorian):
        fiscal_name(1872)
