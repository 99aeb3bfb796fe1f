"""取消訴訟（行訴法第8条・第14条・第25条・第26条・第32条・第33条）: What the courts do, as recorded.

    提起 → 執行停止 / その取消し → 判決 → 確定 → 処分の取消し
         → 取下げ

The court judges, also whether a suit is in time; here an officer enters what it did. A judgment
changes nothing before it is final. No prior 審査請求 is needed (行訴法第8条第1項).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Event
from domain.decider import Refused
from domain.designation.remedies import stay
from domain.designation.remedies.acts import Acts, Adverse, Contested, Number
from domain.designation.remedies.ruling import ActAnnulled, annulled
from domain.designation.remedies.stay import Scope, StayEnded
from domain.designation.remedies.windows import governing, suit_windows
from domain.law import ACL_8, ACL_25, ACL_26, ACL_32, Citation
from domain.ordinance import Rules
from domain.people import Role
from domain.periods import Deadline
from domain.procedure import Entry, has_passed, not_before, refuse_unless, stated
from domain.text import Line, Text

Judgment = Literal["却下", "棄却", "事情判決", "取消し"]


# --- 段階 -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Suit:
    """取消訴訟: Against `act`; `judgment` is the last one given, `final` once it cannot be appealed."""

    no: int
    act: Contested
    case: str
    since: date
    judgment: Judgment | None = None
    final: bool = False
    withdrawn: bool = False

    @property
    def source(self) -> str:
        """The key of the procedure, as the stays of an act name it."""
        return f"suit-{self.no}"

    @property
    def pending(self) -> bool:
        """Whether the suit still runs."""
        return not self.final and not self.withdrawn


@dataclass(frozen=True)
class Suits:
    """取消訴訟の全体: Every suit about an act of the case."""

    filed: tuple[Suit, ...] = ()

    def find(self, no: int, cites: Citation) -> Suit:
        """The suit number `no`, or a refusal."""
        for suit in self.filed:
            if suit.no == no:
                return suit
        raise Refused(cites, f"取消訴訟（第{no}号）は記録されていません")

    def at(self, suit: Suit) -> "Suits":
        """The same with one suit as it is now."""
        return Suits(tuple(suit if one.no == suit.no else one for one in self.filed))


# --- 事実 -------------------------------------------------------------------------------------


class SuitFiled(Event):
    """取消訴訟の提起（行訴法第8条第1項）: The body sues the municipality over an adverse act.

    `in_time` compares `filed`, the day the complaint was lodged, with the window as known here.
    """

    title: ClassVar[str] = "取消訴訟の提起"
    kind: Literal["SuitFiled"] = "SuitFiled"
    basis: Citation = ACL_8.para(1)
    suit: Number
    act: Contested
    court: Line
    court_case: Line
    filed: date
    due: Deadline
    in_time: bool


class CourtStayed(Event):
    """裁判所の執行停止（行訴法第25条第2項）: The court suspends the contested act."""

    title: ClassVar[str] = "裁判所の執行停止"
    kind: Literal["CourtStayed"] = "CourtStayed"
    basis: Citation = ACL_25.para(2)
    suit: Number
    act: Contested
    scope: Scope
    order: Line


class JudgmentGiven(Event):
    """判決の言渡し（行訴法第32条）: Of one instance; not yet final."""

    title: ClassVar[str] = "判決の言渡し"
    kind: Literal["JudgmentGiven"] = "JudgmentGiven"
    basis: Citation = ACL_32
    suit: Number
    act: Contested
    court: Line
    court_case: Line
    judgment: Judgment
    summary: Text


class JudgmentFinal(Event):
    """判決の確定（行訴法第32条）: The last judgment binds the municipality (第33条)."""

    title: ClassVar[str] = "判決の確定"
    kind: Literal["JudgmentFinal"] = "JudgmentFinal"
    basis: Citation = ACL_32
    suit: Number
    act: Contested
    judgment: Judgment


class SuitWithdrawn(Event):
    """取消訴訟の取下げ（行訴法第8条）: The suit is over without a judgment."""

    title: ClassVar[str] = "取消訴訟の取下げ"
    kind: Literal["SuitWithdrawn"] = "SuitWithdrawn"
    basis: Citation = ACL_8
    suit: Number
    act: Contested


SuitEvent = SuitFiled | CourtStayed | JudgmentGiven | JudgmentFinal | SuitWithdrawn


# --- 命令書 -----------------------------------------------------------------------------------


class RecordSuit(Entry):
    """取消訴訟の提起を記録する（行訴法第8条第1項）: `filed` is the day the complaint was lodged."""

    title: ClassVar[str] = "取消訴訟の提起を記録する"
    cites: ClassVar[Citation] = ACL_8
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordSuit"] = "RecordSuit"
    act: Number
    court: Line
    court_case: Line
    filed: date


class RecordCourtStay(Entry):
    """裁判所の執行停止を記録する（行訴法第25条第2項）."""

    title: ClassVar[str] = "裁判所の執行停止を記録する"
    cites: ClassVar[Citation] = ACL_25
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordCourtStay"] = "RecordCourtStay"
    suit: Number
    scope: Scope
    order: Line


class RecordCourtStayEnd(Entry):
    """裁判所の執行停止の取消しを記録する（行訴法第26条第1項）."""

    title: ClassVar[str] = "裁判所の執行停止の取消しを記録する"
    cites: ClassVar[Citation] = ACL_26
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordCourtStayEnd"] = "RecordCourtStayEnd"
    suit: Number


class RecordJudgment(Entry):
    """判決を記録する（行訴法第32条）: Of any instance, each once."""

    title: ClassVar[str] = "判決を記録する"
    cites: ClassVar[Citation] = ACL_32
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordJudgment"] = "RecordJudgment"
    suit: Number
    court: Line
    court_case: Line
    judgment: Judgment
    summary: Text


class RecordFinality(Entry):
    """判決の確定を記録する（行訴法第32条）: The last judgment cannot be appealed any more."""

    title: ClassVar[str] = "判決の確定を記録する"
    cites: ClassVar[Citation] = ACL_32
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordFinality"] = "RecordFinality"
    suit: Number


class RecordSuitWithdrawn(Entry):
    """取消訴訟の取下げを記録する（行訴法第8条）."""

    title: ClassVar[str] = "取消訴訟の取下げを記録する"
    cites: ClassVar[Citation] = ACL_8
    done_by: ClassVar[Role] = "officer"
    kind: Literal["RecordSuitWithdrawn"] = "RecordSuitWithdrawn"
    suit: Number


_OfASuit = (
    RecordCourtStay | RecordCourtStayEnd | RecordJudgment | RecordFinality | RecordSuitWithdrawn
)
SuitCommand = RecordSuit | _OfASuit


# --- 決定 -------------------------------------------------------------------------------------


def decide(
    command: SuitCommand, suits: Suits, acts: Acts, rules: Rules
) -> Sequence[SuitEvent | StayEnded | ActAnnulled]:
    """The facts an entry about a suit brings about."""
    if isinstance(command, RecordSuit):
        return _filed(command, suits, acts.find(command.act, command.cites), rules)
    suit = suits.find(command.suit, command.cites)
    refuse_unless(suit.pending, command.cites, "この取消訴訟はすでに終わっています")
    not_before(command, suit.since, "取消訴訟に関する前の記録")
    return _followed(command, suit, acts.find(suit.act.number, command.cites), rules)


def _filed(command: RecordSuit, suits: Suits, adverse: Adverse, rules: Rules) -> list[SuitFiled]:
    refuse_unless(
        adverse.act.on <= command.filed <= command.on,
        ACL_8.para(1),
        f"訴えの提起の日 {command.filed} が、処分の日から記録の日までの間にありません",
    )
    if any(one.case == command.court_case for one in suits.filed):
        return []
    due = governing(suit_windows(adverse, rules))
    in_time = not has_passed(due, command.filed)
    no = len(suits.filed) + 1
    return [stated(SuitFiled, command, rules, suit=no, act=adverse.act, due=due, in_time=in_time)]


def _followed(
    command: _OfASuit, suit: Suit, adverse: Adverse, rules: Rules
) -> Sequence[SuitEvent | StayEnded | ActAnnulled]:
    act, stayed = suit.act, suit.source in adverse.stays
    match command:
        case RecordCourtStay():
            refuse_unless(not adverse.annulled, ACL_25, f"{act}はすでに取り消されています")
            refuse_unless(not stayed, ACL_25, f"{act}の執行はすでに停止されています")
            return [stated(CourtStayed, command, rules, act=act)]
        case RecordCourtStayEnd():
            refuse_unless(stayed, ACL_26, f"{act}の執行は裁判所により停止されていません")
            return _unstayed(command, suit, adverse, "執行停止の取消し", rules)
        case RecordJudgment():
            refuse_unless(suit.case != command.court_case or suit.judgment is None, ACL_32, TWICE)
            return [stated(JudgmentGiven, command, rules, act=act)]
        case RecordFinality():
            return _final(command, suit, adverse, rules)
        case RecordSuitWithdrawn():
            ended = _unstayed(command, suit, adverse, "取下げ", rules)
            return [stated(SuitWithdrawn, command, rules, act=act), *ended]


TWICE = "この事件番号の判決はすでに記録されています"


def _unstayed(
    command: _OfASuit, suit: Suit, adverse: Adverse, why: stay.Ended, rules: Rules
) -> list[StayEnded]:
    return stay.ended(command, adverse, suit.source, why, rules, basis=ACL_26)


def _final(
    command: RecordFinality, suit: Suit, adverse: Adverse, rules: Rules
) -> list[SuitEvent | StayEnded | ActAnnulled]:
    if suit.judgment is None:
        raise Refused(ACL_32, "判決が記録されていません", "「判決を記録する」を先に行ってください")
    final = stated(JudgmentFinal, command, rules, act=suit.act, judgment=suit.judgment)
    ended = _unstayed(command, suit, adverse, "判決", rules)
    if suit.judgment != "取消し" or adverse.annulled:
        return [final, *ended]
    source = f"取消訴訟第{suit.no}号の判決"
    return [final, *ended, *annulled(command, suit.act, source, rules, by_court=True)]


# --- 経過 -------------------------------------------------------------------------------------


def evolve(suits: Suits, event: SuitEvent) -> Suits:
    """The suits after a fact about one of them."""
    if isinstance(event, SuitFiled):
        return Suits((*suits.filed, Suit(event.suit, event.act, event.court_case, event.on)))
    suit = replace(suits.find(event.suit, event.basis), since=event.on)
    match event:
        case CourtStayed():
            return suits.at(suit)
        case JudgmentGiven():
            return suits.at(replace(suit, judgment=event.judgment, case=event.court_case))
        case JudgmentFinal():
            return suits.at(replace(suit, final=True))
        case SuitWithdrawn():
            return suits.at(replace(suit, withdrawn=True))
