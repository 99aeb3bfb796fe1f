"""行為者: Who acts, in which office, and on whose behalf."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from domain.text import Key, Line

Role = Literal["body", "officer", "presider", "mayor", "calendar", "registrar", "commissioner"]
"""団体・担当職員・主宰者・市町村長・暦・記録係・自治紛争処理委員."""

ROLE_NAMES: dict[Role, str] = {
    "body": "団体",
    "officer": "担当職員",
    "presider": "主宰者",
    "mayor": "市町村長",
    "calendar": "暦",
    "registrar": "記録係",
    "commissioner": "自治紛争処理委員",
}


class Acting(BaseModel):
    """専決・代決: The office in whose name another person decides.

    専決 is standing authority for a class of acts, 代決 a decision in the holder's absence; both
    need an entry of the dated delegation table of the municipality.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Literal["専決", "代決"]
    office: Line
    name: Line


class Actor(BaseModel):
    """行為者: One person in one office on one occasion.

    `person` is the number that tells people apart (職員番号, or the number of the body); the
    acts of a body are entered under the name of the body, never under a resident's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: Key
    office: Line
    name: Line
    role: Role
    acting: Acting | None = None

    def __str__(self) -> str:
        """「広島市長 例示太郎」, with the office acted for."""
        if self.acting is None:
            return f"{self.office} {self.name}"
        return f"{self.acting.office} {self.acting.name}（{self.acting.mode} {self.office} {self.name}）"


CALENDAR = Actor(person="calendar", office="暦", name="期日の到来", role="calendar")
"""The calendar: it notes that a day has passed and disposes of nothing."""
REGISTRAR = Actor(person="registrar", office="記録係", name="照合", role="registrar")
"""The reconciliation: it notes what was done to a case's workflow past the record."""
