"""調整（法第260条の49第5項）: 「…調整を求めることができる。…必要な措置を講じなければならない。」

    求め → 取下げ
     ↓
    必要の認定 → 措置 … → 終了
     または 必要を認めない決定（通知して終わる）

The duty is conditional: whether coordination is needed is the mayor's finding, and once it is
needed, measures are no longer a choice. Neither answer is a disposition, so there is no 教示.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Command, Event, Finding
from domain.decider import Refused, UnreadableFact
from domain.designation.cooperation.terms import Items, Number, of_the_ordinance
from domain.designation.parts import Circumstances, Part, nothing, unmoved, while_designated
from domain.institution import Obligation
from domain.law import ART_260_49, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import Decision, Entry, by_the_body, expect, not_before, refuse_unless, stated
from domain.text import Key, Line, Text

PARA_5 = ART_260_49.para(5)


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Awaiting:
    """調整の要否の検討中: Asked for on `since`; the mayor has found nothing yet."""

    title: ClassVar[str] = "調整の要否の検討中"
    no: int
    since: date
    counterpart: str
    asked: str


@dataclass(frozen=True)
class Coordinating:
    """調整中: Found necessary on `since`; the measures that were taken, each once."""

    title: ClassVar[str] = "調整中"
    no: int
    since: date
    measures: tuple[tuple[date, str], ...] = ()

    @property
    def latest(self) -> date:
        """The day of the last act about it."""
        return max([self.since, *(day for day, _ in self.measures)])


Stage = Awaiting | Coordinating


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
    """調整の措置（法第260条の49第5項）: What was done to coordinate."""

    title: ClassVar[str] = "調整の措置"
    kind: Literal["CoordinationMeasureTaken"] = "CoordinationMeasureTaken"
    basis: Citation = PARA_5
    coordination: Number
    measure: Number
    content: Text
    evidence: tuple[Line, ...]


class CoordinationClosed(Event):
    """調整の終了（法第260条の49第5項）: The mayor finds that the necessary measures were taken."""

    title: ClassVar[str] = "調整の終了"
    kind: Literal["CoordinationClosed"] = "CoordinationClosed"
    basis: Citation = PARA_5
    drafted_by: Actor
    coordination: Number
    measures: Number
    finding: Finding
    notified: date | None


CoordinationEvent = (
    CoordinationRequested
    | CoordinationWithdrawn
    | CoordinationFoundNecessary
    | CoordinationDeclined
    | CoordinationMeasureTaken
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
    | CloseCoordination
)


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: CoordinationCommand, coordinations: Coordinations, now: Circumstances, rules: Rules
) -> Sequence[CoordinationEvent]:
    """The facts that a command about coordination brings about."""
    if isinstance(command, RequestCoordination):
        return _requested(command, coordinations, now, rules)
    stage = coordinations.find(command.coordination)
    match command:
        case WithdrawCoordination():
            by_the_body(command, now.body)
            _undecided(command, stage)
            return [stated(CoordinationWithdrawn, command, rules)]
        case FindCoordinationNecessary():
            while_designated(command, now)
            _undecided(command, stage)
            _told(command, command.notified)
            return [stated(CoordinationFoundNecessary, command, rules)]
        case DeclineCoordination():
            _undecided(command, stage)
            _told(command, command.notified)
            return [stated(CoordinationDeclined, command, rules)]
        case RecordCoordinationMeasure():
            return _measure(command, expect(stage, (Coordinating,), command), rules)
        case CloseCoordination():
            return [_closed(command, expect(stage, (Coordinating,), command), rules)]


def _requested(
    command: RequestCoordination,
    coordinations: Coordinations,
    now: Circumstances,
    rules: Rules,
) -> list[CoordinationRequested]:
    while_designated(command, now)
    by_the_body(command, now.body)
    of_the_ordinance(command, command.activities, rules)
    refuse_unless(
        command.counterpart != now.body_name and command.counterpart_number != now.body,
        PARA_5,
        "調整の相手方は、他の地域的な共同活動を行う団体です",
        "counterpart に相手方の団体の名を記してください",
    )
    asked = (command.on, command.counterpart, command.asked)
    waiting = [one for one in coordinations.open if isinstance(one, Awaiting)]
    if any((one.since, one.counterpart, one.asked) == asked for one in waiting):
        return []
    return [stated(CoordinationRequested, command, rules, coordination=coordinations.made + 1)]


def _undecided(
    command: WithdrawCoordination | FindCoordinationNecessary | DeclineCoordination, stage: Stage
) -> None:
    """Before the mayor's finding, and not before the request."""
    not_before(command, expect(stage, (Awaiting,), command).since, CoordinationRequested.title)


def _told(command: Command, notified: date | None) -> None:
    refuse_unless(
        notified is None or notified >= command.on,
        PARA_5,
        f"団体への通知 {notified} が、決定の日（{command.on}）より前です",
    )


def _measure(
    command: RecordCoordinationMeasure, stage: Coordinating, rules: Rules
) -> list[CoordinationMeasureTaken]:
    not_before(command, stage.since, CoordinationFoundNecessary.title)
    if (command.on, command.content) in stage.measures:
        return []
    return [stated(CoordinationMeasureTaken, command, rules, measure=len(stage.measures) + 1)]


def _closed(command: CloseCoordination, stage: Coordinating, rules: Rules) -> CoordinationClosed:
    not_before(command, stage.latest, "調整の措置")
    _told(command, command.notified)
    refuse_unless(
        bool(stage.measures),
        PARA_5,
        "必要と認めた調整は、措置を講ずるまで終えられません",
        "講じた措置を「調整の措置を記録する」で記録してください",
    )
    return stated(CoordinationClosed, command, rules, measures=len(stage.measures))


# --- 経過 -------------------------------------------------------------------------------------


def evolve(coordinations: Coordinations, event: CoordinationEvent) -> Coordinations:
    """The coordinations after a fact about one of them."""
    no = event.coordination
    match event:
        case CoordinationRequested():
            return coordinations.at(no, Awaiting(no, event.on, event.counterpart, event.asked))
        case CoordinationFoundNecessary():
            return coordinations.at(no, Coordinating(no, event.on))
        case CoordinationMeasureTaken():
            return coordinations.at(no, _after_measure(coordinations, event))
        case CoordinationWithdrawn() | CoordinationDeclined() | CoordinationClosed():
            return coordinations.at(no, None)


def _after_measure(coordinations: Coordinations, event: CoordinationMeasureTaken) -> Coordinating:
    for stage in coordinations.open:
        if stage.no == event.coordination and isinstance(stage, Coordinating):
            return replace(stage, measures=(*stage.measures, (event.on, event.content)))
    raise UnreadableFact(f"coordination {event.coordination} was not found necessary")


# --- 現況 -------------------------------------------------------------------------------------


def obligations(
    coordinations: Coordinations,
    now: Circumstances,  # noqa: ARG001 — as `Part`
) -> Iterator[Obligation]:
    """What the mayor must still find, do or close."""
    for stage in coordinations.open:
        yield Obligation(_to_do(stage), PARA_5, stage.since)


def _to_do(stage: Stage) -> str:
    match stage:
        case Awaiting():
            return f"調整（第{stage.no}号）の要否を判断する"
        case Coordinating(measures=()):
            return f"調整（第{stage.no}号）のため必要な措置を講ずる"
        case Coordinating():
            return f"調整（第{stage.no}号）の措置を終え、結果を認定する"


def possible(
    coordinations: Coordinations, now: Circumstances
) -> Iterator[type[CoordinationCommand]]:
    """The commands about coordination that may come next."""
    if now.active:
        yield RequestCoordination
    if any(isinstance(stage, Awaiting) for stage in coordinations.open):
        yield from (FindCoordinationNecessary,) if now.active else ()
        yield from (DeclineCoordination, WithdrawCoordination)
    if any(isinstance(stage, Coordinating) for stage in coordinations.open):
        yield from (RecordCoordinationMeasure, CloseCoordination)


def titles(
    coordinations: Coordinations,
    now: Circumstances,  # noqa: ARG001 — as `Part`
) -> Iterator[str]:
    """What runs beside the status, for its stage."""
    yield from (stage.title for stage in coordinations.open)


def keeps_open(coordinations: Coordinations) -> bool:
    """Whether a request is unanswered or a duty unfulfilled."""
    return bool(coordinations.open)


COORDINATION: Part[CoordinationCommand, Coordinations, CoordinationEvent] = Part(
    name="調整",
    initial=Coordinations(),
    commands=(
        RequestCoordination,
        WithdrawCoordination,
        FindCoordinationNecessary,
        DeclineCoordination,
        RecordCoordinationMeasure,
        CloseCoordination,
    ),
    events=(
        CoordinationRequested,
        CoordinationWithdrawn,
        CoordinationFoundNecessary,
        CoordinationDeclined,
        CoordinationMeasureTaken,
        CoordinationClosed,
    ),
    decide=decide,
    evolve=evolve,
    observe=unmoved,
    dues=nothing,
    obligations=obligations,
    possible=possible,
    titles=titles,
    keeps_open=keeps_open,
)
