"""要件の表（法第260条の49第6項・第7項）: What must be so before a contract or a lease, in order.

`gates.toml` is the table. What an officer answers may be added to there; what is computed from
the record has its rule in the code and may only be moved and reworded. An act whose gate is not
met is refused under the gate's own provision.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Literal, NoReturn

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.acts import Command, Finding
from domain.decider import Refused
from domain.law import LAW_NAMES, Citation
from domain.text import Key, Line

Of = Literal["随意契約", "貸付け"]
_LAWS = {name: law for law, name in LAW_NAMES.items()}
_PROVISION = re.compile(
    r"(?P<law>[^第]+)第(?P<article>\d+)条(?P<branches>(?:の\d+)*)"
    r"(?:第(?P<paragraph>\d+)項)?(?:第(?P<item>\d+)号)?"
)
COMPUTED: Mapping[Of, frozenset[str]] = {
    "随意契約": frozenset(
        [
            "designation",
            "rule",
            "procurement",
            "council_interest",
            "mayor_interest",
            "estimates",
            "price",
            "clause",
            "signature",
            "inspection",
        ]
    ),
    "貸付け": frozenset(
        [
            "designation",
            "consultation",
            "consideration",
            "instrument",
            "explanation",
            "renewal",
            "clause",
            "signature",
        ]
    ),
}
"""What the code decides from the record; the table must list exactly these as 「計算」."""


class GateFault(ValueError):
    """The table of gates is not well made; the text says where, in Japanese."""


class Gate(BaseModel):
    """要件: One question, in its order, with the provision under which an act is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: Of
    order: int = Field(ge=1)
    id: Key
    at: Literal["予定", "準備", "締結", "履行"]
    title: Line
    cites: Line
    question: Line
    who: Literal["担当職員", "計算"]
    needs: Literal["認定", "書面", "事実"]

    @property
    def provision(self) -> Citation:
        """The provision that `cites` names."""
        return provision(self.cites)


@dataclass(frozen=True)
class Passed:
    """確認の結果: When a gate was looked at, whether it is met, and on what reasons."""

    on: date
    met: bool
    reasons: str = ""


Passes = Mapping[str, Passed]


def provision(text: str) -> Citation:
    """「法第260条の49第6項」 as a value; raises `GateFault`."""
    found = _PROVISION.fullmatch(text)
    if found is None or found["law"] not in _LAWS:
        raise GateFault(f"「{text}」は条項として読めません（例 法第260条の49第6項）")
    return Citation(
        law=_LAWS[found["law"]],
        article=found["article"] + found["branches"].replace("の", "_"),
        paragraph=int(found["paragraph"]) if found["paragraph"] else None,
        item=found["item"],
    )


# --- 表の読取り -------------------------------------------------------------------------------


def read_gates(text: str) -> tuple[Gate, ...]:
    """The gates of a table in their order; raises `GateFault`."""
    try:
        rows = tomllib.loads(text)["gate"]
        found = [Gate.model_validate(row) for row in rows]
    except (tomllib.TOMLDecodeError, KeyError, ValidationError) as error:
        raise GateFault(f"要件の表を読めません: {error}") from error
    if faults := [*_faults(found)]:
        raise GateFault("\n".join(faults))
    return tuple(sorted(found, key=lambda gate: (gate.of, gate.order)))


def _faults(found: list[Gate]) -> Iterator[str]:
    for of, computed in COMPUTED.items():
        ours = [gate for gate in found if gate.of == of]
        yield from _twice(of, "id", [gate.id for gate in ours])
        yield from _twice(of, "order", [gate.order for gate in ours])
        listed = {gate.id for gate in ours if gate.who == "計算"}
        for name in sorted(listed ^ computed):
            yield f"{of}: 計算による要件 {name} は、除くことも加えることもできません"
    for gate in found:
        yield from _ill_made(gate)


def _twice(of: Of, what: str, values: list[str] | list[int]) -> Iterator[str]:
    for value in dict.fromkeys(values):
        if [*values].count(value) > 1:  # pyright: ignore[reportUnknownMemberType]
            yield f"{of}: {what} {value} が二つあります"


def _ill_made(gate: Gate) -> Iterator[str]:
    provision(gate.cites)
    if (gate.who == "計算") != (gate.needs == "事実"):
        yield f"{gate.of} {gate.id}: 計算による要件は事実、担当職員の答える要件は認定か書面によります"
    if gate.who == "担当職員" and gate.at != "準備":
        yield f"{gate.of} {gate.id}: 担当職員の答える要件は「準備」で確かめます"


GATES = read_gates(files("domain.designation.dealings").joinpath("gates.toml").read_text("utf-8"))


def gates(of: Of, *, at: Iterable[str] = ("予定", "準備")) -> tuple[Gate, ...]:
    """The gates of a contract or a lease in their order, at some of its stages."""
    return tuple(gate for gate in GATES if gate.of == of and gate.at in at)


def gate_of(of: Of, name: str) -> Gate | None:
    """The gate by its id."""
    return next((gate for gate in GATES if (gate.of, gate.id) == (of, name)), None)


# --- 順序 -------------------------------------------------------------------------------------


def fail(of: Of, name: str, reason: str, remedy: str = "") -> NoReturn:
    """Refuse under the provision of a gate."""
    gate = gate_of(of, name)
    if gate is None:
        raise LookupError(f"{of} {name}")
    raise Refused(gate.provision, f"{gate.title}: {reason}", remedy)


def in_turn(of: Of, name: str, passes: Passes) -> None:
    """順序: Refuse to look at a gate while one before it is not met."""
    for gate in gates(of):
        if gate.id == name:
            return
        _met(gate, passes)


def all_met(of: Of, passes: Passes, command: Command) -> None:
    """要件の充足: Refuse the contract under the first gate that is not met, or was met later."""
    for gate in gates(of):
        passed = _met(gate, passes)
        if command.on < passed.on:
            fail(of, gate.id, f"確かめた日（{passed.on}）より前に契約することはできません")


def _met(gate: Gate, passes: Passes) -> Passed:
    passed = passes.get(gate.id)
    if passed is None:
        fail(
            gate.of,
            gate.id,
            f"まだ確かめられていません（{gate.question}）",
            "先にこの要件を確かめてください",
        )
    if not passed.met:
        fail(gate.of, gate.id, f"満たされていません（{gate.question}）")
    return passed


def answered_by_hand(of: Of, name: str, finding: Finding, command: Command) -> Gate:
    """The gate that an officer answers, or a refusal where it is none or lacks its papers."""
    gate = gate_of(of, name)
    if gate is None or gate.who != "担当職員":
        asked = "、".join(one.id for one in gates(of) if one.who == "担当職員")
        raise Refused(command.cites, f"「{name}」は、担当職員の答える要件ではありません（{asked}）")
    if gate.needs == "書面" and not finding.evidence:
        fail(of, name, "証拠書類が要ります", "finding.evidence に書面を記してください")
    return gate
