"""One embedded server for all tests of the record, a fresh database for each test file."""

from collections.abc import AsyncGenerator, Generator
from itertools import count

import asyncpg
import pytest

from store.database import connect, open_pool
from store.migrate import migrate
from store.records import Records
from tests.embedded import Embedded, embedded

_serial = count(1)


@pytest.fixture(scope="session")
def server() -> Generator[Embedded]:
    with embedded() as running:
        yield running


@pytest.fixture(scope="session")
async def template(server: Embedded) -> str:
    async with connect(server.url) as connection:
        await connection.execute("create database kyodo_template")
    await migrate(server.url_of("kyodo_template"))
    return "kyodo_template"


@pytest.fixture(scope="module")
async def url(server: Embedded, template: str) -> str:
    """The superuser's URL of a migrated database of the file's own."""
    return await _new_database(server, template)


@pytest.fixture
async def fresh_url(server: Embedded, template: str) -> str:
    """The superuser's URL of a migrated database of the test's own."""
    return await _new_database(server, template)


@pytest.fixture
async def fresh(fresh_url: str) -> AsyncGenerator[asyncpg.Pool]:
    """A sequencer's pool on the test's own database."""
    async with open_pool(fresh_url, "kyodo_sequencer") as pool:
        yield pool


async def _new_database(server: Embedded, template: str) -> str:
    name = f"kyodo_{next(_serial)}"
    async with connect(server.url) as connection:
        await connection.execute(f"create database {name} template {template}")
    return server.url_of(name)


@pytest.fixture(scope="module")
async def writer(url: str) -> AsyncGenerator[asyncpg.Pool]:
    async with open_pool(url, "kyodo_writer") as pool:
        yield pool


@pytest.fixture(scope="module")
async def records(writer: asyncpg.Pool) -> Records:
    return Records(writer)


@pytest.fixture(scope="module")
async def auditor(url: str) -> AsyncGenerator[asyncpg.Pool]:
    async with open_pool(url, "kyodo_auditor") as pool:
        yield pool


@pytest.fixture(scope="module")
async def sequencer_pool(url: str) -> AsyncGenerator[asyncpg.Pool]:
    async with open_pool(url, "kyodo_sequencer") as pool:
        yield pool


@pytest.fixture(scope="module")
async def owner(url: str) -> AsyncGenerator[asyncpg.Connection]:
    async with connect(url) as connection:
        yield connection
