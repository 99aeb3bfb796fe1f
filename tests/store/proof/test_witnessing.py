"""The log has its heads cosigned over HTTP, believes no answer, and learns if it was altered."""

import asyncio
import socket
import struct
from collections.abc import AsyncGenerator, Generator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import asyncpg
import pytest

from store.database import connect, open_pool
from store.errors import LogAltered
from store.proof.checkpoints import cosign, cosignatures
from store.proof.log import Signing
from store.proof.notes import COSIGNATURE, Note, Signer
from store.proof.trust import stored_head
from store.proof.witness import Witness, WitnessServer
from store.proof.witnessing import (
    Declined,
    Miswitnessed,
    NothingSigned,
    NotWitnessed,
    Unanswered,
    accept,
    ask,
    request_for,
)
from store.records import Records
from store.sequencer import Sequencer
from tests.store.proof.authority import Reply, over_http
from tests.store.proof.heads import (
    HASH,
    KEY,
    OTHERS,
    WITNESS,
    head,
    knowing,
    latest,
    request,
    serving,
    size_of,
)
from tests.store.proof.moments import NOON
from tests.store.proof.test_log import add, set_back


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return knowing(tmp_path / "witness")


@pytest.fixture
def served(witness: Witness) -> Generator[WitnessServer]:
    with serving(witness) as server:
        yield server


# --- over HTTP ------------------------------------------------------------------------------------


@pytest.fixture
def line(served: WitnessServer) -> Generator[HTTPConnection]:
    connection = HTTPConnection("127.0.0.1", served.server_port, timeout=10)
    yield connection
    connection.close()


Told = tuple[int, str, str]


def reply(line: HTTPConnection) -> Told:
    response = line.getresponse()
    return response.status, response.headers["Content-Type"], response.read().decode()


def submit(line: HTTPConnection, content: bytes, path: str = "/add-checkpoint") -> Told:
    line.request("POST", path, content)
    return reply(line)


TEXT = "text/plain; charset=utf-8"


def test_one_connection_serves_many_calls(line: HTTPConnection, witness: Witness) -> None:
    line.request("GET", f"/{HASH}/checkpoint")
    assert reply(line)[:2] == (404, TEXT)
    kept = line.sock
    status, kind, cosignature = submit(line, request(0, 5).encode())
    assert (status, kind) == (200, TEXT)
    assert latest(witness) == head(5).signed(KEY).with_lines(cosignature.splitlines())
    assert submit(line, request(0, 8).encode()) == (409, "text/x.tlog.size", "5\n")
    assert submit(line, request(5, 8, OTHERS).encode())[:2] == (422, TEXT)
    line.request("GET", f"/{HASH}/checkpoint")
    assert reply(line) == (200, TEXT, str(latest(witness)))
    assert line.sock is kept


@pytest.mark.parametrize(
    "path",
    ["/", "/checkpoint", f"/{HASH}", "/../witness.key/checkpoint", f"/{HASH.upper()}/checkpoint"],
)
def test_nothing_else_is_given(line: HTTPConnection, witness: Witness, path: str) -> None:
    witness.answer(request(0, 5), NOON)
    line.request("GET", path)
    assert reply(line)[0] == 404


def test_nothing_is_taken_elsewhere(line: HTTPConnection, witness: Witness) -> None:
    assert submit(line, request(0, 5).encode(), "/sign-subtree")[0] == 404
    assert witness.latest(HASH) is None


def test_bytes_that_are_no_text_are_malformed(line: HTTPConnection) -> None:
    assert submit(line, b"old 0\n\n\xff")[0] == 400


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Content-Length", "1000000", 413),
        ("Content-Length", "-1", 411),
        ("Content-Length", "many", 411),
        ("Transfer-Encoding", "chunked", 411),
    ],
)
def test_a_request_says_how_long_it_is_and_is_not_too_long(
    line: HTTPConnection, header: str, value: str, status: int
) -> None:
    line.putrequest("POST", "/add-checkpoint")
    line.putheader(header, value)
    line.endheaders()
    response = line.getresponse()
    assert response.status == status
    assert response.headers["Connection"] == "close"
    response.read()


def test_a_damaged_folder_is_told_of(line: HTTPConnection, tmp_path: Path) -> None:
    (tmp_path / "witness" / "logs").write_text("no key\n")
    status, _, why = submit(line, request(0, 5).encode())
    assert (status, "控えを扱えません" in why) == (500, True)


def test_a_caller_that_hangs_up_disturbs_nobody(
    served: WitnessServer, line: HTTPConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", served.server_port)) as rude:
            rude.sendall(b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 500\r\n\r\nold 0")
            rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert submit(line, request(0, 5).encode())[0] == 200
    assert capsys.readouterr() == ("", "")


# --- the log asks ---------------------------------------------------------------------------------


@pytest.fixture
async def writing(fresh_url: str) -> AsyncGenerator[Records]:
    async with open_pool(fresh_url, "kyodo_writer") as pool:
        yield Records(pool)


async def signed(records: Records, pool: asyncpg.Pool, events: int) -> None:
    """Record events and sign the head over them, without a memory beside the key."""
    await add(records, events)
    await Sequencer(pool, signing=Signing(KEY)).catch_up()


async def kept(pool: asyncpg.Pool) -> list[tuple[int, str]]:
    rows = await pool.fetch("select size, witness from kyodo.cosignature order by size")
    return [(row["size"], row["witness"]) for row in rows]


async def test_the_log_has_its_heads_cosigned_as_it_grows(
    writing: Records, fresh: asyncpg.Pool, witness: Witness, served: WitnessServer
) -> None:
    for events in (3, 4, 300):
        await signed(writing, fresh, events)
        began = datetime.now(UTC).replace(microsecond=0)
        at = await ask(fresh, witness.verifier, f"{served.url}/")
        assert at
        assert began <= at <= datetime.now(UTC)
        assert await ask(fresh, witness.verifier, served.url) is None
    assert await kept(fresh) == [(3, WITNESS), (7, WITNESS), (307, WITNESS)]
    async with fresh.acquire() as connection:
        note = (await stored_head(connection, 307)).note
    assert str(latest(witness)) == str(note)
    assert cosignatures(note, [witness.verifier])


async def test_an_answer_lost_on_the_way_is_asked_for_again(
    writing: Records, fresh: asyncpg.Pool, witness: Witness, served: WitnessServer
) -> None:
    await signed(writing, fresh, 3)
    async with fresh.acquire() as connection:
        witness.answer(await request_for(connection, witness.verifier), NOON)
    await signed(writing, fresh, 2)
    assert await ask(fresh, witness.verifier, served.url)
    assert await kept(fresh) == [(5, WITNESS)]


async def test_many_may_ask_at_once(
    writing: Records, fresh: asyncpg.Pool, witness: Witness, served: WitnessServer
) -> None:
    await signed(writing, fresh, 3)
    moments = await asyncio.gather(*(ask(fresh, witness.verifier, served.url) for _ in range(4)))
    assert any(moments)
    assert await kept(fresh) == [(3, WITNESS)]


async def test_a_log_that_was_cut_off_is_found_by_its_witness(
    writing: Records, fresh: asyncpg.Pool, fresh_url: str, witness: Witness, served: WitnessServer
) -> None:
    await signed(writing, fresh, 3)
    await signed(writing, fresh, 2)
    await ask(fresh, witness.verifier, served.url)
    async with connect(fresh_url) as owner:
        await set_back(owner, 3)
        with pytest.raises(LogAltered, match="5 件の検認に署名していますが、台帳の検認は 3 件"):
            await ask(fresh, witness.verifier, served.url)
        await owner.execute("alter table kyodo.cosignature disable trigger all")
        await owner.execute("delete from kyodo.cosignature")
    with pytest.raises(LogAltered, match="5 件の検認に署名していますが、台帳の検認は 3 件"):
        await ask(fresh, witness.verifier, served.url)


async def rewrite(owner: asyncpg.Connection) -> None:
    """Change an event's seal in the log, and forget every head signed over it."""
    for table in ("log", "checkpoint", "cosignature"):
        await owner.execute(f"alter table kyodo.{table} disable trigger all")
    await owner.execute("update kyodo.log set hash = sha256('x') where position = 2")
    await owner.execute("delete from kyodo.checkpoint; delete from kyodo.cosignature")


async def test_a_log_that_was_rewritten_is_refused_by_its_witness(
    writing: Records, fresh: asyncpg.Pool, fresh_url: str, witness: Witness, tmp_path: Path
) -> None:
    with serving(witness) as served:
        await signed(writing, fresh, 4)
        await ask(fresh, witness.verifier, served.url)
        async with connect(fresh_url) as owner:
            await rewrite(owner)
        for size in (5, 8):
            await signed(writing, fresh, 1 if size == 5 else 3)  # by who holds the log's key
            with pytest.raises(LogAltered, match=f"{size} 件の検認は.*署名した検認に続きません"):
                await ask(fresh, witness.verifier, served.url)
    assert await kept(fresh) == []
    assert size_of(witness) == 4
    evidence = [each.read_text() for each in (tmp_path / "witness" / "refused").glob("*.head")]
    assert [Note.read(each).signed_by(KEY.verifier) for each in evidence] == [True, True]


async def test_a_log_whose_hashes_are_missing_proves_nothing(
    writing: Records, fresh: asyncpg.Pool, fresh_url: str, witness: Witness, served: WitnessServer
) -> None:
    await signed(writing, fresh, 3)
    await ask(fresh, witness.verifier, served.url)
    await signed(writing, fresh, 2)
    async with connect(fresh_url) as owner:
        await owner.execute("alter table kyodo.log disable trigger all; delete from kyodo.log")
    with pytest.raises(LogAltered, match="証明を作れません"):
        await ask(fresh, witness.verifier, served.url)


async def test_there_is_nothing_to_cosign_before_a_head_is_signed(
    writing: Records, fresh: asyncpg.Pool, witness: Witness
) -> None:
    await add(writing, 1)
    await Sequencer(fresh).catch_up()
    async with fresh.acquire() as connection:
        with pytest.raises(NothingSigned, match="検認がまだありません"):
            await request_for(connection, witness.verifier)
        with pytest.raises(NothingSigned, match="1 件の検認がありません"):
            await accept(connection, witness.verifier, 1, "")


async def test_a_witness_that_does_not_know_the_log_declines(
    writing: Records, fresh: asyncpg.Pool, witness: Witness, served: WitnessServer, tmp_path: Path
) -> None:
    await signed(writing, fresh, 3)
    (tmp_path / "witness" / "logs").unlink()
    with pytest.raises(Declined, match=r"404 台帳「city\.example/kyodo」を知りません") as declined:
        await ask(fresh, witness.verifier, served.url)
    assert declined.value.status == 404


async def test_a_witness_that_is_away_is_named(
    writing: Records, fresh: asyncpg.Pool, witness: Witness, served: WitnessServer
) -> None:
    await signed(writing, fresh, 3)
    served.stop()
    with pytest.raises(Unanswered, match=f"{served.url}/add-checkpoint から応答がありません"):
        await ask(fresh, witness.verifier, served.url)
    with pytest.raises(Unanswered, match="応答がありません"):
        await ask(fresh, witness.verifier, "witness")
    assert await kept(fresh) == []


async def test_another_witness_of_the_same_name_is_not_believed(
    writing: Records, fresh: asyncpg.Pool, witness: Witness, tmp_path: Path
) -> None:
    await signed(writing, fresh, 3)
    with (
        serving(knowing(tmp_path / "namesake")) as server,
        pytest.raises(Miswitnessed, match="その鍵の署名がありません"),
    ):
        await ask(fresh, witness.verifier, server.url)
    assert await kept(fresh) == []


TEXT_OF_SIZE = "text/x.tlog.size"
NONSENSE: dict[str, tuple[Reply, type[NotWitnessed], str]] = {
    "a conflict that is not the protocol's": ((409, TEXT, b"7\n"), Declined, "409 7"),
    "a conflict without a size": ((409, TEXT_OF_SIZE, b"some\n"), Declined, "409 some"),
    "a conflict without end": ((409, TEXT_OF_SIZE, b"0\n"), Declined, "409 0"),
    "bytes": ((200, TEXT, b"\xff"), Miswitnessed, "UTF-8"),
    "a page": ((200, "text/html", b"<html>\x1b[2J</html>"), Miswitnessed, "署名行の形"),
    "a fault": ((500, TEXT, b"\x1b[2J" + b"x" * 999), Declined, r"500 \[2Jx{196}）"),
}


@pytest.mark.parametrize("nonsense", NONSENSE)
async def test_no_nonsense_is_believed(
    writing: Records, fresh: asyncpg.Pool, witness: Witness, nonsense: str
) -> None:
    reply, error, why = NONSENSE[nonsense]
    await signed(writing, fresh, 3)

    def answer(path: str, content_type: str, _: bytes) -> Reply:
        return reply if (path, content_type) == ("/city/add-checkpoint", TEXT) else (404, "", b"")

    with over_http(answer) as url, pytest.raises(error, match=why):
        await ask(fresh, witness.verifier, f"{url}/city/")
    assert await kept(fresh) == []


async def test_only_a_cosignature_of_that_head_is_kept(
    writing: Records, fresh: asyncpg.Pool
) -> None:
    await signed(writing, fresh, 3)
    await signed(writing, fresh, 2)
    key = Signer.make(WITNESS, COSIGNATURE)
    async with fresh.acquire() as connection:
        three = (await stored_head(connection, 3)).note
        five = (await stored_head(connection, 5)).note
        wrong = {
            cosign(three, key, NOON): "署名が検認に合いません",
            cosign(five, key, datetime(2999, 1, 1, tzinfo=UTC)): "時刻.*がありえません",
            cosign(five, key, datetime.fromtimestamp(0, UTC)): "時刻.*がありえません",
            cosign(five, Signer.make("other", COSIGNATURE), NOON): "署名がありません",
            five.signatures[0].line: "署名がありません",
            key.line(five.text.encode()): "立会人",
            "hello": "署名行の形ではありません",
            "": "署名行の形ではありません",
        }
        for line, why in wrong.items():
            with pytest.raises(Miswitnessed, match=why):
                await accept(connection, key.verifier, 5, f"{line}\n")
    assert await kept(fresh) == []


async def test_a_cosignature_is_kept_once_with_its_first_moment(
    writing: Records, fresh: asyncpg.Pool
) -> None:
    await signed(writing, fresh, 3)
    key, stranger = Signer.make(WITNESS, COSIGNATURE), Signer.make("other", COSIGNATURE)
    async with fresh.acquire() as connection:
        note = (await stored_head(connection, 3)).note
        first = f"{cosign(note, stranger, NOON)}\n{cosign(note, key, NOON)}\n"
        assert await accept(connection, key.verifier, 3, first) == NOON
        later = cosign(note, key, NOON + timedelta(days=1))
        assert await accept(connection, key.verifier, 3, later) == NOON
        found = cosignatures((await stored_head(connection, 3)).note, [key.verifier])
    assert [each.at for each in found] == [NOON]
    assert await kept(fresh) == [(3, WITNESS)]
