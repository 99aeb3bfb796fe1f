"""締結（法第252条の2第1項・第4項）: Signed by every party, on the version that every council approved.

    署名（全当事者） → 締結 / 変更 / 廃止

The last signature concludes. No party leaves alone: change and abolition take the same road (④).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from domain.agreement.chain import Approval, Chain, missing
from domain.agreement.parties import (
    PARA_1,
    PARA_3,
    PARA_4,
    Matter,
    Number,
    Parties,
    PartyDecision,
    PartyEvent,
    Sha256,
    Version,
    by_matter,
    names,
    of_the_parties,
)
from domain.agreement.resolving import same_text
from domain.bodies import body_name
from domain.decider import Refused
from domain.law import Citation
from domain.ordinance import Rules
from domain.people import Actor
from domain.procedure import not_before, refuse_unless, stated
from domain.text import Text

# --- 事実 -----------------------------------------------------------------------------------------


class AgreementSigned(PartyEvent):
    """署名（法第252条の2第1項・第4項）: A party's head signs the version that all councils approved."""

    title: ClassVar[str] = "署名"
    kind: Literal["AgreementSigned"] = "AgreementSigned"
    basis: Citation = PARA_1
    drafted_by: Actor
    matter: Matter
    version: Version
    effective: date


class AgreementConcluded(PartyEvent):
    """締結（法第252条の2第1項）: By the last signature; `approvals` are of this very version."""

    title: ClassVar[str] = "締結"
    kind: Literal["AgreementConcluded"] = "AgreementConcluded"
    basis: Citation = PARA_1
    parties: Parties
    version: Version
    approvals: tuple[Approval, ...]
    expertise: bool
    effective: date


class AgreementChanged(PartyEvent):
    """変更（法第252条の2第4項）: By the last signature, as in the conclusion."""

    title: ClassVar[str] = "変更"
    kind: Literal["AgreementChanged"] = "AgreementChanged"
    basis: Citation = PARA_4
    parties: Parties
    version: Version
    replaces: Version
    approvals: tuple[Approval, ...]
    expertise: bool
    effective: date


class AgreementAbolished(PartyEvent):
    """廃止（法第252条の2第4項）: By the last signature, as in the conclusion."""

    title: ClassVar[str] = "廃止"
    kind: Literal["AgreementAbolished"] = "AgreementAbolished"
    basis: Citation = PARA_4
    parties: Parties
    version: Version
    abolishes: Version
    approvals: tuple[Approval, ...]
    effective: date


Conclusion = AgreementConcluded | AgreementChanged | AgreementAbolished
ConcludingEvent = AgreementSigned | Conclusion


# --- 命令書 ---------------------------------------------------------------------------------------


class SignAgreement(PartyDecision):
    """署名する（法第252条の2第1項）: `effective` is the day the text names, the same for all."""

    title: ClassVar[str] = "署名する"
    cites: ClassVar[Citation] = PARA_1
    kind: Literal["SignAgreement"] = "SignAgreement"
    version: Number
    sha256: Sha256
    effective: date


class LeaveAlone(PartyDecision):
    """単独で脱退する（法第252条の2第4項）: No provision lets a party do so; always refused."""

    title: ClassVar[str] = "単独で脱退する"
    cites: ClassVar[Citation] = PARA_4
    kind: Literal["LeaveAlone"] = "LeaveAlone"
    reasons: Text


ConcludingCommand = SignAgreement | LeaveAlone


# --- 決定 -----------------------------------------------------------------------------------------


def sign(
    command: SignAgreement, chain: Chain, in_force: Version | None, rules: Rules
) -> Sequence[ConcludingEvent]:
    """The signature, and with the last one the conclusion, change or abolition."""
    of_the_parties(command, chain.parties)
    version = same_text(command, chain, command.version, command.sha256)
    if command.party in chain.signed:
        return []
    _all_approved(command, chain)
    _same_day(command, chain)
    basis = by_matter(PARA_1, chain.matter)
    signed = stated(
        AgreementSigned, command, rules, basis=basis, matter=chain.matter, version=version
    )
    if missing(chain.parties, chain.signed | {command.party}):
        return [signed]
    return [signed, _concluded(command, chain, version, in_force, rules)]


def _all_approved(command: SignAgreement, chain: Chain) -> None:
    """議決（第3項）: Every party's council, on the same version, before the signature."""
    basis = by_matter(PARA_3, chain.matter)
    if without := missing(chain.parties, chain.approving):
        raise Refused(
            basis,
            f"{names(without)}の議会が、{chain.version}について協議を議決していません",
            "全ての団体の議会が同じ文案を議決した後に署名してください",
        )
    last = max(one.on for one in chain.approvals)
    not_before(command, last, "最後の議決")


def _same_day(command: SignAgreement, chain: Chain) -> None:
    basis = by_matter(PARA_1, chain.matter)
    refuse_unless(
        chain.effective in (None, command.effective),
        basis,
        f"効力の生ずる日 {command.effective} が、先の署名の {chain.effective} と異なります",
    )
    refuse_unless(
        command.effective >= command.on,
        basis,
        f"効力の生ずる日 {command.effective} が署名の日 {command.on} より前です",
    )


def _concluded(
    command: SignAgreement, chain: Chain, version: Version, in_force: Version | None, rules: Rules
) -> Conclusion:
    more = {"parties": chain.parties, "version": version, "approvals": chain.approvals}
    match chain.matter:
        case "締結":
            return stated(AgreementConcluded, command, rules, **more, expertise=chain.expertise)
        case "変更":
            more = {**more, "replaces": in_force, "expertise": chain.expertise}
            return stated(AgreementChanged, command, rules, **more)
        case "廃止":
            return stated(AgreementAbolished, command, rules, **more, abolishes=in_force)


def leave(command: LeaveAlone) -> Refused:
    """Why nobody leaves alone."""
    return Refused(
        PARA_4,
        f"{body_name(command.party)}だけで連携協約を終えることはできません。廃止は、締結と同じく"
        "協議、全ての団体の議会の議決、告示、届出を要します",
        "廃止の協議を申し入れてください。ほかの団体は、改めて締結することができます",
    )


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(chain: Chain, event: AgreementSigned) -> Chain:
    """The consultation after a signature."""
    return replace(chain, signed=chain.signed | {event.party}, effective=event.effective)
