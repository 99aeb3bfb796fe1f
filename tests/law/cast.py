"""The people of 例示市 and the story of one body, from its application to its revocation.

Nobody here exists. Each function tells the story up to a stage, as the commands that lead there;
`but(command, on=…)` is the same command told differently.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from domain.acts import Finding
from domain.designation import Command
from domain.designation.correction import Amendment, RequestCorrection, SubmitCorrection
from domain.designation.examination import (
    CompleteReview,
    Designate,
    ExamineMechanically,
    ExamineRequirement,
    RefuseDesignation,
)
from domain.designation.explanation import (
    InviteExplanation,
    ProposeImprovementOrder,
    SubmitExplanation,
)
from domain.designation.grounds import Ground, OrderViolated
from domain.designation.hearing import (
    CloseHearing,
    HoldHearingSession,
    NotifyHearing,
    ProposeRevocation,
    SubmitHearingReport,
)
from domain.designation.improvement import FindOrderViolated, OrderImprovement
from domain.designation.intake import Defect, FileApplication, PassFormalCheck
from domain.designation.reporting import RequestReport
from domain.designation.requirements import (
    MATTERS,
    Clause,
    GoverningRules,
    OfResidents,
    Particulars,
    checklist,
)
from domain.designation.revocation import RevokeDesignation
from domain.docket import DocketCommand
from domain.ordinance import Rules
from domain.people import Acting, Actor
from domain.text import Personal
from tests.law.example import RULES

A = TypeVar("A", bound=Command | DocketCommand | Actor | Particulars)
Story = list[Command]

BODY = Actor(person="B-0001", office="代表", name="例示学区協議会", role="body")
OTHER_BODY = Actor(person="B-0002", office="代表", name="別例学区協議会", role="body")
OFFICER = Actor(person="S-0101", office="協働推進課主査", name="例示 一葉", role="officer")
DRAFTER = Actor(person="S-0102", office="協働推進課主任", name="例示 二葉", role="officer")
CHIEF = Actor(person="S-0201", office="協働推進課長", name="例示 三葉", role="officer")
PRESIDER = Actor(person="S-0301", office="法務課長", name="例示 四葉", role="presider")
OTHER_PRESIDER = Actor(person="S-0302", office="法務課主幹", name="例示 五葉", role="presider")
MAYOR = Actor(person="S-0001", office="例示市長", name="例示 六葉", role="mayor")
FOR_THE_MAYOR = Acting(mode="専決", office="例示市長", name="例示 六葉")
CHIEF_FOR_THE_MAYOR = CHIEF.model_copy(update={"acting": FOR_THE_MAYOR})


def but(act: A, /, **fields: object) -> A:
    """The same with some fields told differently, checked like any other."""
    return type(act).model_validate({**dict(act), **fields})


def finding(reasons: str = "書面と現地で確かめた。") -> Finding:
    """A finding on evidence."""
    return Finding(reasons=reasons, evidence=("確認記録（架空）",))


BYLAWS = GoverningRules(
    document="例示学区協議会規約",
    clauses=tuple(
        Clause(matter=matter, clause=f"第{number}条") for number, matter in enumerate(MATTERS, 1)
    ),
)
FILE = FileApplication(
    on=date(2025, 6, 2),
    by=BODY,
    body_name="例示学区協議会",
    representative=Personal(of="P-0001", text="例示 七葉"),
    office_address="例示市（架空の学区）一丁目1番1号",
    composition=OfResidents(principal_members=100, residents=90),
    area="例示小学校区",
    activities=("living", "exchange"),
    governing_rules=BYLAWS,
    attachments=("規約", "役員名簿", "構成員名簿"),
    received_at="協働推進課",
)
SAID = Particulars(**{name: getattr(FILE, name) for name in Particulars.model_fields})
DEFECT = Defect(field="添付書類", remedy="構成員名簿を添える")
REQUEST_CORRECTION = RequestCorrection(
    on=date(2025, 6, 3), by=MAYOR, drafted_by=DRAFTER, defects=(DEFECT,)
)
CORRECT = SubmitCorrection(
    on=date(2025, 6, 10), by=BODY, amendment=Amendment(attachments=FILE.attachments)
)
PASS = PassFormalCheck(on=date(2025, 6, 4), by=OFFICER, checked=("申請書の記載", "添付書類"))
COMPUTE = ExamineMechanically(on=date(2025, 6, 9), by=OFFICER)
COMPLETE = CompleteReview(on=date(2025, 6, 16), by=OFFICER, opinion="指定が相当である。")
DESIGNATE = Designate(
    on=date(2025, 6, 18),
    by=MAYOR,
    drafted_by=DRAFTER,
    necessity=finding("担い手がほかになく、必要と認める。"),
    arrives=date(2025, 6, 20),
)
REFUSE = RefuseDesignation(
    on=date(2025, 6, 18),
    by=MAYOR,
    drafted_by=DRAFTER,
    ground="必要性",
    criterion="審査基準 第2",
    reasons="同じ区域にすでに指定された団体があり、必要と認められない。",
)
REQUEST_REPORT = RequestReport(
    on=date(2026, 4, 10),
    by=MAYOR,
    drafted_by=DRAFTER,
    matters="令和7年度の活動の状況",
    need=finding("公開がないとの申出がある。"),
)
PROPOSE_ORDER = ProposeImprovementOrder(
    on=date(2026, 5, 20),
    by=OFFICER,
    grounds=("著しく不適正な運営",),
    facts="総会が開かれていない。",
    evidence=("報告書",),
    measures="臨時総会を開くこと。",
)
INVITE = InviteExplanation(
    on=date(2026, 5, 25),
    by=MAYOR,
    drafted_by=DRAFTER,
    improvement=1,
    planned="法第260条の49第11項に基づく改善命令",
    facts="総会が開かれていない。",
    submit_to="協働推進課",
    arrives=date(2026, 5, 27),
)
EXPLAIN = SubmitExplanation(
    on=date(2026, 6, 5), by=BODY, improvement=1, statement="役員の欠員によるものです。"
)
ORDER = OrderImprovement(
    on=date(2026, 6, 12),
    by=MAYOR,
    drafted_by=DRAFTER,
    improvement=1,
    measures="臨時総会を開くこと。",
    comply_by=date(2026, 8, 31),
    within_need=finding("総会の開催に限る。"),
    reasons="運営が著しく適正を欠く。",
)
FIND_VIOLATED = FindOrderViolated(
    on=date(2026, 9, 7), by=MAYOR, drafted_by=DRAFTER, improvement=1, finding=finding()
)
PROPOSE_REVOCATION = ProposeRevocation(
    on=date(2026, 9, 14),
    by=OFFICER,
    grounds=(OrderViolated(improvement=1),),
    facts="改善命令に従っていない。",
)
NOTIFY = NotifyHearing(
    on=date(2026, 9, 16),
    by=MAYOR,
    drafted_by=DRAFTER,
    planned="指定の取消し",
    facts="改善命令に従っていない。",
    held_on=date(2026, 10, 5),
    place="例示市役所 会議室",
    bureau="協働推進課（例示市役所）",
    arrives=date(2026, 9, 18),
    presider=PRESIDER,
    disqualified_under=(),
)
HOLD = HoldHearingSession(
    on=date(2026, 10, 5),
    by=PRESIDER,
    present=(Personal(of="P-0001", text="例示 七葉"),),
    statements="欠員があったと述べた。",
    record="聴聞調書第1号",
)
CLOSE = CloseHearing(on=date(2026, 10, 5), by=PRESIDER, why="審理の終了")
REPORT_HEARING = SubmitHearingReport(
    on=date(2026, 10, 9), by=PRESIDER, report="聴聞報告書第1号", opinion="違反の事実が認められる。"
)
REVOKE = RevokeDesignation(
    on=date(2026, 10, 20),
    by=MAYOR,
    drafted_by=DRAFTER,
    reasons="改善命令に違反した。",
    consideration="調書と報告書を十分に参酌した。",
)


def applied() -> Story:
    """The application has arrived."""
    return [FILE]


def correcting() -> Story:
    """A correction has been asked for, to be made by 17 June 2025."""
    return [FILE, REQUEST_CORRECTION]


def under_review(filed: FileApplication = FILE) -> Story:
    """The formal check is passed."""
    return [filed, PASS]


def examined(
    unmet: Sequence[str] = (), filed: FileApplication = FILE, rules: Rules = RULES
) -> Story:
    """Every requirement is examined, and met but for the ids in `unmet`."""
    said = Particulars(**{name: getattr(filed, name) for name in Particulars.model_fields})
    items = checklist(said, rules.ordinance, date(2025, 6, 10))
    by_hand = [
        ExamineRequirement(
            on=date(2025, 6, 10),
            by=OFFICER,
            requirement=item.id,
            met=item.id not in unmet,
            finding=finding(),
        )
        for item in items
        if item.proof != "machine"
    ]
    return [*under_review(filed), COMPUTE, *by_hand]


def decision_pending(
    unmet: Sequence[str] = (), filed: FileApplication = FILE, rules: Rules = RULES
) -> Story:
    """The review is completed; the mayor is to decide."""
    return [*examined(unmet, filed, rules), COMPLETE]


def designated() -> Story:
    """The body is designated, with effect from 20 June 2025."""
    return [*decision_pending(), DESIGNATE]


def explaining() -> Story:
    """The body may explain itself until 10 June 2026."""
    return [*designated(), PROPOSE_ORDER, INVITE]


def under_order() -> Story:
    """An improvement order is in force until 31 August 2026."""
    return [*explaining(), EXPLAIN, ORDER]


def violated() -> Story:
    """The order was found violated on 7 September 2026."""
    return [*under_order(), FIND_VIOLATED]


def threatened(*grounds: Ground) -> Story:
    """A revocation is drafted, on `grounds` or on the order that was violated."""
    if not grounds:
        return [*violated(), PROPOSE_REVOCATION]
    return [*designated(), but(PROPOSE_REVOCATION, grounds=grounds)]


def hearing_open(*grounds: Ground) -> Story:
    """A hearing is to be held on 5 October 2026."""
    return [*threatened(*grounds), NOTIFY]


def hearing_closed(*grounds: Ground) -> Story:
    """The hearing is closed; its report is awaited."""
    return [*hearing_open(*grounds), HOLD, CLOSE]


def hearing_reported(*grounds: Ground) -> Story:
    """Record and report are there; the mayor is to decide on the revocation."""
    return [*hearing_closed(*grounds), REPORT_HEARING]


def revoked(*grounds: Ground) -> Story:
    """The designation is revoked."""
    return [*hearing_reported(*grounds), REVOKE]
