"""取消しの一生（法第260条の49第12項）: From the draft of a revocation, through its hearing, to the end."""

from datetime import date, timedelta

from benchmarks.nation.case import Case, Life, Step
from domain.designation.designated import Designated
from domain.designation.grounds import (
    BeyondImprovement,
    ByOrdinance,
    Ground,
    ImproperMeans,
)
from domain.designation.hearing import (
    CloseHearing,
    Hearing,
    HoldHearingSession,
    NotifyHearing,
    ProposeRevocation,
    ReopenHearing,
    Reported,
    RevocationStage,
    SubmitHearingReport,
)
from domain.designation.revocation import (
    DeclineRevocation,
    GiveDeferredReasons,
    RevokeDesignation,
    RevokeUrgently,
)
from domain.people import Actor

_DAY = timedelta(days=1)
_MOST_SESSIONS = 3
_FACTS = {"G1": "lacking", "G2": "disobeyed", "G3": "improper", "G4": "ordinance_ground"}
"""What is said of each ground, as a symbol of the grammar."""


def revoked(case: Case, ground: Ground | None = None) -> Life:
    """One revocation procedure, on the ground or on another than a violated order.

    There is one at a time: where one is under way already, nothing follows.
    """
    if case.threatened:
        return
    case.threatened = True
    on = case.soon(2, 12)
    ground = ground or _other_ground(case, on)
    facts = case.text(_FACTS[ground.ground])
    yield case.by_an_officer(ProposeRevocation, on, grounds=(ground,), facts=facts)
    if case.dice.happens(0.92):
        yield from _heard(case, facts)
    if case.dice.happens(0.55) and isinstance(_stage(case), Reported):
        yield case.decided(
            RevokeDesignation,
            case.soon(3, 20),
            reasons=case.text("revocation_reasons", facts=facts),
            consideration=case.text("consideration"),
        )
    else:
        finding = case.finding("declined", evidence=False)
        yield case.decided(DeclineRevocation, case.soon(3, 20), finding=finding)
    case.threatened = False


def _stage(case: Case) -> RevocationStage | None:
    matter = case.state.matter.status
    return matter.revocation if isinstance(matter, Designated) else None


def _other_ground(case: Case, on: date) -> Ground:
    """A ground that needs no violated order; the ordinance's where it has laid one down."""
    items = case.town.ordinance.revocation_grounds.on(on).value
    if items and case.dice.happens(0.5):
        finding = case.finding("ordinance_ground")
        return ByOrdinance(item=case.dice.one_of(items).id, finding=finding)
    if case.dice.happens(0.5):
        return ImproperMeans(finding=case.finding("improper"))
    return BeyondImprovement(lacking=case.finding("lacking"), hopeless=case.finding("hopeless"))


# --- 聴聞 -----------------------------------------------------------------------------------------


def _heard(case: Case, facts: str) -> Life:
    """The hearing, from its notice to its report; here and there it is reopened once."""
    presider = case.office(case.today).presider
    yield _notice(case, presider, case.soon(2, 10), facts)
    if case.dice.happens(0.08):
        yield _notice(case, presider, case.soon(1, 4), facts)
    yield from _sessions(case, presider)
    if case.dice.happens(0.06):
        on = case.soon(2, 8)
        arrives = on + case.dice.between(0, 2) * _DAY
        yield case.decided(
            ReopenHearing,
            on,
            circumstances=case.text("circumstances"),
            held_on=case.soon(6, 15, after=on),
            place=case.text("place"),
            arrives=arrives,
        )
        yield from _sessions(case, presider)


def _notice(case: Case, presider: Actor, on: date, facts: str) -> Step:
    arrives = on + case.dice.between(0, 3) * _DAY
    lead = case.town.ordinance.hearing_lead.on(on).value.length
    held_on = arrives + (lead + case.dice.between(1, 14)) * _DAY
    return case.decided(
        NotifyHearing,
        on,
        planned="法第260条の49第12項に基づく指定の取消し",
        facts=facts,
        held_on=case.town.days.from_(held_on),
        place=f"{case.town.place.hall} {case.text('place')}",
        bureau=case.town.place.bureau,
        arrives=arrives,
        presider=presider,
        disqualified_under=(),
    )


def _sessions(case: Case, presider: Actor) -> Life:
    """One session or several, each on the day that was set, and the report on them."""
    absent = False
    while isinstance(hearing := _stage(case), Hearing) and not hearing.over:
        absent = case.dice.happens(0.15)
        yield _session(case, presider, hearing, absent=absent)
    why = "当事者の不出頭" if absent else "審理の終了"
    yield case.by_another(presider, CloseHearing, case.today, why=why)
    yield case.by_another(
        presider,
        SubmitHearingReport,
        case.soon(1, 10),
        paper=True,
        report="聴聞報告書第1号",
        opinion=case.text("hearing_opinion"),
    )


def _session(case: Case, presider: Actor, hearing: Hearing, *, absent: bool) -> Step:
    day, number = hearing.day.day or case.today, hearing.sessions + 1
    continued = not absent and number < _MOST_SESSIONS and case.dice.happens(0.2)
    return case.by_another(
        presider,
        HoldHearingSession,
        day,
        present=() if absent else case.body.people[: case.dice.between(1, 2)],
        absent=absent,
        statements=case.text("absent" if absent else "heard"),
        evidence=() if absent else (case.text("paper"),),
        record=f"聴聞調書第{number}号",
        continued_on=case.soon(5, 15, after=day) if continued else None,
    )


# --- 緊急 -----------------------------------------------------------------------------------------


def revoked_urgently(case: Case) -> Life:
    """A revocation without a hearing; its reasons may follow within a few days."""
    on = case.soon(1, 5)
    ground, at_once = _other_ground(case, on), case.dice.happens(0.6)
    reasons = case.text("revocation_reasons", facts=case.text(_FACTS[ground.ground]))
    yield case.decided(
        RevokeUrgently,
        on,
        grounds=(ground,),
        urgency=case.finding("danger"),
        reasons=reasons if at_once else None,
        reasons_deferred=None if at_once else case.text("deferred"),
    )
    if not at_once:
        yield case.decided(GiveDeferredReasons, case.soon(2, 12), reasons=reasons)
