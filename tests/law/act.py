"""A command, and the story after which it brings something about."""

from typing import NamedTuple

from domain.designation import Command
from tests.law.cast import Story


class Act(NamedTuple):
    """A command, and the story after which it brings something about."""

    story: Story
    command: Command
