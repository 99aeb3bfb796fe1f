"""文書: An agreement, its 告示 and its 届出 as blocks, of which text and page are made alike.

What is not known yet (a number, a day, a name) stays blank, to be filled in by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.agreement.wording.numbering import day_words, figure, figures
from domain.agreement.wording.outline import EXAMPLE, Section, sections
from domain.agreement.wording.papers import AgreementFile, addressee
from domain.agreement.wording.phrases import GAP, names, provision

Form = Literal["協約", "告示", "届出"]
Shape = Literal[
    "例示", "番号", "題名", "件名", "前文", "見出し", "条項", "号", "附則", "本文", "日付",
    "署名", "差出人", "宛先", "記", "項目", "別表", "表",
]  # fmt: skip
BLANK_DAY = GAP.join(["", "", "年", "", "月", "", "日"])
BLANK_NAME = GAP * 6


@dataclass(frozen=True)
class Block:
    """段落: One paragraph of a document, its number, and how deep it stands; or a table's cells."""

    shape: Shape
    words: str
    label: str = ""
    depth: int = 0
    cells: tuple[tuple[str, ...], ...] = ()


def blocks(file: AgreementFile, form: Form, by: str) -> tuple[Block, ...]:
    """The document of that form; 告示 and 届出 are those of the party `by` (its 団体コード).

    Raises `NoAddressee` where nobody says to whom notification is given.
    """
    match form:
        case "協約":
            found = _agreement(file)
        case "告示":
            found = _notice(file, by)
        case "届出":
            found = _notification(file, by)
    mark = (Block("例示", EXAMPLE),) if file.example else ()
    return (*mark, *found)


# --- 協約 ---------------------------------------------------------------------------------------


def _agreement(file: AgreementFile) -> Iterator[Block]:
    for section in sections(file):
        match section.place:
            case "題名":
                yield Block("題名", section.lines[0].words)
            case "前文":
                yield Block("前文", section.lines[0].words)
            case "末文":
                yield Block("前文", section.lines[0].words)
            case "条":
                yield from _article(section)
            case "附則":
                yield from _supplement(section)
            case "当事者":
                yield from _signing(file, section)
            case "別表":
                yield Block("別表", section.lines[0].words)
                yield _table(file, section)


def _article(section: Section) -> Iterator[Block]:
    if section.heading:
        yield Block("見出し", section.heading)
    yield from _lines(section)


def _supplement(section: Section) -> Iterator[Block]:
    yield Block("附則", section.heading)
    if section.lines[0].label:
        yield from _lines(section)
    else:
        first, *rest = section.lines
        yield Block("前文", first.words)
        yield from (Block("号", one.words, one.label, one.depth) for one in rest)


def _lines(section: Section) -> Iterator[Block]:
    for one in section.lines:
        yield Block("号" if one.depth else "条項", one.words, one.label, one.depth)


def _table(file: AgreementFile, section: Section) -> Block:
    found = next(one for one in file.appendices if one.title == section.label)
    return Block("表", "", cells=(found.columns, *found.rows))


def _signing(file: AgreementFile, section: Section) -> Iterator[Block]:
    yield Block("日付", _day(file.conclusion.on if file.conclusion else None, file))
    for party, line in zip(file.parties, section.lines, strict=True):
        name = file.signer(party.code) or BLANK_NAME
        yield Block("署名", f"{line.words}{GAP}{name}", line.label)


# --- 告示 ---------------------------------------------------------------------------------------


def _notice(file: AgreementFile, by: str) -> Iterator[Block]:
    party, notice = file.party(by), file.notice(by)
    yield Block("番号", notice.number or f"{party.said}告示第{GAP}{GAP}号")
    yield Block("本文", f"{_fact(file, '次のとおり')}告示する。")
    yield Block("日付", _day(notice.on, file))
    yield Block("差出人", _by(file, by, notice.name))
    yield from _agreement(file)


def _fact(file: AgreementFile, how: str) -> str:
    """「…は、令和八年三月二十六日、次のとおり連携協約を締結したので、同条第二項の規定により」."""
    conclusion = file.conclusion
    act = conclusion.act if conclusion else "締結"
    on = _day(conclusion.on if conclusion else None, file)
    if act == "締結":
        basis = figures("同条第2項の規定により、", file.style)
        return (
            f"{provision(file, 1)}の規定に基づき、{names(file)}は、{on}、"
            f"{how}連携協約を締結したので、{basis}"
        )
    first = _day(conclusion.original_on if conclusion else None, file)
    basis = figures("同項の規定により例によることとされる同条第2項の規定により、", file.style)
    return (
        f"{provision(file, 4)}の規定に基づき、{names(file)}は、{first}に締結した連携協約を、"
        f"{on}、{how}{act}したので、{basis}"
    )


# --- 届出 ---------------------------------------------------------------------------------------


def _notification(file: AgreementFile, by: str) -> Iterator[Block]:
    paper = file.notification(by)
    act = file.conclusion.act if file.conclusion else "締結"
    yield Block("番号", paper.number or f"第{GAP}{GAP}号")
    yield Block("日付", _day(paper.on, file))
    yield Block("宛先", f"{addressee(file, by)}{GAP}殿")
    yield Block("差出人", _by(file, by, paper.name))
    yield Block("件名", f"連携協約の{act}について（届出）")
    yield Block("本文", f"{_fact(file, '下記のとおり')}関係書類を添えて届け出ます。")
    yield Block("記", "記")
    for number, (what, told) in enumerate(_particulars(file, by, act), 1):
        yield Block("項目", f"{what}{GAP}{told}" if told else what, _number(number, file))
    yield Block("本文", "添付書類")
    for number, paper_said in enumerate(_attached(act), 1):
        yield Block("項目", paper_said, _number(number, file))


def _particulars(file: AgreementFile, by: str, act: str) -> Iterator[tuple[str, str]]:
    yield "連携協約の題名", file.title
    yield "当事者", names(file)
    yield f"{act}の日", _day(file.conclusion.on if file.conclusion else None, file)
    for party in file.parties:
        vote = file.resolution(party.code)
        number = f"（{vote.number}）" if vote and vote.number else ""
        yield f"{party.said}の議会の議決の日", f"{_day(vote.on if vote else None, file)}{number}"
    notice = file.notice(by)
    yield "告示の日及び番号", f"{_day(notice.on, file)}{GAP}{notice.number or f'第{GAP}{GAP}号'}"


def _attached(act: str) -> tuple[str, ...]:
    agreement = "廃止した連携協約の写し" if act == "廃止" else "連携協約書の写し"
    return (agreement, "議会の議決を証する書類", "告示の写し")


def _number(number: int, file: AgreementFile) -> str:
    return figure(number, file.style)


def _by(file: AgreementFile, code: str, name: str | None) -> str:
    """The party's head: whoever signed the agreement, unless another is named."""
    return f"{file.party(code).office}{GAP}{name or file.signer(code) or BLANK_NAME}"


def _day(day: date | None, file: AgreementFile) -> str:
    return day_words(day, file.style) if day else BLANK_DAY
