"""専決処分（法第179条）: The head of a party decides in its council's place, and answers to it afterwards.

    専決処分 → 報告 → 承認 / 不承認

The report is due at the next session (第3項). What the council says of it afterwards leaves the act
as it is: not approved, it is recorded so, and the head remains answerable to the council.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Finding
from domain.agreement.chain import Chain
from domain.agreement.parties import (
    PARA_3,
    Matter,
    Number,
    PartyDecision,
    PartyEntry,
    PartyEvent,
    Sha256,
    Version,
)
from domain.agreement.resolving import same_text
from domain.bodies import body_name
from domain.decider import Refused
from domain.law import ART_179, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline, fixed
from domain.procedure import has_passed, not_before, refuse_unless, stated
from domain.text import Line, Text

PARA_1_OF_179, PARA_3_OF_179 = ART_179.para(1), ART_179.para(3)
Ground = Literal[
    "議会が成立しない",
    "第113条ただし書の場合においてなお会議を開くことができない",
    "特に緊急を要し議会を招集する時間的余裕がないことが明らかである",
    "議会が議決すべき事件を議決しない",
]
"""第179条第1項: The four cases in which the head may decide in the council's place."""


# --- 段階 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Substitution:
    """専決処分の後: What is still owed to the party's council."""

    no: int
    party: str
    on: date
    due: Deadline | None
    reported: date | None = None
    overdue: bool = False


@dataclass(frozen=True)
class Substitutions:
    """専決処分の全体: How many were made, and those not yet answered by the council."""

    made: int = 0
    open: tuple[Substitution, ...] = ()

    def find(self, no: int, party: str) -> Substitution:
        """The party's open one of that number, or a refusal."""
        for one in self.open:
            if (one.no, one.party) == (no, party):
                return one
        raise Refused(
            PARA_3_OF_179,
            f"{body_name(party)}の専決処分（第{no}号）はないか、議会の承認の可否がすでに出ています",
        )


# --- 事実 -----------------------------------------------------------------------------------------


class DecidedForCouncil(PartyEvent):
    """専決処分（法第179条第1項）: In the place of the council's vote of ③, on the same version."""

    title: ClassVar[str] = "専決処分"
    kind: Literal["DecidedForCouncil"] = "DecidedForCouncil"
    basis: Citation = PARA_1_OF_179
    drafted_by: Actor
    number: Number
    matter: Matter
    version: Version
    ground: Ground
    finding: Finding
    due: Deadline | None


class CouncilInformed(PartyEvent):
    """専決処分の報告（法第179条第3項）: Reported to the council, whose approval is asked for."""

    title: ClassVar[str] = "専決処分の報告"
    kind: Literal["CouncilInformed"] = "CouncilInformed"
    basis: Citation = PARA_3_OF_179
    number: Number
    session: Line
    bill: Line
    in_time: bool | None


class CouncilInformedLate(PartyEvent):
    """専決処分の報告の期日の経過（法第179条第3項）: Noted; nothing follows by itself."""

    title: ClassVar[str] = "専決処分の報告の期日の経過"
    kind: Literal["CouncilInformedLate"] = "CouncilInformedLate"
    basis: Citation = PARA_3_OF_179
    number: Number
    due: Deadline


class CouncilAnswered(PartyEvent):
    """承認の可否（法第179条第3項）: The council approves the act afterwards, or does not."""

    title: ClassVar[str] = "承認の可否"
    kind: Literal["CouncilAnswered"] = "CouncilAnswered"
    basis: Citation = PARA_3_OF_179
    number: Number
    session: Line
    approved: bool
    told: Text | None


AfterwardsEvent = CouncilInformed | CouncilInformedLate | CouncilAnswered
SubstitutingEvent = DecidedForCouncil | AfterwardsEvent


# --- 命令書 ---------------------------------------------------------------------------------------


class DecideForCouncil(PartyDecision):
    """専決処分をする（法第179条第1項）: `next_session` is the first day of the next one, once known."""

    title: ClassVar[str] = "専決処分をする"
    cites: ClassVar[Citation] = PARA_1_OF_179
    kind: Literal["DecideForCouncil"] = "DecideForCouncil"
    version: Number
    sha256: Sha256
    ground: Ground
    finding: Finding
    next_session: date | None = None


class InformCouncil(PartyEntry):
    """専決処分を議会に報告する（法第179条第3項）."""

    title: ClassVar[str] = "専決処分を議会に報告する"
    cites: ClassVar[Citation] = PARA_3_OF_179
    done_by: ClassVar[Role] = "officer"
    kind: Literal["InformCouncil"] = "InformCouncil"
    number: Number
    session: Line
    bill: Line


class RecordCouncilAnswer(PartyEntry):
    """承認の可否を記録する（法第179条第3項）."""

    title: ClassVar[str] = "承認の可否を記録する"
    cites: ClassVar[Citation] = PARA_3_OF_179
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordCouncilAnswer"] = "RecordCouncilAnswer"
    number: Number
    session: Line
    approved: bool
    told: Text | None = None


class NoteCouncilInformedLate(PartyEntry):
    """専決処分の報告の期日の経過を記録する（法第179条第3項）."""

    title: ClassVar[str] = "専決処分の報告の期日の経過を記録する"
    cites: ClassVar[Citation] = PARA_3_OF_179
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteCouncilInformedLate"] = "NoteCouncilInformedLate"
    number: Number


AfterwardsCommand = InformCouncil | RecordCouncilAnswer | NoteCouncilInformedLate
SubstitutingCommand = DecideForCouncil | AfterwardsCommand


# --- 決定 -----------------------------------------------------------------------------------------


def substitute(
    command: DecideForCouncil, chain: Chain, made: int, rules: Rules
) -> list[DecidedForCouncil]:
    """The head's act in the council's place, where the party's own rules do not shut it out."""
    version = same_text(command, chain, command.version, command.sha256)
    if command.party in chain.approving:
        return []
    refuse_unless(
        rules.ordinance.agreement_without_council.on(command.on).value,
        PARA_1_OF_179,
        f"{body_name(command.party)}は、連携協約の協議について専決処分をしないこととしています",
    )
    refuse_unless(
        command.party not in chain.rejected,
        PARA_3,
        f"{body_name(command.party)}の議会は{chain.version}を否決しています",
        "否決された文案について専決処分はできません。文案を改めるか、議案を改めて提出してください",
    )
    return [
        stated(
            DecidedForCouncil,
            command,
            rules,
            number=made + 1,
            matter=chain.matter,
            version=version,
            due=_due(command, made + 1),
        )
    ]


def _due(command: DecideForCouncil, number: int) -> Deadline | None:
    if command.next_session is None:
        return None
    not_before(command, command.on, "専決処分")
    refuse_unless(
        command.next_session >= command.on,
        PARA_3_OF_179,
        f"次の会議の日 {command.next_session} は、専決処分の日（{command.on}）以後の日とします",
    )
    return fixed(
        key=f"council-{number}",
        title=f"専決処分（第{number}号）を報告する会議",
        basis=PARA_3_OF_179,
        origin=command.on,
        origin_title=DecidedForCouncil.title,
        day=command.next_session,
    )


def decide(
    command: AfterwardsCommand, substitutions: Substitutions, rules: Rules
) -> Sequence[AfterwardsEvent]:
    """What comes of the report to the council and of its answer."""
    match command:
        case InformCouncil():
            one = substitutions.find(command.number, command.party)
            if one.reported:
                return []
            not_before(command, one.on, "専決処分")
            in_time = None if one.due is None else not has_passed(one.due, command.on)
            return [stated(CouncilInformed, command, rules, in_time=in_time)]
        case RecordCouncilAnswer():
            return [_answered(command, substitutions, rules)]
        case NoteCouncilInformedLate():
            return [
                stated(CouncilInformedLate, command, rules, due=one.due)
                for one in substitutions.open
                if (one.no, one.party) == (command.number, command.party)
                and one.due is not None
                and not (one.overdue or one.reported)
                and has_passed(one.due, command.on)
            ]


def _answered(
    command: RecordCouncilAnswer, substitutions: Substitutions, rules: Rules
) -> CouncilAnswered:
    one = substitutions.find(command.number, command.party)
    if one.reported is None:
        raise Refused(PARA_3_OF_179, "専決処分がまだ議会に報告されていません")
    not_before(command, one.reported, "議会への報告")
    return stated(CouncilAnswered, command, rules)


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(substitutions: Substitutions, event: SubstitutingEvent) -> Substitutions:
    """What is owed to councils after a fact."""
    others = tuple(one for one in substitutions.open if one.no != event.number)
    mine = [one for one in substitutions.open if one.no == event.number]
    match event:
        case DecidedForCouncil():
            made = Substitution(event.number, event.party, event.on, event.due)
            return Substitutions(event.number, (*others, made))
        case CouncilInformed():
            told = (replace(one, reported=event.on) for one in mine)
            return replace(substitutions, open=(*others, *told))
        case CouncilInformedLate():
            late = (replace(one, overdue=True) for one in mine)
            return replace(substitutions, open=(*others, *late))
        case CouncilAnswered():
            return replace(substitutions, open=others)
