"""条例の定め: dated values with their provision, laid over defaults that call themselves so."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from activities.rulebook import NoRules, Rulebook
from domain.ordinance import NotInForce, Ordinance, Rules
from domain.periods import CalendarEnds
from domain.profile import ProfileError
from tests.law.example import CODE, PROFILES, RULEBOOK, RULES, rules_with

HIROSHIMA = Rulebook().rules("341002")
PARAMETERS = [
    name
    for name in Ordinance.model_fields
    if name not in {"code", "name", "mayor", "title", "number", "version"}
]
SCHEME = date(2024, 9, 26)


def test_a_value_holds_from_its_first_day_to_the_eve_of_the_next() -> None:
    report = RULES.ordinance.report_period
    lengths = [report.on(day).value.length for day in (date(2027, 3, 31), date(2027, 4, 1))]
    assert lengths == [30, 20]


def test_before_the_ordinances_first_day_no_activity_is_defined() -> None:
    with pytest.raises(NotInForce, match="特定地域共同活動"):
        HIROSHIMA.ordinance.activities.on(date(2025, 6, 30))


def test_the_ordinance_is_in_force_from_its_first_day() -> None:
    days = [date(2025, 6, 30), date(2025, 7, 1)]
    assert [HIROSHIMA.ordinance.in_force(day) for day in days] == [False, True]


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_value_that_is_no_provision_calls_itself_a_default(name: str) -> None:
    for value in getattr(HIROSHIMA.ordinance, name).values:
        assert value.default == value.basis.startswith("既定値")
        assert value.default or value.source.startswith("https://")


@pytest.mark.parametrize("name", [name for name in PARAMETERS if name != "activities"])
def test_nothing_holds_before_the_schemes_first_day(name: str) -> None:
    parameter = getattr(HIROSHIMA.ordinance, name)
    assert parameter.on(SCHEME)
    with pytest.raises(NotInForce):
        parameter.on(SCHEME - timedelta(1))


def test_a_default_ends_on_the_eve_of_the_municipalitys_own_value() -> None:
    unit = RULES.ordinance.area_unit
    assert unit.on(date(2025, 3, 31)).default
    assert unit.on(date(2025, 4, 1)).value == "小学校区"
    assert unit.values[0].until == date(2025, 3, 31)


def test_the_day_hiroshima_made_its_criteria_public_is_a_default_that_says_so() -> None:
    published = HIROSHIMA.ordinance.published.on(date(2026, 6, 1))
    assert published.default
    assert "実務に用いる前に" in published.basis


def test_hiroshima_holds_only_what_the_public_source_shows() -> None:
    own = {
        name
        for name in PARAMETERS
        if any(not value.default for value in getattr(HIROSHIMA.ordinance, name).values)
    }
    assert own == {"activities", "constituent_bodies"}
    assert "切れている" in HIROSHIMA.ordinance.activities.values[0].basis


def test_the_word_for_nothing_is_read_as_none() -> None:
    assert HIROSHIMA.ordinance.principal_member_percent.on(SCHEME).value is None


def test_rules_survive_the_wire() -> None:
    assert Rules.model_validate_json(HIROSHIMA.model_dump_json()) == HIROSHIMA


def test_rules_are_small_enough_to_be_an_argument() -> None:
    assert len(HIROSHIMA.model_dump_json().encode()) < 24_000


def test_the_version_names_the_municipality_and_changes_with_the_text(tmp_path: Path) -> None:
    text = (PROFILES / f"{CODE}.toml").read_text("utf-8")
    (tmp_path / f"{CODE}.toml").write_text(text + "# 改正\n", "utf-8")
    changed = Rulebook(extra=tmp_path).version(CODE)
    assert changed.startswith(f"{CODE}-")
    assert changed != RULEBOOK.version(CODE) == Rulebook(extra=PROFILES).version(CODE)


def test_the_version_changes_with_the_calendar() -> None:
    shorter = Rulebook(extra=PROFILES, last_year=2030)
    assert shorter.version(CODE) != RULEBOOK.version(CODE)
    with pytest.raises(CalendarEnds):
        shorter.rules(CODE).calendar.closed(date(2031, 1, 1))


def test_a_profile_of_the_operator_is_preferred_to_the_packaged_one(tmp_path: Path) -> None:
    text = (PROFILES / f"{CODE}.toml").read_text("utf-8").replace(CODE, "341002")
    (tmp_path / "341002.toml").write_text(text, "utf-8")
    assert Rulebook(extra=tmp_path).rules("341002").ordinance.name == "例示市"
    assert Rulebook().rules("341002").ordinance.name == "広島市"


def test_changed_files_take_effect_after_a_reload(tmp_path: Path) -> None:
    profile = tmp_path / f"{CODE}.toml"
    profile.write_text((PROFILES / profile.name).read_text("utf-8"), "utf-8")
    book = Rulebook(extra=tmp_path)
    before = book.version(CODE)
    profile.write_text(profile.read_text("utf-8").replace("小学校区", "中学校区"), "utf-8")
    assert book.version(CODE) == before
    book.reload()
    assert book.rules(CODE).ordinance.area_unit.on(date(2026, 1, 1)).value == "中学校区"


def test_the_rulebook_lists_the_municipalities_it_knows() -> None:
    assert RULEBOOK.codes() == ["000000", "341002", CODE]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("472018", "那覇市（472018）の条例の定めがありません"),
        ("341003", "検査数字は 2 です"),
        ("999989", "市町村・特別区はありません"),
        ("../pyproject", "6桁の数字ではありません"),
    ],
)
def test_a_municipality_without_rules_is_told_why(code: str, text: str) -> None:
    with pytest.raises(NoRules, match=text.replace("(", r"\(")):
        RULEBOOK.rules(code)


def test_a_profile_under_another_municipalitys_name_is_refused(tmp_path: Path) -> None:
    text = (PROFILES / f"{CODE}.toml").read_text("utf-8")
    (tmp_path / "472018.toml").write_text(text, "utf-8")
    with pytest.raises(ProfileError, match="の code が 999997 です"):
        Rulebook(extra=tmp_path).rules("472018")


def test_rules_can_be_varied_for_a_test() -> None:
    varied = rules_with(principal_member_percent=None)
    assert varied.ordinance.principal_member_percent.on(date(2026, 1, 1)).value is None
