"""数値: What was measured, beside the bar it is held to."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.table import Table

Cut = Literal["p50", "p95", "p99", "value"]


@dataclass(frozen=True)
class Bar:
    """目安: What a figure must not pass, or with `least` must reach; `of` is the cut that counts."""

    limit: float
    of: Cut = "p95"
    least: bool = False

    def __str__(self) -> str:
        """「p95 ≤ 2」."""
        sign = "≥" if self.least else "≤"
        return f"{'' if self.of == 'value' else f'{self.of} '}{sign} {self.limit:,.10g}"


@dataclass(frozen=True)
class Figure:
    """One line of the result: a single value, or the cuts of so many samples."""

    name: str
    unit: str
    samples: int = 1
    value: float | None = None
    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    bar: Bar | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether it holds its bar; None where it has none."""
        if self.bar is None:
            return None
        measured: float | None = getattr(self, self.bar.of)
        if measured is None:
            raise ValueError(f"「{self.name}」 has no {self.bar.of}")
        return measured >= self.bar.limit if self.bar.least else measured <= self.bar.limit


def spread(
    name: str, unit: str, taken: Sequence[float], bar: Bar | None = None, note: str = ""
) -> Figure:
    """The cuts of what was taken, at least two of them."""
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    p50, p95, p99 = cuts[49], cuts[94], cuts[98]
    return Figure(name, unit, len(taken), p50=p50, p95=p95, p99=p99, bar=bar, note=note)


def rate(name: str, done: int, seconds: float, bar: Bar | None = None, note: str = "") -> Figure:
    """Events a second."""
    return Figure(name, "events/s", done, value=done / seconds, bar=bar, note=note)


def table(title: str, figures: Sequence[Figure]) -> Table:
    """The figures as people read them; a column in which nothing stands is left out."""
    shown = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    columns = [*zip(_HEADINGS, zip(*map(_cells, figures), strict=True), strict=True)]
    told = [(heading, cells) for heading, cells in columns if any(cells)]
    for heading, _ in told:
        shown.add_column(heading, justify="left" if heading in _WORDS else "right")
    for row in zip(*(cells for _, cells in told), strict=True):
        shown.add_row(*row)
    return shown


def machine(figure: Figure) -> Mapping[str, object]:
    """The same for machines."""
    held = {"bar": str(figure.bar), "met": figure.met} if figure.bar else {}
    return {name: value for name, value in asdict(figure).items() if value is not None} | held


_HEADINGS = ("what", "of", "value", "p50", "p95", "p99", "unit", "bar", "held", "note")
_WORDS = {"what", "unit", "held", "note"}
_MET = {None: "", True: "[green]pass[/]", False: "[bold red]short[/]"}
_WHOLE = 100


def _cells(figure: Figure) -> tuple[str, ...]:
    cuts = (figure.value, figure.p50, figure.p95, figure.p99)
    bar, met = str(figure.bar or ""), _MET[figure.met]
    return (
        figure.name,
        f"{figure.samples:,}",
        *map(_plain, cuts),
        figure.unit,
        bar,
        met,
        figure.note,
    )


def _plain(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= _WHOLE else f"{value:.2f}"
