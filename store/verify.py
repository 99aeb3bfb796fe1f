"""検証: Recomputes everything the record claims, and names the first event that is wrong.

The whole record is read once in a single snapshot, a row at a time, so writers may go on and
memory does not grow. What the database can compare with itself (missing heads or log
rows) it is asked in a second part. Nothing here trusts a trigger: the owner of a server
can switch them off, and what he then changes is found here.
"""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date

import asyncpg
from pydantic import BaseModel, ConfigDict

from store.canonical import Json, body_digest, canonical, parse, preimage, seal
from store.database import UNREACHABLE, Connection
from store.errors import OutOfReach
from store.personal import MARK, commitments

Progress = Callable[[int], None]
_EVERY = 10_000
_PREFETCH = 500
_EVENTS = """
select e.*, h.municipality as head_municipality, h.number as head_number, h.hash as head_hash,
       l.position, l.case_id as log_case, l.number as log_number, l.hash as log_hash,
       e.seq <= g.settled as must_be_logged,
       case when strpos(e.body, $2) > 0 then (
         select array_agg(encode(p.sealed, 'hex') || p.of order by p.sealed) from kyodo.personal p
         where p.case_id = e.case_id and p.number = e.number) end as personal,
       case when strpos(e.body, $2) > 0 then (
         select array_agg(p.salt || convert_to(p.text, 'UTF8') order by p.sealed)
         from kyodo.personal p
         where p.case_id = e.case_id and p.number = e.number) end as personal_texts
from kyodo.event e
cross join kyodo.progress g
left join kyodo.head h on h.case_id = e.case_id
left join kyodo.log l on l.seq = e.seq
where $1::text is null or e.case_id = $1
order by e.case_id, e.number
"""
_LEFT_OVER = {
    "head": """
        select h.case_id, h.number, '事案の末尾の行に当たる事実がありません' from kyodo.head h
        where ($1::text is null or h.case_id = $1) and not exists (
          select from kyodo.event e where e.case_id = h.case_id and e.number = h.number)
        order by 1 limit 1""",
    "log": """
        select l.case_id, l.number, '通し番号 ' || l.position || ' に当たる事実がありません'
        from kyodo.log l
        where ($1::text is null or l.case_id = $1)
          and not exists (select from kyodo.event e where e.seq = l.seq)
        order by l.position limit 1""",
    "personal": """
        select p.case_id, p.number, '個人に関する情報の行に当たる事実がありません'
        from kyodo.personal p
        where ($1::text is null or p.case_id = $1) and not exists (
          select from kyodo.event e where e.case_id = p.case_id and e.number = p.number
          and position(encode(p.sealed, 'hex') in e.body) > 0)
        order by 1, 2 limit 1""",
    "position": """
        select l.case_id, l.number, '通し番号 ' || l.position || ' の前が抜けています'
        from (select *, lag(position, 1, 0::bigint) over (order by position) as before
              from kyodo.log) l
        where l.position <> l.before + 1 and ($1::text is null or l.case_id = $1)
        order by l.position limit 1""",
}
"""What stays behind when events are removed: each query gives the first (case, number, fault)."""


class Fault(BaseModel):
    """異常: The first event found wrong, the field, and what is wrong with it, in Japanese."""

    model_config = ConfigDict(frozen=True)

    case: str
    number: int
    field: str
    what: str

    def __str__(self) -> str:
        """「指定-341002-0001 第3号 body: …」."""
        return f"{self.case} 第{self.number}号 {self.field}: {self.what}"


class Report(BaseModel):
    """検証の結果: How many events and cases were recomputed, and the first fault if any."""

    model_config = ConfigDict(frozen=True)

    events: int
    cases: int
    fault: Fault | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing was found wrong."""
        return self.fault is None

    def __str__(self) -> str:
        """One line for an auditor."""
        if self.fault is None:
            return f"異常はありません（事案 {self.cases} 件、事実 {self.events} 件）"
        return f"異常があります: {self.fault}"


async def verify(
    pool: asyncpg.Pool, case: str | None = None, progress: Progress | None = None
) -> Report:
    """Recompute the record, or one case of it, in one snapshot; stops at the first fault.

    Needs the role of an auditor whose reach covers what is to be verified. `progress` is told
    the number of events done, now and then.
    """
    try:
        async with (
            pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            return await _verify(connection, case, progress or _silent)
    except UNREACHABLE as cause:
        raise OutOfReach("verifying the record", cause) from cause


def _silent(_: int) -> None:
    """Nobody wants to hear of progress."""


async def _verify(connection: Connection, case: str | None, progress: Progress) -> Report:
    events, cases = 0, 0
    before: asyncpg.Record | None = None
    async for row in _rows(connection, case):
        fault = _between(before, row) or _within(row)
        if fault:
            return Report(events=events, cases=cases, fault=fault)
        cases += before is None or before["case_id"] != row["case_id"]
        events, before = events + 1, row
        if events % _EVERY == 0:
            progress(events)
    fault = _end(before) or await _left_over(connection, case)
    return Report(events=events, cases=cases, fault=fault)


async def _rows(connection: Connection, case: str | None) -> AsyncIterator[asyncpg.Record]:
    async for row in connection.cursor(_EVENTS, case, MARK, prefetch=_PREFETCH):
        yield row


def _fault(row: asyncpg.Record, field: str, what: str) -> Fault:
    return Fault(case=row["case_id"], number=row["number"], field=field, what=what)


def _between(before: asyncpg.Record | None, row: asyncpg.Record) -> Fault | None:
    """What two neighbouring rows say of each other: density, chain, order, the end of a case."""
    if before is None or before["case_id"] != row["case_id"]:
        return _end(before) or _first(row)
    if row["number"] != before["number"] + 1:
        return _fault(row, "number", f"第{before['number'] + 1}号が抜けています")
    if row["previous"] != before["hash"]:
        return _fault(row, "previous", "前の事実とつながりません")
    if fault := _next_of_command(before, row):
        return fault
    if row["seq"] <= before["seq"]:
        return _fault(row, "seq", "記録の順が前の事実と逆です")
    if row["position"] is not None and (before["position"] or row["position"]) >= row["position"]:
        return _fault(
            row, "position", "通し番号の順が事案の順と逆か、前の事実に通し番号がありません"
        )
    return None


def _first(row: asyncpg.Record) -> Fault | None:
    if row["number"] != 1:
        return _fault(row, "number", "第1号が抜けています")
    if row["previous"] != b"":
        return _fault(row, "previous", "第1号の前に事実があることになっています")
    return _begins_command(row)


def _next_of_command(before: asyncpg.Record, row: asyncpg.Record) -> Fault | None:
    """The events of a command follow one another, and all say which they are."""
    if before["number"] == before["last"]:
        return _begins_command(row)
    for field in ("command_id", "command_digest", "first", "last"):
        if row[field] != before[field]:
            return _fault(
                row, field, f"第{before['first']}号からの受付番号の事実が途中で変わります"
            )
    return None


def _begins_command(row: asyncpg.Record) -> Fault | None:
    if row["first"] != row["number"]:
        return _fault(row, "first", f"受付番号 {row['command_id']} の最初の事実ではありません")
    if row["last"] < row["number"]:
        return _fault(row, "last", f"受付番号 {row['command_id']} の最後の事実の番号が小さすぎます")
    return None


def _end(row: asyncpg.Record | None) -> Fault | None:
    """The last event of a case against the head row."""
    if row is None:
        return None
    if row["head_number"] is None:
        return _fault(row, "head", "事案の末尾の行がありません")
    if row["head_number"] != row["number"]:
        return _fault(
            row, "head", f"末尾は第{row['head_number']}号のはずです。後の事実がありません"
        )
    if row["head_hash"] != row["hash"] or row["head_municipality"] != row["municipality"]:
        return _fault(row, "head", "事案の末尾の行と一致しません")
    if row["last"] != row["number"]:
        return _fault(
            row, "last", f"受付番号 {row['command_id']} の事実は第{row['last']}号まであるはずです"
        )
    return None


def _within(row: asyncpg.Record) -> Fault | None:
    """The first thing wrong within a row."""
    try:
        for check in (_digest, _hash, _columns, _log, _personal):
            for field, what in check(row):
                return _fault(row, field, what)
    except (ValueError, KeyError) as cause:
        return _fault(row, "body", f"本文を読めません（{cause}）")
    return None


_Findings = Iterator[tuple[str, str]]


def _digest(row: asyncpg.Record) -> _Findings:
    if body_digest(row["salt"], row["body"]) != row["body_digest"]:
        yield "body", "本文が記録時と違います（本文のダイジェストが一致しません）"


def _hash(row: asyncpg.Record) -> _Findings:
    text = preimage(
        municipality=row["municipality"],
        case=row["case_id"],
        number=row["number"],
        command_id=row["command_id"],
        command_digest=row["command_digest"],
        recorded_at=row["recorded_at"],
        digest=row["body_digest"],
        previous=row["previous"],
    )
    if seal(text) != row["hash"]:
        yield "hash", "封印が一致しません（番号・時刻・受付番号などが記録時と違います）"


def _columns(row: asyncpg.Record) -> _Findings:
    """Every column taken from the body must still say what the body says."""
    body = row["body"]
    if canonical(body) != body:
        yield "body", "本文が正規の形で書かれていません"
    for field, value in _extracted(parse(body)).items():
        if row[field] != value:
            yield field, f"列の値「{row[field]}」が本文の「{value}」と違います"


def _extracted(body: Json) -> dict[str, object]:
    act, by, basis = _object(body), _object(_object(body)["by"]), _object(_object(body)["basis"])
    acting = by.get("acting")
    return {
        "kind": act["kind"],
        "on_day": date.fromisoformat(str(act["on"])),
        "ordinance": act["ordinance"],
        "person": by["person"],
        "office": by["office"],
        "role": by["role"],
        "acting_for": acting["office"] if isinstance(acting, dict) else None,
        **{name: basis.get(name) for name in ("law", "article", "paragraph", "item")},
    }


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _log(row: asyncpg.Record) -> _Findings:
    if row["position"] is None:
        if row["must_be_logged"]:
            yield "position", "通し番号がありません"
    elif (row["log_case"], row["log_number"]) != (row["case_id"], row["number"]):
        yield "position", f"通し番号 {row['position']} は別の事実を指しています"
    elif row["log_hash"] != row["hash"]:
        yield "position", f"通し番号 {row['position']} の封印と一致しません"


def _personal(row: asyncpg.Record) -> _Findings:
    sealed = sorted(digest + of for of, digest in commitments(row["body"]))
    kept = sorted(row["personal"] or [])
    if sealed != kept:
        yield (
            "personal",
            "個人に関する情報の本文が、封印と対応しません（欠けているか、余っています）",
        )
    texts: list[bytes] = row["personal_texts"] or []
    digests = sorted(hashlib.sha256(each).hexdigest() for each in texts)
    if digests != [each[:64] for each in kept]:
        yield "personal", "個人に関する情報の本文が記録時と違います"


async def _left_over(connection: Connection, case: str | None) -> Fault | None:
    for field, query in _LEFT_OVER.items():
        row = await connection.fetchrow(query, case)
        if row is not None:
            return Fault(case=row[0], number=row[1], field=field, what=row[2])
    return None
