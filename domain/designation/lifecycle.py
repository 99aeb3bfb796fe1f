"""指定地域共同活動団体（法第260条の49）: The whole lifecycle of one body's case.

    status.py       指定の状態: 申請から指定、報告・改善命令、取消しまで（②⑩⑪⑫）
    parts.py        それと並んで進むもの: each with a state of its own
    cooperation/    支援・公表・調整（③④⑤）
    dealings/       随意契約・行政財産の貸付け（⑥–⑨）と、指定の効力を失った後の見直し
    tenure/         有効期間・更新・届出・辞退・解散・告示（条例があるとき）
    remedies/       送達・審査請求・取消訴訟・処分等の求め

A command goes to the part whose it is, an event moves that part, and every other part hears of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, TypeVar, cast

from pydantic import Field, TypeAdapter

from domain.decider import Decider, Refused
from domain.designation import intake, reading, status
from domain.designation.cooperation.coordinating import CoordinationCommand, CoordinationEvent
from domain.designation.cooperation.coordination import COORDINATION
from domain.designation.cooperation.publication import PUBLICATION
from domain.designation.cooperation.publishing import PublicationCommand, PublicationEvent
from domain.designation.cooperation.support import SUPPORT, SupportCommand, SupportEvent
from domain.designation.dealings.standing import DEALINGS, DealingCommand, DealingEvent
from domain.designation.intake import Unapplied
from domain.designation.parts import Circumstances, Part
from domain.designation.remedies.complaint import COMPLAINTS, ComplaintCommand, ComplaintEvent
from domain.designation.remedies.remedy import RemedyCommand, RemedyEvent
from domain.designation.remedies.standing import REMEDIES
from domain.designation.status import Status, StatusCommand, StatusEvent
from domain.designation.tenure.part import TENURE, TenureCommand, TenureEvent
from domain.designation.tenure.refused import keeps
from domain.designation.tenure.renewal import RenewDesignation
from domain.institution import Due, Institution, Obligation, View
from domain.ordinance import Anchor, NotInForce, Rules
from domain.periods import CalendarEnds, Deadline
from domain.procedure import authorised, within_reach
from domain.transition import replaced

Command = (
    StatusCommand
    | SupportCommand
    | PublicationCommand
    | CoordinationCommand
    | DealingCommand
    | TenureCommand
    | RemedyCommand
    | ComplaintCommand
)
Event = (
    StatusEvent
    | SupportEvent
    | PublicationEvent
    | CoordinationEvent
    | DealingEvent
    | TenureEvent
    | RemedyEvent
    | ComplaintEvent
)
PARTS: tuple[Part[Any, Any, Any], ...] = (
    SUPPORT,
    PUBLICATION,
    COORDINATION,
    *DEALINGS,
    TENURE,
    REMEDIES,
    COMPLAINTS,
)

COMMAND: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="kind")])
EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
S = TypeVar("S")
_DECIDES: Mapping[type, Part[Any, Any, Any]] = {
    kind: part for part in PARTS for kind in part.commands
}
_FOLLOWS: Mapping[type, Part[Any, Any, Any]] = {
    kind: part for part in PARTS for kind in part.events
}


@dataclass(frozen=True)
class State:
    """指定の事案: The status of the body, and what runs beside it, by the name of the part."""

    status: Status = field(default_factory=Unapplied)
    beside: Mapping[str, object] = field(default_factory=dict[str, object])

    def of(self, part: Part[Any, S, Any]) -> S:
        """The state of a part."""
        return cast("S", self.beside.get(part.name, part.initial))

    @property
    def now(self) -> Circumstances:
        """What the parts may know of the status."""
        return reading.circumstances(self.status)


def decide(command: Command, state: State, rules: Rules) -> Sequence[Event]:
    """The facts a command brings about, none if it is already so, or `Refused`."""
    try:
        authorised(command, rules)
        within_reach(command, rules)
        rules = rules.for_case(anchor(state, command))
        part = _DECIDES.get(type(command))
        if part is None:
            return status.decide(cast("StatusCommand", command), state.status, rules)
        return part.decide(command, state.of(part), state.now, rules)
    except (NotInForce, CalendarEnds) as unknown:
        raise Refused(
            command.cites, str(unknown), "その日に効力のある定めを登録してください"
        ) from None


def anchor(state: State, command: Command | None = None) -> Anchor:
    """経過措置の基準日: When the case began and was last renewed; a renewal is judged as its own day."""
    stands = state.of(TENURE)
    renewed = command.on if isinstance(command, RenewDesignation) else stands.renewed
    return Anchor(stands.applied, renewed)


def evolve(state: State, event: Event) -> State:
    """The state after a fact; `UnreadableFact` where the record cannot have come about."""
    own = _FOLLOWS.get(type(event))
    if own is None:
        moved = status.evolve(state.status, cast("StatusEvent", event))
        return replace(state, status=moved, beside=_heard(state, event, moved, own))
    moved = status.affected(state.status, event, kept=keeps(state.of(TENURE), event))
    beside = _heard(state, event, moved, own)
    beside[own.name] = own.evolve(state.of(own), event)
    return State(moved, beside)


def _heard(
    state: State, event: Event, moved: Status, own: Part[Any, Any, Any] | None
) -> dict[str, object]:
    """Every part but the event's own, after it has heard of the event."""
    now = reading.circumstances(moved)
    return {
        part.name: part.observe(state.of(part), event, now) for part in PARTS if part is not own
    }


def redrawn(state: State, moved: Mapping[str, Deadline]) -> State:
    """The state with deadlines moved by an amendment; the standard period is kept as its length."""
    now = replaced(state, moved)
    standard = moved.get("standard")
    if standard is None or standard.period is None:
        return now
    return replace(now, status=intake.with_standard_period(now.status, standard.period))


# --- 現況 -------------------------------------------------------------------------------------


def dues(state: State, rules: Rules) -> tuple[Due[Command], ...]:
    """The deadlines that are open, soonest first, each with what the calendar notes after it.

    Last, and with nothing to note, those that are suspended and have no day yet.
    """
    rules = rules.for_case(anchor(state))
    found: list[Due[Any]] = [*reading.dues(state.status, rules)]
    for part in PARTS:
        found += part.dues(state.of(part), state.now, rules)
    return tuple(sorted(found, key=lambda due: (due.deadline.day or date.max, due.deadline.key)))


def view(state: State) -> View:
    """Stage, open obligations and what may come next, as an operator reads them."""
    return View(_stage(state), tuple(_obligations(state)), tuple(_possible(state)))


def _stage(state: State) -> str:
    titles = [title for part in PARTS for title in part.titles(state.of(part), state.now)]
    return "・".join([reading.stage(state.status), *dict.fromkeys(titles)])


def _obligations(state: State) -> Iterator[Obligation]:
    yield from reading.obligations(state.status)
    for part in PARTS:
        yield from part.obligations(state.of(part), state.now)


def _possible(state: State) -> Iterator[str]:
    kinds = [*reading.possible(state.status)]
    for part in PARTS:
        kinds += part.possible(state.of(part), state.now)
    yield from dict.fromkeys(kind.title for kind in kinds)


def is_open(state: State) -> bool:
    """Whether anything can still happen to the case."""
    return reading.is_open(state.status) or any(part.keeps_open(state.of(part)) for part in PARTS)


DESIGNATION: Institution[Command, State, Event] = Institution(
    name="指定",
    decider=Decider(decide, evolve, State()),
    command=COMMAND,
    event=EVENT,
    is_open=is_open,
    dues=dues,
    view=view,
    headline=lambda state: reading.headline(state.status),
    anchor=anchor,
    redrawn=redrawn,
)
