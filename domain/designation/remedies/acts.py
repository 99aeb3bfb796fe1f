"""争うことのできる処分（行審法第2条、行訴法第8条）: Every adverse act of a case, by number.

Whatever act of the case carries a 教示 is one: a refusal, an order, the extension of its
deadline, a revocation. They are numbered in the order in which they were done.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from domain.acts import Event
from domain.decider import Refused
from domain.designation import (
    correction,
    examination,
    explanation,
    hearing,
    improvement,
    intake,
    revocation,
)
from domain.law import Citation
from domain.people import Actor
from domain.periods import Deadline
from domain.text import Key, Line

Number = Annotated[int, Field(ge=1)]
_APPLICATION = (intake.IntakeEvent, correction.CorrectionEvent, examination.ExaminationEvent)
_IMPROVEMENT = (explanation.ExplanationEvent, improvement.ImprovementEvent)
_REVOCATION = (hearing.HearingEvent, revocation.RevocationEvent)


class Contested(BaseModel):
    """争われる処分: The number of an adverse act in its case, what it is, and its day.

    `improvement` is the number of the improvement procedure where it is an order or its extension.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Number
    kind: Key
    name: Line
    on: date
    improvement: Number | None = None

    def __str__(self) -> str:
        """「指定の取消し（2026-10-20）」."""
        return f"{self.name}（{self.on}）"


@dataclass(frozen=True)
class Delivery:
    """送達の状況: How a paper is on its way; `since` is the day of the last act about it.

    `arrived` is the day it reached the addressee; `published` the ledger of the day on which a
    publication lets it count as received.
    """

    sent: int = 0
    since: date | None = None
    returned: bool = False
    published: Deadline | None = None
    arrived: date | None = None


@dataclass(frozen=True)
class Adverse:
    """処分の救済の状況: An adverse act with its service, its windows, and what became of it.

    `due` is the deadline it sets, if it sets one; `involved` are the people who took part in it; `ruled` is the day of the 裁決 on it, and
    `ruling_arrived` the day that arrived; `stays` are the procedures (審査請求 or 取消訴訟) in
    which it stands suspended.
    """

    act: Contested
    involved: frozenset[str]
    due: Deadline | None = None
    delivery: Delivery = field(default_factory=Delivery)
    ruled: date | None = None
    ruling_arrived: date | None = None
    appeal_over: bool = False
    suit_over: bool = False
    stays: frozenset[str] = frozenset()
    annulled: bool = False


@dataclass(frozen=True)
class Acts:
    """処分の全体: The adverse acts, and who took part in each procedure that may lead to one."""

    done: tuple[Adverse, ...] = ()
    parties: tuple[tuple[str, frozenset[str]], ...] = ()

    def find(self, number: int, cites: Citation) -> Adverse:
        """The adverse act number `number`, or a refusal."""
        for adverse in self.done:
            if adverse.act.number == number:
                return adverse
        raise Refused(
            cites,
            f"第{number}号の処分はありません",
            "act には、この事案の処分（拒否・命令・取消し）を、された順の番号で記してください",
        )

    def at(self, adverse: Adverse) -> "Acts":
        """The same with one act as it is now."""
        number = adverse.act.number
        done = tuple(adverse if one.act.number == number else one for one in self.done)
        return replace(self, done=done)

    def after(self, event: Event) -> "Acts":
        """The same after any act of the case."""
        procedure, people = _procedure(event), _people(event)
        known = dict(self.parties)
        so_far = known.get(procedure, frozenset()) | people
        parties = tuple({**known, procedure: so_far}.items()) if procedure else self.parties
        if "remedy_notice" not in type(event).model_fields:
            return replace(self, parties=parties)
        due: Deadline | None = getattr(event, "due", None)
        adverse = Adverse(_contested(len(self.done) + 1, event), so_far, due)
        return Acts((*self.done, adverse), parties)


def _contested(number: int, event: Event) -> Contested:
    improvement: int | None = getattr(event, "improvement", None)
    return Contested(
        number=number, kind=event.tag, name=event.title, on=event.on, improvement=improvement
    )


def _procedure(event: Event) -> str:
    """The procedure an act belongs to; empty where it leads to no adverse act."""
    if isinstance(event, _APPLICATION):
        return "application"
    if isinstance(event, _IMPROVEMENT):
        return f"improvement-{getattr(event, 'improvement', 0)}"
    return "revocation" if isinstance(event, _REVOCATION) else ""


def _people(event: Event) -> frozenset[str]:
    """Everybody of the municipality whom an act names."""
    named = [getattr(event, name, None) for name in ("by", "drafted_by", "presider")]
    return frozenset(
        one.person
        for one in named
        if isinstance(one, Actor) and one.role in ("officer", "presider", "mayor")
    )
