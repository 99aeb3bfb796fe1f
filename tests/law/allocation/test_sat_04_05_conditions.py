"""特別交付税の算定の条件 D1–D11: what the reasons say, and kinds of municipality that change.

指定都市・中核市・都道府県庁所在地 are looked up by the day; a city that becomes 中核市 drops out.
"""

from datetime import date

import pytest

from domain.allocation import Claim, compute, rule_set, with_readings
from domain.allocation.agreements import shortcomings
from domain.allocation.cautions import FALSE_DATA, NOT_A_PAYMENT
from domain.allocation.conditions import Decision, Row
from domain.allocation.firstyear import first_year
from domain.municipalities import CityClass, classes_of
from tests.law.allocation.claims import claim_of, code

RULES = rule_set(2025)
CHANGE = date(2025, 10, 1)


def from_october(body: str, day: date) -> frozenset[CityClass]:
    """As though 廿日市市 became a 中核市 on 2025-10-01."""
    if body == code("廿日市市"):
        return frozenset({"中核市"}) if day >= CHANGE else frozenset()
    return classes_of(body, day)


def decided(claim: Claim, row: Row) -> Decision:
    judged = compute(claim, RULES).judgements[0]
    return next(one for one in judged.decisions if one.row == row)


def sent(**said: object) -> Claim:
    return claim_of("広島県", 2025, [{"to": "世羅町", "cost": 5_000_000, **said}])


def test_a_city_that_becomes_a_core_city_in_the_year_drops_out_whole() -> None:
    claim = claim_of("広島県", 2025, [{"to": "廿日市市", "cost": 5_000_000}])
    assert compute(claim, RULES).amount == 2_500_000
    sheet = compute(claim, RULES, classes_on=from_october)
    assert sheet.amount == 0
    reasons = [one.reason for one in sheet.judgements[0].bars]
    assert reasons == ["受入れ側の廿日市市が中核市（2025-10-01 に該当）である"]
    assert any("都市の区分が派遣の期間の途中で変わる" in one for one in sheet.cautions)


def test_by_the_class_on_the_first_day_it_stays() -> None:
    claim = claim_of("広島県", 2025, [{"to": "廿日市市", "cost": 5_000_000}])
    readings = with_readings(RULES.readings, city_class="first-day")
    assert compute(claim, RULES, readings, from_october).amount == 2_500_000
    told = compute(claim, RULES, classes_on=from_october).alternatives
    assert [(one.choice, one.amount) for one in told] == [("first-day", 2_500_000)]


def test_a_dispatch_split_at_the_change_counts_before_it() -> None:
    dispatches = [
        {"to": "廿日市市", "cost": 2_400_000, "until": date(2025, 9, 30)},
        {"to": "廿日市市", "cost": 2_600_000, "since": CHANGE},
    ]
    sheet = compute(claim_of("広島県", 2025, dispatches), RULES, classes_on=from_october)
    assert sheet.amount == 1_200_000
    assert not any("途中で変わる" in one for one in sheet.cautions)


def test_an_agreement_without_fault_says_so_with_its_papers() -> None:
    decision = decided(sent(), "D1")
    assert not decision.applies
    assert "全当事者の議決を経て締結され" in decision.reason
    assert decision.evidence == ("試験のための資料",)
    assert f"{decision.rule}" == "法第252条の2第1項・第3項"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "その他の協定"}, "連携協約ではない"),
        ({"concluded_on": None}, "締結されていない"),
        ({"votes": ()}, "議会の議決がない"),
        ({"in_force_from": None}, "効力が生じた日の記載がない"),
        ({"in_force_from": date(2024, 3, 1)}, "締結の日 2024-03-20 より前である"),
        ({"in_force_from": date(2025, 5, 1)}, "派遣の日 2025-04-01 には効力がまだない"),
        ({"in_force_until": date(2025, 5, 1)}, "派遣の日 2026-03-31 には効力がもうない"),
        ({"parties": (code("広島県"), code("竹原市"))}, "世羅町は連携協約 K-1 の当事者ではない"),
        ({"expertise_clause": False}, "求める専門性の定めがない"),
    ],
)
def test_what_an_agreement_lacks_is_told(changed: dict[str, object], words: str) -> None:
    claim = sent()
    agreement = claim.agreements[0].model_copy(update=changed)
    days = (date(2025, 4, 1), date(2026, 3, 31))
    found = shortcomings(agreement, claim.dispatches[0], days, clause_required=True)
    assert any(words in one.reason for one in found)


def test_a_missing_clause_alone_is_cited_as_the_outlines() -> None:
    claim = claim_of(
        "広島県", 2025, [{"to": "世羅町", "cost": 1}], agreement_said={"expertise_clause": False}
    )
    assert f"{decided(claim, 'D1').rule}" == "制度の概要（2024-08-23）※1"


def test_the_first_year_is_told_with_the_day_it_began() -> None:
    claim = claim_of(
        "世羅町",
        2025,
        [{"from": "広島県", "form": "自治法派遣", "borne": 3_000_000}],
        earlier={"S-1": [{"since": "2024-10-01", "under_agreement": True, "form": "自治法派遣"}]},
    )
    reason = decided(claim, "D7").reason
    assert "2024-10-01 に始まった。派遣初年度は令和6年度であり、令和7年度ではない" in reason


def test_a_secondment_without_agreement_is_not_of_the_same_kind() -> None:
    said = {"from": "広島県", "form": "自治法派遣", "borne": 2_000_000}
    claim = claim_of(
        "世羅町",
        2025,
        [
            {**said, "since": date(2024, 4, 1), "until": date(2025, 9, 30)},
            {**said, "since": date(2025, 10, 1)},
        ],
    )
    before, after = claim.dispatches
    bare = claim.model_copy(
        update={"dispatches": (before.model_copy(update={"agreement": None}), after)}
    )
    readings = with_readings(RULES.readings, history="same-kind")
    assert compute(claim, RULES, readings).amount == 0
    assert compute(bare, RULES).amount == 0
    assert compute(bare, RULES, readings).amount == 1_000_000


def test_a_year_from_a_leap_day_ends_on_the_last_of_february() -> None:
    readings = with_readings(RULES.readings, first_year="twelve-months")
    said = {"from": "広島県", "form": "自治法派遣", "borne": 1, "since": date(2024, 2, 29)}
    for last, met in ((date(2025, 2, 28), True), (date(2025, 3, 1), False)):
        claim = claim_of("世羅町", 2024, [{**said, "until": last}])
        days = (date(2024, 4, 1), last)
        assert first_year(claim, claim.dispatches[0], days, readings).met == met


def test_every_sheet_says_that_it_is_no_payment_and_what_false_data_cost() -> None:
    assert compute(sent(), RULES).cautions == (NOT_A_PAYMENT, FALSE_DATA)
    assert "交付額ではない" in NOT_A_PAYMENT
    assert "地方交付税法第19条第4項・第5項" in FALSE_DATA


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (claim_of("東京都", 2025, [{"to": "檜原村", "cost": 1}]), "東京都には特例"),
        (claim_of("東京都", 2025, [{"to": "新宿区", "cost": 1}]), "手で算定すること"),
        (sent(form="自治法派遣"), "受入れ側が負担する（法第252条の17第2項）"),
        (sent(burden=6_000_000), "負担金 6,000,000円が人件費 5,000,000円を超える"),
        (
            claim_of("世羅町", 2025, [{"from": "広島県", "borne": 1}]),
            "自治法派遣でないのに受入れ側が人件費を負担している",
        ),
    ],
)
def test_what_an_official_should_look_at_again_is_told(claim: Claim, words: str) -> None:
    assert any(words in one for one in compute(claim, RULES).cautions)


def test_a_reading_that_is_not_the_default_is_told() -> None:
    readings = with_readings(RULES.readings, order="cap-then-deduct")
    cautions = compute(sent(), RULES, readings).cautions
    assert "既定でない読み方による: 負担金の控除と上限の順序「上限を適用してから控除」" in cautions


def test_a_provisional_set_and_classes_not_yet_checked_are_told() -> None:
    claim = claim_of("広島県", 2026, [{"to": "世羅町", "cost": 5_000_000}])
    cautions = compute(claim, rule_set(2026, provisional=True)).cautions
    assert any("令和8年度分の規則は暫定である" in one for one in cautions)
    assert any("2026-06-14 までの政令で確かめた" in one for one in cautions)
