"""Rules for tests: those of 例示市, which does not exist, and ways to vary them."""

from datetime import date
from pathlib import Path

from activities.rulebook import Rulebook
from domain.ordinance import Ordinance, Parameter, Rules, Value

PROFILES = Path(__file__).parents[1] / "profiles"
RULEBOOK = Rulebook(extra=PROFILES)
CODE = "999997"
RULES = RULEBOOK.rules(CODE)


def rules_with(**fields: object) -> Rules:
    """The rules of 例示市 with some values replaced from the ordinance's first day on."""
    changed = {name: _always(name, value) for name, value in fields.items()}
    ordinance = RULES.ordinance.model_copy(update=changed)
    return Rules(
        ordinance=Ordinance.model_validate_json(ordinance.model_dump_json()),
        calendar=RULES.calendar,
    )


def _always(name: str, value: object) -> Parameter[object]:
    parameter: Parameter[object] = getattr(RULES.ordinance, name)
    only = Value[object](since=date(2025, 4, 1), value=value, basis="試験のための値")
    return Parameter[object](meaning=parameter.meaning, values=(only,))
