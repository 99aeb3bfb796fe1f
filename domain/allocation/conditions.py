"""算定の条件: Every row of the decision table (D1 to D11) decided for a dispatch, with its reason.

Exactly one of D3 to D8 applies to a dispatch; it counts by that row (`_COUNTS`) unless one of
the `BARS` applies, too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from domain.allocation.agreements import shortcomings
from domain.allocation.claim import Agreement, Claim, Dispatch, Post
from domain.allocation.consistency import days_in_year
from domain.allocation.firstyear import FirstYear, first_year
from domain.allocation.provisions import (
    AGREEMENT,
    DISPATCH,
    OUTLINE_CLAUSE,
    OUTLINE_SEPARATE,
    OUTLINE_STAFF,
    WARDS,
    Provision,
)
from domain.allocation.readings import Readings
from domain.allocation.rules import RuleSet
from domain.bodies import body_name, is_prefecture, is_ward
from domain.municipalities import CityClass

Row = Literal["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10", "D11"]
Side = Literal["派遣側", "受入れ側"]
Counted = Literal["A", "B", "C"]
ClassesOn = Callable[[str, date], frozenset[CityClass]]
"""都市の区分: The classes a municipality is of on a day (`domain.municipalities.classes_of`)."""

ROWS: dict[Row, str] = {
    "D1": "連携協約によらない（締結・議決・効力を欠く）",
    "D2": "受入れ側が指定都市・中核市・都道府県庁所在地である",
    "D3": "都道府県が派遣する（自治法派遣でない）",
    "D4": "市町村が派遣する（自治法派遣でない）",
    "D5": "自治法派遣により派遣する",
    "D6": "自治法派遣を受ける（その職の派遣初年度）",
    "D7": "自治法派遣を受ける（派遣初年度でない）",
    "D8": "自治法派遣でない派遣を受ける",
    "D9": "任期の定めのない常勤職員で、①②の要件を欠く",
    "D10": "技術職員・デジタル人材（別の措置がある）",
    "D11": "特別区が関わる",
}
"""The table of contents of this module."""
BARS: frozenset[Row] = frozenset({"D1", "D2", "D7", "D8", "D9", "D10", "D11"})
_COUNTS: dict[Row, tuple[Counted, ...]] = {
    "D3": ("A", "B"),
    "D4": ("A", "B"),
    "D5": ("A",),
    "D6": ("C",),
}
_REGULAR = "任期の定めのない常勤職員"
_SECONDED = "自治法派遣"


@dataclass(frozen=True)
class Decision:
    """条件の判定: Whether one row of the table applies, why, under what, and by what papers."""

    row: Row
    applies: bool
    reason: str
    rule: Provision
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """派遣の判定: Every row decided for one dispatch; `first` and `last` are its days in the year."""

    dispatch: Dispatch
    side: Side
    first: date
    last: date
    decisions: tuple[Decision, ...]

    @property
    def bars(self) -> tuple[Decision, ...]:
        """The rows that apply and leave nothing to be counted."""
        return tuple(one for one in self.decisions if one.applies and one.row in BARS)

    @property
    def counted(self) -> frozenset[Counted]:
        """What the dispatch counts for."""
        if self.bars:
            return frozenset()
        applying = (one for one in self.decisions if one.applies)
        return frozenset(part for one in applying for part in _COUNTS.get(one.row, ()))

    @property
    def manual(self) -> bool:
        """手で算定する: The case the item's words do not reach."""
        return any(one.row == "D11" for one in self.bars)

    @property
    def outcome(self) -> str:
        """「A・Bに算入」, 「算入しない（D2）」, 「手で算定する（D11）」."""
        if self.counted:
            return "・".join(sorted(self.counted)) + "に算入"
        rows = "・".join(one.row for one in self.bars)
        return f"手で算定する（{rows}）" if self.manual else f"算入しない（{rows}）"


@dataclass(frozen=True)
class Facts:
    """What the rows are decided from."""

    claim: Claim
    dispatch: Dispatch
    agreement: Agreement | None
    side: Side
    first: date
    last: date
    rules: RuleSet
    readings: Readings
    classes_on: ClassesOn

    @property
    def seconded(self) -> bool:
        """自治法派遣であるか."""
        return self.dispatch.form == _SECONDED

    @property
    def post(self) -> Post | None:
        """The post the dispatch is to."""
        return self.claim.post(self.dispatch.post)

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers of the dispatch."""
        return self.dispatch.evidence

    @property
    def item(self) -> Provision:
        """The item under which the claimant claims."""
        return self.rules.item(prefecture=is_prefecture(self.claim.claimant))


def judge(
    claim: Claim,
    dispatch: Dispatch,
    rules: RuleSet,
    readings: Readings,
    classes_on: ClassesOn,
) -> Judgement:
    """Every row of the table for one dispatch of a sound claim."""
    first, last = days_in_year(dispatch, claim.fiscal_year)
    facts = Facts(
        claim=claim,
        dispatch=dispatch,
        agreement=claim.agreement(dispatch.agreement),
        side="派遣側" if claim.claimant == dispatch.sender else "受入れ側",
        first=first,
        last=last,
        rules=rules,
        readings=readings,
        classes_on=classes_on,
    )
    return Judgement(dispatch, facts.side, first, last, tuple(_decisions(facts)))


@lru_cache(maxsize=4_096)
def classes_in(
    classes_on: ClassesOn, code: str, first: date, last: date
) -> tuple[tuple[CityClass, date], ...]:
    """The classes a municipality is of on any of the days, each with the first such day."""
    found: dict[CityClass, date] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        for kind in classes_on(code, day):
            found.setdefault(kind, day)
    return tuple(sorted(found.items()))


def _decisions(facts: Facts) -> Iterator[Decision]:
    yield _agreement(facts)
    yield _city_class(facts)
    yield from _sending(facts)
    yield from _receiving(facts)
    yield _staff(facts)
    yield _separate_measure(facts)
    yield _ward(facts)


def _agreement(facts: Facts) -> Decision:
    wanting = shortcomings(
        facts.agreement,
        facts.dispatch,
        (facts.first, facts.last),
        clause_required=facts.readings.expertise_clause == "required",
    )
    number = facts.agreement.number if facts.agreement else ""
    papers = facts.agreement.evidence if facts.agreement else facts.papers
    if wanting:
        clause_only = len(wanting) == 1 and wanting[0].of_clause
        rule = OUTLINE_CLAUSE if clause_only else AGREEMENT
        return Decision("D1", True, "。".join(one.reason for one in wanting), rule, papers)
    reason = f"連携協約 {number} は全当事者の議決を経て締結され、{facts.first} から {facts.last} まで効力がある"
    return Decision("D1", False, reason, AGREEMENT, papers)


def _city_class(facts: Facts) -> Decision:
    recipient = facts.dispatch.recipient
    name = body_name(recipient)
    if is_ward(recipient):
        return Decision("D2", False, f"{name}は特別区であり、D11 で扱う", facts.item)
    last = facts.first if facts.readings.city_class == "first-day" else facts.last
    found = classes_in(facts.classes_on, recipient, facts.first, last)
    if not found:
        reason = f"{name}は {facts.first} から {last} まで指定都市・中核市・都道府県庁所在地のいずれでもない"
        return Decision("D2", False, reason, facts.item)
    kinds = "、".join(f"{kind}（{day} に該当）" for kind, day in found)
    return Decision("D2", True, f"受入れ側の{name}が{kinds}である", facts.item)


def _sending(facts: Facts) -> Iterator[Decision]:
    sends = facts.side == "派遣側"
    prefecture = is_prefecture(facts.claim.claimant)
    papers = facts.papers
    claimant, form = body_name(facts.claim.claimant), facts.dispatch.form
    told = f"{claimant}が{facts.side}で、派遣の形は「{form}」である"
    yield Decision("D3", sends and prefecture and not facts.seconded, told, facts.item, papers)
    yield Decision("D4", sends and not prefecture and not facts.seconded, told, facts.item, papers)
    more = (
        "。人件費（B）は算入せず、募集経費（A）だけを算入する" if sends and facts.seconded else ""
    )
    yield Decision("D5", sends and facts.seconded, f"{told}{more}", DISPATCH, papers)


def _receiving(facts: Facts) -> Iterator[Decision]:
    receives = facts.side == "受入れ側"
    if not receives:
        told = f"{body_name(facts.claim.claimant)}は受入れ側でない"
        yield from (Decision(row, False, told, facts.item) for row in _RECEIVING)
        return
    if not facts.seconded:
        told = f"派遣の形が「{facts.dispatch.form}」で自治法派遣でない"
        bars = f"{told}。負担金は派遣側の人件費から控除される"
        yield Decision("D6", False, told, facts.item, facts.papers)
        yield Decision("D7", False, told, facts.item, facts.papers)
        yield Decision("D8", True, bars, facts.item, facts.papers)
        return
    year = _first_year(facts)
    papers = facts.post.evidence if facts.post else ()
    yield Decision("D6", year.met, year.reason, facts.item, papers)
    yield Decision("D7", not year.met, year.reason, facts.item, papers)
    yield Decision("D8", False, "自治法派遣である", DISPATCH, facts.papers)


_RECEIVING: tuple[Row, ...] = ("D6", "D7", "D8")


def _first_year(facts: Facts) -> FirstYear:
    days = (facts.first, facts.last)
    return first_year(facts.claim, facts.dispatch, days, facts.readings)


def _staff(facts: Facts) -> Decision:
    staff = facts.dispatch.staff
    if facts.side == "受入れ側" and facts.readings.received_staff == "not-judged":
        return Decision(
            "D9", False, "受入れ側では職員の区分を判定しない読み方による", OUTLINE_STAFF
        )
    if staff.category != _REGULAR:
        return Decision("D9", False, f"{staff.category}である", OUTLINE_STAFF, facts.papers)
    wanting = [
        words
        for met, words in (
            (staff.mainly_supports_municipalities, "①主に市町村の支援に従事する"),
            (staff.employed_for_specialist_work, "②対象の専門業務のための採用又は人事上の扱い"),
        )
        if not met
    ]
    if wanting:
        reason = f"{_REGULAR}で、{'、'.join(wanting)}の要件を欠く"
        return Decision("D9", True, reason, OUTLINE_STAFF, facts.papers)
    return Decision("D9", False, f"{_REGULAR}で、①②のどちらにも当たる", OUTLINE_STAFF, facts.papers)


def _separate_measure(facts: Facts) -> Decision:
    measure = facts.dispatch.staff.separate_measure
    if measure == "なし":
        return Decision("D10", False, "別の措置の対象ではない", OUTLINE_SEPARATE, facts.papers)
    reason = f"{measure}には別の措置がある。この項目では算入せず、その措置で算定する"
    return Decision("D10", True, reason, OUTLINE_SEPARATE, facts.papers)


def _ward(facts: Facts) -> Decision:
    wards = [
        body_name(code)
        for code in (facts.claim.claimant, facts.dispatch.recipient)
        if is_ward(code)
    ]
    if not wards:
        return Decision("D11", False, "特別区が関わらない", WARDS)
    names = "、".join(dict.fromkeys(wards))
    reason = f"{names}は特別区である。項目は市町村といい、都には特例がある。手で算定する"
    return Decision("D11", True, reason, WARDS)
