"""連携協約（法第252条の2）: The whole lifecycle, composed of its parts.

    consulting.py    協議の申入れ・応諾・文案の確定・打切り（①・④）   chain.py 協議から議決までの進み
    resolving.py     議案の起案・決裁・提出と議決・否決（③）
    substituting.py  専決処分とその報告・承認（法179条）
    concluding.py    署名、締結・変更・廃止（①・④）
    notifying.py     告示・届出（②・④）、管轄知事の定め（法253条）
    recommending.py  勧告（⑤）
    performing.py    役割の履行、用いる制度（⑥）
    dispatching.py   専門人材の派遣（⑥）        costing.py その経費  claims.py 特別交付税の申告
    linking.py       関係する事案（⑦の紛争など）

Two or more governments own a case: every command names its party and is judged by that party's
rules. A running agreement has at most one consultation on its change or abolition.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import Field, TypeAdapter

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
from domain.agreement.concluding import ConcludingCommand, ConcludingEvent, Conclusion
from domain.agreement.consulting import ConsultingCommand, ConsultingEvent
from domain.agreement.costing import CostingCommand, CostingEvent
from domain.agreement.dispatching import DispatchingCommand, DispatchingEvent
from domain.agreement.linking import LinkingCommand, LinkingEvent
from domain.agreement.notifying import NotifyingCommand, NotifyingEvent
from domain.agreement.parties import PARA_4, of_the_parties
from domain.agreement.performing import PerformingCommand, PerformingEvent
from domain.agreement.recommending import (
    RecommendingCommand,
    RecommendingEvent,
)
from domain.agreement.resolving import ResolvingCommand, ResolvingEvent
from domain.agreement.status import (
    Abandoned,
    Abolished,
    BesideIt,
    InForce,
    Made,
    Negotiating,
    Opened,
    State,
    Unopened,
    evolve_beside,
)
from domain.agreement.substituting import (
    DecidedForCouncil,
    SubstitutingCommand,
    SubstitutingEvent,
)
from domain.decider import Decider, Refused, UnreadableFact
from domain.ordinance import NotInForce, Rules
from domain.periods import CalendarEnds
from domain.procedure import authorised, expect, not_before, within_reach

Command = (
    ConsultingCommand
    | ResolvingCommand
    | SubstitutingCommand
    | ConcludingCommand
    | NotifyingCommand
    | RecommendingCommand
    | PerformingCommand
    | DispatchingCommand
    | CostingCommand
    | LinkingCommand
)
Event = (
    ConsultingEvent
    | ResolvingEvent
    | SubstitutingEvent
    | ConcludingEvent
    | NotifyingEvent
    | RecommendingEvent
    | PerformingEvent
    | DispatchingEvent
    | CostingEvent
    | LinkingEvent
)
COMMAND: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="kind")])
EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


# --- 決定 -----------------------------------------------------------------------------------------


def decide(command: Command, state: State, rules: Rules) -> Sequence[Event]:
    """The facts a command brings about, none if it is already so, or `Refused`."""
    if rules.ordinance.code != command.party:
        raise ValueError(f"{command.tag} of {command.party} under rules of {rules.ordinance.code}")
    try:
        authorised(command, rules)
        within_reach(command, rules)
        return _decide(command, state, rules)
    except (NotInForce, CalendarEnds) as unknown:
        raise Refused(
            command.cites, str(unknown), "その日に効力のある定めを登録してください"
        ) from None


def _decide(command: Command, state: State, rules: Rules) -> Sequence[Event]:
    match command:
        case consulting.ProposeConsultation():
            expect(state, (Unopened,), command)
            return consulting.propose(command, rules)
        case recommending.RecordRecommendation() | recommending.AnswerRecommendation():
            return _recommended(command, state, rules)
        case _:
            opened = expect(state, (Negotiating, InForce, Abolished, Abandoned), command)
            of_the_parties(command, opened.parties)
            return _opened(command, opened, rules)


def _recommended(
    command: RecommendingCommand, state: State, rules: Rules
) -> Sequence[RecommendingEvent]:
    now = expect(state, (Unopened, Negotiating), command)
    if now.parties:
        of_the_parties(command, now.parties)
    beside = now.beside
    return recommending.decide(command, beside.recommendations, beside.duties.determined, rules)


Afterwards = (
    ResolvingCommand
    | SubstitutingCommand
    | ConcludingCommand
    | NotifyingCommand
    | PerformingCommand
    | DispatchingCommand
    | CostingCommand
    | LinkingCommand
    | consulting.ProposeChange
    | consulting.ProposeAbolition
    | consulting.ChainCommand
)


def _opened(command: Afterwards, state: Opened, rules: Rules) -> Sequence[Event]:
    match command:
        case consulting.ProposeChange() | consulting.ProposeAbolition():
            now = expect(state, (InForce,), command)
            not_before(command, now.made[-1].on, "連携協約の締結")
            return consulting.propose_again(command, now.chain, rules)
        case (
            substituting.InformCouncil()
            | substituting.RecordCouncilAnswer()
            | substituting.NoteCouncilInformedLate()
        ):
            return substituting.decide(command, state.beside.substitutions, rules)
        case (
            notifying.NotifyPublic()
            | notifying.FileNotification()
            | notifying.RecordDetermination()
        ):
            return notifying.decide(command, state.beside.duties, state.parties, rules)
        case linking.LinkCase() | linking.UnlinkCase():
            return linking.decide(command, state.beside.links, rules)
        case concluding.LeaveAlone():
            expect(state, (InForce,), command)
            raise concluding.leave(command)
        case (
            consulting.AcceptConsultation()
            | consulting.FixText()
            | consulting.AbandonConsultation()
            | resolving.DraftBill()
            | resolving.ApproveBill()
            | resolving.SubmitBill()
            | resolving.RecordResolution()
            | resolving.RecordRejection()
            | substituting.DecideForCouncil()
            | concluding.SignAgreement()
        ):
            return _consulted(command, state, rules)
        case _:
            return _performed(command, state, rules)


Consulted = (
    consulting.ChainCommand
    | ResolvingCommand
    | substituting.DecideForCouncil
    | concluding.SignAgreement
)


def _consulted(command: Consulted, state: Opened, rules: Rules) -> Sequence[Event]:
    now = expect(state, (Negotiating, InForce), command)
    chain = now.chain
    if chain is None:
        raise Refused(
            PARA_4,
            f"変更又は廃止の協議が申し入れられていないため、「{command.title}」ことはできません",
            "先に変更又は廃止の協議を申し入れてください",
        )
    versions = [one.version for one in now.made] if isinstance(now, InForce) else []
    match command:
        case (
            consulting.AcceptConsultation()
            | consulting.FixText()
            | consulting.AbandonConsultation()
        ):
            return consulting.decide(command, chain, versions, rules)
        case substituting.DecideForCouncil():
            return substituting.substitute(command, chain, now.beside.substitutions.made, rules)
        case concluding.SignAgreement():
            return concluding.sign(command, chain, versions[-1] if versions else None, rules)
        case _:
            return resolving.decide(command, chain, rules)


def _performed(
    command: PerformingCommand | DispatchingCommand | CostingCommand, state: Opened, rules: Rules
) -> Sequence[Event]:
    now = expect(state, (InForce, Abolished), command)
    not_before(command, now.made[0].on, "連携協約の締結")
    beside, since = now.beside, now.made[0].effective
    match command:
        case performing.FulfilRole() | performing.NoteRoleOverdue():
            return performing.decide(command, beside.roles, now.parties, rules)
        case costing.StateDispatchCost() | costing.StateRecruitmentCost():
            return costing.decide(command, beside.costs, beside.dispatches, rules)
        case dispatching.EndDispatch():
            return dispatching.decide(command, beside.dispatches, now.parties, since, rules)
        case performing.LayDownRole() | performing.AdoptScheme():
            expect(state, (InForce,), command)
            return performing.decide(command, beside.roles, now.parties, rules)
        case (
            dispatching.RegisterPost()
            | dispatching.DispatchSpecialist()
            | dispatching.ChangeDispatch()
        ):
            expect(state, (InForce,), command)
            return dispatching.decide(command, beside.dispatches, now.parties, since, rules)


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(state: State, event: Event) -> State:
    """The state after a fact; `UnreadableFact` where the record cannot have come about."""
    match event:
        case consulting.ConsultationProposed():
            if not isinstance(state, Unopened):
                raise _unreadable(state, event)
            chain = consulting.begun(event, event.parties)
            return Negotiating(event.agreement, event.name, event.parties, chain, state.beside)
        case recommending.ConclusionRecommended() | recommending.RecommendationAnswered():
            return _after_recommendation(state, event)
        case _:
            if isinstance(state, Unopened):
                raise _unreadable(state, event)
            return _evolve_opened(state, event)


def _unreadable(state: State, event: Event) -> UnreadableFact:
    return UnreadableFact(f"{event.tag} cannot follow {state.title}")


def _after_recommendation(state: State, event: RecommendingEvent) -> State:
    known = recommending.evolve(state.beside.recommendations, event)
    beside = replace(state.beside, recommendations=known)
    if isinstance(state, Unopened) and isinstance(event, recommending.ConclusionRecommended):
        return replace(state, beside=beside, parties=event.parties)
    return replace(state, beside=beside)


InTheChain = (
    consulting.ConsultationAccepted
    | consulting.TextFixed
    | ResolvingEvent
    | DecidedForCouncil
    | concluding.AgreementSigned
)


def _evolve_opened(
    state: Opened,
    event: InTheChain
    | BesideIt
    | Conclusion
    | consulting.ChangeProposed
    | consulting.AbolitionProposed
    | consulting.ConsultationAbandoned,
) -> State:
    match event:
        case (
            concluding.AgreementConcluded()
            | concluding.AgreementChanged()
            | concluding.AgreementAbolished()
        ):
            return _concluded(state, event)
        case consulting.ChangeProposed() | consulting.AbolitionProposed():
            if not isinstance(state, InForce):
                raise _unreadable(state, event)
            return replace(state, chain=consulting.begun(event, state.parties))
        case consulting.ConsultationAbandoned():
            return _abandoned(state, event)
        case (
            consulting.ConsultationAccepted()
            | consulting.TextFixed()
            | resolving.BillDrafted()
            | resolving.BillApproved()
            | resolving.BillSubmitted()
            | resolving.CouncilResolved()
            | resolving.CouncilRejected()
            | substituting.DecidedForCouncil()
            | concluding.AgreementSigned()
        ):
            return _moved(state, event)
        case _:
            return replace(state, beside=evolve_beside(state.beside, event))


def _concluded(state: Opened, event: Conclusion) -> State:
    if not isinstance(state, Negotiating | InForce):
        raise _unreadable(state, event)
    earlier = state.made if isinstance(state, InForce) else ()
    duties = state.beside.duties.arise(
        state.chain.matter if state.chain else "締結", event.parties, event.on, event.version
    )
    beside = replace(state.beside, duties=duties)
    if isinstance(event, concluding.AgreementAbolished):
        number, name, parties = state.number, state.name, state.parties
        return Abolished(number, name, parties, earlier, beside, event.on, event.effective)
    made = Made(event.version, event.on, event.effective, event.expertise, event.approvals)
    return InForce(state.number, state.name, event.parties, (*earlier, made), beside)


def _abandoned(state: Opened, event: consulting.ConsultationAbandoned) -> State:
    match state:
        case Negotiating():
            return Abandoned(state.name, state.parties, state.beside, event.on)
        case InForce():
            return replace(state, chain=None)
        case Abolished() | Abandoned():
            raise _unreadable(state, event)


def _moved(state: Opened, event: InTheChain) -> State:
    if isinstance(state, Abolished | Abandoned) or state.chain is None:
        raise _unreadable(state, event)
    chain, beside = state.chain, state.beside
    match event:
        case consulting.ConsultationAccepted() | consulting.TextFixed():
            return replace(state, chain=consulting.evolve(chain, event))
        case substituting.DecidedForCouncil():
            approval = resolving.approval_of(event, event.version, "専決処分")
            owed = substituting.evolve(beside.substitutions, event)
            return replace(
                state,
                chain=resolving.approved(chain, approval),
                beside=replace(beside, substitutions=owed),
            )
        case concluding.AgreementSigned():
            return replace(state, chain=concluding.evolve(chain, event))
        case _:
            return replace(state, chain=resolving.evolve(chain, event))


DECIDER: Decider[Command, State, Event] = Decider(decide, evolve, Unopened())
