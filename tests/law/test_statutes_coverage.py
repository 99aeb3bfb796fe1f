"""What the statute files claim to be treated is treated, and nothing else is."""

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import domain.agreement
import domain.designation
import domain.dispute
import domain.law
from domain.acts import Command, Event
from domain.law import LAW_NAMES, Citation
from domain.registry import INSTITUTIONS

ROOT = Path(__file__).parents[2]
STATUTES = sorted((ROOT / "domain" / "statutes").glob("*.toml"))
TREATMENTS = {"fact", "rule", "later", "none"}
Entries = dict[Citation, dict[str, str]]


def _entries() -> Entries:
    found: Entries = {}
    for path in STATUTES:
        table = tomllib.loads(path.read_text("utf-8"))
        for article, provisions in table["articles"].items():
            for number, entry in provisions.items():
                paragraph = None if number == "whole" else int(number)
                found[Citation(law=table["law"], article=article, paragraph=paragraph)] = entry
    return found


def _subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from _subclasses(sub)


def _cited() -> list[Citation]:
    """What the events and commands cite."""
    assert INSTITUTIONS
    for package in (domain.designation, domain.agreement, domain.dispute):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    ours = [act for kind in (Event, Command) for act in _subclasses(kind)]
    acts = [act for act in ours if act.__module__.startswith("domain.")]
    bases = [act.model_fields["basis"].default for act in acts if "basis" in act.model_fields]
    cites = [act.cites for act in acts if hasattr(act, "cites")]
    found = [cited for cited in (*bases, *cites) if isinstance(cited, Citation)]
    return sorted(dict.fromkeys(found), key=str)


def _source() -> str:
    """The domain's own words, without the list of citations."""
    paths = [path for path in (ROOT / "domain").rglob("*.py") if path.name != "law.py"]
    return "\n".join(path.read_text("utf-8") for path in paths)


ENTRIES, CITED, SOURCE = _entries(), _cited(), _source()


def _entry_of(cited: Citation) -> dict[str, str] | None:
    """The entry of the paragraph, or of the whole article."""
    whole = Citation(law=cited.law, article=cited.article)
    paragraph = whole if cited.paragraph is None else whole.para(cited.paragraph)
    return ENTRIES.get(paragraph) or ENTRIES.get(whole)


def _is_in_the_source(provision: Citation) -> bool:
    names = [name for name, value in vars(domain.law).items() if value == provision]
    article = Citation(law=provision.law, article=provision.article)
    names += [name for name, value in vars(domain.law).items() if value == article]
    used = any(re.search(rf"\b{name}\b", SOURCE) for name in names)
    return used or re.search(rf"{provision}(?!の?\d)", SOURCE) is not None


def _covers(entry: Citation, cited: Citation) -> bool:
    same_article = (entry.law, entry.article) == (cited.law, cited.article)
    return same_article and entry.paragraph in (None, cited.paragraph)


def test_every_statute_file_is_named_after_a_law_the_citations_know() -> None:
    for path in STATUTES:
        assert tomllib.loads(path.read_text("utf-8"))["law"] == path.stem
        assert path.stem in LAW_NAMES


def test_all_twelve_paragraphs_of_article_260_49_are_listed() -> None:
    listed = {one.paragraph for one in ENTRIES if one.article == "260_49"}
    assert listed == set(range(1, 13))


@pytest.mark.parametrize("provision", ENTRIES, ids=str)
def test_every_provision_says_how_it_is_treated_and_why(provision: Citation) -> None:
    entry = ENTRIES[provision]
    assert set(entry) == {"treated", "why"}
    assert entry["treated"] in TREATMENTS
    assert entry["why"].strip()


@pytest.mark.parametrize("cited", CITED, ids=str)
def test_what_an_event_or_command_cites_is_listed_as_fact(cited: Citation) -> None:
    entry = _entry_of(cited)
    assert entry is not None, f"{cited} を domain/statutes に書き加えてください"
    assert entry["treated"] == "fact"


@pytest.mark.parametrize(
    "provision", [one for one, entry in ENTRIES.items() if entry["treated"] == "fact"], ids=str
)
def test_what_is_listed_as_fact_is_cited_by_an_event_or_command(provision: Citation) -> None:
    assert any(_covers(provision, cited) for cited in CITED)


@pytest.mark.parametrize(
    "provision", [one for one, entry in ENTRIES.items() if entry["treated"] == "rule"], ids=str
)
def test_what_is_listed_as_rule_is_named_in_the_domain(provision: Citation) -> None:
    assert _is_in_the_source(provision)


@pytest.mark.parametrize(
    "provision",
    [
        one
        for one, entry in ENTRIES.items()
        if one.article == "260_49" and entry["treated"] == "fact"
    ],
    ids=str,
)
def test_every_treated_paragraph_has_a_test_file_of_its_own(provision: Citation) -> None:
    assert list((ROOT / "tests" / "law").glob(f"test_para_{provision.paragraph:02}_*.py"))


def test_no_test_file_stands_for_an_untreated_paragraph() -> None:
    numbers = {int(path.name[10:12]) for path in (ROOT / "tests/law").glob("test_para_*.py")}
    treated = {one.paragraph for one, entry in ENTRIES.items() if entry["treated"] == "fact"}
    assert numbers <= treated


def test_the_page_on_the_law_tells_the_same_of_every_paragraph() -> None:
    page = (ROOT / "docs" / "law.md").read_text("utf-8")
    rows = re.findall(r"^\| ([①-⑫]) \| [^|]+ \| (\w+) \|", page, re.MULTILINE)
    told = {"①②③④⑤⑥⑦⑧⑨⑩⑪⑫".index(sign) + 1: treated for sign, treated in rows}
    listed = {one.paragraph: entry for one, entry in ENTRIES.items() if one.article == "260_49"}
    assert told == {number: entry["treated"] for number, entry in listed.items()}


def test_the_page_on_the_law_names_every_parameter_with_a_default() -> None:
    page = (ROOT / "docs" / "law.md").read_text("utf-8")
    defaults = tomllib.loads((ROOT / "domain/ordinances/defaults.toml").read_text("utf-8"))
    interpreted = set(defaults["parameters"]) - {"activities", "area_unit", "constituent_bodies"}
    assert [name for name in interpreted if f"`{name}`" not in page] == []
