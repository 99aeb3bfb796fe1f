"""裁決（行審法第44条–第46条・第49条–第52条）: 却下, 棄却 or 認容, in effect from its arrival.

    却下 at any stage; 棄却 and 認容 only after 意見書 and 答申, or the reason for none
    → (service.py) 裁決書の謄本の送達 → 処分の取消し

An act annulled as a whole counts as never done: a designation never ended, an order never
made, an application never refused [interpretation: from the start].
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Command, Event, Finding
from domain.designation.remedies.acts import Contested, Number
from domain.designation.remedies.appeals import Appeal, Outcome, Ruling, pending
from domain.designation.remedies.council import settled
from domain.law import (
    ACL_32,
    ARA_9,
    ARA_18,
    ARA_23,
    ARA_42,
    ARA_45,
    ARA_46,
    ARA_48,
    ARA_49,
    Citation,
)
from domain.ordinance import Ordinance, Rules
from domain.people import Actor
from domain.periods import Deadline, fixed
from domain.procedure import Decision, Disposition, RemedyNotice, four_eyes, refuse_unless, stated
from domain.text import Line, Text

Inadmissible = Literal[
    "期間の経過", "補正がない", "対象の消滅", "相当の期間の未経過", "その他の不適法"
]
Relief = Literal["全部取消し", "一部取消し", "変更"]


def ruling_notice(ordinance: Ordinance) -> RemedyNotice:
    """裁決に対する教示（行訴法第46条第1項）: No further appeal; the suit, and against whom."""
    city, mayor = ordinance.name, ordinance.mayor
    return RemedyNotice(
        appeal="この裁決に対して、重ねて審査請求をすることはできません。",
        lawsuit=(
            "この裁決に係る処分の取消しの訴えは、この裁決があったことを知った日から6か月以内に、"
            f"{city}を被告として（訴訟において{city}を代表する者は{mayor}となります。）提起することが"
            "できます（この裁決の日から1年を経過したときは、提起することができません。）。"
            "この裁決の取消しの訴えでは、処分の違法を理由とすることができません。"
        ),
    )


# --- 事実 -------------------------------------------------------------------------------------


class AppealDismissed(Event):
    """審査請求の却下（行審法第45条第1項）: It is inadmissible; the act was not examined."""

    title: ClassVar[str] = "審査請求の却下"
    kind: Literal["AppealDismissed"] = "AppealDismissed"
    basis: Citation = ARA_45.para(1)
    drafted_by: Actor
    appeal: Number
    act: Contested | None
    because: Inadmissible
    reasons: Text
    remedy_notice: RemedyNotice


class AppealRejected(Event):
    """審査請求の棄却（行審法第45条第2項）: The act stands.

    `though_unlawful` is set where the act is unlawful but its annulment would gravely harm the
    public (事情裁決, 第45条第3項). `departs` says why where the ruling differs from 意見書 or 答申.
    """

    title: ClassVar[str] = "審査請求の棄却"
    kind: Literal["AppealRejected"] = "AppealRejected"
    basis: Citation = ARA_45.para(2)
    drafted_by: Actor
    appeal: Number
    act: Contested | None
    outline: Text
    though_unlawful: Finding | None
    departs: Text | None
    reasons: Text
    remedy_notice: RemedyNotice


class AppealUpheld(Event):
    """審査請求の認容（行審法第46条第1項）: The act is annulled or varied when the ruling arrives."""

    title: ClassVar[str] = "審査請求の認容"
    kind: Literal["AppealUpheld"] = "AppealUpheld"
    basis: Citation = ARA_46.para(1)
    drafted_by: Actor
    appeal: Number
    act: Contested
    relief: Relief
    varied: Text | None
    comply_by: date | None
    outline: Text
    departs: Text | None
    grounds: Text
    lawsuit_notice: Text | None


class InactionDeclared(Event):
    """不作為の違法の宣言（行審法第49条第3項）: The application must be decided on."""

    title: ClassVar[str] = "不作為の違法の宣言"
    kind: Literal["InactionDeclared"] = "InactionDeclared"
    basis: Citation = ARA_49.para(3)
    drafted_by: Actor
    appeal: Number
    outline: Text
    departs: Text | None
    measure: Text
    grounds: Text


class ActAnnulled(Event):
    """処分の取消し（行審法第46条第1項・行訴法第32条第1項）: The act counts as never done.

    It follows the arrival of a ruling, or the finality of a judgment.
    """

    title: ClassVar[str] = "処分の取消し"
    kind: Literal["ActAnnulled"] = "ActAnnulled"
    basis: Citation = ARA_46.para(1)
    act: Contested
    source: Line


class ActVaried(Event):
    """処分の一部取消し又は変更（行審法第46条第1項）: The act stands as the ruling leaves it.

    It follows the arrival of the ruling; `due` is the new deadline of an order, if it got one.
    """

    title: ClassVar[str] = "処分の一部取消し又は変更"
    kind: Literal["ActVaried"] = "ActVaried"
    basis: Citation = ARA_46.para(1)
    act: Contested
    source: Line
    varied: Text
    due: Deadline | None


RulingEvent = AppealDismissed | AppealRejected | AppealUpheld | InactionDeclared


# --- 命令書 -----------------------------------------------------------------------------------


class DismissAppeal(Disposition):
    """審査請求を却下する（行審法第45条第1項、第49条第1項、第24条）: With reasons, at any stage."""

    title: ClassVar[str] = "審査請求を却下する"
    cites: ClassVar[Citation] = ARA_45
    kind: Literal["DismissAppeal"] = "DismissAppeal"
    appeal: Number
    because: Inadmissible


class RejectAppeal(Disposition):
    """審査請求を棄却する（行審法第45条第2項・第3項、第49条第2項）: The act stands."""

    title: ClassVar[str] = "審査請求を棄却する"
    cites: ClassVar[Citation] = ARA_45
    kind: Literal["RejectAppeal"] = "RejectAppeal"
    appeal: Number
    outline: Text
    though_unlawful: Finding | None = None
    departs: Text | None = None


class UpholdAppeal(Decision):
    """審査請求を認容する（行審法第46条第1項）: `varied` says what is left of the act, and how.

    `comply_by` is the later day by which a varied order is to be complied with.
    """

    title: ClassVar[str] = "審査請求を認容する"
    cites: ClassVar[Citation] = ARA_46
    kind: Literal["UpholdAppeal"] = "UpholdAppeal"
    appeal: Number
    relief: Relief
    varied: Text | None = None
    comply_by: date | None = None
    outline: Text
    departs: Text | None = None
    grounds: Text


class DeclareInaction(Decision):
    """不作為の違法を宣言する（行審法第49条第3項）: `measure` is what is to be done on the application."""

    title: ClassVar[str] = "不作為の違法を宣言する"
    cites: ClassVar[Citation] = ARA_49
    kind: Literal["DeclareInaction"] = "DeclareInaction"
    appeal: Number
    outline: Text
    departs: Text | None = None
    measure: Text
    grounds: Text


RulingCommand = DismissAppeal | RejectAppeal | UpholdAppeal | DeclareInaction


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: RulingCommand, appeal: Appeal, due: Deadline | None, rules: Rules
) -> Sequence[RulingEvent]:
    """裁決（行審法第44条）: The ruling on an appeal that is pending, by none of those who reviewed it.

    `due` is the deadline the contested act set, if it set one.
    """
    pending(command, appeal)
    four_eyes(command, appeal.review.officer)
    refuse_unless(
        command.drafted_by.person != appeal.review.officer,
        ARA_9.para(2, 1),
        "審理員が裁決の案を作ることはできません",
    )
    match command:
        case DismissAppeal():
            return [_dismissed(command, appeal, rules)]
        case RejectAppeal():
            _on_the_merits(command, appeal)
            return [_rejected(command, appeal, rules)]
        case UpholdAppeal():
            _on_the_merits(command, appeal)
            _no_worse(command, due)
            return [_upheld(command, appeal, rules)]
        case DeclareInaction():
            _on_the_merits(command, appeal)
            refuse_unless(appeal.act is None, ARA_49.para(3), "処分についての審査請求です")
            return [stated(InactionDeclared, command, rules)]


def _on_the_merits(command: RulingCommand, appeal: Appeal) -> None:
    """本案の裁決: In time or excused, reviewed, and seen by the council or exempt from it."""
    refuse_unless(
        appeal.in_time or appeal.excused,
        ARA_18.para(1),
        "期間の経過後の審査請求で、正当な理由が認められていません",
        "「期間経過の正当な理由を認める」か「審査請求を却下する」を行ってください",
    )
    refuse_unless(
        appeal.review.opinion is not None,
        ARA_42.para(2),
        f"審理員意見書がないため、「{command.title}」ことはできません",
        "審理員による審理を終えてから裁決してください",
    )
    settled(appeal)


def _dismissed(command: DismissAppeal, appeal: Appeal, rules: Rules) -> AppealDismissed:
    if command.because == "期間の経過":
        refuse_unless(
            not appeal.in_time and not appeal.excused,
            ARA_18.para(1),
            "期間内にされたか、正当な理由が認められた審査請求です",
        )
    if command.because == "補正がない":
        refuse_unless(
            appeal.correction is not None and appeal.correction.lapsed,
            ARA_23,
            "補正を求めていないか、その期限の経過が記録されていません",
        )
    refuse_unless(
        command.because != "相当の期間の未経過" or appeal.act is None,
        ARA_45.para(1),
        "処分についての審査請求に、申請から相当の期間が経過したかどうかは関わりません",
    )
    basis = ARA_45.para(1) if appeal.act else ARA_49.para(1)
    notice = command.remedy_notice or ruling_notice(rules.ordinance)
    return stated(
        AppealDismissed, command, rules, basis=basis, act=appeal.act, remedy_notice=notice
    )


def _rejected(command: RejectAppeal, appeal: Appeal, rules: Rules) -> AppealRejected:
    basis = ARA_45.para(2) if appeal.act else ARA_49.para(2)
    if command.though_unlawful:
        refuse_unless(appeal.act is not None, ARA_45.para(3), "不作為に事情裁決はありません")
        basis = ARA_45.para(3)
    notice = command.remedy_notice or ruling_notice(rules.ordinance)
    return stated(AppealRejected, command, rules, basis=basis, act=appeal.act, remedy_notice=notice)


def _no_worse(command: UpholdAppeal, due: Deadline | None) -> None:
    """不利益変更の禁止（行審法第48条）: A ruling may give an order more time, and never less."""
    if command.comply_by is None:
        return
    refuse_unless(
        command.relief == "変更" and due is not None and due.day is not None,
        ARA_46.para(1),
        "期限を変更できるのは、期限を定めた処分を変更する裁決に限ります",
        "relief を 変更 とするか、comply_by を除いてください",
    )
    refuse_unless(
        due is None or due.day is None or command.comply_by > due.day,
        ARA_48,
        f"変更後の期限 {command.comply_by} は、処分の期限（{due and due.day}）より後の日とします",
    )


def _upheld(command: UpholdAppeal, appeal: Appeal, rules: Rules) -> AppealUpheld:
    refuse_unless(
        appeal.act is not None,
        ARA_49.para(3),
        "不作為についての審査請求は、「不作為の違法を宣言する」によって認容します",
    )
    whole = command.relief == "全部取消し"
    refuse_unless(
        whole or command.varied is not None,
        ARA_46.para(1),
        "一部取消し又は変更の内容がありません",
        "varied に、取り消す部分又は変更後の内容を記してください",
    )
    notice = None if whole else ruling_notice(rules.ordinance).lawsuit
    return stated(AppealUpheld, command, rules, act=appeal.act, lawsuit_notice=notice)


def annulled(
    command: Command, act: Contested, source: str, rules: Rules, *, by_court: bool
) -> list[ActAnnulled]:
    """The annulment that an arrival or a final judgment brings about."""
    basis = ACL_32.para(1) if by_court else ARA_46.para(1)
    return [stated(ActAnnulled, command, rules, act=act, source=source, basis=basis)]


def varied(
    command: Command, appeal: Appeal, act: Contested, ruling: Ruling, rules: Rules
) -> list[ActVaried]:
    """The change of an act that stands, from the arrival of the ruling on."""
    if ruling.varied is None:
        return []
    due = ruling.comply_by and fixed(
        key=f"order-{act.improvement}-ruling-{appeal.no}",
        title=f"改善命令（第{act.improvement}号）の期限",
        basis=ARA_46.para(1),
        origin=command.on,
        origin_title="裁決の到達",
        day=ruling.comply_by,
    )
    source = f"審査請求第{appeal.no}号の裁決"
    return [
        stated(ActVaried, command, rules, act=act, source=source, varied=ruling.varied, due=due)
    ]


# --- 経過 -------------------------------------------------------------------------------------

OUTCOMES: dict[type[Event], Outcome] = {
    AppealDismissed: "却下",
    AppealRejected: "棄却",
    AppealUpheld: "認容",
    InactionDeclared: "認容",
}


def evolve(appeal: Appeal, event: RulingEvent) -> Appeal:
    """The appeal after its ruling, which takes effect when it arrives."""
    annuls = isinstance(event, AppealUpheld) and event.relief == "全部取消し"
    ruling = Ruling(OUTCOMES[type(event)], event.on, annuls)
    if isinstance(event, AppealUpheld) and not annuls:
        ruling = replace(ruling, varied=event.varied, comply_by=event.comply_by)
    since = max(appeal.since, event.on)
    return replace(appeal, ruling=ruling, since=since, stay_sought=False)
