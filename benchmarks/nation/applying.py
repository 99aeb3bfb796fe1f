"""申請の一生（法第260条の49第2項）: From the arrival of an application to its decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.nation.case import Case, Life, Part, Step, the
from benchmarks.nation.overseeing import overseen
from domain.designation.correction import (
    Amendment,
    CorrectionRequested,
    RequestCorrection,
    SubmitCorrection,
)
from domain.designation.examination import (
    CompleteReview,
    Designate,
    DesignationGranted,
    ExamineMechanically,
    ExamineRequirement,
    RefuseDesignation,
)
from domain.designation.intake import (
    DecisionPending,
    Defect,
    FileApplication,
    PassFormalCheck,
    RefuseFormally,
    WithdrawApplication,
    application_of,
)
from domain.designation.requirements import (
    MATTERS,
    Clause,
    Composition,
    GoverningRules,
    OfBodies,
    OfResidents,
    Requirement,
    checklist,
)
from domain.people import Actor

_DAY = timedelta(days=1)


@dataclass
class _Papers:
    """申請書類: What the body has in hand; what is in `flaws` it has left out so far."""

    composition: Composition
    rules: GoverningRules
    attachments: tuple[str, ...]
    flaws: set[str]

    def filed(self) -> dict[str, object]:
        """The fields of the application that the flaws touch."""
        return {
            "composition": None if "構成員" in self.flaws else self.composition,
            "governing_rules": self._rules(),
            "attachments": self._attachments(),
        }

    def mended(self) -> Amendment:
        """What a correction replaces."""
        return Amendment(
            composition=self.composition,
            governing_rules=self._rules(),
            attachments=self._attachments(),
        )

    def defects(self) -> tuple[Defect, ...]:
        """What the office finds missing."""
        return tuple(Defect(field=flaw, remedy=_REMEDIES[flaw]) for flaw in sorted(self.flaws))

    def _rules(self) -> GoverningRules:
        if "規約" not in self.flaws:
            return self.rules
        return self.rules.model_copy(update={"clauses": self.rules.clauses[:-1]})

    def _attachments(self) -> tuple[str, ...]:
        return self.attachments[:-2] if "添付書類" in self.flaws else self.attachments


_REMEDIES = {
    "規約": "会計に関する事項を定める（施行規則第22条の5の2第8号）",
    "添付書類": "不足している書類を添える",
    "構成員": "主たる構成員の数と、区域に住所を有する者の数を記す",
}


def applied(case: Case) -> Life:
    """The whole application; where it ends in a designation, oversight begins."""
    papers = _papers(case)
    yield case.by_the_body(FileApplication, case.today, late=0.03, **_filing(case, papers))
    if not (yield from _checked(case, papers)):
        return
    while case.dice.happens(0.07):
        yield from _examined(case)
        papers.flaws = {"添付書類"}
        if not (yield from _checked(case, papers)):
            return
    yield from _examined(case)
    if (yield from _reviewed(case)):
        yield from _decided(case)


# --- 申請と形式審査 -------------------------------------------------------------------------------


def _papers(case: Case) -> _Papers:
    dice, ordinance = case.dice, case.town.ordinance
    flaws = dice.some_of(tuple(_REMEDIES), 1, 3) if dice.happens(0.45) else ()
    clauses = tuple(
        Clause(matter=matter, clause=f"第{number + dice.between(0, 1)}条")
        for number, matter in enumerate(MATTERS, dice.between(1, 3))
    )
    return _Papers(
        composition=_composition(case),
        rules=GoverningRules(document=f"{case.body.name}規約", clauses=clauses),
        attachments=ordinance.attachments.on(case.today).value,
        flaws=set(flaws),
    )


def _composition(case: Case) -> Composition:
    dice = case.dice
    if dice.happens(0.15):
        return OfBodies(bodies=tuple(f"{case.body.area}第{n}町内会" for n in range(1, 5)))
    members = dice.between(40, 2_000)
    percent = case.town.ordinance.principal_member_percent.on(case.today).value or 50
    least = -(-members * percent // 100)
    return OfResidents(principal_members=members, residents=dice.between(least, members))


def _filing(case: Case, papers: _Papers) -> dict[str, object]:
    known = case.town.ordinance.activities.on(case.today).value
    return {
        "body_name": case.body.name,
        "representative": case.body.people[0],
        "office_address": case.body.address,
        "area": case.body.area,
        "activities": tuple(item.id for item in case.dice.some_of(known, 1, 4)),
        "received_at": case.town.place.bureau,
        **papers.filed(),
    }


def _checked(case: Case, papers: _Papers) -> Part:
    """The formal check, after as many corrections as it takes."""
    while papers.flaws:
        if case.dice.happens(0.02):
            return (yield from _withdrawn(case))
        asked = yield case.decided(RequestCorrection, case.soon(1, 6), defects=papers.defects())
        if not (yield from _corrected(case, papers, _due(the(CorrectionRequested, asked)))):
            return False
    named = case.dice.some_of(("申請書の記載事項", "添付書類", "規約の写し", "代表者の証明"), 1, 4)
    yield case.by_an_officer(PassFormalCheck, case.soon(1, 5), checked=named)
    return True


def _due(asked: CorrectionRequested) -> date:
    return asked.due.day or asked.on


def _corrected(case: Case, papers: _Papers, due: date) -> Part:
    """The body corrects in time or late; or it gives up, or is refused."""
    match case.dice.fate(withdrawn=0.03, refused=0.04):
        case "withdrawn":
            return (yield from _withdrawn(case))
        case "refused":
            return (yield from _refused(case, papers, due))
        case _:
            return (yield from _mended(case, papers, due))


def _refused(case: Case, papers: _Papers, due: date) -> Part:
    yield case.decided(
        RefuseFormally,
        case.soon(3, 15, after=due),
        defects=papers.defects(),
        reasons=case.reasons("formal_refusal"),
    )
    return False


def _mended(case: Case, papers: _Papers, due: date) -> Part:
    """A correction, in time or late, that here and there leaves something out again."""
    left = case.dice.happens(0.15) and len(papers.flaws) > 1
    papers.flaws = {min(papers.flaws)} if left else set()
    late = case.dice.happens(case.body.slack)
    on = case.soon(1, 12, after=due) if late else _between(case, case.today, due)
    yield case.by_the_body(SubmitCorrection, on, late=0.04, amendment=papers.mended())
    return True


def _between(case: Case, since: date, until: date) -> date:
    """A day after `since`, no later than `until` where that leaves room."""
    return since + case.dice.between(1, max(1, (until - since).days)) * _DAY


def _withdrawn(case: Case) -> Part:
    why = case.reasons("withdrawal")
    yield case.by_the_body(WithdrawApplication, case.soon(2, 12), why=why)
    return False


# --- 要件の審査 -----------------------------------------------------------------------------------


def _examined(case: Case) -> Part:
    """Every item of the checklist, within a few days, by one or two officers."""
    on = case.soon(1, 5)
    by = case.officer(on)
    yield case.by_an_officer(ExamineMechanically, on, by=by)
    items = _by_hand(case)
    failing = case.dice.one_of(items) if case.dice.happens(0.05) else None
    for item in items:
        if case.dice.happens(0.12):
            on = case.soon(1, 2, after=on)
            by = case.officer(on)
        yield _examination(case, item, on, by, met=item is not failing)
    return True


def _by_hand(case: Case) -> Sequence[Requirement]:
    said = application_of(case.state.matter.status).said
    items = checklist(said, case.town.ordinance, case.today)
    return [item for item in items if item.proof != "machine"]


def _examination(case: Case, item: Requirement, on: date, by: Actor, *, met: bool) -> Step:
    symbol = f"{item.proof}_reason" if met else "unmet_reason"
    return case.by_an_officer(
        ExamineRequirement,
        on,
        by=by,
        requirement=item.id,
        met=met,
        finding=case.finding(symbol),
    )


def _reviewed(case: Case) -> Part:
    """The review is completed, here and there a second time after an item was examined again."""
    yield _completion(case)
    if case.dice.happens(0.05):
        item, on = case.dice.one_of(_by_hand(case)), case.soon(1, 4)
        yield _examination(case, item, on, case.officer(on), met=True)
        if not isinstance(case.state.matter.status, DecisionPending):
            yield _completion(case)
    if case.dice.happens(0.02):
        return (yield from _withdrawn(case))
    return True


def _completion(case: Case) -> Step:
    met = all(one.met for one in application_of(case.state.matter.status).results.values())
    opinion = case.reasons("opinion" if met else "opinion_unmet")
    return case.by_an_officer(CompleteReview, case.soon(1, 6), opinion=opinion)


# --- 決定 -----------------------------------------------------------------------------------------


def _decided(case: Case) -> Life:
    """The mayor designates or refuses."""
    pending, on = case.state.matter.status, case.soon(2, 15)
    unmet = isinstance(pending, DecisionPending) and pending.unmet
    if unmet or case.dice.happens(0.03):
        yield case.decided(
            RefuseDesignation,
            on,
            ground="要件" if unmet else "必要性",
            criterion=case.text("criterion"),
            reasons=case.reasons("refusal"),
        )
        return
    arrives = on + case.dice.between(0, 4) * _DAY
    necessity = case.finding("necessity")
    granted = yield case.decided(Designate, on, necessity=necessity, arrives=arrives)
    case.begin(overseen(case, the(DesignationGranted, granted).effective))
