"""Whose figures a person may see: the board everyone's, a unit's people their unit's.

| who | whose |
| --- | --- |
| administrator, Ban Tuyên giáo, its deputies | every unit's |
| editor of a unit | the unit's, and those of the closed units in whose place it stands |
| reviewer of a unit, or a deputy | also those of the units whose drafts she reviews |
| anyone else | nobody's: 403 |
"""

from __future__ import annotations

from accounts.roles import on_board
from stories.moderation import permissions
from stories.units.models import Unit
from stories.units.selectors import UnitTree


def may_look(user) -> bool:
    """Whether there is anything for her to see; cheap, asked by the menu of every screen."""
    if not user.is_active:
        return False
    if user.is_superuser or on_board(user) or permissions.standing_in(user):
        return True
    groups = [group.pk for group in user.groups.all()]
    units = Unit.objects.filter(editors__in=groups) | Unit.objects.filter(reviewers__in=groups)
    return units.exists()


def units_of(user, tree: UnitTree) -> set[int] | None:
    """Ids of the units whose figures she may see; None for all."""
    if not user.is_active:
        return set()
    if user.is_superuser or permissions.on_board(user):
        return None
    edited = set(Unit.objects.filter(editors__user=user).values_list("pk", flat=True))
    kept = {
        unit.pk
        for unit in tree.units.values()
        if edited & {keeper.pk for keeper in tree.keepers(unit)}
    }
    return kept | edited | permissions.reviewed_units(user)
