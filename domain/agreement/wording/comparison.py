"""新旧の対照: Two versions of a text, article by article, with the changed words marked in both.

Articles are paired in their order, by what they say and by their headings; what has no partner was
added or deleted. An article whose number alone differs was renumbered. A pair found out of order was
moved. The marked pieces of a line, put together, are the line as it stands in its version.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from domain.agreement.wording.alignment import aligned, overlap
from domain.agreement.wording.outline import Numbered, Section, sections
from domain.agreement.wording.text import AgreementText
from domain.agreement.wording.words import pieces

Change = Literal["同じ", "改める", "加える", "削る", "番号を改める", "移して改める"]
"""What became of a part: nothing, its words, it was added, deleted, its number alone, its place."""
_SAME_ARTICLE = 0.5
_SAME_LINE = 0.35
_MOVED = 0.7
_DELETED = "削除"
"""What is left of an article whose number stays."""


@dataclass(frozen=True)
class Marked:
    """語: A piece of a line, and whether it stands in this version only."""

    words: str
    changed: bool


@dataclass(frozen=True)
class Side:
    """一方の行: The line as it stands in one version, in pieces; `depth` as in the outline."""

    label: tuple[Marked, ...]
    words: tuple[Marked, ...]
    depth: int

    def __str__(self) -> str:
        """The words alone."""
        return "".join(one.words for one in self.words)


@dataclass(frozen=True)
class Row:
    """対の行: A line of the new version beside its partner in the old one; either may be absent."""

    new: Side | None
    old: Side | None

    @property
    def changed(self) -> bool:
        """Whether the two differ in anything."""
        sides = [side for side in (self.new, self.old) if side]
        return len(sides) == 1 or any(one.changed for side in sides for one in _all(side))


@dataclass(frozen=True)
class Pair:
    """対の部分: An article (or another part) of both versions, its headings among the rows."""

    change: Change
    new: Section | None
    old: Section | None
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """「第三条」, or what the part is (「前文」)."""
        section = self.new or self.old
        return "" if section is None else section.label or section.place


@dataclass(frozen=True)
class Comparison:
    """新旧対照: Every part of both versions in the order of the new one."""

    pairs: tuple[Pair, ...]

    @property
    def changes(self) -> tuple[Pair, ...]:
        """The parts that are not the same in both."""
        return tuple(one for one in self.pairs if one.change != "同じ")


def compare(old: AgreementText, new: AgreementText) -> Comparison:
    """The two versions side by side."""
    before, after = sections(old), sections(new)
    matched = _with_moved(aligned(before, after, _likeness, _SAME_ARTICLE))
    return Comparison(tuple(_pair(*one) for one in matched))


def lines_of(section: Section) -> tuple[Numbered, ...]:
    """The heading, if there is one, and the lines."""
    heading = (Numbered("", section.heading),) if section.heading else ()
    return (*heading, *section.lines)


# --- 部分を対にする -------------------------------------------------------------------------------

_Two = tuple[Section | None, Section | None, bool]
"""Old and new, and whether the pair was found out of order."""


def _likeness(old: Section, new: Section) -> float:
    """1 where they say the same; a heading that is kept counts for much, a number for nothing."""
    if old.place != new.place:
        return 0.0
    if old.place not in ("条", "附則", "別表"):
        return 1.0
    if old.label == new.label and _DELETED in (old.lines[0].words, new.lines[0].words):
        return 1.0
    likeness = overlap(_words(old), _words(new))
    kept = (old.heading or old.label) == (new.heading or new.label)
    return (1.0 + likeness) / 2 if kept and old.place != "附則" else likeness


def _words(section: Section) -> str:
    return section.heading + "\n".join(line.words for line in section.lines)


def _with_moved(matched: Sequence[tuple[Section | None, Section | None]]) -> Iterator[_Two]:
    """Pairs what was deleted in one place and added, much the same, in another."""
    deleted = [old for old, new in matched if old and not new]
    partners: dict[int, Section] = {}
    for old, new in matched:
        if new and not old and (best := _closest(new, deleted)):
            partners[id(new)] = best
            deleted.remove(best)
    moved = {id(one) for one in partners.values()}
    for old, new in matched:
        if new and id(new) in partners:
            yield partners[id(new)], new, True
        elif not (old and id(old) in moved):
            yield old, new, False


def _closest(new: Section, deleted: Sequence[Section]) -> Section | None:
    best = max(deleted, key=lambda old: _likeness(old, new), default=None)
    return best if best and _likeness(best, new) >= _MOVED else None


def _pair(old: Section | None, new: Section | None, moved: bool) -> Pair:
    rows = tuple(_rows(lines_of(old) if old else (), lines_of(new) if new else ()))
    return Pair(_change(old, new, rows, moved=moved), new, old, rows)


def _change(
    old: Section | None, new: Section | None, rows: Sequence[Row], *, moved: bool
) -> Change:
    if old is None:
        return "加える"
    if new is None:
        return "削る"
    if moved:
        return "移して改める"
    if _contents(old) != _contents(new):
        return "改める"
    return "番号を改める" if any(row.changed for row in rows) else "同じ"


def _contents(section: Section) -> list[tuple[str, int, str]]:
    """Everything but the section's own number."""
    return [
        ("" if line.label == section.label else line.label, line.depth, line.words)
        for line in lines_of(section)
    ]


# --- 行を対にし、語に印を付ける -------------------------------------------------------------------


def _rows(old: Sequence[Numbered], new: Sequence[Numbered]) -> Iterator[Row]:
    for before, after in aligned(old, new, _line_likeness, _SAME_LINE):
        if before and after:
            yield _both(before, after)
        elif after:
            yield Row(_whole(after), None)
        elif before:
            yield Row(None, _whole(before))


def _line_likeness(old: Numbered, new: Numbered) -> float:
    if old.depth != new.depth:
        return 0.0
    return overlap(old.words, new.words)


def _both(old: Numbered, new: Numbered) -> Row:
    old_label, new_label = _marks(old.label, new.label, _letters)
    old_words, new_words = _marks(old.words, new.words, pieces)
    return Row(Side(new_label, new_words, new.depth), Side(old_label, old_words, old.depth))


def _whole(line: Numbered) -> Side:
    label = (Marked(line.label, changed=True),) if line.label else ()
    return Side(label, (Marked(line.words, changed=True),), line.depth)


def _letters(label: str) -> list[str]:
    """A number is marked as a whole."""
    return [label] if label else []


def _marks(
    old: str, new: str, cut: Callable[[str], list[str]]
) -> tuple[tuple[Marked, ...], tuple[Marked, ...]]:
    before, after = cut(old), cut(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return (
        _joined((before[since:until], tag != "equal") for tag, since, until, _, _ in steps),
        _joined((after[since:until], tag != "equal") for tag, _, _, since, until in steps),
    )


def _joined(runs: Iterator[tuple[list[str], bool]]) -> tuple[Marked, ...]:
    return tuple(Marked("".join(run), changed) for run, changed in runs if run)


def _all(side: Side) -> tuple[Marked, ...]:
    return (*side.label, *side.words)
