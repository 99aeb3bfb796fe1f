"""証明: `kyodo audit verify`, `checkpoint`, `prove`, `export`: what can be shown to anybody."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Group, RenderableType
from rich.text import Text

from console import answers, tables
from console.answers import ALTERED, DONE, INVALID, end, machine, show
from console.casefile import case_number
from console.listing import Listing, hand_out, put
from console.options import (
    JST,
    Csv,
    Json,
    Out,
    Place,
    Why,
    bytes_of,
    code,
    kinds,
    numbered,
    positive,
    span,
    text_of,
    viewer,
    writable,
)
from console.schema import schema_of_events, title_of
from console.services import auditing, sequencing
from console.settings import Settings
from store.audit.desk import Viewer
from store.audit.sampling import Sample, sample
from store.database import Connection
from store.proof import stamps, witnessing
from store.proof.notes import Note, NoteError, Verifier
from store.proof.pack import Order, Scope, write_pack
from store.proof.standalone import source
from store.proof.tiles import Proofs
from store.proof.trust import SignedHead, Trust, newest_head, stored_head
from store.verify import Report, verify

proof_app = App()
Key = Annotated[
    str | None, Parameter(name="--key", help="台帳の検証鍵（別の経路で受け取ったもの）")
]
Witnesses = Annotated[
    tuple[str, ...], Parameter(name="--witness", help="立会人の検証鍵（何度でも）")
]
Kept = Annotated[
    tuple[Path, ...], Parameter(name="--checkpoint", help="保管してある検認（何度でも）")
]

_OF_ANOTHER_HEAD = "依頼した後に台帳が伸びていれば、依頼した検認の件数（依頼文の検認の2行目）を --size で示してください"


# --- 検証 -------------------------------------------------------------------------------------


async def audit_verify(
    case: str | None = None,
    *,
    key: Key = None,
    witness: Witnesses = (),
    checkpoint: Kept = (),
    since: Annotated[
        Path | None,
        Parameter(
            help="この検認より前は確かめ直さない。終わると最新の検認に置き換える",
            validator=writable("--since"),
        ),
    ] = None,
    why: Why = "",
    json: Json = False,
) -> int:
    """記録が記録されたままであることを確かめる. CASE で一つの事案だけ."""
    settings, case = Settings(), numbered(case, "CASE")
    looking = viewer(settings, why, needs_why=False)
    trust = Trust(
        log=_log_key(settings, key),
        witnesses=_witnesses(settings, witness),
        kept=tuple(_note(path) for path in checkpoint),
        since=_note(since) if since and since.exists() else None,
    )
    async with auditing(settings) as audit:
        async with audit.desk.look(looking, "検証", case=case):
            pass  # noted; the verification itself takes its own snapshot
        with answers.counting("確かめた事実") as told:
            report = await verify(audit.pool, case, told, trust)
    if case and report.sound and not report.events:
        end(INVALID, f"事案 {case} の記録はありません（番号と閲覧の範囲を確かめてください）")
    if since and report.sound and report.head:
        put(since, report.head.note, "--since")
    if json:
        machine(report)
    else:
        show(verification(report))
    return DONE if report.sound else ALTERED


def verification(report: Report) -> RenderableType:
    """The answer of a verification, and what it rests on."""
    answer = Text(f"{report}", style="bold green" if report.sound else "bold red")
    return Group(answer, *(Text(f"・{words}", style="dim") for words in _rests_on(report)))


def _rests_on(report: Report) -> list[str]:
    said = [f"初めの {report.since:,} 件は、前に確かめた検認によりました"] if report.since else []
    if report.head:
        signed = "台帳の鍵の署名がある" if report.head.signed else "鍵を確かめていない"
        said.append(f"{signed}検認（{report.head.size:,} 件）と一致します")
    else:
        said.append("署名された検認がないため、書き換えた上で作り直されていないかは分かりません")
    if report.witnessed:
        for name, at in report.witnessed.witnessed.items():
            said.append(
                f"立会人 {name} が {tables.moment(at)} に {report.witnessed.size:,} 件まで立ち会っています"
            )
    if report.unsigned:
        said.append(f"検認の後の事実が {report.unsigned:,} 件あります")
    return [*said, *report.remarks]


def _log_key(settings: Settings, vkey: str | None) -> Verifier | None:
    return Verifier.read(vkey) if vkey else settings.verifier


def _witnesses(settings: Settings, vkeys: tuple[str, ...]) -> tuple[Verifier, ...]:
    if vkeys:
        return tuple(Verifier.read(vkey) for vkey in vkeys)
    return tuple(key for key, _ in settings.witness_list)


def _note(path: Path) -> Note:
    try:
        return Note.read(text_of(path))
    except NoteError as fault:
        end(INVALID, f"{path}: {fault}")


# --- 検認 -------------------------------------------------------------------------------------


async def audit_checkpoint(
    *,
    out: Out = None,
    ask: Annotated[str | None, Parameter(help="この検証鍵の立会人への依頼文を出す")] = None,
    add: Annotated[Path | None, Parameter(help="立会人の答え（署名行）のファイルを加える")] = None,
    witness: Annotated[str | None, Parameter(help="答えた立会人の検証鍵")] = None,
    post: Annotated[
        str | None, Parameter(help="立会人の所在（URL）。依頼と受取りを一度に行う")
    ] = None,
    stamp_request: Annotated[
        Path | None,
        Parameter(help="時刻認証の依頼（.tsq）を書き出す", validator=writable("--stamp-request")),
    ] = None,
    stamp: Annotated[Path | None, Parameter(help="時刻認証の応答（.tsr）を加える")] = None,
    root: Annotated[tuple[Path, ...], Parameter(help="時刻認証局の証明書（PEM、何度でも）")] = (),
    size: Annotated[
        int | None, Parameter(help="この件数の検認（依頼の後に台帳が伸びたとき。なければ最新）")
    ] = None,
    json: Json = False,
) -> None:
    """台帳の最新の検認を示し、立会人の署名や時刻認証を求め、加える."""
    settings = Settings()
    if (add or post) and not witness:
        end(INVALID, "--add と --post には、--witness（立会人の検証鍵）が要ります")
    if ask:
        async with sequencing(settings) as pool, pool.acquire() as connection:
            request = await witnessing.request_for(connection, Verifier.read(ask))
        _write(out, request)
        return
    async with sequencing(settings) as pool:
        async with pool.acquire() as connection:
            head = await _head(connection, size)
        if witness and post:
            at = await witnessing.ask(pool, Verifier.read(witness), post)
            show(
                Text(
                    f"立会人が {tables.moment(at)} に署名しました"
                    if at
                    else "すでに立ち会っています"
                )
            )
        async with pool.acquire() as connection:
            if witness and add:
                await _add_cosignature(connection, head, witness, add)
            if stamp_request:
                stamp_request.write_bytes(stamps.question(head.note.text))
            if stamp:
                await _add_stamp(connection, head, stamp, root)
            head = await _head(connection, size)
    _show_head(head, settings, out, json=json)


async def _head(connection: Connection, size: int | None) -> SignedHead:
    return await (newest_head(connection) if size is None else stored_head(connection, size))


async def _add_cosignature(
    connection: Connection, head: SignedHead, witness: str, answer: Path
) -> None:
    try:
        await witnessing.accept(connection, Verifier.read(witness), head.head.size, text_of(answer))
    except witnessing.NotWitnessed as fault:
        end(INVALID, f"--add: {fault}\n→ {_OF_ANOTHER_HEAD}")


async def _add_stamp(
    connection: Connection, head: SignedHead, answer: Path, roots: tuple[Path, ...]
) -> None:
    if not roots:
        end(INVALID, "--root に時刻認証局の証明書（PEM）を指定してください")
    pems, token = [bytes_of(path) for path in roots], bytes_of(answer)
    try:
        at = await stamps.accept(connection, head.head.size, token, pems, roots[0].stem)
    except stamps.OfAnotherText as fault:
        end(INVALID, f"--stamp: {fault}\n→ {_OF_ANOTHER_HEAD}")
    show(Text(f"{tables.moment(at)} の時刻認証を加えました"))


def _show_head(head: SignedHead, settings: Settings, out: Path | None, *, json: bool) -> None:
    if out:
        put(out, str(head.note))
    elif json:
        key = settings.verifier
        told = {"origin": head.head.origin, "size": head.head.size, "root": head.head.root.hex()}
        machine({**told, "note": str(head.note), "key": key.vkey if key else None})
    else:
        show(Text(str(head.note).rstrip()))


def _write(out: Path | None, text: str) -> None:
    if out:
        put(out, text)
    else:
        answers.write(text)


# --- 証明と綴り -------------------------------------------------------------------------------


async def audit_prove(case: str, *, out: Out = None, why: Why = "") -> None:
    """事案の末尾（とそこまでのすべて）が台帳にあることの証明（C2SP tlog-proof）."""
    settings, case = Settings(), case_number(case)
    looking = viewer(settings, why)
    async with (
        auditing(settings) as audit,
        audit.desk.look(looking, "証明", case=case) as connection,
    ):
        head = await newest_head(connection)
        place = await connection.fetchrow(_LAST, case, head.head.size)
        if place is None:
            end(INVALID, f"事案 {case} に、検認（{head.head.size:,} 件）までの記録がありません")
        proof = await Proofs(connection).text(place["position"] - 1, head)
    _write(out, proof)


_LAST = """
select position from kyodo.log where case_id = $1 and position <= $2 order by position desc limit 1
"""


async def audit_export(
    *,
    out: Annotated[Path, Parameter(help="綴りのファイル（.zip）", validator=writable("--out"))],
    case: Annotated[str | None, Parameter(help="この事案")] = None,
    municipality: Place = None,
    all: Annotated[bool, Parameter(negative="", help="記録の全部")] = False,
    since: Annotated[
        tuple[Path, ...], Parameter(help="受け取る者が保管している検認（何度でも）")
    ] = (),
    complete: Annotated[bool, Parameter(negative="", help="台帳の全件の索引を付ける")] = False,
    witnessed: Annotated[
        bool, Parameter(negative="", help="立会人の署名のある最新の検認までとする")
    ] = False,
    withhold_personal: Annotated[
        str, Parameter(help="個人情報を伏せる理由（条例第7条第1号）")
    ] = "",
    withhold: Annotated[
        tuple[str, ...], Parameter(help="本文を伏せる事実と理由（事案:版=理由、何度でも）")
    ] = (),
    key: Key = None,
    why: Why = "",
    json: Json = False,
) -> None:
    """単独で確かめられる綴りを書き出す: 一つの事案、一つの団体、又は全部."""
    settings = Settings()
    looking = viewer(settings, why)
    log = _log_key(settings, key)
    if log is None:
        end(INVALID, "台帳の検証鍵がわかりません。--key か KYODO_LOG_VKEY で指定してください")
    scope, place = _scope(numbered(case), municipality, all=all)
    order = Order(
        scope=scope,
        place=place,
        log=log,
        made_at=datetime.now(JST),
        schemas=schema_of_events(),
        since=tuple(_note(path) for path in since),
        complete=complete,
        witnessed=witnessed,
        withhold_personal=withhold_personal,
        withhold=dict(_withheld(text) for text in withhold),
    )
    async with auditing(settings) as audit:
        with answers.counting("書き出した事実") as told:
            made = await write_pack(audit.desk, looking, order, out, told)
    if json:
        machine({**vars(made), "file": str(made.file)})
    else:
        show(
            Text(
                f"{made.file}: 事案 {made.cases:,} 件、事実 {made.events:,} 件"
                f"（検認 {made.size:,} 件まで）\nSHA-256 {made.digest}"
            )
        )


def _scope(case: str | None, municipality: str | None, *, all: bool) -> tuple[Scope, str]:
    if sum((case is not None, municipality is not None, all)) != 1:
        end(INVALID, "--case、--municipality、--all のどれか一つを指定してください")
    if case:
        return "case", case
    return ("municipality", code(municipality)) if municipality else ("all", "")


def _withheld(text: str) -> tuple[tuple[str, int], str]:
    place, _, reason = text.partition("=")
    case, _, number = place.rpartition(":")
    if not (case and number.isdecimal() and reason):
        end(
            INVALID,
            f"--withhold: 「{text}」を読めません。指定-341002-0001:3=条例第7条第5号 のように書いてください",
        )
    return (case, int(number)), reason


def audit_verifier(*, out: Out = None) -> None:
    """綴りを確かめる道具（Python だけで動く一つのファイル）."""
    _write(out, source())


async def audit_sample(
    *,
    n: Annotated[int, Parameter(name="-n", help="何件を抜き出すか", validator=positive("-n"))] = 60,
    word: Annotated[
        str, Parameter(help="監査する者が検認の後に決めた言葉（さいころの目など）")
    ] = "",
    head: Annotated[int | None, Parameter(help="この件数の検認による（引き直すとき）")] = None,
    municipality: Place = None,
    kind: Annotated[tuple[str, ...], Parameter(help="行為の種別（何度でも）")] = (),
    period: Annotated[str | None, Parameter(help="期間（令和8年度）")] = None,
    why: Why = "",
    json: Json = False,
    csv: Csv = False,
    out: Out = None,
) -> None:
    """試査の対象を、署名された根から引く. だれでも同じものを引き直せる."""
    settings = Settings()
    looking: Viewer = viewer(settings, why)
    since, until = span(period, "--period")
    async with auditing(settings) as audit:
        drawn = await sample(
            audit.desk,
            looking,
            n,
            word=word,
            head=head,
            municipality=code(municipality) if municipality else None,
            kinds=kinds(kind),
            since=since,
            until=until,
        )
    hand_out(_sample(drawn), json=json, csv=csv, out=out)


def _sample(drawn: Sample) -> Listing:
    rows = [
        (place, act.case, act.number, act.on, title_of(act.kind), act.person, act.rank[:16])
        for place, act in enumerate(drawn.acts, 1)
    ]
    title = (
        f"対象 {drawn.population:,} 件から {len(drawn.acts)} 件"
        f"（検認 {drawn.size:,} 件、根 {drawn.root[:16]}…、言葉「{drawn.word}」）"
    )
    how = {
        "size": drawn.size,
        "root": drawn.root,
        "word": drawn.word,
        "population": drawn.population,
    }
    records = [{**vars(act), "drawn_by": how} for act in drawn.acts]
    return Listing(("順", "事案", "版", "日", "行為", "行為者", "順位"), rows, records, title)
