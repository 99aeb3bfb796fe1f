"""制度の一覧: Which institution a case belongs to, by the head of its number."""

from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from domain import agreement, designation, dispute
from domain.docket import DocketCommand, DocketEvent, filed
from domain.institution import Institution
from domain.record import institution_of

DESIGNATION_FILES = filed(
    designation.DESIGNATION,
    command=TypeAdapter(
        Annotated[designation.Command | DocketCommand, Field(discriminator="kind")]
    ),
    event=TypeAdapter(Annotated[designation.Event | DocketEvent, Field(discriminator="kind")]),
)
AGREEMENT_FILES = filed(
    agreement.AGREEMENT,
    command=TypeAdapter(Annotated[agreement.Command | DocketCommand, Field(discriminator="kind")]),
    event=TypeAdapter(Annotated[agreement.Event | DocketEvent, Field(discriminator="kind")]),
)
DISPUTE_FILES = filed(
    dispute.DISPUTE,
    command=TypeAdapter(Annotated[dispute.Command | DocketCommand, Field(discriminator="kind")]),
    event=TypeAdapter(Annotated[dispute.Event | DocketEvent, Field(discriminator="kind")]),
)
INSTITUTIONS: tuple[Institution[Any, Any, Any], ...] = (
    DESIGNATION_FILES,
    AGREEMENT_FILES,
    DISPUTE_FILES,
)


def institution_for(case: str) -> Institution[Any, Any, Any]:
    """The institution of a case number; `LookupError` (Japanese) where it is not carried here."""
    name = institution_of(case)
    for institution in INSTITUTIONS:
        if institution.name == name:
            return institution
    known = "、".join(institution.name for institution in INSTITUTIONS)
    raise LookupError(f"制度「{name}」の事案は扱っていません（扱う制度: {known}）")
