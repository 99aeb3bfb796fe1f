"""議決（法第252条の2第3項・第4項）: Every party's council votes on the consultation's own text.

    議案の起案 → 議案の決裁 → 議案の提出 → 議決 / 否決      one for each party

Draft and decision are the party's own (`reserved_to`); from the submission on all see it. A council
that amended the text would have voted on another one: every party then begins with that version.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.agreement.chain import Approval, Bill, Chain
from domain.agreement.parties import (
    PARA_3,
    Matter,
    Number,
    PartyDecision,
    PartyEntry,
    PartyEvent,
    ReservedEvent,
    Sha256,
    Version,
    by_matter,
    of_the_parties,
)
from domain.bodies import body_name
from domain.decider import Refused, UnreadableFact
from domain.law import Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import four_eyes, not_before, refuse_unless, stated
from domain.text import Line, Text

Votes = Annotated[int, Field(ge=0, le=10_000)]
Failure = Literal["否決", "審議未了"]


# --- 事実 -----------------------------------------------------------------------------------------


class BillDrafted(ReservedEvent):
    """議案の起案（法第252条の2第3項・第4項）: Inside one party: a bill on the present version."""

    title: ClassVar[str] = "議案の起案"
    kind: Literal["BillDrafted"] = "BillDrafted"
    basis: Citation = PARA_3
    version: Version
    explanation: Text


class BillApproved(ReservedEvent):
    """議案の決裁（法第252条の2第3項・第4項）: Inside one party: its head decides to submit the bill."""

    title: ClassVar[str] = "議案の決裁"
    kind: Literal["BillApproved"] = "BillApproved"
    basis: Citation = PARA_3
    drafted_by: Actor
    version: Version


class BillSubmitted(PartyEvent):
    """議案の提出（法第252条の2第3項・第4項）: The bill is before the party's council."""

    title: ClassVar[str] = "議案の提出"
    kind: Literal["BillSubmitted"] = "BillSubmitted"
    basis: Citation = PARA_3
    matter: Matter
    version: Version
    session: Line
    bill: Line


class CouncilResolved(PartyEvent):
    """議決（法第252条の2第3項・第4項）: The council has voted for the consultation on this version."""

    title: ClassVar[str] = "議決"
    kind: Literal["CouncilResolved"] = "CouncilResolved"
    basis: Citation = PARA_3
    matter: Matter
    version: Version
    session: Line
    bill: Line
    ayes: Votes | None
    noes: Votes | None


class CouncilRejected(PartyEvent):
    """否決（法第252条の2第3項・第4項）: The council has not voted for it; the text goes back to all."""

    title: ClassVar[str] = "否決"
    kind: Literal["CouncilRejected"] = "CouncilRejected"
    basis: Citation = PARA_3
    matter: Matter
    version: Version
    session: Line
    bill: Line
    failure: Failure
    told: Text | None


ResolvingEvent = BillDrafted | BillApproved | BillSubmitted | CouncilResolved | CouncilRejected


# --- 命令書 ---------------------------------------------------------------------------------------


class DraftBill(PartyEntry):
    """議案を起案する（法第252条の2第3項）: On the version fixed by number and SHA-256."""

    title: ClassVar[str] = "議案を起案する"
    cites: ClassVar[Citation] = PARA_3
    done_by: ClassVar[Role] = "officer"
    kind: Literal["DraftBill"] = "DraftBill"
    version: Number
    sha256: Sha256
    explanation: Text


class ApproveBill(PartyDecision):
    """議案を決裁する（法第252条の2第3項）: Not by the drafter."""

    title: ClassVar[str] = "議案を決裁する"
    cites: ClassVar[Citation] = PARA_3
    kind: Literal["ApproveBill"] = "ApproveBill"
    version: Number
    sha256: Sha256


class SubmitBill(PartyEntry):
    """議案を提出する（法第252条の2第3項）: As decided, to a session of the council."""

    title: ClassVar[str] = "議案を提出する"
    cites: ClassVar[Citation] = PARA_3
    done_by: ClassVar[Role] = "officer"
    kind: Literal["SubmitBill"] = "SubmitBill"
    version: Number
    sha256: Sha256
    session: Line
    bill: Line


class RecordResolution(PartyEntry):
    """議決を記録する（法第252条の2第3項）: `on` is the day of the vote."""

    title: ClassVar[str] = "議決を記録する"
    cites: ClassVar[Citation] = PARA_3
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordResolution"] = "RecordResolution"
    version: Number
    sha256: Sha256
    session: Line
    ayes: Votes | None = None
    noes: Votes | None = None


class RecordRejection(PartyEntry):
    """否決を記録する（法第252条の2第3項）: Or that the session ended without a vote (審議未了)."""

    title: ClassVar[str] = "否決を記録する"
    cites: ClassVar[Citation] = PARA_3
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordRejection"] = "RecordRejection"
    version: Number
    sha256: Sha256
    session: Line
    failure: Failure
    told: Text | None = None


ResolvingCommand = DraftBill | ApproveBill | SubmitBill | RecordResolution | RecordRejection


# --- 決定 -----------------------------------------------------------------------------------------


def decide(command: ResolvingCommand, chain: Chain, rules: Rules) -> Sequence[ResolvingEvent]:
    """What comes of a command about one party's bill or vote."""
    of_the_parties(command, chain.parties)
    version = same_text(command, chain, command.version, command.sha256)
    match command:
        case DraftBill():
            return _drafted(command, chain, version, rules)
        case ApproveBill():
            return _approved(command, chain, version, rules)
        case SubmitBill():
            return _submitted(command, chain, version, rules)
        case RecordResolution() | RecordRejection():
            return _voted(command, chain, version, rules)


def same_text(command: PartyEntry | PartyDecision, chain: Chain, no: int, sha256: str) -> Version:
    """同じ文案（第3項）: The present version, and the very text of it."""
    basis = by_matter(PARA_3, chain.matter)
    if chain.version is None:
        raise Refused(basis, "協議の文案がまだ確定していません", "先に文案を確定してください")
    refuse_unless(
        (no, sha256) == (chain.version.no, chain.version.sha256),
        basis,
        f"協議の文案は{chain.version}で、第{no}版（{sha256[:8]}…）ではありません",
        "全ての団体の議会が同じ文案を議決することを要します",
    )
    not_before(command, chain.latest, "文案の確定")
    return chain.version


def _drafted(
    command: DraftBill, chain: Chain, version: Version, rules: Rules
) -> list[ResolvingEvent]:
    bill = chain.bill_of(command.party)
    if bill or command.party in chain.approving:
        return []
    basis = by_matter(PARA_3, chain.matter)
    return [
        stated(BillDrafted, command, rules, basis=basis, version=version, reserved_to=command.party)
    ]


def _approved(
    command: ApproveBill, chain: Chain, version: Version, rules: Rules
) -> list[ResolvingEvent]:
    basis = by_matter(PARA_3, chain.matter)
    bill = _bill(command.party, chain, basis)
    if bill.approved:
        return []
    four_eyes(command, bill.drafter)
    not_before(command, bill.latest, "議案のこれまでの行為")
    refuse_unless(
        command.drafted_by.person == bill.drafter,
        basis,
        f"議案を起案したのは {bill.drafter} で、{command.drafted_by.person} ではありません",
    )
    return [
        stated(
            BillApproved, command, rules, basis=basis, version=version, reserved_to=command.party
        )
    ]


def _bill(party: str, chain: Chain, basis: Citation) -> Bill:
    bill = chain.bill_of(party)
    if bill is None:
        raise Refused(basis, f"{body_name(party)}の議案はまだ起案されていません")
    return bill


def _submitted(
    command: SubmitBill, chain: Chain, version: Version, rules: Rules
) -> list[ResolvingEvent]:
    if command.party in chain.approving:
        return []
    basis = by_matter(PARA_3, chain.matter)
    bill = _bill(command.party, chain, basis)
    if bill.number is not None:
        return []
    refuse_unless(bill.approved, basis, "議案の決裁がまだありません", "先に議案を決裁してください")
    not_before(command, bill.latest, "議案のこれまでの行為")
    return [
        stated(BillSubmitted, command, rules, basis=basis, version=version, matter=chain.matter)
    ]


def _voted(
    command: RecordResolution | RecordRejection, chain: Chain, version: Version, rules: Rules
) -> list[ResolvingEvent]:
    basis = by_matter(PARA_3, chain.matter)
    if command.party in chain.approving:
        return []
    bill = _bill(command.party, chain, basis)
    if bill.number is None:
        raise Refused(basis, f"{body_name(command.party)}の議案はまだ議会に提出されていません")
    not_before(command, bill.latest, "議案のこれまでの行為")
    more = {"basis": basis, "version": version, "matter": chain.matter, "bill": bill.number}
    match command:
        case RecordResolution():
            return [stated(CouncilResolved, command, rules, **more)]
        case RecordRejection():
            return [stated(CouncilRejected, command, rules, **more)]


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(chain: Chain, event: ResolvingEvent) -> Chain:
    """The consultation after a fact about one party's bill or vote."""
    match event:
        case BillDrafted():
            return chain.with_bill(Bill(event.party, event.by.person, event.on))
        case BillApproved():
            return _decided(chain, event)
        case BillSubmitted():
            return replace(_put(chain, event), rejected=chain.rejected - {event.party})
        case CouncilResolved():
            return approved(chain, approval_of(event, event.version, "議決"))
        case CouncilRejected():
            others = tuple(bill for bill in chain.bills if bill.party != event.party)
            return replace(chain, bills=others, rejected=chain.rejected | {event.party})


def _decided(chain: Chain, event: BillApproved) -> Chain:
    bill = chain.bill_of(event.party)
    if bill is None:
        raise UnreadableFact(f"{event.tag} cannot come before a bill is drafted")
    return chain.with_bill(replace(bill, latest=event.on, approved=True))


def _put(chain: Chain, event: BillSubmitted) -> Chain:
    """Another party reads the case without the draft, which is not its own to see."""
    bill = chain.bill_of(event.party) or Bill(event.party, event.by.person, event.on)
    return chain.with_bill(
        replace(bill, latest=event.on, approved=True, number=event.bill),
    )


def approval_of(
    event: PartyEvent, version: Version, means: Literal["議決", "専決処分"]
) -> Approval:
    """What an event says of a version, as an approval of it."""
    return Approval(
        party=event.party,
        on=event.on,
        means=means,
        version=version.no,
        sha256=version.sha256,
        document=event.document,
    )


def approved(chain: Chain, approval: Approval) -> Chain:
    """The consultation with one more council's approval."""
    return replace(
        chain,
        approvals=(*chain.approvals, approval),
        rejected=chain.rejected - {approval.party},
    )
