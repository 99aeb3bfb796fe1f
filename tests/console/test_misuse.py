"""A command line that cannot be read is answered in Japanese, with the help to ask for."""

import pytest
from cyclopts import CycloptsError

from console.main import app
from console.misuse import said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("audit acts --nonsense", "--nonsense という指定はありません"),
        ("audit acts --municipalty 341002", "（--municipality のことですか）"),
        ("audit acts --late x", "--late の「x」は読めません（整数を書いてください）"),
        ("audit acts --late", "--late に値が要ります"),
        ("audit acts x y", "「x y」は余分です"),
        ("audit show", "--case に値が要ります"),
        ("audit nothing", "「nothing」という命令はありません"),
        ("case list --open --open", "--open は一度しか書けません"),
    ],
)
def test_what_was_wrong_is_said(line: str, words: str) -> None:
    with pytest.raises(CycloptsError) as raised:
        app(line.split(), exit_on_error=False, print_error=False)
    answer = said(raised.value)
    group = line.split(maxsplit=1)[0]
    assert words in answer
    assert f"書き方は kyodo {group}" in answer
    assert "--help で見られます" in answer
