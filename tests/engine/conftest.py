"""Databases and desks for the tests of the engine."""

from collections.abc import AsyncGenerator

import pytest
from asyncpg import Pool
from temporalio.client import Client

from store.database import connect, open_pool
from store.migrate import migrate
from store.records import Records
from tests.embedded import Embedded
from tests.engine.desk import Desk, desk_with_worker


@pytest.fixture(scope="session")
async def database(postgres: Embedded) -> str:
    """The URL of a database with the schema of the record."""
    async with connect(postgres.url) as connection:
        await connection.execute("create database engine")
    url = postgres.url_of("engine")
    await migrate(url)
    return url


@pytest.fixture(scope="session")
async def pool(database: str) -> AsyncGenerator[Pool]:
    """The worker's connections."""
    async with open_pool(database, "kyodo_writer", size=8, command_timeout=5) as one:
        yield one


@pytest.fixture(scope="session")
def records(pool: Pool) -> Records:
    """The record, as the worker has it."""
    return Records(pool)


@pytest.fixture
async def desk(temporal: Client, records: Records) -> AsyncGenerator[Desk]:
    """A desk for a new case, with a worker of this process."""
    async with desk_with_worker(temporal, records) as one:
        yield one
