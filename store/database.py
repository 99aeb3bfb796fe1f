"""Connections to the database, each under one of the roles of the record."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Literal, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from store.errors import OutOfReach, SchemaMissing

RoleName = Literal[
    "kyodo_writer", "kyodo_auditor", "kyodo_sequencer", "kyodo_projector", "kyodo_disposal"
]
Connection: TypeAlias = asyncpg.Connection | PoolConnectionProxy
Pool: TypeAlias = asyncpg.Pool
UNREACHABLE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
)
"""What is raised when a server is away, stopping, full or out of connections."""


@asynccontextmanager
async def connect(url: str) -> AsyncGenerator[asyncpg.Connection]:
    """One connection as the login of the URL itself, for migrations."""
    try:
        connection = await asyncpg.connect(url)
    except UNREACHABLE as cause:
        raise OutOfReach(f"connecting to {place(url)}", cause) from cause
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def open_pool(
    url: str,
    role: RoleName,
    *,
    municipality: str | None = None,
    size: int = 4,
    command_timeout: float = 30.0,
) -> AsyncGenerator[asyncpg.Pool]:
    """A pool of at most `size` connections which have put on `role`.

    `municipality` narrows what an auditor sees to one 団体コード or several with commas.
    `command_timeout` is in seconds. Raises OutOfReach, or SchemaMissing in a database without
    the tables of the record.
    """
    settings = {"role": role, "timezone": "UTC", "application_name": "kyodo", "jit": "off"}
    if municipality is not None:
        settings["kyodo.municipality"] = municipality
    try:
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=size,
            command_timeout=command_timeout,
            server_settings=settings,
            reset=_leave_as_is,
        )
    except UNREACHABLE as cause:
        raise OutOfReach(f"connecting to {place(url)} as {role}", cause) from cause
    except asyncpg.InvalidParameterValueError as cause:  # there is no such role
        raise SchemaMissing(place(url)) from cause
    except (asyncpg.PostgresError, ValueError) as cause:
        raise OutOfReach(f"logging in to {place(url)} as {role}", cause) from cause
    try:
        if not await pool.fetchval("select to_regclass('kyodo.event') is not null"):
            raise SchemaMissing(place(url))
        yield pool
    finally:
        await pool.close()


async def _leave_as_is(connection: asyncpg.Connection) -> None:
    """Nothing here changes a session, so returning it needs no round trip to the server."""


def place(url: str) -> str:
    """A URL without its password, for messages."""
    before, at, after = url.rpartition("@")
    scheme, slashes, login = before.partition("//")
    return f"{scheme}{slashes}{login.partition(':')[0]}{at}{after}"
