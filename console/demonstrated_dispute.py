"""紛争の実演: Disputes on both paths come to four ends, and one is left with its duties open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from console import tables
from console.answers import show
from console.casefile import CaseFile, NoSuchCase, open_case
from console.demonstration import Stage
from console.story import Story, read_story, until
from domain.bodies import MINISTER, office_name
from domain.dispute import DISPUTE
from domain.institution import Obligation

FIRST, OTHERS = "dispute", ("mediation", "termination", "declined")
STRANGER = "342025"
"""呉市, which has no part in any of the disputes."""
RUNNING_CASE, RUNNING_UNTIL = "紛争-345458-0005", "DetermineMeasures"
DECIDED_DAYS_AGO = timedelta(days=3)
"""So long ago the commissioners decided in the case that is left running."""


@dataclass(frozen=True)
class Duty:
    """一つの義務: What was owed, and the legal day of the act that did it; None while it is open."""

    owed: Obligation
    done: date | None


async def show_dispute(stage: Stage) -> None:
    """Play the stories, then show their ends, their duties, who sees what, and the proof."""
    story = read_story(FIRST)
    show(_borrowed(stage, story))
    first = await _played(stage, story)
    others = [await _played(stage, read_story(name)) for name in OTHERS]
    show(Rule(f"監査の履歴 {first.case}", align="left"))
    show(tables.acts(first.entries))
    show(Rule("義務（直ちに行うことなど）と、その経過", align="left"))
    for file in (first, *others):
        show(_duties_told(file))
    show(Rule("四つの終わり方と、それぞれに見えるもの", align="left"))
    show(await _ends(stage, [first, *others], [*story.parties, STRANGER]))
    show(
        Text(
            f"当事者と{office_name(MINISTER)}は事案の全部を見る。ほかの団体には事案の有無も見えない。"
        )
    )
    show(Rule("検証", align="left"))
    await stage.show_verification()
    await _show_running(stage, story)


async def _played(stage: Stage, story: Story) -> CaseFile:
    show(Rule(story.title, align="left"))
    return await stage.play(story)


async def _show_running(stage: Stage, story: Story) -> None:
    """The first story again, left at the decision: three acts are owed, and age."""
    show(Rule("進行中の事案（運用者の見るもの）", align="left"))
    decided = datetime.now(tables.JST).date() - DECIDED_DAYS_AGO
    running = until(story, RUNNING_UNTIL, RUNNING_CASE, decided)
    show(tables.case_sheet(await stage.play(running, quiet=True)))
    stage.show_address(RUNNING_CASE)


def _borrowed(stage: Stage, story: Story) -> Text:
    """Whose codes are borrowed, and under which name the record knows them."""
    told = "、".join(
        f"{_called(stage, code)}は {code}（{office_name(code)}）"
        for code in story.parties
        if code != MINISTER
    )
    return Text(
        f"団体・人物・事実はすべて架空で、団体コードだけを借りています: {told}。"
        f"{MINISTER} は{office_name(MINISTER)}を表す記号です。"
        "記録が団体コードから出す名は、借りた団体の名になります。\n",
        style="italic",
    )


def _called(stage: Stage, code: str) -> str:
    """「Ａ県」: What a party is called in the story; the authority and a stranger by their own name."""
    if code in (MINISTER, STRANGER):
        return office_name(code)
    return stage.reader.rulebook.rules(code).ordinance.name


# --- 義務 ---------------------------------------------------------------------------------------


def _duties_told(file: CaseFile) -> Table:
    """Every duty the case has had; the law names no day for it, so its age is counted."""
    table = tables.plain("義務", "条項", "生じた日", "果たした日", "経過", title=file.headline)
    for duty in duties(file):
        age = f"{duty.owed.age(duty.done or file.day)}日"
        done = f"{duty.done}" if duty.done else "未了"
        table.add_row(duty.owed.title, f"{duty.owed.basis}", f"{duty.owed.since}", done, age)
    return table


def duties(file: CaseFile) -> list[Duty]:
    """What was owed after any act of the case, in the order it arose."""
    done: dict[Obligation, date | None] = {}
    for on, owed in _owed_after_each_act(file):
        gone = [one for one, day in done.items() if day is None and one not in owed]
        done |= dict.fromkeys(gone, on)
        done |= {one: None for one in owed if one not in done}
    return [Duty(owed, day) for owed, day in done.items()]


def _owed_after_each_act(file: CaseFile) -> Iterator[tuple[date, tuple[Obligation, ...]]]:
    state = DISPUTE.decider.initial
    for _, brought in groupby(file.entries, key=lambda one: one.line.recorded.command_id):
        entries = list(brought)
        events = [DISPUTE.event.validate_python(one.event) for one in entries if one.event]
        state = DISPUTE.decider.fold(events, state)
        yield entries[-1].line.on, DISPUTE.view(state).obligations


# --- それぞれに見えるもの -----------------------------------------------------------------------


async def _ends(stage: Stage, files: list[CaseFile], codes: list[str]) -> Table:
    """Of each case its end, and how many of its facts each of those concerned sees."""
    names = (_called(stage, code) for code in codes)
    table = tables.plain("事案", "紛争", "段階", "事実", *names)
    for file in files:
        seen = [await _seen_by(stage, code, file.case) for code in codes]
        table.add_row(file.case, file.headline, file.view.stage, f"{len(file.entries)}件", *seen)
    return table


async def _seen_by(stage: Stage, code: str, case: str) -> str:
    try:
        file = await open_case(stage.reader_of(code), case)
    except NoSuchCase:
        return "－"
    return f"{len(file.entries)}件"
