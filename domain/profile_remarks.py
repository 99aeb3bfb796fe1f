"""条例プロファイルの注意: What is well made and yet hardly meant, for the clerk to look at again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from domain.municipalities import check_code, name_of
from domain.ordinance import Item, Ordinance
from domain.profile_forms import NAMES


def remarks(ordinance: Ordinance, commands: Sequence[str]) -> list[str]:
    """One line each; `commands` are the kinds that may be delegated."""
    return [
        *_head(ordinance),
        *_delegations(ordinance, commands),
        *_twice(ordinance),
        *_renewal(ordinance),
        *_left(ordinance),
    ]


def defaulted(ordinance: Ordinance) -> list[str]:
    """The parameters of which the municipality has said nothing."""
    return [
        name for name in NAMES if all(value.default for value in getattr(ordinance, name).values)
    ]


def _head(ordinance: Ordinance) -> Iterator[str]:
    if fault := check_code(ordinance.code):
        yield f"code: {fault}"
    elif name_of(ordinance.code) != ordinance.name:
        yield f"name: 団体コード {ordinance.code} は{name_of(ordinance.code)}です（{ordinance.name} とあります）"
    if "〇" in f"{ordinance.title}{ordinance.number}":
        yield "title・number: 「〇」が残っています。条例の題名と番号を書き入れてください"


def _delegations(ordinance: Ordinance, commands: Sequence[str]) -> Iterator[str]:
    for value in ordinance.delegations.values:
        for entry in value.value:
            if entry.command not in commands:
                yield (
                    f"delegations: {entry.command} という決裁はありません"
                    "（`kyodo schema --list` に一覧）"
                )


def _twice(ordinance: Ordinance) -> Iterator[str]:
    """An id stands for one item of a list."""
    for name in ("activities", "operation", "other_requirements", "revocation_grounds"):
        for value in getattr(ordinance, name).values:
            yield from _repeated(name, value.value, value.since)


def _repeated(name: str, items: Sequence[Item], since: date) -> Iterator[str]:
    for id, count in Counter(item.id for item in items).items():
        if count > 1:
            yield f"{name}: {since} からの値に、号の記号 {id} が{count}回あります"


def _renewal(ordinance: Ordinance) -> Iterator[str]:
    terms = [value for value in ordinance.term.values if value.value]
    windows = [value for value in ordinance.renewal_window.values if value.value]
    if windows and not terms:
        yield "renewal_window: 有効期間（term）がないので、更新を申請することがありません"
    if terms and not windows:
        yield "term: 更新の申請の期間（renewal_window）がないので、満了とともに指定が終わります"


def _left(ordinance: Ordinance) -> Iterator[str]:
    if "published" in defaulted(ordinance):
        yield "published: 審査基準を公にした日が既定値のままです。実務に用いる前に書き入れてください"
