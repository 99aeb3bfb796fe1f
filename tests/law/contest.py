"""How the body of the cast contests what is done to it, told as commands like the cast's own.

The order of 12 June 2026 is the first adverse act of the case, the revocation of 20 October the
second. A review is told by its first day: `reviewed(act, on)`.
"""

from datetime import date, timedelta

from domain.designation import DESIGNATION, Command
from domain.designation.examination import NoteStandardPeriodPassed
from domain.designation.remedies.appeal import (
    CorrectAppeal,
    ExcuseLateFiling,
    FileAppeal,
    NoteAppealCorrectionLapsed,
    RequestAppealCorrection,
    WithdrawAppeal,
)
from domain.designation.remedies.complaint import (
    RecordComplaint,
    RecordInvestigation,
    SettleComplaint,
)
from domain.designation.remedies.council import ConsultCouncil, OmitConsultation, RecordAnswer
from domain.designation.remedies.inaction import FileInactionAppeal
from domain.designation.remedies.litigation import (
    RecordCourtStay,
    RecordCourtStayEnd,
    RecordFinality,
    RecordJudgment,
    RecordSuit,
    RecordSuitWithdrawn,
)
from domain.designation.remedies.review import (
    ForwardDefence,
    NameReviewOfficer,
    RequestDefence,
    SubmitCounter,
    SubmitDefence,
    SubmitReviewOpinion,
)
from domain.designation.remedies.ruling import (
    DeclareInaction,
    DismissAppeal,
    RejectAppeal,
    UpholdAppeal,
)
from domain.designation.remedies.service import (
    NoteDeemedArrival,
    PublishNotice,
    RecordArrival,
    RecordNoticeReturn,
    SendNotice,
)
from domain.designation.remedies.stay import DenyStay, GrantStay, LiftStay, SeekStay
from domain.designation.remedies.windows import NoteAppealPeriodPassed, NoteSuitPeriodPassed
from domain.people import CALENDAR, Actor
from domain.text import Personal
from tests.law import cast
from tests.law.cast import BODY, DRAFTER, MAYOR, OFFICER, Story, but, finding
from tests.law.example import RULES
from tests.law.specification import given

REVIEWER = Actor(person="S-0401", office="総務課主幹", name="例示 八葉", role="officer")
CLERK = Actor(person="S-0402", office="総務課主査", name="例示 九葉", role="officer")
RESIDENT = Personal(of="P-0009", text="例示 十葉（例示市在住）")
ORDERED, REVOKED = 1, 2
"""The numbers of the adverse acts of the story that ends in a revocation."""


def _day(on: date, days: int) -> date:
    return on + timedelta(days=days)


# --- 送達 -------------------------------------------------------------------------------------

SEND = SendNotice(
    on=date(2026, 6, 12),
    by=OFFICER,
    paper="処分",
    number=ORDERED,
    means="配達証明",
    addressee=Personal(of="P-0001", text="例示学区協議会 代表 例示 七葉"),
)
ARRIVE = RecordArrival(
    on=date(2026, 6, 15), by=OFFICER, paper="処分", number=ORDERED, proof="配達証明書第1号"
)
RETURN = RecordNoticeReturn(
    on=date(2026, 6, 18), by=OFFICER, paper="処分", number=ORDERED, why="転居先不明"
)
PUBLISH = PublishNotice(
    on=date(2026, 7, 1),
    by=MAYOR,
    drafted_by=DRAFTER,
    paper="処分",
    number=ORDERED,
    whereabouts=finding("返戻の後に現地を調べたが、所在が知れない。"),
    measures=("インターネットの利用", "掲示場への掲示"),
    place="例示市のウェブサイト及び市役所前掲示場",
)
DEEMED = NoteDeemedArrival(on=date(2026, 7, 16), by=CALENDAR, paper="処分", number=ORDERED)


def served() -> Story:
    """The order has arrived on 15 June 2026."""
    return [*cast.under_order(), SEND, ARRIVE]


def published() -> Story:
    """The order came back and was published on 1 July 2026."""
    return [*cast.under_order(), SEND, RETURN, PUBLISH]


def revocation_served() -> Story:
    """The revocation has arrived on 22 October 2026."""
    told = {"paper": "処分", "number": REVOKED}
    return [
        *cast.revoked(),
        but(SEND, on=date(2026, 10, 20), **told),
        but(ARRIVE, on=date(2026, 10, 22), **told),
    ]


def uncontested(*story: Command) -> Story:
    """A story, and that every window of its adverse acts has passed, as the calendar notes it."""
    told = list(story)
    while passed := _windows_passed(told):
        told += passed
    return told


def _windows_passed(story: Story) -> Story:
    return [
        due.note
        for due in DESIGNATION.dues(given(*story).state, RULES)
        if isinstance(due.note, NoteAppealPeriodPassed | NoteSuitPeriodPassed)
    ]


# --- 審査請求 ---------------------------------------------------------------------------------

APPEAL = FileAppeal(
    on=date(2026, 7, 1),
    by=BODY,
    act=ORDERED,
    relief="改善命令の取消しを求める。",
    grounds="総会は規約に従って延期した。",
    attachments=("規約",),
    stay_sought="期限までに総会を開くと、補欠の選任が間に合わない。",
)
LATE = but(APPEAL, on=date(2026, 9, 16), excuse="大雨で庁舎に行けなかった。", stay_sought=None)
EXCUSE = ExcuseLateFiling(
    on=date(2026, 9, 18),
    by=MAYOR,
    drafted_by=CLERK,
    appeal=1,
    finding=finding("道路が閉じていた。"),
)
MEND = RequestAppealCorrection(
    on=date(2026, 7, 3),
    by=MAYOR,
    drafted_by=CLERK,
    appeal=1,
    defects=("代表者の資格を証する書面がない",),
    by_day=date(2026, 7, 17),
)
MENDED = CorrectAppeal(on=date(2026, 7, 10), by=BODY, appeal=1, amendment="書面を添える。")
UNMENDED = NoteAppealCorrectionLapsed(on=date(2026, 7, 18), by=CALENDAR, appeal=1)
WITHDRAW = WithdrawAppeal(on=date(2026, 8, 3), by=BODY, appeal=1, why="話合いがついた。")
STAY = GrantStay(
    on=date(2026, 7, 6),
    by=MAYOR,
    drafted_by=CLERK,
    appeal=1,
    scope="処分の効力",
    necessity=finding("重大な損害を避けるため緊急の必要がある。"),
)
NO_STAY = DenyStay(
    on=date(2026, 7, 6), by=MAYOR, drafted_by=CLERK, appeal=1, finding=finding("損害は重大でない。")
)
SEEK = SeekStay(
    on=date(2026, 8, 5), by=BODY, appeal=1, grounds="期限が迫り、役員が辞任しようとしている。"
)
LIFT = LiftStay(
    on=date(2026, 8, 3), by=MAYOR, drafted_by=CLERK, appeal=1, finding=finding("事情が変わった。")
)


def appealed() -> Story:
    """An appeal against the order arrived on 1 July 2026, and asks for a stay."""
    return [*served(), APPEAL]


def naming(on: date) -> NameReviewOfficer:
    """The naming of a review officer who took no part in the act."""
    return NameReviewOfficer(
        on=on, by=MAYOR, drafted_by=CLERK, appeal=1, reviewer=REVIEWER, disqualified_under=()
    )


def review(on: date) -> Story:
    """The review of appeal 1, from the naming on `on` to the 意見書 49 days later."""
    return [
        naming(on),
        RequestDefence(on=_day(on, 2), by=REVIEWER, appeal=1, by_day=_day(on, 23)),
        SubmitDefence(on=_day(on, 21), by=OFFICER, appeal=1, statement="命令に違法はない。"),
        ForwardDefence(on=_day(on, 23), by=REVIEWER, appeal=1, by_day=_day(on, 44)),
        SubmitCounter(on=_day(on, 35), by=BODY, appeal=1, statement="延期は規約による。"),
        SubmitReviewOpinion(
            on=_day(on, 49),
            by=REVIEWER,
            appeal=1,
            report="審理員意見書第1号",
            opinion="処分は取り消されるべきである。",
            conclusion="認容",
            record=("事件記録",),
        ),
    ]


def council(on: date) -> Story:
    """The consultation of the council on `on`, answered 49 days later."""
    return [
        ConsultCouncil(on=on, by=MAYOR, drafted_by=CLERK, appeal=1, matters="裁決の案について"),
        RecordAnswer(
            on=_day(on, 49), by=OFFICER, appeal=1, paper="答申第1号", answer="認容が妥当である。"
        ),
    ]


FIRST = date(2026, 7, 6)
RULING_DAY = date(2026, 10, 30)
OMIT = OmitConsultation(
    on=_day(FIRST, 52),
    by=MAYOR,
    drafted_by=CLERK,
    appeal=1,
    item=4,
    finding=finding("審査請求人が諮問を希望しない旨を申し出た。"),
)
REJECT = RejectAppeal(
    on=RULING_DAY,
    by=MAYOR,
    drafted_by=CLERK,
    appeal=1,
    outline="改善命令についての審査請求である。",
    reasons="命令は必要な限度にとどまる。",
    departs="意見書と異なり、延期の手続に瑕疵を認める。",
)
UPHOLD = UpholdAppeal(
    on=RULING_DAY,
    by=MAYOR,
    drafted_by=CLERK,
    appeal=1,
    relief="全部取消し",
    outline="改善命令についての審査請求である。",
    grounds="延期は規約に従っており、運営は著しく適正を欠くとはいえない。",
)
VARY = but(
    UPHOLD, relief="変更", varied="期限を2026年12月28日とする。", comply_by=date(2026, 12, 28)
)
DISMISS = DismissAppeal(
    on=date(2026, 9, 24),
    by=MAYOR,
    drafted_by=CLERK,
    appeal=1,
    because="期間の経過",
    reasons="審査請求期間の経過後にされ、正当な理由がない。",
)
SEND_RULING = but(SEND, on=date(2026, 11, 2), paper="裁決", number=1)
RULING_ARRIVES = but(ARRIVE, on=date(2026, 11, 4), paper="裁決", number=1)
SERVICE = [SEND_RULING, RULING_ARRIVES]


def reviewed() -> Story:
    """The 意見書 on the appeal against the order is there."""
    return [*appealed(), *review(FIRST)]


def ripe() -> Story:
    """The council has answered; the mayor is to rule on the appeal against the order."""
    return [*reviewed(), *council(_day(FIRST, 52))]


def annulled() -> Story:
    """The order was annulled by a ruling that arrived on 4 November 2026."""
    return [*ripe(), UPHOLD, *SERVICE]


REVOCATION_APPEAL = but(
    APPEAL, on=date(2026, 11, 2), act=REVOKED, relief="取消しの取消しを求める。"
)
REVOCATION_FIRST = date(2026, 11, 9)


def revocation_appealed() -> Story:
    """An appeal against the revocation arrived on 2 November 2026."""
    return [*revocation_served(), REVOCATION_APPEAL]


def revocation_stayed() -> Story:
    """The revocation is stayed since 9 November 2026."""
    return [*revocation_appealed(), but(STAY, on=date(2026, 11, 9))]


def revocation_ripe() -> Story:
    """The mayor is to rule on the appeal against the revocation, from 1 March 2027 on."""
    first = REVOCATION_FIRST
    return [*revocation_appealed(), *review(first), *council(_day(first, 52))]


def restored() -> Story:
    """The revocation was annulled by a ruling that arrived on 5 March 2027."""
    return [
        *revocation_ripe(),
        but(UPHOLD, on=date(2027, 3, 1)),
        but(SEND_RULING, on=date(2027, 3, 2)),
        but(RULING_ARRIVES, on=date(2027, 3, 5)),
    ]


# --- 不作為 -----------------------------------------------------------------------------------

OVERRUN = NoteStandardPeriodPassed(on=date(2025, 7, 3), by=CALENDAR)
INACTION = FileInactionAppeal(on=date(2025, 9, 1), by=BODY, grounds="3か月たっても決定がない。")
DECLARE = DeclareInaction(
    on=date(2026, 1, 20),
    by=MAYOR,
    drafted_by=CLERK,
    appeal=1,
    outline="申請に対する不作為についての審査請求である。",
    measure="速やかに申請に対する決定をする。",
    grounds="審査に要する期間を考えても、相当の期間が経過している。",
)


def unanswered() -> Story:
    """An application stands without an answer after its standard period."""
    return [*cast.under_review(), OVERRUN]


def inaction_ripe() -> Story:
    """The mayor is to rule on the appeal against the inaction."""
    first = date(2025, 9, 8)
    return [*unanswered(), INACTION, *review(first), *council(_day(first, 52))]


# --- 取消訴訟 ---------------------------------------------------------------------------------

SUE = RecordSuit(
    on=date(2026, 11, 16),
    by=OFFICER,
    act=REVOKED,
    court="例示地方裁判所",
    court_case="令和8年（行ウ）第1号",
    filed=date(2026, 11, 10),
)
COURT_STAY = RecordCourtStay(
    on=date(2026, 12, 1),
    by=OFFICER,
    suit=1,
    scope="処分の効力",
    order="令和8年（行ク）第1号 決定",
)
COURT_STAY_ENDS = RecordCourtStayEnd(on=date(2027, 2, 1), by=OFFICER, suit=1)
JUDGMENT = RecordJudgment(
    on=date(2027, 9, 10),
    by=OFFICER,
    suit=1,
    court="例示地方裁判所",
    court_case="令和8年（行ウ）第1号",
    judgment="取消し",
    summary="聴聞の通知に瑕疵がある。",
)
FINAL = RecordFinality(on=date(2027, 9, 28), by=OFFICER, suit=1)
SUIT_WITHDRAWN = RecordSuitWithdrawn(on=date(2027, 1, 12), by=OFFICER, suit=1)


def sued() -> Story:
    """A suit against the revocation was lodged on 10 November 2026."""
    return [*revocation_served(), SUE]


# --- 処分等の求め -----------------------------------------------------------------------------

COMPLAIN = RecordComplaint(
    on=date(2026, 4, 20),
    by=OFFICER,
    complainant=RESIDENT,
    facts="会計が構成員に公開されていない。",
    sought="改善命令",
    grounds="条例第5条に反する。",
    evidence=("総会資料の写し",),
)
INVESTIGATE = RecordInvestigation(
    on=date(2026, 4, 27),
    by=OFFICER,
    complaint=1,
    method="帳簿を調べ、代表から聴き取った。",
    finding=finding("公開の手続が取られていた。"),
)
SETTLE = SettleComplaint(
    on=date(2026, 5, 7),
    by=MAYOR,
    drafted_by=DRAFTER,
    complaint=1,
    result="処分をしない",
    finding=finding("違反の事実が認められない。"),
    told_complainant=True,
)


def complained() -> Story:
    """A resident asked for an order on 20 April 2026."""
    return [*cast.designated(), COMPLAIN]


# --- 一つずつの例 -----------------------------------------------------------------------------


def acts() -> list[tuple[Story, Command]]:
    """One act of every kind of the remedies, with the story it follows."""
    steps, asked = review(FIRST), council(_day(FIRST, 52))
    done = [
        (cast.under_order(), SEND),
        ([*cast.under_order(), SEND], ARRIVE),
        ([*cast.under_order(), SEND], RETURN),
        ([*cast.under_order(), SEND, RETURN], PUBLISH),
        (published(), DEEMED),
        (served(), NoteAppealPeriodPassed(on=date(2026, 9, 16), by=CALENDAR, act=ORDERED)),
        (served(), NoteSuitPeriodPassed(on=date(2026, 12, 16), by=CALENDAR, act=ORDERED)),
        (served(), APPEAL),
        ([*served(), LATE], EXCUSE),
        (appealed(), MEND),
        ([*appealed(), MEND], MENDED),
        ([*appealed(), MEND], UNMENDED),
        (appealed(), WITHDRAW),
        (appealed(), STAY),
        (appealed(), NO_STAY),
        ([*appealed(), NO_STAY], SEEK),
        ([*appealed(), STAY], LIFT),
        (reviewed(), OMIT),
        ([*served(), LATE], DISMISS),
        (ripe(), REJECT),
        (ripe(), UPHOLD),
        ([*ripe(), UPHOLD, SEND_RULING], RULING_ARRIVES),
        ([*ripe(), VARY, SEND_RULING], RULING_ARRIVES),
        (unanswered(), INACTION),
        (inaction_ripe(), DECLARE),
        (revocation_served(), SUE),
        (sued(), COURT_STAY),
        ([*sued(), COURT_STAY], COURT_STAY_ENDS),
        (sued(), JUDGMENT),
        ([*sued(), JUDGMENT], FINAL),
        (sued(), SUIT_WITHDRAWN),
        (cast.designated(), COMPLAIN),
        (complained(), INVESTIGATE),
        ([*complained(), INVESTIGATE], SETTLE),
    ]
    done += [([*appealed(), *steps[:at]], step) for at, step in enumerate(steps)]
    done += [([*reviewed(), *asked[:at]], step) for at, step in enumerate(asked)]
    return done
