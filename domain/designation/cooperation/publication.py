"""公表（法第260条の49第4項）: 「…活動の状況及び…支援の状況を公表するものとする。」

Two things are published together, the activities and the support. The statute sets no cycle; the
ordinance's period runs from the end of each fiscal year (`years.py`). What was published is never
replaced in silence: a correction is another version with its reasons, a withdrawal says why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from domain.acts import Event
from domain.decider import Refused
from domain.designation.cooperation.giving import SupportGiven
from domain.designation.cooperation.publishing import (
    PARA_4,
    CorrectPublication,
    NotePublicationOverdue,
    PublicationCommand,
    PublicationCorrected,
    PublicationEvent,
    PublicationMade,
    PublicationOverdue,
    PublicationWithdrawn,
    Publish,
    WithdrawPublication,
)
from domain.designation.cooperation.years import Edition, Given, Publications, Said, deadline
from domain.designation.parts import Circumstances, Part
from domain.era import fiscal_days, fiscal_name
from domain.institution import Due, Obligation
from domain.ordinance import Rules
from domain.people import CALENDAR
from domain.periods import Deadline
from domain.procedure import has_passed, not_before, refuse_unless, stated

F = TypeVar("F", bound=Event)
A_DAY = timedelta(days=1)


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: PublicationCommand, publications: Publications, now: Circumstances, rules: Rules
) -> Sequence[PublicationEvent]:
    """The facts that a command about publication brings about."""
    if isinstance(command, NotePublicationOverdue):
        return _overdue(command, publications, rules)
    _had_effect(command, publications, now)
    match command:
        case Publish():
            return _published(command, publications, rules)
        case CorrectPublication():
            return _corrected(command, publications, rules)
        case WithdrawPublication():
            _standing(command, publications, command.version)
            return [_of_year(PublicationWithdrawn, command, rules)]


def _had_effect(
    command: Publish | CorrectPublication | WithdrawPublication,
    publications: Publications,
    now: Circumstances,
) -> None:
    refuse_unless(
        command.fiscal_year in publications.years(command.on),
        PARA_4,
        f"{fiscal_name(command.fiscal_year)}に、{now.body_name or '団体'}の指定の効力はありません",
        "指定の効力があった年度を fiscal_year に、その年度が始まった年で記してください",
    )


def _published(command: Publish, publications: Publications, rules: Rules) -> list[PublicationMade]:
    year = command.fiscal_year
    edition = publications.editions.get(year)
    if edition and edition.said:
        _published_so(command, edition.said)
        return []
    _is_over(command, publications)
    if edition:
        not_before(command, edition.latest, PublicationWithdrawn.title)
    due = deadline(year, rules)
    event = _of_year(
        PublicationMade,
        command,
        rules,
        version=edition.version + 1 if edition else 1,
        due=due,
        in_time=due and not has_passed(due, command.on),
        **_given(publications, year),
    )
    return [event]


def _said(act: Publish | CorrectPublication | PublicationMade | PublicationCorrected) -> Said:
    return Said(act.state_of_activities, act.state_of_support, act.media)


def _published_so(command: Publish, said: Said) -> None:
    refuse_unless(
        _said(command) == said,
        PARA_4,
        f"{fiscal_name(command.fiscal_year)}の状況は、すでに公表しています",
        "改めるときは、理由を示して「公表を訂正する」か「公表を撤回する」を提出してください",
    )


def _is_over(command: Publish, publications: Publications) -> None:
    """The state of a year is known when the year, or the designation in it, has ended."""
    last, ended = fiscal_days(command.fiscal_year)[1], publications.ended
    refuse_unless(
        command.on > last or (ended is not None and command.on >= ended),
        PARA_4,
        f"{command.on} には{fiscal_name(command.fiscal_year)}が終わっておらず、その状況は定まりません",
        f"{last + A_DAY} 以後に公表してください",
    )


def _standing(
    command: CorrectPublication | WithdrawPublication, publications: Publications, version: int
) -> Edition:
    """The version that can be read, if it is the one that is meant, on a day not before its own."""
    edition = publications.editions.get(command.fiscal_year)
    if edition is None or edition.said is None:
        raise Refused(
            PARA_4,
            f"{fiscal_name(command.fiscal_year)}の状況は、公表されていません",
            "「活動と支援の状況を公表する」を提出してください",
        )
    refuse_unless(
        version == edition.version,
        PARA_4,
        f"今読むことができるのは第{edition.version}版で、第{version}版ではありません",
        "現に公表している版を確かめてください",
    )
    not_before(command, edition.latest, "公表（訂正）")
    return edition


def _corrected(
    command: CorrectPublication, publications: Publications, rules: Rules
) -> list[PublicationCorrected]:
    year = command.fiscal_year
    current = publications.editions.get(year)
    if current and current.said == _said(command):
        return []
    edition = _standing(command, publications, command.corrects)
    event = _of_year(
        PublicationCorrected,
        command,
        rules,
        version=edition.version + 1,
        **_given(publications, year),
    )
    return [event]


def _overdue(
    command: NotePublicationOverdue, publications: Publications, rules: Rules
) -> list[PublicationOverdue]:
    return [
        _of_year(PublicationOverdue, command, rules, due=due)
        for year, due in _awaited(publications, rules)
        if year == command.fiscal_year
        and year not in publications.overdue
        and has_passed(due, command.on)
    ]


def _awaited(publications: Publications, rules: Rules) -> Iterator[tuple[int, Deadline]]:
    """The years noted as overdue and the next one, each with its day.

    A text withdrawn after the day was there in time: that it is owed again has no day.
    """
    for year in publications.unpublished(rules.calendar.until):
        due, edition = deadline(year, rules), publications.editions.get(year)
        if due is None or (edition and has_passed(due, edition.latest)):
            continue
        yield year, due
        if publications.ended is None and year not in publications.overdue:
            return


def _given(publications: Publications, year: int) -> dict[str, object]:
    given = publications.given.get(year, Given())
    return {"support_given": given.amount, "givings": given.times}


def _of_year(fact: type[F], command: PublicationCommand, rules: Rules, **more: object) -> F:
    """The event of a command, with the name of its fiscal year."""
    return stated(fact, command, rules, year_name=fiscal_name(command.fiscal_year), **more)


# --- 経過 -------------------------------------------------------------------------------------


def evolve(publications: Publications, event: PublicationEvent) -> Publications:
    """The publications after a fact about one of them."""
    year = event.fiscal_year
    match event:
        case PublicationMade() | PublicationCorrected():
            return publications.edited(year, Edition(event.version, event.on, _said(event)))
        case PublicationWithdrawn():
            return publications.edited(year, Edition(event.version, event.on, None))
        case PublicationOverdue():
            return replace(publications, overdue={**publications.overdue, year: event.on})


def observe(publications: Publications, event: Event, now: Circumstances) -> Publications:
    """What is given is summed up by year, and the days of the designation are followed."""
    if isinstance(event, SupportGiven):
        publications = publications.giving(event.fiscal_year, event.amount)
    return publications.heard(now)


# --- 現況 -------------------------------------------------------------------------------------


def dues(
    publications: Publications,
    now: Circumstances,  # noqa: ARG001 — as `Part`
    rules: Rules,
) -> Iterator[Due[PublicationCommand]]:
    """Every year that is awaited by a day, with the note that follows it."""
    for year, due in _awaited(publications, rules):
        yield Due(due, None if year in publications.overdue else _note(year, due))


def _note(year: int, due: Deadline) -> NotePublicationOverdue:
    on = (due.day or date.max - A_DAY) + A_DAY
    return NotePublicationOverdue(on=on, by=CALENDAR, fiscal_year=year)


def obligations(
    publications: Publications,
    now: Circumstances,  # noqa: ARG001 — as `Part`
) -> Iterator[Obligation]:
    """The years that are to be published."""
    for year in publications.owed():
        again = "改めて" if year in publications.editions else ""
        title = f"{fiscal_name(year)}の活動と支援の状況を{again}公表する"
        yield Obligation(title, PARA_4, publications.owed_since(year))


def possible(
    publications: Publications,
    now: Circumstances,  # noqa: ARG001 — as `Part`
) -> Iterator[type[PublicationCommand]]:
    """The commands about publication that may come next."""
    if publications.is_over:
        return
    yield Publish
    if any(map(publications.is_published, publications.editions)):
        yield from (CorrectPublication, WithdrawPublication)


def titles(publications: Publications, now: Circumstances) -> Iterator[str]:  # noqa: ARG001
    """That a year is overdue, for the stage."""
    if any(not publications.is_published(year) for year in publications.overdue):
        yield "公表遅延"


def keeps_open(publications: Publications) -> bool:
    """Whether the designation has ended and a year of it is still to be published."""
    return publications.ended is not None and not publications.is_over


PUBLICATION: Part[PublicationCommand, Publications, PublicationEvent] = Part(
    name="公表",
    initial=Publications(),
    commands=(Publish, CorrectPublication, WithdrawPublication, NotePublicationOverdue),
    events=(PublicationMade, PublicationCorrected, PublicationWithdrawn, PublicationOverdue),
    decide=decide,
    evolve=evolve,
    observe=observe,
    dues=dues,
    obligations=obligations,
    possible=possible,
    titles=titles,
    keeps_open=keeps_open,
)
