"""A pack is verified by bare Python in an empty folder, and says exactly what is wrong with it."""

import hashlib
import json
import subprocess
import sys
import zipfile
from base64 import b64decode
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from domain.record import Append
from store.audit.desk import Desk, Viewer
from store.database import connect, open_pool
from store.proof.checkpoints import Checkpoint, cosign
from store.proof.log import Signing
from store.proof.merkle import leaf, root_from_inclusion
from store.proof.notes import COSIGNATURE, Note, Signer
from store.proof.pack import Made, Order, PackError, write_pack
from store.proof.standalone import source
from store.records import Records
from store.sequencer import Sequencer
from tests.store.examples import VIEWER, append, event, personal, report
from tests.store.proof.moments import NOON

KEY = Signer.make("city.example/kyodo")
WITNESS = Signer.make("pref.example/witness", COSIGNATURE)
CASE, OTHER, ELSEWHERE = "指定-341002-000001", "指定-341002-000002", "指定-342076-000001"


@dataclass
class Office:
    """A record with signed heads, and what is done with it."""

    records: Records
    desk: Desk
    sequencer: asyncpg.Pool
    owner: asyncpg.Connection
    folder: Path

    async def write(self, *requests: Append) -> Note:
        """Append, sign, and give the head as an auditor would keep it."""
        for request in requests:
            await self.records.append(request)
        await Sequencer(self.sequencer, signing=Signing(KEY)).catch_up()
        note = "select note from kyodo.checkpoint order by size desc limit 1"
        return Note.read(await self.owner.fetchval(note))

    async def pack(self, scope: Any, place: str, viewer: Viewer = VIEWER, **more: Any) -> Made:
        order = Order(
            scope, place, KEY.verifier, NOON, {"ReportReceived": {"type": "object"}}, **more
        )
        file = self.folder / f"{scope}-{len(list(self.folder.iterdir()))}.zip"
        return await write_pack(self.desk, viewer, order, file)


@pytest.fixture
async def office(fresh_url: str, tmp_path: Path) -> AsyncGenerator[Office]:
    folder = tmp_path / "packs"
    folder.mkdir()
    async with (
        open_pool(fresh_url, "kyodo_writer") as writer,
        open_pool(fresh_url, "kyodo_auditor") as auditor,
        open_pool(fresh_url, "kyodo_sequencer") as sequencer,
        connect(fresh_url) as owner,
    ):
        yield Office(Records(writer), Desk(auditor), sequencer, owner, folder)


@pytest.fixture
async def year(office: Office) -> Note:
    """Last year's record and its head."""
    return await office.write(
        append(CASE, 0, event(), report(who=personal("例示桜子", of="P-0001"))),
        append(OTHER, 0, report()),
        append(ELSEWHERE, 0, report()),
    )


@dataclass(frozen=True)
class Verdict:
    """What the single file said."""

    code: int
    fault: str | None
    said: str


def verify(pack: Path, folder: Path, *words: str) -> Verdict:
    """The single file from elsewhere, on bare Python, in a folder that holds nothing else."""
    folder.mkdir(exist_ok=True)
    script = folder / "verify.py"
    script.write_text(source(), "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", script, pack, "--json", *words],
        capture_output=True,
        cwd=folder,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    answer = json.loads(done.stdout)
    said = "\n".join(one["text"] for one in answer["checked"])
    return Verdict(done.returncode, answer["fault"], said)


def verify_itself(folder: Path) -> str:
    """A pack's own file, run where it was unpacked."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()
    return done.stdout.decode()


@pytest.fixture
def keep(tmp_path: Path) -> Any:
    def kept(note: Note, name: str = "kept.txt") -> str:
        path = tmp_path / name
        path.write_text(str(note), "utf-8")
        return str(path)

    return kept


@pytest.mark.parametrize(
    ("scope", "place", "events"),
    [("case", CASE, 2), ("municipality", "341002", 3), ("all", "", 4)],
)
@pytest.mark.usefixtures("year")
async def test_a_pack_verifies_with_the_log_key_from_elsewhere(
    office: Office, tmp_path: Path, scope: str, place: str, events: int
) -> None:
    made = await office.pack(scope, place)
    assert (made.events, made.size) == (events, 4)
    verdict = verify(made.file, tmp_path / "empty", "--key", KEY.verifier.vkey)
    assert (verdict.code, verdict.fault) == (0, None)
    assert "署名があります" in verdict.said


@pytest.mark.usefixtures("year")
async def test_a_pack_copied_to_an_empty_folder_verifies_itself(
    office: Office, tmp_path: Path
) -> None:
    made = await office.pack("case", CASE)
    folder = tmp_path / "copied"
    zipfile.ZipFile(made.file).extractall(folder)
    said = verify_itself(folder)
    assert "異常はありません" in said
    assert "綴りに添えられたものです" in said  # and says what that is worth
    assert (folder / "README.md").read_text("utf-8").startswith("# この綴りについて")
    assert json.loads((folder / "schemas/ReportReceived.json").read_text()) == {"type": "object"}


async def test_last_years_head_shows_that_nothing_has_changed_since(
    office: Office, tmp_path: Path, year: Note, keep: Any
) -> None:
    await office.write(append(CASE, 2, report()), append(ELSEWHERE, 1, report()))
    kept = ("--key", KEY.verifier.vkey, "--checkpoint", keep(year))
    for scope, place in (("case", CASE), ("municipality", "341002"), ("all", "")):
        made = await office.pack(scope, place, since=(year,))
        verdict = verify(made.file, tmp_path / "empty", *kept)
        assert verdict.fault is None
        assert "4 件は、変更も削除も入替えもなく今の台帳に含まれています" in verdict.said
    without = await office.pack("case", CASE)
    assert "比べる証明が綴りにありません" in str(
        verify(without.file, tmp_path / "empty", *kept).fault
    )


@pytest.mark.usefixtures("year")
async def test_a_head_of_another_log_or_a_later_one_is_no_match(
    office: Office, tmp_path: Path, keep: Any
) -> None:
    old = await office.pack("all", "")
    later = await office.write(append(CASE, 2, report()))
    words = ("--key", KEY.verifier.vkey, "--checkpoint")
    verdict = verify(old.file, tmp_path / "empty", *words, keep(later))
    assert "手元の検認 kept.txtは 5 件、綴りの検認は 4 件です" in str(verdict.fault)
    forged = Checkpoint(KEY.name, 4, leaf(b"other")).signed(KEY)
    verdict = verify(old.file, tmp_path / "empty", *words, keep(forged))
    assert "初めの 4 件が、手元の検認 kept.txtのときの事実と違います" in str(verdict.fault)
    stranger = Checkpoint("x", 4, leaf(b"x")).signed(Signer.make("x"))
    verdict = verify(old.file, tmp_path / "empty", *words, keep(stranger))
    assert "別の台帳（x）" in str(verdict.fault)


async def test_a_witness_is_asked_for_by_key(office: Office, tmp_path: Path, year: Note) -> None:
    asked = ("--key", KEY.verifier.vkey, "--witness", WITNESS.verifier.vkey)
    without = await office.pack("all", "")
    assert "署名がありません" in str(verify(without.file, tmp_path / "empty", *asked).fault)
    await office.owner.execute(
        "insert into kyodo.cosignature values (4, $1, $2, $3)",
        WITNESS.name,
        NOON,
        cosign(year, WITNESS, NOON),
    )
    await office.write(append(CASE, 2, report()))
    assert (await office.pack("all", "")).size == 5  # a later act is not left out unasked
    assert (await office.pack("case", ELSEWHERE)).size == 4  # of which nothing came later
    made = await office.pack("all", "", witnessed=True)
    assert made.size == 4
    verdict = verify(made.file, tmp_path / "empty", *asked)
    assert verdict.fault is None
    assert "立会人 pref.example/witness が 2026-06-01 12:00 に立ち会っています" in verdict.said


@pytest.mark.usefixtures("year")
async def test_an_index_of_the_whole_log_shows_that_nothing_follows(
    office: Office, tmp_path: Path
) -> None:
    made = await office.pack("case", CASE, complete=True)
    verdict = verify(made.file, tmp_path / "empty", "--key", KEY.verifier.vkey)
    assert verdict.fault is None
    assert "末尾より後の事実もありません" in verdict.said


@pytest.mark.usefixtures("year")
async def test_the_proof_of_a_case_is_one_of_the_public_specification(office: Office) -> None:
    made = await office.pack("case", CASE)
    text = zipfile.ZipFile(made.file).read(f"proofs/{CASE}.tlog-proof").decode()
    head, _, rest = text.partition("\n\n")
    lines = head.split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    index = int(lines[1].removeprefix("index "))
    note = Note.read(rest)
    assert note.signed_by(KEY.verifier)
    seal = await office.owner.fetchval("select hash from kyodo.log where position = $1", index + 1)
    path = [b64decode(line) for line in lines[2:]]
    checkpoint = Checkpoint.read(note.text)
    assert root_from_inclusion(leaf(seal), index, checkpoint.size, path) == checkpoint.root


@pytest.mark.usefixtures("year")
async def test_personal_texts_and_bodies_are_withheld_with_their_reasons(
    office: Office, tmp_path: Path
) -> None:
    whole = await office.pack("case", CASE)
    assert "例示桜子" in zipfile.ZipFile(whole.file).read("events.jsonl").decode()
    made = await office.pack(
        "case", CASE, withhold_personal="条例第7条第1号", withhold={(CASE, 1): "条例第7条第5号"}
    )
    text = zipfile.ZipFile(made.file).read("events.jsonl").decode()
    assert "例示桜子" not in text
    assert "構成員に公開されていない" not in text
    verdict = verify(made.file, tmp_path / "empty", "--key", KEY.verifier.vkey)
    assert verdict.fault is None
    assert "第2号の個人に関する情報（P-0001）が伏せられています: 条例第7条第1号" in verdict.said
    assert "第1号の本文が伏せられています: 条例第7条第5号" in verdict.said


@pytest.mark.usefixtures("year")
async def test_who_may_not_see_personal_texts_hands_none_out(
    office: Office, tmp_path: Path
) -> None:
    made = await office.pack("case", CASE, replace(VIEWER, personal=False))
    assert "例示桜子" not in zipfile.ZipFile(made.file).read("events.jsonl").decode()
    verdict = verify(made.file, tmp_path / "empty", "--key", KEY.verifier.vkey)
    assert "閲覧の権限がないため" in verdict.said


@pytest.mark.usefixtures("year")
async def test_nothing_beyond_the_viewers_municipality_is_handed_out(office: Office) -> None:
    here = replace(VIEWER, municipalities=frozenset({"341002"}))
    with pytest.raises(PackError, match="渡せる事実がありません"):
        await office.pack("case", ELSEWHERE, here)
    with pytest.raises(PackError, match="全団体を閲覧できる者だけ"):
        await office.pack("case", CASE, here, complete=True)
    assert (await office.pack("case", CASE, here)).events == 2
    assert [path.suffix for path in office.folder.iterdir()] == [".zip"]  # no part of one stays


async def test_there_is_no_pack_without_a_signed_head(office: Office) -> None:
    await office.records.append(append(CASE))
    with pytest.raises(PackError, match="署名された検認がまだありません"):
        await office.pack("case", CASE)


@pytest.mark.usefixtures("year")
async def test_a_pack_overwrites_nothing(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "there.zip"
    file.write_text("something else")
    order = Order("case", CASE, KEY.verifier, NOON, {})
    with pytest.raises(PackError, match="すでにあります"):
        await write_pack(office.desk, VIEWER, order, file)
    assert file.read_text() == "something else"


@pytest.mark.usefixtures("year")
async def test_every_pack_leaves_an_entry_of_who_took_it_and_why(office: Office) -> None:
    await office.pack("case", CASE)
    row = await office.owner.fetchrow("select * from kyodo.access order by number desc limit 1")
    assert row is not None
    assert (row["viewer"], row["why"], row["what"]) == ("K-0001", "定期監査", "綴りの書出し")
    assert (row["case_id"], row["municipality"]) == (CASE, "341002")


async def test_an_altered_record_is_not_handed_out(office: Office, year: Note) -> None:
    assert year
    await office.owner.execute("alter table kyodo.event disable trigger all")
    await office.owner.execute(
        "update kyodo.event set body = replace(body, '収支', '支出') where case_id = $1", CASE
    )
    with pytest.raises(PackError, match="第1号: 本文が記録時と違います"):
        await office.pack("case", CASE)


async def test_no_single_byte_of_a_pack_can_be_changed_unseen(
    office: Office, tmp_path: Path, year: Note, keep: Any
) -> None:
    """The list of files is mended after each change, as who forges a pack would."""
    await office.write(append(CASE, 2, report()))
    made = await office.pack("case", CASE, since=(year,), complete=True)
    files = {
        name: zipfile.ZipFile(made.file).read(name)
        for name in zipfile.ZipFile(made.file).namelist()
    }
    manifest = json.loads(files["manifest.json"])
    words = ("--key", KEY.verifier.vkey, "--checkpoint", keep(year))
    checked = ("events.jsonl", "checkpoint", "proofs.jsonl", "index.jsonl")
    for name in checked:
        for at in range(0, len(files[name]), max(1, len(files[name]) // 12)):
            data = bytearray(files[name])
            data[at] ^= 1
            assert verify(
                _forged(tmp_path, files, manifest, {name: bytes(data)}), tmp_path / "empty", *words
            ).fault
    assert not verify(_forged(tmp_path, files, manifest, {}), tmp_path / "empty", *words).fault


def _forged(
    tmp_path: Path, files: dict[str, bytes], manifest: dict[str, Any], changed: dict[str, bytes]
) -> Path:
    whole = {**files, **changed}
    listed = {name: hashlib.sha256(whole[name]).hexdigest() for name in manifest["files"]}
    whole["manifest.json"] = json.dumps({**manifest, "files": listed}).encode()
    path = tmp_path / "forged.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in whole.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("fault", ["a file too many", "a file missing", "no pack at all"])
@pytest.mark.usefixtures("year")
async def test_what_is_no_pack_is_told(office: Office, tmp_path: Path, fault: str) -> None:
    made = await office.pack("case", CASE)
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(made.file).extractall(folder)
    if fault == "a file too many":
        (folder / "more.txt").write_text("x")
        assert "目録にないファイル" in str(verify(folder, tmp_path / "empty").fault)
    elif fault == "a file missing":
        (folder / "proofs.jsonl").unlink()
        assert "proofs.jsonl がありません" in str(verify(folder, tmp_path / "empty").fault)
    else:
        (folder / "manifest.json").write_text("[]")
        assert "manifest.jsonが表の形ではありません" in str(
            verify(folder, tmp_path / "empty").fault
        )


@pytest.mark.usefixtures("year")
async def test_what_is_to_be_withheld_must_be_there(office: Office) -> None:
    with pytest.raises(PackError, match=r"伏せるとされた .*:99 が、この綴りにありません"):
        await office.pack("case", CASE, withhold={(CASE, 99): "条例第7条第5号"})
    assert not [*office.folder.iterdir()]


@pytest.mark.usefixtures("year")
async def test_the_whole_record_is_for_those_who_see_all_of_it(office: Office) -> None:
    narrow = replace(VIEWER, municipalities=frozenset({"341002"}))
    with pytest.raises(PackError, match="全団体を閲覧できる者だけ"):
        await office.pack("all", "", viewer=narrow)
