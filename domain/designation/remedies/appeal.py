"""審査請求（行審法第2条・第18条・第23条・第27条）: Filed by the body, mended, taken back.

    審査請求 ⇄ 補正 → (review.py) 審理 → (council.py) 諮問 → (ruling.py) 裁決
             → 取下げ

The mayor has no superior authority in these affairs, so that the mayor judges the appeal
(行審法第4条第1号). Filing stops nothing (行審法第25条第1項); for that there is stay.py.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.acts import Event, Finding
from domain.decider import Refused
from domain.designation.remedies.acts import Adverse, Contested, Number
from domain.designation.remedies.appeals import Appeal, Appeals, Correction, pending
from domain.designation.remedies.windows import appeal_windows, governing
from domain.law import ARA_2, ARA_18, ARA_23, ARA_27, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline, fixed
from domain.procedure import (
    Decision,
    Entry,
    by_the_body,
    has_passed,
    not_before,
    refuse_unless,
    stated,
)
from domain.text import Line, Text

# --- 事実 -------------------------------------------------------------------------------------


class AppealFiled(Event):
    """審査請求（行審法第2条）: The body contests an adverse act before the mayor.

    `posted` is the day of the postmark: the days in the post are not counted (第18条第3項).
    """

    title: ClassVar[str] = "審査請求"
    kind: Literal["AppealFiled"] = "AppealFiled"
    basis: Citation = ARA_2
    appeal: Number
    act: Contested
    relief: Text
    grounds: Text
    attachments: tuple[Line, ...]
    posted: date | None
    due: Deadline
    in_time: bool
    excuse: Text | None
    stay_sought: Text | None


class LateFilingExcused(Event):
    """期間経過の正当な理由の認定（行審法第18条第1項）: A person finds the delay excused."""

    title: ClassVar[str] = "期間経過の正当な理由の認定"
    kind: Literal["LateFilingExcused"] = "LateFilingExcused"
    basis: Citation = ARA_18.para(1)
    drafted_by: Actor
    appeal: Number
    finding: Finding


class AppealCorrectionRequested(Event):
    """審査請求の補正の求め（行審法第23条）: What the paper lacks, to be mended by a day."""

    title: ClassVar[str] = "審査請求の補正の求め"
    kind: Literal["AppealCorrectionRequested"] = "AppealCorrectionRequested"
    basis: Citation = ARA_23
    drafted_by: Actor
    appeal: Number
    defects: tuple[Line, ...]
    due: Deadline


class AppealCorrected(Event):
    """審査請求の補正（行審法第23条）: In time or late."""

    title: ClassVar[str] = "審査請求の補正"
    kind: Literal["AppealCorrected"] = "AppealCorrected"
    basis: Citation = ARA_23
    appeal: Number
    amendment: Text
    attachments: tuple[Line, ...]
    in_time: bool


class AppealCorrectionLapsed(Event):
    """審査請求の補正期限の経過（行審法第23条）: Noted; whether it is dismissed is decided."""

    title: ClassVar[str] = "審査請求の補正期限の経過"
    kind: Literal["AppealCorrectionLapsed"] = "AppealCorrectionLapsed"
    basis: Citation = ARA_23
    appeal: Number
    due: Deadline


class AppealWithdrawn(Event):
    """審査請求の取下げ（行審法第27条）: In writing, at any time before the ruling."""

    title: ClassVar[str] = "審査請求の取下げ"
    kind: Literal["AppealWithdrawn"] = "AppealWithdrawn"
    basis: Citation = ARA_27
    appeal: Number
    act: Contested | None
    why: Text | None


AppealEvent = (
    AppealFiled
    | LateFilingExcused
    | AppealCorrectionRequested
    | AppealCorrected
    | AppealCorrectionLapsed
    | AppealWithdrawn
)


# --- 命令書 -----------------------------------------------------------------------------------


class FileAppeal(Entry):
    """審査請求をする（行審法第2条、第18条、第19条）: `on` is the day of arrival, late or not.

    `excuse` is what the body says for a late one, `stay_sought` why it asks for a stay.
    """

    title: ClassVar[str] = "審査請求をする"
    cites: ClassVar[Citation] = ARA_2
    done_by: ClassVar[Role] = "body"
    kind: Literal["FileAppeal"] = "FileAppeal"
    act: Number
    relief: Text
    grounds: Text
    attachments: tuple[Line, ...] = ()
    posted: date | None = None
    excuse: Text | None = None
    stay_sought: Text | None = None


class ExcuseLateFiling(Decision):
    """期間経過の正当な理由を認める（行審法第18条第1項ただし書）: On evidence, by a person."""

    title: ClassVar[str] = "期間経過の正当な理由を認める"
    cites: ClassVar[Citation] = ARA_18
    kind: Literal["ExcuseLateFiling"] = "ExcuseLateFiling"
    appeal: Number
    finding: Finding


class RequestAppealCorrection(Decision):
    """審査請求の補正を求める（行審法第23条）: Within 相当の期間, which the mayor fixes."""

    title: ClassVar[str] = "審査請求の補正を求める"
    cites: ClassVar[Citation] = ARA_23
    kind: Literal["RequestAppealCorrection"] = "RequestAppealCorrection"
    appeal: Number
    defects: Annotated[tuple[Line, ...], Field(min_length=1)]
    by_day: date


class CorrectAppeal(Entry):
    """審査請求を補正する（行審法第23条）: `on` is the day of arrival."""

    title: ClassVar[str] = "審査請求を補正する"
    cites: ClassVar[Citation] = ARA_23
    done_by: ClassVar[Role] = "body"
    kind: Literal["CorrectAppeal"] = "CorrectAppeal"
    appeal: Number
    amendment: Text
    attachments: tuple[Line, ...] = ()


class NoteAppealCorrectionLapsed(Entry):
    """審査請求の補正期限の経過を記録する（行審法第23条）."""

    title: ClassVar[str] = "審査請求の補正期限の経過を記録する"
    cites: ClassVar[Citation] = ARA_23
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteAppealCorrectionLapsed"] = "NoteAppealCorrectionLapsed"
    appeal: Number


class WithdrawAppeal(Entry):
    """審査請求を取り下げる（行審法第27条）: In writing."""

    title: ClassVar[str] = "審査請求を取り下げる"
    cites: ClassVar[Citation] = ARA_27
    done_by: ClassVar[Role] = "body"
    kind: Literal["WithdrawAppeal"] = "WithdrawAppeal"
    appeal: Number
    why: Text | None = None


AppealCommand = (
    ExcuseLateFiling
    | RequestAppealCorrection
    | CorrectAppeal
    | NoteAppealCorrectionLapsed
    | WithdrawAppeal
)


# --- 決定 -------------------------------------------------------------------------------------


def file(
    command: FileAppeal, adverse: Adverse, appeals: Appeals, body: str, rules: Rules
) -> list[AppealFiled]:
    """審査請求（行審法第2条）: Taken whenever it comes, and marked where it is late."""
    by_the_body(command, body)
    not_before(command, adverse.act.on, adverse.act.name)
    posted = command.posted or command.on
    refuse_unless(
        adverse.act.on <= posted <= command.on,
        ARA_18.para(3),
        f"郵便に付した日 {posted} が、処分の日から到達の日までの間にありません",
    )
    if any(one.pending for one in appeals.on(command.act)):
        return []
    refuse_unless(not adverse.annulled, ARA_2, f"{adverse.act}はすでに取り消されています")
    due = governing(appeal_windows(adverse, rules))
    filed = stated(
        AppealFiled,
        command,
        rules,
        appeal=len(appeals.filed) + 1,
        act=adverse.act,
        due=due,
        in_time=not has_passed(due, posted),
    )
    return [filed]


def decide(
    command: AppealCommand, appeals: Appeals, body: str, rules: Rules
) -> Sequence[AppealEvent]:
    """The facts a command about an appeal brings about before its review."""
    if isinstance(command, NoteAppealCorrectionLapsed):
        return _lapsed(command, appeals, rules)
    appeal = pending(command, appeals.find(command.appeal, command.cites))
    match command:
        case ExcuseLateFiling():
            _late(command, appeal)
            return [stated(LateFilingExcused, command, rules)]
        case RequestAppealCorrection():
            return [_correction(command, appeal, rules)]
        case CorrectAppeal():
            by_the_body(command, body)
            return [_corrected(command, appeal, rules)]
        case WithdrawAppeal():
            by_the_body(command, body)
            return [stated(AppealWithdrawn, command, rules, act=appeal.act)]


def _late(command: ExcuseLateFiling, appeal: Appeal) -> None:
    refuse_unless(not appeal.in_time, ARA_18.para(1), "この審査請求は期間内にされています")
    refuse_unless(not appeal.excused, ARA_18.para(1), "正当な理由はすでに認められています")
    refuse_unless(
        bool(command.finding.evidence),
        ARA_18.para(1),
        "正当な理由を認めるに足りる資料がありません",
        "finding.evidence に資料を挙げてください",
    )


def _correction(
    command: RequestAppealCorrection, appeal: Appeal, rules: Rules
) -> AppealCorrectionRequested:
    refuse_unless(appeal.correction is None, ARA_23, "補正の求めがすでに出ています")
    refuse_unless(
        command.by_day > command.on,
        ARA_23,
        f"補正の期限 {command.by_day} は、求めの日（{command.on}）より後の日とします",
    )
    due = fixed(
        key=f"appeal-correction-{appeal.no}",
        title=f"審査請求（第{appeal.no}号）の補正の期限",
        basis=ARA_23,
        origin=command.on,
        origin_title=AppealCorrectionRequested.title,
        day=command.by_day,
    )
    return stated(AppealCorrectionRequested, command, rules, due=due)


def _corrected(command: CorrectAppeal, appeal: Appeal, rules: Rules) -> AppealCorrected:
    if appeal.correction is None:
        raise Refused(
            ARA_23, "補正を求めていません", "「審査請求の補正を求める」を先に行ってください"
        )
    in_time = not has_passed(appeal.correction.due, command.on)
    return stated(AppealCorrected, command, rules, in_time=in_time)


def _lapsed(
    command: NoteAppealCorrectionLapsed, appeals: Appeals, rules: Rules
) -> list[AppealCorrectionLapsed]:
    return [
        stated(AppealCorrectionLapsed, command, rules, due=one.correction.due)
        for one in appeals.filed
        if one.no == command.appeal
        and one.pending
        and one.correction
        and not one.correction.lapsed
        and has_passed(one.correction.due, command.on)
    ]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(appeals: Appeals, event: AppealEvent) -> Appeals:
    """The appeals after a fact about one of them."""
    if isinstance(event, AppealFiled):
        sought = event.stay_sought is not None
        filed = Appeal(event.appeal, event.act, event.on, event.in_time, sought)
        return Appeals((*appeals.filed, filed))
    found = appeals.find(event.appeal, event.basis)
    appeal = replace(found, since=max(found.since, event.on))
    match event:
        case LateFilingExcused():
            return appeals.at(replace(appeal, excused=True))
        case AppealCorrectionRequested():
            return appeals.at(replace(appeal, correction=Correction(event.due)))
        case AppealCorrected():
            return appeals.at(replace(appeal, correction=None))
        case AppealCorrectionLapsed():
            return appeals.at(replace(appeal, correction=Correction(event.due, lapsed=True)))
        case AppealWithdrawn():
            return appeals.at(replace(appeal, withdrawn=True, stay_sought=False))
