"""The stored form of every event: an example of each shape that was ever written is still read.

`examples/<Kind>.v<n>.json` holds one event as it was stored under the n-th shape of its kind. A
record is never rewritten, so an example is never changed: who changes a shape adds the next one
(`python -m tests.law.test_stored_events` writes those that are missing) and an upcaster if the
old shape no longer fits.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from domain.acts import Event
from domain.registry import AGREEMENT_FILES, DESIGNATION_FILES, DISPUTE_FILES
from tests.law import docket, league, league_acts, quarrel, quarrel_acts
from tests.law.everything import ACTS, EVENT_KINDS
from tests.law.specification import given

KINDS: tuple[type[Event], ...] = (
    *EVENT_KINDS,
    *league_acts.EVENT_KINDS,
    *quarrel_acts.EVENT_KINDS,
    *docket.EVENT_KINDS,
)
_OF_AGREEMENTS = {kind.__name__ for kind in league_acts.EVENT_KINDS}
_OF_DISPUTES = {kind.__name__ for kind in quarrel_acts.EVENT_KINDS}
EXAMPLES = Path(__file__).parent / "examples"
STORED = sorted(EXAMPLES.glob("*.json"))


def _read(text: str) -> Event:
    """A stored event, by the institution that its kind belongs to."""
    kind = json.loads(text)["kind"]
    if kind in _OF_DISPUTES:
        return DISPUTE_FILES.event.validate_json(text)
    files = AGREEMENT_FILES if kind in _OF_AGREEMENTS else DESIGNATION_FILES
    return files.event.validate_json(text)


def _shapes(kind: type[Event]) -> list[Path]:
    """The examples of a kind, the oldest shape first."""
    found = EXAMPLES.glob(f"{kind.__name__}.v*.json")
    return sorted(found, key=lambda path: int(path.suffixes[0].removeprefix(".v")))


def _holds(now: object, stored: object) -> bool:
    """Whether everything that was stored is still there; fields added since may stand beside it."""
    match now, stored:
        case dict(), dict():
            there = cast("dict[str, object]", now)
            return all(
                key in there and _holds(there[key], value)
                for key, value in cast("dict[str, object]", stored).items()
            )
        case list(), list():
            ours, theirs = cast("list[object]", now), cast("list[object]", stored)
            return len(ours) == len(theirs) and all(map(_holds, ours, theirs))
        case _:
            return now == stored


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_what_was_stored_is_still_read_and_loses_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    event = _read(text)
    assert event.tag == path.name.split(".")[0]
    assert _holds(json.loads(event.model_dump_json()), json.loads(text))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_last_example_of_a_kind_has_its_present_shape(kind: type[Event]) -> None:
    text = _shapes(kind)[-1].read_text("utf-8")
    event = _read(text)
    assert json.loads(event.model_dump_json()) == json.loads(text)


def test_every_example_is_of_a_kind_that_is_still_known() -> None:
    known = {kind.__name__ for kind in KINDS}
    assert {path.name.split(".")[0] for path in STORED} == known


def _first_of_each_kind() -> Iterator[Event]:
    seen: set[str] = set()
    ours = (event for act in ACTS for event in given(*act.story).when(act.command).events)
    theirs = (
        event
        for act in league_acts.ACTS
        for event in league.given(*act.story).when(act.command).events
    )
    disputed = (
        event
        for act in quarrel_acts.ACTS
        for event in quarrel.given(*act.story).when(act.command).events
    )
    for event in (*ours, *theirs, *disputed, *docket.events()):
        if event.tag not in seen:
            seen.add(event.tag)
            yield event


def _write_missing() -> None:
    for event in _first_of_each_kind():
        shapes = _shapes(type(event))
        last = _read(shapes[-1].read_text("utf-8")) if shapes else None
        if last and json.loads(last.model_dump_json()) == json.loads(shapes[-1].read_text("utf-8")):
            continue
        said = json.loads((last or event).model_dump_json())
        text = json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True)
        path = EXAMPLES / f"{event.tag}.v{len(shapes) + 1}.json"
        path.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    _write_missing()
