"""Submissions for the tests of the console."""

from typing import cast

from activities.rulebook import Rulebook
from console.story import read_story, scenes
from domain.record import Submission

WHY = "令和8年度定期監査"
EVIL = '=cmd|"/c calc"!A1 [/x]'
"""The name of a body that a spreadsheet would run, and a terminal's table choke on."""
KURE_BODY = {"person": "K-LMO", "office": "代表", "name": "架空地区協議会", "role": "body"}
KURE_OFFICER = {"person": "K-2041", "office": "主査", "name": "例示 葵", "role": "officer"}
KURE_MAYOR = {"person": "K-0001", "office": "呉市長", "name": "例示 次郎", "role": "mayor"}
OFFICER = {"person": "H-2041", "office": "主査", "name": "例示 葵", "role": "officer"}
MAYOR = {"person": "H-0001", "office": "広島市長", "name": "例示 一郎", "role": "mayor"}


def story(case: str) -> list[dict[str, object]]:
    """The packaged story as another case, without what it waits for and what is refused."""
    return [
        _renamed(scene.submission, case)
        for scene in scenes(read_story("hiroshima"), Rulebook())
        if scene.submission and not scene.refused
    ]


def _renamed(submission: Submission, case: str) -> dict[str, object]:
    return {**submission.model_dump(mode="json"), "case": case}


def passing(case: str, id: str = "p-1", **changed: object) -> dict[str, object]:
    """A formal check passed, with fields of the command changed."""
    command = {
        "kind": "PassFormalCheck",
        "on": "2025-07-22",
        "by": OFFICER,
        "checked": ["申請書"],
        **changed,
    }
    return {"id": id, "case": case, "command": command}


def story_until(case: str, kind: str) -> list[dict[str, object]]:
    """The packaged story up to and with its first command of a kind."""
    life = story(case)
    last = next(at for at, one in enumerate(life) if _kind(one) == kind)
    return life[: last + 1]


def of_story(case: str, kind: str) -> dict[str, object]:
    """One command of the packaged story."""
    return next(one for one in story(case) if _kind(one) == kind)


def _kind(submission: dict[str, object]) -> object:
    return cast("dict[str, object]", submission["command"])["kind"]


def withdrawn(
    case: str, of: str, name: str, body_name: str = "架空地区協議会"
) -> list[dict[str, object]]:
    """An application in Kure, naming a person, and its withdrawal in the fiscal year 2024."""
    filed = {
        "kind": "FileApplication",
        "on": "2024-12-02",
        "by": KURE_BODY,
        "body_name": body_name,
        "representative": {"of": of, "text": name},
        "received_at": "窓口",
    }
    taken_back = {
        "kind": "WithdrawApplication",
        "on": "2024-12-10",
        "by": KURE_BODY,
        "why": "準備が足りないため",
    }
    return [
        {"id": "w-1", "case": case, "command": filed},
        {"id": "w-2", "case": case, "command": taken_back},
    ]


def disposal(case: str, on: str = "2026-11-20", id: str = "d-1") -> dict[str, object]:
    """The decision to dispose of a case in Kure, kept there until 2026-03-31 if closed in 2024."""
    command = {
        "kind": "DisposeRecord",
        "on": on,
        "by": KURE_MAYOR,
        "drafted_by": KURE_OFFICER,
        "measure": "廃棄",
        "reasons": "保存期間が満了したため。",
        "decision": "呉総第34号",
    }
    return {"id": id, "case": case, "command": command}


def erasure(case: str, subject: str, **changed: object) -> dict[str, object]:
    """The decision to erase a person's information, found through one of the cases in Kure."""
    command = {
        "kind": "ErasePerson",
        "on": "2026-11-20",
        "by": KURE_MAYOR,
        "drafted_by": KURE_OFFICER,
        "subject": subject,
        "ground": "利用停止の請求",
        "reasons": "請求に理由があると認めるため。",
        "request": "呉総第12号",
        **changed,
    }
    return {"id": "e-1", "case": case, "command": command}
