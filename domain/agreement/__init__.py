"""連携協約（法第252条の2）: Start reading at `lifecycle`."""

from domain.agreement.consulting import ProposeConsultation
from domain.agreement.lifecycle import COMMAND, DECIDER, EVENT, Command, Event, State
from domain.agreement.parties import party_of
from domain.agreement.reading import dues, headline, is_open, view
from domain.agreement.recommending import RecordRecommendation
from domain.bodies import body_name
from domain.institution import Institution


def misplaced(command: Command, keeper: str) -> str | None:
    """What is wrong with opening a case in the file of a government that is no party of it."""
    opens = isinstance(command, ProposeConsultation | RecordRecommendation)
    if not opens or keeper in command.parties:
        return None
    return (
        f"事案番号の団体（{body_name(keeper)}）が当事者に含まれていません。"
        "当事者のうち、ファイルを備える団体の番号を用いてください"
    )


AGREEMENT: Institution[Command, State, Event] = Institution(
    name="協約",
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

__all__ = ["AGREEMENT", "Command", "Event", "State"]
