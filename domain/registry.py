"""制度の一覧: Which institution a case belongs to, by the head of its number."""

from typing import Any

from domain.designation import DESIGNATION
from domain.institution import Institution
from domain.record import institution_of

INSTITUTIONS: tuple[Institution[Any, Any, Any], ...] = (DESIGNATION,)


def institution_for(case: str) -> Institution[Any, Any, Any]:
    """The institution of a case number; `LookupError` (Japanese) where it is not carried here."""
    name = institution_of(case)
    for institution in INSTITUTIONS:
        if institution.name == name:
            return institution
    known = "、".join(institution.name for institution in INSTITUTIONS)
    raise LookupError(f"制度「{name}」の事案は扱っていません（扱う制度: {known}）")
