"""存続の状態: What stands of a designation by the ordinance, and what is still to be done."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.designation.tenure.conditions import Conditions
from domain.law import Citation
from domain.periods import Deadline

Number = Annotated[int, Field(ge=1)]
Noticed = Literal["指定", "指定の取消し", "有効期間の満了", "指定の辞退", "団体の解散"]
"""What the ordinance may have put up by 告示."""


@dataclass(frozen=True)
class Renewal:
    """更新の申請中: Which term it is to follow; `holds` keeps the designation until it is decided.

    `bound` is the day since which, by `bound_by`, it must be decided anew.
    """

    term: int
    arrived: date
    holds: bool
    bound: date | None = None
    bound_by: Citation | None = None


@dataclass(frozen=True)
class Refusal:
    """更新の拒否: Of which application, on what day; `stayed` while its effect is suspended."""

    on: date
    of: Renewal
    stayed: bool = False


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
    refusals: tuple[Refusal, ...] = ()
    expired: bool = False
    changes: frozenset[tuple[date, str]] = frozenset()
    notices: tuple[NoticeDue, ...] = ()
    given: tuple[tuple[Noticed, str], ...] = ()

    @property
    def expires(self) -> Deadline | None:
        """The end of the term, None where the designation has none."""
        return self.conditions.expires

    @property
    def held(self) -> bool:
        """Whether a renewal that is undecided, or counts as such, keeps the designation."""
        undecided = [one.of for one in self.refusals if one.stayed]
        return any(one.holds for one in (*undecided, *([self.pending] if self.pending else [])))

    @property
    def overdue(self) -> Renewal | None:
        """The renewal that must be decided anew although the term has ended."""
        bound = self.expired and self.pending is not None and self.pending.bound is not None
        return self.pending if bound else None

    def with_refusal(self, refusal: Refusal) -> "Tenure":
        """With one refusal as it is now."""
        refusals = tuple(refusal if one.on == refusal.on else one for one in self.refusals)
        return replace(self, refusals=refusals)

    def not_expired(self) -> "Tenure":
        """Where the term turns out not to have ended."""
        if not self.expired:
            return self
        return replace(self, expired=False).owing_no_more("有効期間の満了")

    def owing(self, of: Noticed, since: date, provision: str | None) -> "Tenure":
        """With a 告示 to be given, where a provision demands one."""
        if provision is None:
            return self
        return replace(self, notices=(*self.notices, NoticeDue(of, since, provision)))

    def owing_no_more(self, of: Noticed) -> "Tenure":
        """Without the 告示 of what turned out not to have been so."""
        return replace(self, notices=tuple(duty for duty in self.notices if duty.of != of))
