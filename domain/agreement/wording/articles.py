"""条: What an article of an agreement may hold.

Some articles are words (`Clause`), others are data from which the words are made: the roles by
field and party, the specialists who are lacking, the time of their dispatch, who bears the cost,
the day of effect. A datum is written once, so that data and words cannot contradict each other.
"""

from datetime import date
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from domain.agreement.wording.numbering import DEPTHS, MOST_ITEMS, MOST_PARAGRAPHS, most_items
from domain.agreement.wording.parties import Frozen, PartyCode
from domain.era import GREGORIAN
from domain.text import Line, Text

MOST_PERSONS = 999


def _unbroken(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise PydanticCustomError(
            "line_break", "改行とタブは使えません。一文は一行で、項と号は分けて書いてください", {}
        )
    return text


Sentence = Annotated[Text, AfterValidator(_unbroken)]
"""文: The words of a 項 or a 号, without a line break."""


def _as_table(said: object) -> object:
    """A bare text stands for a table that has only a text."""
    return {"text": said} if isinstance(said, str) else said


class Item(Frozen):
    """号: Its words, and its divisions."""

    text: Sentence
    items: "Items" = ()


class Paragraph(Frozen):
    """項: Its words, and its 号."""

    text: Sentence
    items: "Items" = ()

    @model_validator(mode="after")
    def _shallow(self) -> "Paragraph":
        _bounded(self.items, 1)
        return self


Items: TypeAlias = Annotated[
    tuple[Annotated[Item, BeforeValidator(_as_table)], ...], Field(max_length=MOST_ITEMS)
]
Paragraphs: TypeAlias = Annotated[
    tuple[Annotated[Paragraph, BeforeValidator(_as_table)], ...],
    Field(max_length=MOST_PARAGRAPHS - 1),
]
"""項: As many as an article may have beside the one that is made of data."""
SomeParagraphs: TypeAlias = Annotated[Paragraphs, Field(min_length=1)]


def _bounded(items: tuple[Item, ...], depth: int) -> None:
    if items and depth > DEPTHS:
        raise PydanticCustomError(
            "too_deep", "号の細分は{most}段までです（号、イ、（１））", {"most": DEPTHS}
        )
    if len(items) > most_items(depth):
        raise PydanticCustomError(
            "too_many", "号の細分は{most}個までです", {"most": most_items(depth)}
        )
    for item in items:
        _bounded(item.items, depth + 1)


Day = Annotated[date, Field(ge=GREGORIAN)]
"""日: A day that has a 和暦."""


class _Article(Frozen):
    """`branch`: the article is a branch (第三条の二) of the one before it that is none."""

    branch: Annotated[bool, Field(strict=True)] = False


class Clause(_Article):
    """文で定める条: 目的, 基本方針, 変更及び廃止, 協議, and any other with a heading of its own."""

    kind: Literal["目的", "基本方針", "変更及び廃止", "協議", "その他"]
    heading: Line | None = None
    paragraphs: SomeParagraphs

    @model_validator(mode="after")
    def _headed(self) -> "Clause":
        if self.kind == "その他" and self.heading is None:
            raise PydanticCustomError(
                "no_heading", "kind が「その他」の条には heading（見出し）を書いてください", {}
            )
        return self

    @property
    def head(self) -> str:
        """「目的」."""
        return self.heading or self.kind


class Role(Frozen):
    """役割: What one party does in a field."""

    party: PartyCode
    does: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=20)]


class RoleField(Frozen):
    """連携する分野: Its name, what is done in it, and who does what."""

    name: Line
    content: Sentence | None = None
    roles: Annotated[tuple[Role, ...], Field(min_length=1, max_length=20)]


class Roles(_Article):
    """役割分担（法第252条の2第1項）: Field by field and party by party, or in words where they suffice."""

    kind: Literal["役割分担"]
    heading: Line = "役割分担"
    fields: Annotated[tuple[RoleField, ...], Field(max_length=MOST_ITEMS)] = ()
    paragraphs: Paragraphs = ()

    @model_validator(mode="after")
    def _said(self) -> "Roles":
        return _not_empty(self, self.fields, "fields（分野ごとの役割）")


class Specialist(Frozen):
    """専門人材: Of what calling, with what expertise, how many."""

    title: Line
    expertise: Sentence
    number: Annotated[int, Field(ge=1, le=MOST_PERSONS, strict=True)]


class Specialists(_Article):
    """不足する専門人材: Whom one party lacks, and the expertise that is wanted of them."""

    kind: Literal["専門人材"]
    heading: Line = "不足する専門人材"
    lacking: PartyCode
    specialists: Annotated[tuple[Specialist, ...], Field(min_length=1, max_length=MOST_ITEMS)]
    paragraphs: Paragraphs = ()


class Dispatching(Frozen):
    """派遣の期間: From which day to which the specialists of a calling are sent."""

    of: Line
    since: Day
    until: Day

    @model_validator(mode="after")
    def _in_order(self) -> "Dispatching":
        _ordered(self.since, self.until)
        return self


class Period(_Article):
    """派遣期間: For each calling, or in words."""

    kind: Literal["派遣期間"]
    heading: Line = "派遣期間"
    dispatches: Annotated[tuple[Dispatching, ...], Field(max_length=MOST_ITEMS)] = ()
    paragraphs: Paragraphs = ()

    @model_validator(mode="after")
    def _said(self) -> "Period":
        return _not_empty(self, self.dispatches, "dispatches（職種ごとの期間）")


class Bearer(Frozen):
    """負担する者: A party, and its share where it bears only a part (「二分の一」)."""

    party: PartyCode
    share: Line | None = None


class Cost(Frozen):
    """費用: What it is, and who bears it."""

    what: Sentence
    borne_by: Annotated[tuple[Bearer, ...], Field(min_length=1, max_length=20)]


class Costs(_Article):
    """費用負担: Cost by cost, or in words."""

    kind: Literal["費用負担"]
    heading: Line = "費用負担"
    costs: Annotated[tuple[Cost, ...], Field(max_length=MOST_ITEMS)] = ()
    paragraphs: Paragraphs = ()

    @model_validator(mode="after")
    def _said(self) -> "Costs":
        return _not_empty(self, self.costs, "costs（費用ごとの負担）")


class Effect(_Article):
    """効力発生: From which day, and perhaps until which, or in words."""

    kind: Literal["効力発生"]
    heading: Line = "効力発生"
    since: Day | None = None
    until: Day | None = None
    paragraphs: Paragraphs = ()

    @model_validator(mode="after")
    def _said(self) -> "Effect":
        if self.until and not self.since:
            raise PydanticCustomError("no_since", "until を書くときは since も書いてください", {})
        if self.since and self.until:
            _ordered(self.since, self.until)
        return _not_empty(self, self.since, "since（効力の初日）")


class Deleted(_Article):
    """削除: A number that stays after its article was taken out."""

    kind: Literal["削除"]


Article: TypeAlias = Annotated[
    Clause | Roles | Specialists | Period | Costs | Effect | Deleted, Field(discriminator="kind")
]
W = TypeVar("W", Roles, Period, Costs, Effect)


def _not_empty(article: W, data: object, key: str) -> W:
    if not (data or article.paragraphs):
        raise PydanticCustomError(
            "nothing_said", "{key} か paragraphs（文）を書いてください", {"key": key}
        )
    return article


def _ordered(since: date, until: date) -> None:
    if until < since:
        raise PydanticCustomError(
            "out_of_order",
            "終わり（until）{until} が初日（since）{since} より前です",
            {"since": f"{since}", "until": f"{until}"},
        )
