"""共通の選択肢: What many commands take, and how days, moments and provisions are read."""

import re
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Annotated, NoReturn

from cyclopts import Parameter

from console.answers import INVALID, end
from console.settings import Settings
from domain.era import UnreadableDay, read_span
from domain.law import ART_260_49, LAW_NAMES, Citation
from domain.municipalities import check_code
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
Out = Annotated[Path | None, Parameter(name="--out", help="書き出す先のファイル")]

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
    return Viewer(settings.viewer, reason or "事案の確認", places)


def code(text: str) -> str:
    """A 団体コード; ends the command (2) where it is none."""
    if fault := check_code(text):
        end(INVALID, f"municipality: {fault}")
    return text


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
    return found if found.tzinfo else found.replace(tzinfo=JST)


def provision(text: str | None) -> Citation | None:
    """「⑪」, 「法第260条の49第11項」, 「法260の49⑪」, 「行手法13」; ends the command (2) if unreadable."""
    if text is None:
        return None
    found = _PROVISION.fullmatch(text.strip().removesuffix("のすべて"))
    if found is None or not (found["article"] or found["circled"]):
        _no_provision(text)
    item = found["item"]
    paragraph = _CIRCLED.get(found["circled"] or "") or (
        found["paragraph"] and int(found["paragraph"])
    )
    if not found["article"]:
        return ART_260_49.para(paragraph, item) if paragraph else _no_provision(text)
    article = "_".join([found["article"], *re.findall(r"の([0-9]+)", found["branch"])])
    laws = [law for law, name in LAW_NAMES.items() if name == (found["law"] or "法")]
    if not laws:
        _no_provision(text)
    return Citation(law=laws[0], article=article, paragraph=paragraph or None, item=item)


def _no_provision(text: str) -> NoReturn:
    known = "・".join(LAW_NAMES.values())
    end(
        INVALID,
        f"provision: 「{text}」を条項として読めません。⑪、法第260条の49第11項、行手法13 のように書いてください"
        f"（法令の略称: {known}）",
    )
