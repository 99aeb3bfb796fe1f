"""特別交付税の算定: `kyodo allocation`, the item amount with a line for every yen."""

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from cyclopts import App, Parameter
from rich.text import Text

from console import answers, tables
from console.answers import INVALID, end, show
from console.claiming import claim_of_case, is_case
from console.forms import faulty, read_form
from console.listing import Listing, hand_out
from console.options import Csv, Json, Out
from domain.allocation import (
    Claim,
    NotClaimable,
    NotFixed,
    Readings,
    RuleSet,
    Sheet,
    SupportClaim,
    UnknownReading,
    UnsoundClaim,
    compute,
    compute_support,
    rule_set,
    rule_sets,
    sheet_record,
    with_readings,
)
from domain.allocation.claim import read_fiscal_year
from domain.allocation.conditions import ROWS, Decision
from domain.allocation.readings import answer, questions
from domain.allocation.rules import STATUSES
from domain.allocation.tracing import figure, yen
from domain.era import fiscal_name, wareki

allocation_app = App(name="allocation", help="特別交付税の項目の額を、根拠とともに算定する")

FiscalYear = Annotated[
    str | None,
    Parameter(name="--fiscal-year", help="年度（令和7年度、2025）。申告の年度と合うこと"),
]
Party = Annotated[
    str | None,
    Parameter(
        name="--party", help="算定する団体の団体コード（事案のとき。なければ事案番号の団体）"
    ),
]
Provisional = Annotated[
    bool, Parameter(negative="", help="まだ定まっていない年度を、暫定の規則で試算する")
]
Order = Annotated[
    Literal["deduct-then-cap", "cap-then-deduct"] | None,
    Parameter(name="--order", help="負担金の控除と上限の順序（なければ年度の規則の既定）"),
]
Reading = Annotated[
    tuple[str, ...],
    Parameter(
        name="--reading",
        negative="",
        show_default=False,
        help="ほかの読み方（問い=答え。`kyodo allocation readings` に一覧）",
    ),
]
_TRACE = ("区分", "対象", "手順", "計算", "額", "根拠", "資料")
_CONDITIONS = ("派遣", "条件", "", "該当", "理由", "根拠", "資料")
_FORMS = files("domain") / "allocation" / "forms"
_NOT_COMPUTED = "算定していません"
C = TypeVar("C", Claim, SupportClaim)


@allocation_app.command(name="compute")
async def allocation_compute(
    source: str,
    *,
    party: Party = None,
    fiscal_year: FiscalYear = None,
    order: Order = None,
    reading: Reading = (),
    provisional: Provisional = False,
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """申告（TOML か JSON）又は連携協約の事案番号から、専門人材の確保に要する経費の算定額を求める."""
    if is_case(source):
        claim = await claim_of_case(source, party, fiscal_year)
    else:
        claim = read_claim(Path(source), Claim)
        _must_be_of(fiscal_year, claim.fiscal_year, Path(source))
    rules = _rules(claim.fiscal_year, provisional=provisional)
    hand_out_sheet(
        sheet_of(claim, rules, _readings(rules, order, reading), source=source),
        json=json,
        csv=csv,
        out=out,
    )


@allocation_app.command(name="support")
def allocation_support(
    file: Path,
    *,
    fiscal_year: FiscalYear = None,
    provisional: Provisional = False,
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """申告から、地域運営組織・指定地域共同活動団体の支援に要する経費の算定額を求める."""
    claim = read_claim(file, SupportClaim)
    _must_be_of(fiscal_year, claim.fiscal_year, file)
    try:
        sheet = compute_support(claim, _rules(claim.fiscal_year, provisional=provisional))
    except NotClaimable as fault:
        end(INVALID, f"{file}: {fault}")
    hand_out_sheet(sheet, json=json, csv=csv, out=out)


@allocation_app.command(name="new")
def allocation_new(
    *,
    support: Annotated[bool, Parameter(negative="", help="支援の項目の申告")] = False,
    example: Annotated[bool, Parameter(negative="", help="記入例")] = False,
) -> None:
    """書き入れるための申告の様式（TOML）を出す."""
    name = f"{'support' if support else 'claim'}-{'example' if example else 'new'}.toml"
    answers.write((_FORMS / name).read_text("utf-8"))


@allocation_app.command(name="rules")
def allocation_rules(*, json: Json = False, csv: Csv = False, out: Out = None) -> None:
    """年度ごとの規則: 状態、条文の日、号、上限."""
    columns = ("", *(one.name for one in rule_sets()))
    rows = [(heading, *(tell(one) for one in rule_sets())) for heading, tell in _RULES.items()]
    records = [one.model_dump(mode="json") for one in rule_sets()]
    hand_out(Listing(columns, rows, records), json=json, csv=csv, out=out)


@allocation_app.command(name="readings")
def allocation_readings(*, json: Json = False, csv: Csv = False, out: Out = None) -> None:
    """読み方: 条文だけでは決まらない問いと答え、年度の規則の既定."""
    columns = ("問い", "答え", "意味", "既定の年度", "理由")
    rows = [row for key in questions() for row in _question_rows(key)]
    hand_out(Listing(columns, rows), json=json, csv=csv, out=out)


# --- 申告から算定書へ ---------------------------------------------------------------------------


def sheet_of(claim: Claim, rules: RuleSet, readings: Readings, *, source: str) -> Sheet:
    """The sheet of a claim, wherever it came from; ends the command (2) where it is unsound."""
    try:
        return compute(claim, rules, readings)
    except UnsoundClaim as unsound:
        faulty((f"{source} {fault}" for fault in unsound.faults), _NOT_COMPUTED)


def read_claim(file: Path, kind: type[C]) -> C:
    """A claim from a file, JSON where it is named so; ends the command (2) with every fault."""
    return read_form(file, kind, _NOT_COMPUTED)


def _must_be_of(asked: str | None, year: int, file: Path) -> None:
    if asked is None:
        return
    try:
        wanted = read_fiscal_year(asked)
    except ValueError as fault:
        end(INVALID, f"--fiscal-year: {fault}")
    if wanted != year:
        end(
            INVALID,
            f"--fiscal-year: {fiscal_name(wanted)}が求められましたが、{file} は{fiscal_name(year)}分の申告です。"
            "その年度の申告を書いてください",
        )


def _rules(year: int, *, provisional: bool) -> RuleSet:
    try:
        return rule_set(year, provisional=provisional)
    except NotFixed as fault:
        end(INVALID, f"fiscal_year: {fault}")


def _readings(rules: RuleSet, order: str | None, asked: tuple[str, ...]) -> Readings:
    """The year's own readings but those asked for; ends the command (2) where there is none such."""
    changed = {"order": order} if order else {}
    for one in asked:
        key, separator, choice = one.partition("=")
        if not separator:
            end(INVALID, f"--reading: 「{one}」は 問い=答え の形で書いてください")
        changed[key] = choice
    try:
        return with_readings(rules.readings, **changed)
    except UnknownReading as fault:
        end(INVALID, f"--reading: {fault}")


# --- 算定書の見せ方 -----------------------------------------------------------------------------


def hand_out_sheet(sheet: Sheet, *, json: bool, csv: bool, out: Path | None) -> None:
    """The sheet for people, its trace for spreadsheets, or all of it for machines."""
    listing = Listing(_TRACE, list(_trace_rows(sheet)), [sheet_record(sheet)])
    if json or csv or out:
        hand_out(listing, json=json, csv=csv, out=out)
        return
    show(_head(sheet))
    show(_table("算定の跡", _TRACE, _trace_rows(sheet)))
    if sheet.judgements:
        show(_table("条件の判定（D1〜D11）", _CONDITIONS, _condition_rows(sheet)))
    if sheet.alternatives:
        columns = ("別の読み方", "算定額", "差", "理由")
        show(_table("読み方によって額が変わるもの", columns, _alternative_rows(sheet)))
    for words in sheet.cautions:
        show(tables.safe(f"・{words}"))


def _head(sheet: Sheet) -> Text:
    rules = sheet.rules
    amount = f"算定額 {yen(sheet.amount)}" + (
        "（手で算定する分を含まない）" if sheet.manual else ""
    )
    return Text.assemble(
        (f"{sheet.name}　{fiscal_name(rules.fiscal_year)}（三月分）　{amount}\n", "bold"),
        f"{sheet.item}\n",
        f"規則: {STATUSES[rules.status]}、{rules.text_date}（{wareki(rules.text_date)}）の条文、版 {rules.version}",
    )


def _table(
    title: str, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]
) -> tables.PlainTable:
    table = tables.plain(*columns, title=title)
    for row in rows:
        table.add_row(*row)
    return table


def _trace_rows(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    for trace in sheet.traces:
        for step in trace.steps:
            yield (
                trace.part,
                trace.subject,
                f"{step.operation}: {step.words}",
                step.formula,
                yen(step.after),
                step.rule.short,
                "、".join(step.evidence),
            )


def _condition_rows(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    for judged in sheet.judgements:
        yield (judged.dispatch.id, "", judged.side, "", f"結果: {judged.outcome}", "", "")
        told = ""
        for one in judged.decisions:
            yield _condition_row(one, "〃" if one.reason == told else one.reason)
            told = one.reason


def _condition_row(one: Decision, reason: str) -> tuple[str, ...]:
    mark = "該当" if one.applies else "－"
    return ("", one.row, ROWS[one.row], mark, reason, one.rule.short, "、".join(one.evidence))


def _alternative_rows(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    for one in sheet.alternatives:
        yield (one.title, yen(one.amount), f"{one.difference:+,}円", one.why)


_RULES: Mapping[str, Callable[[RuleSet], object]] = {
    "状態": lambda one: STATUSES[one.status],
    "条文の日": lambda one: f"{one.text_date}（{wareki(one.text_date)}）",
    "項目（道府県）": lambda one: one.item(prefecture=True).short,
    "項目（市町村）": lambda one: one.item(prefecture=False).short,
    "上限 A 募集経費（一団体）": lambda one: one.caps.recruitment,
    "上限 B 都道府県が派遣（一人）": lambda one: one.caps.sent_by_prefecture,
    "上限 B 市町村が派遣（一人）": lambda one: one.caps.sent_by_municipality,
    "上限 C 都道府県から（一人）": lambda one: one.caps.received_from_prefecture,
    "上限 C その他から（一人）": lambda one: one.caps.received_from_others,
    "率": lambda one: figure(one.rate),
    "支援の項目（市町村）": lambda one: (
        f"省令第5条第1項第3号イの表第{one.support.table}号" if one.support else "なし"
    ),
    "版": lambda one: one.version,
    "出典": lambda one: one.source,
    "備考": lambda one: one.note,
}
"""What is told of a rule set, by its heading."""


def _question_rows(key: str) -> Iterator[tuple[str, ...]]:
    question = questions()[key]
    yield (key, "", question.title, "", question.why)
    for id, choice in question.choices.items():
        yield (key, id, choice.title, _default_in(key, id), choice.why)


def _default_in(key: str, choice: str) -> str:
    """The names of the rule sets of which it is the default."""
    return "、".join(one.name for one in rule_sets() if answer(one.readings, key) == choice)
