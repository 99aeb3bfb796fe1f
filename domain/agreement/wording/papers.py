"""協約の綴り: A text together with what comes after the votes on it.

The day of conclusion and who signed, each council's vote, each party's 告示 and 届出. None of it
is part of the text that was voted on, and none of it changes the text's digest.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from domain.agreement.parties import addressee as addressee_of
from domain.agreement.wording.articles import Day
from domain.agreement.wording.parties import Frozen, Party, PartyCode, is_listed
from domain.agreement.wording.soundness import Fault
from domain.agreement.wording.text import AgreementText
from domain.bodies import is_prefecture
from domain.text import Line

MOST_PAPERS = 200


class Signature(Frozen):
    """署名: Who signed for a party."""

    party: PartyCode
    name: Line


class Conclusion(Frozen):
    """締結・変更・廃止: On which day, and by whose hands.

    For a change or an abolition `original_on` is the day the agreement was first concluded.
    """

    act: Literal["締結", "変更", "廃止"] = "締結"
    on: Day
    original_on: Day | None = None
    signatures: Annotated[tuple[Signature, ...], Field(max_length=MOST_PAPERS)] = ()

    @model_validator(mode="after")
    def _of_an_earlier_one(self) -> "Conclusion":
        if (self.act == "締結") != (self.original_on is None):
            what_to_do = (
                "original_on は変更・廃止のときだけ書いてください"
                if self.original_on
                else "初めに締結した日を original_on に書いてください"
            )
            raise PydanticCustomError("original_on", "{what}", {"what": what_to_do})
        if self.original_on and self.on < self.original_on:
            raise PydanticCustomError(
                "out_of_order", "on が、初めに締結した日（original_on）より前です", {}
            )
        return self


class Resolution(Frozen):
    """議会の議決（法第252条の2第3項）: Of which party's council, on which day, under which number."""

    party: PartyCode
    on: Day
    number: Line | None = None


class PublicNotice(Frozen):
    """告示（法第252条の2第2項）: By which party, under which number, on which day.

    `name` is that of the party's head where it is no longer the one who signed the agreement.
    """

    party: PartyCode
    number: Line | None = None
    on: Day | None = None
    name: Line | None = None


class Notification(Frozen):
    """届出（法第252条の2第2項）: By which party, to whom, under which number, on which day.

    `name` as in a notice.
    """

    party: PartyCode
    addressee: Line | None = None
    number: Line | None = None
    on: Day | None = None
    name: Line | None = None


class AgreementFile(AgreementText):
    """綴り: What an official keeps in one file: the text, and what came after it."""

    resolutions: Annotated[tuple[Resolution, ...], Field(max_length=MOST_PAPERS)] = ()
    conclusion: Conclusion | None = None
    notices: Annotated[tuple[PublicNotice, ...], Field(max_length=MOST_PAPERS)] = ()
    notifications: Annotated[tuple[Notification, ...], Field(max_length=MOST_PAPERS)] = ()

    @model_validator(mode="after")
    def _filed(self) -> "AgreementFile":
        """Every paper is one of a party, and there is one of a kind for each."""
        if found := list(_faults(self)):
            raise ValidationError.from_exception_data(
                "AgreementFile", [_detail(path, problem) for path, problem in found]
            )
        return self

    def signer(self, code: str) -> str:
        """The name of the person who signed for a party; nothing while it is open."""
        signatures = self.conclusion.signatures if self.conclusion else ()
        return next((one.name for one in signatures if one.party == code), "")

    def resolution(self, code: str) -> Resolution | None:
        """The vote of a party's council, if it is listed."""
        return next((one for one in self.resolutions if one.party == code), None)

    def notice(self, code: str) -> PublicNotice:
        """The notice of a party; one with everything open where none is listed."""
        found = (one for one in self.notices if one.party == code)
        return next(found, PublicNotice(party=code))

    def notification(self, code: str) -> Notification:
        """The notification of a party; one with everything open where none is listed."""
        found = (one for one in self.notifications if one.party == code)
        return next(found, Notification(party=code))


class NoAddressee(ValueError):
    """The parties do not tell to whom notification is given; the text says what to write."""


def addressee(file: AgreementFile, code: str) -> str:
    """届出先（法第252条の2第2項）: As the file says, or as the parties tell; raises `NoAddressee`.

    The Minister where a prefecture is a party, otherwise the governor of the prefecture in which
    all parties are. Parties of several prefectures need a 協議 of the governors (法第253条), and
    of a union the code does not tell whether a prefecture belongs to it.
    """
    said = file.notification(code).addressee
    told = told_addressee(file.parties)
    if not (said or told):
        raise NoAddressee(
            "notifications: 届出先を当事者から定められません（複数の都道府県にわたるか、組合が加わっています）。"
            "[[notifications]] の addressee に書いてください（法第252条の2第2項、第253条、第292条）"
        )
    return said or told


def told_addressee(parties: tuple[Party, ...]) -> str:
    """The addressee as far as the parties alone tell it; otherwise nothing."""
    codes = [one.code for one in parties]
    if not (any(map(is_prefecture, codes)) or all(map(is_listed, codes))):
        return ""  # of a union the code tells no prefecture
    return addressee_of(codes, None) or ""


def _faults(file: AgreementFile) -> Iterator[Fault]:
    codes = [one.code for one in file.parties]
    signatures = file.conclusion.signatures if file.conclusion else ()
    papers = {
        ("resolutions",): file.resolutions,
        ("conclusion", "signatures"): signatures,
        ("notices",): file.notices,
        ("notifications",): file.notifications,
    }
    for path, listed in papers.items():
        seen: set[str] = set()
        for at, one in enumerate(listed):
            if one.party not in codes:
                yield (*path, at, "party"), f"{one.party} は当事者（parties）にありません"
            elif one.party in seen:
                yield (*path, at, "party"), f"{one.party} が二度書かれています。一つにしてください"
            seen.add(one.party)
    yield from _misdirected(file)
    yield from _untimely(file)


def _misdirected(file: AgreementFile) -> Iterator[Fault]:
    told = told_addressee(file.parties)
    for at, one in enumerate(file.notifications):
        if told and one.addressee and not one.addressee.startswith(told):
            yield (
                ("notifications", at, "addressee"),
                f"届出先は{told}です（法第252条の2第2項）。改めるか、行を消してください",
            )


def _untimely(file: AgreementFile) -> Iterator[Fault]:
    """Councils vote before the conclusion; notice and notification follow it."""
    if file.conclusion is None:
        return
    concluded = file.conclusion.on
    for at, vote in enumerate(file.resolutions):
        if vote.on > concluded:
            problem = (
                f"議決の日が{file.conclusion.act}の日（{concluded}）より後です（法第252条の2第3項）"
            )
            yield ("resolutions", at, "on"), problem
    for key, papers in (("notices", file.notices), ("notifications", file.notifications)):
        for at, paper in enumerate(papers):
            if paper.on and paper.on < concluded:
                problem = f"{file.conclusion.act}の日（{concluded}）より前です（法第252条の2第2項）"
                yield (key, at, "on"), problem


def _detail(path: tuple[int | str, ...], problem: str) -> InitErrorDetails:
    error = PydanticCustomError("unsound", "{problem}", {"problem": problem})
    return InitErrorDetails(type=error, loc=path, input=None)
