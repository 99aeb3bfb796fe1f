"""命令書のひな形: A template of one act, filled for every case that it selects.

    {case} {stage} {body} {body_name}                     of the case
    {fiscal_year} {year_name}                             of the fiscal year that is asked for
    {support} {form} {content} {limit} {given}            of a measure (each = "支援")
    {fiscal_year} {year_name} {support_given} {givings}   of a publication (each = "公表")
    {見出し}                                              a column of the table of rows

A field that is one placeholder and nothing else takes its value as it is, and is left out where
that is empty.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter

from console.open_cases import OpenCase
from domain.designation import State
from domain.designation.several import Each, Particulars, each
from domain.docket import File
from domain.era import fiscal_name
from domain.record import CaseId
from domain.text import Line

CASE = "case"
"""The column by which a row is found, beside the one that tells measures or years apart."""
_KEYS = ("support", "fiscal_year")
_NAMED = re.compile(r"\{(\w+)\}")
_LEFT_OUT = object()
Row = Mapping[str, str]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Select(_Frozen):
    """選ぶもの: Cases of a municipality that run and whose stage begins so; `each` thing in them."""

    municipality: str
    stage: str = ""
    cases: tuple[CaseId, ...] = ()
    each: Each = "団体"
    fiscal_year: int | None = None


class Template(_Frozen):
    """ひな形: `id` heads the ids of its commands, so that nothing is done twice."""

    id: str
    title: Line
    select: Select
    command: dict[str, object]


@dataclass(frozen=True)
class Item:
    """一件: A case, or one thing in it (`own`), with all that fills the template (`said`)."""

    case: OpenCase
    own: Particulars
    said: Particulars

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from others, as a row has it."""
        return (self.case.case, *(f"{self.own[one]}" for one in _KEYS if one in self.own))


class Unfilled(ValueError):
    """A template cannot be filled; the text is Japanese, for whoever wrote it."""


def read_template(text: str) -> Template:
    """A template as its file has it; raises `TOMLDecodeError` or `ValidationError`."""
    plain = TypeAdapter(dict[str, object]).dump_json(tomllib.loads(text))
    return Template.model_validate_json(plain)


def items(select: Select, cases: Sequence[OpenCase]) -> list[Item]:
    """What a template selects among the cases that run."""
    return [item for case in cases for item in _items(select, case)]


def _items(select: Select, case: OpenCase) -> Iterator[Item]:
    if not case.stage.startswith(select.stage) or case.institution.name != "指定":
        return
    matter = cast("File[State]", case.state).matter
    head: dict[str, str | int] = {
        "case": case.case,
        "stage": case.stage,
        "body": matter.now.body,
        "body_name": case.headline,
    }
    if select.fiscal_year is not None:
        head["fiscal_year"] = select.fiscal_year
        head["year_name"] = fiscal_name(select.fiscal_year)
    for own in each(matter, select.each, select.fiscal_year):
        yield Item(case, own, {**head, **own})


# --- 表の行 ---------------------------------------------------------------------------------------


def read_rows(text: str, keys: Sequence[str]) -> dict[tuple[str, ...], Row]:
    """The rows of a CSV by the columns that tell them apart; raises `Unfilled`."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    if missing := [one for one in keys if one not in (reader.fieldnames or ())]:
        raise Unfilled(
            f"表に {'・'.join(missing)} の列がありません。kyodo batch select の表に書き足してください"
        )
    found: dict[tuple[str, ...], Row] = {}
    for number, row in enumerate(reader, start=2):
        if None in row or None in row.values():
            raise Unfilled(f"表の{number}行目: 列の数が見出しと合いません")
        key = tuple(row[one] for one in keys)
        if key in found:
            raise Unfilled(f"表の{number}行目: {' '.join(key)} の行が二つあります")
        found[key] = row
    return found


def matched(chosen: Sequence[Item], table: str) -> Iterator[tuple[Item, Row]]:
    """Every item that has a row in a CSV, with it; raises `Unfilled` where a row is of none."""
    by_key = {item.key: item for item in chosen}
    own = [one for one in _KEYS if any(one in item.own for item in chosen)]
    rows = read_rows(table, (CASE, *own))
    if astray := [" ".join(key) for key in rows if key not in by_key]:
        raise Unfilled(f"選ばれていないものの行があります: {'、'.join(astray)}")
    yield from ((by_key[key], row) for key, row in rows.items())


# --- 埋める ---------------------------------------------------------------------------------------


def fill(template: Template, item: Item, row: Row) -> dict[str, JsonValue]:
    """The submission of one item, as plain data; raises `Unfilled`."""
    said: Particulars = {**row, **item.said}
    head = _filled(template.id, said)
    command = cast("JsonValue", _filled(template.command, said))
    return {"id": ":".join((f"{head}", *item.key[1:])), "case": item.case.case, "command": command}


def _filled(value: object, said: Particulars) -> object:
    match value:
        case str():
            whole = _NAMED.fullmatch(value)
            if whole is None:
                return _NAMED.sub(lambda named: f"{_of(named[1], said)}", value)
            told = _of(whole[1], said)
            return _LEFT_OUT if told == "" else told
        case dict():
            table = cast("dict[str, object]", value)
            filled = {key: _filled(one, said) for key, one in table.items()}
            return {key: one for key, one in filled.items() if one is not _LEFT_OUT}
        case list():
            several = (_filled(one, said) for one in cast("list[object]", value))
            return [one for one in several if one is not _LEFT_OUT]
        case _:
            return value


def _of(name: str, said: Particulars) -> str | int:
    if name not in said:
        known = "・".join(f"{{{one}}}" for one in said)
        raise Unfilled(f"{{{name}}} は埋められません（使えるもの: {known}）")
    return said[name]
