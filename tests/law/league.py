"""Governments that conclude an agreement, and the story of it from a proposal to its abolition.

The governments exist; the agreement, the people and what they do are invented. Each function tells
the story up to a stage, as the commands that lead there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import TypeVar

from pydantic import BaseModel

from activities.rulebook import Rulebook
from domain.acts import Finding
from domain.agreement import AGREEMENT, Command, Event, State
from domain.agreement.concluding import SignAgreement
from domain.agreement.consulting import (
    AcceptConsultation,
    FixText,
    ProposeAbolition,
    ProposeChange,
    ProposeConsultation,
)
from domain.agreement.notifying import FileNotification, NotifyPublic
from domain.agreement.parties import Matter, Version
from domain.agreement.resolving import ApproveBill, DraftBill, RecordResolution, SubmitBill
from domain.ordinance import Rules
from domain.people import Actor
from tests.law.example import PROFILES
from tests.law.specification import Outcome, outcome_of

A = TypeVar("A", bound=BaseModel)
Story = list[Command]
KEN, SHI, KURE, FUCHU, OKAYAMA = "340006", "341002", "342025", "343021", "331007"
NAMES = {KEN: "広島県", SHI: "広島市", KURE: "呉市", FUCHU: "府中町", OKAYAMA: "岡山市"}
HEADS = {code: f"{name}{'知事' if code == KEN else '長'}" for code, name in NAMES.items()}
DAY = timedelta(days=1)
RULEBOOK = Rulebook(extra=PROFILES / "league")


def but(act: A, **fields: object) -> A:
    """The same with some fields told differently, checked like any other."""
    return type(act).model_validate({**dict(act), **fields})


def head(code: str) -> Actor:
    """The governor or mayor of a party."""
    return Actor(person=f"H-{code}", office=HEADS[code], name="例示 一郎", role="mayor")


def officer(code: str) -> Actor:
    """An officer of a party, who drafts."""
    return Actor(person=f"S-{code}", office="企画課主査", name="例示 二郎", role="officer")


def finding(reasons: str = "書面で確かめた。") -> Finding:
    """A finding on evidence."""
    return Finding(reasons=reasons, evidence=("確認記録（架空）",))


def version(no: int, title: str = "連携協約") -> Version:
    """A version of an invented text."""
    return Version(no=no, sha256=sha256(f"{title} 第{no}版".encode()).hexdigest(), title=title)


V1, V2, V3 = version(1), version(2), version(3)


def decided(code: str, on: date) -> dict[str, object]:
    """Who decides for a party, on a day."""
    return {"party": code, "on": on, "by": head(code), "drafted_by": officer(code)}


def entered(code: str, on: date) -> dict[str, object]:
    """Who makes an entry for a party, on a day."""
    return {"party": code, "on": on, "by": officer(code)}


def of(text: Version) -> dict[str, object]:
    """A text by its number and digest."""
    return {"version": text.no, "sha256": text.sha256}


def proposed(*parties: str, on: date = date(2025, 10, 1)) -> Story:
    """The first of the parties has proposed."""
    first = ProposeConsultation.model_validate(
        {
            **decided(parties[0], on),
            "agreement": "R7-1",
            "name": "専門人材の確保に関する連携協約",
            "parties": parties,
            "affairs": "土木と保健の専門人材の確保",
            "finding": finding("単独では確保できない。"),
        }
    )
    return [first]


def accepted(*parties: str, on: date = date(2025, 10, 8)) -> Story:
    """The others accept."""
    return [AcceptConsultation.model_validate(decided(code, on)) for code in parties[1:]]


def fixed(code: str, text: Version, on: date = date(2025, 11, 4)) -> FixText:
    """A version of the text is fixed, with all that ① asks for and an expertise clause."""
    clauses = {"basic_policy": ("第一条",), "roles": ("第三条",), "expertise": ("第二条",)}
    return FixText.model_validate({**entered(code, on), "version": text, **clauses})


def drafted(code: str, text: Version, on: date) -> DraftBill:
    """A bill is drafted."""
    said = {"explanation": "協議について議決を求めるもの"}
    return DraftBill.model_validate({**entered(code, on), **of(text), **said})


def bill_approved(code: str, text: Version, on: date) -> ApproveBill:
    """The head decides to submit it."""
    return ApproveBill.model_validate({**decided(code, on), **of(text)})


def submitted(code: str, text: Version, on: date) -> SubmitBill:
    """It is before the council."""
    said = {"session": "令和7年第4回定例会", "bill": "議案第7号"}
    return SubmitBill.model_validate({**entered(code, on), **of(text), **said})


def resolved(code: str, text: Version, on: date) -> RecordResolution:
    """The council votes for it."""
    said = {"session": "令和7年第4回定例会", "ayes": 30, "noes": 2}
    return RecordResolution.model_validate({**entered(code, on), **of(text), **said})


def before_council(code: str, text: Version, on: date = date(2025, 12, 1)) -> Story:
    """From the draft to the council."""
    return [drafted(code, text, on), bill_approved(code, text, on), submitted(code, text, on)]


def voted(code: str, text: Version, on: date = date(2025, 12, 1)) -> Story:
    """From the draft to the vote."""
    return [*before_council(code, text, on), resolved(code, text, on + 14 * DAY)]


def signed(code: str, text: Version, on: date, effective: date) -> SignAgreement:
    """A head signs."""
    said = {**of(text), "effective": effective}
    return SignAgreement.model_validate({**decided(code, on), **said})


def consulting(*parties: str) -> Story:
    """The first version is before all parties."""
    return [*proposed(*parties), *accepted(*parties), fixed(parties[0], V1)]


def all_approved(*parties: str) -> Story:
    """Every council has voted for the first version."""
    return [*consulting(*parties), *(act for code in parties for act in voted(code, V1))]


SIGNED_ON, EFFECTIVE = date(2026, 1, 13), date(2026, 4, 1)


def concluded(*parties: str) -> Story:
    """Signed by all on 13 January 2026, with effect from 1 April."""
    return [*all_approved(*parties), *signatures(*parties)]


def signatures(*parties: str) -> Story:
    """The first version signed by each."""
    return [signed(code, V1, SIGNED_ON, EFFECTIVE) for code in parties]


def notified(*parties: str, matter: Matter = "締結", to: str = "総務大臣") -> Story:
    """Every party has made it public and told the addressee."""
    on = date(2026, 1, 20) if matter == "締結" else date(2026, 9, 8)
    return [act for code in parties for act in duties_of(code, on, matter, to)]


def duties_of(code: str, on: date, matter: Matter, to: str) -> Story:
    """One party's notice and filing."""
    notice = {"matter": matter, "notice": "告示第1号", "published_in": "公報第1号"}
    filing = {"matter": matter, "addressee": to, "attachments": ("連携協約の写し",)}
    return [
        NotifyPublic.model_validate({**decided(code, on), **notice}),
        FileNotification.model_validate({**decided(code, on), **filing}),
    ]


CHANGE = date(2026, 6, 1)


def changing(*parties: str) -> Story:
    """A change is proposed and accepted, and its text fixed."""
    ask = ProposeChange.model_validate({**decided(parties[0], CHANGE), "finding": finding()})
    return [
        *concluded(*parties),
        ask,
        *accepted(*parties, on=CHANGE),
        fixed(parties[0], V2, CHANGE),
    ]


def abolishing(*parties: str) -> Story:
    """The abolition is proposed and accepted, and its text fixed."""
    ask = ProposeAbolition.model_validate({**decided(parties[0], CHANGE), "finding": finding()})
    return [
        *concluded(*parties),
        ask,
        *accepted(*parties, on=CHANGE),
        fixed(parties[0], V2, CHANGE),
    ]


def again_signed(*parties: str, text: Version = V2) -> Story:
    """All vote on and sign a later text on 1 September 2026, with effect from 1 October."""
    votes = [act for code in parties for act in voted(code, text, CHANGE + 7 * DAY)]
    on, effective = date(2026, 9, 1), date(2026, 10, 1)
    return [*votes, *(signed(code, text, on, effective) for code in parties)]


_DAYS = ("on", "effective", "since", "until", "by_day", "next_session", "last_day")


def a_year_earlier(story: Sequence[Command]) -> Story:
    """The same story, every day of it 365 days before."""
    return [
        but(act, **{key: day - 365 * DAY for key, day in act if key in _DAYS and day is not None})
        for act in story
    ]


# --- given / when / then ----------------------------------------------------------------------


def rules_of(command: Command) -> Rules:
    """The rules of the party whose act it is."""
    return RULEBOOK.rules(command.party)


@dataclass(frozen=True)
class Given:
    """An agreement's case as its story has left it."""

    state: State

    def when(self, command: Command, rules: Rules | None = None) -> Outcome[Event]:
        """What comes of a command under its party's rules."""
        return outcome_of(AGREEMENT, command, self.state, rules or rules_of(command))


def given(*story: Command) -> Given:
    """The case after `story`."""
    return Given(AGREEMENT.decider.fold(history(story)))


def history(story: Sequence[Command]) -> list[Event]:
    """The events of a story; a command of it that comes to nothing is a fault of the test."""
    state, events = AGREEMENT.decider.initial, list[Event]()
    for step in story:
        brought = AGREEMENT.decider.decide(step, state, rules_of(step))
        assert brought, f"{step.tag} of {step.party} brings nothing about"
        state = AGREEMENT.decider.fold(brought, state)
        events += brought
    return events
