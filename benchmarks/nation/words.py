"""文例: Believable Japanese texts from a small grammar.

`words.toml` lists, for each symbol, the templates it may be written as; a `{symbol}` in a template
is written in turn. What is known (the fiscal year, the body's name) is handed in.
"""

import tomllib
from pathlib import Path
from string import Formatter

from benchmarks.nation.chance import Dice

PHRASE = "収支決算書"
"""Stands in about 12 % of the events: what an auditor would look for, and find too often."""
ABSENT = "談合の疑い"
"""Stands in no event."""
SHORT = 10
"""Reasons of at most so many characters are too short to be reasons; the grammar has some."""

_Template = tuple[tuple[str, str | None], ...]


def _read() -> dict[str, tuple[_Template, ...]]:
    text = (Path(__file__).parent / "words.toml").read_text("utf-8")
    return {
        symbol: tuple(_parts(template) for template in templates)
        for symbol, templates in tomllib.loads(text).items()
    }


def _parts(template: str) -> _Template:
    return tuple((said, symbol) for said, symbol, _, _ in Formatter().parse(template))


_GRAMMAR = _read()


def write(dice: Dice, symbol: str, **known: str) -> str:
    """A text for the symbol; `KeyError` where neither the grammar nor `known` has it."""
    if symbol in known:
        return known[symbol]
    written = [
        said if inner is None else said + write(dice, inner, **known)
        for said, inner in dice.one_of(_GRAMMAR[symbol])
    ]
    return "".join(written)


def fiscal_year(year: int) -> str:
    """「令和8年度」 for 2026."""
    return f"令和{year - 2018}年度"
