"""更新の拒否が争われるとき（行審法第25条・第46条・第52条第2項、行訴法第25条・第33条第2項）.

拒否の取消し → the application is undecided again, and must be decided anew
拒否の執行停止 → while it lasts, as if undecided

Where the ordinance keeps a designation until its renewal is decided, it is kept in both, also when
its term ran out meanwhile. Where it does not, the term has ended all the same; but the mayor owes a
new decision, and a renewal follows upon the former term [interpretation: 第52条第2項].
"""

from dataclasses import replace
from datetime import date

from domain.acts import Event
from domain.designation.remedies.litigation import CourtStayed
from domain.designation.remedies.ruling import ActAnnulled
from domain.designation.remedies.stay import StayEnded, StayGranted
from domain.designation.tenure.standing import Refusal, Tenure
from domain.law import ACL_32, ACL_33, ARA_52

Contest = ActAnnulled | StayGranted | CourtStayed | StayEnded


def refusal(state: Tenure, event: Event) -> Refusal | None:
    """The refusal of a renewal that an act about its contest is about."""
    if not isinstance(event, Contest) or event.act.kind != "RenewalRefused":
        return None
    return next((one for one in state.refusals if one.on == event.act.on), None)


def keeps(state: Tenure, event: Event) -> bool:
    """Whether the renewal that a contested refusal is about keeps the designation."""
    found = refusal(state, event)
    return found is not None and found.of.holds


def contested(state: Tenure, event: Contest) -> Tenure:
    """What stands after an act about the contest of a refusal."""
    found = refusal(state, event)
    if found is None:
        return state
    match event:
        case ActAnnulled():
            return _reopened(state, found, event)
        case StayGranted() | CourtStayed():
            return _kept(state.with_refusal(replace(found, stayed=True)), found)
        case StayEnded():
            told = state.with_refusal(replace(found, stayed=event.remains))
            return told if event.remains else replace(told, earliest=_later(told, event.on))


def _reopened(state: Tenure, found: Refusal, event: ActAnnulled) -> Tenure:
    """Undecided again; where another application is pending, that one is decided."""
    by_court = event.basis == ACL_32.para(1)
    basis = (ACL_33 if by_court else ARA_52).para(2)
    again = replace(found.of, bound=event.on, bound_by=basis)
    left = tuple(one for one in state.refusals if one != found)
    return _kept(replace(state, refusals=left, pending=state.pending or again), found)


def _kept(state: Tenure, found: Refusal) -> Tenure:
    return state.not_expired() if found.of.holds else state


def _later(state: Tenure, on: date) -> date:
    return max(state.earliest, on)
