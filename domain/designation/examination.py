"""要件の審査から指定まで（法第260条の49第2項、行手法第5条・第6条・第8条）.

    要件の審査 → 審査の終了 → 指定 / 拒否

All requirements met is not yet a designation: the mayor must find it necessary, and may refuse
a body that meets every requirement, under a published criterion and with reasons. An examination
that turns out wrong before the decision is done again, and the review completed again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event, Finding
from domain.decider import Refused, UnreadableFact
from domain.designation.intake import (
    Application,
    Applying,
    Arrived,
    Correcting,
    DecisionPending,
    Examined,
    UnderReview,
)
from domain.designation.requirements import Requirement, checklist
from domain.designation.tenure.conditions import Conditions, conditions
from domain.law import APA_6, ART_260_49, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.periods import Deadline, reckon
from domain.procedure import (
    Decision,
    Disposition,
    Entry,
    RemedyNotice,
    criteria_published,
    expect,
    four_eyes,
    has_passed,
    not_before,
    refuse_unless,
    stated,
)
from domain.text import Line, Text

PARA_2 = ART_260_49.para(2)


# --- 事実 -------------------------------------------------------------------------------------


class RequirementExamined(Event):
    """要件の審査（法第260条の49第2項）: One requirement is met or not, on which evidence."""

    title: ClassVar[str] = "要件の審査"
    kind: Literal["RequirementExamined"] = "RequirementExamined"
    basis: Citation = PARA_2
    requirement: Line
    text: Line
    proof: Literal["machine", "document", "judgement"]
    met: bool
    finding: Finding


class ReviewCompleted(Event):
    """審査の終了（法第260条の49第2項）: Every requirement has a result, evidence and an examiner."""

    title: ClassVar[str] = "審査の終了"
    kind: Literal["ReviewCompleted"] = "ReviewCompleted"
    basis: Citation = PARA_2
    unmet: tuple[Line, ...]
    opinion: Text


class StandardPeriodPassed(Event):
    """標準処理期間の経過（行手法第6条）: Noted only; it is no decision and implies none."""

    title: ClassVar[str] = "標準処理期間の経過"
    kind: Literal["StandardPeriodPassed"] = "StandardPeriodPassed"
    basis: Citation = APA_6
    due: Deadline


class DesignationGranted(Event):
    """指定（法第260条の49第2項）: The mayor designates the body, having found it necessary."""

    title: ClassVar[str] = "指定"
    kind: Literal["DesignationGranted"] = "DesignationGranted"
    basis: Citation = PARA_2
    drafted_by: Actor
    necessity: Finding
    effective: date
    conditions: Conditions | None = None
    """What the ordinance laid down for it that day; None in facts from before this was recorded."""


class DesignationRefused(Event):
    """指定の拒否（法第260条の49第2項）: For a requirement that is lacking, or for want of necessity."""

    title: ClassVar[str] = "指定の拒否"
    kind: Literal["DesignationRefused"] = "DesignationRefused"
    basis: Citation = PARA_2
    drafted_by: Actor
    ground: Literal["要件", "必要性"]
    unmet: tuple[Line, ...]
    criterion: Line
    reasons: Text
    remedy_notice: RemedyNotice


ExaminationEvent = (
    RequirementExamined
    | ReviewCompleted
    | StandardPeriodPassed
    | DesignationGranted
    | DesignationRefused
)


# --- 命令書 -----------------------------------------------------------------------------------


class ExamineMechanically(Entry):
    """機械審査を行う（法第260条の49第2項）: Every item that can be computed from the application."""

    title: ClassVar[str] = "機械審査を行う"
    cites: ClassVar[Citation] = PARA_2
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ExamineMechanically"] = "ExamineMechanically"


class ExamineRequirement(Entry):
    """要件を審査する（法第260条の49第2項）: An item that a document proves or a person judges."""

    title: ClassVar[str] = "要件を審査する"
    cites: ClassVar[Citation] = PARA_2
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ExamineRequirement"] = "ExamineRequirement"
    requirement: Line
    met: bool
    finding: Finding


class CompleteReview(Entry):
    """審査を終える（法第260条の49第2項）: The officer drafts the decision with an opinion."""

    title: ClassVar[str] = "審査を終える"
    cites: ClassVar[Citation] = PARA_2
    done_by: ClassVar[Role] = "officer"
    kind: Literal["CompleteReview"] = "CompleteReview"
    opinion: Text


class NoteStandardPeriodPassed(Entry):
    """標準処理期間の経過を記録する（行手法第6条）."""

    title: ClassVar[str] = "標準処理期間の経過を記録する"
    cites: ClassVar[Citation] = APA_6
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NoteStandardPeriodPassed"] = "NoteStandardPeriodPassed"


class Designate(Decision):
    """指定する（法第260条の49第2項）: `necessity` is the mayor's own finding; `arrives` the notice."""

    title: ClassVar[str] = "指定する"
    cites: ClassVar[Citation] = PARA_2
    kind: Literal["Designate"] = "Designate"
    necessity: Finding
    arrives: date | None = None


class RefuseDesignation(Disposition):
    """指定を拒否する（法第260条の49第2項、行手法第8条）: Under a published criterion, with reasons."""

    title: ClassVar[str] = "指定を拒否する"
    cites: ClassVar[Citation] = PARA_2
    kind: Literal["RefuseDesignation"] = "RefuseDesignation"
    ground: Literal["要件", "必要性"]
    criterion: Line


ExaminationCommand = (
    ExamineMechanically
    | ExamineRequirement
    | CompleteReview
    | NoteStandardPeriodPassed
    | Designate
    | RefuseDesignation
)


# --- 決定 -------------------------------------------------------------------------------------


def decide(command: ExaminationCommand, state: object, rules: Rules) -> Sequence[ExaminationEvent]:
    """The facts that a command of the examination brings about."""
    match command:
        case ExamineMechanically():
            return _examine_mechanically(command, state, rules)
        case ExamineRequirement():
            return _examine(command, state, rules)
        case CompleteReview():
            return _complete(command, state, rules)
        case NoteStandardPeriodPassed():
            return _note_overrun(command, state, rules)
        case Designate():
            return _designate(command, state, rules)
        case RefuseDesignation():
            return _refuse(command, state, rules)


def _examine_mechanically(
    command: ExamineMechanically, state: object, rules: Rules
) -> list[RequirementExamined]:
    application = _examining(command, state)
    results = application.results
    return [
        _examined(command, item, item.unmet is None, _computed(item), rules)
        for item in checklist(application.said, rules.ordinance, command.on)
        if item.proof == "machine" and not _stands(results.get(item.id), _computed(item))
    ]


def _stands(result: Examined | None, finding: Finding) -> bool:
    """Whether the result rests on the same finding, so that nothing new is to be recorded."""
    return result is not None and result.finding == finding


def _computed(item: Requirement) -> Finding:
    return Finding(reasons=item.unmet or "申請書の記載から確かめた", evidence=("申請書",))


def _examine(command: ExamineRequirement, state: object, rules: Rules) -> list[RequirementExamined]:
    application = _examining(command, state)
    items = {item.id: item for item in checklist(application.said, rules.ordinance, command.on)}
    item = items.get(command.requirement)
    if item is None:
        known = "、".join(id for id, item in items.items() if item.proof != "machine")
        raise Refused(
            PARA_2,
            f"審査項目 {command.requirement} はありません",
            f"requirement は次のいずれかです: {known}",
        )
    refuse_unless(
        item.proof != "machine",
        item.basis,
        f"{item.id}（{item.text}）は申請書から計算で確かめる項目で、人の認定で置き換えられません",
        "「機械審査を行う」を提出してください",
    )
    refuse_unless(
        item.proof != "document" or bool(command.finding.evidence),
        item.basis,
        f"{item.id}（{item.text}）は書面で確かめる項目です",
        "finding.evidence に確かめた書面を記してください",
    )
    result = application.results.get(item.id)
    if result and result.met == command.met and _stands(result, command.finding):
        return []
    return [_examined(command, item, command.met, command.finding, rules)]


def _examined(
    command: ExamineMechanically | ExamineRequirement,
    item: Requirement,
    met: bool,
    finding: Finding,
    rules: Rules,
) -> RequirementExamined:
    return stated(
        RequirementExamined,
        command,
        rules,
        basis=item.basis,
        requirement=item.id,
        text=item.text,
        proof=item.proof,
        met=met,
        finding=finding,
    )


def _examining(command: Entry, state: object) -> Application:
    """The application under examination, or to be examined again before the decision."""
    stage = expect(state, (UnderReview, DecisionPending), command)
    since = stage.since if isinstance(stage, UnderReview) else stage.reviewed
    not_before(command, since, stage.title)
    return stage.application


def _complete(command: CompleteReview, state: object, rules: Rules) -> list[ReviewCompleted]:
    stage = expect(state, (UnderReview,), command)
    results = stage.application.results
    last = max([stage.since, *(one.on for one in results.values())])
    not_before(command, last, "審査")
    items = checklist(stage.application.said, rules.ordinance, command.on)
    _all_examined(items, results)
    unmet = [item.id for item in items if not results[item.id].met]
    return [stated(ReviewCompleted, command, rules, unmet=unmet)]


def _all_examined(items: Sequence[Requirement], results: Mapping[str, Examined]) -> None:
    """Refuse to end a review with an item left, or computed under what holds no longer."""
    left = [item.id for item in items if item.id not in results]
    refuse_unless(
        not left,
        PARA_2,
        f"まだ審査していない項目があります: {'、'.join(left)}",
        "すべての項目に結果・証拠・審査者を記録してから終えてください",
    )
    outdated = [
        item.id
        for item in items
        if item.proof == "machine" and not _stands(results[item.id], _computed(item))
    ]
    refuse_unless(
        not outdated,
        PARA_2,
        f"審査の後に定めが変わり、結果が異なる項目があります: {'、'.join(outdated)}",
        "「機械審査を行う」をもう一度提出してください",
    )


def standard_period(application: Application, rules: Rules) -> Deadline:
    """標準処理期間（行手法第6条）: From arrival, without the days of correction where published so."""
    return reckon(
        key="standard",
        title="標準処理期間の末日",
        basis=APA_6,
        origin=application.arrived,
        origin_title="申請の到達",
        period=application.standard_period.period,
        calendar=rules.calendar,
        to_municipality=False,
        suspensions=application.suspensions,
    )


def _note_overrun(
    command: NoteStandardPeriodPassed, state: object, rules: Rules
) -> list[StandardPeriodPassed]:
    if not isinstance(state, Arrived | Correcting | UnderReview | DecisionPending):
        return []
    due = standard_period(state.application, rules)
    if state.application.overrun or not has_passed(due, command.on):
        return []
    return [stated(StandardPeriodPassed, command, rules, due=due)]


def _deciding(command: Decision, state: object, rules: Rules) -> DecisionPending:
    pending = expect(state, (DecisionPending,), command)
    not_before(command, pending.reviewed, "審査の終了")
    criteria_published(command, rules)
    four_eyes(command, pending.drafter)
    return pending


def _designate(command: Designate, state: object, rules: Rules) -> list[DesignationGranted]:
    pending = _deciding(command, state, rules)
    refuse_unless(
        not pending.unmet,
        PARA_2,
        f"満たされていない要件があるため指定できません: {'、'.join(pending.unmet)}",
    )
    on_arrival = rules.ordinance.effect_of_designation.on(command.on).value == "通知の到達"
    arrives = command.arrives or command.on
    not_before(command.model_copy(update={"on": arrives}), command.on, "指定")
    effective = arrives if on_arrival else command.on
    laid = conditions(effective, "指定の効力の発生", 1, rules, on=command.on)
    return [stated(DesignationGranted, command, rules, effective=effective, conditions=laid)]


def _refuse(command: RefuseDesignation, state: object, rules: Rules) -> list[DesignationRefused]:
    pending = _deciding(command, state, rules)
    refuse_unless(
        command.ground == "必要性" or bool(pending.unmet),
        PARA_2,
        "すべての要件を満たしており、要件を理由には拒否できません",
        "必要と認めないときは ground を 必要性 とし、公にした審査基準に沿って理由を示してください",
    )
    return [stated(DesignationRefused, command, rules, unmet=pending.unmet)]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(
    state: object, event: RequirementExamined | ReviewCompleted | StandardPeriodPassed
) -> Applying:
    """The stage after a fact of the examination that does not end it."""
    if not isinstance(state, Arrived | Correcting | UnderReview | DecisionPending):
        raise UnreadableFact(f"{event.tag} cannot follow {type(state).__name__}")
    application = state.application
    match event:
        case RequirementExamined():
            return _with_result(state, event)
        case ReviewCompleted():
            return DecisionPending(application, event.by.person, event.on, event.unmet)
        case StandardPeriodPassed():
            return replace(state, application=replace(application, overrun=True))


def _with_result(state: Applying, event: RequirementExamined) -> Applying:
    result = Examined(event.met, event.finding, event.on)
    results = {**state.application.results, event.requirement: result}
    application = replace(state.application, results=results)
    if isinstance(state, DecisionPending):
        return UnderReview(application, state.reviewed)
    return replace(state, application=application)
