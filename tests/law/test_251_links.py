"""法第252条の2第7項: A dispute and the agreement it is about are two cases, each with its side of the tie."""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.agreement import AGREEMENT
from domain.agreement.consulting import ProposeChange
from domain.agreement.linking import CaseLinked
from domain.dispute import DISPUTE
from domain.dispute.linking import AgreementLinked, AgreementUnlinked
from domain.dispute.settling import TakeMeasure
from domain.law import ART_251_3_2, ART_252_2
from tests.law import league, league_acts
from tests.law.league import FUCHU, KEN, KURE, OKAYAMA, but
from tests.law.quarrel import (
    AGREEMENT_CASE,
    THREE,
    TWO,
    applied,
    completed,
    decided,
    entered,
    given,
    history,
    mediation_applied,
    told,
)
from tests.law.quarrel_acts import LINK, SITS, UNLINK

OTHER = f"協約-{KEN}-0002"
TIE = but(league_acts.LINK, case=f"紛争-{KURE}-0001")


def test_an_application_that_names_the_agreements_case_is_tied_to_it() -> None:
    assert given(*applied(*TWO)).case.links == {AGREEMENT_CASE}
    assert AGREEMENT_CASE in DISPUTE.headline(given(*applied(*TWO)).state)
    assert given(*mediation_applied(*THREE)).case.links == frozenset()


def test_a_tie_is_made_and_undone_by_those_who_share_the_case() -> None:
    event = given(*told(*THREE)).when(but(LINK, case=OTHER)).then_the(AgreementLinked)
    assert (event.case, event.basis) == (OTHER, ART_252_2.para(7))
    given(*SITS).when(UNLINK).then(AgreementUnlinked)
    by_authority = but(LINK, **entered(KEN, LINK.on), case=OTHER)
    given(*told(*THREE)).when(by_authority).then(AgreementLinked)
    stranger = but(LINK, **entered(OKAYAMA, LINK.on), case=OTHER)
    given(*told(*THREE)).when(stranger).then_refused(ART_252_2.para(7))


@pytest.mark.parametrize("case", ["指定-341002-0001", f"紛争-{KURE}-0002", "協約-1"])
def test_only_the_case_of_an_agreement_is_tied_so(case: str) -> None:
    with pytest.raises(ValidationError):
        but(LINK, case=case)


def test_the_agreement_shows_the_dispute_and_is_neither_changed_nor_closed_by_it() -> None:
    before = league.given(*league.concluded(KEN, KURE)).state
    tied = league.given(*league.concluded(KEN, KURE), TIE).state
    assert TIE.case in AGREEMENT.headline(tied)
    assert TIE.case not in AGREEMENT.headline(before)
    assert tied.title == before.title
    assert AGREEMENT.is_open(tied)
    assert AGREEMENT.view(tied).obligations == AGREEMENT.view(before).obligations


def test_both_sides_of_the_tie_outlive_a_rebuild_from_the_record() -> None:
    ours = [event.model_dump_json() for event in history([*mediation_applied(*THREE), LINK])]
    theirs = [event.model_dump_json() for event in league.history([*league.concluded(*TWO), TIE])]
    dispute = DISPUTE.decider.fold(map(DISPUTE.event.validate_json, ours))
    agreement = AGREEMENT.decider.fold(map(AGREEMENT.event.validate_json, theirs))
    assert AGREEMENT_CASE in DISPUTE.headline(dispute)
    assert TIE.case in AGREEMENT.headline(agreement)
    assert league.given(*league.concluded(*TWO)).when(TIE).then_the(CaseLinked).relation == "紛争"


def test_d07_a_measure_that_changes_the_agreement_goes_through_the_agreements_own_chain() -> None:
    """What the party records here is that it has proposed; nothing of the agreement moves by it."""
    take = TakeMeasure.model_validate(
        {
            **decided(KURE, date(2027, 1, 20)),
            "measure": "連携協約の変更の協議",
            "what": "負担金の条の変更の協議を申し入れた。",
            "agreement_case": AGREEMENT_CASE,
        }
    )
    event = given(*completed(*TWO)).when(take).events[0]
    assert event.basis == ART_251_3_2.para(6)
    concluded = league.concluded(KEN, KURE)
    change = league.changing(KEN, KURE)[len(concluded)]
    assert isinstance(change, ProposeChange)
    sign = league.again_signed(KEN, KURE)[-1]
    league.given(*concluded, TIE, change).when(sign).then_refused(ART_252_2.para(4))
    whole = [*league.changing(KEN, KURE), *league.again_signed(KEN, KURE)]
    assert league.given(*whole, but(TIE, on=date(2026, 11, 1))).state.title == "締結済み"


def test_the_tie_holds_whoever_is_in_dispute() -> None:
    """A party of the agreement that is not in dispute ties it in the agreement's case."""
    parties = (KEN, KURE, FUCHU)
    tie = but(TIE, **league.entered(FUCHU, TIE.on))
    league.given(*league.concluded(*parties)).when(tie).then(CaseLinked)
