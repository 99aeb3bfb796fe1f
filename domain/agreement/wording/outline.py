"""文の筋: A text as numbered lines, the one form from which it is printed, compared and digested."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from domain.agreement.wording.articles import Article, Item, Paragraph
from domain.agreement.wording.numbering import (
    Style,
    article_label,
    item_label,
    paragraph_label,
)
from domain.agreement.wording.phrases import GAP, closing, heading_of, paragraphs_of, preamble
from domain.agreement.wording.text import AgreementText, Appendix, Supplement

Place = Literal["題名", "前文", "条", "附則", "末文", "当事者", "別表"]
BAR = "　｜　"
"""Between the cells of a table's row, where it is read as a line."""
EXAMPLE = "この文書は記入例であり、実在の連携協約ではない。"


@dataclass(frozen=True)
class Numbered:
    """行: The words of a 項 (depth 0) or 号 (1 to 3), and its number, if it bears one."""

    label: str
    words: str
    depth: int = 0

    def __str__(self) -> str:
        return f"{self.label}{GAP}{self.words}" if self.label else self.words


@dataclass(frozen=True)
class Section:
    """部分: A title, an article, a supplement …; the first line of an article bears its label."""

    place: Place
    label: str
    heading: str
    lines: tuple[Numbered, ...]


def sections(text: AgreementText) -> tuple[Section, ...]:
    """The whole text in its order, with every number."""
    return (
        _one("題名", text.title),
        _one("前文", preamble(text)),
        *_articles(text),
        *(_supplement(one, text.style) for one in text.supplements),
        _one("末文", closing(text)),
        Section("当事者", "", "", tuple(_signing(text))),
        *map(_appendix, text.appendices),
    )


def reads(text: AgreementText) -> tuple[str, ...]:
    """Every line of the text as it is read, without layout."""
    mark = (EXAMPLE,) if text.example else ()
    return (*mark, *(line for section in sections(text) for line in _read(section)))


def laid_down(text: AgreementText, kind: str) -> tuple[str, ...]:
    """「第三条」: The articles of a kind, which lay down what ① asks for (基本方針, 役割分担)."""
    return tuple(label for article, label in _labelled(text) if article.kind == kind)


def _read(section: Section) -> Iterator[str]:
    if section.heading:
        yield section.heading
    yield from map(str, section.lines)


def _one(place: Place, words: str) -> Section:
    return Section(place, "", "", (Numbered("", words),))


def _articles(text: AgreementText) -> Iterator[Section]:
    for article, label in _labelled(text):
        yield _article(article, label, text)


def _labelled(text: AgreementText) -> Iterator[tuple[Article, str]]:
    number = branch = 0
    for article in text.articles:
        number, branch = (number, max(branch, 1) + 1) if article.branch else (number + 1, 0)
        yield article, article_label(number, branch, text.style)


def _article(article: Article, label: str, text: AgreementText) -> Section:
    heading = heading_of(article)
    first, *rest = _lines(paragraphs_of(article, text), text.style)
    lines = (Numbered(label, first.words), *rest)
    return Section("条", label, f"（{heading}）" if heading else "", lines)


def _supplement(one: Supplement, style: Style) -> Section:
    heading = f"附{GAP}則" + (f"（{one.note}）" if one.note else "")
    lines = list(_lines(one.paragraphs, style))
    if len(one.paragraphs) > 1:
        lines[0] = Numbered("１", lines[0].words)
    return Section("附則", "", heading, tuple(lines))


def _appendix(one: Appendix) -> Section:
    """The title, the headings of the columns, and a line for every row."""
    rows = (one.columns, *one.rows)
    lines = (Numbered("", one.title), *(Numbered("", BAR.join(row)) for row in rows))
    return Section("別表", one.title, "", lines)


def _lines(paragraphs: Sequence[Paragraph], style: Style) -> Iterator[Numbered]:
    for number, paragraph in zip(count(1), paragraphs, strict=False):
        yield Numbered(paragraph_label(number), paragraph.text)
        yield from _items(paragraph.items, 1, style)


def _items(items: Sequence[Item], depth: int, style: Style) -> Iterator[Numbered]:
    for number, item in enumerate(items, 1):
        yield Numbered(item_label(number, depth, style), item.text, depth)
        yield from _items(item.items, depth + 1, style)


def _signing(text: AgreementText) -> Iterator[Numbered]:
    """署名欄: Each party's office, under its address where one is given."""
    for party in text.parties:
        label = party.called if party.called != party.said else ""
        where = f"{party.address}{GAP}" if party.address else ""
        yield Numbered(label, f"{where}{party.office}")
