"""木: The tree over the log, and what its proofs lead to (RFC 6962 section 2.1, RFC 9162)."""

from __future__ import annotations

import hashlib
from typing import List, NoReturn, Sequence, Tuple

HASH_BYTES = 32


class Wrong(ValueError):
    """Something is not what it should be; the text is Japanese, for auditors."""


def wrong(text: str) -> NoReturn:
    """End the verification with what was found."""
    raise Wrong(text)


def leaf(entry: bytes) -> bytes:
    """The hash of an entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbouring subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def joined(peaks: Sequence[bytes]) -> bytes:
    """The root over complete subtrees, the largest first, each smaller than the one before."""
    if not peaks:
        return hashlib.sha256().digest()
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node(peak, root)
    return root


class Tree:
    """A tree that grows leaf by leaf."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: List[bytes] = []

    def add(self, leaf_hash: bytes) -> None:
        """Add a leaf."""
        self.size += 1
        rest = self.size
        while not rest & 1:
            leaf_hash, rest = node(self._peaks.pop(), leaf_hash), rest >> 1
        self._peaks.append(leaf_hash)

    def root(self) -> bytes:
        """The root over all leaves added so far."""
        return joined(self._peaks)


def root_from_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that a proof of leaf `index` (from 0) leads to (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        wrong(f"証明の番号 {index} が件数 {size} の中にありません")
    inner, outer, root = index, size - 1, leaf_hash
    for each in _hashes(proof):
        if outer == 0:
            wrong("含有の証明が長すぎます")
        if inner & 1 or inner == outer:
            root = node(each, root)
            while not inner & 1 and inner:
                inner, outer = inner >> 1, outer >> 1
        else:
            root = node(root, each)
        inner, outer = inner >> 1, outer >> 1
    if outer:
        wrong("含有の証明が短すぎます")
    return root


def roots_from_consistency(
    old: int, new: int, old_root: bytes, proof: Sequence[bytes]
) -> Tuple[bytes, bytes]:
    """The two roots that a proof leads to (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        wrong(f"{old} 件の木が {new} 件になることはありません")
    path = _hashes(proof)
    if old == new:
        return (old_root, old_root) if not path else wrong("整合の証明が長すぎます")
    if old & (old - 1) == 0:
        path = [old_root, *path]
    if not path:
        wrong("整合の証明が短すぎます")
    inner, outer = old - 1, new - 1
    while inner & 1:
        inner, outer = inner >> 1, outer >> 1
    before = after = path[0]
    for each in path[1:]:
        if outer == 0:
            wrong("整合の証明が長すぎます")
        if inner & 1 or inner == outer:
            before, after = node(each, before), node(each, after)
            while not inner & 1 and inner:
                inner, outer = inner >> 1, outer >> 1
        else:
            after = node(after, each)
        inner, outer = inner >> 1, outer >> 1
    if outer:
        wrong("整合の証明が短すぎます")
    return before, after


def _hashes(proof: Sequence[bytes]) -> List[bytes]:
    for each in proof:
        if len(each) != HASH_BYTES:
            wrong(
                f"証明に {len(each)} バイトの値があります（どれも {HASH_BYTES} バイトのはずです）"
            )
    return list(proof)
