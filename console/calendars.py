"""暦: `kyodo calendar`, the closed days of a municipality, and changes of them that move deadlines."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal, cast

from cyclopts import App, Parameter
from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter, ValidationError

from console import answers, tables
from console.answers import INVALID, REFUSED, end, lines, show
from console.delivery import deliver, exit_code
from console.faults import faults_of
from console.listing import Listing, hand_out
from console.open_cases import Found, OpenCase, fold_all, numbers
from console.options import JST, Csv, Json, Out, code, span, text_of
from console.ordinances import Which, rules_of
from console.services import reading, rulebook, temporal
from console.settings import Settings
from domain.calendar_change import (
    ApplyCalendarChange,
    DeadlineMoved,
    DeadlineStood,
    before,
    can_be_extended,
    outcomes,
)
from domain.decider import Refused
from domain.docket import File
from domain.era import fiscal_days, fiscal_year
from domain.ordinance import Rules
from domain.periods import Calendar, Closed
from domain.profile_forms import toml
from domain.record import CaseId, Receipt, Submission
from workflows.client import send

calendar_app = App(name="calendar", help="休日の一覧と、暦の変更による期限の変更")
A_DAY = timedelta(days=1)
LONGEST_NAME = 40
_WEEKDAYS = "月火水木金土日"
_SHOWN = ("日", "曜", "休日", "区分", "根拠")
_PREVIEW = ("事案", "団体", "期限", "いまの日", "変更後の日", "根拠・動かない理由")


class _File(BaseModel):
    """The head of a change file; what else it says is the act itself."""

    model_config = ConfigDict(frozen=True, extra="allow")

    municipality: str
    change: str
    cases: tuple[CaseId, ...] = ()


@dataclass(frozen=True)
class Change:
    """暦の変更: The act that is done to every case it moves; `cases` are all, where none is named."""

    municipality: str
    cases: tuple[str, ...]
    command: ApplyCalendarChange

    def submission(self, case: str) -> Submission:
        """The act for one case, under an id that is the same however often it is handed in."""
        dumped = self.command.model_dump(mode="json", exclude_none=True)
        said = cast("dict[str, JsonValue]", dumped)
        return Submission(id=f"calendar-change:{self.command.change}", case=case, command=said)


@dataclass(frozen=True)
class Reached:
    """What the change does to one deadline of a case."""

    case: OpenCase
    outcome: DeadlineMoved | DeadlineStood

    @property
    def moves(self) -> bool:
        """Whether the deadline ends on another day."""
        return isinstance(self.outcome, DeadlineMoved)


@calendar_app.command(name="show")
def calendar_show(
    which: Which,
    *,
    period: Annotated[str | None, Parameter(help="期間（令和8年度）。なければ今年度")] = None,
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """休日の一覧（土曜日・日曜日を除く）: どの日が、どの定めによって休日か."""
    rules = rules_of(which)
    since, until = span(period, "--period")
    this = fiscal_days(fiscal_year(datetime.now(JST).date()))
    days = _days(rules.calendar, since or this[0], until or this[1])
    title = f"{rules.ordinance.name}の休日　版 {rules.version}"
    hand_out(Listing(_SHOWN, list(days), title=title), json=json, csv=csv, out=out)


def _days(calendar: Calendar, since: date, until: date) -> Iterator[tuple[object, ...]]:
    day, last = max(since, calendar.since), min(until, calendar.until)
    while day <= last:
        closure = calendar.closure(day)
        if closure and closure.rule != calendar.weekend_rule:
            yield day, _WEEKDAYS[day.weekday()], closure.reason, _class(calendar, day), closure.rule
        day += A_DAY


def _class(calendar: Calendar, day: date) -> Literal["国民の祝日", "毎年", "一度限り"]:
    if day in calendar.national:
        return "国民の祝日"
    return "毎年" if any(one.covers(day) for one in calendar.yearly) else "一度限り"


@calendar_app.command(name="preview")
async def calendar_preview(
    file: Path, *, json: Json = False, csv: Csv = False, out: Out = None
) -> None:
    """暦の変更の影響: 進行中のどの事案の、どの期限が、どの定めによって動くか. 何も記録しない."""
    change, rules = _read(file)
    found = await _found(change)
    reached = _reached(change, found, rules)
    rows = [_row(one) for one in reached]
    records = [_record(one) for one in reached]
    title = f"{change.command.provision} による期限の変更"
    hand_out(Listing(_PREVIEW, rows, records, title), json=json, csv=csv, out=out)
    _tell(change, found)
    if lacking := _lacking(change, rules):
        answers.ERR.print(_to_add(change, lacking), markup=False, soft_wrap=True)


@calendar_app.command(name="apply")
async def calendar_apply(file: Path, *, json: Json = False) -> int:
    """暦の変更を適用する: 動く期限のある事案ごとに一度だけ記録する. 途中で止まれば、もう一度."""
    change, rules = _read(file)
    if lacking := _lacking(change, rules):
        end(INVALID, _to_add(change, lacking))
    found = await _found(change)
    touched = dict.fromkeys(one.case.case for one in _reached(change, found, rules) if one.moves)
    touched |= dict.fromkeys(one.case for one in found.cases if _is_applied(change, one))
    submissions = [change.submission(case) for case in sorted(touched)]
    settings = Settings()
    client = await temporal(settings)

    async def send_one(submission: Submission) -> Receipt:
        return await send(client, submission, task_queue=settings.task_queue)

    with answers.progress(len(submissions), "適用") as advance:
        results = await deliver(send_one, submissions, lambda _: advance())
    if json:
        lines(results)
    else:
        show(tables.results(results))
    _tell(change, found)
    return exit_code(results)


# --- 変更の読み取り -------------------------------------------------------------------------------


def _read(path: Path) -> tuple[Change, Rules]:
    """The change in a file, and the rules of its municipality; ends the command (2) if ill made."""
    try:
        raw = tomllib.loads(text_of(path))
    except tomllib.TOMLDecodeError as fault:
        end(INVALID, f"{path}: TOML として読めません（{fault}）")
    try:
        head = _File.model_validate(raw)
        said = {key: value for key, value in raw.items() if key not in ("municipality", "cases")}
        text = TypeAdapter(dict[str, object]).dump_json({"kind": "ApplyCalendarChange", **said})
        command = ApplyCalendarChange.model_validate_json(text)
    except ValidationError as fault:
        end(INVALID, "\n".join(str(one) for one in faults_of(f"{path}", "", "", fault)))
    if len(command.change) > LONGEST_NAME:
        end(INVALID, f"{path} change: {LONGEST_NAME} 文字までで書いてください")
    try:
        can_be_extended(command)
    except Refused as refused:
        end(REFUSED, f"{path}: {refused}")
    change = Change(code(head.municipality), head.cases, command)
    return change, rulebook(Settings()).rules(change.municipality)


def _lacking(change: Change, rules: Rules) -> list[Closed]:
    """The closed days that the municipality's own calendar does not have yet."""
    return [one for one in change.command.closed if one not in rules.calendar.once]


def _to_add(change: Change, lacking: Sequence[Closed]) -> str:
    days = "\n\n".join(
        "[[calendar.once]]\n" + "\n".join(f"{name} = {toml(value)}" for name, value in one)
        for one in lacking
    )
    return (
        f"適用する前に、次の休日を {change.municipality}.toml に書き加え、"
        f"worker を動かし直してください:\n\n{days}"
    )


# --- 影響 -----------------------------------------------------------------------------------------


async def _found(change: Change) -> Found:
    async with reading(Settings()) as records:
        cases = await numbers(records, change.municipality, change.cases)
        with answers.progress(len(cases), "読み取り") as advance:
            return await fold_all(records, cases, advance)


def _reached(change: Change, found: Found, rules: Rules) -> list[Reached]:
    """Every deadline that the change reaches in the cases to which it was not applied yet."""
    calendar = rules.calendar.closing(change.command.closed)
    was = before(change.command, rules)
    return [
        Reached(case, outcome)
        for case in found.cases
        if not _is_applied(change, case)
        for outcome in outcomes(change.command, case.institution.dues(case.state, was), calendar)
    ]


def _is_applied(change: Change, case: OpenCase) -> bool:
    state = case.state
    return isinstance(state, File) and change.command.change in state.docket.calendar_changes


def _row(one: Reached) -> tuple[object, ...]:
    old = one.outcome.before if isinstance(one.outcome, DeadlineMoved) else one.outcome.deadline
    head = (one.case.case, one.case.headline, old.title, old.day)
    if isinstance(one.outcome, DeadlineMoved):
        return (*head, one.outcome.after.day, one.outcome.rule)
    return (*head, None, f"動かない: {one.outcome.why}")


def _record(one: Reached) -> dict[str, object]:
    """For machines: both ledgers line by line."""
    said = {"case": one.case.case, "headline": one.case.headline, "moves": one.moves}
    if isinstance(one.outcome, DeadlineMoved):
        return {
            **said,
            "before": tables.deadline_record(one.outcome.before),
            "after": tables.deadline_record(one.outcome.after),
            "rule": one.outcome.rule,
        }
    stood = tables.deadline_record(one.outcome.deadline)
    return {**said, "before": stood, "after": None, "why": one.outcome.why}


def _tell(change: Change, found: Found) -> None:
    """What a reader of the result must know besides: cases named in vain, cases that cannot be read."""
    known = {*(one.case for one in found.cases), *found.unreadable}
    for case in change.cases:
        if case not in known:
            answers.ERR.print(f"{case}: 進行中の事案ではありません", markup=False)
    for case in found.unreadable:
        answers.ERR.print(f"{case}: 記録を読めないため、除きました", markup=False)
