"""表: What the console shows to people; everything here takes plain values and returns rich ones."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path
from unicodedata import category

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.style import StyleType
from rich.table import Table
from rich.text import Text

from console.casefile import CaseFile, Entry
from console.delivery import OUTCOMES, Result
from console.schema import title_of
from console.stack import Stack
from domain.acts import Event, Finding
from domain.agreement.parties import Version
from domain.allocation.claim import Amount
from domain.bodies import office_name
from domain.era import wareki, wareki_short
from domain.people import Actor
from domain.periods import Deadline
from domain.text import Personal
from store.audit.cases import CaseLine
from store.audit.search import Found
from store.proof.notes import Verifier

JST = timezone(timedelta(hours=9))
_OBEYED = ("Cc", "Cs")
"""Control characters and lone surrogates."""
_WEEKDAYS = "月火水木金土日"
_GISTS = (
    *("text", "measures", "matters", "content", "statement", "facts", "planned", "opinion"),
    *("statements", "circumstances", "reasons", "why", "asked", "state_of_activities", "body_name"),
    *("affairs", "explanation", "changed", "notice", "addressee", "expertise", "what"),
    *("bill", "post", "finding"),
    *("relief", "answer", "necessity", "contract_document", "intended_use", "reply", "reviewer"),
    *("proof", "source", "number"),
)
"""Fields that tell what an act is about, the most telling first."""
GIST = 36


class PlainTable(Table):
    """A table whose cells show what somebody wrote as it is: no markup, nothing that moves a cursor."""

    def add_row(
        self,
        *cells: RenderableType | None,
        style: StyleType | None = None,
        end_section: bool = False,
    ) -> None:
        """Add a row of texts, or of things that know how they look."""
        shown = (safe(cell) if isinstance(cell, str) else cell for cell in cells)
        super().add_row(*shown, style=style, end_section=end_section)


def safe(text: str) -> Text:
    """A text as it is, with blanks for what a terminal would obey or cannot show."""
    return Text("".join(" " if category(one) in _OBEYED and one != "\n" else one for one in text))


def plain(*columns: str, title: str | None = None) -> PlainTable:
    """An unboxed table with the given headings."""
    heading = safe(title) if title else None
    table = PlainTable(title=heading, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def moment(at: datetime) -> str:
    """A moment in Japan: 2026-11-06 10:15:03."""
    return f"{at.astimezone(JST):%Y-%m-%d %H:%M:%S}"


def acts(entries: Sequence[Entry]) -> Table:
    """The history: legal day, act, officer, provision, number; runs of like acts in one row."""
    table = plain("版", "法律上の日", "行為", "行為者", "条項", "要旨", "記録した時刻")
    for run in runs(entries):
        first = run[0]
        table.add_row(
            _numbers(run),
            f"{first.line.on}",
            act_title(first) + (f"（{len(run)}件）" if len(run) > 1 else ""),
            actor(first),
            _bases(run),
            gist(first.event) if len(run) == 1 else "",
            moment(run[-1].line.recorded.recorded_at),
        )
    return table


def act_title(entry: Entry) -> str:
    """The act in the words of an official."""
    return entry.event.title if entry.event else title_of(entry.line.kind)


def actor(entry: Entry) -> str:
    """Who acted; where the body is gone, the office."""
    return f"{entry.event.by}" if entry.event else entry.line.office


def act_line(run: Sequence[Entry]) -> Text:
    """A run of like acts on one line: day, act, provision, officer, number."""
    first = run[0]
    count = f"（{len(run)}件）" if len(run) > 1 else ""
    return Text.assemble(
        (f"版{_numbers(run):<6}", "cyan"),
        f"{first.line.on}  ",
        (f"{act_title(first)}{count}", "bold"),
        f"  {_bases(run)}",
        f"  {actor(first)}",
        ("" if count else f"  {gist(first.event)}", "dim"),
    )


def gist(event: Event | None) -> str:
    """What the act says, in its own words cut short, with its amount and the version of a text.

    Nothing where it says no more than its kind.
    """
    if event is None:
        return "（本文は廃棄済み）"
    said = (_words(getattr(event, name, None)) for name in _GISTS)
    words = next((one for one in said if one), "")
    amount, version = (getattr(event, name, None) for name in ("amount", "version"))
    return " ".join(one for one in (_short(words), _yen(amount), _version(version)) if one)


def _words(said: object) -> str:
    """What a field says in words; nothing where it holds none, as a deadline does."""
    match said:
        case Finding():
            return said.reasons
        case str() | Personal() | Actor():
            return f"{said}"
        case _:
            return ""


def _yen(amount: object) -> str:
    yen = amount.amount if isinstance(amount, Amount) else amount
    return f"{yen:,}円" if type(yen) is int and yen else ""


def _version(version: object) -> str:
    """The version of a text of an agreement; the number of a version says nothing by itself."""
    return f"{version}" if isinstance(version, Version) else ""


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= GIST else f"{line[: GIST - 1]}…"


def _numbers(run: Sequence[Entry]) -> str:
    return _span(run[0].line.recorded.number, run[-1].line.recorded.number)


def _span(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}–{last}"


def runs(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Entries one after another of the same kind, day and person, together."""
    for _, run in groupby(entries, key=lambda one: (one.line.kind, one.line.on, one.line.person)):
        yield list(run)


def _bases(run: Sequence[Entry]) -> str:
    bases = list(dict.fromkeys(f"{entry.line.basis}" for entry in run))
    return bases[0] if len(bases) == 1 else f"{bases[0]} ほか"


def ledger(deadlines: Iterable[Deadline], pending: Iterable[Deadline]) -> Table:
    """期限の台帳: Every deadline with the steps that lead to its day."""
    running = {deadline.key for deadline in pending}
    table = plain("期限", "日", "条項", "なぜこの日か", "", title="期限の台帳")
    for deadline in deadlines:
        table.add_row(
            deadline.title,
            _day(deadline),
            f"{deadline.basis}",
            "\n".join(deadline.explain()),
            "進行中" if deadline.key in running else "",
        )
    return table


def _day(deadline: Deadline) -> str:
    day = deadline.day
    return "停止中" if day is None else f"{day}（{_WEEKDAYS[day.weekday()]}）"


def case_sheet(file: CaseFile) -> RenderableType:
    """現況: Stage, next deadlines, open obligations, latest acts, and what may come next."""
    head = Text.assemble(
        (f"{file.case}  ", "bold"), file.headline, f"（{file.rules.ordinance.name}）"
    )
    parts: list[RenderableType] = [
        Panel(Text(file.view.stage, style="bold"), title="段階", title_align="left", expand=False)
    ]
    if file.pending:
        parts.append(ledger(file.pending, file.pending))
    if file.view.obligations:
        parts.append(_obligations(file))
    parts.append(acts(file.entries[-5:]))
    if file.view.possible:
        parts.append(Text("次にできること: " + "、".join(file.view.possible)))
    return Group(head, *parts)


def _obligations(file: CaseFile) -> Table:
    table = plain("未了の義務", "条項", "いつから", "経過")
    for one in file.view.obligations:
        table.add_row(one.title, f"{one.basis}", f"{one.since}", f"{one.age(file.day)}日")
    return table


def results(delivered: Sequence[Result]) -> RenderableType:
    """What became of each submission, and a count by outcome."""
    table = plain("id", "事案", "行為", "結果", "版", "事実 / 理由")
    for one in delivered:
        receipt = one.receipt
        table.add_row(
            one.id,
            one.case,
            title_of(one.kind),
            Text(OUTCOMES[one.outcome], style="red" if one.reason else ""),
            _span(receipt.first, receipt.last) if receipt and receipt.first else "",
            "、".join(dict.fromkeys(receipt.events)) if receipt else _why(one),
        )
    counts = Counter(OUTCOMES[one.outcome] for one in delivered)
    return Group(table, Text("、".join(f"{words} {count} 件" for words, count in counts.items())))


def _why(result: Result) -> str:
    citation = f"（{result.citation}）" if result.citation else ""
    return f"{result.reason}{citation}\n{result.remedy}".strip()


def welcome(stack: Stack, home: Path, resumed: int, key: Verifier | None) -> RenderableType:
    """What a started stack offers, and how to use it."""
    table = plain("", "")
    table.add_row("Temporal の画面", stack.ui)
    table.add_row("Temporal", f"{stack.temporal}（名前空間 {stack.namespace}）")
    table.add_row("記録", stack.database_url)
    table.add_row("データ", f"{home}")
    if key:
        table.add_row("台帳の検証鍵", key.vkey)
    table.add_row("再開した事案", f"{resumed} 件")
    hint = "別の端末で `kyodo submit FILE`、`kyodo case list` を使えます。Ctrl-C で止まります。"
    return Group(table, Text(hint))


def stay(stack: Stack) -> Text:
    """The demo goes on until it is told to stop."""
    return Text(f"{stack.ui} を開いて見られます。Ctrl-C で止まり、すべて片付けます。", style="bold")


# --- 機械のための形 -----------------------------------------------------------------------------


def case_row(line: CaseLine) -> tuple[str, ...]:
    """A case in a list: number, municipality, running or closed, events, last act and its day."""
    return (
        line.case,
        office_name(line.municipality) or line.municipality,
        "進行中" if line.open else "終結",
        f"{line.number}",
        title_of(line.last_kind),
        f"{line.last_on}",
    )


def case_summary(file: CaseFile) -> dict[str, object]:
    """現況 as one JSON object: stage, deadlines, obligations and what may come next.

    `number` is 0 and `head` empty on a day on which nothing had happened yet.
    """
    last = file.entries[-1].line.recorded if file.entries else None
    return {
        "case": file.case,
        "headline": file.headline,
        "municipality": file.rules.ordinance.code,
        "open": file.open,
        "number": last.number if last else 0,
        "head": last.hash if last else "",
        "stage": file.view.stage,
        "deadlines": [deadline_record(deadline) for deadline in file.pending],
        "obligations": [
            {
                "title": one.title,
                "basis": f"{one.basis}",
                "since": one.since,
                "days": one.age(file.day),
            }
            for one in file.view.obligations
        ],
        "possible": file.view.possible,
    }


def deadline_record(deadline: Deadline) -> dict[str, object]:
    """A deadline as stored, with its explanation line by line."""
    return {**deadline.model_dump(), "why": deadline.explain()}


def entry_record(entry: Entry) -> dict[str, object]:
    """A stored event with number, moment, seal and the event itself."""
    recorded = entry.line.recorded
    return {
        "number": recorded.number,
        "recorded_at": recorded.recorded_at,
        "command_id": recorded.command_id,
        "hash": recorded.hash,
        "title": act_title(entry),
        "event": entry.event.model_dump() if entry.event else None,
    }


def found_record(act: Found) -> dict[str, object]:
    """An act that was found, with the event itself."""
    return {
        **{name: value for name, value in vars(act).items() if name != "body"},
        "title": title_of(act.kind),
        "basis": f"{act.basis}",
        "event": json.loads(act.body) if act.body else None,
    }


def as_of(file: CaseFile) -> Text:
    """Of which day and moment a case is told."""
    on = f"{file.on}（{wareki(file.on)}）" if file.on else "今日"
    known = moment(file.known) if file.known else "今"
    return Text(f"法律上の日 {on}、{known} に知られていたところ", style="italic")


def cell(value: object) -> str:
    """A plain value as it stands in a table."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value} {wareki_short(value)}"
    return f"{value:,}" if type(value) is int else plain_cell(value)


def plain_cell(value: object) -> str:
    """A plain value as a spreadsheet takes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return moment(value) if isinstance(value, datetime) else f"{value}"
