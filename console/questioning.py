"""監査: `kyodo audit`, what is asked of the record. Every command names who looks and why."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated

from cyclopts import App, Parameter
from rich.text import Text

from console import tables
from console.answers import INVALID, end, machine, show
from console.casefile import CaseFile, open_case
from console.comparison import differences
from console.listing import Listing, hand_out
from console.options import (
    JST,
    Csv,
    Json,
    Known,
    On,
    Out,
    Place,
    Why,
    code,
    day,
    kinds,
    line,
    moment,
    numbered,
    positive,
    provision,
    span,
    viewer,
)
from console.schema import title_of
from console.services import auditing, rulebook
from console.settings import Settings
from domain.bodies import office_name
from domain.era import fiscal_name
from domain.law import Citation
from store.audit.looks import looks
from store.audit.questions import Answer, ask, question, questions
from store.audit.search import Count, Filter, Found, Grouping, TooShort, count, find
from store.audit.standing import Standing, standings

audit_app = App(name="audit", help="記録に問い、確かめる")

Period = Annotated[
    str | None, Parameter(name="--period", help="期間（令和8年度、2026-04..2026-09）")
]
Limit = Annotated[
    int, Parameter(name="--limit", help="多くとも何件", validator=positive("--limit"))
]


# --- 一つの事案 -------------------------------------------------------------------------------


@audit_app.command(name="show")
async def audit_show(
    case: str, *, on: On = None, known: Known = None, why: Why = "", json: Json = False
) -> None:
    """ある法律上の日に、ある時点で知られていたとおりの事案."""
    settings = Settings()
    looking = viewer(settings, why)
    async with auditing(settings) as audit:
        file = await open_case(
            audit.reader(looking),
            case,
            on=day(on, "--on"),
            known=moment(known, "--known"),
            what="ある日の事案",
        )
    if json:
        machine(tables.case_summary(file))
    else:
        show(tables.as_of(file))
        show(tables.case_sheet(file))


@audit_app.command(name="diff")
async def audit_diff(
    case: str,
    *,
    on: On = None,
    known: Known = None,
    to_on: Annotated[str | None, Parameter(help="比べる相手の法律上の日（なければ今）")] = None,
    to_known: Annotated[str | None, Parameter(help="比べる相手の時点（なければ今）")] = None,
    why: Why = "",
    json: Json = False,
) -> None:
    """二つの日・時点の間で、事案の何が変わったか."""
    settings = Settings()
    looking = viewer(settings, why)
    async with auditing(settings) as audit:
        reader = audit.reader(looking)
        before = await open_case(
            reader, case, on=day(on, "--on"), known=moment(known, "--known"), what="現況の比較"
        )
        after = await open_case(
            reader,
            case,
            on=day(to_on, "--to-on"),
            known=moment(to_known, "--to-known"),
            what="現況の比較",
        )
    found = differences(before, after)
    if json:
        machine(
            {"case": case, "before": _told(before), "after": _told(after), "differences": found}
        )
        return
    show(tables.as_of(before))
    show(tables.as_of(after))
    for words in found or ["違いはありません"]:
        show(Text(f"・{words}"))


def _told(file: CaseFile) -> dict[str, object]:
    return {"on": file.on, "known": file.known, "stage": file.view.stage, "open": file.open}


# --- 事案をまたいで -----------------------------------------------------------------------------


@audit_app.command(name="acts")
async def audit_acts(
    *,
    municipality: Place = None,
    case: Annotated[str | None, Parameter(help="事案番号")] = None,
    kind: Annotated[tuple[str, ...], Parameter(help="行為の種別（何度でも）")] = (),
    person: Annotated[str | None, Parameter(help="行為者又は起案者の番号")] = None,
    provision_: Annotated[
        str | None, Parameter(name="--provision", help="条項（⑪、法第260条の49第11項、行手法13）")
    ] = None,
    period: Period = None,
    recorded: Annotated[str | None, Parameter(help="記録された期間")] = None,
    phrase: Annotated[str, Parameter(help="本文の語句（2文字以上）")] = "",
    stage: Annotated[str, Parameter(help="今の段階の語句（改善命令中）")] = "",
    overdue: Annotated[bool, Parameter(negative="", help="期限を過ぎている事案だけ")] = False,
    open: bool | None = None,
    late: Annotated[
        int | None, Parameter(help="法律上の日から何日以上遅れて記録されたもの")
    ] = None,
    count_by: Annotated[
        str, Parameter(help="数える（municipality,kind,person,provision,month,fiscal_year）")
    ] = "",
    limit: Limit = 500,
    why: Why = "",
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """行為を探し、又は数える. 条件はどのようにも組み合わせられる."""
    since, until = span(period, "--period")
    recorded_since, recorded_until = span(recorded, "--recorded")
    asked = Filter(
        municipalities=(code(municipality),) if municipality else (),
        cases=(one,) if (one := numbered(case)) else (),
        kinds=kinds(kind),
        persons=(line(person, "--person"),) if person else (),
        provision=provision(provision_),
        since=since,
        until=until,
        known_since=_begin(recorded_since),
        known_until=_end(recorded_until),
        late_days=late,
        phrase=line(phrase, "--phrase") if phrase else "",
        stage=line(stage, "--stage") if stage else "",
        open=open,
        overdue_on=_today() if overdue else None,
    )
    settings = Settings()
    looking = viewer(settings, why)
    async with auditing(settings) as audit:
        try:
            if count_by:
                listing = _counts(
                    await count(audit.desk, looking, asked, _grouping(count_by)), count_by
                )
            else:
                listing = _acts(await find(audit.desk, looking, asked, limit))
        except TooShort as fault:
            end(INVALID, f"--phrase: {fault}")
    hand_out(listing, json=json, csv=csv, out=out)


def _today() -> date:
    return datetime.now(JST).date()


def _begin(on: date | None) -> datetime | None:
    return datetime(on.year, on.month, on.day, tzinfo=JST) if on and on != date.min else None


def _end(on: date | None) -> datetime | None:
    last = datetime.max.time()
    return datetime.combine(on, last, JST) if on and on != date.max else None


_GROUPINGS: dict[Grouping, str] = {
    "municipality": "団体",
    "kind": "行為",
    "person": "行為者",
    "provision": "条項",
    "month": "月",
    "fiscal_year": "年度",
}
_WORDS: Mapping[Grouping, Callable[[str], str]] = {
    "municipality": lambda code: office_name(code) or code,
    "kind": title_of,
    "provision": lambda key: f"{_cited(*key.split('-'))}",
    "fiscal_year": lambda year: fiscal_name(int(year)),
}
"""What people read instead of the value of a grouping."""


def _cited(law: str, article: str, paragraph: str | None = None) -> Citation:
    return Citation(law=law, article=article, paragraph=int(paragraph) if paragraph else None)


def _grouping(text: str) -> tuple[Grouping, ...]:
    asked = set(text.split(","))
    if unknown := asked - _GROUPINGS.keys():
        known = "、".join(_GROUPINGS)
        end(INVALID, f"--count-by: 「{'、'.join(sorted(unknown))}」では数えられません（{known}）")
    return tuple(one for one in _GROUPINGS if one in asked)


def _counts(counts: list[Count], by: str) -> Listing:
    grouping = _grouping(by)
    rows = [(*_in_words(grouping, one.keys), one.acts, one.cases) for one in counts]
    records = [
        {**dict(zip(grouping, one.keys, strict=True)), "acts": one.acts, "cases": one.cases}
        for one in counts
    ]
    columns = (*(_GROUPINGS[one] for one in grouping), "行為の数", "事案の数")
    return Listing(columns, rows, records)


def _in_words(grouping: tuple[Grouping, ...], keys: tuple[str | None, ...]) -> Iterator[str]:
    for one, key in zip(grouping, keys, strict=True):
        yield "" if key is None else _WORDS.get(one, str)(key)


def _acts(found: list[Found]) -> Listing:
    columns = (
        "通し番号",
        "団体",
        "事案",
        "版",
        "法律上の日",
        "行為",
        "行為者",
        "条項",
        "記録した時刻",
    )
    rows = [
        (
            act.position,
            office_name(act.municipality) or act.municipality,
            act.case,
            act.number,
            act.on,
            title_of(act.kind),
            f"{act.acting_for}（{act.office}）" if act.acting_for else act.office,
            f"{act.basis}",
            act.recorded_at,
        )
        for act in found
    ]
    return Listing(columns, rows, [tables.found_record(act) for act in found])


@audit_app.command(name="cases")
async def audit_cases(
    *,
    municipality: Place = None,
    on: On = None,
    known: Known = None,
    stage: Annotated[str, Parameter(help="段階の語句（改善命令中）")] = "",
    overdue: Annotated[bool, Parameter(negative="", help="期限を過ぎている事案だけ")] = False,
    open: bool | None = None,
    why: Why = "",
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """ある法律上の日に、ある時点で知られていたとおりの、すべての事案の現況."""
    settings = Settings()
    looking = viewer(settings, why)
    place, at = code(municipality) if municipality else None, day(on, "--on")
    async with auditing(settings) as audit:
        found = await standings(
            audit.desk,
            looking,
            rulebook(settings).rules,
            place,
            on=at,
            known=moment(known, "--known"),
        )
    kept = [
        one
        for one in found
        if stage in one.telling.stage
        and (open is None or one.telling.open == open)
        and (not overdue or one.overdue(at or _today()))
    ]
    hand_out(_standings(kept), json=json, csv=csv, out=out)


def _standings(found: list[Standing]) -> Listing:
    columns = ("団体", "事案", "名", "段階", "進行", "次の期限", "その日", "未了の義務", "いつから")
    rows = [
        (
            office_name(one.municipality) or one.municipality,
            one.case,
            one.telling.headline,
            one.telling.stage,
            "進行中" if one.telling.open else "終結",
            one.telling.next_due_title,
            one.telling.next_due,
            one.telling.obligations,
            one.telling.obligations_since,
        )
        for one in found
    ]
    records = [
        {"case": one.case, "municipality": one.municipality, **one.telling._asdict()}
        for one in found
    ]
    return Listing(columns, rows, records)


# --- 監査の問い -------------------------------------------------------------------------------


@audit_app.command(name="questions")
def audit_questions(*, json: Json = False) -> None:
    """監査でよく問われることの一覧. `kyodo audit ask NAME` で問う."""
    rows = [(one.name, one.title, one.basis, one.shows) for one in questions()]
    records = [
        {"name": name, "title": title, "basis": basis, "shows": shows}
        for name, title, basis, shows in rows
    ]
    hand_out(Listing(("NAME", "問い", "根拠", "示すもの"), rows, records), json=json)


@audit_app.command(name="ask")
async def audit_ask(
    name: str,
    *,
    municipality: Place = None,
    period: Period = None,
    why: Why = "",
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """監査の問いに答える. NAME は `kyodo audit questions` の一覧から."""
    await _ask(name, municipality, period, why, json=json, csv=csv, out=out)


@audit_app.command(name="exceptions")
async def audit_exceptions(
    *,
    municipality: Place = None,
    period: Period = None,
    why: Why = "",
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """例外の一覧: 起案と決裁、遅れ、執務時間外、根拠の欠け、文書番号の欠番."""
    await _ask("exceptions", municipality, period, why, json=json, csv=csv, out=out)


async def _ask(
    name: str,
    municipality: str | None,
    period: str | None,
    why: str,
    *,
    json: bool,
    csv: bool,
    out: Out,
) -> None:
    asked, settings = question(name), Settings()
    since, until = span(period, "--period")
    looking, place = viewer(settings, why), code(municipality) if municipality else None
    async with auditing(settings) as audit:
        found = await ask(
            audit.desk, looking, asked, _today(), municipality=place, since=since, until=until
        )
    hand_out(_answer(found), json=json, csv=csv, out=out)


_NAMED = {
    "団体": office_name,
    "行為": title_of,
    "通知": title_of,
    "決定": title_of,
    "起案の行為": title_of,
}


def _answer(found: Answer) -> Listing:
    rows = [
        tuple(
            _NAMED[column](str(value)) if column in _NAMED and value is not None else value
            for column, value in zip(found.columns, row, strict=True)
        )
        for row in found.rows
    ]
    return Listing(found.columns, rows, title=f"{found.question.title}（{found.question.basis}）")


@audit_app.command(name="looks")
async def audit_looks(
    *,
    case: Annotated[str | None, Parameter(help="この事案を見た者")] = None,
    person: Annotated[str | None, Parameter(help="この者が見たもの")] = None,
    municipality: Place = None,
    limit: Limit = 200,
    why: Why = "",
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """閲覧の記録: だれが、いつ、なぜ、何を見たか."""
    settings = Settings()
    looking = viewer(settings, why)
    place = code(municipality) if municipality else None
    shown = numbered(case)
    async with auditing(settings) as audit:
        found = await looks(
            audit.desk, looking, case=shown, person=person, municipality=place, limit=limit
        )
    columns = ("番号", "時刻", "閲覧者", "理由", "見たもの", "団体", "事案", "詳細", "ログイン")
    rows = [
        (
            *(one.number, one.at, one.viewer, one.why, one.what, one.municipality, one.case),
            *(one.detail, one.login),
        )
        for one in found
    ]
    hand_out(Listing(columns, rows, [vars(one) for one in found]), json=json, csv=csv, out=out)
