"""本文の言葉: What people wrote in an act, and how a phrase in it is found.

An index of words would need a dictionary; Japanese is indexed by every two characters that stand
side by side instead. A phrase is looked for by its pairs, which finds a few acts too many, and then
word for word.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from store.canonical import Json, parse

SHORTEST = 2
"""Characters a phrase needs at least."""
_NOT_WRITTEN = frozenset(
    {
        *("kind", "on", "by", "drafted_by", "presider", "basis", "ordinance", "remedy_notice"),
        *("document", "due", "next_day", "expired", "standard_period", "of", "sealed", "day"),
        "rights",
    }
)
"""Fields that no hand wrote into the act: who, when, under what, and the wording of forms."""
_HALF, _ALL, _SIGN = 16, 0xFFFFFFFF, 0x80000000


def written(value: Json) -> Iterator[str]:
    """Every text that somebody wrote into an act, in the order of its fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from written(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in _NOT_WRITTEN:
                yield from written(part)


def grams(texts: Iterable[str]) -> list[int]:
    """The pairs of neighbouring characters in the texts, each as a signed number of 32 bits."""
    pairs = {pair for text in texts for pair in pairwise(text)}
    return sorted(_number(first, second) for first, second in pairs)


@lru_cache(maxsize=1 << 16)
def _number(first: str, second: str) -> int:
    found = (ord(first) << _HALF ^ ord(second)) & _ALL
    return found - (_ALL + 1) if found & _SIGN else found


def holds(body: str, phrase: str) -> bool:
    """Whether somebody wrote the phrase into the act with this body."""
    return any(phrase in text for text in written(parse(body)))
