"""Bars, drawn on the server as inline SVG: no script, no style attribute, nothing from elsewhere.

Beside every chart stands a table with the same figures; the chart's own text is short.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, ROW, BAR = 340, 38, 12  # units of the drawing
LABEL_AT, BAR_AT, VALUE_ROOM = 12, 18, 60
LONGEST_LABEL = 46  # letters


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: int
    y: int
    width: float

    @property
    def label_y(self) -> int:
        return self.y + LABEL_AT

    @property
    def bar_y(self) -> int:
        return self.y + BAR_AT

    @property
    def value_x(self) -> float:
        return self.width + 6

    @property
    def value_y(self) -> int:
        return self.y + BAR_AT + BAR - 1


@dataclass(frozen=True, slots=True)
class Chart:
    """`name` is a word for its HTML ids, `title` what is shown."""

    name: str
    title: str
    bars: list[Bar]

    width = WIDTH
    bar = BAR

    @property
    def height(self) -> int:
        return ROW * len(self.bars)


def chart(name: str, title: str, values: Iterable[tuple[str, int]]) -> Chart:
    """One bar for each (label, value), in their order; the longest fills the width."""
    values = list(values)
    most = max((value for _label, value in values), default=0) or 1
    bars = [
        Bar(_short(label), value, ROW * at, round((WIDTH - VALUE_ROOM) * value / most, 1))
        for at, (label, value) in enumerate(values)
    ]
    return Chart(name, title, bars)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
