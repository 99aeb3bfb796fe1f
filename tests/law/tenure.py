"""例示市 from 1 April 2027: a body designated for three years, and what becomes of it.

The ordinance as amended knows a term, a renewal, notices of change, a relinquishment and 告示; the
story is that of `cast`, told two years later.
"""

from datetime import date, timedelta

from domain.designation import Command
from domain.designation.tenure.changes import Change, NotifyChange
from domain.designation.tenure.leaving import RecordDissolution, Relinquish
from domain.designation.tenure.notices import RecordPublicNotice
from domain.designation.tenure.renewal import (
    ApplyForRenewal,
    NoteTermExpired,
    RefuseRenewal,
    RenewDesignation,
    WithdrawRenewal,
)
from domain.people import CALENDAR
from tests.law import cast
from tests.law.cast import BODY, DRAFTER, MAYOR, OFFICER, Story, but, finding

TWO_YEARS = timedelta(days=728)
NOTICE = RecordPublicNotice(
    on=date(2027, 6, 18), by=OFFICER, of="指定", number="令和9年例示市告示第12号"
)
CHANGE = NotifyChange(
    on=date(2027, 9, 10),
    by=BODY,
    changed=date(2027, 9, 1),
    changes=(Change(matter="主たる事務所の所在地", before="一丁目1番1号", after="一丁目2番3号"),),
)
APPLY = ApplyForRenewal(
    on=date(2030, 5, 7), by=BODY, statement="引き続き活動するため。", attachments=("事業計画書",)
)
RENEW = RenewDesignation(
    on=date(2030, 6, 3), by=MAYOR, drafted_by=DRAFTER, requirements=finding("要件を満たしている。")
)
REFUSE = RefuseRenewal(
    on=date(2030, 6, 3),
    by=MAYOR,
    drafted_by=DRAFTER,
    finding=finding("総会が3年開かれていない。"),
    reasons="条例第3条第2項の要件を満たさない。",
)
WITHDRAW = WithdrawRenewal(on=date(2030, 5, 20), by=BODY, why="役員の改選を待つため。")
EXPIRE = NoteTermExpired(on=date(2030, 6, 19), by=CALENDAR, term=1)
RELINQUISH = Relinquish(
    on=date(2028, 3, 31),
    by=BODY,
    reasons="担い手がいないため。",
    resolution="令和9年度臨時総会議決",
)
DISSOLVE = RecordDissolution(
    on=date(2028, 4, 10),
    by=OFFICER,
    dissolved=date(2028, 3, 31),
    cause="総会の議決による解散",
    finding=finding("議決書の写しを確かめた。"),
)


def later(command: Command) -> Command:
    """The same act two years later, on the same day of the week."""
    days = {name: value + TWO_YEARS for name, value in command if isinstance(value, date)}
    return but(command, **days)


def designated() -> Story:
    """Designated with effect from 18 June 2027, so until 18 June 2030."""
    return [later(command) for command in cast.designated()]


def renewing() -> Story:
    """The body has applied for a renewal in time."""
    return [*designated(), APPLY]


ACTS: tuple[tuple[Story, Command], ...] = (
    (designated(), NOTICE),
    (designated(), CHANGE),
    (designated(), APPLY),
    (renewing(), RENEW),
    (renewing(), REFUSE),
    (renewing(), WITHDRAW),
    (designated(), EXPIRE),
    (designated(), RELINQUISH),
    (designated(), DISSOLVE),
)
