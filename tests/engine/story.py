"""The packaged story, played through the engine."""

from temporalio.client import Client

from activities.rulebook import Rulebook
from console.story import read_story, scenes
from domain.record import Submission
from domain.registry import institution_for
from store.records import Records
from tests.engine.desk import eventually
from workflows.client import RefusedByLaw, send


async def play(client: Client, records: Records, queue: str = "kyodo") -> str:
    """A body's designation from application to revocation; gives the case number."""
    story = read_story("hiroshima")
    for scene in scenes(story, Rulebook()):
        if scene.submission:
            await _submit(client, scene.submission, queue, refused=scene.refused)
        elif scene.wait_for:
            await eventually(lambda kind=scene.wait_for: _holds(records, story.case, kind))
    return story.case


async def _submit(client: Client, submission: Submission, queue: str, *, refused: bool) -> None:
    try:
        await send(client, submission, task_queue=queue)
    except RefusedByLaw:
        if not refused:
            raise
    else:
        assert not refused, submission


async def _holds(records: Records, case: str, kind: str) -> bool:
    page = await records.load(case)
    event = institution_for(case).event
    return any(event.validate_json(one.event).tag == kind for one in page.events)
