"""定型の文: The words made of the data of an article, and the usual formulae around the articles.

They are this program's own wording after the common form of 連携協約; an office that words an
article otherwise writes `paragraphs` instead of the data.
"""

from collections.abc import Iterator

from domain.agreement.wording.articles import (
    Article,
    Clause,
    Cost,
    Costs,
    Deleted,
    Dispatching,
    Effect,
    Item,
    Paragraph,
    Period,
    Role,
    RoleField,
    Roles,
    Specialist,
    Specialists,
)
from domain.agreement.wording.numbering import day_words, figure, figures
from domain.agreement.wording.parties import Party, joined
from domain.agreement.wording.soundness import specialist_titles
from domain.agreement.wording.text import AgreementText

GAP = "　"


def paragraphs_of(article: Article, text: AgreementText) -> tuple[Paragraph, ...]:
    """The 項 of an article: the one made of its data first, then those in words."""
    match article:
        case Clause():
            return article.paragraphs
        case Deleted():
            return (Paragraph(text="削除"),)
        case Roles():
            made = _roles(article, text)
        case Specialists():
            made = _specialists(article, text)
        case Period():
            made = _period(article, text)
        case Costs():
            made = _costs(article, text)
        case Effect():
            made = _effect(article, text)
    return (*made, *article.paragraphs)


def heading_of(article: Article) -> str:
    """「役割分担」; nothing where the article was deleted."""
    match article:
        case Deleted():
            return ""
        case Clause():
            return article.head
        case Roles() | Specialists() | Period() | Costs() | Effect():
            return article.heading


def provision(text: AgreementText, paragraph: int) -> str:
    """「地方自治法（昭和二十二年法律第六十七号）第二百五十二条の二第一項」."""
    return figures(f"地方自治法（昭和22年法律第67号）第252条の2第{paragraph}項", text.style)


def everybody(text: AgreementText) -> str:
    """「甲及び乙」."""
    return joined([one.called for one in text.parties])


def names(text: AgreementText) -> str:
    """「広島県及び神石高原町」."""
    return joined([one.said for one in text.parties])


def preamble(text: AgreementText) -> str:
    """前文: Who concludes the agreement, and on what ground."""
    if text.preamble:
        return text.preamble
    who = joined([_introduced(one) for one in text.parties])
    return f"{who}は、{provision(text, 1)}の規定に基づき、次のとおり連携協約を締結する。"


def closing(text: AgreementText) -> str:
    """末文: In how many originals it is made, and who keeps them."""
    if text.closing:
        return text.closing
    copies = figure(len(text.parties), text.style)
    one = figure(1, text.style)
    return (
        f"この連携協約の締結を証するため、本書{copies}通を作成し、{everybody(text)}が"
        f"記名押印の上、各自その{one}通を保有する。"
    )


def _introduced(party: Party) -> str:
    if party.called == party.said:
        return party.said
    return f"{party.said}（以下「{party.called}」という。）"


def _roles(article: Roles, text: AgreementText) -> Iterator[Paragraph]:
    if not article.fields:
        return
    all_of_them = everybody(text)
    told = any(field.content for field in article.fields)
    lead = (
        f"{all_of_them}が連携して処理する事務の分野"
        + ("及びその取組の内容並びに" if told else "及び")
        + f"当該分野における{all_of_them}の役割は、次のとおりとする。"
    )
    yield Paragraph(text=lead, items=tuple(_field(one, text) for one in article.fields))


def _field(field: RoleField, text: AgreementText) -> Item:
    content = [Item(text=f"取組の内容{GAP}{field.content}")] if field.content else []
    roles = [_role(one, text) for one in field.roles]
    return Item(text=field.name, items=(*content, *roles))


def _role(role: Role, text: AgreementText) -> Item:
    whose = f"{text.party(role.party).called}の役割"
    if len(role.does) == 1:
        return Item(text=f"{whose}{GAP}{role.does[0]}")
    return Item(text=whose, items=tuple(Item(text=one) for one in role.does))


def _specialists(article: Specialists, text: AgreementText) -> Iterator[Paragraph]:
    lead = (
        f"{text.party(article.lacking).called}において不足する専門人材並びに"
        "必要とする専門性及び人数は、次のとおりとする。"
    )
    items = tuple(_specialist(one, text) for one in article.specialists)
    yield Paragraph(text=lead, items=items)


def _specialist(one: Specialist, text: AgreementText) -> Item:
    return Item(
        text=one.title,
        items=(
            Item(text=f"必要とする専門性{GAP}{one.expertise}"),
            Item(text=f"人数{GAP}{figure(one.number, text.style)}人"),
        ),
    )


def _period(article: Period, text: AgreementText) -> Iterator[Paragraph]:
    if len(article.dispatches) == 1:
        only = article.dispatches[0]
        yield Paragraph(text=f"{only.of}を派遣する期間は、{_days(only, text)}とする。")
    elif article.dispatches:
        items = tuple(Item(text=f"{one.of}{GAP}{_days(one, text)}") for one in article.dispatches)
        yield Paragraph(
            text="専門人材を派遣する期間は、次の各号に掲げる専門人材の区分に応じ、当該各号に定める期間とする。",
            items=items,
        )


def _days(one: Dispatching, text: AgreementText) -> str:
    return f"{day_words(one.since, text.style)}から{day_words(one.until, text.style)}まで"


def _costs(article: Costs, text: AgreementText) -> Iterator[Paragraph]:
    if article.costs:
        what = "専門人材の派遣" if specialist_titles(text.articles) else "この連携協約に基づく取組"
        yield Paragraph(
            text=f"{what}に要する費用は、次の各号に掲げる費用の区分に応じ、当該各号に定める者が負担する。",
            items=tuple(_cost(one, text) for one in article.costs),
        )


def _cost(cost: Cost, text: AgreementText) -> Item:
    bearers = [
        text.party(one.party).called + (f"（{one.share}）" if one.share else "")
        for one in cost.borne_by
    ]
    return Item(text=f"{cost.what}{GAP}{joined(bearers)}")


def _effect(article: Effect, text: AgreementText) -> Iterator[Paragraph]:
    if article.since:
        since = day_words(article.since, text.style)
        ending = (
            f"から効力を生じ、{day_words(article.until, text.style)}限り、その効力を失う。"
            if article.until
            else "から効力を生ずる。"
        )
        yield Paragraph(text=f"この連携協約は、{since}{ending}")
