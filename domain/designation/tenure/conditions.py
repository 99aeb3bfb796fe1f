"""指定の条件（法第14条第1項）: What the ordinance lays down on the day of a designation.

The conditions are stored with the designation and with each renewal, as the paper states them, so
that an amendment made later does not change what the body was told.
"""

from datetime import date
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from domain.decider import Refused
from domain.law import ART_14
from domain.ordinance import Ordinance, Parameter, Rules, Value
from domain.periods import Deadline, days_before, reckon
from domain.text import Line

T = TypeVar("T")
BY_ORDINANCE = ART_14.para(1)
"""条例（法第14条第1項）: The statutory footing of what only the municipality's ordinance has."""


class Conditions(BaseModel):
    """指定の条件: `expires` and `renewable_from` by day, the rest by the provision that has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    expires: Deadline | None = None
    renewable_from: date | None = None
    change_notice: Line | None = None
    relinquishment: Line | None = None
    public_notice: Line | None = None


def laid_down(parameter: Parameter[T], day: date) -> Value[T] | None:
    """What the ordinance has on `day`, None where it has no such thing (「なし」, false, no value)."""
    known = parameter.known(day)
    return known if known and known.value else None


def must_have(parameter: Parameter[T], day: date, rules: Rules, thing: str) -> Value[T]:
    """What the ordinance has on `day`, or a refusal because it has no such thing."""
    if found := laid_down(parameter, day):
        return found
    raise Refused(
        BY_ORDINANCE,
        f"{day} に効力のある{_named(rules.ordinance)}に、{thing}の定めがありません",
        "法第260条の49はこれを定めていません。条例に定めがあるなら、条例プロファイルに記してください",
    )


def _named(ordinance: Ordinance) -> str:
    return f"「{ordinance.title}」（{ordinance.number}）"


def notice_due(day: date, rules: Rules) -> Line | None:
    """告示（法第14条第1項）: The provision under which an act done on `day` must be put up, if any."""
    found = laid_down(rules.ordinance.public_notice, day)
    return found.basis if found else None


def conditions(
    origin: date, origin_title: str, no: int, rules: Rules, *, on: date | None = None
) -> Conditions:
    """What is laid down for a designation whose `no`-th term is counted from `origin`.

    The ordinance is that of the day `on` of the act, or of `origin` itself.
    """
    ordinance, day = rules.ordinance, on or origin
    expires = _term(origin, origin_title, no, day, rules)
    notice, leave = (
        laid_down(ordinance.change_notice, day),
        laid_down(ordinance.relinquishment, day),
    )
    return Conditions(
        expires=expires,
        renewable_from=_renewable_from(expires, day, rules),
        change_notice=notice.basis if notice else None,
        relinquishment=leave.basis if leave else None,
        public_notice=notice_due(day, rules),
    )


def _term(origin: date, origin_title: str, no: int, day: date, rules: Rules) -> Deadline | None:
    found = laid_down(rules.ordinance.term, day)
    if found is None or found.value is None:
        return None
    return reckon(
        key=f"term-{no}",
        title="指定の有効期間の満了",
        basis=BY_ORDINANCE,
        origin=origin,
        origin_title=origin_title,
        period=found.value,
        calendar=rules.calendar,
        to_municipality=False,
    )


def _renewable_from(expires: Deadline | None, day: date, rules: Rules) -> date | None:
    found = laid_down(rules.ordinance.renewal_window, day)
    if expires is None or expires.day is None or found is None or found.value is None:
        return None
    return days_before(expires.day, found.value, rules.calendar)
