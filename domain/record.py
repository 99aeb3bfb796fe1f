"""記録: The envelope of a stored event, and what is handed in to store one."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue
from pydantic_core import PydanticCustomError

from domain.bodies import check_body, check_office
from domain.municipalities import check_code
from domain.text import Key

CASE_ID = re.compile(
    r"^(?P<institution>指定|協約|紛争)-(?P<municipality>\d{6})-(?P<serial>[0-9A-Za-z]{1,32})$"
)

# 指定 is the act of a municipality; a prefecture too may keep the file of an agreement, and the
# Minister that of a dispute.
_KEEPERS = {"指定": check_code, "協約": check_body, "紛争": check_office}


def _case_id(text: str) -> str:
    found = CASE_ID.match(text)
    if found is None:
        raise PydanticCustomError(
            "case_id",
            "事案番号は「指定-団体コード6桁-英数字」の形で書きます（例 指定-341002-0001）",
            {},
        )
    if fault := _KEEPERS[found["institution"]](found["municipality"]):
        raise PydanticCustomError("municipality_code", "{fault}", {"fault": fault})
    return text


CaseId = Annotated[str, AfterValidator(_case_id)]
"""事案番号: 制度-団体コード-番号, e.g. 指定-341002-0001. It holds no personal data."""


def municipality_of(case: str) -> str:
    """The six-digit 団体コード in a case number."""
    return case.split("-")[1]


def institution_of(case: str) -> str:
    """The institution a case number belongs to (指定, 協約 or 紛争)."""
    return case.split("-", 1)[0]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Submission(_Frozen):
    """提出: One command for one case, under the caller's own idempotency key `id`."""

    id: Key
    case: CaseId
    command: dict[str, JsonValue]


class Append(_Frozen):
    """追記: Events to add to a case after number `expected`, once for ever under `command_id`.

    `command_digest` is the SHA-256 (hex) of the command; the same id with another digest is
    refused. `events` are the JSON texts of the events in order. `open` says whether the case
    is still running after them.
    """

    case: str
    expected: int
    command_id: str
    command_digest: str
    events: list[str]
    open: bool


class Recorded(_Frozen):
    """記録済みの事実: A stored event with its number in the case and the moment of recording.

    `event` is the JSON text of the event; `hash` (hex) seals it and everything before it.
    """

    number: int
    recorded_at: datetime
    command_id: str
    hash: str
    event: str


class Appended(_Frozen):
    """追記の結果: The numbers the command's events have; `stored` is set where they were there already.

    `head` is the hash of event `last` (hex).
    """

    first: int
    last: int
    head: str
    stored: list[Recorded] | None = None


class Page(_Frozen):
    """記録の一部: Events of a case in order; `more` tells that others follow the last one."""

    events: list[Recorded]
    more: bool


class Receipt(_Frozen):
    """受領: What came of a command: the events' names and numbers, or none if it was already so.

    `duplicate` tells that the command had been recorded before under the same id. What tells
    most comes first: an operator sees the beginning of it in the list of a case's updates.
    """

    events: list[str] = Field(default_factory=list)
    first: int = 0
    last: int = 0
    stage: str = ""
    case: str
    command_id: str
    head: str = ""
    duplicate: bool = False
