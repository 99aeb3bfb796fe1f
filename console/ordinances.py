"""条例の定め: `kyodo ordinance`, profiles to start, check, show, compare, and their schema."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, cast

from cyclopts import App, Parameter
from pydantic import BaseModel

from activities.rulebook import NoRules, Rulebook, defaults, examples
from console import answers
from console.answers import DONE, INVALID, end, machine
from console.listing import Listing, hand_out, put
from console.options import JST, Csv, Json, On, Out, day, text_of
from console.schema import concrete, tag, title_of
from console.settings import Settings
from console.tables import safe
from domain.municipalities import check_code, name_of
from domain.ordinance import Delegation, Item, Ordinance, Rules, StandardPeriod, Value
from domain.periods import Period
from domain.procedure import Decision
from domain.profile import ProfileError
from domain.profile_forms import NAMES, Fault, toml
from domain.profile_remarks import defaulted, remarks
from domain.profile_writing import profile_schema, starting_profile

ordinance_app = App(name="ordinance", help="条例の定め（プロファイル）を作り、確かめ、比べる")
Which = Annotated[str, Parameter(help="団体コード（6桁）、又はプロファイルのファイル")]
_SHOWN = ("項目", "意味", "値", "初日", "経過措置", "根拠", "既定値")
_COMPARED = ("項目", "意味")


@ordinance_app.command(name="check")
def ordinance_check(file: Path, *, json: Json = False) -> int:
    """プロファイルを確かめる: 誤りがあれば、どの項目が、なぜ、何を書けるか（終了コード 2）."""
    text = text_of(file)
    try:
        rules = Rulebook().read(text)
        _named_as_its_code(file, rules.ordinance.code)
    except ProfileError as fault:
        return _faulty(file, fault, json=json)
    told = remarks(rules.ordinance, [tag(one) for one in concrete(Decision)])
    left = defaulted(rules.ordinance)
    if json:
        machine(_checked(file, rules, told, left))
        return DONE
    head = rules.ordinance
    _say(f"{file}: 誤りはありません（{head.name}、{head.title}、版 {rules.version}）")
    for remark in told:
        _say(f"注意  {remark}")
    _say(f"既定値のままの項目 {len(left)} 件: {'・'.join(left) or 'なし'}")
    return DONE


def _named_as_its_code(file: Path, code: str) -> None:
    """A profile in force is found by its name; any other name is a draft's."""
    if re.fullmatch("[0-9]{6}", file.stem) and file.stem != code:
        raise ProfileError(
            Fault("code", f"が {code} で、ファイルの名と揃いません", f'code = "{file.stem}"')
        )


def _checked(file: Path, rules: Rules, told: Sequence[str], left: Sequence[str]) -> object:
    return {
        "file": f"{file}",
        "sound": True,
        "version": rules.version,
        "remarks": told,
        "defaults": left,
    }


def _faulty(file: Path, error: ProfileError, *, json: bool) -> int:
    if json:
        faults = [vars(one) for one in error.details]
        machine({"file": f"{file}", "sound": False, "faults": faults})
        return INVALID
    for one in error.details:
        _say(f"{file}: {one.key} {one.wrong}".replace("  ", " "))
        if one.allowed:
            _say(f"    書けるもの: {one.allowed}")
        if one.example:
            _say(f"    例: {one.example}")
    _say(f"誤り {len(error.details)} 件")
    return INVALID


def _say(text: str) -> None:
    """A line as long as it is, so that what is told can be searched."""
    answers.write(f"{safe(text).plain}\n")


@ordinance_app.command(name="new")
def ordinance_new(code: str, *, out: Out = None) -> None:
    """プロファイルを書き始める: すべての項目の意味・書き方・既定値を注記した TOML を出す."""
    if fault := check_code(code):
        end(INVALID, f"CODE: {fault}")
    name = name_of(code)
    text = starting_profile(defaults(), code, name, f"{name}長")
    if out is None:
        answers.write(text)
        return
    if out.exists():
        end(INVALID, f"--out: {out} はすでにあります。別の名を書いてください")
    put(out, text)


@ordinance_app.command(name="show")
def ordinance_show(
    which: Which, *, on: On = None, json: Json = False, csv: Csv = False, out: Out = None
) -> None:
    """その日に効力のある定め: 値、初日、経過措置、根拠、既定値かどうか."""
    rules, when = rules_of(which), _when(on)
    rows = list(_shown(rules.ordinance, when))
    head = rules.ordinance
    title = f"{head.name}　{head.title}（{head.number}）　{when} の定め　版 {rules.version}"
    hand_out(Listing(_SHOWN, rows, title=title), json=json, csv=csv, out=out)


def _shown(ordinance: Ordinance, when: date) -> Iterator[tuple[object, ...]]:
    for name in NAMES:
        parameter = getattr(ordinance, name)
        found = value_on(ordinance, name, when)
        if found is None:
            yield (name, parameter.meaning, "定めなし", None, "", "", "")
            continue
        mark = "既定値" if found.default else ""
        yield (
            name,
            parameter.meaning,
            plain_value(found.value),
            found.since,
            found.applies,
            found.basis,
            mark,
        )


@ordinance_app.command(name="compare")
def ordinance_compare(
    one: Which,
    other: Which,
    *,
    on: On = None,
    all: Annotated[bool, Parameter(negative="", help="同じ項目も出す")] = False,
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """二つの定めを比べる: その日の値が異なる項目を並べる."""
    ours, theirs, when = rules_of(one), rules_of(other), _when(on)
    heads = _headings(ours.ordinance, theirs.ordinance)
    rows = [
        row for row in _compared(ours.ordinance, theirs.ordinance, when) if all or row[2] != row[3]
    ]
    title = f"{heads[0]} と {heads[1]}　{when} の定めの違い"
    hand_out(Listing((*_COMPARED, *heads), rows, title=title), json=json, csv=csv, out=out)


def _headings(ours: Ordinance, theirs: Ordinance) -> tuple[str, str]:
    """The names, told apart by version where both are of one municipality."""
    if ours.name != theirs.name:
        return ours.name, theirs.name
    return f"{ours.name} {ours.version}", f"{theirs.name} {theirs.version}（2）"


def _compared(
    ours: Ordinance, theirs: Ordinance, when: date
) -> Iterator[tuple[str, str, str, str]]:
    for name in NAMES:
        told = [_told(ordinance, name, when) for ordinance in (ours, theirs)]
        yield (name, getattr(ours, name).meaning, told[0], told[1])


def _told(ordinance: Ordinance, name: str, when: date) -> str:
    found = value_on(ordinance, name, when)
    if found is None:
        return "定めなし"
    return plain_value(found.value) + ("（既定値）" if found.default else "")


@ordinance_app.command(name="schema")
def ordinance_schema() -> None:
    """プロファイルの様式（JSON Schema）."""
    machine(profile_schema(defaults()))


@ordinance_app.command(name="examples")
def ordinance_examples(code: str | None = None) -> None:
    """記入例: 架空の市町村のプロファイルの一覧、CODE でその全文."""
    texts = examples()
    if code is None:
        rows = [(one, _first_line(text)) for one, text in texts.items()]
        hand_out(Listing(("団体コード", "記入例"), rows))
    elif code in texts:
        answers.write(texts[code])
    else:
        end(INVALID, f"CODE: 記入例 {code} はありません（{'・'.join(texts)}）")


def _first_line(text: str) -> str:
    return text.splitlines()[0].removeprefix("# ")


# --- 読み取り -------------------------------------------------------------------------------------


def rules_of(which: str) -> Rules:
    """The rules of a code or a file; ends the command (2) where there are none or they are ill made."""
    book = Rulebook(extra=Settings().profiles)
    path = Path(which)
    try:
        if path.suffix or path.exists():
            return book.read(text_of(path))
        if which in (texts := examples()):
            return book.read(texts[which])
        return book.rules(which)
    except ProfileError as fault:
        end(INVALID, "\n".join(f"{which}: {one}" for one in fault.faults))
    except NoRules as fault:
        end(INVALID, f"{fault.args[0]}")


def _when(on: str | None) -> date:
    return day(on, "--on") or datetime.now(JST).date()


def value_on(ordinance: Ordinance, name: str, when: date) -> Value[Any] | None:
    """The value of a parameter on a day, None where none is known."""
    values: Sequence[Value[Any]] = getattr(ordinance, name).values
    return next((value for value in reversed(values) if value.covers(when)), None)


def plain_value(value: object) -> str:
    """A value in the words of a table: periods and lists as they are read aloud."""
    match value:
        case None | () | False:
            return "なし"
        case True:
            return "あり"
        case int():
            return f"{value:,}"
        case Period():
            return f"{value}"
        case StandardPeriod():
            return f"{value.period}、補正の期間を{'除く' if value.excludes_correction else '含む'}"
        case tuple():
            return "、".join(_item(one) for one in cast("tuple[object, ...]", value))
        case BaseModel():
            return toml(value)
        case _:
            return f"{value}"


def _item(one: object) -> str:
    match one:
        case Item():
            return one.text
        case Delegation():
            return f"{title_of(one.command)}（{one.office}の{one.mode}）"
        case _:
            return f"{one}"
