"""連携協約の文: Drafted as data, digested, printed, made public and compared."""

from domain.agreement.wording.canonical import canonical, digest
from domain.agreement.wording.cautions import cautions
from domain.agreement.wording.comparison import Comparison, compare
from domain.agreement.wording.document import Form
from domain.agreement.wording.drafting import BadParties, form, new_form
from domain.agreement.wording.papers import AgreementFile, NoAddressee
from domain.agreement.wording.printing import page, plain
from domain.agreement.wording.table import table_page
from domain.agreement.wording.text import AgreementText

__all__ = [
    "AgreementFile",
    "AgreementText",
    "BadParties",
    "Comparison",
    "Form",
    "NoAddressee",
    "canonical",
    "cautions",
    "compare",
    "digest",
    "form",
    "new_form",
    "page",
    "plain",
    "table_page",
]
