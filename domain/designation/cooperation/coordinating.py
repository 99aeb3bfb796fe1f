"""調整の段階と行為（法第260条の49第5項）: What is asked, found and done; `coordination.py` decides.

求め → 取下げ
↓
必要の認定 → 措置 … → 終了
または 必要を認めない決定      または 必要の消滅
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, TypeVar

from domain.acts import Event, Finding
from domain.decider import Refused, UnreadableFact
from domain.designation.cooperation.terms import Count, Items, Number
from domain.law import ART_260_49, Citation
from domain.people import Actor, Role
from domain.procedure import Decision, Entry
from domain.text import Key, Line, Text

PARA_5 = ART_260_49.para(5)


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """求め: What was asked on a day, about whom; the same again is no other request."""

    on: date
    counterpart: str
    what: str


@dataclass(frozen=True)
class Awaiting:
    """調整の要否の検討中: The mayor has found nothing yet."""

    title: ClassVar[str] = "調整の要否の検討中"
    no: int
    asked: Asked

    @property
    def since(self) -> date:
        """The day of the request."""
        return self.asked.on


@dataclass(frozen=True)
class Coordinating:
    """調整中: Found necessary on `since`; the measures that were taken, each once."""

    title: ClassVar[str] = "調整中"
    no: int
    asked: Asked
    since: date
    measures: tuple[tuple[date, str], ...] = ()

    @property
    def latest(self) -> date:
        """The day of the last act about it."""
        return max([self.since, *(day for day, _ in self.measures)])


Stage = Awaiting | Coordinating
S = TypeVar("S", Awaiting, Coordinating)


@dataclass(frozen=True)
class Coordinations:
    """調整の全体: How many were asked for, and those still open."""

    made: int = 0
    open: tuple[Stage, ...] = ()

    def find(self, no: int) -> Stage:
        """The open coordination number `no`, or a refusal."""
        for stage in self.open:
            if stage.no == no:
                return stage
        raise Refused(PARA_5, f"調整（第{no}号）は求められていないか、すでに終わっています")

    def get(self, no: int, kind: type[S]) -> S:
        """The coordination that a fact is about, at the stage where the fact can follow."""
        for stage in self.open:
            if stage.no == no and isinstance(stage, kind):
                return stage
        raise UnreadableFact(f"coordination {no} is not {kind.title}")

    def at(self, no: int, stage: Stage | None) -> "Coordinations":
        """The same with coordination `no` at a stage, or no longer open."""
        now = {one.no: one for one in self.open if one.no != no}
        if stage:
            now[no] = stage
        return Coordinations(max(self.made, no), tuple(now[key] for key in sorted(now)))


# --- 事実 -------------------------------------------------------------------------------------


class CoordinationRequested(Event):
    """調整の求め（法第260条の49第5項）: The body asks that its work be coordinated with another's."""

    title: ClassVar[str] = "調整の求め"
    kind: Literal["CoordinationRequested"] = "CoordinationRequested"
    basis: Citation = PARA_5
    coordination: Number
    activities: Items
    counterpart: Line
    counterpart_number: Key | None
    counterpart_activities: Text
    relation: Text
    asked: Text
    attachments: tuple[Line, ...]


class CoordinationWithdrawn(Event):
    """調整の求めの取下げ（法第260条の49第5項）: The body no longer asks, before anything was found."""

    title: ClassVar[str] = "調整の求めの取下げ"
    kind: Literal["CoordinationWithdrawn"] = "CoordinationWithdrawn"
    basis: Citation = PARA_5
    coordination: Number
    why: Text | None


class CoordinationFoundNecessary(Event):
    """調整の必要の認定（法第260条の49第5項）: The mayor finds it necessary; measures are now a duty."""

    title: ClassVar[str] = "調整の必要の認定"
    kind: Literal["CoordinationFoundNecessary"] = "CoordinationFoundNecessary"
    basis: Citation = PARA_5
    drafted_by: Actor
    coordination: Number
    necessity: Finding
    notified: date | None


class CoordinationDeclined(Event):
    """調整の必要を認めない決定（法第260条の49第5項）: For stated reasons; `notified` tells the body so."""

    title: ClassVar[str] = "調整の必要を認めない決定"
    kind: Literal["CoordinationDeclined"] = "CoordinationDeclined"
    basis: Citation = PARA_5
    drafted_by: Actor
    coordination: Number
    finding: Finding
    notified: date


class CoordinationMeasureTaken(Event):
    """調整の措置（法第260条の49第5項）: What was done to coordinate, as the `measure`-th of it."""

    title: ClassVar[str] = "調整の措置"
    kind: Literal["CoordinationMeasureTaken"] = "CoordinationMeasureTaken"
    basis: Citation = PARA_5
    coordination: Number
    measure: Number
    content: Text
    evidence: tuple[Line, ...]


class CoordinationNoLongerNecessary(Event):
    """調整の必要の消滅（法第260条の49第5項）: What was found necessary is so no longer; the duty ends.

    `measures_taken` is how many there were until then.
    """

    title: ClassVar[str] = "調整の必要の消滅"
    kind: Literal["CoordinationNoLongerNecessary"] = "CoordinationNoLongerNecessary"
    basis: Citation = PARA_5
    drafted_by: Actor
    coordination: Number
    measures_taken: Count
    finding: Finding
    notified: date


class CoordinationClosed(Event):
    """調整の終了（法第260条の49第5項）: The mayor finds that the necessary measures were taken."""

    title: ClassVar[str] = "調整の終了"
    kind: Literal["CoordinationClosed"] = "CoordinationClosed"
    basis: Citation = PARA_5
    drafted_by: Actor
    coordination: Number
    measures_taken: Number
    finding: Finding
    notified: date | None


CoordinationEvent = (
    CoordinationRequested
    | CoordinationWithdrawn
    | CoordinationFoundNecessary
    | CoordinationDeclined
    | CoordinationMeasureTaken
    | CoordinationNoLongerNecessary
    | CoordinationClosed
)


# --- 命令書 -----------------------------------------------------------------------------------


class RequestCoordination(Entry):
    """調整を求める（法第260条の49第5項）: With whom, about what, and why the activities are closely related.

    `counterpart` is another body that does 地域的な共同活動, by its name and, if it has one, its
    number; `relation` is the 高い関連性 of its activities with the `activities` of this body.
    """

    title: ClassVar[str] = "調整を求める"
    cites: ClassVar[Citation] = PARA_5
    done_by: ClassVar[Role] = "body"
    kind: Literal["RequestCoordination"] = "RequestCoordination"
    activities: Items
    counterpart: Line
    counterpart_number: Key | None = None
    counterpart_activities: Text
    relation: Text
    asked: Text
    attachments: tuple[Line, ...] = ()


class WithdrawCoordination(Entry):
    """調整の求めを取り下げる（法第260条の49第5項）: Before the mayor has found anything."""

    title: ClassVar[str] = "調整の求めを取り下げる"
    cites: ClassVar[Citation] = PARA_5
    done_by: ClassVar[Role] = "body"
    kind: Literal["WithdrawCoordination"] = "WithdrawCoordination"
    coordination: Number
    why: Text | None = None


class FindCoordinationNecessary(Decision):
    """調整の必要を認める（法第260条の49第5項）: From then on measures must be taken."""

    title: ClassVar[str] = "調整の必要を認める"
    cites: ClassVar[Citation] = PARA_5
    kind: Literal["FindCoordinationNecessary"] = "FindCoordinationNecessary"
    coordination: Number
    necessity: Finding
    notified: date | None = None


class DeclineCoordination(Decision):
    """調整の必要を認めない（法第260条の49第5項）: `notified` is the day on which the body is told."""

    title: ClassVar[str] = "調整の必要を認めない"
    cites: ClassVar[Citation] = PARA_5
    kind: Literal["DeclineCoordination"] = "DeclineCoordination"
    coordination: Number
    finding: Finding
    notified: date


class RecordCoordinationMeasure(Entry):
    """調整の措置を記録する（法第260条の49第5項）: `on` is the day on which it was taken."""

    title: ClassVar[str] = "調整の措置を記録する"
    cites: ClassVar[Citation] = PARA_5
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordCoordinationMeasure"] = "RecordCoordinationMeasure"
    coordination: Number
    content: Text
    evidence: tuple[Line, ...] = ()


class FindCoordinationUnnecessary(Decision):
    """調整の必要がなくなったと認める（法第260条の49第5項）: The finding is revised, for stated reasons."""

    title: ClassVar[str] = "調整の必要がなくなったと認める"
    cites: ClassVar[Citation] = PARA_5
    kind: Literal["FindCoordinationUnnecessary"] = "FindCoordinationUnnecessary"
    coordination: Number
    finding: Finding
    notified: date


class CloseCoordination(Decision):
    """調整を終える（法第260条の49第5項）: After at least one measure."""

    title: ClassVar[str] = "調整を終える"
    cites: ClassVar[Citation] = PARA_5
    kind: Literal["CloseCoordination"] = "CloseCoordination"
    coordination: Number
    finding: Finding
    notified: date | None = None


CoordinationCommand = (
    RequestCoordination
    | WithdrawCoordination
    | FindCoordinationNecessary
    | DeclineCoordination
    | RecordCoordinationMeasure
    | FindCoordinationUnnecessary
    | CloseCoordination
)
