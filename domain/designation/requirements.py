"""要件（法第260条の49第2項各号、施行規則第22条の5の2）: What is examined, and who can say so.

    machine      確かめられる事項: computed from the application, the same for everybody
    document     書面で確かめる事項: an officer confirms it on a named document
    judgement    判断を要する事項: an officer finds it, with reasons and evidence

The checklist follows the ordinance in force on the day of the examination; the statute's own
requirements and the ordinance's are kept apart by their provision.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.law import APA_7, ART_260_49, RULE_22_5_2, Citation
from domain.ordinance import Ordinance
from domain.text import Key, Line

Proof = Literal["machine", "document", "judgement"]
Matter = Literal[
    "目的",
    "名称",
    "主としてその活動を行う区域",
    "主たる事務所の所在地",
    "構成員の資格に関する事項",
    "代表者に関する事項",
    "会議に関する事項",
    "会計に関する事項",
]
MATTERS: tuple[Matter, ...] = (
    "目的",
    "名称",
    "主としてその活動を行う区域",
    "主たる事務所の所在地",
    "構成員の資格に関する事項",
    "代表者に関する事項",
    "会議に関する事項",
    "会計に関する事項",
)
"""施行規則第22条の5の2の八号. The eighth is 会計, not the 資産 of a 認可地縁団体."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OfResidents(_Frozen):
    """地縁による団体等: Persons domiciled in an area of the municipality, among all principal members."""

    type: Literal["A"] = "A"
    principal_members: Annotated[int, Field(ge=1)]
    residents: Annotated[int, Field(ge=0)]


class OfBodies(_Frozen):
    """団体を主たる構成員とする団体: The bodies of residents that make it up."""

    type: Literal["B"] = "B"
    bodies: Annotated[tuple[Line, ...], Field(min_length=1)]


Composition = Annotated[OfResidents | OfBodies, Field(discriminator="type")]


class Clause(_Frozen):
    """規約の定め: The clause of the governing rules that lays down one of the eight matters."""

    matter: Matter
    clause: Line


class GoverningRules(_Frozen):
    """定款・規約その他これらに準ずるもの: Which clause lays down which of the eight matters."""

    document: Line
    clauses: tuple[Clause, ...]

    def lays_down(self, matter: Matter) -> bool:
        """Whether some clause lays the matter down."""
        return any(one.matter == matter for one in self.clauses)


class Particulars(_Frozen):
    """申請書の記載: What the body says of itself, as far as requirements are examined on it.

    None where the application says nothing: it has arrived all the same (行手法第7条).
    """

    composition: Composition | None = None
    area: Line | None = None
    activities: tuple[Key, ...] = ()
    governing_rules: GoverningRules | None = None
    attachments: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Requirement:
    """要件: One item of the checklist. `unmet` says what a machine found wrong, None where met."""

    id: str
    text: str
    basis: Citation
    proof: Proof
    unmet: str | None = None


ITEM_1, ITEM_2, ITEM_3, ITEM_4 = (ART_260_49.para(2, item) for item in (1, 2, 3, 4))
PARA_2 = ART_260_49.para(2)


def checklist(said: Particulars, ordinance: Ordinance, day: date) -> tuple[Requirement, ...]:
    """Every item to be examined for an application, in the order of the statute."""
    return (
        Requirement("Q01", "団体自らの申請であること（代表者の証明）", PARA_2, "document"),
        Requirement("Q02", "地域的な共同活動を行う団体であること", PARA_2, "judgement"),
        *_members(said, ordinance, day),
        *_activities(said, ordinance, day),
        *_operation(ordinance, day),
        *_matters(said),
        *_others(ordinance, day),
        _attached(said, ordinance, day),
    )


def _members(said: Particulars, ordinance: Ordinance, day: date) -> Iterator[Requirement]:
    percent = ordinance.principal_member_percent.on(day).value
    text = "主たる構成員の記載があること"
    if percent is not None:
        text = f"主たる構成員の{percent}パーセント以上が区域に住所を有する者であること"
    yield Requirement("Q03-1", text, PARA_2, "machine", _too_few(said.composition, percent))
    yield Requirement(
        "Q03-2",
        "主たる構成員が一定の区域に住所を有する者（又はその団体）であること",
        PARA_2,
        "judgement",
    )


def _too_few(composition: OfResidents | OfBodies | None, percent: int | None) -> str | None:
    match composition:
        case None:
            return "主たる構成員の記載がありません"
        case OfBodies():
            return None
        case OfResidents(residents=0):
            return "区域に住所を有する構成員がいません"
        case OfResidents(principal_members=all_of_them, residents=residents):
            if residents > all_of_them:
                return f"住所を有する者 {residents} 人が主たる構成員 {all_of_them} 人より多い"
            if percent is not None and residents * 100 < all_of_them * percent:
                return f"{all_of_them} 人のうち {residents} 人で、{percent}パーセントに足りません"
            return None


def _activities(said: Particulars, ordinance: Ordinance, day: date) -> Iterator[Requirement]:
    known = {item.id for item in ordinance.activities.on(day).value}
    strange = "、".join(activity for activity in said.activities if activity not in known)
    yield Requirement(
        "Q04-1",
        "条例で定める特定地域共同活動の号に当たる記載であること",
        ITEM_1,
        "machine",
        _no_activity(said, strange),
    )
    yield Requirement("Q04-2", "活動が特定地域共同活動であること", ITEM_1, "judgement")
    yield Requirement(
        "Q05", "他との連携等により効率的かつ効果的に行われること", ITEM_1, "judgement"
    )


def _no_activity(said: Particulars, strange: str) -> str | None:
    if not said.activities:
        return "活動の記載がありません"
    return f"条例にない活動: {strange}" if strange else None


def _operation(ordinance: Ordinance, day: date) -> Iterator[Requirement]:
    for item in ordinance.operation.on(day).value:
        yield Requirement(f"Q06-{item.id}", item.text, ITEM_2, "document")


def _matters(said: Particulars) -> Iterator[Requirement]:
    for number, matter in enumerate(MATTERS, start=1):
        rules = said.governing_rules
        laid_down = rules is not None and rules.lays_down(matter)
        missing = None if laid_down else f"規約に{matter}の定めがありません"
        yield Requirement(
            f"Q07-{number}",
            f"規約に{matter}を定めていること",
            RULE_22_5_2.para(1, number).model_copy(update={"paragraph": None}),
            "machine",
            missing,
        )


def _others(ordinance: Ordinance, day: date) -> Iterator[Requirement]:
    yield Requirement(
        "Q08-area",
        f"区域が{ordinance.area_unit.on(day).value}によること",
        ITEM_4,
        "judgement",
    )
    if bodies := ordinance.constituent_bodies.on(day).value:
        names = "、".join(bodies)
        yield Requirement("Q08-bodies", f"構成団体の要件（{names}）", ITEM_4, "judgement")
    for item in ordinance.other_requirements.on(day).value:
        yield Requirement(f"Q08-{item.id}", item.text, ITEM_4, item.proof)


def _attached(said: Particulars, ordinance: Ordinance, day: date) -> Requirement:
    required = ordinance.attachments.on(day).value
    missing = "、".join(name for name in required if name not in said.attachments)
    unmet = f"添付されていない書類: {missing}" if missing else None
    return Requirement("Q10", "添付書類がそろっていること", APA_7, "machine", unmet)
