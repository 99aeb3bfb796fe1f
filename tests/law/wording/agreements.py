"""Agreements for the tests: the shipped examples, short ones, and any there may be."""

import tomllib
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from domain.agreement.wording import AgreementFile, AgreementText, form

PREFECTURE, TOWN, CITY = "340006", "345458", "342025"
Data = dict[str, Any]


def example(version: int) -> AgreementFile:
    """Ａ県 and Ｂ町: as first concluded (1), and as changed (2)."""
    return AgreementFile.model_validate(data(version))


def data(version: int) -> Data:
    """The same as plain data."""
    return tomllib.loads(form(f"example-{version}.toml"))


def short(*articles: Data, **fields: object) -> Data:
    """A text of 広島県 and 神石高原町 with a basic policy, roles and the articles given."""
    return {
        "style": "縦書き",
        "title": "連携協約",
        "parties": [
            {"code": PREFECTURE, "called": "甲"},
            {"code": TOWN, "called": "乙"},
        ],
        "articles": [clause("基本方針", "甲及び乙は、連携する。"), roles(), *articles],
        **fields,
    }


def clause(kind: str, *paragraphs: object, **fields: object) -> Data:
    """An article in words."""
    return {"kind": kind, "paragraphs": list(paragraphs), **fields}


def other(heading: str, *paragraphs: object, **fields: object) -> Data:
    """An article in words under a heading of its own."""
    return clause("その他", *paragraphs, heading=heading, **fields)


def roles() -> Data:
    """Who does what in one field."""
    told = [
        {"party": PREFECTURE, "does": ["職員を派遣すること。"]},
        {"party": TOWN, "does": ["派遣を受け入れること。"]},
    ]
    return {"kind": "役割分担", "fields": [{"name": "保健", "roles": told}]}


def text(*articles: Data, **fields: object) -> AgreementText:
    """A short text as a model."""
    return AgreementText.model_validate(short(*articles, **fields))


# --- どんな協約でも -----------------------------------------------------------------------------

_SIGNS = "甲乙丙県町人材派遣及び又はのをにるア、。（）「」１２12ab<>&\"'　 々𠮷葛\ufe00"
SENTENCES = st.text(_SIGNS, min_size=1, max_size=30).filter(lambda one: one.strip() != "")
LINES = st.text(_SIGNS, min_size=1, max_size=12).filter(lambda one: one.strip() != "")
DAYS = st.dates(date(2019, 5, 1), date(2040, 12, 31))


def _items(depth: int) -> SearchStrategy[list[Data]]:
    if depth > 3:
        return st.just([])
    one = st.fixed_dictionaries({"text": SENTENCES, "items": _items(depth + 1)})
    return st.lists(one, max_size=2)


PARAGRAPHS = st.lists(
    st.fixed_dictionaries({"text": SENTENCES, "items": _items(1)}), min_size=1, max_size=3
)
PARTIES = st.sampled_from([PREFECTURE, TOWN])
CLAUSES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["目的", "協議", "変更及び廃止", "その他"]),
        "heading": LINES,
        "paragraphs": PARAGRAPHS,
    }
)
BEARERS = st.lists(
    st.fixed_dictionaries({"party": PARTIES, "share": st.none() | LINES}), min_size=1, max_size=2
)
COSTS = st.fixed_dictionaries(
    {
        "kind": st.just("費用負担"),
        "costs": st.lists(
            st.fixed_dictionaries({"what": SENTENCES, "borne_by": BEARERS}), min_size=1, max_size=3
        ),
    }
)
SPECIALISTS = st.fixed_dictionaries(
    {
        "kind": st.just("専門人材"),
        "lacking": PARTIES,
        "specialists": st.just([{"title": "保健師", "expertise": "母子保健", "number": 1}]),
    }
)
EFFECTS = st.fixed_dictionaries({"kind": st.just("効力発生"), "since": DAYS})


@st.composite
def texts(draw: st.DrawFn) -> AgreementText:
    """Any text of two parties."""
    articles = draw(st.lists(CLAUSES | COSTS, max_size=4))
    articles += draw(st.lists(SPECIALISTS | EFFECTS, max_size=1))
    found = short(*draw(st.permutations(articles)))
    found["style"] = draw(st.sampled_from(["縦書き", "横書き"]))
    found["title"] = draw(LINES)
    found["supplements"] = [{"paragraphs": one} for one in draw(st.lists(PARAGRAPHS, max_size=1))]
    return AgreementText.model_validate(found)
