"""不作為についての審査請求（行審法第3条・第49条）: The application is left without an answer.

The overrun of 標準処理期間 is no decision and opens nothing by itself; the body may say that
相当の期間 has passed, and whether it has is found in the ruling (第49条第1項–第3項).
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event
from domain.decider import Refused
from domain.designation.examination import (
    DesignationGranted,
    DesignationRefused,
    StandardPeriodPassed,
)
from domain.designation.intake import ApplicationArrived, ApplicationRefused, ApplicationWithdrawn
from domain.designation.remedies.acts import Number
from domain.designation.remedies.appeals import Appeal, Appeals
from domain.designation.remedies.effects import REFUSALS
from domain.designation.remedies.ruling import ActAnnulled, InactionDeclared
from domain.law import ARA_3, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.procedure import Entry, by_the_body, not_before, stated
from domain.text import Line, Text


@dataclass(frozen=True)
class Answering:
    """申請への応答: An application without an answer since it arrived.

    `overrun` once its 標準処理期間 has passed; `bound` is the day since which a ruling or a judgment
    obliges the mayor to answer it.
    """

    arrived: date | None = None
    pending: bool = False
    overrun: bool = False
    bound: date | None = None

    def after(self, event: Event) -> "Answering":
        """The same after any act of the case."""
        match event:
            case ApplicationArrived():
                return Answering(event.on, pending=True)
            case (
                DesignationGranted()
                | DesignationRefused()
                | ApplicationRefused()
                | ApplicationWithdrawn()
            ):
                return replace(self, pending=False, bound=None)
            case StandardPeriodPassed():
                return replace(self, overrun=True)
            case ActAnnulled() if event.act.kind in REFUSALS:
                return replace(self, pending=True, bound=event.on)
            case _:  # no other act answers an application
                return self


class InactionAppealFiled(Event):
    """不作為についての審査請求（行審法第3条）: The body contests that nothing was decided."""

    title: ClassVar[str] = "不作為についての審査請求"
    kind: Literal["InactionAppealFiled"] = "InactionAppealFiled"
    basis: Citation = ARA_3
    appeal: Number
    applied: date
    grounds: Text
    attachments: tuple[Line, ...]


class FileInactionAppeal(Entry):
    """不作為について審査請求をする（行審法第3条）: `on` is the day of arrival."""

    title: ClassVar[str] = "不作為について審査請求をする"
    cites: ClassVar[Citation] = ARA_3
    done_by: ClassVar[Role] = "body"
    kind: Literal["FileInactionAppeal"] = "FileInactionAppeal"
    grounds: Text
    attachments: tuple[Line, ...] = ()


def file(
    command: FileInactionAppeal, answering: Answering, appeals: Appeals, body: str, rules: Rules
) -> list[InactionAppealFiled]:
    """不作為についての審査請求（行審法第3条）: By the applicant, while there is no answer."""
    by_the_body(command, body)
    if answering.arrived is None or not answering.pending:
        raise Refused(ARA_3, "決定を待っている申請がありません")
    not_before(command, answering.arrived, "申請の到達")
    if any(one.pending and one.act is None for one in appeals.filed):
        return []
    no = len(appeals.filed) + 1
    return [stated(InactionAppealFiled, command, rules, appeal=no, applied=answering.arrived)]


def evolve(appeals: Appeals, event: InactionAppealFiled) -> Appeals:
    """The appeals after one against inaction; it has no window (行審法第18条 knows none)."""
    return Appeals((*appeals.filed, Appeal(event.appeal, None, event.on, in_time=True)))


def bound(answering: Answering, event: InactionDeclared) -> Answering:
    """The duty to answer that a declaration brings about."""
    return replace(answering, bound=event.on)
