"""提出の読み取り: Commands from files or standard input, JSON or JSON Lines, with their faults.

Nothing is sent while any of the input is faulty: `read` gives all submissions and all faults.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import JsonValue, TypeAdapter, ValidationError

from console.faults import Fault, faults_of
from domain.record import Submission
from domain.registry import institution_for

STDIN = "標準入力"
"""The name under which standard input is read, and given in what is wrong with it."""
COMMAND_BYTES = 64 * 1024
"""The largest submission taken, in bytes of its JSON."""
_JSON: TypeAdapter[JsonValue] = TypeAdapter(JsonValue)


@dataclass(frozen=True)
class Document:
    """One submission as it stands in a source, not yet understood."""

    source: str
    where: str
    raw: bytes


def read(sources: Sequence[str], stdin: BinaryIO) -> tuple[list[Submission], list[Fault]]:
    """All submissions of the files (`STDIN` is standard input) and everything wrong with them."""
    submissions: list[Submission] = []
    faults: list[Fault] = []
    for source in sources:
        try:
            data = stdin.read() if source == STDIN else Path(source).read_bytes()
        except OSError as error:
            faults.append(Fault(source, "", "", f"読めません（{error.strerror}）"))
            continue
        for document in _documents(source, data):
            wrong, submission = understand(document)
            faults += wrong
            submissions += [submission] if submission else []
    return submissions, faults


def _documents(source: str, data: bytes) -> Iterator[Document]:
    whole = _as_one(data)
    if whole is not None:
        for number, item in enumerate(whole, start=1):
            yield Document(source, f"{number}件目", json.dumps(item).encode())
        return
    for number, line in enumerate(data.splitlines(), start=1):
        if line.strip():
            yield Document(source, f"{number}行目", line)


def _as_one(data: bytes) -> list[JsonValue] | None:
    """The items of a source that is one JSON document, None if it is JSON Lines."""
    _, _, rest = data.strip().partition(b"\n")
    if not rest.strip() and not data.lstrip().startswith(b"["):
        return None
    try:
        value = _JSON.validate_json(data)
    except ValidationError:
        return None
    return value if isinstance(value, list) else [value]


def understand(document: Document) -> tuple[list[Fault], Submission | None]:
    """The submission in a document, or what is wrong with it."""
    source, where, raw = document.source, document.where, document.raw
    if len(raw) > COMMAND_BYTES:
        size = f"{len(raw):,} バイトあり、上限の {COMMAND_BYTES:,} バイトを超えています"
        return [Fault(source, where, "", f"{size}。資料は文書番号で引用してください")], None
    try:
        submission = Submission.model_validate_json(raw)
    except ValidationError as error:
        return faults_of(source, where, "", error), None
    try:
        institution = institution_for(submission.case)
        institution.command.validate_json(json.dumps(submission.command))
    except LookupError as error:
        return [Fault(source, where, "case", str(error))], None
    except ValidationError as error:
        return faults_of(source, where, "command", error), None
    return [], submission
