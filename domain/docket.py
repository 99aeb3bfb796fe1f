"""事案簿: What is done to the file of a case, whatever institution the case belongs to.

    照合     somebody intervened in the case's workflow outside the law (公文書管理法34条)
    消去     a person's information is erased (個人情報保護法61条2項・100条)
    廃棄     the period of retention has passed and the file goes (公文書管理法34条)
    改定     an amendment of the ordinance moves periods that are running (amendment.py, 法14条1項)
    暦       a holiday announced late or a 告示 moves them (calendar_change.py, 法4条の2第4項)

But for those periods, these acts change nothing in the matter itself. `filed` puts them around an institution, so that
the same engine carries both; the state is then a `File`: the matter, and what became of the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import AwareDatetime, Field, TypeAdapter

from domain import calendar_change
from domain.acts import Command, Event
from domain.amendment import ApplyRules, RulesChanged, apply, must_run
from domain.calendar_change import ApplyCalendarChange, CalendarChangeApplied
from domain.decider import Decider, Refused
from domain.institution import Due, Institution, View
from domain.law import PRIVACY_61, PRIVACY_100, RECORDS_34, Citation
from domain.ordinance import NotInForce, Rules
from domain.people import Role
from domain.periods import CalendarEnds, Deadline, reckon
from domain.procedure import (
    Decision,
    Entry,
    authorised,
    has_passed,
    refuse_unless,
    stated,
    within_reach,
)
from domain.text import Key, Line, Text
from domain.transition import Shift, moved_by

C = TypeVar("C", bound=Command)
S = TypeVar("S")
E = TypeVar("E", bound=Event)

Intervention = Literal["強制終了", "取消しの要求", "巻戻し", "シグナル"]
Erasure = Literal["利用停止の請求", "保有の必要の消滅"]
Measure = Literal["廃棄", "移管"]


# --- 段階 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Docket:
    """事案簿の状態: How many acts the file holds, the last legal day, and what was let go."""

    acts: int = 0
    latest: date = date.min
    interventions: frozenset[tuple[str, str, datetime]] = frozenset()
    erased: tuple[str, ...] = ()
    disposed: bool = False
    calendar_changes: frozenset[str] = frozenset()
    version: str = ""
    """Of the profile that the last act was judged under."""


@dataclass(frozen=True)
class File(Generic[S]):
    """事案のファイル: The matter as its institution has it, and the file it is kept in."""

    matter: S
    docket: Docket = Docket()


# --- 事実 -----------------------------------------------------------------------------------------


class OperatorIntervened(Event):
    """運用者の介入（公文書管理法第34条）: What was done to the workflow past the record.

    `at` is the moment, `run` the run of the workflow; `identity` and `said` are what Temporal
    knows of who did it and why. Nothing legal follows from it.
    """

    title: ClassVar[str] = "運用者の介入"
    kind: Literal["OperatorIntervened"] = "OperatorIntervened"
    basis: Citation = RECORDS_34
    action: Intervention
    at: AwareDatetime
    run: Line
    identity: Line | None
    said: Text | None


class PersonErased(Event):
    """個人情報の消去（個人情報保護法第100条）: Texts about a person can no longer be read."""

    title: ClassVar[str] = "個人情報の消去"
    kind: Literal["PersonErased"] = "PersonErased"
    basis: Citation = PRIVACY_100
    subject: Key
    ground: Erasure
    reasons: Text
    request: Line | None


class RecordDisposed(Event):
    """記録の廃棄（公文書管理法第34条）: The bodies of the first `acts` acts are let go.

    `expired` is the retention as a ledger; a file that goes to an archive was handed over as the
    pack whose SHA-256 is `pack`.
    """

    title: ClassVar[str] = "記録の廃棄"
    kind: Literal["RecordDisposed"] = "RecordDisposed"
    basis: Citation = RECORDS_34
    measure: Measure
    reasons: Text
    decision: Line
    acts: Annotated[int, Field(ge=1)]
    expired: Deadline
    pack: Line | None


Redrawing = RulesChanged | CalendarChangeApplied
"""Acts on the file that move deadlines of the matter."""
DocketEvent = OperatorIntervened | PersonErased | RecordDisposed | Redrawing
ON_THE_FILE = ("OperatorIntervened", "PersonErased", "RecordDisposed")
"""The tags of what is done to a file and not to the matter in it."""
DISPOSED = "廃棄済み"


# --- 行為 -----------------------------------------------------------------------------------------


class RecordIntervention(Entry):
    """運用者の介入を記録する（公文書管理法第34条）: Found by comparing the engine with the record."""

    title: ClassVar[str] = "運用者の介入を記録する"
    cites: ClassVar[Citation] = RECORDS_34
    done_by: ClassVar[Role] = "registrar"
    kind: Literal["RecordIntervention"] = "RecordIntervention"
    action: Intervention
    at: AwareDatetime
    run: Line
    identity: Line | None = None
    said: Text | None = None


class ErasePerson(Decision):
    """個人情報を消去する（個人情報保護法第100条）: On request, or as there is no more need for it."""

    title: ClassVar[str] = "個人情報を消去する"
    cites: ClassVar[Citation] = PRIVACY_100
    kind: Literal["ErasePerson"] = "ErasePerson"
    subject: Key
    ground: Erasure
    reasons: Text
    request: Line | None = None


class DisposeRecord(Decision):
    """記録を廃棄する（公文書管理法第34条）: After the period of retention, by a decision of its own."""

    title: ClassVar[str] = "記録を廃棄する"
    cites: ClassVar[Citation] = RECORDS_34
    kind: Literal["DisposeRecord"] = "DisposeRecord"
    measure: Measure
    reasons: Text
    decision: Line
    pack: Line | None = None


DocketCommand = RecordIntervention | ErasePerson | DisposeRecord | ApplyRules | ApplyCalendarChange


# --- 決定 -----------------------------------------------------------------------------------------


def retention(docket: Docket, rules: Rules) -> Deadline:
    """保存期間: How long the file of a case must be kept, from the end of the fiscal year it closed in."""
    closed = docket.latest
    year = closed.year + (closed.month > 3)  # noqa: PLR2004 — the fiscal year ends in March
    return reckon(
        key="retention",
        title="保存期間の満了",
        basis=RECORDS_34,
        origin=date(year, 3, 31),
        origin_title=f"完結（{closed}）の年度の末日",
        period=rules.ordinance.retention.on(closed).value,
        calendar=rules.calendar,
        to_municipality=False,
    )


def decide(
    command: DocketCommand,
    docket: Docket,
    rules: Rules,
    *,
    open: bool,
    shifts: Sequence[Shift] = (),
    running: Sequence[Due[Any]] = (),
) -> Sequence[DocketEvent]:
    """The facts an act on the file brings about; `open` tells whether the matter still runs.

    `shifts` are the deadlines of the matter that an amendment for running cases moves, `running`
    those that run as they were before a change of the calendar.
    """
    match command:
        case RecordIntervention():
            return _intervened(command, docket, rules)
        case ErasePerson():
            return _erased(command, docket, rules)
        case DisposeRecord():
            return _disposed(command, docket, rules, open=open)
        case ApplyRules():
            must_run(command, open=open)
            return apply(command, docket.version, shifts, rules)
        case ApplyCalendarChange():
            if command.change in docket.calendar_changes:
                return []
            must_run(command, open=open)
            return calendar_change.apply(command, running, rules)


def _intervened(
    command: RecordIntervention, docket: Docket, rules: Rules
) -> list[OperatorIntervened]:
    refuse_unless(docket.acts > 0, RECORDS_34, "この事案にはまだ記録がありません")
    if (command.run, command.action, command.at) in docket.interventions:
        return []
    return [stated(OperatorIntervened, command, rules)]


def _erased(command: ErasePerson, docket: Docket, rules: Rules) -> list[PersonErased]:
    refuse_unless(docket.acts > 0, command.cites, "この事案にはまだ記録がありません")
    if command.ground == "利用停止の請求":
        refuse_unless(
            command.request is not None,
            command.cites,
            "利用停止の請求による消去には、請求の文書番号が要ります",
            "request に請求の文書番号を記してください",
        )
        return [stated(PersonErased, command, rules)]
    return [stated(PersonErased, command, rules, basis=PRIVACY_61.para(2))]


def _disposed(
    command: DisposeRecord, docket: Docket, rules: Rules, *, open: bool
) -> list[RecordDisposed]:
    refuse_unless(docket.acts > 0, RECORDS_34, "この事案にはまだ記録がありません")
    refuse_unless(
        not open, RECORDS_34, "進行中の事案の記録は廃棄できません", "完結を待ってください"
    )
    expired = retention(docket, rules)
    refuse_unless(
        has_passed(expired, command.on),
        RECORDS_34,
        f"保存期間は {expired.day} まで続きます（{'、'.join(expired.explain())}）",
        f"{expired.day} の翌日以後に決裁してください",
    )
    refuse_unless(
        command.measure == "廃棄" or command.pack is not None,
        RECORDS_34,
        "移管には、引き渡した綴りの SHA-256 が要ります",
        "`kyodo audit export` の綴りを引き渡し、その SHA-256 を pack に記してください",
    )
    return [stated(RecordDisposed, command, rules, acts=docket.acts, expired=expired)]


def evolve(docket: Docket, event: DocketEvent) -> Docket:
    """The file after an act on it."""
    match event:
        case OperatorIntervened():
            seen = (event.run, event.action, event.at)
            return replace(docket, interventions=docket.interventions | {seen})
        case PersonErased():
            return replace(docket, erased=(*docket.erased, event.subject))
        case RecordDisposed():
            return replace(docket, disposed=True)
        case RulesChanged():
            return docket
        case CalendarChangeApplied():
            changes = docket.calendar_changes | {event.change}
            return replace(docket, calendar_changes=changes)


# --- 制度を包む -------------------------------------------------------------------------------


def filed(
    institution: Institution[C, S, E],
    command: TypeAdapter[C | DocketCommand],
    event: TypeAdapter[E | DocketEvent],
) -> Institution[C | DocketCommand, File[S], E | DocketEvent]:
    """The institution with its cases kept in files; `command` and `event` read both unions."""
    matter = institution.decider

    def decide_in_file(
        command: C | DocketCommand, file: File[S], rules: Rules
    ) -> Sequence[E | DocketEvent]:
        if file.docket.disposed:
            raise Refused(command.cites, "この事案の記録は廃棄されています")
        if not isinstance(command, DocketCommand):
            return matter.decide(command, file.matter, rules)
        try:
            authorised(command, rules)
            within_reach(command, rules)
            open, shifts = institution.is_open(file.matter), _shifts(command, file.matter, rules)
            running = _running(command, file.matter, rules)
            return decide(command, file.docket, rules, open=open, shifts=shifts, running=running)
        except (NotInForce, CalendarEnds) as unknown:
            raise Refused(command.cites, str(unknown)) from None

    def evolve_in_file(file: File[S], event: E | DocketEvent) -> File[S]:
        if isinstance(event, DocketEvent):
            docket = _counted(evolve(file.docket, event), event)
            if not isinstance(event, Redrawing):
                return File(file.matter, docket)
            moved = {one.after.key: one.after for one in event.moved}
            latest = max(docket.latest, event.on)
            return File(institution.redrawn(file.matter, moved), replace(docket, latest=latest))
        latest = max(file.docket.latest, event.on)
        return File(
            matter.evolve(file.matter, event), _counted(replace(file.docket, latest=latest), event)
        )

    def _shifts(command: DocketCommand, state: S, rules: Rules) -> Sequence[Shift]:
        """The deadlines that an amendment moves, where it is applied."""
        if not isinstance(command, ApplyRules):
            return ()
        running = [due.deadline for due in institution.dues(state, rules)]
        return tuple(moved_by(running, rules, institution.anchor(state), command.on))

    def _running(command: DocketCommand, state: S, rules: Rules) -> Sequence[Due[C]]:
        """The deadlines as they ran before a change of the calendar, where one is applied."""
        if not isinstance(command, ApplyCalendarChange):
            return ()
        return institution.dues(state, calendar_change.before(command, rules))

    def dues(file: File[S], rules: Rules) -> Sequence[Due[C | DocketCommand]]:
        if file.docket.disposed:
            return []
        return [Due(due.deadline, due.note) for due in institution.dues(file.matter, rules)]

    return Institution(
        name=institution.name,
        decider=Decider(decide_in_file, evolve_in_file, File(matter.initial)),
        command=command,
        event=event,
        is_open=lambda file: not file.docket.disposed and institution.is_open(file.matter),
        dues=dues,
        view=lambda file: _view(institution.view(file.matter), file.docket),
        headline=lambda file: (
            DISPOSED if file.docket.disposed else institution.headline(file.matter)
        ),
        anchor=lambda file: institution.anchor(file.matter),
        redrawn=lambda file, moved: replace(file, matter=institution.redrawn(file.matter, moved)),
        judged_by=lambda command: (
            None if isinstance(command, DocketCommand) else institution.judged_by(command)
        ),
        misplaced=lambda command, keeper: (
            None if isinstance(command, DocketCommand) else institution.misplaced(command, keeper)
        ),
    )


def _counted(docket: Docket, event: Event) -> Docket:
    return replace(docket, acts=docket.acts + 1, version=event.ordinance)


def _view(view: View, docket: Docket) -> View:
    return View(DISPOSED) if docket.disposed else view
