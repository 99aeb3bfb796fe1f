"""連携協約の文: `kyodo agreement`, drafted as data, printed, made public, digested and compared."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.text import Text

from console import answers, tables
from console.answers import ERR, INVALID, OUT, end, machine, show
from console.forms import read_form
from console.listing import put
from console.options import Json, writable
from domain.agreement.wording import (
    AgreementFile,
    BadParties,
    Comparison,
    Form,
    NoAddressee,
    canonical,
    cautions,
    compare,
    digest,
    form,
    new_form,
    page,
    plain,
    table_page,
)
from domain.agreement.wording.comparison import Marked, Pair, Row, Side
from domain.agreement.wording.outline import laid_down, reads
from domain.agreement.wording.parties import UnknownBody, code_of
from domain.agreement.wording.phrases import GAP
from domain.agreement.wording.table import NO_CHANGE, absences, omitted

agreement_app = App(name="agreement", help="連携協約の文を起案し、印字し、比べる")

Html = Annotated[
    Path | None,
    Parameter(name="--html", help="印刷できる HTML を書き出す先", validator=writable("--html")),
]
Canonical = Annotated[
    Path | None,
    Parameter(
        name="--canonical",
        help="指紋を取るバイト列を書き出す先（sha256sum で同じ値になる）",
        validator=writable("--canonical"),
    ),
]
By = Annotated[
    str | None,
    Parameter(name="--by", help="告示・届出をする当事者の団体コードか名（なければ最初の当事者）"),
]
Whole = Annotated[bool, Parameter(negative="", help="変更のない条も（略）とせず、すべて出す")]
_UNDONE = "何もしていません"
_WORDS: Mapping[str, str] = {
    "union_tag_invalid": (
        "kind は 目的・基本方針・専門人材・役割分担・派遣期間・費用負担・変更及び廃止・協議・"
        "効力発生・その他・削除 のどれかで書いてください"
    ),
    "union_tag_not_found": "kind（条の種類）を書いてください",
    "recursion_depth_exceeded": "細分が深すぎます",
    "too_long": "多すぎます。数を減らしてください",
}


@agreement_app.command(name="new")
def agreement_new(
    *bodies: str,
    example: Annotated[bool, Parameter(negative="", help="記入例（Ａ県とＢ町の協約）")] = False,
    changed: Annotated[bool, Parameter(negative="", help="記入例の、変更した後の版")] = False,
) -> None:
    """当事者の団体コードか名から、書き入れるための様式（TOML）を出す."""
    if example or changed:
        answers.write(form("example-2.toml" if changed else "example-1.toml"))
        return
    try:
        answers.write(new_form([_body(one) for one in bodies]))
    except BadParties as fault:
        end(INVALID, f"当事者: {fault}")


@agreement_app.command(name="text")
def agreement_text(
    file: Path,
    *,
    form: Annotated[Form, Parameter(name="--form", help="協約、告示、届出のどれか")] = "協約",
    by: By = None,
    html: Html = None,
    json: Json = False,
) -> None:
    """協約の文を、協約書・告示・届出として印字する."""
    agreement = _read(file)
    party = _party(agreement, by)
    try:
        if html:
            put(html, page(agreement, form, party), "--html")
        if json:
            machine(_record(agreement, form, party))
        elif not html:
            answers.write(plain(agreement, form, party))
    except NoAddressee as fault:
        end(INVALID, f"{file} {fault}")
    if not json:
        for words in cautions(agreement):
            ERR.print(tables.safe(f"・{words}"), soft_wrap=True)


@agreement_app.command(name="digest")
def agreement_digest(file: Path, *, canonical_to: Canonical = None, json: Json = False) -> None:
    """文の指紋（SHA-256）。同じなら、全当事者の議会に出した文は一字も違わない.

    `--json` では、文案を確定する行為（FixText）に書く条も答える.
    """
    agreement = _read(file)
    found = digest(agreement)
    if canonical_to:
        put(canonical_to, canonical(agreement).decode(), "--canonical")
    if json:
        machine(
            {
                "sha256": found,
                "title": agreement.title,
                "basic_policy": laid_down(agreement, "基本方針"),
                "roles": laid_down(agreement, "役割分担"),
                "expertise": laid_down(agreement, "専門人材"),
                "file": f"{file}",
            }
        )
    else:
        answers.write(f"{found}  {agreement.title}\n")


@agreement_app.command(name="compare")
def agreement_compare(
    old: Path, new: Path, *, whole: Whole = False, html: Html = None, json: Json = False
) -> None:
    """二つの版の新旧対照表。変わった語に、どちらの欄でも印を付ける."""
    before, after = _read(old), _read(new)
    found = compare(before, after)
    if html:
        table = table_page(after.title, found, whole=whole, example=after.example)
        put(html, table, "--html")
    if json:
        machine(
            {
                "old": digest(before),
                "new": digest(after),
                "pairs": [_pair_record(one) for one in found.pairs],
            }
        )
    elif not html:
        show_comparison(found, after.title, whole=whole)


# --- 読む ---------------------------------------------------------------------------------------


def _read(file: Path) -> AgreementFile:
    return read_form(file, AgreementFile, _UNDONE, _WORDS)


def _party(agreement: AgreementFile, by: str | None) -> str:
    """The code of the party meant; ends the command (2) where it is none of them."""
    if by is None:
        return agreement.parties[0].code
    meant = [one.code for one in agreement.parties if by in (one.code, one.said, one.called)]
    if not meant:
        known = "、".join(f"{one.code}（{one.said}）" for one in agreement.parties)
        end(INVALID, f"--by: 「{by}」は当事者にありません。次のどれかです: {known}")
    return meant[0]


def _body(said: str) -> str:
    try:
        return code_of(said)
    except UnknownBody as fault:
        end(INVALID, f"当事者: {fault}")


def _record(agreement: AgreementFile, form: Form, party: str) -> dict[str, object]:
    return {
        "title": agreement.title,
        "sha256": digest(agreement),
        "form": form,
        "by": party,
        "printed": plain(agreement, form, party).splitlines(),
        "reads": reads(agreement),
        "data": agreement.model_dump(mode="json"),
        "cautions": cautions(agreement),
    }


# --- 新旧対照表の見せ方 -------------------------------------------------------------------------


def show_comparison(found: Comparison, title: str, *, whole: bool) -> None:
    """Changed words are underlined on a terminal, and stand in ［ ］ elsewhere."""
    if not (whole or found.changes):
        show(tables.safe(NO_CHANGE))
        return
    table = tables.plain("変更", "変更後", "変更前", title=f"{title}{GAP}新旧対照表")
    for pair in found.pairs:
        for row in _table_rows(pair, whole=whole):
            table.add_row(*row)
        table.add_section()
    show(table)
    counts = [one.change for one in found.changes]
    told = "、".join(f"{change} {counts.count(change)} 件" for change in dict.fromkeys(counts))
    show(tables.safe(told or NO_CHANGE))


def _table_rows(pair: Pair, *, whole: bool) -> Iterator[tuple[Text, Text, Text]]:
    if pair.change == "同じ" and not whole:
        yield Text(), Text(omitted(pair)), Text(omitted(pair))
        return
    told = "" if pair.change == "同じ" else pair.change
    for row, absent in absences(pair.rows):
        yield Text(told), _side(row.new, absent), _side(row.old, absent)
        told = ""


def _side(side: Side | None, absent: str) -> Text:
    if side is None:
        return Text(absent)
    shown = Text(GAP * side.depth)
    for piece in (*side.label, *([Marked(GAP, changed=False)] if side.label else []), *side.words):
        shown.append_text(_piece(piece))
    return shown


def _piece(piece: Marked) -> Text:
    if not piece.changed:
        return tables.safe(piece.words)
    if OUT.is_terminal:
        words = tables.safe(piece.words)
        words.stylize("bold underline")
        return words
    return tables.safe(f"［{piece.words}］")


def _pair_record(pair: Pair) -> dict[str, object]:
    return {
        "part": pair.name,
        "change": pair.change,
        "old": pair.old.label if pair.old else None,
        "new": pair.new.label if pair.new else None,
        "rows": [_row_record(one) for one in pair.rows],
    }


def _row_record(row: Row) -> dict[str, object]:
    return {"changed": row.changed, "old": _side_record(row.old), "new": _side_record(row.new)}


def _side_record(side: Side | None) -> dict[str, object] | None:
    if side is None:
        return None
    return {
        "label": "".join(one.words for one in side.label),
        "depth": side.depth,
        "words": f"{side}",
        "pieces": [{"words": one.words, "changed": one.changed} for one in side.words],
    }
