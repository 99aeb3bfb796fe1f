"""団体コード: check digit, known municipalities, and the classes of cities."""

import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.municipalities import (
    CHECKED_ON,
    KNOWN_FROM,
    CityClass,
    Municipality,
    check_code,
    check_digit,
    classes_of,
    is_designated_city,
    is_special_ward,
    municipalities,
    name_of,
    prefecture_of,
)

BY_NAME = {one.name: one.code for one in municipalities()}


def test_there_are_1741_municipalities_in_47_prefectures_with_the_23_special_wards() -> None:
    assert len(municipalities()) == 1741
    assert len({one.prefecture for one in municipalities()}) == 47
    assert sum(is_special_ward(one.code) for one in municipalities()) == 23


def test_every_code_of_the_table_is_accepted() -> None:
    assert [one for one in municipalities() if check_code(one.code) is not None] == []


def test_prefectures_agree_with_the_first_two_digits() -> None:
    pairs = {(one.code[:2], one.prefecture) for one in municipalities()}
    assert len(pairs) == 47


@pytest.mark.parametrize("code", ["", "34100", "3410021", "34100a", "３４１００２", "34100\n"])
def test_anything_but_six_digits_is_refused(code: str) -> None:
    wrong = check_code(code)
    assert wrong is not None
    assert "6桁の数字ではありません" in wrong


def test_a_wrong_check_digit_is_refused_with_the_right_one() -> None:
    wrong = check_code("341003")
    assert wrong is not None
    assert "34100 の検査数字は 2 です" in wrong


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("341011", id="広島市中区は指定都市の区"),
        pytest.param("340006", id="広島県は都道府県"),
        pytest.param("999997", id="例示市は実在しない"),
    ],
)
def test_a_code_of_no_municipality_is_refused(code: str) -> None:
    wrong = check_code(code)
    assert wrong is not None
    assert "市町村・特別区はありません" in wrong


@given(st.sampled_from(municipalities()), st.integers(0, 4), st.integers(1, 9))
def test_a_mistyped_digit_is_noticed_unless_the_check_digit_is_1(
    one: Municipality, at: int, by: int
) -> None:
    """検査数字 1 は剰余 0 と 10 の両方に当たるため、見逃す誤りがある。"""
    digits = one.code
    typed = f"{digits[:at]}{(int(digits[at]) + by) % 10}{digits[at + 1 :]}"
    assert check_digit(typed) != digits[5] or digits[5] == "1"


def test_names_and_prefectures_are_told_by_code() -> None:
    assert (name_of("341002"), prefecture_of("341002")) == ("広島市", "広島県")


def test_an_unknown_code_has_no_name() -> None:
    with pytest.raises(KeyError):
        name_of("999997")


def test_there_are_20_designated_62_core_cities_and_47_capitals() -> None:
    counted = Counter(kind for one in municipalities() for kind in classes_of(one.code, CHECKED_ON))
    assert counted == {"指定都市": 20, "中核市": 62, "県庁所在地": 47}


def test_no_city_is_both_designated_and_core() -> None:
    both: set[CityClass] = {"指定都市", "中核市"}
    assert not any(both <= classes_of(one.code, CHECKED_ON) for one in municipalities())


def test_the_capitals_that_are_neither_are_four_cities_and_a_ward() -> None:
    alone = [
        one.name
        for one in municipalities()
        if classes_of(one.code, CHECKED_ON) == frozenset({"県庁所在地"})
    ]
    assert alone == ["新宿区", "津市", "山口市", "徳島市", "佐賀市"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("広島市", {"指定都市", "県庁所在地"}),
        ("那覇市", {"中核市", "県庁所在地"}),
        ("松本市", {"中核市"}),
        ("相模原市", {"指定都市"}),
        ("所沢市", set[str]()),
    ],
)
def test_classes_of_known_cities(name: str, expected: set[str]) -> None:
    assert classes_of(BY_NAME[name], KNOWN_FROM) == expected


def test_only_designated_cities_are_designated() -> None:
    assert is_designated_city(BY_NAME["熊本市"], CHECKED_ON)
    assert not is_designated_city(BY_NAME["鹿児島市"], CHECKED_ON)


def test_the_classes_say_where_their_knowledge_ends() -> None:
    with pytest.raises(ValueError, match="2024-04-01 以後"):
        classes_of("341002", date(2024, 3, 31))


def test_the_table_is_cheap_to_import() -> None:
    code = (
        "import importlib.resources, dataclasses, time; t = time.process_time();"
        "import domain.municipalities; print(time.process_time() - t)"
    )
    run = [sys.executable, "-c", code]
    times = [float(subprocess.run(run, capture_output=True, check=True).stdout) for _ in range(3)]
    assert min(times) < 0.020
