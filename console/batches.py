"""一斉の提出: `kyodo batch`, a file of commands for many cases, to be looked at before it is submitted."""

import json as json_format
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from pydantic import ValidationError
from rich.text import Text

from console import answers
from console.answers import DONE, INVALID, end, show
from console.faults import Fault, faults_of
from console.listing import Listing, hand_out, put
from console.open_cases import Found, fold_all, numbers
from console.options import Csv, Json, NewFile, On, Out, Place, code, day, span, text_of
from console.schema import title_of
from console.services import reading, rulebook
from console.settings import Settings
from console.submissions import Document, understand
from console.submitting import submit
from console.templates import (
    Item,
    Row,
    Template,
    Unfilled,
    fill,
    items,
    matched,
    read_template,
)
from domain.decider import Refused
from domain.era import fiscal_days, fiscal_year
from domain.ordinance import Rules
from domain.record import Submission

batch_app = App(name="batch", help="多くの事案への命令書を、ひな形からまとめて作る")
batch_app.command(submit, name="submit")
Year = Annotated[str | None, Parameter(name="--fiscal-year", help="年度（令和8年度）")]
_PLANNED = ("id", "事案", "団体", "行為", "見込み", "理由")
_EXAMPLES = files("console") / "batch_templates"


@dataclass(frozen=True)
class Planned:
    """One command of the file, and what would come of it now."""

    item: Item
    submission: Submission
    prospect: str
    why: str = ""


@batch_app.command(name="select")
async def batch_select(
    template: Path,
    *,
    municipality: Place = None,
    fiscal_year: Year = None,
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """ひな形が選ぶものと、ひな形で使える語の一覧. CSV にして列を書き足せば、make の表になる."""
    asked = _template(template, municipality, fiscal_year, None)
    chosen = await _chosen(asked)
    columns = list(dict.fromkeys(name for item in chosen for name in item.said))
    rows = [[item.said.get(name) for name in columns] for item in chosen]
    hand_out(Listing(columns, rows, title=asked.title), json=json, csv=csv, out=out)


@batch_app.command(name="make")
async def batch_make(
    template: Path,
    *,
    out: NewFile,
    rows: Annotated[Path | None, Parameter(help="事案ごとの語の表（CSV）")] = None,
    municipality: Place = None,
    fiscal_year: Year = None,
    on: On = None,
    json: Json = False,
) -> int:
    """命令書を作る. 何も提出しない. 見てから `kyodo batch submit FILE` で提出する."""
    asked = _template(template, municipality, fiscal_year, on)
    if out.exists():
        end(INVALID, f"--out: {out} はすでにあります。別の名を書いてください")
    chosen = await _chosen(asked)
    try:
        filled = list(_filled(asked, chosen, text_of(rows) if rows else None))
    except Unfilled as fault:
        end(INVALID, f"{fault}")
    submissions = _understood(out, filled)
    rules = rulebook(Settings()).rules(asked.select.municipality)
    planned = [
        _planned(item, submission, rules)
        for (item, _), submission in zip(filled, submissions, strict=True)
    ]
    put(out, "".join(f"{one.submission.model_dump_json()}\n" for one in planned))
    _tell(out, asked, planned, json=json)
    return DONE


@batch_app.command(name="examples")
def batch_examples(name: str | None = None) -> None:
    """ひな形の見本: 一覧、NAME でその全文."""
    texts = {one.name.removesuffix(".toml"): one.read_text("utf-8") for one in _EXAMPLES.iterdir()}
    if name is None:
        rows = [(one, text.splitlines()[0].removeprefix("# ")) for one, text in texts.items()]
        hand_out(Listing(("見本", "すること"), sorted(rows)))
    elif name in texts:
        answers.write(texts[name])
    else:
        end(INVALID, f"NAME: 見本 {name} はありません（{'・'.join(sorted(texts))}）")


# --- ひな形 ---------------------------------------------------------------------------------------


def _template(path: Path, place: str | None, year: str | None, on: str | None) -> Template:
    """The template with what the options say instead; ends the command (2) if ill made."""
    try:
        template = read_template(text_of(path))
    except tomllib.TOMLDecodeError as fault:
        end(INVALID, f"{path}: TOML として読めません（{fault}）")
    except ValidationError as fault:
        end(INVALID, "\n".join(str(one) for one in faults_of(f"{path}", "", "", fault)))
    more: dict[str, object] = {"municipality": code(place or template.select.municipality)}
    if year is not None:
        more["fiscal_year"] = _year(year)
    select = template.select.model_copy(update=more)
    command = dict(template.command)
    if when := day(on, "--on"):
        command["on"] = f"{when}"
    return template.model_copy(update={"select": select, "command": command})


def _year(text: str) -> int:
    since, until = span(text, "--fiscal-year")
    if since is None or (since, until) != fiscal_days(fiscal_year(since)):
        end(INVALID, f"--fiscal-year: 「{text}」は一つの年度ではありません（例 令和8年度）")
    return fiscal_year(since)


async def _chosen(template: Template) -> list[Item]:
    """What is selected; ends the command (2) where it is nothing."""
    found = await _found(template)
    for case in found.unreadable:
        answers.ERR.print(f"{case}: 記録を読めないため、除きました", markup=False)
    chosen = items(template.select, found.cases)
    if not chosen:
        stage = template.select.stage
        end(
            INVALID,
            f"選ばれるものがありません（進行中の事案 {len(found.cases)} 件"
            + (f"、段階が「{stage}」で始まるもの）" if stage else "）"),
        )
    return chosen


async def _found(template: Template) -> Found:
    async with reading(Settings()) as records:
        cases = await numbers(records, template.select.municipality, template.select.cases)
        with answers.progress(len(cases), "読み取り") as advance:
            return await fold_all(records, cases, advance)


# --- 命令書 ---------------------------------------------------------------------------------------


def _filled(
    template: Template, chosen: Sequence[Item], table: str | None
) -> Iterator[tuple[Item, bytes]]:
    """Every item with its submission as JSON; with a table, those that have a row in it."""
    none: Row = {}
    pairs = ((item, none) for item in chosen) if table is None else matched(chosen, table)
    for item, row in pairs:
        yield item, json_format.dumps(fill(template, item, row), ensure_ascii=False).encode()


def _understood(out: Path, filled: Sequence[tuple[Item, bytes]]) -> list[Submission]:
    """The submissions; ends the command (2) with every fault, before anything is written."""
    faults: list[Fault] = []
    submissions: list[Submission] = []
    for item, raw in filled:
        wrong, submission = understand(Document(f"{out}", " ".join(item.key), raw))
        faults += wrong
        submissions += [submission] if submission else []
    if faults:
        end(INVALID, "\n".join(str(one) for one in faults))
    return submissions


def _planned(item: Item, submission: Submission, rules: Rules) -> Planned:
    """What would come of the command if it were submitted now."""
    institution = item.case.institution
    command = institution.command.validate_json(json_format.dumps(submission.command))
    try:
        events = institution.decider.decide(command, item.case.state, rules)
    except Refused as refused:
        return Planned(item, submission, "拒否", f"{refused.reason}（{refused.citation}）")
    return Planned(item, submission, "記録する" if events else "変わりなし")


def _tell(out: Path, template: Template, planned: Sequence[Planned], *, json: bool) -> None:
    rows = [
        (
            one.submission.id,
            one.item.case.case,
            one.item.case.headline,
            title_of(f"{one.submission.command['kind']}"),
            one.prospect,
            one.why,
        )
        for one in planned
    ]
    hand_out(Listing(_PLANNED, rows, title=template.title), json=json)
    if not json:
        show(Text(f"{out} に書きました。見てから `kyodo batch submit {out}` で提出してください"))
