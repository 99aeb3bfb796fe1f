"""聴聞（行手法第13条第1項第1号イ・第15条–第26条）.

    取消しの予定 → 聴聞の通知 → 期日 … → 終結 → 報告書 → (revocation.py) 取り消す / 取り消さない
                               ↑                  ｜
                               └──── 再開 ────────┘

Before a session the day may be changed, or another presider named, by another notice. No revocation without a hearing, except where 行手法第13条第2項第1号 applies; 同項第2号 cannot
be used, because ⑫ says 「できる」.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.acts import Event
from domain.decider import UnreadableFact
from domain.designation.grounds import Ground, Grounds, grounds_stand
from domain.designation.presiding import is_no_drafter, may_preside, presides
from domain.law import (
    APA_15,
    APA_20,
    APA_22,
    APA_23,
    APA_24,
    APA_25,
    ART_260_49,
    Citation,
)
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline, fixed, reckon
from domain.procedure import (
    Decision,
    Entry,
    at_least,
    expect,
    four_eyes,
    not_before,
    refuse_unless,
    stated,
)
from domain.text import Line, Personal, Text

PARA_12 = ART_260_49.para(12)
RIGHTS = (
    "聴聞の期日に出頭して意見を述べ、及び証拠書類等を提出し、又は聴聞の期日への出頭に代えて"
    "陳述書及び証拠書類等を提出することができます。聴聞が終結する時までの間、当該不利益処分の"
    "原因となる事実を証する資料の閲覧を求めることができます。"
)
"""行手法第15条第2項: What the notice must tell the addressee."""


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unthreatened:
    """取消しの手続なし."""

    title: ClassVar[str] = "取消しの手続なし"


@dataclass(frozen=True)
class Planned:
    """取消しを予定: Drafted by `drafter`; no hearing has been notified."""

    title: ClassVar[str] = "取消しの予定"
    drafter: str
    since: date
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Hearing:
    """聴聞中: Before `presider`, next on `day`; `sessions` held, `absent` at the last of them.

    `since` is the day of the last act about it; `over` once no further session is to come;
    `written` the last session for which the body sent a statement in place of appearing.
    """

    title: ClassVar[str] = "聴聞"
    plan: Planned
    presider: str
    day: Deadline
    since: date
    sessions: int = 0
    over: bool = False
    absent: bool = False
    written: int = 0


@dataclass(frozen=True)
class HearingEnded:
    """聴聞終結: The report of the presider is awaited."""

    title: ClassVar[str] = "聴聞の終結（報告書待ち）"
    hearing: Hearing
    since: date


@dataclass(frozen=True)
class Reported:
    """取消しの決定待ち: 調書 and 報告書 are there."""

    title: ClassVar[str] = "取消しの決定待ち"
    hearing: Hearing
    since: date


RevocationStage = Unthreatened | Planned | Hearing | HearingEnded | Reported


# --- 事実 -------------------------------------------------------------------------------------


class RevocationProposed(Event):
    """取消しの予定（法第260条の49第12項）: An officer drafts a revocation on its grounds."""

    title: ClassVar[str] = "取消しの予定"
    kind: Literal["RevocationProposed"] = "RevocationProposed"
    basis: Citation = PARA_12
    grounds: Grounds
    facts: Text


class HearingNotified(Event):
    """聴聞の通知（行手法第15条）: Planned disposition, facts, day and place, office, and rights."""

    title: ClassVar[str] = "聴聞の通知"
    kind: Literal["HearingNotified"] = "HearingNotified"
    basis: Citation = APA_15
    drafted_by: Actor
    planned: Text
    provision: Citation
    facts: Text
    day: Deadline
    place: Line
    bureau: Line
    rights: Text
    arrives: date
    presider: Actor


class HearingSessionHeld(Event):
    """聴聞の期日（行手法第24条第1項）: One session, with its 調書."""

    title: ClassVar[str] = "聴聞の期日"
    kind: Literal["HearingSessionHeld"] = "HearingSessionHeld"
    basis: Citation = APA_24.para(1)
    session: Annotated[int, Field(ge=1)]
    present: tuple[Personal, ...]
    absent: bool
    statements: Text
    evidence: tuple[Line, ...]
    record: Line
    opened_because: Text | None
    next_day: Deadline | None


class HearingClosed(Event):
    """聴聞の終結（行手法第23条）: The presider closes the hearing."""

    title: ClassVar[str] = "聴聞の終結"
    kind: Literal["HearingClosed"] = "HearingClosed"
    basis: Citation = APA_23
    why: Literal["審理の終了", "当事者の不出頭"]


class HearingReportSubmitted(Event):
    """聴聞の報告書（行手法第24条第3項）: The presider's opinion whether the grounds stand."""

    title: ClassVar[str] = "聴聞の報告書"
    kind: Literal["HearingReportSubmitted"] = "HearingReportSubmitted"
    basis: Citation = APA_24.para(3)
    report: Line
    opinion: Text


class HearingReopened(Event):
    """聴聞の再開（行手法第25条）: On later circumstances; the report goes back."""

    title: ClassVar[str] = "聴聞の再開"
    kind: Literal["HearingReopened"] = "HearingReopened"
    basis: Citation = APA_25
    drafted_by: Actor
    circumstances: Text
    day: Deadline
    place: Line
    arrives: date


HearingEvent = (
    RevocationProposed
    | HearingNotified
    | HearingSessionHeld
    | HearingClosed
    | HearingReportSubmitted
    | HearingReopened
)


# --- 命令書 -----------------------------------------------------------------------------------


class ProposeRevocation(Entry):
    """取消しを予定する（法第260条の49第12項）: The officer drafts it; nothing is revoked yet."""

    title: ClassVar[str] = "取消しを予定する"
    cites: ClassVar[Citation] = PARA_12
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ProposeRevocation"] = "ProposeRevocation"
    grounds: Grounds
    facts: Text


class NotifyHearing(Decision):
    """聴聞を通知する（行手法第15条）: `arrives` is the day of the notice, `held_on` the next session.

    `disqualified_under` lists the items of 行手法第19条第2項 that the presider declares to
    apply; it must be empty.
    """

    title: ClassVar[str] = "聴聞を通知する"
    cites: ClassVar[Citation] = APA_15
    kind: Literal["NotifyHearing"] = "NotifyHearing"
    planned: Text
    facts: Text
    held_on: date
    place: Line
    bureau: Line
    arrives: date | None = None
    presider: Actor
    disqualified_under: tuple[Annotated[int, Field(ge=1, le=6)], ...]


class HoldHearingSession(Entry):
    """聴聞の期日を開く（行手法第20条、第24条）: Closed to the public unless `opened_because`."""

    title: ClassVar[str] = "聴聞の期日を開く"
    cites: ClassVar[Citation] = APA_20
    done_by: ClassVar[Role] = "presider"
    kind: Literal["HoldHearingSession"] = "HoldHearingSession"
    present: tuple[Personal, ...] = ()
    absent: bool = False
    statements: Text
    evidence: tuple[Line, ...] = ()
    record: Line
    opened_because: Text | None = None
    continued_on: date | None = None


class CloseHearing(Entry):
    """聴聞を終結する（行手法第23条）: When all is heard, or on an unexcused absence."""

    title: ClassVar[str] = "聴聞を終結する"
    cites: ClassVar[Citation] = APA_23
    done_by: ClassVar[Role] = "presider"
    kind: Literal["CloseHearing"] = "CloseHearing"
    why: Literal["審理の終了", "当事者の不出頭"]


class SubmitHearingReport(Entry):
    """聴聞の報告書を提出する（行手法第24条第3項）."""

    title: ClassVar[str] = "聴聞の報告書を提出する"
    cites: ClassVar[Citation] = APA_24
    done_by: ClassVar[Role] = "presider"
    kind: Literal["SubmitHearingReport"] = "SubmitHearingReport"
    report: Line
    opinion: Text


class ReopenHearing(Decision):
    """聴聞を再開する（行手法第25条）: `held_on` is the day of the further session."""

    title: ClassVar[str] = "聴聞を再開する"
    cites: ClassVar[Citation] = APA_25
    kind: Literal["ReopenHearing"] = "ReopenHearing"
    circumstances: Text
    held_on: date
    place: Line
    arrives: date | None = None


HearingCommand = (
    ProposeRevocation
    | NotifyHearing
    | HoldHearingSession
    | CloseHearing
    | SubmitHearingReport
    | ReopenHearing
)


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: HearingCommand, stage: RevocationStage, violated: Mapping[int, date], rules: Rules
) -> Sequence[HearingEvent]:
    """The facts that a command brings about before a revocation; `violated` as in `Improvements`."""
    match command:
        case ProposeRevocation():
            expect(stage, (Unthreatened,), command)
            grounds_stand(command.grounds, violated, command.on, rules)
            return [stated(RevocationProposed, command, rules)]
        case NotifyHearing():
            return _notify(command, expect(stage, (Planned, Hearing), command), rules)
        case HoldHearingSession():
            return [_held(command, expect(stage, (Hearing,), command), rules)]
        case CloseHearing():
            return [_closed(command, expect(stage, (Hearing,), command), rules)]
        case SubmitHearingReport():
            return [_reported(command, expect(stage, (HearingEnded,), command), rules)]
        case ReopenHearing():
            return [_reopened(command, expect(stage, (HearingEnded, Reported), command), rules)]


def _notify(
    command: NotifyHearing, stage: Planned | Hearing, rules: Rules
) -> list[HearingNotified]:
    not_before(command, stage.since, stage.title)
    if isinstance(stage, Planned):
        return [_notified(command, stage, 1, rules)]
    if (command.presider.person, command.held_on) == (stage.presider, stage.day.day):
        return []
    refuse_unless(not stage.over, APA_15, "審理は終わっており、変更する期日がありません")
    return [_notified(command, stage.plan, stage.sessions + 1, rules)]


def _notified(command: NotifyHearing, plan: Planned, session: int, rules: Rules) -> HearingNotified:
    drafters = (plan.drafter, command.drafted_by.person)
    four_eyes(command, plan.drafter)
    may_preside(command.presider, command.disqualified_under, command.by.person)
    is_no_drafter(command.presider.person, drafters, rules, command.on)
    arrives = _arrival(command.on, command.arrives)
    earliest = reckon(
        key=f"hearing-{session}",
        title=f"聴聞の期日（第{session}回）",
        basis=APA_15.para(1),
        origin=arrives,
        origin_title="聴聞の通知の到達",
        period=rules.ordinance.hearing_lead.on(command.on).value,
        calendar=rules.calendar,
        to_municipality=False,
    )
    day = at_least(earliest, command.held_on)
    return stated(
        HearingNotified, command, rules, provision=PARA_12, rights=RIGHTS, arrives=arrives, day=day
    )


def _arrival(on: date, arrives: date | None) -> date:
    refuse_unless(
        arrives is None or arrives >= on,
        APA_15.para(1),
        f"通知の到達 {arrives} が通知の日（{on}）より前です",
    )
    return arrives or on


def _held(command: HoldHearingSession, hearing: Hearing, rules: Rules) -> HearingSessionHeld:
    presides(command, hearing.presider)
    refuse_unless(
        not hearing.over and command.on == hearing.day.day,
        APA_20,
        f"通知した聴聞の期日は {hearing.day.day} です"
        if not hearing.over
        else "続行の期日が定められていません",
        "通知した期日に開くか、終結してください",
    )
    number = hearing.sessions + 1
    day = command.continued_on
    return stated(
        HearingSessionHeld,
        command,
        rules,
        session=number,
        next_day=None if day is None else _next_session(command, number + 1, day),
    )


def _next_session(command: HoldHearingSession, number: int, day: date) -> Deadline:
    refuse_unless(
        day > command.on, APA_22, f"続行期日 {day} は、この期日（{command.on}）より後の日とします"
    )
    return fixed(
        key=f"hearing-{number}",
        title=f"聴聞の期日（第{number}回）",
        basis=APA_22,
        origin=command.on,
        origin_title=HearingSessionHeld.title,
        day=day,
    )


def _closed(command: CloseHearing, hearing: Hearing, rules: Rules) -> HearingClosed:
    presides(command, hearing.presider)
    not_before(command, hearing.since, "聴聞の期日")
    refuse_unless(
        hearing.over,
        APA_20,
        f"通知した期日（{hearing.day.day}）を開いていない聴聞は終結できません",
        "不出頭のときも、期日を開いて調書に記してください",
    )
    refuse_unless(
        command.why != "当事者の不出頭" or hearing.absent,
        APA_23.para(1),
        "直近の期日に当事者は出頭しており、不出頭を理由に終結できません",
    )
    refuse_unless(
        command.why != "当事者の不出頭" or hearing.written < hearing.sessions,
        APA_23.para(1),
        "直近の期日について当事者は陳述書を提出しており、不出頭を理由に終結できません",
        "期日を続行するか、審理の終了として終結してください",
    )
    return stated(HearingClosed, command, rules)


def _reported(
    command: SubmitHearingReport, ended: HearingEnded, rules: Rules
) -> HearingReportSubmitted:
    presides(command, ended.hearing.presider)
    not_before(command, ended.since, "聴聞の終結")
    return stated(HearingReportSubmitted, command, rules)


def _reopened(
    command: ReopenHearing, ended: HearingEnded | Reported, rules: Rules
) -> HearingReopened:
    not_before(command, ended.since, ended.title)
    four_eyes(command, ended.hearing.plan.drafter)
    arrives = _arrival(command.on, command.arrives)
    refuse_unless(
        command.held_on > arrives,
        APA_25,
        f"再開の期日 {command.held_on} は、通知の到達（{arrives}）より後の日とします",
    )
    number = ended.hearing.sessions + 1
    day = fixed(
        key=f"hearing-{number}",
        title=f"聴聞の期日（第{number}回）",
        basis=APA_25,
        origin=arrives,
        origin_title="再開の通知の到達",
        day=command.held_on,
    )
    return stated(HearingReopened, command, rules, arrives=arrives, day=day)


# --- 経過 -------------------------------------------------------------------------------------


def evolve(stage: RevocationStage, event: HearingEvent) -> RevocationStage:
    """The stage of the revocation after a fact of its hearing."""
    match event, stage:
        case RevocationProposed(), _:
            return Planned(event.by.person, event.on, event.grounds)
        case HearingNotified(), Planned():
            return Hearing(stage, event.presider.person, event.day, event.on)
        case HearingNotified(), Hearing():
            return replace(stage, presider=event.presider.person, day=event.day, since=event.on)
        case HearingSessionHeld(), Hearing():
            return _after_session(stage, event)
        case HearingClosed(), Hearing():
            return HearingEnded(stage, event.on)
        case HearingReportSubmitted(), HearingEnded():
            return Reported(stage.hearing, event.on)
        case HearingReopened(), HearingEnded() | Reported():
            again = replace(stage.hearing, day=event.day, since=event.on)
            return replace(again, over=False, absent=False)
        case _:
            raise UnreadableFact(f"{event.tag} cannot follow {stage.title}")


def _after_session(hearing: Hearing, event: HearingSessionHeld) -> Hearing:
    return replace(
        hearing,
        day=event.next_day or hearing.day,
        sessions=event.session,
        since=event.on,
        over=event.next_day is None,
        absent=event.absent,
    )
