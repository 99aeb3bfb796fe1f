"""派遣の経費（法第252条の2第6項）: What a dispatch cost in a fiscal year, as each party states it.

    派遣の経費（年度ごと・当事者ごと）、募集経費        stated again to correct an amount

The sender states the personnel cost, the recipient what it bore, and both the 負担金 between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.agreement.dispatching import Dispatches
from domain.agreement.parties import PARA_6, Number, PartyEntry, PartyEvent
from domain.allocation.claim import Amount, Dispatch, FiscalYear, Recruitment
from domain.bodies import body_name
from domain.era import fiscal_days
from domain.law import Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.procedure import refuse_unless, stated
from domain.text import Key

CostKind = Literal["派遣した職員の人件費", "派遣を受けて負担した人件費", "負担金"]
"""負担金 is what the recipient pays the sender; each of the two states it."""
Persons = Annotated[tuple[Key, ...], Field(min_length=1, max_length=1_000)]

# --- 段階 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """派遣の経費: As a party stated it last for a dispatch and fiscal year."""

    party: str
    dispatch: str
    year: int
    what: CostKind
    amount: Amount


@dataclass(frozen=True)
class Recruited:
    """募集経費: As a party stated it, by its number."""

    no: int
    party: str
    year: int
    spent: Recruitment


@dataclass(frozen=True)
class Costs:
    """経費の全体: The last statement of each party for each dispatch and year, and recruitment."""

    stated: tuple[Cost, ...] = ()
    recruitment: tuple[Recruited, ...] = ()

    def cost(self, party: str, dispatch: str, year: int, what: CostKind) -> Amount | None:
        """What the party stated, if it has."""
        wanted = (party, dispatch, year, what)
        found = (
            one.amount
            for one in self.stated
            if (one.party, one.dispatch, one.year, one.what) == wanted
        )
        return next(found, None)


# --- 事実 -----------------------------------------------------------------------------------------


class DispatchCostStated(PartyEvent):
    """派遣の経費（法第252条の2第6項）: In yen, of one fiscal year; `corrects` what was stated before."""

    title: ClassVar[str] = "派遣の経費"
    kind: Literal["DispatchCostStated"] = "DispatchCostStated"
    basis: Citation = PARA_6
    dispatch: Key
    fiscal_year: FiscalYear
    what: CostKind
    amount: Amount
    corrects: Amount | None


class RecruitmentCostStated(PartyEvent):
    """募集経費（法第252条の2第6項）: What `party` spent in a fiscal year to recruit those it sends."""

    title: ClassVar[str] = "募集経費"
    kind: Literal["RecruitmentCostStated"] = "RecruitmentCostStated"
    basis: Citation = PARA_6
    number: Number
    fiscal_year: FiscalYear
    persons: Persons
    amount: Amount


CostingEvent = DispatchCostStated | RecruitmentCostStated


# --- 命令書 ---------------------------------------------------------------------------------------


class StateDispatchCost(PartyEntry):
    """派遣の経費を記録する（法第252条の2第6項）: Again with another amount, to correct it."""

    title: ClassVar[str] = "派遣の経費を記録する"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "officer"
    kind: Literal["StateDispatchCost"] = "StateDispatchCost"
    dispatch: Key
    fiscal_year: FiscalYear
    what: CostKind
    amount: Amount


class StateRecruitmentCost(PartyEntry):
    """募集経費を記録する（法第252条の2第6項）."""

    title: ClassVar[str] = "募集経費を記録する"
    cites: ClassVar[Citation] = PARA_6
    done_by: ClassVar[Role] = "officer"
    kind: Literal["StateRecruitmentCost"] = "StateRecruitmentCost"
    fiscal_year: FiscalYear
    persons: Persons
    amount: Amount


CostingCommand = StateDispatchCost | StateRecruitmentCost


# --- 決定 -----------------------------------------------------------------------------------------


def decide(
    command: CostingCommand, costs: Costs, now: Dispatches, rules: Rules
) -> Sequence[CostingEvent]:
    """What comes of an amount stated for one of the dispatches `now`."""
    match command:
        case StateDispatchCost():
            return _cost(command, costs, now, rules)
        case StateRecruitmentCost():
            return _recruited(command, costs, now, rules)


def _cost(
    command: StateDispatchCost, costs: Costs, now: Dispatches, rules: Rules
) -> list[CostingEvent]:
    there = now.find(command.dispatch)
    who: dict[CostKind, tuple[str, ...]] = {
        "派遣した職員の人件費": (there.sender,),
        "派遣を受けて負担した人件費": (there.recipient,),
        "負担金": (there.sender, there.recipient),
    }
    refuse_unless(
        command.party in who[command.what],
        PARA_6,
        f"派遣 {there.id} の{command.what}を記録するのは"
        f"{'又は'.join(map(body_name, who[command.what]))}です",
    )
    _in_its_year(there, command.fiscal_year)
    before = costs.cost(command.party, there.id, command.fiscal_year, command.what)
    if before == command.amount:
        return []
    return [stated(DispatchCostStated, command, rules, corrects=before)]


def _in_its_year(there: Dispatch, year: int) -> None:
    first, last = fiscal_days(year)
    refuse_unless(
        there.since <= last and (there.until is None or there.until >= first),
        PARA_6,
        f"派遣 {there.id} の期間（{there.since} から {there.until or '継続中'}）は、"
        f"{year}年度（{first} から {last} まで）にありません",
    )


def _recruited(
    command: StateRecruitmentCost, costs: Costs, now: Dispatches, rules: Rules
) -> list[CostingEvent]:
    sent = {one.person for one in now.dispatches if one.sender == command.party}
    unknown = [person for person in command.persons if person not in sent]
    refuse_unless(
        not unknown and len(set(command.persons)) == len(command.persons),
        PARA_6,
        f"募集した者（{'、'.join(command.persons)}）は、この団体が派遣した者を一度ずつ書きます",
    )
    spent = Recruitment(persons=command.persons, cost=command.amount)
    said = (command.party, command.fiscal_year, spent)
    if said in [(one.party, one.year, one.spent) for one in costs.recruitment]:
        return []
    return [stated(RecruitmentCostStated, command, rules, number=len(costs.recruitment) + 1)]


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(costs: Costs, event: CostingEvent) -> Costs:
    """The amounts after a fact."""
    match event:
        case DispatchCostStated():
            key = (event.party, event.dispatch, event.fiscal_year, event.what)
            others = tuple(
                one for one in costs.stated if (one.party, one.dispatch, one.year, one.what) != key
            )
            return replace(costs, stated=(*others, Cost(*key, event.amount)))
        case RecruitmentCostStated():
            spent = Recruitment(persons=event.persons, cost=event.amount)
            new = Recruited(event.number, event.party, event.fiscal_year, spent)
            return replace(costs, recruitment=(*costs.recruitment, new))
