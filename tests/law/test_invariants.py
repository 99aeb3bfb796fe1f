"""What holds of every history, however people act: thousands of random acts on random days.

I1   a designation follows an application of the same body
I2   an order carries a deadline after its own day
I3   a revocation has a hearing behind it or an emergency, grounds that stand, and a person
I4   every refusal, order and revocation has reasons and both remedies
I5   nothing leads out of a revocation but its annulment, nor out of another end; what is owed and
     what was agreed outlive both
I6   no contract and no lease is made without a designation in effect
     a ruling on the merits has an opinion and a council behind it, or the reason for none
I12  the same history under the same rules gives the same events, byte for byte
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import cast, get_args

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.decider import Refused
from domain.designation import DESIGNATION, Command, Event, State
from domain.designation.cooperation.coordinating import (
    CoordinationFoundNecessary,
    CoordinationRequested,
)
from domain.designation.cooperation.giving import SupportPlanChanged, SupportPlanned
from domain.designation.cooperation.publishing import PublicationOverdue
from domain.designation.correction import CorrectionLapsed
from domain.designation.dealings.contract import ContractConcluded, Performing
from domain.designation.dealings.gates import GATES
from domain.designation.dealings.lease import LeaseConcluded, Leased
from domain.designation.dealings.performance import ContractTermPassed
from domain.designation.dealings.standing import CONTRACTS, LEASES, REVIEWS
from domain.designation.dealings.tenancy import TermNote
from domain.designation.designated import Designated, Ended, Revoked
from domain.designation.examination import DesignationGranted, StandardPeriodPassed
from domain.designation.explanation import ExplanationEvent, ExplanationLapsed
from domain.designation.grounds import BeyondImprovement, Ground, OrderViolated
from domain.designation.hearing import (
    Hearing,
    HearingNotified,
    HearingReopened,
    HearingReportSubmitted,
    HearingSessionHeld,
)
from domain.designation.improvement import (
    ImprovementEvent,
    ImprovementOrdered,
    OrderDeadlineExtended,
    OrderDeadlinePassed,
    OrderViolationFound,
)
from domain.designation.intake import ApplicationArrived, UnderReview
from domain.designation.lifecycle import PARTS
from domain.designation.remedies.appeal import AppealCorrectionLapsed
from domain.designation.remedies.council import AppealCouncilAnswered, ConsultationOmitted
from domain.designation.remedies.litigation import CourtStayed, JudgmentFinal
from domain.designation.remedies.review import ReviewOpinionSubmitted
from domain.designation.remedies.ruling import (
    ActAnnulled,
    ActVaried,
    AppealRejected,
    AppealUpheld,
    InactionDeclared,
)
from domain.designation.remedies.service import NoticeArrived
from domain.designation.remedies.stay import StayEnded, StayGranted
from domain.designation.remedies.windows import AppealPeriodPassed, SuitPeriodPassed
from domain.designation.reporting import ReportingEvent, ReportOverdue
from domain.designation.revocation import DeferredReasonsGiven, DesignationRevoked
from domain.designation.status import Status
from domain.designation.tenure.renewal import RenewalApplied, RenewalGranted, TermExpired
from domain.era import fiscal_year
from domain.people import CALENDAR
from domain.procedure import RemedyNotice
from tests.law import cast as told
from tests.law import contest, deals, interplay, tenure
from tests.law.cast import Story, but
from tests.law.everything import ACTS, COMMAND_KINDS, G1, G3, G4
from tests.law.example import RULES
from tests.law.specification import history

DECIDER = DESIGNATION.decider
DAY = timedelta(days=1)
TITLES = {kind.title for kind in COMMAND_KINDS}
TEMPLATES = {act.command.title: act.command for act in ACTS}
BEGINNINGS: tuple[Callable[[], Story], ...] = (
    list,
    told.correcting,
    told.decision_pending,
    told.designated,
    told.under_order,
    told.hearing_open,
    told.hearing_reported,
    tenure.designated,
    tenure.renewing,
    deals.contract_ready,
    deals.lease_ready,
    deals.cancelled_for_need,
    deals.lost,
    contest.ripe,
    contest.revocation_stayed,
    contest.revocation_ripe,
    contest.sued,
    contest.inaction_ripe,
    contest.published,
    interplay.renewal_ripe,
    interplay.renewal_lost,
    interplay.lost_and_stayed,
)
PEOPLE = (
    told.BODY,
    told.OTHER_BODY,
    told.OFFICER,
    told.CHIEF,
    told.CHIEF_FOR_THE_MAYOR,
    told.PRESIDER,
    told.MAYOR,
    CALENDAR,
)
NONSENSE_DAYS = (date.min, date(2024, 9, 25), date(2024, 9, 26), date(2035, 12, 31), date.max)
LATEST = date(2035, 6, 1)
CAREFUL, CARELESS = (21, 30, 60), (-1, 0, 1, 14, 30, 11_000)
ENDINGS = {
    "緊急に指定を取り消す",
    "申請を取り下げる",
    "形式上の不備により拒否する",
    "指定を拒否する",
    "指定を辞退する",
    "解散を記録する",
}
NUMBERED = ("report", "improvement", "support", "coordination")
NOTES = (
    StandardPeriodPassed,
    CorrectionLapsed,
    ReportOverdue,
    ExplanationLapsed,
    OrderDeadlinePassed,
    TermExpired,
    PublicationOverdue,
    ContractTermPassed,
    *get_args(TermNote),
    NoticeArrived,
    AppealPeriodPassed,
    SuitPeriodPassed,
    AppealCorrectionLapsed,
    StayEnded,
    ActAnnulled,
    ActVaried,
)
BESIDE = tuple(kind for part in PARTS for kind in part.events)
BEGINNING = (SupportPlanned, SupportPlanChanged, CoordinationRequested, CoordinationFoundNecessary)
PROVISIONS = ("法第", "令第", "行手法第", "行審法第", "行訴法第", "民法第", "借地借家法第")
ASKED = {
    f"Answer{kind}Gate": [gate.id for gate in GATES if (gate.of, gate.who) == (of, "担当職員")]
    for kind, of in (("Contract", "随意契約"), ("Lease", "貸付け"))
}
SHORT_OF_REVOCATION = (
    *get_args(ReportingEvent),
    *get_args(ExplanationEvent),
    *get_args(ImprovementEvent),
)


def _json(events: Sequence[Event]) -> list[str]:
    return [event.model_dump_json() for event in events]


def _of(kind: type[Event], events: Sequence[Event]) -> list[int]:
    return [number for number, event in enumerate(events) if isinstance(event, kind)]


class AnyHistory(RuleBasedStateMachine):
    """A case to which anybody may hand in anything on any day."""

    def __init__(self) -> None:
        super().__init__()
        self.state: State = DECIDER.initial
        self.events: list[Event] = []
        self.taken: list[Command] = []
        self.today = date(2025, 6, 2)

    # --- what people do ------------------------------------------------------------------------

    @initialize(beginning=st.sampled_from(BEGINNINGS))
    def begin(self, beginning: Callable[[], Story]) -> None:
        self.taken = beginning()
        self.events = history(self.taken)
        self.state = DECIDER.fold(self.events)
        self.today = self.events[-1].on if self.events else self.today

    @rule(data=st.data(), days=st.sampled_from((0, 0, 1, 3, 15)))
    def do_what_is_possible(self, data: st.DataObject, days: int) -> None:
        self.today = min(self.today + days * DAY, LATEST)
        possible = DESIGNATION.view(self.state).possible
        lasting = [title for title in possible if title not in ENDINGS] or possible
        if possible:
            title = data.draw(st.sampled_from((*possible, *lasting, *lasting, *lasting)))
            self.hand_in(self._fitted(TEMPLATES[title], data, CAREFUL))

    @rule(data=st.data(), title=st.sampled_from(sorted(TITLES)))
    def do_anything_anyhow(self, data: st.DataObject, title: str) -> None:
        command = self._fitted(TEMPLATES[title], data, CARELESS)
        day = data.draw(st.sampled_from((self.today, self.today - 30 * DAY, *NONSENSE_DAYS)))
        by = data.draw(st.sampled_from((command.by, *PEOPLE)))
        self.hand_in(but(command, on=day, by=by))

    @precondition(lambda self: isinstance(self.state.status, UnderReview))
    @rule()
    def finish_the_examination(self) -> None:
        for command in told.examined()[2:]:
            self.hand_in(but(command, on=self.today))
        self.hand_in(but(told.COMPLETE, on=self.today))

    @rule()
    def let_the_next_deadline_pass(self) -> None:
        for due in DESIGNATION.dues(self.state, RULES)[:1]:
            self.today = max(self.today, min(due.deadline.day or self.today, LATEST))
            if due.note:
                self.today = max(self.today, due.note.on)
                self.hand_in(due.note)

    @precondition(lambda self: not DESIGNATION.is_open(self.state))
    @rule(beginning=st.sampled_from(BEGINNINGS))
    def turn_to_another_case(self, beginning: Callable[[], Story]) -> None:
        self.teardown()
        self.begin(beginning)

    def _fitted(self, command: Command, data: st.DataObject, lengths: Sequence[int]) -> Command:
        """The command as somebody would hand it in today, a number of `lengths` days ahead."""
        fields: dict[str, object] = {"on": self.today}
        for name, value in command:
            if name in NUMBERED and isinstance(value, int):
                fields[name] = data.draw(st.sampled_from((*self._numbers(name), 1, 99)))
            elif name in ("contract", "lease"):
                fields[name] = data.draw(st.sampled_from((value, value, value, "X-9")))
            elif name == "gate":
                fields[name] = data.draw(st.sampled_from(ASKED[command.tag]))
            elif name == "signed":
                fields[name] = deals.signed(self.today)
            elif name in ("explained_on", "replied_on", "stopped_on"):
                fields[name] = self.today
            elif name == "arrives":
                never = () if type(command).model_fields[name].is_required() else (None,)
                told_on = (*never, self.today, self.today + DAY)
                fields[name] = data.draw(st.sampled_from(told_on))
            elif name != "on" and isinstance(value, date):
                fields[name] = self.today + data.draw(st.sampled_from(lengths)) * DAY
            elif name == "fiscal_year":
                fields[name] = fiscal_year(self.today) - data.draw(st.sampled_from((0, 1, 1)))
            elif name in ("matters", "facts", "statement", "content", "asked"):
                fields[name] = data.draw(st.sampled_from(("その一", "その二")))
            elif name in ("act", "appeal", "suit", "number", "complaint") and not isinstance(
                value, str
            ):
                fields[name] = data.draw(st.sampled_from((1, 1, 2)))
            elif (
                name == "grounds"
                and isinstance(value, tuple)
                and command.tag != "ProposeImprovementOrder"
            ):
                fields[name] = data.draw(st.sampled_from(self._grounds()))
        return but(command, **{**fields, **self._session(command)})

    def _numbers(self, name: str) -> list[int]:
        """The numbers that are open, each thrice, so that most acts are about one of them."""
        if name in ("support", "coordination"):
            return [1, 2, 3]
        if not isinstance(self.state.status, Designated):
            return []
        if name == "report":
            return 3 * [request.no for request in self.state.status.reports.awaited]
        return 3 * [no for no, _ in self.state.status.improvements.open]

    def _grounds(self) -> list[tuple[Ground, ...]]:
        no = 1
        if isinstance(self.state.status, Designated):
            no = max(self.state.status.improvements.violated, default=1)
        second = OrderViolated(improvement=no)
        return [(second,), (second, G1), (G3, G4)]

    def _session(self, command: Command) -> dict[str, object]:
        """A session is held on the day that was notified, which everybody knows."""
        if command.tag != "HoldHearingSession" or not isinstance(self.state.status, Designated):
            return {}
        hearing = self.state.status.revocation
        if not isinstance(hearing, Hearing):
            return {}
        self.today = max(self.today, hearing.day.day or self.today)
        return {"on": hearing.day.day}

    # --- what must come of it ------------------------------------------------------------------

    def hand_in(self, command: Command) -> None:
        try:
            events = DECIDER.decide(command, self.state, RULES)
        except Refused as refused:
            self._explained(refused)
            return
        assert _json(events) == _json(DECIDER.decide(command, self.state, RULES))
        for event in events:
            self._judge(command, event)
            before = self.state.status
            self.state = DECIDER.evolve(self.state, event)
            self._judge_return(before, event)
            self.events.append(event)
        if events:
            self.taken.append(command)

    def _explained(self, refused: Refused) -> None:
        assert str(refused.citation).startswith(PROVISIONS)
        assert refused.reason.strip()

    def _judge(self, command: Command, event: Event) -> None:
        assert event.on == command.on
        if command.by.role == "calendar":
            assert isinstance(event, NOTES)
        assert self.state.now.active or not isinstance(event, BEGINNING)
        if isinstance(self.state.status, Ended):
            assert isinstance(event, BESIDE)
            assert not isinstance(event, TermExpired)
            if isinstance(event, RenewalApplied):
                assert event.on <= (event.expires.day or event.on)
        if isinstance(self.state.status, Revoked):
            short = SHORT_OF_REVOCATION if self.state.status.stayed else ()
            assert isinstance(event, (DeferredReasonsGiven, *BESIDE, *short))
        match event:
            case DesignationGranted():
                arrived = [one for one in self.events if isinstance(one, ApplicationArrived)]
                assert len(arrived) == 1
                assert arrived[0].on <= event.on <= event.effective
            case ImprovementOrdered() | OrderDeadlineExtended():
                assert event.due.day is not None
                assert event.due.day > event.on
            case DesignationRevoked():
                self._judge_revocation(event)
            case ContractConcluded() | LeaseConcluded():
                assert self.state.now.active
                assert event.by.person != event.drafted_by.person
            case AppealRejected() | AppealUpheld() | InactionDeclared():
                self._judge_ruling(event)
            case ActAnnulled():
                self._judge_annulment(event)
            case _:
                pass
        _complete(event)

    def _judge_return(self, before: Status, event: Event) -> None:
        """Out of an end leads a renewal that is not refused, out of a revocation its annulment."""
        now = self.state.status
        if isinstance(before, Ended) and not isinstance(now, Ended):
            assert before.how == "有効期間の満了"
            assert now == before.stood
            if isinstance(event, ActAnnulled | StayGranted | CourtStayed):
                assert event.act.kind == "RenewalRefused"
            else:
                assert isinstance(event, RenewalApplied | RenewalGranted)
        if isinstance(before, Revoked) and isinstance(now, Designated):
            assert isinstance(event, ActAnnulled)
            assert (event.act.kind, event.act.on) == ("DesignationRevoked", before.since)
        if isinstance(before, Revoked) and isinstance(now, Revoked) and before.stayed != now.stayed:
            assert isinstance(event, StayGranted | CourtStayed | StayEnded)
            assert event.act.on == before.since

    def _judge_ruling(self, event: AppealRejected | AppealUpheld | InactionDeclared) -> None:
        """After the opinion of somebody else, and the council's answer or the reason for none."""
        opinions = [one for one in self.events if isinstance(one, ReviewOpinionSubmitted)]
        seen = [
            one.appeal
            for one in self.events
            if isinstance(one, AppealCouncilAnswered | ConsultationOmitted)
        ]
        (opinion,) = [one for one in opinions if one.appeal == event.appeal]
        assert opinion.by.person not in (event.by.person, event.drafted_by.person)
        assert seen.count(event.appeal) == 1

    def _judge_annulment(self, event: ActAnnulled) -> None:
        """An act is annulled once, by a ruling on the whole of it or by a final judgment."""
        upheld = [
            one
            for one in self.events
            if isinstance(one, AppealUpheld) and one.relief == "全部取消し"
        ]
        final = [
            one
            for one in self.events
            if isinstance(one, JudgmentFinal) and one.judgment == "取消し"
        ]
        assert event.act in [one.act for one in (*upheld, *final)]
        gone = [one.act for one in self.events if isinstance(one, ActAnnulled)]
        assert event.act not in gone

    def _judge_revocation(self, event: DesignationRevoked) -> None:
        assert event.by.role == "mayor"
        assert event.by.person != event.drafted_by.person
        if event.urgency is None:
            self._heard(event)
        for ground in event.grounds:
            if isinstance(ground, OrderViolated):
                found = [one for one in self.events if isinstance(one, OrderViolationFound)]
                assert any(
                    one.improvement == ground.improvement and one.on <= event.on for one in found
                )
            if isinstance(ground, BeyondImprovement):
                assert ground.lacking.evidence
                assert ground.hopeless.evidence

    def _heard(self, event: DesignationRevoked) -> None:
        """A report, after a session, after the last notice; none of them by who decides."""
        reports = _of(HearingReportSubmitted, self.events)
        sessions = _of(HearingSessionHeld, self.events)
        notices = _of(HearingNotified, self.events) + _of(HearingReopened, self.events)
        assert max(notices) < max(sessions) < max(reports)
        assert event.consideration
        assert self.events[max(reports)].by.person != event.by.person
        assert self.events[max(reports)].on <= event.on

    @invariant()
    def an_operator_can_always_read_the_case(self) -> None:
        view = DESIGNATION.view(self.state)
        assert view.stage
        assert set(view.possible) <= TITLES
        assert DESIGNATION.headline(self.state)
        assert DESIGNATION.is_open(self.state) == bool(view.possible)

    @invariant()
    def the_calendar_is_always_heard_the_day_after(self) -> None:
        for due in DESIGNATION.dues(self.state, RULES):
            assert due.deadline.explain()
            assert due.note is None or DECIDER.decide(due.note, self.state, RULES)

    @invariant()
    def what_runs_is_known_to_the_reviews_and_costs_no_more_than_agreed(self) -> None:
        contracts = self.state.of(CONTRACTS).open.items()
        performing = [(key, one) for key, one in contracts if isinstance(one, Performing)]
        assert all(one.paid <= one.amount for _, one in performing if not one.terminated)
        assert all(one.accepted <= one.amount for _, one in performing)
        leases = self.state.of(LEASES).open.items()
        running = {("随意契約", key) for key, one in performing if not one.terminated}
        running |= {("貸付け", key) for key, one in leases if isinstance(one, Leased)}
        assert self.state.of(REVIEWS).running == running
        lost = self.state.now.ended if not self.state.now.active else None
        assert self.state.of(REVIEWS).lost == lost

    def teardown(self) -> None:
        stored = _json(self.events)
        assert _json(history(self.taken)) == stored
        read = [DESIGNATION.event.validate_json(text) for text in stored]
        assert _json(read) == stored
        assert DECIDER.fold(read) == self.state


def _complete(event: Event) -> None:
    """An act against the body has reasons, or says why they follow, and both remedies."""
    if "remedy_notice" not in type(event).model_fields:
        return
    said = cast("dict[str, object]", dict(event))
    assert said["reasons"] or said["reasons_deferred"]
    notice = said["remedy_notice"]
    assert isinstance(notice, RemedyNotice)
    assert notice.appeal
    assert notice.lawsuit


AnyHistory.TestCase.settings = settings(
    max_examples=120,
    stateful_step_count=60,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnyHistory = AnyHistory.TestCase
