"""A log of forty events, and what it sends to a witness to have its heads cosigned."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from store.proof import merkle
from store.proof.checkpoints import Checkpoint
from store.proof.notes import Note, Signer
from store.proof.witness import Witness, WitnessServer, origin_hash_of, serve
from tests.store.proof.test_merkle import hashes, mth, some

KEY = Signer.make("city.example/kyodo")
HASH = origin_hash_of(KEY.name)
LEAVES, OTHERS = some(40), some(39)[::-1] + some(1)
EMPTY = merkle.Frontier().root()
ZERO = Checkpoint(KEY.name, 0, EMPTY)
WITNESS = "pref.example/witness"


def knowing(folder: Path) -> Witness:
    """A new witness that knows the log."""
    established = Witness.establish(folder, WITNESS)
    established.trust(KEY.verifier.vkey)
    return established


@contextmanager
def serving(witness: Witness) -> Generator[WitnessServer]:
    """The witness over HTTP, on a free port."""
    server = serve(witness, "127.0.0.1", 0)
    try:
        yield server
    finally:
        server.stop()


def head(size: int, leaves: list[bytes] = LEAVES) -> Checkpoint:
    return Checkpoint(KEY.name, size, mth(leaves[:size]))


def encoded(hashes: Sequence[bytes]) -> list[str]:
    """Hashes as they stand in a request: as the root does in a checkpoint."""
    return [Checkpoint("", 0, each).text.split("\n")[2] for each in hashes]


def proof(old: int, new: int, leaves: list[bytes] = LEAVES) -> list[str]:
    return encoded(hashes(leaves[:new], merkle.consistency(old, new)) if old else [])


def body(old: int, proof: Sequence[str], note: object) -> str:
    return f"old {old}\n" + "".join(f"{line}\n" for line in proof) + f"\n{note}"


def request(old: int, new: int, leaves: list[bytes] = LEAVES) -> str:
    """What the log sends to have its head of `new` cosigned."""
    return body(old, proof(old, new, leaves), head(new, leaves).signed(KEY))


def latest(witness: Witness) -> Note:
    note = witness.latest(HASH)
    assert note
    return Note.read(note)


def size_of(witness: Witness) -> int:
    return Checkpoint.read(latest(witness).text).size
