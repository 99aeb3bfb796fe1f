"""様式: The JSON Schemas of everything that is handed in and everything that is stored."""

from domain.acts import Act, Command, Event, concrete, tag
from domain.record import Submission
from domain.registry import INSTITUTIONS


def schema(kind: str | None = None) -> dict[str, object]:
    """The schema of one command or event by its `kind`, or of all; `LookupError` if unknown."""
    if kind is None:
        return everything()
    for act in concrete(Act):
        if tag(act) == kind:
            return {**act.model_json_schema(), "title": act.title}
    raise LookupError(
        f"「{kind}」という行為（kind）はありません。`kyodo schema` で一覧を見られます"
    )


def everything() -> dict[str, object]:
    """Submission, and by institution the unions of commands and of events."""
    return {
        "submission": Submission.model_json_schema(),
        "institutions": {
            institution.name: {
                "commands": institution.command.json_schema(),
                "events": institution.event.json_schema(),
            }
            for institution in INSTITUTIONS
        },
    }


def schema_of_events() -> dict[str, dict[str, object]]:
    """The schema of every event by its `kind`."""
    return {
        tag(event): {**event.model_json_schema(), "title": event.title} for event in concrete(Event)
    }


def kinds() -> list[tuple[str, str, str]]:
    """Every command a caller may hand in: kind, title and provision."""
    return [
        (tag(act), act.title, f"{act.cites}")
        for act in concrete(Command)
        if not tag(act).startswith("Note")
    ]


def title_of(kind: str) -> str:
    """The name of an act by its `kind`, the kind itself if it is not known."""
    return next((act.title for act in concrete(Act) if tag(act) == kind), kind)
