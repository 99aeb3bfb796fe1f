"""More than one city: three ordinances that differ in everything the statute leaves open."""

from datetime import date

import pytest

from activities.rulebook import Rulebook, examples
from domain.ordinance import Ordinance
from domain.profile_forms import NAMES
from domain.profile_remarks import defaulted

DAY = date(2026, 6, 1)
BOOK = Rulebook()
HIROSHIMA = BOOK.rules("341002").ordinance
EXAMPLES = [BOOK.read(text).ordinance for text in examples().values()]
THREE: list[Ordinance] = [HIROSHIMA, *EXAMPLES]
TWO_WAYS = {
    *("presider_may_be_drafter", "effect_of_designation", "report_cycle", "unique_area"),
    *("termination_clause", "relinquishment", "holds_while_renewal_pending", "public_notice"),
    *("agreement_without_council", "mediation_resolution", "mediation_of_agreements"),
    *("ministerial_procedure", "commissioners_deciding"),
}
"""Parameters that can be answered in two ways only."""


def test_there_are_two_worked_examples_beside_hiroshima() -> None:
    assert len(EXAMPLES) == 2
    assert [defaulted(one) for one in EXAMPLES] == [[], []]


@pytest.mark.parametrize("name", NAMES)
def test_the_three_differ_in_every_parameter(name: str) -> None:
    told = {repr(getattr(one, name).on(DAY).value) for one in THREE}
    assert len(told) == (2 if name in TWO_WAYS else 3)


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.code)
def test_an_example_says_everywhere_that_it_is_invented(one: Ordinance) -> None:
    assert "架空" in one.title
    assert one.code.startswith("99")
    for name in NAMES:
        for value in getattr(one, name).values:
            assert value.default or "架空" in value.basis


def test_an_example_is_never_in_force_anywhere() -> None:
    assert not set(examples()) & set(BOOK.codes())
