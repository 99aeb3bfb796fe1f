"""`kyodo allocation compute 協約-…`: A claim made from the record of an agreement."""

import json

import pytest

from tests.console.conftest import Console
from tests.law.league import FUCHU, KEN, a_year_earlier, but, concluded, entered
from tests.law.league_acts import COST, DISPATCH, POST, RECRUITMENT

CASE = f"協約-{KEN}-8001"
ASK = ("allocation", "compute", CASE, "--fiscal-year", "令和7年度")


@pytest.fixture(scope="module")
def told(console: Console) -> Console:
    """A console beside a record in which 広島県 sends a person to 府中町."""
    post = but(POST, **entered(FUCHU, POST.on))
    begun = a_year_earlier([*concluded(KEN, FUCHU), post, DISPATCH])
    story = [
        *begun,
        but(COST, fiscal_year=2025, on=begun[-1].on),
        but(RECRUITMENT, fiscal_year=2025, on=begun[-1].on),
    ]
    handed = [
        {"id": f"claim-{at}", "case": CASE, "command": act.model_dump(mode="json")}
        for at, act in enumerate(story)
    ]
    answer = console.submit(*handed)
    assert answer.code == 0, answer.err
    return console


def test_the_amount_is_computed_from_the_record(told: Console) -> None:
    answer = told.run(*ASK, "--json")
    assert answer.code == 0, answer.err
    sheet = json.loads(answer.out)
    assert (sheet["claimant"], sheet["item_amount"]) == (KEN, 3_150_000)


def test_another_party_claims_from_the_same_record(told: Console) -> None:
    sheet = json.loads(told.run(*ASK, "--party", FUCHU, "--json").out)
    assert (sheet["claimant"], sheet["item_amount"]) == (FUCHU, 0)


@pytest.mark.parametrize(
    "words",
    [
        ("allocation", "compute", CASE),
        ("allocation", "compute", CASE, "--fiscal-year", "いつか"),
        (*ASK, "--party", "341002"),
        (*ASK, "--party", "1"),
        ("allocation", "compute", f"協約-{KEN}-NONE", "--fiscal-year", "2025"),
    ],
)
def test_what_gives_no_claim_is_the_inputs_fault(told: Console, words: tuple[str, ...]) -> None:
    answer = told.run(*words)
    assert answer.code == 2, answer.out
    assert answer.err.strip()
