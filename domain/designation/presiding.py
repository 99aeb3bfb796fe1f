"""主宰者（行手法第19条）: Who may preside at a hearing, and who presides at this one."""

from datetime import date

from domain.acts import Command
from domain.decider import Refused
from domain.law import APA_19
from domain.ordinance import Rules
from domain.people import Actor
from domain.procedure import refuse_unless


def may_preside(presider: Actor, disqualified_under: tuple[int, ...], decider: str) -> None:
    """主宰者の指名（行手法第19条）: A member of staff, under none of the six disqualifications.

    `decider` is the person who names the presider, and cannot name himself.
    """
    refuse_unless(presider.role == "presider", APA_19.para(1), "主宰者の role は presider とします")
    refuse_unless(
        presider.person != decider,
        APA_19.para(1),
        "主宰者を指名する者が自ら主宰することはできません",
    )
    for item in disqualified_under:
        raise Refused(
            APA_19.para(2, item),
            f"{presider.name} は聴聞を主宰することができません",
            "除斥の事由のない職員を主宰者に指名してください",
        )


def is_no_drafter(presider: str, drafters: tuple[str, ...], rules: Rules, on: date) -> None:
    """主宰と起案の分離: Unless the municipality allows it, the presider drafts no part of the act."""
    refuse_unless(
        presider not in drafters or rules.ordinance.presider_may_be_drafter.on(on).value,
        APA_19.para(1),
        "取消しの案を作った職員は、この団体の定めでは聴聞を主宰できません",
    )


def presides(command: Command, presider: str) -> None:
    """Refuse an act of the hearing by anybody but its presider."""
    refuse_unless(
        command.by.person == presider,
        APA_19.para(1),
        f"この聴聞の主宰者は {presider} で、{command.by.person} ではありません",
    )
