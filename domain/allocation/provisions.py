"""根拠: What a line of the computation rests on, a provision or the ministry's outline.

The conditions rest on 法 and on 「制度の概要」, the outline of 23 August 2024; what is of one
fiscal year (号 of the table, caps) stands in its rule set.
"""

from dataclasses import dataclass

from domain.law import LAA, LAW_NAMES, Citation

ORDINANCE = "351M50000008035"
"""特別交付税に関する省令（昭和51年自治省令第35号）."""
ORDINANCE_NAME = "特別交付税に関する省令"


@dataclass(frozen=True)
class Provision:
    """根拠: As printed on the sheet; `citation` is None where it is the outline or a reading."""

    printed: str
    citation: Citation | None = None

    def __str__(self) -> str:
        return self.printed

    @property
    def short(self) -> str:
        """「省令第4条第1項第1号の表第99号」."""
        return self.printed.replace(ORDINANCE_NAME, "省令")


def of_ordinance(citation: Citation, table: int | None = None) -> Provision:
    """「特別交付税に関する省令第4条第1項第1号の表第99号」: `table` is the 号 of the table."""
    where = f"{citation}".removeprefix(LAW_NAMES.get(citation.law, citation.law))
    row = "" if table is None else f"の表第{table}号"
    return Provision(f"{ORDINANCE_NAME}{where}{row}", citation)


def _of_act(article: str, *paragraphs: int) -> Provision:
    cited = Citation(law=LAA, article=article)
    first = cited.para(paragraphs[0]) if paragraphs else cited
    more = "".join(f"・第{number}項" for number in paragraphs[1:])
    return Provision(f"{first}{more}", first)


AGREEMENT = _of_act("252_2", 1, 3)
"""連携協約とその協議の議決."""
DISPATCH = _of_act("252_17", 1)
"""自治法派遣."""
DISPATCH_COSTS = _of_act("252_17", 2)
"""自治法派遣の給料・手当・旅費は、受けた団体が負担する."""
OUTLINE_CLAUSE = Provision("制度の概要（2024-08-23）※1")
OUTLINE_SEPARATE = Provision("制度の概要（2024-08-23）※2")
OUTLINE_STAFF = Provision("制度の概要（2024-08-23）※3")
OUTLINE_BURDEN = Provision("制度の概要（2024-08-23）負担金の控除")
WARDS = of_ordinance(Citation(law=ORDINANCE, article="9", paragraph=2))
"""都の特例: 特別区の区域を一の市とみなす."""
ITEM_OF_PREFECTURES = Citation(law=ORDINANCE, article="4", paragraph=1, item="1")
"""道府県の三月分: 特別交付税省令第4条第1項（第1号の表）."""
ITEM_OF_MUNICIPALITIES = Citation(law=ORDINANCE, article="5", paragraph=1, item="3_イ")
"""市町村の三月分: 特別交付税省令第5条第1項（第3号イの表）."""
