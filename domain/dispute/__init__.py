"""紛争（法第251条の3の2、第251条の2）: Start reading at `lifecycle`."""

from domain.bodies import MINISTER, office_name, prefecture_code
from domain.dispute.filing import ApplyForMeasures, ApplyForMediation
from domain.dispute.lifecycle import COMMAND, DECIDER, EVENT, Command, Event, State
from domain.dispute.parties import party_of
from domain.dispute.reading import dues, headline, is_open, view
from domain.dispute.referring import StartMediation
from domain.institution import Institution


def misplaced(command: Command, keeper: str) -> str | None:
    """What is wrong with opening a case in the file of somebody who has no part in it."""
    if not isinstance(command, ApplyForMeasures | ApplyForMediation | StartMediation):
        return None
    theirs = {*command.disputants, *map(prefecture_code, command.disputants), MINISTER}
    if keeper in theirs:
        return None
    return (
        f"事案番号の者（{office_name(keeper)}）は、当事者でも、これを扱う総務大臣・知事でもありません。"
        "当事者又は任命する者の番号を用いてください"
    )


DISPUTE: Institution[Command, State, Event] = Institution(
    name="紛争",
    decider=DECIDER,
    command=COMMAND,
    event=EVENT,
    is_open=is_open,
    dues=dues,
    view=view,
    headline=headline,
    judged_by=party_of,
    misplaced=misplaced,
)

__all__ = ["DISPUTE", "Command", "Event", "State"]
