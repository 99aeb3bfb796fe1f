"""規律の書棚: Finds the rules of a municipality among the packaged profiles and the operator's.

Plain code around the pure reader of `domain.profile`: reads the TOML files, asks the
`holidays` package for the 国民の祝日, and keeps what it has built.
"""

import re
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from holidays.countries.japan import Japan

from domain.bodies import body_name, check_office, is_prefecture
from domain.ordinance import Rules
from domain.profile import ProfileError, read_rules

FIRST_YEAR, LAST_YEAR = 2024, 2035
"""The years the calendar covers, from the scheme's first to some ten ahead; beyond them it
refuses to answer. 春分の日 and 秋分の日 are proclaimed only a year ahead and computed before."""

_PROFILE = re.compile(r"[0-9]{6}\.toml")


class NoRules(LookupError):
    """There is no profile for the municipality; the text is Japanese, for officials."""


class Rulebook:
    """規律: `rules(code)` gives what a decision in the municipality needs.

    `extra` is a folder of the operator's own profiles, named like the packaged ones
    (「341002.toml」) and preferred to them. Files are read once; `reload` looks again.
    """

    def __init__(self, extra: Path | None = None, last_year: int = LAST_YEAR) -> None:
        self._extra = extra
        self._last_year = last_year
        self._built: dict[str, Rules] = {}

    def rules(self, code: str) -> Rules:
        """The rules of the municipality; raises `NoRules`, or `ProfileError` if ill made."""
        if code not in self._built:
            self._built[code] = self._build(code)
        return self._built[code]

    def version(self, code: str) -> str:
        """What tells these rules from any others of the municipality."""
        return self.rules(code).version

    def read(self, text: str) -> Rules:
        """The rules that the text of a profile gives; raises `ProfileError`."""
        return read_rules(
            defaults(),
            text,
            since=date(FIRST_YEAR, 1, 1),
            until=date(self._last_year, 12, 31),
            national=self._national,
        )

    def codes(self) -> list[str]:
        """The municipalities that have a profile."""
        folders = [_packaged(), *([self._extra] if self._extra else [])]
        names = {entry.name for folder in folders for entry in folder.iterdir()}
        return sorted(name.removesuffix(".toml") for name in names if _PROFILE.fullmatch(name))

    def reload(self) -> None:
        """Forget what was read, so that changed files take effect."""
        self._built.clear()

    @cached_property
    def _national(self) -> dict[date, str]:
        return national_holidays(FIRST_YEAR, self._last_year)

    def _build(self, code: str) -> Rules:
        rules = self.read(self.profile(code))
        if rules.ordinance.code != code:
            raise ProfileError(
                f"{code}.toml の code が {rules.ordinance.code} です。揃えてください"
            )
        return rules

    def profile(self, code: str) -> str:
        """The text of a municipality's profile; raises `NoRules`."""
        name = f"{code}.toml"
        for folder in (self._extra, _packaged()):
            if folder and _PROFILE.fullmatch(name) and (path := folder / name).is_file():
                return path.read_text("utf-8")
        raise NoRules(_why_not(code))


def defaults() -> str:
    """The text of what holds where a municipality has laid down nothing."""
    return _packaged().joinpath("defaults.toml").read_text("utf-8")


def examples() -> dict[str, str]:
    """The profiles of invented municipalities, by code: worked examples, never in force."""
    found = (_packaged() / "examples").iterdir()
    texts = {one.name.removesuffix(".toml"): one.read_text("utf-8") for one in found}
    return dict(sorted(texts.items()))


def national_holidays(first_year: int, last_year: int) -> dict[date, str]:
    """国民の祝日に関する法律に規定する休日: By day, from `first_year` to `last_year` inclusive."""
    return dict(sorted(Japan(years=range(first_year, last_year + 1), language="ja").items()))


@cache
def _packaged() -> Traversable:
    return files("domain") / "ordinances"


def _why_not(code: str) -> str:
    if wrong := check_office(code):
        return wrong
    if is_prefecture(code):
        return (
            f"{body_name(code)}（{code}）の定めがありません。{code}.toml を作り、"
            "知事の職名と専決・代決の定めを書き入れてください"
        )
    return (
        f"{body_name(code)}（{code}）の条例の定めがありません。{code}.toml を作り、"
        "条例で定める特定地域共同活動などを書き入れてください"
    )
