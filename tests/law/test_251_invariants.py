"""What holds of every dispute's history, among two to five parties, whoever hands in whatever.

I8   処理方策 is completed if and only if it was presented, told and published, all three
I9   調停 is established if and only if the written acceptance of every party has come
     never more than three in office, none after the case has run its course, none without it
     nothing ends a case of 処理方策 but its completion and a withdrawal with consent
"""

from collections.abc import Callable, Iterator
from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.bodies import MINISTER
from domain.decider import Refused
from domain.dispute import DISPUTE, Command, Event, State
from domain.dispute.appointing import CommissionersAppointed, CommissionersLeftOffice
from domain.dispute.mediating import (
    AcceptanceArrived,
    MediationEstablished,
    ProposalPresented,
)
from domain.dispute.settling import ProcessingMeasureCompleted
from domain.dispute.status import Opened
from domain.dispute.withdrawing import WithdrawalConsented, WithdrawalRequested
from tests.law import quarrel, quarrel_acts
from tests.law.league import FUCHU, KEN, KURE, OKAYAMA, SHI, but
from tests.law.quarrel import Story, rules_of
from tests.law.quarrel_acts import ACTS

DECIDER = DISPUTE.decider
EVERYBODY = (KURE, SHI, FUCHU, KEN, OKAYAMA)
LATER = date(2027, 2, 1)
THREE_ACTS = {"MeasuresPresented", "MeasuresTold", "MeasuresPublished"}
BEGINNINGS = (
    quarrel.told,
    quarrel.sitting,
    quarrel.settled,
    quarrel.completed,
    quarrel.mediation_applied,
    quarrel.mediating,
    quarrel.proposed,
)


def _of_commissioners(disputants: tuple[str, ...]) -> Iterator[Command]:
    """What commissioners may try, in any order."""
    yield quarrel.settled(*disputants)[-1]
    yield from quarrel.three_acts(*disputants)
    yield quarrel.proposal(*disputants)
    yield quarrel.proposal(*disputants, on=LATER, text="均等に負担する。")
    yield from quarrel.proposed(*disputants)[-1:]
    sits = quarrel.sat(disputants, LATER)
    yield from (but(act, **sits) for act in (quarrel_acts.DEMAND, quarrel_acts.NO_PROSPECT))
    yield but(quarrel_acts.TERMINATE, **sits)
    yield but(quarrel_acts.TELL_TERMINATION, **sits, told=disputants)


def _of_the_authority(disputants: tuple[str, ...]) -> Iterator[Command]:
    """What the authority may try."""
    who = quarrel.authority(disputants)
    yield quarrel.appointed(*disputants)[-1]
    yield quarrel.referred(*disputants)[-1]
    yield from quarrel.known(*disputants)
    decides = quarrel.decided(who, LATER)
    others = (quarrel_acts.CONSENT, quarrel_acts.NO_CONSENT, quarrel_acts.AGREED)
    yield from (but(act, **decides) for act in (*others, quarrel_acts.NOT_REFERRED))
    yield but(quarrel_acts.DISMISS, **decides)
    yield but(quarrel_acts.FILL, **decides)
    yield from quarrel.after_establishment(*disputants)
    tell = quarrel.known(*disputants)[1]
    yield from (but(tell, matter=one, on=LATER) for one in ("取下げ", "不付託", "成立"))


def _of_the_parties(disputants: tuple[str, ...]) -> Iterator[Command]:
    """What the parties may try, and what reaches the authority from them."""
    yield but(quarrel_acts.WITHDRAW, on=LATER)
    yield from quarrel.respected(*disputants)
    yield from quarrel.accepted(*disputants)
    second = quarrel.proposal(*disputants, on=LATER, text="均等に負担する。")
    for code in disputants:
        yield but(quarrel.acceptance(code, LATER), proposal=2, sha256=second.sha256)
        yield but(quarrel.arrival(disputants, code, LATER), proposal=2)


class AnyDispute(RuleBasedStateMachine):
    """A case to which everybody may hand in anything, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.state: State = DECIDER.initial
        self.events: list[Event] = []
        self.acts: list[Command] = []
        self.disputants: tuple[str, ...] = ()

    @initialize(
        others=st.lists(st.sampled_from(EVERYBODY[1:]), min_size=1, max_size=4, unique=True),
        beginning=st.sampled_from(BEGINNINGS),
    )
    def begin(self, others: list[str], beginning: Callable[..., Story]) -> None:
        self.disputants = (KURE, *others)
        self.events = quarrel.history(beginning(*self.disputants))
        self.state = DECIDER.fold(self.events)
        self.acts = [
            *_of_commissioners(self.disputants),
            *_of_the_authority(self.disputants),
            *_of_the_parties(self.disputants),
        ]

    @rule(at=st.integers(0, 60))
    def act(self, at: int) -> None:
        self._hand_in(self.acts[at % len(self.acts)])

    @rule(at=st.integers(0, len(ACTS) - 1))
    def act_as_in_a_story(self, at: int) -> None:
        self._hand_in(ACTS[at].command)

    @rule(missing=st.sampled_from(EVERYBODY))
    def all_accept_but_one(self, missing: str) -> None:
        for act in quarrel.accepted(*self.disputants):
            if missing not in (act.party, getattr(getattr(act, "acceptance", None), "party", "")):
                self._hand_in(act)

    @rule(at=st.integers(0, 2))
    def all_but_one_of_the_three_acts(self, at: int) -> None:
        for number, act in enumerate(quarrel.three_acts(*self.disputants)):
            if number != at:
                self._hand_in(act)

    def _hand_in(self, command: Command) -> None:
        try:
            events = DECIDER.decide(command, self.state, rules_of(command))
        except Refused:
            return
        self.state = DECIDER.fold(events, self.state)
        self.events += events

    @property
    def _tags(self) -> list[str]:
        return [event.tag for event in self.events]

    @invariant()
    def i8_completed_is_presented_and_told_and_published(self) -> None:
        done = [event for event in self.events if isinstance(event, ProcessingMeasureCompleted)]
        assert len(done) <= 1
        assert bool(done) == (set(self._tags) >= THREE_ACTS)
        if done:
            before = self._tags[: self.events.index(done[0])]
            assert set(before) >= THREE_ACTS

    @invariant()
    def i9_established_is_accepted_by_every_party_in_writing(self) -> None:
        arrived: set[str] = set()
        for event in self.events:
            if isinstance(event, ProposalPresented):
                arrived = set()
            if isinstance(event, AcceptanceArrived):
                arrived.add(event.acceptance.party)
            if isinstance(event, MediationEstablished):
                assert arrived == set(event.disputants) == set(self.disputants)
        established = "MediationEstablished" in self._tags
        assert established == (arrived == set(self.disputants))

    @invariant()
    def the_office_of_three_begins_with_the_case_and_ends_with_it(self) -> None:
        if not isinstance(self.state, Opened):
            return
        serving = self.state.panel.persons
        assert len(serving) <= 3
        appointed = any(isinstance(event, CommissionersAppointed) for event in self.events)
        left = any(isinstance(event, CommissionersLeftOffice) for event in self.events)
        assert not (serving and left)
        if appointed and not left:
            assert len(serving) + self.state.panel.vacancies == 3
        if self.state.stage in {"措置待ち", "措置済み", "取下げ済み"}:
            assert not serving

    @invariant()
    def e32_nothing_is_withdrawn_but_by_request_and_consent(self) -> None:
        consents = [number for number, one in enumerate(self.events) if _consents(one)]
        for number in consents:
            assert any(isinstance(one, WithdrawalRequested) for one in self.events[:number])
        gone = isinstance(self.state, Opened) and self.state.stage == "取下げ済み"
        assert gone == bool(consents)

    @invariant()
    def the_minister_has_the_cases_of_prefectures_and_no_others(self) -> None:
        if isinstance(self.state, Opened):
            assert (self.state.authority == MINISTER) == (KEN in self.disputants)

    @invariant()
    def i12_the_record_alone_gives_the_same_case(self) -> None:
        stored = [event.model_dump_json() for event in self.events]
        again = DECIDER.fold(DISPUTE.event.validate_json(text) for text in stored)
        assert again == self.state
        assert DISPUTE.view(again) == DISPUTE.view(self.state)


def _consents(event: Event) -> bool:
    return isinstance(event, WithdrawalConsented)


AnyDispute.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyDispute = AnyDispute.TestCase


def test_the_machine_can_reach_both_ends() -> None:
    for parties in ((KURE, SHI), EVERYBODY[:3], EVERYBODY[:4], EVERYBODY):
        measures = [*quarrel.completed(*parties), *quarrel.respected(*parties)]
        assert quarrel.given(*measures).state.title == "措置済み"
        assert quarrel.given(*quarrel.established(*parties)).state.title == "調停成立"
