"""検査: One event of the record, recomputed from what lies in the database.

`ROWS` reads events with what stands before and beside them; `sound` says of most at once that all
is well with them, as fast as Python can; `explain` looks closely at the others and names the
field that is wrong, if any. Bodies that were disposed of and texts of erased persons are no
faults where the record says that they went.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from json.encoder import encode_basestring as quoted

import asyncpg
from orjson import loads
from pydantic import BaseModel, ConfigDict

from store.canonical import FORM, Json, canonical, parse
from store.database import Connection
from store.person_keys import decrypt
from store.personal import commitments

Row = asyncpg.Record

ROWS = """
select x.position, x.log_hash, x.municipality, x.case_id, x.number, x.micros, x.command_id,
       x.command_digest, x.salt, x.body, x.body_digest, x.previous, x.hash, p.hash as before,
       x.body is json object with unique keys and x.log_case = x.case_id and x.log_number = x.number and (p.seq is null or p.seq < x.seq)
       and case when x.number = x.first then p.last is null or p.last = x.before_number
           else (p.first, p.last, p.command_id, p.command_digest)
              = (x.first, x.last, x.command_id, x.command_digest) end as joined,
       x.kind, x.on_day, x.person, x.office, x.role, x.ordinance, x.law, x.article, x.acting_for,
       x.paragraph, x.item, x.reserved_to,
       case when strpos(x.body, '"sealed"') > 0 then (
         select coalesce(json_agg(json_build_array(encode(s.sealed, 'hex'), s.of,
                  encode(s.cipher, 'hex'), encode(k.key, 'hex'))), '[]')::text
         from kyodo.personal s left join kyodo.person_key k on k.id = s.key_id
         where s.case_id = x.case_id and s.number = x.number) end as secrets
from (
  select l.position, l.case_id as log_case, l.number as log_number, l.hash as log_hash,
         e.municipality, e.case_id, e.number, e.number - 1 as before_number, e.seq, e.kind,
         e.on_day::text as on_day, (extract(epoch from e.recorded_at) * 1000000)::bigint as micros,
         e.person, e.office, e.role, e.acting_for, e.law, e.article, e.paragraph, e.item,
         e.ordinance, e.reserved_to, e.command_id, e.command_digest, e.first, e.last, e.salt, e.body,
         e.body_digest, e.previous, e.hash
  from {source}
  offset 0
) x
left join kyodo.event p on p.case_id = x.case_id and p.number = x.before_number
order by {order}
"""
IN_THE_LOG = ROWS.format(
    source="kyodo.log l left join kyodo.event e on e.seq = l.seq where l.position > $1 order by l.position",
    order="x.position",
)
"""Every event of the log after position $1; `case_id` is null where it is gone."""
NOT_IN_THE_LOG = ROWS.format(
    source="""kyodo.event e left join kyodo.log l on l.seq = e.seq
              where e.seq > $1 and l.seq is null order by e.case_id, e.number""",
    order="x.case_id, x.number",
)
"""Events numbered after $1 that the log does not hold."""
OF_A_CASE = ROWS.format(
    source="kyodo.event e left join kyodo.log l on l.seq = e.seq where e.case_id = $1",
    order="x.number",
)
_ROW_BY_ROW = """
set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_memoize = off;
set local max_parallel_workers_per_gather = 0
"""
"""From the first row on: a join over everything would wait and fill the memory."""
_AS_A_WHOLE = """
set local enable_hashjoin = on; set local enable_mergejoin = on; set local enable_memoize = on;
set local max_parallel_workers_per_gather = 0
"""
_BESIDE = """
select e.first, e.last, p.first as p_first, p.last as p_last, e.command_id, e.command_digest,
       p.command_id as p_command, p.command_digest as p_digest, e.seq <= p.seq as overtaken,
       e.seq <= g.settled as must_be_logged, l.case_id as log_case, l.number as log_number
from kyodo.event e cross join kyodo.progress g
left join kyodo.log l on l.seq = e.seq
left join kyodo.event p on p.case_id = e.case_id and p.number = $2 - 1
where e.case_id = $1 and e.number = $2
"""
_GONE = "select case_id, number from kyodo.log where position = $1"
_DISPOSED = """
select exists (select from kyodo.event
  where case_id = $1 and number < d.number and body is not null) as partly
from kyodo.event d
where d.case_id = $1 and d.kind = 'RecordDisposed' and d.number > $2 and d.body is not null
"""
_ERASED = """
select body from kyodo.event where case_id = $1 and kind = 'PersonErased' and number > $2
"""
_BATCH = 200
"""Rows fetched at once: the server makes the next ones while these are looked at."""


class Fault(BaseModel):
    """異常: The first event found wrong, the field, and what is wrong with it, in Japanese.

    Where no event can be named, `case` is empty and `number` a position in the log of all events.
    """

    model_config = ConfigDict(frozen=True)

    case: str
    number: int
    field: str
    what: str

    def __str__(self) -> str:
        """「指定-341002-0001 第3号 body: …」."""
        place = f"{self.case} 第{self.number}号" if self.case else f"通し番号 {self.number}"
        return f"{place} {self.field}: {self.what}"


class Rows:
    """The rows of one of the queries above, some at a time; needs a transaction.

    While some are looked at, the server makes the next ones, so the connection is busy; before
    anything else is asked of it, wait until it is `quiet`.
    """

    def __init__(self, connection: Connection, query: str, argument: object) -> None:
        self._connection, self._query, self._argument = connection, query, argument
        self._next: asyncio.Task[list[Row]] | None = None

    async def quiet(self) -> None:
        """Until the connection can be used for something else."""
        if self._next:
            await asyncio.wait([self._next])

    async def __aiter__(self) -> AsyncIterator[list[Row]]:
        few = self._query == NOT_IN_THE_LOG
        await self._connection.execute(_AS_A_WHOLE if few else _ROW_BY_ROW)
        cursor = await self._connection.cursor(self._query, self._argument)
        rows = await cursor.fetch(_BATCH)
        try:
            while rows:
                self._next = asyncio.create_task(cursor.fetch(_BATCH))
                await asyncio.sleep(0)  # so that the server hears of it now
                yield rows
                rows = await self._next
        finally:
            await self.quiet()


def sound(row: Row, withheld: bytes | None = None) -> bool:
    """Whether all is well with an event that has a body without personal texts; False is no fault yet.

    `withheld` is the hash of the event before it where the viewer may not see that one.
    """
    (
        _,
        log_hash,
        municipality,
        case,
        number,
        micros,
        command_id,
        command_digest,
        salt,
        body,
        body_digest,
        previous,
        hash_,
        before,
        joined,
        kind,
        on_day,
        person,
        office,
        role,
        ordinance,
        law,
        article,
        acting_for,
        paragraph,
        item,
        reserved_to,
        secrets,
    ) = row
    if not joined or body is None or secrets is not None:
        return False
    data = body.encode()
    preimage = (
        f'["{FORM}", {quoted(municipality)}, {quoted(case)}, {number}, {quoted(command_id)}, '
        f'"{command_digest.hex()}", {micros}, "{body_digest.hex()}", "{previous.hex()}"]'
    )
    if not (
        sha256(salt + data).digest() == body_digest
        and sha256(preimage.encode()).digest() == hash_ == log_hash
        and previous == (before or withheld or b"")
    ):
        return False
    try:
        act = loads(data)
        by, basis, acting = act["by"], act["basis"], act["by"].get("acting")
        return (
            kind == act["kind"]
            and on_day == act["on"]
            and person == by["person"]
            and office == by["office"]
            and role == by["role"]
            and ordinance == act["ordinance"]
            and law == basis["law"]
            and article == basis["article"]
            and acting_for == (acting["office"] if acting else None)
            and paragraph == basis.get("paragraph")
            and item == basis.get("item")
            and reserved_to == act.get("reserved_to")
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


async def explain(
    connection: Connection,
    row: Row,
    *,
    sees_personal: bool = True,
    withheld: bytes | None = None,
) -> Fault | None:
    """What is wrong with an event, None if nothing is; `withheld` as in `sound`."""
    if row["case_id"] is None:
        gone = await connection.fetchrow(_GONE, row["position"])
        case, number = (gone["case_id"], gone["number"]) if gone else ("", row["position"])
        what = f"通し番号 {row['position']} に当たる事実がありません"
        return Fault(case=case, number=number, field="event", what=what)
    (beside,) = await connection.fetch(_BESIDE, row["case_id"], row["number"])
    for field, what in _faults(row, beside, row["before"] or withheld):
        return _fault(row, field, what)
    if row["body"] is None:
        disposed = await connection.fetchrow(_DISPOSED, row["case_id"], row["number"])
        if disposed is None:
            return _fault(row, "body", "本文がありません（廃棄の記録もありません）")
        if disposed["partly"]:
            return _fault(row, "body", "本文がありませんが、廃棄された事案の他の本文は残っています")
    elif row["secrets"] is not None and sees_personal:
        return await _personal(connection, row)
    return None


def _faults(row: Row, beside: Row, before: bytes | None) -> "_Findings":
    yield from _beside(row, beside, before)
    yield from _within(row)
    yield from _in_the_log(row, beside)


def _fault(row: Row, field: str, what: str) -> Fault:
    return Fault(case=row["case_id"], number=row["number"], field=field, what=what)


_Findings = Iterator[tuple[str, str]]


def _beside(row: Row, beside: Row, before: bytes | None) -> _Findings:
    """What an event and the one before it in its case say of each other."""
    number, command = row["number"], row["command_id"]
    if number > 1 and before is None:
        yield "number", f"第{number - 1}号が抜けています"
    elif row["previous"] != (before or b""):
        yield "previous", "前の事実とつながりません"
    elif number == beside["first"]:
        if beside["p_last"] is not None and beside["p_last"] != number - 1:
            yield "first", f"受付番号 {command} の最初の事実ではありません"
    else:
        yield from _of_one_command(number, beside)
    if beside["last"] < number:
        yield "last", f"受付番号 {command} の最後の事実の番号が小さすぎます"
    if beside["overtaken"]:
        yield "seq", "記録の順が前の事実と逆です"


def _of_one_command(number: int, beside: Row) -> _Findings:
    if beside["p_last"] == number - 1:
        yield "first", f"受付番号 {beside['command_id']} の最初の事実ではありません"
    for field, before in (
        ("command_id", "p_command"),
        ("command_digest", "p_digest"),
        ("first", "p_first"),
        ("last", "p_last"),
    ):
        if beside[field] != beside[before]:
            yield field, f"第{beside['p_first']}号からの受付番号の事実が途中で変わります"


def _within(row: Row) -> _Findings:
    """What an event says of itself."""
    yield from _digest(row)
    yield from _hash(row)
    yield from _columns(row)


def _digest(row: Row) -> _Findings:
    if row["body"] is not None:
        data = row["body"].encode()
        if sha256(row["salt"] + data).digest() != row["body_digest"]:
            yield "body", "本文が記録時と違います（本文のダイジェストが一致しません）"


def _hash(row: Row) -> _Findings:
    parts = [FORM, row["municipality"], row["case_id"], row["number"], row["command_id"]]
    parts += [row["command_digest"].hex(), row["micros"], row["body_digest"].hex()]
    text = json.dumps([*parts, row["previous"].hex()], ensure_ascii=False)
    if sha256(text.encode()).digest() != row["hash"]:
        yield "hash", "封印が一致しません（番号・時刻・受付番号などが記録時と違います）"


def _columns(row: Row) -> _Findings:
    """Every column taken from the body must still say what the body says."""
    if (body := row["body"]) is None:
        return
    try:
        if canonical(body) != body:
            yield "body", "本文が正規の形で書かれていません"
        for field, value in _extracted(parse(body)).items():
            if row[field] != value:
                yield field, f"列の値「{row[field]}」が本文の「{value}」と違います"
    except (ValueError, KeyError) as cause:
        yield "body", f"本文を読めません（{cause}）"


def _extracted(body: Json) -> dict[str, object]:
    act, by, basis = _object(body), _object(_object(body)["by"]), _object(_object(body)["basis"])
    acting = by.get("acting")
    return {
        "kind": act["kind"],
        "on_day": act["on"],
        "ordinance": act["ordinance"],
        "person": by["person"],
        "office": by["office"],
        "role": by["role"],
        "acting_for": acting["office"] if isinstance(acting, dict) else None,
        **{name: basis.get(name) for name in ("law", "article", "paragraph", "item")},
        "reserved_to": act.get("reserved_to"),
    }


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _in_the_log(row: Row, beside: Row) -> _Findings:
    if row["position"] is None:
        if beside["must_be_logged"]:
            yield "position", "通し番号がありません"
    elif (beside["log_case"], beside["log_number"]) != (row["case_id"], row["number"]):
        yield "position", f"通し番号 {row['position']} は別の事実を指しています"
    elif row["log_hash"] != row["hash"]:
        yield "position", f"通し番号 {row['position']} の封印と一致しません"


async def _personal(connection: Connection, row: Row) -> Fault | None:
    """Every digest of a personal text in the body against the text that is kept for it."""
    kept: dict[str, tuple[str, str, str, str | None]] = {
        one[0]: one for one in json.loads(row["secrets"])
    }
    sealed = {digest: of for of, digest in commitments(row["body"])}
    if sealed != {digest: one[1] for digest, one in kept.items()}:
        what = "個人に関する情報の本文が、封印と対応しません（欠けているか、余っています）"
        return _fault(row, "personal", what)
    for digest, (_, of, cipher, key) in kept.items():
        if key is None:
            if of not in await _erased(connection, row):
                what = f"{of} の鍵がありません（消去の記録もありません）"
                return _fault(row, "personal", what)
        elif not _opens(key, of, digest, cipher):
            return _fault(row, "personal", "個人に関する情報の本文が記録時と違います")
    return None


async def _erased(connection: Connection, row: Row) -> set[str]:
    rows = await connection.fetch(_ERASED, row["case_id"], row["number"])
    return {str(_object(parse(one["body"]))["subject"]) for one in rows if one["body"]}


def _opens(key: str, of: str, digest: str, cipher: str) -> bool:
    try:
        secret = decrypt(bytes.fromhex(key), of, bytes.fromhex(digest), bytes.fromhex(cipher))
    except ValueError:
        return False
    return secret.sealed == digest
