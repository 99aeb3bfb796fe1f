"""綴り: The files of a pack, from a folder or a ZIP file."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import IO, Any, Dict, Iterator, List, cast

from store.proof.standalone.tree import wrong

FORM, EVENT_FORM = "kyodo.pack.v1", "kyodo.v1"
MANIFEST, EVENTS, CHECKPOINT = "manifest.json", "events.jsonl", "checkpoint"
PROOFS, INDEX = "proofs.jsonl", "index.jsonl"
_CHUNK = 1 << 20

Json = Dict[str, Any]


class Pack:
    """A pack in its place; the text of every error names the file."""

    def __init__(self, place: Path) -> None:
        self._folder = place
        self._zip = None if place.is_dir() else zipfile.ZipFile(place)

    def names(self) -> List[str]:
        """Every file of the pack."""
        if self._zip:
            return [name for name in self._zip.namelist() if not name.endswith("/")]
        files = (path for path in self._folder.rglob("*") if path.is_file())
        return [path.relative_to(self._folder).as_posix() for path in files]

    def lines(self, name: str) -> Iterator[bytes]:
        """A file, line by line."""
        with self._open(name) as file:
            yield from file

    def read(self, name: str) -> bytes:
        """A file as a whole."""
        with self._open(name) as file:
            return file.read()

    def digest(self, name: str) -> str:
        """SHA-256 (hex) of a file."""
        found = hashlib.sha256()
        with self._open(name) as file:
            for part in iter(lambda: file.read(_CHUNK), b""):
                found.update(part)
        return found.hexdigest()

    def _open(self, name: str) -> IO[bytes]:
        try:
            return self._zip.open(name) if self._zip else (self._folder / name).open("rb")
        except (KeyError, OSError):
            wrong(f"綴りに {name} がありません")


def object_of(data: bytes, where: str) -> Json:
    """A JSON object."""
    try:
        found: Any = json.loads(data)
    except ValueError:
        wrong(f"{where}を JSON として読めません")
    if not isinstance(found, dict):
        wrong(f"{where}が表の形ではありません")
    return cast("Json", found)
