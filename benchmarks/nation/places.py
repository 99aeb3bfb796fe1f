"""市町村: How large each municipality is taken to be, and how many bodies apply to it.

Sizes follow the classes of cities, so that a 指定都市 has scores of bodies and a village none or
one; chance does the rest, and leaves nobody out for certain.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Literal

from benchmarks.nation.chance import Dice
from domain.municipalities import Municipality, classes_of, is_special_ward, municipalities

Size = Literal["指定都市", "中核市", "特別区", "市", "町", "村"]

_CLASSES_AS_OF = date(2026, 4, 1)
_WEIGHTS: Mapping[Size, float] = {
    "指定都市": 60,
    "中核市": 22,
    "特別区": 14,
    "市": 6,
    "町": 1.3,
    "村": 0.5,
}
_BUREAUS: Mapping[Size, tuple[tuple[str, str], ...]] = {
    "指定都市": (("地域活動推進課", "地活"), ("市民協働推進課", "市協"), ("区政推進課", "区推")),
    "中核市": (("市民協働課", "市協"), ("地域振興課", "地振"), ("地域活動課", "地活")),
    "特別区": (("地域振興課", "地振"), ("地域活動支援課", "地活"), ("区民協働課", "区協")),
    "市": (
        ("協働推進課", "協推"),
        ("地域づくり課", "地づ"),
        ("市民活動課", "活"),
        ("企画政策課", "企"),
    ),
    "町": (("まちづくり課", "ま"), ("企画課", "企"), ("住民課", "住"), ("地域振興課", "地振")),
    "村": (("総務課", "総"), ("地域振興課", "地振"), ("住民福祉課", "住福")),
}
"""The offices that may be in charge, each with what it is called in a document number."""
_FIRST_DAYS = (
    *(date(2024, 9, 26),) * 2,
    *(date(2024, 10, 1),) * 3,
    *(date(2025, 1, 1),) * 3,
    *(date(2025, 4, 1),) * 18,
    *(date(2025, 7, 1),) * 5,
    *(date(2025, 10, 1),) * 3,
    *(date(2026, 4, 1),) * 3,
)


@dataclass(frozen=True)
class Place:
    """One municipality as the benchmark makes it up; only code and names are real.

    `bureau` is in charge of the designation, `mark` heads its document numbers, `since` is the
    first day of its ordinance, `rhythm` the reports it asks of every body in a year.
    """

    code: str
    prefecture: str
    name: str
    size: Size
    bureau: str
    mark: str
    since: date
    rhythm: int

    @property
    def kind(self) -> str:
        """市, 区, 町 or 村: the last character of the name."""
        return self.name[-1]

    @property
    def hall(self) -> str:
        """「広島市役所」, 「例示町役場」."""
        return self.name + ("役所" if self.kind in "市区" else "役場")


def place_of(seed: int, municipality: Municipality) -> Place:
    """The municipality as this seed makes it up."""
    dice = Dice.of(seed, "place", municipality.code)
    size = _size(municipality)
    bureau, short = dice.one_of(_BUREAUS[size])
    return Place(
        code=municipality.code,
        prefecture=municipality.prefecture,
        name=municipality.name,
        size=size,
        bureau=bureau,
        mark=f"{municipality.name[0]}{short}",
        since=dice.one_of(_FIRST_DAYS),
        rhythm=dice.one_of((1, 2, 4, 6, 6, 12, 12, 12)),
    )


def _size(municipality: Municipality) -> Size:
    classes = classes_of(municipality.code, _CLASSES_AS_OF)
    if "指定都市" in classes:
        return "指定都市"
    if classes:
        return "中核市"
    if is_special_ward(municipality.code):
        return "特別区"
    kinds: Mapping[str, Size] = {"市": "市", "町": "町", "村": "村"}
    return kinds[municipality.name[-1]]


@dataclass(frozen=True)
class Allotment:
    """割当て: The cases of one municipality; the first of them is number `first` of all `cases`."""

    seed: int
    place: Place
    number: int
    first: int
    cases: int


def allot(seed: int, cases: int) -> Iterator[Allotment]:
    """Every municipality that has cases, in the order of the codes."""
    places = [place_of(seed, one) for one in municipalities()]
    dice = Dice.of(seed, "spread")
    reached = [*accumulate(_WEIGHTS[one.size] * dice.lognormvariate(0, 0.5) for one in places)]
    drawn = Counter(bisect(reached, dice.random() * reached[-1]) for _ in range(cases))
    first = 0
    for at in sorted(drawn):
        yield Allotment(seed, places[at], drawn[at], first, cases)
        first += drawn[at]
