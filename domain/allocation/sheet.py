"""算定書: An item amount with everything that led to it.

What it holds is 算定額, one item of the total; it is never called a payment.
"""

from dataclasses import dataclass

from domain.allocation.conditions import Judgement
from domain.allocation.provisions import Provision
from domain.allocation.readings import Readings
from domain.allocation.rules import RuleSet
from domain.allocation.tracing import Trace
from domain.bodies import body_name


@dataclass(frozen=True)
class Alternative:
    """別の読み方: What one other answer would give, in yen, and how far it is from the sheet's."""

    question: str
    choice: str
    title: str
    why: str
    amount: int
    difference: int


@dataclass(frozen=True)
class Sheet:
    """算定書: `traces` end with the total; `readings` are those chosen, perhaps not the default."""

    claimant: str
    rules: RuleSet
    readings: Readings | None
    item: Provision
    judgements: tuple[Judgement, ...]
    traces: tuple[Trace, ...]
    alternatives: tuple[Alternative, ...]
    cautions: tuple[str, ...]

    @property
    def amount(self) -> int:
        """算定額, in yen."""
        return int(self.traces[-1].amount)

    @property
    def manual(self) -> bool:
        """Whether a part of the claim has to be reckoned by hand."""
        return any(one.manual for one in self.judgements)

    @property
    def name(self) -> str:
        """「広島県」."""
        return body_name(self.claimant)
