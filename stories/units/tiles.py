"""The map of tiles: the province's former districts as squares that lie as the places lie.

The two provinces that joined on 1 July 2025 have no tiles: their districts are not in the unit
data. What lies in them is known from `former_province` there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from stories.units.selectors import fold

DATA = Path(__file__).parent / "data" / "units.json"
SIZE = 52  # of a tile, in the drawing's units
# code: column, row; north is up. The places' own position, to the nearest tile.
PLACES = {
    "231": (1, 0),  # Hạ Hòa
    "230": (3, 0),  # Đoan Hùng
    "234": (0, 1),  # Yên Lập
    "235": (1, 1),  # Cẩm Khê
    "232": (2, 1),  # Thanh Ba
    "228": (3, 1),  # thị xã Phú Thọ
    "233": (4, 1),  # Phù Ninh
    "240": (0, 2),  # Tân Sơn
    "236": (2, 2),  # Tam Nông
    "237": (3, 2),  # Lâm Thao
    "227": (4, 2),  # Việt Trì
    "238": (1, 3),  # Thanh Sơn
    "239": (2, 3),  # Thanh Thủy
}
STEPS = 5  # shades


class Place(NamedTuple):
    """A former province and the name of its part in the list of units."""

    name: str
    anchor: str


@dataclass(frozen=True)
class Tile:
    """A square of the map at x, y. `count` None: not counted; `shade` 1 (none or few) to 5."""

    name: str
    href: str
    x: int
    y: int
    count: int | None = None
    shade: int = 1
    current: bool = False

    @property
    def middle(self) -> int:
        return self.x + SIZE // 2

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The name's words with the height of each, the count below them."""
        words = self.name.split()
        top = self.y + SIZE // 2 - 5 * (len(words) - 1) + (0 if self.count is None else -5) + 3
        return [(top + 11 * number, word) for number, word in enumerate(words)]

    @property
    def count_at(self) -> int:
        return self.lines[-1][0] + 12


def tiles(
    units: Iterable[Mapping[str, Any]],
    href: Callable[[Mapping[str, Any]], str],
    counts: Mapping[str, int] | None = None,
    chosen: Iterable[str] = (),
) -> list[Tile]:
    """Tiles of those units that have a place, in the given order.

    `units`: `{"code", "short"}` and whatever `href` needs. `counts`: stories by code.
    """
    shown = [unit for unit in units if unit["code"] in PLACES]
    most = max([(counts or {}).get(unit["code"], 0) for unit in shown] or [0])
    current = set(chosen)
    made = []
    for unit in shown:
        column, row = PLACES[unit["code"]]
        count = None if counts is None else counts.get(unit["code"], 0)
        made.append(
            Tile(
                name=unit["short"],
                href=href(unit),
                x=column * SIZE,
                y=row * SIZE,
                count=count,
                shade=_shade(count or 0, most),
                current=unit["code"] in current,
            )
        )
    return made


def _shade(count: int, most: int) -> int:
    return 1 if not count else min(STEPS, 2 + (STEPS - 1) * (count - 1) // max(most, STEPS - 1))


@cache
def former_provinces() -> dict[str, str]:
    """Code of a commune -> the province that it came from, for those of two provinces that joined
    (their first one where they were put together from several)."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))["units"]
    return {row["code"]: row["former_province"][0] for row in rows if row.get("former_province")}


def joined_provinces() -> list[Place]:
    """The provinces that joined, by name: links to their part of the list of units."""
    names = sorted({name for name in former_provinces().values() if name})
    return [Place(name, "-".join(fold(name).split())) for name in names]
