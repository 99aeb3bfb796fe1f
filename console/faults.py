"""入力の誤りの言葉: What pydantic found wrong, in the words of an office."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_WORDS: Mapping[str, str] = {
    "missing": "記載がありません。加えてください",
    "extra_forbidden": "知らない項目です。綴りを確かめるか、取り除いてください",
    "string_type": "文字列で書いてください",
    "string_too_short": "空にはできません",
    "string_too_long": "長すぎます（{max_length} 文字まで）",
    "string_pattern_mismatch": "英数字と _ . : - で書いてください",
    "string_unicode": "文字として読めないバイトがあります（UTF-8 で書いてください）",
    "int_type": "整数で書いてください",
    "int_parsing": "整数で書いてください",
    "int_from_float": "整数で書いてください",
    "bool_type": "true か false で書いてください",
    "bool_parsing": "true か false で書いてください",
    "date_type": "日付は YYYY-MM-DD で書いてください",
    "date_parsing": "日付は YYYY-MM-DD で書いてください",
    "date_from_datetime_parsing": "日付は YYYY-MM-DD で書いてください",
    "date_from_datetime_inexact": "日付は時刻を付けずに YYYY-MM-DD で書いてください",
    "literal_error": "次のいずれかで書いてください: {expected}",
    "union_tag_invalid": "「{tag}」という行為（kind）はありません。`kyodo schema` で一覧を見られます",
    "union_tag_not_found": "kind の記載がありません",
    "greater_than_equal": "{ge} 以上で書いてください",
    "less_than_equal": "{le} 以下で書いてください",
    "too_short": "{min_length} 件以上を書いてください",
    "tuple_type": "一覧（[ ]）で書いてください",
    "dict_type": "{{ }} で書いてください",
    "model_type": "{{ }} で書いてください",
    "model_attributes_type": "{{ }} で書いてください",
    "json_invalid": "JSON として読めません（{error}）",
    "recursion_loop": "入れ子が深すぎます",
}


@dataclass(frozen=True)
class Fault:
    """誤り: In which source, where in it, in which field, and what to do."""

    source: str
    where: str
    field: str
    problem: str

    def __str__(self) -> str:
        """「commands.jsonl 3行目 command.on: 日付は YYYY-MM-DD で書いてください」."""
        return " ".join(filter(None, (self.source, self.where, self.field))) + f": {self.problem}"


def faults_of(source: str, where: str, prefix: str, error: ValidationError) -> list[Fault]:
    """Every fault of one document, each with the path of its field."""
    return [
        Fault(source, where, _path(prefix, detail), problem(detail))
        for detail in error.errors(include_url=False, include_input=False)
    ]


def problem(detail: ErrorDetails) -> str:
    """What is wrong and what to do; pydantic's own words where we have none."""
    words = _WORDS.get(detail["type"])
    if words is None:
        return detail["msg"]
    return words.format_map({**detail.get("ctx", {})})


def _path(prefix: str, detail: ErrorDetails) -> str:
    steps = [str(step) for step in detail["loc"]]
    if prefix == "command" and steps and steps[0][:1].isupper():
        steps = steps[1:]
    return ".".join(filter(None, (prefix, *steps)))
