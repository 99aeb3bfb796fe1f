"""協約の事案: Every command has its named update, and each party is judged by its own rules."""

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.client import Client

import worker
from activities.records import RecordActivities
from activities.rulebook import Rulebook
from domain.acts import Command
from domain.agreement import lifecycle
from domain.docket import DocketCommand
from domain.record import Receipt, Submission
from domain.registry import AGREEMENT_FILES
from store.records import Records
from tests.engine.desk import new_queue
from tests.engine.story import THREE, agreement_end, agreement_story, hand_in_all
from tests.engine.test_designation import commands_of
from tests.law import league
from tests.law.example import PROFILES
from tests.law.league import KEN, KURE, SHI, V1
from workflows.agreement import AgreementWorkflow
from workflows.client import Invalid, RefusedByLaw, send

LEAGUE = PROFILES / "league"


def _updates() -> Iterator[tuple[str, str, type[Command]]]:
    """Name, description and command of every update, as Temporal knows them."""
    for _, member in inspect.getmembers(AgreementWorkflow, inspect.isfunction):
        definition = getattr(member, "_defn", None)
        if definition is not None:
            command = inspect.signature(member).parameters["command"].annotation
            yield definition.name, definition.description, command


def test_every_command_but_the_calendars_is_an_update_under_its_official_word() -> None:
    commands = [
        one
        for one in commands_of(lifecycle.Command | DocketCommand)
        if getattr(one, "done_by", "") != "calendar"
    ]
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


async def test_three_parties_go_from_a_proposal_to_an_abolition(
    temporal: Client, records: Records
) -> None:
    queue, case = new_queue(), f"協約-{KEN}-E1"
    activities = RecordActivities(records, league.RULEBOOK)
    async with worker.build(temporal, activities, task_queue=queue):
        story = agreement_story()
        receipts = await hand_in_all(temporal, case, story, queue)
        assert receipts[-1].stage == "締結済み"
        ended = await hand_in_all(temporal, case, [*story, *agreement_end()], queue)
        assert [one.duplicate for one in ended[: len(story)]] == [True] * len(story)
        assert ended[-1].stage == "廃止済み"
        page = await records.load(case)
    events = [AGREEMENT_FILES.event.validate_json(one.event) for one in page.events]
    versions = {event.party: event.ordinance for event in events if hasattr(event, "party")}  # type: ignore[union-attr]
    assert versions == {code: league.RULEBOOK.version(code) for code in THREE}


async def test_a_party_without_rules_cannot_act_and_the_others_can(
    temporal: Client, records: Records
) -> None:
    """広島市's rules are packaged; 呉市 has none."""
    queue, case = new_queue(), f"協約-{SHI}-E2"
    activities = RecordActivities(records, Rulebook())
    async with worker.build(temporal, activities, task_queue=queue):
        (propose,) = league.proposed(SHI, KURE)
        (accept,) = league.accepted(SHI, KURE)
        assert (await _hand_in(temporal, case, propose, queue)).stage == "締結の応諾待ち"
        with pytest.raises(Invalid, match="呉市"):
            await _hand_in(temporal, case, accept, queue)


async def test_a_case_opens_in_the_file_of_one_of_its_parties_only(
    temporal: Client, records: Records
) -> None:
    queue = new_queue()
    activities = RecordActivities(records, league.RULEBOOK)
    async with worker.build(temporal, activities, task_queue=queue):
        (propose,) = league.proposed(KEN, KURE)
        with pytest.raises(Invalid, match="当事者に含まれていません"):
            await _hand_in(temporal, f"協約-{SHI}-E3", propose, queue)


async def test_a_refusal_names_the_party_that_is_missing(
    temporal: Client, records: Records
) -> None:
    queue, case = new_queue(), f"協約-{KEN}-E4"
    activities = RecordActivities(records, league.RULEBOOK)
    async with worker.build(temporal, activities, task_queue=queue):
        story = [*league.consulting(KEN, KURE), *league.voted(KEN, V1)]
        await hand_in_all(temporal, case, story, queue)
        with pytest.raises(RefusedByLaw, match="呉市の議会") as refused:
            await _hand_in(temporal, case, league.signatures(KEN)[0], queue)
        assert refused.value.citation == "法第252条の2第3項"


async def test_when_a_partys_rules_change_its_command_is_judged_again(
    temporal: Client, records: Records, tmp_path: Path
) -> None:
    for profile in LEAGUE.glob("*.toml"):
        (tmp_path / profile.name).write_text(profile.read_text("utf-8"), "utf-8")
    rulebook, queue, case = Rulebook(extra=tmp_path), new_queue(), f"協約-{KEN}-E5"
    async with worker.build(temporal, RecordActivities(records, rulebook), task_queue=queue):
        await hand_in_all(temporal, case, league.consulting(KEN, KURE), queue)
        before = rulebook.version(KURE)
        changed = (tmp_path / f"{KURE}.toml").read_text("utf-8") + "# 改正\n"
        (tmp_path / f"{KURE}.toml").write_text(changed, "utf-8")
        rulebook.reload()
        draft = league.before_council(KURE, V1)[0]
        await _hand_in(temporal, case, draft, queue)
        page = await records.load(case)
    event = AGREEMENT_FILES.event.validate_json(page.events[-1].event)
    assert event.ordinance == rulebook.version(KURE) != before
