"""補正（行手法第7条）.

    補正の求め → 補正 → (intake.py) 形式審査 / 期間の経過 → (intake.py) 拒否

While a correction is awaited the standard period stands still where the municipality has
published it so. A correction that comes late is still recorded: the law knows no forfeiture,
only a decision.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.acts import Event
from domain.designation.intake import (
    Application,
    Arrived,
    Correcting,
    Defect,
    UnderReview,
    application_of,
)
from domain.designation.requirements import Composition, GoverningRules, Particulars
from domain.law import APA_7, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline, Suspension, reckon
from domain.procedure import (
    Decision,
    Entry,
    at_least,
    by_the_body,
    expect,
    has_passed,
    not_before,
    stated,
)
from domain.text import Key, Line, Personal

A_DAY = timedelta(days=1)


class Amendment(BaseModel):
    """補正の内容: The particulars that replace those of the application."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    representative: Personal | None = None
    office_address: Line | None = None
    composition: Composition | None = None
    area: Line | None = None
    activities: Annotated[tuple[Key, ...], Field(min_length=1)] | None = None
    governing_rules: GoverningRules | None = None
    attachments: tuple[Line, ...] | None = None

    def applied_to(self, said: Particulars) -> Particulars:
        """The particulars as corrected."""
        known = Particulars.model_fields
        changed = {name: value for name, value in self if name in known and value is not None}
        return said.model_copy(update=changed)


# --- 事実 -----------------------------------------------------------------------------------------


class CorrectionRequested(Event):
    """補正の求め（行手法第7条）: The body is asked to mend formal defects by a day."""

    title: ClassVar[str] = "補正の求め"
    kind: Literal["CorrectionRequested"] = "CorrectionRequested"
    basis: Citation = APA_7
    drafted_by: Actor
    defects: tuple[Defect, ...]
    due: Deadline


class CorrectionSubmitted(Event):
    """補正（行手法第7条）: A correction reaches the office; the clock runs again."""

    title: ClassVar[str] = "補正"
    kind: Literal["CorrectionSubmitted"] = "CorrectionSubmitted"
    basis: Citation = APA_7
    amendment: Amendment
    in_time: bool


class CorrectionLapsed(Event):
    """補正期間の経過（行手法第7条）: The day has passed; only a decision can follow."""

    title: ClassVar[str] = "補正期間の経過"
    kind: Literal["CorrectionLapsed"] = "CorrectionLapsed"
    basis: Citation = APA_7
    due: Deadline


CorrectionEvent = CorrectionRequested | CorrectionSubmitted | CorrectionLapsed


# --- 命令書 ---------------------------------------------------------------------------------------


class RequestCorrection(Decision):
    """補正を求める（行手法第7条）: By the end of the ordinance's period, or a later `by_day`."""

    title: ClassVar[str] = "補正を求める"
    cites: ClassVar[Citation] = APA_7
    kind: Literal["RequestCorrection"] = "RequestCorrection"
    defects: Annotated[tuple[Defect, ...], Field(min_length=1)]
    by_day: date | None = None


class SubmitCorrection(Entry):
    """補正する（行手法第7条）: `on` is the day of arrival."""

    title: ClassVar[str] = "補正する"
    cites: ClassVar[Citation] = APA_7
    done_by: ClassVar[Role] = "body"
    kind: Literal["SubmitCorrection"] = "SubmitCorrection"
    amendment: Amendment


class NoteCorrectionLapsed(Entry):
    """補正期間の経過を記録する（行手法第7条）."""

    title: ClassVar[str] = "補正期間の経過を記録する"
    cites: ClassVar[Citation] = APA_7
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteCorrectionLapsed"] = "NoteCorrectionLapsed"


CorrectionCommand = RequestCorrection | SubmitCorrection | NoteCorrectionLapsed


# --- 決定 -----------------------------------------------------------------------------------------


def decide(command: CorrectionCommand, state: object, rules: Rules) -> Sequence[CorrectionEvent]:
    """The facts that a command about a correction brings about."""
    match command:
        case RequestCorrection():
            return _request(command, state, rules)
        case SubmitCorrection():
            return _correct(command, state, rules)
        case NoteCorrectionLapsed():
            return _note_lapse(command, state, rules)


def _request(command: RequestCorrection, state: object, rules: Rules) -> list[CorrectionRequested]:
    stage = expect(state, (Arrived, UnderReview), command)
    application = stage.application
    not_before(command, application.latest, "申請（補正）の到達")
    if isinstance(stage, UnderReview):
        not_before(command, stage.since, stage.title)
    due = reckon(
        key=f"correction-{application.corrections + 1}",
        title="補正の期限",
        basis=APA_7,
        origin=command.on,
        origin_title=CorrectionRequested.title,
        period=rules.ordinance.correction_period.on(command.on).value,
        calendar=rules.calendar,
    )
    return [stated(CorrectionRequested, command, rules, due=at_least(due, command.by_day))]


def _correct(command: SubmitCorrection, state: object, rules: Rules) -> list[CorrectionSubmitted]:
    correcting = expect(state, (Correcting,), command)
    by_the_body(command, correcting.application.body)
    not_before(command, correcting.due.origin, "補正の求め")
    in_time = not has_passed(correcting.due, command.on)
    return [stated(CorrectionSubmitted, command, rules, in_time=in_time)]


def _note_lapse(
    command: NoteCorrectionLapsed, state: object, rules: Rules
) -> list[CorrectionLapsed]:
    if isinstance(state, Correcting) and not state.lapsed and has_passed(state.due, command.on):
        return [stated(CorrectionLapsed, command, rules, due=state.due)]
    return []


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(state: object, event: CorrectionEvent) -> Arrived | Correcting:
    """The stage after a fact about a correction."""
    application = application_of(state)
    match event:
        case CorrectionRequested():
            return _awaiting(application, event)
        case CorrectionSubmitted():
            return Arrived(_corrected(application, event))
        case CorrectionLapsed():
            return Correcting(application, event.due, lapsed=True)


def _awaiting(application: Application, event: CorrectionRequested) -> Correcting:
    open_ended = Suspension(since=event.on, until=None, reason=event.title)
    excludes = application.standard_period.excludes_correction
    return Correcting(
        replace(
            application,
            corrections=application.corrections + 1,
            suspensions=(*application.suspensions, *([open_ended] if excludes else [])),
        ),
        event.due,
    )


def _corrected(application: Application, event: CorrectionSubmitted) -> Application:
    # What was examined was examined on the papers as they were before.
    return replace(
        application,
        said=event.amendment.applied_to(application.said),
        latest=event.on,
        results={},
        suspensions=tuple(_ended(suspension, event.on) for suspension in application.suspensions),
    )


def _ended(suspension: Suspension, resumed: date) -> Suspension:
    if suspension.until is not None:
        return suspension
    return suspension.model_copy(update={"until": max(suspension.since, resumed - A_DAY)})
