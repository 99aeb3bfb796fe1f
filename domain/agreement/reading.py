"""現況: What an agreement's case has open, which days matter, and what may come next.

Nothing here rests on what one party keeps to itself (起案・決裁): every party reads the same.
"""

from collections.abc import Iterator
from datetime import date

from domain.acts import Command as AnyCommand
from domain.agreement import (
    concluding,
    consulting,
    costing,
    dispatching,
    linking,
    notifying,
    performing,
    recommending,
    resolving,
    substituting,
)
from domain.agreement.chain import Chain, missing
from domain.agreement.lifecycle import Command
from domain.agreement.parties import PARA_1, PARA_2, PARA_3, PARA_5, PARA_6, addressee, by_matter
from domain.agreement.status import (
    Abandoned,
    Abolished,
    InForce,
    Negotiating,
    State,
    Unopened,
)
from domain.agreement.substituting import PARA_3_OF_179
from domain.bodies import body_name
from domain.institution import Due, Obligation, View
from domain.ordinance import Rules
from domain.people import CALENDAR


def is_open(state: State) -> bool:
    """Whether anything is still owed or to come; what was owed before an end outlasts it."""
    match state:
        case Unopened() | Negotiating() | InForce():
            return True
        case Abolished() | Abandoned():
            beside = state.beside
            return bool(beside.duties.open or beside.substitutions.open or beside.roles.open)


def headline(state: State) -> str:
    """The agreement a case is about, and the cases that are tied to it, such as a dispute."""
    if isinstance(state, Unopened):
        return "連携協約"
    ties = "、".join(sorted(state.beside.links))
    return f"{state.name}（{ties}）" if ties else state.name


# --- 期限 -------------------------------------------------------------------------------------


def dues(state: State, rules: Rules) -> tuple[Due[Command], ...]:  # noqa: ARG001 — all are fixed days
    """The deadlines that are open, soonest first; each note is of the party that owes the act."""
    found = [due for due in _dues(state) if due.deadline.day is not None]
    return tuple(sorted(found, key=lambda due: (due.deadline.day or date.max, due.deadline.key)))


def _dues(state: State) -> Iterator[Due[Command]]:
    for one in state.beside.substitutions.open:
        if one.due is not None and one.reported is None:
            late = substituting.NoteCouncilInformedLate(
                on=one.due.day_after, by=CALENDAR, party=one.party, number=one.no
            )
            yield Due(one.due, None if one.overdue else late)
    for role in state.beside.roles.open:
        overdue = performing.NoteRoleOverdue(
            on=role.due.day_after, by=CALENDAR, party=role.party, role=role.no
        )
        yield Due(role.due, None if role.overdue else overdue)


# --- 現況 -------------------------------------------------------------------------------------


def view(state: State) -> View:
    """Stage, open obligations and what may come next, as an operator reads them."""
    titles = tuple(dict.fromkeys(command.title for command in _possible(state)))
    return View(state.title, tuple(_obligations(state)), titles)


def _obligations(state: State) -> Iterator[Obligation]:
    beside = state.beside
    for duty in beside.duties.open:
        title = f"{body_name(duty.party)}: {duty.matter}の{duty.kind}をする"
        yield Obligation(title, by_matter(PARA_2, duty.matter), duty.since)
    for one in beside.substitutions.open:
        what = "報告し、承認を求める" if one.reported is None else "承認の可否を記録する"
        title = f"{body_name(one.party)}: 専決処分（第{one.no}号）を議会に{what}"
        yield Obligation(title, PARA_3_OF_179, one.on)
    for role in beside.roles.open:
        title = f"{body_name(role.party)}: 役割（{role.article}）を果たす"
        yield Obligation(title, PARA_6, role.due.origin)
    for told in beside.recommendations:
        for party in missing(told.parties, told.answered):
            title = f"{body_name(party)}: 勧告への対応を決める"
            yield Obligation(title, PARA_5, told.on)
    if isinstance(state, Negotiating | InForce) and state.chain:
        yield from _of_the_chain(state.chain)


def _of_the_chain(chain: Chain) -> Iterator[Obligation]:
    for party in missing(chain.parties, chain.accepted):
        title = f"{body_name(party)}: 協議に応ずるかどうかを決める"
        yield Obligation(title, by_matter(PARA_1, chain.matter), chain.since)
    if chain.version is None:
        return
    for party in missing(chain.parties, chain.approving):
        title = f"{body_name(party)}: {chain.version}について議会の議決を得る"
        yield Obligation(title, by_matter(PARA_3, chain.matter), chain.latest)


def _possible(state: State) -> Iterator[type[AnyCommand]]:
    match state:
        case Unopened():
            yield from (consulting.ProposeConsultation, recommending.RecordRecommendation)
            yield from _answers(state)
            return
        case Negotiating():
            yield from _in_the_chain(state.chain)
            yield recommending.RecordRecommendation
            yield from _answers(state)
        case InForce():
            yield from _under_the_agreement(state)
        case Abolished():
            yield from (performing.FulfilRole, dispatching.EndDispatch)
            yield from (costing.StateDispatchCost, costing.StateRecruitmentCost)
        case Abandoned():
            pass
    yield from _beside(state)


def _answers(state: State) -> Iterator[type[AnyCommand]]:
    if any(missing(one.parties, one.answered) for one in state.beside.recommendations):
        yield recommending.AnswerRecommendation


def _in_the_chain(chain: Chain) -> Iterator[type[AnyCommand]]:
    """Without looking at bills that are not before a council: they are one party's own."""
    yield consulting.AbandonConsultation
    if missing(chain.parties, chain.accepted):
        yield consulting.AcceptConsultation
        return
    yield consulting.FixText
    if chain.version is None:
        return
    if missing(chain.parties, chain.approving):
        yield from (resolving.DraftBill, resolving.ApproveBill, resolving.SubmitBill)
        yield from (resolving.RecordResolution, resolving.RecordRejection)
        yield substituting.DecideForCouncil
    else:
        yield concluding.SignAgreement


def _under_the_agreement(state: InForce) -> Iterator[type[AnyCommand]]:
    if state.chain is None:
        yield from (consulting.ProposeChange, consulting.ProposeAbolition)
    else:
        yield from _in_the_chain(state.chain)
    yield from (performing.LayDownRole, performing.AdoptScheme)
    if state.beside.roles.open:
        yield performing.FulfilRole
    yield dispatching.RegisterPost
    if state.beside.dispatches.posts:
        yield dispatching.DispatchSpecialist
    if state.beside.dispatches.dispatches:
        yield from (dispatching.ChangeDispatch, dispatching.EndDispatch)
        yield from (costing.StateDispatchCost, costing.StateRecruitmentCost)


def _beside(state: Negotiating | InForce | Abolished | Abandoned) -> Iterator[type[AnyCommand]]:
    kinds = {duty.kind for duty in state.beside.duties.open}
    if "告示" in kinds:
        yield notifying.NotifyPublic
    if "届出" in kinds:
        yield notifying.FileNotification
    if addressee(state.parties, state.beside.duties.determined) is None:
        yield notifying.RecordDetermination
    if any(one.reported is None for one in state.beside.substitutions.open):
        yield substituting.InformCouncil
    if any(one.reported for one in state.beside.substitutions.open):
        yield substituting.RecordCouncilAnswer
    yield linking.LinkCase
    if state.beside.links:
        yield linking.UnlinkCase
