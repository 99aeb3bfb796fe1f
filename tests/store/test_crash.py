"""A power cut in the middle of the work: what was acknowledged is there afterwards."""

import asyncio
from contextlib import suppress

from store.audit.cases import cases
from store.audit.desk import Desk
from store.database import open_pool
from store.errors import Conflict, OutOfReach
from store.migrate import migrate
from store.records import Records
from store.sequencer import Sequencer
from store.verify import verify
from tests.embedded import Embedded, embedded
from tests.store.examples import VIEWER, append, new_case

CALLERS, ROUNDS = 24, 3


async def _work(records: Records, case: str, acknowledged: dict[str, int]) -> None:
    """Append until the server is gone; what was acknowledged is remembered."""
    with suppress(OutOfReach):
        while True:
            number = acknowledged[case]
            try:
                done = await records.append(append(case, number, command=f"after-{number}"))
            except Conflict as moved_on:  # committed, but the answer was lost
                acknowledged[case] = moved_on.number
            else:
                acknowledged[case] = done.last


async def _cut_the_power(server: Embedded) -> None:
    await asyncio.sleep(0.5)
    server.kill()


async def test_no_acknowledged_event_is_lost_when_the_server_is_killed() -> None:
    acknowledged = {new_case(): 0 for _ in range(CALLERS)}
    with embedded() as server:
        await migrate(server.url)
        for _ in range(ROUNDS):
            async with open_pool(server.url, "kyodo_writer") as pool:
                records = Records(pool)
                work = (_work(records, case, acknowledged) for case in acknowledged)
                await asyncio.gather(_cut_the_power(server), *work)
            server.restart()
        async with (
            open_pool(server.url, "kyodo_sequencer") as sequencing,
            open_pool(server.url, "kyodo_auditor") as auditor,
        ):
            await Sequencer(sequencing).catch_up()
            lines = await cases(Desk(auditor), VIEWER)
            heads = {line.case: line.number for line in lines}
            report = await verify(auditor)
    assert all(heads[case] - number in {0, 1} for case, number in acknowledged.items())
    assert sum(acknowledged.values()) > CALLERS * ROUNDS
    assert report.sound, report
    assert report.events == sum(heads.values())
