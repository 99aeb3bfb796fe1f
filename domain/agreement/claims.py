"""申告（特別交付税省令第4条・第5条）: The claim of one party and fiscal year, made from the case's record.

Only what the parties stated enters it; what a claim needs and nobody stated is missing in it, and
the computation says so.
"""

from collections.abc import Iterator

from domain.agreement.costing import CostKind, Costs
from domain.agreement.dispatching import Dispatches
from domain.agreement.status import Abolished, InForce, State
from domain.allocation.claim import Agreement, Amount, Claim, Dispatch, EarlierDispatch, Post, Vote
from domain.bodies import is_prefecture
from domain.era import fiscal_days


class NoClaim(ValueError):
    """The case gives no claim; the text is Japanese, for officials."""


def claim_of(state: State, party: str, fiscal_year: int) -> Claim:
    """What the party claims for the fiscal year; raises `NoClaim` where it is no party of one."""
    if not isinstance(state, InForce | Abolished):
        raise NoClaim(f"連携協約は締結されていません（{state.title}）")
    if party not in state.parties:
        raise NoClaim(f"団体 {party} は、この連携協約の当事者ではありません")
    now, costs = state.beside.dispatches, state.beside.costs
    mine = [one for one in now.dispatches if _counts(one, party, fiscal_year)]
    sent = {one.person for one in mine if one.sender == party}
    return Claim(
        claimant=party,
        fiscal_year=fiscal_year,
        agreements=(_agreement(state, fiscal_year),),
        posts=tuple(_posts(now, mine)),
        dispatches=tuple(_stated(one, state.number, costs, party, fiscal_year) for one in mine),
        recruitment=tuple(
            one.spent
            for one in costs.recruitment
            if (one.party, one.year) == (party, fiscal_year) and set(one.spent.persons) <= sent
        ),
    )


def _counts(dispatch: Dispatch, party: str, year: int) -> bool:
    """A dispatch of the party in the year; those to prefectures are none of the item's."""
    first, last = fiscal_days(year)
    concerns = party in (dispatch.sender, dispatch.recipient)
    in_year = dispatch.since <= last and (dispatch.until is None or dispatch.until >= first)
    return concerns and in_year and not is_prefecture(dispatch.recipient)


def _agreement(state: InForce | Abolished, year: int) -> Agreement:
    """The clause counts where every version that was in force in the year had it."""
    first, last = fiscal_days(year)
    made = state.made
    ends = [*(one.effective for one in made[1:]), None]
    clauses = [
        one.expertise
        for one, end in zip(made, ends, strict=True)
        if one.effective <= last and (end is None or end > first)
    ]
    approvals = made[0].approvals
    return Agreement(
        number=state.number,
        title=made[-1].version.title,
        kind="連携協約",
        parties=state.parties,
        votes=tuple(Vote(body=one.party, on=one.on, approved=True) for one in approvals),
        concluded_on=made[0].on,
        in_force_from=made[0].effective,
        in_force_until=state.until,
        expertise_clause=bool(clauses) and all(clauses),
        evidence=tuple(f"{one.version}" for one in made),
    )


def _posts(now: Dispatches, mine: list[Dispatch]) -> Iterator[Post]:
    """The posts of the dispatches, with every other dispatch of the case to them."""
    listed = {one.id for one in mine}
    for _, post in now.posts:
        if post.id in {one.post for one in mine}:
            others = tuple(
                EarlierDispatch(since=one.since, under_agreement=True, form=one.form)
                for one in now.dispatches
                if one.post == post.id and one.id not in listed
            )
            yield post.model_copy(update={"earlier": (*post.earlier, *others)})


def _stated(dispatch: Dispatch, agreement: str, costs: Costs, party: str, year: int) -> Dispatch:
    def amount(what: CostKind) -> Amount | None:
        return costs.cost(party, dispatch.id, year, what)

    return dispatch.model_copy(
        update={
            "agreement": agreement,
            "personnel_cost": amount("派遣した職員の人件費"),
            "cost_borne": amount("派遣を受けて負担した人件費"),
            "burden_charge": amount("負担金"),
        }
    )
