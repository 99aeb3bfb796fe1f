"""段階: How far an agreement has come, and what runs beside its own road."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from domain.agreement import (
    costing,
    dispatching,
    linking,
    notifying,
    performing,
    substituting,
)
from domain.agreement.chain import Approval, Chain
from domain.agreement.costing import CostingEvent, Costs
from domain.agreement.dispatching import Dispatches, DispatchingEvent
from domain.agreement.linking import LinkingEvent, Links
from domain.agreement.notifying import Duties, NotifyingEvent
from domain.agreement.parties import Version
from domain.agreement.performing import PerformingEvent, Roles
from domain.agreement.recommending import Recommendations
from domain.agreement.substituting import AfterwardsEvent, Substitutions

BesideIt = (
    AfterwardsEvent
    | NotifyingEvent
    | PerformingEvent
    | DispatchingEvent
    | CostingEvent
    | LinkingEvent
)


@dataclass(frozen=True)
class Beside:
    """並行する事項: What runs beside the agreement's own road, each with a state of its own."""

    recommendations: Recommendations = ()
    substitutions: Substitutions = field(default_factory=Substitutions)
    duties: Duties = field(default_factory=Duties)
    roles: Roles = field(default_factory=Roles)
    dispatches: Dispatches = field(default_factory=Dispatches)
    costs: Costs = field(default_factory=Costs)
    links: Links = frozenset()


@dataclass(frozen=True)
class Made:
    """締結又は変更した版: Which text, since when, approved by whom."""

    version: Version
    on: date
    effective: date
    expertise: bool
    approvals: tuple[Approval, ...]


@dataclass(frozen=True)
class Unopened:
    """未着手: No consultation yet; a recommendation may have come."""

    title: ClassVar[str] = "未着手"
    beside: Beside = field(default_factory=Beside)
    parties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Negotiating:
    """締結の協議中: On the way to a conclusion; the stage is that of its consultation."""

    number: str
    name: str
    parties: tuple[str, ...]
    chain: Chain
    beside: Beside

    @property
    def title(self) -> str:
        """「締結の議決待ち」."""
        return f"{self.chain.matter}の{self.chain.stage}"


@dataclass(frozen=True)
class InForce:
    """締結済み: Concluded; perhaps with a consultation on its change or abolition."""

    number: str
    name: str
    parties: tuple[str, ...]
    made: tuple[Made, ...]
    beside: Beside
    chain: Chain | None = None
    until: ClassVar[None] = None

    @property
    def title(self) -> str:
        """「締結済み」, 「締結済み・変更の議決待ち」."""
        if self.chain is None:
            return "締結済み"
        return f"締結済み・{self.chain.matter}の{self.chain.stage}"


@dataclass(frozen=True)
class Abolished:
    """廃止済み: From the day `until` nothing is owed under it; what was owed before is settled."""

    title: ClassVar[str] = "廃止済み"
    number: str
    name: str
    parties: tuple[str, ...]
    made: tuple[Made, ...]
    beside: Beside
    on: date
    until: date


@dataclass(frozen=True)
class Abandoned:
    """不成立: The consultation was broken off before any conclusion."""

    title: ClassVar[str] = "不成立"
    name: str
    parties: tuple[str, ...]
    beside: Beside
    on: date


State = Unopened | Negotiating | InForce | Abolished | Abandoned
Opened = Negotiating | InForce | Abolished | Abandoned


def evolve_beside(beside: Beside, event: BesideIt) -> Beside:
    """What runs beside after a fact of its own."""
    match event:
        case (
            substituting.CouncilInformed()
            | substituting.CouncilInformedLate()
            | substituting.CouncilAnswered()
        ):
            owed = substituting.evolve(beside.substitutions, event)
            return replace(beside, substitutions=owed)
        case (
            notifying.AgreementNotified()
            | notifying.NotificationFiled()
            | notifying.GovernorDetermined()
        ):
            return replace(beside, duties=notifying.evolve(beside.duties, event))
        case linking.CaseLinked() | linking.CaseUnlinked():
            return replace(beside, links=linking.evolve(beside.links, event))
        case (
            performing.RoleLaidDown()
            | performing.RoleFulfilled()
            | performing.RoleOverdue()
            | performing.SchemeAdopted()
        ):
            return replace(beside, roles=performing.evolve(beside.roles, event))
        case costing.DispatchCostStated() | costing.RecruitmentCostStated():
            return replace(beside, costs=costing.evolve(beside.costs, event))
        case _:
            return replace(beside, dispatches=dispatching.evolve(beside.dispatches, event))
