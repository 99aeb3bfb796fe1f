"""関係人の参加（行手法第17条）: An interested person takes part in a hearing, as its presider allows.

    申出 → 許可 / 不許可        主宰者からの求め

The presider allows it where that is found necessary. `harmed` tells whose own interests the
revocation would harm: such a participant may ask to inspect documents (行手法第18条第1項).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.decider import Refused, UnreadableFact
from domain.designation.participation.proceedings import Heard, Number, Proceedings, running
from domain.designation.parts import Circumstances
from domain.designation.presiding import presides
from domain.law import APA_17, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.procedure import Entry, not_before, refuse_unless, stated
from domain.text import Line, Personal, Text

PARA_1 = APA_17.para(1)


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Applicant:
    """申出をした者: Waits for the presider's answer since a day."""

    no: int
    of: str
    since: date


@dataclass(frozen=True)
class Participant:
    """参加人: Takes part since a day; `harmed` where the revocation would harm their interests."""

    no: int
    of: str
    since: date
    harmed: bool


@dataclass(frozen=True)
class Interested:
    """関係人の全体: How many asked or were asked, who waits, and who takes part in this hearing."""

    made: int = 0
    waiting: tuple[Applicant, ...] = ()
    taking_part: tuple[Participant, ...] = ()

    def find(self, no: int) -> Applicant:
        """The application number `no` that waits for an answer, or a refusal."""
        for one in self.waiting:
            if one.no == no:
                return one
        raise Refused(PARA_1, f"参加の申出（第{no}号）は出ていないか、すでに答えられています")

    def participant(self, no: int, cites: Citation) -> Participant:
        """参加人 number `no`, or a refusal."""
        for one in self.taking_part:
            if one.no == no:
                return one
        raise Refused(
            cites,
            f"関係人（第{no}号）は、この聴聞に参加していません",
            "主宰者の許可を得てから提出してください",
        )

    @property
    def of(self) -> set[str]:
        """The persons who wait or take part."""
        return {one.of for one in (*self.waiting, *self.taking_part)}


# --- 事実 -------------------------------------------------------------------------------------


class ParticipationSought(Event):
    """関係人の参加の申出（行手法第17条第1項）: Who asks, and what interest the law gives them.

    `agent` acts for them, with the `proof` of that (第2項・第3項).
    """

    title: ClassVar[str] = "関係人の参加の申出"
    kind: Literal["ParticipationSought"] = "ParticipationSought"
    basis: Citation = PARA_1
    hearing: Number
    participation: Number
    applicant: Personal
    interest: Text
    agent: Personal | None
    proof: Line | None


class ParticipationAllowed(Event):
    """関係人の参加の許可（行手法第17条第1項）: The presider finds it necessary."""

    title: ClassVar[str] = "関係人の参加の許可"
    kind: Literal["ParticipationAllowed"] = "ParticipationAllowed"
    basis: Citation = PARA_1
    hearing: Number
    participation: Number
    finding: Finding
    harmed: bool


class ParticipationDenied(Event):
    """関係人の参加の不許可（行手法第17条第1項）: For stated reasons, of which the applicant is told."""

    title: ClassVar[str] = "関係人の参加の不許可"
    kind: Literal["ParticipationDenied"] = "ParticipationDenied"
    basis: Citation = PARA_1
    hearing: Number
    participation: Number
    finding: Finding


class ParticipationAsked(Event):
    """関係人への参加の求め（行手法第17条第1項）: The presider asks somebody to take part."""

    title: ClassVar[str] = "関係人への参加の求め"
    kind: Literal["ParticipationAsked"] = "ParticipationAsked"
    basis: Citation = PARA_1
    hearing: Number
    participation: Number
    person: Personal
    interest: Text
    finding: Finding
    harmed: bool


InterestedEvent = (
    ParticipationSought | ParticipationAllowed | ParticipationDenied | ParticipationAsked
)


# --- 命令書 -----------------------------------------------------------------------------------


class RecordParticipationRequest(Entry):
    """関係人の参加の申出を受ける（行手法第17条第1項）: By whom the paper arrived at the office."""

    title: ClassVar[str] = "関係人の参加の申出を受ける"
    cites: ClassVar[Citation] = APA_17
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordParticipationRequest"] = "RecordParticipationRequest"
    applicant: Personal
    interest: Text
    agent: Personal | None = None
    proof: Line | None = None


class AllowParticipation(Entry):
    """関係人の参加を許可する（行手法第17条第1項）: By the presider, who finds it necessary."""

    title: ClassVar[str] = "関係人の参加を許可する"
    cites: ClassVar[Citation] = APA_17
    done_by: ClassVar[Role] = "presider"
    kind: Literal["AllowParticipation"] = "AllowParticipation"
    participation: Number
    finding: Finding
    harmed: bool


class DenyParticipation(Entry):
    """関係人の参加を許可しない（行手法第17条第1項）: By the presider, with reasons."""

    title: ClassVar[str] = "関係人の参加を許可しない"
    cites: ClassVar[Citation] = APA_17
    done_by: ClassVar[Role] = "presider"
    kind: Literal["DenyParticipation"] = "DenyParticipation"
    participation: Number
    finding: Finding


class AskToParticipate(Entry):
    """関係人に参加を求める（行手法第17条第1項）: By the presider, of somebody who did not ask."""

    title: ClassVar[str] = "関係人に参加を求める"
    cites: ClassVar[Citation] = APA_17
    done_by: ClassVar[Role] = "presider"
    kind: Literal["AskToParticipate"] = "AskToParticipate"
    person: Personal
    interest: Text
    finding: Finding
    harmed: bool


InterestedCommand = (
    RecordParticipationRequest | AllowParticipation | DenyParticipation | AskToParticipate
)


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: InterestedCommand,
    interested: Interested,
    proceedings: Proceedings,
    now: Circumstances,
    rules: Rules,
) -> Sequence[InterestedEvent]:
    """The facts a command about an interested person brings about."""
    hearing = running(command, proceedings, now)
    match command:
        case RecordParticipationRequest():
            return _sought(command, interested, hearing, now, rules)
        case AllowParticipation():
            _answers(command, interested, hearing)
            return [stated(ParticipationAllowed, command, rules, hearing=hearing.no)]
        case DenyParticipation():
            _answers(command, interested, hearing)
            return [stated(ParticipationDenied, command, rules, hearing=hearing.no)]
        case AskToParticipate():
            return _asked(command, interested, hearing, now, rules)


def _no_party(person: Personal, now: Circumstances) -> None:
    refuse_unless(
        person.of != now.body, PARA_1, "当事者である団体は、関係人として参加する者ではありません"
    )


def _sought(
    command: RecordParticipationRequest,
    interested: Interested,
    hearing: Heard,
    now: Circumstances,
    rules: Rules,
) -> list[ParticipationSought]:
    _no_party(command.applicant, now)
    refuse_unless(
        command.agent is None or command.proof is not None,
        APA_17.para(3),
        "代理人の資格は、書面で証明しなければなりません",
        "proof に資格を証する書面を記してください",
    )
    if command.applicant.of in interested.of:
        return []
    no = interested.made + 1
    return [stated(ParticipationSought, command, rules, hearing=hearing.no, participation=no)]


def _answers(
    command: AllowParticipation | DenyParticipation, interested: Interested, hearing: Heard
) -> None:
    presides(command, hearing.presider)
    waiting = interested.find(command.participation)
    not_before(command, waiting.since, ParticipationSought.title)


def _asked(
    command: AskToParticipate,
    interested: Interested,
    hearing: Heard,
    now: Circumstances,
    rules: Rules,
) -> list[ParticipationAsked]:
    presides(command, hearing.presider)
    _no_party(command.person, now)
    refuse_unless(
        command.person.of not in {one.of for one in interested.waiting},
        PARA_1,
        "この者からは参加の申出が出ています",
        "「関係人の参加を許可する」か「関係人の参加を許可しない」で答えてください",
    )
    if command.person.of in interested.of:
        return []
    no = interested.made + 1
    return [stated(ParticipationAsked, command, rules, hearing=hearing.no, participation=no)]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(interested: Interested, event: InterestedEvent) -> Interested:
    """The interested persons after a fact about one of them."""
    no, waiting, there = event.participation, interested.waiting, interested.taking_part
    others = tuple(one for one in waiting if one.no != no)
    match event:
        case ParticipationSought():
            new = Applicant(no, event.applicant.of, event.on)
            return Interested(no, (*waiting, new), there)
        case ParticipationAllowed():
            allowed = Participant(no, _waiting(interested, no).of, event.on, event.harmed)
            return Interested(interested.made, others, (*there, allowed))
        case ParticipationDenied():
            return Interested(interested.made, others, there)
        case ParticipationAsked():
            asked = Participant(no, event.person.of, event.on, event.harmed)
            return Interested(no, waiting, (*there, asked))


def _waiting(interested: Interested, no: int) -> Applicant:
    for one in interested.waiting:
        if one.no == no:
            return one
    raise UnreadableFact(f"nobody waits under participation {no}")
