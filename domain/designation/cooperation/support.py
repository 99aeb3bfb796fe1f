"""支援（法第260条の49第3項）: 「…必要な支援を行うものとする。」

    giving.py       計画・計画の変更・実施
    settlement.py   終了・精算・返還
    measures.py     段階

While a body is designated the municipality gives the support that is needed. When its status ends
no measure ends by itself and nothing new begins: what is under way is settled, closed and, where
too much was paid, returned.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.designation.cooperation import giving, settlement
from domain.designation.cooperation.giving import (
    ChangeSupportPlan,
    GiveSupport,
    GivingCommand,
    GivingEvent,
    PlanSupport,
    SupportGiven,
    SupportPlanChanged,
    SupportPlanned,
)
from domain.designation.cooperation.measures import PARA_3, Measure, Supports
from domain.designation.cooperation.settlement import (
    CloseSupport,
    ForgoReturn,
    RecordReturn,
    ReturnForgone,
    SettlementCommand,
    SettlementEvent,
    SubsidyReturned,
    SupportClosed,
)
from domain.designation.cooperation.terms import yen
from domain.designation.parts import Circumstances, Part, nothing, unmoved
from domain.institution import Obligation
from domain.ordinance import Rules

SupportCommand = GivingCommand | SettlementCommand
SupportEvent = GivingEvent | SettlementEvent


def decide(
    command: SupportCommand, supports: Supports, now: Circumstances, rules: Rules
) -> Sequence[SupportEvent]:
    """The facts that a command about support brings about."""
    match command:
        case PlanSupport() | ChangeSupportPlan() | GiveSupport():
            return giving.decide(command, supports, now, rules)
        case CloseSupport() | RecordReturn() | ForgoReturn():
            return settlement.decide(command, supports, rules)


def evolve(supports: Supports, event: SupportEvent) -> Supports:
    """The measures after a fact about one of them."""
    match event:
        case SupportPlanned() | SupportPlanChanged() | SupportGiven():
            return giving.evolve(supports, event)
        case SupportClosed() | SubsidyReturned() | ReturnForgone():
            return settlement.evolve(supports, event)


# --- 現況 -------------------------------------------------------------------------------------


def obligations(supports: Supports, now: Circumstances) -> Iterator[Obligation]:
    """What is under way, or that nothing is; and what is awaited back."""
    if now.active and now.since and not supports.under_way:
        since = max(now.since, supports.idle_since or date.min)
        yield Obligation("必要な支援を行う", PARA_3, since)
    for measure in supports.under_way:
        yield Obligation(_to_do(measure, now), PARA_3, measure.since)
    for returning in supports.returning:
        title = f"補助金（支援第{returning.no}号）の返還 {yen(returning.left)}を受ける"
        yield Obligation(title, PARA_3, returning.since)


def _to_do(measure: Measure, now: Circumstances) -> str:
    until = f"・{measure.until}まで" if measure.until else ""
    name = f"支援（第{measure.no}号・{measure.form}{until}）"
    return f"{name}を行い、終える" if now.active else f"{name}を精算し、終える"


def possible(supports: Supports, now: Circumstances) -> Iterator[type[SupportCommand]]:
    """The commands about support that may come next."""
    if now.active:
        yield PlanSupport
    if supports.under_way:
        yield from (GiveSupport, CloseSupport)
    if supports.under_way and now.active:
        yield ChangeSupportPlan
    if supports.returning:
        yield from (RecordReturn, ForgoReturn)


def titles(supports: Supports, now: Circumstances) -> Iterator[str]:
    """What runs beside the status, for its stage."""
    if supports.under_way:
        yield "支援中" if now.active else "支援の精算中"
    if supports.returning:
        yield "返還待ち"


def keeps_open(supports: Supports) -> bool:
    """Whether anything is still to be settled, closed or returned."""
    return bool(supports.under_way or supports.returning)


SUPPORT: Part[SupportCommand, Supports, SupportEvent] = Part(
    name="支援",
    initial=Supports(),
    commands=(PlanSupport, ChangeSupportPlan, GiveSupport, CloseSupport, RecordReturn, ForgoReturn),
    events=(
        SupportPlanned,
        SupportPlanChanged,
        SupportGiven,
        SupportClosed,
        SubsidyReturned,
        ReturnForgone,
    ),
    decide=decide,
    evolve=evolve,
    observe=unmoved,
    dues=nothing,
    obligations=obligations,
    possible=possible,
    titles=titles,
    keeps_open=keeps_open,
)
