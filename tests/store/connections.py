"""A pool of one connection, so that a check can be made inside a test's own transaction."""

from typing import cast

import asyncpg


class OnlyConnection:
    """Hands out the one connection it was given."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    @classmethod
    def of(cls, connection: asyncpg.Connection) -> asyncpg.Pool:
        """The connection, as a pool."""
        return cast("asyncpg.Pool", cls(connection))

    def acquire(self) -> "OnlyConnection":
        return self

    async def __aenter__(self) -> asyncpg.Connection:
        return self._connection

    async def __aexit__(self, *_: object) -> None: ...
