"""The packaged story, and that of an agreement, played through the engine."""

from collections.abc import Sequence

from temporalio.client import Client

from activities.rulebook import Rulebook
from console.story import read_story, scenes
from domain.acts import Command
from domain.record import Receipt, Submission
from domain.registry import institution_for
from store.records import Records
from tests.engine.desk import eventually
from tests.law import league, quarrel, quarrel_acts
from tests.law.league_acts import DISPATCH, FULFIL, POST, ROLE
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


THREE = (league.KEN, league.SHI, league.FUCHU)


def agreement_story() -> league.Story:
    """三者 conclude an agreement, make it public and file it, and begin to live under it."""
    post = league.but(POST, **league.entered(league.FUCHU, POST.on))
    story = [*league.concluded(*THREE), *league.notified(*THREE), ROLE, post, DISPATCH, FULFIL]
    return league.a_year_earlier(story)


def agreement_end() -> league.Story:
    """They abolish it and do what is owed after that."""
    begun = len(league.concluded(*THREE))
    end = [*league.abolishing(*THREE)[begun:], *league.again_signed(*THREE)]
    return league.a_year_earlier([*end, *league.notified(*THREE, matter="廃止")])


def dispute_story() -> Sequence[Command]:
    """呉市 against its neighbours, before 広島県知事: 処理方策, to the last measure."""
    parties = quarrel.THREE
    heard = [quarrel_acts.but(act, **quarrel.sat(parties, act.on)) for act in HEARD]
    story = [*quarrel.sitting(*parties), *heard, quarrel.settled(*parties)[-1]]
    return _a_year_earlier([*story, *quarrel.three_acts(*parties), *quarrel.respected(*parties)])


def mediation_story() -> Sequence[Command]:
    """呉市 against the prefecture, before 総務大臣: 調停, to its establishment."""
    parties = quarrel.TWO
    story = [*quarrel.established(*parties), *quarrel.after_establishment(*parties)]
    return _a_year_earlier(story)


HEARD = (quarrel_acts.DEMAND, quarrel_acts.RECEIVE)


def _a_year_earlier(story: Sequence[Command]) -> Sequence[Command]:
    return [league.but(act, on=act.on - 365 * league.DAY) for act in story]


async def hand_in_all(
    client: Client, case: str, story: Sequence[Command], queue: str
) -> list[Receipt]:
    """Every command of a story, one after the other, under ids made of their places."""
    return [
        await send(
            client,
            Submission(id=f"{at}-{act.tag}", case=case, command=act.model_dump(mode="json")),
            task_queue=queue,
        )
        for at, act in enumerate(story)
    ]
