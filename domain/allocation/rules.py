"""算定の規則: What the ordinance lays down for a fiscal year, as dated data with its status.

One TOML file in `rule_sets/` for a fiscal year, from the ordinance's text as amended for it
(normally in March). A `provisional` set holds assumed values for a year that is not yet
fixed, and is used only where somebody asks for it.
"""

import tomllib
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from domain.allocation.provisions import (
    ITEM_OF_MUNICIPALITIES,
    ITEM_OF_PREFECTURES,
    Provision,
    of_ordinance,
)
from domain.allocation.readings import Readings
from domain.allocation.tracing import half_up
from domain.era import fiscal_name
from domain.law import Citation
from domain.text import Line

Status = Literal["final", "provisional"]
STATUSES: dict[Status, str] = {"final": "確定", "provisional": "暫定"}


def _fraction(said: object) -> object:
    """「0.5」 and 「11/6」 are exact; a bare 0.5 in TOML would not be."""
    if not isinstance(said, str):
        raise PydanticCustomError("fraction", '引用符で囲んで書いてください（例 "0.5"）', {})
    return Fraction(said)


Exact = Annotated[Fraction, BeforeValidator(_fraction)]
Yen = Annotated[int, Field(ge=0, strict=True)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ItemNumber(_Frozen):
    """号: Where the item stands in the table of its article, in the year's text."""

    table: int = Field(ge=1)


class Caps(_Frozen):
    """上限: In yen; `recruitment` for a body, the others for one specialist."""

    recruitment: Yen
    sent_by_prefecture: Yen
    sent_by_municipality: Yen
    received_from_prefecture: Yen
    received_from_others: Yen


class Correction(_Frozen):
    """財政力補正: The coefficient by 財政力指数; a straight line lies between two steps.

    `whole` below `whole_below`, `least` from `least_from`, and between them
    `intercept - slope * index`, half up to `decimals`.
    """

    whole_below: Exact
    whole: Exact
    least_from: Exact
    least: Exact
    intercept: Exact
    slope: Exact
    decimals: int = Field(ge=0)

    def coefficient(self, index: Fraction) -> Fraction:
        """The coefficient for an index."""
        if index < self.whole_below:
            return self.whole
        if index >= self.least_from:
            return self.least
        scale = 10**self.decimals
        return Fraction(half_up((self.intercept - self.slope * index) * scale, 1), scale)


class Support(_Frozen):
    """支援の項目: 地域運営組織・指定地域共同活動団体の支援に要する経費（市町村）."""

    table: int = Field(ge=1)
    rate: Exact
    correction: Correction


class RuleSet(_Frozen):
    """年度の規則: Everything of one fiscal year that the computation rests on.

    `version` tells any two states of the file apart and is printed on every sheet.
    """

    name: Line
    fiscal_year: int
    status: Status
    text_date: date
    source: Line
    note: Line
    rate: Exact
    rounding_unit: int = Field(ge=1)
    prefecture: ItemNumber
    municipality: ItemNumber
    caps: Caps
    support: Support | None = None
    readings: Readings
    version: str

    def item(self, *, prefecture: bool) -> Provision:
        """The item's provision for a prefecture or a municipality."""
        if prefecture:
            return of_ordinance(ITEM_OF_PREFECTURES, self.prefecture.table)
        return of_ordinance(ITEM_OF_MUNICIPALITIES, self.municipality.table)

    def rounding(self, *, prefecture: bool) -> Provision:
        """The provision that has every item rounded (表示単位)."""
        return of_ordinance(_article(prefecture=prefecture))


class RulesFault(ValueError):
    """A rule set is not well made."""


class NotFixed(LookupError):
    """There are no rules for the fiscal year; the text is Japanese, and says which there are."""


def read_rule_set(text: str) -> RuleSet:
    """A rule set from the text of its file; raises `RulesFault`."""
    try:
        table = tomllib.loads(text)
        version = f"{table.get('fiscal_year')}-{sha256(text.encode()).hexdigest()[:12]}"
        return RuleSet.model_validate({**table, "version": version})
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise RulesFault(f"算定の規則を読めません: {error}") from error


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """All of them, by fiscal year; the final one of a year before a provisional one."""
    found = [read_rule_set(path.read_text("utf-8")) for path in _packaged()]
    return tuple(sorted(found, key=lambda one: (one.fiscal_year, one.status)))


def rule_set(fiscal_year: int, *, provisional: bool = False) -> RuleSet:
    """The rules of a fiscal year; raises `NotFixed`.

    `provisional` asks for assumed values, and for nothing else: a year that is fixed has none.
    """
    wanted: Status = "provisional" if provisional else "final"
    for one in rule_sets():
        if (one.fiscal_year, one.status) == (fiscal_year, wanted):
            return one
    raise NotFixed(_why_not(fiscal_year, provisional=provisional))


def _why_not(fiscal_year: int, *, provisional: bool) -> str:
    year = fiscal_name(fiscal_year)
    statuses = {one.status for one in rule_sets() if one.fiscal_year == fiscal_year}
    if "provisional" in statuses:
        return (
            f"{year}分の上限はまだ定められていません（通例3月の改正による）。試算は、"
            f"暫定の規則を名指しして（--provisional）行ってください。{_known()}"
        )
    if provisional and "final" in statuses:
        return (
            f"{year}分の規則は確定しています。--provisional を付けずに算定してください。{_known()}"
        )
    return f"{year}分の規則を収めていません。{_known()}"


def _known() -> str:
    listed = "、".join(
        f"{fiscal_name(one.fiscal_year)}（{STATUSES[one.status]}）" for one in rule_sets()
    )
    return f"用意のある年度: {listed}"


def _article(*, prefecture: bool) -> Citation:
    return ITEM_OF_PREFECTURES if prefecture else ITEM_OF_MUNICIPALITIES


def _packaged() -> Iterable[Traversable]:
    folder = files("domain") / "allocation" / "rule_sets"
    return (path for path in folder.iterdir() if path.name.endswith(".toml"))
