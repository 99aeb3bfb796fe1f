"""One act of every kind about contracts and leases, each with the story it follows."""

from datetime import date

from domain.designation.dealings.cancellation import (
    CancelLeaseForBreach,
    ClaimCompensation,
    CloseCompensation,
    DecideCompensation,
    TerminateLease,
)
from domain.designation.dealings.contract import DropContract
from domain.designation.dealings.lease import DropLease
from domain.designation.dealings.performance import (
    NoteContractTermPassed,
    PayContract,
    TerminateContract,
)
from domain.designation.dealings.review import ContinueContract, ContinueLease
from domain.designation.dealings.tenancy import (
    ConfirmReturn,
    ConfirmUse,
    NoteLeaseTermPassed,
    NoteTermNoticeMissed,
    NoteUseDayPassed,
    NoteUsePeriodPassed,
    NotifyTermEnd,
    RecordUseStopped,
)
from domain.people import CALENDAR
from tests.law import deals
from tests.law.act import Act
from tests.law.cast import BODY, DRAFTER, MAYOR, OFFICER, finding

PAY = PayContract(
    on=date(2026, 7, 21), by=OFFICER, contract="C-1", payment="K-1001", amount=287_500
)
TERMINATE_CONTRACT = TerminateContract(
    on=date(2026, 10, 26),
    by=MAYOR,
    drafted_by=DRAFTER,
    contract="C-1",
    ground="指定の効力の喪失による約定",
    settlement=100_000,
    finding=finding("指定が取り消された。"),
)
TERMINATE_LEASE = TerminateLease(
    on=date(2026, 10, 26),
    by=MAYOR,
    drafted_by=DRAFTER,
    lease="L-1",
    ground="指定の効力の喪失による約定",
    finding=finding("指定が取り消された。"),
)
CONTINUE_CONTRACT = ContinueContract(
    on=date(2026, 10, 26),
    by=MAYOR,
    drafted_by=DRAFTER,
    contract="C-1",
    finding=finding("年度末まで見守りを絶やせない。"),
)
CONTINUE_LEASE = ContinueLease(
    on=date(2026, 10, 26),
    by=MAYOR,
    drafted_by=DRAFTER,
    lease="L-1",
    finding=finding("交流の場がほかにない。"),
)
CONFIRM_USE = ConfirmUse(on=date(2026, 5, 11), by=OFFICER, lease="L-1", finding=finding())
STOP_USE = RecordUseStopped(
    on=date(2026, 9, 7),
    by=OFFICER,
    lease="L-1",
    stopped_on=date(2026, 9, 1),
    finding=finding("鍵がかかったままである。"),
)
CANCEL_FOR_BREACH = CancelLeaseForBreach(
    on=date(2026, 9, 14),
    by=MAYOR,
    drafted_by=DRAFTER,
    lease="L-1",
    breach="用途に供することをやめた",
    finding=finding(),
)
NOTIFY_END = NotifyTermEnd(on=date(2028, 9, 1), by=OFFICER, lease="L-1", arrives=date(2028, 9, 4))
RETURN = ConfirmReturn(on=date(2026, 9, 30), by=OFFICER, lease="L-1", finding=finding())
CLAIM = ClaimCompensation(
    on=date(2026, 9, 24),
    by=BODY,
    lease="L-1",
    amount=300_000,
    losses="内装の費用と移転の費用",
    attachments=("領収書",),
)
NO_CLAIM = CloseCompensation(
    on=date(2027, 3, 1), by=OFFICER, lease="L-1", finding=finding("書面で確かめた。")
)
COMPENSATE = DecideCompensation(
    on=date(2026, 11, 2),
    by=MAYOR,
    drafted_by=DRAFTER,
    lease="L-1",
    amount=250_000,
    finding=finding("領収書により算定した。"),
)
USED = [*deals.leased(), CONFIRM_USE]

CONTRACT_ACTS: tuple[Act, ...] = (
    Act(deals.designated(), deals.PLAN_CONTRACT),
    Act(deals.contract_planned(), deals.answer("related")),
    Act(deals.contract_answered(), deals.JUDGE_PROCUREMENT),
    Act([*deals.contract_answered(), deals.JUDGE_PROCUREMENT], deals.DECLARE),
    Act(deals.contract_ready()[:-1], deals.TAKE_ESTIMATES),
    Act(deals.contract_ready(), deals.CONCLUDE_CONTRACT),
    Act(
        deals.contract_planned(),
        DropContract(on=date(2026, 2, 9), by=OFFICER, contract="C-1", finding=finding()),
    ),
    Act(deals.contracted(), deals.AMEND),
    Act(deals.contracted(), deals.CHECK),
    Act([*deals.contracted(), deals.CHECK], PAY),
    Act(
        deals.contracted(),
        NoteContractTermPassed(on=date(2027, 4, 1), by=CALENDAR, contract="C-1"),
    ),
    Act(deals.lost(), TERMINATE_CONTRACT),
    Act(deals.lost(), CONTINUE_CONTRACT),
)
LEASE_ACTS: tuple[Act, ...] = (
    Act(deals.designated(), deals.PLAN_LEASE),
    Act(deals.lease_planned(), deals.lease_answer("ownership")),
    Act(deals.lease_answered(), deals.CONSULT),
    Act([*deals.lease_answered(), deals.CONSULT], deals.CONSIDER),
    Act(deals.lease_ready(), deals.CONCLUDE_LEASE),
    Act(
        deals.lease_planned(),
        DropLease(on=date(2026, 2, 9), by=OFFICER, lease="L-1", finding=finding()),
    ),
    Act(deals.leased(), CONFIRM_USE),
    Act(USED, STOP_USE),
    Act([*USED, STOP_USE], CANCEL_FOR_BREACH),
    Act(deals.leased(), NOTIFY_END),
    Act(deals.leased(), NoteUseDayPassed(on=date(2026, 6, 2), by=CALENDAR, lease="L-1")),
    Act(deals.leased(), NoteUsePeriodPassed(on=date(2028, 6, 1), by=CALENDAR, lease="L-1")),
    Act(deals.leased(), NoteTermNoticeMissed(on=date(2028, 10, 1), by=CALENDAR, lease="L-1")),
    Act(deals.leased(), NoteLeaseTermPassed(on=date(2029, 4, 1), by=CALENDAR, lease="L-1")),
    Act(deals.leased(), deals.CANCEL_FOR_NEED),
    Act(deals.cancelled_for_need(), RETURN),
    Act(deals.cancelled_for_need(), CLAIM),
    Act(deals.cancelled_for_need(), NO_CLAIM),
    Act([*deals.cancelled_for_need(), CLAIM], COMPENSATE),
    Act(deals.lost(), TERMINATE_LEASE),
    Act(deals.lost(), CONTINUE_LEASE),
)
DEALING_ACTS = (*CONTRACT_ACTS, *LEASE_ACTS)
