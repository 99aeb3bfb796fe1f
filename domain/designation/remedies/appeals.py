"""審査請求の状況（行審法第2条・第3条）: What is known of every appeal of a case."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.decider import Refused
from domain.designation.remedies.acts import Contested, Delivery
from domain.law import Citation
from domain.periods import Deadline
from domain.procedure import Decision, Entry, not_before, refuse_unless

Outcome = Literal["却下", "棄却", "認容"]
CLOSED = "審査請求は、すでに裁決がされたか、取り下げられています"


@dataclass(frozen=True)
class Correction:
    """補正の求め: What an appeal lacks, by when; `lapsed` once the day was noted as passed."""

    due: Deadline
    lapsed: bool = False


@dataclass(frozen=True)
class Review:
    """審理の状況: Who reviews, and which papers there are."""

    officer: str = ""
    defence_due: Deadline | None = None
    defended: date | None = None
    counter_due: Deadline | None = None
    countered: date | None = None
    opinion: date | None = None
    consulted: date | None = None
    answered: date | None = None
    omitted: bool = False


@dataclass(frozen=True)
class Ruling:
    """裁決: What was decided, and how the paper fares; `annuls` the act as a whole.

    `varied` says how the act is changed, `comply_by` the new last day of an order, if it has one.
    """

    outcome: Outcome
    on: date
    annuls: bool = False
    varied: str | None = None
    comply_by: date | None = None
    delivery: Delivery = field(default_factory=Delivery)


@dataclass(frozen=True)
class Appeal:
    """審査請求: Against `act`, or against the inaction on the application where that is None.

    `since` is the day of the last act about it; `excused` once a late one was found to have
    正当な理由; `stay_sought` while a 申立て for a stay waits for its answer.
    """

    no: int
    act: Contested | None
    since: date
    in_time: bool
    stay_sought: bool = False
    excused: bool = False
    correction: Correction | None = None
    review: Review = field(default_factory=Review)
    ruling: Ruling | None = None
    withdrawn: bool = False

    @property
    def source(self) -> str:
        """The key of the procedure, as the stays of an act name it."""
        return f"appeal-{self.no}"

    @property
    def pending(self) -> bool:
        """Whether a ruling is awaited."""
        return self.ruling is None and not self.withdrawn

    @property
    def over(self) -> bool:
        """Whether nothing more is to come: withdrawn, or the ruling has arrived."""
        return self.withdrawn or bool(self.ruling and self.ruling.delivery.arrived)


@dataclass(frozen=True)
class Appeals:
    """審査請求の全体: Every appeal of the case, in the order of filing."""

    filed: tuple[Appeal, ...] = ()

    def find(self, no: int, cites: Citation) -> Appeal:
        """The appeal number `no`, or a refusal."""
        for appeal in self.filed:
            if appeal.no == no:
                return appeal
        raise Refused(cites, f"審査請求（第{no}号）はありません")

    def at(self, appeal: Appeal) -> "Appeals":
        """The same with one appeal as it is now."""
        return Appeals(tuple(appeal if one.no == appeal.no else one for one in self.filed))

    def on(self, act: int) -> tuple[Appeal, ...]:
        """The appeals against one act."""
        return tuple(one for one in self.filed if one.act and one.act.number == act)


def pending(command: Decision | Entry, appeal: Appeal) -> Appeal:
    """The appeal where a ruling is awaited, on a day after the last act about it."""
    refuse_unless(appeal.pending, command.cites, CLOSED)
    not_before(command, appeal.since, "審査請求に関する前の行為")
    return appeal
