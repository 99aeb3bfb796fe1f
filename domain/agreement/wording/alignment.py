"""対応付け: Which things of one list became which of another, in their order."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")
_SKETCH = 128
"""So many of a text's pairs of characters stand for all of them, where it has more."""


def aligned(
    old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float], least: float
) -> list[tuple[T | None, T | None]]:
    """Pairs of old and new in order; what has no partner stands alone, deletions first.

    The pairing has the greatest sum of likenesses, each from `least` to 1.
    """
    head, tail = _alike_at_the_ends(old, new, likeness)
    ends = (len(old) - tail, len(new) - tail)
    return [
        *zip(old[:head], new[:head], strict=True),
        *_middle(old[head : ends[0]], new[head : ends[1]], likeness, least),
        *zip(old[ends[0] :], new[ends[1] :], strict=True),
    ]


@lru_cache(maxsize=65_536)
def overlap(old: str, new: str) -> float:
    """How many pairs of neighbouring characters two texts have in common, from 0 to 1.

    Exact for short texts; for longer ones told from an even sample of the pairs, so that two
    hundred long articles can be held against two hundred in a moment.
    """
    if old == new:
        return 1.0
    before, after = _sketch(old), _sketch(new)
    sample = before | after
    if len(sample) > _SKETCH:
        sample = frozenset(sorted(sample)[:_SKETCH])
    common = len(sample & before & after)
    return 2 * common / (len(sample) + common)


def _alike_at_the_ends(
    old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float]
) -> tuple[int, int]:
    """How many pairs at the head, and then at the tail, are quite alike: no pairing is better."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if likeness(old[at], new[at]) < 1), shorter)
    left = shorter - head
    tail = next((at for at in range(left) if likeness(old[-1 - at], new[-1 - at]) < 1), left)
    return head, tail


def _middle(
    old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float], least: float
) -> list[tuple[T | None, T | None]]:
    gains = _gains(old, new, likeness, least)
    best = _best(gains, len(old), len(new))
    found: list[tuple[T | None, T | None]] = []
    at, to = 0, 0
    while at < len(old) and to < len(new):
        if gains[at][to] > 0 and best[at][to] == gains[at][to] + best[at + 1][to + 1]:
            found.append((old[at], new[to]))
            at, to = at + 1, to + 1
        elif best[at][to] == best[at + 1][to]:
            found.append((old[at], None))
            at += 1
        else:
            found.append((None, new[to]))
            to += 1
    return [*found, *((one, None) for one in old[at:]), *((None, one) for one in new[to:])]


@lru_cache(maxsize=16_384)
def _sketch(text: str) -> frozenset[int]:
    """The smallest of the checksums of its pairs: an even sample, the same on every machine."""
    pairs = {"".join(pair) for pair in pairwise(f"\n{text}\n")}
    return frozenset(sorted(crc32(pair.encode()) for pair in pairs)[:_SKETCH])


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
