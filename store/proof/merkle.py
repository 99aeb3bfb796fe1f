"""The Merkle tree over all events: RFC 6962 section 2.1 (RFC 9162 section 2.1), over SHA-256.

The entry of an event is its seal (32 bytes), in the order of the log; `leaf` is the hash of an
entry. A tree of n leaves is known by the roots of its complete subtrees along the right edge,
of which there are at most log2(n)+1: the `Frontier`, enough to add leaves and to give the root.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from store.proof.standalone.tree import (
    HASH_BYTES,
    joined,
    leaf,
    node,
    root_from_inclusion,
    roots_from_consistency,
)

__all__ = [
    "HASH_BYTES",
    "Frontier",
    "Range",
    "complete",
    "consistency",
    "inclusion",
    "joined",
    "leaf",
    "node",
    "perfect",
    "root_from_inclusion",
    "roots_from_consistency",
]

_sha256 = hashlib.sha256

Range = tuple[int, int]
"""Leaves `first` up to but not including `end`."""


def perfect(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of hashes of the same height."""
    level = hashes
    while len(level) > 1:
        level = [node(level[i], level[i + 1]) for i in range(0, len(level), 2)]
    return level[0]


class Frontier:
    """A tree that grows: its size and the roots of its complete subtrees, the largest first."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        found = [*peaks]
        if len(found) != size.bit_count():
            raise ValueError(f"{len(found)} subtrees cannot make a tree of {size} leaves")
        self.size = size
        self._by_height: list[bytes | None] = [
            found.pop() if size >> height & 1 else None for height in range(size.bit_length())
        ]

    @property
    def peaks(self) -> list[bytes]:
        """The roots of the complete subtrees, the largest first."""
        return [peak for peak in reversed(self._by_height) if peak is not None]

    def copy(self) -> "Frontier":
        """The same tree, to be grown apart."""
        return Frontier(self.size, self.peaks)

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaves, height by height: what waits there, then the new ones, paired up."""
        level, height = [*leaves], 0
        self.size += len(level)
        while level:
            if height == len(self._by_height):
                self._by_height.append(None)
            if (waiting := self._by_height[height]) is not None:
                level.insert(0, waiting)
            self._by_height[height] = level.pop() if len(level) & 1 else None
            pairs = zip(level[::2], level[1::2], strict=True)
            level = [_sha256(b"\x01" + left + right).digest() for left, right in pairs]
            height += 1

    def root(self) -> bytes:
        """The root; of the empty tree the hash of nothing."""
        return joined(self.peaks)


# --- which subtrees a proof is made of ------------------------------------------------------------


def inclusion(index: int, size: int) -> list[Range]:
    """The subtrees whose roots prove the leaf `index` (from 0) in a tree of `size`, nearest first."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    first, end, found = 0, size, list[Range]()
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    return found[::-1]


def consistency(old: int, new: int) -> list[Range]:
    """The subtrees whose roots prove that the first `old` leaves of a tree of `new` are as before."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {old} leaves cannot grow to {new}")
    first, end, whole, found = 0, new, True, list[Range]()
    while old != end:
        middle = first + _split(end - first)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first, whole = middle, False
    if not whole:
        found.append((first, end))
    return found[::-1]


def complete(first: int, end: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees that make up a range of a proof, as (height, number in that height)."""
    while first < end:
        height = (end - first).bit_length() - 1
        if first:
            height = min(height, (first & -first).bit_length() - 1)
        yield height, first >> height
        first += 1 << height


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)
