"""共通の選択肢: What many commands take, and how days, moments, provisions and files are read."""

import os
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Annotated, NoReturn

from cyclopts import Parameter
from pydantic import TypeAdapter, ValidationError

from console.answers import INVALID, end
from console.casefile import NoSuchCase, case_number
from console.faults import problem
from console.schema import concrete, tag
from console.settings import Settings
from domain.acts import Event
from domain.bodies import check_body
from domain.era import GREGORIAN, UnreadableDay, read_span
from domain.law import ART_260_49, LAW_NAMES, Citation
from domain.text import Line
from store.audit.desk import Viewer

JST = timezone(timedelta(hours=9))
Json = Annotated[bool, Parameter(name="--json", negative="", help="機械のための JSON で答える")]
Csv = Annotated[
    bool, Parameter(name="--csv", negative="", help="表計算のための CSV（BOM 付き UTF-8）で答える")
]
Why = Annotated[str, Parameter(name="--why", help="閲覧の理由（KYODO_WHY でもよい）")]
Place = Annotated[str | None, Parameter(name="--municipality", help="団体コード（6桁）")]
On = Annotated[str | None, Parameter(name="--on", help="法律上の日（2026-06-30、令和8年6月30日）")]
Known = Annotated[
    str | None, Parameter(name="--known", help="知られていた時点（日、又は 2026-07-01T09:00）")
]


def writable(field: str) -> Callable[[object, Path | None], None]:
    """A check of an option: ends the command (2), before anything is done, where no file can be made."""

    def check(_: object, path: Path | None) -> None:
        if path is None:
            return
        if path.is_dir():
            end(INVALID, f"{field}: {path} はフォルダです。ファイルの名を書いてください")
        if not path.parent.is_dir():
            end(INVALID, f"{field}: フォルダ {path.parent} がありません。先に作ってください")
        if not os.access(path.parent, os.W_OK):
            end(INVALID, f"{field}: フォルダ {path.parent} に書き込めません")

    return check


def positive(field: str) -> Callable[[object, int | None], None]:
    """A check of an option: ends the command (2) where a number of things is less than one."""

    def check(_: object, number: int | None) -> None:
        if number is not None and number < 1:
            end(INVALID, f"{field}: 1 以上で書いてください（{number} と書かれています）")

    return check


Out = Annotated[
    Path | None,
    Parameter(name="--out", help="書き出す先のファイル", validator=writable("--out")),
]
NewFile = Annotated[Path, Parameter(validator=writable("FILE"))]
_LINE: TypeAdapter[str] = TypeAdapter(Line)
FIRST_YEAR = GREGORIAN.year
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_CIRCLED = {chr(0x2460 + number): number + 1 for number in range(20)}
_PROVISION = re.compile(
    r"(?P<law>[^0-9第①-⑳]*)(?:第?(?P<article>[0-9]+)条?(?P<branch>(?:の[0-9]+)*))?"
    r"(?:(?P<circled>[①-⑳])|第(?P<paragraph>[0-9]+)項)?(?:第(?P<item>[0-9]+)号)?"
)


def viewer(
    settings: Settings, why: str = "", *, place: str | None = None, needs_why: bool = True
) -> Viewer:
    """Who looks and why; ends the command (2) where no reason is given for an audit."""
    reason = why or settings.why
    if needs_why and not reason:
        end(
            INVALID,
            "閲覧の理由がありません。--why か、環境の KYODO_WHY に書いてください（例 令和8年度定期監査）",
        )
    places = frozenset([code(place)]) if place else None
    who = line(settings.viewer, "KYODO_VIEWER")
    return Viewer(who, line(reason, "--why") if reason else "事案の確認", places)


def bytes_of(path: Path) -> bytes:
    """What a file holds; ends the command (2) where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as cause:
        end(INVALID, f"{path} を読めません（{cause.strerror}）")


def text_of(path: Path) -> str:
    """The text a file holds; ends the command (2) where it cannot be read or is none."""
    try:
        return bytes_of(path).decode()
    except UnicodeDecodeError:
        end(INVALID, f"{path} を読めません（UTF-8 の文ではありません）")


def line(text: str, field: str) -> str:
    """A text on one line; ends the command (2) where it holds what no text of the record may hold."""
    try:
        return _LINE.validate_python(text)
    except ValidationError as fault:
        end(INVALID, f"{field}: {problem(fault.errors(include_url=False, include_input=False)[0])}")


def code(text: str) -> str:
    """A 団体コード; ends the command (2) where it is none."""
    if fault := check_body(text):
        end(INVALID, f"--municipality: {fault}")
    return text


def numbered(case: str | None, field: str = "--case") -> str | None:
    """A 事案番号; ends the command (2) where it is none."""
    try:
        return None if case is None else case_number(case)
    except NoSuchCase as fault:
        end(INVALID, f"{field}: {fault}")


def kinds(asked: tuple[str, ...]) -> tuple[str, ...]:
    """The tags of events, asked for by tag or by title; ends the command (2) where there is none."""
    known = {tag(event): event.title for event in concrete(Event)}
    found = [[name for name, title in known.items() if one in (name, title)] for one in asked]
    for one, names in zip(asked, found, strict=True):
        if not names:
            end(
                INVALID,
                f"--kind: 「{one}」という事実はありません。改善命令、又は ImprovementOrdered のように書いてください",
            )
    return tuple(name for names in found for name in names)


def day(text: str | None, field: str) -> date | None:
    """A single day; ends the command (2) where it is none."""
    if text is None:
        return None
    since, until = span(text, field)
    if since != until:
        end(
            INVALID,
            f"{field}: 「{text}」は一日ではありません（{since} から {until}）。日まで書いてください",
        )
    return since


def span(text: str | None, field: str) -> tuple[date | None, date | None]:
    """A period as (from, to), both ends open where none is given; ends the command (2) if unreadable."""
    if text is None:
        return None, None
    try:
        return read_span(text)
    except UnreadableDay as fault:
        end(INVALID, f"{field}: {fault}")


def moment(text: str | None, field: str) -> datetime | None:
    """A moment in Japan; a day is its last second. Ends the command (2) where it is unreadable."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or len(text) <= len("2026-06-30"):
        last = day(text, field)
        return datetime.combine(last or date.max, time(23, 59, 59, 999_999), JST)
    if not FIRST_YEAR <= found.year < date.max.year:
        end(INVALID, f"{field}: 「{text}」は、ここで扱う年（{FIRST_YEAR} 年以後）ではありません")
    return found if found.tzinfo else found.replace(tzinfo=JST)


def provision(text: str | None) -> Citation | None:
    """「⑪」, 「法第260条の49第11項」, 「法260の49⑪」, 「行手法13」; ends the command (2) if unreadable."""
    if text is None:
        return None
    found = _PROVISION.fullmatch(text.translate(_FULL_WIDTH).strip().removesuffix("のすべて"))
    if found is None or not (found["article"] or found["circled"]):
        _no_provision(text)
    item = found["item"]
    paragraph = _CIRCLED.get(found["circled"] or "") or (
        found["paragraph"] and int(found["paragraph"])
    )
    if not found["article"]:
        if not paragraph or found["law"] not in ("", "法"):  # of another law it says nothing alone
            _no_provision(text)
        return ART_260_49.para(paragraph, item)
    article = "_".join([found["article"], *re.findall(r"の([0-9]+)", found["branch"])])
    laws = [law for law, name in LAW_NAMES.items() if name == (found["law"] or "法")]
    if not laws:
        _no_provision(text)
    return Citation(law=laws[0], article=article, paragraph=paragraph or None, item=item)


def _no_provision(text: str) -> NoReturn:
    known = "・".join(LAW_NAMES.values())
    end(
        INVALID,
        f"--provision: 「{text}」を条項として読めません。⑪、法第260条の49第11項、行手法13 のように書いてください"
        f"（法令の略称: {known}）",
    )
