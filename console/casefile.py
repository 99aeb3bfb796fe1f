"""事案の閲覧: A case rebuilt from the record alone, with its deadlines past and open."""

from dataclasses import dataclass
from typing import Protocol

from activities.rulebook import Rulebook
from domain.acts import Event
from domain.institution import View
from domain.ordinance import Rules
from domain.periods import Deadline
from domain.record import Page, Recorded, municipality_of
from domain.registry import institution_for


class NoSuchCase(LookupError):
    """The record holds no event of the case; the text is Japanese, for people."""


class ReadsCases(Protocol):
    """What is needed of the record to rebuild a case."""

    async def load(self, case: str, after: int = 0) -> Page:
        """Events of the case after number `after`, in order."""
        ...


@dataclass(frozen=True)
class Entry:
    """One stored event, as stored and as read."""

    recorded: Recorded
    event: Event


@dataclass(frozen=True)
class CaseFile:
    """A case as its record tells it: events, the state they add up to, and what is open."""

    case: str
    headline: str
    entries: tuple[Entry, ...]
    rules: Rules
    view: View
    open: bool
    pending: tuple[Deadline, ...]
    ledger: tuple[Deadline, ...]
    """Every deadline the case has had, as it stood last, in the order they arose."""


async def open_case(records: ReadsCases, rulebook: Rulebook, case: str) -> CaseFile:
    """Rebuild a case; raises `NoSuchCase`, or `LookupError` for an institution not carried."""
    institution = institution_for(case)
    entries = [
        Entry(recorded, institution.event.validate_json(recorded.event))
        for recorded in await _all(records, case)
    ]
    if not entries:
        raise NoSuchCase(f"事案 {case} の記録はありません")
    rules = rulebook.rules(municipality_of(case))
    state, ledger = institution.decider.initial, dict[str, Deadline]()
    for entry in entries:
        state = institution.decider.evolve(state, entry.event)
        ledger |= {due.deadline.key: due.deadline for due in institution.dues(state, rules)}
    return CaseFile(
        case=case,
        headline=institution.headline(state),
        entries=tuple(entries),
        rules=rules,
        view=institution.view(state),
        open=institution.is_open(state),
        pending=tuple(due.deadline for due in institution.dues(state, rules)),
        ledger=tuple(ledger.values()),
    )


async def _all(records: ReadsCases, case: str) -> list[Recorded]:
    found: list[Recorded] = []
    more = True
    while more:
        page = await records.load(case, after=found[-1].number if found else 0)
        found += page.events
        more = page.more
    return found
