"""Who takes part in the procedures of the cast, told as commands that follow its stories.

The hearing is notified with effect from 18 September and held on 5 October 2026; the 弁明 is open
from 27 May 2026; the appeal of `contest` is under review from 6 July 2026.
"""

from datetime import date, timedelta

from domain.designation.participation.agents import AppointAgent, EndAgency
from domain.designation.participation.inspection import (
    GrantInspection,
    RecordInspectionRequest,
    RefuseInspection,
    RequestInspection,
    Withheld,
)
from domain.designation.participation.interested import (
    AllowParticipation,
    AskToParticipate,
    DenyParticipation,
    RecordParticipationRequest,
)
from domain.designation.participation.statements import (
    RecordWrittenStatement,
    SubmitWrittenStatement,
)
from domain.designation.remedies.oral import (
    ArrangeOralStatement,
    DenyOralStatement,
    HoldOralStatement,
    SeekOralStatement,
)
from domain.text import Personal
from tests.law import contest
from tests.law.act import Act
from tests.law.cast import BODY, DRAFTER, MAYOR, OFFICER, PRESIDER, Story, finding, hearing_open

AGENT = Personal(of="P-0201", text="例示 十一葉（弁護士）")
NEIGHBOUR = Personal(of="P-0202", text="例示 十二葉（施設の利用者）")
TENANT = Personal(of="P-0203", text="例示 十三葉（施設の借主）")

# --- 代理人 -----------------------------------------------------------------------------------

APPOINT = AppointAgent(
    on=date(2026, 9, 21),
    by=BODY,
    proceeding="聴聞",
    agent=AGENT,
    capacity="弁護士",
    proof="委任状（2026年9月19日付け）",
)
END_AGENCY = EndAgency(
    on=date(2026, 9, 28),
    by=BODY,
    agency=1,
    lost_on=date(2026, 9, 25),
    why="解任した。",
    notice="解任届",
)

# --- 関係人 -----------------------------------------------------------------------------------

ASK_IN = RecordParticipationRequest(
    on=date(2026, 9, 22),
    by=OFFICER,
    applicant=NEIGHBOUR,
    interest="団体の施設を毎週使っており、取消しによって使えなくなる。",
)
ALLOW = AllowParticipation(
    on=date(2026, 9, 24),
    by=PRESIDER,
    participation=1,
    finding=finding("利用の事実を確かめ、必要と認める。"),
    harmed=True,
)
DENY = DenyParticipation(
    on=date(2026, 9, 24),
    by=PRESIDER,
    participation=1,
    finding=finding("取消しに利害関係がない。"),
)
CALL_IN = AskToParticipate(
    on=date(2026, 9, 24),
    by=PRESIDER,
    person=TENANT,
    interest="団体から施設を借りている。",
    finding=finding("審理に必要と認める。"),
    harmed=False,
)


def sought() -> Story:
    """A user of the body's rooms asks to take part."""
    return [*hearing_open(), ASK_IN]


def taking_part() -> Story:
    """The presider lets the user take part."""
    return [*sought(), ALLOW]


# --- 閲覧 -------------------------------------------------------------------------------------

LOOK = RequestInspection(on=date(2026, 9, 23), by=BODY, materials="現地調査の記録")
LOOK_TOO = RecordInspectionRequest(
    on=date(2026, 9, 25), by=OFFICER, participation=1, materials="改善命令の記録"
)
SHOW = GrantInspection(
    on=date(2026, 9, 25),
    by=MAYOR,
    drafted_by=DRAFTER,
    inspection=1,
    day=date(2026, 9, 29),
    place="協働推進課",
    withheld=Withheld(
        materials="申出人の氏名と住所",
        ground="第三者の利益を害するおそれ",
        finding=finding("申出人が知れると、その利益を害するおそれがある。"),
    ),
    notified=date(2026, 9, 25),
)
HIDE = RefuseInspection(
    on=date(2026, 9, 25),
    by=MAYOR,
    drafted_by=DRAFTER,
    inspection=1,
    ground="第三者の利益を害するおそれ",
    finding=finding("記録の全部が申出人の私生活にわたる。"),
    notified=date(2026, 9, 28),
)


def looking() -> Story:
    """The body asks to inspect documents."""
    return [*hearing_open(), LOOK]


# --- 陳述書 -----------------------------------------------------------------------------------

WRITE = SubmitWrittenStatement(
    on=date(2026, 10, 2), by=BODY, statement="総会は11月に開く。", evidence=("招集通知の写し",)
)
WRITE_TOO = RecordWrittenStatement(
    on=date(2026, 10, 2), by=OFFICER, participation=1, statement="施設を使い続けたい。"
)

# --- 口頭意見陳述 -----------------------------------------------------------------------------

SPEAK = SeekOralStatement(
    on=contest.FIRST + timedelta(days=25),
    by=BODY,
    appeal=1,
    about="総会の延期の経緯",
    assistants=(AGENT,),
)
ARRANGE = ArrangeOralStatement(
    on=contest.FIRST + timedelta(days=28),
    by=contest.REVIEWER,
    appeal=1,
    held_on=contest.FIRST + timedelta(days=38),
    place="例示市役所 会議室",
    convened=("審査請求人", "処分庁"),
    assistants_allowed=True,
)
NO_WORD = DenyOralStatement(
    on=contest.FIRST + timedelta(days=28),
    by=contest.REVIEWER,
    appeal=1,
    finding=finding("代表者の所在が知れず、機会を与えることが困難である。"),
)
HEAR = HoldOralStatement(
    on=contest.FIRST + timedelta(days=38),
    by=contest.REVIEWER,
    appeal=1,
    present=(Personal(of="P-0001", text="例示 七葉"), AGENT),
    statements="延期は規約によるものと述べた。",
    questions="処分庁に、命令の期限の根拠を問うた。",
    record="口頭意見陳述録取書",
)
STEPS = contest.review(contest.FIRST)


def reviewing() -> Story:
    """The 弁明書 has been sent to the body, which may answer it."""
    return [*contest.appealed(), *STEPS[:4]]


def speaking() -> Story:
    """The body asks to be heard by word of mouth."""
    return [*reviewing(), SPEAK]


ACTS: tuple[Act, ...] = (
    Act(hearing_open(), APPOINT),
    Act([*hearing_open(), APPOINT], END_AGENCY),
    Act(hearing_open(), ASK_IN),
    Act(sought(), ALLOW),
    Act(sought(), DENY),
    Act(hearing_open(), CALL_IN),
    Act(hearing_open(), LOOK),
    Act(taking_part(), LOOK_TOO),
    Act(looking(), SHOW),
    Act(looking(), HIDE),
    Act(hearing_open(), WRITE),
    Act(taking_part(), WRITE_TOO),
    Act(reviewing(), SPEAK),
    Act(speaking(), ARRANGE),
    Act(speaking(), NO_WORD),
    Act([*speaking(), ARRANGE], HEAR),
)
"""One act of every kind about taking part, each with the story it follows."""
