"""気付き: What a careful reader would ask about a text that is not wrong.

Each is a sentence for the drafter; none keeps a text from being used.
"""

import re
from collections.abc import Iterator
from unicodedata import category

from domain.agreement.wording.articles import Costs, Effect, Period, Roles, Specialists
from domain.agreement.wording.numbering import MOST_ARTICLES, Style, kanji
from domain.agreement.wording.outline import Section, sections
from domain.agreement.wording.parties import CALLED
from domain.agreement.wording.soundness import specialist_titles
from domain.agreement.wording.text import AgreementText

_HALF = re.compile(r"[!-~｡-ﾟ]+")
"""Half-width letters, figures and signs, which an agreement does not use."""
_NUMBER = "[〇一二三四五六七八九十百千0-9０-９]+"
_REFERENCE = re.compile(rf"(?<![法令則例程綱約款編章節条）」])第{_NUMBER}条(?:の{_NUMBER})*")
"""An article of this text: one of another law follows that law's name or its parenthesis."""
_OTHERWISE = re.compile(f"第(?P<number>{_NUMBER})条")
_ALONE = r"(?<![\u4e00-\u9fff]){}(?![\u4e00-\u9fff])"
_EXCERPT = 12
_KANJI = {kanji(number): number for number in range(1, MOST_ARTICLES + 1)}


def cautions(text: AgreementText) -> list[str]:
    """All of them, in the order of the text."""
    found = sections(text)
    return [
        *_invisible(found),
        *_half_width(found),
        *_lost_references(found),
        *_otherwise_numbered(found, text.style),
        *_unknown_callings(found, text),
        *_idle_parties(text),
        *_of_dispatches(text),
        *_without_effect(text),
    ]


def _invisible(found: tuple[Section, ...]) -> Iterator[str]:
    """Two texts that look alike need not be the same."""
    for section in found:
        for line in section.lines:
            for sign in dict.fromkeys(one for one in line.words if category(one) == "Cf"):
                yield (
                    f"{_name(section)}に見えない文字 U+{ord(sign):04X} があります。取り除いてください"
                )


def _half_width(found: tuple[Section, ...]) -> Iterator[str]:
    for section in found:
        for line in section.lines:
            for said in dict.fromkeys(_HALF.findall(line.words)):
                short = said if len(said) <= _EXCERPT else f"{said[:_EXCERPT]}…"
                yield f"{_name(section)}に半角の「{short}」があります。全角で書くのが通例です"


def _lost_references(found: tuple[Section, ...]) -> Iterator[str]:
    known = {_as_label(section.label) for section in found}
    for section in found:
        for line in section.lines:
            for said in dict.fromkeys(_REFERENCE.findall(line.words)):
                if _as_label(said) not in known:
                    yield f"{_name(section)}が引く{said}は、この文にありません。条の番号を確かめてください"


def _otherwise_numbered(found: tuple[Section, ...], style: Style) -> Iterator[str]:
    """「第3条」 in a text written down the page."""
    wanted = "漢数字" if style == "縦書き" else "全角の算用数字"
    signs = re.compile("[〇一二三四五六七八九十百千]+" if style == "縦書き" else "[0-9０-９]+")
    for section in found:
        for line in section.lines:
            for one in _OTHERWISE.finditer(line.words):
                if not signs.fullmatch(one["number"]):
                    yield (
                        f"{_name(section)}の「{one.group()}」は、{style}の文では{wanted}で書くのが通例です"
                    )


def _unknown_callings(found: tuple[Section, ...], text: AgreementText) -> Iterator[str]:
    """「丙」 in an agreement of two."""
    strangers = set(CALLED) - {one.called for one in text.parties}
    for section in found:
        words = "\n".join(line.words for line in section.lines)
        for sign in CALLED:
            if sign in strangers and re.search(_ALONE.format(sign), words):
                yield f"{_name(section)}の「{sign}」と呼ぶ当事者がありません。当事者の呼び方を確かめてください"


def _idle_parties(text: AgreementText) -> Iterator[str]:
    articles = [one for one in text.articles if isinstance(one, Roles)]
    if any(one.paragraphs for one in articles):  # roles told in words are for a reader to see
        return
    busy = {role.party for one in articles for field in one.fields for role in field.roles}
    for party in text.parties:
        if party.code not in busy:
            yield f"{party.called}（{party.said}）の役割が一つもありません（法第252条の2第1項の役割分担）"


def _of_dispatches(text: AgreementText) -> Iterator[str]:
    kinds = {type(one) for one in text.articles}
    if Specialists not in kinds:
        return
    for kind, name in ((Period, "派遣期間"), (Costs, "費用負担")):
        if kind not in kinds:
            yield f"専門人材の条がありますが、{name}の条がありません"
    told = {
        one.of
        for article in text.articles
        if isinstance(article, Period)
        for one in article.dispatches
    }
    if told:
        for title in specialist_titles(text.articles):
            if title not in told:
                yield f"専門人材「{title}」の派遣の期間がありません"


def _without_effect(text: AgreementText) -> Iterator[str]:
    effect = any(isinstance(one, Effect) for one in text.articles)
    if not effect and not text.supplements:
        yield "効力発生の条も附則もありません。効力がいつ生ずるかを確かめてください"


def _name(section: Section) -> str:
    return section.label or section.place


def _as_label(said: str) -> str:
    """An article's number in one manner, whichever way it is written."""
    return re.sub(_NUMBER, lambda found: f"{_value(found.group())}", said)


def _value(number: str) -> int:
    """「十二」, 「１２」 and 「12」 alike; 0 where no article of a text bears it."""
    return int(number) if number.isdecimal() else _KANJI.get(number, 0)
