"""文の整合: What in a text contradicts itself, or lacks of what the law asks for.

Each fault says where (as the path of its field), what is wrong and what to do.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from domain.agreement.wording.articles import (
    Article,
    Clause,
    Costs,
    Effect,
    Period,
    Roles,
    Specialists,
)
from domain.agreement.wording.parties import Party, is_listed
from domain.bodies import body_name

Path: TypeAlias = tuple[int | str, ...]
Fault: TypeAlias = tuple[Path, str]


def faults(parties: Sequence[Party], articles: Sequence[Article], *, example: bool) -> list[Fault]:
    """Everything, in the order of the text."""
    return [
        *_of_parties(parties, example=example),
        *_of_content(articles),
        *_of_references(parties, articles),
        *_of_dispatches(articles),
    ]


def specialist_titles(articles: Iterable[Article]) -> list[str]:
    """The callings of all specialists the text says are lacking."""
    lacking = (one for one in articles if isinstance(one, Specialists))
    return [specialist.title for one in lacking for specialist in one.specialists]


def _of_parties(parties: Sequence[Party], *, example: bool) -> Iterator[Fault]:
    for key in ("code", "called"):
        told = [f"{getattr(one, key)}" for one in parties]
        for at, value in _again(told):
            yield ("parties", at, key), f"「{value}」が二度書かれています。一方を改めてください"
    for at, one in enumerate(parties):
        if one.name and not example and is_listed(one.code) and one.name != body_name(one.code):
            problem = (
                f"団体コード {one.code} の団体は「{body_name(one.code)}」です。番号を確かめるか、"
                "name を消してください（記入例なら example = true としてください）"
            )
            yield ("parties", at, "name"), problem


def _of_content(articles: Sequence[Article]) -> Iterator[Fault]:
    """基本的な方針 and 役割分担 are what makes a text a 連携協約."""
    if not any(isinstance(one, Clause) and one.kind == "基本方針" for one in articles):
        yield ("articles",), _lacks("基本的な方針", "基本方針")
    if not any(isinstance(one, Roles) for one in articles):
        yield ("articles",), _lacks("役割分担", "役割分担")
    if articles and articles[0].branch:
        yield ("articles", 0, "branch"), "最初の条は枝番号の条にできません。branch を消してください"
    effects = [at for at, one in enumerate(articles) if isinstance(one, Effect)]
    for at in effects[1:]:
        yield ("articles", at, "kind"), "効力発生の条は一つだけ書いてください"


def _lacks(what: str, kind: str) -> str:
    return (
        f"{what}を定める条がありません（法第252条の2第1項）。kind が「{kind}」の条を加えてください"
    )


def _of_references(parties: Sequence[Party], articles: Sequence[Article]) -> Iterator[Fault]:
    codes = {one.code for one in parties}
    for at, article in enumerate(articles):
        for path, code in _named(article):
            if code not in codes:
                problem = (
                    f"{code} は当事者（parties）にありません。当事者の団体コードを書いてください"
                )
                yield ("articles", at, *path), problem
    for at, article in enumerate(articles):
        if isinstance(article, Roles):
            yield from _repeated_roles(at, article)


def _named(article: Article) -> Iterator[tuple[Path, str]]:
    """Every party an article names, with the path to it."""
    if isinstance(article, Specialists):
        yield ("lacking",), article.lacking
    elif isinstance(article, Roles):
        for at, field in enumerate(article.fields):
            for number, role in enumerate(field.roles):
                yield ("fields", at, "roles", number, "party"), role.party
    elif isinstance(article, Costs):
        for at, cost in enumerate(article.costs):
            for number, bearer in enumerate(cost.borne_by):
                yield ("costs", at, "borne_by", number, "party"), bearer.party


def _repeated_roles(at: int, article: Roles) -> Iterator[Fault]:
    for number, field in enumerate(article.fields):
        for which, code in _again([role.party for role in field.roles]):
            yield (
                ("articles", at, "fields", number, "roles", which, "party"),
                f"{code} の役割が二度書かれています。一つの does にまとめてください",
            )


def _of_dispatches(articles: Sequence[Article]) -> Iterator[Fault]:
    titles = specialist_titles(articles)
    for at, article in enumerate(articles):
        if isinstance(article, Specialists):
            for number, one in enumerate(article.specialists):
                if titles.count(one.title) > 1:
                    problem = f"「{one.title}」が二度書かれています。名を分けるか、まとめてください"
                    yield ("articles", at, "specialists", number, "title"), problem
        if isinstance(article, Period):
            yield from _of_period(at, article, titles)


def _of_period(at: int, article: Period, titles: Sequence[str]) -> Iterator[Fault]:
    for number, one in enumerate(article.dispatches):
        if one.of not in titles:
            known = "、".join(f"「{title}」" for title in titles) or "一つも書かれていません"
            yield (
                ("articles", at, "dispatches", number, "of"),
                f"「{one.of}」は専門人材の条の title にありません（{known}）",
            )


def repeated_titles(titles: Sequence[str]) -> Iterator[Fault]:
    """別表 of the same title."""
    for at, title in _again(titles):
        yield (
            ("appendices", at, "title"),
            f"「{title}」が二度書かれています。別表の番号を改めてください",
        )


def _again(values: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The places of values that stood there before."""
    seen: Counter[str] = Counter()
    for at, value in enumerate(values):
        if seen[value]:
            yield at, value
        seen[value] += 1
