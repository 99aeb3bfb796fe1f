"""算定の申告: The facts of one body and fiscal year from which the item amount is computed.

Written by an official as TOML or JSON (`forms/`), or made from the record of a case. Every
amount and every fact names its papers. Persons are numbers, never names.
"""

import json
import re
import tomllib
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from domain.bodies import BodyCode
from domain.era import fiscal_days, read_span
from domain.text import Key, Line

MOST_YEN = 999_999_999_999
_FIRST_YEAR, _LAST_YEAR = 1950, 9998
_YEAR = re.compile("[0-9]{4}")
_TWO_DECIMALS = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2})?")

Yen = Annotated[int, Field(ge=0, le=MOST_YEN, strict=True)]
"""円: A whole number of yen."""
Flag = Annotated[bool, Field(strict=True)]
Evidence = Annotated[tuple[Line, ...], Field(min_length=1)]
"""資料: The papers a fact can be read in, by their document numbers."""
Form = Literal["自治法派遣", "その他"]
"""派遣の形: 法第252条の17の派遣, or any other (出張, 併任, 協約の定めによる派遣)."""
Category = Literal["任期の定めのない常勤職員", "任期付職員", "非常勤職員"]
SeparateMeasure = Literal["なし", "技術職員", "デジタル人材"]


def read_fiscal_year(text: str) -> int:
    """「令和7年度」, 「FY2025」 and 「2025」 are 2025; raises `ValueError` (Japanese)."""
    if _YEAR.fullmatch(text):
        return int(text)
    first, last = read_span(text)
    if first == date.min or (first, last) != fiscal_days(first.year):
        raise ValueError(
            f"「{text}」は年度ではありません。令和7年度、又は 2025 のように書いてください"
        )
    return first.year


def _fiscal_year(said: object) -> object:
    if not isinstance(said, str):
        return said
    try:
        return read_fiscal_year(said)
    except ValueError as fault:
        raise PydanticCustomError("fiscal_year", "{fault}", {"fault": f"{fault}"}) from fault


FiscalYear = Annotated[
    int,
    Field(ge=_FIRST_YEAR, le=_LAST_YEAR, strict=True),
    BeforeValidator(_fiscal_year),
]
"""年度: The year in which the fiscal year begins; 「令和7年度」 is read as 2025."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Amount(_Frozen):
    """額: Yen, and the papers that show them."""

    amount: Yen
    evidence: Evidence


class Vote(_Frozen):
    """議決（法第252条の2第3項）: How one party's council voted on the consultation."""

    body: BodyCode
    on: date
    approved: Flag


class Agreement(_Frozen):
    """協約: What the dispatch rests on; `kind` tells a 連携協約 from any other agreement.

    `expertise_clause` says whether it lays down the expertise wanted of the dispatched staff.
    """

    number: Key
    title: Line
    kind: Literal["連携協約", "その他の協定"]
    parties: Annotated[tuple[BodyCode, ...], Field(min_length=2)]
    votes: tuple[Vote, ...] = ()
    concluded_on: date | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    expertise_clause: Flag
    evidence: Evidence


class EarlierDispatch(_Frozen):
    """前の派遣: An earlier dispatch to the post, of whomever; `since` is its first day."""

    since: date
    under_agreement: Flag
    form: Form


class Post(_Frozen):
    """一の職: A post in the receiving body, and every earlier dispatch to it (none: `[]`)."""

    id: Key
    title: Line
    earlier: tuple[EarlierDispatch, ...]
    evidence: Evidence


class Staff(_Frozen):
    """職員の区分: What decides whether the person is one of the measure's specialists.

    The two facts are asked of 任期の定めのない常勤職員 only: whether they are mainly engaged in
    supporting municipalities, and were employed (or are treated) for the specialist work.
    """

    category: Category
    mainly_supports_municipalities: Flag | None = None
    employed_for_specialist_work: Flag | None = None
    separate_measure: SeparateMeasure = "なし"


class Dispatch(_Frozen):
    """派遣: One person at one post; the amounts are those of the claim's fiscal year.

    `since` and `until` are the dispatch's own days, also outside the fiscal year (`until` is
    None while it lasts). The dispatcher states `personnel_cost` and the `burden_charge` it
    receives, the recipient `cost_borne` and the `burden_charge` it pays.
    """

    id: Key
    agreement: Key | None
    post: Key | None = None
    person: Key
    sender: BodyCode
    recipient: BodyCode
    form: Form
    staff: Staff
    since: date
    until: date | None = None
    personnel_cost: Amount | None = None
    cost_borne: Amount | None = None
    burden_charge: Amount | None = None
    evidence: Evidence


class Recruitment(_Frozen):
    """募集経費: What the claimant spent to recruit the persons named, who are all dispatched."""

    persons: Annotated[tuple[Key, ...], Field(min_length=1)]
    cost: Amount


class Claim(_Frozen):
    """申告: All that the item amount of one body in one fiscal year is computed from."""

    claimant: BodyCode
    fiscal_year: FiscalYear
    agreements: tuple[Agreement, ...] = ()
    posts: tuple[Post, ...] = ()
    dispatches: tuple[Dispatch, ...] = ()
    recruitment: tuple[Recruitment, ...] = ()

    def agreement(self, number: str | None) -> Agreement | None:
        """The agreement of that number, if it is listed."""
        return next((one for one in self.agreements if one.number == number), None)

    def post(self, id: str | None) -> Post | None:
        """The post of that id, if it is listed."""
        return next((one for one in self.posts if one.id == id), None)


def _index(said: object) -> object:
    """「0.45」: written in quotes, for a bare number is not exact."""
    if isinstance(said, str) and _TWO_DECIMALS.fullmatch(said):
        return Fraction(said)
    raise PydanticCustomError(
        "index", '引用符で囲み、小数点以下2位までの 0 以上の数で書いてください（例 "0.45"）', {}
    )


class StrengthIndex(_Frozen):
    """財政力指数: The three years' mean, to two decimals, and its papers."""

    value: Annotated[Fraction, BeforeValidator(_index)]
    evidence: Evidence


class SupportedCost(_Frozen):
    """支援に要する経費: For the formation or operation of which body, how much."""

    body: Line
    kind: Literal["地域運営組織", "指定地域共同活動団体"]
    cost: Amount


class SupportClaim(_Frozen):
    """支援の申告: What the related item of one municipality in one fiscal year is computed from."""

    claimant: BodyCode
    fiscal_year: FiscalYear
    strength_index: StrengthIndex
    costs: tuple[SupportedCost, ...] = ()


class UnreadableFile(ValueError):
    """The text is neither TOML nor JSON; says where it goes wrong."""


def parse(text: str, *, as_json: bool) -> object:
    """What a file holds, not yet understood; raises `UnreadableFile`."""
    kind, load = ("JSON", json.loads) if as_json else ("TOML", tomllib.loads)
    try:
        return load(text)
    except ValueError as error:
        raise UnreadableFile(f"{kind} として読めません（{error}）") from error
    except RecursionError as error:
        raise UnreadableFile(f"{kind} として読めません（入れ子が深すぎます）") from error
