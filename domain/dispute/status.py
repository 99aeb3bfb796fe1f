"""段階: How far a dispute has come, who sits on it, and what is owed at once (直ちに) and not yet done.

    処理方策  委員の任命待ち → 処理方策の審理中 → 処理方策の提示待ち → 措置待ち → 措置済み
    調停      付託の判断待ち → 調停中 → 調停成立 / 調停打切り     付託の判断待ち → 不付託
    いずれも  → 取下げ済み（決定の前、同意を得て）

The law sets no day for what is to be done 「直ちに」: each such duty is open from the day it arose.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Literal

from domain.acts import Command
from domain.bodies import office_name
from domain.decider import Refused
from domain.dispute.parties import (
    COLLEGIAL,
    CollegialDecision,
    OfficeDecision,
    OfficeEntry,
    Path,
    Procedure,
    authority_name,
    each_once,
    names,
)
from domain.law import ART_251, ART_253, Citation
from domain.ordinance import Rules
from domain.procedure import not_before, refuse_unless

Stage = Literal[
    "委員の任命待ち",
    "処理方策の審理中",
    "処理方策の提示待ち",
    "措置待ち",
    "措置済み",
    "付託の判断待ち",
    "調停中",
    "調停成立",
    "調停打切り",
    "不付託",
    "取下げ済み",
]
BEFORE: tuple[Stage, ...] = ("委員の任命待ち", "付託の判断待ち")
SITTING: tuple[Stage, ...] = ("処理方策の審理中", "調停中")
OPEN: tuple[Stage, ...] = (*BEFORE, *SITTING, "処理方策の提示待ち", "措置待ち")
COMMISSIONERS = "自治紛争処理委員"


@dataclass(frozen=True)
class Owed:
    """未了の義務: What `by` must do, to `towards` where it is a notice; open since the day it arose."""

    key: str
    by: str
    title: str
    basis: Citation
    since: date
    towards: str = ""


@dataclass(frozen=True)
class Panel:
    """委員: Those in office by number and name, and the procedure that binds them."""

    serving: tuple[tuple[str, str], ...] = ()
    vacancies: int = 0
    since: date = date.min
    procedure: Procedure = "定めなし"
    representative: str | None = None

    @property
    def persons(self) -> frozenset[str]:
        """Their numbers."""
        return frozenset(person for person, _ in self.serving)

    def without(self, person: str) -> "Panel":
        """With one place vacant; a representative who leaves represents no longer."""
        return replace(
            self,
            serving=tuple(one for one in self.serving if one[0] != person),
            vacancies=self.vacancies + 1,
            representative=None if person == self.representative else self.representative,
        )


@dataclass(frozen=True)
class Evidence:
    """事実の調査: What was asked for, whether it has come, and which sessions and reports there are."""

    demanded: tuple[tuple[str, str, str], ...] = ()
    received: frozenset[int] = frozenset()
    sessions: frozenset[tuple[date, str]] = frozenset()
    agents: frozenset[tuple[str, str]] = frozenset()
    progress: int = 0


@dataclass(frozen=True)
class Measures:
    """処理方策: The text decided, which of the three acts of 法251条の3の2第3項 are done, who has answered."""

    sha256: str
    on: date
    done: frozenset[str] = frozenset()
    completed: date | None = None
    taken: frozenset[tuple[str, date, str]] = frozenset()
    settled: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Proposal:
    """調停案: Who has accepted it, and whose written acceptance has reached the authority."""

    no: int
    sha256: str
    on: date
    gist_published: bool = False
    accepted: tuple[tuple[str, date], ...] = ()
    arrived: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Unopened:
    """未着手: No application, and nothing taken up ex officio."""

    title: ClassVar[str] = "未着手"


@dataclass(frozen=True)
class Opened:
    """係属: One dispute; `applicant` None where mediation was begun ex officio."""

    path: Path
    name: str
    disputants: tuple[str, ...]
    applicant: str | None
    authority: str | None
    since: date
    stage: Stage
    owed: tuple[Owed, ...] = ()
    links: frozenset[str] = frozenset()
    of_agreement: bool = False
    panel: Panel = field(default_factory=Panel)
    evidence: Evidence = field(default_factory=Evidence)
    withdrawal: date | None = None
    measures: Measures | None = None
    proposal: Proposal | None = None
    proposals: int = 0
    termination: Literal["同意待ち", "同意済み"] | None = None

    @property
    def title(self) -> str:
        """The stage, and whether the consent to a withdrawal is awaited."""
        return self.stage if self.withdrawal is None else f"{self.stage}・取下げの同意待ち"

    def owes(self, key: str, towards: str = "") -> Owed | None:
        """The open duty, if there is one."""
        return next((one for one in self.owed if (one.key, one.towards) == (key, towards)), None)

    def owing(self, *new: Owed) -> "Opened":
        """With more duties; one that is open already stays open since its first day."""
        fresh = tuple(one for one in new if self.owes(one.key, one.towards) is None)
        return replace(self, owed=(*self.owed, *fresh))

    def free_of(self, key: str, towards: Iterable[str] = ("",)) -> "Opened":
        """With a duty done."""
        gone = {(key, one) for one in towards}
        return replace(
            self, owed=tuple(one for one in self.owed if (one.key, one.towards) not in gone)
        )


State = Unopened | Opened


# --- だれの行為か、どの段階か -------------------------------------------------------------------


def at(now: Opened, command: Command, *stages: Stage) -> None:
    """Refuse what the stage does not allow."""
    refuse_unless(
        now.stage in stages,
        command.cites,
        f"「{now.title}」の段階では「{command.title}」ことはできません",
    )


def of_the_parties(command: OfficeEntry | OfficeDecision, now: Opened) -> None:
    """Refuse an act of a government that is not in dispute."""
    refuse_unless(
        command.party in now.disputants,
        command.cites,
        f"{office_name(command.party)}は、この紛争の当事者（{names(now.disputants)}）ではありません",
    )


def by_authority(command: OfficeEntry | OfficeDecision, now: Opened) -> None:
    """Refuse an act of anybody but the Minister or governor who has authority over the dispute."""
    if now.authority is None:
        raise Refused(
            ART_253.para(1),
            f"当事者（{names(now.disputants)}）が二以上の都道府県にわたり、管轄する知事が定まっていません",
            "関係都道府県知事の協議による定めを先に記録してください",
        )
    refuse_unless(
        command.party == now.authority,
        command.cites,
        f"この紛争を扱うのは{authority_name(now.authority)}です",
        f"party を {now.authority} としてください",
    )


def by_commissioner(command: OfficeEntry, now: Opened) -> None:
    """Refuse an act of anybody who is no commissioner of this very case."""
    by_authority(command, now)
    refuse_unless(
        command.by.person in now.panel.persons,
        ART_251.para(2),
        f"{command.by.person} は、この事件の自治紛争処理委員ではありません",
    )
    not_before(command, now.panel.since, "自治紛争処理委員の任命")


def collegially(
    command: OfficeEntry,
    decision: CollegialDecision,
    now: Opened,
    rules: Rules,
    basis: Citation | None = None,
) -> None:
    """合議（法第251条の3の2第5項、第251条の2第10項）: Of commissioners in office, and of enough of them."""
    by_commissioner(command, now)
    basis, took_part = basis or COLLEGIAL[now.path], decision.took_part
    each_once(took_part, basis)
    strangers = [person for person in took_part if person not in now.panel.persons]
    refuse_unless(
        not strangers, basis, f"{'、'.join(strangers)} は在任する自治紛争処理委員ではありません"
    )
    refuse_unless(
        command.by.person in took_part, basis, "合議に加わらなかった委員の名で記録されています"
    )
    needed = rules.ordinance.commissioners_deciding.on(command.on).value
    refuse_unless(
        len(took_part) >= needed,
        basis,
        f"合議に加わった委員は{len(took_part)}人で、要する{needed}人に足りません",
        "欠員があるときは補充し、改めて合議してください",
    )


def duty_of(command: Command, now: Opened, key: str, towards: str = "") -> Owed | None:
    """The open duty that the command does, if it is open; not on a day before it arose."""
    owed = now.owes(key, towards)
    if owed is not None:
        not_before(command, owed.since, "その義務の生じた日")
    return owed


def under_ministerial(command: Command, now: Opened, citation: Citation) -> None:
    """省令の適用: 平成21年総務省令第14号 binds the Minister's commissioners; a governor's only if so ruled."""
    refuse_unless(
        now.panel.procedure != "定めなし",
        citation,
        f"知事の任命した自治紛争処理委員には適用がなく、その例による定めもないため、"
        f"「{command.title}」ことはできません",
        "その例による定めがあれば、条例プロファイルの ministerial_procedure に記してください",
    )
