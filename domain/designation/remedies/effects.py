"""指定の状態に及ぼす効力（行審法第25条・第46条、行訴法第25条・第32条）: Annulment and stay.

取消しの取消し       → 指定中, as if it had never ended; but a term that ran out meanwhile has ended
更新の拒否の取消し   → the renewal is undecided again (status.py, tenure/refused.py)
改善命令の取消し     → no order was made, and none was violated
期限の延長の取消し   → the deadline before it
拒否の取消し         → the application is open again, from the formal check or the review
命令の期限の変更     → the later deadline of the ruling
執行停止             → a revocation or an order without effect while it lasts
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from domain.designation.designated import Designated, Ended, Revoked
from domain.designation.explanation import Improvements, OrderInForce, Violated
from domain.designation.hearing import Unthreatened
from domain.designation.intake import Arrived, UnderReview, Undesignated
from domain.designation.remedies.acts import Contested
from domain.periods import Deadline, Suspension

S = TypeVar("S")
REFUSALS = ("ApplicationRefused", "DesignationRefused")
ORDERS = ("ImprovementOrdered", "OrderDeadlineExtended")


def after_annulment(
    status: S, act: Contested, on: date
) -> S | Designated | Arrived | UnderReview | Ended:
    """The status where `act` counts as never done, since `on`."""
    if isinstance(status, Ended):
        return _ended_as(status, after_annulment(status.stood, act, on))
    if act.kind == "DesignationRevoked":
        # The procedure that led to the revocation is used up; another one begins anew.
        if isinstance(status, Revoked) and status.since == act.on:
            return replace(status.before, revocation=Unthreatened())
        return status
    if act.kind in ORDERS:
        return _improved(status, lambda all_: _without(all_, act))
    if act.kind in REFUSALS and isinstance(status, Undesignated):
        return _open_again(status, act, on)
    return status


def _open_again(status: Undesignated, act: Contested, on: date) -> Arrived | UnderReview:
    application = replace(
        status.application,
        latest=max(status.application.latest, on),
        suspensions=tuple(_ended(one, act.on) for one in status.application.suspensions),
    )
    if act.kind == "ApplicationRefused":
        return Arrived(application)
    return UnderReview(application, on)


def _ended(suspension: Suspension, refused: date) -> Suspension:
    """A wait for a correction ended with the refusal at the latest."""
    if suspension.until is not None:
        return suspension
    return suspension.model_copy(update={"until": max(suspension.since, refused)})


def _ended_as(status: Ended, stood: object) -> Ended:
    """An end stays an end; what came to it is now told otherwise."""
    return replace(status, stood=stood) if isinstance(stood, Designated | Revoked) else status


def while_stayed(status: S, act: Contested, *, stayed: bool) -> S | Revoked | Ended:
    """The status where the effect of `act` is suspended, or no longer is."""
    if isinstance(status, Ended):
        return _ended_as(status, while_stayed(status.stood, act, stayed=stayed))
    if act.kind == "DesignationRevoked":
        # The stay of a revocation that was annulled says nothing about a later one.
        if isinstance(status, Revoked) and status.since == act.on:
            return replace(status, stayed=stayed)
        return status
    if act.kind in ORDERS:
        return _improved(status, lambda all_: _stayed(all_, act, stayed=stayed))
    return status


def _improved(status: S, change: Callable[[Improvements], Improvements]) -> S:
    """The status with its improvement procedures changed, also where it has ended since."""
    if isinstance(status, Designated):
        return replace(status, improvements=change(status.improvements))
    if isinstance(status, Revoked):
        before = replace(status.before, improvements=change(status.before.improvements))
        return replace(status, before=before)
    if isinstance(status, Ended):
        return replace(status, stood=_improved(status.stood, change))
    return status


def _without(procedures: Improvements, act: Contested) -> Improvements:
    """The procedures where an order was never made, or never extended."""
    no = act.improvement or 0
    if act.kind == "ImprovementOrdered":
        left = {other: day for other, day in procedures.violated.items() if other != no}
        return replace(procedures.at(no, None), violated=left)
    return _order_changed(procedures, no, lambda order: _before_extension(order, act))


def _before_extension(order: OrderInForce, act: Contested) -> OrderInForce:
    if not order.earlier or order.due.origin != act.on:
        return order
    return replace(order, due=order.earlier[-1], earlier=order.earlier[:-1], passed=False)


def after_variation(status: S, act: Contested, due: Deadline | None) -> S:
    """The status where a ruling left the order standing with a later deadline."""
    if act.kind not in ORDERS or due is None:
        return status
    return _improved(status, lambda all_: _with_more_time(all_, act, due))


def _with_more_time(procedures: Improvements, act: Contested, due: Deadline) -> Improvements:
    """As an extension by the mayor does, more time undoes a violation that was found."""
    no = act.improvement or 0
    stage = dict(procedures.open).get(no)
    order = stage.order if isinstance(stage, Violated) else stage
    if not isinstance(order, OrderInForce):
        return procedures
    left = {other: day for other, day in procedures.violated.items() if other != no}
    again = replace(order, due=due, earlier=(*order.earlier, order.due), passed=False)
    return replace(procedures.at(no, again), violated=left)


def _stayed(procedures: Improvements, act: Contested, *, stayed: bool) -> Improvements:
    no = act.improvement or 0
    return _order_changed(procedures, no, lambda order: replace(order, stayed=stayed))


def _order_changed(
    procedures: Improvements, no: int, change: Callable[[OrderInForce], OrderInForce]
) -> Improvements:
    """The procedures with the order of one changed, violated or not; others have none."""
    stage = dict(procedures.open).get(no)
    if isinstance(stage, OrderInForce):
        return procedures.at(no, change(stage))
    if isinstance(stage, Violated):
        return procedures.at(no, replace(stage, order=change(stage.order)))
    return procedures
