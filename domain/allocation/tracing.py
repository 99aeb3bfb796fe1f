"""算定の跡: Every yen of an amount, step by step, each with its rule and its evidence.

A step holds what was done and with what; the amount after it is computed from that, so a
trace cannot say anything but what was reckoned. Amounts are exact (`Fraction`), never floats.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal

from domain.allocation.provisions import Provision

Operation = Literal["算入", "不算入", "控除", "上限", "合算", "乗率", "端数"]
PartName = Literal["A", "B", "C", "支援", "計"]
NOTHING = Fraction(0)
_TWO_AND_FIVE = (2, 5)


def half_up(amount: Fraction, unit: int) -> int:
    """四捨五入: The multiple of `unit` nearest to a non-negative `amount`, a half upwards."""
    return (amount / unit + Fraction(1, 2)).__floor__() * unit


@dataclass(frozen=True)
class Step:
    """一手: What was done to the amount `before` with `operand`, why, and by what papers."""

    operation: Operation
    before: Fraction
    operand: Fraction
    words: str
    rule: Provision
    evidence: tuple[str, ...] = ()

    @property
    def after(self) -> Fraction:
        """The amount after the step; a deduction never goes below nothing."""
        match self.operation:
            case "算入" | "合算":
                return self.before + self.operand
            case "不算入":
                return self.before
            case "控除":
                return max(self.before - self.operand, NOTHING)
            case "上限":
                return min(self.before, self.operand)
            case "乗率":
                return self.before * self.operand
            case "端数":
                return Fraction(half_up(self.before, int(self.operand)))

    @property
    def formula(self) -> str:
        """「min(7,200,000, 6,372,000)」, the step as one would reckon it by hand."""
        before, operand = figure(self.before), figure(self.operand)
        match self.operation:
            case "算入" | "合算":
                return f"{before} + {operand}"
            case "不算入":
                return f"{before} + 0（{operand} は算入しない）"
            case "控除":
                return f"max({before} − {operand}, 0)"
            case "上限":
                return f"min({before}, {operand})"
            case "乗率":
                return f"{before} × {operand}"
            case "端数":
                return f"{before} を {operand} の位に四捨五入"


@dataclass(frozen=True)
class Trace:
    """区分: A, one person's B or C, or the total; `subject` says of what (a person, a body)."""

    part: PartName
    subject: str
    steps: tuple[Step, ...] = ()

    @property
    def amount(self) -> Fraction:
        """The amount after the last step."""
        return self.steps[-1].after if self.steps else NOTHING

    def then(
        self,
        operation: Operation,
        operand: Fraction | int,
        words: str,
        rule: Provision,
        evidence: Sequence[str] = (),
    ) -> "Trace":
        """The same trace and one step more."""
        step = Step(operation, self.amount, Fraction(operand), words, rule, tuple(evidence))
        return replace(self, steps=(*self.steps, step))


def figure(amount: Fraction) -> str:
    """「3,611,500」, 「3,611,500.5」; a fraction without an end as 「1/3」."""
    if amount.denominator == 1:
        return f"{amount.numerator:,}"
    if not _ends(amount.denominator):
        return f"{amount.numerator:,}/{amount.denominator:,}"
    with localcontext(prec=100):
        exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return f"{exact:,f}"


def yen(amount: Fraction | int) -> str:
    """「3,150,000円」."""
    return f"{figure(Fraction(amount))}円"


def exact(amount: Fraction) -> int | str:
    """For machines: a whole number as such, any other as 「7223001/2」."""
    return amount.numerator if amount.denominator == 1 else f"{amount}"


def _ends(denominator: int) -> bool:
    """Whether a fraction with this denominator has an end when written with a point."""
    for prime in _TWO_AND_FIVE:
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1
