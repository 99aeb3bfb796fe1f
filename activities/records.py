"""監査記録: What the engine asks of the record and of the rulebook, as Temporal activities.

The store is known by what it can do (`Records`) and its errors by their names: an exception
raised here reaches the workflow as an `ApplicationError` whose type is its class name. Those
in `FINAL` are answers, which no repetition changes; every other is an accident, tried again.
"""

from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field
from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.ordinance import Rules
from domain.record import Append, Appended, Page, municipality_of

PAGE_BYTES = 400_000
"""Bound of one page: what Temporal carries in one payload is 2 MiB, JSON in JSON included."""
RULES_CHANGED = "RulesChanged"
FINAL = (
    "Conflict",
    "Behind",
    "CommandReused",
    "RecordRefused",
    RULES_CHANGED,
    "NoRules",
    "ProfileError",
)
"""Names of the errors that are answers: wire contracts between activities and workflows."""


class Records(Protocol):
    """The record as the engine needs it; the errors it raises are named in `FINAL`."""

    async def append(self, request: Append) -> Appended:
        """Add events once for ever under the command's id."""
        ...

    async def load(self, case: str, after: int = 0, max_bytes: int = PAGE_BYTES) -> Page:
        """Events of a case after number `after`, at least one if there is any."""
        ...

    async def find_command(
        self, case: str, command_id: str, digest: str | None = None
    ) -> Appended | None:
        """What a command brought about, None if it is not recorded; refuses another digest."""
        ...


class Rulebook(Protocol):
    """The rules in force, by 団体コード."""

    def rules(self, code: str) -> Rules:
        """What a decision in the municipality needs."""
        ...

    def version(self, code: str) -> str:
        """What tells these rules from any others of the municipality."""
        ...


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Judged(_Frozen):
    """追記の求め: What to append, and the version of the rules it was judged under.

    `party` is the government whose rules they are; without it, whoever keeps the file.
    """

    append: Append
    rules: str
    party: str = ""


class Reading(_Frozen):
    """読取りの求め: The events of `case` after `after`; with a `command` id, what it brought about.

    `digest` is that of the command asked about.
    """

    case: str
    after: int
    command: str = ""
    digest: str = ""


class Read(_Frozen):
    """読取りの結果: The events that followed, and what became of the command asked about.

    `rules` is the version now in force where a command was asked about, empty where none is.
    """

    page: Page
    known: Appended | None = None
    rules: str = Field(default="", exclude_if=lambda version: not version)


class RecordActivities:
    """The record's activities over one `Records` and one `Rulebook`."""

    def __init__(self, records: Records, rulebook: Rulebook) -> None:
        self._records, self._rulebook = records, rulebook
        self._texts: dict[str, str] = {}

    @activity.defn(name="監査記録に追記")
    async def append(self, judged: Judged) -> Appended:
        """Add a command's events, unless they were judged under rules no longer in force."""
        now = self._rulebook.version(judged.party or municipality_of(judged.append.case))
        if now != judged.rules:
            raise ApplicationError(
                f"規律が {judged.rules} から {now} に変わりました",
                type=RULES_CHANGED,
                non_retryable=True,
            )
        return await self._records.append(judged.append)

    @activity.defn(name="監査記録を読む")
    async def read(self, reading: Reading) -> Read:
        """The next page of a case, and the fate of one command if it is asked about."""
        known, rules = None, ""
        if reading.command:
            known = await self._records.find_command(reading.case, reading.command, reading.digest)
            rules = self._version(municipality_of(reading.case))
        page = await self._records.load(reading.case, reading.after, PAGE_BYTES)
        return Read(page=page, known=known, rules=rules)

    def _version(self, code: str) -> str:
        """The version in force; none where there are no rules, which asking for them will say."""
        try:
            return self._rulebook.version(code)
        except (LookupError, ValueError):
            return ""

    @activity.defn(name="規律を読む")
    async def rules(self, code: str) -> str:
        """The rules of a municipality as the JSON text of `Rules`."""
        rules = self._rulebook.rules(code)
        if rules.version not in self._texts:
            self._texts[rules.version] = rules.model_dump_json()
        return self._texts[rules.version]
