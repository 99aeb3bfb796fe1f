"""紛争の事案: Every command has its named update, and the authority acts in its own office."""

import inspect
from collections.abc import Iterator

import pytest
from temporalio.client import Client

import worker
from activities.records import RecordActivities
from domain.acts import Command
from domain.bodies import MINISTER
from domain.dispute import lifecycle
from domain.dispute.linking import AgreementLinked, AgreementUnlinked
from domain.docket import DocketCommand
from domain.record import Receipt, Submission
from domain.registry import AGREEMENT_FILES, DISPUTE_FILES
from store.records import Records
from tests.engine.desk import new_queue
from tests.engine.story import dispute_story, hand_in_all, mediation_story
from tests.engine.test_designation import commands_of
from tests.law import league, league_acts, quarrel
from tests.law.league import FUCHU, KEN, KURE, SHI, but
from tests.law.quarrel_acts import LINK, UNLINK
from workflows.client import Invalid, RefusedByLaw, send
from workflows.dispute import DisputeWorkflow


def _updates() -> Iterator[tuple[str, str, type[Command]]]:
    """Name, description and command of every update, as Temporal knows them."""
    for _, member in inspect.getmembers(DisputeWorkflow, inspect.isfunction):
        definition = getattr(member, "_defn", None)
        if definition is not None:
            command = inspect.signature(member).parameters["command"].annotation
            yield definition.name, definition.description, command


def test_every_command_is_an_update_under_its_official_word() -> None:
    commands = commands_of(lifecycle.Command | DocketCommand)
    assert {name: command for name, _, command in _updates()} == {
        command.title: command for command in commands
    }


def test_an_update_says_under_which_provision_it_is_done() -> None:
    for _, description, command in _updates():
        assert description == f"{command.title}（{command.cites}）."


async def _hand_in(client: Client, case: str, act: Command, queue: str) -> Receipt:
    return await send(
        client,
        Submission(id=act.tag, case=case, command=act.model_dump(mode="json")),
        task_queue=queue,
    )


async def test_a_dispute_goes_from_the_application_to_the_last_measure(
    temporal: Client, records: Records
) -> None:
    queue, case = new_queue(), f"紛争-{KURE}-E1"
    activities = RecordActivities(records, league.RULEBOOK)
    async with worker.build(temporal, activities, task_queue=queue):
        receipts = await hand_in_all(temporal, case, dispute_story(), queue)
        assert receipts[-1].stage == "措置済み"
        page = await records.load(case)
    events = [DISPUTE_FILES.event.validate_json(one.event) for one in page.events]
    versions = {event.party: event.ordinance for event in events if hasattr(event, "party")}  # type: ignore[union-attr]
    assert versions == {code: league.RULEBOOK.version(code) for code in (KURE, SHI, FUCHU, KEN)}


async def test_the_minister_keeps_a_file_and_mediates_under_his_own_rules(
    temporal: Client, records: Records
) -> None:
    queue, case = new_queue(), f"紛争-{MINISTER}-E2"
    activities = RecordActivities(records, league.RULEBOOK)
    async with worker.build(temporal, activities, task_queue=queue):
        receipts = await hand_in_all(temporal, case, mediation_story(), queue)
        assert receipts[-1].stage == "調停成立"
        assert "自治紛争処理委員の失職" in receipts[-1].events


async def test_a_case_opens_in_the_file_of_somebody_who_has_a_part_in_it(
    temporal: Client, records: Records
) -> None:
    queue = new_queue()
    activities = RecordActivities(records, league.RULEBOOK)
    async with worker.build(temporal, activities, task_queue=queue):
        (apply,) = quarrel.applied(KURE, FUCHU)
        apply = but(apply, on=league.CHANGE)
        with pytest.raises(Invalid, match="当事者でも"):
            await _hand_in(temporal, f"紛争-{SHI}-E3", apply, queue)


async def test_nobody_else_acts_for_the_authority(temporal: Client, records: Records) -> None:
    queue, case = new_queue(), f"紛争-{KURE}-E4"
    activities = RecordActivities(records, league.RULEBOOK)
    story = dispute_story()
    async with worker.build(temporal, activities, task_queue=queue):
        await hand_in_all(temporal, case, story[:2], queue)
        appoint = but(story[2], **quarrel.decided(MINISTER, story[2].on))
        with pytest.raises(RefusedByLaw, match="広島県知事"):
            await _hand_in(temporal, case, appoint, queue)


async def test_the_tie_between_dispute_and_agreement_is_in_both_records_and_closes_neither(
    temporal: Client, records: Records
) -> None:
    queue, quarrelled, agreed = new_queue(), f"紛争-{KURE}-E5", f"協約-{KURE}-E5"
    activities = RecordActivities(records, league.RULEBOOK)
    parties = (KURE, SHI, FUCHU)
    async with worker.build(temporal, activities, task_queue=queue):
        story = league.a_year_earlier(league.concluded(*parties))
        await hand_in_all(temporal, agreed, story, queue)
        apply = but(dispute_story()[0], agreement_case=None)
        await _hand_in(temporal, quarrelled, apply, queue)
        own = but(LINK, case=agreed, on=apply.on)
        theirs = but(league_acts.LINK, case=quarrelled, on=apply.on)
        await _hand_in(temporal, quarrelled, own, queue)
        receipt = await _hand_in(temporal, agreed, theirs, queue)
        assert receipt.stage == "締結済み"
        untied = but(UNLINK, case=agreed, on=apply.on)
        await _hand_in(temporal, quarrelled, untied, queue)
        here = await records.load(quarrelled)
        there = await records.load(agreed)
    events = [DISPUTE_FILES.event.validate_json(one.event) for one in here.events]
    assert [type(event) for event in events[1:]] == [AgreementLinked, AgreementUnlinked]
    state = AGREEMENT_FILES.decider.fold(
        AGREEMENT_FILES.event.validate_json(one.event) for one in there.events
    )
    assert AGREEMENT_FILES.is_open(state)
    assert quarrelled in AGREEMENT_FILES.headline(state)
