"""協約の実演: An agreement is concluded, lived under, changed and claimed for; both sides look at it."""

from typing import cast

from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from console import tables
from console.agreeing import show_comparison
from console.allocating import hand_out_sheet, sheet_of
from console.answers import show
from console.casefile import CaseFile, Entry, open_case
from console.demonstration import Stage
from console.story import Story, read_story
from domain.agreement import State
from domain.agreement.claims import claim_of
from domain.agreement.wording import compare
from domain.allocation import NotFixed, Sheet, rule_set
from domain.allocation.tracing import yen
from domain.bodies import body_name
from domain.docket import File
from domain.era import fiscal_name

_YEARS, _UNFIXED = (2024, 2025), 2026
_UP_TO_THE_VOTES = (
    *("TextFixed", "BillDrafted", "BillApproved", "BillSubmitted"),
    "CouncilResolved",
)


async def show_agreement(stage: Stage) -> None:
    """Play the story, then show the change, the claims, the proof and what each side sees."""
    story = read_story("agreement")
    show(Rule(story.title, align="left"))
    show(_who(stage, story))
    file = await stage.play(story)
    _show_change(story)
    _show_claims(stage, story, file)
    show(Rule("検証", align="left"))
    await stage.show_verification()
    await _show_views(stage, story, file)
    show(Rule("進行中の事案（運用者の見るもの）", align="left"))
    show(tables.case_sheet(file))
    stage.show_address(file.case)


def _who(stage: Stage, story: Story) -> Text:
    """Whose codes are borrowed, under which name the record knows them."""
    told = "、".join(
        f"{_called(stage, code)}は {code}（{body_name(code)}）" for code in story.parties
    )
    return Text(
        f"団体・人物・事実はすべて架空で、団体コードだけを借りています: {told}。"
        "記録が団体コードから出す名は、借りた団体の名になります。\n",
        style="italic",
    )


def _called(stage: Stage, code: str) -> str:
    """「Ａ県」: What a party is called in the story."""
    return stage.reader.rulebook.rules(code).ordinance.name


# --- 変更と申告 ---------------------------------------------------------------------------------


def _show_change(story: Story) -> None:
    before, after = (text.read() for text in story.texts.values())
    show(Rule("新旧対照表（議決された二つの版から）", align="left"))
    show_comparison(compare(before, after), after.title, whole=False)


def _show_claims(stage: Stage, story: Story, file: CaseFile) -> None:
    sheets = [(code, _claimed(file, code, year)) for year in _YEARS for code in story.parties]
    for code, sheet in sheets:
        year = fiscal_name(sheet.rules.fiscal_year)
        show(Rule(f"{_called(stage, code)}の算定書 {year}", align="left"))
        show(Text(f"$ {_command(file.case, code, year)}", style="dim"))
        hand_out_sheet(sheet, json=False, csv=False, out=None)
    show(Rule("令和8年度は、まだ算定できない", align="left"))
    show(Text(f"$ {_command(file.case, '', fiscal_name(_UNFIXED))}", style="dim"))
    show(_unfixed())
    show(_amounts(stage, sheets))


def _command(case: str, code: str, year: str) -> str:
    party = f" --party {code}" if code else ""
    return f"kyodo allocation compute {case} --fiscal-year {year}{party}"


def _claimed(file: CaseFile, code: str, year: int) -> Sheet:
    matter = cast("File[State]", file.state).matter
    rules = rule_set(year)
    return sheet_of(claim_of(matter, code, year), rules, rules.readings, source=file.case)


def _unfixed() -> Text:
    """What is answered for a year whose rules are not fixed; none is assumed unasked."""
    try:
        rules = rule_set(_UNFIXED)
    except NotFixed as why:
        return Text.assemble(("✗ 算定しません ", "bold red"), f"{why}")
    return Text(f"{rules.name}の規則は定まっています")


def _amounts(stage: Stage, sheets: list[tuple[str, Sheet]]) -> Table:
    table = tables.plain("年度", "団体", "算定額", title="算定額の一覧")
    for code, sheet in sheets:
        year = fiscal_name(sheet.rules.fiscal_year)
        table.add_row(year, _called(stage, code), yen(sheet.amount))
    return table


# --- それぞれの団体の見るもの -------------------------------------------------------------------


async def _show_views(stage: Stage, story: Story, file: CaseFile) -> None:
    """The first round, act by act, as the one and the other see it."""
    seen = {code: await _seen_by(stage, code, file.case) for code in story.parties}
    names = [_called(stage, code) for code in seen]
    show(Rule(f"{'と'.join(names)}に見えるもの", align="left"))
    columns = ("版", "法律上の日", "行為", "行為者", *(f"{name}から" for name in names))
    table = tables.plain(*columns, title="文案の確定から議決まで（第1版）")
    for entry in _first_round(file):
        number = entry.line.recorded.number
        marks = ("見える" if number in numbers else "－" for numbers in seen.values())
        act = (tables.act_title(entry), tables.actor(entry))
        table.add_row(f"{number}", f"{entry.line.on}", *act, *marks)
    show(table)
    counts = "、".join(
        f"{name}から {len(numbers)} 件" for name, numbers in zip(names, seen.values(), strict=True)
    )
    show(
        Text(
            f"全 {len(file.entries)} 件のうち、{counts}が見える。相手の内部の行為（議案の起案と決裁）は"
            "互いに見えず、段階・期限・義務はどちらから見ても同じ。"
        )
    )


async def _seen_by(stage: Stage, code: str, case: str) -> frozenset[int]:
    file = await open_case(stage.reader_of(code), case)
    return frozenset(entry.line.recorded.number for entry in file.entries)


def _first_round(file: CaseFile) -> list[Entry]:
    """Up to the votes on the first version."""
    kinds = [entry.line.kind for entry in file.entries]
    end = kinds.index("AgreementConcluded")
    return [entry for entry in file.entries[:end] if entry.line.kind in _UP_TO_THE_VOTES]
