"""事案の進行: The engine that carries one case of any institution; it knows no law.

One workflow per case, its id the case number. Its state is the fold of the record and holds
nothing that the record does not, so that it can be thrown away and rebuilt at will. Commands
come as named updates, one at a time; between them it waits for the next day that matters,
and then hands the calendar's own note through the same door.

    door.py    what is checked of a command before it is taken
    reach.py   how activities are called
    agenda.py  which note of the calendar comes next
    board.py   what an operator sees
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Generic, TypeVar, cast

from temporalio import workflow
from temporalio.exceptions import ApplicationError, FailureError

from activities.records import RULES_CHANGED, Judged, Read, Reading, RecordActivities
from domain.acts import Command, Event
from domain.decider import Refused
from domain.institution import Due, Institution, View
from domain.ordinance import Rules
from domain.record import Append, Appended, Receipt, Recorded, municipality_of
from workflows import board, days
from workflows.agenda import Agenda, Alarm, same
from workflows.door import (
    REFUSED,
    busy,
    check_case,
    check_command,
    command_id_of,
    fingerprint,
    invalid,
)
from workflows.reach import Answered, Reach

C = TypeVar("C", bound=Command)
S = TypeVar("S")
E = TypeVar("E", bound=Event)

LONG_HISTORY = 500
"""History events after which the case continues as new: a cold replay costs about half a
millisecond for each."""
TOO_LONG_HISTORY = 1_000
"""From here on new commands are put off until those under way are done."""
MOST_WAITING, MOST_WAITING_WHILE_STRUGGLING = 90, 10
"""Commands that may wait for their turn, and how many while the record is out of reach. The
server itself stops at `history.maxInFlightUpdates`."""
AN_HOUR = timedelta(hours=1)


@lru_cache(maxsize=64)
def _rules(text: str) -> Rules:
    """The same rules are one object, however many cases a worker holds."""
    return Rules.model_validate_json(text)


@dataclass(frozen=True)
class _Draft(Generic[C, S, E]):
    """What a command would bring about, reckoned to the end before anything is recorded."""

    events: Sequence[E]
    state: S
    dues: Sequence[Due[C]]
    view: View
    open: bool


class CaseWorkflow(Generic[C, S, E]):
    """One case of one institution; a subclass names the updates, three lines each."""

    def __init__(self, institution: Institution[C, S, E], case: str) -> None:
        self._institution, self._case = institution, case
        self._state: S = institution.decider.initial
        self._number = 0
        self._rules: Rules | None = None
        self._in_force = ""
        self._others: dict[str, Rules] = {}
        self._view = View("")
        self._open = True
        self._acts: deque[board.Act] = deque(maxlen=board.LATEST_ACTS)
        self._turn, self._reach = asyncio.Lock(), Reach()
        self._waiting = 0
        self._agenda: Agenda[C] = Agenda(workflow.now())
        self._warning = ""

    # --- 一生: from the first command to the last day ----------------------------------------

    async def follow(self) -> None:
        """Carry the case until nothing more can happen to it."""
        try:
            self._check_case()
            await self._follow()
        except (asyncio.CancelledError, FailureError):
            # Without this, commands already accepted would die with the workflow.
            await workflow.wait_condition(workflow.all_handlers_finished)
            raise

    async def _follow(self) -> None:
        await self._open_file()
        while not self._leaving() or not await self._drained():
            if not self._leaving():
                await self._wait()
        if self._open and self._number:
            workflow.continue_as_new(self._case)

    async def _drained(self) -> bool:
        """Let the commands under way finish; whether it is still time to leave after them."""
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._leaving()

    def _leaving(self) -> bool:
        """Never opened, closed, or due to continue as new."""
        if not self._open or not self._number:
            return True
        info = workflow.info()
        return (
            info.get_current_history_length() >= LONG_HISTORY or info.is_continue_as_new_suggested()
        )

    async def _open_file(self) -> None:
        """Read the record and the rules; if there are no rules, the case waits for them."""
        async with self._turn:
            try:
                await self._ready()
            except Answered as answer:
                workflow.logger.error("the case has no rules: %s", answer.message)
                workflow.set_current_details(f"> ⚠️ {answer.message}")

    # --- 期日: the next day that matters -------------------------------------------------------

    async def _wait(self) -> None:
        """Until another day matters, the day has come, or it is time to leave."""
        if self._rules is None:
            await self._wait_for_rules()
            return
        alarm = self._agenda.next()
        left = alarm and alarm.at - workflow.now()
        if alarm and left is not None and left <= timedelta():
            await self._note(alarm)
            return
        try:
            await workflow.wait_condition(
                lambda: not same(self._agenda.next(), alarm) or self._leaving(),
                timeout=left,
                timeout_summary=alarm and board.timer_summary(alarm.deadline),
            )
        except TimeoutError:
            return

    async def _wait_for_rules(self) -> None:
        """A command brings the rules if there are any by then; so does another look later."""
        try:
            await workflow.wait_condition(lambda: self._rules is not None, timeout=AN_HOUR)
        except TimeoutError:
            await self._open_file()

    async def _note(self, alarm: Alarm[C]) -> None:
        """Let the calendar note that the day has passed; if it is of no use, not again today."""
        async with self._turn:
            if not same(self._agenda.next(), alarm):
                return
            try:
                await self._settle(alarm.id, alarm.note)
            except ApplicationError as failure:
                self._warning = f"{alarm.note.title}: {failure.message}"
                workflow.logger.warning("the calendar's note failed: %s", failure.message)
                self._show()
            if same(self._agenda.next(), alarm):
                self._agenda.hush(alarm, workflow.now())

    # --- 照会 ------------------------------------------------------------------------------------

    @workflow.query(name=board.STANDING)
    def standing(self) -> board.Carried:
        """How the case stands by this workflow, to be compared with its record."""
        alarm = self._agenda.next()
        return board.Carried(
            number=self._number,
            stage=self._view.stage,
            open=self._open,
            ready=self._rules is not None,
            dues=self._agenda.days(),
            note_at=alarm and alarm.at,
            waiting=self._waiting,
            struggling=self._reach.struggling,
            warning=self._warning,
        )

    # --- 受付: one door for every command ------------------------------------------------------

    def _check_case(self) -> None:
        check_case(self._case)
        if self._case != workflow.info().workflow_id:
            raise invalid(f"ワークフローの番号が事案番号 {self._case} と一致しません")

    def check(self, command: Command) -> None:
        """Turn a command away before it leaves a trace; its shape has been checked already."""
        self._check_case()
        update = workflow.current_update_info()
        check_command(command, command_id_of(update.id if update else ""), workflow.now())
        keeper = municipality_of(self._case)
        if fault := self._institution.misplaced(cast("C", command), keeper):
            raise invalid(fault)
        # How busy the case is may be asked here: a command turned away so is told so, and an
        # earlier one that is handed in again after a reset stands in the record already.
        if self._waiting >= (
            MOST_WAITING_WHILE_STRUGGLING if self._reach.struggling else MOST_WAITING
        ):
            raise busy(
                "処理待ちの命令が多いため受け付けられません。同じ番号でもう一度出してください"
            )
        if workflow.info().get_current_history_length() >= TOO_LONG_HISTORY:
            raise busy("事案を引き継いでいます。同じ番号でもう一度出してください")

    async def take(self, command: C) -> Receipt:
        """Take a command: what it brought about, or the law that refuses it."""
        update = workflow.current_update_info()
        if update is None:
            raise RuntimeError("commands come as updates")
        self._waiting += 1
        try:
            async with self._turn:
                receipt = await self._settle(command_id_of(update.id), command)
                self._agenda.command_taken(workflow.now())
                return receipt
        finally:
            self._waiting -= 1

    async def _settle(self, command_id: str, command: C) -> Receipt:
        try:
            while True:
                rules = await self._judging(command)
                receipt = await self._attempt(command_id, command, rules)
                if receipt:
                    return receipt
        except Answered as answer:
            raise ApplicationError(answer.message, type=answer.kind, non_retryable=True) from None

    async def _attempt(self, command_id: str, command: C, rules: Rules) -> Receipt | None:
        """Decide once and act on it; None where it has to be decided again."""
        try:
            draft = self._draft(command, rules)
        except Refused as refused:
            return await self._refuse(command_id, command, refused)
        if not draft.events:
            return await self._refuse(command_id, command, None)
        return await self._append(command_id, command, draft, rules)

    async def _refuse(self, command_id: str, command: C, refused: Refused | None) -> Receipt | None:
        """Say no, or that it is so already; never from a stale state or by rules out of force."""
        before = self._number
        known = await self._sync(command_id, fingerprint(command))
        if known:
            return self._receipt(command_id, known, duplicate=True)
        if self._number != before or self._outdated():
            return None
        if refused:
            raise ApplicationError(
                str(refused),
                str(refused.citation),
                refused.reason,
                refused.remedy,
                type=REFUSED,
                non_retryable=True,
            )
        return Receipt(case=self._case, command_id=command_id, stage=self._view.stage)

    def _outdated(self) -> bool:
        """Whether other rules are in force than those that were judged by; they are then asked for anew."""
        if self._rules is None or self._in_force in ("", self._rules.version):
            return False
        self._rules = None
        return True

    def _draft(self, command: C, rules: Rules) -> _Draft[C, S, E]:
        """Everything that follows from the command, so that a fault shows before the append."""
        try:
            decider = self._institution.decider
            events = decider.decide(command, self._state, rules)
            state = decider.fold(events, self._state)
            return self._outlook(events, state, self._rules or rules)
        except Refused:
            raise
        except Exception as fault:
            # Nothing has been recorded: one command nobody foresaw must not stop the case.
            workflow.logger.exception("%s cannot be decided", command.tag)
            raise ApplicationError(
                f"「{command.title}」を処理できませんでした（内部の誤り {type(fault).__name__}）。"
                "何も記録していません。管理者に知らせてください",
                type="Defect",
                non_retryable=True,
            ) from fault

    def _outlook(self, events: Sequence[E], state: S, rules: Rules) -> _Draft[C, S, E]:
        institution = self._institution
        dues = institution.dues(state, rules)
        return _Draft(events, state, dues, institution.view(state), institution.is_open(state))

    # --- 記録: the truth ---------------------------------------------------------------------

    async def _append(
        self, command_id: str, command: C, draft: _Draft[C, S, E], rules: Rules
    ) -> Receipt | None:
        request = Append(
            case=self._case,
            expected=self._number,
            command_id=command_id,
            command_digest=fingerprint(command),
            events=[event.model_dump_json() for event in draft.events],
            open=draft.open,
        )
        try:
            appended = await self._reach.call(
                RecordActivities.append,
                Judged(append=request, rules=rules.version, party=rules.ordinance.code),
                board.append_summary(self._number + 1, draft.events),
            )
        except Answered as answer:
            return await self._outpaced(answer)
        return await self._committed(command_id, appended, draft)

    async def _outpaced(self, answer: Answered) -> None:
        """The case or the rules had moved on: catch up, so that it can be decided again."""
        if answer.kind == "Conflict":
            await self._sync()
        elif answer.kind == RULES_CHANGED:
            self._rules = None
            self._others.clear()
        else:
            raise answer

    async def _committed(
        self, command_id: str, appended: Appended, draft: _Draft[C, S, E]
    ) -> Receipt:
        """Follow what the store says was committed, which a retry may not have decided now."""
        if appended.stored is not None:
            if appended.last > self._number:
                await self._sync()
            return self._receipt(command_id, appended, duplicate=True)
        self._advance(draft.events)
        self._adopt(draft)
        return self._receipt(command_id, appended, titles=[event.title for event in draft.events])

    def _receipt(
        self,
        command_id: str,
        appended: Appended,
        *,
        titles: list[str] | None = None,
        duplicate: bool = False,
    ) -> Receipt:
        return Receipt(
            case=self._case,
            command_id=command_id,
            first=appended.first,
            last=appended.last,
            events=titles or [event.title for event in self._events(appended.stored or ())],
            stage=self._view.stage,
            head=appended.head,
            duplicate=duplicate,
        )

    async def _ready(self) -> Rules:
        """The rules in force, with the record read: at the start, and when they have changed."""
        if self._rules is None:
            await self._sync()
            text = await self._reach.call(RecordActivities.rules, municipality_of(self._case))
            self._rules = rules = _rules(text)
            self._look_ahead(rules)
        return self._rules

    async def _judging(self, command: C) -> Rules:
        """The rules of the government whose act the command is, mostly whoever keeps the file."""
        keepers = await self._ready()
        party = self._institution.judged_by(command)
        if party is None or party == municipality_of(self._case):
            return keepers
        if party not in self._others:
            self._others[party] = _rules(await self._reach.call(RecordActivities.rules, party))
        return self._others[party]

    async def _sync(self, command_id: str = "", digest: str = "") -> Appended | None:
        """Fold what the record has beyond what is known, and look a command up in it."""
        read = await self._reach.call(RecordActivities.read, self._reading(command_id, digest))
        known = read.known
        self._in_force = read.rules
        self._fold(read)
        while read.page.more:
            # One page a workflow task: together they could exceed what the server takes at once.
            read = await self._reach.call_visibly(RecordActivities.read, self._reading())
            self._fold(read)
        if self._rules is not None:
            self._look_ahead(self._rules)
        return known

    def _look_ahead(self, rules: Rules) -> None:
        if self._number:
            self._adopt(self._outlook((), self._state, rules))

    def _reading(self, command_id: str = "", digest: str = "") -> Reading:
        return Reading(case=self._case, after=self._number, command=command_id, digest=digest)

    def _fold(self, read: Read) -> None:
        if read.page.events:  # what came before them may have been disposed of
            self._number = read.page.events[0].number - 1
        events = self._events(read.page.events)
        self._state = self._institution.decider.fold(events, self._state)
        self._advance(events)

    def _events(self, recorded: Sequence[Recorded]) -> list[E]:
        return [self._institution.event.validate_json(one.event) for one in recorded]

    def _advance(self, events: Sequence[E]) -> None:
        for event in events:
            self._number += 1
            self._acts.append(board.act_of(self._number, event))
        if events:
            self._agenda.something_happened()
            self._warning = ""

    def _adopt(self, draft: _Draft[C, S, E]) -> None:
        self._state, self._agenda.dues = draft.state, draft.dues
        self._view, self._open = draft.view, draft.open
        self._show()

    def _show(self) -> None:
        upcoming = board.next_deadline(self._agenda.dues, days.today(workflow.now()))
        board.show_attributes(self._case, self._view.stage, upcoming if self._open else None)
        headline = self._institution.headline(self._state)
        workflow.set_current_details(
            board.details(headline, self._view, upcoming, list(self._acts), self._warning)
        )
