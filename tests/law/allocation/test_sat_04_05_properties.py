"""特別交付税の項目: what holds of every claim, whatever its facts."""

from datetime import date
from fractions import Fraction
from typing import Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.allocation import Claim, RuleSet, compute, rule_set, with_readings
from domain.allocation.claim import Amount, Recruitment
from domain.allocation.readings import others
from domain.allocation.tracing import half_up
from domain.bodies import is_prefecture
from tests.law.allocation.claims import claim_of

YEARS = st.sampled_from([2024, 2025])
YEN = st.one_of(st.integers(0, 20_000_000), st.integers(0, 3_000), st.just(1_000_000))
EXCLUDED = ("福山市", "広島市", "呉市")
ANYWHERE = ("世羅町", "安芸太田町", "竹原市", *EXCLUDED)
SERA = "344621"
SENDERS = ["広島県", "府中町"]
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Said = dict[str, object]


@st.composite
def sent(draw: st.DrawFn, towns: tuple[str, ...]) -> Said:
    cost = draw(YEN)
    return {
        "person": draw(st.sampled_from(["P-1", "P-2", "P-3"])),
        "to": draw(st.sampled_from(towns)),
        "form": draw(st.sampled_from(["その他", "その他", "自治法派遣"])),
        "cost": cost,
        "burden": draw(st.one_of(st.just(0), YEN)),
    }


@st.composite
def received(draw: st.DrawFn) -> Said:
    number = draw(st.integers(1, 3))
    return {
        "person": f"P-{number}",
        "post": draw(st.sampled_from(["S-1", "S-2"])),
        "from": "広島県" if number < 3 else "広島市",
        "form": draw(st.sampled_from(["自治法派遣", "自治法派遣", "その他"])),
        "borne": draw(YEN),
    }


@st.composite
def claims(draw: st.DrawFn, towns: tuple[str, ...] = ANYWHERE) -> Claim:
    """Claims of a dispatching prefecture or town, and of a receiving town."""
    year = draw(YEARS)
    if draw(st.booleans()):
        earlier = [{"since": "2023-06-01", "under_agreement": True, "form": "自治法派遣"}]
        history: Said = {"S-2": earlier} if draw(st.booleans()) else {}
        said = draw(st.lists(received(), max_size=4))
        return claim_of("世羅町", year, said, earlier=history)
    said = draw(st.lists(sent(towns), max_size=4))
    persons = sorted({f"{one['person']}" for one in said})
    spent: list[Said] = [
        {"persons": [one], "cost": draw(YEN)} for one in persons if draw(st.booleans())
    ]
    return claim_of(draw(st.sampled_from(SENDERS)), year, said, recruitment=spent)


def rules_of(claim: Claim) -> RuleSet:
    return rule_set(claim.fiscal_year)


def item_amount(claim: Claim) -> int:
    return compute(claim, rules_of(claim)).amount


def ceiling(claim: Claim) -> int:
    """(A の上限 + 一人ごとの上限の和) × 0.5, rounded."""
    caps, sends = rules_of(claim).caps, is_prefecture(claim.claimant)
    total = caps.recruitment if claim.recruitment else 0
    senders = {one.person: one.sender for one in claim.dispatches}
    for sender in senders.values():
        if sender == claim.claimant:
            total += caps.sent_by_prefecture if sends else caps.sent_by_municipality
        else:
            from_prefecture = is_prefecture(sender)
            total += caps.received_from_prefecture if from_prefecture else caps.received_from_others
    return half_up(Fraction(total, 2), 1_000)


def raised(claim: Claim, at: int, by: int) -> Claim:
    """The same claim with one cost raised."""
    costs: list[Amount] = [one.cost for one in claim.recruitment]
    one = claim.dispatches[at % len(claim.dispatches)] if claim.dispatches else None
    if one is None or (costs and at % 2):
        spent = claim.recruitment[0]
        more = Amount(amount=spent.cost.amount + by, evidence=spent.cost.evidence)
        changed = (Recruitment(persons=spent.persons, cost=more), *claim.recruitment[1:])
        return claim.model_copy(update={"recruitment": changed})
    field: Literal["personnel_cost", "cost_borne"]
    field = "personnel_cost" if one.sender == claim.claimant else "cost_borne"
    cost = getattr(one, field)
    dearer = one.model_copy(update={field: Amount(amount=cost.amount + by, evidence=cost.evidence)})
    listed = tuple(dearer if other.id == one.id else other for other in claim.dispatches)
    return claim.model_copy(update={"dispatches": listed})


@FEW
@given(claims())
def test_the_item_amount_is_never_negative_and_whole_thousands(claim: Claim) -> None:
    found = item_amount(claim)
    assert found >= 0
    assert found % 1_000 == 0


@FEW
@given(claims())
def test_the_item_amount_never_exceeds_half_of_the_caps(claim: Claim) -> None:
    assert item_amount(claim) <= ceiling(claim)


@FEW
@given(claims().filter(lambda one: bool(one.dispatches)), st.integers(0, 9), YEN)
def test_a_dearer_cost_never_lessens_the_item_amount(claim: Claim, at: int, by: int) -> None:
    for readings in (
        rules_of(claim).readings,
        with_readings(rules_of(claim).readings, order="cap-then-deduct"),
        with_readings(rules_of(claim).readings, cap_on="grant"),
    ):
        before = compute(claim, rules_of(claim), readings).amount
        assert before <= compute(raised(claim, at, by), rules_of(claim), readings).amount


@FEW
@given(claims(EXCLUDED).filter(lambda one: is_prefecture(one.claimant)))
def test_excluded_recipients_leave_nothing_under_any_default(claim: Claim) -> None:
    assert item_amount(claim) == 0


@FEW
@given(claims())
def test_without_a_renkei_kyoyaku_there_is_nothing(claim: Claim) -> None:
    other = claim.agreements[0].model_copy(update={"kind": "その他の協定"})
    assert item_amount(claim.model_copy(update={"agreements": (other,)})) == 0


@FEW
@given(claims(), st.data())
def test_the_order_of_what_is_listed_changes_nothing(claim: Claim, data: st.DataObject) -> None:
    other = claim.model_copy(
        update={
            "dispatches": tuple(data.draw(st.permutations(claim.dispatches))),
            "recruitment": tuple(data.draw(st.permutations(claim.recruitment))),
            "posts": tuple(data.draw(st.permutations(claim.posts))),
        }
    )
    assert compute(other, rules_of(claim)) == compute(claim, rules_of(claim))


@FEW
@given(claims().filter(lambda one: one.claimant == SERA), YEN)
def test_a_second_year_at_another_post_changes_nothing(claim: Claim, borne: int) -> None:
    said = {
        "id": "D-9", "person": "P-9", "post": "S-9", "from": "広島県", "form": "自治法派遣",
        "borne": borne, "since": date(2023, 6, 1),
    }  # fmt: skip
    more = claim_of("世羅町", claim.fiscal_year, [said])
    both = claim.model_copy(
        update={
            "dispatches": (*claim.dispatches, *more.dispatches),
            "posts": (*claim.posts, *more.posts),
            "agreements": more.agreements,
        }
    )
    alone = claim.model_copy(update={"agreements": more.agreements})
    assert item_amount(both) == item_amount(alone)


@FEW
@given(claims())
def test_each_alternative_is_the_amount_under_that_reading(claim: Claim) -> None:
    rules = rules_of(claim)
    sheet = compute(claim, rules)
    told = {(one.question, one.choice): one.amount for one in sheet.alternatives}
    for key, choice, readings in others(rules.readings):
        found = compute(claim, rules, readings).amount
        assert told.get((key, choice), sheet.amount) == found


@given(st.integers(0, 10**9), st.integers(1, 10**6), st.integers(1, 10_000))
def test_half_up_is_the_nearest_multiple_and_up_from_the_middle(
    above: int, below: int, unit: int
) -> None:
    found = half_up(Fraction(above, below), unit)
    assert found % unit == 0
    assert -Fraction(unit, 2) < found - Fraction(above, below) <= Fraction(unit, 2)
