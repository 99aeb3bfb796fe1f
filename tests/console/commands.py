"""Submissions for the tests of the console."""

from activities.rulebook import Rulebook
from console.story import read_story, scenes
from domain.record import Submission

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
