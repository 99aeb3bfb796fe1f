"""指定の事案: Every command has its named update, and a body's whole life passes through them."""

import inspect
from collections.abc import Iterator
from typing import get_args

from temporalio.client import Client

import worker
from activities.records import RecordActivities
from activities.rulebook import Rulebook
from domain.acts import Command
from domain.designation import lifecycle
from domain.docket import DocketCommand
from store.records import Records
from tests.engine.desk import new_queue
from tests.engine.story import play
from workflows.designation import DesignationWorkflow


def commands_of(union: object) -> Iterator[type[Command]]:
    """The commands of a union of unions."""
    if isinstance(union, type) and issubclass(union, Command):
        yield union
    for part in get_args(union):
        yield from commands_of(part)


def _updates() -> Iterator[tuple[str, str, type[Command]]]:
    """Name, description and command of every update, as Temporal knows them."""
    for _, member in inspect.getmembers(DesignationWorkflow, inspect.isfunction):
        definition = getattr(member, "_defn", None)
        if definition is not None:
            command = inspect.signature(member).parameters["command"].annotation
            yield definition.name, definition.description, command


def test_every_command_but_the_calendars_is_an_update_under_its_official_word() -> None:
    commands = [
        one
        for one in commands_of(lifecycle.Command | DocketCommand)
        if not one.__name__.startswith("Note")
    ]
    expected = {command.title: command for command in commands}
    assert {name: command for name, _, command in _updates()} == expected


def test_an_update_says_under_which_provision_it_is_done() -> None:
    for _, description, command in _updates():
        assert description == f"{command.title}（{command.cites}）."


async def test_the_packaged_story_passes_through_the_engine(
    temporal: Client, records: Records
) -> None:
    queue = new_queue()
    activities = RecordActivities(records, Rulebook())
    async with worker.build(temporal, activities, task_queue=queue):
        case = await play(temporal, records, queue)
        page = await records.load(case)
        assert page.events[-1].number == len(page.events) > 30
