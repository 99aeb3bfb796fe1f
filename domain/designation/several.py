"""一斉の処理: What there is to act upon in one body's case, for acts that are prepared for many at once.

    団体    the body itself: a yearly request for a report (⑩)
    公表    each fiscal year that is to be published (④)
    支援    each measure of support under way: the close of a fiscal year (③)

Each has the particulars by which a template of the act is filled. Nothing is decided here.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from domain.designation.cooperation.measures import Measure
from domain.designation.cooperation.publication import PUBLICATION
from domain.designation.cooperation.support import SUPPORT
from domain.designation.cooperation.years import Given
from domain.designation.lifecycle import State
from domain.era import fiscal_name, fiscal_year

Each = Literal["団体", "公表", "支援"]
Particulars = Mapping[str, str | int]


def each(state: State, what: Each, year: int | None) -> Iterator[Particulars]:
    """Whatever of the kind there is, as of a fiscal year where one is named.

    Of support, that which was planned by the end of the year; of publications, that of the year.
    """
    match what:
        case "団体":
            yield {}
        case "公表":
            yield from _publications(state, year)
        case "支援":
            for measure in state.of(SUPPORT).under_way:
                if year is None or fiscal_year(measure.since) <= year:
                    yield _measure(measure)


def _publications(state: State, asked: int | None) -> Iterator[Particulars]:
    publications = state.of(PUBLICATION)
    for year in publications.owed():
        if asked in (None, year):
            given = publications.given.get(year, Given())
            yield {
                "fiscal_year": year,
                "year_name": fiscal_name(year),
                "support_given": given.amount,
                "givings": given.times,
            }


def _measure(measure: Measure) -> Particulars:
    return {
        "support": measure.no,
        "form": measure.form,
        "content": measure.content,
        "limit": "" if measure.limit is None else measure.limit,
        "given": measure.given,
    }
