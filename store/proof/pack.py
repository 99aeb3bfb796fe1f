"""綴りの書出し: A part of the record as a file that anyone can verify without us.

A pack holds events with their envelopes, the newest head that witnesses have cosigned (or the
newest at all), and what proves that the events are in the log under that head. Personal texts
and whole bodies may be withheld, each for a stated reason (情報公開); their digests stay, so what is
left verifies as before. The format is described in `readme_ja.md` and checked by `standalone`.
"""

import hashlib
import json
import zipfile
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import asyncpg

from store.audit.desk import Desk, Viewer
from store.canonical import FORM as EVENT_FORM
from store.database import Connection
from store.errors import RecordError
from store.person_keys import decrypt
from store.personal import MARK, commitments
from store.proof.checkpoints import Checkpoint
from store.proof.notes import Note, NoteError, Verifier
from store.proof.standalone import source
from store.proof.standalone.checks import Trusted, Verification
from store.proof.standalone.packs import CHECKPOINT, EVENTS, FORM, INDEX, MANIFEST, PROOFS, Pack
from store.proof.standalone.tree import Wrong
from store.proof.tiles import TLOG_PROOF, Proofs
from store.proof.trust import SignedHead, stored_head

Scope = Literal["case", "municipality", "all"]
NO_RIGHT, ERASED = "閲覧の権限がないため", "個人情報の消去により本文はない"
_NEWEST = "select max(size) from kyodo.checkpoint"
_WITNESSED = """
select max(size) from kyodo.cosignature
where $3 or size >= (select max(l.position) from {source})
"""
"""The newest cosigned head; unless $3, only where no event of the scope comes after it."""
_EVENTS = """
select l.position, e.municipality, e.case_id, e.number, e.command_id, e.command_digest,
       (extract(epoch from e.recorded_at) * 1000000)::bigint as micros, e.salt, e.body,
       e.body_digest, e.previous, e.hash
from {source}
order by l.position
"""
_SOURCES: Mapping[Scope, str] = {
    "case": """kyodo.event e join kyodo.log l on l.seq = e.seq
               where l.position <= $1 and e.case_id = $2""",
    "municipality": """kyodo.head h join kyodo.event e on e.case_id = h.case_id
               join kyodo.log l on l.seq = e.seq where l.position <= $1 and h.municipality = $2""",
    "all": """kyodo.log l join kyodo.event e on e.seq = l.seq
               where l.position <= $1 and ($2::text is null or true)""",
}
_HIDDEN = """
select min(case_id) from kyodo.withheld()
where $1 = 'all' or $1 = 'case' and case_id = $2
   or $1 = 'municipality' and split_part(case_id, '-', 2) = $2
"""
_PERSONAL = """
select p.sealed, p.of, p.cipher, k.key
from kyodo.personal p left join kyodo.person_key k on k.id = p.key_id
where p.case_id = $1 and p.number = $2
"""
_STAMPS = "select authority, token from kyodo.stamp where size = $1 order by authority"
_BATCH = 500


class PackError(RecordError):
    """A pack cannot be made as asked; the text is Japanese and says what to do."""


@dataclass(frozen=True)
class Order:
    """綴りの求め: What goes into a pack, for whom, and what is withheld from it.

    `place` is the case number or 団体コード of the scope; `log` the key under which the heads are
    signed; `since` heads that the receiver kept, from which consistency is proved; `complete` adds
    the envelopes of the whole log, which show that nothing follows; `witnessed` ends the pack at the
    newest head that a witness has cosigned. `withhold_personal` is the
    reason for withholding all personal texts, `withhold` the reasons for whole bodies by case and
    number. `schemas` are the JSON Schemas of events by kind.
    """

    scope: Scope
    place: str
    log: Verifier
    made_at: datetime
    schemas: Mapping[str, Mapping[str, Any]]
    since: tuple[Note, ...] = ()
    complete: bool = False
    witnessed: bool = False
    withhold_personal: str = ""
    withhold: Mapping[tuple[str, int], str] = field(default_factory=dict[tuple[str, int], str])


@dataclass(frozen=True)
class Made:
    """作った綴り: How many events of how many cases it holds, under which head, and its SHA-256."""

    file: Path
    events: int
    cases: int
    size: int
    digest: str


async def write_pack(
    desk: Desk,
    viewer: Viewer,
    order: Order,
    file: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> Made:
    """Write a pack and verify it as its receiver will; nothing is left behind where that fails.

    Raises PackError where there is no signed head, nothing to hand out, or the viewer may not see
    what was asked for, and where the record itself is no longer what was recorded.
    """
    _must_be_new(file)
    part = file.with_name(f"{file.name}.part")
    try:
        made = await _write(desk, viewer, order, part, progress)
        _verify(part, order)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    return Made(file, made.events, made.cases, made.size, made.digest)


def _must_be_new(file: Path) -> None:
    if file.exists():
        raise PackError(f"{file} はすでにあります。別の名前にしてください")


async def _write(
    desk: Desk, viewer: Viewer, order: Order, file: Path, progress: Callable[[int], None]
) -> Made:
    detail = {"complete": order.complete, "withheld": len(order.withhold)}
    case = order.place if order.scope == "case" else None
    place = order.place if order.scope == "municipality" else None
    async with desk.look(
        viewer, "綴りの書出し", case=case, municipality=place, detail=detail
    ) as connection:
        head = await _head(connection, order)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            writer = _Writer(connection, order, viewer, _Archive(archive), head, progress)
            await writer.write()
    with file.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return Made(file, writer.events, len(writer.ends), head.head.size, digest)


async def _head(connection: Connection, order: Order) -> SignedHead:
    """The newest head; a witnessed one where that leaves nothing out, or as ordered."""
    newest = await connection.fetchval(_NEWEST)
    if newest is None:
        raise PackError(
            "署名された検認がまだありません。台帳の鍵（KYODO_LOG_KEY）を設定して記録係を動かしてください"
        )
    place = None if order.scope == "all" else order.place
    query = _WITNESSED.format(source=_SOURCES[order.scope])
    witnessed = await connection.fetchval(query, newest, place, order.witnessed)
    if witnessed is None and order.witnessed:
        raise PackError(
            "立会人の署名のある検認がありません。`kyodo audit checkpoint --post` で求めてください"
        )
    size = witnessed or newest
    try:
        return await stored_head(connection, size)
    except NoteError as wrong:
        raise PackError(f"記録の検認（{size} 件）が壊れています: {wrong}") from wrong


def _verify(file: Path, order: Order) -> None:
    try:
        Verification(Pack(file), Trusted(order.log.vkey)).run()
    except Wrong as wrong:
        raise PackError(f"記録に異常があるため、綴りを渡せません: {wrong}") from wrong


class _Archive:
    """A ZIP file that remembers the digest of every file written into it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.digests: dict[str, str] = {}

    def add(self, name: str, data: str | bytes) -> None:
        content = data.encode() if isinstance(data, str) else data
        self._archive.writestr(name, content)
        self.digests[name] = hashlib.sha256(content).hexdigest()

    def add_manifest(self, manifest: Mapping[str, object]) -> None:
        """The list of all files, itself in no list."""
        self._archive.writestr(MANIFEST, _json({**manifest, "files": self.digests}, indent=1))

    @contextmanager
    def lines(self, name: str) -> Generator[Callable[[object], None], None, None]:
        """A file of JSON Lines, written one by one."""
        digest = hashlib.sha256()
        with self._archive.open(name, "w", force_zip64=True) as file:

            def add(value: object) -> None:
                line = f"{_json(value)}\n".encode()
                digest.update(line)
                file.write(line)

            yield add
        self.digests[name] = digest.hexdigest()


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


@dataclass
class _Writer:
    """Writes one pack from one snapshot; `ends` has number and position of each case's last event."""

    connection: Connection
    order: Order
    viewer: Viewer
    archive: _Archive
    head: SignedHead
    progress: Callable[[int], None]
    events: int = 0
    ends: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    _withheld: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    _kinds: set[str] = field(default_factory=set[str])
    _sees: bool = False

    async def write(self) -> None:
        await self._must_see_all()
        self._sees = await self.connection.fetchval("select kyodo.sees_personal()")
        await self._write_events()
        if not self.events:
            raise PackError(
                f"{self.order.place or '記録'} に渡せる事実がありません（番号と閲覧の範囲を確かめてください）"
            )
        self._nothing_is_left_out()
        proofs = Proofs(self.connection)
        if self.order.scope != "all":
            await self._write_proofs(proofs)
        if self.order.complete:
            await self._write_index()
        stamps = await self._write_stamps()
        self._write_the_rest()
        self.archive.add_manifest(
            {
                "form": FORM,
                "scope": self._scope(),
                "made_at": self.order.made_at.isoformat(),
                "made_by": self.viewer.person,
                "why": self.viewer.why,
                "log": self.order.log.vkey,
                "events": self.events,
                "cases": len(self.ends),
                "withheld": self._withheld,
                "consistency": await self._consistency(proofs),
                "stamps": stamps,
            }
        )

    async def _must_see_all(self) -> None:
        """A chain with links that its maker may not see would not be verified by whoever gets it."""
        if hidden := await self.connection.fetchval(_HIDDEN, self.order.scope, self.order.place):
            raise PackError(
                f"綴りに入る事案 {hidden} には、閲覧の範囲にない団体の内部の行為があります。"
                "全ての当事者を閲覧できる者が綴りを作ってください"
            )

    def _nothing_is_left_out(self) -> None:
        """What was ordered is in the pack, and what was to be withheld was there to withhold."""
        if self.order.scope == "all" and self.events < self.head.head.size:
            raise PackError(
                "記録の全部の綴りは、全団体を閲覧できる者だけが作れます。"
                "--municipality で自分の団体の綴りを作ってください"
            )
        done = {(one["case"], one["number"]) for one in self._withheld if one["body"]}
        if missed := [
            f"{case}:{number}" for case, number in self.order.withhold if (case, number) not in done
        ]:
            raise PackError(
                f"本文を伏せるとされた {'、'.join(missed)} が、この綴りにありません。"
                "事案の番号と版を確かめてください"
            )

    def _scope(self) -> dict[str, str]:
        kind, place = self.order.scope, self.order.place
        return {"kind": kind} if kind == "all" else {"kind": kind, kind: place}

    async def _rows(self, query: str, *arguments: object) -> AsyncIterator[asyncpg.Record]:
        cursor = await self.connection.cursor(query, *arguments)
        while rows := await cursor.fetch(_BATCH):
            for row in rows:
                yield row

    async def _write_events(self) -> None:
        query = _EVENTS.format(source=_SOURCES[self.order.scope])
        place = None if self.order.scope == "all" else self.order.place
        with self.archive.lines(EVENTS) as add:
            async for row in self._rows(query, self.head.head.size, place):
                add(await self._event(row))
                self.events += 1
                self.ends[row["case_id"]] = (row["number"], row["position"])
                if self.events % _BATCH == 0:
                    self.progress(self.events)

    async def _event(self, row: asyncpg.Record) -> dict[str, object]:
        case, number, body = row["case_id"], row["number"], row["body"]
        if (reason := self.order.withhold.get((case, number))) and body is not None:
            self._note_withheld(row, reason, body=True)
            body = None
        personal: list[dict[str, str]] = []
        if body is not None:
            self._kinds.add(json.loads(body)["kind"])
            personal = await self._personal(row) if MARK in body else []
        return {
            "position": row["position"],
            "envelope": _envelope(row),
            "salt": row["salt"].hex() if body is not None else None,
            "body": body,
            "personal": personal,
        }

    async def _personal(self, row: asyncpg.Record) -> list[dict[str, str]]:
        """The personal texts of an event that are handed out; the others are noted with a reason."""
        kept = await self.connection.fetch(_PERSONAL, row["case_id"], row["number"])
        by_digest = {one["sealed"].hex(): one for one in kept}
        found: list[dict[str, str]] = []
        for of, sealed in commitments(row["body"]):
            one = by_digest.get(sealed)
            if reason := self._why_withheld(one):
                self._note_withheld(row, reason, of=of)
            elif one is not None:
                secret = decrypt(one["key"], one["of"], one["sealed"], one["cipher"])
                found.append({"of": of, "salt": secret.salt.hex(), "text": secret.text})
        return found

    def _why_withheld(self, kept: asyncpg.Record | None) -> str:
        if not self._sees:
            return NO_RIGHT
        if kept is None or kept["key"] is None:
            return ERASED
        return self.order.withhold_personal

    def _note_withheld(
        self, row: asyncpg.Record, reason: str, *, body: bool = False, of: str = ""
    ) -> None:
        place = {"case": row["case_id"], "number": row["number"]}
        self._withheld.append({**place, "body": body, "of": of, "reason": reason})

    async def _write_proofs(self, proofs: Proofs) -> None:
        paths: dict[str, list[str]] = {}
        with self.archive.lines(PROOFS) as add:
            for case, (number, position) in self.ends.items():
                path = await proofs.inclusion(position - 1, self.head.head.size)
                paths[case] = [_base64(each) for each in path]
                add({"case": case, "number": number, "index": position - 1, "proof": paths[case]})
        for case, path in paths.items():
            lines = [
                TLOG_PROOF,
                f"index {self.ends[case][1] - 1}",
                *path,
                "",
                f"{self.head.note}",
            ]
            self.archive.add(f"proofs/{case}.tlog-proof", "\n".join(lines))

    async def _write_index(self) -> None:
        query, count = _EVENTS.format(source=_SOURCES["all"]), 0
        with self.archive.lines(INDEX) as add:
            async for row in self._rows(query, self.head.head.size, None):
                add(_envelope(row))
                count += 1
        if count < self.head.head.size:
            raise PackError("全件の索引（--complete）は、全団体を閲覧できる者だけが付けられます")

    async def _consistency(self, proofs: Proofs) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for note in self.order.since:
            kept = Checkpoint.read(note.text)
            if 0 < kept.size <= self.head.head.size:
                path = await proofs.consistency(kept.size, self.head.head.size)
                found[str(kept.size)] = [_base64(each) for each in path]
        return found

    async def _write_stamps(self) -> list[str]:
        rows = await self.connection.fetch(_STAMPS, self.head.head.size)
        names = [f"stamps/{number}.tsr" for number, _ in enumerate(rows, 1)]
        for name, row in zip(names, rows, strict=True):
            self.archive.add(name, row["token"])
        if rows:
            self.archive.add("stamped.txt", self.head.note.text)
        return names

    def _write_the_rest(self) -> None:
        self.archive.add(CHECKPOINT, str(self.head.note))
        self.archive.add("verify.py", source())
        self.archive.add(
            "README.md", files("store.proof").joinpath("readme_ja.md").read_text("utf-8")
        )
        for kind in sorted(self._kinds & self.order.schemas.keys()):
            self.archive.add(f"schemas/{kind}.json", _json(self.order.schemas[kind], indent=1))


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _envelope(row: asyncpg.Record) -> list[object]:
    return [
        EVENT_FORM,
        row["municipality"],
        row["case_id"],
        row["number"],
        row["command_id"],
        row["command_digest"].hex(),
        row["micros"],
        row["body_digest"].hex(),
        row["previous"].hex(),
    ]
