"""Sums by quarter and by unit, made by the database: as few queries for many rows as for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractQuarter, ExtractYear
from django.utils.translation import gettext as _

from stories.press.reports import periods
from stories.press.reports.charts import Chart, chart
from stories.press.reports.places import Places

UNIT = "item__press_unit__unit"
MOST_UNITS, MOST_QUARTERS, BARS = 20, 8, 12


@dataclass(frozen=True, slots=True)
class Line:
    """`values` are in the order of the table's headings."""

    label: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table and its chart (of the first figure). `left_out` is how many lines it lacks."""

    title: str
    head: str
    headings: tuple[str, ...]
    lines: list[Line]
    chart: Chart
    left_out: int = 0


class Summary:
    """`day` is the column that says when; `sums` are figures by heading, the first one charted."""

    def __init__(
        self, rows: QuerySet, *, day: str, sums: Mapping[str, Combinable], places: Places
    ) -> None:
        self.rows, self.day, self.places = rows.order_by(), day, places
        self.sums = {f"sum_{at}": made for at, made in enumerate(sums.values())}
        self.headings = tuple(str(heading) for heading in sums)

    def tables(self) -> list[Table]:
        return [self.by_quarter(), self.by_unit(), self.by_both()]

    def totals(self) -> tuple[tuple[str, int], ...]:
        found = self.rows.aggregate(**self.sums)
        return tuple(zip(self.headings, self._values(found), strict=True))

    def by_quarter(self) -> Table:
        """The newest quarters, in the order of time."""
        found = list(self._dated().order_by("-of_year", "-of_quarter")[:MOST_QUARTERS])
        lines = [Line(_quarter(row), self._values(row)) for row in reversed(found)]
        return self._table("quy", _("Theo quý"), _("Quý"), self.headings, lines)

    def by_unit(self) -> Table:
        """The units with the largest figures."""
        grouped = self.rows.values(UNIT).annotate(**self.sums).order_by("-sum_0", UNIT)
        found = list(grouped)
        lines = [Line(self._unit(row), self._values(row)) for row in found[:MOST_UNITS]]
        left_out = len(found) - len(lines)
        return self._table("don-vi", _("Theo đơn vị"), _("Đơn vị"), self.headings, lines, left_out)

    def by_both(self) -> Table:
        """The first figure of each unit in each of the last quarters."""
        first = {"sum_0": self.sums["sum_0"]}
        found = list(self._dated(UNIT, sums=first).order_by("of_year", "of_quarter"))
        quarters = list(dict.fromkeys((row["of_year"], row["of_quarter"]) for row in found))[-4:]
        cells: dict[int | None, dict[tuple[int, int], int]] = {}
        for row in found:
            cells.setdefault(row[UNIT], {})[row["of_year"], row["of_quarter"]] = row["sum_0"]
        shown = {unit: [own.get(one, 0) for one in quarters] for unit, own in cells.items()}
        ranked = sorted(shown.items(), key=lambda pair: (-sum(pair[1]), pair[0] or 0))
        lines = [
            Line(self._unit({UNIT: unit}), tuple(values)) for unit, values in ranked[:MOST_UNITS]
        ]
        headings = tuple(periods.label(*one) for one in quarters)
        left_out = len(ranked) - len(lines)
        title = _("Từng đơn vị qua các quý: %(what)s") % {"what": self.headings[0].lower()}
        return self._table("ca-hai", title, _("Đơn vị"), headings, lines, left_out)

    def _dated(self, *by: str, sums: Mapping[str, Combinable] | None = None) -> QuerySet:
        dated = self.rows.annotate(
            of_year=ExtractYear(self.day), of_quarter=ExtractQuarter(self.day)
        )
        return dated.values(*by, "of_year", "of_quarter").annotate(**(sums or self.sums))

    def _table(
        self,
        name: str,
        title: str,
        head: str,
        headings: tuple[str, ...],
        lines: list[Line],
        left_out: int = 0,
    ) -> Table:
        bars = [(line.label, line.values[0]) for line in lines[:BARS]]
        what = self.headings[0].lower()
        made = chart(name, f"{title}: {what}", bars)
        return Table(title, head, headings, lines, made, left_out)

    def _values(self, row: Mapping[str, Any]) -> tuple[int, ...]:
        return tuple(row[name] or 0 for name in self.sums)

    def _unit(self, row: Mapping[str, Any]) -> str:
        return self.places.name(row[UNIT]) or _("Không rõ đơn vị")


def _quarter(row: Mapping[str, Any]) -> str:
    return periods.label(row["of_year"], row["of_quarter"])


def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def as_rows(tables: Sequence[Table]) -> list[list[str | int]]:
    """The tables one below the other, for a sheet."""
    return [[line.label, *line.values] for table in tables for line in table.lines]
