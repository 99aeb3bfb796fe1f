"""上演: Plays a story on a running stack and prints each act as it enters the record."""

import asyncio

from rich.text import Text

from console import tables
from console.answers import OUT
from console.casefile import CaseFile, Entry, NoSuchCase, Reader, open_case
from console.delivery import Result, Send, hand_in
from console.story import Scene, Story, scenes

PATIENCE = 60.0
"""Seconds to wait for a note of the calendar."""


class StoryFailed(RuntimeError):
    """The story did not go as its file says."""


class Player:
    """Plays stories: sends, waits for the calendar, and prints what was recorded."""

    def __init__(self, send: Send, reader: Reader, *, quiet: bool = False) -> None:
        self._send, self._reader, self._quiet = send, reader, quiet

    async def play(self, story: Story) -> CaseFile:
        """The whole story; gives the case as it stands at the end."""
        shown = 0
        for scene in scenes(story, self._reader.rulebook):
            self._say(scene.say)
            if scene.wait_for:
                await self._until(story.case, scene.wait_for, shown)
            elif scene.submission:
                self._judge(scene, await hand_in(self._send, scene.submission))
            file = await self._file(story.case)
            self._print(file.entries[shown:] if file else ())
            shown = len(file.entries) if file else 0
        return await open_case(self._reader, story.case)

    async def _file(self, case: str) -> CaseFile | None:
        try:
            return await open_case(self._reader, case)
        except NoSuchCase:
            return None

    async def _until(self, case: str, kind: str, after: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                file = await open_case(self._reader, case)
                if any(entry.line.kind == kind for entry in file.entries[after:]):
                    return
                await asyncio.sleep(0.2)

    def _judge(self, scene: Scene, result: Result) -> None:
        went = result.outcome in ("recorded", "already")
        if went == scene.refused:
            raise StoryFailed(f"{result.id} {result.kind}: {result.outcome} {result.reason}")
        if scene.refused and not self._quiet:
            OUT.print(
                Text.assemble(
                    ("      ✗ 拒否 ", "bold red"), f"{result.reason}（{result.citation}）"
                )
            )

    def _say(self, words: str) -> None:
        if words and not self._quiet:
            OUT.print(Text(f"  {words}", style="dim"))

    def _print(self, entries: tuple[Entry, ...]) -> None:
        if not self._quiet:
            for run in tables.runs(entries):
                OUT.print(tables.act_line(run))
