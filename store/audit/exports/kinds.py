"""行為の種別: What the domain says of each kind of event: its title, and fields with one value.

Everything is derived from the registered institutions, so that a new kind is handed over under its
title without a line here. A kind that is stored but no longer known is called by its tag.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from domain.acts import Event
from domain.institution import Institution
from domain.registry import INSTITUTIONS
from store.canonical import Json

Shape = Literal["string", "integer", "boolean", "time", "deadline", "finding"]
"""A text, a number, a yes or no, a day or moment, a `Deadline`, a `Finding`."""

_Object = dict[str, Json]
_FORMATS = {"date", "date-time"}
_MODELS: Mapping[str, Shape] = {"#/$defs/Deadline": "deadline", "#/$defs/Finding": "finding"}
_PLAIN: Mapping[str, Shape] = {"string": "string", "integer": "integer", "boolean": "boolean"}


@dataclass(frozen=True)
class Kind:
    """種別: The Japanese title of an event, and the shape of each field that has one value."""

    title: str
    shapes: Mapping[str, Shape]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of event of the registered institutions, by its stored tag."""
    return {tag: kind for each in INSTITUTIONS for tag, kind in _kinds_of(each)}


def title_of(tag: str) -> str:
    """「改善命令」, or the tag itself where no registered institution knows it."""
    known = kinds().get(tag)
    return known.title if known else tag


def _kinds_of(institution: Institution[Any, Any, Any]) -> Iterator[tuple[str, Kind]]:
    schema = cast("_Object", institution.event.json_schema())
    models = cast("dict[str, _Object]", schema["$defs"])
    titles = {cls.__name__: cls.title for cls in _events(Event) if hasattr(cls, "title")}
    for tag, place in cast("dict[str, dict[str, str]]", schema["discriminator"])["mapping"].items():
        model = place.rpartition("/")[2]
        fields = cast("dict[str, _Object]", models[model]["properties"])
        shapes: dict[str, Shape] = {
            name: shape for name, field in fields.items() if (shape := _shape(field))
        }
        yield tag, Kind(titles[model], shapes)


def _events(base: type[Event]) -> Iterator[type[Event]]:
    """The event classes below a base."""
    for cls in base.__subclasses__():
        yield cls
        yield from _events(cls)


def _shape(field: _Object) -> Shape | None:
    """The shape of a field by its JSON schema; None where it has parts or many values."""
    for one in cast("list[_Object]", field.get("anyOf", [field])):
        if one.get("format") in _FORMATS:
            return "time"
        if shape := _MODELS.get(str(one.get("$ref"))) or _PLAIN.get(str(one.get("type"))):
            return shape
    return None
