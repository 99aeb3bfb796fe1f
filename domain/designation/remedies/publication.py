"""公示の方式（民法第98条、行手法第15条第4項、行審法第51条第3項）: How a paper is published.

Since 21 May 2026 (令和8年5月21日) it is to be read over the Internet, and besides on the notice
board or on a screen at the office; before that day the notice board alone was the form.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.decider import Refused
from domain.law import Citation

Measure = Literal["掲示場への掲示", "インターネットの利用", "映像面への表示"]
ONLINE_SINCE = date(2026, 5, 21)


@dataclass(frozen=True)
class Form:
    """方式: What must be done, all of `all_of` and one of `one_of`, from the day `since`."""

    since: date
    all_of: tuple[Measure, ...]
    one_of: tuple[Measure, ...]

    def lacks(self, measures: tuple[Measure, ...]) -> list[str]:
        """What is missing, in words."""
        missing = [str(one) for one in self.all_of if one not in measures]
        if self.one_of and not set(self.one_of) & set(measures):
            missing.append("又は".join(self.one_of))
        return missing


FORMS = (
    Form(date.min, ("掲示場への掲示",), ()),
    Form(ONLINE_SINCE, ("インターネットの利用",), ("掲示場への掲示", "映像面への表示")),
)
"""The forms in the order of their first days."""


def in_form(measures: tuple[Measure, ...], on: date, cites: Citation) -> None:
    """公示の方式: Refuse a publication that is not in the form of its day."""
    form = next(form for form in reversed(FORMS) if form.since <= on)
    if missing := form.lacks(measures):
        raise Refused(
            cites,
            f"{on} の公示の方式に足りないもの: {'、'.join(missing)}",
            "measures に、その日の方式による措置をすべて記してください",
        )
