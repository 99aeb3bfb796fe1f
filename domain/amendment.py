"""規律の改定（法第14条第1項、条例の附則）: An amendment for running cases reaches the case it is for.

Acts done from its first day are judged by it without more. A period that is already running is
moved by a recorded act only, so that everybody can see from when it ended otherwise, and why.
"""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from domain.acts import Command as AnyCommand
from domain.acts import Event
from domain.law import ART_14, Citation
from domain.ordinance import Rules, Transition
from domain.people import Role
from domain.periods import Deadline
from domain.procedure import Entry, refuse_unless, stated
from domain.text import Key, Line, Text
from domain.transition import Shift

BY_ORDINANCE = ART_14.para(1)


class MovedDeadline(BaseModel):
    """動いた期限: One deadline before and after, the parameter and the provision that moved it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: Deadline
    after: Deadline
    parameter: Key
    provision: Line
    since: date
    applies: Transition


class RulesChanged(Event):
    """規律の改定の適用（法第14条第1項）: The periods of a running case end as the amendment has it.

    `before` is the version of the profile that the last act was judged under; the version applied
    is that of the event itself.
    """

    title: ClassVar[str] = "規律の改定の適用"
    kind: Literal["RulesChanged"] = "RulesChanged"
    basis: Citation = BY_ORDINANCE
    before: Line
    moved: tuple[MovedDeadline, ...]
    reasons: Text


class ApplyRules(Entry):
    """規律の改定を適用する（法第14条第1項）: By an officer; `reasons` names the 附則 that says so."""

    title: ClassVar[str] = "規律の改定を適用する"
    cites: ClassVar[Citation] = BY_ORDINANCE
    done_by: ClassVar[Role] = "officer"
    kind: Literal["ApplyRules"] = "ApplyRules"
    reasons: Text


def apply(
    command: ApplyRules, before: str, shifts: Sequence[Shift], rules: Rules
) -> list[RulesChanged]:
    """The deadlines that move, nothing where none does."""
    if not shifts:
        return []
    moved = tuple(
        MovedDeadline(
            before=shift.before,
            after=shift.after,
            parameter=shift.parameter,
            provision=shift.value.basis,
            since=_since(shift, command.on, rules),
            applies=shift.value.applies,
        )
        for shift in shifts
    )
    return [stated(RulesChanged, command, rules, before=before, moved=moved)]


def _since(shift: Shift, day: date, rules: Rules) -> date:
    """The first day of the amendment, which the reach back has hidden."""
    known = getattr(rules.ordinance, shift.parameter).known(day)
    return known.since if known else day


def must_run(command: AnyCommand, *, open: bool) -> None:
    """Refuse where the case has come to its end: nothing runs in it."""
    refuse_unless(open, command.cites, "終結した事案に、規律の改定を適用することはありません")
