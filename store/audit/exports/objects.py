"""対象: What the acts are about, as OCEL 2.0 wants it: cases, bodies, provisions, officers and matters.

Only what tells one object from another and the values it has had are kept, so memory grows with
the number of objects, not of acts. Residents are no objects; officers are known by their number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from domain.record import institution_of
from store.audit.exports.rows import ExportedAct
from store.canonical import Json

Body = dict[str, Json]
Relation = tuple[str, str]
"""The id of an object and, in Japanese, the part it plays (「起案者」)."""

CASE, BODY, PROVISION, OFFICER = "事案", "団体", "条項", "職員"
ORDER, REPORT, SESSION = "改善命令", "報告の求め", "聴聞の期日"
OBJECT_TYPES: Mapping[str, Mapping[str, str]] = {
    CASE: {"institution": "string", "municipality": "string", "municipality_name": "string"},
    BODY: {"name": "string", "area": "string"},
    PROVISION: {"citation": "string", "law": "string", "article": "string"},
    OFFICER: {"office": "string"},
    ORDER: {"measures": "string", "due": "time"},
    REPORT: {"matters": "string", "due": "time"},
    SESSION: {},
}
"""The types of objects, each with its attributes and their types."""

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
"""When a value holds that never changes, by the convention of OCEL 2.0."""
_STAFF = {"officer", "presider", "mayor"}
_SAID_OF_BODY = {"body_name": "name", "area": "area"}


@dataclass(slots=True)
class _Object:
    """One object: every value it has had, each from a moment on, and what it belongs to."""

    type: str
    values: list[tuple[str, str, datetime]] = field(default_factory=list[tuple[str, str, datetime]])
    relations: list[Relation] = field(default_factory=list[Relation])

    def now(self, name: str, value: str | None, since: datetime) -> None:
        """The value an attribute has from a moment on, unless it is as before or unknown."""
        before = next((old for each, old, _ in reversed(self.values) if each == name), None)
        if value and value != before:
            self.values.append((name, value, since))


class Objects:
    """The objects of the acts met so far."""

    def __init__(self) -> None:
        self._objects: dict[str, _Object] = {}
        self._bodies: dict[str, str] = {}

    def meet(self, act: ExportedAct, body: Body) -> list[Relation]:
        """The objects an act is about; what it says of them is kept."""
        found = [(self._case(act), "事案"), (self._provision(act), "根拠")]
        found += self._people(act, body)
        found += self._party(act, body)
        found += self._matters(act, body)
        return [*dict.fromkeys(found)]

    def written(self) -> Iterator[dict[str, object]]:
        """Each object as OCEL 2.0 writes it."""
        for id, one in self._objects.items():
            yield {
                "id": id,
                "type": one.type,
                "attributes": [
                    {"name": name, "value": value, "time": since}
                    for name, value, since in one.values
                ],
                "relationships": relationships(one.relations),
            }

    def _case(self, act: ExportedAct) -> str:
        if act.case not in self._objects:
            case = self._object(CASE, act.case)
            case.now("institution", institution_of(act.case), _ALWAYS)
            case.now("municipality", act.municipality, _ALWAYS)
            case.now("municipality_name", act.municipality_name, _ALWAYS)
        return act.case

    def _provision(self, act: ExportedAct) -> str:
        id = f"{PROVISION}:{provision_of(act)}"
        if id not in self._objects:
            provision = self._object(PROVISION, id)
            provision.now("citation", act.basis, _ALWAYS)
            provision.now("law", act.law, _ALWAYS)
            provision.now("article", act.article, _ALWAYS)
        return id

    def _people(self, act: ExportedAct, body: Body) -> Iterator[Relation]:
        if act.role in _STAFF:
            yield self._officer(act, act.person, act.office), "行為者"
        for name, part in (("drafted_by", "起案者"), ("presider", "主宰者")):
            actor = _part(body, name)
            if person := _text(actor, "person"):
                yield self._officer(act, person, _text(actor, "office")), part

    def _officer(self, act: ExportedAct, person: str, office: str | None) -> str:
        id = f"{OFFICER}:{act.municipality}:{person}"
        self._object(OFFICER, id).now("office", office, act.recorded_at)
        return id

    def _party(self, act: ExportedAct, body: Body) -> Iterator[Relation]:
        """The body of the case, known from its first own act on."""
        if act.role == "body":
            self._bodies[act.case] = id = f"{BODY}:{act.municipality}:{act.person}"
            self._belongs(self._objects[act.case], id, "当事者")
            party = self._object(BODY, id)
            for said in (body, _part(body, "amendment")):
                for name, attribute in _SAID_OF_BODY.items():
                    party.now(attribute, _text(said, name), act.recorded_at)
        if known := self._bodies.get(act.case):
            yield known, "行為者" if act.role == "body" else "当事者"

    def _matters(self, act: ExportedAct, body: Body) -> Iterator[Relation]:
        """The order, request for a report or session which the act names."""
        for type, name, said in ((ORDER, "improvement", "measures"), (REPORT, "report", "matters")):
            if isinstance(number := body.get(name), int):
                id = self._matter(act, type, number)
                self._objects[id].now(said, _text(body, said), act.recorded_at)
                yield id, "対象"
        for key, day in _deadlines(body):
            yield from self._due(act, key, day)
        if act.kind == "HearingSessionHeld":
            yield self._matter(act, SESSION, act.on.isoformat()), "期日"
        for ground in _parts(body, "grounds"):
            if isinstance(number := ground.get("improvement"), int):
                yield self._matter(act, ORDER, number), "事由"

    def _due(self, act: ExportedAct, key: str, day: str) -> Iterator[Relation]:
        """What a deadline is the deadline of, by its key (order-1-0, report-2, hearing-1)."""
        head, number, *_ = [*key.split("-"), ""]
        if head == "hearing":
            yield self._matter(act, SESSION, day), "期日の指定"
        elif (type := {"order": ORDER, "report": REPORT}.get(head)) and number.isdecimal():
            id = self._matter(act, type, int(number))
            self._objects[id].now("due", moment(day), act.recorded_at)
            yield id, "対象"

    def _matter(self, act: ExportedAct, type: str, name: int | str) -> str:
        id = f"{type}:{act.case}:{name}"
        self._belongs(self._object(type, id), act.case, "属する事案")
        return id

    def _object(self, type: str, id: str) -> _Object:
        return self._objects.setdefault(id, _Object(type))

    def _belongs(self, one: _Object, id: str, part: str) -> None:
        if (id, part) not in one.relations:
            one.relations.append((id, part))


def provision_of(act: ExportedAct) -> str:
    """The provision as an id: 322AC0000000067/260_49/11, with the item if there is one."""
    parts = (act.law, act.article, act.paragraph, act.item)
    return "/".join("" if part is None else str(part) for part in parts).rstrip("/")


def midnight(day: date) -> str:
    """A day as the moment OCEL 2.0 wants: at midnight in UTC, so that its date stays the same."""
    return f"{day.isoformat()}T00:00:00Z"


def moment(text: str) -> str | None:
    """A day or a moment of a body in UTC, as ISO 8601 writes it; None if it is neither."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.tzinfo is None:
        return midnight(found.date())
    return found.astimezone(UTC).isoformat().replace("+00:00", "Z")


def relationships(relations: list[Relation]) -> list[dict[str, str]]:
    """Relations as OCEL 2.0 writes them."""
    return [{"objectId": id, "qualifier": part} for id, part in relations]


def _deadlines(body: Body) -> Iterator[tuple[str, str]]:
    """Key and day of the deadlines a body sets; one that waits for an end has no day yet."""
    for value in body.values():
        if (
            isinstance(value, dict)
            and (key := _text(value, "key"))
            and (day := _text(value, "day"))
        ):
            yield key, day


def _parts(body: Body, name: str) -> list[Body]:
    value = body.get(name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _part(body: Body, name: str) -> Body:
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def _text(body: Body, name: str) -> str | None:
    value = body.get(name)
    return value if isinstance(value, str) else None
