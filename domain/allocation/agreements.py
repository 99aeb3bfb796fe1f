"""連携協約の要件（D1）: What an agreement lacks for a dispatch to rest on it (法第252条の2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.allocation.claim import Agreement, Dispatch, Vote
from domain.bodies import body_name


@dataclass(frozen=True)
class Shortcoming:
    """欠けること: In words; `of_clause` where it is what only the outline asks for."""

    reason: str
    of_clause: bool = False


def shortcomings(
    agreement: Agreement | None,
    dispatch: Dispatch,
    days: tuple[date, date],
    *,
    clause_required: bool,
) -> list[Shortcoming]:
    """Everything the agreement lacks; empty where the dispatch rests on a 連携協約 in force."""
    if agreement is None:
        return [Shortcoming("派遣の根拠となる協約が挙げられていない")]
    if agreement.kind != "連携協約":
        return [Shortcoming(f"{agreement.title}（{agreement.number}）は連携協約ではない")]
    return [
        *_parties(agreement, dispatch),
        *_conclusion(agreement),
        *_in_force(agreement, *days),
        *_clause(agreement, required=clause_required),
    ]


def _parties(agreement: Agreement, dispatch: Dispatch) -> Iterator[Shortcoming]:
    outside = {dispatch.sender, dispatch.recipient} - set(agreement.parties)
    for code in sorted(outside):
        yield Shortcoming(f"{body_name(code)}は連携協約 {agreement.number} の当事者ではない")


def _conclusion(agreement: Agreement) -> Iterator[Shortcoming]:
    if agreement.concluded_on is None:
        yield Shortcoming(f"連携協約 {agreement.number} は締結されていない")
        return
    for party in agreement.parties:
        votes = [one for one in agreement.votes if one.body == party]
        yield from _approval(party, votes, agreement.concluded_on)


def _approval(party: str, votes: Sequence[Vote], concluded: date) -> Iterator[Shortcoming]:
    """The last vote before conclusion counts: what was rejected may be put again."""
    name = body_name(party)
    before = [one for one in votes if one.on <= concluded]
    if not before:
        late = "（議決は締結の後である）" if votes else ""
        yield Shortcoming(f"締結（{concluded}）までに{name}の議会の議決がない{late}")
    elif not (last := max(before, key=lambda one: (one.on, one.approved))).approved:
        yield Shortcoming(f"{name}の議会が {last.on} に否決している")


def _in_force(agreement: Agreement, first: date, last: date) -> Iterator[Shortcoming]:
    since, until = agreement.in_force_from, agreement.in_force_until
    if since is None:
        yield Shortcoming(f"連携協約 {agreement.number} の効力が生じた日の記載がない")
        return
    if agreement.concluded_on and since < agreement.concluded_on:
        yield Shortcoming(f"効力の初日 {since} が締結の日 {agreement.concluded_on} より前である")
    if first < since:
        yield Shortcoming(f"派遣の日 {first} には効力がまだない（{since} から）。{_SPLIT}")
    if until is not None and until < last:
        yield Shortcoming(f"派遣の日 {last} には効力がもうない（{until} まで）。{_SPLIT}")


_SPLIT = "効力のある期間とない期間で派遣を分けて書けば、分けて判定する"


def _clause(agreement: Agreement, *, required: bool) -> Iterator[Shortcoming]:
    if required and not agreement.expertise_clause:
        reason = f"連携協約 {agreement.number} に、派遣する職員に求める専門性の定めがない"
        yield Shortcoming(reason, of_clause=True)
