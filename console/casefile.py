"""事案の閲覧: A case rebuilt from the record alone, as it stood on a day, as known at a moment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from pydantic import TypeAdapter, ValidationError

from activities.rulebook import Rulebook
from domain.acts import Event
from domain.decider import UnreadableFact
from domain.institution import Institution, View
from domain.ordinance import Rules
from domain.periods import CalendarEnds, Deadline
from domain.record import CaseId, municipality_of
from domain.registry import institution_for
from store.audit.cases import HistoryLine, history
from store.audit.desk import Desk, Viewer
from workflows.days import today

_CASE: TypeAdapter[str] = TypeAdapter(CaseId)


class NoSuchCase(LookupError):
    """The record holds no event of the case; the text is Japanese, for people."""


@dataclass(frozen=True)
class Entry:
    """One stored event, as stored and as read; `event` is None where its body was disposed of."""

    line: HistoryLine
    event: Event | None


@dataclass(frozen=True)
class CaseFile:
    """A case as its record tells it: events, the state they add up to, and what is open.

    `on` and `known` are the legal day and the moment it is told of, None for now.
    """

    case: str
    headline: str
    entries: tuple[Entry, ...]
    rules: Rules
    view: View
    open: bool
    pending: tuple[Deadline, ...]
    ledger: tuple[Deadline, ...]
    """Every deadline the case has had, as it stood last, in the order they arose."""
    on: date | None = None
    known: datetime | None = None
    state: object = None

    @property
    def day(self) -> date:
        """The day it is told of."""
        return self.on or today(self.known or datetime.now(UTC))


@dataclass(frozen=True)
class Reader:
    """Who looks through which desk, with the rules that deadlines are reckoned by."""

    desk: Desk
    viewer: Viewer
    rulebook: Rulebook


def case_number(text: str) -> str:
    """A 事案番号; raises `NoSuchCase` where there can be no such case."""
    try:
        return _CASE.validate_python(text)
    except ValidationError as fault:
        raise NoSuchCase(fault.errors(include_url=False)[0]["msg"]) from fault


async def open_case(
    reader: Reader,
    case: str,
    *,
    on: date | None = None,
    known: datetime | None = None,
    what: str = "事案の現況",
) -> CaseFile:
    """Rebuild a case; raises `NoSuchCase`, or `LookupError` for an institution not carried.

    `on` leaves out what took effect later, `known` what was recorded later.
    """
    institution = institution_for(case_number(case))
    lines = await history(reader.desk, reader.viewer, case, known=known, what=what)
    if not lines:
        raise NoSuchCase(_none(case, known))
    entries = tuple(_entry(institution, line) for line in lines if on is None or line.on <= on)
    rules = reader.rulebook.rules(municipality_of(case))
    state, ledger = institution.decider.initial, dict[str, Deadline]()
    # What stands for a moment only, between the facts of one command, is no deadline.
    for _, brought in groupby(entries, key=lambda entry: entry.line.recorded.command_id):
        try:
            state = institution.decider.fold((one.event for one in brought if one.event), state)
        except UnreadableFact as fault:
            raise NoSuchCase(
                f"事案 {case} はその日の状態に組み立てられません（{fault}）"
            ) from fault
        ledger |= {deadline.key: deadline for deadline in _dues(institution, state, rules)}
    return CaseFile(
        case=case,
        headline=institution.headline(state),
        entries=entries,
        rules=rules,
        view=institution.view(state),
        open=institution.is_open(state),
        pending=_dues(institution, state, rules),
        ledger=tuple(ledger.values()),
        on=on,
        known=known,
        state=state,
    )


def _none(case: str, known: datetime | None) -> str:
    if known:
        return f"事案 {case} の記録は、{known:%Y-%m-%d %H:%M} にはまだありません"
    return f"事案 {case} の記録はありません"


def _entry(institution: Institution[Any, Any, Any], line: HistoryLine) -> Entry:
    text = line.recorded.event
    return Entry(line, institution.event.validate_json(text) if text else None)


def _dues(
    institution: Institution[Any, Any, Any], state: object, rules: Rules
) -> tuple[Deadline, ...]:
    try:
        return tuple(due.deadline for due in institution.dues(state, rules))
    except CalendarEnds:
        return ()
