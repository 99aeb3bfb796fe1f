"""事案簿（公文書管理法第34条、個人情報保護法第61条・第100条）: What is done to a file changes no right."""

from datetime import date, timedelta

import pytest

from domain.designation import DESIGNATION, Command
from domain.docket import (
    DisposeRecord,
    DocketCommand,
    ErasePerson,
    OperatorIntervened,
    PersonErased,
    RecordDisposed,
    RecordIntervention,
    retention,
)
from domain.law import PRIVACY_61, PRIVACY_100, RECORDS_34
from domain.people import CALENDAR
from domain.registry import DESIGNATION_FILES
from tests.law import docket
from tests.law.cast import BODY, FILE, MAYOR, OFFICER, PASS, but
from tests.law.docket import CLOSED_CASE, DISPOSAL, ERASURE, INTERVENTION, OPEN_CASE, Filed
from tests.law.example import RULES

A_DAY = timedelta(days=1)


@pytest.mark.parametrize("act", [INTERVENTION, ERASURE])
@pytest.mark.parametrize("story", [OPEN_CASE, CLOSED_CASE])
def test_the_matter_stays_as_it_was(
    act: DocketCommand, story: list[Command | DocketCommand]
) -> None:
    before, after = Filed(*story), Filed(*story, act)
    assert after.file.matter == before.file.matter
    assert DESIGNATION_FILES.view(after.file) == DESIGNATION.view(before.file.matter)
    assert DESIGNATION_FILES.is_open(after.file) == DESIGNATION_FILES.is_open(before.file)
    assert after.file.docket.acts == before.file.docket.acts + 1


@pytest.mark.parametrize("act", [INTERVENTION, ERASURE, DISPOSAL])
def test_nothing_is_done_to_a_file_that_holds_nothing(act: DocketCommand) -> None:
    Filed().when(act).then_refused(act.cites)


# --- 照合 -------------------------------------------------------------------------------------


def test_an_intervention_is_recorded_once() -> None:
    event = Filed(*OPEN_CASE).when(INTERVENTION).then_the(OperatorIntervened)
    assert (event.action, event.identity, event.said) == ("強制終了", "operator@ui", "動かないため")
    Filed(*OPEN_CASE, INTERVENTION).when(INTERVENTION).then_nothing()
    again = but(INTERVENTION, run="01a3")
    Filed(*OPEN_CASE, INTERVENTION).when(again).then(OperatorIntervened)


@pytest.mark.parametrize("by", [CALENDAR, OFFICER, MAYOR, BODY])
def test_only_the_registrar_records_interventions(by: object) -> None:
    Filed(*OPEN_CASE).when(but(INTERVENTION, by=by)).then_refused(RECORDS_34)


# --- 消去 -------------------------------------------------------------------------------------


def test_information_is_erased_on_request_or_where_there_is_no_more_need_for_it() -> None:
    asked = Filed(*OPEN_CASE).when(ERASURE).then_the(PersonErased)
    assert (asked.subject, asked.basis) == ("P-0001", PRIVACY_100)
    needless = but(ERASURE, ground="保有の必要の消滅", request=None)
    assert Filed(*OPEN_CASE).when(needless).then_the(PersonErased).basis == PRIVACY_61.para(2)


def test_an_erasure_on_request_names_the_request() -> None:
    Filed(*OPEN_CASE).when(but(ERASURE, request=None)).then_refused(PRIVACY_100)


def test_whoever_drafted_the_erasure_does_not_decide_it() -> None:
    own = but(ERASURE, drafted_by=but(OFFICER, person=MAYOR.person))
    Filed(*OPEN_CASE).when(own).then_refused(PRIVACY_100)


# --- 保存期間と廃棄 ---------------------------------------------------------------------------


def test_a_file_is_kept_from_the_end_of_the_fiscal_year_in_which_it_closed() -> None:
    expired = retention(Filed(*CLOSED_CASE).file.docket, docket.RULES)
    assert expired.day == date(2029, 3, 31)
    assert expired.explain()[0].startswith("起算: 2026-03-31 完結（2025-06-20）の年度の末日")


def test_the_default_is_ten_years() -> None:
    assert retention(Filed(*CLOSED_CASE).file.docket, RULES).day == date(2036, 3, 31)


def test_what_is_done_to_the_file_does_not_prolong_it() -> None:
    late = but(ERASURE, on=date(2027, 6, 1))
    assert retention(Filed(*CLOSED_CASE, late).file.docket, docket.RULES).day == date(2029, 3, 31)


def test_a_file_is_disposed_of_after_its_time_by_a_decision() -> None:
    event = Filed(*CLOSED_CASE).when(DISPOSAL).then_the(RecordDisposed)
    assert (event.acts, event.decision) == (len(CLOSED_CASE), "例総第34号")
    assert event.expired.day == date(2029, 3, 31)


@pytest.mark.parametrize(
    "act",
    [
        but(DISPOSAL, on=date(2029, 3, 31)),
        but(DISPOSAL, measure="移管"),
        but(DISPOSAL, drafted_by=but(OFFICER, person=MAYOR.person)),
        but(DISPOSAL, by=OFFICER),
    ],
    ids=["within the period", "handed over without a pack", "on an own draft", "by an officer"],
)
def test_a_file_is_not_disposed_of(act: DisposeRecord) -> None:
    Filed(*CLOSED_CASE).when(act).then_refused(RECORDS_34)


def test_a_file_may_be_handed_over_to_an_archive() -> None:
    over = but(DISPOSAL, measure="移管", pack="0" * 64)
    assert Filed(*CLOSED_CASE).when(over).then_the(RecordDisposed).measure == "移管"


def test_the_file_of_a_running_case_stays() -> None:
    Filed(*OPEN_CASE).when(DISPOSAL).then_refused(RECORDS_34)


@pytest.mark.parametrize("act", [FILE, PASS, INTERVENTION, ERASURE, DISPOSAL])
def test_nothing_more_is_done_to_a_file_that_was_disposed_of(
    act: Command | DocketCommand,
) -> None:
    gone = Filed(*CLOSED_CASE, DISPOSAL)
    gone.when(act).then_refused(act.cites)
    assert not DESIGNATION_FILES.is_open(gone.file)
    assert DESIGNATION_FILES.view(gone.file).stage == "廃棄済み"


def test_a_disposed_file_is_read_from_its_last_act_alone() -> None:
    (event,) = Filed(*CLOSED_CASE).when(DISPOSAL).events
    file = DESIGNATION_FILES.decider.fold([event])
    assert DESIGNATION_FILES.view(file).stage == "廃棄済み"
    assert not DESIGNATION_FILES.is_open(file)


# --- 名と条項 -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", docket.EVENT_KINDS, ids=lambda kind: kind.__name__)
def test_a_fact_is_introduced_by_its_title_and_its_basis(kind: type[RecordDisposed]) -> None:
    assert (kind.__doc__ or "").startswith(
        f"{kind.title}（{kind.model_fields['basis'].default}）: "
    )


@pytest.mark.parametrize("kind", docket.COMMAND_KINDS, ids=lambda kind: kind.__name__)
def test_an_act_is_introduced_by_its_title_and_what_it_cites(
    kind: type[RecordIntervention] | type[ErasePerson],
) -> None:
    assert (kind.__doc__ or "").startswith(f"{kind.title}（{kind.cites}）: ")
