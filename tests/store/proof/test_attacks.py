"""攻撃の表: What the owner of the database can do to the record, and that each of it is found.

Every attack is made with all triggers off and as consistently as its maker can: with what the
database holds, or with the stolen key of the log, too. The message names the first event concerned.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import asyncpg
import pytest

from store.proof.checkpoints import cosign
from store.proof.log import Signing
from store.proof.notes import COSIGNATURE, Note, Signer
from store.proof.trust import Trust
from store.records import Records
from store.sequencer import Sequencer
from store.verify import verify
from tests.store.connections import OnlyConnection
from tests.store.examples import append, event, personal, report
from tests.store.proof.forger import Forger
from tests.store.proof.moments import NOON

KEY, OTHER_KEY = (Signer.make("city.example/kyodo") for _ in range(2))
WITNESS = Signer.make("pref.example/witness", COSIGNATURE)
A, B, C = (f"指定-341002-00000{number}" for number in (1, 2, 3))
BY_LOG = Trust(KEY.verifier)
BY_WITNESS = Trust(KEY.verifier, (WITNESS.verifier,))
AT_A_2 = f"case_id = '{A}' and number = 2"
Act = Callable[[Forger], Awaitable[None]]


@dataclass(frozen=True)
class Attack:
    """An attack, what the auditor verifies with, and the beginning of what he is told.

    `kept` adds a head of all eight events that was kept elsewhere.
    """

    act: Act
    told: str
    trust: Trust = BY_LOG
    kept: bool = False


@pytest.fixture(scope="module")
async def head(records: Records, sequencer_pool: asyncpg.Pool, owner: asyncpg.Connection) -> Note:
    """Eight events, a signed head after each command, the one of six events cosigned."""
    requests = (
        append(A, 0, event(), report(who=personal("例示桜子"))),
        append(B, 0, report()),
        append(A, 2),
        append(B, 1),
        append(C, 0, event()),
        append(A, 3),
        append(C, 1),
    )
    for request in requests:
        await records.append(request)
        await Sequencer(sequencer_pool, signing=Signing(KEY)).catch_up()
    note = Note.read(await owner.fetchval("select note from kyodo.checkpoint where size = 6"))
    line = cosign(note, WITNESS, NOON)
    statement = "insert into kyodo.cosignature values (6, $1, $2, $3)"
    await owner.execute(statement, WITNESS.name, NOON, line)
    return Note.read(await owner.fetchval("select note from kyodo.checkpoint where size = 8"))


async def rewrite(forger: Forger) -> None:
    """A reason that was never given, in the first case."""
    await forger.run(f"update kyodo.event set body = replace(body, '公開', '公告') where {AT_A_2}")


async def change_a_byte(forger: Forger) -> None:
    await rewrite(forger)


async def backdate(forger: Forger) -> None:
    await forger.run(
        f"update kyodo.event set recorded_at = recorded_at - interval '1 day' where {AT_A_2}"
    )


async def delete_an_event(forger: Forger) -> None:
    await forger.run(f"delete from kyodo.event where {AT_A_2}")


async def delete_an_event_and_its_place(forger: Forger) -> None:
    await delete_an_event(forger)
    await forger.run(f"delete from kyodo.log where {AT_A_2}")


async def delete_the_newest(forger: Forger) -> None:
    await forger.cut(6)


async def swap_two(forger: Forger) -> None:
    """Two events of different cases change places in the log."""
    await forger.run("update kyodo.event set seq = 1003 where seq = 3")
    await forger.run("update kyodo.event set seq = 3 where seq = 4")
    await forger.run("update kyodo.event set seq = 4 where seq = 1003")
    await forger.relog()


async def insert_into_the_past(forger: Forger) -> None:
    """A report of long ago that was never made."""
    await forger.run(
        f"update kyodo.event set number = 12, first = 12, last = 12, seq = seq + 100 where case_id = '{B}' and number = 2"
    )
    columns = "municipality, case_id, 2, xid, 1000, kind, on_day, recorded_at, person, office, role, acting_for, law, article, paragraph, item, ordinance, 'slipped in', command_digest, 2, 2, salt, body, body_digest, previous, hash"
    await forger.run(
        f"insert into kyodo.event select {columns} from kyodo.event where case_id = '{B}' and number = 1"
    )
    await forger.run(
        f"update kyodo.event set number = 3, first = 3, last = 3 where case_id = '{B}' and number = 12"
    )
    await forger.run("update kyodo.event set seq = seq + 2000 where seq > 3")
    await forger.run("update kyodo.event set seq = 4 where seq = 3000")
    await forger.rechain(B)
    await forger.relog()


async def rewrite_a_case(forger: Forger) -> None:
    await rewrite(forger)
    await forger.rechain(A)


async def rewrite_a_case_and_the_log(forger: Forger) -> None:
    await rewrite_a_case(forger)
    await forger.relog()


async def replace_the_log(forger: Forger) -> None:
    """With a key of one's own under the same name."""
    await rewrite_a_case_and_the_log(forger)
    await forger.resign(OTHER_KEY)


async def show_an_old_head(forger: Forger) -> None:
    """What came after it was rewritten, and the newer heads are gone."""
    await forger.run(
        f"update kyodo.event set body = replace(body, '公開', '公告') where case_id = '{C}'"
    )
    await forger.rechain(C)
    await forger.relog()
    await forger.run("delete from kyodo.cosignature; delete from kyodo.checkpoint where size > 5")


async def sign_everything_anew(forger: Forger) -> None:
    """With the stolen key of the log."""
    await rewrite_a_case_and_the_log(forger)
    await forger.resign(KEY)


async def sign_everything_anew_unwitnessed(forger: Forger) -> None:
    await sign_everything_anew(forger)
    await forger.run("delete from kyodo.cosignature")


async def cut_and_sign_anew(forger: Forger) -> None:
    await forger.cut(5)


ATTACKS = {
    "change a byte of a payload": Attack(change_a_byte, f"{A} 第2号 body: 本文が記録時と違います"),
    "change a column of the envelope": Attack(backdate, f"{A} 第2号 hash: 封印が一致しません"),
    "delete an event": Attack(delete_an_event, f"{A} 第2号 event: 通し番号 2 に当たる事実が"),
    "delete an event and its place in the log": Attack(
        delete_an_event_and_its_place, "通し番号 2 position: 通し番号 2 が抜けています"
    ),
    "delete the newest ones": Attack(
        delete_the_newest, "通し番号 7 position: 台帳がここで終わっています", kept=True
    ),
    "swap two": Attack(swap_two, f"{A} 第3号 root: 通し番号 3が、記録の検認（3 件）のとき"),
    "insert one in the past": Attack(
        insert_into_the_past, f"{B} 第2号 root: 通し番号 4が、記録の検認（4 件）のとき"
    ),
    "rewrite a whole case": Attack(
        rewrite_a_case, f"{A} 第2号 position: 通し番号 2 の封印と一致しません"
    ),
    "rewrite a whole case and the log": Attack(
        rewrite_a_case_and_the_log, f"{A} 第1号 root: 通し番号 1 から 2 までのどれかが、記録の検認"
    ),
    "replace the log": Attack(
        replace_the_log, "通し番号 6 checkpoint: 記録の検認: 台帳の鍵（city.example/kyodo）の署名が"
    ),
    "replay an old head": Attack(
        show_an_old_head,
        f"{A} 第1号 root: 通し番号 1 から 8 までのどれかが、手元の検認（8 件）",
        kept=True,
    ),
    "sign everything anew with the stolen key": Attack(
        sign_everything_anew,
        "通し番号 6 checkpoint: 記録の検認: 立会人 pref.example/witness の署名が検認に合いません",
        BY_WITNESS,
    ),
    "sign everything anew and drop the witness": Attack(
        sign_everything_anew_unwitnessed,
        "通し番号 8 cosignature: 立会人（pref.example/witness）の署名のある",
        BY_WITNESS,
    ),
    "sign everything anew, against a kept head": Attack(
        sign_everything_anew,
        f"{A} 第1号 root: 通し番号 1 から 8 までのどれかが、手元の検認",
        kept=True,
    ),
    "cut off the end with the stolen key": Attack(
        cut_and_sign_anew, "通し番号 6 position: 台帳がここで終わっています", kept=True
    ),
}


async def test_the_untouched_record_stands_every_demand(auditor: asyncpg.Pool, head: Note) -> None:
    trust = Trust(KEY.verifier, (WITNESS.verifier,), (head,))
    report_ = await verify(auditor, trust=trust)
    assert report_.sound, report_
    assert report_.head is not None
    assert report_.witnessed is not None
    assert (report_.head.size, report_.witnessed.size, report_.unsigned) == (8, 6, 0)
    assert report_.witnessed.witnessed == {"pref.example/witness": NOON}
    assert (await verify(auditor, A, trust=trust)).sound


@pytest.mark.parametrize("name", ATTACKS)
async def test_the_attack_is_found_and_the_first_event_named(
    owner: asyncpg.Connection, head: Note, name: str
) -> None:
    attack = ATTACKS[name]
    kept = (head,) if attack.kept else ()
    trust = Trust(attack.trust.log, attack.trust.witnesses, kept)
    work = owner.transaction(isolation="repeatable_read")
    await work.start()
    try:
        forger = Forger(owner)
        await forger.begin()
        await attack.act(forger)
        found = str((await verify(OnlyConnection.of(owner), trust=trust)).fault)
    finally:
        await work.rollback()
    assert found.startswith(attack.told), found
