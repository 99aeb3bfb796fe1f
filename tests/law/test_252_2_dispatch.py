"""連携協約に基づく専門人材の派遣: Posts, persons, amounts, and the claim that is made from them."""

from datetime import date

import pytest

from domain.agreement.claims import NoClaim, claim_of
from domain.agreement.costing import DispatchCostStated, RecruitmentCostStated, StateDispatchCost
from domain.agreement.dispatching import (
    DispatchChanged,
    DispatchEnded,
    PostRegistered,
    SpecialistDispatched,
)
from domain.agreement.parties import PARA_6
from domain.allocation import compute, rule_set
from domain.allocation.claim import Amount, EarlierDispatch, Staff
from domain.law import ART_252_17
from tests.law.league import (
    FUCHU,
    KEN,
    KURE,
    OKAYAMA,
    Story,
    a_year_earlier,
    abolishing,
    again_signed,
    but,
    changing,
    concluded,
    consulting,
    decided,
    entered,
    given,
)
from tests.law.league_acts import (
    CHANGE_DISPATCH,
    COST,
    DISPATCH,
    END_DISPATCH,
    POST,
    RECRUITMENT,
)

TWO = (KEN, KURE)
IN_FORCE = concluded(*TWO)
SENT = [*IN_FORCE, POST, DISPATCH]
SECONDED = but(DISPATCH, form="自治法派遣")


def yen(amount: int) -> Amount:
    """An amount on invented papers."""
    return Amount(amount=amount, evidence=("支出命令書（架空）",))


def test_a15_the_recipient_registers_the_post_and_the_sender_sends() -> None:
    given(*IN_FORCE).when(DISPATCH).then_refused(PARA_6)
    given(*IN_FORCE).when(POST).then(PostRegistered)
    event = given(*IN_FORCE, POST).when(DISPATCH).then_the(SpecialistDispatched)
    assert (event.party, event.recipient, event.form) == (KEN, KURE, "その他")
    assert event.name.of == "E-0001"


def test_a15_q23_the_form_is_stated_and_its_provision_cited() -> None:
    event = given(*IN_FORCE, POST).when(SECONDED).then_the(SpecialistDispatched)
    assert event.basis == ART_252_17.para(1)


def test_a15_nobody_sends_to_himself_or_before_the_agreement_has_effect() -> None:
    own = but(DISPATCH, **decided(KURE, DISPATCH.on))
    given(*IN_FORCE, POST).when(own).then_refused(PARA_6)
    early = but(DISPATCH, since=date(2026, 3, 31))
    given(*IN_FORCE, POST).when(early).then_refused(PARA_6)
    backwards = but(DISPATCH, until=date(2026, 3, 31))
    given(*IN_FORCE, POST).when(backwards).then_refused(PARA_6)
    given(*consulting(*TWO)).when(but(POST, on=date(2026, 4, 1))).then_refused(PARA_6)


def test_a15_a_number_stands_for_one_post_and_one_dispatch() -> None:
    given(*SENT).when(POST).then_nothing()
    given(*SENT).when(but(POST, name="別の職")).then_refused(PARA_6)
    given(*SENT).when(but(DISPATCH, person="E-0002")).then_refused(PARA_6)


def test_a15_only_the_sender_changes_or_ends_it() -> None:
    given(*SENT).when(CHANGE_DISPATCH).then(DispatchChanged)
    given(*SENT).when(END_DISPATCH).then(DispatchEnded)
    of_another = but(CHANGE_DISPATCH, **decided(KURE, CHANGE_DISPATCH.on))
    given(*SENT).when(of_another).then_refused(PARA_6)
    given(*SENT).when(but(END_DISPATCH, **entered(KURE, END_DISPATCH.on))).then_refused(PARA_6)
    given(*SENT).when(but(END_DISPATCH, last_day=date(2026, 3, 31))).then_refused(PARA_6)


def test_a15_each_side_states_its_own_amounts_of_a_year_of_the_dispatch() -> None:
    assert given(*SENT).when(COST).then_the(DispatchCostStated).corrects is None
    of_another = but(COST, **entered(KURE, COST.on))
    given(*SENT).when(of_another).then_refused(PARA_6)
    given(*SENT).when(but(of_another, what="負担金")).then(DispatchCostStated)
    given(*SENT).when(but(COST, fiscal_year=2025)).then_refused(PARA_6)
    corrected = given(*SENT, COST).when(but(COST, amount=yen(5_400_000)))
    assert corrected.then_the(DispatchCostStated).corrects == COST.amount


def test_a15_recruitment_is_for_persons_who_are_sent() -> None:
    given(*SENT).when(RECRUITMENT).then(RecruitmentCostStated)
    given(*SENT).when(but(RECRUITMENT, persons=("E-0009",))).then_refused(PARA_6)
    given(*SENT).when(but(RECRUITMENT, persons=("E-0001", "E-0001"))).then_refused(PARA_6)
    of_another = but(RECRUITMENT, **entered(KURE, RECRUITMENT.on))
    given(*SENT).when(of_another).then_refused(PARA_6)


def test_a15_what_was_spent_is_still_stated_after_an_abolition() -> None:
    ended = [*abolishing(*TWO), POST, DISPATCH, *again_signed(*TWO)]
    given(*ended).when(COST).then(DispatchCostStated)
    given(*ended).when(but(DISPATCH, dispatch="D-2")).then_refused(PARA_6)


# --- 特別交付税の申告 ---------------------------------------------------------------------------

LAST_YEAR = a_year_earlier(concluded(KEN, FUCHU))
POST_FUCHU = but(POST, **entered(FUCHU, POST.on))
POST_25, DISPATCH_25, SECONDED_25 = a_year_earlier([POST_FUCHU, DISPATCH, SECONDED])


def item_amount(story: Story, party: str, year: int = 2025) -> int:
    """The item amount of a party, from its claim by the record."""
    claim = claim_of(given(*story).state, party, year)
    return compute(claim, rules := rule_set(year, provisional=year > 2025), rules.readings).amount


def costs(year: int, personnel: int, recruitment: int) -> Story:
    """What 広島県 states of a year."""
    return [
        but(COST, fiscal_year=year, amount=yen(personnel)),
        but(RECRUITMENT, fiscal_year=year, amount=yen(recruitment)),
    ]


@pytest.mark.parametrize(
    ("personnel", "recruitment", "amount"),
    [
        (5_500_000, 800_000, 3_150_000),
        (7_200_000, 1_400_000, 3_686_000),
        (5_123_000, 722_000, 2_923_000),
    ],
)
def test_q23_the_claim_of_the_sender_gives_the_worked_examples(
    personnel: int, recruitment: int, amount: int
) -> None:
    story = [*LAST_YEAR, POST_25, DISPATCH_25, *costs(2025, personnel, recruitment)]
    assert item_amount(story, KEN) == amount


def test_q23_a_burden_charge_is_deducted_and_the_recipient_gets_nothing() -> None:
    paid = but(COST, fiscal_year=2025, what="負担金", amount=yen(500_000))
    story = [*LAST_YEAR, POST_25, DISPATCH_25, *costs(2025, 5_500_000, 800_000), paid]
    assert item_amount(story, KEN) == 2_900_000
    assert item_amount(story, FUCHU) == 0


def test_q23_under_art_252_17_the_sender_has_a_only_and_the_recipient_c() -> None:
    story = [*LAST_YEAR, *_seconded()]
    assert item_amount(story, KEN) == 300_000
    assert item_amount(story, FUCHU) == 3_186_000


def _seconded() -> Story:
    """広島県 sends by 法252条の17 to 府中町, no 中核市."""
    return [
        POST_25,
        SECONDED_25,
        but(RECRUITMENT, fiscal_year=2025, amount=yen(600_000)),
        borne_by(FUCHU),
    ]


def borne_by(party: str, year: int = 2025, dispatch: str = "D-1") -> StateDispatchCost:
    """What the recipient bore."""
    said = {"what": "派遣を受けて負担した人件費", "amount": yen(6_800_000)}
    return but(COST, **entered(party, COST.on), **said, fiscal_year=year, dispatch=dispatch)


def test_e37_the_first_year_is_the_posts_whoever_fills_it() -> None:
    second = but(SECONDED, dispatch="D-2", person="E-0002")
    told = [*LAST_YEAR, *_seconded(), second, borne_by(FUCHU, 2026, "D-2")]
    claim = claim_of(given(*told).state, FUCHU, 2026)
    (post,) = claim.posts
    assert post.earlier == (
        EarlierDispatch(since=date(2025, 4, 1), under_agreement=True, form="自治法派遣"),
    )
    assert item_amount(told, FUCHU, 2026) == 0


def test_i10_nothing_is_claimed_of_a_core_city_or_before_a_conclusion() -> None:
    post, sent = a_year_earlier([POST, SECONDED])
    kure = [*a_year_earlier(IN_FORCE), post, sent, borne_by(KURE)]
    assert item_amount(kure, KURE) == 0, "呉市 is a 中核市"
    with pytest.raises(NoClaim):
        claim_of(given(*consulting(*TWO)).state, KEN, 2025)
    with pytest.raises(NoClaim):
        claim_of(given(*SENT).state, OKAYAMA, 2026)


def test_e37_a_year_without_the_dispatch_claims_nothing() -> None:
    claim = claim_of(given(*SENT).state, KEN, 2025)
    assert (claim.dispatches, claim.posts, claim.recruitment) == ((), (), ())


def test_q22_a_change_that_drops_the_clause_ends_the_claim_of_the_year() -> None:
    assert claim_of(given(*SENT).state, KEN, 2026).agreements[0].expertise_clause
    *asked, text = changing(*TWO)
    story = [*asked, but(text, expertise=()), *again_signed(*TWO)]
    assert not claim_of(given(*story).state, KEN, 2026).agreements[0].expertise_clause


def test_the_category_of_the_staff_may_change() -> None:
    other = but(CHANGE_DISPATCH, staff=Staff(category="非常勤職員"), until=DISPATCH.until)
    event = given(*SENT).when(other).then_the(DispatchChanged)
    assert event.staff.category == "非常勤職員"
