"""用語（法第260条の49第3項から第5項まで）: What the acts of support, publication and coordination share."""

from typing import Annotated

from pydantic import Field

from domain.acts import Command
from domain.decider import Refused
from domain.ordinance import Rules
from domain.text import Key

Number = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]
Yen = Annotated[int, Field(ge=0, le=999_999_999_999, strict=True)]
"""円: A whole amount; a fraction or a text is no amount."""
Paid = Annotated[int, Field(ge=1, le=999_999_999_999, strict=True)]
"""円: An amount that is more than nothing."""
Year = Annotated[int, Field(ge=2024, le=9000, strict=True)]
"""会計年度: By the year in which it began; the article came into force in 令和6年度."""
Items = Annotated[tuple[Key, ...], Field(min_length=1)]
"""特定地域共同活動: By the ids of the ordinance's items."""


def of_the_ordinance(command: Command, activities: tuple[str, ...], rules: Rules) -> None:
    """特定地域共同活動（法第260条の49第2項第1号）: Refuse an activity the ordinance does not list."""
    known = [item.id for item in rules.ordinance.activities.on(command.on).value]
    unknown = [one for one in activities if one not in known]
    if unknown:
        raise Refused(
            command.cites,
            f"{'、'.join(unknown)} は、条例で定める特定地域共同活動ではありません",
            f"activities は次のいずれかです: {'、'.join(known)}",
        )


def yen(amount: int) -> str:
    """「1,200,000円」."""
    return f"{amount:,}円"
