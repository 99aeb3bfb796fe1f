"""協議（法第252条の2第1項・第4項）: From one party's proposal to a text that all have before them.

申入れ → 応諾 → 文案の確定 ⟲
協議の打切り     by any party, as long as nothing is concluded; a running agreement stays
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from domain.acts import Finding
from domain.agreement.chain import Approval, Chain, missing
from domain.agreement.parties import (
    PARA_1,
    PARA_4,
    Matter,
    Parties,
    PartyDecision,
    PartyEntry,
    PartyEvent,
    Version,
    by_matter,
    names,
    of_the_parties,
)
from domain.decider import Refused
from domain.law import Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import not_before, refuse_unless, stated
from domain.text import Key, Line, Text

Clauses = Annotated[tuple[Line, ...], Field(max_length=100)]
"""条: The articles of a text (第一条, 第二条 …) that lay a matter down."""


# --- 事実 -----------------------------------------------------------------------------------------


class ConsultationProposed(PartyEvent):
    """協議の申入れ（法第252条の2第1項）: A party proposes to the others to consult on an agreement.

    `agreement` is its number among those of the party; `parties` are all, the proposer included.
    """

    title: ClassVar[str] = "協議の申入れ"
    kind: Literal["ConsultationProposed"] = "ConsultationProposed"
    basis: Citation = PARA_1
    drafted_by: Actor
    agreement: Key
    name: Line
    parties: Parties
    affairs: Text
    finding: Finding


class ChangeProposed(PartyEvent):
    """変更の協議の申入れ（法第252条の2第4項）: A party proposes to change the agreement in force."""

    title: ClassVar[str] = "変更の協議の申入れ"
    kind: Literal["ChangeProposed"] = "ChangeProposed"
    basis: Citation = PARA_4
    drafted_by: Actor
    finding: Finding


class AbolitionProposed(PartyEvent):
    """廃止の協議の申入れ（法第252条の2第4項）: A party proposes to abolish the agreement in force."""

    title: ClassVar[str] = "廃止の協議の申入れ"
    kind: Literal["AbolitionProposed"] = "AbolitionProposed"
    basis: Citation = PARA_4
    drafted_by: Actor
    finding: Finding


class ConsultationAccepted(PartyEvent):
    """協議への応諾（法第252条の2第1項・第4項）: A party will consult."""

    title: ClassVar[str] = "協議への応諾"
    kind: Literal["ConsultationAccepted"] = "ConsultationAccepted"
    basis: Citation = PARA_1
    drafted_by: Actor
    matter: Matter


class TextFixed(PartyEvent):
    """文案の確定（法第252条の2第1項・第4項）: The version of the text on which all consult and vote.

    `basic_policy` and `roles` name the articles that lay down what ① asks for, `expertise` those
    on the expertise of dispatched staff. `voided` are approvals of the version before.
    """

    title: ClassVar[str] = "文案の確定"
    kind: Literal["TextFixed"] = "TextFixed"
    basis: Citation = PARA_1
    matter: Matter
    version: Version
    basic_policy: Clauses
    roles: Clauses
    expertise: Clauses
    changed: Text | None
    replaces: Version | None
    voided: tuple[Approval, ...]


class ConsultationAbandoned(PartyEvent):
    """協議の打切り（法第252条の2第1項・第4項）: A party ends the consultation; nothing is concluded."""

    title: ClassVar[str] = "協議の打切り"
    kind: Literal["ConsultationAbandoned"] = "ConsultationAbandoned"
    basis: Citation = PARA_1
    drafted_by: Actor
    matter: Matter
    finding: Finding


Proposed = ConsultationProposed | ChangeProposed | AbolitionProposed
ConsultingEvent = Proposed | ConsultationAccepted | TextFixed | ConsultationAbandoned


# --- 命令書 ---------------------------------------------------------------------------------------


class ProposeConsultation(PartyDecision):
    """協議を申し入れる（法第252条の2第1項）: The first paper of a case."""

    title: ClassVar[str] = "協議を申し入れる"
    cites: ClassVar[Citation] = PARA_1
    kind: Literal["ProposeConsultation"] = "ProposeConsultation"
    agreement: Key
    name: Line
    parties: Parties
    affairs: Text
    finding: Finding

    @model_validator(mode="after")
    def _each_once(self) -> "ProposeConsultation":
        if len(set(self.parties)) != len(self.parties) or self.party not in self.parties:
            raise ValueError("parties には、申し入れる団体を含め、各団体を一度ずつ書いてください")
        return self


class ProposeChange(PartyDecision):
    """変更の協議を申し入れる（法第252条の2第4項）."""

    title: ClassVar[str] = "変更の協議を申し入れる"
    cites: ClassVar[Citation] = PARA_4
    kind: Literal["ProposeChange"] = "ProposeChange"
    finding: Finding


class ProposeAbolition(PartyDecision):
    """廃止の協議を申し入れる（法第252条の2第4項）."""

    title: ClassVar[str] = "廃止の協議を申し入れる"
    cites: ClassVar[Citation] = PARA_4
    kind: Literal["ProposeAbolition"] = "ProposeAbolition"
    finding: Finding


class AcceptConsultation(PartyDecision):
    """協議に応ずる（法第252条の2第1項）: For change and abolition by way of ④."""

    title: ClassVar[str] = "協議に応ずる"
    cites: ClassVar[Citation] = PARA_1
    kind: Literal["AcceptConsultation"] = "AcceptConsultation"


class FixText(PartyEntry):
    """協議の文案を確定する（法第252条の2第1項）: The first version, or the next one."""

    title: ClassVar[str] = "協議の文案を確定する"
    cites: ClassVar[Citation] = PARA_1
    done_by: ClassVar[Role] = "officer"
    kind: Literal["FixText"] = "FixText"
    version: Version
    basic_policy: Clauses = ()
    roles: Clauses = ()
    expertise: Clauses = ()
    changed: Text | None = None


class AbandonConsultation(PartyDecision):
    """協議を打ち切る（法第252条の2第1項）: Nobody is bound to conclude."""

    title: ClassVar[str] = "協議を打ち切る"
    cites: ClassVar[Citation] = PARA_1
    kind: Literal["AbandonConsultation"] = "AbandonConsultation"
    finding: Finding


ChainCommand = AcceptConsultation | FixText | AbandonConsultation
ConsultingCommand = ProposeConsultation | ProposeChange | ProposeAbolition | ChainCommand


# --- 決定 -----------------------------------------------------------------------------------------


def propose(command: ProposeConsultation, rules: Rules) -> list[ConsultingEvent]:
    """The first paper."""
    return [stated(ConsultationProposed, command, rules)]


def propose_again(
    command: ProposeChange | ProposeAbolition, chain: Chain | None, rules: Rules
) -> list[ConsultingEvent]:
    """A change or the abolition of an agreement in force, one consultation at a time."""
    refuse_unless(
        chain is None,
        PARA_4,
        f"{chain.matter if chain else ''}の協議が続いている間は、ほかの協議を申し入れられません",
        "続いている協議を終えるか、打ち切ってください",
    )
    match command:
        case ProposeChange():
            return [stated(ChangeProposed, command, rules)]
        case ProposeAbolition():
            return [stated(AbolitionProposed, command, rules)]


def decide(
    command: ChainCommand, chain: Chain, versions: Sequence[Version], rules: Rules
) -> Sequence[ConsultingEvent]:
    """What comes of a command in a consultation; `versions` are those of agreements made before."""
    of_the_parties(command, chain.parties)
    not_before(command, max(chain.since, chain.latest), "協議のこれまでの行為")
    basis = by_matter(PARA_1, chain.matter)
    match command:
        case AcceptConsultation():
            if command.party in chain.accepted:
                return []
            return [stated(ConsultationAccepted, command, rules, basis=basis, matter=chain.matter)]
        case FixText():
            return _fixed(command, chain, versions, rules)
        case AbandonConsultation():
            return [stated(ConsultationAbandoned, command, rules, basis=basis, matter=chain.matter)]


def _fixed(
    command: FixText, chain: Chain, versions: Sequence[Version], rules: Rules
) -> list[ConsultingEvent]:
    basis = by_matter(PARA_1, chain.matter)
    if waiting := missing(chain.parties, chain.accepted):
        raise Refused(basis, f"{names(waiting)}がまだ協議に応じていません")
    if command.version == chain.version:
        return []
    refuse_unless(
        not chain.signed,
        basis,
        f"{names([*chain.signed])}がすでに署名しているため、文案は改められません",
    )
    _next_number(command.version, chain, versions, basis)
    if chain.matter != "廃止":
        _content(command, basis)
    return [
        stated(
            TextFixed,
            command,
            rules,
            basis=basis,
            matter=chain.matter,
            replaces=chain.version,
            voided=chain.approvals,
        )
    ]


def _next_number(
    version: Version, chain: Chain, versions: Sequence[Version], basis: Citation
) -> None:
    known = [*versions, *([chain.version] if chain.version else [])]
    last = max((one.no for one in known), default=0)
    refuse_unless(
        version.no > last,
        basis,
        f"{version}の番号は、これまでの版（第{last}版まで）より後の番号とします",
    )
    refuse_unless(
        version.sha256 not in [one.sha256 for one in known],
        basis,
        f"{version}の本文は、これまでの版と同じです",
        "文案を改めたときに、新しい版として確定してください",
    )


def _content(command: FixText, basis: Citation) -> None:
    """内容（第1項）: 基本的な方針 and 役割分担 are what makes the text an agreement of this article."""
    lacking = [
        word
        for word, clauses in (("基本的な方針", command.basic_policy), ("役割分担", command.roles))
        if not clauses
    ]
    refuse_unless(
        not lacking,
        basis,
        f"文案に、連携して事務を処理するに当たっての{'と'.join(lacking)}を定める条がありません",
        "basic_policy と roles に、それを定める条を記してください",
    )


# --- 経過 -----------------------------------------------------------------------------------------


def begun(event: Proposed, parties: tuple[str, ...]) -> Chain:
    """The consultation that a proposal opens; its proposer need not accept it."""
    matters: dict[type[PartyEvent], Matter] = {
        ConsultationProposed: "締結",
        ChangeProposed: "変更",
        AbolitionProposed: "廃止",
    }
    return Chain(matters[type(event)], parties, event.on, frozenset([event.party]))


def evolve(chain: Chain, event: ConsultationAccepted | TextFixed) -> Chain:
    """The consultation after a fact of it."""
    match event:
        case ConsultationAccepted():
            return replace(chain, accepted=chain.accepted | {event.party}, latest=event.on)
        case TextFixed():
            return chain.afresh(event.version, event.on, expertise=bool(event.expertise))
