"""Reads of the unit tree: finding a unit by what people call it, and what lies under which name."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.units.models import Unit, labelled

RANK = {level: rank for rank, level in enumerate(Unit.Level.values)}
UNION_PREFIX = re.compile(r"^(hoi )?(lhpn|lien hiep phu nu)( viet nam)? ")


class UnknownUnit(ValueError):
    """No unit goes by that code or name."""


class AmbiguousUnit(ValueError):
    """Several units go by that name; `candidates` lists them."""

    def __init__(self, message: str, candidates: list[Unit]) -> None:
        super().__init__(message)
        self.candidates = candidates


def fold(text: str) -> str:
    """Lower case, no marks, đ as d, one space between words: how names are compared."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(char for char in text if not unicodedata.combining(char)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


# The alphabet as Vietnamese dictionaries have it; words alike but for them go by their tones.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; none of them first


def in_alphabet(text: str) -> tuple[list[int], list[int]]:
    """To sort names by, as a Vietnamese reader looks for them: d before đ, a before ă before â."""
    letters = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if c not in TONES)
    tones = [TONES.find(char) + 1 for char in unicodedata.normalize("NFD", text) if char in TONES]
    return [ALPHABET.find(char) for char in unicodedata.normalize("NFC", letters)], tones


def labels(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """For each of these codes the unit's name for people and the code above it or "". One query.

    No units are made of the rows: a page of the archive asks for sixty of them each time.
    """
    today = timezone.localdate()
    rows = Unit.objects.filter(code__in=codes).order_by()
    columns = ("code", "name", "valid_to", "parent__code")
    return {
        code: (labelled(name, valid_to, today), above or "")
        for code, name, valid_to, above in rows.values_list(*columns)
    }


@dataclass
class UnitTree:
    """The whole tree in memory (two queries): for work over many stories at once."""

    units: dict[int, Unit] = field(default_factory=dict)
    next: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    previous: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def load(cls) -> UnitTree:
        tree = cls()
        for unit in Unit.objects.all():
            tree.units[unit.pk] = unit
        for old, new in Unit.successors.through.objects.values_list("from_unit", "to_unit"):
            tree.next[old].add(new)
            tree.previous[new].add(old)
        return tree

    @cached_property
    def by_name(self) -> dict[str, list[Unit]]:
        """Units by each of their names, folded; made when a name is first asked for."""
        found = defaultdict(list)
        for unit in self.units.values():
            names = {unit.code, unit.official_code, unit.name, unit.short, *unit.aliases}
            for name in {fold(name) for name in names}:
                found[name].append(unit)
        return found

    def resolve(self, text: str, on: date | None = None) -> Unit:
        """The unit meant by a code or name, as of that day (else by preference an active one).

        A full name (“Xã Lâm Thao”) wins over a short one, a higher level over a lower one;
        “Xã Tân Lập, huyện Thanh Sơn” narrows by the unit above.
        Raises UnknownUnit or AmbiguousUnit, both with a Vietnamese message.
        """
        wanted, _comma, above = text.partition(",")
        name = fold(wanted)
        if name not in self.by_name:
            name = UNION_PREFIX.sub("", name)
        found = _spelled(self.by_name.get(name, []), wanted)
        exact_code = [unit for unit in found if fold(unit.code) == name]
        if exact_code and not on:
            return exact_code[0]
        if above:
            parents = {unit.pk for unit in self.by_name.get(fold(above), [])}
            found = [unit for unit in found if unit.parent_id in parents]
        if not found:
            raise UnknownUnit(_("Không có đơn vị “%(name)s”.") % {"name": text[:80]})
        found = _narrow(found, name, on)
        if len(found) > 1:
            listed = "; ".join(f"{unit} [{unit.code}]" for unit in found[:5])
            raise AmbiguousUnit(
                _("Nhiều đơn vị cùng tên “%(name)s”: %(listed)s. Hãy ghi mã trong ngoặc vuông.")
                % {"name": text[:80], "listed": listed},
                found,
            )
        return found[0]

    def keys(self, unit: Unit) -> list[str]:
        """Codes under which a story of this unit is found.

        Its own and those of the units above; those of its successors (it is theirs now) and of
        its predecessors (an old name finds what came after), each with the units above them.
        """
        related = self._closure(unit.pk, self.next) | self._closure(unit.pk, self.previous)
        for pk in list(related):
            while (parent := self.units[pk].parent_id) is not None:
                pk = parent
                related.add(pk)
        return sorted(self.units[pk].code for pk in related)

    def above(self, unit: Unit) -> list[Unit]:
        """As the function of that name, without a query."""
        found = []
        while unit.parent_id is not None:
            unit = self.units[unit.parent_id]
            found.append(unit)
        return found

    def keepers(self, unit: Unit) -> list[Unit]:
        """As the function of that name, without a query."""
        if in_being(unit):
            return [unit]
        heirs = {heir for pk in self._closed(unit.pk) for heir in self.next[pk]}
        return [self.units[pk] for pk in sorted(heirs) if in_being(self.units[pk])]

    def _closed(self, start: int) -> set[int]:
        """The closed units on the way from a closed unit to those in its place."""
        seen, todo = set(), [start]
        while todo:
            pk = todo.pop()
            if pk not in seen and not in_being(self.units[pk]):
                seen.add(pk)
                todo.extend(self.next[pk])
        return seen

    @staticmethod
    def _closure(start: int, links: dict[int, set[int]]) -> set[int]:
        seen, todo = set(), [start]
        while todo:
            pk = todo.pop()
            if pk not in seen:
                seen.add(pk)
                todo.extend(links.get(pk, ()))
        return seen


def _spelled(found: list[Unit], text: str) -> list[Unit]:
    """Those whose name has the very marks of the text (“Hưng Long”, “Hùng Long”), else all."""
    written = unicodedata.normalize("NFC", " ".join(text.split())).lower()
    return [unit for unit in found if written.endswith(unit.short.lower())] or found


def _narrow(found: list[Unit], name: str, on: date | None) -> list[Unit]:
    found = [unit for unit in found if in_being(unit, on)] or found
    full = [unit for unit in found if name in (fold(unit.name), fold(unit.code))]
    found = full or found
    top = min(RANK[unit.level] for unit in found)
    return [unit for unit in found if RANK[unit.level] == top]


def in_being(unit: Unit, on: date | None = None) -> bool:
    """Whether the unit exists on that day (today in Viet Nam when none is given)."""
    day = on or timezone.localdate()
    return (unit.valid_from or day) <= day <= (unit.valid_to or day)


def above(unit: Unit) -> list[Unit]:
    """The units over this one, nearest first."""
    found = []
    while unit.parent is not None:
        unit = unit.parent
        found.append(unit)
    return found


def keepers(unit: Unit) -> list[Unit]:
    """Who keeps what was written under the unit: itself, or once it is closed those in its place.

    Successors are followed to the units in being; empty for a closed unit without any.
    """
    found, todo, seen = [], [unit], set()
    while todo:
        one = todo.pop(0)
        if one.pk in seen:
            continue
        seen.add(one.pk)
        if in_being(one):
            found.append(one)
        else:
            todo.extend(one.successors.all())
    return found


def offices(unit: Unit) -> list[Unit]:
    """Units in being whose reviewers review the unit's drafts: its keepers, then those above."""
    kept = keepers(unit)
    over = [one for keeper in kept or [unit] for one in above(keeper) if in_being(one)]
    return list({one.pk: one for one in [*kept, *over]}.values())


def reviewed_by(user) -> QuerySet[Unit]:
    """Units whose drafts the user may review, at any depth: the other way round of `offices`."""
    mine = Unit.objects.active().filter(reviewers__user=user).values_list("pk", flat=True)
    return Unit.objects.filter(pk__in=reviewed_from(mine))


def reviewed_from(offices: Iterable[int]) -> set[int]:
    """Ids of the units whose drafts are reviewed by those in being among these (ids)."""
    if not (todo := set(offices)):
        return set()
    tree = UnitTree.load()
    being = {pk for pk, unit in tree.units.items() if in_being(unit)}
    todo, found = todo & being, set()
    while todo:
        pk = todo.pop()
        found.add(pk)
        below = {
            other.pk
            for other in tree.units.values()
            if other.parent_id == pk and (other.pk in being or not tree.next[other.pk])
        }
        todo |= (below | (tree.previous[pk] - being)) - found
    return found
