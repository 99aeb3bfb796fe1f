"""連携協約の文（法第252条の2第1項）: The text that is consulted on, voted on and concluded.

What comes after the vote (the day of conclusion, who signed, notices) is not part of it: see
`papers`. What stands in it is written down byte for byte in `canonical`.
"""

from typing import Annotated

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from domain.agreement.wording.articles import Article, Sentence, SomeParagraphs
from domain.agreement.wording.numbering import MOST_ARTICLES, Style
from domain.agreement.wording.parties import MOST_PARTIES, Frozen, Party
from domain.agreement.wording.soundness import faults, repeated_titles
from domain.text import Line

MOST_COLUMNS = 10


class Supplement(Frozen):
    """附則: Its paragraphs; `note` says of which change it is, in an agreement that was changed."""

    note: Line | None = None
    paragraphs: SomeParagraphs


class Appendix(Frozen):
    """別表: A table an article refers to (「別表第一（第三条関係）」)."""

    title: Line
    columns: Annotated[tuple[Line, ...], Field(min_length=1, max_length=MOST_COLUMNS)]
    rows: Annotated[tuple[tuple[Sentence, ...], ...], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _even(self) -> "Appendix":
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise PydanticCustomError(
                    "uneven",
                    "rows の{number}行目は{cells}欄です。columns と同じ{columns}欄にしてください",
                    {"number": number, "cells": len(row), "columns": len(self.columns)},
                )
        return self


class AgreementText(Frozen):
    """文: Parties, title, preamble, articles, supplementary provisions, closing words, tables.

    Without `preamble` and `closing` the usual formulae stand in their place. An `example` may
    give its parties invented names, and says so wherever it is printed.
    """

    example: Annotated[bool, Field(strict=True)] = False
    style: Style
    title: Line
    parties: Annotated[tuple[Party, ...], Field(min_length=2, max_length=MOST_PARTIES)]
    preamble: Sentence | None = None
    articles: Annotated[tuple[Article, ...], Field(min_length=1, max_length=MOST_ARTICLES)]
    supplements: Annotated[tuple[Supplement, ...], Field(max_length=50)] = ()
    closing: Sentence | None = None
    appendices: Annotated[tuple[Appendix, ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _sound(self) -> "AgreementText":
        """Every contradiction at once, each at its own field."""
        found = [
            *faults(self.parties, self.articles, example=self.example),
            *repeated_titles([one.title for one in self.appendices]),
        ]
        if found:
            raise ValidationError.from_exception_data(
                "AgreementText", [_detail(path, problem) for path, problem in found]
            )
        return self

    def party(self, code: str) -> Party:
        """The party of that code; raises `KeyError`."""
        return {one.code: one for one in self.parties}[code]


def _detail(path: tuple[int | str, ...], problem: str) -> InitErrorDetails:
    error = PydanticCustomError("unsound", "{problem}", {"problem": problem})
    return InitErrorDetails(type=error, loc=path, input=None)
