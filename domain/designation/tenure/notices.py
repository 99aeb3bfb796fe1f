"""告示（法第14条第1項、条例）: A duty of the municipality, open until it is recorded.

A 告示 has no effect on the designation itself; it is not the 公表 of 第4項, nor the 公示 of a notice.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from domain.acts import Event
from domain.decider import Refused
from domain.designation.tenure.conditions import BY_ORDINANCE
from domain.designation.tenure.standing import Noticed, NoticeDue, Tenure
from domain.law import Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.procedure import Entry, not_before, stated
from domain.text import Line


class PublicNoticeGiven(Event):
    """告示（法第14条第1項）: `of` was put up under the number `number` on the day `on`."""

    title: ClassVar[str] = "告示"
    kind: Literal["PublicNoticeGiven"] = "PublicNoticeGiven"
    basis: Citation = BY_ORDINANCE
    of: Noticed
    number: Line
    provision: Line


class RecordPublicNotice(Entry):
    """告示を記録する（法第14条第1項）: `number` as printed (令和9年例示市告示第12号)."""

    title: ClassVar[str] = "告示を記録する"
    cites: ClassVar[Citation] = BY_ORDINANCE
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordPublicNotice"] = "RecordPublicNotice"
    of: Noticed
    number: Line


def decide(command: RecordPublicNotice, state: Tenure, rules: Rules) -> Sequence[PublicNoticeGiven]:
    """The 告示 that a duty of the ordinance awaited."""
    if (command.of, command.number) in state.given:
        return []
    duty = _duty(command, state, rules)
    not_before(command, duty.since, duty.of)
    return [stated(PublicNoticeGiven, command, rules, provision=duty.provision)]


def _duty(command: RecordPublicNotice, state: Tenure, rules: Rules) -> NoticeDue:
    for duty in state.notices:
        if duty.of == command.of:
            return duty
    raise Refused(
        BY_ORDINANCE,
        f"{command.of}について、{rules.ordinance.title}等に基づく告示の義務は残っていません",
        "条例・規則に定めがあるなら条例プロファイルの public_notice に記してください",
    )


def evolve(state: Tenure, event: PublicNoticeGiven) -> Tenure:
    """The first open duty of its kind is done."""
    done = next((duty for duty in state.notices if duty.of == event.of), None)
    left = tuple(duty for duty in state.notices if duty is not done)
    return replace(state, notices=left, given=(*state.given, (event.of, event.number)))
