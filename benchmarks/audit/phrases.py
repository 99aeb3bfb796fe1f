"""語句: Words in the acts, frequent, absent and any, found by the index of pairs of characters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.audit import town
from benchmarks.audit.asking import demand, timed
from benchmarks.audit.figures import Bar, Figure, spread
from benchmarks.audit.ground import VIEWER, Ground
from benchmarks.nation.words import ABSENT, PHRASE
from store.audit.desk import Desk, Viewer
from store.audit.narrative import holds
from store.audit.search import PAGE, Filter, Found, find

ABSENT_MS, FREQUENT_MS = 5, 150
_ABSENT, _FREQUENT, _ANY, _RECOUNTED = 300, 130, 300, 3
_STRANGE = "鯨琥珀螺旋羅針盤蜃気楼幻灯機"
"""Characters of which no pair stands in any act."""
_SCANS = """
select pg_stat_get_xact_numscans('kyodo.act_by_phrase'::regclass) as by_phrase,
       pg_stat_get_xact_numscans('kyodo.act'::regclass) as through_acts,
       pg_stat_get_xact_numscans('kyodo.event'::regclass) as through_events
"""
_FIND = "select position, body from kyodo.find_acts($1::jsonb, $2)"


@dataclass(frozen=True)
class _Asked:
    """A phrase, after which position, and an act that must be found if all are."""

    phrase: str
    after: int = 0
    least: int = 0
    source: tuple[str, int] | None = None


async def phrases(ground: Ground) -> list[Figure]:
    """Absent phrases, the frequent one from some position on, and phrases out of acts."""
    absent, frequent = _absent(ground), _frequent(ground)
    some = [
        _Asked(one.phrase, 0, 1, (one.case, one.number)) for one in await town.words(ground, _ANY)
    ]
    for one in absent[:_RECOUNTED]:
        demand(not await town.bodies_with(ground, one.phrase), f"「{one.phrase}」 is not absent")
    async with ground.desk() as desk:
        await _demand_the_index(desk, VIEWER)
        place = (await town.places(ground))[0].code
        await _demand_the_index(desk, replace(VIEWER, municipalities=frozenset({place})))
        none = await _asked("absent phrases", desk, absent)
        first = await _asked("a frequent phrase", desk, frequent)
        any_ = await _asked("phrases out of acts", desk, some)
    page, share = f"the first {PAGE}", await town.bodies_with(ground, PHRASE) / ground.events
    often = f"{page} after some position; in {share:.0%} of the acts"
    return [
        spread("an absent phrase", "ms", none, Bar(ABSENT_MS)),
        spread("a frequent phrase", "ms", first, Bar(FREQUENT_MS), often),
        spread("a phrase out of any act", "ms", any_, None, page),
    ]


def _absent(ground: Ground) -> list[_Asked]:
    """Phrases made of characters that do stand in acts, and of characters that do not."""
    dice = ground.dice("absent")
    strange = (dice.some_of(tuple(_STRANGE), 3, 5) for _ in range(_ABSENT // 2))
    return [_Asked(phrase) for pair in strange for phrase in (ABSENT, "".join(pair))]


def _frequent(ground: Ground) -> list[_Asked]:
    """The frequent phrase from anywhere in the first nine tenths of the log on."""
    dice, last = ground.dice("frequent"), ground.events * 9 // 10
    least = min(PAGE, ground.events // 200)
    return [_Asked(PHRASE, dice.between(0, last), least) for _ in range(_FREQUENT)]


async def _asked(what: str, desk: Desk, asked: Sequence[_Asked]) -> list[float]:
    async def ask(one: _Asked) -> list[Found]:
        return await find(desk, VIEWER, Filter(phrase=one.phrase, after=one.after))

    return await timed(what, asked, ask, _check)


def _check(asked: _Asked, found: list[Found]) -> None:
    so = all(holds(act.body or "{}", asked.phrase) for act in found)
    demand(so, f"「{asked.phrase}」 does not stand in every act that was found")
    demand(len(found) >= asked.least, f"too few acts were found with 「{asked.phrase}」")
    demand(bool(asked.least) or not found, f"「{asked.phrase}」 was found, which is nowhere")
    if asked.source and len(found) < PAGE:
        so = asked.source in {(act.case, act.number) for act in found}
        demand(so, f"the act was not found that 「{asked.phrase}」 was taken from")


async def _demand_the_index(desk: Desk, viewer: Viewer) -> None:
    """That an auditor under row-level security is answered by the index of phrases.

    What is asked for is planned within a function, so the scans are counted in its transaction: a
    rare phrase by the index, and neither a rare nor a frequent one by reading a table through.
    """
    for phrase, by_phrase in ((ABSENT, True), (PHRASE, False)):
        async with desk.look(viewer, "行為の検索") as connection:
            await connection.fetch(_FIND, Filter(phrase=phrase).asked(), 10)
            (scans,) = await connection.fetch(_SCANS)
        so = scans["by_phrase"] or not by_phrase
        so = so and not scans["through_acts"] and not scans["through_events"]
        demand(so, f"「{phrase}」 is not found by an index: {dict(scans)}")
