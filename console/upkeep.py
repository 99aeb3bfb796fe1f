"""運用: `kyodo up`, `demo`, `keep`, `migrate`, `rebuild`."""

import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.text import Text

from console import answers, tables
from console.answers import DIFFERS, DONE, machine, show
from console.demonstrated_agreement import show_agreement
from console.demonstrated_dispute import show_dispute
from console.demonstrated_year import show_year
from console.demonstration import Stage, rules_of_the_stories, show_designation, stage
from console.keeping import keep
from console.options import Json
from console.running import log_key, until_told, whole_stack
from console.services import database_url, projecting, reading, rulebook, temporal
from console.settings import Settings
from console.stack import PORT, UI_PORT
from store.audit.projector import Projector
from store.migrate import migrate
from workflows.client import resume


async def up(*, port: int = PORT, ui_port: int = UI_PORT) -> None:
    """PostgreSQL・Temporal・ワーカーの一式を起動し、Ctrl-C まで動かす（データは KYODO_HOME に残る）.

    ポートが使われていれば空いているものを使う（0 は常に空いているもの）.
    """
    settings = Settings()
    async with whole_stack(settings.home, port=port, ui_port=ui_port, say=_step) as stack:
        client = await temporal(settings, stack)
        own = settings.model_copy(update={"database_url": stack.database_url})
        async with reading(own) as records:
            resumed = await resume(client, records, task_queue=settings.task_queue)
        vkey = settings.model_copy(update={"log_key": log_key(settings.home)}).verifier
        show(tables.welcome(stack, settings.home.resolve(), resumed, vkey))
        await until_told()
        _step("止めています")


Telling = Literal["designation", "agreement", "year", "dispute"]
_TELLINGS: Mapping[Telling, Callable[[Stage], Awaitable[None]]] = {
    "designation": show_designation,
    "agreement": show_agreement,
    "year": show_year,
    "dispute": show_dispute,
}


async def demo(
    story: Annotated[
        Telling,
        Parameter(
            help="designation は広島市の一つの指定、agreement はＡ県とＢ町の連携協約、"
            "year はＢ町と一つの団体の一年、dispute はＡ県とＢ町の四つの紛争"
        ),
    ] = "designation",
    /,
) -> None:
    """一つの事案の一生を、本物の一式の上で動かして見せる（一時のフォルダで。後には何も残らない）."""
    home = _temporary_home()
    try:
        profiles = rules_of_the_stories(home)
        settings = Settings(home=home, database_url=None, profiles=profiles)
        async with whole_stack(home, profiles=profiles, say=_step) as stack:
            async with stage(settings, stack) as ready:
                await _TELLINGS[story](ready)
            if sys.stdout.isatty():
                show(tables.stay(stack))
                await until_told()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _temporary_home() -> Path:
    """A folder that the database server can enter when it runs under a user of its own."""
    home = Path(tempfile.mkdtemp(prefix="kyodo-demo-"))
    home.chmod(0o755)
    return home


def _step(words: str) -> None:
    answers.ERR.print(f"… {words}", markup=False)


async def keep_record() -> None:
    """記録係: 通し番号を付け、検認に署名し、立会いを求め、索引を作る（ワーカーがあれば要らない）."""
    settings = Settings()
    await keep(settings, database_url(settings))


async def migrate_schema(*, json: Json = False) -> None:
    """記録の表を最新にする（データベースの所有者で KYODO_DATABASE_URL に接続する）."""
    applied = await migrate(database_url(Settings()))
    if json:
        machine({"applied": applied})
    else:
        show(Text("、".join(applied) or "最新です"))


async def rebuild(*, json: Json = False) -> int:
    """索引と現況を記録から作り直し、前と違う事案を示す."""
    settings = Settings()
    async with projecting(settings) as pool:
        with answers.counting("作り直した事実") as told:
            differing = await Projector(pool, rulebook(settings).rules).rebuild(told)
    if json:
        machine({"differing": differing})
    elif differing:
        show(Text(f"前と違う事案が {len(differing)} 件ありました: {'、'.join(differing[:20])}"))
    else:
        show(Text("前と同じ索引ができました"))
    return DIFFERS if differing else DONE
