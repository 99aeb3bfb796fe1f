"""報告の求め（法第260条の49第10項）.

    報告の求め → 報告 / 終了

A request needs no 弁明 (行手法第3条第1項第14号) and has no sanction of its own: when the day
passes, that is noted, and whatever follows is a person's decision under another paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.acts import Event, Finding
from domain.decider import Refused
from domain.law import ART_260_49, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline, fixed, reckon
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

PARA_10 = ART_260_49.para(10)
Number = Annotated[int, Field(ge=1)]


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReportRequest:
    """報告待ち: One request that has not been answered; `overdue` once the day was noted."""

    no: int
    due: Deadline
    matters: str
    overdue: bool = False


@dataclass(frozen=True)
class Reports:
    """報告の求めの全体: How many were made, and those still open."""

    made: int = 0
    awaited: tuple[ReportRequest, ...] = ()

    def find(self, no: int) -> ReportRequest:
        """The open request number `no`, or a refusal."""
        for request in self.awaited:
            if request.no == no:
                return request
        raise Refused(PARA_10, f"報告の求め（第{no}回）は出ていないか、すでに終わっています")


# --- 事実 -------------------------------------------------------------------------------------


class ReportRequested(Event):
    """報告の求め（法第260条の49第10項）: The mayor asks how the activities stand, by a day."""

    title: ClassVar[str] = "報告の求め"
    kind: Literal["ReportRequested"] = "ReportRequested"
    basis: Citation = PARA_10
    drafted_by: Actor
    report: Number
    matters: Text
    need: Finding
    due: Deadline


class ReportReceived(Event):
    """報告（法第260条の49第10項）: The body's report reaches the office."""

    title: ClassVar[str] = "報告"
    kind: Literal["ReportReceived"] = "ReportReceived"
    basis: Citation = PARA_10
    report: Number
    content: Text
    attachments: tuple[Line, ...]
    in_time: bool


class ReportOverdue(Event):
    """報告期限の経過（法第260条の49第10項）: Noted; nothing follows by itself."""

    title: ClassVar[str] = "報告期限の経過"
    kind: Literal["ReportOverdue"] = "ReportOverdue"
    basis: Citation = PARA_10
    report: Number
    due: Deadline


class ReportRequestClosed(Event):
    """報告の求めの終了（法第260条の49第10項）: Closed without a report, for stated reasons."""

    title: ClassVar[str] = "報告の求めの終了"
    kind: Literal["ReportRequestClosed"] = "ReportRequestClosed"
    basis: Citation = PARA_10
    report: Number
    finding: Finding


ReportingEvent = ReportRequested | ReportReceived | ReportOverdue | ReportRequestClosed


# --- 命令書 -----------------------------------------------------------------------------------


class RequestReport(Decision):
    """報告を求める（法第260条の49第10項）: By `by_day`, or by the ordinance's period."""

    title: ClassVar[str] = "報告を求める"
    cites: ClassVar[Citation] = PARA_10
    kind: Literal["RequestReport"] = "RequestReport"
    matters: Text
    need: Finding
    by_day: date | None = None


class SubmitReport(Entry):
    """報告する（法第260条の49第10項）: `on` is the day of arrival."""

    title: ClassVar[str] = "報告する"
    cites: ClassVar[Citation] = PARA_10
    done_by: ClassVar[Role] = "body"
    kind: Literal["SubmitReport"] = "SubmitReport"
    report: Number
    content: Text
    attachments: tuple[Line, ...] = ()


class NoteReportOverdue(Entry):
    """報告期限の経過を記録する（法第260条の49第10項）."""

    title: ClassVar[str] = "報告期限の経過を記録する"
    cites: ClassVar[Citation] = PARA_10
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteReportOverdue"] = "NoteReportOverdue"
    report: Number


class CloseReportRequest(Entry):
    """報告の求めを終える（法第260条の49第10項）: No report is awaited any longer."""

    title: ClassVar[str] = "報告の求めを終える"
    cites: ClassVar[Citation] = PARA_10
    done_by: ClassVar[Role] = "officer"
    kind: Literal["CloseReportRequest"] = "CloseReportRequest"
    report: Number
    finding: Finding


ReportingCommand = RequestReport | SubmitReport | NoteReportOverdue | CloseReportRequest


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: ReportingCommand, reports: Reports, body: str, rules: Rules
) -> Sequence[ReportingEvent]:
    """The facts that a command about reports brings about, for the designated body `body`."""
    match command:
        case RequestReport():
            return _requested(command, reports, rules)
        case SubmitReport():
            return [_received(command, reports.find(command.report), body, rules)]
        case NoteReportOverdue():
            return _overdue(command, reports, rules)
        case CloseReportRequest():
            request = reports.find(command.report)
            not_before(command, request.due.origin, "報告の求め")
            return [stated(ReportRequestClosed, command, rules)]


def _requested(command: RequestReport, reports: Reports, rules: Rules) -> list[ReportRequested]:
    asked = {(request.due.origin, request.matters) for request in reports.awaited}
    if (command.on, command.matters) in asked:
        return []
    due = _report_due(command, reports.made + 1, rules)
    return [stated(ReportRequested, command, rules, report=reports.made + 1, due=due)]


def _report_due(command: RequestReport, no: int, rules: Rules) -> Deadline:
    key, title = f"report-{no}", f"報告（第{no}回）の期限"
    origin, origin_title = command.on, ReportRequested.title
    if command.by_day is None:
        return reckon(
            key=key,
            title=title,
            basis=PARA_10,
            origin=origin,
            origin_title=origin_title,
            period=rules.ordinance.report_period.on(command.on).value,
            calendar=rules.calendar,
        )
    refuse_unless(
        command.by_day > command.on,
        PARA_10,
        f"報告の期限 {command.by_day} は、求めの日（{command.on}）より後の日とします",
    )
    return fixed(
        key=key,
        title=title,
        basis=PARA_10,
        origin=origin,
        origin_title=origin_title,
        day=command.by_day,
    )


def _received(
    command: SubmitReport, request: ReportRequest, body: str, rules: Rules
) -> ReportReceived:
    by_the_body(command, body)
    not_before(command, request.due.origin, "報告の求め")
    return stated(ReportReceived, command, rules, in_time=not has_passed(request.due, command.on))


def _overdue(command: NoteReportOverdue, reports: Reports, rules: Rules) -> list[ReportOverdue]:
    return [
        stated(ReportOverdue, command, rules, due=request.due)
        for request in reports.awaited
        if request.no == command.report
        and not request.overdue
        and has_passed(request.due, command.on)
    ]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(reports: Reports, event: ReportingEvent) -> Reports:
    """The requests after a fact about one of them."""
    others = tuple(request for request in reports.awaited if request.no != event.report)
    match event:
        case ReportRequested():
            asked = ReportRequest(event.report, event.due, event.matters)
            return Reports(event.report, (*others, asked))
        case ReportOverdue():
            late = tuple(
                replace(request, overdue=True)
                for request in reports.awaited
                if request.no == event.report
            )
            return replace(reports, awaited=(*others, *late))
        case ReportReceived() | ReportRequestClosed():
            return replace(reports, awaited=others)
