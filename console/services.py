"""接続先: Where the record and Temporal are, by the environment or by the stack that runs here."""

import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError

from activities.rulebook import Rulebook
from console.answers import OUT_OF_REACH, Ended
from console.settings import Settings
from console.stack import Stack, running_stack
from store.database import open_pool
from store.errors import OutOfReach
from store.records import Records
from store.verify import Progress, Report, verify

HABITUAL = "localhost:7233"


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
    """The record as an auditor reaches it: to be read, and to be verified."""

    records: Records
    verify: Callable[[str | None, Progress], Awaitable[Report]]


@asynccontextmanager
async def auditing(settings: Settings) -> AsyncGenerator[Audit, None]:
    """The record for looking at only; ends the command (4) where it cannot be reached."""
    try:
        async with open_pool(database_url(settings), "kyodo_auditor") as pool:
            yield Audit(Records(pool), partial(verify, pool))
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
