"""地方団体: Prefectures beside municipalities, by 団体コード.

一部事務組合 and 広域連合 (法第292条) have codes of their own that are not held here; they are no
parties of a case, and what they send or receive is not computed.
"""

from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from domain.municipalities import check_code, check_digit, is_special_ward, municipalities, name_of


def _prefectures() -> dict[str, str]:
    """The code of a prefecture is its two digits, three noughts and the check digit."""
    names = {one.code[:2]: one.prefecture for one in municipalities()}
    return {f"{head}000{check_digit(f'{head}000')}": name for head, name in names.items()}


PREFECTURES = _prefectures()
"""「広島県」 by 団体コード."""
TOKYO = "130001"
MINISTER, MINISTER_NAME = "000000", "総務大臣"
"""総務大臣: A sign of our own for rules and case numbers; its check digit is that of no 団体コード."""


def is_prefecture(code: str) -> bool:
    """都道府県: Whether the code is one of the 47."""
    return code in PREFECTURES


def is_ward(code: str) -> bool:
    """特別区: Whether the code is one of the 23."""
    return not is_prefecture(code) and is_special_ward(code)


def body_name(code: str) -> str:
    """「広島県」, 「呉市」; raises `KeyError` for an unknown code."""
    return PREFECTURES[code] if is_prefecture(code) else name_of(code)


def prefecture_code(code: str) -> str:
    """The code of the prefecture in which a body lies; a prefecture lies in itself."""
    head = f"{code[:2]}000"
    return head + check_digit(head)


def check_body(code: str) -> str | None:
    """What is wrong with a 団体コード, in Japanese, or None if a prefecture or municipality has it."""
    return None if is_prefecture(code) else check_code(code)


def office_name(code: str) -> str:
    """「広島県」, 「呉市」, and 「総務大臣」 for the Minister, who is no body."""
    return MINISTER_NAME if code == MINISTER else body_name(code)


def check_office(code: str) -> str | None:
    """As `check_body`; the Minister, who is no body, may be meant too."""
    return None if code == MINISTER else check_body(code)


def _known_office(code: str) -> str:
    return code if code == MINISTER else _known(code)


def _known(code: str) -> str:
    if (fault := check_body(code)) is None:
        return code
    raise PydanticCustomError(
        "body_code", "{fault}（一部事務組合・広域連合は扱っていません）", {"fault": fault}
    )


BodyCode = Annotated[str, AfterValidator(_known)]
"""団体コード: Six digits of a prefecture, municipality or special ward."""
OfficeCode = Annotated[str, AfterValidator(_known_office)]
"""団体コード又は総務大臣: Under whose rules an act is done where the Minister too may act."""
