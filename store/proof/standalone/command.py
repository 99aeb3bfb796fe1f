"""綴りの検証: Verifies a pack of the record with bare Python 3.8 or later, and nothing else.

    python3 verify.py [PACK] [--key VKEY] [--checkpoint FILE] [--witness VKEY] [--json]

PACK is the ZIP file, or the folder into which it was unpacked (without it, the folder in which this
file lies). Whoever made the pack could have changed this file along with it: take it, and the key of
the log, from somewhere else. Ends with 0 if everything that can be shown holds, with 1 if something
is wrong, with 2 if there is no pack to read.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from pathlib import Path
from typing import List, Optional, Sequence, Tuple

from store.proof.standalone.checks import Trusted, Verification
from store.proof.standalone.packs import Pack
from store.proof.standalone.tree import Wrong


def main(words: Optional[Sequence[str]] = None) -> int:
    """Verify a pack and say in Japanese what was found."""
    options = _options(words)
    said: List[Tuple[str, str]] = []
    fault: Optional[str] = None
    try:
        trusted = Trusted(options.key, options.checkpoint, options.witness)
        verification = Verification(Pack(Path(options.pack)), trusted)
        said = verification.said
        verification.run()
    except Wrong as found:
        fault = str(found)
    except (KeyError, TypeError, ValueError, IndexError) as found:
        fault = f"綴りの形が違います（{type(found).__name__}: {found}）"
    except (OSError, zipfile.BadZipFile) as found:
        sys.stderr.write(f"綴りを読めません（{found}）\n")
        return 2
    sys.stdout.write(_json(said, fault) if options.json else _text(said, fault))
    return 1 if fault else 0


def _options(words: Optional[Sequence[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="綴りが記録されたままであることを確かめる")
    here = str(Path(__file__).parent)
    parser.add_argument("pack", nargs="?", default=here, help="綴り（ZIP か、開いたフォルダ）")
    parser.add_argument("--key", help="台帳の検証鍵（別の経路で受け取ったもの）")
    parser.add_argument(
        "--checkpoint",
        action="append",
        default=[],
        help="手元に保管してある検認のファイル（何度でも）",
    )
    parser.add_argument("--witness", action="append", default=[], help="立会人の検証鍵（何度でも）")
    parser.add_argument("--json", action="store_true", help="機械のための JSON で答える")
    return parser.parse_args(words)


def _text(said: Sequence[Tuple[str, str]], fault: Optional[str]) -> str:
    lines = [f"{'✓' if result == 'ok' else '－'} {text}" for result, text in said]
    lines += [f"✗ {fault}", "異常があります"] if fault else ["異常はありません"]
    return "\n".join(lines) + "\n"


def _json(said: Sequence[Tuple[str, str]], fault: Optional[str]) -> str:
    checked = [{"result": result, "text": text} for result, text in said]
    found = {"sound": fault is None, "fault": fault, "checked": checked}
    return json.dumps(found, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
