"""通知の送達と到達（行審法第18条・第51条、民法第98条）: How an act or a ruling reaches the body.

    送付 → 到達 / 返戻 → 再送付 / 公示 → 2週間の経過（到達とみなす）

A disposition is known on the day its notice arrives [interpretation], and a ruling takes effect
on that day (行審法第51条第1項): the windows of 審査請求 and 取消訴訟 run from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.acts import Event, Finding
from domain.designation.remedies.acts import Contested, Delivery, Number
from domain.designation.remedies.publication import Measure, in_form
from domain.law import ARA_18, ARA_51, CIVIL_98, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline, Period, reckon
from domain.procedure import Decision, Entry, has_passed, not_before, refuse_unless, stated
from domain.text import Line, Personal, Text

Paper = Literal["処分", "裁決"]
"""通知: Of an adverse act, by its number, or of a ruling, by the number of its 審査請求."""
Means = Literal["手渡し", "普通郵便", "書留", "配達証明", "電子情報処理組織"]
TWO_WEEKS: dict[Paper, Period] = {
    "処分": Period(length=14, unit="日", source="法令", basis="民法第98条第3項の2週間"),
    "裁決": Period(length=14, unit="日", source="法令", basis="行審法第51条第3項の2週間"),
}
PUBLISHED_UNDER: dict[Paper, Citation] = {"処分": CIVIL_98, "裁決": ARA_51.para(3)}
RECEIVED_UNDER: dict[Paper, Citation] = {"処分": ARA_18.para(1), "裁決": ARA_51.para(1)}


@dataclass(frozen=True)
class Notice:
    """通知: Of `act`, or of a ruling (about it, or about an inaction where it is None).

    `made` is the day of the act or ruling; `windows` run if it arrives on the day of the command.
    """

    act: Contested | None
    delivery: Delivery
    made: date
    windows: tuple[Deadline, ...]


# --- 事実 -------------------------------------------------------------------------------------


class NoticeSent(Event):
    """通知の送付（行審法第18条第1項）: The paper is on its way; `dispatch` counts the attempts."""

    title: ClassVar[str] = "通知の送付"
    kind: Literal["NoticeSent"] = "NoticeSent"
    basis: Citation = ARA_18.para(1)
    paper: Paper
    number: Number
    act: Contested | None
    dispatch: Number
    means: Means
    addressee: Personal


class NoticeReturned(Event):
    """通知の返戻（行審法第18条第1項）: The paper came back; it has not arrived."""

    title: ClassVar[str] = "通知の返戻"
    kind: Literal["NoticeReturned"] = "NoticeReturned"
    basis: Citation = ARA_18.para(1)
    paper: Paper
    number: Number
    act: Contested | None
    why: Text


class NoticePublished(Event):
    """公示による通知（民法第98条）: The whereabouts are unknown; received after two weeks."""

    title: ClassVar[str] = "公示による通知"
    kind: Literal["NoticePublished"] = "NoticePublished"
    basis: Citation = CIVIL_98
    drafted_by: Actor
    paper: Paper
    number: Number
    act: Contested | None
    whereabouts: Finding
    measures: tuple[Measure, ...]
    place: Line
    due: Deadline


class NoticeArrived(Event):
    """通知の到達（行審法第18条第1項）: From this day the windows run; `deemed` after a publication."""

    title: ClassVar[str] = "通知の到達"
    kind: Literal["NoticeArrived"] = "NoticeArrived"
    basis: Citation = ARA_18.para(1)
    paper: Paper
    number: Number
    act: Contested | None
    proof: Line
    deemed: bool
    windows: tuple[Deadline, ...]


ServiceEvent = NoticeSent | NoticeReturned | NoticePublished | NoticeArrived


# --- 命令書 -----------------------------------------------------------------------------------


class SendNotice(Entry):
    """通知を送付する（行審法第18条第1項、第51条第2項）: Of an adverse act or of a ruling."""

    title: ClassVar[str] = "通知を送付する"
    cites: ClassVar[Citation] = ARA_18
    done_by: ClassVar[Role] = "officer"
    kind: Literal["SendNotice"] = "SendNotice"
    paper: Paper
    number: Number
    means: Means
    addressee: Personal


class RecordNoticeReturn(Entry):
    """通知の返戻を記録する（行審法第18条第1項）."""

    title: ClassVar[str] = "通知の返戻を記録する"
    cites: ClassVar[Citation] = ARA_18
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordNoticeReturn"] = "RecordNoticeReturn"
    paper: Paper
    number: Number
    why: Text


class RecordArrival(Entry):
    """通知の到達を記録する（行審法第18条第1項、第51条第1項）: `on` is the day of arrival."""

    title: ClassVar[str] = "通知の到達を記録する"
    cites: ClassVar[Citation] = ARA_18
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordArrival"] = "RecordArrival"
    paper: Paper
    number: Number
    proof: Line


class PublishNotice(Decision):
    """公示により通知する（民法第98条、行審法第51条第2項ただし書）: `on` is the day it begins."""

    title: ClassVar[str] = "公示により通知する"
    cites: ClassVar[Citation] = CIVIL_98
    kind: Literal["PublishNotice"] = "PublishNotice"
    paper: Paper
    number: Number
    whereabouts: Finding
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
    place: Line


class NoteDeemedArrival(Entry):
    """公示による到達を記録する（民法第98条第3項）: Two weeks have passed since it began."""

    title: ClassVar[str] = "公示による到達を記録する"
    cites: ClassVar[Citation] = CIVIL_98
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteDeemedArrival"] = "NoteDeemedArrival"
    paper: Paper
    number: Number


ServiceCommand = SendNotice | RecordNoticeReturn | RecordArrival | PublishNotice | NoteDeemedArrival


# --- 決定 -------------------------------------------------------------------------------------


def decide(command: ServiceCommand, notice: Notice, rules: Rules) -> Sequence[ServiceEvent]:
    """What comes of a command about a notice."""
    act, delivery = notice.act, notice.delivery
    if isinstance(command, NoteDeemedArrival):
        return _deemed(command, notice, rules)
    _in_order(command, notice)
    match command:
        case SendNotice():
            return _sent(command, act, delivery, rules)
        case RecordNoticeReturn():
            _under_way(command, delivery)
            return [stated(NoticeReturned, command, rules, act=act)]
        case RecordArrival():
            _under_way(command, delivery)
            return [_arrived(command, notice, rules, proof=command.proof, deemed=False)]
        case PublishNotice():
            return [_published(command, act, delivery, rules)]


def _in_order(command: ServiceCommand, notice: Notice) -> None:
    if notice.delivery.since is None:
        not_before(command, notice.made, "決定")
    else:
        not_before(command, notice.delivery.since, "通知に関する前の行為")


def _sent(
    command: SendNotice, act: Contested | None, delivery: Delivery, rules: Rules
) -> list[NoticeSent]:
    _not_arrived(command, delivery)
    if delivery.since == command.on and not delivery.returned:
        return []
    return [stated(NoticeSent, command, rules, act=act, dispatch=delivery.sent + 1)]


def _not_arrived(command: SendNotice | PublishNotice, delivery: Delivery) -> None:
    refuse_unless(
        delivery.arrived is None,
        command.cites,
        f"この通知は {delivery.arrived} にすでに到達しています",
    )


def _under_way(command: RecordNoticeReturn | RecordArrival, delivery: Delivery) -> None:
    """Refuse to say how a paper fared that is not on its way."""
    refuse_unless(
        delivery.sent > 0 and not delivery.returned and delivery.arrived is None,
        command.cites,
        "送付されていないか、すでに到達し又は返戻された通知です",
        "「通知を送付する」を先に記録してください",
    )


def _arrived(
    command: RecordArrival | NoteDeemedArrival,
    notice: Notice,
    rules: Rules,
    *,
    proof: str,
    deemed: bool,
) -> NoticeArrived:
    return stated(
        NoticeArrived,
        command,
        rules,
        basis=RECEIVED_UNDER[command.paper],
        act=notice.act,
        proof=proof,
        deemed=deemed,
        windows=notice.windows,
    )


KEYS: dict[Paper, str] = {"処分": "act", "裁決": "ruling"}


def _published(
    command: PublishNotice, act: Contested | None, delivery: Delivery, rules: Rules
) -> NoticePublished:
    """公示による通知: Once, in the form of the day, where nobody knows where to send the paper."""
    basis = PUBLISHED_UNDER[command.paper]
    _not_arrived(command, delivery)
    refuse_unless(delivery.published is None, basis, "この通知はすでに公示されています")
    refuse_unless(
        bool(command.whereabouts.evidence),
        basis,
        "相手方の所在が知れないことを確かめた資料がありません",
        "whereabouts.evidence に、返戻された封筒や調査の記録を挙げてください",
    )
    in_form(command.measures, command.on, basis)
    due = reckon(
        key=f"deemed-{KEYS[command.paper]}-{command.number}",
        title="公示による到達の日の前日",
        basis=basis,
        origin=command.on,
        origin_title=NoticePublished.title,
        period=TWO_WEEKS[command.paper],
        calendar=rules.calendar,
        to_municipality=False,
    )
    return stated(NoticePublished, command, rules, basis=basis, act=act, due=due)


def _deemed(command: NoteDeemedArrival, notice: Notice, rules: Rules) -> list[NoticeArrived]:
    published = notice.delivery.published
    if published is None or notice.delivery.arrived or not has_passed(published, command.on):
        return []
    return [_arrived(command, notice, rules, proof="公示", deemed=True)]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(delivery: Delivery, event: ServiceEvent) -> Delivery:
    """The delivery after a fact about it."""
    now = replace(delivery, since=event.on)
    match event:
        case NoticeSent():
            return replace(now, sent=event.dispatch, returned=False)
        case NoticeReturned():
            return replace(now, returned=True)
        case NoticePublished():
            return replace(now, published=event.due)
        case NoticeArrived():
            return replace(now, arrived=event.on)
