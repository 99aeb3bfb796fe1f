"""What can be shown to anybody: verified here, and elsewhere with nothing of ours."""

import json
import re
import subprocess
import sys
import zipfile
from base64 import b64decode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from store.proof.checkpoints import Checkpoint
from store.proof.merkle import leaf, root_from_inclusion
from store.proof.notes import Note, Signer, Verifier
from tests.console.commands import passing, story
from tests.console.conftest import Record
from tests.store.proof.authority import Authority

BARE = ("-I", "-S", "-W", "error")
PYTHONS = [path for path in (sys.executable, "/usr/bin/python3") if Path(path).exists()]


@dataclass(frozen=True)
class Verdict:
    """What the single file said of a pack."""

    code: int
    said: str
    fault: str | None


@dataclass(frozen=True)
class Outsider:
    """Somebody with a bare Python, a folder, and what was handed to him."""

    folder: Path
    python: str = sys.executable

    def verify(self, pack: Path, *words: str) -> Verdict:
        """Run the verifier that lies in the pack, in the folder, with an empty environment."""
        script = self.folder / "verify.py"
        script.write_bytes(zipfile.ZipFile(pack).read("verify.py"))
        done = subprocess.run(
            [self.python, *BARE, script, pack, "--json", *words],
            cwd=self.folder,
            env={},
            capture_output=True,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr.decode()
        answer = json.loads(done.stdout)
        said = "\n".join(one["text"] for one in answer["checked"])
        return Verdict(done.returncode, said, answer["fault"])


@pytest.fixture
def outsider(tmp_path: Path) -> Outsider:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return Outsider(folder)


@pytest.fixture(scope="module")
def vkey(record: Record) -> str:
    return record.console.vkey


@pytest.fixture(scope="module")
def kept(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A head that was kept before the record grew."""
    file = tmp_path_factory.mktemp("kept") / "checkpoint"
    record.console.done("checkpoint", "--out", str(file))
    more = "指定-341002-4003"
    assert record.console.submit(story(more)[0], passing(more)).code == 0
    record.console.settle()
    return file


@pytest.fixture(scope="module")
def pack(record: Record, kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of one case, with what proves that nothing has changed since."""
    file = tmp_path_factory.mktemp("packs") / "case.zip"
    words = ("--case", record.life, "--since", str(kept), "--complete", "--out", str(file))
    answer = record.console.done("export", *words)
    assert "事案 1 件" in answer.out
    return file


def events(pack: Path) -> str:
    return zipfile.ZipFile(pack).read("events.jsonl").decode()


# --- 検証と検認 -------------------------------------------------------------------------------


def test_an_audit_rests_on_the_key_and_the_head_that_were_kept(
    record: Record, kept: Path, vkey: str
) -> None:
    whole, case = record.console.audits(
        [
            ("verify", "--key", vkey, "--checkpoint", str(kept)),
            ("verify", record.life, "--checkpoint", str(kept), "--json"),
        ]
    )
    assert (whole.code, case.code) == (0, 0)
    assert "異常はありません" in whole.out
    assert "台帳の鍵の署名がある検認" in whole.out
    assert case.rows[0]["fault"] is None
    assert case.rows[0]["head"]["signed"]


def test_a_head_that_is_not_of_this_record_is_an_alarm(record: Record, tmp_path: Path) -> None:
    size, signer = record.console.signed, Signer.load(record.console.key)
    forged = tmp_path / "forged"
    forged.write_text(str(Checkpoint(signer.name, size, leaf(b"other")).signed(signer)), "utf-8")
    answer = record.console.audit("verify", "--checkpoint", str(forged))
    assert answer.code == 5
    assert "手元の検認" in answer.out


def test_a_second_verification_goes_on_where_the_first_ended(
    record: Record, tmp_path: Path
) -> None:
    since = tmp_path / "since"
    first, second = (
        record.console.done("verify", "--since", str(since), "--json").rows[0] for _ in range(2)
    )
    assert (first["since"], second["since"]) == (0, first["head"]["size"])
    assert Note.read(since.read_text("utf-8")).signatures


def test_a_case_that_is_not_there_is_not_called_sound(record: Record) -> None:
    answer = record.console.audit("verify", "指定-341002-4999")
    assert (answer.code, answer.out) == (2, "")
    assert "指定-341002-4999 の記録はありません" in answer.err


def test_a_checkpoint_is_signed_by_the_key_of_the_log(record: Record, kept: Path) -> None:
    newest, older = record.console.audits(
        [("checkpoint", "--json"), ("checkpoint", "--size", str(size_of(kept)))]
    )
    told = newest.rows[0]
    assert Note.read(told["note"]).signed_by(Verifier.read(told["key"]))
    assert (told["origin"], told["size"]) == (Signer.load(record.console.key).name, told["size"])
    assert told["size"] > size_of(kept)
    assert older.out.strip() == kept.read_text("utf-8").strip()


def size_of(checkpoint: Path) -> int:
    return Checkpoint.read(Note.read(checkpoint.read_text("utf-8")).text).size


def test_the_proof_of_a_case_leads_to_the_signed_root(record: Record, vkey: str) -> None:
    head, _, rest = record.console.done("prove", record.life).out.partition("\n\n")
    form, index, *path = head.split("\n")
    note = Note.read(rest)
    assert form == "c2sp.org/tlog-proof@v1"
    assert note.signed_by(Verifier.read(vkey))
    last = record.console.run("case", "show", record.life, "--json").rows[0]["head"]
    root = root_from_inclusion(
        leaf(bytes.fromhex(last)),
        int(index.removeprefix("index ")),
        Checkpoint.read(note.text).size,
        [b64decode(line) for line in path],
    )
    assert root == Checkpoint.read(note.text).root


# --- 綴り -------------------------------------------------------------------------------------


@pytest.mark.parametrize("python", PYTHONS)
def test_a_pack_is_verified_elsewhere_by_the_verifier_in_it(
    outsider: Outsider, pack: Path, kept: Path, vkey: str, python: str
) -> None:
    there = Outsider(outsider.folder, python)
    verdict = there.verify(pack, "--key", vkey, "--checkpoint", str(kept))
    assert (verdict.code, verdict.fault) == (0, None)
    assert f"{size_of(kept)} 件は、変更も削除も入替えもなく今の台帳に含まれています" in verdict.said
    assert "末尾より後の事実もありません" in verdict.said
    assert "添えられたもの" not in verdict.said  # the key came by another way


def forged(pack: Path, folder: Path, *, mended: bool) -> Path:
    """The pack with a letter changed, perhaps with its list of files mended as a forger would."""
    with zipfile.ZipFile(pack) as original:
        files = {name: original.read(name) for name in original.namelist()}
    files["events.jsonl"] = files["events.jsonl"].replace("収支".encode(), "収攴".encode(), 1)
    if mended:
        manifest = json.loads(files["manifest.json"])
        manifest["files"]["events.jsonl"] = sha256(files["events.jsonl"]).hexdigest()
        files["manifest.json"] = json.dumps(manifest).encode()
    made = folder / f"forged-{mended}.zip"
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made


def test_a_changed_letter_is_named(record: Record, outsider: Outsider, pack: Path) -> None:
    plain = outsider.verify(forged(pack, outsider.folder, mended=False))
    assert plain.code == 1
    assert "events.jsonl" in str(plain.fault)
    mended = outsider.verify(forged(pack, outsider.folder, mended=True))
    assert mended.code == 1
    assert re.search(rf"{record.life} 第[0-9]+号: 本文が記録時と違います", str(mended.fault))


def test_the_verifier_is_handed_out_on_its_own(
    record: Record, outsider: Outsider, pack: Path
) -> None:
    file = outsider.folder / "mine.py"
    record.console.done("verifier", "--out", str(file))
    assert file.read_bytes() == zipfile.ZipFile(pack).read("verify.py")


def test_what_is_withheld_is_not_in_the_pack_and_the_rest_still_verifies(
    record: Record, outsider: Outsider, vkey: str
) -> None:
    whole, less = outsider.folder / "whole.zip", outsider.folder / "less.zip"
    words = ("export", "--case", record.kure, "--out")
    withheld = ("--withhold-personal", "条例第7条第1号", "--withhold", f"{record.kure}:2=同条第5号")
    answers = record.console.audits([(*words, str(whole)), (*words, str(less), *withheld)])
    assert [answer.code for answer in answers] == [0, 0]
    assert "呉野 花" in events(whole)
    assert "準備が足りない" in events(whole)
    assert "呉野 花" not in events(less)
    assert "準備が足りない" not in events(less)
    verdict = outsider.verify(less, "--key", vkey)
    assert verdict.fault is None
    assert "第1号の個人に関する情報（P-4001）が伏せられています: 条例第7条第1号" in verdict.said
    assert "第2号の本文が伏せられています: 同条第5号" in verdict.said


def test_who_may_see_one_city_hands_out_that_city_and_no_names(
    record: Record, outsider: Outsider
) -> None:
    file, refused = outsider.folder / "kure.zip", outsider.folder / "refused.zip"
    kure = ("export", "--municipality", "342025", "--out", str(file))
    record.console.done(*kure, **record.narrow())
    assert record.kure in events(file)
    assert "呉野" not in events(file)
    for beyond in (("--municipality", "341002"), ("--all",)):
        answer = record.console.audit("export", *beyond, "--out", str(refused), **record.narrow())
        assert (answer.code, refused.exists()) == (2, False)
    verdict = outsider.verify(file)
    assert verdict.fault is None
    assert "閲覧の権限がないため" in verdict.said


def test_the_whole_record_is_handed_out_and_every_pack_is_noted(
    record: Record, outsider: Outsider, kept: Path, vkey: str
) -> None:
    file = outsider.folder / "all.zip"
    words = ("export", "--all", "--since", str(kept), "--out", str(file), "--json")
    made = record.console.done(*words, KYODO_VIEWER="K-7002").rows[0]
    assert made["events"] == made["size"] == len(events(file).splitlines())
    assert sha256(file.read_bytes()).hexdigest() == made["digest"]
    verdict = outsider.verify(file, "--key", vkey, "--checkpoint", str(kept))
    assert verdict.fault is None
    (look,) = record.console.done("looks", "--person", "K-7002", "--json").rows
    assert look["what"] == "綴りの書出し"


def test_a_pack_that_cannot_be_made_says_why_and_leaves_nothing_behind(
    record: Record, tmp_path: Path, vkey: str
) -> None:
    new, there = str(tmp_path / "new.zip"), tmp_path / "there.zip"
    there.write_text("something else")
    words = ("export", "--out")
    bad = {
        "--case、--municipality、--all のどれか一つ": (*words, new),
        "はすでにあります": (*words, str(there), "--case", record.kure),
        "--out: フォルダ": (*words, str(tmp_path / "no" / "x.zip"), "--all"),
        "指定-341002-4999 に渡せる事実がありません": (*words, new, "--case", "指定-341002-4999"),
        "--withhold: 「4001」を読めません": (*words, new, "--all", "--withhold", "4001"),
        "検証鍵の形ではありません": (*words, new, "--all", "--key", vkey[:-4]),
        "署名文の形ではありません": (*words, new, "--all", "--since", str(there)),
    }
    for told, answer in zip(bad, record.console.audits([*bad.values()]), strict=True):
        assert answer.code == 2, told
        assert told in answer.err.replace("\n", "")
        assert "Traceback" not in answer.err
    assert [file.name for file in tmp_path.iterdir()] == ["there.zip"]
    assert there.read_text() == "something else"


# --- 時刻認証 ---------------------------------------------------------------------------------


def test_a_time_stamp_is_asked_for_kept_and_handed_out(
    record: Record, outsider: Outsider, tmp_path: Path
) -> None:
    console, authority = record.console, Authority(tmp_path / "tsa")
    request, answer, root = (tmp_path / name for name in ("head.tsq", "head.tsr", "例示局.pem"))
    root.write_bytes(authority.root)
    stamped = console.done("checkpoint", "--stamp-request", str(request), "--json").rows[0]
    answer.write_bytes(authority.answer(request.read_bytes()))
    of = ("--size", str(stamped["size"]))  # the log may have grown meanwhile
    told = console.done("checkpoint", "--stamp", str(answer), "--root", str(root), *of).out
    assert "の時刻認証を加えました" in told
    text = stamped["note"].partition("\n\n")[0] + "\n"
    assert authority.verifies(text, answer.read_bytes())
    stored = console.fetch(
        "select authority, token from kyodo.stamp where size = $1", stamped["size"]
    )
    assert [tuple(row) for row in stored] == [("例示局", answer.read_bytes())]
    file = outsider.folder / "stamped.zip"
    console.done("export", "--case", record.kure, "--out", str(file))
    assert zipfile.ZipFile(file).read("stamps/1.tsr") == answer.read_bytes()
    assert outsider.verify(file).fault is None


def test_a_stamp_of_another_text_or_authority_is_sent_back(record: Record, tmp_path: Path) -> None:
    ours, stranger = Authority(tmp_path / "ours"), Authority(tmp_path / "stranger")
    request, answer, other = (tmp_path / name for name in ("head.tsq", "head.tsr", "other.tsr"))
    record.console.done("checkpoint", "--stamp-request", str(request))
    answer.write_bytes(stranger.answer(request.read_bytes()))
    other.write_bytes(ours.answer(ours.question("something else")))
    root = tmp_path / "root.pem"
    root.write_bytes(ours.root)
    bad = {
        "根の証明書まで確かめられません": ("--stamp", str(answer), "--root", str(root)),
        "この検認の本文に対するものではありません": ("--stamp", str(other), "--root", str(root)),
        "PEM として読めません": ("--stamp", str(answer), "--root", str(request)),
        "--root に時刻認証局の証明書": ("--stamp", str(answer)),
    }
    answers = record.console.audits([("checkpoint", *words) for words in bad.values()])
    for told, refused in zip(bad, answers, strict=True):
        assert refused.code == 2, told
        assert told in refused.err.replace("\n", "")
