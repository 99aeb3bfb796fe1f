"""協議から議決まで: How far one text has come with every party, for conclusion, change or abolition.

    申入れ → 応諾（全当事者） → 文案の確定 → 議案 → 議決（全当事者、同じ版） → 署名（全当事者）

A new version of the text sends every party back: no vote on another version counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from domain.agreement.parties import Matter, Sha256, Version
from domain.bodies import BodyCode
from domain.text import Line


class Approval(BaseModel):
    """同意: A council's vote for one version (法252条の2第3項), or 専決処分 in its stead (法179条)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    party: BodyCode
    on: date
    means: Literal["議決", "専決処分"]
    version: int
    sha256: Sha256
    document: Line | None


@dataclass(frozen=True)
class Bill:
    """議案: One party's bill on the present version; `number` once it is before the council."""

    party: str
    drafter: str
    latest: date
    approved: bool = False
    number: str | None = None


@dataclass(frozen=True)
class Chain:
    """協議の進み: `rejected` are parties whose council turned the present version down."""

    matter: Matter
    parties: tuple[str, ...]
    since: date
    accepted: frozenset[str]
    version: Version | None = None
    expertise: bool = False
    latest: date = date.min
    bills: tuple[Bill, ...] = ()
    approvals: tuple[Approval, ...] = ()
    rejected: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()
    effective: date | None = None

    @property
    def stage(self) -> str:
        """The stage in an official's word; it rests on shared facts alone."""
        if set(self.parties) - self.accepted:
            return "応諾待ち"
        if self.version is None:
            return "文案準備中"
        if self.rejected:
            return "否決後"
        if not set(self.parties) - self.approving:
            return "議決済み"
        before_council = any(bill.number for bill in self.bills)
        return "議決待ち" if before_council or self.approvals else "協議中"

    @property
    def approving(self) -> frozenset[str]:
        """The parties that approved the present version."""
        return frozenset(one.party for one in self.approvals)

    def bill_of(self, party: str) -> Bill | None:
        """The party's bill on the present version, if one is drafted."""
        return next((bill for bill in self.bills if bill.party == party), None)

    def with_bill(self, bill: Bill) -> "Chain":
        """The chain with the party's bill as it stands now."""
        others = tuple(one for one in self.bills if one.party != bill.party)
        return replace(self, bills=(*others, bill))

    def afresh(self, version: Version, on: date, *, expertise: bool) -> "Chain":
        """The chain with another version: bills, votes and signatures are of no account."""
        return Chain(
            matter=self.matter,
            parties=self.parties,
            since=self.since,
            accepted=self.accepted,
            version=version,
            expertise=expertise,
            latest=on,
        )


def missing(parties: Iterable[str], there: frozenset[str]) -> list[str]:
    """The parties that are not there yet, in their order."""
    return [code for code in parties if code not in there]
