"""語: A sentence cut where a reader sees words, so that a change is marked by the word.

Japanese sets no blanks. A run of one script is taken for a word (「専門人材」, 「ヶ月」, 「１２」);
signs of punctuation, and the words that join others (「及び」), stand alone. Put together again,
the pieces are the sentence.
"""

import re

_HAN = "\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0003ffff々〆〇\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JOINING = "及び|又は|並びに|若しくは"
_PIECE = re.compile(
    f"{_JOINING}"
    f"|(?:(?!{_JOINING})[{_HAN}])+"
    "|[\u3041-\u309f]+"
    "|[\u30a0-\u30ff\uff66-\uff9f]+"
    "|[0-9０-９]+"
    "|[A-Za-zＡ-Ｚａ-ｚ]+"
    "|.",
    re.DOTALL,
)


def pieces(sentence: str) -> list[str]:
    """The words and signs of a sentence, in order."""
    return _PIECE.findall(sentence)
