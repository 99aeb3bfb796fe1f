"""条例プロファイルの書き起こし: A profile to start from, and the schema that editors check it by."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, cast

from domain.ordinance import Ordinance
from domain.periods import Calendar
from domain.profile_forms import HEAD, NAMES, NONE, form_of

_REF = re.compile(r"^#/\$defs/(.+)$")
Schema = dict[str, Any]


def starting_profile(defaults: str, code: str, name: str, mayor: str) -> str:
    """A profile with every parameter, its meaning, its form and its default, all commented out.

    Only the activities (②一) stand open: without them no ordinance is in force.
    """
    known = tomllib.loads(defaults)["parameters"]
    parts = [_HEAD.format(code=code, name=name, mayor=mayor), _ACTIVITIES]
    parts += [_commented(one, defaults, known[one]["meaning"]) for one in NAMES if one != _FIRST]
    return "\n".join(parts)


_FIRST = "activities"
_HEAD = """\
# {name}の条例プロファイル
#
# 1. 題名・番号・施行日と、特定地域共同活動（下の activities）を書き入れる。
# 2. 定めのある事項の「# 」を外し、since（効力の初日）・value・basis（条項）を書き換える。
#    外さない事項には既定値が置かれる。「なし」は、値がないことを表す。
# 3. 改正は消さずに、新しい値を後ろに加える。applies に経過措置を書ける:
#    "施行日から"（書かないとき） "新規の事案から" "次の更新から" "進行中の事案にも"
# 4. kyodo ordinance check このファイル で確かめる。

code = "{code}"
name = "{name}"
mayor = "{mayor}"
title = "{name}指定地域共同活動団体の指定等に関する条例"
number = "令和〇年〇月〇日条例第〇号"

# 休日: 市町村の休日を定める条例による。
# [calendar]
# rolls = {{ "法令" = "法第4条の2第4項", "条例等" = "{name}の休日を定める条例第〇条" }}
#
# [[calendar.yearly]]
# first = "12-29"
# last = "01-03"
# reason = "年末年始の休日"
# rule = "{name}の休日を定める条例第〇条"
#
# 一度限りの休日。公にした後に走り出す期間はこれに従う。進行中の期限は kyodo calendar apply で動かす。
# [[calendar.once]]
# first = 2026-09-10
# last = 2026-09-10
# reason = "台風による臨時の休日"
# rule = "{name}の休日を定める条例第〇条"
"""
_ACTIVITIES = """\
# 特定地域共同活動（法第260条の49第2項第1号の条例で定める活動）。必ず書く。since は条例の施行日。
[[parameters.activities.values]]
since = 2026-04-01
basis = "条例第〇条"
value = [
  { id = "1", text = "〇〇の活動" },
]
"""


def _commented(name: str, defaults: str, meaning: str) -> str:
    form = form_of(name)
    block = "\n".join(f"# {line}".rstrip() for line in _default_block(name, defaults))
    return f"# ── {meaning}\n# 書けるもの: {form.allowed}\n# 例: value = {form.example}\n{block}\n"


def _default_block(name: str, defaults: str) -> Iterator[str]:
    """The lines that give the default, as they stand in `defaults.toml`, without the meaning."""
    inside = False
    for line in defaults.splitlines():
        if line.startswith("["):
            inside = re.match(rf"\[+parameters\.{name}[\].]", line) is not None
            if inside and line == f"[parameters.{name}]":
                yield line
                continue
        if inside and line.strip() and not line.startswith(("meaning", "#")):
            yield line


# --- 様式 -------------------------------------------------------------------------------------


def profile_schema(defaults: str) -> Schema:
    """The JSON Schema of a profile, by which an editor of TOML completes and checks it."""
    whole = Ordinance.model_json_schema()
    known = tomllib.loads(defaults)["parameters"]
    definitions = cast("Schema", whole["$defs"])
    for name, one in definitions.items():
        _as_written(name, one)
    parameters = {
        name: {**whole["properties"][name], "description": known[name]["meaning"]} for name in NAMES
    }
    for one in parameters.values():
        one.pop("default", None)
    calendar = Calendar.model_json_schema()
    definitions |= calendar.pop("$defs", {})
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "条例プロファイル",
        "type": "object",
        "additionalProperties": False,
        "required": [*HEAD, "parameters"],
        "properties": {
            **{key: whole["properties"][key] for key in HEAD},
            "calendar": _without(calendar, "since", "until", "national"),
            "parameters": {
                "type": "object",
                "additionalProperties": False,
                "required": [_FIRST],
                "properties": parameters,
            },
        },
        "$defs": definitions,
    }
    return cast("Schema", _with_nothing(schema))


def _as_written(name: str, one: Schema) -> None:
    """A definition as a profile has it: the meaning and the mark of a default are not its own."""
    if name.startswith("Parameter_"):
        _drop(one, "meaning")
    if name.startswith("Value_"):
        _drop(one, "default")


def _drop(schema: Schema, *names: str) -> None:
    for name in names:
        schema["properties"].pop(name, None)
    schema["required"] = [name for name in schema.get("required", []) if name not in names]


def _without(schema: Schema, *names: str) -> Schema:
    _drop(schema, *names)
    return {**schema, "required": []}


def _with_nothing(raw: object) -> object:
    """TOML has no null; the profile says 「なし」."""
    if isinstance(raw, Mapping):
        table = cast("Mapping[str, object]", raw)
        if table.get("type") == "null":
            return {"const": NONE}
        return {key: _with_nothing(one) for key, one in table.items()}
    if isinstance(raw, list):
        return [_with_nothing(one) for one in cast("list[object]", raw)]
    return raw
