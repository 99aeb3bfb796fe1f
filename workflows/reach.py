"""外界への呼出し: Local first, then without limit where an operator can see it.

A local activity answers within the workflow task, which is what makes a command quick; but
its retries are invisible and hold the task open. After a few tries within seconds the same
function is therefore called as a normal activity, retried for ever, shown and pausable in
the Temporal UI. Both are safe because an append happens once under its command's id.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError, is_cancelled_exception

from activities.records import FINAL

A = TypeVar("A")
R = TypeVar("R")

_A_FEW_TRIES = RetryPolicy(
    initial_interval=timedelta(milliseconds=100),
    maximum_attempts=3,
    non_retryable_error_types=FINAL,
)
_FOR_EVER = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    maximum_interval=timedelta(seconds=30),
    non_retryable_error_types=FINAL,
)
_ONE_TRY, _ALL_TRIES = timedelta(seconds=3), timedelta(seconds=5)
_ONE_PATIENT_TRY = timedelta(seconds=30)


class Answered(Exception):
    """The outside world answered with an error of `FINAL`: `kind` is its name."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind, self.message = kind, message


class Reach:
    """Calls activities; `struggling` tells that something has been out of reach for seconds."""

    def __init__(self) -> None:
        self._slow = 0

    @property
    def struggling(self) -> bool:
        """Whether a call is waiting as a normal activity."""
        return self._slow > 0

    async def call(
        self, do: Callable[[Any, A], Awaitable[R]], argument: A, summary: str | None = None
    ) -> R:
        """What the activity gives; raises `Answered`, or what cancelled it."""
        try:
            return await workflow.execute_local_activity_method(
                do,
                argument,
                start_to_close_timeout=_ONE_TRY,
                schedule_to_close_timeout=_ALL_TRIES,
                retry_policy=_A_FEW_TRIES,
                summary=summary,
            )
        except (ActivityError, ApplicationError) as failure:
            _raise_an_answer(failure)
        return await self.call_visibly(do, argument, summary)

    async def call_visibly(
        self, do: Callable[[Any, A], Awaitable[R]], argument: A, summary: str | None = None
    ) -> R:
        """As `call`, but as a normal activity from the start, tried without limit."""
        self._slow += 1
        try:
            return await workflow.execute_activity_method(
                do,
                argument,
                start_to_close_timeout=_ONE_PATIENT_TRY,
                retry_policy=_FOR_EVER,
                summary=summary,
            )
        except (ActivityError, ApplicationError) as failure:
            _raise_an_answer(failure)
            raise
        finally:
            self._slow -= 1


def _raise_an_answer(failure: ActivityError | ApplicationError) -> None:
    """A failed local activity raises its cause itself, a failed normal one wraps it."""
    if is_cancelled_exception(failure):
        raise failure
    cause = failure.cause if isinstance(failure, ActivityError) else failure
    if isinstance(cause, ApplicationError) and cause.type in FINAL:
        raise Answered(cause.type, cause.message) from None
