"""検査: What is checked of a pack, step by step, in constant memory but for the ends of its cases."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple, cast

from store.proof.standalone.heads import Head, Key, unbase64
from store.proof.standalone.packs import (
    CHECKPOINT,
    EVENT_FORM,
    EVENTS,
    FORM,
    INDEX,
    MANIFEST,
    PROOFS,
    Json,
    Pack,
    object_of,
)
from store.proof.standalone.tree import (
    Tree,
    leaf,
    root_from_inclusion,
    roots_from_consistency,
    wrong,
)

MOST_LISTED = 20


class Trusted(NamedTuple):
    """What the auditor has from elsewhere: the log's key, kept heads (files), witnesses' keys."""

    key: Optional[str] = None
    checkpoints: Sequence[str] = ()
    witnesses: Sequence[str] = ()


class End(NamedTuple):
    """The last event of a case so far: its number, its seal and its place in the log."""

    number: int = 0
    seal: bytes = b""
    position: int = 0


class Verification:
    """One verification; `said` collects what was found, as (「ok」 or 「note」, Japanese text)."""

    def __init__(self, pack: Pack, trusted: Trusted) -> None:
        self.said: List[Tuple[str, str]] = []
        self._pack, self._trusted = pack, trusted
        self._manifest: Json = {}
        self._kept: List[Head] = []
        self._tree = Tree()
        self._ends: Dict[str, End] = {}
        self._bodiless: List[Tuple[str, int]] = []
        self._disposed: Dict[str, int] = {}
        self._roots: Dict[int, bytes] = {}

    def run(self) -> None:
        """Everything in order; ends with `Wrong` at the first thing that is not as it should be."""
        self._check_files()
        self._check_head()
        self._check_kept_heads()
        self._check_events()
        self._check_what_is_missing()
        self._check_place_in_the_log()
        self._check_consistency()
        self._check_completeness()
        self._check_stamps()

    def _ok(self, text: str) -> None:
        self.said.append(("ok", text))

    def _note(self, text: str) -> None:
        self.said.append(("note", text))

    @property
    def _whole(self) -> bool:
        return self._manifest["scope"]["kind"] == "all"

    # --- 綴りと検認

    def _check_files(self) -> None:
        self._manifest = object_of(self._pack.read(MANIFEST), MANIFEST)
        if self._manifest["form"] != FORM:
            wrong(f"この検証が知る綴り（{FORM}）ではありません: {self._manifest['form']}")
        listed = self._manifest["files"]
        for name in self._pack.names():
            if name not in listed and name != MANIFEST:
                wrong(f"目録にないファイルが綴りにあります: {name}")
        for name, digest in listed.items():
            if self._pack.digest(name) != digest:
                wrong(f"{name} が綴りを作ったときと違います")
        self._ok(f"ファイル {len(listed)} 個が目録と一致します")

    def _check_head(self) -> None:
        self._head = Head(self._pack.read(CHECKPOINT).decode(), "綴りの検認")
        self._key = Key(self._trusted.key or self._manifest["log"])
        self._head.check_signature(self._key)
        self._ok(f"検認（{self._head.size:,} 件）に台帳 {self._key.name} の署名があります")
        if not self._trusted.key:
            self._note(
                "台帳の鍵は綴りに添えられたものです。別の経路で受け取った鍵を --key で渡すと、"
                "綴りの作り手を信じずに済みます"
            )
        for vkey in self._trusted.witnesses:
            key = Key(vkey)
            moment = self._head.cosigned(key)
            self._ok(f"立会人 {key.name} が {moment:%Y-%m-%d %H:%M} に立ち会っています")
        if not self._trusted.witnesses:
            self._note(
                "立会人の署名は確かめていません（--witness）。台帳の鍵が盗まれていれば、"
                "台帳の署名だけでは分かりません"
            )

    def _check_kept_heads(self) -> None:
        for path in self._trusted.checkpoints:
            kept = Head(Path(path).read_text("utf-8"), f"手元の検認 {Path(path).name}")
            kept.check_signature(self._key)
            if kept.size > self._head.size:
                wrong(
                    f"{kept.where}は {kept.size:,} 件、綴りの検認は {self._head.size:,} 件です。"
                    "後の事実が失われたか、古い検認が使われています"
                )
            self._kept.append(kept)

    # --- 事実

    def _check_events(self) -> None:
        sizes, count = {kept.size for kept in self._kept}, 0
        for line in self._pack.lines(EVENTS):
            count += 1
            event = object_of(line, f"{EVENTS} の {count} 行目")
            seal = self._check_event(event)
            if self._whole:
                if event["position"] != count:
                    wrong(f"通し番号 {count} の事実がありません（次は {_name(event)}）")
                self._tree.add(leaf(seal))
                if count in sizes:
                    self._roots[count] = self._tree.root()
        if count != self._manifest["events"]:
            wrong(f"事実が {count:,} 件です（目録では {self._manifest['events']:,} 件）")
        self._ok(
            f"事実 {count:,} 件（事案 {len(self._ends):,} 件）の本文・封印・つながりが記録時のままです"
        )

    def _check_event(self, event: Json) -> bytes:
        """The seal of an event, once all that it says of itself holds."""
        name, envelope = _name(event), event["envelope"]
        form, municipality, case, number, _, _, _, digest, previous = envelope
        if form != EVENT_FORM or municipality != case.split("-")[1]:
            wrong(f"{name}: 封筒の形が違います")
        before = self._ends.get(case, End())
        if number != before.number + 1:
            wrong(f"{case} 第{before.number + 1}号がありません（次は第{number}号）")
        if previous != before.seal.hex():
            wrong(f"{name}: 前の事実とつながりません")
        if not before.position < event["position"] <= self._head.size:
            wrong(f"{name}: 通し番号の順が逆か、検認の外にあります")
        self._check_body(event, name, digest)
        seal = _seal(envelope)
        self._ends[case] = End(number, seal, event["position"])
        return seal

    def _check_body(self, event: Json, name: str, digest: str) -> None:
        case, number, body = event["envelope"][2], event["envelope"][3], event["body"]
        if body is None:
            self._bodiless.append((case, number))
            return
        if _sha256(event["salt"], body) != digest:
            wrong(f"{name}: 本文が記録時と違います")
        act = object_of(body.encode(), f"{name} の本文")
        if act["kind"] == "RecordDisposed":
            self._disposed[case] = number
        sealed = set(_sealed(act))
        for text in event["personal"]:
            if _sha256(text["salt"], text["text"]) not in sealed:
                wrong(f"{name}: 個人に関する情報（{text['of']}）の本文が封印と違います")

    def _check_what_is_missing(self) -> None:
        """Every missing body was disposed of by a recorded act, or is withheld for a stated reason."""
        withheld = self._manifest["withheld"]
        reasons = {(one["case"], one["number"]): one["reason"] for one in withheld if one["body"]}
        for case, number in self._bodiless:
            if self._disposed.get(case, 0) <= number and not reasons.get((case, number)):
                wrong(
                    f"{case} 第{number}号: 本文がありません（廃棄の記録も、伏せた理由もありません）"
                )
        disposed = len(self._bodiless) - len(reasons)
        if disposed > 0:
            self._note(f"本文が廃棄された事実が {disposed:,} 件あります（封印は確かめました）")
        for one in withheld[:MOST_LISTED]:
            what = "本文" if one["body"] else f"個人に関する情報（{one['of']}）"
            self._note(
                f"{one['case']} 第{one['number']}号の{what}が伏せられています: {one['reason']}"
            )
        if len(withheld) > MOST_LISTED:
            self._note(
                f"ほかに {len(withheld) - MOST_LISTED:,} か所が伏せられています（目録の withheld）"
            )

    # --- 台帳

    def _check_place_in_the_log(self) -> None:
        if self._whole:
            if self._tree.size != self._head.size or self._tree.root() != self._head.root:
                wrong("全部の事実から計算した根が、検認の根と違います")
            self._ok(
                "全部の事実から計算した根が、検認の根と一致します。抜けも余りも順の入替えもありません"
            )
            return
        proofs = {one["case"]: one for one in map(_proof, self._pack.lines(PROOFS))}
        for case, end in self._ends.items():
            told = proofs[case]
            if (told["number"], told["index"]) != (end.number, end.position - 1):
                wrong(f"{case}: 証明が末尾の第{end.number}号に対するものではありません")
            proof = [unbase64(each) for each in told["proof"]]
            root = root_from_inclusion(leaf(end.seal), end.position - 1, self._head.size, proof)
            if root != self._head.root:
                wrong(f"{case} 第{end.number}号までが、検認された台帳に含まれていません")
        self._ok(
            f"事案 {len(self._ends):,} 件の末尾（とそこまでのすべて）が、検認された台帳にあります"
        )

    def _check_consistency(self) -> None:
        for kept in self._kept:
            if self._root_at(kept) != kept.root:
                wrong(f"台帳の初めの {kept.size:,} 件が、{kept.where}のときの事実と違います")
            self._ok(
                f"{kept.where}の {kept.size:,} 件は、変更も削除も入替えもなく今の台帳に含まれています"
            )
        if not self._kept:
            self._note("以前の検認とは比べていません（--checkpoint）")

    def _root_at(self, kept: Head) -> bytes:
        """The root over as many events as a kept head had, as the log has it now."""
        if kept.size in self._roots:
            return self._roots[kept.size]
        if kept.size == 0:
            return Tree().root()
        proofs = self._manifest["consistency"]
        if str(kept.size) not in proofs:
            wrong(
                f"{kept.where}（{kept.size:,} 件）と比べる証明が綴りにありません。"
                "--since を付けて綴りを作り直してもらってください"
            )
        proof = [unbase64(each) for each in proofs[str(kept.size)]]
        before, after = roots_from_consistency(kept.size, self._head.size, kept.root, proof)
        if after != self._head.root:
            wrong(f"{kept.where}（{kept.size:,} 件）から綴りの検認へつながりません")
        return before

    def _check_completeness(self) -> None:
        if self._whole:
            return
        if INDEX not in self._manifest["files"]:
            self._note(
                "末尾より後の事実がないことと、ほかに事案がないことは、この綴りでは示せません"
                "（--complete の綴りが要ります）"
            )
            return
        tree = Tree()
        last: Dict[str, int] = {}
        for line in self._pack.lines(INDEX):
            envelope = json.loads(line)
            tree.add(leaf(_seal(envelope)))
            last[envelope[2]] = envelope[3]
        if tree.size != self._head.size or tree.root() != self._head.root:
            wrong("索引の全件から計算した根が、検認の根と違います")
        for case, number in last.items():
            found = self._ends.get(case, End()).number
            if self._asked_for(case) and found != number:
                wrong(
                    f"{case} は第{number}号まであるはずです。綴りには第{found}号までしかありません"
                )
        self._ok("台帳の全件の索引と照らし、対象の事案に抜けも、末尾より後の事実もありません")

    def _asked_for(self, case: str) -> bool:
        scope = self._manifest["scope"]
        if scope["kind"] == "case":
            return bool(case == scope["case"])
        return bool(case.split("-")[1] == scope["municipality"])

    def _check_stamps(self) -> None:
        text = self._head.text.encode()
        for name in self._manifest["stamps"]:
            token = self._pack.read(name)
            if not any(hashlib.new(kind, text).digest() in token for kind in ("sha256", "sha512")):
                wrong(f"{name}: 時刻認証が綴りの検認に対するものではありません")
            self._note(
                f"{name} は綴りの検認の本文（stamped.txt）に対する時刻認証です。認証局の証明書で"
                "openssl ts -verify により確かめてください"
            )


def _seal(envelope: Sequence[Any]) -> bytes:
    return hashlib.sha256(json.dumps(envelope, ensure_ascii=False).encode()).digest()


def _sha256(salt: str, text: str) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def _sealed(value: object) -> Iterator[str]:
    """Every digest of a personal text in a body."""
    if isinstance(value, list):
        for part in cast("List[object]", value):
            yield from _sealed(part)
    elif isinstance(value, dict):
        found = cast("Json", value)
        if set(found) == {"of", "text", "sealed"}:
            yield str(found["sealed"])
        for part in found.values():
            yield from _sealed(part)


def _name(event: Json) -> str:
    return f"{event['envelope'][2]} 第{event['envelope'][3]}号"


def _proof(line: bytes) -> Json:
    return object_of(line, PROOFS)
