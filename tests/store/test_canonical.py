"""The bytes that are hashed: the same by RFC 8785, in Python and in the database."""

import json

import asyncpg
import hypothesis.strategies as st
import pytest
import rfc8785
from hypothesis import given, settings

from store.canonical import Malformed, body_digest, canonical, preimage, seal
from store.records import Records
from tests.store.examples import append, new_case, report

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)
)
ODD = [
    "",
    "\t\n\r\b\f",
    "\x01\x1f\x7f\x80",
    '"\\/',
    "\u2028\u2029",
    "邉󠄀𠮷葛󠄀",
    "é é",
    "👨‍👩‍👧",
    "\ufeff\ufffd",
]


@given(st.dictionaries(KEYS, VALUES, max_size=5))
@settings(max_examples=300, deadline=None)
def test_our_canonical_form_is_that_of_rfc_8785(value: dict[str, object]) -> None:
    expected = rfc8785.dumps(value).decode()  # pyright: ignore[reportArgumentType]
    assert canonical(json.dumps(value)) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize("number", ["0.1", "1e3", "-0.0", "NaN", "Infinity", str(2**53), "9" * 400])
def test_fractions_and_large_numbers_are_refused(number: str) -> None:
    with pytest.raises(Malformed, match="記録できません"):
        canonical(f'{{"n": {number}}}')


@pytest.mark.parametrize("text", ODD)
async def test_the_database_seals_an_event_exactly_as_python_does(
    records: Records, owner: asyncpg.Connection, text: str
) -> None:
    case = new_case()
    body = report(note=text)
    await records.append(append(case, 0, body, body, command="c" + text))
    previous = b""
    for row in await owner.fetch(
        "select * from kyodo.event where case_id = $1 order by number", case
    ):
        text_ = preimage(
            municipality=row["municipality"],
            case=row["case_id"],
            number=row["number"],
            command_id=row["command_id"],
            command_digest=row["command_digest"],
            recorded_at=row["recorded_at"],
            digest=body_digest(row["salt"], row["body"]),
            previous=previous,
        )
        assert row["body"] == canonical(body)
        assert (row["previous"], row["hash"]) == (previous, seal(text_))
        previous = row["hash"]


async def test_the_database_writes_json_arrays_byte_for_byte_as_python(
    owner: asyncpg.Connection,
) -> None:
    points = [
        chr(point) for point in (*range(1, 0xD800), *range(0xE000, 0x11000), 0x20BB7, 0xE0100)
    ]
    texts = ["".join(points[at : at + 500]) for at in range(0, len(points), 500)]
    for text in texts:
        written = await owner.fetchval(
            "select json_build_array($1::text, 1, $2::bigint)::text", text, 10**15
        )
        assert written == json.dumps([text, 1, 10**15], ensure_ascii=False)
