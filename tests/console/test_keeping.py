"""Keys, witnesses and the keeper of the log, on a stack of their own."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from store.proof.checkpoints import Checkpoint
from store.proof.merkle import leaf
from store.proof.notes import Note, Signer, Verifier
from tests.console.commands import passing, story
from tests.console.conftest import KYODO, Console

NAME = "pref.example/witness"
PATIENCE = 30


@pytest.fixture(scope="module")
def apart(home: Path) -> Iterator[Console]:
    """A console beside a stack whose log nobody else extends; one case is told there."""
    console = Console(home.with_name("apart"))
    console.up()
    assert console.submit(*story("指定-341002-5001")).code == 0
    console.settle()
    yield console
    assert console.down() == 0


@pytest.fixture(scope="module")
def alone(home: Path) -> Console:
    """A console with no stack and no record."""
    return Console(home.with_name("alone"))


def grow(console: Console, case: str) -> None:
    """A case more in the record, under a signed head."""
    assert console.submit(story(case)[0], passing(case)).code == 0
    console.settle()


# --- 鍵 ---------------------------------------------------------------------------------------


def test_a_key_is_made_once_and_shown_again(alone: Console, tmp_path: Path) -> None:
    file = tmp_path / "keys" / "log.key"
    made = alone.run("key", "new", str(file), "--name", "city.example/kyodo")
    assert made.code == 0, made.err
    assert Verifier.read(made.out) == Signer.load(file).verifier
    assert file.stat().st_mode & 0o777 == 0o600
    assert alone.run("key", "show", str(file)).out == made.out
    secret = file.read_bytes()
    again = alone.run("key", "new", str(file), "--name", "city.example/kyodo")
    assert again.code == 2
    assert "はすでにあります" in again.err
    assert file.read_bytes() == secret


def test_what_is_no_key_is_said_to_be_none(alone: Console, tmp_path: Path) -> None:
    folder, text, bytes_ = tmp_path / "witness", tmp_path / "text", tmp_path / "bytes"
    text.write_text("no key\n")
    bytes_.write_bytes(b"\xff\xfe")
    witness = alone.run("witness", "init", str(folder), "--name", NAME).out.strip()
    bad: dict[str, list[str]] = {
        "空白と + は使えません": ["key", "new", str(tmp_path / "k"), "--name", "a b"],
        "署名鍵の形ではありません": ["key", "show", str(text)],
        "すでに立会人の鍵があります": ["witness", "init", str(folder), "--name", NAME],
        "検証鍵の形ではありません": ["witness", "trust", str(folder), "no+key"],
        "台帳の検証鍵ではありません": ["witness", "trust", str(folder), witness],
        "witness.key を読めません": ["witness", "trust", str(tmp_path), witness],
        "bytes を読めません": ["witness", "cosign", str(folder), str(bytes_)],
        "99999 番で開けません": ["witness", "serve", str(folder), "--port", "99999"],
    }
    for told, answer in zip(bad, alone.runs([*bad.values()]), strict=True):
        assert answer.code == 2, told
        assert told in answer.err.replace("\n", "")
        assert "Traceback" not in answer.err


def test_checkpoints_take_no_ill_keys_and_answers(apart: Console, tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("no answer\n")
    bad = {
        "検証鍵の形ではありません": ("--ask", "no+key"),
        "--witness（立会人の検証鍵）が要ります": ("--add", str(text)),
        "立会署名として受け取れません": ("--add", str(text), "--witness", apart.vkey),
        "9999 件の検認がありません": ("--size", "9999"),
        "--stamp-request: フォルダ": ("--stamp-request", str(tmp_path / "none" / "head.tsq")),
    }
    answers = apart.audits([("checkpoint", *words) for words in bad.values()])
    for told, answer in zip(bad, answers, strict=True):
        assert answer.code == 2, told
        assert told in answer.err.replace("\n", "")


# --- 立会い -----------------------------------------------------------------------------------


def test_a_witness_is_asked_by_hand_and_its_answer_is_added(
    apart: Console, alone: Console, tmp_path: Path
) -> None:
    folder, request, answer = tmp_path / "witness", tmp_path / "request", tmp_path / "answer"
    witness = alone.run("witness", "init", str(folder), "--name", NAME).out.strip()
    apart.done("checkpoint", "--ask", witness, "--out", str(request))
    unknown = alone.run("witness", "cosign", str(folder), str(request))
    assert unknown.code == 3
    assert "知りません" in unknown.err
    assert alone.run("witness", "trust", str(folder), apart.vkey).code == 0
    line = alone.run("witness", "cosign", str(folder), "-", stdin=request.read_bytes())
    assert line.code == 0, line.err
    answer.write_text(line.out, "utf-8")
    twice = alone.run("witness", "cosign", str(folder), str(request))
    assert twice.code == 3  # it has seen that head, and would be asked with a proof from there

    size = Checkpoint.read(Note.read(request.read_text("utf-8").partition("\n\n")[2]).text).size
    grow(apart, "指定-341002-5002")
    add = ("checkpoint", "--add", str(answer), "--witness", witness)
    newer = apart.audit(*add)
    assert newer.code == 2
    assert "--size" in newer.err
    assert f"— {NAME} " in apart.done(*add, "--size", str(size)).out
    verified = apart.done("verify", "--witness", witness)
    assert re.search(rf"立会人 {NAME} が .* に {size} 件まで立ち会っています", verified.out)


def test_a_witness_that_listens_is_asked_at_once(
    apart: Console, alone: Console, tmp_path: Path
) -> None:
    folder = tmp_path / "witness"
    key = alone.run("witness", "init", str(folder), "--name", "other.example/witness").out.strip()
    assert alone.run("witness", "trust", str(folder), apart.vkey).code == 0
    with subprocess.Popen(
        [KYODO, "witness", "serve", str(folder), "--port", "0"],
        stdout=subprocess.PIPE,
        env=alone.environment(),
        text=True,
    ) as server:
        assert server.stdout is not None
        url = server.stdout.readline().split()[0]
        post = ("checkpoint", "--witness", key, "--post", url)
        assert "立会人が" in apart.done(*post).out
        assert "すでに立ち会っています" in apart.done(*post).out
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == 0
    assert "other.example/witness" in apart.done("verify", "--witness", key).out
    grow(apart, "指定-341002-5003")
    away = apart.audit(*post)
    assert away.code == 4
    assert "応答がありません" in away.err
    unwitnessed = Signer.make("third.example/witness", 4).verifier.vkey
    assert apart.audit("verify", "--witness", unwitnessed).code == 5


# --- 記録係 -----------------------------------------------------------------------------------


def keeper(console: Console) -> psutil.Process:
    """The process that keeps the log, once it runs."""
    assert console.keeper is not None
    stack = psutil.Process(console.keeper.pid)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for child in stack.children(recursive=True):
            if "console.keeping" in child.cmdline():
                return child
        time.sleep(0.1)
    raise AssertionError("no keeper came")


def until_said(console: Console, words: str) -> str:
    """What the stack's worker and keeper have said, once it holds the words."""
    log, end = console.home / "logs" / "worker.log", time.monotonic() + PATIENCE
    while words not in (said := log.read_text("utf-8")):
        assert time.monotonic() < end, said[-2000:]
        time.sleep(0.1)
    return said


def test_a_keeper_that_was_killed_comes_back_and_the_heads_go_on(apart: Console) -> None:
    before, first = apart.signed, keeper(apart)
    os.kill(first.pid, signal.SIGKILL)
    grow(apart, "指定-341002-5004")
    assert keeper(apart).pid != first.pid
    assert apart.signed > before
    assert apart.done("verify").code == 0


def test_where_the_log_does_not_follow_from_what_was_signed_nothing_is_signed(
    apart: Console,
) -> None:
    signer, memory = Signer.load(apart.key), apart.key.with_name("log.key.seen")
    newest = apart.signed
    ahead = Checkpoint(signer.name, newest + 100, leaf(b"lost"))
    memory.write_text(str(ahead.signed(signer)), "utf-8")
    os.kill(keeper(apart).pid, signal.SIGKILL)
    said = until_said(apart, "the keeper signs nothing more")
    assert "the log cannot be signed" in said
    assert f"控えの検認は {newest + 100} 件、台帳は {newest} 件です" in said

    case = "指定-341002-5005"
    assert apart.submit(story(case)[0]).code == 0  # the record itself goes on
    answer = apart.run("keep", KYODO_LOG_KEY=str(apart.key))
    assert answer.code == 5
    assert "後の事実が失われています" in answer.err
    assert apart.signed == newest


def test_the_index_is_made_anew_and_what_was_not_as_before_is_named(apart: Console) -> None:
    """Where the keeper has ended, as here, or was stopped."""
    case = "指定-341002-5001"
    assert apart.run("rebuild").code == 0
    apart.fetch("delete from kyodo.act where case_id = $1 and kind = 'DesignationRevoked'", case)
    apart.fetch("update kyodo.standing set stage = '指定中' where case_id = $1", case)
    differing = apart.run("rebuild", "--json")
    assert (differing.code, differing.rows) == (6, [{"differing": [case]}])
    same = apart.run("rebuild")
    assert (same.code, "前と同じ索引" in same.out) == (0, True)
    found = apart.done("acts", "--case", case, "--kind", "指定の取消し", "--json").rows
    assert [act["kind"] for act in found] == ["DesignationRevoked"]
