"""手続: Who may act, who may not decide, and what every adverse act must carry.

RemedyNotice   教示: where to appeal and sue, and by when (行審法82条, 行訴法46条)
authorised     権限: the role of the actor, 専決・代決 by the delegation table
four_eyes      起案と決裁の分離: the drafter does not decide, with no bypass
within_reach   日付: no day beyond those the municipality's calendar knows
stated         事実: the event that a command brings about
"""

from datetime import date, datetime
from typing import ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict

from domain.acts import Command, Event
from domain.decider import Refused
from domain.law import APA_5, ART_153, Citation
from domain.ordinance import Ordinance, Rules
from domain.people import CALENDAR, ROLE_NAMES, Actor, Role
from domain.periods import Deadline, fixed
from domain.text import Text

E = TypeVar("E", bound=Event)
T = TypeVar("T")


class RemedyNotice(BaseModel):
    """教示（行審法第82条、行訴法第46条）: Appeal and lawsuit, each with addressee and period."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    appeal: Text
    lawsuit: Text


def remedy_notice(ordinance: Ordinance) -> RemedyNotice:
    """The customary wording for a disposition of this municipality's mayor."""
    city, mayor = ordinance.name, ordinance.mayor
    return RemedyNotice(
        appeal=(
            "この処分について不服がある場合は、この処分があったことを知った日の翌日から起算して"
            f"3か月以内に、{mayor}に対して審査請求をすることができます（この処分があった日の翌日から"
            "起算して1年を経過したときは、することができません。）。"
        ),
        lawsuit=(
            "この処分の取消しの訴えは、この処分があったことを知った日から6か月以内に、"
            f"{city}を被告として（訴訟において{city}を代表する者は{mayor}となります。）提起することが"
            "できます（この処分の日から1年を経過したときは、提起することができません。）。"
            "審査請求をした場合は、その裁決があったことを知った日から6か月以内に提起することができます。"
        ),
    )


class Entry(Command):
    """届け・記録: A command of the body, an officer, the 主宰者 or the calendar."""

    done_by: ClassVar[Role]


class Decision(Command):
    """決裁: A command only the mayor decides, in person or by 専決・代決, on somebody's draft."""

    drafted_by: Actor


class Disposition(Decision):
    """不利益な処分: A decision that states its reasons and how to contest it."""

    reasons: Text
    remedy_notice: RemedyNotice | None = None
    """A wording other than the customary one."""


def authorised(command: Command, rules: Rules) -> None:
    """権限（法第153条ほか）: Refuse a command of somebody who may not give it."""
    match command:
        case Entry():
            _has_role(command, command.done_by)
        case Decision():
            _decides(command, rules)
            _drafted_by_staff(command)
            four_eyes(command, command.drafted_by.person)
        case _:
            raise TypeError(f"{command.tag} is neither an Entry nor a Decision")


def _has_role(command: Entry, role: Role) -> None:
    if command.by.role != role:
        raise Refused(
            command.cites,
            f"「{command.title}」は{ROLE_NAMES[role]}の行為で、{ROLE_NAMES[command.by.role]}はできません",
            f"by.role を {role} とする者の名で提出してください",
        )
    refuse_unless(
        command.by.acting is None,
        command.cites,
        f"「{command.title}」は決裁を要しない行為で、専決・代決はありません",
        "by から acting を除いてください",
    )


def _drafted_by_staff(command: Decision) -> None:
    drafter = command.drafted_by
    refuse_unless(
        drafter.role == "officer" and drafter.acting is None,
        command.cites,
        f"「{command.title}」の案を作るのは{ROLE_NAMES['officer']}です",
        "drafted_by には起案した職員を acting なしで記してください",
    )


def _decides(command: Decision, rules: Rules) -> None:
    if command.by.role == "mayor" and command.by.acting is None:
        _same_office(command, command.by.office, rules)
    elif command.by.role == "officer" and command.by.acting is not None:
        _same_office(command, command.by.acting.office, rules)
        _delegated(command, rules)
    else:
        raise Refused(
            command.cites,
            f"「{command.title}」は{rules.ordinance.mayor}が決裁します",
            "専決・代決のときは、職員の by に acting（mode, office, name）を添えてください",
        )


def _same_office(command: Decision, office: str, rules: Rules) -> None:
    if office != rules.ordinance.mayor:
        raise Refused(
            command.cites,
            f"この事案を決裁するのは{rules.ordinance.mayor}で、{office}ではありません",
        )


def _delegated(command: Decision, rules: Rules) -> None:
    acting = command.by.acting
    entries = rules.ordinance.delegations.on(command.on).value
    if acting is None or not any(
        (entry.command, entry.office, entry.mode) == (command.tag, command.by.office, acting.mode)
        for entry in entries
    ):
        raise Refused(
            ART_153.para(1),
            f"{command.on} には、{command.by.office}が「{command.title}」を"
            f"{acting.mode if acting else '専決'}する定めがありません",
            "条例プロファイルの delegations に、根拠となる規程の定めを加えてください",
        )


def four_eyes(command: Command, *drafters: str) -> None:
    """起案と決裁の分離: Whoever drafted the act does not decide it."""
    if command.by.person in drafters:
        raise Refused(
            command.cites,
            f"起案した者（{command.by.person}）が自ら「{command.title}」ことはできません",
            "起案に加わっていない者が決裁してください",
        )


def by_the_body(command: Entry, body: str) -> None:
    """Refuse an act of another body than the one the case is about."""
    if command.by.person != body:
        raise Refused(
            command.cites,
            f"この事案の団体（{body}）の行為で、{command.by.person} の行為としては記録できません",
        )


def expect(state: object, stages: tuple[type[T], ...], command: Command) -> T:
    """The state as one of `stages`, or a refusal that names the stage the case is in."""
    for stage in stages:
        if isinstance(state, stage):
            return state
    title = getattr(state, "title", type(state).__name__)
    raise Refused(command.cites, f"「{title}」の段階では「{command.title}」ことはできません")


def within_reach(command: Command, rules: Rules) -> None:
    """日付: Refuse a day after the last one the calendar knows; most are slips of the pen.

    The calendar itself may always note that a day has passed.
    """
    if command.by == CALENDAR:
        return
    last = rules.calendar.until
    for _, value in command:
        refuse_unless(
            not isinstance(value, date) or isinstance(value, datetime) or value <= last,
            command.cites,
            f"{value} は、この団体の暦の最後の日（{last}）より後です",
            "年を確かめてください",
        )


def not_before(command: Command, day: date, what: str) -> None:
    """Refuse an act dated before the act it rests on."""
    refuse_unless(
        command.on >= day,
        command.cites,
        f"{command.on} は{what}（{day}）より前の日です",
        "on の日付を確かめてください",
    )


def has_passed(due: Deadline, day: date) -> bool:
    """Whether `day` comes after the last day on which the act is in time."""
    return due.day is not None and day > due.day


def at_least(due: Deadline, day: date | None) -> Deadline:
    """A deadline on `day`, no earlier than the period required; `due` itself where none is named."""
    if day is None:
        return due
    period = due.period
    refuse_unless(
        due.day is not None and day >= due.day,
        due.basis,
        f"{due.title} {day} は、{due.origin_title}（{due.origin}）からの相当の期間"
        + (f"（{period.length}{period.unit}、{period.basis}）" if period else "")
        + "に足りません",
        f"{due.day} 以後の日とするか、日を指定しないでください",
    )
    return fixed(
        key=due.key,
        title=due.title,
        basis=due.basis,
        origin=due.origin,
        origin_title=due.origin_title,
        day=day,
    )


def criteria_published(command: Command, rules: Rules) -> None:
    """審査基準の公表（行手法第5条第3項）: No decision under criteria nobody could read."""
    published = rules.ordinance.published.on(command.on).value.review_criteria
    if published is None or published > command.on:
        raise Refused(
            APA_5.para(3),
            "審査基準が公にされていないため、申請に対する決定ができません",
            "公にした日を条例プロファイルの published.review_criteria に記してください",
        )


def stated(fact: type[E], command: Command, rules: Rules, **more: object) -> E:
    """The event that `command` brings about: what it says, what the decision adds, under which rules."""
    said = {
        name: getattr(command, name)
        for name in fact.model_fields.keys() & type(command).model_fields.keys()
        if name not in ("kind", "remedy_notice")
    }
    if "remedy_notice" in fact.model_fields:
        notice: object = getattr(command, "remedy_notice", None)
        said["remedy_notice"] = notice or remedy_notice(rules.ordinance)
    return fact.model_validate({**said, "ordinance": rules.version, **more})


def refuse_unless(holds: bool, citation: Citation, reason: str, remedy: str = "") -> None:
    """Refuse where a condition of the law does not hold."""
    if not holds:
        raise Refused(citation, reason, remedy)
