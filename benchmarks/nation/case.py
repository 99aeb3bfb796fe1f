"""事案: One case as the lives of `applying`, `overseeing` and `revoking` see it.

A life is a generator of steps: it says what somebody does on which day, and is told the events
that came of it. What comes of it is left to the real decider; several lives of one case run side
by side, as its procedures do.
"""

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias, TypeVar

from benchmarks.nation.chance import Dice
from benchmarks.nation.office import OpenDays
from benchmarks.nation.people import Body, Office, Staff, decider_of, fiscal_year_of
from benchmarks.nation.places import Place
from benchmarks.nation.words import fiscal_year, write
from domain import designation
from domain.acts import Finding
from domain.docket import DocketCommand, DocketEvent, File
from domain.ordinance import Ordinance, Rules
from domain.people import Actor
from domain.registry import DESIGNATION_FILES

Command: TypeAlias = designation.Command | DocketCommand
Event: TypeAlias = designation.Event | DocketEvent
Events: TypeAlias = tuple[Event, ...]

E = TypeVar("E")

_LATE_BY = (10, 45)
"""Open days after its legal day on which an act that was forgotten is entered."""
_UNNUMBERED = 0.02
_SHORT = 0.03


@dataclass(slots=True)
class Step:
    """行為: What is handed in; `entered` is the day of entering, `paper` takes a document number."""

    kind: type[Command]
    on: date
    entered: date
    paper: bool
    fields: dict[str, object]


Life: TypeAlias = Generator[Step, Events, None]
Part: TypeAlias = Generator[Step, Events, bool]
"""A part of a life; it tells whether the life goes on."""


def the(kind: type[E], events: Events) -> E:
    """The event of this kind among those that came of a step; `LookupError` if there is none."""
    for event in events:
        if isinstance(event, kind):
            return event
    raise LookupError(f"{kind.__name__} is not among {[event.tag for event in events]}")


@dataclass(slots=True)
class Town:
    """A municipality with its rules, its people and its open days."""

    place: Place
    rules: Rules
    staff: Staff
    days: OpenDays

    @property
    def ordinance(self) -> Ordinance:
        """What the municipality has laid down."""
        return self.rules.ordinance


@dataclass(slots=True, eq=False)
class Case:
    """One case: where it is, whom it is about, how it stands, and what has just begun in it."""

    id: str
    town: Town
    body: Body
    dice: Dice
    today: date
    state: File[designation.State] = field(
        default_factory=lambda: DESIGNATION_FILES.decider.initial
    )
    begun: list[Life] = field(default_factory=list[Life])
    threatened: bool = False
    """Whether a revocation is being prepared: there is one at a time."""

    def begin(self, life: Life) -> None:
        """Let another life run beside those that do."""
        self.begun.append(life)

    # --- 日 ---------------------------------------------------------------------------------------

    def soon(self, least: int, most: int, after: date | None = None) -> date:
        """An open day so many open days after today, or after another day if it is later."""
        day = max(self.today, after or self.today)
        return self.town.days.after(day, self.dice.between(least, most))

    # --- 人 ---------------------------------------------------------------------------------------

    def office(self, day: date) -> Office:
        """Who is in office."""
        return self.town.staff.on(day)

    def officer(self, day: date) -> Actor:
        """One of the officers in charge."""
        return self.dice.one_of(self.office(day).officers)

    # --- 行為 -------------------------------------------------------------------------------------

    def by_the_body(
        self, kind: type[Command], on: date, *, late: float = 0.0, **fields: object
    ) -> Step:
        """A paper of the body that arrives on `on`; a share of them is entered weeks later."""
        return self._step(kind, on, {"by": self.body.actor, **fields}, paper=True, late=late)

    def by_an_officer(
        self,
        kind: type[Command],
        on: date,
        *,
        paper: bool = False,
        late: float = 0.0,
        **fields: object,
    ) -> Step:
        """An act of an officer, who is drawn unless `by` is among the fields."""
        by = fields.get("by") or self.officer(on)
        return self._step(kind, on, {**fields, "by": by}, paper=paper, late=late)

    def by_another(
        self, actor: Actor, kind: type[Command], on: date, *, paper: bool = False, **fields: object
    ) -> Step:
        """An act of the presider of a hearing, or a note of the registrar."""
        return self._step(kind, on, {"by": actor, **fields}, paper=paper)

    def decided(
        self, kind: type[Command], on: date, *, late: float = 0.0, **fields: object
    ) -> Step:
        """A decision of the mayor, or of whoever decides for him, on an officer's draft."""
        office, tag = self.office(on), str(kind.model_fields["kind"].default)
        by = decider_of(tag, office, self.town.ordinance, on, self.dice)
        said = {"by": by, "drafted_by": self.officer(on), **fields}
        return self._step(kind, on, said, paper=True, late=late)

    def _step(
        self,
        kind: type[Command],
        on: date,
        fields: dict[str, object],
        *,
        paper: bool,
        late: float = 0.0,
    ) -> Step:
        entered = self._entered(on, late)
        numbered = paper and not self.dice.happens(_UNNUMBERED)
        return Step(kind, on, entered, numbered, {"on": on, **fields})

    def _entered(self, on: date, late: float) -> date:
        """The day of entering: the same, the next open one, or weeks later."""
        if late and self.dice.happens(late):
            return self.town.days.after(on, self.dice.between(*_LATE_BY))
        return on if self.dice.happens(0.2) else self.town.days.from_(on)

    # --- 文 ---------------------------------------------------------------------------------------

    def text(self, symbol: str, **known: str) -> str:
        """A text of the grammar."""
        year = fiscal_year(fiscal_year_of(self.today))
        return write(self.dice, symbol, **{"year": year, **known})

    def reasons(self, symbol: str, **known: str) -> str:
        """Reasons, a few of them too short to be any."""
        return self.text("short" if self.dice.happens(_SHORT) else symbol, **known)

    def finding(self, symbol: str, *, evidence: bool = True, **known: str) -> Finding:
        """A finding for these reasons, on evidence."""
        named = (f"{self.text('evidence')}（{self.today}）",) if evidence else ()
        return Finding(reasons=self.reasons(symbol, **known), evidence=named)
