"""設定: What the environment says. TEMPORAL_* is read by the Temporal SDK itself.

KYODO_DATABASE_URL   the record's PostgreSQL; without it the embedded stack is used
KYODO_HOME           where the embedded stack lives (default ./.kyodo)
KYODO_PROFILES       a folder of the operator's own ordinance profiles
KYODO_TASK_QUEUE     the Temporal task queue (default kyodo)
KYODO_SANDBOX        run workflows in the SDK's sandbox (default false, see docs/operators.md)
KYODO_LOG            json or text (default text at a terminal)
KYODO_LOG_KEY        the file with the key that signs the log's heads (`kyodo key new`)
KYODO_LOG_VKEY       the public half of that key, where only verification is done
KYODO_WITNESSES      witnesses of the log's heads: `VKEY URL`, several with commas
KYODO_KEEPER         start a keeper with every worker (default true)
KYODO_VIEWER         who looks at the record (職員番号; default the user of the machine)
KYODO_WHY            why (令和8年度定期監査)
"""

import getpass
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from store.proof.notes import Signer, Verifier


class Settings(BaseSettings):
    """One frozen object, made once at the start of a process."""

    model_config = SettingsConfigDict(env_prefix="KYODO_", frozen=True)

    database_url: str | None = None
    home: Path = Path(".kyodo")
    profiles: Path | None = None
    task_queue: str = "kyodo"
    sandbox: bool = False
    log: Literal["json", "text"] | None = None
    log_key: Path | None = None
    log_vkey: str | None = None
    witnesses: str = ""
    keeper: bool = True
    viewer: str = Field(default_factory=getpass.getuser)
    why: str = ""

    @property
    def witness_list(self) -> list[tuple[Verifier, str]]:
        """Each witness's key and address; NoteError where a key is not well made."""
        pairs = (each.split() for each in self.witnesses.split(",") if each.strip())
        return [(Verifier.read(pair[0]), pair[1] if len(pair) > 1 else "") for pair in pairs]

    @property
    def stack_key(self) -> Path:
        """Where the embedded stack keeps the key it makes for itself."""
        return self.home / "keys" / "log.key"

    @property
    def verifier(self) -> Verifier | None:
        """The key by which the log's heads are believed, None where none is known.

        The key of the embedded stack is believed for that stack's record only.
        """
        if self.log_vkey:
            return Verifier.read(self.log_vkey)
        if self.log_key:
            return Signer.load(self.log_key).verifier
        own = self.database_url is None and self.stack_key.exists()
        return Signer.load(self.stack_key).verifier if own else None

    def environment(self) -> dict[str, str]:
        """The same settings as a child process reads them; paths are made absolute."""
        said = self.model_dump(exclude_unset=True, exclude_none=True)
        return {f"KYODO_{name.upper()}": _plain(value) for name, value in said.items()}


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value.resolve()) if isinstance(value, Path) else str(value)
