"""特別交付税の項目: The item amount for specialists under a 連携協約, pure and explained.

claim.py        what it is computed from         rules.py        a fiscal year's rules, dated
consistency.py  what contradicts itself          readings.py     what the words leave open
conditions.py   D1 to D11                        tracing.py      every yen, step by step
computing.py    claim + rules → sheet            support.py      the related item
"""

from domain.allocation.claim import Claim, SupportClaim
from domain.allocation.computing import WrongYear, compute
from domain.allocation.consistency import UnsoundClaim
from domain.allocation.readings import Readings, UnknownReading, with_readings
from domain.allocation.records import sheet_record
from domain.allocation.rules import NotFixed, RuleSet, rule_set, rule_sets
from domain.allocation.sheet import Sheet
from domain.allocation.support import NotClaimable, compute_support

__all__ = [
    "Claim",
    "NotClaimable",
    "NotFixed",
    "Readings",
    "RuleSet",
    "Sheet",
    "SupportClaim",
    "UnknownReading",
    "UnsoundClaim",
    "WrongYear",
    "compute",
    "compute_support",
    "rule_set",
    "rule_sets",
    "sheet_record",
    "with_readings",
]
