"""Claims for the tests, written in the words of the table: names for codes, and what differs."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import cast

from domain.allocation import Claim
from domain.bodies import PREFECTURES
from domain.era import fiscal_days
from domain.municipalities import municipalities

CODES = {name: code for code, name in PREFECTURES.items()} | {
    one.name: one.code for one in municipalities()
}
"""団体コード by name; of names that two municipalities share, the last one's."""
PAPERS = ["試験のための資料"]
Said = Mapping[str, object]
NOTHING: Said = MappingProxyType({})


def code(name: object) -> str:
    """「世羅町」 is 344621; what is no name is left as it is."""
    return CODES.get(f"{name}", f"{name}")


def amount(yen: object) -> Said:
    return {"amount": yen, "evidence": PAPERS}


def agreement(parties: Sequence[str], said: Said = NOTHING) -> Said:
    """連携協約 in force since 2024-04-01, approved by every party, but for what is said."""
    votes = [{"body": one, "on": date(2024, 3, 1), "approved": True} for one in parties]
    whole: dict[str, object] = {
        "number": "K-1",
        "title": "専門人材の確保に関する連携協約",
        "kind": "連携協約",
        "parties": parties,
        "votes": votes,
        "concluded_on": date(2024, 3, 20),
        "in_force_from": date(2024, 4, 1),
        "expertise_clause": True,
        "evidence": PAPERS,
        **said,
    }
    named = [{**one, "body": code(one["body"])} for one in cast("list[Said]", whole["votes"])]
    listed = [code(one) for one in cast("list[object]", whole["parties"])]
    present = {key: value for key, value in whole.items() if value != "なし"}
    return {**present, "votes": named, "parties": listed}


def dispatch(number: int, claimant: str, year: int, said: Said) -> Said:
    """The whole year by 任期付職員, other than by 自治法派遣, but for what is said."""
    first, last = fiscal_days(year)
    recipient = code(said.get("to", claimant))
    costs = {
        field: amount(said[name])
        for name, field in (
            ("cost", "personnel_cost"),
            ("borne", "cost_borne"),
            ("burden", "burden_charge"),
        )
        if name in said
    }
    post = said.get("post", "S-1") if recipient == claimant else None
    return {
        "id": said.get("id", f"D-{number}"),
        "agreement": said.get("agreement", "K-1"),
        "person": said.get("person", "P-1"),
        "post": post,
        "sender": code(said.get("from", claimant)),
        "recipient": recipient,
        "form": said.get("form", "その他"),
        "staff": said.get("staff", {"category": "任期付職員"}),
        "since": said.get("since", first),
        "until": said.get("until", last),
        "evidence": PAPERS,
        **costs,
    }


def claim_of(
    claimant: str,
    year: int,
    dispatches: Sequence[Said],
    *,
    recruitment: Sequence[Said] = (),
    earlier: Said = NOTHING,
    agreement_said: Said = NOTHING,
) -> Claim:
    """The claim of a body; `earlier` are the earlier dispatches by post, `[]` where none is said."""
    body = code(claimant)
    sent = [dispatch(number, body, year, one) for number, one in enumerate(dispatches, 1)]
    parties = sorted({f"{one[end]}" for one in sent for end in ("sender", "recipient")} | {body})
    named = parties if len(parties) > 1 else [body, code("神石高原町")]
    agreed = agreement(named, agreement_said)
    used = sorted({f"{one['post']}" for one in sent if one["post"] is not None})
    posts = [
        {"id": id, "title": f"職 {id}", "earlier": earlier.get(id, []), "evidence": PAPERS}
        for id in used
    ]
    return Claim.model_validate(
        {
            "claimant": body,
            "fiscal_year": year,
            "agreements": [agreed],
            "posts": posts,
            "dispatches": sent,
            "recruitment": [
                {"persons": one.get("persons", ["P-1"]), "cost": amount(one["cost"])}
                for one in recruitment
            ],
        }
    )
