"""存続の状態: What stands of a designation by the ordinance, and what is still to be done."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.designation.tenure.conditions import Conditions
from domain.periods import Deadline

Number = Annotated[int, Field(ge=1)]
Noticed = Literal["指定", "指定の取消し", "有効期間の満了", "指定の辞退", "団体の解散"]
"""What the ordinance may have put up by 告示."""


@dataclass(frozen=True)
class Renewal:
    """更新の申請中: Which term it is to follow; `holds` keeps the designation until it is decided."""

    term: int
    arrived: date
    holds: bool


@dataclass(frozen=True)
class NoticeDue:
    """告示の義務: What must be put up since when, under which provision."""

    of: Noticed
    since: date
    provision: str


@dataclass(frozen=True)
class Tenure:
    """指定の存続: `term` is the number of the term that runs, `earliest` the first day it can end.

    `expired` once the end of the term was noted.

    `applied` and `renewed` are the days by which a transitional rule tells old cases from new.
    """

    applied: date | None = None
    renewed: date | None = None
    conditions: Conditions = field(default_factory=Conditions)
    term: int = 1
    earliest: date = date.min
    pending: Renewal | None = None
    expired: bool = False
    changes: frozenset[tuple[date, str]] = frozenset()
    notices: tuple[NoticeDue, ...] = ()
    given: tuple[tuple[Noticed, str], ...] = ()

    @property
    def expires(self) -> Deadline | None:
        """The end of the term, None where the designation has none."""
        return self.conditions.expires

    def owing(self, of: Noticed, since: date, provision: str | None) -> "Tenure":
        """With a 告示 to be given, where a provision demands one."""
        if provision is None:
            return self
        return replace(self, notices=(*self.notices, NoticeDue(of, since, provision)))

    def owing_no_more(self, of: Noticed) -> "Tenure":
        """Without the 告示 of what turned out not to have been so."""
        return replace(self, notices=tuple(duty for duty in self.notices if duty.of != of))
