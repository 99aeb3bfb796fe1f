"""条例: What is in force in a municipality on a day, as dated data with its provision.

A profile is one TOML file per municipality. Each value carries its first day, the provision
that set it and where that can be read; what the municipality has not published is filled in
from `defaults.toml`, where every value calls itself a default.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, Literal, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field

from domain.periods import Calendar, Period
from domain.text import Key, Line, Text

T = TypeVar("T")
_A_DAY = timedelta(days=1)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NotInForce(Exception):
    """No value is known for the day: before the first day, or after repeal."""


Transition = Literal["施行日から", "新規の事案から", "次の更新から", "進行中の事案にも"]
"""経過措置: Which cases a value is for, once its first day has come.

    施行日から        acts done on or after the day, in whatever case
    新規の事案から    cases whose application arrived on or after the day
    次の更新から      those, and others from their first renewal on or after the day
    進行中の事案にも  acts from the day, and the periods that are then running
"""


class Value(_Frozen, Generic[T]):
    """値: In force from `since` to `until` inclusive (None: still); `default` marks a stand-in.

    `applies` is the transitional rule of the amendment that brought it.
    """

    since: date
    until: date | None = Field(default=None, exclude_if=lambda last: last is None)
    value: T
    basis: Line
    source: Line | Literal[""] = Field(default="", exclude_if=lambda place: not place)
    applies: Transition = Field(default="施行日から", exclude_if=lambda rule: rule == "施行日から")
    default: bool = False

    def covers(self, day: date) -> bool:
        """Whether the value is in force on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Anchor:
    """基準日: The days by which a transitional rule tells one case from another.

    `applied` is the day its application arrived, `renewed` that of its last renewal; None before.
    """

    applied: date | None = None
    renewed: date | None = None

    def is_new(self, since: date) -> bool:
        """Whether the case began on or after `since`, or has not begun."""
        return self.applied is None or self.applied >= since

    def meets(self, value: Value[Any]) -> bool:
        """Whether a value is for the case at all, by its transitional rule."""
        match value.applies:
            case "施行日から" | "進行中の事案にも":
                return True
            case "新規の事案から":
                return self.is_new(value.since)
            case "次の更新から":
                renewed = self.renewed is not None and self.renewed >= value.since
                return renewed or self.is_new(value.since)


class Parameter(_Frozen, Generic[T]):
    """定め: One thing an ordinance may lay down, with its history."""

    meaning: Text
    values: tuple[Value[T], ...]

    def on(self, day: date) -> Value[T]:
        """The value in force on `day`; raises `NotInForce` where none is known."""
        if value := self.known(day):
            return value
        raise NotInForce(f"{day:%Y-%m-%d} に効力のある定めがありません: {self.meaning}")

    def known(self, day: date) -> Value[T] | None:
        """The value in force on `day`, None where none is known."""
        return next((value for value in reversed(self.values) if value.covers(day)), None)

    def seen_by(self, anchor: Anchor) -> "Parameter[T]":
        """As a case sees it: a value that is not for the case leaves the former one in force."""
        if all(anchor.meets(value) for value in self.values):
            return self
        kept: list[Value[T]] = []
        for value in self.values:
            if anchor.meets(value):
                kept.append(value)
            elif kept and kept[-1].until == value.since - _A_DAY:
                kept[-1] = kept[-1].model_copy(update={"until": value.until})
        return self.model_copy(update={"values": tuple(kept)})

    def reaching_back(self, day: date) -> "Parameter[T]":
        """As the periods see it that run on `day`: a value for running cases is theirs from the start."""
        back = [
            at
            for at, value in enumerate(self.values)
            if value.applies == "進行中の事案にも" and value.since <= day
        ]
        if not back:
            return self
        first, *later = self.values[back[-1] :]
        return self.model_copy(
            update={"values": (first.model_copy(update={"since": date.min}), *later)}
        )

    def standing_on(self, day: date) -> "Parameter[T]":
        """With the one value of `day`, from ever and for ever; none where none is known."""
        value = self.known(day)
        if value is None:
            return self.model_copy(update={"values": ()})
        always = value.model_copy(update={"since": date.min, "until": None})
        return self.model_copy(update={"values": (always,)})


class Item(_Frozen):
    """条例の号: An item of an ordinance's list, by a stable id."""

    id: Key
    text: Line


class OtherRequirement(Item):
    """その他の要件（法第260条の49第2項第4号）: Proved by a document, or judged by a person."""

    proof: Literal["document", "judgement"]


class Delegation(_Frozen):
    """専決・代決の定め: The office may decide the act (`command` kind) for the mayor."""

    command: Key
    office: Line
    mode: Literal["専決", "代決"]


class StandardPeriod(_Frozen):
    """標準処理期間（行手法第6条）: The period, and whether time for correction is left out."""

    period: Period
    excludes_correction: bool


class Published(_Frozen):
    """公にした日（行手法第5条・第6条・第12条）: None where nothing has been made public."""

    review_criteria: date | None = None
    standard_period: date | None = None
    disposition_criteria: date | None = None


class Ordinance(_Frozen):
    """条例の定め: The profile of one municipality; ask every field with `.on(day)`."""

    code: str
    name: Line
    mayor: Line
    title: Line
    number: Line
    version: str

    activities: Parameter[tuple[Item, ...]]
    area_unit: Parameter[Line]
    principal_member_percent: Parameter[int | None]
    constituent_bodies: Parameter[tuple[Line, ...]]
    operation: Parameter[tuple[Item, ...]]
    other_requirements: Parameter[tuple[OtherRequirement, ...]]
    attachments: Parameter[tuple[Line, ...]]
    published: Parameter[Published]
    standard_period: Parameter[StandardPeriod]
    correction_period: Parameter[Period]
    report_period: Parameter[Period]
    explanation_period: Parameter[Period]
    hearing_lead: Parameter[Period]
    presider_may_be_drafter: Parameter[bool]
    effect_of_designation: Parameter[Literal["通知の到達", "指定書の日"]]
    revocation_grounds: Parameter[tuple[Item, ...]]
    delegations: Parameter[tuple[Delegation, ...]]
    retention: Parameter[Period] = Parameter(meaning="事案の記録の保存期間", values=())
    publication_period: Parameter[Period | None] = Parameter(meaning="公表の時期", values=())
    report_cycle: Parameter[Literal["毎年度", "随時"]] = Parameter(meaning="報告の周期", values=())
    unique_area: Parameter[bool] = Parameter(meaning="一区域一団体", values=())
    contract_rule: Parameter[Line | None] = Parameter(
        meaning="随意契約の手続を定める規則", values=()
    )
    estimates: Parameter[int] = Parameter(meaning="見積書の数", values=())
    procurement_threshold: Parameter[int] = Parameter(meaning="特定調達契約の額", values=())
    officers_contract_limit: Parameter[int] = Parameter(meaning="議員の請負の額", values=())
    termination_clause: Parameter[bool] = Parameter(
        meaning="指定を失ったときの解除の約定", values=()
    )
    reduced_lease: Parameter[Line | None] = Parameter(meaning="減額貸付けの条例", values=())
    consulted_property: Parameter[tuple[Line, ...]] = Parameter(
        meaning="協議を要する財産", values=()
    )
    term: Parameter[Period | None] = Parameter(meaning="指定の有効期間", values=())
    renewal_window: Parameter[Period | None] = Parameter(meaning="更新の申請の期間", values=())
    change_notice: Parameter[Period | None] = Parameter(meaning="変更の届出の期間", values=())
    relinquishment: Parameter[bool] = Parameter(meaning="指定の辞退", values=())
    holds_while_renewal_pending: Parameter[bool] = Parameter(
        meaning="更新の申請中の指定の効力", values=()
    )
    public_notice: Parameter[bool] = Parameter(meaning="告示", values=())
    appeal_council: Parameter[Line | None] = Parameter(meaning="審査請求を諮問する機関", values=())
    agreement_without_council: Parameter[bool] = Parameter(
        meaning="連携協約の協議について専決処分をすることができるか", values=()
    )
    mediation_resolution: Parameter[bool] = Parameter(
        meaning="調停の申請と調停案の受諾に議会の議決を要するか", values=()
    )
    mediation_of_agreements: Parameter[bool] = Parameter(
        meaning="連携協約に係る紛争を調停に付することができるか", values=()
    )
    ministerial_procedure: Parameter[bool] = Parameter(
        meaning="知事の任命した委員の手続を総務省令の例によらせるか", values=()
    )
    commissioners_deciding: Parameter[Literal[2, 3]] = Parameter(
        meaning="合議に加わることを要する自治紛争処理委員の数", values=()
    )
    """These came later than the first histories of running cases, which hold rules without them."""

    def in_force(self, day: date) -> bool:
        """Whether the ordinance is in force on `day`: its activities are its heart."""
        return any(value.covers(day) for value in self.activities.values if not value.default)

    def seen_by(self, anchor: Anchor) -> "Ordinance":
        """As a case sees it, by the transitional rules of its amendments."""
        return self._each(lambda parameter: parameter.seen_by(anchor))

    def reaching_back(self, day: date) -> "Ordinance":
        """As the periods see it that run on `day`."""
        return self._each(lambda parameter: parameter.reaching_back(day))

    def standing_on(self, day: date) -> "Ordinance":
        """As it stands on `day`, as if it had never been otherwise."""
        return self._each(lambda parameter: parameter.standing_on(day))

    def _each(self, seen: Callable[[Parameter[Any]], Parameter[Any]]) -> "Ordinance":
        own: list[tuple[str, Parameter[Any]]] = [
            (name, cast("Parameter[Any]", one)) for name, one in self if isinstance(one, Parameter)
        ]
        changed = {name: now for name, one in own if (now := seen(one)) is not one}
        return self.model_copy(update=changed) if changed else self


class Rules(_Frozen):
    """規律: All that a decision needs besides command and state."""

    ordinance: Ordinance
    calendar: Calendar

    def for_case(self, anchor: Anchor) -> "Rules":
        """As a case sees them (経過措置)."""
        seen = self.ordinance.seen_by(anchor)
        return self if seen is self.ordinance else self.model_copy(update={"ordinance": seen})

    @property
    def version(self) -> str:
        """What the events say they were judged under."""
        return self.ordinance.version
