"""The commands that the documents show can be given as they are shown."""

import re
import shlex
from pathlib import Path

import pytest
from cyclopts import MissingArgumentError

from console.main import app

_DOCUMENTS = (Path("README.md"), *sorted(Path("docs").glob("*.md")))
_SHOWN = re.compile(r"^kyodo .*$", re.MULTILINE)
_NAMED = re.compile(r"`(kyodo [a-z][^`…]*)`")
_EXPLANATION = re.compile(r"(?:\s{2,}|　| > | \| ).*$")


def found(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """What the documents show, without the words that explain it."""
    return [
        (document.name, _EXPLANATION.sub("", words.removeprefix("`").removesuffix("`")))
        for document in _DOCUMENTS
        for words in pattern.findall(document.read_text("utf-8"))
    ]


@pytest.mark.parametrize(("document", "line"), found(_SHOWN))
def test_a_shown_command_can_be_given(document: str, line: str) -> None:
    words = [word for word in shlex.split(line)[1:] if word != "[CASE]"]
    command, _, _ = app.parse_args(words, exit_on_error=False, print_error=False)
    assert command.__module__.startswith("console."), (document, line)


@pytest.mark.parametrize(("document", "line"), found(_NAMED))
def test_a_named_command_exists(document: str, line: str) -> None:
    """In running text its arguments may be left out."""
    words = [word for word in shlex.split(line)[1:] if word != "[CASE]"]
    try:
        command, _, _ = app.parse_args(words, exit_on_error=False, print_error=False)
    except MissingArgumentError:
        return
    named = (command.__module__, document, line)
    assert command.__module__.startswith("console.") or words == ["--help"], named
