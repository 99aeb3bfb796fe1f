"""照合: What does not agree about a case, told from what the three sides say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from console.reconcile.findings import Finding, findings
from console.reconcile.record import Expected
from store.audit.shown import Shown
from store.audit.telling import Telling
from workflows.board import Carried
from workflows.days import last_second
from workflows.watching import Held, Run

CASE = "指定-341002-0001"
NOW = datetime(2026, 7, 1, 3, tzinfo=UTC)
DUE = date(2026, 8, 31)
TELLING = Telling(True, "指定中", "例示学区ひろしまLMO", DUE, "報告の期限", 0, None)
OUGHT = Expected(12, True, {"report:2025": DUE}, TELLING)
CLOSED = Expected(12, False, {}, TELLING._replace(open=False, next_due=None, next_due_title=None))
ROW = Shown(CASE, "341002", 12, True, TELLING)
CARRIED = Carried(
    number=12,
    stage="指定中",
    open=True,
    ready=True,
    dues={"report:2025": DUE},
    note_at=None,
    waiting=0,
    struggling=False,
    warning="",
)
HELD = Held(CARRIED)
RUN = Run(CASE, "r", NOW, running=True, shown=last_second(DUE))


def carrying(**changed: object) -> Held:
    return Held(CARRIED.model_copy(update=changed))


def kinds(found: list[Finding]) -> list[str]:
    return [one.kind for one in found]


def test_three_sides_that_agree_give_nothing() -> None:
    assert findings(ROW, OUGHT, HELD, RUN, NOW) == []
    assert findings(replace(ROW, telling=CLOSED.telling, open=False), CLOSED, None, None, NOW) == []


@pytest.mark.parametrize(
    ("held", "kind", "said"),
    [
        (None, "missing", "動いていません"),
        (carrying(number=11), "behind", "版11"),
        (carrying(number=13), "ahead", "版13"),
        (carrying(dues={"report:2025": date(2026, 9, 1)}), "deadline", "2026-09-01"),
        (carrying(dues={}), "deadline", "なし"),
        (carrying(note_at=NOW - timedelta(hours=2)), "stuck", "2026-07-01"),
        (carrying(warning="期日の記入に失敗"), "stuck", "期日の記入に失敗"),
        (carrying(ready=False), "stuck", "規律"),
        (Held(None, "照会に答えません（timeout）"), "stuck", "照会に答えません"),
        (Held(CARRIED, "アクティビティ 監査記録に追記 が 9 回目です"), "stuck", "9 回目"),
    ],
)
def test_what_a_workflow_says_otherwise_is_named(held: Held | None, kind: str, said: str) -> None:
    found = findings(ROW, OUGHT, held, RUN, NOW)
    assert kinds(found) == [kind]
    assert said in found[0].said


def test_a_note_that_is_not_late_yet_is_nothing() -> None:
    assert findings(ROW, OUGHT, carrying(note_at=NOW - timedelta(minutes=30)), RUN, NOW) == []


def test_a_deadline_shown_in_the_list_that_is_none_is_found() -> None:
    stale = replace(RUN, shown=last_second(date(2026, 6, 30)))
    assert kinds(findings(ROW, OUGHT, HELD, stale, NOW)) == ["deadline"]


def test_a_closed_case_does_not_run() -> None:
    row = replace(ROW, telling=CLOSED.telling, open=False)
    assert kinds(findings(row, CLOSED, HELD, RUN, NOW)) == ["stray"]


def test_a_projection_that_says_otherwise_is_named_by_its_column() -> None:
    row = replace(ROW, telling=TELLING._replace(stage="取消し", obligations=1))
    found = findings(row, OUGHT, HELD, RUN, NOW)
    assert kinds(found) == ["projection", "projection"]
    assert found[0].said == "段階: 索引は「取消し」、記録からは「指定中」です"
    assert "未了の義務" in found[1].said


def test_a_projection_that_is_not_there_is_a_finding() -> None:
    assert kinds(findings(replace(ROW, telling=None), OUGHT, HELD, RUN, NOW)) == ["projection"]
