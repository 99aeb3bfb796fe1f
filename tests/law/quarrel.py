"""Governments in dispute over an agreement, and the story of it on either of its two paths.

The governments exist; the dispute, the commissioners and what they do are invented. Each function
tells the story up to a stage, as the commands that lead there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from domain.acts import Finding
from domain.bodies import MINISTER
from domain.dispute import DISPUTE, Command, Event, State
from domain.dispute.appointing import (
    AppointCommissioners,
    Commissioner,
    Consultation,
    NotifyAppointment,
)
from domain.dispute.filing import (
    ApplyForMeasures,
    ApplyForMediation,
    DetermineAuthority,
    Resolution,
    TellOtherParties,
)
from domain.dispute.mediating import (
    Acceptance,
    AcceptProposal,
    PresentProposal,
    PublishEstablishment,
    ReceiveAcceptance,
    ReportMediation,
    TellCommissioners,
)
from domain.dispute.parties import CollegialDecision, competent
from domain.dispute.referring import ReferToMediation
from domain.dispute.settling import (
    DetermineMeasures,
    PresentMeasures,
    PublishMeasures,
    TakeMeasure,
    TellMeasures,
)
from domain.dispute.status import Opened
from domain.dispute.telling import TellParties
from domain.ordinance import Ordinance, Parameter, Rules, Value
from domain.people import Actor
from tests.law.league import FUCHU, HEADS, KEN, KURE, OKAYAMA, RULEBOOK, SHI
from tests.law.specification import Outcome, outcome_of

Story = list[Command]
TWO, THREE = (KURE, KEN), (KURE, SHI, FUCHU)
"""呉市 applies: against the prefecture (to the Minister), against neighbours (to the governor)."""
ACROSS = (KURE, OKAYAMA)
AGREEMENT_CASE = f"協約-{KEN}-0001"
PANEL = ("C-1", "C-2", "C-3")
APPLIED, APPOINTED = date(2026, 10, 1), date(2026, 10, 20)
HEARD, DECIDED, DONE = date(2026, 11, 4), date(2026, 12, 1), date(2026, 12, 3)
TEXT = "負担金は、利用の実績に応じて案分する。"
DIGEST = sha256(TEXT.encode()).hexdigest()
OFFICES = {**HEADS, MINISTER: "総務大臣"}


def head(code: str) -> Actor:
    """The head of a party, or the Minister or governor over the dispute."""
    return Actor(person=f"H-{code}", office=OFFICES[code], name="例示 一郎", role="mayor")


def officer(code: str) -> Actor:
    """An officer of a party or of the authority."""
    return Actor(person=f"S-{code}", office="行政課主査", name="例示 二郎", role="officer")


def commissioner(person: str = PANEL[0]) -> Actor:
    """A commissioner, who is nobody's officer."""
    return Actor(person=person, office="自治紛争処理委員", name="例示 四郎", role="commissioner")


def decided(code: str, on: date) -> dict[str, object]:
    """Who decides, on a day."""
    return {"party": code, "on": on, "by": head(code), "drafted_by": officer(code)}


def entered(code: str, on: date) -> dict[str, object]:
    """Who makes an entry, on a day."""
    return {"party": code, "on": on, "by": officer(code)}


def sat(disputants: Sequence[str], on: date, person: str = PANEL[0]) -> dict[str, object]:
    """A commissioner acts, under the authority's rules."""
    return {"party": authority(disputants), "on": on, "by": commissioner(person)}


def authority(disputants: Sequence[str]) -> str:
    """Who has authority; across prefectures these stories have 広島県知事 determined."""
    return competent(disputants, KEN) or KEN


def finding(reasons: str = "書面で確かめた。") -> Finding:
    """A finding on evidence."""
    return Finding(reasons=reasons, evidence=("確認記録（架空）",))


def together(*persons: str) -> CollegialDecision:
    """A decision by 合議, of all three unless told otherwise."""
    return CollegialDecision(took_part=persons or PANEL, decided="全員一致")


def three(*persons: str) -> tuple[Commissioner, ...]:
    """Three commissioners."""
    return tuple(
        Commissioner(person=one, name=f"例示 {one}", occupation="大学教授")
        for one in persons or PANEL
    )


CONSULTED = (Consultation(whom="厚生労働大臣", result="異議はない。", document="協議書（架空）"),)
RESOLUTION = Resolution(session="令和8年第3回定例会", bill="議案第9号", document="議決書（架空）")


# --- 処理方策 -------------------------------------------------------------------------------------


def applied(*disputants: str) -> Story:
    """The first of the parties has applied."""
    said = {
        "name": "負担金の算定をめぐる紛争",
        "disputants": disputants,
        "agreement": "専門人材の確保に関する連携協約",
        "agreement_case": AGREEMENT_CASE,
        "sought": "負担金の算定の方法を定めること。実績によるべきである。",
        "course": "令和8年6月から協議したが調わない。",
    }
    return [ApplyForMeasures.model_validate({**decided(disputants[0], APPLIED), **said})]


def told(*disputants: str) -> Story:
    """The other parties have a copy, and across prefectures it is known who has authority."""
    copies = {"told": disputants[1:], "copy_attached": "申請書の写し"}
    tell = TellOtherParties.model_validate({**entered(disputants[0], APPLIED), **copies})
    return [*applied(*disputants), tell, *determined(*disputants)]


def determined(*disputants: str) -> Story:
    """The governors have agreed, where they must."""
    if competent(disputants):
        return []
    said = {"how": "関係都道府県知事の協議", "authority": KEN}
    return [DetermineAuthority.model_validate({**entered(disputants[0], APPLIED), **said})]


def appointing(disputants: Sequence[str]) -> dict[str, object]:
    """An appointment of three, after consultation."""
    return {
        **decided(authority(disputants), APPOINTED),
        "commissioners": three(),
        "eligibility": finding("優れた識見を有し、二人以上が同一の政党に属しない。"),
        "consulted": CONSULTED,
    }


def appointed(*disputants: str) -> Story:
    """Three commissioners are appointed."""
    return [*told(*disputants), AppointCommissioners.model_validate(appointing(disputants))]


def known(*disputants: str) -> Story:
    """The appointment is public, and the parties know of it."""
    who = authority(disputants)
    notice = {"notice": "総務省告示第1号", "published_in": "官報第1号"}
    said = {"matter": "任命", "told": disputants}
    return [
        NotifyAppointment.model_validate({**decided(who, APPOINTED), **notice}),
        TellParties.model_validate({**entered(who, APPOINTED), **said}),
    ]


def sitting(*disputants: str) -> Story:
    """The commissioners sit, and all know of it."""
    return [*appointed(*disputants), *known(*disputants)]


def settled(*disputants: str) -> Story:
    """The measures are decided by 合議."""
    said = {"content": TEXT, "sha256": DIGEST, "reasons": "衡平による。", "collegial": together()}
    decision = DetermineMeasures.model_validate({**sat(disputants, DECIDED), **said})
    return [*sitting(*disputants), decision]


def three_acts(*disputants: str) -> Story:
    """Presented, told and published: the three acts."""
    base = {**sat(disputants, DONE), "sha256": DIGEST}
    return [
        PresentMeasures.model_validate({**base, "presented_to": disputants}),
        TellMeasures.model_validate(base),
        PublishMeasures.model_validate({**base, "published_in": "官報第2号"}),
    ]


def completed(*disputants: str) -> Story:
    """All three acts are done."""
    return [*settled(*disputants), *three_acts(*disputants)]


def respected(*disputants: str) -> Story:
    """Every party has taken what is necessary."""
    said = {"measure": "その他の措置", "what": "負担金を改めて算定した。", "settled": finding()}
    return [
        TakeMeasure.model_validate({**decided(code, date(2027, 1, 20)), **said})
        for code in disputants
    ]


# --- 調停 -----------------------------------------------------------------------------------------


def mediation_applied(*disputants: str) -> Story:
    """The first of the parties has applied for mediation, and told the others."""
    said = {
        "name": "道路の管理をめぐる紛争",
        "disputants": disputants,
        "sought": "維持の費用の分担を定めること。",
        "course": "令和8年6月から協議したが調わない。",
        "resolution": RESOLUTION,
    }
    apply = ApplyForMediation.model_validate({**decided(disputants[0], APPLIED), **said})
    copies = {"told": disputants[1:], "copy_attached": "申請書の写し"}
    tell = TellOtherParties.model_validate({**entered(disputants[0], APPLIED), **copies})
    return [apply, tell, *determined(*disputants)]


def referred(*disputants: str) -> Story:
    """The authority refers it, and appoints three."""
    said = {**appointing(disputants), "finding": finding("調停による解決が適当である。")}
    return [*mediation_applied(*disputants), ReferToMediation.model_validate(said)]


def mediating(*disputants: str) -> Story:
    """The commissioners mediate, and all know of it."""
    return [*referred(*disputants), *known(*disputants)]


def proposal(*disputants: str, on: date = DECIDED, text: str = TEXT) -> PresentProposal:
    """A proposal, decided by 合議."""
    said = {"content": text, "sha256": sha256(text.encode()).hexdigest(), "collegial": together()}
    return PresentProposal.model_validate({**sat(disputants, on), **said})


def proposed(*disputants: str) -> Story:
    """A proposal is before the parties, and the authority knows."""
    report = {"course": "2回の期日を経た。", "copy_attached": "調停案の写し"}
    return [
        *mediating(*disputants),
        proposal(*disputants),
        ReportMediation.model_validate({**sat(disputants, DECIDED), **report}),
    ]


def acceptance(code: str, on: date = DONE) -> AcceptProposal:
    """A party accepts."""
    said = {"proposal": 1, "sha256": DIGEST, "resolution": RESOLUTION}
    return AcceptProposal.model_validate({**decided(code, on), **said})


def arrival(disputants: Sequence[str], code: str, on: date = DONE) -> ReceiveAcceptance:
    """Its document reaches the authority."""
    paper = Acceptance(party=code, paper="受諾書（架空）")
    said = {"proposal": 1, "acceptance": paper}
    return ReceiveAcceptance.model_validate({**entered(authority(disputants), on), **said})


def accepted(*disputants: str) -> Story:
    """Every party has accepted, in writing, and every document has come."""
    return [act for code in disputants for act in (acceptance(code), arrival(disputants, code))]


def established(*disputants: str) -> Story:
    """The mediation is established."""
    return [*proposed(*disputants), *accepted(*disputants)]


def after_establishment(*disputants: str) -> Story:
    """What the authority owes at once: published, told to the commissioners and to the parties."""
    who = authority(disputants)
    public = {"gist": "費用の分担を定めた。", "published_in": "官報第3号"}
    return [
        PublishEstablishment.model_validate({**decided(who, DONE), **public}),
        TellCommissioners.model_validate({**entered(who, DONE), "filed": disputants}),
        TellParties.model_validate({**entered(who, DONE), "matter": "成立", "told": disputants}),
    ]


# --- given / when / then ----------------------------------------------------------------------


def rules_of(command: Command) -> Rules:
    """The rules of whoever acts."""
    return RULEBOOK.rules(command.party)


def ruled(code: str, **fields: object) -> Rules:
    """The rules of a government with some values replaced."""
    rules = RULEBOOK.rules(code)
    changed = {name: _always(rules, name, value) for name, value in fields.items()}
    ordinance = rules.ordinance.model_copy(update=changed)
    again = Ordinance.model_validate_json(ordinance.model_dump_json())
    return rules.model_copy(update={"ordinance": again})


def _always(rules: Rules, name: str, value: object) -> Parameter[object]:
    parameter: Parameter[object] = getattr(rules.ordinance, name)
    only = Value[object](since=date(2025, 4, 1), value=value, basis="試験のための値")
    return Parameter[object](meaning=parameter.meaning, values=(only,))


@dataclass(frozen=True)
class Given:
    """A dispute's case as its story has left it."""

    state: State

    def when(self, command: Command, rules: Rules | None = None) -> Outcome[Event]:
        """What comes of a command under the rules of whoever acts."""
        return outcome_of(DISPUTE, command, self.state, rules or rules_of(command))

    @property
    def case(self) -> Opened:
        """The case, once it is opened."""
        assert isinstance(self.state, Opened)
        return self.state

    def owed(self) -> list[str]:
        """What is open, as an operator reads it."""
        return [f"{one.title}（{one.basis}）" for one in DISPUTE.view(self.state).obligations]


def given(*story: Command, rules: Rules | None = None) -> Given:
    """The case after `story`; `rules` are those of one government, the others have their own."""
    return Given(DISPUTE.decider.fold(history(story, rules)))


def history(story: Sequence[Command], rules: Rules | None = None) -> list[Event]:
    """The events of a story; a command of it that comes to nothing is a fault of the test."""
    state, events = DISPUTE.decider.initial, list[Event]()
    for step in story:
        own = rules if rules and rules.ordinance.code == step.party else rules_of(step)
        brought = DISPUTE.decider.decide(step, state, own)
        assert brought, f"{step.tag} of {step.party} brings nothing about"
        state = DISPUTE.decider.fold(brought, state)
        events += brought
    return events
