"""Cases of several municipalities as their offices would have entered them, brought about by the law."""

from collections.abc import Sequence
from typing import Any

from domain.acts import Event
from domain.designation import Command
from domain.docket import DocketCommand
from domain.ordinance import Rules
from domain.record import Append
from domain.registry import DESIGNATION_FILES
from store.records import Records
from tests.law.example import RULES
from tests.store.examples import digest_of


class Office:
    """Appends what real commands bring about, each under an id of its own."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._files: dict[str, tuple[Any, int]] = {}

    async def enter(
        self, case: str, *commands: Command | DocketCommand, rules: Rules = RULES
    ) -> list[Event]:
        """Decide each command in the case and record what it brings about."""
        entered: list[Event] = []
        for command in commands:
            file, number = self._files.get(case, (DESIGNATION_FILES.decider.initial, 0))
            events: Sequence[Any] = DESIGNATION_FILES.decider.decide(command, file, rules)
            file = DESIGNATION_FILES.decider.fold(events, file)
            request = Append(
                case=case,
                expected=number,
                command_id=f"c-{number + 1}",
                command_digest=digest_of(command.model_dump_json()),
                events=[event.model_dump_json() for event in events],
                open=DESIGNATION_FILES.is_open(file),
            )
            await self._records.append(request)
            self._files[case] = (file, number + len(events))
            entered += events
        return entered
