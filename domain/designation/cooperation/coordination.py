"""調整（法第260条の49第5項）: 「…調整を求めることができる。…必要な措置を講じなければならない。」

The duty is conditional: whether coordination is needed is the mayor's finding, and once it is
needed, measures are no longer a choice. It ends when they were taken, or when the mayor finds that
the need is gone. None of these answers is a disposition, so there is no 教示. (`coordinating.py`
holds the stages and the acts.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from domain.acts import Command
from domain.designation.cooperation.coordinating import (
    PARA_5,
    Asked,
    Awaiting,
    CloseCoordination,
    Coordinating,
    CoordinationClosed,
    CoordinationCommand,
    CoordinationDeclined,
    CoordinationEvent,
    CoordinationFoundNecessary,
    CoordinationMeasureTaken,
    CoordinationNoLongerNecessary,
    CoordinationRequested,
    Coordinations,
    CoordinationWithdrawn,
    DeclineCoordination,
    FindCoordinationNecessary,
    FindCoordinationUnnecessary,
    RecordCoordinationMeasure,
    RequestCoordination,
    Stage,
    WithdrawCoordination,
)
from domain.designation.cooperation.terms import of_the_ordinance
from domain.designation.parts import Circumstances, Part, nothing, unmoved, while_designated
from domain.institution import Obligation
from domain.ordinance import Rules
from domain.procedure import by_the_body, expect, not_before, refuse_unless, stated

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
        case FindCoordinationUnnecessary():
            return [_ended(command, expect(stage, (Coordinating,), command), rules)]
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
    asked = Asked(command.on, command.counterpart, command.asked)
    if any(one.asked == asked for one in coordinations.open):
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


def _ended(
    command: FindCoordinationUnnecessary, stage: Coordinating, rules: Rules
) -> CoordinationNoLongerNecessary:
    not_before(command, stage.latest, "調整の必要の認定又は措置")
    _told(command, command.notified)
    return stated(CoordinationNoLongerNecessary, command, rules, measures_taken=len(stage.measures))


def _closed(command: CloseCoordination, stage: Coordinating, rules: Rules) -> CoordinationClosed:
    not_before(command, stage.latest, "調整の措置")
    _told(command, command.notified)
    refuse_unless(
        bool(stage.measures),
        PARA_5,
        "必要と認めた調整は、措置を講ずるまで終えられません",
        "講じた措置を「調整の措置を記録する」で記録するか、必要がなくなったときは"
        "「調整の必要がなくなったと認める」を提出してください",
    )
    return stated(CoordinationClosed, command, rules, measures_taken=len(stage.measures))


# --- 経過 -------------------------------------------------------------------------------------


def evolve(coordinations: Coordinations, event: CoordinationEvent) -> Coordinations:
    """The coordinations after a fact about one of them."""
    no = event.coordination
    match event:
        case CoordinationRequested():
            asked = Asked(event.on, event.counterpart, event.asked)
            return coordinations.at(no, Awaiting(no, asked))
        case CoordinationFoundNecessary():
            before = coordinations.get(no, Awaiting)
            return coordinations.at(no, Coordinating(no, before.asked, event.on))
        case CoordinationMeasureTaken():
            stage = coordinations.get(no, Coordinating)
            taken = (*stage.measures, (event.on, event.content))
            return coordinations.at(no, replace(stage, measures=taken))
        case (
            CoordinationWithdrawn()
            | CoordinationDeclined()
            | CoordinationNoLongerNecessary()
            | CoordinationClosed()
        ):
            return coordinations.at(no, None)


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
        yield from (RecordCoordinationMeasure, CloseCoordination, FindCoordinationUnnecessary)


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
        FindCoordinationUnnecessary,
        CloseCoordination,
    ),
    events=(
        CoordinationRequested,
        CoordinationWithdrawn,
        CoordinationFoundNecessary,
        CoordinationDeclined,
        CoordinationMeasureTaken,
        CoordinationNoLongerNecessary,
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
