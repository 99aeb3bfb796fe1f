"""公表の行為（法第260条の49第4項）: What is published, corrected and withdrawn.

    公表 → 訂正 … → 撤回 → （改めて）公表
    期限の経過: noted once a fiscal year

Every text that could be read is a version of its fiscal year with a number of its own.
`publication.py` decides.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.acts import Event
from domain.designation.cooperation.terms import Count, Number, Year, Yen
from domain.law import ART_260_49, Citation
from domain.people import Actor, Role
from domain.periods import Deadline
from domain.procedure import Decision, Entry
from domain.text import Line, Text

PARA_4 = ART_260_49.para(4)


class Medium(BaseModel):
    """公表の方法: By what means, and where it can be read (URL, 掲示場, 広報紙の号, 閲覧の窓口)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    means: Literal["インターネット", "掲示", "広報紙", "閲覧", "その他"]
    place: Line


Media = Annotated[tuple[Medium, ...], Field(min_length=1)]


# --- 事実 -------------------------------------------------------------------------------------


class PublicationMade(Event):
    """活動と支援の状況の公表（法第260条の49第4項）: For a fiscal year, on the day it can be read.

    `support_given` and `givings` are what the record itself holds of the support of that year.
    """

    title: ClassVar[str] = "活動と支援の状況の公表"
    kind: Literal["PublicationMade"] = "PublicationMade"
    basis: Citation = PARA_4
    drafted_by: Actor
    fiscal_year: Year
    year_name: Line
    version: Number
    state_of_activities: Text
    state_of_support: Text
    support_given: Yen
    givings: Count
    media: Media
    due: Deadline | None
    in_time: bool | None


class PublicationCorrected(Event):
    """公表の訂正（法第260条の49第4項）: Another version in place of `corrects`, with its reasons.

    The version that was corrected stays in the record as it was.
    """

    title: ClassVar[str] = "公表の訂正"
    kind: Literal["PublicationCorrected"] = "PublicationCorrected"
    basis: Citation = PARA_4
    drafted_by: Actor
    fiscal_year: Year
    year_name: Line
    version: Number
    corrects: Number
    state_of_activities: Text
    state_of_support: Text
    support_given: Yen
    givings: Count
    media: Media
    reasons: Text


class PublicationWithdrawn(Event):
    """公表の撤回（法第260条の49第4項）: Version `version` can no longer be read, for these reasons."""

    title: ClassVar[str] = "公表の撤回"
    kind: Literal["PublicationWithdrawn"] = "PublicationWithdrawn"
    basis: Citation = PARA_4
    drafted_by: Actor
    fiscal_year: Year
    year_name: Line
    version: Number
    reasons: Text


class PublicationOverdue(Event):
    """公表期限の経過（法第260条の49第4項）: Noted once a fiscal year; the duty stands."""

    title: ClassVar[str] = "公表期限の経過"
    kind: Literal["PublicationOverdue"] = "PublicationOverdue"
    basis: Citation = PARA_4
    fiscal_year: Year
    year_name: Line
    due: Deadline


PublicationEvent = (
    PublicationMade | PublicationCorrected | PublicationWithdrawn | PublicationOverdue
)


# --- 命令書 -----------------------------------------------------------------------------------


class Publish(Decision):
    """活動と支援の状況を公表する（法第260条の49第4項）: Both; `on` is the day it can be read.

    `fiscal_year` is the year in which the fiscal year began, `media` are where it can be read.
    """

    title: ClassVar[str] = "活動と支援の状況を公表する"
    cites: ClassVar[Citation] = PARA_4
    kind: Literal["Publish"] = "Publish"
    fiscal_year: Year
    state_of_activities: Text
    state_of_support: Text
    media: Media


class CorrectPublication(Decision):
    """公表を訂正する（法第260条の49第4項）: The whole text anew, in place of version `corrects`, and why."""

    title: ClassVar[str] = "公表を訂正する"
    cites: ClassVar[Citation] = PARA_4
    kind: Literal["CorrectPublication"] = "CorrectPublication"
    fiscal_year: Year
    corrects: Number
    state_of_activities: Text
    state_of_support: Text
    media: Media
    reasons: Text


class WithdrawPublication(Decision):
    """公表を撤回する（法第260条の49第4項）: Version `version`; the year is then owed again."""

    title: ClassVar[str] = "公表を撤回する"
    cites: ClassVar[Citation] = PARA_4
    kind: Literal["WithdrawPublication"] = "WithdrawPublication"
    fiscal_year: Year
    version: Number
    reasons: Text


class NotePublicationOverdue(Entry):
    """公表期限の経過を記録する（法第260条の49第4項）."""

    title: ClassVar[str] = "公表期限の経過を記録する"
    cites: ClassVar[Citation] = PARA_4
    done_by: ClassVar[Role] = "calendar"
    kind: Literal["NotePublicationOverdue"] = "NotePublicationOverdue"
    fiscal_year: Year


PublicationCommand = Publish | CorrectPublication | WithdrawPublication | NotePublicationOverdue
