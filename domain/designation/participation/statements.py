"""陳述書（行手法第21条第1項）: A statement in writing in place of appearing at a session.

It is for the presider, until the day of the session. A hearing is not closed for the absence of a
body that sent one in (行手法第23条第1項).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event
from domain.designation.participation.interested import Interested
from domain.designation.participation.proceedings import Heard, Number, Proceedings, running
from domain.designation.parts import Circumstances
from domain.law import APA_21, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.procedure import Entry, by_the_body, not_before, refuse_unless, stated
from domain.text import Line, Text

PARA_1 = APA_21.para(1)


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """提出された陳述書: For a session, by the body or a participant."""

    session: int
    participation: int | None
    statement: str


@dataclass(frozen=True)
class Statements:
    """陳述書の全体: Those of this hearing."""

    filed: tuple[Said, ...] = ()


# --- 事実 -------------------------------------------------------------------------------------


class WrittenStatementSubmitted(Event):
    """陳述書の提出（行手法第21条第1項）: For the session on `held_on`, with evidence.

    By the body, or by the participant number `participation`.
    """

    title: ClassVar[str] = "陳述書の提出"
    kind: Literal["WrittenStatementSubmitted"] = "WrittenStatementSubmitted"
    basis: Citation = PARA_1
    hearing: Number
    session: Number
    held_on: date
    participation: Number | None
    statement: Text
    evidence: tuple[Line, ...]


StatementEvent = WrittenStatementSubmitted


# --- 命令書 -----------------------------------------------------------------------------------


class SubmitWrittenStatement(Entry):
    """陳述書を提出する（行手法第21条第1項）: By the body; `on` is the day of arrival."""

    title: ClassVar[str] = "陳述書を提出する"
    cites: ClassVar[Citation] = APA_21
    done_by: ClassVar[Role] = "body"
    kind: Literal["SubmitWrittenStatement"] = "SubmitWrittenStatement"
    statement: Text
    evidence: tuple[Line, ...] = ()


class RecordWrittenStatement(Entry):
    """参加人の陳述書を受ける（行手法第21条第1項）: Of one whom the presider lets take part."""

    title: ClassVar[str] = "参加人の陳述書を受ける"
    cites: ClassVar[Citation] = APA_21
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordWrittenStatement"] = "RecordWrittenStatement"
    participation: Number
    statement: Text
    evidence: tuple[Line, ...] = ()


StatementCommand = SubmitWrittenStatement | RecordWrittenStatement


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: StatementCommand,
    statements: Statements,
    proceedings: Proceedings,
    now: Circumstances,
    rules: Rules,
    *,
    people: Interested,
) -> Sequence[StatementEvent]:
    """The facts a statement in writing brings about."""
    hearing = running(command, proceedings, now)
    if isinstance(command, SubmitWrittenStatement):
        by_the_body(command, now.body)
        return _submitted(command, statements, None, hearing, rules)
    participant = people.participant(command.participation, PARA_1)
    not_before(command, participant.since, "関係人の参加")
    return _submitted(command, statements, participant.no, hearing, rules)


def _submitted(
    command: StatementCommand,
    statements: Statements,
    participation: int | None,
    hearing: Heard,
    rules: Rules,
) -> list[WrittenStatementSubmitted]:
    refuse_unless(
        hearing.day is not None and command.on <= hearing.day,
        PARA_1,
        f"陳述書は、聴聞の期日（{hearing.day}）までに提出します"
        if hearing.day
        else "聴聞の期日が残っておらず、出頭に代えて陳述書を提出することができません",
    )
    session = hearing.sessions + 1
    if Said(session, participation, command.statement) in statements.filed:
        return []
    said: dict[str, object] = {"hearing": hearing.no, "session": session, "held_on": hearing.day}
    more: dict[str, object] = {**said, "participation": participation}
    return [stated(WrittenStatementSubmitted, command, rules, **more)]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(statements: Statements, event: StatementEvent) -> Statements:
    """The statements after another one."""
    said = Said(event.session, event.participation, event.statement)
    return Statements((*statements.filed, said))
