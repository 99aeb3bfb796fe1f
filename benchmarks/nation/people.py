"""人: The offices of a municipality and who holds them, and the people of a body.

Nobody exists: every family name is one that nobody has. Officers change posts with the fiscal
year; nobody returns to another post, so whoever drafted an act never comes to decide it.
"""

from dataclasses import dataclass
from datetime import date

from benchmarks.nation.chance import Dice
from benchmarks.nation.places import Place
from benchmarks.nation.words import write
from domain.ordinance import Ordinance
from domain.people import Acting, Actor, Role
from domain.text import Personal

FIRST_YEAR, LAST_YEAR = 2024, 2029
_RANKS = ("係長", "主査", "主任", "主事")
_MOST_OFFICERS = {"指定都市": 9, "中核市": 6, "特別区": 6, "市": 4, "町": 3, "村": 2}


def fiscal_year_of(day: date) -> int:
    """年度: 2025 for 2026-03-31."""
    return day.year - (day.month < 4)  # noqa: PLR2004 — the fiscal year begins in April


@dataclass(frozen=True)
class Office:
    """The people of one fiscal year; `deputies` may decide for the mayor where so laid down."""

    mayor: Actor
    deputies: tuple[Actor, ...]
    officers: tuple[Actor, ...]
    presider: Actor


class Staff:
    """職員: The people of a municipality through the years."""

    def __init__(self, seed: int, place: Place) -> None:
        self._dice = Dice.of(seed, "staff", place.code)
        self._made = 0
        self._holders: dict[str, Actor] = {}
        years = range(FIRST_YEAR, LAST_YEAR + 1)
        self._years = {year: self._office(place) for year in years}

    def on(self, day: date) -> Office:
        """Who is in office on the day."""
        return self._years[min(max(fiscal_year_of(day), FIRST_YEAR), LAST_YEAR)]

    def _office(self, place: Place) -> Office:
        mayor = self._holder(f"{place.name}長", "mayor", 0.25)
        chief = self._holder(f"{place.bureau}長", "officer", 0.4)
        vice = self._holder(f"副{place.kind}長", "officer", 0.3)
        return Office(
            mayor=mayor,
            deputies=tuple(_acting(one, mayor) for one in (chief, vice)),
            officers=tuple(
                self._holder(f"{place.bureau}{_RANKS[at % len(_RANKS)]}", "officer", 0.35, at)
                for at in range(_MOST_OFFICERS[place.size])
            ),
            presider=self._holder(_presiding_office(place), "presider", 0.35),
        )

    def _holder(self, office: str, role: Role, changes: float, seat: int = 0) -> Actor:
        """Whoever held the post last year, or somebody new."""
        post = f"{office}-{seat}"
        if post not in self._holders or self._dice.happens(changes):
            self._made += 1
            self._holders[post] = Actor(
                person=f"S-{self._made:04}",
                office=office,
                name=write(self._dice, "name"),
                role=role,
            )
        return self._holders[post]


def _presiding_office(place: Place) -> str:
    if place.size in ("町", "村"):
        return "企画財政課長" if place.bureau == "総務課" else "総務課長"
    return "法務課長"


def _acting(officer: Actor, mayor: Actor) -> Actor:
    """The officer for the mayor; which kind it is depends on the office alone."""
    mode = "代決" if officer.office.startswith("副") else "専決"
    acting = Acting(mode=mode, office=mayor.office, name=mayor.name)
    return officer.model_copy(update={"acting": acting})


def decider_of(tag: str, office: Office, ordinance: Ordinance, day: date, dice: Dice) -> Actor:
    """Who decides the command `tag` on the day: the delegate if there is one, or the mayor.

    専決 is the rule where it is laid down, 代決 the exception while the mayor is away.
    """
    for entry in ordinance.delegations.on(day).value:
        if entry.command == tag and dice.happens(0.9 if entry.mode == "専決" else 0.2):
            for deputy in office.deputies:
                if deputy.office == entry.office:
                    return deputy
    return office.mayor


@dataclass(frozen=True)
class Body:
    """団体: Its actor in the record, who speaks for it, and how it takes its duties.

    `slack` is the share of its duties that it does late or not at all, `trouble` the share of its
    reports after which an officer drafts an order.
    """

    actor: Actor
    area: str
    address: str
    people: tuple[Personal, ...]
    slack: float
    trouble: float

    @property
    def name(self) -> str:
        """The name of the body."""
        return self.actor.name


def body_of(place: Place, serial: int, dice: Dice) -> Body:
    """The body of a municipality's case number `serial`."""
    area = write(dice, "area")
    name = write(dice, "body_name", area=area)
    slack, trouble = dice.one_of(((0.04, 0.01),) * 6 + ((0.2, 0.05),) * 3 + ((0.45, 0.14),))
    return Body(
        actor=Actor(person=f"B-{serial:06}", office="代表", name=name, role="body"),
        area=area,
        address=f"{place.name}{area}{dice.between(1, 9)}丁目{dice.between(1, 30)}番地（架空）",
        people=tuple(
            Personal(of=f"P-{serial:06}-{at}", text=write(dice, "name")) for at in (1, 2, 3)
        ),
        slack=slack,
        trouble=trouble,
    )
