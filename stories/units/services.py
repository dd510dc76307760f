"""Writes of the units room: the tree from the project's own data file, and the units' groups."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from stories.units.models import Unit

DATA_FILE = Path(__file__).parent / "data" / "units.json"
FIELDS = ("official_code", "name", "short", "type", "level", "valid_from", "valid_to", "slug")


@transaction.atomic
def load_units(path: Path = DATA_FILE) -> tuple[int, int]:
    """Create or update the units of the data file; units that it doesn't name are left alone.

    `writes` and aliases are set only on creation: staff may change them. Returns the numbers
    (created, updated). Raises KeyError when a parent or successor isn't in the file.
    """
    rows = json.loads(path.read_text(encoding="utf-8"))["units"]
    known = {unit.code: unit for unit in Unit.objects.all()}
    created, updated = [], []
    for row in rows:
        values = {field: row[field] for field in FIELDS}
        for field in ("valid_from", "valid_to"):
            values[field] = date.fromisoformat(values[field]) if values[field] else None
        unit = known.get(row["code"])
        if unit is None:
            unit = Unit(code=row["code"], writes=row["writes"], aliases=row["aliases"], **values)
            known[unit.code] = unit
            created.append(unit)
        elif any(getattr(unit, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(unit, field, value)
            updated.append(unit)
    Unit.objects.bulk_create(created)
    Unit.objects.bulk_update(updated, FIELDS)
    _link(rows, known)
    return len(created), len(updated)


def _link(rows: list[dict], known: dict[str, Unit]) -> None:
    moved = []
    for row in rows:
        unit, parent = known[row["code"]], known[row["parent"]] if row["parent"] else None
        if unit.parent_id != (parent and parent.pk):
            unit.parent = parent
            moved.append(unit)
    Unit.objects.bulk_update(moved, ["parent"])
    through = Unit.successors.through
    through.objects.bulk_create(
        [
            through(from_unit_id=known[row["code"]].pk, to_unit_id=known[code].pk)
            for row in rows
            for code in row["successors"]
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def sync_groups(unit: Unit) -> bool:
    """Give a writing unit its groups of editors and reviewers. Returns whether any was made."""
    made = False
    for field, label in (("editors", "Biên tập"), ("reviewers", "Duyệt bài")):
        if getattr(unit, f"{field}_id") is None:
            name = f"{label} – {unit.name} [{unit.code}]"
            group, _new = Group.objects.get_or_create(name=name)
            group.permissions.add(
                Permission.objects.get(
                    content_type__app_label="wagtailadmin", codename="access_admin"
                )
            )
            setattr(unit, field, group)
            made = True
    if made:
        unit.save(update_fields=["editors", "reviewers"])
    return made
