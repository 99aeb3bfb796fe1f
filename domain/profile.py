"""条例の定めの読取り: From the texts of two TOML files to the rules of one municipality.

`defaults` says what holds where a municipality has laid down nothing; every value of it is
marked a default. `profile` says what the municipality has laid down; from the first day of
its values the defaults no longer hold. Texts go in, a `Rules` comes out: no file is read here.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any, cast

from pydantic import ValidationError

from domain.bodies import MINISTER, is_prefecture
from domain.ordinance import Ordinance, Parameter, Rules, Value
from domain.periods import Calendar
from domain.profile_forms import (
    HEAD,
    NAMES,
    NONE,
    OF_VALUE,
    Fault,
    faults,
    form_of,
    parameter_kind,
    unknown_keys,
)

Table = dict[str, Any]
Parameters = dict[str, Parameter[Any]]


class ProfileError(ValueError):
    """A profile is not well made; each line says which key, what is wrong and what to do."""

    def __init__(self, *details: Fault | str) -> None:
        told = tuple(one if isinstance(one, Fault) else Fault("", one) for one in details)
        self.details = told
        self.faults = tuple(str(one) for one in told)
        super().__init__("\n".join(self.faults))


def read_rules(
    defaults: str,
    profile: str,
    *,
    since: date,
    until: date,
    national: Mapping[date, str],
) -> Rules:
    """The rules of a municipality; the calendar knows the days `since` to `until`.

    `national` are the 国民の祝日 and their 休日 in that time. Raises `ProfileError`.
    """
    below, above = _parse("既定値", defaults), _parse("条例の定め", profile)
    days = "\n".join(f"{day} {reason}" for day, reason in sorted(national.items()))
    version = _version(above, defaults, profile, f"{since} {until}\n{days}")
    bounds = {"since": since, "until": until, "national": dict(national)}
    return Rules(
        ordinance=_ordinance(below, above, version),
        calendar=_calendar(below, above, bounds),
    )


def read_profile(defaults: str, profile: str) -> Ordinance:
    """The ordinance alone, without a calendar. Raises `ProfileError`."""
    below, above = _parse("既定値", defaults), _parse("条例の定め", profile)
    return _ordinance(below, above, _version(above, defaults, profile))


def _parse(where: str, text: str) -> Table:
    try:
        return cast("Table", _without_none(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{where}: TOML として読めません（{error}）") from error


def _without_none(raw: object) -> object:
    """TOML has no word for None; 「なし」 stands for it."""
    if isinstance(raw, dict):
        return {key: _without_none(value) for key, value in cast("Table", raw).items()}
    if isinstance(raw, list):
        return [_without_none(value) for value in cast("list[object]", raw)]
    return None if raw == NONE else raw


def _version(profile: Table, *texts: str) -> str:
    """Tells apart any two states of the texts: the code, and the head of their SHA-256."""
    digest = sha256("\0".join(texts).encode()).hexdigest()
    return f"{profile.get('code')}-{digest[:12]}"


def _ordinance(below: Table, above: Table, version: str) -> Ordinance:
    _known_keys(below, ("parameters", "calendar"), "既定値")
    _known_keys(above, (*HEAD, "parameters", "calendar"), "条例の定め")
    defaults = _parameters(below.get("parameters", {}), {}, default=True)
    own = _parameters(above.get("parameters", {}), defaults, default=False)
    code = str(above.get("code"))
    if code != MINISTER and not is_prefecture(code):  # these designate no bodies
        _from_the_first_day(own)
    merged = {name: _laid_over(defaults[name], own.get(name)) for name in defaults}
    head = {key: above[key] for key in HEAD if key in above}
    try:
        return Ordinance.model_validate({**head, **merged, "version": version})
    except ValidationError as error:
        raise ProfileError(*faults("", error)) from error


def _known_keys(table: Table, known: Sequence[str], where: str) -> None:
    if found := unknown_keys(table, known, where):
        raise ProfileError(*found)


def _parameters(tables: Table, meanings: Parameters, *, default: bool) -> Parameters:
    """Every parameter of one file; a profile takes the meanings from the defaults."""
    _known_keys(tables, NAMES, "[parameters]")
    found: list[Fault | str] = []
    read: Parameters = {}
    for name, table in tables.items():
        meaning = {"meaning": meanings[name].meaning} if name in meanings else {}
        try:
            read[name] = _parameter(name, {**meaning, **table}, default=default)
        except ValidationError as error:
            found += faults(f"[parameters.{name}] ", error, form_of(name))
        else:
            found += _out_of_order(name, read[name].values)
    if found:
        raise ProfileError(*found)
    return read


def _parameter(name: str, table: Table, *, default: bool) -> Parameter[Any]:
    for value in cast("list[Table]", table.get("values", [])):
        _known_keys(value, OF_VALUE, f"[parameters.{name}]")
    kind = cast("type[Parameter[Any]]", parameter_kind(name))
    parameter = kind.model_validate(table)
    values = tuple(value.model_copy(update={"default": default}) for value in parameter.values)
    return parameter.model_copy(update={"values": values})


def _out_of_order(name: str, values: Sequence[Value[Any]]) -> Iterator[str]:
    """The values of a parameter stand in the order of their first days and do not overlap."""
    for number, value in enumerate(values, 1):
        if value.until is not None and value.until < value.since:
            yield (
                f"[parameters.{name}] {number}番目の値: 最後の日 {value.until} が初日 {value.since} "
                "より前です。until を since 以後の日にしてください"
            )
    for number, (former, latter) in enumerate(pairwise(values), 1):
        if latter.since <= former.since:
            yield (
                f"[parameters.{name}] {number + 1}番目の値: 初日 {latter.since} が前の値の初日 "
                f"{former.since} より後ではありません。値は初日の順に並べてください"
            )
        elif former.until is not None and latter.since <= former.until:
            yield (
                f"[parameters.{name}] {number}番目の値: 最後の日 {former.until} が次の値の初日 "
                f"{latter.since} と重なります。until を {latter.since - timedelta(1)} 以前にするか"
                "削ってください"
            )


def _from_the_first_day(own: Parameters) -> None:
    """A profile holds nothing from before the ordinance's first day."""
    if "activities" not in own or not own["activities"].values:
        raise ProfileError(
            "[parameters.activities] がありません。条例で定める特定地域共同活動"
            "（法第260条の49第2項第1号）を書き加えてください"
        )
    first = own["activities"].values[0].since
    early = [
        f"[parameters.{name}] 1番目の値: 初日 {parameter.values[0].since} が条例の施行日 {first} "
        "より前です。since を施行日以後にしてください"
        for name, parameter in own.items()
        if parameter.values and parameter.values[0].since < first
    ]
    if early:
        raise ProfileError(*early)


def _laid_over(default: Parameter[Any], own: Parameter[Any] | None) -> Parameter[Any]:
    """The municipality's values, and the defaults for the time before them."""
    if own is None or not own.values:
        return default
    eve = own.values[0].since - timedelta(1)
    before = [
        value.model_copy(update={"until": min(value.until or eve, eve)})
        for value in default.values
        if value.since <= eve
    ]
    return default.model_copy(update={"values": (*before, *own.values)})


def _calendar(below: Table, above: Table, bounds: Table) -> Calendar:
    own = {**below.get("calendar", {}), **above.get("calendar", {})}
    try:
        return Calendar.model_validate({**own, **bounds})
    except ValidationError as error:
        raise ProfileError(*faults("[calendar] ", error)) from error
