"""問い: What an auditor asks most: a case, the orders of a year, all cases as of a day."""

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from benchmarks.audit import town
from benchmarks.audit.figures import Bar, Figure, spread
from benchmarks.audit.ground import VIEWER, Ground, WrongAnswer, shown
from store.audit.cases import HistoryLine, history
from store.audit.desk import Desk
from store.audit.search import Filter, Found, find
from store.audit.standing import Standing, standings

HISTORY_MS, ORDERS_MS, STANDINGS_MS = 2, 10, 120
SHORT_CASE = 25
"""Events of a case that counts as a short one."""
LARGEST = 20
"""Municipalities that count as the largest."""
WARM = 30
"""Questions asked before any is timed."""
_HISTORIES, _ORDERS, _STANDINGS, _RECOUNTED = 1_000, 500, 400, 5
_QUERY = """
select number, recorded_at, command_id, hash, body, on_day, kind, person, office, acting_for, law,
       article, paragraph, item, ordinance
from kyodo.event where case_id = $1 order by number
"""
_FIRST_ASKED, _DAYS_ASKED = date(2025, 4, 1), 1_400
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


async def timed(
    what: str,
    asked: Sequence[Asked],
    ask: Callable[[Asked], Awaitable[Answer]],
    check: Callable[[Asked, Answer], None],
) -> list[float]:
    """Ask one after the other; milliseconds of each but the first `WARM`. Every answer is checked."""
    taken: list[float] = []
    with shown(what, len(asked)) as told:
        for done, one in enumerate(asked, 1):
            began = time.perf_counter()
            answer = await ask(one)
            taken.append((time.perf_counter() - began) * 1000)
            check(one, answer)
            told(done)
    return taken[WARM:]


def demand(so: bool, what: str) -> None:
    """Raise `WrongAnswer` unless it is so."""
    if not so:
        raise WrongAnswer(what)


# --- 一つの事案 -------------------------------------------------------------------------------


async def histories(ground: Ground) -> list[Figure]:
    """The history of a case, of a short case, and what of it is the query and the note of the look."""
    ends = await town.ends(ground)
    dice = ground.dice("histories")
    drawn = dice.sample(ends, min(_HISTORIES, len(ends)))
    short = [one for one in ends if one.number <= SHORT_CASE]
    short = [dice.one_of(short) for _ in range(_HISTORIES // 2)]
    bar = Bar(HISTORY_MS)
    async with ground.desk() as desk:

        async def ask(end: town.End) -> list[HistoryLine]:
            return await history(desk, VIEWER, end.case)

        await _recount_histories(ground, desk, drawn[:_RECOUNTED])
        mean = sum(end.number for end in drawn) / len(drawn)
        whole = await timed("histories", drawn, ask, _check_history)
        brief = await timed("histories of short cases", short, ask, _check_history)
    return [
        spread("history of a case", "ms", whole, bar, f"{mean:.0f} events on average"),
        spread(f"history of a case of {SHORT_CASE} events or fewer", "ms", brief, bar),
        *await _parts_of_a_history(ground, drawn),
    ]


async def _parts_of_a_history(ground: Ground, drawn: Sequence[town.End]) -> list[Figure]:
    async with ground.desk() as desk:

        async def look(end: town.End) -> None:
            async with desk.look(VIEWER, "事案の履歴", case=end.case):
                pass

        looks = await timed("looks", drawn, look, lambda _end, _answer: None)
        async with desk.look(VIEWER, "事案の履歴") as connection:
            rows = await timed(
                "queries", drawn, lambda end: connection.fetch(_QUERY, end.case), _check_rows
            )
    return [
        spread("· its query alone, under row-level security", "ms", rows),
        spread("· the look alone, noted and committed", "ms", looks),
    ]


def _check_history(end: town.End, lines: list[HistoryLine]) -> None:
    so = len(lines) == end.number and lines[-1].recorded.hash == end.hash
    demand(so, f"the history of {end.case} does not end with event {end.number}")


def _check_rows(end: town.End, rows: Sequence[object]) -> None:
    demand(len(rows) == end.number, f"{end.case} does not have {end.number} rows")


async def _recount_histories(ground: Ground, desk: Desk, drawn: Sequence[town.End]) -> None:
    for end in drawn:
        lines = await history(desk, VIEWER, end.case)
        told = [(one.recorded.number, one.kind, one.on, one.person) for one in lines]
        so = told == await town.acts_of(ground, end.case)
        demand(so, f"the history of {end.case} is not what the record holds")


# --- 一つの年度 -------------------------------------------------------------------------------


async def orders(ground: Ground) -> list[Figure]:
    """The improvement orders of a municipality in a fiscal year, in which there were some."""
    years, dice = await town.years(ground), ground.dice("orders")
    drawn = [dice.one_of(years) for _ in range(_ORDERS)]
    async with ground.desk() as desk:

        async def ask(one: town.Year) -> list[Found]:
            since, until = one.days
            asked = Filter((one.municipality,), kinds=(town.ORDERED,), since=since, until=until)
            return await find(desk, VIEWER, asked)

        taken = await timed("orders", drawn, ask, _check_orders)
    most = max(len(one.orders) for one in drawn)
    name = "orders of a municipality in a fiscal year"
    return [spread(name, "ms", taken, Bar(ORDERS_MS), f"at most {most} orders")]


def _check_orders(one: town.Year, found: list[Found]) -> None:
    so = frozenset(f"{act.case} {act.number}" for act in found) == one.orders
    demand(so, f"these are not the orders of {one.municipality} in {one.year}")


# --- ある日の現況 -----------------------------------------------------------------------------


async def all_standings(ground: Ground) -> list[Figure]:
    """Every case of a municipality as of a legal day: of any of them, and of the largest."""
    places, dice = await town.places(ground), ground.dice("standings")
    largest = places[:LARGEST]
    every = await _standings(ground, [dice.one_of(places) for _ in range(_STANDINGS)])
    most = await _standings(ground, [dice.one_of(largest) for _ in range(_STANDINGS)])
    bar, sizes = Bar(STANDINGS_MS), f"{largest[-1].cases} to {largest[0].cases} cases"
    return [
        spread("every case of a municipality as of a legal day", "ms", every, bar),
        spread(f"· of the {LARGEST} largest municipalities", "ms", most, bar, sizes),
    ]


async def _standings(ground: Ground, drawn: Sequence[town.Place]) -> list[float]:
    rules, dice = ground.rules, ground.dice("days")
    asked = [(one, _day(dice.between(0, _DAYS_ASKED))) for one in drawn]
    for place, _ in asked:
        rules(place.code)  # read once by whoever asks, and kept
    async with ground.desk() as desk:

        async def ask(one: tuple[town.Place, date]) -> list[Standing]:
            return await standings(desk, VIEWER, rules, one[0].code, on=one[1])

        for one in asked[:_RECOUNTED]:
            await _recount_standings(ground, one, await ask(one))
        return await timed("standings", asked, ask, _check_standings)


def _day(after: int) -> date:
    return _FIRST_ASKED + timedelta(days=after)


def _check_standings(asked: tuple[town.Place, date], found: list[Standing]) -> None:
    place, on = asked
    so = len(found) <= place.cases and {one.municipality for one in found} <= {place.code}
    demand(so, f"these are not the cases of {place.code} on {on}")


async def _recount_standings(
    ground: Ground, asked: tuple[town.Place, date], found: list[Standing]
) -> None:
    place, on = asked
    so = {one.case: one.telling for one in found} == await town.folded(ground, place.code, on)
    demand(so, f"the cases of {place.code} did not stand so on {on}")
