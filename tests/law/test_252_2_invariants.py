"""What holds of every agreement's history, however its parties act: thousands of random acts.

I7   a conclusion, change or abolition has an approval of every party on its very version
     and never before all of them have signed it
     what one party keeps to itself moves nothing that the others can read
"""

from collections.abc import Iterator
from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.agreement import AGREEMENT, Command, Event, State
from domain.agreement.concluding import (
    AgreementAbolished,
    AgreementChanged,
    AgreementConcluded,
    AgreementSigned,
)
from domain.agreement.consulting import TextFixed
from domain.agreement.parties import ReservedEvent, Version
from domain.decider import Refused
from tests.law import league
from tests.law.league import KEN, KURE, SHI, Story, but, given, rules_of
from tests.law.league_acts import ABANDON, ACTS, REJECT, SUBSTITUTE

PARTIES = (KEN, SHI, KURE)
DECIDER = AGREEMENT.decider
DAY, LATER = date(2026, 6, 1), date(2026, 7, 1)
CONCLUSIONS = (AgreementConcluded, AgreementChanged, AgreementAbolished)
BEGINNINGS: tuple[Story, ...] = (
    league.proposed(*PARTIES),
    league.consulting(*PARTIES),
    league.all_approved(*PARTIES),
    league.concluded(*PARTIES),
    league.changing(*PARTIES),
    league.abolishing(*PARTIES),
)


def _acts(party: str, text: Version) -> Iterator[Command]:
    """What a party may try with a text, in any order."""
    yield from league.accepted("", party, on=DAY)
    yield league.fixed(party, text, DAY)
    yield from league.voted(party, text, DAY)
    yield league.signed(party, text, LATER, LATER)
    told = {**league.decided(party, DAY), **league.of(text)}
    yield but(SUBSTITUTE, **told, next_session=None)
    yield but(REJECT, **league.entered(party, DAY), **league.of(text))
    yield but(ABANDON, **league.decided(party, DAY))


class AnyAgreement(RuleBasedStateMachine):
    """A case to which every party may hand in anything, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.state: State = DECIDER.initial
        self.events: list[Event] = []

    @initialize(beginning=st.sampled_from(BEGINNINGS))
    def begin(self, beginning: Story) -> None:
        self.events = league.history(beginning)
        self.state = DECIDER.fold(self.events)

    @rule(party=st.sampled_from(PARTIES), no=st.integers(1, 4), at=st.integers(0, 20))
    def act(self, party: str, no: int, at: int) -> None:
        acts = [*_acts(party, league.version(no))]
        self._hand_in(acts[at % len(acts)])

    @rule(party=st.sampled_from(PARTIES), no=st.integers(1, 4))
    def vote_at_once(self, party: str, no: int) -> None:
        for act in league.voted(party, league.version(no), DAY):
            self._hand_in(act)

    @rule(no=st.integers(1, 4))
    def sign_all(self, no: int) -> None:
        for party in PARTIES:
            self._hand_in(league.signed(party, league.version(no), LATER, LATER))

    @rule(at=st.integers(0, len(ACTS) - 1))
    def act_as_in_a_story(self, at: int) -> None:
        self._hand_in(ACTS[at].command)

    def _hand_in(self, command: Command) -> None:
        before = AGREEMENT.view(self.state)
        try:
            events = DECIDER.decide(command, self.state, rules_of(command))
        except Refused:
            return
        self.state = DECIDER.fold(events, self.state)
        self.events += events
        if events and all(isinstance(event, ReservedEvent) for event in events):
            assert AGREEMENT.view(self.state) == before

    @invariant()
    def i7_every_conclusion_rests_on_the_votes_of_all_on_one_text(self) -> None:
        for number, event in enumerate(self.events):
            if not isinstance(event, CONCLUSIONS):
                continue
            assert sorted(one.party for one in event.approvals) == sorted(event.parties)
            assert {(one.version, one.sha256) for one in event.approvals} == {
                (event.version.no, event.version.sha256)
            }
            signed = {
                one.party
                for one in self.events[: number + 1]
                if isinstance(one, AgreementSigned) and one.version == event.version
            }
            assert signed == set(event.parties)

    @invariant()
    def no_text_is_fixed_twice(self) -> None:
        fixed = [event.version for event in self.events if isinstance(event, TextFixed)]
        assert len({one.sha256 for one in fixed}) == len(fixed) or self._broken_off()

    def _broken_off(self) -> bool:
        """After a break the same text may come again."""
        return any(event.tag == "ConsultationAbandoned" for event in self.events)


AnyAgreement.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyAgreement = AnyAgreement.TestCase


def test_the_machine_can_reach_a_conclusion() -> None:
    votes = [act for code in PARTIES for act in league.voted(code, league.V1)]
    story = [*league.consulting(*PARTIES), *votes]
    signatures = [league.signed(code, league.V1, LATER, LATER) for code in PARTIES]
    state = given(*story, *signatures).state
    assert state.title == "締結済み"
