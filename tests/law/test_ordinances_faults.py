"""A faulty profile says which key is wrong, why, and what to do, in the clerk's language."""

from datetime import date

import pytest

from domain.ordinance import NotInForce, Ordinance
from domain.profile import ProfileError, read_profile, read_rules
from tests.law.example import CODE, PROFILES

DEFAULTS = (PROFILES.parents[1] / "domain/ordinances/defaults.toml").read_text("utf-8")
PROFILE = (PROFILES / f"{CODE}.toml").read_text("utf-8")


def read(old: str, new: str) -> Ordinance:
    assert old in PROFILE
    text = PROFILE.replace(old, new, 1)
    since, until = date(2025, 1, 1), date(2027, 12, 31)
    return read_rules(DEFAULTS, text, since=since, until=until, national={}).ordinance


def faults(old: str, new: str) -> str:
    with pytest.raises(ProfileError) as raised:
        read(old, new)
    return "\n".join(raised.value.faults)


ADDED = '[[parameters.area_unit.values]]\nsince = 2025-04-01\nvalue = "小学校区"'


def test_the_profile_itself_is_well_made() -> None:
    assert read_profile(DEFAULTS, PROFILE).name == "例示市"


def test_a_text_that_is_no_toml_is_refused() -> None:
    assert "TOML として読めません" in faults('name = "例示市"', "name = 例示市")


def test_a_value_before_the_ordinances_first_day_is_refused() -> None:
    told = faults(ADDED, ADDED.replace("2025-04-01", "2025-03-31"))
    assert "[parameters.area_unit] 1番目の値: 初日 2025-03-31 が条例の施行日 2025-04-01" in told


def test_values_out_of_order_are_refused() -> None:
    again = f'{ADDED}\nbasis = "附則"\n{ADDED}'
    assert "[parameters.area_unit] 2番目の値" in faults(ADDED, again)


def test_overlapping_values_are_refused_with_the_day_that_would_fit() -> None:
    told = faults(
        f"{ADDED}\n",
        f'{ADDED}\nuntil = 2027-06-30\nbasis = "条例"\n{ADDED.replace("2025-04-01", "2027-06-01")}\n',
    )
    assert "最後の日 2027-06-30 が次の値の初日 2027-06-01 と重なります" in told
    assert "until を 2027-05-31 以前にする" in told


def test_a_value_that_ends_before_it_begins_is_refused() -> None:
    assert "より前です" in faults(f"{ADDED}\n", f"{ADDED}\nuntil = 2025-03-01\n")


def test_after_repeal_no_value_is_known() -> None:
    ordinance = read(f"{ADDED}\n", f"{ADDED}\nuntil = 2026-03-31\n")
    with pytest.raises(NotInForce, match="2026-04-01"):
        ordinance.area_unit.on(date(2026, 4, 1))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("area_unit", "area_unti", "area_unti は知られていない項目です"),
        ('mayor = "例示市長"\n', "", "mayor がありません"),
        ("[calendar]", "[calender]", "calender は知られていない項目です"),
        ("value = 50", 'value = "半数"', "[parameters.principal_member_percent] values.0.value"),
        ("value = 50", 'value = "半数"', "整数で書いてください"),
        ("since = 2025-04-01", 'since = "令和7年4月1日"', "日付で書いてください"),
        ('unit = "日"', 'unit = "週"', "values.0.value.unit は次のどれかにしてください"),
        ("length = 14", "length = 0", "1以上にしてください"),
        ('basis = "条例第2条"\n', "", "values.0.basis がありません"),
        ('first = "12-29"', 'first = "12月29日"', "[calendar] yearly.0.first"),
        ('id = "living", ', "", "value.0.id がありません"),
        ("value = 50", "value = 50\ndefault = true", "default は知られていない項目です"),
    ],
)
def test_a_slip_is_told_by_its_key(old: str, new: str, told: str) -> None:
    assert told in faults(old, new)


def test_all_faults_of_a_file_are_told_at_once() -> None:
    broken = PROFILE.replace("value = 50", "value = []").replace('"規約", ', "7, ")
    with pytest.raises(ProfileError) as raised:
        read_profile(DEFAULTS, broken)
    assert len(raised.value.faults) == 2


def test_a_profile_without_activities_is_refused() -> None:
    head = PROFILE.split("[[parameters.activities.values]]")[0]
    with pytest.raises(ProfileError, match="特定地域共同活動"):
        read_profile(DEFAULTS, head)
