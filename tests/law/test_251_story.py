"""The packaged story of a dispute: every step comes about, or is refused, as its file says."""

from pathlib import Path

import pytest

import console
from activities.rulebook import Rulebook
from console.story import read_story, scenes
from domain.decider import Refused
from domain.dispute import DISPUTE
from domain.dispute.lifecycle import Event
from domain.dispute.parties import party_of

RULES = Path(console.__file__).parent / "stories" / "rules"


def test_the_story_goes_as_its_file_says() -> None:
    rulebook, state = Rulebook(extra=RULES), DISPUTE.decider.initial
    told: list[Event] = []
    for scene in scenes(read_story("dispute"), rulebook):
        assert scene.submission is not None
        command = DISPUTE.command.validate_python(scene.submission.command)
        rules = rulebook.rules(party_of(command) or "")
        if scene.refused:
            with pytest.raises(Refused):
                DISPUTE.decider.decide(command, state, rules)
            continue
        events = DISPUTE.decider.decide(command, state, rules)
        assert events, command.tag
        state = DISPUTE.decider.fold(events, state)
        told += events
    assert (state.title, DISPUTE.is_open(state)) == ("措置済み", False)
    assert "ProcessingMeasureCompleted" in [event.tag for event in told]
