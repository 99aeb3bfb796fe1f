"""物語: A case as data, played command by command.

A story file names the people once and lists the steps: a command, a note of the calendar to
wait for, or a command that the law must refuse. `play` turns it into submissions. Where several
governments act, `parties` tells whose people they are; a `text` is one of the shipped examples of
an agreement, whose digest is computed, never copied.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import cast

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter

from activities.rulebook import Rulebook
from domain.agreement.wording import AgreementFile, digest, form
from domain.agreement.wording.outline import laid_down
from domain.designation.requirements import Particulars, checklist
from domain.people import Actor
from domain.record import Submission, municipality_of

_PERSON_FIELDS = ("drafted_by", "presider", "reviewer")


class _Step(BaseModel):
    model_config = ConfigDict(extra="forbid")

    say: str = ""
    on: date | None = None
    by: str = ""
    text: str = ""
    each: str = ""
    refused: bool = False
    wait_for: str = ""
    command: dict[str, object] = {}


class TextOfStory(BaseModel):
    """A shipped example of an agreement, and the version it is in the story."""

    model_config = ConfigDict(extra="forbid")

    form: str
    version: int

    def read(self) -> AgreementFile:
        """The agreement itself."""
        return AgreementFile.model_validate(tomllib.loads(form(self.form)))


class Story(BaseModel):
    """A story as its file has it."""

    model_config = ConfigDict(extra="forbid")

    title: str
    case: str
    people: dict[str, Actor]
    parties: dict[str, list[str]] = {}
    texts: dict[str, TextOfStory] = {}
    step: list[_Step]


@dataclass(frozen=True)
class Scene:
    """One thing that happens: a submission, or the kind of event to wait for."""

    say: str
    submission: Submission | None = None
    refused: bool = False
    wait_for: str = ""


def read_story(name: str) -> Story:
    """The packaged story `name`."""
    text = files("console").joinpath(f"stories/{name}.toml").read_text("utf-8")
    return Story.model_validate(tomllib.loads(text))


def scenes(story: Story, rulebook: Rulebook) -> Iterator[Scene]:
    """The story, step by step; a step for each requirement becomes as many submissions."""
    for number, step in enumerate(story.step, start=1):
        if step.wait_for:
            yield Scene(step.say, wait_for=step.wait_for)
            continue
        for part, command in enumerate(_commands(story, step, rulebook)):
            key = f"{story.case.rsplit('-', 1)[1]}-{number:02}" + (
                f"-{part + 1:02}" if step.each else ""
            )
            submission = Submission(id=key, case=story.case, command=command)
            yield Scene(step.say if part == 0 else "", submission, step.refused)


def until(story: Story, kind: str, case: str, day: date) -> Story:
    """The story up to the first act of `kind`, as another case, so dated that it falls on `day`."""
    end = next(
        i
        for i, step in enumerate(story.step)
        if step.command.get("kind") == kind and not step.refused
    )
    last = story.step[end].on
    shift = day - last if last else timedelta()
    steps = [_shifted(step, shift) for step in story.step[: end + 1] if not step.refused]
    return story.model_copy(update={"case": case, "step": steps})


def _shifted(step: _Step, shift: timedelta) -> _Step:
    moved = {key: _later(value, shift) for key, value in step.command.items()}
    on = step.on + shift if step.on else None
    return step.model_copy(update={"on": on, "command": moved})


def _later(value: object, shift: timedelta) -> object:
    return value + shift if isinstance(value, date) else value


def _commands(story: Story, step: _Step, rulebook: Rulebook) -> Iterator[dict[str, JsonValue]]:
    base = {
        "on": step.on,
        "by": story.people[step.by].model_dump(),
        **_party(story, step),
        **_text(story, step),
        **step.command,
    }
    for field in _PERSON_FIELDS:
        if field in base:
            base[field] = story.people[str(base[field])].model_dump()
    if not step.each:
        yield _json(base)
        return
    for requirement, evidence in _to_examine(story, step, rulebook):
        finding = {"reasons": "申請書と添付書類から認められる。", "evidence": [evidence]}
        yield _json({**base, "requirement": requirement, "finding": finding})


def _party(story: Story, step: _Step) -> dict[str, object]:
    of = [code for code, people in story.parties.items() if step.by in people]
    return {"party": of[0]} if of else {}


def _text(story: Story, step: _Step) -> dict[str, object]:
    """The text as a command names it: whole where it is fixed, by number and digest afterwards."""
    if not step.text:
        return {}
    told = story.texts[step.text]
    text = told.read()
    if step.command["kind"] != "FixText":
        return {"version": told.version, "sha256": digest(text)}
    version = {"no": told.version, "sha256": digest(text), "title": text.title}
    kinds = {"basic_policy": "基本方針", "roles": "役割分担", "expertise": "専門人材"}
    articles = {name: list(laid_down(text, kind)) for name, kind in kinds.items()}
    return {"version": version, **articles}


def _to_examine(story: Story, step: _Step, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    filed = story.step[0].command
    said = Particulars.model_validate({name: filed[name] for name in Particulars.model_fields})
    ordinance = rulebook.rules(municipality_of(story.case)).ordinance
    for item in checklist(said, ordinance, step.on or date.max):
        if item.proof != "machine":
            yield item.id, "添付書類" if item.proof == "document" else "現地の確認記録"


def _json(value: dict[str, object]) -> dict[str, JsonValue]:
    dumped = TypeAdapter(dict[str, object]).dump_python(value, mode="json")
    return cast("dict[str, JsonValue]", dumped)
