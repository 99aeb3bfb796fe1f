"""条例: What is in force in a municipality on a day, as dated data with its provision.

A profile is one TOML file per municipality. Each value carries its first day, the provision
that set it and where that can be read; what the municipality has not published is filled in
from `defaults.toml`, where every value calls itself a default.
"""

from datetime import date
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from domain.periods import Calendar, Period
from domain.text import Key, Line, Text

T = TypeVar("T")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NotInForce(Exception):
    """No value is known for the day: before the first day, or after repeal."""


class Value(_Frozen, Generic[T]):
    """値: In force from `since` to `until` inclusive (None: still); `default` marks a stand-in."""

    since: date
    until: date | None = None
    value: T
    basis: Line
    source: Line | Literal[""] = ""
    default: bool = False

    def covers(self, day: date) -> bool:
        """Whether the value is in force on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


class Parameter(_Frozen, Generic[T]):
    """定め: One thing an ordinance may lay down, with its history."""

    meaning: Text
    values: tuple[Value[T], ...]

    def on(self, day: date) -> Value[T]:
        """The value in force on `day`; raises `NotInForce` where none is known."""
        for value in reversed(self.values):
            if value.covers(day):
                return value
        raise NotInForce(f"{day:%Y-%m-%d} に効力のある定めがありません: {self.meaning}")


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
    """Later than the first histories of running cases, which hold rules without it."""
    agreement_without_council: Parameter[bool] = Parameter(
        meaning="連携協約の協議について専決処分をすることができるか", values=()
    )
    """Later than the first histories, likewise."""
    mediation_resolution: Parameter[bool] = Parameter(
        meaning="調停の申請と調停案の受諾に議会の議決を要するか", values=()
    )
    mediation_of_agreements: Parameter[bool] = Parameter(
        meaning="連携協約に係る紛争を調停に付することができるか", values=()
    )
    ministerial_procedure: Parameter[bool] = Parameter(
        meaning="知事の任命した委員の手続を総務省令の例によらせるか", values=()
    )
    commissioners_deciding: Parameter[int] = Parameter(
        meaning="合議に加わることを要する自治紛争処理委員の数", values=()
    )

    def in_force(self, day: date) -> bool:
        """Whether the ordinance is in force on `day`: its activities are its heart."""
        return any(value.covers(day) for value in self.activities.values if not value.default)


class Rules(_Frozen):
    """規律: All that a decision needs besides command and state."""

    ordinance: Ordinance
    calendar: Calendar

    @property
    def version(self) -> str:
        """What the events say they were judged under."""
        return self.ordinance.version
