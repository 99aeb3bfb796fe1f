"""言葉: The domain's own words for laws, acts and municipalities, written down for who asks in SQL."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files

from domain.acts import Event, concrete, tag
from domain.bodies import MINISTER, MINISTER_NAME, PREFECTURES
from domain.law import LAW_NAMES
from domain.municipalities import municipalities
from domain.registry import INSTITUTIONS
from store.database import Connection

Word = tuple[str, str, str, str]
_WRITE = "insert into kyodo.word (list, key, word, title) values ($1, $2, $3, $4)"


async def write_words(connection: Connection) -> None:
    """Replace the words with those of this release."""
    if await connection.fetchval("select to_regclass('kyodo.word') is null"):
        return  # before the migration that brings it
    async with connection.transaction():
        await connection.execute("delete from kyodo.word")
        await connection.executemany(_WRITE, [*_laws(), *_acts(), *_places()])


def _laws() -> Iterator[Word]:
    titles = {
        path.name.removesuffix(".toml"): tomllib.loads(path.read_text("utf-8"))["title"]
        for path in (files("domain") / "statutes").iterdir()
        if path.name.endswith(".toml")
    }
    for law, name in LAW_NAMES.items():
        yield "法令", law, name, titles.get(law, name)


def _acts() -> Iterator[Word]:
    assert INSTITUTIONS  # noqa: S101 — their acts are known once they are imported
    for act in concrete(Event):
        if act.__module__.startswith("domain."):  # others may define acts of their own
            yield "行為", tag(act), act.title, act.title


def _places() -> Iterator[Word]:
    yield "団体", MINISTER, MINISTER_NAME, MINISTER_NAME
    for place in municipalities():
        yield "団体", place.code, place.name, place.name
    for code, name in PREFECTURES.items():
        yield "団体", code, name, name
