"""`domain/governed.toml` says the truth: what is consulted where an act is decided, and why a day is a day.

`python -m tests.law.test_governed` prints the entries that the acts of `everything.py` make.
"""

import json
import tomllib
from pathlib import Path
from typing import Any, cast

import pytest

from domain.designation import DESIGNATION
from domain.ordinance import Ordinance, Parameter
from domain.periods import Deadline
from domain.profile_forms import NAMES
from domain.transition import consulted, governed
from tests.law.everything import ACTS, Act
from tests.law.example import RULES
from tests.law.specification import given

TABLE = Path(__file__).parents[2] / "domain" / "governed.toml"
LISTED = {one["command"]: one for one in tomllib.loads(TABLE.read_text("utf-8")).get("act", [])}
NAMED = {getattr(RULES.ordinance, name).meaning: name for name in NAMES}

OF_STATUTE = ("appeal-", "suit-", "deemed-")
"""審査請求期間・出訴期間（行審法第18条、行訴法第14条）、公示による到達: no ordinance moves them."""


class Seen:
    """The parameters that were asked for, by name."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: set[str] = set()
        known = cast("Any", Parameter).known

        def watched(parameter: Parameter[Any], *words: object) -> object:
            self.names.add(NAMED[parameter.meaning])
            return known(parameter, *words)

        monkeypatch.setattr(Parameter, "known", watched)


def _entry(act: Act, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """The events an act brings about, and the parameters it consults."""
    before = given(*act.story)
    with monkeypatch.context() as patched:
        seen = Seen(patched)
        events = before.when(act.command).events
    return [event.tag for event in events], sorted(seen.names, key=NAMES.index)


def test_the_meanings_tell_the_parameters_apart() -> None:
    assert len(NAMED) == len(NAMES)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_an_act_consults_what_the_table_says(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    events, names = _entry(act, monkeypatch)
    told = {*consulted(act.command.tag), "delegations"}
    assert set(names) <= told, _line(act.command.tag, events, names)
    assert all(set(names) <= {*consulted(event), "delegations"} for event in events)


def test_the_table_lists_only_what_is_known() -> None:
    kinds = {act.command.tag for act in ACTS}
    assert set(LISTED) <= kinds
    for one in LISTED.values():
        assert set(one["parameters"]) <= set(NAMES)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.tag)
def test_a_running_period_of_the_ordinance_rests_on_a_parameter(act: Act) -> None:
    state = given(*act.story, act.command).state
    for due in DESIGNATION.dues(state, RULES):
        assert _rests(due.deadline, RULES.ordinance), due.deadline.key


def _rests(deadline: Deadline, ordinance: Ordinance) -> bool:
    """A period of the statute (法令) rests on no parameter, any other on one that there is."""
    rule = governed(deadline.key)
    if deadline.period is None:
        return True
    if deadline.period.source == "法令":
        return rule is None and deadline.key.startswith(OF_STATUTE)
    return rule is not None and hasattr(ordinance, rule.parameter)


def _line(command: str, events: list[str], names: list[str]) -> str:
    return (
        f"[[act]]\ncommand = {json.dumps(command)}\nevents = {json.dumps(events)}\n"
        f"parameters = {json.dumps(names)}\n"
    )


if __name__ == "__main__":
    patch = pytest.MonkeyPatch()
    entries: dict[str, tuple[set[str], set[str]]] = {}
    for one in ACTS:
        brought, asked = _entry(one, patch)
        events, names = entries.setdefault(one.command.tag, (set(), set()))
        events.update(brought)
        names.update(asked)
    for tag, (events, names) in entries.items():
        if names:
            print(_line(tag, sorted(events), sorted(names, key=NAMES.index)))  # noqa: T201
