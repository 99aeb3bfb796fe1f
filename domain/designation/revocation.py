"""指定の取消し（法第260条の49第12項、行手法第13条・第14条・第26条）.

    (hearing.py) 決定待ち → 取消し / 取り消さない決定
    緊急の必要（行手法第13条第2項第1号）→ 取消し → 理由の追完（行手法第14条第2項）

The mayor decides, taking record and report into full account; no timer and no failed check
revokes. The grounds are narrower than those of an order: breaking the law or running the body
badly leads here only through an order that was violated, or through the ordinance.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.decider import Refused
from domain.designation.designated import Revoked
from domain.designation.grounds import Grounds, grounds_stand
from domain.designation.hearing import (
    Hearing,
    HearingEnded,
    Planned,
    Reported,
    RevocationStage,
    Unthreatened,
)
from domain.designation.presiding import is_no_drafter
from domain.designation.tenure.conditions import notice_due
from domain.law import APA_13, APA_14, APA_26, ART_260_49, Citation
from domain.ordinance import Rules
from domain.people import Actor
from domain.procedure import (
    Decision,
    Disposition,
    RemedyNotice,
    expect,
    four_eyes,
    not_before,
    refuse_unless,
    stated,
)
from domain.text import Line, Text

PARA_12 = ART_260_49.para(12)


# --- 事実 -------------------------------------------------------------------------------------


class DesignationRevoked(Event):
    """指定の取消し（法第260条の49第12項）: The mayor revokes the designation.

    `reasons` are None only where `reasons_deferred` says why they could not be given at once
    (行手法第14条第1項ただし書); `urgency` is set where there was no hearing.
    """

    title: ClassVar[str] = "指定の取消し"
    kind: Literal["DesignationRevoked"] = "DesignationRevoked"
    basis: Citation = PARA_12
    drafted_by: Actor
    grounds: Grounds
    consideration: Text | None
    urgency: Finding | None
    reasons: Text | None
    reasons_deferred: Text | None
    remedy_notice: RemedyNotice
    public_notice: Line | None = None
    """The provision under which the revocation is to be put up by 告示, if the ordinance has one."""


class RevocationDeclined(Event):
    """取り消さない決定（法第260条の49第12項）: The designation stands, for stated reasons."""

    title: ClassVar[str] = "取り消さない決定"
    kind: Literal["RevocationDeclined"] = "RevocationDeclined"
    basis: Citation = PARA_12
    drafted_by: Actor
    finding: Finding


class DeferredReasonsGiven(Event):
    """理由の追完（行手法第14条第2項）: The reasons of an urgent revocation, given afterwards."""

    title: ClassVar[str] = "理由の追完"
    kind: Literal["DeferredReasonsGiven"] = "DeferredReasonsGiven"
    basis: Citation = APA_14.para(2)
    drafted_by: Actor
    reasons: Text


RevocationEvent = DesignationRevoked | RevocationDeclined | DeferredReasonsGiven


# --- 命令書 -----------------------------------------------------------------------------------


class RevokeDesignation(Disposition):
    """指定を取り消す（法第260条の49第12項、行手法第26条）: `consideration` of record and report."""

    title: ClassVar[str] = "指定を取り消す"
    cites: ClassVar[Citation] = PARA_12
    kind: Literal["RevokeDesignation"] = "RevokeDesignation"
    consideration: Text


class DeclineRevocation(Decision):
    """取り消さないこととする（法第260条の49第12項）: The paragraph says 「できる」."""

    title: ClassVar[str] = "取り消さないこととする"
    cites: ClassVar[Citation] = PARA_12
    kind: Literal["DeclineRevocation"] = "DeclineRevocation"
    finding: Finding


class RevokeUrgently(Decision):
    """緊急に指定を取り消す（法第260条の49第12項、行手法第13条第2項第1号）: Without a hearing.

    `reasons` may be left for later only where `reasons_deferred` says what pressed.
    """

    title: ClassVar[str] = "緊急に指定を取り消す"
    cites: ClassVar[Citation] = PARA_12
    kind: Literal["RevokeUrgently"] = "RevokeUrgently"
    grounds: Grounds
    urgency: Finding
    reasons: Text | None = None
    reasons_deferred: Text | None = None
    remedy_notice: RemedyNotice | None = None


class GiveDeferredReasons(Decision):
    """理由を追完する（行手法第14条第2項）: Within a reasonable period after the revocation."""

    title: ClassVar[str] = "理由を追完する"
    cites: ClassVar[Citation] = APA_14
    kind: Literal["GiveDeferredReasons"] = "GiveDeferredReasons"
    reasons: Text


RevocationCommand = RevokeDesignation | DeclineRevocation | RevokeUrgently


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: RevocationCommand, stage: RevocationStage, violated: Mapping[int, date], rules: Rules
) -> Sequence[DesignationRevoked | RevocationDeclined]:
    """The facts that a decision on revocation brings about; `violated` as in `Improvements`."""
    match command:
        case RevokeDesignation():
            return [_revoked(command, _heard(stage), violated, rules)]
        case DeclineRevocation():
            return [_declined(command, stage, rules)]
        case RevokeUrgently():
            return [_urgent(command, stage, violated, rules)]


def _heard(stage: RevocationStage) -> Reported:
    """聴聞（行手法第13条第1項第1号イ）: Record and report are there, or the revocation is refused."""
    if isinstance(stage, Reported):
        return stage
    raise Refused(
        APA_13.para(1, "1_イ"),
        f"「{stage.title}」の段階で、聴聞の調書と報告書がそろっていないため、指定を取り消せません",
        "聴聞を終え、報告書を受けてから決定してください（緊急のときは「緊急に指定を取り消す」）",
    )


def _revoked(
    command: RevokeDesignation, reported: Reported, violated: Mapping[int, date], rules: Rules
) -> DesignationRevoked:
    not_before(command, reported.since, "聴聞の報告書の提出")
    plan = reported.hearing.plan
    _independent(command, reported)
    is_no_drafter(reported.hearing.presider, (command.drafted_by.person,), rules, command.on)
    grounds_stand(plan.grounds, violated, command.on, rules)
    return stated(
        DesignationRevoked,
        command,
        rules,
        grounds=plan.grounds,
        urgency=None,
        reasons_deferred=None,
        public_notice=notice_due(command.on, rules),
    )


def _independent(command: Decision, stage: RevocationStage) -> None:
    """Whoever drafted the revocation, or presided at its hearing, does not decide it."""
    if isinstance(stage, Unthreatened):
        return
    four_eyes(command, (stage if isinstance(stage, Planned) else _hearing(stage).plan).drafter)
    refuse_unless(
        isinstance(stage, Planned) or command.by.person != _hearing(stage).presider,
        APA_26,
        "聴聞を主宰した者が自ら決裁することはできません",
    )


def _hearing(stage: Hearing | HearingEnded | Reported) -> Hearing:
    return stage if isinstance(stage, Hearing) else stage.hearing


def _declined(
    command: DeclineRevocation, stage: RevocationStage, rules: Rules
) -> RevocationDeclined:
    threat = expect(stage, (Planned, Hearing, HearingEnded, Reported), command)
    not_before(command, threat.since, threat.title)
    _independent(command, threat)
    return stated(RevocationDeclined, command, rules)


def _urgent(
    command: RevokeUrgently, stage: RevocationStage, violated: Mapping[int, date], rules: Rules
) -> DesignationRevoked:
    _independent(command, stage)
    grounds_stand(command.grounds, violated, command.on, rules)
    refuse_unless(
        command.reasons is None or command.reasons_deferred is None,
        APA_14.para(1),
        "理由を示すときは、示さないで処分すべき差し迫った必要はありません",
        "reasons か reasons_deferred のどちらかだけを記してください",
    )
    refuse_unless(
        command.reasons is not None or command.reasons_deferred is not None,
        APA_14.para(1),
        "取消しの理由がありません",
        "reasons に理由を示すか、示さないで処分すべき差し迫った必要を reasons_deferred に記してください",
    )
    notice = notice_due(command.on, rules)
    return stated(DesignationRevoked, command, rules, consideration=None, public_notice=notice)


def give_reasons(
    command: GiveDeferredReasons, state: object, rules: Rules
) -> list[DeferredReasonsGiven]:
    """理由の追完（行手法第14条第2項）: Once, and only where reasons were deferred."""
    revoked = expect(state, (Revoked,), command)
    refuse_unless(revoked.reasons_due, APA_14.para(2), "取消しの理由はすでに示されています")
    not_before(command, revoked.since, "指定の取消し")
    return [stated(DeferredReasonsGiven, command, rules)]
