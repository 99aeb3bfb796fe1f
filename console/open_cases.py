"""進行中の事案: Every case that runs in a municipality, folded from the record, some at a time."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from console.reconcile.record import fold
from domain.decider import UnreadableFact
from domain.institution import Institution
from domain.registry import institution_for
from store.records import Records

AT_ONCE = 16


@dataclass(frozen=True)
class OpenCase:
    """A case that runs, as its record has it."""

    case: str
    institution: Institution[Any, Any, Any]
    state: Any

    @property
    def headline(self) -> str:
        """What the case is about, in one line."""
        return self.institution.headline(self.state)

    @property
    def stage(self) -> str:
        """Where it stands."""
        return self.institution.view(self.state).stage


@dataclass(frozen=True)
class Found:
    """The cases that were asked for, by number, and the numbers of those that cannot be read."""

    cases: Sequence[OpenCase]
    unreadable: Sequence[str]


async def numbers(records: Records, municipality: str, only: Collection[str] = ()) -> list[str]:
    """The numbers of the cases that run in a municipality, or of those `only`."""
    heads = [head async for head in records.open_cases() if head.municipality == municipality]
    return [head.case for head in heads if not only or head.case in only]


async def fold_all(records: Records, cases: Sequence[str], done: Callable[[], None]) -> Found:
    """Fold every case; `done` hears of each."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(case: str) -> OpenCase | str:
        async with room:
            institution = institution_for(case)
            try:
                state, _ = await fold(records, institution, case)
            except (ValidationError, UnreadableFact):
                return case
            finally:
                done()
            return OpenCase(case, institution, state)

    folded = await asyncio.gather(*map(one, cases))
    return Found(
        [each for each in folded if isinstance(each, OpenCase)],
        [each for each in folded if isinstance(each, str)],
    )
