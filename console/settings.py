"""設定: What the environment says. TEMPORAL_* is read by the Temporal SDK itself.

KYODO_DATABASE_URL   the record's PostgreSQL; without it the embedded stack is used
KYODO_HOME           where the embedded stack lives (default ./.kyodo)
KYODO_PROFILES       a folder of the operator's own ordinance profiles
KYODO_TASK_QUEUE     the Temporal task queue (default kyodo)
KYODO_SANDBOX        run workflows in the SDK's sandbox (default false, see docs/operators.md)
KYODO_LOG            json or text (default text at a terminal)
"""

from pathlib import Path
from typing import Literal

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One frozen object, made once at the start of a process."""

    model_config = SettingsConfigDict(env_prefix="KYODO_", frozen=True)

    database_url: str | None = None
    home: Path = Path(".kyodo")
    profiles: Path | None = None
    task_queue: str = "kyodo"
    sandbox: bool = False
    log: Literal["json", "text"] | None = None
