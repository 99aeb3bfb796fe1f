"""支援の段階（法第260条の49第3項）: What is under way, and what is awaited back."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain.decider import Refused, UnreadableFact
from domain.law import ART_260_49
from domain.procedure import Entry

PARA_3 = ART_260_49.para(3)
Form = Literal["補助金", "情報の提供", "助言", "職員の派遣", "その他"]
Mark = tuple[date, str, int, str | None]
"""What tells one giving or return from another: day, content, amount and 文書番号."""


def mark_of(command: Entry, content: str, amount: int) -> Mark:
    """What tells this giving or return from another."""
    return command.on, content, amount, command.document


@dataclass(frozen=True)
class Measure:
    """支援中: Planned on `since`, as last decided on `decided`; `given` so far, last on `latest`.

    `said` is the content as first planned, which tells one plan from another.
    """

    no: int
    form: Form
    since: date
    decided: date
    latest: date
    said: str
    content: str
    limit: int | None
    until: date | None
    given: int = 0
    givings: frozenset[Mark] = frozenset()

    @property
    def is_grant(self) -> bool:
        """Whether it is a 補助金 (法第232条の2)."""
        return self.form == "補助金"


@dataclass(frozen=True)
class Returning:
    """返還待ち: What is `left` to be returned of a grant that was closed on `since`."""

    no: int
    since: date
    latest: date
    left: int
    returns: frozenset[Mark] = frozenset()


@dataclass(frozen=True)
class Supports:
    """支援の全体: How many were planned, those under way, and the returns that are awaited."""

    made: int = 0
    under_way: tuple[Measure, ...] = ()
    returning: tuple[Returning, ...] = ()
    idle_since: date | None = None

    def find(self, no: int) -> Measure:
        """The measure number `no` that is under way, or a refusal."""
        if measure := self._under_way(no):
            return measure
        raise Refused(PARA_3, f"支援（第{no}号）は計画されていないか、すでに終わっています")

    def get(self, no: int) -> Measure:
        """The measure number `no` that a fact is about."""
        if measure := self._under_way(no):
            return measure
        raise UnreadableFact(f"support {no} is not under way")

    def _under_way(self, no: int) -> Measure | None:
        return next((one for one in self.under_way if one.no == no), None)

    def to_return(self, no: int) -> Returning:
        """The awaited return of grant number `no`, or a refusal."""
        if returning := self._returning(no):
            return returning
        raise Refused(PARA_3, f"支援（第{no}号）に、返還を待っている補助金はありません")

    def returning_of(self, no: int) -> Returning:
        """The awaited return that a fact is about."""
        if returning := self._returning(no):
            return returning
        raise UnreadableFact(f"no return of support {no} is awaited")

    def _returning(self, no: int) -> Returning | None:
        return next((one for one in self.returning if one.no == no), None)

    def awaiting(self, no: int, returning: Returning | None) -> "Supports":
        """The same with this state of an awaited return, or with none."""
        others = (one for one in self.returning if one.no != no)
        return replace(self, returning=(*others, *([returning] if returning else [])))

    def having(self, measure: Measure) -> "Supports":
        """The same with this state of a measure."""
        others = (one for one in self.under_way if one.no != measure.no)
        under_way = tuple(sorted((*others, measure), key=lambda one: one.no))
        return replace(self, made=max(self.made, measure.no), under_way=under_way)
