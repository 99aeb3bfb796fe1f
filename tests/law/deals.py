"""The contract and the lease of the body of `cast`, told as the commands that lead to each stage.

Contract C-1 runs from October 2026 to March 2027, before and after the revocation of 20 October
2026; lease L-1 is of a room in a school, for three years from April 2026.
"""

from datetime import date

from domain.acts import Finding
from domain.designation.dealings.cancellation import CancelLeaseForNeed
from domain.designation.dealings.contract import (
    AnswerContractGate,
    ConcludeContract,
    DeclareInterests,
    Estimate,
    Interest,
    JudgeProcurement,
    PlanContract,
    TakeEstimates,
)
from domain.designation.dealings.gates import gates
from domain.designation.dealings.lease import (
    AnswerLeaseGate,
    ConcludeLease,
    ConsultMayor,
    DesignatedUse,
    PlanLease,
    Property,
    SettleConsideration,
)
from domain.designation.dealings.performance import AmendContract, CheckPerformance
from domain.designation.dealings.terms import Signed, Term
from domain.text import Personal
from tests.law import cast
from tests.law.cast import DRAFTER, MAYOR, OFFICER, Story, designated, finding

SIGNATORY = Personal(of="P-0001", text="例示 七葉")


def signed(day: date) -> Signed:
    """Both sides have signed on the day."""
    return Signed(means="記名押印", municipality_on=day, body_on=day, body_signatory=SIGNATORY)


# --- 随意契約 ---------------------------------------------------------------------------------

PLAN_CONTRACT = PlanContract(
    on=date(2026, 2, 2),
    by=OFFICER,
    contract="C-1",
    affairs="高齢者の見守りに関する事務",
    activity="living",
    planned_price=1_200_000,
    starts=date(2026, 4, 1),
    ends=date(2027, 3, 31),
)
JUDGE_PROCUREMENT = JudgeProcurement(
    on=date(2026, 2, 4), by=OFFICER, contract="C-1", finding=finding("予定価格を確かめた。")
)
MEMBER = Interest(
    person=Personal(of="P-0090", text="例示 八葉"), capacity="議員", post="法人の役員等"
)
DECLARE = DeclareInterests(
    on=date(2026, 2, 5),
    by=OFFICER,
    contract="C-1",
    interests=(MEMBER,),
    finding=finding("役員名簿と議員名簿を照合した。"),
)
ESTIMATE = Estimate(
    submitted_by="例示学区協議会", from_body=True, amount=1_150_000, paper="見積書第1号"
)
TAKE_ESTIMATES = TakeEstimates(
    on=date(2026, 2, 16), by=OFFICER, contract="C-1", estimates=(ESTIMATE,)
)
CONCLUDE_CONTRACT = ConcludeContract(
    on=date(2026, 3, 25),
    by=MAYOR,
    drafted_by=DRAFTER,
    contract="C-1",
    contract_document="業務委託契約書（令和8年3月25日）",
    amount=1_150_000,
    starts=date(2026, 4, 1),
    ends=date(2027, 3, 31),
    signed=signed(date(2026, 3, 25)),
    termination_clause="契約書第15条",
)
CHECK = CheckPerformance(
    on=date(2026, 7, 6),
    by=OFFICER,
    contract="C-1",
    mode="検査",
    portion="第1四半期分",
    passed=True,
    accepted=287_500,
    finding=finding("業務報告書と現地で確かめた。"),
)

AMEND = AmendContract(
    on=date(2026, 9, 1),
    by=MAYOR,
    drafted_by=DRAFTER,
    contract="C-1",
    contract_document="変更契約書（令和8年9月1日）",
    planned_price=1_400_000,
    amount=1_380_000,
    ends=date(2027, 3, 31),
    signed=signed(date(2026, 9, 1)),
    finding=finding("見守りの対象が増えた。"),
)


def answer(gate: str, *, met: bool = True, on: date = date(2026, 2, 3)) -> AnswerContractGate:
    """An officer's answer to one question about the contract."""
    return AnswerContractGate(
        on=on, by=OFFICER, contract="C-1", gate=gate, met=met, finding=finding()
    )


def contract_planned() -> Story:
    """The affairs to be entrusted are planned."""
    return [*designated(), PLAN_CONTRACT]


def contract_answered() -> Story:
    """The officer's questions are answered."""
    asked = [gate.id for gate in gates("随意契約") if gate.who == "担当職員"]
    return [*contract_planned(), *(answer(gate) for gate in asked)]


def contract_ready() -> Story:
    """Every gate is met; the contract can be concluded."""
    return [*contract_answered(), JUDGE_PROCUREMENT, DECLARE, TAKE_ESTIMATES]


def contracted() -> Story:
    """The contract stands, for 1,150,000 yen until 31 March 2027."""
    return [*contract_ready(), CONCLUDE_CONTRACT]


# --- 貸付け -----------------------------------------------------------------------------------

ROOM = Property(
    number="台帳第120号",
    name="例示小学校 第二図工室",
    category="学校の校舎",
    kind="建物",
    managed_by="例示市教育委員会",
    by_committee=True,
)
PLAN_LEASE = PlanLease(
    on=date(2026, 1, 13),
    by=OFFICER,
    lease="L-1",
    property=ROOM,
    activity="exchange",
    intended_use="住民の交流の場",
)
CONSULT = ConsultMayor(
    on=date(2026, 1, 20),
    by=OFFICER,
    lease="L-1",
    reply="異議なし",
    replied_on=date(2026, 1, 20),
    reply_document="例財第12号",
)
CONSIDER = SettleConsideration(
    on=date(2026, 1, 26),
    by=OFFICER,
    lease="L-1",
    fair_rent=240_000,
    rent=240_000,
    finding=finding("不動産鑑定の例による。"),
)
USE = DesignatedUse(
    use="住民の交流の場",
    begins=date(2026, 6, 1),
    period=Term(starts=date(2026, 6, 1), ends=date(2028, 5, 31)),
)
CONCLUDE_LEASE = ConcludeLease(
    on=date(2026, 3, 16),
    by=MAYOR,
    drafted_by=DRAFTER,
    lease="L-1",
    contract_document="定期建物賃貸借契約書（令和8年3月16日）",
    instrument="定期建物賃貸借",
    term=Term(starts=date(2026, 4, 1), ends=date(2029, 3, 31)),
    rent=240_000,
    designated_use=USE,
    explained_on=date(2026, 3, 9),
    signed=signed(date(2026, 3, 16)),
    termination_clause="契約書第12条",
)
CANCEL_FOR_NEED = CancelLeaseForNeed(
    on=date(2026, 9, 1),
    by=MAYOR,
    drafted_by=DRAFTER,
    lease="L-1",
    needed_by="例示市",
    need="公共用",
    finding=Finding(reasons="児童の増加により普通教室とする。", evidence=("学級編制表",)),
)


def lease_answer(gate: str, *, met: bool = True, on: date = date(2026, 1, 15)) -> AnswerLeaseGate:
    """An officer's answer to one question about the lease."""
    return AnswerLeaseGate(on=on, by=OFFICER, lease="L-1", gate=gate, met=met, finding=finding())


def lease_planned(plan: PlanLease = PLAN_LEASE) -> Story:
    """The lease of a property is planned."""
    return [*designated(), plan]


def lease_answered(plan: PlanLease = PLAN_LEASE) -> Story:
    """The officer's questions are answered."""
    asked = [gate.id for gate in gates("貸付け") if gate.who == "担当職員"]
    return [*lease_planned(plan), *(lease_answer(gate) for gate in asked)]


def lease_ready() -> Story:
    """Every gate is met; the lease can be concluded."""
    return [*lease_answered(), CONSULT, CONSIDER]


def leased() -> Story:
    """The lease stands, until 31 March 2029; the use must begin by 1 June 2026."""
    return [*lease_ready(), CONCLUDE_LEASE]


def cancelled_for_need() -> Story:
    """The lease was cancelled for public need on 1 September 2026."""
    return [*leased(), CANCEL_FOR_NEED]


# --- 指定の効力を失った後 ---------------------------------------------------------------------


def lost() -> Story:
    """Contract and lease run, and the designation was revoked on 20 October 2026."""
    deals = [*contract_ready()[len(designated()) :], CONCLUDE_CONTRACT]
    rooms = leased()[len(designated()) :]
    return [*designated(), *rooms, *deals, *cast.revoked()[len(designated()) :]]
