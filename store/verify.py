"""検証: Recomputes everything the record claims, and names the first event that is wrong.

Every event is recomputed in the order of the log (`store.examine`), and with it the tree over all
events, which must have the root of every signed head on the way: those in the database, and
those that an auditor kept elsewhere. Nothing here trusts a trigger, a role or a column: the
owner of the server can change them all, and what he changes is found here.

Memory does not grow with the record, and a later run can begin where a head was verified before.
A viewer who may see one municipality only verifies its events, and the tree over all of them by
the hashes of the others.
"""

from collections.abc import Callable, Sequence

import asyncpg
from pydantic import BaseModel, ConfigDict

from store.audit.looks import verify_looks
from store.database import UNREACHABLE, Connection
from store.errors import OutOfReach
from store.examine import (
    IN_THE_LOG,
    NOT_IN_THE_LOG,
    OF_A_CASE,
    Fault,
    Row,
    Rows,
    explain,
    sound,
)
from store.proof.merkle import Frontier, leaf, root_from_inclusion
from store.proof.notes import NoteError
from store.proof.tiles import Proofs, frontier_of
from store.proof.trust import KEPT, STORED, Head, SignedHead, Trust, stored_head

Progress = Callable[[int], None]
_EVERY = 10_000
_SPARSE = 10_000
"""Events from one stored head to the next that is looked at, unless something is wrong."""
_ALL_CASES = 2**62
_CUT_OFF = "台帳がここで終わっています。後の事実が失われています"
_HEADS = """
select max(size) as size from kyodo.checkpoint where size > $1 group by size / $2
union select size from kyodo.cosignature where size > $1
order by size
"""
_COSIGNED = "select max(size) from kyodo.cosignature"
_SIZES = "select size from kyodo.checkpoint where size > $1 and size < $2 order by size"
_HASHES = "select hash from kyodo.hashes($1, $2) as hash"
_PLACE = "select case_id, number from kyodo.log where position = $1"
_UNPLACED = """
select e.case_id, e.number from kyodo.event e
where e.seq > coalesce((select max(seq) from kyodo.log where position < $1), 0)
  and not exists (select from kyodo.log l where l.seq = e.seq)
order by e.seq limit 1
"""
_LEFT_OVER = {
    "head": """
        select h.case_id, h.number, case
          when e.number is null then '事案の末尾の行に当たる事実がありません'
          when n.number is not null then '末尾は第' || h.number || '号のはずですが、後に事実があります'
          else '事案の末尾の行と一致しません' end
        from kyodo.head h
        left join kyodo.event e on e.case_id = h.case_id and e.number = h.number
        left join kyodo.event n on n.case_id = h.case_id and n.number = h.number + 1
        where ($1::text is null or h.case_id = $1)
          and not exists (select from kyodo.withheld() w where w.case_id = h.case_id and w.number = h.number and w.hash = h.hash)
          and (e.number is null or n.number is not null or e.hash <> h.hash
               or e.municipality <> h.municipality)
        order by 1 limit 1""",
    "last": """
        select e.case_id, e.number, '受付番号 ' || e.command_id || ' の事実は第' || e.last || '号まであるはずです'
        from kyodo.head h join kyodo.event e on e.case_id = h.case_id and e.number = h.number
        where ($1::text is null or h.case_id = $1) and e.last <> e.number
        order by 1 limit 1""",
    "personal": """
        select p.case_id, p.number, '個人に関する情報の行に当たる事実がありません'
        from kyodo.personal p
        where ($1::text is null or p.case_id = $1) and not exists (
          select from kyodo.event e where e.case_id = p.case_id and e.number = p.number
          and position(encode(p.sealed, 'hex') in e.body) > 0)
        order by 1, 2 limit 1""",
    "party": """
        select p.case_id, 1, '当事者 ' || p.municipality || ' を挙げた事実がありません'
        from kyodo.party p
        where ($1::text is null or p.case_id = $1) and not exists (
          select from kyodo.event e where e.case_id = p.case_id and e.reserved_to is null
          and (e.body is null or e.body::jsonb -> 'parties' ? p.municipality))
        order by 1 limit 1""",
}
"""What no single event shows: each query gives the first (case, number, fault)."""
_WITHHELD = "select case_id, number, hash from kyodo.withheld()"
_HEADLESS = """
select e.case_id, e.number, '事案の末尾の行がありません' from kyodo.event e
where ($1::text is null or e.case_id = $1) and e.number = 1
  and $2 > (select count(*) from kyodo.head h where $1::text is null or h.case_id = $1)
  and not exists (select from kyodo.head h where h.case_id = e.case_id)
order by 1 limit 1
"""
"""A case without its head, looked for only where there are fewer heads than the $2 cases seen."""


class Report(BaseModel):
    """検証の結果: How far the record was recomputed, and the first fault if any.

    `since` events were taken as verified before; `unsigned` came after the last signed head;
    `witnessed` is the newest head that every witness asked for has cosigned. `remarks` tell in
    Japanese what could not be verified, and why.
    """

    model_config = ConfigDict(frozen=True)

    events: int
    cases: int
    since: int = 0
    unsigned: int = 0
    head: Head | None = None
    witnessed: Head | None = None
    remarks: tuple[str, ...] = ()
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
    pool: asyncpg.Pool,
    case: str | None = None,
    progress: Progress | None = None,
    trust: Trust | None = None,
) -> Report:
    """Recompute the record, or one case of it, in one snapshot; stops at the first fault.

    Needs the role of an auditor. `progress` is told the number of events done, now and then.
    """
    try:
        async with (
            pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            walk = _Walk(connection, progress or _silent, trust or Trust())
            return await walk.over(case)
    except UNREACHABLE as cause:
        raise OutOfReach("verifying the record", cause) from cause


def _silent(_: int) -> None:
    """Nobody wants to hear of progress."""


class _Found(Exception):
    """The first fault ends the walk."""

    def __init__(self, case: str, number: int, field: str, what: str) -> None:
        super().__init__(what)
        self.fault = Fault(case=case, number=number, field=field, what=what)


class _Walk:
    """One verification on one connection."""

    def __init__(self, connection: Connection, progress: Progress, trust: Trust) -> None:
        self._connection, self._progress, self._trust = connection, progress, trust
        self._events, self._cases, self._since, self._sees = 0, 0, 0, True
        self._withheld: dict[tuple[str, int], bytes] = {}
        self._tree = Frontier()
        self._good = {STORED: Frontier(), KEPT: Frontier()}
        self._ahead: list[SignedHead] = []
        self._head: Head | None = None
        self._witnessed: Head | None = None
        self._remarks: list[str] = []

    async def over(self, case: str | None) -> Report:
        """One case, or the whole record as far as the viewer sees it."""
        self._sees = await self._connection.fetchval("select kyodo.sees_personal()")
        if not self._sees:
            self._remarks.append("個人に関する情報の本文は、閲覧の権限がないため確かめていません")
        hidden = await self._connection.fetch(_WITHHELD)
        self._withheld = {(one["case_id"], one["number"]): one["hash"] for one in hidden}
        if hidden:
            self._remarks.append(
                f"他の団体の内部の行為 {len(hidden)} 件は、封印のつながりだけを確かめました"
            )
        fault = None
        try:
            await (self._one(case) if case else self._all())
            self._demand_witnesses()
        except _Found as found:
            fault = found.fault
        return await self._report(case, fault)

    async def _all(self) -> None:
        await self._begin()
        await self._look_ahead()
        async for rows in (stream := Rows(self._connection, IN_THE_LOG, self._since)):
            await self._take(rows, stream)
        last = self._ahead[-1].head.size if self._ahead else 0
        size = await self._connection.fetchval("select kyodo.log_size()")
        await self._others(max(size, last))
        if await self._connection.fetchval("select count(*) from kyodo.event") > self._walked():
            async for rows in (stream := Rows(self._connection, NOT_IN_THE_LOG, 0)):
                await self._examine(rows, stream)
        await self._left_over(None)
        await self._check_looks()

    async def _check_looks(self) -> None:
        """The log of looks, where the viewer sees all of it."""
        if await self._connection.fetchval("select kyodo.places()") is None:
            number, wrong = await verify_looks(self._connection)
            if wrong:
                raise _Found("", number + 1, "access", wrong)

    async def _one(self, case: str) -> None:
        last: Row | None = None
        async for rows in (stream := Rows(self._connection, OF_A_CASE, case)):
            await self._examine(rows, stream)
            last = next((row for row in reversed(rows) if row["position"]), last)
        await self._left_over(case)
        if last is not None:
            await self._prove(last)
        for kept in self._trust.kept:
            await self._contains(SignedHead.kept(kept))
        if self._trust.witnesses and (size := await self._connection.fetchval(_COSIGNED)):
            await self._contains(await self._stored(size))

    def _walked(self) -> int:
        """Events that have been seen in the log; with a head to begin with, nobody knows how many."""
        return -1 if self._since else self._events

    # --- 事実を一つずつ ---------------------------------------------------------------------------

    async def _begin(self) -> None:
        """Where a head was verified before, go on from it if the log still begins with it."""
        if self._trust.since is None:
            return
        since = SignedHead.kept(self._trust.since)
        self._believe(since)
        try:
            tree = await frontier_of(self._connection, since.head.size)
        except LookupError:
            return  # the log is shorter: the walk will tell
        if tree.root() == since.head.root:
            self._tree, self._since = tree, tree.size
            self._good = {STORED: tree.copy(), KEPT: tree.copy()}

    async def _take(self, rows: Sequence[Row], stream: Rows) -> None:
        """Rows in the order of the log; others may lie between those that the viewer sees."""
        if rows[-1]["position"] == self._tree.size + len(rows):
            await self._examine(rows, stream)
            await self._advance([leaf(row["log_hash"]) for row in rows], stream)
            return
        for row in rows:
            if row["position"] > self._tree.size + 1:
                await stream.quiet()
                await self._others(row["position"] - 1)
            await self._examine([row], stream)
            await self._advance([leaf(row["log_hash"])], stream)

    async def _examine(self, rows: Sequence[Row], stream: Rows) -> None:
        for row in rows:
            before = self._hidden_before(row)
            if not sound(row, before):
                await stream.quiet()
                fault = await explain(
                    self._connection, row, sees_personal=self._sees, withheld=before
                )
                if fault:
                    raise _Found(fault.case, fault.number, fault.field, fault.what)
            if row["number"] == 1:
                self._cases += 1
        before, self._events = self._events, self._events + len(rows)
        if before // _EVERY < self._events // _EVERY:
            self._progress(self._events)

    def _hidden_before(self, row: Row) -> bytes | None:
        """The hash of the event before it, where that is another government's own."""
        if not self._withheld or row["case_id"] is None:
            return None
        return self._withheld.get((row["case_id"], row["number"] - 1))

    async def _advance(self, leaves: Sequence[bytes], stream: Rows | None = None) -> None:
        """Grow the tree, comparing it with every head on the way."""
        done = 0
        while self._ahead and self._ahead[0].head.size <= self._tree.size + len(leaves) - done:
            if stream:
                await stream.quiet()
            upto = done + self._ahead[0].head.size - self._tree.size
            self._tree.extend(leaves[done:upto])
            done = upto
            await self._compare(self._ahead.pop(0))
        self._tree.extend(leaves[done:] if done else leaves)

    async def _others(self, end: int) -> None:
        """The hashes of events that the viewer does not see, up to position `end`."""
        while self._tree.size < end:
            first = self._tree.size + 1
            rows = await self._connection.fetch(_HASHES, first, min(end, first + _EVERY - 1))
            if not rows:
                await self._name_gap(first)
            await self._advance([leaf(one["hash"]) for one in rows])

    async def _name_gap(self, position: int) -> None:
        """Name the event that should have this place in the log, if it is still there."""
        size = await self._connection.fetchval("select kyodo.log_size()")
        what = _CUT_OFF if size < position else f"通し番号 {position} が抜けています"
        row = await self._connection.fetchrow(_UNPLACED, position)
        case, number = (row["case_id"], row["number"]) if row else ("", position)
        raise _Found(case, number, "position", what)

    # --- 検認 -------------------------------------------------------------------------------------

    async def _look_ahead(self) -> None:
        """The heads to compare with on the way: kept ones, and some of those stored."""
        kept = (*self._trust.kept, *([self._trust.since] if self._trust.since else []))
        heads = [SignedHead.kept(note) for note in kept]
        sizes = await self._connection.fetch(_HEADS, self._since, _SPARSE)
        heads += [await self._stored(row["size"]) for row in sizes]
        ahead = [one for one in heads if one.head.size > self._since]
        self._ahead = sorted(ahead, key=lambda one: one.head.size)

    async def _stored(self, size: int) -> SignedHead:
        try:
            return await stored_head(self._connection, size)
        except NoteError as wrong:
            raise _Found("", size, "checkpoint", str(wrong)) from None

    def _believe(self, signed: SignedHead) -> Head:
        try:
            return self._trust.believe(signed)
        except NoteError as wrong:
            raise _Found("", signed.head.size, "checkpoint", f"{signed.where}: {wrong}") from None

    async def _compare(self, signed: SignedHead) -> None:
        """The tree so far against a head of the same size."""
        head = self._believe(signed)
        if self._tree.root() != signed.head.root:
            await self._find_difference(signed)
        self._good[signed.where], self._head = self._tree.copy(), head
        if self._trust.satisfied_by(head):
            self._witnessed = head

    def _demand_witnesses(self) -> None:
        if self._trust.witnesses and self._witnessed is None:
            names = "、".join(one.name for one in self._trust.witnesses)
            what = f"立会人（{names}）の署名のある検認がありません"
            raise _Found("", self._tree.size, "cosignature", what)

    async def _find_difference(self, signed: SignedHead) -> None:
        """Name the narrowest span of the log, between two heads, in which the tree differs.

        Where it is a kept head that differs, the stored ones may have been forged, too.
        """
        tree, before = self._good[signed.where].copy(), self._good[signed.where].size
        upto = signed.head.size if signed.where == STORED else 0
        for row in await self._connection.fetch(_SIZES, before, upto):
            hashes = await self._connection.fetch(_HASHES, before + 1, row["size"])
            tree.extend(leaf(one["hash"]) for one in hashes)
            if tree.root() != (await self._stored(row["size"])).head.root:
                await self._name(before + 1, row["size"], STORED)
            before = row["size"]
        await self._name(before + 1, signed.head.size, signed.where)

    async def _name(self, first: int, last: int, where: str) -> None:
        row = await self._connection.fetchrow(_PLACE, first)
        span = f"通し番号 {first}" + ("" if first == last else f" から {last} までのどれか")
        what = f"{span}が、{where}（{last} 件）のときの事実と違います"
        raise _Found(row["case_id"] if row else "", row["number"] if row else first, "root", what)

    async def _prove(self, row: Row) -> None:
        """That the newest head of the log holds the last event of a case."""
        size = await self._connection.fetchval("select max(size) from kyodo.checkpoint")
        if size is None or row["position"] > size:
            return
        signed = await self._stored(size)
        self._head = self._believe(signed)
        if self._trust.satisfied_by(self._head):
            self._witnessed = self._head
        try:
            proof = await Proofs(self._connection).inclusion(row["position"] - 1, size)
        except LookupError as wrong:
            raise _Found(row["case_id"], row["number"], "position", str(wrong)) from None
        if root_from_inclusion(leaf(row["hash"]), row["position"] - 1, size, proof) != (
            signed.head.root
        ):
            what = f"{STORED}（{size} 件）に含まれていません"
            raise _Found(row["case_id"], row["number"], "root", what)

    async def _contains(self, kept: SignedHead) -> None:
        """That a head is one the log once had."""
        head = self._believe(kept)
        try:
            root = (await frontier_of(self._connection, head.size)).root()
        except LookupError:
            raise _Found("", await self._first_missing(), "position", _CUT_OFF) from None
        if root != kept.head.root:
            await self._name(1, head.size, kept.where)
        if self._trust.satisfied_by(head):
            self._witnessed = self._witnessed or head

    async def _first_missing(self) -> int:
        return 1 + await self._connection.fetchval("select kyodo.log_size()")

    # --- 結果 -------------------------------------------------------------------------------------

    async def _left_over(self, case: str | None) -> None:
        for field, query in _LEFT_OVER.items():
            if row := await self._connection.fetchrow(query, case):
                raise _Found(row[0], row[1], field, row[2])
        seen = _ALL_CASES if self._since else self._cases
        if row := await self._connection.fetchrow(_HEADLESS, case, seen):
            raise _Found(row[0], row[1], "head", row[2])

    async def _report(self, case: str | None, fault: Fault | None) -> Report:
        cases = await self._connection.fetchval(
            "select count(*) from kyodo.head where $1::text is null or case_id = $1", case
        )
        signed = self._head.size if self._head else self._since
        return Report(
            events=self._events,
            cases=cases,
            since=self._since,
            unsigned=0 if case else max(0, self._tree.size - signed),
            head=self._head,
            witnessed=self._witnessed if self._trust.witnesses else None,
            remarks=tuple(self._remarks),
            fault=fault,
        )
