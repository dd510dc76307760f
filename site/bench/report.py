"""What is printed: Markdown tables with ratios, targets met or missed, and the machine's line."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import Any

PACKAGES = ("Django", "wagtail", "gunicorn", "django-ninja")


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should be: at most or at least `limit`, at sizes from `since` to `until`."""

    sign: str  # "≥" or "≤"
    limit: float
    since: int = 0
    until: int = sys.maxsize

    def __str__(self) -> str:
        return f"{self.sign} {number(self.limit)}"

    def verdict(self, value: float, size: int) -> str:
        """`met` or `missed`; in brackets where it is meant for other sizes than this one."""
        met = value >= self.limit if self.sign == "≥" else value <= self.limit
        word = "met" if met else "**missed**"
        return word if self.since <= size <= self.until else f"({word.strip('*')} at this size)"


@dataclass(slots=True)
class Row:
    """One comparison: medians of ours and the peer's in `unit`, and ours divided by the peer's.

    `by_cpu` is the same ratio from processor time instead of the clock: it says nearly the same
    whatever else the machine is doing.
    """

    what: str
    unit: str
    ours: float | None = None
    peer: float | None = None
    peer_name: str = ""
    target: Target | None = None
    absolute: bool = False  # the target is of our figure itself, not of the ratio
    note: str = ""
    by_cpu: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.peer if self.ours is not None and self.peer else None

    def cells(self, size: int) -> list[str]:
        measured = self.ours if self.absolute else self.ratio
        verdict = ""
        if self.target is not None:
            verdict = str(self.target)
            if measured is not None:
                verdict += f" {self.target.verdict(measured, size)}"
        ratio = f"{number(self.ratio)} ×" if self.ratio is not None else ""
        return [
            self.what,
            f"{number(self.ours)} {self.unit}".strip() if self.ours is not None else "",
            f"{number(self.peer)} {self.unit}".strip() if self.peer is not None else "",
            self.peer_name,
            ratio,
            f"{number(self.by_cpu)} ×" if self.by_cpu is not None else "",
            verdict,
            self.note,
        ]


HEAD = ("what", "ours", "peer", "the peer is", "ratio", "by CPU", "target", "note")


def over(rounds: list[Mapping[str, Any]], *names: str) -> dict[str, float]:
    """The median over the rounds of each figure found under these names."""
    for name in names:
        rounds = [one[name] for one in rounds]
    return {figure: middle([one[figure] for one in rounds]) for figure in rounds[0]}


def timed(
    what: str,
    ours: Mapping[str, float],
    peer: Mapping[str, float],
    peer_name: str,
    target: Target | None = None,
) -> Row:
    """A row of two durations, each `{"ms": …, "cpu": …}` in milliseconds."""
    row = Row(what, "ms", ours["ms"], peer["ms"], peer_name, target)
    if peer["cpu"]:
        row.by_cpu = ours["cpu"] / peer["cpu"]
    return row


@dataclass(slots=True)
class Section:
    """Rows measured at one size, and what could not be measured, with the reason."""

    title: str
    size: int
    rows: list[Row] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def text(self) -> str:
        parts = [f"### {self.title}, {self.size:,} stories", ""]
        if self.rows:
            parts += [table(HEAD, (row.cells(self.size) for row in self.rows)), ""]
        parts += [f"- not measured: {' '.join(why.split())[:400]}" for why in self.failed]
        return "\n".join(parts).rstrip() + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; columns that are empty in every row are left out."""
    rows = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    kept = [at for at in range(len(head)) if any(row[at] for row in rows)]
    lines = [[head[at] for at in kept], ["---"] * len(kept)]
    lines += [[row[at] for at in kept] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def number(value: float) -> str:
    """Three significant digits, thousands parted: what a noisy machine can tell apart."""
    if float(value).is_integer() or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def middle(rounds: Sequence[float]) -> float:
    return float(median(rounds))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def machine(client: str) -> str:
    """One line about where and with what the figures were made."""
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    parts = [f"{os.cpu_count()} cores", f"load {load}", f"Python {platform.python_version()}"]
    for name in PACKAGES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"{name} missing")
    return ", ".join([*parts, f"SQLite {sqlite3.sqlite_version}", f"load client: {client}"])
