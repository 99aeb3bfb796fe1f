"""指定中とその後: What stands while a body is designated, and after its status has ended."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from domain.designation.explanation import Improvements
from domain.designation.hearing import RevocationStage, Unthreatened
from domain.designation.reporting import Reports


@dataclass(frozen=True)
class Designated:
    """指定中: With the reports, improvement procedures and revocation procedure that are open."""

    title: ClassVar[str] = "指定中"
    body: str
    body_name: str
    since: date
    reports: Reports = field(default_factory=Reports)
    improvements: Improvements = field(default_factory=Improvements)
    revocation: RevocationStage = field(default_factory=Unthreatened)


@dataclass(frozen=True)
class Revoked:
    """指定取消し: `before` is what the revocation ended, and what an annulment brings back.

    `reasons_due` until deferred reasons are given; `stayed` while the effect of the revocation is
    suspended (行審法第25条、行訴法第25条).
    """

    title: ClassVar[str] = "指定取消し"
    before: Designated
    since: date
    reasons_due: bool = False
    stayed: bool = False


@dataclass(frozen=True)
class Ended:
    """指定終了: By the end of its term, by relinquishment or with the body itself; not by revocation.

    `stood` is what came to its end, a revocation that was stayed with it: what turns out not to
    have ended stands as it did. `since` is the first day without the designation.
    """

    title: ClassVar[str] = "指定終了"
    stood: Designated | Revoked
    since: date
    how: Literal["有効期間の満了", "辞退", "解散"]

    @property
    def before(self) -> Designated:
        """The designation that came to its end."""
        return self.stood.before if isinstance(self.stood, Revoked) else self.stood


def in_effect(state: object) -> Designated | None:
    """指定の効力がある状態: Designated, or as before a revocation whose effect is suspended."""
    if isinstance(state, Revoked):
        return state.before if state.stayed else None
    return state if isinstance(state, Designated) else None
