"""起案の様式: A commented file from which a text of given parties is begun."""

from collections.abc import Sequence
from importlib.resources import files

from domain.agreement.wording.papers import told_addressee
from domain.agreement.wording.parties import CALLED, MOST_PARTIES, Party, joined
from domain.bodies import body_name

_FORMS = files("domain") / "agreement" / "wording" / "forms"
_UNTOLD = "addressee に書く（法第253条、第292条）"
EXAMPLES = ("example-1.toml", "example-2.toml")
"""The model agreement as first concluded, and as changed later."""


class BadParties(ValueError):
    """The parties are no parties of an agreement; the text says why."""


def new_form(codes: Sequence[str]) -> str:
    """The form (TOML) for parties of these codes; raises `BadParties`.

    Each code is one of a prefecture, a municipality or a special ward.
    """
    if not 2 <= len(codes) <= MOST_PARTIES:  # noqa: PLR2004 — an agreement is between two or more
        raise BadParties(f"当事者は2以上{MOST_PARTIES}以下を書いてください（{len(codes)} 団体）")
    if again := {one for one in codes if codes.count(one) > 1}:
        raise BadParties(f"{'、'.join(sorted(again))} が二度書かれています")
    parties = tuple(Party(code=code, called=_called(at, code)) for at, code in enumerate(codes))
    text = form("new.toml")
    for mark, words in _marks(parties).items():
        text = text.replace(f"@{mark}@", words)
    return text


def form(name: str) -> str:
    """A form that is kept as a file."""
    return (_FORMS / name).read_text("utf-8")


def _called(at: int, code: str) -> str:
    """甲, 乙 …; where the signs end, by name."""
    return CALLED[at] if at < len(CALLED) else body_name(code)


def _marks(parties: tuple[Party, ...]) -> dict[str, str]:
    first, last = parties[0], parties[-1]
    return {
        "EXAMPLE": joined([one.said for one in parties]),
        "PARTIES": "\n\n".join(_party(one) for one in parties),
        "LAST": last.code,
        "FIRST": first.code,
        "ROLES": "\n".join(
            f'  {{ party = "{one.code}", does = [""] }}, # {one.called}' for one in parties
        ),
        "BEARERS": ", ".join(f'{{ party = "{one.code}" }}' for one in parties),
        "ALL": joined([one.called for one in parties]),
        "ADDRESSEE": told_addressee(parties) or _UNTOLD,
    }


def _party(party: Party) -> str:
    return "\n".join(
        [
            "[[parties]]",
            f'code = "{party.code}" # {party.said}',
            f'called = "{party.called}" # 文の中での呼び方',
            f'# 署名する職は「{party.office}」。違うときは signs_as = "…" を加える',
        ]
    )
