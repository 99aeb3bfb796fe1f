"""One act of every kind that can be done in an agreement's case, each with the story it follows."""

from datetime import date
from typing import NamedTuple, get_args

from domain.agreement import Command, Event
from domain.agreement.concluding import LeaveAlone
from domain.agreement.consulting import AbandonConsultation
from domain.agreement.costing import StateDispatchCost, StateRecruitmentCost
from domain.agreement.dispatching import (
    ChangeDispatch,
    DispatchSpecialist,
    EndDispatch,
    RegisterPost,
)
from domain.agreement.linking import LinkCase, UnlinkCase
from domain.agreement.notifying import RecordDetermination
from domain.agreement.performing import AdoptScheme, FulfilRole, LayDownRole, NoteRoleOverdue
from domain.agreement.recommending import AnswerRecommendation, RecordRecommendation
from domain.agreement.resolving import RecordRejection
from domain.agreement.substituting import (
    DecideForCouncil,
    InformCouncil,
    NoteCouncilInformedLate,
    RecordCouncilAnswer,
)
from domain.allocation.claim import Amount, Staff
from domain.people import CALENDAR
from domain.text import Personal
from tests.law import league
from tests.law.league import (
    KEN,
    KURE,
    OKAYAMA,
    V1,
    Story,
    decided,
    entered,
    finding,
    of,
)

COMMAND_KINDS: tuple[type[Command], ...] = get_args(Command)
EVENT_KINDS: tuple[type[Event], ...] = get_args(Event)
REFUSED_ALWAYS: set[type[Command]] = {LeaveAlone}
"""What no provision allows, and is answered by citation whenever it is asked."""


class Act(NamedTuple):
    """A command, and the story after which it brings something about."""

    story: Story
    command: Command


VOTE = date(2025, 12, 15)
REJECT = RecordRejection.model_validate(
    {**entered(KURE, VOTE), **of(V1), "session": "令和7年第4回定例会", "failure": "否決"}
)
SUBSTITUTE = DecideForCouncil.model_validate(
    {
        **decided(KURE, VOTE),
        **of(V1),
        "ground": "特に緊急を要し議会を招集する時間的余裕がないことが明らかである",
        "finding": finding("災害の応援に要する。"),
        "next_session": date(2026, 2, 20),
    }
)
INFORM = InformCouncil.model_validate(
    {**entered(KURE, date(2026, 2, 20)), "number": 1, "session": "第1回定例会", "bill": "報告第1号"}
)
INFORMED_LATE = NoteCouncilInformedLate(on=date(2026, 2, 21), by=CALENDAR, party=KURE, number=1)
ANSWER = RecordCouncilAnswer.model_validate(
    {
        **entered(KURE, date(2026, 3, 10)),
        "number": 1,
        "session": "第1回定例会",
        "approved": False,
        "told": "招集の余裕はあった。",
    }
)
ABANDON = AbandonConsultation.model_validate(
    {**decided(KURE, date(2026, 6, 2)), "finding": finding("財源の見込みが立たない。")}
)
DETERMINE = RecordDetermination.model_validate(
    {**entered(KURE, date(2026, 1, 14)), "how": "関係都道府県知事の協議", "prefecture": KEN}
)
RECOMMENDED = RecordRecommendation.model_validate(
    {
        **entered(KURE, date(2025, 9, 1)),
        "parties": (KURE, KEN),
        "authority": "総務大臣",
        "reasons": "専門人材が著しく不足している。",
        "content": "連携協約を締結すること。",
    }
)
RESPOND = AnswerRecommendation.model_validate(
    {
        **decided(KURE, date(2025, 9, 15)),
        "recommendation": 1,
        "response": "従って協議する",
        "reasons": "単独では確保できない。",
    }
)
ROLE = LayDownRole.model_validate(
    {
        **entered(KEN, date(2026, 4, 1)),
        "article": "第三条第1項",
        "what": "土木の専門人材を派遣する。",
        "by_day": date(2026, 6, 30),
    }
)
FULFIL = FulfilRole.model_validate(
    {**entered(KEN, date(2026, 6, 1)), "role": 1, "finding": finding("派遣を始めた。")}
)
OVERDUE = NoteRoleOverdue(on=date(2026, 7, 1), by=CALENDAR, party=KEN, role=1)
SCHEME = AdoptScheme.model_validate(
    {
        **entered(KURE, date(2026, 4, 1)),
        "scheme": "事務の委託",
        "covenant": "道路台帳の調製の事務の委託に関する規約（架空）",
        "covenant_parties": (KEN, KURE),
        "in_force_from": date(2026, 4, 1),
        "article": "第四条",
    }
)
LINK = LinkCase.model_validate(
    {
        **entered(KURE, date(2026, 9, 1)),
        "case": f"紛争-{KURE}-0001",
        "relation": "紛争",
        "reasons": "負担金の額に争いがある。",
    }
)
UNLINK = UnlinkCase.model_validate(
    {
        **entered(KURE, date(2026, 10, 1)),
        "case": f"紛争-{KURE}-0001",
        "reasons": "申請が取り下げられた。",
    }
)
POST = RegisterPost.model_validate(
    {
        **entered(KURE, date(2026, 4, 1)),
        "post": "road-1",
        "name": "土木部道路課技師",
        "evidence": ("職員定数表",),
    }
)
DISPATCH = DispatchSpecialist.model_validate(
    {
        **decided(KEN, date(2026, 4, 1)),
        "dispatch": "D-1",
        "post": "road-1",
        "person": "E-0001",
        "name": Personal(of="E-0001", text="例示 三郎"),
        "expertise": "土木（橋梁の点検）",
        "article": "第二条",
        "form": "その他",
        "staff": Staff(category="任期付職員"),
        "since": date(2026, 4, 1),
        "until": date(2027, 3, 31),
        "evidence": ("派遣通知書",),
    }
)
CHANGE_DISPATCH = ChangeDispatch.model_validate(
    {
        **decided(KEN, date(2026, 9, 1)),
        "dispatch": "D-1",
        "until": date(2028, 3, 31),
        "reasons": "事業が延びた。",
        "evidence": ("変更通知書",),
    }
)
END_DISPATCH = EndDispatch.model_validate(
    {
        **entered(KEN, date(2026, 12, 28)),
        "dispatch": "D-1",
        "last_day": date(2026, 12, 31),
        "reasons": "退職のため。",
    }
)
COST = StateDispatchCost.model_validate(
    {
        **entered(KEN, date(2026, 12, 1)),
        "dispatch": "D-1",
        "fiscal_year": 2026,
        "what": "派遣した職員の人件費",
        "amount": Amount(amount=5_500_000, evidence=("給与簿",)),
    }
)
RECRUITMENT = StateRecruitmentCost.model_validate(
    {
        **entered(KEN, date(2026, 12, 1)),
        "fiscal_year": 2026,
        "persons": ("E-0001",),
        "amount": Amount(amount=800_000, evidence=("支出命令書",)),
    }
)
LEAVE = LeaveAlone.model_validate(
    {**decided(KURE, date(2026, 6, 1)), "reasons": "財政の事情による。"}
)

TWO = (KEN, KURE)
CONCLUDED = league.concluded(*TWO)
SUBSTITUTED = [*league.consulting(*TWO), SUBSTITUTE]
ASKED, NOTICED = [*CONCLUDED, ROLE], league.notified(*TWO)
SENT = [*CONCLUDED, POST, DISPATCH]
BILL = league.before_council(KURE, V1)

ACTS: tuple[Act, ...] = (
    Act([], league.proposed(*TWO)[0]),
    Act(league.proposed(*TWO), league.accepted(*TWO)[0]),
    Act([*league.proposed(*TWO), *league.accepted(*TWO)], league.consulting(*TWO)[-1]),
    Act(CONCLUDED, league.changing(*TWO)[len(CONCLUDED)]),
    Act(CONCLUDED, league.abolishing(*TWO)[len(CONCLUDED)]),
    Act(league.changing(*TWO), ABANDON),
    *(Act([*league.consulting(*TWO), *BILL[:at]], act) for at, act in enumerate(BILL)),
    Act([*league.consulting(*TWO), *BILL], league.resolved(KURE, V1, VOTE)),
    Act([*league.consulting(*TWO), *BILL], REJECT),
    Act(league.consulting(*TWO), SUBSTITUTE),
    Act(SUBSTITUTED, INFORM),
    Act(SUBSTITUTED, INFORMED_LATE),
    Act([*SUBSTITUTED, INFORM], ANSWER),
    Act(CONCLUDED[:-1], CONCLUDED[-1]),
    Act(
        [*league.changing(*TWO), *league.again_signed(*TWO)[:-1]],
        league.again_signed(*TWO)[-1],
    ),
    Act(
        [*league.abolishing(*TWO), *league.again_signed(*TWO)[:-1]],
        league.again_signed(*TWO)[-1],
    ),
    Act(CONCLUDED, NOTICED[0]),
    Act(CONCLUDED, NOTICED[1]),
    Act(league.concluded(KURE, OKAYAMA), DETERMINE),
    Act([], RECOMMENDED),
    Act([RECOMMENDED], RESPOND),
    Act(CONCLUDED, ROLE),
    Act(ASKED, FULFIL),
    Act(ASKED, OVERDUE),
    Act(CONCLUDED, SCHEME),
    Act(CONCLUDED, POST),
    Act([*CONCLUDED, POST], DISPATCH),
    Act(SENT, CHANGE_DISPATCH),
    Act(SENT, END_DISPATCH),
    Act(SENT, COST),
    Act(SENT, RECRUITMENT),
    Act(CONCLUDED, LINK),
    Act([*CONCLUDED, LINK], UNLINK),
)
