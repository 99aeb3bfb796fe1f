"""Every transition, requirement and edge case of the lifecycle has a test that bears its code.

    t02–t28   移行: from the arrival of an application to a revocation (t01 事前相談 has no legal effect)
    t29–t30   移行: the ends by ordinance (有効期間・辞退) and by the dissolution of the body
    t31–t33   審査請求・執行停止・裁決と、その指定の状態への効力
    q01–q19   審査項目: what an application and the acts of the procedure must have
    e01–e26   間違えやすい点: what an implementation gets wrong

    a01–a15   連携協約の移行: from a proposal to an abolition, and what runs beside
    q20–q23   連携協約の審査項目; e27–e30, e37 間違えやすい点 of 連携協約

    d01–d13   紛争の移行: d01–d07 from an application for 処理方策 to the measures taken, d08 取下げ,
              d09 委員の罷免・補充, d10–d13 調停; e31–e34 間違えやすい点 of 紛争

A code stands in the name of a test, or with a case of a table.
"""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CODES = (
    *(f"t{number:02}" for number in range(2, 34)),
    *(f"a{number:02}" for number in range(1, 16)),
    *(f"q{number:02}" for number in range(1, 24)),
    *(f"e{number:02}" for number in (*range(1, 35), 37)),
    *(f"d{number:02}" for number in range(1, 14)),
)
NAMED = re.compile(r"^(?:async )?def test_((?:[tqead]\d\d_)+)", re.MULTILINE)


def _borne() -> Counter[str]:
    found: Counter[str] = Counter()
    for path in sorted(HERE.glob("test_*.py")):
        for codes in NAMED.findall(path.read_text("utf-8")):
            found.update(codes.rstrip("_").split("_"))
    for table in sorted(HERE.glob("art_*/*.toml")):
        cases = tomllib.loads(table.read_text("utf-8"))["case"]
        found.update(case["code"].lower() for case in cases)
    return found


BORNE = _borne()


@pytest.mark.parametrize("code", CODES)
def test_a_test_bears_the_code(code: str) -> None:
    assert BORNE[code], f"{code} の試験がありません"


def test_no_test_bears_a_code_that_stands_for_nothing() -> None:
    assert set(BORNE) <= set(CODES)
