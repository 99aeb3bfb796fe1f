"""The packaged stories of disputes: every step comes about, or is refused, as their files say."""

from hashlib import sha256
from pathlib import Path

import pytest

import console
from activities.rulebook import Rulebook
from console.story import read_story, scenes
from domain.decider import Refused
from domain.dispute import DISPUTE
from domain.dispute.appointing import CommissionersLeftOffice
from domain.dispute.lifecycle import Event
from domain.dispute.mediating import ProposalPresented
from domain.dispute.parties import party_of
from domain.dispute.status import State

RULES = Path(console.__file__).parent / "stories" / "rules"
ENDS = {
    "dispute": ("措置済み", "ProcessingMeasureCompleted"),
    "mediation": ("調停成立", "MediationEstablished"),
    "termination": ("調停打切り", "MediationTerminated"),
    "declined": ("不付託", "MediationNotReferred"),
}


REFUSALS = {
    "dispute": ("法第251条の3の2第1項", "法第251条の3の2第5項"),
    "mediation": (
        *("法第96条第1項第12号", "法第251条の2第10項", "法第96条第1項第12号"),
        *("法第251条の2第7項", "法第251条の2第7項"),
    ),
    "termination": ("法第251条の2第5項",),
    "declined": ("令第174条の6第2項",),
}


def _played(name: str) -> tuple[State, list[Event], list[str]]:
    rulebook, state = Rulebook(extra=RULES), DISPUTE.decider.initial
    told, refused = list[Event](), list[str]()
    for scene in scenes(read_story(name), rulebook):
        assert scene.submission is not None
        command = DISPUTE.command.validate_python(scene.submission.command)
        rules = rulebook.rules(party_of(command) or "")
        if scene.refused:
            with pytest.raises(Refused) as why:
                DISPUTE.decider.decide(command, state, rules)
            refused.append(f"{why.value.citation}")
            continue
        events = DISPUTE.decider.decide(command, state, rules)
        assert events, command.tag
        state = DISPUTE.decider.fold(events, state)
        told += events
    return state, told, refused


@pytest.mark.parametrize("name", ENDS)
def test_the_story_goes_as_its_file_says(name: str) -> None:
    title, fact = ENDS[name]
    state, told, refused = _played(name)
    assert tuple(refused) == REFUSALS[name]
    assert (state.title, DISPUTE.is_open(state)) == (title, False)
    assert fact in [event.tag for event in told]


@pytest.mark.parametrize("name", ["mediation", "termination"])
def test_the_digest_is_that_of_the_text(name: str) -> None:
    _, told, _ = _played(name)
    texts = [event for event in told if isinstance(event, ProposalPresented)]
    assert texts
    for event in texts:
        assert event.sha256 == sha256(event.content.encode()).hexdigest()


def test_the_commissioners_leave_office_where_the_law_says_so() -> None:
    left = {
        name: [one.ground for one in _played(name)[1] if isinstance(one, CommissionersLeftOffice)]
        for name in ENDS
    }
    assert left == {
        "dispute": ["処理方策の提示の完了"],
        "mediation": ["調停の成立の通知"],
        "termination": ["調停の打切りの通知"],
        "declined": [],
    }
