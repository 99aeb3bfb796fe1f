"""手続の進行: Which procedures are under way in which the body is heard, as their own acts tell.

聴聞      from its notice to the decision on the revocation; closed in between, and reopened
弁明      from its notice to the order, or to the decision to make none
審査請求  from its filing to the 裁決 or the 取下げ
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.acts import Command, Event
from domain.decider import Refused
from domain.designation.explanation import ExplanationInvited
from domain.designation.hearing import (
    HearingClosed,
    HearingNotified,
    HearingReopened,
    HearingSessionHeld,
)
from domain.designation.improvement import ImprovementOrdered, ImprovementOrderNotMade
from domain.designation.parts import Circumstances, while_designated
from domain.designation.remedies.appeal import AppealFiled, AppealWithdrawn
from domain.designation.remedies.inaction import InactionAppealFiled
from domain.designation.remedies.ruling import (
    AppealDismissed,
    AppealRejected,
    AppealUpheld,
    InactionDeclared,
)
from domain.designation.revocation import DesignationRevoked, RevocationDeclined
from domain.law import Citation
from domain.procedure import not_before, refuse_unless

Number = Annotated[int, Field(ge=1)]
Kind = Literal["聴聞", "弁明", "審査請求"]
FROM: dict[Kind, str] = {
    "聴聞": "聴聞の通知の到達",
    "弁明": "弁明の通知の到達",
    "審査請求": "審査請求",
}
"""The act from which on each may be taken part in."""


@dataclass(frozen=True)
class Proceeding:
    """手続: One of its kind and number, under way since a day."""

    kind: Kind
    no: int
    since: date

    def __str__(self) -> str:
        """「聴聞（第1号）」."""
        return f"{self.kind}（第{self.no}号）"


@dataclass(frozen=True)
class Heard:
    """聴聞の進行: Notified on `since`, before `presider`; the next session is on `day`, if there is one.

    `closed` is the day of its 終結; the decision is then awaited, or a reopening.
    """

    no: int
    since: date
    presider: str
    day: date | None
    sessions: int = 0
    closed: date | None = None

    def runs_on(self, day: date) -> bool:
        """Whether the hearing had not ended on a day (行手法第18条第1項: 「終結する時まで」)."""
        return self.closed is None or day < self.closed


@dataclass(frozen=True)
class Proceedings:
    """手続の全体: How many hearings there were, the one under way, and the other procedures."""

    hearings: int = 0
    hearing: Heard | None = None
    others: tuple[Proceeding, ...] = ()

    def standing(self, now: Circumstances) -> Iterator[Proceeding]:
        """Those under way; a hearing and a 弁明 have an object only while there is a designation."""
        for one in self.under_way():
            if now.active or one.kind == "審査請求":
                yield one

    def find(self, command: Command, kind: Kind, no: int, cites: Citation) -> Proceeding:
        """The procedure that is meant, or a refusal under the provision that `cites` names."""
        for one in self.under_way():
            if (one.kind, one.no) == (kind, no):
                not_before(command, one.since, FROM[kind])
                return one
        raise Refused(
            cites,
            f"{kind}（第{no}号）は始まっていないか、すでに終わっています",
            "proceeding に手続の種別を、number にその番号を記してください",
        )

    def under_way(self) -> Iterator[Proceeding]:
        """Those that have begun and not ended by an act of their own."""
        if self.hearing:
            yield Proceeding("聴聞", self.hearing.no, self.hearing.since)
        yield from self.others

    def after(self, event: Event) -> "Proceedings":
        """The same after any act of the case."""
        match event:
            case HearingNotified():
                return self._notified(event)
            case HearingSessionHeld() | HearingClosed() | HearingReopened() if self.hearing:
                return replace(self, hearing=_moved(self.hearing, event))
            case DesignationRevoked() | RevocationDeclined():
                return replace(self, hearing=None)
            case _:  # whatever else is done leaves a hearing as it is
                return self._others_after(event)

    def _notified(self, event: HearingNotified) -> "Proceedings":
        if self.hearing:
            again = replace(self.hearing, presider=event.presider.person, day=event.day.day)
            return replace(self, hearing=again)
        no = self.hearings + 1
        begun = Heard(no, event.arrives, event.presider.person, event.day.day)
        return replace(self, hearings=no, hearing=begun)

    def _others_after(self, event: Event) -> "Proceedings":
        match event:
            case ExplanationInvited():
                return self._with(Proceeding("弁明", event.improvement, event.arrives))
            case ImprovementOrdered() | ImprovementOrderNotMade():
                return self._without("弁明", event.improvement)
            case AppealFiled() | InactionAppealFiled():
                return self._with(Proceeding("審査請求", event.appeal, event.on))
            case (
                AppealWithdrawn()
                | AppealDismissed()
                | AppealRejected()
                | AppealUpheld()
                | InactionDeclared()
            ):
                return self._without("審査請求", event.appeal)
            case _:  # no other act begins or ends one
                return self

    def _with(self, one: Proceeding) -> "Proceedings":
        return replace(self, others=(*self.others, one))

    def _without(self, kind: Kind, no: int) -> "Proceedings":
        left = tuple(one for one in self.others if (one.kind, one.no) != (kind, no))
        return replace(self, others=left)


def _moved(hearing: Heard, event: HearingSessionHeld | HearingClosed | HearingReopened) -> Heard:
    match event:
        case HearingSessionHeld():
            day = event.next_day.day if event.next_day else None
            return replace(hearing, day=day, sessions=event.session)
        case HearingClosed():
            return replace(hearing, day=None, closed=event.on)
        case HearingReopened():
            return replace(hearing, day=event.day.day, closed=None)


def hearing_of(command: Command, proceedings: Proceedings, now: Circumstances) -> Heard:
    """聴聞の通知（行手法第15条）: The hearing an act is about, which must have been notified."""
    while_designated(command, now)
    hearing = proceedings.hearing
    if hearing is None:
        raise Refused(
            command.cites,
            f"聴聞の通知がないか、聴聞を経た決定がすでにされており、「{command.title}」ことはできません",
            "聴聞の通知の後、取消しについての決定の前に提出してください",
        )
    not_before(command, hearing.since, FROM["聴聞"])
    return hearing


def running(command: Command, proceedings: Proceedings, now: Circumstances) -> Heard:
    """終結前の聴聞: The hearing an act is about, which must not have ended on the day of the act."""
    hearing = hearing_of(command, proceedings, now)
    refuse_unless(
        hearing.runs_on(command.on),
        command.cites,
        f"聴聞は {hearing.closed} に終結しており、「{command.title}」ことはできません",
        "聴聞が再開されたときは、その終結までに提出してください",
    )
    return hearing
