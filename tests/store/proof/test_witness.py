"""A witness cosigns what follows and nothing else, as C2SP tlog-witness asks, and never forgets."""

import multiprocessing
import queue
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from store.proof.checkpoints import Checkpoint, cosignatures
from store.proof.notes import Note, NoteError, Signer
from store.proof.witness import Refusal, Witness, origin_hash_of
from tests.store.proof.heads import (
    EMPTY,
    HASH,
    KEY,
    LEAVES,
    OTHERS,
    WITNESS,
    ZERO,
    body,
    encoded,
    head,
    knowing,
    latest,
    proof,
    request,
    size_of,
)
from tests.store.proof.moments import NOON
from tests.store.proof.test_merkle import mth

RACERS, ROUNDS = 4, 15


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return knowing(tmp_path / "witness")


def refusal(witness: Witness, request: str) -> Refusal:
    with pytest.raises(Refusal) as refused:
        witness.answer(request, NOON)
    return refused.value


# --- what is cosigned -----------------------------------------------------------------------------


def test_a_head_that_follows_is_cosigned_and_given_to_monitors(witness: Witness) -> None:
    assert witness.latest(HASH) is None
    old = 0
    for new in (1, 2, 3, 8, 9, 21, 40):
        line = witness.answer(request(old, new), NOON)
        note = Note.read(f"{head(new).text}\n{line}")
        assert [each.at for each in cosignatures(note, [witness.verifier])] == [NOON]
        kept = latest(witness)
        assert kept.text == head(new).text
        assert kept.signed_by(KEY.verifier)
        assert cosignatures(kept, [witness.verifier]) == cosignatures(note, [witness.verifier])
        old = new


def test_the_same_head_is_cosigned_again_as_of_now(witness: Witness) -> None:
    witness.answer(request(0, 5), NOON)
    line = witness.answer(request(5, 5), NOON + timedelta(hours=1))
    note = Note.read(f"{head(5).text}\n{line}")
    assert cosignatures(note, [witness.verifier])[0].at == NOON + timedelta(hours=1)


def test_an_empty_log_is_cosigned(witness: Witness) -> None:
    witness.answer(body(0, [], ZERO.signed(KEY)), NOON)
    witness.answer(body(0, [], ZERO.signed(KEY)), NOON)
    witness.answer(request(0, 3), NOON)
    assert size_of(witness) == 3


def test_lines_of_the_text_after_the_third_are_cosigned_as_they_are(witness: Witness) -> None:
    text = f"{head(3).text}extension\n"
    note = Note(text, ()).with_lines([KEY.line(text.encode())])
    line = witness.answer(body(0, [], note), NOON)
    assert cosignatures(Note.read(f"{text}\n{line}"), [witness.verifier])
    assert latest(witness).text == text


def test_lines_of_unknown_keys_are_neither_in_the_way_nor_kept(witness: Witness) -> None:
    signed = head(3).signed(KEY)
    namesake, other = Signer.make(KEY.name), Signer.make("other.example/log")
    more = [key.line(b"whatever") for key in (namesake, other)]
    witness.answer(body(0, [], signed.with_lines(more)), NOON)
    names = [(each.name, each.id) for each in latest(witness).signatures]
    verifiers = (KEY.verifier, witness.verifier)
    assert names == [(each.name, each.id) for each in verifiers]


def test_a_log_with_a_renewed_key_is_known_under_both(witness: Witness) -> None:
    renewed = Signer.make(KEY.name)
    witness.answer(request(0, 3), NOON)
    assert refusal(witness, body(3, proof(3, 5), head(5).signed(renewed))).status == 403
    witness.trust(renewed.verifier.vkey)
    witness.answer(body(3, proof(3, 5), head(5).signed(renewed)), NOON)
    both = head(8).signed(KEY).with_lines(head(8).signed(renewed).signatures[0].line.splitlines())
    witness.answer(body(5, proof(5, 8), both), NOON)
    assert latest(witness).signed_by(KEY.verifier)
    assert latest(witness).signed_by(renewed.verifier)


# --- what is refused ------------------------------------------------------------------------------

SIGNED = str(head(5).signed(KEY))
FAULTS = {
    "nothing": "",
    "no note": "old 0\n",
    "no empty line": f"old 0\n{SIGNED}",
    "no old size": f"\n{SIGNED}",
    "another word": f"older 0\n\n{SIGNED}",
    "a leading zero": f"old 00\n\n{SIGNED}",
    "a negative size": f"old -1\n\n{SIGNED}",
    "a size no tree has": f"old {10**19}\n\n{SIGNED}",
    "a carriage return": f"old 0\r\n\n{SIGNED}",
    "a proof that is no base64": f"old 3\nproof!\n\n{SIGNED}",
    "a hash too short": f"old 3\n{encoded([b'x' * 31])[0]}\n\n{SIGNED}",
    "too many hashes": body(3, encoded([EMPTY]) * 64, SIGNED),
    "a note without signatures": f"old 0\n\n{head(5).text}",
    "a note cut off": f"old 0\n\n{SIGNED[:-1]}",
    "a note that is no checkpoint": body(
        0, [], Note("text\n", ()).with_lines([KEY.line(b"text\n")])
    ),
    "an old size beyond the new one": request(0, 5).replace("old 0", "old 6"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_request_is_malformed(witness: Witness, fault: str) -> None:
    refused = refusal(witness, FAULTS[fault])
    assert refused.status == 400
    assert refused.body == f"{refused.why}\n"
    assert witness.latest(HASH) is None


def test_as_many_hashes_as_the_protocol_allows_are_read(witness: Witness) -> None:
    assert refusal(witness, body(3, encoded([EMPTY]) * 63, SIGNED)).status == 409


def test_an_unknown_log_is_not_found(witness: Witness) -> None:
    other = Signer.make("other.example/kyodo")
    signed = Checkpoint(other.name, 5, mth(LEAVES[:5])).signed(other)
    refused = refusal(witness, body(0, [], signed))
    assert (refused.status, "other.example/kyodo" in refused.why) == (404, True)
    assert witness.latest(origin_hash_of(other.name)) is None


def test_the_key_of_one_log_signs_for_no_other(witness: Witness) -> None:
    other = Signer.make("other.example/kyodo")
    witness.trust(other.verifier.vkey)
    assert refusal(witness, body(0, [], head(5).signed(other))).status == 403


def test_a_head_that_no_known_key_signed_is_forbidden(witness: Witness) -> None:
    assert refusal(witness, body(0, [], head(5).signed(Signer.make(KEY.name)))).status == 403


def test_a_head_with_a_wrong_signature_of_a_known_key_is_forbidden(witness: Witness) -> None:
    wrong = [KEY.line(b"something else")]
    assert refusal(witness, body(0, [], Note(head(5).text, ()).with_lines(wrong))).status == 403
    both = head(5).signed(KEY).with_lines(wrong)
    assert refusal(witness, body(0, [], both)).status == 403
    assert witness.latest(HASH) is None


@pytest.mark.parametrize("old", [0, 3, 6])
def test_another_old_size_than_the_last_is_a_conflict_that_tells_the_last(
    witness: Witness, old: int
) -> None:
    witness.answer(request(0, 5), NOON)
    refused = refusal(witness, request(old, 8))
    assert (refused.status, refused.body) == (409, "5\n")
    assert refused.content_type == "text/x.tlog.size"
    assert size_of(witness) == 5


def test_a_log_never_cosigned_is_known_up_to_nothing(witness: Witness) -> None:
    refused = refusal(witness, request(3, 5))
    assert (refused.status, refused.body) == (409, "0\n")


FORGED = head(9, OTHERS).signed(KEY)
INCONSISTENT = {
    "a rewritten log": request(5, 9, OTHERS),
    "a proof of another log": body(5, proof(5, 9, OTHERS), head(9).signed(KEY)),
    "a rewritten log with the proof of the true one": body(5, proof(5, 9), FORGED),
    "no proof": body(5, [], head(9).signed(KEY)),
    "a proof cut short": body(5, proof(5, 9)[:-1], head(9).signed(KEY)),
    "a proof too long": body(5, [*proof(5, 9), *encoded([EMPTY])], head(9).signed(KEY)),
    "another root of the same size": request(5, 5, OTHERS),
    "the same head with a proof": body(5, encoded([EMPTY]), head(5).signed(KEY)),
}


@pytest.mark.parametrize("fault", INCONSISTENT)
def test_a_head_not_proved_to_follow_is_refused_and_kept_as_evidence(
    witness: Witness, tmp_path: Path, fault: str
) -> None:
    witness.answer(request(0, 5), NOON)
    before = witness.latest(HASH)
    for _ in range(2):
        refused = refusal(witness, INCONSISTENT[fault])
        assert (refused.status, refused.content_type) == (422, "text/plain; charset=utf-8")
    assert witness.latest(HASH) == before
    (kept,) = (tmp_path / "witness" / "refused").glob("*.head")
    assert (
        Note.read(kept.read_text()).text
        == INCONSISTENT[fault].partition("\n\n")[2].partition("\n\n")[0] + "\n"
    )
    assert Note.read(kept.read_text()).signed_by(KEY.verifier)
    assert kept.with_suffix(".before").read_text() == before


@pytest.mark.parametrize(
    "request_",
    [body(0, encoded([EMPTY]), head(5).signed(KEY)), body(0, encoded([EMPTY]), ZERO.signed(KEY))],
    ids=["some events", "no events"],
)
def test_a_first_head_comes_without_a_proof(
    witness: Witness, tmp_path: Path, request_: str
) -> None:
    assert refusal(witness, request_).status == 422
    assert not (tmp_path / "witness" / "refused").exists()  # no fault of the log is shown


def test_an_empty_log_has_the_root_of_nothing(witness: Witness) -> None:
    wrong = Checkpoint(KEY.name, 0, LEAVES[0]).signed(KEY)
    refused = refusal(witness, body(0, [], wrong))
    assert (refused.status, "空の木の根" in refused.why) == (422, True)
    assert witness.latest(HASH) is None


def test_two_heads_of_one_size_are_evidence_whatever_was_asked(
    witness: Witness, tmp_path: Path
) -> None:
    witness.answer(request(0, 5), NOON)
    assert refusal(witness, request(0, 5)).status == 409
    assert not (tmp_path / "witness" / "refused").exists()
    assert refusal(witness, request(0, 5, OTHERS)).status == 409
    assert len([*(tmp_path / "witness" / "refused").glob("*.head")]) == 1
    assert "同じ件数で根が違います" in refusal(witness, request(5, 5, OTHERS)).why


def test_evidence_stays_as_it_was_first_found(witness: Witness, tmp_path: Path) -> None:
    witness.answer(request(0, 5), NOON)
    refusal(witness, request(5, 9, OTHERS))
    witness.answer(request(5, 8), NOON)
    refusal(witness, request(8, 9, OTHERS))
    (before,) = (tmp_path / "witness" / "refused").glob("*.before")
    assert Note.read(before.read_text()).text == head(5).text


# --- what is remembered ---------------------------------------------------------------------------


def race(
    folders: list[Path], request: str, start: Callable[[], object], tell: Callable[[int], None]
) -> None:
    """Hand a request to one witness after the other, each at the same moment as the other racers."""
    for folder in folders:
        witness = Witness(folder)
        start()
        try:
            witness.answer(request, NOON)
            tell(200)
        except Refusal as refused:
            tell(refused.status)
        except (OSError, NoteError):
            tell(500)


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    made = [tmp_path / f"witness-{each}" for each in range(ROUNDS)]
    for folder in made:
        knowing(folder)
    return made


REQUESTS = [request(0, 5 + each) for each in range(RACERS)]
ONE_EACH = [*[200] * ROUNDS, *[409] * ROUNDS * (RACERS - 1)]


def test_of_threads_racing_for_one_old_size_exactly_one_wins(folders: list[Path]) -> None:
    line, outcomes = threading.Barrier(RACERS), queue.SimpleQueue[int]()
    for each in REQUESTS:
        threading.Thread(
            target=race, args=(folders, each, line.wait, outcomes.put), daemon=True
        ).start()
    assert sorted(outcomes.get(timeout=60) for _ in ONE_EACH) == ONE_EACH


def test_of_processes_racing_for_one_old_size_exactly_one_wins(folders: list[Path]) -> None:
    world = multiprocessing.get_context("spawn")
    line, outcomes = world.Barrier(RACERS), world.Queue()
    racers = [
        world.Process(target=race, args=(folders, each, line.wait, outcomes.put), daemon=True)
        for each in REQUESTS
    ]
    for racer in racers:
        racer.start()
    found = [outcomes.get(timeout=60) for _ in ONE_EACH]
    for racer in racers:
        racer.join()
    assert sorted(found) == ONE_EACH


def test_a_witness_started_again_knows_what_it_cosigned(witness: Witness, tmp_path: Path) -> None:
    witness.answer(request(0, 5), NOON)
    again = Witness(tmp_path / "witness")
    assert again.verifier == witness.verifier
    assert refusal(again, request(0, 8)).body == "5\n"
    again.answer(request(5, 8), NOON)
    assert size_of(witness) == 8


def test_what_cannot_be_remembered_is_not_cosigned(witness: Witness, tmp_path: Path) -> None:
    witness.answer(request(0, 5), NOON)
    (tmp_path / "witness" / f"{HASH}.head.new").mkdir()  # in the way of the next
    with pytest.raises(IsADirectoryError):
        witness.answer(request(5, 8), NOON)
    assert size_of(witness) == 5


def test_a_damaged_memory_is_not_taken_for_an_empty_one(witness: Witness, tmp_path: Path) -> None:
    (tmp_path / "witness" / f"{HASH}.head").write_text("")
    with pytest.raises(NoteError):
        witness.answer(request(0, 5), NOON)


def test_monitors_are_given_heads_and_nothing_else(witness: Witness, tmp_path: Path) -> None:
    (tmp_path / "secret.head").write_text("secret")
    assert witness.latest("../secret") is None


def test_a_log_is_known_once_and_at_once(witness: Witness, tmp_path: Path) -> None:
    other = Signer.make("other.example/kyodo").verifier
    Witness(tmp_path / "witness").trust(f"{other.vkey}\n")
    witness.trust(other.vkey)
    assert witness.logs() == (KEY.verifier, other)
    lines = (tmp_path / "witness" / "logs").read_text()
    assert lines == f"{KEY.verifier.vkey}\n{other.vkey}\n"


def test_a_witness_is_no_log_and_a_log_no_witness(witness: Witness, tmp_path: Path) -> None:
    with pytest.raises(NoteError, match="台帳の検証鍵ではありません"):
        witness.trust(witness.verifier.vkey)
    KEY.store(tmp_path / "log" / "witness.key")
    with pytest.raises(NoteError, match="立会人の鍵ではありません"):
        Witness(tmp_path / "log")


def test_a_witness_is_established_once(witness: Witness, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        Witness.establish(tmp_path / "witness", WITNESS)
    with pytest.raises(NoteError, match="読めません"):
        Witness(tmp_path / "elsewhere")
    assert Witness(tmp_path / "witness").verifier == witness.verifier
