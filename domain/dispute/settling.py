"""処理方策の提示（法第251条の3の2）: Decided by 合議, then three acts, and the parties' duty to respect.

    処理方策の決定（合議） → 当事者への提示 / 任命した者への通知 / 公表（三つとも、順は問わない）
                          → 提示の完了 → 失職（法251条④七）
                          → 尊重して必要な措置（⑥、当事者ごと）

Nothing is accepted or enforced, and an agreement is not changed by it: who wants it changed goes the
agreement's own way, in its own case.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from domain.acts import Finding
from domain.bodies import office_name
from domain.decider import UnreadableFact
from domain.dispute.appointing import CommissionersLeftOffice, left_office
from domain.dispute.filing import AgreementCase
from domain.dispute.parties import (
    CollegialDecision,
    Disputants,
    OfficeDecision,
    OfficeEntry,
    OfficeEvent,
    Sha256,
    authority_name,
    names,
)
from domain.dispute.status import (
    COMMISSIONERS,
    Measures,
    Opened,
    Owed,
    at,
    by_commissioner,
    collegially,
    of_the_parties,
)
from domain.law import ART_251_3_2, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import not_before, refuse_unless, stated
from domain.text import Line, Text

PARA_3, PARA_5, PARA_6 = ART_251_3_2.para(3), ART_251_3_2.para(5), ART_251_3_2.para(6)
ALL_THREE = frozenset(["MeasuresPresented", "MeasuresTold", "MeasuresPublished"])
Taken = Literal["連携協約の変更の協議", "連携協約の廃止の協議", "その他の措置"]


# --- 事実 -----------------------------------------------------------------------------------------


class MeasuresDetermined(OfficeEvent):
    """処理方策の決定（法第251条の3の2第5項）: By 合議; `sha256` fixes the text that is presented."""

    title: ClassVar[str] = "処理方策の決定"
    kind: Literal["MeasuresDetermined"] = "MeasuresDetermined"
    basis: Citation = PARA_5
    content: Text
    sha256: Sha256
    reasons: Text
    collegial: CollegialDecision


class MeasuresPresented(OfficeEvent):
    """処理方策の提示（法第251条の3の2第3項）: To all parties."""

    title: ClassVar[str] = "処理方策の提示"
    kind: Literal["MeasuresPresented"] = "MeasuresPresented"
    basis: Citation = PARA_3
    sha256: Sha256
    presented_to: Disputants


class MeasuresTold(OfficeEvent):
    """処理方策の通知（法第251条の3の2第3項）: The fact and the content, to the Minister or governor."""

    title: ClassVar[str] = "処理方策の通知"
    kind: Literal["MeasuresTold"] = "MeasuresTold"
    basis: Citation = PARA_3
    sha256: Sha256


class MeasuresPublished(OfficeEvent):
    """処理方策の公表（法第251条の3の2第3項）: `published_in` says where."""

    title: ClassVar[str] = "処理方策の公表"
    kind: Literal["MeasuresPublished"] = "MeasuresPublished"
    basis: Citation = PARA_3
    sha256: Sha256
    published_in: Line


class ProcessingMeasureCompleted(OfficeEvent):
    """処理方策の提示の完了（法第251条の3の2第3項）: Presented, told and published, all three."""

    title: ClassVar[str] = "処理方策の提示の完了"
    kind: Literal["ProcessingMeasureCompleted"] = "ProcessingMeasureCompleted"
    basis: Citation = PARA_3
    sha256: Sha256
    disputants: Disputants


class MeasureTaken(OfficeEvent):
    """処理方策を尊重した措置（法第251条の3の2第6項）: Of one party.

    `settled` is its finding that it has now taken what is necessary; without it more is to come.
    """

    title: ClassVar[str] = "処理方策を尊重した措置"
    kind: Literal["MeasureTaken"] = "MeasureTaken"
    basis: Citation = PARA_6
    drafted_by: Actor
    measure: Taken
    what: Text
    agreement_case: AgreementCase | None
    settled: Finding | None


Act = MeasuresPresented | MeasuresTold | MeasuresPublished
SettlingEvent = MeasuresDetermined | Act | ProcessingMeasureCompleted | MeasureTaken


# --- 命令書 ---------------------------------------------------------------------------------------


class DetermineMeasures(OfficeEntry):
    """処理方策を定める（法第251条の3の2第5項）."""

    title: ClassVar[str] = "処理方策を定める"
    cites: ClassVar[Citation] = PARA_5
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["DetermineMeasures"] = "DetermineMeasures"
    content: Text
    sha256: Sha256
    reasons: Text
    collegial: CollegialDecision


class PresentMeasures(OfficeEntry):
    """処理方策を当事者に提示する（法第251条の3の2第3項）."""

    title: ClassVar[str] = "処理方策を当事者に提示する"
    cites: ClassVar[Citation] = PARA_3
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["PresentMeasures"] = "PresentMeasures"
    sha256: Sha256
    presented_to: Disputants


class TellMeasures(OfficeEntry):
    """処理方策を任命した者に通知する（法第251条の3の2第3項）."""

    title: ClassVar[str] = "処理方策を任命した者に通知する"
    cites: ClassVar[Citation] = PARA_3
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["TellMeasures"] = "TellMeasures"
    sha256: Sha256


class PublishMeasures(OfficeEntry):
    """処理方策を公表する（法第251条の3の2第3項）."""

    title: ClassVar[str] = "処理方策を公表する"
    cites: ClassVar[Citation] = PARA_3
    done_by: ClassVar[Role] = "commissioner"
    kind: Literal["PublishMeasures"] = "PublishMeasures"
    sha256: Sha256
    published_in: Line


class TakeMeasure(OfficeDecision):
    """処理方策を尊重して措置を執る（法第251条の3の2第6項）: Not acceptance: nobody is asked to accept."""

    title: ClassVar[str] = "処理方策を尊重して措置を執る"
    cites: ClassVar[Citation] = PARA_6
    kind: Literal["TakeMeasure"] = "TakeMeasure"
    measure: Taken
    what: Text
    agreement_case: AgreementCase | None = None
    settled: Finding | None = None


DoOneOfThree = PresentMeasures | TellMeasures | PublishMeasures
SettlingCommand = DetermineMeasures | DoOneOfThree | TakeMeasure


# --- 決定 -----------------------------------------------------------------------------------------


def decide(
    command: SettlingCommand, now: Opened, rules: Rules
) -> Sequence[SettlingEvent | CommissionersLeftOffice]:
    """What comes of the decision, of one of the three acts, or of a party's measure."""
    match command:
        case DetermineMeasures():
            return _determined(command, now, rules)
        case TakeMeasure():
            return _taken(command, now, rules)
        case PresentMeasures() | TellMeasures() | PublishMeasures():
            return _one_of_three(command, now, rules)


def _determined(command: DetermineMeasures, now: Opened, rules: Rules) -> list[SettlingEvent]:
    if now.measures and now.measures.sha256 == command.sha256:
        return []
    by_commissioner(command, now)
    at(now, command, "処理方策の審理中")
    collegially(command, command.collegial, now, rules)
    return [stated(MeasuresDetermined, command, rules)]


def _one_of_three(
    command: DoOneOfThree, now: Opened, rules: Rules
) -> Sequence[SettlingEvent | CommissionersLeftOffice]:
    facts: dict[type[OfficeEntry], type[Act]] = {
        PresentMeasures: MeasuresPresented,
        TellMeasures: MeasuresTold,
        PublishMeasures: MeasuresPublished,
    }
    fact = facts[type(command)]
    measures = now.measures
    if measures and fact.__name__ in measures.done:
        return []
    by_commissioner(command, now)
    at(now, command, "処理方策の提示待ち")
    if measures is None:
        raise UnreadableFact("no measures were determined")
    _the_same(command, measures, now)
    done = stated(fact, command, rules)
    if measures.done | {done.tag} != ALL_THREE:
        return [done]
    completed = stated(
        ProcessingMeasureCompleted, command, rules, disputants=now.disputants, sha256=command.sha256
    )
    return [done, completed, *left_office(command, now, "処理方策の提示の完了", rules)]


def _the_same(command: DoOneOfThree, measures: Measures, now: Opened) -> None:
    not_before(command, measures.on, "処理方策の決定")
    refuse_unless(
        command.sha256 == measures.sha256,
        command.cites,
        f"合議で定めた処理方策（{measures.sha256[:8]}…）と文面が異なります",
    )
    refuse_unless(
        not isinstance(command, PresentMeasures)
        or sorted(command.presented_to) == sorted(now.disputants),
        command.cites,
        f"処理方策は、全ての当事者（{names(now.disputants)}）に提示します",
    )


def _taken(command: TakeMeasure, now: Opened, rules: Rules) -> list[SettlingEvent]:
    of_the_parties(command, now)
    known = now.measures
    if known and (command.party, command.on, command.what) in known.taken:
        return []
    at(now, command, "措置待ち")
    if known and known.completed:
        not_before(command, known.completed, "処理方策の提示の完了")
    return [stated(MeasureTaken, command, rules)]


# --- 経過 -----------------------------------------------------------------------------------------

_TO_DO = {
    "MeasuresPresented": "処理方策を全ての当事者に提示する",
    "MeasuresTold": "処理方策を{}に通知する",
    "MeasuresPublished": "処理方策を公表する",
}


def evolve(now: Opened, event: SettlingEvent) -> Opened:
    """The case after a fact about the measures."""
    if isinstance(event, MeasuresDetermined):
        return _to_present(now, event)
    if now.measures is None:
        raise UnreadableFact(f"{event.tag} cannot come before measures are determined")
    match event:
        case MeasuresPresented() | MeasuresTold() | MeasuresPublished():
            measures = replace(now.measures, done=now.measures.done | {event.tag})
            return replace(now, measures=measures).free_of(event.tag)
        case ProcessingMeasureCompleted():
            return _to_respect(now, now.measures, event)
        case MeasureTaken():
            return _answered(now, now.measures, event)


def _to_present(now: Opened, event: MeasuresDetermined) -> Opened:
    who = authority_name(event.party)
    todo = [
        Owed(key, event.party, f"{COMMISSIONERS}: {title.format(who)}", PARA_3, event.on)
        for key, title in _TO_DO.items()
    ]
    stage = replace(
        now,
        stage="処理方策の提示待ち",
        measures=Measures(event.sha256, event.on),
        withdrawal=None,
        owed=tuple(one for one in now.owed if one.key != "取下げの求め"),
    )
    return stage.owing(*todo)


def _to_respect(now: Opened, known: Measures, event: ProcessingMeasureCompleted) -> Opened:
    measures = replace(known, completed=event.on)
    duties = [
        Owed(
            "措置",
            code,
            f"{office_name(code)}: 処理方策を尊重して必要な措置を執る",
            PARA_6,
            event.on,
            code,
        )
        for code in now.disputants
    ]
    return replace(now, stage="措置待ち", measures=measures).owing(*duties)


def _answered(now: Opened, known: Measures, event: MeasureTaken) -> Opened:
    taken = known.taken | {(event.party, event.on, event.what)}
    if event.settled is None:
        return replace(now, measures=replace(known, taken=taken))
    settled = known.settled | {event.party}
    after = replace(now, measures=replace(known, taken=taken, settled=settled))
    after = after.free_of("措置", [event.party])
    return replace(after, stage="措置済み") if settled >= {*now.disputants} else after
