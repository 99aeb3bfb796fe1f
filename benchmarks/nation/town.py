"""町の年月: All cases of one municipality, day by day, as the real deciders let them be.

The lives of all cases take turns by the day of their next act, so that papers are numbered in the
order of their days across the municipality. An act that is entered late is numbered on its day
and decided when it is entered; meanwhile the calendar notes, as the engine would, that a day has
passed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from itertools import count

from benchmarks.nation.applying import applied
from benchmarks.nation.case import Case, Command, Events, Life, Step, Town
from benchmarks.nation.chance import Dice
from benchmarks.nation.figures import Figures
from benchmarks.nation.ledger import Ledger
from benchmarks.nation.office import FIRST_DAY, LAST_DAY, Clock, open_days
from benchmarks.nation.people import Staff, body_of, fiscal_year_of
from benchmarks.nation.places import Allotment
from domain.decider import Refused
from domain.designation.designated import Revoked
from domain.designation.revocation import GiveDeferredReasons
from domain.ordinance import Rules
from domain.registry import DESIGNATION_FILES
from workflows.door import CALENDAR_PREFIX, fingerprint

_DECIDER = DESIGNATION_FILES.decider
_MEAN_WAIT, _LONGEST_WAIT = 220, 1_200
"""Days from the first day of the ordinance to an application."""


class UnlawfulLife(RuntimeError):
    """A life did what the law refuses: it is not written as it should be."""


class Papers:
    """文書番号: Running by fiscal year, with a number lost here and there."""

    def __init__(self, mark: str, dice: Dice, figures: Figures) -> None:
        self._mark, self._dice, self._figures = mark, dice, figures
        self._last: dict[int, int] = {}

    def number(self, day: date) -> str:
        """The next number of the day's fiscal year."""
        year, lost = fiscal_year_of(day), 0
        while self._dice.happens(0.008):
            lost += 1
        self._last[year] = self._last.get(year, 0) + 1 + lost
        self._figures.numbers_lost += lost
        return f"{self._mark}第{self._last[year]}号"


@dataclass(slots=True, eq=False)
class _File:
    """A case with its clock and its rows."""

    case: Case
    clock: Clock
    ledger: Ledger
    open: bool = True
    noted: date = FIRST_DAY
    """The day up to which the calendar has noted what has passed."""


_Turn = tuple[date, int, _File, Life, Step, bool]
"""A step to be taken on a day: in whose file, of which life; whether its paper is numbered."""


class Municipality:
    """The cases allotted to one municipality, under its rules."""

    def __init__(self, allotted: Allotment, rules: Rules) -> None:
        seed, place = allotted.seed, allotted.place
        self._allotted = allotted
        self._town = Town(place, rules, Staff(seed, place), open_days(rules.calendar))
        self.figures = Figures()
        self._papers = Papers(place.mark, Dice.of(seed, "papers", place.code), self.figures)
        self._turns: list[_Turn] = []
        self._turn = count()
        days = Dice.of(seed, "days", place.code)
        arrivals = sorted(_arrival(self._town, days) for _ in range(allotted.number))
        self._files = [self._open(serial, day) for serial, day in enumerate(arrivals, 1)]

    def live(self) -> Iterator[tuple[Ledger, bytes]]:
        """Let all cases run to the last day; gives each one's rows, and the line of its head."""
        while self._turns:
            day, _, file, life, step, numbered = heappop(self._turns)
            if day > LAST_DAY:
                break
            if file.open and _goes_on(file.case, step):
                self._take_turn(day, file, life, step, numbered=numbered)
        for file in self._files:
            self._note(file, LAST_DAY)
            if file.ledger.number:
                yield file.ledger, file.ledger.close(open=file.open)

    def _open(self, serial: int, day: date) -> _File:
        seed, place = self._allotted.seed, self._allotted.place
        id = f"指定-{place.code}-{serial:06}"
        dice = Dice.of(seed, "case", id)
        case = Case(id, self._town, body_of(place, serial, dice), dice, day)
        clock = Clock(self._allotted.first + serial - 1, self._allotted.cases, dice)
        file = _File(case, clock, Ledger(seed, place.code, id, self.figures))
        self._go_on(file, applied(case))
        return file

    # --- 順番 -------------------------------------------------------------------------------------

    def _take_turn(self, day: date, file: _File, life: Life, step: Step, *, numbered: bool) -> None:
        """Number the step's paper, then take it, or put it off to the day it is entered."""
        if step.paper and not numbered:
            step.fields["document"] = self._papers.number(step.on)
        if step.entered > day:
            self._push(step.entered, file, life, step, numbered=True)
            return
        self._go_on(file, life, self._take(file, step))

    def _go_on(self, file: _File, life: Life, events: Events | None = None) -> None:
        """Let the life go on to its next step, and those that it began to their first ones."""
        try:
            step = next(life) if events is None else life.send(events)
        except StopIteration:
            pass
        else:
            self._push(step.on, file, life, step)
        begun, file.case.begun = file.case.begun, []
        for another in begun:
            self._go_on(file, another)

    def _push(
        self, day: date, file: _File, life: Life, step: Step, *, numbered: bool = False
    ) -> None:
        heappush(self._turns, (day, next(self._turn), file, life, step, numbered))

    # --- 記録 -------------------------------------------------------------------------------------

    def _take(self, file: _File, step: Step) -> Events:
        """Enter a step, after what the calendar had to note before it."""
        case = file.case
        case.today = max(case.today, step.entered)
        self._note(file, case.today)
        command = step.kind.model_validate(step.fields)
        number = file.ledger.number + 1
        return self._enter(file, command, f"{case.id[3:]}-{number}", file.clock.enter(case.today))

    def _note(self, file: _File, day: date) -> None:
        """What the calendar notes up to the beginning of the day, if it has not looked yet."""
        if day == file.noted or not file.ledger.number:
            return
        file.noted = day
        while (due := self._next_note(file, day)) is not None:
            note, command_id = due
            self._enter(file, note, command_id, file.clock.note(note.on))

    def _next_note(self, file: _File, day: date) -> tuple[Command, str] | None:
        rules = file.case.town.rules
        for due in DESIGNATION_FILES.dues(file.case.state, rules):
            if due.note is not None and due.note.on <= day:
                return due.note, f"{CALENDAR_PREFIX}{due.deadline.key}:{due.deadline.day}"
        return None

    def _enter(self, file: _File, command: Command, command_id: str, at: int) -> Events:
        """Decide a command and record what comes of it."""
        case = file.case
        try:
            events = tuple(_DECIDER.decide(command, case.state, case.town.rules))
        except Refused as refused:
            raise UnlawfulLife(f"{case.id}, {command.tag} on {command.on}: {refused}") from None
        if events:
            case.state = _DECIDER.fold(events, case.state)
            file.open = DESIGNATION_FILES.is_open(case.state)
            file.ledger.add(command_id, fingerprint(command), events, file.clock, at)
        return events


def _goes_on(case: Case, step: Step) -> bool:
    """Whether there is still somebody to act on: with the designation, all oversight ends."""
    return not isinstance(case.state.matter.status, Revoked) or step.kind is GiveDeferredReasons


def _arrival(town: Town, dice: Dice) -> date:
    """An open day in the years after the ordinance comes into force, an early one rather."""
    wait = dice.expovariate(1 / _MEAN_WAIT)
    while wait > _LONGEST_WAIT:
        wait = dice.expovariate(1 / _MEAN_WAIT)
    return town.days.after(max(town.place.since, FIRST_DAY), int(wait * 5 / 7))
