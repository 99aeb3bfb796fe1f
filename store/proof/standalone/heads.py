"""検認: Signed heads of the log (C2SP signed-note, tlog-checkpoint, tlog-cosignature)."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime, timedelta, timezone
from typing import Tuple

from store.proof.standalone.ed25519 import KEY_BYTES, ed25519
from store.proof.standalone.tree import HASH_BYTES, wrong

JST = timezone(timedelta(hours=9), "JST")
PLAIN, COSIGNATURE = 1, 4
_TIME_BYTES = 8
_LATEST = 253_402_300_799
"""The last second of the year 9999, in seconds since 1970."""
_LINES = 3
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


def unbase64(text: str) -> bytes:
    """The bytes of strict standard base64."""
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError:
        wrong(f"base64 として読めません: {text}")
    if base64.b64encode(found).decode() != text:
        wrong(f"base64 の書き方が正しくありません: {text}")
    return found


class Key:
    """検証鍵: A public key as it is handed out, `<name>+<id>+<key>`."""

    def __init__(self, vkey: str) -> None:
        name, _, rest = vkey.strip().partition("+")
        id_hex, _, encoded = rest.partition("+")
        material = unbase64(encoded)
        if len(material) != KEY_BYTES + 1 or material[0] not in (PLAIN, COSIGNATURE):
            wrong(f"検証鍵の形ではありません: {vkey}")
        self.name, self.key = name, material[1:]
        self.id = hashlib.sha256(name.encode() + b"\n" + material).digest()[:4]
        if self.id.hex() != id_hex:
            wrong(f"検証鍵の番号が名前と鍵に合いません: {vkey}")


class Head:
    """検認: That the log `origin` holds `size` events, over which the root is `root`, and who signed."""

    def __init__(self, note: str, where: str) -> None:
        self.where = where
        text, blank, lines = note.rpartition("\n\n")
        if not blank or not lines.endswith("\n") or _CONTROL.search(note):
            wrong(f"{where}は署名文の形ではありません")
        self.text = text + "\n"
        self._signatures = [self._signature(line) for line in lines[:-1].split("\n")]
        found = self.text.split("\n")
        if len(found) <= _LINES or not all(found[:-1]) or not _NUMBER.fullmatch(found[1]):
            wrong(f"{where}は検認の形（名前・件数・根）ではありません")
        self.origin, self.size, self.root = found[0], int(found[1]), unbase64(found[2])
        if len(self.root) != HASH_BYTES:
            wrong(f"{where}の根が {HASH_BYTES} バイトではありません")

    def check_signature(self, key: Key) -> None:
        """That the key of the log has signed it."""
        if self.origin != key.name:
            wrong(f"{self.where}は別の台帳（{self.origin}）のものです")
        signed = [data for name, data in self._signatures if (name, data[:4]) == (key.name, key.id)]
        if not signed:
            wrong(f"{self.where}に台帳の鍵（{key.name}）の署名がありません")
        for data in signed:
            if not ed25519(key.key, self.text.encode(), data[4:]):
                wrong(f"{self.where}の署名が合いません。書き換えられています")

    def cosigned(self, key: Key) -> datetime:
        """The moment at which a witness cosigned it."""
        for name, data in self._signatures:
            if (name, data[:4]) == (key.name, key.id):
                time, signature = data[4 : 4 + _TIME_BYTES], data[4 + _TIME_BYTES :]
                seconds = int.from_bytes(time, "big")
                if seconds > _LATEST:
                    wrong(f"{self.where}の立会人（{key.name}）の署名の時刻が正しくありません")
                message = f"cosignature/v1\ntime {seconds}\n{self.text}".encode()
                if not ed25519(key.key, message, signature):
                    wrong(f"{self.where}の立会人（{key.name}）の署名が合いません")
                return datetime.fromtimestamp(seconds, JST)
        return wrong(f"{self.where}に立会人（{key.name}）の署名がありません")

    def _signature(self, line: str) -> Tuple[str, bytes]:
        found = _LINE.fullmatch(line)
        if found is None:
            wrong(f"{self.where}の署名行の形が不正です: {line}")
        return found.group(1), unbase64(found.group(2))
