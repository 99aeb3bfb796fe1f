"""Events as an institution would hand them in."""

import hashlib
import json
from itertools import count
from typing import Any

from domain.record import Append
from store.audit.desk import Viewer

_serial = count(1)
VIEWER = Viewer("K-0001", "定期監査")

ORDER: dict[str, Any] = {
    "kind": "ImprovementOrdered",
    "on": "2026-06-01",
    "by": {
        "person": "10023",
        "office": "地域振興課長",
        "name": "例示花子",
        "role": "officer",
        "acting": {"mode": "専決", "office": "広島市長", "name": "例示太郎"},
    },
    "basis": {"law": "322AC0000000067", "article": "260_49", "paragraph": 11, "item": None},
    "ordinance": "341002@2025-04-01",
    "reasons": "令和7年度の収支決算書が構成員に公開されていないため。",
    "measures": "収支決算書を公開すること。",
    "due": {"day": "2026-07-01"},
    "remedy_notice": {
        "appeal": "処分があったことを知った日の翌日から三月以内に、広島市長に審査請求ができます。",
        "lawsuit": "六月以内に、広島市を被告として取消しの訴えを提起できます。",
    },
}


def event(**changes: Any) -> str:
    """An improvement order with some fields changed; None removes one."""
    body = {**ORDER, **changes}
    return json.dumps({k: v for k, v in body.items() if v is not None}, ensure_ascii=False)


def report(**changes: Any) -> str:
    """An event that burdens nobody."""
    return event(kind="ReportReceived", due=None, remedy_notice=None, reasons=None, **changes)


def personal(text: str, of: str = "representative") -> dict[str, Any]:
    """A text about a resident as `Personal` writes it."""
    return {"of": of, "text": text, "sealed": None}


def new_case(municipality: str = "341002") -> str:
    """A case number not used before."""
    return f"指定-{municipality}-{next(_serial):06d}"


def digest_of(content: str) -> str:
    """The digest of a command."""
    return hashlib.sha256(content.encode()).hexdigest()


def append(
    case: str,
    expected: int = 0,
    *events: str,
    command: str | None = None,
    content: str = "",
    open: bool = True,
) -> Append:
    """A request for the events (by default one report), under a command id of its own."""
    return Append(
        case=case,
        expected=expected,
        command_id=command or f"command-{next(_serial)}",
        command_digest=digest_of(content),
        events=list(events or [report()]),
        open=open,
    )
