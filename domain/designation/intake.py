"""申請の到達から形式審査まで（法第260条の49第2項、行手法第7条）.

    申請の到達 → 形式審査 ⇄ (correction.py) 補正 → 要件審査 / 拒否 / 取下げ

Arrival starts the standard period, a request for correction may suspend it, and only a
decision by a person, or the body's own withdrawal, ends an application.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from domain.acts import Event, Finding
from domain.decider import UnreadableFact
from domain.designation.requirements import Composition, GoverningRules, Particulars
from domain.law import APA_7, ART_260_49, Citation
from domain.ordinance import Rules, StandardPeriod
from domain.people import Actor, Role
from domain.periods import Deadline, Period, Suspension
from domain.procedure import (
    Disposition,
    Entry,
    RemedyNotice,
    by_the_body,
    expect,
    has_passed,
    not_before,
    refuse_unless,
    stated,
)
from domain.text import Key, Line, Personal, Text

PARA_2 = ART_260_49.para(2)
T = TypeVar("T")
FIRST_DAY = date(2024, 9, 26)
"""令和6年9月26日: The day the article came into force."""


# --- 申請の内容 -------------------------------------------------------------------------------


class Defect(BaseModel):
    """不備: One formal defect of an application, and what would mend it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: Line
    remedy: Line


class _Filed(BaseModel):
    """What the paper says; what it leaves out does not keep it from having arrived."""

    body_name: Line
    representative: Personal | None = None
    office_address: Line | None = None
    composition: Composition | None = None
    area: Line | None = None
    activities: tuple[Key, ...] = ()
    governing_rules: GoverningRules | None = None
    attachments: tuple[Line, ...] = ()
    received_at: Line


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unapplied:
    """申請前: Nothing has arrived; there is no designation ex officio."""

    title: ClassVar[str] = "申請前"


@dataclass(frozen=True)
class Examined:
    """審査の結果: Whether a requirement is met, as found on `on`."""

    met: bool
    finding: Finding
    on: date


@dataclass(frozen=True)
class Application:
    """申請: What every stage before the decision knows; `latest` is the last arrival of papers."""

    body: str
    body_name: str
    said: Particulars
    arrived: date
    latest: date
    standard_period: StandardPeriod
    suspensions: tuple[Suspension, ...] = ()
    corrections: int = 0
    overrun: bool = False
    results: Mapping[str, Examined] = field(default_factory=dict[str, Examined])


@dataclass(frozen=True)
class Arrived:
    """形式審査中（行手法第7条）."""

    title: ClassVar[str] = "形式審査中"
    application: Application


@dataclass(frozen=True)
class Correcting:
    """補正待ち（行手法第7条）: The clock may stand still; `lapsed` once the day has passed."""

    title: ClassVar[str] = "補正待ち"
    application: Application
    due: Deadline
    lapsed: bool = False


@dataclass(frozen=True)
class UnderReview:
    """要件審査中（法第260条の49第2項）."""

    title: ClassVar[str] = "要件審査中"
    application: Application
    since: date


@dataclass(frozen=True)
class DecisionPending:
    """決定待ち（法第260条の49第2項）: Every item is examined; `drafter` completed the review."""

    title: ClassVar[str] = "決定待ち"
    application: Application
    drafter: str
    reviewed: date
    unmet: tuple[str, ...]


@dataclass(frozen=True)
class Undesignated:
    """指定されず終結: Refused or withdrawn, as `title` says; a new application is a new case."""

    application: Application
    title: str


Applying = Arrived | Correcting | UnderReview | DecisionPending
"""決定前: Every stage in which the application may still be withdrawn."""
IntakeStage = Unapplied | Applying | Undesignated


# --- 事実 -------------------------------------------------------------------------------------


class ApplicationArrived(_Filed, Event):
    """申請の到達（法第260条の49第2項）: An application reaches the office, and the clock starts."""

    title: ClassVar[str] = "申請の到達"
    kind: Literal["ApplicationArrived"] = "ApplicationArrived"
    basis: Citation = PARA_2
    standard_period: StandardPeriod


class FormalCheckPassed(Event):
    """形式審査の終了（行手法第7条）: The application meets its formal requirements."""

    title: ClassVar[str] = "形式審査の終了"
    kind: Literal["FormalCheckPassed"] = "FormalCheckPassed"
    basis: Citation = APA_7
    checked: tuple[Line, ...]


class ApplicationRefused(Event):
    """形式上の不備による拒否（行手法第7条）: A formally defective application is refused."""

    title: ClassVar[str] = "形式上の不備による拒否"
    kind: Literal["ApplicationRefused"] = "ApplicationRefused"
    basis: Citation = APA_7
    drafted_by: Actor
    defects: tuple[Defect, ...]
    reasons: Text
    remedy_notice: RemedyNotice


class ApplicationWithdrawn(Event):
    """申請の取下げ（法第260条の49第2項）: The body takes its application back before a decision."""

    title: ClassVar[str] = "申請の取下げ"
    kind: Literal["ApplicationWithdrawn"] = "ApplicationWithdrawn"
    basis: Citation = PARA_2
    why: Text | None


IntakeEvent = ApplicationArrived | FormalCheckPassed | ApplicationRefused | ApplicationWithdrawn


# --- 命令書 -----------------------------------------------------------------------------------


class FileApplication(_Filed, Entry):
    """申請する（法第260条の49第2項）: `on` is the day of arrival at the office, not of acceptance."""

    title: ClassVar[str] = "申請する"
    cites: ClassVar[Citation] = PARA_2
    done_by: ClassVar[Role] = "body"
    kind: Literal["FileApplication"] = "FileApplication"


class PassFormalCheck(Entry):
    """形式審査を終える（行手法第7条）: Fields, attachments and period are in order."""

    title: ClassVar[str] = "形式審査を終える"
    cites: ClassVar[Citation] = APA_7
    done_by: ClassVar[Role] = "officer"
    kind: Literal["PassFormalCheck"] = "PassFormalCheck"
    checked: Annotated[tuple[Line, ...], Field(min_length=1)]


class RefuseFormally(Disposition):
    """形式上の不備により拒否する（行手法第7条、第8条）: A decision with reasons, never a silence."""

    title: ClassVar[str] = "形式上の不備により拒否する"
    cites: ClassVar[Citation] = APA_7
    kind: Literal["RefuseFormally"] = "RefuseFormally"
    defects: Annotated[tuple[Defect, ...], Field(min_length=1)]


class WithdrawApplication(Entry):
    """申請を取り下げる（法第260条の49第2項）."""

    title: ClassVar[str] = "申請を取り下げる"
    cites: ClassVar[Citation] = PARA_2
    done_by: ClassVar[Role] = "body"
    kind: Literal["WithdrawApplication"] = "WithdrawApplication"
    why: Text | None = None


IntakeCommand = FileApplication | PassFormalCheck | RefuseFormally | WithdrawApplication


# --- 決定 -------------------------------------------------------------------------------------


def decide(command: IntakeCommand, state: object, rules: Rules) -> Sequence[IntakeEvent]:
    """The facts that a command of the intake brings about."""
    match command:
        case FileApplication():
            return _file(command, state, rules)
        case PassFormalCheck():
            return _pass_check(command, state, rules)
        case RefuseFormally():
            return _refuse(command, state, rules)
        case WithdrawApplication():
            return _withdraw(command, state, rules)


def _file(command: FileApplication, state: object, rules: Rules) -> list[ApplicationArrived]:
    expect(state, (Unapplied,), command)
    refuse_unless(
        command.on >= FIRST_DAY,
        PARA_2,
        f"{command.on} は法第260条の49の施行日（{FIRST_DAY}）より前で、指定の申請はできません",
    )
    refuse_unless(
        rules.ordinance.in_force(command.on),
        ART_260_49.para(2, 1),
        f"{command.on} には{rules.ordinance.name}の条例が施行されておらず、"
        "特定地域共同活動の定めがありません",
    )
    standard = rules.ordinance.standard_period.on(command.on).value
    return [stated(ApplicationArrived, command, rules, standard_period=standard)]


def _pass_check(command: PassFormalCheck, state: object, rules: Rules) -> list[FormalCheckPassed]:
    arrived = expect(state, (Arrived,), command)
    not_before(command, arrived.application.latest, "申請（補正）の到達")
    return [stated(FormalCheckPassed, command, rules)]


def _refuse(command: RefuseFormally, state: object, rules: Rules) -> list[ApplicationRefused]:
    stage = expect(state, (Arrived, Correcting), command)
    not_before(command, stage.application.latest, "申請（補正）の到達")
    if isinstance(stage, Correcting):
        refuse_unless(
            has_passed(stage.due, command.on),
            APA_7,
            f"補正の期限（{stage.due.day}）までは、形式上の不備を理由に拒否できません",
            "期限の翌日以後に決定してください",
        )
    return [stated(ApplicationRefused, command, rules)]


def _withdraw(
    command: WithdrawApplication, state: object, rules: Rules
) -> list[ApplicationWithdrawn]:
    stages = (Arrived, Correcting, UnderReview, DecisionPending)
    application = expect(state, stages, command).application
    by_the_body(command, application.body)
    not_before(command, application.latest, "申請（補正）の到達")
    return [stated(ApplicationWithdrawn, command, rules)]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(state: object, event: IntakeEvent) -> IntakeStage:
    """The stage after a fact of the intake."""
    match event:
        case ApplicationArrived():
            return Arrived(_application(event))
        case FormalCheckPassed():
            return UnderReview(application_of(state), event.on)
        case ApplicationRefused() | ApplicationWithdrawn():
            return Undesignated(application_of(state), event.title)


def _application(event: ApplicationArrived) -> Application:
    said = Particulars(**{name: getattr(event, name) for name in Particulars.model_fields})
    return Application(
        body=event.by.person,
        body_name=event.body_name,
        said=said,
        arrived=event.on,
        latest=event.on,
        standard_period=event.standard_period,
    )


def application_of(state: object) -> Application:
    """The application pending in `state`."""
    if isinstance(state, Arrived | Correcting | UnderReview | DecisionPending):
        return state.application
    raise UnreadableFact(f"no application is pending in {type(state).__name__}")


def with_standard_period(state: T, period: Period) -> T:
    """An application under way, its standard period of another length."""
    if not isinstance(state, Arrived | Correcting | UnderReview | DecisionPending):
        return state
    standard = state.application.standard_period.model_copy(update={"period": period})
    application = replace(state.application, standard_period=standard)
    return replace(state, application=application)
