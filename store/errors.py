"""Errors of the record.

    RecordError
    ├── Conflict        the case has moved on: read what came, decide again
    ├── Behind          the database holds less than was committed: stop, call the operator
    ├── CommandReused   the command id was used before for another command
    ├── RecordRefused   the events may never be stored as they are
    │   └── KeyDestroyed  a person's key was destroyed meanwhile: encrypt anew
    ├── OutOfReach      the database did not answer: the same append may be tried again
    ├── SchemaMissing   the database has no tables of the record
    ├── LogAltered      the log of all events no longer follows from what was signed
    ├── NoSample        nothing to draw from  (audit/sampling.py)
    ├── PackError       a pack cannot be made as ordered  (proof/pack.py)
    ├── NotWitnessed    a witness's answer cannot be taken  (proof/witnessing.py)
    ├── Unanswered      a witness does not answer  (proof/witnessing.py)
    ├── NotStamped      a time stamp cannot be taken  (proof/stamps.py)
    ├── GuardsDrifted   grants, triggers or policies are not what the migrations made
    └── MigrationRefused  the schema cannot be brought up to date

The first four concern one append and never change the record.
"""


class RecordError(Exception):
    """Any failure of the record layer."""


class Conflict(RecordError):
    """The case has events after the expected one; `number` is its last."""

    def __init__(self, case: str, expected: int, number: int) -> None:
        super().__init__(f"{case}: expected event {expected} to be the last, but {number} is")
        self.case, self.expected, self.number = case, expected, number


class Behind(RecordError):
    """The case is shorter than the caller has seen it: the database lost committed events.

    Nothing was written, and nothing may be until the database has been restored in full.
    """

    def __init__(self, case: str, expected: int, number: int) -> None:
        super().__init__(
            f"{case}: event {expected} was recorded before, but the database ends at {number}; "
            "committed events are missing (restored from an old backup?). Nothing was written"
        )
        self.case, self.expected, self.number = case, expected, number


class CommandReused(RecordError):
    """The command id has been recorded in this case with another content."""

    def __init__(self, case: str, command_id: str) -> None:
        super().__init__(
            f"{case}: 受付番号 {command_id} は別の内容で記録済みです。新しい番号で出してください"
        )
        self.case, self.command_id = case, command_id


class RecordRefused(RecordError):
    """The events cannot be stored: not canonical JSON, or a rule of the schema forbids them."""

    def __init__(self, case: str, reason: str) -> None:
        super().__init__(f"{case}: {reason}")
        self.case, self.reason = case, reason


class KeyDestroyed(RecordRefused):
    """A person's key was destroyed after the texts had been encrypted under it."""


class OutOfReach(RecordError):
    """The database did not answer; `tried` says what was asked of which server."""

    def __init__(self, tried: str, cause: BaseException) -> None:
        super().__init__(f"{tried}: {type(cause).__name__}: {cause}")
        self.tried = tried


class SchemaMissing(RecordError):
    """The database answers, but holds no tables of the record."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"データベース {place} に記録の表がありません。"
            "その所有者の KYODO_DATABASE_URL で `kyodo migrate` を行ってください"
        )


class LogAltered(RecordError):
    """The log or its tree no longer follows from the heads that were signed; nothing is signed.

    Either the database was set back (an old backup), or somebody changed what lay in it.
    """


class GuardsDrifted(RecordError):
    """The guards around the record differ from what the migrations made."""

    def __init__(self, differences: list[str]) -> None:
        super().__init__("the guards of the record have changed:\n  " + "\n  ".join(differences))
        self.differences = differences


class MigrationRefused(RecordError):
    """A migration that has been applied was changed or is missing, or one failed."""
