"""指定地域共同活動団体の指定（法第260条の49）: Start reading at `lifecycle`."""

from domain.designation.lifecycle import COMMAND, DESIGNATION, EVENT, Command, Event, State

__all__ = ["COMMAND", "DESIGNATION", "EVENT", "Command", "Event", "State"]
