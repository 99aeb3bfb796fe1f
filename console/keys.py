"""鍵と立会人: `kyodo key` and `kyodo witness`."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.text import Text

from console import answers
from console.answers import INVALID, REFUSED, end, show
from console.options import text_of
from console.submissions import STDIN
from store.proof.notes import Signer
from store.proof.witness import Refusal, Witness, serve

key_app = App(name="key", help="台帳の鍵")
witness_app = App(name="witness", help="立会人として、よその台帳の検認に立ち会う")


@key_app.command(name="new")
def key_new(
    file: Path, *, name: Annotated[str, Parameter(help="台帳の名（city.example.lg.jp/kyodo）")]
) -> None:
    """台帳の鍵を作る. 検証鍵（監査する者に渡すもの）を示す."""
    signer = Signer.make(name)
    try:
        signer.store(file)
    except FileExistsError:
        end(INVALID, f"{file} はすでにあります。鍵を上書きすることはできません")
    except OSError as cause:
        end(INVALID, f"鍵 {file} を作れません（{cause.strerror}）")
    answers.write(f"{signer.verifier.vkey}\n")


@key_app.command(name="show")
def key_show(file: Path) -> None:
    """鍵のファイルの検証鍵を示す."""
    answers.write(f"{Signer.load(file).verifier.vkey}\n")


@witness_app.command(name="init")
def witness_init(folder: Path, *, name: Annotated[str, Parameter(help="立会人の名")]) -> None:
    """立会人の鍵を作る. 検証鍵（台帳の側と監査する者に渡すもの）を示す."""
    try:
        witness = Witness.establish(folder, name)
    except FileExistsError:
        end(INVALID, f"{folder} にはすでに立会人の鍵があります")
    except OSError as cause:
        end(INVALID, f"立会人の鍵を {folder} に作れません（{cause.strerror}）")
    answers.write(f"{witness.verifier.vkey}\n")


@witness_app.command(name="trust")
def witness_trust(folder: Path, vkey: str) -> None:
    """立ち会う台帳の検証鍵を加える."""
    witness = Witness(folder)
    witness.trust(vkey)
    show(Text(f"立ち会う台帳: {'、'.join(log.name for log in witness.logs())}"))


@witness_app.command(name="cosign")
def witness_cosign(folder: Path, file: str = STDIN) -> int | None:
    """依頼文（kyodo audit checkpoint --ask）に署名して答える. FILE は - で標準入力."""
    request = sys.stdin.read() if file == STDIN else text_of(Path(file))
    try:
        answers.write(Witness(folder).answer(request, datetime.now(UTC)))
    except Refusal as refusal:
        answers.ERR.print(f"立ち会えません（{refusal.status}）: {refusal}", markup=False)
        return REFUSED
    return None


@witness_app.command(name="serve")
def witness_serve(folder: Path, *, host: str = "127.0.0.1", port: int = 8260) -> None:
    """立会人を HTTP で開く（C2SP tlog-witness）. Ctrl-C で止まる."""
    try:
        server = serve(Witness(folder), host, port)
    except (OSError, OverflowError) as cause:
        end(INVALID, f"{host} の {port} 番で開けません（{cause}）")
    show(Text(f"{server.url} で立ち会っています。Ctrl-C で止まります"))
    try:
        server.wait()
    except KeyboardInterrupt:
        server.stop()
