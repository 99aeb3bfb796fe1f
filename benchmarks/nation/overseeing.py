"""監督の一生（法第260条の49第10項・第11項）: Reports asked for and given, and orders to improve.

Every report asked for, and every improvement procedure, is a life of its own: they run side by
side for as long as the body is designated.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from benchmarks.nation.case import Case, Life
from benchmarks.nation.improving import improved
from benchmarks.nation.office import LAST_DAY
from benchmarks.nation.people import fiscal_year_of
from benchmarks.nation.revoking import revoked, revoked_urgently
from benchmarks.nation.words import PHRASE, fiscal_year
from domain.designation.reporting import (
    CloseReportRequest,
    ReportRequested,
    RequestReport,
    SubmitReport,
)
from domain.docket import RecordIntervention
from domain.people import REGISTRAR
from workflows.days import JST

_DAY = timedelta(days=1)
_YEAR = 365
_ATTACHMENTS = ("活動報告書", "活動の写真", "会計報告", "総会資料", "領収書の写し", "広報紙")


def overseen(case: Case, since: date) -> Life:
    """From the day the designation has effect: what is asked of the body, and what befalls it."""
    case.begin(_asked_now_and_then(case, since))
    if case.dice.happens(0.03):
        case.begin(_intervened(case, since))
    yield from _asked_regularly(case, since)


# --- 報告 -----------------------------------------------------------------------------------------


def _asked_regularly(case: Case, since: date) -> Life:
    """The reports that the municipality asks of every body, so many a year."""
    a_year = case.town.place.rhythm
    for day in _rhythm(case, since, a_year):
        if a_year == 1:
            matters = case.text("matters_yearly", year=fiscal_year(fiscal_year_of(day) - 1))
        else:
            matters = case.text("matters_part", part=_part_before(day, a_year))
        yield from _ask(case, day, matters, "need_regular")


def _rhythm(case: Case, since: date, a_year: int) -> Iterator[date]:
    day = date(since.year, 4, 1)
    while day < LAST_DAY:
        if day > since:
            yield case.town.days.after(day, case.dice.between(3, 20))
        day += _YEAR // a_year * _DAY


def _part_before(day: date, a_year: int) -> str:
    """The part of a fiscal year that ended before the day: 「令和7年度下半期」."""
    months = 12 // a_year
    ended = day - (day.day + 10) * _DAY
    year, part = fiscal_year_of(ended), (ended.month - 4) % 12 // months
    match months:
        case 6:
            name = ("上半期", "下半期")[part]
        case 3:
            name = f"第{part + 1}四半期"
        case _:
            name = f"第{part + 1}期"
    return f"{fiscal_year(year)}{name}"


def _asked_now_and_then(case: Case, since: date) -> Life:
    """Reports for which there is an occasion."""
    day = since
    while True:
        day += timedelta(days=15 + case.dice.expovariate(1 / 85))
        if day >= LAST_DAY:
            return
        yield from _ask(case, day, case.text("matters_asked"), "need_asked")


def _ask(case: Case, day: date, matters: str, need: str) -> Life:
    asked = yield case.decided(
        RequestReport,
        case.town.days.from_(max(day, case.today)),
        late=0.01,
        matters=matters,
        need=case.finding(need, evidence=False),
    )
    for event in asked:  # none where the same was asked on the same day
        if isinstance(event, ReportRequested):
            case.begin(_answered(case, event))


def _answered(case: Case, asked: ReportRequested) -> Life:
    """The body answers in time, late or not at all."""
    due = asked.due.day or asked.on
    slack = case.body.slack
    match case.dice.fate(silent=slack * 0.3, late=slack * 0.7):
        case "silent":
            yield from _silent(case, asked.report, due)
            return
        case "late":
            day = due + case.dice.between(1, 45) * _DAY
        case _:
            day = _in_time(case, asked.on, due)
    yield case.by_the_body(
        SubmitReport,
        day,
        late=0.03,
        report=asked.report,
        content=case.text("content"),
        attachments=_attached(case),
    )
    yield from _followed(case)


def _attached(case: Case) -> tuple[str, ...]:
    papers = case.dice.some_of(_ATTACHMENTS, 0, 3)
    return (*papers, PHRASE) if case.dice.happens(0.1) else papers


def _followed(case: Case) -> Life:
    """What the office makes of a report: nothing as a rule."""
    if case.dice.happens(case.body.trouble):
        case.begin(improved(case))
    elif case.dice.happens(0.0008):
        case.begin(revoked(case))
    elif case.dice.happens(0.0006):
        case.begin(revoked_urgently(case))
    elif case.dice.happens(0.04):
        yield from _ask(case, case.soon(5, 20), case.text("matters_asked"), "need_asked")


def _in_time(case: Case, since: date, due: date) -> date:
    """Most bodies wait for the last days."""
    days = max(1, (due - since).days)
    return since + max(1, round(days * case.dice.betavariate(4, 1.5))) * _DAY


def _silent(case: Case, report: int, due: date) -> Life:
    """No report: the matter is let go after a while, pressed, or left open."""
    if case.dice.happens(0.25):
        case.begin(improved(case))
    if case.dice.happens(0.6):
        day = case.soon(10, 80, after=due)
        yield case.by_an_officer(
            CloseReportRequest, day, paper=True, report=report, finding=case.finding("closing")
        )


# --- 運用者の介入 ---------------------------------------------------------------------------------


def _intervened(case: Case, since: date) -> Life:
    """Somebody did something to the workflow, and the reconciliation found it."""
    dice, day = case.dice, case.soon(5, 500, after=since)
    yield case.by_another(
        REGISTRAR,
        RecordIntervention,
        day,
        action=dice.one_of(("強制終了", "取消しの要求", "巻戻し", "シグナル")),
        at=datetime.combine(day, time(6, dice.between(0, 59), dice.between(0, 59)), JST),
        run=str(UUID(int=dice.getrandbits(128))),
        identity="運用担当" if dice.happens(0.7) else None,
        said=case.text("intervention") if dice.happens(0.6) else None,
    )
