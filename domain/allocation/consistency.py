"""申告の整合: What in a claim contradicts itself, before any rule is asked.

A claim with a fault is not computed: each fault says where, what is wrong and what to do.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.allocation.claim import Agreement, Claim, Dispatch, Recruitment
from domain.bodies import body_name, is_prefecture
from domain.era import fiscal_days, fiscal_name


@dataclass(frozen=True)
class Contradiction:
    """矛盾: In which field of the claim, and what to do about it."""

    field: str
    problem: str

    def __str__(self) -> str:
        return f"{self.field}: {self.problem}"


class UnsoundClaim(ValueError):
    """The claim contradicts itself and is not computed; one line for each fault."""

    def __init__(self, faults: Sequence[Contradiction]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def contradictions(claim: Claim) -> list[Contradiction]:
    """Everything that contradicts itself, in the order of the claim."""
    return [
        *_repeated("agreements の number", [one.number for one in claim.agreements]),
        *_repeated("posts の id", [one.id for one in claim.posts]),
        *_repeated("dispatches の id", [one.id for one in claim.dispatches]),
        *(fault for one in claim.agreements for fault in _of_agreement(one)),
        *(fault for one in claim.dispatches for fault in _of_dispatch(claim, one)),
        *_posts_elsewhere(claim),
        *_persons_elsewhere(claim),
        *(
            fault
            for number, one in enumerate(claim.recruitment, 1)
            for fault in _of_recruitment(claim, number, one)
        ),
    ]


def days_in_year(dispatch: Dispatch, year: int) -> tuple[date, date]:
    """The first and last day of the dispatch within a fiscal year; reversed where it has none."""
    first, last = fiscal_days(year)
    return max(dispatch.since, first), min(dispatch.until or last, last)


def _repeated(field: str, ids: Iterable[str]) -> Iterator[Contradiction]:
    for id, times in Counter(ids).items():
        if times > 1:
            yield Contradiction(field, f"{id} が{times}度あります。別の番号を付けてください")


def _of_agreement(agreement: Agreement) -> Iterator[Contradiction]:
    field = f"agreements {agreement.number}"
    parties = agreement.parties
    yield from _repeated(f"{field} parties", parties)
    for vote in agreement.votes:
        if vote.body not in parties:
            name = body_name(vote.body)
            yield Contradiction(
                f"{field} votes",
                f"{name}（{vote.body}）は協約の当事者ではありません。parties か votes を改めてください",
            )
    since, until = agreement.in_force_from, agreement.in_force_until
    if since and until and until < since:
        yield Contradiction(
            f"{field} in_force_until",
            f"終わり {until} が初日 {since} より前です。日を確かめてください",
        )


def _of_dispatch(claim: Claim, dispatch: Dispatch) -> Iterator[Contradiction]:
    field = f"dispatches {dispatch.id}"
    for name, problem in (
        *_who(claim, dispatch),
        *_references(claim, dispatch),
        *_days(claim, dispatch),
        *_amounts(claim, dispatch),
        *_staff(dispatch),
    ):
        yield Contradiction(f"{field} {name}", problem)


def _who(claim: Claim, dispatch: Dispatch) -> Iterator[tuple[str, str]]:
    sender, recipient = body_name(dispatch.sender), body_name(dispatch.recipient)
    if claim.claimant not in (dispatch.sender, dispatch.recipient):
        claimant = body_name(claim.claimant)
        told = (
            f"算定する団体（{claimant}）が派遣側（{sender}）でも受入れ側（{recipient}）でもありません。"
            "ほかの団体の間の派遣は書かないでください"
        )
        yield "sender", told
    if dispatch.sender == dispatch.recipient:
        yield "recipient", f"派遣側と受入れ側が同じ団体（{sender}）です。どちらかを改めてください"
    if is_prefecture(dispatch.recipient):
        yield (
            "recipient",
            f"受入れ側が都道府県（{recipient}）です。この項目は市町村への派遣に限ります。取り除いてください",
        )


def _references(claim: Claim, dispatch: Dispatch) -> Iterator[tuple[str, str]]:
    if dispatch.agreement is not None and claim.agreement(dispatch.agreement) is None:
        yield (
            "agreement",
            f"協約 {dispatch.agreement} が agreements にありません。書き加えてください",
        )
    if dispatch.post is not None and claim.post(dispatch.post) is None:
        yield (
            "post",
            f"職 {dispatch.post} が posts にありません。前の派遣（なければ earlier = []）とともに書き加えてください",
        )
    if dispatch.post is None and claim.claimant == dispatch.recipient:
        told = (
            "受入れ側の算定には、派遣を受けた職が要ります（派遣初年度は職ごとに数えます）。"
            "posts に書いた職の id を書いてください"
        )
        yield "post", told


def _days(claim: Claim, dispatch: Dispatch) -> Iterator[tuple[str, str]]:
    since, until = dispatch.since, dispatch.until
    if until is not None and until < since:
        yield "until", f"終わり {until} が初日 {since} より前です。日を確かめてください"
        return
    first, last = days_in_year(dispatch, claim.fiscal_year)
    if last < first:
        year = fiscal_name(claim.fiscal_year)
        told = (
            f"派遣の期間（{since} から {until or '継続中'}）に{year}の日がありません。"
            "日を確かめるか、取り除いてください"
        )
        yield "since", told


def _amounts(claim: Claim, dispatch: Dispatch) -> Iterator[tuple[str, str]]:
    sends, seconded = claim.claimant == dispatch.sender, dispatch.form == "自治法派遣"
    if sends and not seconded and dispatch.personnel_cost is None:
        yield (
            "personnel_cost",
            "派遣側の人件費がありません。amount と evidence を書き加えてください",
        )
    if not sends and seconded and dispatch.cost_borne is None:
        yield (
            "cost_borne",
            "受入れ側が負担した人件費がありません。amount と evidence を書き加えてください",
        )


def _staff(dispatch: Dispatch) -> Iterator[tuple[str, str]]:
    staff = dispatch.staff
    if staff.category != "任期の定めのない常勤職員":
        return
    for name, asked in (
        ("mainly_supports_municipalities", "主に市町村の支援に従事するか"),
        (
            "employed_for_specialist_work",
            "対象の専門業務のために採用され、又は人事上そう扱われているか",
        ),
    ):
        if getattr(staff, name) is None:
            yield f"staff.{name}", f"{asked}を true か false で書いてください"


def _posts_elsewhere(claim: Claim) -> Iterator[Contradiction]:
    for post in claim.posts:
        bodies = {one.recipient for one in claim.dispatches if one.post == post.id}
        if len(bodies) > 1:
            names = "、".join(body_name(body) for body in sorted(bodies))
            yield Contradiction(
                f"posts {post.id}",
                f"一つの職が複数の団体（{names}）にあります。団体ごとに別の職にしてください",
            )


def _persons_elsewhere(claim: Claim) -> Iterator[Contradiction]:
    for person in sorted({one.person for one in claim.dispatches}):
        senders = {one.sender for one in claim.dispatches if one.person == person}
        if len(senders) > 1:
            names = "、".join(body_name(body) for body in sorted(senders))
            yield Contradiction(
                "dispatches の person",
                f"{person} が複数の団体（{names}）から派遣されています。別の者なら別の番号にしてください"
                "（上限は一人ごとに掛かります）",
            )


def _of_recruitment(claim: Claim, number: int, spent: Recruitment) -> Iterator[Contradiction]:
    field = f"recruitment {number}件目 persons"
    yield from _repeated(field, spent.persons)
    sent = {one.person for one in claim.dispatches}
    for person in spent.persons:
        if person not in sent:
            yield Contradiction(
                field,
                f"{person} の派遣が dispatches にありません。派遣を書き加えるか、番号を確かめてください",
            )
