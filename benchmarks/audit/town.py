"""問うもの: What there is to ask for in a nation, and the right answers, found the plain way.

All of it is read with the rights of the database's owner, past policies, indexes of acts and
projections, so that what is measured is compared with something made apart from it.
"""

from dataclasses import dataclass
from datetime import date

from benchmarks.audit.ground import Ground
from domain.registry import DESIGNATION_FILES
from store.audit.narrative import written
from store.audit.telling import Telling, tell
from store.canonical import parse
from store.database import connect

ORDERED = "ImprovementOrdered"
_CASES = "select case_id, number, hash from kyodo.head where number > 0 order by case_id"
_ACTS = """
select number, kind, on_day, person from kyodo.event where case_id = $1 order by number
"""
_ORDERS = """
select municipality, extract(year from on_day - interval '3 months')::integer as year,
       array_agg(case_id || ' ' || number) as orders
from kyodo.event where kind = $1 group by 1, 2 order by 1, 2
"""
_PLACES = """
select municipality, count(*) as cases, sum(number) as events from kyodo.head
where number > 0 group by 1 order by 3 desc, 1
"""
_BODIES = """
select case_id, body from kyodo.event where municipality = $1 and on_day <= $2
order by case_id, number
"""
_WITH = "select count(*) from kyodo.event where position($1 in body) > 0"
_ACT = """
select e.case_id, e.number, e.body from kyodo.log l join kyodo.event e on e.seq = l.seq
where l.position = any ($1)
"""


@dataclass(frozen=True)
class End:
    """事案の末尾: The number and the hash (hex) of the last event of a case."""

    case: str
    number: int
    hash: str


@dataclass(frozen=True)
class Year:
    """年度: A fiscal year of a municipality, and its orders as 「事案 版」."""

    municipality: str
    year: int
    orders: frozenset[str]

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return date(self.year, 4, 1), date(self.year + 1, 3, 31)


@dataclass(frozen=True)
class Place:
    """団体: How many cases a municipality has, and how many events they have."""

    code: str
    cases: int
    events: int


@dataclass(frozen=True)
class Words:
    """語句: Some characters out of what somebody wrote into an act."""

    case: str
    number: int
    phrase: str


async def ends(ground: Ground) -> list[End]:
    """Every case."""
    async with connect(ground.url) as owner:
        rows = await owner.fetch(_CASES)
    return [End(row["case_id"], row["number"], row["hash"].hex()) for row in rows]


async def acts_of(ground: Ground, case: str) -> list[tuple[int, str, date, str]]:
    """Number, kind, legal day and person of every event of a case."""
    async with connect(ground.url) as owner:
        rows = await owner.fetch(_ACTS, case)
    return [(row["number"], row["kind"], row["on_day"], row["person"]) for row in rows]


async def years(ground: Ground) -> list[Year]:
    """Every fiscal year of a municipality in which it ordered improvements."""
    async with connect(ground.url) as owner:
        rows = await owner.fetch(_ORDERS, ORDERED)
    return [Year(row["municipality"], row["year"], frozenset(row["orders"])) for row in rows]


async def places(ground: Ground) -> list[Place]:
    """Every municipality with cases, the one with the most events first."""
    async with connect(ground.url) as owner:
        rows = await owner.fetch(_PLACES)
    return [Place(row["municipality"], row["cases"], row["events"]) for row in rows]


async def folded(ground: Ground, municipality: str, on: date) -> dict[str, Telling]:
    """How every case of a municipality stood on a day: all its events until then, folded."""
    async with connect(ground.url) as owner:
        rows = await owner.fetch(_BODIES, municipality, on)
    events = DESIGNATION_FILES.event
    states = dict.fromkeys((row["case_id"] for row in rows), DESIGNATION_FILES.decider.initial)
    for row in rows:
        event = events.validate_json(row["body"])
        states[row["case_id"]] = DESIGNATION_FILES.decider.evolve(states[row["case_id"]], event)
    return {
        case: tell(DESIGNATION_FILES, state, ground.rules, municipality)
        for case, state in states.items()
    }


async def bodies_with(ground: Ground, phrase: str) -> int:
    """In how many bodies a phrase stands; reads all of them."""
    async with connect(ground.url) as owner:
        return await owner.fetchval(_WITH, phrase)


async def words(ground: Ground, number: int, length: int = 5) -> list[Words]:
    """Phrases out of acts drawn by chance, at most `number`."""
    dice = ground.dice("words")
    positions = [dice.between(1, ground.events) for _ in range(number)]
    async with connect(ground.url) as owner:
        rows = await owner.fetch(_ACT, positions)
    found: list[Words] = []
    for row in rows:
        texts = [text for text in written(parse(row["body"])) if len(text) >= length]
        if texts:
            text = dice.one_of(texts)
            at = dice.between(0, len(text) - length)
            found.append(Words(row["case_id"], row["number"], text[at : at + length]))
    return found
