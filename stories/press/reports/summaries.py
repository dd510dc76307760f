"""Sums by quarter and by unit, made by the database: as few queries for many rows as for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, IntegerField, Max, Min, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.press.reports import periods
from stories.press.reports.charts import Chart, chart
from stories.press.reports.periods import Period
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
    """`day` is the column that says when, a moment or a date; `sums` are figures by heading, of
    which the first is charted."""

    def __init__(
        self,
        rows: QuerySet,
        *,
        day: str,
        is_moment: bool,
        sums: Mapping[Any, Combinable],
        places: Places,
    ) -> None:
        self.rows, self.day, self.is_moment, self.places = rows.order_by(), day, is_moment, places
        self.sums = {f"sum_{at}": made for at, made in enumerate(sums.values())}
        self.headings = tuple(str(heading) for heading in sums)

    @cached_property
    def everything(self) -> dict[str, Any]:
        return self.rows.aggregate(**self.sums, first=Min(self.day), last=Max(self.day))

    @cached_property
    def quarters(self) -> list[Period]:
        """In the order of time, without a gap, up to the newest of which there is anything."""
        if self.everything["last"] is None:
            return []
        first, last = (self._date(self.everything[name]) for name in ("first", "last"))
        found = [periods.of(last)]
        while len(found) < MOST_QUARTERS and found[-1].start > first:
            found.append(periods.before(found[-1]))
        return found[::-1]

    def tables(self) -> list[Table]:
        return [self.by_quarter(), self.by_unit(), self.by_both()]

    def totals(self) -> tuple[tuple[str, int], ...]:
        return tuple(zip(self.headings, self._values(self.everything), strict=True))

    def by_quarter(self) -> Table:
        known = {row["quarter"]: row for row in self._dated(self.quarters, self.sums)}
        lines = [
            Line(one.label, self._values(known.get(at, {}))) for at, one in enumerate(self.quarters)
        ]
        return self._table("quy", _("Theo quý"), _("Quý"), self.headings, lines)

    def by_unit(self) -> Table:
        """The units with the largest figures."""
        grouped = self.rows.values(UNIT).annotate(**self.sums).order_by("-sum_0", UNIT)
        found = list(grouped)
        lines = [Line(self._unit(row[UNIT]), self._values(row)) for row in found[:MOST_UNITS]]
        left_out = len(found) - len(lines)
        return self._table("don-vi", _("Theo đơn vị"), _("Đơn vị"), self.headings, lines, left_out)

    def by_both(self) -> Table:
        """The first figure of each unit in each of the last four quarters."""
        quarters = self.quarters[-4:]
        cells: dict[int | None, list[int]] = {}
        for row in self._dated(quarters, {"sum_0": self.sums["sum_0"]}, UNIT):
            own = cells.setdefault(row[UNIT], [0] * len(quarters))
            own[row["quarter"]] = row["sum_0"]
        ranked = sorted(cells.items(), key=lambda pair: (-sum(pair[1]), pair[0] or 0))
        lines = [Line(self._unit(unit), tuple(values)) for unit, values in ranked[:MOST_UNITS]]
        headings = tuple(one.label for one in quarters)
        left_out = len(ranked) - len(lines)
        title = _("Từng đơn vị qua các quý: %(what)s") % {"what": self.headings[0].lower()}
        return self._table("ca-hai", title, _("Đơn vị"), headings, lines, left_out)

    def _dated(
        self, quarters: Sequence[Period], sums: Mapping[str, Combinable], *by: str
    ) -> Iterable[dict[str, Any]]:
        """Rows by `quarter`, its place among these. Compared, not extracted: SQLite would call
        Python for each row."""
        if not quarters:
            return []
        starts = [self._start(one) for one in quarters]
        whens = [
            When(**{f"{self.day}__gte": start}, then=Value(at)) for at, start in enumerate(starts)
        ]
        dated = self.rows.filter(**{f"{self.day}__gte": starts[0]}).annotate(
            quarter=Case(*reversed(whens), output_field=IntegerField())
        )
        return dated.values(*by, "quarter").annotate(**sums)

    def _start(self, one: Period) -> dt.date | dt.datetime:
        return one.moments[0] if self.is_moment else one.start

    def _date(self, value: dt.date | dt.datetime) -> dt.date:
        return timezone.localdate(value) if isinstance(value, dt.datetime) else value

    def _table(
        self,
        name: str,
        title: str,
        head: str,
        headings: tuple[str, ...],
        lines: list[Line],
        left_out: int = 0,
    ) -> Table:
        ranked = [(line.label, line.values[0]) for line in lines[:BARS]]
        what = self.headings[0].lower()
        return Table(
            title, head, headings, lines, chart(name, f"{title}: {what}", ranked), left_out
        )

    def _values(self, row: Mapping[str, Any]) -> tuple[int, ...]:
        return tuple(row.get(name) or 0 for name in self.sums)

    def _unit(self, unit: int | None) -> str:
        return self.places.name(unit) or _("Không rõ đơn vị")
