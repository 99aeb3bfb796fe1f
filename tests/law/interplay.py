"""What is contested meets what has ended: a renewal refused, and contracts under a stayed revocation."""

from datetime import date, timedelta

from tests.law import cast, contest, deals, tenure
from tests.law.cast import Story, but

# --- 更新の拒否 ---------------------------------------------------------------------------------

RENEWAL_APPEAL = but(
    contest.APPEAL,
    on=date(2030, 6, 10),
    act=1,
    relief="更新の拒否の取消しを求める。",
    stay_sought="有効期間の満了が迫っている。",
)
RENEWAL_STAY = but(contest.STAY, on=date(2030, 6, 14))
RENEWAL_SERVED: Story = [
    but(contest.UPHOLD, on=date(2030, 10, 1)),
    but(contest.SEND_RULING, on=date(2030, 10, 2)),
    but(contest.RULING_ARRIVES, on=date(2030, 10, 4)),
]


def renewal_appealed() -> Story:
    """The renewal was refused on 3 June 2030, and an appeal arrived on 10 June."""
    told = {"number": 1}
    sent = but(contest.SEND, on=date(2030, 6, 3), **told)
    arrived = but(contest.ARRIVE, on=date(2030, 6, 5), **told)
    return [*tenure.renewing(), tenure.REFUSE, sent, arrived, RENEWAL_APPEAL]


def renewal_lost() -> Story:
    """The term ended on 18 June 2030 in spite of the appeal."""
    return [*renewal_appealed(), tenure.EXPIRE]


def renewal_ripe() -> Story:
    """The mayor is to rule on the refusal of the renewal, from 25 September 2030 on."""
    first = date(2030, 6, 17)
    return [
        *renewal_appealed(),
        *contest.review(first),
        *contest.council(first + timedelta(days=51)),
    ]


# --- 契約の後 -----------------------------------------------------------------------------------


def lost_and_stayed() -> Story:
    """A contract and a lease run; the revocation of 20 October 2026 is stayed since 9 November."""
    served = contest.revocation_served()[len(cast.revoked()) :]
    return [
        *deals.lost(),
        *served,
        contest.REVOCATION_APPEAL,
        but(contest.STAY, on=date(2026, 11, 9)),
    ]
