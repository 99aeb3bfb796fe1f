"""The tree is that of RFC 6962: its own vectors, its recursive definitions, and no proof too many."""

import hashlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.proof import merkle
from store.proof.merkle import Frontier, leaf, node

ENTRIES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The inputs, and below the roots, of the reference tests that go with RFC 6962."""
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf(each) for each in ENTRIES]
SIZES = st.integers(1, 700)


def mth(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node(mth(leaves[:k]), mth(leaves[k:]))


def some(size: int) -> list[bytes]:
    return [leaf(each.to_bytes(4, "big")) for each in range(size)]


def hashes(leaves: list[bytes], ranges: list[merkle.Range]) -> list[bytes]:
    return [mth(leaves[first:end]) for first, end in ranges]


def grown(leaves: list[bytes]) -> Frontier:
    tree = Frontier()
    tree.extend(leaves)
    return tree


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_reference(size: int) -> None:
    assert grown(LEAVES[:size]).root().hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert Frontier().root() == hashlib.sha256().digest()


@given(SIZES, st.data())
def test_a_tree_grown_in_parts_has_the_root_of_the_definition(
    size: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, size))
    leaves = some(size)
    tree = grown(leaves[:cut])
    copy = tree.copy()
    tree.extend(leaves[cut:])
    assert tree.root() == mth(leaves)
    assert copy.root() == mth(leaves[:cut])


@given(SIZES, st.data())
def test_the_complete_subtrees_of_a_range_make_up_its_root(size: int, data: st.DataObject) -> None:
    leaves, index = some(size), data.draw(st.integers(0, size - 1))
    for first, end in merkle.inclusion(index, size):
        parts = [
            leaves[number << height : (number + 1) << height]
            for height, number in merkle.complete(first, end)
        ]
        assert [each for part in parts for each in part] == leaves[first:end]
        assert merkle.joined([mth(part) for part in parts]) == mth(leaves[first:end])


@given(SIZES, st.data())
def test_a_proof_of_inclusion_leads_to_the_root_and_no_other_does(
    size: int, data: st.DataObject
) -> None:
    leaves, index = some(size), data.draw(st.integers(0, size - 1))
    proof, root = hashes(leaves, merkle.inclusion(index, size)), mth(leaves)
    assert merkle.root_from_inclusion(leaves[index], index, size, proof) == root
    assert merkle.root_from_inclusion(leaf(b"?"), index, size, proof) != root
    other = (
        data.draw(st.integers(0, size - 1).filter(lambda each: each != index)) if size > 1 else 0
    )
    if other != index:
        with suppress(ValueError):  # a proof of another length
            assert merkle.root_from_inclusion(leaves[index], other, size, proof) != root


@given(SIZES, st.data())
def test_a_proof_of_consistency_leads_to_both_roots(size: int, data: st.DataObject) -> None:
    leaves, old = some(size), data.draw(st.integers(1, size))
    proof = hashes(leaves, merkle.consistency(old, size))
    roots = merkle.roots_from_consistency(old, size, mth(leaves[:old]), proof)
    assert roots == (mth(leaves[:old]), mth(leaves))
    changed = [leaf(b"?"), *leaves[1:]]
    if old < size:
        forged = hashes(changed, merkle.consistency(old, size))
        before, after = merkle.roots_from_consistency(old, size, mth(leaves[:old]), forged)
        assert before != mth(leaves[:old]) or after != mth(changed)


@given(
    SIZES, st.data(), st.sampled_from(["longer", "shorter", "a hash cut short", "an empty hash"])
)
def test_a_proof_of_the_wrong_length_is_none(size: int, data: st.DataObject, fault: str) -> None:
    leaves, index = some(size), data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))

    def spoiled(proof: list[bytes]) -> list[bytes]:
        if fault == "longer" or not proof:
            return [*proof, leaf(b"?")]
        if fault == "shorter":
            return proof[:-1]
        return [*proof[:-1], b"" if fault == "an empty hash" else proof[-1][:31]]

    included = spoiled(hashes(leaves, merkle.inclusion(index, size)))
    with pytest.raises(ValueError, match="証明"):
        merkle.root_from_inclusion(leaves[index], index, size, included)
    consistent = spoiled(hashes(leaves, merkle.consistency(old, size)))
    with pytest.raises(ValueError, match="証明"):
        merkle.roots_from_consistency(old, size, mth(leaves[:old]), consistent)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 4), (4, 4)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion(index, size)
    with pytest.raises(ValueError, match="件数"):
        merkle.root_from_inclusion(LEAVES[0], index, size, [])


@pytest.mark.parametrize(("old", "new"), [(0, 4), (5, 4), (-1, 4)])
def test_nothing_follows_from_a_tree_of_another_size(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="cannot grow"):
        merkle.consistency(old, new)
    with pytest.raises(ValueError, match="件の木が"):
        merkle.roots_from_consistency(old, new, LEAVES[0], [])


def test_a_frontier_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(ValueError, match="subtrees"):
        Frontier(3, [LEAVES[0]])
