"""地方団体: Who may claim, send and receive, by 団体コード; prefectures beside municipalities.

一部事務組合 and 広域連合 have codes of their own that are not held here; what they send or
receive is not computed.
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


def is_prefecture(code: str) -> bool:
    """都道府県: Whether the code is one of the 47."""
    return code in PREFECTURES


def is_ward(code: str) -> bool:
    """特別区: Whether the code is one of the 23."""
    return not is_prefecture(code) and is_special_ward(code)


def body_name(code: str) -> str:
    """「広島県」, 「呉市」; raises `KeyError` for an unknown code."""
    return PREFECTURES[code] if is_prefecture(code) else name_of(code)


def _known(code: str) -> str:
    if is_prefecture(code) or (fault := check_code(code)) is None:
        return code
    raise PydanticCustomError(
        "body_code", "{fault}（一部事務組合・広域連合は扱っていません）", {"fault": fault}
    )


BodyCode = Annotated[str, AfterValidator(_known)]
"""団体コード: Six digits of a prefecture, municipality or special ward."""
