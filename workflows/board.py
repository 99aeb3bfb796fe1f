"""掲示: What an operator sees of a case in the Temporal UI.

Search attributes are registered on the server by name and type (`SEARCH_ATTRIBUTES`):

    Municipality   Keyword    団体コード (341002)
    Kind           Keyword    制度 (指定)
    Stage          Keyword    段階 (指定中・報告待ち)
    NextDeadline   Datetime   the end, in Japan, of the next day that matters

No personal data goes into them: they are stored in clear whatever the payloads are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from temporalio import workflow
from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    SearchAttributeUpdate,
    TypedSearchAttributes,
)

from domain.acts import Event
from domain.institution import Due, View
from domain.periods import Deadline
from domain.record import institution_of, municipality_of
from workflows.days import last_second

MUNICIPALITY = SearchAttributeKey.for_keyword("Municipality")
KIND = SearchAttributeKey.for_keyword("Kind")
STAGE = SearchAttributeKey.for_keyword("Stage")
NEXT_DEADLINE = SearchAttributeKey.for_datetime("NextDeadline")
SEARCH_ATTRIBUTES: dict[SearchAttributeKey[Any], str] = {
    MUNICIPALITY: "Keyword",
    KIND: "Keyword",
    STAGE: "Keyword",
    NEXT_DEADLINE: "Datetime",
}
LONGEST_VALUE = 160
"""Characters of a value: a kanji is encoded in 6 bytes, a rare one in 12, and over 2,048 bytes
the server terminates the workflow."""
LONGEST_SUMMARY = 60
LATEST_ACTS = 5
STANDING = "現況"
"""The query that tells how a case stands by its workflow."""


class Carried(BaseModel):
    """How a running case stands by its workflow: what the query 「現況」 answers.

    `number` is the last event it has folded, `dues` the day of every open deadline by its key,
    `note_at` when the calendar next notes one. `waiting` commands are under way; `struggling`
    tells that the record is out of reach, `ready` that the rules are known.
    """

    model_config = ConfigDict(frozen=True)

    number: int
    stage: str
    open: bool
    ready: bool
    dues: dict[str, date]
    note_at: datetime | None
    waiting: int
    struggling: bool
    warning: str


@dataclass(frozen=True)
class Act:
    """One event as a line of the board."""

    number: int
    on: date
    title: str
    basis: str
    by: str


def act_of(number: int, event: Event) -> Act:
    """The line for an event; the office that acted is named, no person."""
    acting = event.by.acting
    office = acting.office if acting else event.by.office
    return Act(number, event.on, event.title, str(event.basis), office)


def fixed_attributes(case: str) -> TypedSearchAttributes:
    """What is known of a case by its number, given when it is started."""
    return TypedSearchAttributes(
        [
            SearchAttributePair(MUNICIPALITY, municipality_of(case)),
            SearchAttributePair(KIND, institution_of(case)),
        ]
    )


def show_attributes(case: str, stage: str, upcoming: Deadline | None) -> None:
    """Upsert the search attributes that have changed: the only place that does."""
    held = workflow.info().typed_search_attributes
    wanted = (
        _changed(held, MUNICIPALITY, municipality_of(case)),
        _changed(held, KIND, institution_of(case)),
        _changed(held, STAGE, stage[:LONGEST_VALUE]),
        _changed_day(held, upcoming.day if upcoming else None),
    )
    if changes := [update for update in wanted if update]:
        workflow.upsert_search_attributes(changes)  # pyright: ignore[reportUnknownMemberType]


def _changed(
    held: TypedSearchAttributes, key: SearchAttributeKey[str], value: str
) -> SearchAttributeUpdate[str] | None:
    return None if held.get(key) == value else key.value_set(value)


def _changed_day(
    held: TypedSearchAttributes, day: date | None
) -> SearchAttributeUpdate[datetime] | None:
    shown, wanted = held.get(NEXT_DEADLINE), day and last_second(day)
    if shown == wanted:
        return None
    return NEXT_DEADLINE.value_set(wanted) if wanted else NEXT_DEADLINE.value_unset()


def append_summary(number: int, events: Sequence[Event]) -> str:
    """「版12 改善命令」: The summary of an append."""
    return f"版{number} {'、'.join(event.title for event in events)}"[:LONGEST_SUMMARY]


def timer_summary(deadline: Deadline) -> str:
    """「改善命令の期限 2026-03-02（法第260条の49第11項）」."""
    says_so = any(word in deadline.title for word in ("期限", "期日"))
    title = deadline.title if says_so else f"{deadline.title}の期限"
    return f"{title} {deadline.day}（{deadline.basis}）"[:LONGEST_SUMMARY]


def next_deadline(dues: Sequence[Due[Any]], now: date) -> Deadline | None:
    """The deadline an operator must have in mind: the soonest not yet past, or not yet noted."""
    open_ones = [
        due.deadline
        for due in dues
        if due.deadline.day and (due.note is not None or due.deadline.day >= now)
    ]
    return min(open_ones, key=lambda deadline: deadline.day or date.max, default=None)


def details(
    headline: str, view: View, upcoming: Deadline | None, acts: Sequence[Act], warning: str
) -> str:
    """The Markdown an operator reads under the workflow's details."""
    return "\n".join(_details(headline, view, upcoming, acts, warning))


def _details(
    headline: str, view: View, upcoming: Deadline | None, acts: Sequence[Act], warning: str
) -> Iterator[str]:
    yield f"### {headline}\n\n**{view.stage}**\n"
    if warning:
        yield f"> ⚠️ {warning}\n"
    if upcoming:
        yield f"**次の期限** {timer_summary(upcoming)}\n"
        yield from (f"- {line}" for line in upcoming.explain())
        yield ""
    if view.obligations:
        yield "**未了の義務**\n"
        yield from (f"- {one.title}（{one.basis}） {one.since} から" for one in view.obligations)
        yield ""
    if acts:
        yield "**最近の行為**\n"
        yield from (
            f"- 版{act.number} {act.on} {act.title}（{act.basis}） {act.by}"
            for act in reversed(acts)
        )
        yield ""
    if view.possible:
        yield f"**次にできること** {'、'.join(view.possible)}"
