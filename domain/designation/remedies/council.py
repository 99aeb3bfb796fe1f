"""諮問と答申（行審法第43条・第79条・第81条）: The council's view, or why none is asked for.

After the 審理員意見書 the mayor consults the council of the municipality, except in the eight
cases of 第43条第1項; a person says which of them it is, and why.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.acts import Event, Finding
from domain.decider import Refused
from domain.designation.remedies.acts import Number
from domain.designation.remedies.appeals import Appeal, pending
from domain.law import ARA_42, ARA_43, ARA_79, ARA_81, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import Decision, Entry, refuse_unless, stated
from domain.text import Line, Text

Exemption = Annotated[int, Field(ge=1, le=8)]
"""行審法第43条第1項各号: Why no council is consulted."""


# --- 事実 -------------------------------------------------------------------------------------


class CouncilConsulted(Event):
    """行政不服審査会への諮問（行審法第43条第1項）: With the 審理員意見書 and the record."""

    title: ClassVar[str] = "行政不服審査会への諮問"
    kind: Literal["CouncilConsulted"] = "CouncilConsulted"
    basis: Citation = ARA_43.para(1)
    drafted_by: Actor
    appeal: Number
    council: Line
    matters: Text


class ConsultationOmitted(Event):
    """諮問を要しない決定（行審法第43条第1項）: Under one of the items of the paragraph."""

    title: ClassVar[str] = "諮問を要しない決定"
    kind: Literal["ConsultationOmitted"] = "ConsultationOmitted"
    basis: Citation = ARA_43.para(1)
    drafted_by: Actor
    appeal: Number
    item: Exemption
    finding: Finding


class AppealCouncilAnswered(Event):
    """答申（行審法第79条）: The view of the council has arrived."""

    title: ClassVar[str] = "答申"
    kind: Literal["AppealCouncilAnswered"] = "AppealCouncilAnswered"
    basis: Citation = ARA_79
    appeal: Number
    paper: Line
    answer: Text


CouncilEvent = CouncilConsulted | ConsultationOmitted | AppealCouncilAnswered


# --- 命令書 -----------------------------------------------------------------------------------


class ConsultCouncil(Decision):
    """行政不服審査会に諮問する（行審法第43条第1項）."""

    title: ClassVar[str] = "行政不服審査会に諮問する"
    cites: ClassVar[Citation] = ARA_43
    kind: Literal["ConsultCouncil"] = "ConsultCouncil"
    appeal: Number
    matters: Text


class OmitConsultation(Decision):
    """諮問を要しないこととする（行審法第43条第1項各号）: `item` is the item that applies."""

    title: ClassVar[str] = "諮問を要しないこととする"
    cites: ClassVar[Citation] = ARA_43
    kind: Literal["OmitConsultation"] = "OmitConsultation"
    appeal: Number
    item: Exemption
    finding: Finding


class RecordAnswer(Entry):
    """答申を記録する（行審法第79条）: `on` is the day it arrived."""

    title: ClassVar[str] = "答申を記録する"
    cites: ClassVar[Citation] = ARA_79
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordAnswer"] = "RecordAnswer"
    appeal: Number
    paper: Line
    answer: Text


CouncilCommand = ConsultCouncil | OmitConsultation | RecordAnswer


# --- 決定 -------------------------------------------------------------------------------------


def decide(command: CouncilCommand, appeal: Appeal, rules: Rules) -> Sequence[CouncilEvent]:
    """The facts a command about the consultation brings about."""
    pending(command, appeal)
    match command:
        case ConsultCouncil():
            _undecided(appeal)
            return [stated(CouncilConsulted, command, rules, council=_council(command, rules))]
        case OmitConsultation():
            _undecided(appeal)
            return [stated(ConsultationOmitted, command, rules)]
        case RecordAnswer():
            _asked(appeal)
            return [stated(AppealCouncilAnswered, command, rules)]


def _undecided(appeal: Appeal) -> None:
    review = appeal.review
    refuse_unless(
        review.opinion is not None,
        ARA_42.para(2),
        "審理員意見書がまだ提出されていません",
        "審理員意見書を受けてから諮問してください",
    )
    refuse_unless(
        review.consulted is None and not review.omitted,
        ARA_43.para(1),
        "諮問をするかどうかは、すでに決まっています",
    )


def _council(command: ConsultCouncil, rules: Rules) -> str:
    council = rules.ordinance.appeal_council.on(command.on).value
    if council is None:
        raise Refused(
            ARA_81.para(1),
            f"{rules.ordinance.name}には、諮問をする機関の定めがありません",
            "条例プロファイルの appeal_council に、条例で置く機関の名を記してください",
        )
    return council


def _asked(appeal: Appeal) -> None:
    review = appeal.review
    refuse_unless(review.consulted is not None, ARA_79, "諮問をしていません")
    refuse_unless(review.answered is None, ARA_79, "答申はすでに記録されています")


def settled(appeal: Appeal) -> None:
    """諮問の要否（行審法第43条）: The council has answered, or need not be asked."""
    refuse_unless(
        appeal.review.answered is not None or appeal.review.omitted,
        ARA_43.para(1),
        "答申を得ていないため、裁決ができません",
        "諮問して答申を待つか、諮問を要しない理由を記録してください",
    )


# --- 経過 -------------------------------------------------------------------------------------


def evolve(appeal: Appeal, event: CouncilEvent) -> Appeal:
    """The appeal after a fact about the consultation."""
    review = appeal.review
    match event:
        case CouncilConsulted():
            review = replace(review, consulted=event.on)
        case ConsultationOmitted():
            review = replace(review, omitted=True)
        case AppealCouncilAnswered():
            review = replace(review, answered=event.on)
    return replace(appeal, review=review, since=max(appeal.since, event.on))
