"""誤った命令行: What was wrong with a command line, in Japanese, and where to look it up."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Literal, get_args, get_origin

from cyclopts import CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    ConsumeMultipleError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
    ValidationError,
)

_EXPECTED: Mapping[object, str] = {int: "整数", float: "数", bool: "true か false"}


def said(error: CycloptsError) -> str:
    """The words for an error of the command line, with the help to ask for."""
    chain = " ".join(("kyodo", *(error.command_chain or ())))
    return f"{_wrong(error)}。書き方は {chain} --help で見られます"


def _wrong(error: CycloptsError) -> str:
    match error:
        case UnknownOptionError():
            return _unknown_option(error)
        case UnknownCommandError():
            words = " ".join(error.unused_tokens or error.root_input_tokens or ())
            return f"「{words}」という命令はありません"
        case UnusedCliTokensError():
            return f"「{' '.join(error.unused_tokens or ())}」は余分です"
        case MissingArgumentError():
            return f"{error.keyword or _name(error)} に値が要ります"
        case RepeatArgumentError():
            return f"{error.token.keyword or _name(error)} は一度しか書けません"
        case ConsumeMultipleError():
            return f"{error.keyword or _name(error)} の値の数が違います（{error.actual_count} 個）"
        case CoercionError():
            return _unreadable(error)
        case ValidationError():
            return f"{_name(error)}: {error.exception_message}"
        case _:
            return str(error).strip()


def _unknown_option(error: UnknownOptionError) -> str:
    word = error.token.keyword or error.token.value
    known = [name for each in error.argument_collection if each.parse for name in each.names]
    near = get_close_matches(word, known, n=1)
    return f"{word} という指定はありません" + (f"（{near[0]} のことですか）" if near else "")


def _unreadable(error: CoercionError) -> str:
    if error.msg is not None:
        return f"{_name(error)}: {error.msg}"
    value = error.token.value if error.token else ""
    choices = get_args(error.target_type) if get_origin(error.target_type) is Literal else ()
    if choices:
        return (
            f"{_name(error)} の「{value}」は選べません（{'、'.join(map(str, choices))} のいずれか）"
        )
    expected = _EXPECTED.get(error.target_type, "")
    return f"{_name(error)} の「{value}」は読めません" + (
        f"（{expected}を書いてください）" if expected else ""
    )


def _name(error: CycloptsError) -> str:
    return error.argument.name if error.argument else "値"
