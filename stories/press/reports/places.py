"""Units as the reports' filter offers them: a unit with all that lies below it or came into it."""

from __future__ import annotations

from functools import cached_property

from stories.press.models import ItemUnit
from stories.units.models import Unit
from stories.units.selectors import RANK, UnitTree


class Places:
    """The units of which there are items, within a scope (ids, None for all): three queries."""

    def __init__(self, tree: UnitTree, scope: set[int] | None) -> None:
        self.tree, self.scope = tree, scope

    @cached_property
    def keys(self) -> dict[int, set[str]]:
        """By unit with items: the codes under which they are found (`UnitTree.keys`)."""
        found = set(ItemUnit.objects.values_list("unit", flat=True).distinct())
        if self.scope is not None:
            found &= self.scope
        return {pk: set(self.tree.keys(self.tree.units[pk])) for pk in found}

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """Code and name, higher levels first."""
        codes = set().union(*self.keys.values())
        units = [unit for unit in self.tree.units.values() if unit.code in codes]
        units.sort(key=lambda unit: (RANK[unit.level], unit.name, unit.code))
        return [(unit.code, str(unit)) for unit in units]

    def within(self, code: str) -> set[int]:
        """Ids of the units whose items are found under this code."""
        return {pk for pk, codes in self.keys.items() if code in codes}

    def name(self, pk: int | None) -> str:
        """“” for an item of no unit."""
        unit: Unit | None = self.tree.units.get(pk) if pk is not None else None
        return str(unit) if unit else ""
