"""Notes are those of C2SP signed-note: its example verifies, and nothing that is not exactly one."""

from pathlib import Path

import pytest

from store.proof.checkpoints import Checkpoint, cosign, cosignatures
from store.proof.merkle import leaf
from store.proof.notes import COSIGNATURE, MOST_SIGNATURES, Note, NoteError, Signer, Verifier
from tests.store.proof.moments import NOON

VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuw"
    "HjG1Yu72IneyaQM=\n"
)
ROOT = leaf(b"x")
LOG = Signer.make("city.example/kyodo")
WITNESS = Signer.make("pref.example/witness", COSIGNATURE)
HEAD = Checkpoint("city.example/kyodo", 7, ROOT)


def test_the_example_of_the_specification_verifies() -> None:
    assert Note.read(EXAMPLE).signed_by(Verifier.read(VKEY))
    assert Verifier.read(VKEY).vkey == VKEY
    assert str(Note.read(EXAMPLE)) == EXAMPLE


def test_a_changed_text_is_not_signed() -> None:
    with pytest.raises(NoteError, match="本文に合いません"):
        Note.read(EXAMPLE.replace("example message", "other message")).signed_by(
            Verifier.read(VKEY)
        )


def test_a_key_of_another_name_signed_nothing() -> None:
    verifier = Verifier.read(VKEY)
    assert not Note.read(EXAMPLE).signed_by(Verifier("example.com/bar", verifier.key))


@pytest.mark.parametrize(
    "note",
    [
        "no signature\n",
        "text\n\n— name without-base64!\n",
        "text\n\n- name AAAA\n",
        "text\n\n— name AAAAAAAA",
        "tab\there\n\n— name AAAAAAAA\n",
        "text\n\n" + "— name AAAAAAAA\n" * (MOST_SIGNATURES + 1),
        "text\n\n— name AAAAAA\n",
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(NoteError):
        Note.read(note)


@pytest.mark.parametrize(
    "vkey",
    [
        "example.com/foo",
        VKEY.replace("530d903a", "530d903b"),
        VKEY[:-4],
        "a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        VKEY.replace("+Aeky", "+Beky"),
    ],
)
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(NoteError):
        Verifier.read(vkey)


def test_a_secret_key_is_kept_for_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "log.key"
    LOG.store(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Signer.load(path) == LOG
    with pytest.raises(FileExistsError):
        Signer.make("another").store(path)


@pytest.mark.parametrize("text", ["", "PRIVATE+KEY+name+00000000+AAAA", "PRIVATE+KEY+name"])
def test_a_file_that_holds_no_secret_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "log.key"
    path.write_text(text)
    with pytest.raises(NoteError):
        Signer.load(path)
    with pytest.raises(NoteError, match="読めません"):
        Signer.load(tmp_path / "nothing.key")


def test_a_checkpoint_is_read_as_it_was_signed() -> None:
    note = Note.read(str(HEAD.signed(LOG)))
    assert note.signed_by(LOG.verifier)
    assert Checkpoint.read(note.text) == HEAD
    assert HEAD.text.splitlines()[:2] == ["city.example/kyodo", "7"]


@pytest.mark.parametrize(
    "text",
    [
        "origin\n7\n",
        HEAD.text.replace("\n7\n", "\n07\n"),
        HEAD.text.replace("\n7\n", "\n-7\n"),
        "origin\n7\nAAAA\n",
        "\n" + HEAD.text,
        HEAD.text[:-1],
        HEAD.text.replace("=", ""),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.read(text)


def test_a_witness_says_what_it_saw_and_when() -> None:
    note = HEAD.signed(LOG)
    cosigned = note.with_lines([cosign(note, WITNESS, NOON)])
    assert [(each.witness, each.at) for each in cosignatures(cosigned, [WITNESS.verifier])] == [
        ("pref.example/witness", NOON)
    ]
    assert cosigned.signed_by(LOG.verifier)
    assert cosignatures(note, [WITNESS.verifier]) == []
    assert str(cosigned.with_lines([cosigned.signatures[1].line])) == str(cosigned)


def test_a_cosignature_belongs_to_one_head_and_one_moment() -> None:
    note = HEAD.signed(LOG)
    line = cosign(note, WITNESS, NOON)
    other = Checkpoint(HEAD.origin, 8, ROOT).signed(LOG).with_lines([line])
    with pytest.raises(NoteError, match="立会人"):
        cosignatures(other, [WITNESS.verifier])


def test_the_key_of_a_log_is_no_witness() -> None:
    with pytest.raises(NoteError, match="立会人の鍵ではありません"):
        cosign(HEAD.signed(LOG), LOG, NOON)


def test_a_name_with_spaces_names_no_key() -> None:
    with pytest.raises(NoteError, match="空白"):
        Signer.make("広島市 台帳")
