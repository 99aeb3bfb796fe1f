"""行手法第8条・第14条: 「…同時に、当該処分の理由を示さなければならない。」 行審法第82条・行訴法第46条: 教示."""

import pytest
from pydantic import ValidationError

from domain.designation import DESIGNATION
from domain.designation.examination import RefuseDesignation
from domain.designation.improvement import ExtendOrderDeadline, OrderImprovement
from domain.designation.intake import RefuseFormally
from domain.designation.remedies.ruling import DismissAppeal, RejectAppeal
from domain.designation.revocation import RevokeDesignation
from domain.designation.tenure.renewal import RefuseRenewal
from domain.procedure import Disposition, RemedyNotice
from tests.law.cast import REFUSE, but, decision_pending
from tests.law.everything import ACTS, EVENT_KINDS
from tests.law.specification import given

DISPOSITIONS: list[type[Disposition]] = [
    RefuseFormally,
    RefuseDesignation,
    OrderImprovement,
    ExtendOrderDeadline,
    RevokeDesignation,
    RefuseRenewal,
]
RULINGS: list[type[Disposition]] = [DismissAppeal, RejectAppeal]
"""A ruling cannot be appealed against again; see test_remedies_appeal.py."""
DECIDED = [act for act in ACTS if isinstance(act.command, Disposition)]
ADVERSE = [act for act in DECIDED if type(act.command) not in RULINGS]


def _reasons_of(event: object) -> str:
    return str(getattr(event, "reasons", ""))


def _notice_of(event: object) -> RemedyNotice:
    notice = getattr(event, "remedy_notice", None)
    assert isinstance(notice, RemedyNotice)
    return notice


def test_every_kind_of_disposition_is_examined_here() -> None:
    assert {type(act.command) for act in DECIDED} == {*DISPOSITIONS, *RULINGS}


@pytest.mark.parametrize("act", ADVERSE, ids=lambda act: act.command.tag)
def test_e08_q12_q13_every_adverse_act_carries_reasons_and_both_remedies(act: object) -> None:
    assert act in ADVERSE
    found = next(one for one in ADVERSE if one is act)
    (event,) = given(*found.story).when(found.command).events
    assert isinstance(found.command, Disposition)
    assert _reasons_of(event) == found.command.reasons
    notice = _notice_of(event)
    assert "3か月以内に、例示市長に対して審査請求" in notice.appeal
    assert "1年を経過したとき" in notice.appeal
    assert "6か月以内に、例示市を被告として" in notice.lawsuit


@pytest.mark.parametrize("kind", RULINGS)
def test_q13_a_ruling_carries_reasons_and_the_way_to_the_court(kind: type[Disposition]) -> None:
    found = next(act for act in DECIDED if type(act.command) is kind)
    (event,) = given(*found.story).when(found.command).events
    assert _reasons_of(event)
    notice = _notice_of(event)
    assert "重ねて審査請求をすることはできません" in notice.appeal
    assert "6か月以内に、例示市を被告として" in notice.lawsuit


@pytest.mark.parametrize("act", DECIDED, ids=lambda act: act.command.tag)
@pytest.mark.parametrize("reasons", ["", " ", "　\n"])
def test_q12_blank_reasons_are_no_reasons(act: object, reasons: str) -> None:
    found = next(one for one in DECIDED if one is act)
    with pytest.raises(ValidationError, match="reasons"):
        but(found.command, reasons=reasons)


def test_q13_a_municipality_may_word_the_notice_itself_but_not_leave_half_of_it_out() -> None:
    own = RemedyNotice(appeal="審査請求ができます。", lawsuit="訴えを提起できます。")
    (event,) = given(*decision_pending()).when(but(REFUSE, remedy_notice=own)).events
    assert _notice_of(event) == own
    with pytest.raises(ValidationError):
        RemedyNotice.model_validate({"appeal": "審査請求ができます。"})
    with pytest.raises(ValidationError):
        but(REFUSE, remedy_notice={"appeal": "審査請求ができます。", "lawsuit": "　"})


def test_q13_what_grants_or_only_prepares_carries_no_notice() -> None:
    with_notice = {kind.__name__ for kind in EVENT_KINDS if "remedy_notice" in kind.model_fields}
    assert with_notice == {
        "ApplicationRefused",
        "DesignationRefused",
        "ImprovementOrdered",
        "OrderDeadlineExtended",
        "DesignationRevoked",
        "RenewalRefused",
        "AppealDismissed",
        "AppealRejected",
    }


def test_e08_a_refusal_needs_no_hearing() -> None:
    pending = given(*decision_pending())
    assert "指定を拒否する" in DESIGNATION.view(pending.state).possible
    assert pending.when(REFUSE).refusal is None
