"""文の指紋: Whether two councils have voted on the same text.

SHA-256 over the text's canonical bytes: JSON as RFC 8785 writes it, within the subset of the
record (ASCII keys, whole numbers, no fractions), in which the standard library's encoder gives
the same bytes. The JSON holds the data under `text` and every line as it is read under `reads`.
So a word changed anywhere makes another text, be it written by an official or by this program.
"""

import json
from hashlib import sha256

from domain.agreement.wording.outline import reads
from domain.agreement.wording.text import AgreementText

FORM = "kyodo.agreement-text.v1"


def canonical(text: AgreementText) -> bytes:
    """The canonical bytes (UTF-8)."""
    fields = set(AgreementText.model_fields)  # a file of an agreement holds more than its text
    data = AgreementText.model_dump(text, mode="json", include=fields)
    whole = {"form": FORM, "text": data, "reads": reads(text)}
    written = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return written.encode()


def digest(text: AgreementText) -> str:
    """The SHA-256 of the canonical bytes, in 64 hexadecimal digits."""
    return sha256(canonical(text)).hexdigest()
