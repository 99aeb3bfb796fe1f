"""二つの現況の違い: What lies between two states of a case, in words."""

from collections.abc import Iterator, Sequence

from console.casefile import CaseFile, Entry
from domain.periods import Deadline


def differences(before: CaseFile, after: CaseFile) -> list[str]:
    """Line by line what is otherwise; empty where both are the same."""
    return [
        *_stage(before, after),
        *_deadlines(_by_name(before.pending), _by_name(after.pending)),
        *_obligations(before, after),
        *_acts(before.entries, after.entries),
    ]


def _stage(before: CaseFile, after: CaseFile) -> Iterator[str]:
    if before.view.stage != after.view.stage:
        yield f"段階が「{before.view.stage}」から「{after.view.stage}」に変わった"
    if before.open != after.open:
        yield "事案が終結した" if before.open else "終結していた事案が進行中になった"
    if before.headline != after.headline:
        yield f"事案の名が「{before.headline}」から「{after.headline}」に変わった"


def _by_name(deadlines: Sequence[Deadline]) -> dict[str, Deadline]:
    """By what they are for: an order that was extended (order-1-1) is the same order."""
    return {"-".join(deadline.key.split("-")[:2]): deadline for deadline in deadlines}


def _deadlines(before: dict[str, Deadline], after: dict[str, Deadline]) -> Iterator[str]:
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old is None and new is not None:
            yield f"期限「{new.title}」が {_day(new)} に定まった（{new.basis}）"
        elif new is None and old is not None:
            yield f"期限「{old.title}」（{_day(old)}）がなくなった"
        elif old and new and old.day != new.day:
            why = "、".join(new.explain())
            yield f"期限「{new.title}」が {_day(old)} から {_day(new)} に動いた（{why}）"


def _day(deadline: Deadline) -> str:
    return f"{deadline.day}" if deadline.day else "停止中"


def _obligations(before: CaseFile, after: CaseFile) -> Iterator[str]:
    old = {one.title: one for one in before.view.obligations}
    new = {one.title: one for one in after.view.obligations}
    for title in [title for title in new if title not in old]:
        yield f"義務「{title}」が生じた（{new[title].basis}、{new[title].since} から）"
    for title in [title for title in old if title not in new]:
        yield f"義務「{title}」がなくなった"


def _acts(before: Sequence[Entry], after: Sequence[Entry]) -> Iterator[str]:
    old = {entry.line.recorded.number for entry in before}
    new = {entry.line.recorded.number for entry in after}
    for entry in [entry for entry in after if entry.line.recorded.number not in old]:
        yield f"加わった行為: {_act(entry)}"
    for entry in [entry for entry in before if entry.line.recorded.number not in new]:
        yield f"含まれない行為: {_act(entry)}"


def _act(entry: Entry) -> str:
    title = entry.event.title if entry.event else entry.line.kind
    number, on = entry.line.recorded.number, entry.line.on
    return f"版{number} {title}（{on}、{entry.line.basis}、{entry.line.office}）"
