"""対応付け: Which things of one list became which of another, in their order."""

from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")
_LONG = 400
"""Characters beyond which likeness is told by overlap alone."""


def aligned(
    old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float], least: float
) -> list[tuple[T | None, T | None]]:
    """Pairs of old and new in order; what has no partner stands alone, deletions first.

    The pairing has the greatest sum of likenesses, of which none is below `least`.
    """
    gains = _gains(old, new, likeness, least)
    best = _best(gains, len(old), len(new))
    found: list[tuple[T | None, T | None]] = []
    at, to = 0, 0
    while at < len(old) and to < len(new):
        paired = gains[at][to] > 0 and best[at][to] == gains[at][to] + best[at + 1][to + 1]
        if paired:
            found.append((old[at], new[to]))
            at, to = at + 1, to + 1
        elif best[at][to] == best[at + 1][to]:
            found.append((old[at], None))
            at += 1
        else:
            found.append((None, new[to]))
            to += 1
    return [*found, *((one, None) for one in old[at:]), *((None, one) for one in new[to:])]


@lru_cache(maxsize=4_096)
def similarity(old: str, new: str) -> float:
    """How alike two lines are, from 0 to 1."""
    if old == new:
        return 1.0
    if max(len(old), len(new)) > _LONG:
        return overlap(old, new)
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def overlap(old: str, new: str) -> float:
    """How many pairs of neighbouring characters two texts have in common, from 0 to 1."""
    if old == new:
        return 1.0
    before, after = _neighbours(old), _neighbours(new)
    total = before.total() + after.total()
    return 2 * (before & after).total() / total if total else 0.0


@lru_cache(maxsize=4_096)
def _neighbours(text: str) -> Counter[str]:
    return Counter(map("".join, pairwise(text)))


def _gains(
    old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float], least: float
) -> list[list[float]]:
    table = [[likeness(one, other) for other in new] for one in old]
    return [[gain if gain >= least else 0.0 for gain in row] for row in table]


def _best(gains: Sequence[Sequence[float]], rows: int, columns: int) -> list[list[float]]:
    """The greatest sum from each place on."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for at in reversed(range(rows)):
        for to in reversed(range(columns)):
            pairing = gains[at][to] + best[at + 1][to + 1]
            best[at][to] = max(pairing, best[at + 1][to], best[at][to + 1])
    return best
