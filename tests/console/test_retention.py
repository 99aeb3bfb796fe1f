"""`kyodo retention`: what goes after its time, and whose information is erased; the proofs stay."""

import asyncio
import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client
from temporalio.service import RPCError

from tests.console.commands import disposal, erasure, withdrawn
from tests.console.conftest import Answer, Console, Record

GOES, STAYS = "指定-342025-6001", "指定-342025-6002"
HERS, HERS_TOO, ANOTHERS = (f"指定-342025-601{number}" for number in (1, 2, 3))
SHE, SOMEBODY = "P-6010", "P-6020"
HER_NAME, OTHER_NAME = "消野 花", "残野 月"
EXPIRY = "2026-03-31"


@dataclass(frozen=True)
class Office:
    """Where decisions are handed in, with the packs and the head that were handed out before."""

    console: Console
    folder: Path

    def decide(self, command: str, decision: object, *more: str) -> Answer:
        text = json.dumps(decision, ensure_ascii=False).encode()
        return self.console.run("retention", command, "-", *more, stdin=text)

    def pack(self, name: str, *words: str) -> Path:
        file = self.folder / f"{name}.zip"
        self.console.done("export", "--out", str(file), *words)
        return file

    @property
    def kept(self) -> Path:
        return self.folder / "checkpoint"


@pytest.fixture(scope="module")
def office(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Closed cases of Kure, and what was handed out of them while they were whole."""
    office = Office(record.console, tmp_path_factory.mktemp("retention"))
    filed = [
        *withdrawn(GOES, "P-6001", "廃野 桜"),
        *withdrawn(STAYS, "P-6002", "存野 梅"),
        *withdrawn(HERS, SHE, HER_NAME),
        *withdrawn(HERS_TOO, SHE, HER_NAME),
        *withdrawn(ANOTHERS, SOMEBODY, OTHER_NAME),
    ]
    assert office.console.submit(*filed).code == 0
    office.console.settle()
    office.console.done("checkpoint", "--out", str(office.kept))
    office.pack("goes", "--case", GOES)
    office.pack("kure", "--municipality", "342025")
    return office


@pytest.fixture(scope="module")
def disposed(office: Office) -> Answer:
    return office.decide("dispose", disposal(GOES), "--json")


@pytest.fixture(scope="module")
def erased(office: Office) -> Answer:
    return office.decide("erase", erasure(HERS, SHE), "--json")


def verified(pack: Path, *words: str) -> str:
    """What a bare Python says of a pack; everything must hold."""
    script = pack.with_suffix(".py")
    script.write_bytes(zipfile.ZipFile(pack).read("verify.py"))
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, pack, *words],
        capture_output=True,
        env={},
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()
    return done.stdout.decode()


def events(pack: Path) -> str:
    return zipfile.ZipFile(pack).read("events.jsonl").decode()


def history(console: Console, case: str) -> list[dict[str, Any]]:
    return console.run("case", "history", case, "--json").rows


def representative(console: Console, case: str) -> dict[str, Any]:
    return history(console, case)[0]["event"]["representative"]


# --- 廃棄 -------------------------------------------------------------------------------------


def test_the_list_tells_until_when_a_closed_case_is_kept_and_why(office: Office) -> None:
    kure = ("retention", "list", "--municipality", "342025")
    table, printed = office.console.runs([kure, ("retention", "list", "--csv")])
    assert f"{EXPIRY} R8.3.31" in table.out
    (row,) = [row for row in printed.table if row["事案"] == STAYS]
    assert (row["保存期間の満了"], row["保存期間の満了（和暦）"]) == (EXPIRY, "令和8年3月31日")
    assert "年度の末日" in row["根拠"]
    assert "呉市文書管理規程" in row["根拠"]
    running = {"指定-341002-4001", "指定-341002-4002"}  # one is revoked, but that may be contested
    assert not running & {row["事案"] for row in printed.table}


def test_before_its_time_nothing_may_go(office: Office) -> None:
    answer = office.decide("dispose", disposal(STAYS, on=EXPIRY))
    assert answer.code == 3
    assert "公文書管理法第34条" in answer.out.replace("\n", "")
    assert f"保存期間は {EXPIRY} まで続きます" in answer.out
    assert [row["event"]["kind"] for row in history(office.console, STAYS)] == [
        "ApplicationArrived",
        "ApplicationWithdrawn",
    ]


@pytest.mark.parametrize(
    ("command", "decision"),
    [
        ("dispose", [erasure(STAYS, SHE)]),
        ("erase", [erasure(STAYS, SHE), {**erasure(HERS, SHE), "case": "6002"}]),
    ],
    ids=["another decision", "two of which one is ill"],
)
def test_anything_but_the_one_decision_is_sent_back(
    office: Office, command: str, decision: Sequence[object]
) -> None:
    answer = office.decide(command, decision)
    assert answer.code == 2
    assert "命令書を一つだけ渡してください" in answer.err
    assert "Traceback" not in answer.err


def test_after_its_time_the_bodies_go_and_that_they_went_stays(
    office: Office, disposed: Answer
) -> None:
    assert disposed.code == 0, disposed.err
    assert [(row["case"], row["bodies"]) for row in disposed.rows] == [(GOES, 2)]
    machine, table, shown = office.console.runs(
        [("case", *words, GOES) for words in (("history", "--json"), ("history",), ("show",))]
    )
    told = machine.rows
    assert [row["title"] for row in told] == ["申請の到達", "申請の取下げ", "記録の廃棄"]
    assert [row["event"] is None for row in told] == [True, True, False]
    assert told[2]["event"]["expired"]["day"] == EXPIRY
    assert table.out.count("（本文は廃棄済み）") == 2
    assert "廃棄済み" in shown.out
    (left,) = office.console.fetch(
        """select count(body) as bodies, count(salt) as salts,
                  (select count(*) from kyodo.personal where case_id = $1) as texts
           from kyodo.event where case_id = $1""",
        GOES,
    )
    assert tuple(left) == (1, 1, 0)
    office.console.settle()
    words = ("acts", "--municipality", "342025", "--phrase", "準備が足りない", "--json")
    found = {act["case"] for act in office.console.done(*words).rows}
    assert (GOES in found, STAYS in found) == (False, True)


@pytest.mark.usefixtures("disposed")
def test_after_a_disposal_everything_is_verified_as_before(office: Office) -> None:
    office.console.settle()
    whole, case = office.console.audits(
        [("verify", "--checkpoint", str(office.kept)), ("verify", GOES)]
    )
    assert (whole.code, case.code) == (0, 0), whole.out + case.out
    old, new = office.folder / "goes.zip", office.folder / "gone.zip"
    vkey = office.console.vkey
    assert "廃野 桜" in events(old)
    assert "異常はありません" in verified(old, "--key", vkey)
    office.pack("gone", "--case", GOES, "--since", str(office.kept))
    said = verified(new, "--key", vkey, "--checkpoint", str(office.kept))
    assert "本文が廃棄された事実が 2 件あります" in said
    assert "廃野 桜" not in events(new)
    assert "準備が足りない" not in events(new)


@pytest.mark.usefixtures("disposed")
def test_a_disposal_handed_in_again_changes_nothing(office: Office) -> None:
    again = office.decide("dispose", disposal(GOES), "--json")
    assert (again.code, again.rows[0]["bodies"]) == (0, 0)
    other = office.decide("dispose", disposal(GOES, id="d-2"))
    assert other.code == 3
    assert "廃棄されています" in other.out.replace("\n", "")


# --- 消去 -------------------------------------------------------------------------------------


def test_an_erasure_without_a_request_or_of_nobody_is_refused(office: Office) -> None:
    without = office.decide("erase", erasure(HERS, SHE, request=None))
    assert without.code == 3
    assert "個人情報保護法第100条" in without.out.replace("\n", "")
    nobody = office.decide("erase", erasure(HERS, "P-6999"))
    assert nobody.code == 2
    assert "P-6999 の情報を含む事案はありません" in nobody.err
    assert representative(office.console, HERS)["text"] == HER_NAME


def test_a_person_is_erased_in_every_case_and_nobody_else_is(
    office: Office, erased: Answer
) -> None:
    console = office.console
    assert erased.code == 0, erased.err
    told = {"person": SHE, "cases": [HERS, HERS_TOO], "texts": 2}
    assert [told | row for row in erased.rows] == erased.rows
    for case in (HERS, HERS_TOO):
        assert representative(console, case)["text"] is None
        assert [row["title"] for row in history(console, case)][2:] == ["個人情報の消去"]
    assert representative(console, ANOTHERS)["text"] == OTHER_NAME
    assert len(history(console, ANOTHERS)) == 2
    keys = console.fetch("select of from kyodo.person_key where of = any ($1)", [SHE, SOMEBODY])
    assert [row["of"] for row in keys] == [SOMEBODY]


@pytest.mark.usefixtures("erased")
def test_after_an_erasure_everything_is_verified_and_no_pack_holds_the_name(
    office: Office,
) -> None:
    console, vkey = office.console, office.console.vkey
    console.settle()
    assert console.done("verify", "--checkpoint", str(office.kept)).code == 0
    whole = office.pack("erased", "--municipality", "342025", "--since", str(office.kept))
    said = verified(whole, "--key", vkey, "--checkpoint", str(office.kept))
    assert "個人情報の消去により本文はない" in said
    assert HER_NAME in events(office.folder / "kure.zip")
    assert HER_NAME not in events(whole)
    assert OTHER_NAME in events(whole)


@pytest.mark.usefixtures("disposed", "erased")
def test_what_was_let_go_is_in_no_history_of_temporal_either(office: Office) -> None:
    def held(case: str) -> bytes:
        return b"".join(event.SerializeToString() for event in histories(office.console, case))

    assert OTHER_NAME.encode() in held(ANOTHERS)
    for case, words in (
        (GOES, "廃野 桜"),
        (GOES, "準備が足りない"),
        (HERS, HER_NAME),
        (HERS_TOO, HER_NAME),
    ):
        assert words.encode() not in held(case)


def histories(console: Console, case: str) -> list[HistoryEvent]:
    """Every event of every run that Temporal still has of a case."""
    address = json.loads((console.home / "stack.json").read_text("utf-8"))["temporal"]

    async def read() -> list[HistoryEvent]:
        client = await Client.connect(address)
        found: list[HistoryEvent] = []
        async for run in client.list_workflows(f"WorkflowId = '{case}'"):
            handle = client.get_workflow_handle(case, run_id=run.run_id)
            with suppress(RPCError):  # deleted, but listed a moment longer
                found += [event async for event in handle.fetch_history_events()]
        return found

    return asyncio.run(read())


@pytest.mark.usefixtures("erased")
def test_a_new_application_of_an_erased_person_is_taken_as_of_anybody(office: Office) -> None:
    console, case = office.console, "指定-342025-6014"
    assert console.submit(*withdrawn(case, SHE, HER_NAME)).code == 0
    assert representative(console, case)["text"] == HER_NAME
    assert representative(console, HERS)["text"] is None
