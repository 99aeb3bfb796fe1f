"""条例の定めの書き方: What may stand under each key of a profile, and what is wrong where it does not.

Read from the types of `Ordinance` themselves, so that what is told cannot part from what is checked.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from types import NoneType
from typing import Any, Literal, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from domain.ordinance import (
    Delegation,
    Item,
    Ordinance,
    OtherRequirement,
    Published,
    StandardPeriod,
    Value,
)
from domain.periods import Period

HEAD = ("code", "name", "mayor", "title", "number")
NAMES = tuple(name for name in Ordinance.model_fields if name not in (*HEAD, "version"))
OF_VALUE = tuple(name for name in Value.model_fields if name != "default")
NONE = "なし"
_WHAT_TO_DO = {
    "missing": "がありません。書き加えてください",
    "extra_forbidden": "は知られていない項目です。つづりを確かめるか、削ってください",
    "date_type": "は日付で書いてください（例 2025-07-01）",
    "date_from_datetime_parsing": "は日付で書いてください（例 2025-07-01）",
    "int_type": "は整数で書いてください",
    "int_parsing": "は整数で書いてください",
    "greater_than_equal": "は1以上にしてください",
    "bool_type": "は true か false で書いてください",
    "bool_parsing": "は true か false で書いてください",
    "string_type": "は文字列で書いてください",
    "string_too_short": "が空です。書き入れてください",
    "tuple_type": "は [ ] で囲んだ並びで書いてください",
    "dict_type": "は表で書いてください",
    "model_type": "は { } で囲んだ表で書いてください",
}


@dataclass(frozen=True)
class Fault:
    """誤り: Which key, what was wrong, what may stand there, and an example of it."""

    key: str
    wrong: str
    allowed: str = ""
    example: str = ""

    def __str__(self) -> str:
        """One line for a clerk."""
        said = f"{self.key} {self.wrong}".strip()
        allowed = f"　書けるもの: {self.allowed}" if self.allowed else ""
        return said + allowed + (f"　例: {self.example}" if self.example else "")


@dataclass(frozen=True)
class Form:
    """書き方: What may stand under a key, and an example as it is written in TOML."""

    allowed: str
    example: str


_PERIOD = Form(
    "{ length = 1以上の整数, unit = 日・月・年・開庁日, source = 法令・条例等・命令・長の定め, basis = 条項 }",
    '{ length = 14, unit = "日", source = "条例等", basis = "条例第9条第1項" }',
)
_FORMS: Mapping[object, Form] = {
    Period: _PERIOD,
    StandardPeriod: Form(
        "{ period = 期間, excludes_correction = 補正の期間を除くか（true か false） }",
        '{ period = { length = 30, unit = "日", source = "長の定め", basis = "審査基準" },'
        " excludes_correction = true }",
    ),
    Published: Form(
        "{ review_criteria・standard_period・disposition_criteria = それぞれ公にした日 }",
        "{ review_criteria = 2025-04-01, standard_period = 2025-04-01 }",
    ),
    Item: Form(
        "[ { id = 英数字の記号, text = 号の文 } の並び ]",
        '[{ id = "3-1-1", text = "生活支援" }]',
    ),
    OtherRequirement: Form(
        "[ { id = 英数字の記号, text = 号の文, proof = document（書面）・judgement（判断） } の並び ]",
        '[{ id = "no-party-use", text = "特定の政党のために利用されていないこと", proof = "judgement" }]',
    ),
    Delegation: Form(
        "[ { command = 行為の kind, office = 職, mode = 専決・代決 } の並び ]",
        '[{ command = "RequestReport", office = "協働推進課長", mode = "専決" }]',
    ),
    bool: Form("true か false", "true"),
    int: Form("整数", "50"),
    str: Form('" " で囲んだ一行の文（200字まで）', '"小学校区"'),
}


def form_of(name: str) -> Form:
    """What may stand as the value of a parameter."""
    parameter = cast("type[BaseModel]", Ordinance.model_fields[name].annotation)
    value = get_args(parameter.model_fields["values"].annotation)[0]
    return _form(cast("type[BaseModel]", value).model_fields["value"].annotation)


def _form(kind: object) -> Form:
    if kind in _FORMS:
        return _FORMS[kind]
    parts = get_args(kind)
    if NoneType in parts:
        own = _form(next(part for part in parts if part is not NoneType))
        return Form(f"{own.allowed}、又は「なし」", own.example)
    if get_origin(kind) is tuple:
        return _FORMS.get(parts[0]) or Form('[ " " で囲んだ文の並び ]', '["規約", "役員名簿"]')
    if get_origin(kind) is Literal:
        return Form("・".join(f'"{part}"' for part in parts), f'"{parts[0]}"')
    return _form(parts[0])


def toml(value: object) -> str:
    """A value as it is written in a profile, on one line."""
    match value:
        case None:
            return f'"{NONE}"'
        case bool():
            return str(value).lower()
        case int():
            return f"{value:_}"
        case date():
            return value.isoformat()
        case BaseModel():
            said = {name: one for name, one in value if one is not None}
            inner = ", ".join(f"{name} = {toml(one)}" for name, one in said.items())
            return f"{{ {inner} }}" if inner else "{}"
        case tuple() | list():
            return f"[{', '.join(toml(one) for one in cast('Sequence[object]', value))}]"
        case _:
            return json.dumps(str(value), ensure_ascii=False)


# --- 誤り -------------------------------------------------------------------------------------


def unknown_keys(table: Mapping[str, object], known: Sequence[str], where: str) -> list[Fault]:
    """The keys that nobody knows, each with the one that was perhaps meant."""
    return [_unknown(where, key, known) for key in table if key not in known]


def _unknown(where: str, key: str, known: Sequence[str]) -> Fault:
    near = get_close_matches(key, known, 1)
    meant = f"。{near[0]} ではありませんか" if near else ""
    return Fault(f"{where}: {key}", f"は知られていない項目です{meant}", "・".join(known))


def faults(where: str, error: ValidationError, form: Form | None = None) -> Iterator[Fault]:
    """What pydantic found, in the words of the file; `form` is what may stand as the value."""
    for fault in error.errors():
        place = ".".join(str(part) for part in fault["loc"])
        told = form if form and "value" in fault["loc"] else _OF_PLACE.get(_last(fault))
        yield Fault(
            f"{where}{place}",
            _hint(fault),
            told.allowed if told else "",
            told.example if told else "",
        )


def _last(fault: ErrorDetails) -> str:
    return str(fault["loc"][-1]) if fault["loc"] else ""


def _hint(fault: ErrorDetails) -> str:
    if fault["type"] == "literal_error":
        return f"は次のどれかにしてください: {fault.get('ctx', {}).get('expected')}"
    return _WHAT_TO_DO.get(fault["type"], f"が正しくありません（{fault['msg']}）")


_OF_PLACE: Mapping[str, Form] = {
    "since": Form("効力を生ずる日", "since = 2025-07-01"),
    "until": Form("効力の最後の日（続いているなら書かない）", "until = 2027-03-31"),
    "basis": Form("定めの条項", 'basis = "条例第9条第1項"'),
    "source": Form("読める場所（なければ書かない）", 'source = "https://…"'),
    "applies": Form(
        "・".join(f'"{one}"' for one in get_args(Value.model_fields["applies"].annotation)),
        'applies = "新規の事案から"',
    ),
    "values": Form("値の並び", "[[parameters.term.values]] に続けて since・value・basis"),
    "code": Form("6桁の団体コード", 'code = "341002"'),
    "name": Form("市町村の名", 'name = "広島市"'),
    "mayor": Form("長の職名", 'mayor = "広島市長"'),
    "title": Form("条例の題名", 'title = "〇〇市指定地域共同活動団体の指定等に関する条例"'),
    "number": Form("条例の番号", 'number = "令和7年〇〇市条例第11号"'),
}


def parameter_kind(name: str) -> Any:  # noqa: ANN401 — the types are as many as the parameters
    """The type of a parameter, `Parameter[X]`."""
    return Ordinance.model_fields[name].annotation
