"""行為: What commands and events have in common."""

from datetime import date
from typing import ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict

from domain.law import Citation
from domain.people import Actor
from domain.text import Line, Text


class Act(BaseModel):
    """行為: Frozen, closed to unknown fields, dated by the legal day and naming who acts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: ClassVar[str]
    """The act in the words of an official: the update's name, or the event's."""

    on: date
    """The legal day of the act, never later than today."""
    by: Actor
    document: Line | None = None
    """文書番号 of the paper on which the act was done, if it has one (広地活第123号)."""

    @property
    def tag(self) -> str:
        """The name under which the act is stored, fixed for ever in its field `kind`."""
        return str(type(self).model_fields["kind"].default)


class Command(Act):
    """命令書: What somebody asks the engine to do; each has a field `kind`, its frozen tag."""

    cites: ClassVar[Citation]
    """The provision under which the act is done, cited where it is refused."""


class Event(Act):
    """事実: A legal act that has happened; each has a field `kind`, its frozen tag.

    `basis` and `ordinance` are stored with every row: the provision, and the version of the
    municipality's profile under which the act was judged.
    """

    basis: Citation
    ordinance: str


class Finding(BaseModel):
    """認定: Where the law says 「認める」, what a person found, on which reasons and evidence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reasons: Text
    evidence: tuple[Line, ...] = ()


A = TypeVar("A", bound=Act)


def tag(act: type[Act]) -> str:
    """The `kind` under which an act is handed in or stored."""
    return str(act.model_fields["kind"].default)


def concrete(base: type[A]) -> list[type[A]]:
    """Every act below `base` that has a kind of its own, of the institutions that were imported."""
    below = [act for child in base.__subclasses__() for act in (child, *concrete(child))]
    return [act for act in below if "kind" in act.model_fields]
