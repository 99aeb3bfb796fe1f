"""勧告（法第252条の2第5項）: The Minister or the governor recommends to conclude; nobody must.

    勧告 → 勧告への対応（当事者ごと）

A recommendation may be the first paper of a case: it then names those to whom it is addressed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from pydantic import model_validator

from domain.agreement.parties import (
    PARA_5,
    Number,
    Parties,
    PartyDecision,
    PartyEntry,
    PartyEvent,
    addressee,
)
from domain.decider import Refused
from domain.law import Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import not_before, refuse_unless, stated
from domain.text import Line, Text

Response = Literal["従って協議する", "従わない"]

# --- 段階 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recommendation:
    """勧告の後: To whom it was addressed, and who has answered."""

    no: int
    on: date
    parties: tuple[str, ...]
    text: str
    answered: frozenset[str] = frozenset()


Recommendations = tuple[Recommendation, ...]


# --- 事実 -----------------------------------------------------------------------------------------


class ConclusionRecommended(PartyEvent):
    """勧告（法第252条の2第5項）: Of the Minister or governor `authority`; why the public interest needs it."""

    title: ClassVar[str] = "勧告"
    kind: Literal["ConclusionRecommended"] = "ConclusionRecommended"
    basis: Citation = PARA_5
    recommendation: Number
    parties: Parties
    authority: Line
    reasons: Text
    content: Text


class RecommendationAnswered(PartyEvent):
    """勧告への対応（法第252条の2第5項）: What a party makes of the recommendation, and why."""

    title: ClassVar[str] = "勧告への対応"
    kind: Literal["RecommendationAnswered"] = "RecommendationAnswered"
    basis: Citation = PARA_5
    drafted_by: Actor
    recommendation: Number
    response: Response
    reasons: Text


RecommendingEvent = ConclusionRecommended | RecommendationAnswered


# --- 命令書 ---------------------------------------------------------------------------------------


class RecordRecommendation(PartyEntry):
    """勧告を記録する（法第252条の2第5項）: `on` is the day it was made."""

    title: ClassVar[str] = "勧告を記録する"
    cites: ClassVar[Citation] = PARA_5
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordRecommendation"] = "RecordRecommendation"
    parties: Parties
    authority: Line
    reasons: Text
    content: Text

    @model_validator(mode="after")
    def _each_once(self) -> "RecordRecommendation":
        if len(set(self.parties)) != len(self.parties) or self.party not in self.parties:
            raise ValueError("parties には、記録する団体を含め、各団体を一度ずつ書いてください")
        return self


class AnswerRecommendation(PartyDecision):
    """勧告への対応を決める（法第252条の2第5項）."""

    title: ClassVar[str] = "勧告への対応を決める"
    cites: ClassVar[Citation] = PARA_5
    kind: Literal["AnswerRecommendation"] = "AnswerRecommendation"
    recommendation: Number
    response: Response
    reasons: Text


RecommendingCommand = RecordRecommendation | AnswerRecommendation


# --- 決定 -----------------------------------------------------------------------------------------


def decide(
    command: RecommendingCommand,
    known: Recommendations,
    determined: str | None,
    rules: Rules,
) -> Sequence[RecommendingEvent]:
    """What comes of a recommendation, or of an answer to one."""
    match command:
        case RecordRecommendation():
            if (command.on, command.content) in [(one.on, one.text) for one in known]:
                return []
            _by_whom(command, determined)
            number = len(known) + 1
            return [stated(ConclusionRecommended, command, rules, recommendation=number)]
        case AnswerRecommendation():
            return _answered(command, known, rules)


def _by_whom(command: RecordRecommendation, determined: str | None) -> None:
    right = addressee(command.parties, determined)
    refuse_unless(
        right is None or command.authority == right,
        PARA_5,
        f"これらの団体に勧告するのは{right}で、{command.authority}ではありません",
    )


def _answered(
    command: AnswerRecommendation, known: Recommendations, rules: Rules
) -> list[RecommendingEvent]:
    for one in known:
        if one.no == command.recommendation and command.party in one.parties:
            if command.party in one.answered:
                return []
            not_before(command, one.on, "勧告")
            return [stated(RecommendationAnswered, command, rules)]
    raise Refused(PARA_5, f"この団体に対する勧告（第{command.recommendation}号）はありません")


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(known: Recommendations, event: RecommendingEvent) -> Recommendations:
    """The recommendations after a fact."""
    match event:
        case ConclusionRecommended():
            new = Recommendation(event.recommendation, event.on, event.parties, event.content)
            return (*known, new)
        case RecommendationAnswered():
            return tuple(
                replace(one, answered=one.answered | {event.party})
                if one.no == event.recommendation
                else one
                for one in known
            )
