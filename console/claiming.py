"""記録からの申告: The claim of one party and fiscal year, made from an agreement's case."""

from typing import cast

from console.answers import INVALID, end
from console.casefile import NoSuchCase, open_case
from console.options import viewer
from console.services import auditing
from console.settings import Settings
from domain.agreement import State
from domain.agreement.claims import NoClaim, claim_of
from domain.allocation import Claim
from domain.allocation.claim import read_fiscal_year
from domain.bodies import check_body
from domain.docket import File
from domain.record import municipality_of


def is_case(source: str) -> bool:
    """Whether the words name an agreement's case rather than a file."""
    return source.startswith("協約-")


async def claim_of_case(case: str, party: str | None, fiscal_year: str | None) -> Claim:
    """The claim; ends the command (2) where the case gives none. Without a party, of the file's keeper."""
    if fiscal_year is None:
        end(INVALID, "--fiscal-year: 事案から算定するときは、年度を書いてください（例 令和7年度）")
    try:
        year = read_fiscal_year(fiscal_year)
    except ValueError as fault:
        end(INVALID, f"--fiscal-year: {fault}")
    claimant = party or municipality_of(case)
    if fault := check_body(claimant):
        end(INVALID, f"--party: {fault}")
    settings = Settings()
    async with auditing(settings) as audit:
        reader = audit.reader(viewer(settings, needs_why=False))
        try:
            file = await open_case(reader, case, what="特別交付税の申告")
        except NoSuchCase as fault:
            end(INVALID, f"{fault}")
    matter = cast("File[State]", file.state).matter  # as its number says, an agreement's
    try:
        return claim_of(matter, claimant, year)
    except NoClaim as fault:
        end(INVALID, f"{case}: {fault}")
