"""審理員による審理（行審法第9条・第29条・第30条・第42条）: From the naming to the 意見書.

    審理員の指名 → 弁明書の求め → 弁明書 → その送付 → 反論書 → 審理員意見書

Whoever took part in the contested act cannot review it (行審法第9条第2項第1号).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.acts import Event
from domain.decider import Refused
from domain.designation.remedies.acts import Number
from domain.designation.remedies.appeals import Appeal, pending
from domain.law import ARA_9, ARA_23, ARA_29, ARA_30, ARA_42, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline, fixed
from domain.procedure import (
    Decision,
    Entry,
    by_the_body,
    has_passed,
    refuse_unless,
    stated,
)
from domain.text import Line, Text

# --- 事実 -------------------------------------------------------------------------------------


class ReviewOfficerNamed(Event):
    """審理員の指名（行審法第9条第1項）: A member of staff who took no part in the act."""

    title: ClassVar[str] = "審理員の指名"
    kind: Literal["ReviewOfficerNamed"] = "ReviewOfficerNamed"
    basis: Citation = ARA_9.para(1)
    drafted_by: Actor
    appeal: Number
    reviewer: Actor


class DefenceRequested(Event):
    """弁明書の求め（行審法第29条第2項）: The 審理員 asks the disposing office for its statement."""

    title: ClassVar[str] = "弁明書の求め"
    kind: Literal["DefenceRequested"] = "DefenceRequested"
    basis: Citation = ARA_29.para(2)
    appeal: Number
    due: Deadline


class DefenceSubmitted(Event):
    """弁明書の提出（行審法第29条第3項）: What the act says and why, by the disposing office."""

    title: ClassVar[str] = "弁明書の提出"
    kind: Literal["DefenceSubmitted"] = "DefenceSubmitted"
    basis: Citation = ARA_29.para(3)
    appeal: Number
    statement: Text
    attachments: tuple[Line, ...]
    in_time: bool


class DefenceForwarded(Event):
    """弁明書の送付（行審法第29条第5項）: Sent to the body, with the day for a 反論書."""

    title: ClassVar[str] = "弁明書の送付"
    kind: Literal["DefenceForwarded"] = "DefenceForwarded"
    basis: Citation = ARA_29.para(5)
    appeal: Number
    due: Deadline


class CounterSubmitted(Event):
    """反論書の提出（行審法第30条第1項）: What the body says to the 弁明書."""

    title: ClassVar[str] = "反論書の提出"
    kind: Literal["CounterSubmitted"] = "CounterSubmitted"
    basis: Citation = ARA_30.para(1)
    appeal: Number
    statement: Text
    attachments: tuple[Line, ...]
    in_time: bool


class ReviewOpinionSubmitted(Event):
    """審理員意見書の提出（行審法第42条第2項）: With the record of the case, to the mayor."""

    title: ClassVar[str] = "審理員意見書の提出"
    kind: Literal["ReviewOpinionSubmitted"] = "ReviewOpinionSubmitted"
    basis: Citation = ARA_42.para(2)
    appeal: Number
    report: Line
    opinion: Text
    conclusion: Literal["却下", "棄却", "認容"]
    record: tuple[Line, ...]


ReviewEvent = (
    ReviewOfficerNamed
    | DefenceRequested
    | DefenceSubmitted
    | DefenceForwarded
    | CounterSubmitted
    | ReviewOpinionSubmitted
)


# --- 命令書 -----------------------------------------------------------------------------------


class NameReviewOfficer(Decision):
    """審理員を指名する（行審法第9条第1項）: `disqualified_under` must be empty (第2項各号)."""

    title: ClassVar[str] = "審理員を指名する"
    cites: ClassVar[Citation] = ARA_9
    kind: Literal["NameReviewOfficer"] = "NameReviewOfficer"
    appeal: Number
    reviewer: Actor
    disqualified_under: tuple[Annotated[int, Field(ge=1, le=7)], ...]


class RequestDefence(Entry):
    """弁明書の提出を求める（行審法第29条第2項）: By the 審理員, within 相当の期間."""

    title: ClassVar[str] = "弁明書の提出を求める"
    cites: ClassVar[Citation] = ARA_29
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RequestDefence"] = "RequestDefence"
    appeal: Number
    by_day: date


class SubmitDefence(Entry):
    """弁明書を提出する（行審法第29条第3項）: By an officer who is not the 審理員."""

    title: ClassVar[str] = "弁明書を提出する"
    cites: ClassVar[Citation] = ARA_29
    done_by: ClassVar[Role] = "officer"
    kind: Literal["SubmitDefence"] = "SubmitDefence"
    appeal: Number
    statement: Text
    attachments: tuple[Line, ...] = ()


class ForwardDefence(Entry):
    """弁明書を送付する（行審法第29条第5項）: By the 審理員; `by_day` is for the 反論書."""

    title: ClassVar[str] = "弁明書を送付する"
    cites: ClassVar[Citation] = ARA_29
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ForwardDefence"] = "ForwardDefence"
    appeal: Number
    by_day: date


class SubmitCounter(Entry):
    """反論書を提出する（行審法第30条第1項）: `on` is the day of arrival."""

    title: ClassVar[str] = "反論書を提出する"
    cites: ClassVar[Citation] = ARA_30
    done_by: ClassVar[Role] = "body"
    kind: Literal["SubmitCounter"] = "SubmitCounter"
    appeal: Number
    statement: Text
    attachments: tuple[Line, ...] = ()


class SubmitReviewOpinion(Entry):
    """審理員意見書を提出する（行審法第42条）: Without delay after the review has ended."""

    title: ClassVar[str] = "審理員意見書を提出する"
    cites: ClassVar[Citation] = ARA_42
    done_by: ClassVar[Role] = "officer"
    kind: Literal["SubmitReviewOpinion"] = "SubmitReviewOpinion"
    appeal: Number
    report: Line
    opinion: Text
    conclusion: Literal["却下", "棄却", "認容"]
    record: tuple[Line, ...] = ()


ReviewCommand = (
    NameReviewOfficer
    | RequestDefence
    | SubmitDefence
    | ForwardDefence
    | SubmitCounter
    | SubmitReviewOpinion
)


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: ReviewCommand, appeal: Appeal, involved: frozenset[str], body: str, rules: Rules
) -> Sequence[ReviewEvent]:
    """The facts a command of the review brings about; `involved` took part in the contested act."""
    pending(command, appeal)
    refuse_unless(appeal.review.opinion is None, ARA_42, "審理員意見書がすでに提出されています")
    match command:
        case NameReviewOfficer():
            return _named(command, appeal, involved, rules)
        case RequestDefence():
            _reviews(command, appeal)
            refuse_unless(appeal.review.defended is None, ARA_29, "弁明書はすでに提出されています")
            return _asked(command, appeal, rules)
        case SubmitDefence():
            return [_defended(command, appeal, rules)]
        case ForwardDefence():
            _reviews(command, appeal)
            return _forwarded(command, appeal, rules)
        case SubmitCounter():
            by_the_body(command, body)
            return [_countered(command, appeal, rules)]
        case SubmitReviewOpinion():
            _reviews(command, appeal)
            return [_opined(command, appeal, rules)]


def _named(
    command: NameReviewOfficer, appeal: Appeal, involved: frozenset[str], rules: Rules
) -> list[ReviewOfficerNamed]:
    reviewer = command.reviewer
    refuse_unless(
        appeal.correction is None,
        ARA_23,
        "補正を求めている間は、審理員による審理に進めません",
        "補正を待つか、補正されないときは却下してください",
    )
    refuse_unless(reviewer.role == "officer", ARA_9.para(1), "審理員は職員のうちから指名します")
    refuse_unless(
        reviewer.person not in (involved | {command.by.person, command.drafted_by.person}),
        ARA_9.para(2, 1),
        f"{reviewer.name} は、審査請求に係る処分に関与した者又は裁決に関与する者です",
        "処分の起案・決裁・聴聞の主宰に加わっていない職員を指名してください",
    )
    for item in command.disqualified_under:
        raise Refused(ARA_9.para(2, item), f"{reviewer.name} は審理員となることができません")
    if appeal.review.officer == reviewer.person:
        return []
    return [stated(ReviewOfficerNamed, command, rules)]


def _reviews(command: Entry, appeal: Appeal) -> None:
    officer = appeal.review.officer
    refuse_unless(
        bool(officer) and command.by.person == officer,
        ARA_9.para(1),
        f"「{command.title}」のは審理員（{officer or '未指名'}）です",
        "審理員の名で提出してください",
    )


def _asked(command: RequestDefence, appeal: Appeal, rules: Rules) -> list[DefenceRequested]:
    due = _due("defence", "弁明書", ARA_29.para(2), appeal, command)
    if appeal.review.defence_due == due:
        return []
    return [stated(DefenceRequested, command, rules, due=due)]


def _due(
    key: str, paper: str, basis: Citation, appeal: Appeal, command: RequestDefence | ForwardDefence
) -> Deadline:
    refuse_unless(
        command.by_day > command.on,
        basis,
        f"{paper}の提出期限 {command.by_day} は、{command.on} より後の日とします",
    )
    return fixed(
        key=f"{key}-{appeal.no}",
        title=f"{paper}の提出期限（審査請求第{appeal.no}号）",
        basis=basis,
        origin=command.on,
        origin_title=f"{paper}の求め",
        day=command.by_day,
    )


def _defended(command: SubmitDefence, appeal: Appeal, rules: Rules) -> DefenceSubmitted:
    due = appeal.review.defence_due
    if due is None:
        raise Refused(ARA_29.para(2), "審理員が弁明書の提出を求めていません")
    refuse_unless(appeal.review.defended is None, ARA_29, "弁明書はすでに提出されています")
    refuse_unless(
        command.by.person != appeal.review.officer,
        ARA_9.para(2, 1),
        "審理員が処分庁の弁明書を提出することはできません",
    )
    return stated(DefenceSubmitted, command, rules, in_time=not has_passed(due, command.on))


def _forwarded(command: ForwardDefence, appeal: Appeal, rules: Rules) -> list[DefenceForwarded]:
    refuse_unless(
        appeal.review.defended is not None, ARA_29.para(5), "弁明書がまだ提出されていません"
    )
    due = _due("counter", "反論書", ARA_30.para(1), appeal, command)
    if appeal.review.counter_due == due:
        return []
    return [stated(DefenceForwarded, command, rules, due=due)]


def _countered(command: SubmitCounter, appeal: Appeal, rules: Rules) -> CounterSubmitted:
    refuse_unless(
        appeal.review.counter_due is not None, ARA_30.para(1), "弁明書がまだ送付されていません"
    )
    refuse_unless(appeal.review.countered is None, ARA_30, "反論書はすでに提出されています")
    due = appeal.review.counter_due
    return stated(
        CounterSubmitted, command, rules, in_time=due is None or not has_passed(due, command.on)
    )


def _opined(command: SubmitReviewOpinion, appeal: Appeal, rules: Rules) -> ReviewOpinionSubmitted:
    """審理員意見書（行審法第42条）: Not before the 弁明書 has come and the 反論書 had its time."""
    review = appeal.review
    heard = review.countered is not None or (
        review.counter_due is not None and has_passed(review.counter_due, command.on)
    )
    refuse_unless(
        heard,
        ARA_30.para(1),
        "弁明書を送付していないか、反論書の提出期限がまだ過ぎていません",
        "反論書を待つか、その期限が過ぎてから提出してください",
    )
    return stated(ReviewOpinionSubmitted, command, rules)


# --- 経過 -------------------------------------------------------------------------------------


def evolve(appeal: Appeal, event: ReviewEvent) -> Appeal:
    """The appeal after a fact of its review."""
    review = appeal.review
    match event:
        case ReviewOfficerNamed():
            review = replace(review, officer=event.reviewer.person)
        case DefenceRequested():
            review = replace(review, defence_due=event.due)
        case DefenceSubmitted():
            review = replace(review, defended=event.on)
        case DefenceForwarded():
            review = replace(review, counter_due=event.due)
        case CounterSubmitted():
            review = replace(review, countered=event.on)
        case ReviewOpinionSubmitted():
            review = replace(review, opinion=event.on)
    return replace(appeal, review=review, since=max(appeal.since, event.on))
