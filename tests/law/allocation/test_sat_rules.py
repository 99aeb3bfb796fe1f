"""特別交付税に関する省令の年度ごとの規則: dated data, final or provisional, and what they leave open."""

import tomllib
from fractions import Fraction
from importlib.resources import files
from typing import get_args

import pytest

from domain.allocation import NotFixed, Readings, UnknownReading, rule_set, rule_sets, with_readings
from domain.allocation.provisions import AGREEMENT
from domain.allocation.readings import combinations, questions
from domain.allocation.rules import RulesFault, read_rule_set
from domain.allocation.tracing import Step, exact, figure, half_up, yen

FOLDER = files("domain") / "allocation" / "rule_sets"
TEXT = (FOLDER / "2025.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("year", "text_date", "caps", "numbers"),
    [
        (2024, "2025-03-19", (1_000_000, 6_223_000, 5_659_000, 6_223_000, 5_659_000), (100, 97)),
        (2025, "2026-03-16", (1_000_000, 6_372_000, 5_878_000, 6_372_000, 5_878_000), (99, 96)),
    ],
)
def test_the_caps_and_numbers_of_a_year_are_those_of_its_text(
    year: int, text_date: str, caps: tuple[int, ...], numbers: tuple[int, int]
) -> None:
    rules = rule_set(year)
    assert (rules.status, f"{rules.text_date}") == ("final", text_date)
    assert tuple(rules.caps.model_dump().values()) == caps
    assert (rules.prefecture.table, rules.municipality.table) == numbers
    assert rules.rate == Fraction(1, 2)
    assert "351M50000008035" in rules.source


def test_fiscal_2026_is_refused_until_somebody_asks_for_the_provisional_set() -> None:
    with pytest.raises(NotFixed, match="令和8年度分の上限はまだ定められていません"):
        rule_set(2026)
    assert rule_set(2026, provisional=True).status == "provisional"


def test_a_fixed_year_has_no_provisional_set() -> None:
    with pytest.raises(NotFixed, match="令和7年度分の規則は確定しています"):
        rule_set(2025, provisional=True)


@pytest.mark.parametrize("year", [2019, 2023, 2030])
def test_an_unknown_year_is_refused_with_the_years_there_are(year: int) -> None:
    known = "用意のある年度: 令和6年度（確定）、令和7年度（確定）、令和8年度（暫定）"
    for provisional in (False, True):
        with pytest.raises(NotFixed, match=known):
            rule_set(year, provisional=provisional)


def test_no_year_has_two_sets_of_the_same_status() -> None:
    kinds = [(one.fiscal_year, one.status) for one in rule_sets()]
    assert len(kinds) == len(set(kinds))


def test_two_states_of_a_file_have_two_versions() -> None:
    changed = read_rule_set(TEXT.replace("6_372_000", "6_372_001"))
    assert changed.version != rule_set(2025).version
    assert read_rule_set(TEXT).version == rule_set(2025).version


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace('rate = "0.5"', "rate = 0.5"),
        TEXT.replace("6_372_000", "6_372_000.0"),
        TEXT.replace("6_372_000", "-1"),
        TEXT.replace('status = "final"', 'status = "announced"'),
        TEXT + "\nsurprise = 1\n",
        TEXT.replace('order = "deduct-then-cap"', 'order = "neither"'),
        "not toml",
    ],
)
def test_an_ill_made_set_is_refused(text: str) -> None:
    with pytest.raises(RulesFault, match="算定の規則を読めません"):
        read_rule_set(text)


def test_every_question_has_its_answers_in_the_book_with_a_reason() -> None:
    assert set(questions()) == set(Readings.model_fields)
    for key, field in Readings.model_fields.items():
        assert set(questions()[key].choices) == set(get_args(field.annotation))


def test_readings_that_belong_together_are_known_ones() -> None:
    for one in combinations():
        with_readings(rule_set(2025).readings, **one.readings)


def test_the_book_holds_no_question_of_other_form() -> None:
    book = tomllib.loads((files("domain") / "allocation" / "readings.toml").read_text("utf-8"))
    assert set(book) == {*questions(), "together"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rounding": "down"}, "「rounding」という問いはありません"),
        ({"order": "neither"}, r"deduct-then-cap（控除してから上限）、cap-then-deduct"),
    ],
)
def test_an_unknown_reading_is_refused_with_those_there_are(
    changed: dict[str, str], words: str
) -> None:
    with pytest.raises(UnknownReading, match=words):
        with_readings(rule_set(2025).readings, **changed)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("499", 0),
        ("999/2", 0),
        ("500", 1_000),
        ("1499", 1_000),
        ("1500", 2_000),
        ("2922500", 2_923_000),
    ],
)
def test_rounding_is_half_up_where_half_even_would_differ(amount: str, expected: int) -> None:
    assert half_up(Fraction(amount), 1_000) == expected


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("3150000", "3,150,000"),
        ("7223001/2", "3,611,500.5"),
        ("1/3", "1/3"),
        ("1/8000", "0.000125"),
    ],
)
def test_amounts_are_told_exactly(amount: str, told: str) -> None:
    assert figure(Fraction(amount)) == told
    assert yen(Fraction(amount)) == f"{told}円"


def test_machines_get_whole_numbers_or_fractions() -> None:
    assert exact(Fraction(4, 2)) == 2
    assert exact(Fraction(7, 2)) == "7/2"


def test_a_deduction_never_goes_below_nothing() -> None:
    step = Step("控除", Fraction(5), Fraction(7), "負担金", AGREEMENT)
    assert step.after == 0
    assert step.formula == "max(5 − 7, 0)"
