"""A stamp of an authority says when a head existed: of that head, by that authority, or not at all."""

from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from rfc3161_client import decode_timestamp_response

from store.database import open_pool
from store.proof.checkpoints import Checkpoint
from store.proof.log import Signing
from store.proof.merkle import leaf
from store.proof.notes import Signer
from store.proof.stamps import (
    NotGranted,
    NothingToStamp,
    NotStamped,
    OfAnotherText,
    Unreadable,
    Untrusted,
    accept,
    ask,
    check,
    question,
    stored,
)
from store.proof.trust import stored_head
from store.proof.witnessing import Unanswered
from store.records import Records
from store.sequencer import Sequencer
from tests.store.proof.authority import Authority, over_http
from tests.store.proof.test_log import add

KEY = Signer.make("city.example/kyodo")
TEXT = Checkpoint(KEY.name, 7, leaf(b"x")).text
OTHER = Checkpoint(KEY.name, 8, leaf(b"x")).text
NAME = "例示時刻認証局"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / NAME)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Another authority, of the same name."""
    return Authority(tmp_path_factory.mktemp("stranger") / NAME)


@pytest.fixture(scope="module")
def stamp(authority: Authority) -> bytes:
    return authority.answer(question(TEXT))


# --- what a stamp says ----------------------------------------------------------------------------


def test_a_stamp_tells_when_the_head_existed(authority: Authority) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    stamp = authority.answer(question(TEXT))
    assert began <= check(TEXT, stamp, [authority.root]) <= datetime.now(UTC)


def test_no_question_is_asked_twice_and_each_asks_for_the_certificate(stamp: bytes) -> None:
    assert question(TEXT) != question(TEXT)
    response = decode_timestamp_response(stamp)
    assert response.tst_info.nonce
    assert len(response.signed_data.certificates) == 1


def test_a_stamp_is_good_for_other_tools_too(authority: Authority, stamp: bytes) -> None:
    assert authority.verifies(TEXT, stamp)
    assert not authority.verifies(OTHER, stamp)


@pytest.mark.parametrize("digest", ["-sha256", "-sha384", "-sha512"])
def test_stamps_over_any_good_digest_are_read(tmp_path: Path, digest: str) -> None:
    authority = Authority(tmp_path / "authority", "sha256, sha384, sha512")
    stamp = authority.answer(authority.question(TEXT, digest))
    assert check(TEXT, stamp, [authority.root])
    with pytest.raises(OfAnotherText):
        check(OTHER, stamp, [authority.root])


def test_stamps_over_a_broken_digest_are_not(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority", "sha1")
    stamp = authority.answer(authority.question(TEXT, "-sha1"))
    with pytest.raises(Unreadable, match="要約の方式"):
        check(TEXT, stamp, [authority.root])


def test_a_root_may_come_among_others(
    authority: Authority, stranger: Authority, stamp: bytes
) -> None:
    for roots in ([stranger.root, authority.root], [stranger.root + authority.root]):
        assert check(TEXT, stamp, roots)


# --- what is refused ------------------------------------------------------------------------------


def test_a_stamp_over_another_head_is_refused(authority: Authority, stamp: bytes) -> None:
    with pytest.raises(OfAnotherText, match="この検認の本文に対するものではありません"):
        check(OTHER, stamp, [authority.root])


def test_a_stamp_that_leads_to_no_root_is_refused(stranger: Authority, stamp: bytes) -> None:
    with pytest.raises(Untrusted, match="根の証明書まで確かめられません"):
        check(TEXT, stamp, [stranger.root])
    with pytest.raises(Untrusted, match="根の証明書がありません"):
        check(TEXT, stamp, [])
    with pytest.raises(Untrusted, match="PEM として読めません"):
        check(TEXT, stamp, [b"no certificate"])


def test_a_stamp_to_another_question_is_refused(authority: Authority, stamp: bytes) -> None:
    nonce = decode_timestamp_response(stamp).tst_info.nonce
    assert check(TEXT, stamp, [authority.root], nonce=nonce)
    with pytest.raises(OfAnotherText, match="nonce"):
        check(TEXT, stamp, [authority.root], nonce=nonce + 1)


def test_a_stamp_changed_anywhere_says_nothing_else(authority: Authority, stamp: bytes) -> None:
    at, refused = check(TEXT, stamp, [authority.root]), 0
    for place in range(len(stamp)):
        changed = bytearray(stamp)
        changed[place] ^= 1
        refused += 1
        with suppress(NotStamped):
            assert check(TEXT, bytes(changed), [authority.root]) == at, place
            refused -= 1  # names of algorithms that are not signed over
    assert refused > len(stamp) * 0.95


def test_a_refusal_is_told_in_the_words_of_the_authority(
    tmp_path: Path, authority: Authority
) -> None:
    choosy = Authority(tmp_path / "choosy", "sha512")
    with pytest.raises(NotGranted, match="退けました（2 Message digest algorithm is not supported"):
        check(TEXT, choosy.answer(question(TEXT)), [authority.root])


def test_a_stamp_granted_with_changes_is_none(authority: Authority, stamp: bytes) -> None:
    status = stamp.index(bytes.fromhex("3003020100")) + 4
    changed = stamp[:status] + b"\x01" + stamp[status + 1 :]
    with pytest.raises(NotGranted, match="（1 ）"):
        check(TEXT, changed, [authority.root])


@pytest.mark.parametrize("answer", [b"", b"<html>", bytes.fromhex("30053003020100")])
def test_what_is_no_stamp_is_unreadable(authority: Authority, answer: bytes) -> None:
    with pytest.raises(Unreadable, match="応答を読めません"):
        check(TEXT, answer, [authority.root])


# --- what is kept ---------------------------------------------------------------------------------


@pytest.fixture
async def writing(fresh_url: str) -> AsyncGenerator[Records]:
    async with open_pool(fresh_url, "kyodo_writer") as pool:
        yield Records(pool)


async def signed(records: Records, pool: asyncpg.Pool, events: int) -> None:
    await add(records, events)
    await Sequencer(pool, signing=Signing(KEY)).catch_up()


async def kept(pool: asyncpg.Pool) -> list[tuple[int, str]]:
    rows = await pool.fetch("select size, authority from kyodo.stamp order by size, authority")
    return [(row["size"], row["authority"]) for row in rows]


async def test_every_head_is_stamped_once_by_each_authority(
    writing: Records, fresh: asyncpg.Pool, authority: Authority, stranger: Authority
) -> None:
    with over_http(authority.reply) as first, over_http(stranger.reply) as second:
        for events in (3, 2):
            await signed(writing, fresh, events)
            assert await ask(fresh, first, [authority.root], "甲")
            assert await ask(fresh, second, [stranger.root], "乙")
            assert await ask(fresh, first, [authority.root], "甲") is None
    assert await kept(fresh) == [(3, "乙"), (3, "甲"), (5, "乙"), (5, "甲")]
    async with fresh.acquire() as connection:
        text = (await stored_head(connection, 3)).note.text
        later, sooner = await stored(connection, 3)
        assert await stored(connection, 4) == []
    assert (later.authority, sooner.authority) == ("乙", "甲")
    assert check(text, later.token, [stranger.root]) == later.at
    assert check(text, sooner.token, [authority.root]) == sooner.at


async def test_the_first_stamp_of_an_authority_is_kept(
    writing: Records, fresh: asyncpg.Pool, authority: Authority
) -> None:
    await signed(writing, fresh, 3)
    async with fresh.acquire() as connection:
        text = (await stored_head(connection, 3)).note.text
        tokens = [authority.answer(question(text)) for _ in range(2)]
        moments = [await accept(connection, 3, each, [authority.root], NAME) for each in tokens]
        (found,) = await stored(connection, 3)
    assert moments == [found.at, found.at]
    assert found.token == tokens[0]


async def test_nothing_is_kept_that_does_not_stamp_the_head(
    writing: Records, fresh: asyncpg.Pool, authority: Authority, stamp: bytes
) -> None:
    await signed(writing, fresh, 3)
    async with fresh.acquire() as connection:
        with pytest.raises(OfAnotherText):
            await accept(connection, 3, stamp, [authority.root], NAME)
        with pytest.raises(NothingToStamp, match="4 件の検認がありません"):
            await accept(connection, 4, stamp, [authority.root], NAME)
    assert await kept(fresh) == []


async def test_an_old_answer_to_a_new_question_is_not_kept(
    writing: Records, fresh: asyncpg.Pool, authority: Authority
) -> None:
    await signed(writing, fresh, 3)
    async with fresh.acquire() as connection:
        text = (await stored_head(connection, 3)).note.text
    old = authority.answer(question(text))
    with (
        over_http(lambda _path, _kind, _body: (200, "application/timestamp-reply", old)) as url,
        pytest.raises(OfAnotherText, match="nonce"),
    ):
        await ask(fresh, url, [authority.root], NAME)
    assert await kept(fresh) == []


async def test_there_is_nothing_to_stamp_before_a_head_is_signed(
    fresh: asyncpg.Pool, authority: Authority
) -> None:
    with pytest.raises(NothingToStamp, match="検認がまだありません"):
        await ask(fresh, "http://127.0.0.1:1", [authority.root], NAME)


async def test_an_authority_that_is_away_or_out_of_order_is_named(
    writing: Records, fresh: asyncpg.Pool, authority: Authority
) -> None:
    await signed(writing, fresh, 3)
    with (
        over_http(lambda _path, _kind, _body: (503, "text/plain", "保守中\n".encode())) as url,
        pytest.raises(NotGranted, match=f"{NAME} が応じませんでした（503 保守中）"),
    ):
        await ask(fresh, url, [authority.root], NAME)
    with pytest.raises(Unanswered, match=f"{url} から応答がありません"):
        await ask(fresh, url, [authority.root], NAME)
    assert await kept(fresh) == []
