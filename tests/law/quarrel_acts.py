"""One act of every kind that can be done in a dispute's case, each with the story it follows."""

from datetime import date
from typing import NamedTuple, get_args

from domain.bodies import MINISTER
from domain.dispute import Command, Event
from domain.dispute.appointing import ElectRepresentative
from domain.dispute.inquiring import (
    DemandEvidence,
    HoldDisputeSession,
    ReceiveEvidence,
    ReportAgent,
    ReportProgress,
    RequestProgress,
)
from domain.dispute.linking import LinkAgreement, UnlinkAgreement
from domain.dispute.mediating import PublishProposalGist
from domain.dispute.referring import DeclineReferral, StartMediation
from domain.dispute.replacing import DismissCommissioner, FillVacancy, RecordVacancy
from domain.dispute.telling import TellParties
from domain.dispute.terminating import (
    ConsentToTermination,
    ProposeTermination,
    TellTermination,
    TerminateMediation,
)
from domain.dispute.withdrawing import AnswerWithdrawal, RequestWithdrawal
from domain.text import Personal
from tests.law import quarrel
from tests.law.league import but
from tests.law.quarrel import (
    ACROSS,
    AGREEMENT_CASE,
    CONSULTED,
    DECIDED,
    DONE,
    HEARD,
    KEN,
    KURE,
    SHI,
    THREE,
    TWO,
    Story,
    decided,
    entered,
    finding,
    sat,
    three,
    together,
)

COMMAND_KINDS: tuple[type[Command], ...] = get_args(Command)
EVENT_KINDS: tuple[type[Event], ...] = get_args(Event)


class Act(NamedTuple):
    """A command, and the story after which it brings something about."""

    story: Story
    command: Command


ELECT = ElectRepresentative.model_validate(
    {**sat(TWO, HEARD), "representative": "C-2", "collegial": together()}
)
DISMISS = DismissCommissioner.model_validate(
    {
        **decided(MINISTER, HEARD),
        "commissioner": "C-3",
        "ground": "事件に直接利害関係を有することとなった",
        "finding": finding("当事者の一つの顧問となった。"),
    }
)
VACANCY = RecordVacancy.model_validate(
    {**entered(MINISTER, HEARD), "commissioner": "C-3", "reason": "死亡"}
)
FILL = FillVacancy.model_validate(
    {
        **decided(MINISTER, date(2026, 11, 10)),
        "commissioner": three("C-4", "C-5", "C-6")[0],
        "eligibility": finding("優れた識見を有する。"),
        "consulted": CONSULTED,
    }
)
DEMAND = DemandEvidence.model_validate(
    {
        **sat(TWO, HEARD),
        "means": "記録の提出",
        "target": "当事者",
        "whom": "呉市",
        "what": "負担金の算定の記録",
        "collegial": together(),
    }
)
SESSION = HoldDisputeSession.model_validate(
    {
        **sat(TWO, date(2026, 11, 16)),
        "place": "総務省 会議室",
        "attending": ("呉市", "広島県"),
        "by_video": ("広島県",),
        "statements": "呉市は実績による案分を、広島県は均等の負担を述べた。",
    }
)
RECEIVE = ReceiveEvidence.model_validate(
    {
        **sat(TWO, date(2026, 11, 12)),
        "number": 1,
        "content": "負担金の算定の記録（令和5年度から令和7年度まで）",
        "documents": ("算定調書（架空）",),
    }
)
AGENT = ReportAgent.model_validate(
    {
        **entered(KURE, HEARD),
        "agent": Personal(of="L-1", text="例示 五郎"),
        "occupation": "弁護士",
    }
)
ASK_PROGRESS = RequestProgress.model_validate({**decided(MINISTER, HEARD), "what": "審理の経過"})
PROGRESS = ReportProgress.model_validate(
    {**sat(TWO, date(2026, 11, 18)), "number": 1, "content": "1回の期日を経た。"}
)
WITHDRAW = RequestWithdrawal.model_validate(
    {**decided(KURE, HEARD), "reasons": "当事者の間で話合いがついた。"}
)
CONSENT = AnswerWithdrawal.model_validate(
    {
        **decided(MINISTER, date(2026, 11, 6)),
        "answer": "同意する",
        "finding": finding("争いはなくなった。"),
    }
)
NO_CONSENT = but(CONSENT, answer="同意しない")
START = StartMediation.model_validate(
    {
        **quarrel.appointing(THREE),
        "name": "水源の利用をめぐる紛争",
        "disputants": THREE,
        "course": "令和7年から争いがある。",
        "finding": finding("放置すれば住民の利益を害する。"),
    }
)
NOT_REFERRED = DeclineReferral.model_validate(
    {**decided(KEN, date(2026, 10, 15)), "finding": finding("訴訟が係属している。")}
)
TELL_NOT_REFERRED = TellParties.model_validate(
    {**entered(KEN, date(2026, 10, 15)), "matter": "不付託", "told": THREE}
)
GIST = PublishProposalGist.model_validate(
    {
        **sat(THREE, DECIDED),
        "gist": "実績による案分。",
        "reasons": "住民に広く関わる。",
        "published_in": "県公報第1号",
    }
)
NO_PROSPECT = ProposeTermination.model_validate(
    {**sat(THREE, DONE), "finding": finding("隔たりが大きい。"), "collegial": together()}
)
AGREED = ConsentToTermination.model_validate({**decided(KEN, DONE), "finding": finding()})
TERMINATE = TerminateMediation.model_validate(
    {
        **sat(THREE, date(2026, 12, 10)),
        "collegial": together(),
        "gist": "実績による案分。",
        "course": "3回の期日を経た。",
        "published_in": "県公報第2号",
    }
)
TELL_TERMINATION = TellTermination.model_validate({**sat(THREE, date(2026, 12, 10)), "told": THREE})
LINK = LinkAgreement.model_validate(
    {**entered(SHI, HEARD), "case": AGREEMENT_CASE, "reasons": "この連携協約に係る。"}
)
UNLINK = UnlinkAgreement.model_validate(
    {**entered(KURE, HEARD), "case": AGREEMENT_CASE, "reasons": "番号を誤った。"}
)

SITS = quarrel.sitting(*TWO)
SETTLED, ACTS_OF_3 = quarrel.settled(*TWO), quarrel.three_acts(*TWO)
MEDIATED, PROPOSED = quarrel.mediating(*THREE), quarrel.proposed(*THREE)
ACCEPTED, ENDED = quarrel.accepted(*THREE), quarrel.established(*THREE)
AFTER = quarrel.after_establishment(*THREE)
TERMINATED = [*MEDIATED, NO_PROSPECT, AGREED, TERMINATE]

ACTS: tuple[Act, ...] = (
    Act([], quarrel.applied(*TWO)[0]),
    Act(quarrel.applied(*TWO), quarrel.told(*TWO)[1]),
    Act(quarrel.told(*ACROSS)[:2], quarrel.told(*ACROSS)[2]),
    Act(quarrel.told(*TWO), quarrel.appointed(*TWO)[-1]),
    Act(quarrel.appointed(*TWO), quarrel.known(*TWO)[0]),
    Act(quarrel.appointed(*TWO), quarrel.known(*TWO)[1]),
    Act(SITS, ELECT),
    Act(SITS, DISMISS),
    Act(SITS, VACANCY),
    Act([*SITS, DISMISS], FILL),
    Act(SITS, DEMAND),
    Act(SITS, SESSION),
    Act([*SITS, DEMAND], RECEIVE),
    Act(SITS, AGENT),
    Act(SITS, ASK_PROGRESS),
    Act([*SITS, ASK_PROGRESS], PROGRESS),
    Act(SITS, SETTLED[-1]),
    *(Act([*SETTLED, *ACTS_OF_3[:at]], act) for at, act in enumerate(ACTS_OF_3)),
    Act(quarrel.completed(*TWO), quarrel.respected(*TWO)[0]),
    Act(SITS, WITHDRAW),
    Act([*SITS, WITHDRAW], CONSENT),
    Act([*SITS, WITHDRAW], NO_CONSENT),
    Act([], quarrel.mediation_applied(*THREE)[0]),
    Act([], START),
    Act(quarrel.mediation_applied(*THREE), quarrel.referred(*THREE)[-1]),
    Act(quarrel.mediation_applied(*THREE), NOT_REFERRED),
    Act([*quarrel.mediation_applied(*THREE), NOT_REFERRED], TELL_NOT_REFERRED),
    Act(MEDIATED, PROPOSED[-2]),
    Act(PROPOSED[:-1], PROPOSED[-1]),
    Act(PROPOSED, GIST),
    Act(PROPOSED, ACCEPTED[0]),
    Act([*PROPOSED, *ACCEPTED[:-1]], ACCEPTED[-1]),
    *(Act([*ENDED, *AFTER[:at]], act) for at, act in enumerate(AFTER)),
    Act(MEDIATED, NO_PROSPECT),
    Act([*MEDIATED, NO_PROSPECT], AGREED),
    Act(TERMINATED[:-1], TERMINATE),
    Act(TERMINATED, TELL_TERMINATION),
    Act(quarrel.mediation_applied(*THREE), LINK),
    Act(SITS, UNLINK),
)
