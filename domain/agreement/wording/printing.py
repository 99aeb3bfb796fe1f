"""文書の印字: A document as plain text with full-width blanks, or as an HTML page fit for printing.

Both are made of the same blocks. The page stands on its own (no script, no font or image from
elsewhere), runs down or across as the text's style says, and shows on the screen, not on paper,
the digest by which the text can be recognised.
"""

from html import escape
from importlib.resources import files

from domain.agreement.wording.canonical import digest
from domain.agreement.wording.document import Block, Form, blocks
from domain.agreement.wording.numbering import Style
from domain.agreement.wording.outline import BAR
from domain.agreement.wording.papers import AgreementFile
from domain.agreement.wording.phrases import GAP

_WIDTH = 40
"""Full-width characters on a line, for what stands at its end."""
_APART = {"題名", "件名", "本文", "前文", "番号", "附則", "日付", "記", "例示", "別表"}
"""Shapes before which a line is left empty in plain text."""
_BY_INDENT = {"日付": 2, "題名": 3, "件名": 3, "附則": 3, "署名": 4, "宛先": 1}


def plain(file: AgreementFile, form: Form, by: str) -> str:
    """The document as plain text, every line ended."""
    lines: list[str] = []
    for block in blocks(file, form, by):
        if lines and block.shape in _APART and lines[-1]:
            lines.append("")
        lines.append(_line(block))
    return "\n".join(lines) + "\n"


def page(file: AgreementFile, form: Form, by: str) -> str:
    """The document as an HTML page."""
    title = f"{file.title}（{form}）"
    body = "\n".join(map(_paragraph, blocks(file, form, by)))
    mark = f"文の指紋（SHA-256）: {digest(file)}"
    return page_of(title, f"<main>\n{body}\n</main>\n<footer>{mark}</footer>", file.style)


def page_of(title: str, body: str, style: Style) -> str:
    """A whole HTML page around a body that is already HTML."""
    css = _asset("page.css") + _asset("down.css" if style == "縦書き" else "across.css")
    return (
        '<!doctype html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>\n{css}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _line(block: Block) -> str:
    if block.shape == "表":
        return "\n".join(BAR.join(row) for row in block.cells)
    words = f"{block.label}{GAP}{block.words}" if block.label else block.words
    match block.shape:
        case "番号" | "差出人":
            return GAP * max(0, _WIDTH - len(words)) + words
        case "記":
            return GAP * (_WIDTH // 2) + words
        case "例示":
            return f"【例示】{words}"
        case "見出し":
            return GAP + words
        case "号":
            return GAP * block.depth + words
        case "題名" | "件名" | "附則" | "日付" | "署名" | "宛先":
            return GAP * _BY_INDENT[block.shape] + words
        case "前文" | "本文":
            return GAP + words
        case "条項" | "項目" | "別表":
            return words


_CLASSES = {
    "例示": "example",
    "番号": "end",
    "題名": "title",
    "件名": "title",
    "前文": "first",
    "見出し": "heading",
    "条項": "hanging",
    "号": "hanging",
    "附則": "title",
    "本文": "first",
    "日付": "day",
    "署名": "signature",
    "差出人": "end",
    "宛先": "to",
    "記": "middle",
    "項目": "hanging",
    "別表": "appendix",
}


def _paragraph(block: Block) -> str:
    if block.shape == "表":
        return _table(block.cells)
    label = f"<b>{escape(block.label)}</b>{GAP}" if block.label else ""
    depth = f' style="--depth:{block.depth}"' if block.depth else ""
    tag = "h1" if block.shape == "題名" else "p"
    name = _CLASSES[block.shape]
    return f'<{tag} class="{name}"{depth}>{label}{escape(block.words)}</{tag}>'


def _table(cells: tuple[tuple[str, ...], ...]) -> str:
    head, *rows = cells
    lines = ["".join(f"<td>{escape(one)}</td>" for one in row) for row in rows]
    heading = "".join(f"<th>{escape(one)}</th>" for one in head)
    body = "".join(f"<tr>{line}</tr>\n" for line in lines)
    return f"<table>\n<thead><tr>{heading}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"


def _asset(name: str) -> str:
    return (files("domain") / "agreement" / "wording" / "pages" / name).read_text("utf-8")
