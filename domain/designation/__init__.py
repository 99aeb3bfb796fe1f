"""指定地域共同活動団体の指定（法第260条の49）: Start reading at `lifecycle`."""

from domain.designation.lifecycle import COMMAND, DECIDER, EVENT, Command, Event, State
from domain.designation.reading import dues, headline, is_open, view
from domain.institution import Institution

DESIGNATION: Institution[Command, State, Event] = Institution(
    name="指定",
    decider=DECIDER,
    command=COMMAND,
    event=EVENT,
    is_open=is_open,
    dues=dues,
    view=view,
    headline=headline,
)

__all__ = ["DESIGNATION", "Command", "Event", "State"]
