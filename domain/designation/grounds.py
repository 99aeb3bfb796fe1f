"""取消しの事由（法第260条の49第12項）: Four, narrower than the grounds of an order.

Breaking a law or an ordinance and running the body badly are no grounds here: they lead to a
revocation only through an order that was violated (G2), or through the ordinance (G4).
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.acts import Finding
from domain.law import ART_260_49
from domain.ordinance import Rules
from domain.procedure import refuse_unless
from domain.text import Key

PARA_12 = ART_260_49.para(12)


class _Ground(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BeyondImprovement(_Ground):
    """第一の事由: A requirement is lacking AND an order clearly could not mend it: two findings."""

    ground: Literal["G1"] = "G1"
    lacking: Finding
    hopeless: Finding


class OrderViolated(_Ground):
    """第二の事由: An improvement order was violated, as a person found."""

    ground: Literal["G2"] = "G2"
    improvement: Annotated[int, Field(ge=1)]


class ImproperMeans(_Ground):
    """第三の事由: The designation was obtained by improper means."""

    ground: Literal["G3"] = "G3"
    finding: Finding


class ByOrdinance(_Ground):
    """第四の事由: A case laid down by the ordinance, by the id of its item."""

    ground: Literal["G4"] = "G4"
    item: Key
    finding: Finding


Ground = Annotated[
    BeyondImprovement | OrderViolated | ImproperMeans | ByOrdinance, Field(discriminator="ground")
]
Grounds = Annotated[tuple[Ground, ...], Field(min_length=1)]


def grounds_stand(
    grounds: tuple[Ground, ...], violated: Mapping[int, date], on: date, rules: Rules
) -> None:
    """取消しの事由（法第260条の49第12項）: Refuse a ground that record or ordinance lacks on the day.

    `violated` are the numbers of the orders found violated, with the day of the finding.
    """
    for ground in grounds:
        match ground:
            case OrderViolated(improvement=no):
                refuse_unless(
                    no in violated and violated[no] <= on,
                    PARA_12,
                    f"{on} までに改善命令（第{no}号）の違反が認定されていません",
                    "違反を認定してから、取消しの事由としてください",
                )
            case ByOrdinance(item=item):
                listed = rules.ordinance.revocation_grounds.on(on).value
                refuse_unless(
                    any(known.id == item for known in listed),
                    PARA_12,
                    f"{rules.ordinance.name}の条例に取消しの事由 {item} の定めがありません",
                )
            case BeyondImprovement(lacking=lacking, hopeless=hopeless):
                refuse_unless(
                    bool(lacking.evidence and hopeless.evidence),
                    PARA_12,
                    "要件を欠くことと、命令によっては改善を期待できないことの明らかさに、証拠がありません",
                    "lacking と hopeless のそれぞれの evidence に証拠を記してください",
                )
            case ImproperMeans():
                pass
