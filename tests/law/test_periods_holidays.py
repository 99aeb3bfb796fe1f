"""The 国民の祝日 are those the Cabinet Office has published, day by day."""

import csv
from datetime import date, timedelta
from pathlib import Path

from activities.rulebook import FIRST_YEAR, Rulebook, national_holidays

LIST = Path(__file__).parent / "data" / "syukujitsu.csv"


def _official() -> dict[date, str]:
    lines = LIST.read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {date.fromisoformat(row["day"]): row["name"] for row in rows}


OFFICIAL = _official()
LAST_YEAR = max(OFFICIAL).year


def test_every_day_of_the_published_years_agrees_with_the_cabinet_office() -> None:
    ours = national_holidays(FIRST_YEAR, LAST_YEAR)
    day, wrong = date(FIRST_YEAR, 1, 1), list[date]()
    while day.year <= LAST_YEAR:
        if (day in ours) != (day in OFFICIAL):
            wrong.append(day)
        day += timedelta(1)
    assert wrong == []


def test_the_names_agree_but_for_the_kinds_of_substitute() -> None:
    ours = national_holidays(FIRST_YEAR, LAST_YEAR)
    substitutes = {"振替休日", "国民の休日"}
    named = {day: "休日" if name in substitutes else name for day, name in ours.items()}
    assert named == OFFICIAL


def test_hiroshima_is_closed_on_the_sixth_of_august_and_over_the_turn_of_the_year() -> None:
    calendar = Rulebook().rules("341002").calendar
    closed = [calendar.closed(date(2026, 8, 6)), calendar.closed(date(2025, 12, 29))]
    assert closed == ["平和記念日", "年末年始の休日"]
    assert calendar.closed(date(2025, 12, 26)) is None
