"""単独の検証: The parts of the single file with which anyone verifies a pack, without us.

tree.py       the tree over the log (RFC 6962, RFC 9162)
ed25519.py    signatures (RFC 8032)
heads.py      signed heads of the log (C2SP signed-note, tlog-checkpoint, tlog-cosignature)
packs.py      the files of a pack
checks.py     what is checked, in order
command.py    `python3 verify.py`

Each runs on bare Python 3.8 with the standard library alone and imports nothing of this project
but its siblings; `source` joins them into the file that goes into a pack.
"""

import ast
from collections import defaultdict
from importlib.resources import files

PARTS = ("tree", "ed25519", "heads", "packs", "checks", "command")
_OURS = __name__


def source() -> str:
    """The text of `verify.py`: the parts one after another, with what they import at the head."""
    texts = [files(_OURS).joinpath(f"{part}.py").read_text("utf-8") for part in PARTS]
    whole, names = set[str](), defaultdict[str, set[str]](set)
    bodies: list[str] = []
    for text in texts:
        tree = ast.parse(text)
        imports = [one for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom)]
        for one in imports:
            if isinstance(one, ast.Import):
                whole.update(alias.name for alias in one.names)
            elif one.module and not one.module.startswith(("__future__", _OURS)):
                names[one.module].update(alias.name for alias in one.names)
        body = text.splitlines()[imports[-1].end_lineno :]
        bodies.append(f"# --- {_title(tree)}\n\n" + "\n".join(body).strip())
    head = [f"import {name}" for name in sorted(whole)]
    head += [f"from {module} import {', '.join(sorted(names[module]))}" for module in sorted(names)]
    usage = ast.get_docstring(ast.parse(texts[-1]))
    future = "from __future__ import annotations"
    return "\n\n".join([f'"""{usage}\n"""', future, "\n".join(head), *bodies]) + "\n"


def _title(tree: ast.Module) -> str:
    return (ast.get_docstring(tree) or "").splitlines()[0]
