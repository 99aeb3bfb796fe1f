"""当事者: The bodies that conclude an agreement, as its text names them."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from domain.bodies import PREFECTURES, body_name, is_prefecture
from domain.municipalities import check_code, check_digit, municipalities, prefecture_of
from domain.text import Line

MOST_PARTIES = 100
CALLED = "甲乙丙丁戊己庚辛壬癸"
"""How the parties are called in turn, where a text calls them so."""
_DIGITS = 6


class Frozen(BaseModel):
    """A part of an agreement: never changed, and with nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _well_made(code: str) -> str:
    """Unions have codes of their own, which are not listed here; their check digit is tried."""
    if len(code) == _DIGITS and code.isascii() and code.isdigit() and check_digit(code) == code[5]:
        return code
    fault = check_code(code)
    raise PydanticCustomError(
        "body_code", "{fault}", {"fault": fault or "団体コードではありません"}
    )


PartyCode = Annotated[str, AfterValidator(_well_made)]
"""団体コード: Six digits with the right check digit: of a prefecture, municipality or union."""
Called = Annotated[Line, Field(max_length=20)]


class Party(Frozen):
    """当事者: A body, how the text calls it (甲), and the office that signs for it.

    `name` is given only where the code does not tell it (一部事務組合, 広域連合) or the text is an
    example; `signs_as` where the office is not 「…知事」 or 「…長」.
    """

    code: PartyCode
    called: Called
    name: Line | None = None
    signs_as: Line | None = None
    address: Line | None = None

    @property
    def said(self) -> str:
        """「広島県」."""
        return self.name or body_name(self.code)

    @property
    def office(self) -> str:
        """「広島県知事」, 「神石高原町長」."""
        ending = "知事" if is_prefecture(self.code) else "長"
        return self.signs_as or f"{self.said}{ending}"

    @model_validator(mode="after")
    def _named(self) -> "Party":
        """A body that the list of codes does not know is named, with the office that signs."""
        if not is_listed(self.code) and not (self.name and self.signs_as):
            raise PydanticCustomError(
                "unlisted_body",
                "団体コード {code} は都道府県・市町村・特別区の一覧にありません。番号を確かめ、"
                "一部事務組合・広域連合なら name と signs_as（署名する職）を書いてください",
                {"code": self.code},
            )
        return self


def is_listed(code: str) -> bool:
    """Whether the code is one of a prefecture, a municipality or a special ward."""
    return code in PREFECTURES or check_code(code) is None


def joined(names: Sequence[str]) -> str:
    """「甲及び乙」, 「甲、乙及び丙」."""
    *before, last = names
    return f"{'、'.join(before)}及び{last}" if before else last


class UnknownBody(ValueError):
    """No body, or more than one, is meant; the text says which there are."""


def code_of(said: str) -> str:
    """The code of a body said by code or by name (「広島県」, 「神石高原町」, 「東京都府中市」).

    Raises `UnknownBody`.
    """
    if said.isascii():
        if said not in PREFECTURES and (fault := check_code(said)):
            raise UnknownBody(fault)
        return said
    found = [code for code, names in _names() if said in names]
    if not found:
        raise UnknownBody(f"「{said}」という都道府県・市町村・特別区はありません")
    if len(found) > 1:
        known = "、".join(f"{code}（{prefecture_of(code)}）" for code in found)
        raise UnknownBody(f"「{said}」は一つに定まりません。団体コードで書いてください: {known}")
    return found[0]


def _names() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((code, (name,)) for code, name in PREFECTURES.items())
    for one in municipalities():
        yield one.code, (one.name, f"{one.prefecture}{one.name}")
