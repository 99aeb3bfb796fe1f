"""変更の届出（法第14条第1項、条例）: What the body must tell of what has changed, and by when.

A notice that comes late is recorded as late, not turned back; whether a duty of the ordinance was
broken (法第260条の49第11項) is a person's finding under another paragraph.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.acts import Event
from domain.designation.parts import Circumstances, while_designated
from domain.designation.tenure.conditions import BY_ORDINANCE, must_have
from domain.designation.tenure.standing import Tenure
from domain.law import Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.periods import Deadline, Period, reckon
from domain.procedure import Entry, by_the_body, has_passed, refuse_unless, stated
from domain.text import Line, Personal, Text


class Change(BaseModel):
    """変更の事項: What changed, from what to what; of residents only that they changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    matter: Line
    before: Text | None = None
    after: Text | None = None


Changes = Annotated[tuple[Change, ...], Field(min_length=1)]


class ChangeNotified(Event):
    """変更の届出（法第14条第1項）: The body tells of a change; `due` is the day it had for it.

    `representative` is the new one where that changed, `body_name` the new name of the body.
    """

    title: ClassVar[str] = "変更の届出"
    kind: Literal["ChangeNotified"] = "ChangeNotified"
    basis: Citation = BY_ORDINANCE
    changed: date
    changes: Changes
    body_name: Line | None
    representative: Personal | None
    attachments: tuple[Line, ...]
    due: Deadline
    in_time: bool
    provision: Line


class NotifyChange(Entry):
    """変更を届け出る（法第14条第1項）: `on` is the day of arrival, `changed` the day of the change."""

    title: ClassVar[str] = "変更を届け出る"
    cites: ClassVar[Citation] = BY_ORDINANCE
    done_by: ClassVar[Role] = "body"
    kind: Literal["NotifyChange"] = "NotifyChange"
    changed: date
    changes: Changes
    body_name: Line | None = None
    representative: Personal | None = None
    attachments: tuple[Line, ...] = ()


def decide(
    command: NotifyChange, state: Tenure, now: Circumstances, rules: Rules
) -> Sequence[ChangeNotified]:
    """The notice, in time or late; nothing where the same change was told before."""
    since = while_designated(command, now)
    by_the_body(command, now.body)
    found = must_have(rules.ordinance.change_notice, command.changed, rules, "変更の届出")
    refuse_unless(
        since <= command.changed <= command.on,
        BY_ORDINANCE,
        f"変更の日 {command.changed} は、指定の効力の発生（{since}）から届出の日（{command.on}）までの日とします",
        "changed の日付を確かめてください",
    )
    if _told(command.changed, command.changes) <= state.changes:
        return []
    due = _due(command, found.value, rules)
    in_time = not has_passed(due, command.on)
    return [stated(ChangeNotified, command, rules, due=due, in_time=in_time, provision=found.basis)]


def _due(command: NotifyChange, period: Period | None, rules: Rules) -> Deadline:
    if period is None:
        raise TypeError("a duty without a period")
    return reckon(
        key=f"change-{command.changed}",
        title="変更の届出の期限",
        basis=BY_ORDINANCE,
        origin=command.changed,
        origin_title="変更",
        period=period,
        calendar=rules.calendar,
    )


def evolve(state: Tenure, event: ChangeNotified) -> Tenure:
    """What has been told."""
    return replace(state, changes=state.changes | _told(event.changed, event.changes))


def _told(day: date, changes: Sequence[Change]) -> frozenset[tuple[date, str]]:
    return frozenset((day, change.model_dump_json()) for change in changes)
