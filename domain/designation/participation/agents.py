"""代理人（行手法第16条・第31条、行審法第12条）: Who acts for the body in one procedure.

    選任（資格を証する書面） → 資格の喪失の届出

An agent does every act of the procedure for the body; the acts stay those of the body and are
entered under its name. What an agent may do ends with the procedure, without another act.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event
from domain.decider import Refused
from domain.designation.participation.proceedings import Kind, Number, Proceeding, Proceedings
from domain.designation.parts import Circumstances, while_designated
from domain.law import APA_16, APA_31, ARA_12, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.procedure import Entry, by_the_body, not_before, refuse_unless, stated
from domain.text import Line, Personal, Text

UNDER: dict[Kind, Citation] = {"聴聞": APA_16, "弁明": APA_31, "審査請求": ARA_12}
"""The provision under which an agent acts in each procedure."""


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agent:
    """代理人: Of a procedure, since a day; `of` is the number of the person."""

    no: int
    kind: Kind
    proceeding: int
    of: str
    since: date


@dataclass(frozen=True)
class Agents:
    """代理人の全体: How many were appointed, and those who still act."""

    made: int = 0
    acting: tuple[Agent, ...] = ()

    def within(self, standing: Iterable[Proceeding]) -> "Agents":
        """The same without those whose procedure has ended."""
        known = {(one.kind, one.no) for one in standing}
        left = tuple(one for one in self.acting if (one.kind, one.proceeding) in known)
        return Agents(self.made, left)


# --- 事実 -------------------------------------------------------------------------------------


class AgentAppointed(Event):
    """代理人の選任（行手法第16条）: For one procedure, with the paper that proves it.

    `may_withdraw` is the special authority to take an appeal back (行審法第12条第2項ただし書).
    """

    title: ClassVar[str] = "代理人の選任"
    kind: Literal["AgentAppointed"] = "AgentAppointed"
    basis: Citation = APA_16
    agency: Number
    proceeding: Kind
    number: Number
    agent: Personal
    capacity: Line | None
    proof: Line
    may_withdraw: bool


class AgencyEnded(Event):
    """代理人の資格の喪失の届出（行手法第16条第4項）: In writing; `lost_on` is the day it was lost."""

    title: ClassVar[str] = "代理人の資格の喪失の届出"
    kind: Literal["AgencyEnded"] = "AgencyEnded"
    basis: Citation = APA_16.para(4)
    agency: Number
    proceeding: Kind
    number: Number
    lost_on: date
    why: Text | None
    notice: Line


AgentEvent = AgentAppointed | AgencyEnded


# --- 命令書 -----------------------------------------------------------------------------------


class AppointAgent(Entry):
    """代理人を選任する（行手法第16条）: `number` is that of the hearing, 弁明 or appeal of the case.

    `proof` names the paper that proves the agent's authority; `capacity` what the agent is
    (弁護士, 役員).
    """

    title: ClassVar[str] = "代理人を選任する"
    cites: ClassVar[Citation] = APA_16
    done_by: ClassVar[Role] = "body"
    kind: Literal["AppointAgent"] = "AppointAgent"
    proceeding: Kind
    number: Number = 1
    agent: Personal
    capacity: Line | None = None
    proof: Line
    may_withdraw: bool = False


class EndAgency(Entry):
    """代理人の資格の喪失を届け出る（行手法第16条第4項）: By the body that appointed the agent."""

    title: ClassVar[str] = "代理人の資格の喪失を届け出る"
    cites: ClassVar[Citation] = APA_16
    done_by: ClassVar[Role] = "body"
    kind: Literal["EndAgency"] = "EndAgency"
    agency: Number
    lost_on: date
    why: Text | None = None
    notice: Line


AgentCommand = AppointAgent | EndAgency


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: AgentCommand,
    agents: Agents,
    proceedings: Proceedings,
    now: Circumstances,
    rules: Rules,
) -> Sequence[AgentEvent]:
    """The facts a command about an agent brings about."""
    by_the_body(command, now.body)
    match command:
        case AppointAgent():
            return _appointed(command, agents, proceedings, now, rules)
        case EndAgency():
            return [_ended(command, agents, rules)]


def _appointed(
    command: AppointAgent,
    agents: Agents,
    proceedings: Proceedings,
    now: Circumstances,
    rules: Rules,
) -> list[AgentAppointed]:
    basis = UNDER[command.proceeding]
    proceedings.find(command, command.proceeding, command.number, basis)
    if command.proceeding != "審査請求":
        while_designated(command, now)
    refuse_unless(
        command.proceeding == "審査請求" or not command.may_withdraw,
        ARA_12.para(2),
        "取下げについての特別の委任は、審査請求の代理人にだけあります",
        "may_withdraw を除いてください",
    )
    same = (command.proceeding, command.number, command.agent.of)
    if any((one.kind, one.proceeding, one.of) == same for one in agents.acting):
        return []
    return [stated(AgentAppointed, command, rules, agency=agents.made + 1, basis=basis)]


def _ended(command: EndAgency, agents: Agents, rules: Rules) -> AgencyEnded:
    agent = next((one for one in agents.acting if one.no == command.agency), None)
    if agent is None:
        raise Refused(
            APA_16.para(4),
            f"代理人（第{command.agency}号）は選任されていないか、すでに資格を失っています",
        )
    not_before(command, agent.since, AgentAppointed.title)
    refuse_unless(
        agent.since <= command.lost_on <= command.on,
        APA_16.para(4),
        f"資格を失った日 {command.lost_on} は、選任（{agent.since}）から届出の日までの日とします",
    )
    basis = APA_16.para(4) if agent.kind == "聴聞" else UNDER[agent.kind]
    said = {"proceeding": agent.kind, "number": agent.proceeding, "basis": basis}
    return stated(AgencyEnded, command, rules, **said)


# --- 経過 -------------------------------------------------------------------------------------


def evolve(agents: Agents, event: AgentEvent) -> Agents:
    """The agents after a fact about one of them."""
    match event:
        case AgentAppointed():
            new = Agent(event.agency, event.proceeding, event.number, event.agent.of, event.on)
            return Agents(event.agency, (*agents.acting, new))
        case AgencyEnded():
            left = tuple(one for one in agents.acting if one.no != event.agency)
            return Agents(agents.made, left)
