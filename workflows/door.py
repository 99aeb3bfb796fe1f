"""受付: What is checked of a command before the engine takes it, whatever the state of the case.

The checks of shape, size, actor and day must never depend on the state: after a reset the
server hands in all later commands again, against a state that none of them has moved yet.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Any, Protocol, TypeVar, cast

from pydantic import JsonValue, TypeAdapter, ValidationError
from temporalio import workflow
from temporalio.exceptions import ApplicationError

from domain.acts import Command
from domain.record import CaseId, Receipt
from domain.text import Key
from workflows.days import today

INVALID, BUSY, REFUSED = "Invalid", "Busy", "Refused"
"""Types of the errors a caller may see besides those of the record."""
COMMAND_BYTES = 64 * 1024
"""The largest command taken, in bytes of its JSON."""
CALENDAR_PREFIX = "calendar:"
"""Heads the ids of the calendar's own notes; a caller may not use it."""

W = TypeVar("W", bound="Checks")
C = TypeVar("C", bound=Command)
Handler = Callable[[W, C], Coroutine[Any, Any, Receipt]]

_CASE: TypeAdapter[str] = TypeAdapter(CaseId)
_KEY: TypeAdapter[str] = TypeAdapter(Key)


class Checks(Protocol):
    """A workflow that checks a command before taking it."""

    def check(self, command: Command) -> None:
        """Raise an `ApplicationError` where the command cannot be taken."""
        ...


def takes(name: str) -> Callable[[Handler[W, C]], Handler[W, C]]:
    """An update under the official's word for the command; the word is a wire contract."""

    def decorate(handle: Handler[W, C]) -> Handler[W, C]:
        update = workflow.update(name=name, description=handle.__doc__)(
            cast("Callable[[W, C], Awaitable[Receipt]]", handle)
        )
        update.validator(_validator(handle))
        return handle

    return decorate


def _validator(handle: Handler[W, C]) -> Callable[[W, C], None]:
    def check(self: W, command: C) -> None:
        self.check(command)

    check.__annotations__ = {**handle.__annotations__, "return": None}
    return check


def command_id_of(update_id: str) -> str:
    """The command id in an update id: what stands before 「#」.

    Temporal remembers the answer to an update for as long as a run lasts, a refusal too, and
    gives it without looking at the content. What follows 「#」 tells one hand-in of a command
    from the next, so that the engine judges each, and the store makes the command once.
    """
    return update_id.partition("#")[0]


def check_case(case: str) -> None:
    """A well-formed case number of a known municipality, or an `ApplicationError`."""
    _checked(_CASE, case)


def check_command(command: Command, command_id: str, now: datetime) -> None:
    """Id, size, actor and day of a command; an `ApplicationError` says what to mend."""
    _checked(_KEY, command_id)
    if command_id.startswith(CALENDAR_PREFIX) or command.by.role == "calendar":
        raise invalid("暦の記録は期日の到来によってのみ行われます")
    if command.on > today(now):
        raise invalid(f"行為の日 {command.on} が今日 {today(now)} より後です")
    if (size := len(command.model_dump_json().encode())) > COMMAND_BYTES:
        raise invalid(
            f"命令が {size:,} バイトあり、上限の {COMMAND_BYTES:,} バイトを超えています。"
            "資料は文書番号で引用してください"
        )


def _checked(shape: TypeAdapter[str], text: str) -> None:
    try:
        shape.validate_python(text)
    except ValidationError as error:
        raise invalid("、".join(fault["msg"] for fault in error.errors())) from None


def invalid(message: str) -> ApplicationError:
    """The command is not well made; the message is Japanese, for whoever made it."""
    return ApplicationError(message, type=INVALID, non_retryable=True)


def busy(message: str) -> ApplicationError:
    """The case cannot take another command now; the same one may be sent again later."""
    return ApplicationError(message, type=BUSY)


_PERSONAL = {"of", "text", "sealed"}
_HINT_BYTES = 1


def fingerprint(command: Command) -> str:
    """SHA-256 (hex) that tells a command from another under the same id.

    The digest stays in the record for ever, so a personal text enters it as eight bits of
    its hash: enough to notice a mix-up, too little to confirm a guess once it was erased.
    Fields left at their defaults do not enter, so that a field added later changes nothing.
    """
    dumped = cast("JsonValue", command.model_dump(mode="json", exclude_defaults=True))
    text = json.dumps([command.tag, _blurred(dumped)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _blurred(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_blurred(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "of" in value and value.keys() <= _PERSONAL and isinstance(text := value.get("text"), str):
        hint = hashlib.sha256(text.encode()).digest()[:_HINT_BYTES].hex()
        return {**value, "text": hint}
    return {key: _blurred(item) for key, item in value.items()}
