"""支援の計画と実施（法第260条の49第3項）.

    計画 ⇄ 計画の変更
     ↓
    実施 … → (settlement.py) 終了

A grant stands on a finding that it is needed for the public good (法第232条の2), and what is given
never exceeds what was so found. Without a designation in effect nothing is
planned, and nothing given but what fell due before.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.designation.cooperation.measures import PARA_3, Form, Measure, Supports, mark_of
from domain.designation.cooperation.terms import Items, Number, Year, Yen, of_the_ordinance, yen
from domain.designation.parts import Circumstances, while_designated
from domain.era import fiscal_name, fiscal_year
from domain.law import ART_232_2, ART_235_5, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import Decision, Entry, not_before, refuse_unless, stated
from domain.text import Line, Text

# --- 事実 -------------------------------------------------------------------------------------


class SupportPlanned(Event):
    """支援の計画（法第260条の49第3項）: The mayor decides on a support measure.

    `limit` is the most a grant may come to, `public_interest` the finding of 法第232条の2, `until`
    the last day for which the support is planned (of 職員の派遣 the end of the dispatch).
    """

    title: ClassVar[str] = "支援の計画"
    kind: Literal["SupportPlanned"] = "SupportPlanned"
    basis: Citation = PARA_3
    drafted_by: Actor
    support: Number
    form: Form
    content: Text
    activities: Items
    limit: Yen | None
    until: date | None
    public_interest: Finding | None
    budget: Line | None
    conditions: Text | None


class SupportPlanChanged(Event):
    """支援の計画の変更（法第260条の49第3項）: What was planned is decided anew, for stated reasons."""

    title: ClassVar[str] = "支援の計画の変更"
    kind: Literal["SupportPlanChanged"] = "SupportPlanChanged"
    basis: Citation = PARA_3
    drafted_by: Actor
    support: Number
    content: Text
    limit: Yen | None
    limit_before: Yen | None
    until: date | None
    public_interest: Finding | None
    reasons: Text


class SupportGiven(Event):
    """支援の実施（法第260条の49第3項）: One giving; `total` is what was given so far, with it.

    `amount` is what was paid to the body, or what another form of support cost the municipality.
    `fiscal_year` is the year it belongs to: in 出納整理期間 (法第235条の5) perhaps the one before.
    `accrued` says why what was given after the end of the designation fell due before it.
    """

    title: ClassVar[str] = "支援の実施"
    kind: Literal["SupportGiven"] = "SupportGiven"
    basis: Citation = PARA_3
    support: Number
    form: Form
    content: Text
    amount: Yen
    total: Yen
    fiscal_year: Year
    accrued: Finding | None
    evidence: tuple[Line, ...]


GivingEvent = SupportPlanned | SupportPlanChanged | SupportGiven


# --- 命令書 -----------------------------------------------------------------------------------


class PlanSupport(Decision):
    """支援を計画する（法第260条の49第3項）: A grant needs `public_interest` and `limit` yen."""

    title: ClassVar[str] = "支援を計画する"
    cites: ClassVar[Citation] = PARA_3
    kind: Literal["PlanSupport"] = "PlanSupport"
    form: Form
    content: Text
    activities: Items
    limit: Yen | None = None
    until: date | None = None
    public_interest: Finding | None = None
    budget: Line | None = None
    conditions: Text | None = None


class ChangeSupportPlan(Decision):
    """支援の計画を変更する（法第260条の49第3項）: What is None stays; more of a grant needs a finding."""

    title: ClassVar[str] = "支援の計画を変更する"
    cites: ClassVar[Citation] = PARA_3
    kind: Literal["ChangeSupportPlan"] = "ChangeSupportPlan"
    support: Number
    content: Text | None = None
    limit: Yen | None = None
    until: date | None = None
    public_interest: Finding | None = None
    reasons: Text


class GiveSupport(Entry):
    """支援の実施を記録する（法第260条の49第3項）: `on` is the day on which it was given or paid."""

    title: ClassVar[str] = "支援の実施を記録する"
    cites: ClassVar[Citation] = PARA_3
    done_by: ClassVar[Role] = "officer"
    kind: Literal["GiveSupport"] = "GiveSupport"
    support: Number
    content: Text
    amount: Yen = 0
    fiscal_year: Year | None = None
    accrued: Finding | None = None
    evidence: tuple[Line, ...] = ()


GivingCommand = PlanSupport | ChangeSupportPlan | GiveSupport


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: GivingCommand, supports: Supports, now: Circumstances, rules: Rules
) -> Sequence[GivingEvent]:
    """The facts that a command about planning or giving support brings about."""
    match command:
        case PlanSupport():
            return _planned(command, supports, now, rules)
        case ChangeSupportPlan():
            return _changed(command, supports.find(command.support), now, rules)
        case GiveSupport():
            return _given(command, supports.find(command.support), now, rules)


def _planned(
    command: PlanSupport, supports: Supports, now: Circumstances, rules: Rules
) -> list[SupportPlanned]:
    while_designated(command, now)
    of_the_ordinance(command, command.activities, rules)
    if command.form == "補助金":
        _in_the_public_interest(command.public_interest)
        refuse_unless(
            bool(command.limit),
            PARA_3,
            "補助金の計画には、交付する額の上限が要ります",
            "limit に予定額（円）を記してください",
        )
    _ends_later(command, command.until)
    said = (command.form, command.on, command.content)
    if any((one.form, one.since, one.said) == said for one in supports.under_way):
        return []
    return [stated(SupportPlanned, command, rules, support=supports.made + 1)]


def _ends_later(command: PlanSupport | ChangeSupportPlan, until: date | None) -> None:
    refuse_unless(
        until is None or until >= command.on,
        PARA_3,
        f"支援の予定の末日 {until} が、決定の日（{command.on}）より前です",
        "終わった支援には「支援を終える」を提出してください",
    )


def _in_the_public_interest(found: Finding | None) -> None:
    refuse_unless(
        found is not None,
        ART_232_2,
        "補助金は、公益上必要がある場合に限り交付できます",
        "public_interest に、公益上必要と認める理由を記してください",
    )


def _changed(
    command: ChangeSupportPlan, measure: Measure, now: Circumstances, rules: Rules
) -> list[SupportPlanChanged]:
    while_designated(command, now)
    not_before(command, measure.decided, "支援の計画（変更）")
    content = command.content or measure.content
    limit = measure.limit if command.limit is None else command.limit
    until = measure.until if command.until is None else command.until
    if (content, limit, until) == (measure.content, measure.limit, measure.until):
        return []
    _ends_later(command, command.until)
    if measure.is_grant:
        _grant_changed(command, measure, limit or 0)
    return [
        stated(
            SupportPlanChanged,
            command,
            rules,
            content=content,
            limit=limit,
            limit_before=measure.limit,
            until=until,
        )
    ]


def _grant_changed(command: ChangeSupportPlan, measure: Measure, limit: int) -> None:
    refuse_unless(
        limit >= measure.given,
        PARA_3,
        f"変更後の予定額 {yen(limit)} は、すでに交付した額（{yen(measure.given)}）を下回ります",
        "交付した額を減らすときは、「支援を終える」で額を確定し、差額の返還を求めてください",
    )
    if limit > (measure.limit or 0):
        _in_the_public_interest(command.public_interest)


def _given(
    command: GiveSupport, measure: Measure, now: Circumstances, rules: Rules
) -> list[SupportGiven]:
    not_before(command, measure.since, "支援の計画")
    _while_in_effect(command, now)
    year = _year_of(command, measure)
    if mark_of(command, command.content, command.amount) in measure.givings:
        return []
    total = measure.given + command.amount
    if measure.is_grant:
        _within_the_plan(measure, command.amount, total)
    return [stated(SupportGiven, command, rules, form=measure.form, total=total, fiscal_year=year)]


def _while_in_effect(command: GiveSupport, now: Circumstances) -> None:
    """Nothing new is given after the end; what fell due before it may be, and be entered late."""
    before = now.ended is not None and command.on < now.ended
    refuse_unless(
        now.active or before or command.accrued is not None,
        PARA_3,
        f"{command.on} には指定の効力がなく、新たに支援を行うことはできません",
        "効力があった間に義務を負ったものは accrued にその理由を記し、ほかは「支援を終える」で"
        "精算してください",
    )


def _year_of(command: GiveSupport, measure: Measure) -> int:
    """会計年度: That of the day, or in 出納整理期間 the one before, if the plan is as old."""
    own = fiscal_year(command.on)
    year = own if command.fiscal_year is None else command.fiscal_year
    closing = date(own, 5, 31)
    before = year == own - 1 and command.on <= closing and fiscal_year(measure.since) <= year
    refuse_unless(
        year == own or before,
        ART_235_5,
        f"{command.on} の支援は、{fiscal_name(year)}のものとはできません",
        f"{fiscal_name(own)}のものとしてください。前年度のものとできるのは、前年度までに計画し、"
        "5月31日までに支出したときです",
    )
    return year


def _within_the_plan(measure: Measure, amount: int, total: int) -> None:
    refuse_unless(
        amount > 0,
        PARA_3,
        "補助金の交付には、額が要ります",
        "amount に交付した額（円）を記してください",
    )
    limit = measure.limit or 0
    refuse_unless(
        total <= limit,
        ART_232_2,
        f"交付の累計 {yen(total)} が、公益上必要と認めた予定額（{yen(limit)}）を超えます",
        "「支援の計画を変更する」を先に行ってください",
    )


# --- 経過 -------------------------------------------------------------------------------------


def evolve(supports: Supports, event: GivingEvent) -> Supports:
    """The measures after one was planned, changed or given."""
    match event:
        case SupportPlanned():
            return supports.having(_measure(event))
        case SupportPlanChanged():
            before = supports.get(event.support)
            return supports.having(_after_change(before, event))
        case SupportGiven():
            return supports.having(_after_giving(supports.get(event.support), event))


def _measure(event: SupportPlanned) -> Measure:
    return Measure(
        no=event.support,
        form=event.form,
        since=event.on,
        decided=event.on,
        latest=event.on,
        said=event.content,
        content=event.content,
        limit=event.limit,
        until=event.until,
    )


def _after_change(measure: Measure, event: SupportPlanChanged) -> Measure:
    return replace(
        measure,
        content=event.content,
        limit=event.limit,
        until=event.until,
        decided=event.on,
    )


def _after_giving(measure: Measure, event: SupportGiven) -> Measure:
    mark = (event.on, event.content, event.amount, event.document)
    return replace(
        measure,
        latest=max(measure.latest, event.on),
        given=measure.given + event.amount,
        givings=measure.givings | {mark},
    )
