"""告示と届出（法第252条の2第2項・第4項）: Two duties of each party, apart from each other.

    締結・変更・廃止 → 告示（当事者ごと）
                    → 届出（当事者ごと）: 総務大臣 / 知事 / 法253条で定まった者

Neither is an approval nor a condition of the agreement's force. The article names no period.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import AfterValidator

from domain.agreement.parties import (
    PARA_2,
    Matter,
    Number,
    PartyDecision,
    PartyEntry,
    PartyEvent,
    Version,
    addressee,
    by_matter,
    governor_of,
    names,
)
from domain.bodies import MINISTER_NAME, BodyCode, body_name, is_prefecture, prefecture_code
from domain.decider import Refused
from domain.law import ART_253, Citation
from domain.ordinance import Rules
from domain.people import Actor, Role
from domain.procedure import not_before, refuse_unless, stated
from domain.text import Line

DutyKind = Literal["告示", "届出"]
How = Literal["関係都道府県知事の協議", "総務大臣による決定", "総務大臣による権限の代行"]


def _prefecture(code: str) -> str:
    if not is_prefecture(code):
        raise ValueError("都道府県の団体コードを書いてください")
    return code


Prefecture = Annotated[BodyCode, AfterValidator(_prefecture)]


# --- 段階 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Duty:
    """告示又は届出の義務: One party's, of one conclusion, change or abolition (`round`)."""

    round: int
    matter: Matter
    party: str
    kind: DutyKind
    since: date
    version: Version


@dataclass(frozen=True)
class Duties:
    """告示・届出の全体: Those still open, and who is to be told (法253条) where that was determined."""

    rounds: int = 0
    open: tuple[Duty, ...] = ()
    determined: str | None = None

    def arise(self, matter: Matter, parties: Sequence[str], on: date, version: Version) -> "Duties":
        """With those that a conclusion, change or abolition brings about for every party."""
        new = (
            Duty(self.rounds + 1, matter, party, kind, on, version)
            for party in parties
            for kind in ("告示", "届出")
        )
        return replace(self, rounds=self.rounds + 1, open=(*self.open, *new))

    def find(self, party: str, kind: DutyKind, matter: Matter) -> Duty | None:
        """The party's oldest open duty of the kind."""
        wanted = (party, kind, matter)
        return next((one for one in self.open if (one.party, one.kind, one.matter) == wanted), None)

    def without(self, party: str, kind: DutyKind, round: int) -> "Duties":
        """With one duty done."""
        done = (party, kind, round)
        left = tuple(one for one in self.open if (one.party, one.kind, one.round) != done)
        return replace(self, open=left)


# --- 事実 -----------------------------------------------------------------------------------------


class AgreementNotified(PartyEvent):
    """告示（法第252条の2第2項・第4項）: One party makes the fact and the agreement itself public."""

    title: ClassVar[str] = "告示"
    kind: Literal["AgreementNotified"] = "AgreementNotified"
    basis: Citation = PARA_2
    drafted_by: Actor
    matter: Matter
    round: Number
    version: Version
    notice: Line
    published_in: Line


class NotificationFiled(PartyEvent):
    """届出（法第252条の2第2項・第4項）: One party tells the Minister or the governor."""

    title: ClassVar[str] = "届出"
    kind: Literal["NotificationFiled"] = "NotificationFiled"
    basis: Citation = PARA_2
    drafted_by: Actor
    matter: Matter
    round: Number
    version: Version
    addressee: Line
    attachments: tuple[Line, ...]


class GovernorDetermined(PartyEvent):
    """管轄知事の定め（法第253条第1項・第2項）: Who deals with municipalities of several prefectures."""

    title: ClassVar[str] = "管轄知事の定め"
    kind: Literal["GovernorDetermined"] = "GovernorDetermined"
    basis: Citation = ART_253.para(1)
    how: How
    prefecture: BodyCode | None
    authority: Line


N = TypeVar("N", AgreementNotified, NotificationFiled)
NotifyingEvent = AgreementNotified | NotificationFiled | GovernorDetermined


# --- 命令書 ---------------------------------------------------------------------------------------


class NotifyPublic(PartyDecision):
    """告示する（法第252条の2第2項）: `published_in` says where (公報の号、掲示場)."""

    title: ClassVar[str] = "告示する"
    cites: ClassVar[Citation] = PARA_2
    kind: Literal["NotifyPublic"] = "NotifyPublic"
    matter: Matter
    notice: Line
    published_in: Line


class FileNotification(PartyDecision):
    """届け出る（法第252条の2第2項）: To the addressee that the parties' kind decides."""

    title: ClassVar[str] = "届け出る"
    cites: ClassVar[Citation] = PARA_2
    kind: Literal["FileNotification"] = "FileNotification"
    matter: Matter
    addressee: Line
    attachments: tuple[Line, ...] = ()


class RecordDetermination(PartyEntry):
    """管轄知事の定めを記録する（法第253条第1項）: `prefecture` None where the Minister acts himself."""

    title: ClassVar[str] = "管轄知事の定めを記録する"
    cites: ClassVar[Citation] = ART_253.para(1)
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordDetermination"] = "RecordDetermination"
    how: How
    prefecture: Prefecture | None = None


NotifyingCommand = NotifyPublic | FileNotification | RecordDetermination


# --- 決定 -----------------------------------------------------------------------------------------


def decide(
    command: NotifyingCommand, duties: Duties, parties: Sequence[str], rules: Rules
) -> Sequence[NotifyingEvent]:
    """What comes of a party's notice, of its filing, or of a determination."""
    match command:
        case NotifyPublic():
            duty = _duty(command, duties, "告示")
            return [] if duty is None else [_done(AgreementNotified, command, duty, rules)]
        case FileNotification():
            duty = _duty(command, duties, "届出")
            if duty is None:
                return []
            _to_whom(command, duty, duties, parties)
            return [_done(NotificationFiled, command, duty, rules)]
        case RecordDetermination():
            return _determined(command, duties, parties, rules)


def _duty(command: NotifyPublic | FileNotification, duties: Duties, kind: DutyKind) -> Duty | None:
    duty = duties.find(command.party, kind, command.matter)
    if duty is not None:
        not_before(command, duty.since, f"連携協約の{duty.matter}")
    return duty


def _done(fact: type[N], command: NotifyPublic | FileNotification, duty: Duty, rules: Rules) -> N:
    basis = by_matter(PARA_2, duty.matter)
    return stated(fact, command, rules, basis=basis, round=duty.round, version=duty.version)


def _to_whom(command: FileNotification, duty: Duty, duties: Duties, parties: Sequence[str]) -> None:
    """届出の相手（第2項）: Any prefecture among the parties makes it the Minister for all of them."""
    right = addressee(parties, duties.determined)
    if right is None:
        raise Refused(
            ART_253.para(1),
            f"当事者（{names(parties)}）が二以上の都道府県にわたり、管轄する知事が定まっていません",
            "関係都道府県知事の協議による定めを先に記録してください",
        )
    refuse_unless(
        command.addressee == right,
        by_matter(PARA_2, duty.matter),
        f"この連携協約の届出の相手は{right}で、{command.addressee}ではありません",
    )


def _determined(
    command: RecordDetermination, duties: Duties, parties: Sequence[str], rules: Rules
) -> list[NotifyingEvent]:
    prefectures = {prefecture_code(code) for code in parties}
    refuse_unless(
        len(prefectures) > 1 and not any(map(is_prefecture, parties)),
        ART_253.para(1),
        f"当事者（{names(parties)}）の届出の相手は{addressee(parties, None)}で、定めを要しません",
    )
    by_minister = command.how == "総務大臣による権限の代行"
    refuse_unless(
        by_minister == (command.prefecture is None),
        ART_253.para(2),
        "総務大臣が権限を代わって行うときは prefecture を空に、ほかのときは知事の都道府県を記します",
    )
    if command.prefecture is not None:
        refuse_unless(
            command.prefecture in prefectures,
            ART_253.para(1),
            f"{body_name(command.prefecture)}は、当事者の属する都道府県ではありません",
        )
    authority = governor_of(command.prefecture) if command.prefecture else MINISTER_NAME
    if authority == duties.determined:
        return []
    basis = ART_253.para(1 if command.how == "関係都道府県知事の協議" else 2)
    return [stated(GovernorDetermined, command, rules, basis=basis, authority=authority)]


# --- 経過 -----------------------------------------------------------------------------------------


def evolve(duties: Duties, event: NotifyingEvent) -> Duties:
    """The duties after a fact."""
    match event:
        case AgreementNotified():
            return duties.without(event.party, "告示", event.round)
        case NotificationFiled():
            return duties.without(event.party, "届出", event.round)
        case GovernorDetermined():
            return replace(duties, determined=event.authority)
