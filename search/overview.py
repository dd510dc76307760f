"""What a question's answers are spread over: the years as columns, the places as a map of tiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from search import services
from search.query import ArchiveQuery
from stories.units.models import Unit
from stories.units.selectors import fold
from stories.units.tiles import PLACES, Tile, tiles

HEIGHT: Final = 60  # of the tallest column, in the drawing's units
LONGEST: Final = 40  # years in a row without a break


@dataclass(frozen=True, slots=True)
class Column:
    """A year. `height` and `top` place its column in a drawing HEIGHT high; no link for none."""

    year: int
    count: int
    url: str
    selected: bool
    height: int

    @property
    def top(self) -> int:
        return HEIGHT - self.height


def columns(query: ArchiveQuery, results: services.Page) -> list[Column]:
    """From the first year with results to the last, those between without any too."""
    counts = {int(one.value): one.count for one in results.facets.get("year", ())}
    if len(counts) < 2:
        return []
    last = max(counts)
    first = max(min(counts), last - LONGEST + 1)
    most = max(counts.values())
    return [
        Column(
            year=year,
            count=counts.get(year, 0),
            url=_url(query.toggled("year", str(year))) if year in counts else "",
            selected=str(year) in query.year,
            height=max(2, round(HEIGHT * counts[year] / most)) if year in counts else 0,
        )
        for year in range(first, last + 1)
    ]


def places(query: ArchiveQuery, results: services.Page) -> list[Tile]:
    """The former districts with how many of the answers each has (one query)."""
    counts = {one.value: one.count for one in results.facets.get("unit", ())}
    rows = Unit.objects.filter(code__in=PLACES).values("code", "short")
    units = sorted(rows, key=lambda row: (fold(row["short"]), row["code"]))
    return tiles(units, lambda unit: _url(query.toggled("unit", unit["code"])), counts, query.unit)


def _url(query: ArchiveQuery) -> str:
    return f"?{urlencode(query.to_params())}" if query.to_params() else "."
