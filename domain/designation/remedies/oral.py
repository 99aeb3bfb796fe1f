"""口頭意見陳述（行審法第31条）: The body asks to state its opinion by word of mouth, and does.

    申立て → 期日と場所の指定 → 陳述
           → 機会を与えない（困難であると認められる場合）

While it was asked for and has neither been held nor declined, there is no 審理員意見書.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.acts import Event, Finding
from domain.decider import Refused
from domain.designation.remedies.acts import Number
from domain.designation.remedies.appeals import Appeal, Oral, pending
from domain.designation.remedies.review import reviews
from domain.law import ARA_31, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.periods import Deadline, fixed
from domain.procedure import Entry, by_the_body, refuse_unless, stated
from domain.text import Line, Personal, Text

PARA_1, PARA_2, PARA_3 = ARA_31.para(1), ARA_31.para(2), ARA_31.para(3)
Convened = Annotated[tuple[Line, ...], Field(min_length=1)]
"""審理関係人: All of them are called together (第2項)."""


# --- 事実 -------------------------------------------------------------------------------------


class OralStatementSought(Event):
    """口頭意見陳述の申立て（行審法第31条第1項）: About what, and with which 補佐人 (第3項)."""

    title: ClassVar[str] = "口頭意見陳述の申立て"
    kind: Literal["OralStatementSought"] = "OralStatementSought"
    basis: Citation = PARA_1
    appeal: Number
    about: Text | None
    assistants: tuple[Personal, ...]


class OralStatementArranged(Event):
    """口頭意見陳述の期日の指定（行審法第31条第2項）: Day and place, and who is called together."""

    title: ClassVar[str] = "口頭意見陳述の期日の指定"
    kind: Literal["OralStatementArranged"] = "OralStatementArranged"
    basis: Citation = PARA_2
    appeal: Number
    day: Deadline
    place: Line
    convened: Convened
    assistants_allowed: bool


class OralStatementDenied(Event):
    """口頭意見陳述の機会を与えない決定（行審法第31条第1項）: As giving it is found to be difficult."""

    title: ClassVar[str] = "口頭意見陳述の機会を与えない決定"
    kind: Literal["OralStatementDenied"] = "OralStatementDenied"
    basis: Citation = PARA_1
    appeal: Number
    finding: Finding


class OralStatementHeld(Event):
    """口頭意見陳述（行審法第31条第2項）: Who was there, what was said, what the office was asked (第5項).

    `attended` is false where the body did not come to the day that was named.
    """

    title: ClassVar[str] = "口頭意見陳述"
    kind: Literal["OralStatementHeld"] = "OralStatementHeld"
    basis: Citation = PARA_2
    appeal: Number
    attended: bool
    present: tuple[Personal, ...]
    statements: Text
    questions: Text | None
    limited_because: Text | None
    record: Line


OralEvent = OralStatementSought | OralStatementArranged | OralStatementDenied | OralStatementHeld


# --- 命令書 -----------------------------------------------------------------------------------


class SeekOralStatement(Entry):
    """口頭意見陳述を申し立てる（行審法第31条第1項）: By the body, until the 審理員意見書."""

    title: ClassVar[str] = "口頭意見陳述を申し立てる"
    cites: ClassVar[Citation] = ARA_31
    done_by: ClassVar[Role] = "body"
    kind: Literal["SeekOralStatement"] = "SeekOralStatement"
    appeal: Number
    about: Text | None = None
    assistants: tuple[Personal, ...] = ()


class ArrangeOralStatement(Entry):
    """口頭意見陳述の期日を指定する（行審法第31条第2項）: By the 審理員; again, to change the day."""

    title: ClassVar[str] = "口頭意見陳述の期日を指定する"
    cites: ClassVar[Citation] = ARA_31
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ArrangeOralStatement"] = "ArrangeOralStatement"
    appeal: Number
    held_on: date
    place: Line
    convened: Convened
    assistants_allowed: bool = False


class DenyOralStatement(Entry):
    """口頭意見陳述の機会を与えない（行審法第31条第1項）: By the 審理員, who finds it difficult."""

    title: ClassVar[str] = "口頭意見陳述の機会を与えない"
    cites: ClassVar[Citation] = ARA_31
    done_by: ClassVar[Role] = "officer"
    kind: Literal["DenyOralStatement"] = "DenyOralStatement"
    appeal: Number
    finding: Finding


class HoldOralStatement(Entry):
    """口頭意見陳述をさせる（行審法第31条第2項）: By the 審理員, on the day that was named.

    `limited_because` says why the statement was cut short (第4項).
    """

    title: ClassVar[str] = "口頭意見陳述をさせる"
    cites: ClassVar[Citation] = ARA_31
    done_by: ClassVar[Role] = "officer"
    kind: Literal["HoldOralStatement"] = "HoldOralStatement"
    appeal: Number
    attended: bool = True
    present: tuple[Personal, ...] = ()
    statements: Text
    questions: Text | None = None
    limited_because: Text | None = None
    record: Line


OralCommand = SeekOralStatement | ArrangeOralStatement | DenyOralStatement | HoldOralStatement


# --- 決定 -------------------------------------------------------------------------------------


def decide(command: OralCommand, appeal: Appeal, body: str, rules: Rules) -> Sequence[OralEvent]:
    """The facts a command about an oral statement brings about."""
    pending(command, appeal)
    refuse_unless(
        appeal.review.opinion is None,
        ARA_31,
        "審理員意見書が提出されており、口頭意見陳述の機会はもうありません",
    )
    if isinstance(command, SeekOralStatement):
        by_the_body(command, body)
        return _sought(command, appeal.review.oral, rules)
    reviews(command, appeal)
    asked = _asked(appeal)
    match command:
        case ArrangeOralStatement():
            return _arranged(command, appeal, asked, rules)
        case DenyOralStatement():
            return [stated(OralStatementDenied, command, rules)]
        case HoldOralStatement():
            return [_held(command, asked, rules)]


def _sought(
    command: SeekOralStatement, oral: Oral | None, rules: Rules
) -> list[OralStatementSought]:
    if oral and oral.open:
        return []
    refuse_unless(
        oral is None or not oral.held, PARA_1, "口頭意見陳述の機会は、すでに与えられています"
    )
    return [stated(OralStatementSought, command, rules)]


def _asked(appeal: Appeal) -> Oral:
    oral = appeal.review.oral
    if oral is None or not oral.open:
        raise Refused(PARA_1, "口頭意見陳述の申立てがないか、すでに終わっています")
    return oral


def _arranged(
    command: ArrangeOralStatement, appeal: Appeal, asked: Oral, rules: Rules
) -> list[OralStatementArranged]:
    refuse_unless(
        command.held_on > command.on,
        PARA_2,
        f"口頭意見陳述の期日 {command.held_on} は、指定の日（{command.on}）より後の日とします",
    )
    refuse_unless(
        asked.assistants or not command.assistants_allowed,
        PARA_3,
        "補佐人とともに出頭することの申出がありません",
    )
    if asked.day and asked.day.day == command.held_on:
        return []
    day = fixed(
        key=f"oral-{appeal.no}",
        title=f"口頭意見陳述の期日（審査請求第{appeal.no}号）",
        basis=PARA_2,
        origin=command.on,
        origin_title=OralStatementArranged.title,
        day=command.held_on,
    )
    return [stated(OralStatementArranged, command, rules, day=day)]


def _held(command: HoldOralStatement, asked: Oral, rules: Rules) -> OralStatementHeld:
    refuse_unless(
        asked.day is not None and asked.day.day == command.on,
        PARA_2,
        f"指定した期日は {asked.day.day} です" if asked.day else "期日が指定されていません",
        "「口頭意見陳述の期日を指定する」で指定した日に行ってください",
    )
    return stated(OralStatementHeld, command, rules)


# --- 経過 -------------------------------------------------------------------------------------


def evolve(appeal: Appeal, event: OralEvent) -> Appeal:
    """The appeal after a fact about its oral statement."""
    match event:
        case OralStatementSought():
            oral = Oral(event.on, assistants=bool(event.assistants))
        case OralStatementArranged():
            oral = replace(_known(appeal), day=event.day)
        case OralStatementDenied():
            oral = replace(_known(appeal), open=False)
        case OralStatementHeld():
            oral = replace(_known(appeal), open=False, held=True)
    review = replace(appeal.review, oral=oral)
    return replace(appeal, review=review, since=max(appeal.since, event.on))


def _known(appeal: Appeal) -> Oral:
    return appeal.review.oral or Oral(appeal.since)
