"""算定の申告: what a file may hold, and how what is wrong with it is told."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from pydantic import ValidationError

from domain.allocation import Claim, SupportClaim, UnsoundClaim, WrongYear, compute, rule_set
from domain.allocation.claim import (
    Agreement,
    Dispatch,
    Post,
    Staff,
    UnreadableFile,
    parse,
    read_fiscal_year,
)
from domain.allocation.consistency import contradictions
from domain.bodies import PREFECTURES, body_name, is_prefecture, is_ward
from tests.law.allocation.claims import claim_of, code

FORMS = files("domain") / "allocation" / "forms"
SENT = claim_of("広島県", 2025, [{"to": "世羅町", "cost": 5_000_000}], recruitment=[{"cost": 1}])
RECEIVED = claim_of("世羅町", 2025, [{"from": "広島県", "form": "自治法派遣", "borne": 1}])


def form(name: str) -> str:
    return (FORMS / name).read_text("utf-8")


def changed(claim: Claim, part: str, **fields: object) -> Claim:
    """The claim with fields of the first of a part changed."""
    first, *rest = getattr(claim, part)
    return claim.model_copy(update={part: (first.model_copy(update=fields), *rest)})


def test_the_prefectures_are_47_and_known_by_their_codes() -> None:
    assert len(PREFECTURES) == 47
    assert body_name("340006") == "広島県"
    assert (body_name("010006"), body_name("470007")) == ("北海道", "沖縄県")
    assert is_prefecture("130001")
    assert is_ward(code("新宿区"))
    assert not is_ward("130001")


def test_the_example_is_a_claim_and_gives_what_the_page_says() -> None:
    claim = Claim.model_validate(tomllib.loads(form("claim-example.toml")))
    assert compute(claim, rule_set(2025)).amount == 3_547_000
    SupportClaim.model_validate(tomllib.loads(form("support-example.toml")))


@pytest.mark.parametrize(
    ("name", "kind", "example"),
    [
        ("claim-new.toml", Claim, "claim-example.toml"),
        ("support-new.toml", SupportClaim, "support-example.toml"),
    ],
)
def test_an_empty_form_holds_every_field_and_is_no_claim(
    name: str, kind: type[Claim] | type[SupportClaim], example: str
) -> None:
    empty = tomllib.loads(form(name))
    assert set(empty) == set(kind.model_fields)
    assert set(tomllib.loads(form(example))) <= set(empty)
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(empty)
    assert not [
        one for one in caught.value.errors() if one["type"] in ("missing", "extra_forbidden")
    ]


def test_an_empty_form_asks_for_all_that_a_dispatch_may_say() -> None:
    empty = tomllib.loads(form("claim-new.toml"))
    assert set(empty["agreements"][0]) == set(Agreement.model_fields)
    assert set(empty["posts"][0]) == set(Post.model_fields)
    assert set(empty["dispatches"][0]) == set(Dispatch.model_fields)
    assert set(empty["dispatches"][0]["staff"]) == set(Staff.model_fields)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("claimant",), "341011"),
        (("claimant",), "348001"),
        (("surprise",), 1),
        (("fiscal_year",), "2025-04"),
        (("fiscal_year",), 7),
        (("recruitment", 0, "cost", "amount"), 1.5),
        (("recruitment", 0, "cost", "amount"), "1"),
        (("recruitment", 0, "cost", "amount"), True),
        (("recruitment", 0, "cost", "amount"), -1),
        (("recruitment", 0, "cost", "evidence"), []),
        (("dispatches", 0, "form"), "出向"),
        (("dispatches", 0, "person"), "例示 葵"),
        (("agreements", 0, "expertise_clause"), "yes"),
    ],
)
def test_what_is_not_well_written_is_refused_in_its_field(
    place: tuple[str | int, ...], value: object
) -> None:
    table: Any = SENT.model_dump(mode="json")
    inner = table
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    with pytest.raises(ValidationError) as caught:
        Claim.model_validate(table)
    assert [one["loc"] for one in caught.value.errors()] == [place]


@pytest.mark.parametrize(
    ("text", "year"),
    [("令和7年度", 2025), ("R7年度", 2025), ("FY2025", 2025), ("2025年度", 2025), ("2025", 2025),
     ("平成31年度", 2019), ("令和元年度", 2019)],
)  # fmt: skip
def test_a_fiscal_year_is_read_as_officials_write_it(text: str, year: int) -> None:
    assert read_fiscal_year(text) == year


@pytest.mark.parametrize(
    "text", ["令和7年", "2025-04-01", "令和6年度..令和7年度", "..令和7年度", "来年度", ""]
)
def test_what_is_no_fiscal_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"年度|読めません"):
        read_fiscal_year(text)


@pytest.mark.parametrize(("text", "as_json"), [("{", True), ("[[", False), ("[" * 100_000, True)])
def test_what_is_neither_toml_nor_json_is_refused(text: str, as_json: bool) -> None:
    with pytest.raises(UnreadableFile, match="として読めません"):
        parse(text, as_json=as_json)


def test_json_and_toml_give_the_same_claim() -> None:
    written = Claim.model_validate(parse(form("claim-example.toml"), as_json=False))
    assert Claim.model_validate(parse(written.model_dump_json(), as_json=True)) == written


@pytest.mark.parametrize(
    ("claim", "field", "words"),
    [
        (changed(SENT, "dispatches", agreement="K-9"), "dispatches D-1 agreement", "K-9 が agreements にありません"),
        (changed(SENT, "dispatches", sender=code("岡山県")), "dispatches D-1 sender", "でもありません"),
        (changed(SENT, "dispatches", recipient="340006"), "dispatches D-1 recipient", "同じ団体"),
        (changed(SENT, "dispatches", recipient=code("岡山県")), "dispatches D-1 recipient", "市町村への派遣に限ります"),
        (changed(SENT, "dispatches", until=SENT.dispatches[0].since.replace(year=2020)), "dispatches D-1 until", "より前です"),
        (changed(SENT, "dispatches", since=SENT.dispatches[0].since.replace(year=2026), until=None), "dispatches D-1 since", "令和7年度の日がありません"),
        (changed(SENT, "dispatches", personnel_cost=None), "dispatches D-1 personnel_cost", "派遣側の人件費がありません"),
        (changed(SENT, "dispatches", post="S-9"), "dispatches D-1 post", "S-9 が posts にありません"),
        (changed(RECEIVED, "dispatches", post=None), "dispatches D-1 post", "派遣初年度は職ごとに"),
        (changed(RECEIVED, "dispatches", cost_borne=None), "dispatches D-1 cost_borne", "負担した人件費がありません"),
        (changed(SENT, "recruitment", persons=("P-9",)), "recruitment 1件目 persons", "P-9 の派遣が dispatches にありません"),
        (changed(SENT, "recruitment", persons=("P-1", "P-1")), "recruitment 1件目 persons", "2度あります"),
        (changed(SENT, "agreements", parties=("340006", code("竹原市"))), "agreements K-1 votes", "当事者ではありません"),
        (changed(SENT, "agreements", in_force_until=SENT.dispatches[0].since.replace(year=2020)), "agreements K-1 in_force_until", "より前です"),
        (SENT.model_copy(update={"dispatches": SENT.dispatches * 2}), "dispatches の id", "D-1 が2度あります"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_told_and_not_computed(
    claim: Claim, field: str, words: str
) -> None:
    assert any(one.field == field and words in one.problem for one in contradictions(claim))
    with pytest.raises(UnsoundClaim):
        compute(claim, rule_set(2025))


def test_a_regular_official_without_the_two_facts_is_asked_for_them() -> None:
    staff = {"category": "任期の定めのない常勤職員"}
    claim = claim_of("広島県", 2025, [{"to": "世羅町", "cost": 1, "staff": staff}])
    assert [one.field for one in contradictions(claim)] == [
        "dispatches D-1 staff.mainly_supports_municipalities",
        "dispatches D-1 staff.employed_for_specialist_work",
    ]


def test_one_person_of_two_bodies_and_one_post_in_two_are_told() -> None:
    said = {"form": "自治法派遣", "borne": 1}
    persons = claim_of(
        "世羅町", 2025, [{"from": "広島県", **said}, {"from": "福山市", **said, "post": "S-2"}]
    )
    assert ["複数の団体" in one.problem for one in contradictions(persons)] == [True]
    posts = claim_of("広島県", 2025, [{"to": "世羅町", "cost": 1}, {"to": "竹原市", "cost": 1}])
    shared = posts.model_copy(
        update={
            "posts": RECEIVED.posts,
            "dispatches": tuple(one.model_copy(update={"post": "S-1"}) for one in posts.dispatches),
        }
    )
    assert ["一つの職が複数の団体" in one.problem for one in contradictions(shared)] == [True]


def test_a_claim_is_computed_under_the_rules_of_its_own_year_only() -> None:
    with pytest.raises(WrongYear, match="申告は令和7年度分、規則は令和6年度分"):
        compute(SENT, rule_set(2024))
