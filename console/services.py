"""接続先: Where the record and Temporal are, by the environment or by the stack that runs here."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError

from activities.rulebook import Rulebook
from console.answers import OUT_OF_REACH, Ended
from console.casefile import Reader
from console.settings import Settings
from console.stack import Stack, running_stack
from store.audit.desk import Desk, Viewer
from store.database import Pool, open_pool
from store.errors import OutOfReach
from store.records import Records

HABITUAL = "localhost:7233"
PATIENCE = 600.0
"""Seconds for one question to the record: some go over all of it."""


def rulebook(settings: Settings) -> Rulebook:
    """The packaged profiles and the operator's own."""
    return Rulebook(extra=settings.profiles)


def stack_here(settings: Settings) -> Stack | None:
    """The embedded stack that runs on `KYODO_HOME`."""
    return running_stack(settings.home)


def database_url(settings: Settings) -> str:
    """The record's URL; ends the command (4) where neither environment nor stack names one."""
    if settings.database_url:
        return settings.database_url
    if stack := stack_here(settings):
        return stack.database_url
    raise Ended(
        OUT_OF_REACH,
        f"記録のデータベースがわかりません。KYODO_DATABASE_URL がなく、{_home(settings)} で"
        "動いている一式もありません。\n→ KYODO_DATABASE_URL を設定するか、`kyodo up` を起動してください",
    )


@dataclass(frozen=True)
class Audit:
    """The record as an auditor reaches it: a desk to look from, and a pool to verify over."""

    desk: Desk
    pool: Pool
    settings: Settings

    def reader(self, viewer: Viewer) -> Reader:
        """A viewer at the desk, with the rules that deadlines are reckoned by."""
        return Reader(self.desk, viewer, rulebook(self.settings))


@asynccontextmanager
async def auditing(settings: Settings) -> AsyncGenerator[Audit, None]:
    """The record for looking at only; ends the command (4) where it cannot be reached."""
    url = database_url(settings)
    async with (
        _within_reach(),
        open_pool(url, "kyodo_auditor", command_timeout=PATIENCE) as pool,
    ):
        yield Audit(Desk(pool), pool, settings)


@asynccontextmanager
async def sequencing(settings: Settings) -> AsyncGenerator[Pool, None]:
    """The log of the record, for what is added to its heads; ends the command (4) out of reach."""
    async with _within_reach(), open_pool(database_url(settings), "kyodo_sequencer") as pool:
        yield pool


@asynccontextmanager
async def disposing(settings: Settings) -> AsyncGenerator[Pool, None]:
    """The record for letting go what its events say goes; ends the command (4) out of reach."""
    async with _within_reach(), open_pool(database_url(settings), "kyodo_disposal", size=1) as pool:
        yield pool


@asynccontextmanager
async def projecting(settings: Settings) -> AsyncGenerator[Pool, None]:
    """The indexes of the record; ends the command (4) out of reach."""
    async with (
        _within_reach(),
        open_pool(database_url(settings), "kyodo_projector", size=1) as pool,
    ):
        yield pool


@asynccontextmanager
async def reading(settings: Settings) -> AsyncGenerator[Records, None]:
    """The record as the engine reads it; ends the command (4) out of reach."""
    async with _within_reach(), open_pool(database_url(settings), "kyodo_writer") as pool:
        yield Records(pool)


@asynccontextmanager
async def _within_reach() -> AsyncGenerator[None, None]:
    try:
        yield
    except OutOfReach as cause:
        raise Ended(
            OUT_OF_REACH,
            f"記録のデータベースに届きません（{cause}）。\n"
            "→ データベースを起動するか、KYODO_DATABASE_URL を確かめてください",
        ) from cause


async def temporal(settings: Settings, stack: Stack | None = None) -> Client:
    """A client of `stack`, of the server the environment names, or of the stack that runs here.

    Ends the command (4) where it cannot be reached.
    """
    config = ClientConfig.load_client_connect_config()
    if stack is None and "TEMPORAL_ADDRESS" not in os.environ:
        stack = stack_here(settings)
    if stack is not None:
        config["target_host"] = stack.temporal
    target = config.setdefault("target_host", HABITUAL)
    try:
        return await Client.connect(**config, data_converter=pydantic_data_converter)
    except (RPCError, RuntimeError) as cause:
        raise Ended(
            OUT_OF_REACH,
            f"Temporal（{target}）に届きません（{cause}）。\n"
            "→ TEMPORAL_ADDRESS を確かめるか、`kyodo up` を起動してください",
        ) from cause


def _home(settings: Settings) -> Path:
    return settings.home.resolve()
