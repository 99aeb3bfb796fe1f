"""行為を探す: Acts across cases, by any combination of who, when, where, what and which words."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

import asyncpg

from domain.law import Citation
from store.audit.desk import Desk, Viewer
from store.audit.narrative import SHORTEST, grams, holds
from store.database import Connection

Grouping = Literal["municipality", "kind", "person", "provision", "month", "fiscal_year"]
PAGE = 500
_FIND = "select * from kyodo.find_acts($1::jsonb, $2)"
_COUNT = "select * from kyodo.count_acts($1::jsonb, $2)"


class TooShort(ValueError):
    """A phrase needs two characters at least; the text is Japanese."""


@dataclass(frozen=True)
class Filter:
    """探し方: Everything that is given must hold; what is left out does not matter.

    `provision` finds what was done under it and the procedures that led to it, narrowed as far as
    it goes (article, paragraph, item). `persons` are who acted or drafted. `since` and `until` are
    legal days, `known_since` and `known_until` moments of recording, all inclusive. `late_days` is
    the number of days at least by which the recording came after the legal day. `phrase` is what
    somebody wrote, word for word. `stage`, `open` and `overdue_on` are about the case as it stands
    now. `after` is the position after which to go on.
    """

    municipalities: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    provision: Citation | None = None
    since: date | None = None
    until: date | None = None
    known_since: datetime | None = None
    known_until: datetime | None = None
    late_days: int | None = None
    phrase: str = ""
    stage: str = ""
    open: bool | None = None
    overdue_on: date | None = None
    after: int = 0

    def asked(self) -> str:
        """As the database takes it; TooShort where the phrase cannot be looked for."""
        if self.phrase and len(self.phrase) < SHORTEST:
            raise TooShort(f"語句「{self.phrase}」が短すぎます。{SHORTEST} 文字以上にしてください")
        named = {name: value for name, value in vars(self).items() if name not in _SPECIAL}
        asked = {name: value for name, value in named.items() if value not in (None, "", (), 0)}
        if self.open is not None:
            asked["open"] = self.open
        if self.provision:
            asked |= self.provision.model_dump(exclude_none=True)
        if self.phrase:
            asked |= {"grams": grams([self.phrase]), "written": _in_json(self.phrase)}
        return json.dumps(asked, ensure_ascii=False, default=str)

    def described(self) -> dict[str, object]:
        """What was asked for, to be noted with the look."""
        given = {
            name: value for name, value in vars(self).items() if value not in (None, "", (), 0)
        }
        return {**given, **({"provision": str(self.provision)} if self.provision else {})}


_SPECIAL = ("provision", "phrase", "open")


def _in_json(phrase: str) -> str:
    """The phrase as it stands in a body."""
    return json.dumps(phrase, ensure_ascii=False)[1:-1]


@dataclass(frozen=True)
class Found:
    """An act that was found; `body` is None where it was disposed of."""

    position: int
    municipality: str
    case: str
    number: int
    kind: str
    on: date
    recorded_at: datetime
    person: str
    office: str
    acting_for: str | None
    basis: Citation
    ordinance: str
    body: str | None


@dataclass(frozen=True)
class Count:
    """How many acts of how many cases have these values of the grouping."""

    keys: tuple[str | None, ...]
    acts: int
    cases: int


async def find(desk: Desk, viewer: Viewer, what: Filter, limit: int = PAGE) -> list[Found]:
    """At most `limit` acts, in the order of their recording; the next ones follow the last position."""
    asked = what.asked()
    async with desk.look(viewer, "行為の検索", detail=what.described()) as connection:
        found = await _found(connection, asked, what, limit)
    await desk.saw(viewer, "行為の検索", [act.case for act in found])
    return found


async def _found(connection: Connection, asked: str, what: Filter, limit: int) -> list[Found]:
    """Until there are enough: the words of a phrase may stand where nobody wrote them."""
    found: list[Found] = []
    while len(found) < limit:
        rows = await connection.fetch(_FIND, asked, limit)
        acts = [_act(row) for row in rows]
        found += [act for act in acts if not what.phrase or holds(act.body or "{}", what.phrase)]
        if len(rows) < limit:
            break
        asked = replace(what, after=max(act.position for act in acts)).asked()
    return sorted(found, key=lambda act: act.position)[:limit]


async def count(
    desk: Desk, viewer: Viewer, what: Filter, by: tuple[Grouping, ...] = ()
) -> list[Count]:
    """How many acts there are, by the values of the groupings."""
    detail = {**what.described(), "by": by}
    async with desk.look(viewer, "行為の集計", detail=detail) as connection:
        rows = await connection.fetch(_COUNT, what.asked(), list(by))
    return [Count(tuple(row["keys"]), row["acts"], row["cases"]) for row in rows]


def _act(row: asyncpg.Record) -> Found:
    basis = {name: row[name] for name in ("law", "article", "paragraph", "item")}
    return Found(
        position=row["position"],
        municipality=row["municipality"],
        case=row["case_id"],
        number=row["number"],
        kind=row["kind"],
        on=row["on_day"],
        recorded_at=row["recorded_at"],
        person=row["person"],
        office=row["office"],
        acting_for=row["acting_for"],
        basis=Citation(**basis),
        ordinance=row["ordinance"],
        body=row["body"],
    )
