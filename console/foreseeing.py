"""改正の先読み: `kyodo law preview` and `kyodo case whatif`, before anything is decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.text import Text

from activities.rulebook import Rulebook
from console import tables
from console.answers import INVALID, end, machine, progress, show
from console.casefile import CaseFile, open_case
from console.listing import Listing, hand_out
from console.options import JST, Csv, Json, On, Out, day, numbered, text_of, viewer
from console.ordinances import plain_value
from console.services import auditing, rulebook
from console.settings import Settings
from domain.acts import Event
from domain.foresight import Foreseen, Parting, first_parting, foresee
from domain.institution import Institution
from domain.ordinance import Rules, Value
from domain.periods import CalendarEnds, Deadline
from domain.registry import institution_for
from domain.transition import Difference, Shift, first_day, governed
from store.audit.cases import cases

law_app = App(name="law", help="条例の改正が、進行中の事案に何をもたらすか")
MOST = 10_000
_COLUMNS = ("事案", "団体", "事項", "改定前", "改定後", "経過措置", "根拠", "扱い")
_MOVES = "「規律の改定を適用する」で動く"
_STAYS = "動かない（定めた期限のまま）"
_WHAT = "改正の影響の事前確認"


@dataclass(frozen=True)
class Touched:
    """A running case that the new ordinance touches."""

    file: CaseFile
    foreseen: Foreseen


# --- kyodo law preview ------------------------------------------------------------------------


@law_app.command(name="preview")
async def law_preview(
    file: Path, *, on: On = None, json: Json = False, csv: Csv = False, out: Out = None
) -> None:
    """新しいプロファイル FILE が、どの進行中の事案の、どの期限と決定に及ぶか.

    --on は、いつの時点の影響か（なければ、最初の改正の施行日か今日の、遅いほう）。
    """
    settings = Settings()
    old, new = _both(settings, file)
    when = _from(on, old, new)
    found, seen = await _touched(settings, old, new, when)
    rows = [row for one in found for row in _rows(one)]
    title = f"{new.ordinance.name}　版 {old.version} → {new.version}　{when} の影響"
    records = [_record(one) for one in found]
    hand_out(Listing(_COLUMNS, rows, records, title), json=json, csv=csv, out=out)
    if not (json or csv or out):
        show(Text(f"進行中の事案 {seen} 件のうち {len(found)} 件に影響があります"))


def _both(settings: Settings, file: Path) -> tuple[Rules, Rules]:
    """The rules of the municipality as they are, and as the file would have them."""
    new = Rulebook().read(text_of(file))
    return rulebook(settings).rules(new.ordinance.code), new


def _from(on: str | None, old: Rules, new: Rules) -> date:
    today = datetime.now(JST).date()
    first = first_day(old.ordinance, new.ordinance)
    return day(on, "--on") or max(first or today, today)


async def _touched(
    settings: Settings, old: Rules, new: Rules, when: date
) -> tuple[list[Touched], int]:
    """The running cases that are touched, and how many there are."""
    code, found = new.ordinance.code, list[Touched]()
    async with auditing(settings) as audit:
        looking = viewer(settings, needs_why=False)
        running = await cases(audit.desk, looking, code, open=True, limit=MOST)
        reader = audit.reader(looking)
        with progress(len(running), "進行中の事案を両方の定めで読む") as step:
            for line in running:
                file = await open_case(reader, line.case, what=_WHAT)
                foreseen = _foreseen(file, old, new, when)
                found += [Touched(file, foreseen)] if foreseen.touched else []
                step()
    return found, len(running)


def _foreseen(file: CaseFile, old: Rules, new: Rules, when: date) -> Foreseen:
    institution = institution_for(file.case)
    state = institution.decider.fold(_events(file))
    try:
        return foresee(institution, state, old, new, when)
    except CalendarEnds as fault:
        end(INVALID, f"事案 {file.case}: {fault}")


def _events(file: CaseFile) -> list[Event]:
    return [entry.event for entry in file.entries if entry.event]


def _rows(one: Touched) -> Iterator[tuple[object, ...]]:
    head = (one.file.case, one.file.headline)
    moving = {shift.after.key for shift in one.foreseen.moving}
    for shift in one.foreseen.shifts:
        value = shift.value
        how = _how(shift, moving)
        yield (
            *head,
            shift.before.title,
            f"{shift.before.day}",
            f"{shift.after.day}",
            value.applies,
            value.basis,
            how,
        )
    for gate in one.foreseen.gates:
        told = gate.difference
        after = told.after
        yield (
            *head,
            f"{gate.title}: {told.meaning}",
            _said(told.before),
            _said(after),
            after.applies if after else "",
            after.basis if after else "",
            "これからの決定に及ぶ",
        )


def _how(shift: Shift, moving: set[str]) -> str:
    rule = governed(shift.after.key)
    if rule and rule.follows == "おのずから":
        return "おのずから動く（そのつど数える期限）"
    return _MOVES if shift.after.key in moving else _STAYS


def _record(one: Touched) -> object:
    foreseen = one.foreseen
    moving = {shift.after.key for shift in foreseen.moving}
    return {
        "case": one.file.case,
        "headline": one.file.headline,
        "day": foreseen.day,
        "deadlines": [
            {**_shift(shift), "treatment": _how(shift, moving)} for shift in foreseen.shifts
        ],
        "gates": [
            {"command": gate.command, "title": gate.title, **_difference(gate.difference)}
            for gate in foreseen.gates
        ],
    }


# --- kyodo case whatif ------------------------------------------------------------------------


async def case_whatif(
    case: str,
    *,
    profile: Annotated[
        Path | None, Parameter(name="--profile", help="この定めであったら、と仮定する")
    ] = None,
    on: On = None,
    json: Json = False,
) -> None:
    """ほかの定めであったら: 履歴の最初に異なるところ（--profile FILE か --on その日の定め）."""
    numbered(case, "CASE")
    if (profile is None) == (on is None):
        end(INVALID, "--profile と --on のどちらか一つを書いてください")
    settings, when = Settings(), day(on, "--on")
    supposed = Rulebook().read(text_of(profile)) if profile else None
    async with auditing(settings) as audit:
        reader = audit.reader(viewer(settings, needs_why=False))
        file = await open_case(reader, case, what="ほかの定めであったとした場合")
    new = supposed or file.rules
    found = first_parting(_institution(case), _events(file), file.rules, new, when)
    if json:
        machine(_parting_record(file, new, found))
        return
    show(tables.safe(f"{file.case}　{file.headline}　{_supposition(new, when)}"))
    if found is None:
        show(tables.safe("異なるところはありません"))
        return
    for words in _parting_lines(found):
        show(tables.safe(words))


def _institution(case: str) -> Institution[Any, Any, Any]:
    return institution_for(case)


def _supposition(new: Rules, when: date | None) -> str:
    head = f"{new.ordinance.name}の定め（版 {new.version}）"
    return f"{when} に効力のある{head}であったら" if when else f"{head}であったら"


def _parting_lines(found: Parting) -> Iterator[str]:
    event = found.event
    yield f"最初に異なるのは　版{found.number}　{event.on}　{event.title}（{event.basis}）"
    for told in found.differences:
        yield f"  {told.parameter}　{told.meaning}"
        yield f"    定め  {_said(told.before)}（{_basis(told.before)}）"
        yield f"    仮定  {_said(told.after)}（{_basis(told.after)}）"
    for shift in found.shifts:
        yield f"  {shift.before.title}　{shift.before.day} → {shift.after.day}"
        yield from (f"    定め  {line}" for line in shift.before.explain())
        yield from (f"    仮定  {line}" for line in shift.after.explain())


def _parting_record(file: CaseFile, new: Rules, found: Parting | None) -> object:
    head = {"case": file.case, "before": file.rules.version, "after": new.version}
    if found is None:
        return {**head, "differs": False}
    return {
        **head,
        "differs": True,
        "number": found.number,
        "kind": found.event.tag,
        "title": found.event.title,
        "on": found.event.on,
        "differences": [_difference(one) for one in found.differences],
        "deadlines": [_shift(one) for one in found.shifts],
    }


# --- 見せ方 -----------------------------------------------------------------------------------


def _said(value: Value[Any] | None) -> str:
    return "定めなし" if value is None else plain_value(value.value)


def _basis(value: Value[Any] | None) -> str:
    return value.basis if value else "―"


def _difference(one: Difference) -> dict[str, object]:
    return {
        "parameter": one.parameter,
        "meaning": one.meaning,
        "before": one.before and one.before.model_dump(mode="json"),
        "after": one.after and one.after.model_dump(mode="json"),
    }


def _shift(one: Shift) -> dict[str, object]:
    return {
        "key": one.before.key,
        "title": one.before.title,
        "parameter": one.parameter,
        "applies": one.value.applies,
        "provision": one.value.basis,
        "before": _ledger(one.before),
        "after": _ledger(one.after),
    }


def _ledger(one: Deadline) -> dict[str, object]:
    return {"day": one.day, "ledger": one.explain()}
