"""支援・公表・調整（③④⑤）: The story of what the municipality and the body did together.

The body is designated with effect from 20 June 2025; `ACTS` holds one act of every kind with the
story it follows.
"""

from datetime import date

from domain.designation import Command
from domain.designation.cooperation.coordinating import (
    CloseCoordination,
    DeclineCoordination,
    FindCoordinationNecessary,
    FindCoordinationUnnecessary,
    RecordCoordinationMeasure,
    RequestCoordination,
    WithdrawCoordination,
)
from domain.designation.cooperation.giving import ChangeSupportPlan, GiveSupport, PlanSupport
from domain.designation.cooperation.publishing import (
    CorrectPublication,
    Medium,
    NotePublicationOverdue,
    Publish,
    WithdrawPublication,
)
from domain.designation.cooperation.settlement import CloseSupport, ForgoReturn, RecordReturn
from domain.people import CALENDAR
from tests.law import cast
from tests.law.cast import BODY, DRAFTER, MAYOR, OFFICER, Story, but, finding

# --- 支援 -------------------------------------------------------------------------------------

PLAN_GRANT = PlanSupport(
    on=date(2025, 7, 10),
    by=MAYOR,
    drafted_by=DRAFTER,
    document="例協第21号",
    form="補助金",
    content="見守り活動の費用の補助",
    activities=("living",),
    limit=1_200_000,
    public_interest=finding("高齢者の見守りは、公益上必要と認める。"),
    budget="令和7年度 2款1項7目18節",
    conditions="実績を報告し、残額を返還すること。",
)
PLAN_STAFF = PlanSupport(
    on=date(2025, 8, 1),
    by=MAYOR,
    drafted_by=DRAFTER,
    form="職員の派遣",
    content="交流行事の企画のため、職員を週1日派遣する。",
    activities=("exchange",),
    until=date(2026, 3, 31),
)
RAISE = ChangeSupportPlan(
    on=date(2025, 9, 1),
    by=MAYOR,
    drafted_by=DRAFTER,
    support=1,
    limit=1_500_000,
    public_interest=finding("対象の世帯が増えた。"),
    reasons="見守りの対象が増えたため。",
)
GIVE = GiveSupport(
    on=date(2025, 8, 5),
    by=OFFICER,
    document="支出命令第401号",
    support=1,
    content="第1回交付",
    amount=800_000,
    evidence=("支出命令書（架空）",),
)
GIVE_MORE = but(
    GIVE, on=date(2025, 11, 5), document="支出命令第733号", content="第2回交付", amount=400_000
)
SETTLE = CloseSupport(
    on=date(2026, 4, 20),
    by=MAYOR,
    drafted_by=DRAFTER,
    support=1,
    finding=finding("実績報告書により額を確定する。"),
    settled=1_100_000,
)
GO_BACK = RecordReturn(on=date(2026, 5, 15), by=OFFICER, support=1, amount=60_000)
FORGO = ForgoReturn(
    on=date(2026, 12, 25),
    by=MAYOR,
    drafted_by=DRAFTER,
    support=1,
    authority="令和8年12月例示市議会 議案第90号（権利の放棄）",
    finding=finding("返還の資力がない。"),
)


def supported() -> Story:
    """A grant is planned, 1,200,000 yen at most."""
    return [*cast.designated(), PLAN_GRANT]


def given_in_full() -> Story:
    """The grant has been given in two parts."""
    return [*supported(), GIVE, GIVE_MORE]


def settled() -> Story:
    """The grant was settled at 1,100,000 yen; 100,000 are to be returned."""
    return [*given_in_full(), SETTLE]


# --- 公表 -------------------------------------------------------------------------------------

WEBSITE = Medium(means="インターネット", place="https://www.city.example.lg.jp/kyodo/r7.html")
BOARD = Medium(means="掲示", place="例示市役所 本庁舎前掲示場")
PUBLISH = Publish(
    on=date(2026, 5, 29),
    by=MAYOR,
    drafted_by=DRAFTER,
    fiscal_year=2025,
    state_of_activities="見守りを延べ1,240世帯に行った。交流会を6回開いた。",
    state_of_support="見守り活動の補助1,200,000円、職員の派遣。",
    media=(WEBSITE, BOARD),
)
CORRECT = CorrectPublication(
    on=date(2026, 6, 10),
    by=MAYOR,
    drafted_by=DRAFTER,
    fiscal_year=2025,
    corrects=1,
    state_of_activities="見守りを延べ1,204世帯に行った。交流会を6回開いた。",
    state_of_support=PUBLISH.state_of_support,
    media=(WEBSITE, BOARD),
    reasons="世帯数の誤記のため。",
)
WITHDRAW = WithdrawPublication(
    on=date(2026, 6, 15),
    by=MAYOR,
    drafted_by=DRAFTER,
    fiscal_year=2025,
    version=1,
    reasons="住民の氏名が写った画像が含まれていたため。",
)
OVERDUE = NotePublicationOverdue(on=date(2026, 7, 1), by=CALENDAR, fiscal_year=2025)


def published() -> Story:
    """The state of 令和7年度 can be read since 29 May 2026."""
    return [*cast.designated(), PUBLISH]


# --- 調整 -------------------------------------------------------------------------------------

ASK = RequestCoordination(
    on=date(2025, 9, 8),
    by=BODY,
    activities=("living",),
    counterpart="例示地区社会福祉協議会",
    counterpart_number="B-0044",
    counterpart_activities="高齢者の配食",
    relation="同じ世帯を訪ねており、見守りと関連が高い。",
    asked="訪問の曜日が重ならないよう、担当する日を分けたい。",
    attachments=("訪問日程表",),
)
TAKE_BACK = WithdrawCoordination(
    on=date(2025, 9, 12), by=BODY, coordination=1, why="相手方と話がついたため"
)
FIND = FindCoordinationNecessary(
    on=date(2025, 9, 22),
    by=MAYOR,
    drafted_by=DRAFTER,
    coordination=1,
    necessity=finding("訪問の重複が月に30件ある。"),
    notified=date(2025, 9, 24),
)
DECLINE = DeclineCoordination(
    on=date(2025, 9, 22),
    by=MAYOR,
    drafted_by=DRAFTER,
    coordination=1,
    finding=finding("両者の協議で足りる。"),
    notified=date(2025, 9, 24),
)
MEASURE = RecordCoordinationMeasure(
    on=date(2025, 10, 3),
    by=OFFICER,
    coordination=1,
    content="三者の打合せを開き、担当する曜日の案を示した。",
    evidence=("打合せ記録（架空）",),
)
NO_NEED = FindCoordinationUnnecessary(
    on=date(2025, 10, 20),
    by=MAYOR,
    drafted_by=DRAFTER,
    coordination=1,
    finding=finding("相手方が配食をやめた。"),
    notified=date(2025, 10, 21),
)
END = CloseCoordination(
    on=date(2025, 11, 4),
    by=MAYOR,
    drafted_by=DRAFTER,
    coordination=1,
    finding=finding("担当する曜日が合意された。"),
)


def asked() -> Story:
    """The body has asked for coordination."""
    return [*cast.designated(), ASK]


def necessary() -> Story:
    """The mayor found the coordination necessary."""
    return [*asked(), FIND]


ACTS: tuple[tuple[Story, Command], ...] = (
    (cast.designated(), PLAN_GRANT),
    (supported(), RAISE),
    (supported(), GIVE),
    (given_in_full(), SETTLE),
    (settled(), GO_BACK),
    (settled(), FORGO),
    (cast.designated(), PUBLISH),
    (published(), CORRECT),
    (published(), WITHDRAW),
    (cast.designated(), OVERDUE),
    (cast.designated(), ASK),
    (asked(), TAKE_BACK),
    (asked(), FIND),
    (asked(), DECLINE),
    (necessary(), MEASURE),
    (necessary(), NO_NEED),
    ([*necessary(), MEASURE], END),
)
