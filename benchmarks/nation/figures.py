"""集計: What a nation is made of, counted while it is made."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import quantiles
from typing import TypeAlias

from benchmarks.nation.office import CLOSES, OPENS, day_and_second
from benchmarks.nation.words import PHRASE
from domain.acts import Event

Counted: TypeAlias = "dict[str, float | dict[str, float]]"
"""Figures by name, some of them in groups."""
LATE_DAYS = 14
"""Days after its legal day from which an act counts as entered late."""


@dataclass
class Figures:
    """集計: Events by kind and by municipality, cases, and what auditors look for.

    `late` counts the events recorded `LATE_DAYS` or more after their legal day, `out_of_hours`
    those that people entered outside office hours, `phrased` those with `PHRASE` in their body,
    `numbers_lost` the gaps in the document numbers.
    """

    kinds: Counter[str] = field(default_factory=Counter[str])
    municipalities: Counter[str] = field(default_factory=Counter[str])
    lengths: Counter[int] = field(default_factory=Counter[int])
    open_cases: int = 0
    late: int = 0
    out_of_hours: int = 0
    phrased: int = 0
    numbers_lost: int = 0

    @property
    def events(self) -> int:
        """All events."""
        return self.kinds.total()

    @property
    def cases(self) -> int:
        """All cases."""
        return self.lengths.total()

    def count(self, event: Event, body: str, at: int) -> None:
        """One event with its canonical body, recorded at the moment `at`."""
        self.kinds[event.tag] += 1
        day, second = day_and_second(at)
        self.late += (day - event.on).days >= LATE_DAYS
        self.out_of_hours += event.by.role != "calendar" and not OPENS <= second <= CLOSES
        self.phrased += PHRASE in body

    def count_case(self, municipality: str, length: int, *, open: bool) -> None:
        """One case with so many events."""
        self.municipalities[municipality] += length
        self.lengths[length] += 1
        self.open_cases += open

    def add(self, other: "Figures") -> None:
        """What another part of the nation has."""
        self.kinds += other.kinds
        self.municipalities += other.municipalities
        self.lengths += other.lengths
        self.open_cases += other.open_cases
        self.late += other.late
        self.out_of_hours += other.out_of_hours
        self.phrased += other.phrased
        self.numbers_lost += other.numbers_lost

    def table(self) -> Counted:
        """Everything for a table or for JSON; shares are of all events."""
        return {
            "events": self.events,
            "cases": self.cases,
            "open cases": self.open_cases,
            "closed cases": self.cases - self.open_cases,
            "events a case": _spread(self.lengths.elements()),
            "municipalities": len(self.municipalities),
            "events a municipality": _spread(self.municipalities.values()),
            "entered late": self._share(self.late),
            "entered out of hours": self._share(self.out_of_hours),
            f"with {PHRASE}": self._share(self.phrased),
            "document numbers lost": self.numbers_lost,
            "kinds": dict(self.kinds.most_common()),
        }

    def _share(self, part: int) -> float:
        return round(part / self.events, 4)


def _spread(values: Iterable[int]) -> dict[str, float]:
    """The least, some quantiles, and the most."""
    ordered = sorted(values)
    at = quantiles(ordered, n=100, method="inclusive")
    cuts = {f"p{cut}": at[cut - 1] for cut in (10, 50, 90, 99)}
    return {"least": ordered[0], **cuts, "most": ordered[-1]}
