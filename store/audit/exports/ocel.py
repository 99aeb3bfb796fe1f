"""OCEL 2.0: The acts as an object-centric event log, for process mining.

An event's type is its kind, its time the moment of recording: that is exact and in order, which the
legal day is not; the legal day is the attribute `on`. OCEL knows no days, so a day is given as
midnight in UTC and keeps its date. Values are texts, as the published JSON schema asks, and have
the type that is declared for them. Events are written as they come, the objects after them.

What concerns a resident is left out, also where the record does not seal it: the number of a
person whose information was erased, and the address of a body's office, often a home.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import assert_never, cast

from orjson import OPT_UTC_Z, dumps, loads

from store.audit.exports.kinds import Shape, kinds
from store.audit.exports.objects import OBJECT_TYPES, Body, Objects, midnight, moment, relationships
from store.audit.exports.rows import BATCH, Acts, ExportedAct, hand_over
from store.audit.exports.tables import Sink
from store.canonical import Json

_COMMON: dict[str, Shape] = {
    "title": "string",
    "position": "integer",
    "number": "integer",
    "on": "time",
    "on_wareki": "string",
    "office": "string",
    "role": "string",
    "acting_for": "string",
    "basis": "string",
    "ordinance": "string",
    "command_id": "string",
    "document": "string",
    "reasons": "string",
    "hash": "string",
}
"""What every event may have: fields of `ExportedAct`."""
_LEFT_OUT = {*_COMMON, "kind", "improvement", "report", "subject", "office_address"}
_TYPES: dict[Shape, str] = {
    "string": "string",
    "integer": "integer",
    "boolean": "boolean",
    "time": "time",
    "deadline": "time",
    "finding": "string",
}


async def write_ocel(acts: Acts, file: Sink, *, done: Callable[[int], None] | None = None) -> int:
    """Write the acts as OCEL 2.0 JSON and close them; the number of events written.

    An event is called 事案番号/版, an object by its type and number; both stay the same in every
    export. `done` is told now and then how many events have been written.
    """
    log = _Log(file)
    total = await hand_over(acts, log.add, done)
    log.end()
    return total


class _Log:
    """The file as it grows, and what has to be written after the events."""

    def __init__(self, file: Sink) -> None:
        self._file, self._empty = file, True
        self._objects, self._kinds = Objects(), set[str]()
        file.write(b'{"objectTypes":' + _dump([*_types(OBJECT_TYPES)]) + b',\n"events":[')

    def add(self, some: Sequence[ExportedAct]) -> None:
        """The next events."""
        self._kinds.update(act.kind for act in some)
        self._items(_event(act, self._objects) for act in some)

    def end(self) -> None:
        """The objects, and the types of the events that came."""
        self._file.write(b'],\n"objects":[')
        self._empty, batch = True, list[dict[str, object]]()
        for one in self._objects.written():
            batch.append(one)
            if len(batch) == BATCH:
                self._items(batch)
                batch.clear()
        self._items(batch)
        types = {kind: _attributes(kind) for kind in sorted(self._kinds)}
        self._file.write(b'],\n"eventTypes":' + _dump([*_types(types)]) + b"}\n")

    def _items(self, items: Iterable[dict[str, object]]) -> None:
        # One after another: what the encoder gives holds several times its size in memory.
        text = bytearray()
        for item in items:
            text += b"\n" if self._empty else b",\n"
            text += _dump(item)
            self._empty = False
        self._file.write(bytes(text))


def _event(act: ExportedAct, objects: Objects) -> dict[str, object]:
    body = cast("Body", loads(act.body)) if act.body else {}
    return {
        "id": f"{act.case}/{act.number}",
        "type": act.kind,
        "time": act.recorded_at,
        "attributes": [{"name": name, "value": value} for name, value in _values(act, body)],
        "relationships": relationships(objects.meet(act, body)),
    }


def _values(act: ExportedAct, body: Body) -> Iterator[tuple[str, str]]:
    for name in _COMMON:
        value: object = midnight(act.on) if name == "on" else getattr(act, name)
        if value:
            yield name, str(value)
    for name, shape in _own(act.kind).items():
        if text := _text(shape, body.get(name)):
            yield name, text


def _text(shape: Shape, value: Json) -> str | None:
    """A value of a body as a text; None where there is none or it has not the shape it should."""
    match shape:
        case "string":
            return value if isinstance(value, str) else None
        case "integer":
            return str(value) if isinstance(value, int) else None
        case "boolean":
            return str(value).lower() if isinstance(value, bool) else None
        case "time":
            return moment(value) if isinstance(value, str) else None
        case "deadline":
            return _text("time", value.get("day")) if isinstance(value, dict) else None
        case "finding":
            return _text("string", value.get("reasons")) if isinstance(value, dict) else None
        case _:
            assert_never(shape)


@cache
def _own(kind: str) -> Mapping[str, Shape]:
    """The attributes that events of a kind have besides the common ones."""
    known = kinds().get(kind)
    shapes: Mapping[str, Shape] = known.shapes if known else {}
    return {name: shape for name, shape in shapes.items() if name not in _LEFT_OUT}


def _attributes(kind: str) -> dict[str, str]:
    shapes: Mapping[str, Shape] = {**_COMMON, **_own(kind)}
    return {name: _TYPES[shape] for name, shape in shapes.items()}


def _types(types: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, object]]:
    for name, attributes in types.items():
        listed = [{"name": each, "type": type} for each, type in attributes.items()]
        yield {"name": name, "attributes": listed}


def _dump(value: object) -> bytes:
    return dumps(value, option=OPT_UTC_Z)
