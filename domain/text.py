"""文字: What a text in the record may be made of.

Texts keep the bytes they came in: Unicode normalisation would replace the variant characters
of Japanese names, so nothing is normalised. Control characters and lone surrogates are refused.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("[\t\n]")


def _printable(text: str) -> str:
    if found := _UNPRINTABLE.search(text):
        raise PydanticCustomError(
            "unprintable",
            "制御文字 U+{code} は使えません（{at} 文字目）。取り除いてください",
            {"code": f"{ord(found.group()):04X}", "at": found.start() + 1},
        )
    return text


def _one_line(text: str) -> str:
    if _BREAKS.search(text):
        raise PydanticCustomError("line_break", "改行とタブは使えません。一行で書いてください", {})
    return text


_STRIPPED = StringConstraints(strip_whitespace=True, min_length=1, max_length=8_000)

Text = Annotated[str, _STRIPPED, AfterValidator(_printable)]
"""文: 1 to 8,000 characters, line breaks allowed."""
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_printable),
    AfterValidator(_one_line),
]
"""行: 1 to 200 characters on one line."""
Key = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z_.:-]{0,63}$")]
"""番号: An identifier of 1 to 64 ASCII letters, digits and `_ . : -`."""


class Personal(BaseModel):
    """個人に関する情報: A text about a resident, kept apart from the body of the event.

    The record stores a salted digest in the event and the text itself in a table of its own,
    so that the text can be withheld or erased while every proof stays valid. `of` tells whose
    it is; `text` is absent once withheld or erased, and `sealed` is then its digest (hex).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: Key
    text: Text | None = None
    sealed: str | None = None

    def __str__(self) -> str:
        """The text, or a bar where it is withheld."""
        return self.text or "■■■"
