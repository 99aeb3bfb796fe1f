"""集会所の貸出し: The engine's own test subject, small enough to see the engine through it.

A hall is applied for, granted until a day, and closed; the calendar notes when the day has
passed. The case number borrows the head 協約, since it admits no word of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter
from temporalio import workflow

from domain.acts import Command, Event
from domain.decider import Decider, Refused
from domain.institution import Due, Institution, Obligation, View
from domain.law import ART_260_49, Citation
from domain.ordinance import Rules
from domain.people import CALENDAR, Actor
from domain.periods import Deadline, fixed
from domain.record import Receipt
from workflows.case import CaseWorkflow
from workflows.door import takes

A_DAY = timedelta(days=1)


class Apply(Command):
    """申し込む."""

    title = "申し込む"
    cites: ClassVar[Citation] = ART_260_49.para(2)
    kind: Literal["Apply"] = "Apply"
    purpose: str


class Grant(Command):
    """貸し出す."""

    title = "貸し出す"
    cites: ClassVar[Citation] = ART_260_49.para(2)
    kind: Literal["Grant"] = "Grant"
    until: date


class Remark(Command):
    """書き留める."""

    title = "書き留める"
    cites: ClassVar[Citation] = ART_260_49.para(4)
    kind: Literal["Remark"] = "Remark"
    text: str
    times: int = 1


class Upset(Command):
    """取り乱す: A command nobody foresaw."""

    title = "取り乱す"
    cites: ClassVar[Citation] = ART_260_49.para(4)
    kind: Literal["Upset"] = "Upset"


class Return(Command):
    """返す."""

    title = "返す"
    cites: ClassVar[Citation] = ART_260_49.para(12)
    kind: Literal["Return"] = "Return"


class NoteOverdue(Command):
    """返却期限の経過を記録する."""

    title = "返却期限の経過を記録する"
    cites: ClassVar[Citation] = ART_260_49.para(10)
    kind: Literal["NoteOverdue"] = "NoteOverdue"


class _Fact(Event):
    basis: Citation = ART_260_49.para(2)


class Applied(_Fact):
    """申込み."""

    title = "申込み"
    kind: Literal["Applied"] = "Applied"
    purpose: str


class Granted(_Fact):
    """貸出し."""

    title = "貸出し"
    kind: Literal["Granted"] = "Granted"
    until: date


class Remarked(_Fact):
    """書き留め."""

    title = "書き留め"
    kind: Literal["Remarked"] = "Remarked"
    text: str


class Overdue(_Fact):
    """返却期限の経過."""

    title = "返却期限の経過"
    kind: Literal["Overdue"] = "Overdue"


class Returned(_Fact):
    """返却."""

    title = "返却"
    kind: Literal["Returned"] = "Returned"


ONLY_AMENDED = "改正後に限り認められること"
"""What may be remarked under amended rules only."""
AnyCommand = Apply | Grant | Remark | Upset | Return | NoteOverdue
AnyEvent = Applied | Granted | Remarked | Overdue | Returned


@dataclass(frozen=True)
class Hall:
    """The hall's case: how far it is, and what was remarked."""

    stage: str = "申込み前"
    purpose: str = ""
    until: date | None = None
    overdue: bool = False
    remarks: tuple[str, ...] = field(default_factory=tuple[str, ...])


def decide(command: AnyCommand, state: Hall, rules: Rules) -> Sequence[AnyEvent]:
    """What a command brings about."""
    on, by, ordinance = command.on, command.by, rules.version
    match command:
        case Apply():
            _expect(state, "申込み前", command)
            return [Applied(on=on, by=by, ordinance=ordinance, purpose=command.purpose)]
        case Grant():
            if state.stage == "貸出し中" and state.until == command.until:
                return []
            _expect(state, "申込み", command)
            return [Granted(on=on, by=by, ordinance=ordinance, until=command.until)]
        case Remark():
            _expect(state, "貸出し中", command)
            if command.text == ONLY_AMENDED and not ordinance.endswith("-amended"):
                raise Refused(command.cites, "改正前の定めはこれを認めません")
            one = Remarked(on=on, by=by, ordinance=ordinance, text=command.text)
            return [one] * command.times
        case Upset():
            raise ZeroDivisionError(command.kind)
        case Return():
            _expect(state, "貸出し中", command)
            return [Returned(on=on, by=by, ordinance=ordinance)]
        case NoteOverdue():
            if "refuse the note" in state.remarks:
                raise Refused(command.cites, "記録しない")
            return [Overdue(on=on, by=by, ordinance=ordinance)]


def _expect(state: Hall, stage: str, command: Command) -> None:
    if state.stage != stage:
        raise Refused(command.cites, f"{state.stage}のため「{command.title}」はできません", "待つ")


def evolve(state: Hall, event: AnyEvent) -> Hall:
    """The hall after a fact."""
    match event:
        case Applied():
            return replace(state, stage="申込み", purpose=event.purpose)
        case Granted():
            return replace(state, stage="貸出し中", until=event.until)
        case Remarked():
            return replace(state, remarks=(*state.remarks[-9:], event.text))
        case Overdue():
            return replace(state, overdue=True)
        case Returned():
            return replace(state, stage="返却済み")


def dues(state: Hall, _: Rules) -> Sequence[Due[AnyCommand]]:
    """The day the hall is due."""
    if state.stage != "貸出し中" or state.until is None:
        return ()
    note = NoteOverdue(on=state.until + A_DAY, by=CALENDAR)
    return (Due(_deadline(state.until), None if state.overdue else note),)


def no_dues(_state: Hall, _rules: Rules) -> Sequence[Due[AnyCommand]]:
    """No day of return."""
    return ()


def _deadline(until: date) -> Deadline:
    return fixed(
        key="return",
        title="返却",
        basis=ART_260_49.para(10),
        origin=until - A_DAY,
        origin_title="貸出し",
        day=until,
    )


def view(state: Hall) -> View:
    """What an operator sees of a hall."""
    owed = (Obligation("返却を促す", ART_260_49.para(10), state.until or date.min),)
    return View(state.stage, owed if state.overdue else (), ("返す",))


LENDING: Institution[AnyCommand, Hall, AnyEvent] = Institution(
    name="協約",
    decider=Decider(decide, evolve, Hall()),
    command=TypeAdapter(Annotated[AnyCommand, Field(discriminator="kind")]),
    event=TypeAdapter(Annotated[AnyEvent, Field(discriminator="kind")]),
    is_open=lambda state: state.stage != "返却済み",
    dues=dues,
    view=view,
    headline=lambda state: state.purpose,
)


@workflow.defn(name="協約")
class LendingWorkflow(CaseWorkflow[AnyCommand, Hall, AnyEvent]):
    """貸出しの事案."""

    law = LENDING

    @workflow.init
    def __init__(self, case: str) -> None:
        super().__init__(self.law, case)

    @workflow.run
    async def run(self, case: str) -> None:  # noqa: ARG002 — as `__init__` takes it
        """Carry the case."""
        await self.follow()

    @takes("申し込む")
    async def apply(self, command: Apply) -> Receipt:
        """申し込む."""
        return await self.take(command)

    @takes("貸し出す")
    async def grant(self, command: Grant) -> Receipt:
        """貸し出す."""
        return await self.take(command)

    @takes("書き留める")
    async def remark(self, command: Remark) -> Receipt:
        """書き留める."""
        return await self.take(command)

    @takes("取り乱す")
    async def upset(self, command: Upset) -> Receipt:
        """取り乱す."""
        return await self.take(command)

    @takes("返す")
    async def return_(self, command: Return) -> Receipt:
        """返す."""
        return await self.take(command)


@workflow.defn(name="協約")
class UndatedWorkflow(LendingWorkflow):
    """The same case under another law, which knows no day of return."""

    law = replace(LENDING, dues=no_dues)

    @workflow.init
    def __init__(self, case: str) -> None:
        super().__init__(case)

    @workflow.run
    async def run(self, case: str) -> None:  # noqa: ARG002 — as `__init__` takes it
        """Carry the case."""
        await self.follow()


CLERK = Actor(person="C-1", office="集会所係", name="例示 桂", role="officer")
"""Who acts in the tests."""
